"""What a terminal shows of an answer, whatever stands in the notes."""

import re
import time
from dataclasses import replace
from io import StringIO

import pytest
from rich.console import Console, RenderableType

from assistant.datatypes import (
    AbstentionReason,
    Answer,
    Citation,
    Explanation,
    Notice,
    OptionEvidence,
    Reading,
    SectionHit,
)
from assistant.messages import ENGLISH, JAPANESE, Messages
from assistant.render import (
    CLOSE_MARGIN,
    print_error,
    print_line,
    printable,
    render_answer,
    render_explanation,
    render_hits,
)
from index.datatypes import Hit, LegScore

# Styles that we print ourselves; no other escape sequence may reach the terminal.
_STYLE = re.compile(r"\x1b\[[0-9;]*m")
HOSTILE = {
    "escape": "\x1b[2J\x1b]0;title\x07",
    "c1": "\x9b2J\x9d0;title\x9c",
    "bell": "\x07\x08\x7f",
    "return": "本物\r偽物",
    "bidi": "\u202eabc\u2066\u200f",
    "nul": "a\0b",
    "surrogate": "a\ud800b",
}
STEERING = re.compile("[\0-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def show(renderable: RenderableType, *, colour: bool = False, width: int = 200) -> str:
    console = Console(
        file=StringIO(),
        force_terminal=colour,
        color_system="standard" if colour else None,
        width=width,
        highlight=False,
    )
    console.print(renderable)
    return console.file.getvalue()


def build_answer(text: str = "本文。 [1]", path: str = "a.md", heading: str = "節") -> Answer:
    hit = SectionHit("id", path, ("題", heading), 3, 5, 0.5)
    citation = Citation(1, "id", path, ("題", heading), 4, 4, "本文。", "0" * 64)
    return Answer("問?", text, (citation,), (hit,), None, 0.876)


def test_an_answer_shows_text_sources_and_confidence() -> None:
    assert show(render_answer(build_answer(), ENGLISH)) == (
        "本文。 [1]\n\nSources\n  [1] 題 > 節 — a.md line 4\n  confidence 0.88 (high)\n"
    )


@pytest.mark.parametrize(("confidence", "is_told"), [(0.49, True), (0.5, False)])
def test_below_even_odds_the_user_is_told(confidence: float, is_told: bool) -> None:
    shown = show(render_answer(replace(build_answer(), confidence=confidence), ENGLISH))
    assert (ENGLISH.uncertain in shown) == is_told


def test_the_chosen_options_come_first_and_cannot_steer_the_terminal() -> None:
    answer = replace(build_answer(), choice="A\x1b[2J")
    shown = show(render_answer(answer, ENGLISH))
    assert shown.startswith("The notes support most: A")
    assert not STEERING.search(shown)


def test_options_are_shown_with_what_speaks_for_and_against_them() -> None:
    (citation,) = build_answer().citations
    options = (
        OptionEvidence("A", "甲\n\x1b[31m", 0.4, citation, None),
        OptionEvidence("B", "乙", 0.2, None, replace(citation, line_start=7, line_end=9)),
        OptionEvidence("C", "丙", 0.1, None, None),
    )
    answer = replace(
        build_answer(), choice="A", options=options, margin=2.0, requirements=("最小の費用",)
    )
    assert show(render_answer(answer, ENGLISH)).startswith(
        "The notes support most: A\n"
        "Asked for: 最小の費用\n"
        "→ A. 甲 [31m\n"
        "     for: 題 > 節 — a.md line 4\n"
        "  B. 乙\n"
        "     against: 題 > 節 — a.md lines 7-9\n"
        "  C. 丙\n"
        "\n"
        "本文。 [1]\n"
    )


@pytest.mark.parametrize(
    ("messages", "told"),
    [
        (ENGLISH, "Asked for: lowest cost, no downtime\n"),
        (JAPANESE, "問われている条件: lowest cost、no downtime\n"),
    ],
    ids=["en", "ja"],
)
def test_several_demands_are_listed_as_the_language_does(messages: Messages, told: str) -> None:
    demands = ("lowest cost", "no downtime")
    answer = replace(build_answer(), choice="A", requirements=demands)
    assert told in show(render_answer(answer, messages))


@pytest.mark.parametrize(
    ("margin", "told"),
    [
        (CLOSE_MARGIN, "The notes support most: A\n"),
        (CLOSE_MARGIN / 2, "The notes do not decide it; nearest: A\n"),
        (None, "The notes support most: A\n"),
    ],
)
def test_a_close_choice_is_said_to_be_undecided(margin: float | None, told: str) -> None:
    answer = replace(build_answer(), choice="A", margin=margin)
    assert show(render_answer(answer, ENGLISH)).startswith(told)


def test_notices_and_what_to_ask_next_stand_below_the_sources() -> None:
    answer = replace(
        build_answer(), notices=(Notice.SOURCE_MOVED,), follow_ups=("乙とは?", "丙\x07は?")
    )
    assert show(render_answer(answer, ENGLISH)).endswith(
        f"(high)\n  {ENGLISH.notices[Notice.SOURCE_MOVED]}\n\nAsk next:\n  ・乙とは?\n  ・丙 は?\n"
    )


def test_an_ambiguous_question_shows_its_readings_and_no_sections() -> None:
    readings = (Reading("甲", "甲の料金は?"), Reading("乙", "乙の料金は?"))
    hits = build_answer().hits
    answer = Answer(
        "料金は?", "どちら?", (), hits, AbstentionReason.AMBIGUOUS, 0.6, readings=readings
    )
    assert show(render_answer(answer, ENGLISH)) == "どちら?\n  ・甲の料金は?\n  ・乙の料金は?\n"


def test_an_abstention_shows_the_three_nearest_sections() -> None:
    hits = tuple(SectionHit(f"{n}", f"{n}.md", ("題",), 1, n, 0.5) for n in range(1, 6))
    answer = Answer("問?", "ない", (), hits, AbstentionReason.LOW_CONFIDENCE, 0.1)
    shown = show(render_answer(answer, ENGLISH))
    assert shown.splitlines() == [
        "ない",
        "",
        "Nearest sections:",
        "  題 — 1.md line 1",
        "  題 — 2.md lines 1-2",
        "  題 — 3.md lines 1-3",
    ]


def test_a_nearest_section_is_shown_whole_beyond_the_width_of_the_terminal() -> None:
    hit = SectionHit("1", "notes/a.md", ("題", "とても長い見出し" * 4), 12, 34, 0.5)
    answer = Answer("問?", "ない", (), (hit,), AbstentionReason.LOW_CONFIDENCE, 0.1)
    console = Console(file=StringIO(), width=30)
    console.print(render_answer(answer, ENGLISH), soft_wrap=True)  # as `tenkyo ask` prints it
    assert console.file.getvalue().endswith(" — notes/a.md lines 12-34\n")


def test_an_abstention_without_sections_is_one_line() -> None:
    answer = Answer("問?", "ない", (), (), AbstentionReason.NO_MATCH, 0.0)
    assert show(render_answer(answer, ENGLISH)) == "ない\n"


def test_only_the_marker_at_the_end_of_a_line_is_coloured() -> None:
    shown = show(
        render_answer(build_answer("配列は a[0] と書く。 [1]\n次。"), ENGLISH), colour=True
    )
    assert shown.split("\n")[:2] == ["配列は a[0] と書く。 \x1b[36m[1]\x1b[0m", "次。"]


def test_hits_are_numbered_with_their_scores() -> None:
    hit = build_answer().hits[0]
    assert show(render_hits([hit, hit], ENGLISH)) == (
        " 1. 0.500  題 > 節 — a.md lines 3-5\n 2. 0.500  題 > 節 — a.md lines 3-5\n"
    )
    assert show(render_hits([], ENGLISH)) == f"{ENGLISH.no_hits}\n"


def explain(text: str) -> Explanation:
    legs = (LegScore("words", 2, 7.125, 0.5), LegScore("words", 1, 8.0, 1.0))
    return Explanation((text,), ((text, "VGW"),), (Hit("p", text, 0.75, 1, legs),))


def test_an_explanation_shows_texts_aliases_and_every_leg() -> None:
    shown = show(render_explanation(explain("仮想"), ENGLISH))
    assert shown.startswith("Searched for: 仮想\nOther names added: 仮想 = VGW\n")
    row = shown.rstrip("\n").split("\n")[-1]
    # A leg that was asked twice shows both; one that did not find the section a dash.
    assert row.split() == "1 0.750 7.12 (#2) 8.00 (#1) - - - 仮想".split()


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_nothing_of_a_note_steers_the_terminal(text: str) -> None:
    answer = build_answer(f"{text} [1]", path=f"{text}.md", heading=text)
    abstention = Answer("?", text, (), answer.hits, AbstentionReason.LOW_CONFIDENCE, 0.1)
    for renderable in (
        render_answer(answer, ENGLISH),
        render_answer(abstention, ENGLISH),
        render_hits(answer.hits, ENGLISH),
        render_explanation(explain(text), ENGLISH),
    ):
        shown = _STYLE.sub("", show(renderable, colour=True))
        assert STEERING.search(shown) is None
        assert shown.encode("utf-8")


@pytest.mark.parametrize("text", ["[red]赤[/red]", "[/]", "[link=https://x.example]", ":smile:"])
def test_markup_of_a_note_is_shown_as_it_stands(text: str) -> None:
    answer = build_answer(f"{text} [1]", path=f"{text}.md", heading=text)
    shown = show(render_answer(answer, ENGLISH))
    # The text, the heading and the path.
    assert shown.count(text) == 3
    assert show(render_hits(answer.hits, ENGLISH)).count(text) == 2
    # The text that was searched, its alias, the section.
    assert show(render_explanation(explain(text), ENGLISH)).count(text) == 3


def test_a_heading_with_line_breaks_stays_on_its_line() -> None:
    shown = show(render_hits(build_answer(heading="一\n二").hits, ENGLISH))
    assert shown.count("\n") == 1


def test_a_line_of_a_megabyte_is_shown_whole_within_seconds() -> None:
    started = time.monotonic()
    shown = show(render_answer(build_answer("あ" * 350_000 + " [1]"), ENGLISH), width=80)
    assert shown.count("あ") == 350_000
    assert time.monotonic() - started < 20


@pytest.mark.parametrize("text", ["一\n二", "一\r\n\r\n二", "\t一 \x1b二"])
def test_an_error_is_one_line_however_long(text: str) -> None:
    console = Console(file=StringIO(), width=20)
    print_error(console, f"{text}[red]:smile:{'x' * 100}")
    shown = console.file.getvalue()
    assert shown == f"一 二[red]:smile:{'x' * 100}\n"


def test_a_line_has_the_style_that_was_asked_for() -> None:
    console = Console(file=StringIO(), force_terminal=True, color_system="standard")
    print_line(console, "注意", "yellow")
    assert console.file.getvalue() == "\x1b[33m注意\x1b[0m\n"


def test_printable_keeps_what_people_write() -> None:
    text = "全角　空白、絵文字👩‍👩‍👧と①㈱。\n二行目"
    assert printable(text) == text
