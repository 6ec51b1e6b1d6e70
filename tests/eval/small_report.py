"""Four questions and two systems, small enough to derive every figure by hand.

The assistant has the right section at rank 1, 2 and not at all; the other system at 2 and twice not
at all. The fourth question has no answer in the notes.
"""

from assistant.datatypes import Question
from eval.datatypes import (
    AnswerRecord,
    Gold,
    LabelledQuestion,
    QueryResult,
    RetrievedText,
    Run,
    Split,
)
from eval.report import ABLATION, Report, build_report
from eval.summary import score_run

HOSTILE = '<img src=x onerror="alert(1)"> | `a` *b* & \ud800 \x00'


def make_questions() -> list[LabelledQuestion]:
    return [
        _question("q1", "a", {"own-words"}, Split.DEV, "上限はいくつ？"),
        _question("q2", "b", {"own-words", "table"}, Split.DEV, HOSTILE),
        _question("q3", "c", {"own-words"}, Split.TEST, "どこに置く？"),
        _question("q4", "", {"unanswerable"}, Split.DEV, "天気は？"),
    ]


def make_runs() -> list[Run]:
    assistant = Run(
        "tenkyo",
        (
            _result("q1", "ab", 0.01, _answer("上限は80です。", 0.9, ("a", 1, 1))),
            _result("q2", "ab", 0.02, _answer("分かりません。", 0.6, ("a", 1, 1))),
            _result("q3", "ba", 0.03, _refuse(0.3)),
            _result("q4", "a", 0.04, _refuse(0.2)),
        ),
    )
    other = Run(
        ABLATION,
        (
            _result("q1", "ba", 0.01),
            _result("q2", "ac", 0.01),
            _result("q3", "", 0.01),
            _result("q4", "a", 0.01),
        ),
    )
    return [assistant, other]


def make_report(split: Split | None = None, title: str = "Evaluation") -> Report:
    questions, runs = make_questions(), make_runs()
    return build_report(
        questions,
        runs,
        [score_run(questions, run) for run in runs],
        created="2026-11-22",
        model="fake",
        notes=1,
        sections=3,
        split=split,
        title=title,
    )


def _question(
    query_id: str, gold: str, tags: set[str], split: Split, text: str
) -> LabelledQuestion:
    right = (Gold(f"n.md#{gold}", 1, 2),) if gold else ()
    facts = (("80",),) if query_id == "q1" else ()
    return LabelledQuestion(
        Question(text, query_id), right, frozenset(tags), split, key_facts=facts
    )


def _result(
    query_id: str, anchors: str, seconds: float, answer: AnswerRecord | None = None
) -> QueryResult:
    found = (RetrievedText(f"n.md#{anchor}", 1.0, "n.md", 1, 2, 20) for anchor in anchors)
    return QueryResult(query_id, tuple(found), answer, seconds)


def _answer(text: str, confidence: float, cited: tuple[str, int, int]) -> AnswerRecord:
    anchor, start, end = cited
    return AnswerRecord(text, None, confidence, None, ((f"n.md#{anchor}", start, end),))


def _refuse(confidence: float) -> AnswerRecord:
    return AnswerRecord("", "low-confidence", confidence, None, ())
