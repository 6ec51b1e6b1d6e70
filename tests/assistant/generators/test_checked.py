"""Of a model's words only those are shown that the notes support."""

import time
from collections.abc import Generator, Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answering.citations import resolve_citations
from assistant.datatypes import Choice, Draft, Evidence, Notice, Question
from assistant.errors import GeneratorError
from assistant.generators.checked import CheckedGenerator, OutputLimits
from assistant.generators.prompt import NO_ANSWER
from assistant.generators.scripted import ScriptedChat
from assistant.generators.text_stream import ChatMessage, TextStream
from tests.assistant.evidence import build_evidence
from tests.assistant.fakes import FakeGenerator
from tests.assistant.generators.fake_checker import FakeChecker
from tests.time_limit import time_limit

# Numbered 1 to 4 by the prompt.
ONE = build_evidence(
    "甲", 1.0, [("甲は一つ。", 0.9), ("甲は赤い。", 0.2), ("配列[0]を使う。", 0.1)]
)
TWO = build_evidence("乙", 0.5, [("乙は二つ。", 0.9)])
EVIDENCE = [ONE, TWO]
QUESTION = Question("甲はいくつ?")
BROKEN = GeneratorError("http://x: broke; try again")
FALLBACK = "2 sections [1]"

FAILED, UNSUPPORTED = Notice.MODEL_FAILED, Notice.MODEL_UNSUPPORTED
REPLACED, BROKE_OFF = Notice.STATEMENTS_REPLACED, Notice.MODEL_BROKE_OFF


class Listener:
    def __init__(self) -> None:
        self.heard: list[str] = []

    def __call__(self, error: GeneratorError) -> None:
        self.heard.append(str(error))


def build(
    chat: TextStream,
    limits: OutputLimits = OutputLimits(),  # noqa: B008
    *,
    checker: FakeChecker | None = None,
    listener: Listener | None = None,
    clock=time.monotonic,
) -> CheckedGenerator:
    return CheckedGenerator(
        chat,
        checker or FakeChecker(),
        FakeGenerator(),
        limits,
        on_failure=listener or Listener(),
        clock=clock,
    )


def write(
    *pieces: str, error: GeneratorError | None = None, question: Question = QUESTION
) -> Draft:
    draft = build(ScriptedChat(pieces, error)).generate(question, EVIDENCE)
    assert resolve_citations(draft, EVIDENCE)
    return draft


def test_supported_statements_are_shown_one_a_line_with_our_own_markers() -> None:
    draft = write("乙は二つ", "あります。[4] 甲は", "一つで赤いです [1][2]。\n")
    assert draft.text == "乙は二つあります。 [1]\n甲は一つで赤いです。 [2]"
    assert draft.cited == (TWO.sentences, ONE.sentences[:2])
    assert draft.notices == ()


def test_the_checker_is_given_the_cited_texts_behind_their_headings() -> None:
    checker = FakeChecker()
    build(ScriptedChat(["どちらもです。[4][1]"]), checker=checker).generate(QUESTION, EVIDENCE)
    # The name of the note comes first.
    assert checker.asked == [("どちらもです。", ("乙 > 乙\n乙は二つ。", "甲 > 甲\n甲は一つ。"))]


def test_the_draft_grows_by_supported_statements() -> None:
    pieces = ["甲は", "一つです。[1]", " 次は嘘です。[2]\n", "乙は二つです。[4]"]
    drafts = list(build(ScriptedChat(pieces)).stream(QUESTION, EVIDENCE))
    assert [draft.text.count("\n") for draft in drafts] == [0, 2, 2]
    for before, after in pairwise(drafts):
        assert after.text.startswith(before.text)
        assert after.cited[: len(before.cited)] == before.cited
    assert [draft.notices for draft in drafts] == [(), (REPLACED,), (REPLACED,)]


def test_an_unsupported_statement_is_replaced_by_what_it_cites() -> None:
    draft = write("甲は一つです。[1]\n嘘です。[2][4]\n")
    assert draft.text == "甲は一つです。 [1]\n甲は赤い。 [2]\n乙は二つ。 [3]"
    assert draft.notices == (REPLACED,)


