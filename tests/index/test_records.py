from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import IndexDamagedError
from index.records import dump_records, parse_records
from ingest.datatypes import Passage, PassageKind, Section

TEXT = st.text(st.characters(exclude_categories=["Cs"]))  # notes hold no lone surrogates
LINE = st.integers(1, 10**6)
SECTIONS = st.builds(
    Section, TEXT, TEXT, st.lists(TEXT).map(tuple), st.integers(0, 6), TEXT, LINE, LINE, TEXT, TEXT
)
PASSAGES = st.builds(
    Passage,
    TEXT,
    TEXT,
    LINE,
    st.sampled_from(PassageKind),
    TEXT,
    LINE,
    LINE,
    LINE,
    LINE,
    st.none() | LINE,
)


@given(st.lists(SECTIONS))
def test_sections_survive_the_round_trip(sections) -> None:
    assert parse_records(dump_records(sections, Section), Section, Path("x")) == sections


@given(st.lists(PASSAGES))
def test_passages_survive_the_round_trip(passages) -> None:
    parsed = parse_records(dump_records(passages, Passage), Passage, Path("x"))
    assert parsed == passages
    assert all(type(passage.kind) is PassageKind for passage in parsed)


def test_a_record_takes_one_line_whatever_its_text() -> None:
    section = Section("a#b", "a", ("見出し",), 1, "b", 1, 2, "一\n二\u2028三\x0c四", "d")
    assert dump_records([section, section], Section).count(b"\n") == 2


GOOD = dump_records([Section("a#b", "a", ("h",), 1, "b", 1, 2, "t", "d")], Section)


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (b"{", "EOF"),
        (b"", "EOF"),
        (b"\xff\xfe", "Invalid JSON"),
        (GOOD.replace(b'"level":1', b'"level":"1"'), "level: Input should be a valid integer"),
        (GOOD.replace(b'"path":"a",', b""), "path: Field required"),
        (GOOD.replace(b'["h"]', b'["h",3]'), "heading_path.1: Input should be a valid string"),
    ],
)
def test_a_bad_line_is_named_with_its_reason(bad, reason) -> None:
    content = GOOD + bad.removesuffix(b"\n") + b"\n" + GOOD
    with pytest.raises(IndexDamagedError) as raised:
        parse_records(content, Section, Path("some/sections.jsonl"))
    message = str(raised.value)
    assert message.startswith("line 2 of some/sections.jsonl is no Section (")
    assert reason in message
    assert message.endswith("run: tenkyo doctor --repair")
    assert "\n" not in message


def test_no_line_is_no_record() -> None:
    assert parse_records(b"", Section, Path("x")) == []
