"""The gate's report says what blocks, why, and which questions flipped."""

from eval.gate import Flip, GateResult, Verdict
from eval.gate_report import format_gate
from eval.significance import Comparison


def verdict(name: str, *, gated: bool = True, visible: float = 0.0123, blocks: str = "") -> Verdict:
    comparison = Comparison(-0.04, -0.07, -0.01, 0.0123, -0.3, 200)
    return Verdict(name, "R@1", 0.86, 0.9, comparison, visible, gated, blocks)


def flip(number: int, *, was_right: bool = True) -> Flip:
    return Flip(f"q{number}", "一行目\n二行目", was_right, ("a", "b"), ("a", "c"), ("c", "a"))


def test_a_passed_gate_shows_the_slices() -> None:
    text = format_gate(GateResult((verdict("all"),), (), (), ()))
    assert text == (
        "## Retrieval gate: passed\n"
        "\n"
        "\n"
        "| slice | measure | n | reference | now | difference (95 %) | p | visible loss | gated |\n"
        "|---|---|--:|--:|--:|---|--:|--:|---|\n"
        "| all | R@1 | 200 | 0.900 | 0.860 | -0.040 [-0.070, -0.010] | 0.012 | 0.012 | yes |\n"
    )


def test_what_blocks_stands_at_the_top() -> None:
    lines = format_gate(GateResult((verdict("all", blocks="below the floor"),), (), (), ()))
    assert lines.startswith("## Retrieval gate: BLOCKED\n\n- **all, R@1**: below the floor\n")


def test_a_slice_that_is_not_gated_says_why() -> None:
    small = verdict("table", gated=False, visible=0.9)
    unknown = verdict("code", gated=False, visible=0.0)
    rows = format_gate(GateResult((small, unknown), (), (), ())).splitlines()[-2:]
    assert rows[0].endswith("| 0.900 | too small |")
    assert rows[1].endswith("| 0.000 | unknown |")


def test_missing_and_new_questions_are_told() -> None:
    text = format_gate(GateResult((), (), ("n1",), ("q1", "q2")))
    assert "BLOCKED" in text
    assert "- **2 questions of the reference are gone**: q1, q2\n" in text
    assert "- 1 questions are not in the reference yet; `tenkyo eval accept` takes them in" in text


def test_flips_are_shown_lost_ones_first_on_one_line_each() -> None:
    flips = (flip(1, was_right=False), flip(2))
    text = format_gate(GateResult((), flips, (), ()))
    assert text.endswith(
        "### Flipped questions: 1 lost, 1 won\n"
        "\n"
        "- lost **q2** 一行目 二行目\n"
        "  - gold: a, b\n"
        "  - before: a > c\n"
        "  - now: c > a\n"
        "\n"
        "- won **q1** 一行目 二行目\n"
        "  - gold: a, b\n"
        "  - before: a > c\n"
        "  - now: c > a\n"
    )


def test_of_many_flips_the_first_twenty_are_shown() -> None:
    text = format_gate(GateResult((), tuple(flip(i) for i in range(25)), (), ()))
    assert text.count("- lost **") == 20
    assert text.endswith("\n- and 5 more\n")
