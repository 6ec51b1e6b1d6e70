"""A draft is what `tenkyo eval check` reads, and refuses until a person has finished it."""

import dataclasses
import json
from pathlib import Path

import pytest

from assistant.datatypes import (
    AbstentionReason,
    Answer,
    Choice,
    Citation,
    Question,
    SectionHit,
)
from assistant.errors import QuestionError
from assistant.serving.feedback import FeedbackStore
from assistant.serving.question_candidates import build_candidate
from eval.check import check_questions
from eval.questions import read_question_set
from ingest.datatypes import Note
from ingest.markdown import parse_sections

NOTE = Note(
    "vpc.md", "# VPC\n\n仮想の網。\n\n## NAT\n\n帯域は 5 Gbps。\n料金は時間単位。\n", "", "utf-8"
)
SECTIONS = {section.section_id: section for section in parse_sections(NOTE)}
NAT = SECTIONS["vpc.md#nat"]  # lines 5 to 8
HIT = SectionHit(NAT.section_id, "vpc.md", NAT.heading_path, 5, 8, 0.9)
CITATION = Citation(
    1, NAT.section_id, "vpc.md", NAT.heading_path, 7, 7, "帯域は 5 Gbps。", NAT.digest
)
ANSWER = Answer("NAT の帯域は?", "帯域は 5 Gbps。 [1]", (CITATION,), (HIT,), None, 0.9)
REFUSAL = Answer("送料は?", "見当たりません。", (), (HIT,), AbstentionReason.LOW_CONFIDENCE, 0.1)
QUESTION = Question("NAT の帯域は?")
EXAM = "帯域が最も広いものはどれか。\nA. NAT\nB. VPN\nC. 専用線\nD. 無線"


def find_problems(path: Path) -> list[str]:
    """Return what `tenkyo eval check` says of a file of questions."""
    problems = check_questions(
        read_question_set(path), SECTIONS, {"vpc.md": NOTE}, lambda text: text.split()
    )
    return [problem.text for problem in problems]


def finish(path: Path, **changes: object) -> None:
    """Change the fields of a file's only line, as a person would."""
    record = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(record | changes) + "\n", encoding="utf-8")


def propose(folder: Path, question: Question, answer: Answer = ANSWER, face: str = "chat") -> Path:
    FeedbackStore(folder).propose_question(question, answer, face)
    return folder / "candidates.jsonl"


def test_a_draft_holds_what_was_cited(tmp_path) -> None:
    (line,) = propose(tmp_path, QUESTION).read_text(encoding="utf-8").splitlines()
    record = json.loads(line)
    assert record.pop("id").startswith("asked-")
    assert list(record.items()) == [
        ("question", "NAT の帯域は?"),
        (
            "gold",
            [{"section_id": "vpc.md#nat", "line_start": 7, "line_end": 7, "digest": NAT.digest}],
        ),
        ("answer", ""),
        ("key_facts", []),
        ("explanation", "帯域は 5 Gbps。 [1]"),
        ("tags", ["from-chat"]),
    ]


def test_the_evaluation_refuses_a_draft_until_it_has_a_slice(tmp_path) -> None:
    path = propose(tmp_path, QUESTION)
    (problem,) = find_problems(path)
    assert problem.startswith("tags ['from-chat'] are unknown; use [")
    finish(path, tags=["own-words"])
    assert find_problems(path) == []


def test_a_question_without_an_answer_names_the_nearest_section(tmp_path) -> None:
    path = propose(tmp_path, Question("送料は?"), REFUSAL, "slack")
    record = json.loads(path.read_text(encoding="utf-8"))
    assert (record["gold"], record["near"], record["tags"]) == ([], "vpc.md#nat", ["from-slack"])
    assert "is answerable exactly if it has gold sections" in " ".join(find_problems(path))
    finish(path, tags=["unanswerable"])
    assert find_problems(path) == []
    without_hits = dataclasses.replace(REFUSAL, hits=())
    assert "near" not in build_candidate(Question("送料は?"), without_hits, "chat")