def test_the_same_is_never_quoted_twice() -> None:
    draft = write("甲は一つです。[1]\n嘘です。[2]\n別の嘘です。[2]\n")
    assert draft.text == "甲は一つです。 [1]\n甲は赤い。 [2]"


@pytest.mark.parametrize("wrong", ["無印です。", "無の印です。[9]", "零の印です。[0]"])
def test_a_statement_whose_marker_names_nothing_is_dropped(wrong) -> None:
    draft = write(f"甲は一つです。[1]\n{wrong}\n")
    assert draft.text == "甲は一つです。 [1]"
    assert draft.notices == (REPLACED,)


def test_of_two_markers_both_must_name_something() -> None:
    draft = write("甲は一つです。[1]\n乙は二つです。[4][9]\n")
    assert draft.text == "甲は一つです。 [1]\n乙は二つ。 [2]"
    assert draft.notices == (REPLACED,)


@pytest.mark.parametrize(
    "text",
    [
        "<think>甲は嘘。[1]\nもっと嘘。</think>\n甲は一つです。[1]",
        "以下の通りです:\n\n- **甲は一つです。**[1]",
        "## 答え:\n1. 甲は`一つ`です。 [1]",
        "```markdown\n✅ 甲は一つです。【1】\n```",
        "はい。甲は一つです。[^1]",
        "甲は一つです。[1]\n\n---\n|---|---|\n[2]",
        f"甲は一つです。[1]\n{NO_ANSWER['ja']}",
        "甲は一つです。[1][2",
        "甲は一つです。[1]\n" * 50,
    ],
)
def test_the_ways_of_models_are_understood(text) -> None:
    draft = write(text)
    assert draft.text == "甲は一つです。 [1]"
    assert draft.notices == ()


def test_numbers_in_brackets_that_are_no_markers_stay() -> None:
    draft = write("配列[0]を使い [RFC 1918] に従います。[3]")
    assert draft.text == "配列[0]を使い [RFC 1918] に従います。 [1]"


def test_the_letter_of_an_option_is_shown_and_not_checked() -> None:
    checker = FakeChecker()
    question = Question("どれ?", choices=(Choice("A", "一つ"), Choice("B", "二つ")))
    draft = build(ScriptedChat(["A: 甲は一つです。[1]\nA:[1]\n"]), checker=checker).generate(
        question, EVIDENCE
    )
    assert draft.text == "A: 甲は一つです。 [1]"
    assert [statement for statement, _ in checker.asked] == ["甲は一つです。"]


# Falling back


@pytest.mark.parametrize(
    ("pieces", "error", "notice"),
    [
        ([], BROKEN, FAILED),
        (["甲は一つ"], BROKEN, FAILED),
        (["嘘です。[1]\n"], BROKEN, FAILED),
        ([], None, UNSUPPORTED),
        (["嘘です。[2]\n"], None, UNSUPPORTED),
        (["無印です。"], None, UNSUPPORTED),
        (["<think>甲は一つです。[1]"], None, UNSUPPORTED),
        ([NO_ANSWER["ja"]], None, UNSUPPORTED),
        (["「" + NO_ANSWER["ja"] + "」[1]"], None, UNSUPPORTED),
        ([NO_ANSWER["en"]], None, UNSUPPORTED),
        (["その件は手元の記録には見当たりません。[1]"], None, UNSUPPORTED),
        (["ノートだけでは分かりません。[1]"], None, UNSUPPORTED),
        (["The notes do not mention it. [1]"], None, UNSUPPORTED),
    ],
)
def test_without_a_supported_word_the_fallback_answers(pieces, error, notice) -> None:
    drafts = list(build(ScriptedChat(pieces, error)).stream(QUESTION, EVIDENCE))
    assert [(draft.text, draft.notices) for draft in drafts] == [(FALLBACK, (notice,))]


def test_what_was_shown_before_a_failure_stays() -> None:
    draft = write("甲は一つです。[1]\n嘘です。[2]\n乙は", error=BROKEN)
    assert draft.text == "甲は一つです。 [1]\n甲は赤い。 [2]"
    # Not FAILED, which says that these are the notes' own words.
    assert draft.notices == (REPLACED, BROKE_OFF)


