"""Follow-up questions come from the neighbours of the answer and from what else was found."""

from pathlib import Path

import pytest

from assistant.answering.headings.heading_questions import MAX_QUESTION_CHARS
from assistant.answering.headings.related import suggest_questions
from ingest.content_words import WordAnalyzer
from ingest.markdown import parse_sections
from ingest.plaintext import is_empty_section
from ingest.reader import read_notes
from ingest.tokenizer import MecabTokenizer
from tests.assistant.note_sections import find_section, read_sections, words

NOTES = Path(__file__).parents[3] / "notes"

VPC = """\
# VPC
土台。
## サブネット
分ける。
## NAT ゲートウェイ
外へ出る。
### 料金
時間で。
### 帯域
伸びる。
## エンドポイント
中から。
## ピアリング
"""
SECTIONS = read_sections(
    vpc=VPC, s3="# S3\n置く。\n## バージョニング\n残す。\n", lambda_="# Lambda\n動く。\n"
)


def suggest(answer, *found, asked=("外に出たい",), sections=SECTIONS, language="ja"):
    return suggest_questions(
        find_section(sections, answer),
        sections,
        [find_section(sections, heading) for heading in found],
        asked,
        words,
        language,
    )


def test_the_next_section_a_child_and_what_was_also_found_are_suggested():
    assert suggest("NAT ゲートウェイ", "Lambda") == (
        "エンドポイントとは?",
        "NAT ゲートウェイの料金は?",
        "Lambda とは?",
    )


def test_further_children_and_siblings_follow():
    assert suggest("NAT ゲートウェイ", asked=["エンドポイントとは?"]) == (
        "NAT ゲートウェイの料金は?",
        "NAT ゲートウェイの帯域は?",
        "サブネットとは?",
    )


def test_an_only_section_suggests_nothing():
    assert suggest("Lambda") == ()


def test_an_empty_section_is_never_suggested():
    assert "ピアリングとは?" not in suggest("エンドポイント")
    assert suggest("エンドポイント") == ("サブネットとは?", "NAT ゲートウェイとは?")


@pytest.mark.parametrize(
    "asked",
    [
        ["エンドポイントとは?"],
        ["エンドポイントって何?"],
        ["ほかの話", "エンドポイントとサブネットの違いは?"],
    ],
)
def test_what_was_asked_is_not_suggested_again(asked):
    assert "エンドポイントとは?" not in suggest("NAT ゲートウェイ", asked=asked)


def test_the_same_question_is_suggested_once():
    sections = [*SECTIONS, *read_sections(other="# エンドポイント\n別の話。\n")]
    other = next(s for s in sections if s.path == "other.md")
    questions = suggest_questions(
        find_section(SECTIONS, "NAT ゲートウェイ"), sections, [other, other], [], words, "ja"
    )
    assert len(set(questions)) == len(questions) == 3


def test_the_answers_own_section_is_not_suggested():
    assert suggest("NAT ゲートウェイ", "NAT ゲートウェイ", asked=[])[0] == "エンドポイントとは?"
    assert "NAT ゲートウェイとは?" not in suggest("NAT ゲートウェイ", "NAT ゲートウェイ", asked=[])


def test_what_stands_before_the_first_heading_is_answered_from_but_not_suggested():
    sections = read_sections(memo="前書き。\n\n# Kafka\n流す。\n## Topic\n箱。\n")
    assert suggest("memo", sections=sections) == ("Kafka とは?",)
    assert suggest("Kafka", "memo", sections=sections) == ("Topic とは?",)


def test_the_same_headings_in_another_note_ask_nothing_new():
    sections = read_sections(a="# Kafka\n甲。\n", b="# Kafka\n乙。\n## Topic\n丙。\n")
    (first, second, topic) = sections
    questions = suggest_questions(first, sections, [second, topic], [], words, "ja")
    assert questions == ("Topic とは?",)


def test_english():
    assert (
        suggest("NAT ゲートウェイ", language="en")[1] == "What about the 料金 of NAT ゲートウェイ?"
    )


def test_thousands_of_sections_that_make_no_question_are_not_all_tried():
    last = "## Topic\n箱。\n"
    sections = read_sections(a="# Kafka\n" + "## はじめに\n甲。\n" * 2000 + last)
    assert suggest("Kafka", sections=sections) == ()
    sections = read_sections(a="# Kafka\n" + "## はじめに\n甲。\n" * 20 + last)
    assert suggest("Kafka", sections=sections) == ("Topic とは?",)


@pytest.mark.parametrize("language", ["ja", "en"])
def test_suggestions_from_real_notes(language):
    analyze = WordAnalyzer(MecabTokenizer()).analyze
    sections = [s for note in read_notes(NOTES).notes for s in parse_sections(note)]
    silent = 0
    for section in sections[::5]:
        asked = ["料金は?", section.heading_path[-1]]
        found = sections[7:9]
        questions = suggest_questions(section, sections, found, asked, analyze, language)
        assert questions == suggest_questions(section, sections, found, asked, analyze, language)
        assert len(set(questions)) == len(questions) <= 3
        assert all(len(question) <= MAX_QUESTION_CHARS for question in questions)
        assert not {frozenset(analyze(q)) for q in questions} & {
            frozenset(analyze(text)) for text in asked
        }
        silent += len(questions) < 2
    assert silent == 0
    assert sum(map(is_empty_section, sections)) > 0