def test_a_pasted_exam_question_has_its_options_but_no_solution(tmp_path) -> None:
    path = propose(tmp_path, Question(EXAM))
    (labelled,) = read_question_set(path)
    assert labelled.question.text == "帯域が最も広いものはどれか。"
    assert labelled.question.choices == (
        Choice("A", "NAT"),
        Choice("B", "VPN"),
        Choice("C", "専用線"),
        Choice("D", "無線"),
    )
    assert labelled.tags == {"from-chat", "multiple-choice"}
    assert "correct letters '' are not some of ABCD" in find_problems(path)
    finish(path, tags=["multiple-choice"], correct="C")
    assert find_problems(path) == []


def test_a_follow_up_keeps_its_history(tmp_path) -> None:
    history = tuple(f"質問 {number}" for number in range(1, 13))
    path = propose(tmp_path, Question("じゃあ料金は?", history=history))
    (labelled,) = read_question_set(path)
    assert labelled.question.history == history[2:]  # the last ten
    finish(path, tags=["follow-up"])
    assert find_problems(path) == []


def test_the_same_question_stands_there_once(tmp_path) -> None:
    path = propose(tmp_path, QUESTION)
    first = path.read_bytes()
    propose(tmp_path, Question(" NAT の帯域は?\n"))
    propose(tmp_path, QUESTION, REFUSAL, "slack")
    assert path.read_bytes() == first
    propose(tmp_path, Question("NAT の料金は?"))
    propose(tmp_path, dataclasses.replace(QUESTION, history=("VPN の話。",)))
    propose(tmp_path, dataclasses.replace(QUESTION, choices=(Choice("A", "1"), Choice("B", "2"))))
    assert len({labelled.query_id for labelled in read_question_set(path)}) == 4


def test_the_id_never_changes() -> None:
    # sha256 of '["NAT \u306e\u5e2f\u57df\u306f?", {}, []]', by sha256sum.
    assert build_candidate(QUESTION, ANSWER, "chat")["id"] == "asked-b400d0b5ba6a"


def test_what_a_person_wrote_is_left_alone(tmp_path) -> None:
    path = propose(tmp_path, QUESTION)
    identity = json.loads(path.read_text(encoding="utf-8"))["id"]
    # Edited, without a line feed at the end; and lines that are no objects.
    edited = f'not JSON\n[1]\n{"[" * 100_000}\n\n{{"id": "{identity}", "question": "直した"}}'
    path.write_text(edited, encoding="utf-8")
    propose(tmp_path, QUESTION)
    assert path.read_text(encoding="utf-8") == f"{edited}\n"
    propose(tmp_path, Question("NAT の料金は?"))
    lines = path.read_text(encoding="utf-8").split("\n")
    assert "\n".join(lines[:5]) == edited
    assert json.loads(lines[5])["question"] == "NAT の料金は?"
    assert lines[6:] == [""]


def test_hostile_texts_stay_one_line_of_the_format(tmp_path) -> None:
    hostile = 'x\x00\x1b[2J\ud800"}\n{"id": "y"}\u2028'
    answer = dataclasses.replace(ANSWER, text="答" * 20_001)
    choices = tuple(Choice(letter, hostile + "長" * 2_000) for letter in "ABC")
    path = propose(tmp_path, Question(hostile, choices=choices, history=(hostile,)), answer)
    (labelled,) = read_question_set(path)
    clean = 'x  [2J\ufffd"}\n{"id": "y"}'
    assert labelled.question.text == clean
    assert labelled.question.history == (f"{clean}\u2028",)
    assert {len(choice.text) for choice in labelled.question.choices} == {2_000}
    assert labelled.explanation == "答" * 19_999 + "…"


@pytest.mark.parametrize("text", ["", "???", "問" * 8_001])
def test_what_cannot_be_asked_is_no_question(tmp_path, text) -> None:
    with pytest.raises(QuestionError):
        propose(tmp_path / "feedback", Question(text))
    assert not (tmp_path / "feedback").exists()