def test_a_hidden_failure_is_told() -> None:
    listener = Listener()
    build(ScriptedChat([], BROKEN), listener=listener).generate(QUESTION, EVIDENCE)
    assert listener.heard == [str(BROKEN)]


def test_a_prompt_that_does_not_fit_asks_no_model() -> None:
    chat = ScriptedChat(["甲は一つです。[1]"])
    draft = build(chat, OutputLimits(prompt_characters=100)).generate(QUESTION, EVIDENCE)
    assert (draft.text, draft.notices) == (FALLBACK, (FAILED,))
    assert chat.asked == []


def test_where_the_fallback_fails_too_it_is_an_error() -> None:
    with pytest.raises(GeneratorError, match="has no sentence"):
        build(ScriptedChat([], BROKEN)).generate(QUESTION, [build_evidence("甲", 1.0, [])])


# Limits


class EndlessChat:
    """Writes one piece for ever, a number put into it; `written` counts, `was_closed` tells."""

    def __init__(self, piece: str) -> None:
        self.piece = piece
        self.written = 0
        self.was_closed = False

    def stream(self, messages: Sequence[ChatMessage]) -> Generator[str, None, None]:
        try:
            while True:
                self.written += 1
                yield self.piece.format(self.written)
        finally:
            self.was_closed = True


@pytest.mark.parametrize(
    ("piece", "most"),
    [
        ("甲は一つです。[1]\n", 10),
        ("甲は {} 個です。[1]\n", 50),
        ("嘘の {} です。[1]\n", 50),
        ("無印の {} です。\n", 50),
        ("以下の通りです。\n", 10_000),
        ("ずっと続く", 20_000),
        ("<think>", 10_000),
        ("\n", 60_001),
    ],
)
def test_a_model_without_an_end_is_stopped(piece, most) -> None:
    chat = EndlessChat(piece)
    begin = time.monotonic()
    build(chat).generate(QUESTION, EVIDENCE)
    assert time.monotonic() - begin < 2
    assert chat.written <= most
    assert chat.was_closed


def test_an_answer_is_not_read_beyond_its_length() -> None:
    chat = EndlessChat("甲は {} 個です。[1]\n")
    draft = build(chat, OutputLimits(characters=25)).generate(QUESTION, EVIDENCE)
    # 9 characters each.
    assert draft.text.count("\n") == 2
    assert draft.notices == ()


def test_a_model_that_takes_too_long_is_broken_off() -> None:
    times = iter(range(0, 1_000, 10))
    generator = build(
        EndlessChat("甲は {} 個です。[1]\n"),
        OutputLimits(seconds=35),
        clock=lambda: float(next(times)),
    )
    draft = generator.generate(QUESTION, EVIDENCE)
    assert draft.text.count("\n") == 2
    assert draft.notices == (BROKE_OFF,)


def test_closing_stops_the_model() -> None:
    chat = EndlessChat("甲は {} 個です。[1]\n")
    drafts = build(chat).stream(QUESTION, EVIDENCE)
    next(drafts)
    drafts.close()
    assert chat.was_closed


# Anything a model may write

SOUP = st.text(st.sampled_from("甲は嘘です。.[]123【】\n<think>/*-|`#: \ud800\x1b"), max_size=80)


@given(st.lists(SOUP, max_size=6), st.booleans())
def test_whatever_comes_the_draft_is_whole(pieces, fails) -> None:
    drafts = list(build(ScriptedChat(pieces, BROKEN if fails else None)).stream(QUESTION, EVIDENCE))
    for draft in drafts:
        assert resolve_citations(draft, EVIDENCE)
        assert all(line.endswith("]") for line in draft.text.split("\n"))
    assert (not {FAILED, BROKE_OFF}.isdisjoint(drafts[-1].notices)) == fails


@pytest.mark.parametrize("text", ["[1]" * 33_000, "「" * 100_000, "。" * 100_000, "*" * 100_000])
def test_a_hostile_answer_takes_no_time(text) -> None:
    evidence: list[Evidence] = EVIDENCE
    with time_limit(1):
        build(ScriptedChat([text])).generate(QUESTION, evidence)
