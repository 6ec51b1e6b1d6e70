"""Cited lines are followed through what was changed in a note since it was indexed."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from assistant.answering.freshness import refresh_citations
from assistant.datatypes import Citation, Notice
from ingest.datatypes import Note
from ingest.markdown import parse_sections
from ingest.passages import split_sentence_passages
from ingest.plaintext import render_blocks
from ingest.reader import read_notes
from tests.time_limit import time_limit

NOTES = Path(__file__).parents[2] / "notes"

OLD = """\
# 温泉

## 草津
草津の湯は酸性。
- 料金は 500 円
- 定休日は火曜

## 別府
別府には砂湯がある。
- 料金は 500 円
"""


def cite(text, quote, line, path="onsen.md"):
    """A citation of `quote` as it stands in `text`, beginning in `line`."""
    section = [s for s in parse_sections(Note(path, text, "", "")) if s.line_start <= line][-1]
    last = line + quote.count("\n")
    assert quote in "\n".join(text.split("\n")[line - 1 : last])
    return Citation(
        1, section.section_id, path, section.heading_path, line, last, quote, section.digest
    )


def follow(citation, new):
    """Return the lines and the notices of one citation once its note reads `new`."""
    (refreshed,), notices = refresh_citations([citation], lambda path: new)
    assert replace(refreshed, line_start=0, line_end=0) == replace(
        citation, line_start=0, line_end=0
    )
    return refreshed.line_start, refreshed.line_end, notices


SOUR = cite(OLD, "草津の湯は酸性。", 4)
FEE = cite(OLD, "料金は 500 円", 5)
MOVED, CHANGED = (Notice.SOURCE_MOVED,), (Notice.SOURCE_CHANGED,)


def test_an_unchanged_note_changes_nothing():
    assert follow(SOUR, OLD) == (4, 4, ())


def test_a_quote_of_several_lines_is_followed_as_a_whole():
    both = cite(OLD, "料金は 500 円\n- 定休日は火曜", 5)
    assert follow(both, OLD) == (5, 6, ())
    assert follow(both, "前書き\n\n" + OLD) == (7, 8, MOVED)
    assert follow(both, OLD.replace("火曜", "水曜")) == (5, 6, CHANGED)


def test_lines_above_move_the_quote():
    assert follow(SOUR, "---\ntitle: x\n---\n" + OLD) == (7, 7, MOVED)


def test_lines_below_do_not():
    assert follow(SOUR, OLD + "\n## 由布院\n霧が出る。\n") == (4, 4, ())


def test_a_changed_statement_keeps_its_lines_and_is_told():
    assert follow(SOUR, OLD.replace("酸性", "アルカリ性")) == (4, 4, CHANGED)


def test_a_note_that_is_gone_is_told():
    assert follow(SOUR, None) == (4, 4, CHANGED)
    assert follow(SOUR, "") == (4, 4, CHANGED)


def test_the_same_headings_are_preferred_to_a_nearer_place():
    # 草津 goes behind 別府, whose fee of the same text now stands on line 5.
    new = "# 温泉\n\n## 別府\n別府には砂湯がある。\n- 料金は 500 円\n\n## 草津\n- 料金は 500 円\n"
    assert follow(FEE, new) == (8, 8, MOVED)


def test_without_them_the_nearest_place_is_taken():
    new = OLD.replace("## 草津", "## くさつ").replace("# 温泉", "前書き\n\n# 温泉")
    # 草津's own fee on line 7 rather than 別府's on line 12.
    assert follow(FEE, new) == (7, 7, MOVED)


def test_a_renamed_heading_alone_moves_nothing():
    assert follow(FEE, OLD.replace("## 草津", "## くさつ")) == (5, 5, ())


@pytest.mark.parametrize(
    "line",
    [
        "- 料金は 1500 円",
        "- 料金は 500 円引き",
        "- 料金は 500 円 から",
        "- 子どもの料金は 500 円",
        "- 料金は  500 円",
        "- ~~料金~~は 500 円",
    ],
)
def test_a_quote_within_another_statement_is_a_change(line):
    assert follow(FEE, f"# 温泉\n\n## 草津\n草津の湯は酸性。\n{line}\n") == (5, 5, CHANGED)


@pytest.mark.parametrize(
    ("quote", "line"),
    [
        ("5 つ", "- 15 つ"),
        ("5 度", "-5 度"),
        ("5 度", "+5 度"),
        ("2 本", "| 12 本 |"),
        ("五", "十五"),
    ],
)
def test_a_figure_that_grew_a_digit_or_a_sign_is_a_change(quote, line):
    assert follow(cite(f"# A\n- {quote}", quote, 2), f"# A\n{line}") == (2, 2, CHANGED)


@pytest.mark.parametrize(
    "line",
    [
        "料金は 500 円",
        "* **料金は 500 円**",
        "> 1. 料金は 500 円  ",
        "12) 料金は 500 円",
        "| 料金は 500 円 |",
        "営業は昼まで。料金は 500 円",
        "営業は昼まで。(料金は 500 円)",
        "It closes at noon. 料金は 500 円",
        "\u3000料金は 500 円",
    ],
)
def test_another_frame_is_no_change(line):
    assert follow(FEE, f"# 温泉\n\n## 草津\n{line}\n") == (4, 4, MOVED)


def test_a_statement_with_its_full_stop_may_be_followed_by_another():
    assert follow(SOUR, OLD.replace("酸性。", "酸性。飲めない。")) == (4, 4, ())


def test_a_piece_of_a_statement_is_known_by_its_untouched_section():
    # A long sentence is cut at commas: the piece neither begins nor ends one.
    text = "# A\n甲は乙で、丙は丁で、戊である\n\n# B\n己\n"
    piece = cite(text, "丙は丁で、", 2)
    assert follow(piece, text) == (2, 2, ())
    assert follow(piece, "# 0\n" + text) == (3, 3, MOVED)
    assert follow(piece, text.replace("戊", "庚")) == (2, 2, CHANGED)


def test_cited_lines_may_be_more_than_those_of_the_quote():
    wide = replace(SOUR, line_end=5)
    assert follow(wide, OLD) == (4, 5, ())
    assert follow(wide, "\n\n" + OLD) == (6, 6, MOVED)


def test_a_note_is_read_once_and_notices_are_told_once():
    asked = []

    def read(path):
        asked.append(path)
        return {"onsen.md": "\n" + OLD.replace("酸性", "強酸性")}.get(path)

    closed = cite(OLD, "定休日は火曜", 6)
    other = replace(SOUR, path="gone.md")
    citations, notices = refresh_citations([FEE, SOUR, closed, other], read)
    assert asked == ["onsen.md", "gone.md"]
    assert notices == (Notice.SOURCE_MOVED, Notice.SOURCE_CHANGED)
    assert [c.line_start for c in citations] == [6, 4, 7, 4]


def test_nothing_cited_reads_nothing():
    assert refresh_citations([], lambda path: pytest.fail("read")) == ((), ())


@pytest.mark.parametrize("error", [OSError(), PermissionError(), ValueError(), RuntimeError()])
def test_failing_to_read_counts_as_gone(error):
    def read(path):
        raise error

    assert refresh_citations([SOUR], read) == ((SOUR,), CHANGED)


LINE = st.sampled_from(
    [
        "",
        "甲。",
        "乙は丙。",
        "- 丁",
        "| 戊 | 己 |",
        "# A",
        "## B",
        "## C",
        "```",
        "---",
        "甲。乙は丙。",
    ]
)
LINES = st.lists(LINE, max_size=8)


@given(LINES, LINES, LINES, LINES, LINES, st.integers(0, 7), st.integers(1, 3))
def test_the_lines_always_point_at_the_quote(above, old, below, new_above, new_below, first, many):
    cited = old[first : first + many]
    assume("".join(cited).strip())
    quote = "\n".join(cited).strip()
    before = "\n".join([*above, *old, *below])
    line = before[: before.index(quote, len("\n".join(above)))].count("\n") + 1
    citation = cite(before, quote, line)
    # Lines were inserted, deleted and changed above, between and below; the cited ones stayed.
    after = "\n".join([*new_above, *old[:first], *cited, *new_below])
    start, end, notices = follow(citation, after)
    assert Notice.SOURCE_CHANGED not in notices
    assert quote in "\n".join(after.split("\n")[start - 1 : end])
    assert (notices == ()) == ((start, end) == (citation.line_start, citation.line_end))


@given(
    st.text(alphabet="甲乙。、 \n#-|*15\ud800\r\x00", max_size=40),
    st.integers(0, 40),
    st.integers(1, 6),
)
def test_no_text_makes_it_fail(text, start, length):
    quote = text[start : start + length].strip()
    citation = Citation(1, "a#a", "a.md", ("a",), 2, 3, quote, "")
    (refreshed,), notices = refresh_citations([citation], lambda path: text)
    assert notices in ((), MOVED, CHANGED)
    if notices != CHANGED:
        lines = text.split("\n")[refreshed.line_start - 1 : refreshed.line_end]
        assert quote in "\n".join(lines)


@pytest.mark.parametrize(
    ("quote", "text"),
    [
        ("あ", "あ" * 100_000),
        ("あ" * 1000, "あ" * 100_000),
        ("*", "*" * 100_000),
        ("* *", "* " * 50_000),
        ("甲", "甲\n" * 50_000),
        ("甲", "[" * 100_000 + "甲"),
    ],
    ids=["one", "long", "marks", "bullets", "lines", "brackets"],
)
def test_hostile_notes_take_no_long_time(quote, text):
    citation = Citation(1, "a#a", "a.md", ("a",), 90_000, 90_000, quote, "")
    with time_limit(5):  # the slowest took a quarter of a second
        refresh_citations([citation] * 3, lambda path: text)


def real_citations():
    for note in read_notes(NOTES).notes:
        for section in parse_sections(note):
            passages = split_sentence_passages(
                section, render_blocks(section), lambda texts: [len(text) for text in texts], 512
            )
            for p in passages:
                quote = section.text[p.char_start : p.char_end]
                yield Citation(
                    1,
                    section.section_id,
                    note.path,
                    section.heading_path,
                    p.line_start,
                    p.line_end,
                    quote,
                    section.digest,
                )


def test_every_sentence_of_real_notes_is_followed():
    texts = {note.path: note.text for note in read_notes(NOTES).notes}
    citations = tuple(real_citations())
    assert len(citations) > 1000
    assert refresh_citations(citations, texts.get) == (citations, ())
    # More lines than any note has, so that no quote stands where an equal one stood.
    longer = {path: "# 新しい節\n" + "行\n" * 1000 + text for path, text in texts.items()}
    moved, notices = refresh_citations(citations, longer.get)
    assert notices == MOVED
    for citation, old in zip(moved, citations, strict=True):
        assert citation.line_start > old.line_start
        lines = longer[citation.path].split("\n")[citation.line_start - 1 : citation.line_end]
        assert citation.quote in "\n".join(lines)
