"""Headings that name what is asked and have nothing below them."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answering.headings.empty_sections import EmptySections
from ingest.content_words import WordAnalyzer
from ingest.datatypes import Section
from ingest.markdown import parse_sections
from ingest.plaintext import is_empty_section
from ingest.reader import read_notes
from ingest.tokenizer import MecabTokenizer
from tests.assistant.note_sections import read_sections, words
from tests.time_limit import time_limit

NOTES = Path(__file__).parents[3] / "notes"


def build(sections, analyze=words):
    filled = {s.section_id for s in sections if not is_empty_section(s)}
    return EmptySections(sections, filled, analyze)


STREAMS = build(
    read_sections(
        streams="# Kinesis\n流す。\n## Firehose\n## Data Streams\nシャードがある。\n### 料金\n"
        "## Firehose の暗号化\n",
        todo="# Kafka\n## Topic\n箱。\n\n# メモ\n\n# あとで調べる\n",
    )
)


def find(question, best="", empty=STREAMS):
    found = empty.find(words(question), frozenset(words(best)))
    return None if found is None else found.heading_path


def test_the_heading_that_is_asked_for_is_found():
    assert find("Firehose とは?") == ("Kinesis", "Firehose")
    assert find("Kinesis の Firehose は?") == ("Kinesis", "Firehose")


def test_general_words_need_not_stand_in_a_heading():
    assert find("Firehose の設定と手順の説明") == ("Kinesis", "Firehose")


def test_the_closest_heading_is_taken():
    assert find("Firehose の暗号化は?") == ("Kinesis", "Firehose の暗号化")


def test_an_aspect_of_a_topic_may_be_missing():
    assert find("Kinesis Data Streams の料金は?", best="Data Streams シャードがある") == (
        "Kinesis",
        "Data Streams",
        "料金",
    )


def test_what_the_best_section_speaks_of_is_not_missing():
    assert find("Firehose とは?", best="Kinesis には Firehose もある") is None


@pytest.mark.parametrize(
    "question",
    [
        "",
        "料金は?",  # of what?
        "設定の説明",
        "Lambda の料金は?",  # another topic
        "Firehose のバッファを 60 秒で書き出す間隔の値は?",  # more than the headings name
        "Firehose から Redshift",
        "Kinesis の使い方",  # filled
        "Data Streams のシャード",  # filled
        "Kafka とは?",  # its own heading has no text, one below it has
        "調査の予定",
    ],
)
def test_other_questions_find_nothing(question):
    assert find(question) is None


def test_half_a_heading_is_not_what_is_asked():
    empty = build(read_sections(a="# Firehose の暗号化\n"))
    assert find("Firehose とは?", empty=empty) is None
    assert find("Firehose は暗号化される?", empty=empty) == ("Firehose の暗号化",)


def test_a_heading_without_words_is_none():
    # They have the headings of the section above them, or the note's title.
    sections = read_sections(a="# \n\n## Kafka\n箱。\n### \n### 🎉\n")
    assert [s.heading_path for s in sections if is_empty_section(s)] == [
        ("a",),
        ("Kafka",),
        ("Kafka", "🎉"),
    ]
    assert find("a Kafka とは?", empty=build(sections)) is None


def test_front_matter_alone_is_no_heading():
    assert find("Kafka とは?", empty=build(read_sections(a="---\ntitle: Kafka\n---\n"))) is None


def test_text_below_a_heading_of_another_note_fills_nothing():
    sections = read_sections(a="# Kafka\n", b="## Topic\n箱。\n")
    assert find("Kafka とは?", empty=build(sections)) == ("Kafka",)


def test_a_heading_of_the_same_level_fills_nothing():
    sections = read_sections(a="## Kafka\n## Topic\n箱。\n# Rabbit\n箱。\n")
    assert find("Kafka とは?", empty=build(sections)) == ("Kafka",)


def test_equal_headings_are_told_apart_by_id():
    sections = read_sections(b="# Kafka\n", a="# Kafka\n")
    empty = build(sections)
    found = empty.find(["kafka"], [])
    assert found is not None
    assert found.section_id == "a.md#kafka"


def test_without_sections_there_is_nothing():
    assert find("Kafka とは?", empty=build([])) is None


LINE = st.sampled_from(["# Kafka", "## Topic", "### 料金", "# ", "文。", "", "---", "<!-- x -->"])
TERMS = st.lists(st.sampled_from(["kafka", "topic", "料金", "別", ""]), max_size=4)


@given(st.lists(LINE, max_size=8), TERMS, TERMS)
def test_what_is_found_is_empty_and_has_a_word_that_is_asked_for_and_missing(lines, terms, best):
    sections = read_sections(a="\n".join(lines))
    found = build(sections).find(terms, best)
    if found is not None:
        assert is_empty_section(found)
        assert set(words(found.heading_path[-1])) & set(terms) - set(best)
        start = sections.index(found) + 1
        for below in sections[start:]:
            if below.level <= found.level:
                break
            assert is_empty_section(below)


def test_thousands_of_empty_headings_are_searched_soon():
    sections = [
        Section(f"a.md#{i}", "a.md", ("Kafka", f"Topic {i}"), 2, f"{i}", i, i, f"## Topic {i}", "")
        for i in range(20_000)
    ]
    empty = EmptySections(sections, frozenset(), words)
    with time_limit(1):
        found = empty.find(["topic", "777"], [])
    assert found is not None
    assert found.heading_path == ("Kafka", "Topic 777")


def test_real_notes():
    analyze = WordAnalyzer(MecabTokenizer()).analyze
    sections = [s for note in read_notes(NOTES).notes for s in parse_sections(note)]
    empty = build(sections, analyze)
    silent = [s for s in sections if is_empty_section(s)]
    assert silent
    filled = [s for s in sections if not is_empty_section(s)]
    for section in filled:
        # Asked for by its own headings, a section with text is found, which lacks nothing.
        terms = analyze(" ".join(section.heading_path))
        assert empty.find(terms, terms) is None
    # Most of them have sections with text below.
    found = [s.section_id for s in silent if empty.find(analyze(s.heading_path[-1]), [])]
    assert found == [
        "network/network-design.md#あとで調べる",
        "resilience/dr.md#todo-復旧訓練の記録",
        "storage/ebs-efs-fsx.md#fsx-の料金メモ",
    ]
    fees = empty.find(analyze("FSx の料金は?"), ["fsx", "windows"])
    assert fees is not None
    assert fees.heading_path[-1] == "FSx の料金メモ"
