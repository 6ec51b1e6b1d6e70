import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from assistant.datatypes import AbstentionReason, Answer, Citation, Notice, SectionHit
from assistant.messages import ENGLISH, JAPANESE
from assistant.serving.conversation import Turn, export_markdown, history_of

MARKDOWN = MarkdownIt("commonmark").enable(["table", "strikethrough"])
HIT = SectionHit("vpc.md#nat", "vpc.md", ("VPC", "NAT"), 3, 8, 0.9)
HOSTILE = (
    "# 偽の見出し\n===\n---\n- 項目\n1. 項目\n> 引用\n```\ncode\n```\n    code\n"
    "<script>alert(1)</script><img src=x onerror=alert(1)><iframe src=//example.com></iframe>\n"
    "![x](https://example.com/beacon.png) [y](javascript:alert(1)) `code`\n|a|\n|-|\n\u202egnp.exe"
)


def cite(
    marker: int = 1,
    *,
    path: str = "vpc.md",
    headings: tuple[str, ...] = ("VPC", "NAT"),
    lines: tuple[int, int] = (4, 5),
) -> Citation:
    return Citation(marker, "vpc.md#nat", path, headings, *lines, "5 Gbps。", "0" * 64)


def link_to_lines(citation: Citation) -> str:
    return f"{citation.path}#L{citation.line_start}-L{citation.line_end}"


def read_kinds(document: str) -> list[str]:
    """Return the types of all tokens that a renderer makes of a document, inline ones too."""
    tokens = MARKDOWN.parse(document)
    return [t.type for token in tokens for t in (token, *(token.children or ()))]


def test_a_conversation_in_japanese() -> None:
    first = Answer(
        "NAT の帯域は?",
        "5 Gbps から始まる。 [1]\n100 Gbps まで伸びる。 [2]",
        (cite(), cite(2, headings=("VPC",), lines=(9, 9))),
        (HIT,),
        None,
        0.9,
    )
    second = Answer(
        "料金は?", JAPANESE.not_in_notes, (), (HIT,), AbstentionReason.LOW_CONFIDENCE, 0.1
    )
    turns = [Turn("NAT の帯域は?", first), Turn("料金は?", second)]
    assert export_markdown(turns, JAPANESE, link_to_lines) == (
        "## NAT の帯域は?\n"
        "\n"
        "5 Gbps から始まる。 \\[1\\]\\\n"
        "100 Gbps まで伸びる。 \\[2\\]\n"
        "\n"
        "**出典**\n"
        "\n"
        "1. [VPC > NAT](vpc.md#L4-L5) — vpc.md 4〜5 行目\n"
        "2. [VPC](vpc.md#L9-L9) — vpc.md 9 行目\n"
        "\n"
        "## 料金は?\n"
        "\n"
        "この質問の答えはノートに見当たりません。\n"
    )


def test_a_multiple_choice_question_in_english() -> None:
    question = "Which one is cheapest?\nA. NAT gateway\nB. NAT instance"
    answer = Answer(
        "Which one is cheapest?",
        "An instance costs less. [1]",
        (cite(),),
        (HIT,),
        None,
        0.3,
        choice="B",
        margin=0.9,
        notices=(Notice.SOURCE_MOVED,),
    )
    assert export_markdown([Turn(question, answer)], ENGLISH, link_to_lines) == (
        "## Which one is cheapest?\n"
        "\n"
        "A. NAT gateway\\\n"
        "B. NAT instance\n"
        "\n"
        "The notes support most: B\n"
        "\n"
        "An instance costs less. \\[1\\]\n"
        "\n"
        "This may not be the answer: check the source.\n"
        "\n"
        "Cited text has moved within its note; the lines are those of now.\n"
        "\n"
        "**Sources**\n"
        "\n"
        "1. [VPC > NAT](vpc.md#L4-L5) — vpc.md lines 4-5\n"
    )


@pytest.mark.parametrize(("margin", "is_close"), [(0.49, True), (0.5, False), (None, False)])
def test_a_close_choice_is_told(margin, is_close) -> None:
    answer = Answer("問?", "本文。 [1]", (cite(),), (HIT,), None, 0.9, choice="B", margin=margin)
    document = export_markdown([Turn("問?", answer)], JAPANESE, link_to_lines)
    verdict = JAPANESE.choice_undecided if is_close else JAPANESE.choice
    assert document.split("\n")[2] == verdict.format(letters="B")


def test_no_turns_make_an_empty_document() -> None:
    assert export_markdown([], JAPANESE, link_to_lines) == ""


def check_structure(question: str, text: str, path: str, headings: tuple[str, ...]) -> None:
    answer = Answer("問", text, (cite(path=path, headings=headings),), (HIT,), None, 0.9)
    turns = [Turn(question, answer)] * 2
    kinds = read_kinds(export_markdown(turns, JAPANESE, link_to_lines))
    assert set(kinds) <= {
        *(f"{tag}_{end}" for tag in ("heading", "paragraph") for end in ("open", "close")),
        *(f"{tag}_{end}" for tag in ("ordered_list", "list_item") for end in ("open", "close")),
        *(f"{tag}_{end}" for tag in ("link", "strong") for end in ("open", "close")),
        *("inline", "text", "hardbreak"),
    }
    ours = ("heading_open", "ordered_list_open", "list_item_open", "link_open", "strong_open")
    assert [kinds.count(kind) for kind in ours] == [2, 2, 2, 2, 2]


def test_hostile_text_changes_nothing_of_the_document() -> None:
    check_structure(HOSTILE, HOSTILE, HOSTILE, (HOSTILE, "](https://example.com)", "!"))
    document = export_markdown(
        [Turn(HOSTILE, Answer("問", HOSTILE, (cite(),), (HIT,), None, 0.9))] * 2,
        JAPANESE,
        link_to_lines,
    )
    html = MARKDOWN.render(document)
    for tag in ("<script", "<img", "<iframe", "<code", "<pre", "<hr", "<table", "<blockquote"):
        assert tag not in html
    assert html.count("<h") == html.count("<h2>") == 2
    assert html.count("href=") == html.count('href="vpc.md#L4-L5"') == 2
    assert "\u202e" not in html


SIGNS = st.text(st.sampled_from("\\`*_[]()#+-.!<>&|~=: \n\t1aあ　"), max_size=40)


@given(SIGNS, SIGNS, SIGNS, st.lists(SIGNS, max_size=3))
def test_any_text_leaves_the_structure_alone(question, text, path, headings) -> None:
    check_structure(question, text, path, tuple(headings))


def test_the_history_is_the_latest_questions_oldest_first() -> None:
    answer = Answer("問", "ない", (), (), AbstentionReason.NO_MATCH, 0.0)
    turns = [Turn(f"質問 {number}\x00", answer) for number in range(1, 13)]
    assert history_of(turns) == tuple(f"質問 {number} " for number in range(3, 13))
    assert history_of([]) == ()
