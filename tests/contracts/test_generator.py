"""What every `Generator` promises, checked on every one."""

import re

import pytest

from assistant.answering.citations import resolve_citations
from assistant.datatypes import Evidence, Question
from assistant.errors import GeneratorError
from assistant.generators.checked import CheckedGenerator, OutputLimits
from assistant.generators.extractive import ExtractiveGenerator
from assistant.generators.scripted import ScriptedChat
from assistant.protocols import Generator
from tests.assistant.evidence import build_evidence
from tests.assistant.fakes import FakeGenerator
from tests.assistant.generators.fake_checker import FakeChecker

_MARKER = re.compile(r"\[(\d+)\]")

ONE = [build_evidence("a", 1.0, [("甲は一つ。", 0.9), ("乙は二つ。", 0.2), ("丙は三つ。", 0.8)])]
CASES: dict[str, list[Evidence]] = {
    "one section": ONE,
    "two sections": [*ONE, build_evidence("b", 0.95, [("甲はもう一つ。", 0.9)])],
    "a list": [build_evidence("a", 1.0, [("一つ目", 0.9, 1), ("二つ目", 0.5, 1)])],
    "a table": [build_evidence("a", 1.0, [("種別: 甲", 0.9, 1)], table=True)],
    "nothing relevant": [build_evidence("a", 1.0, [("甲。", 0.0), ("乙。", 0.0)])],
    "a long sentence": [build_evidence("a", 1.0, [("長" * 20_000, 0.9), ("短。", 0.8)])],
    "marker-like text": [build_evidence("a", 1.0, [("配列の要素は x[0] と書く。", 0.9)])],
}


def build_checked(*pieces: str) -> CheckedGenerator:
    return CheckedGenerator(ScriptedChat(pieces), FakeChecker(), FakeGenerator(), OutputLimits())


def build_worded() -> CheckedGenerator:
    return build_checked("答えは", "本文にあり", "ます。[1]", "嘘も言います。[1]\n")


def build_silent() -> CheckedGenerator:
    return build_checked()


@pytest.fixture(params=[ExtractiveGenerator, FakeGenerator, build_worded, build_silent])
def generator(request) -> Generator:
    return request.param()


@pytest.fixture(params=CASES.values(), ids=CASES.keys())
def evidence(request) -> list[Evidence]:
    return request.param


def test_it_implements_the_protocol(generator) -> None:
    assert isinstance(generator, Generator)


def test_a_draft_has_text_and_cites_at_least_once(generator, evidence) -> None:
    draft = generator.generate(Question("甲はいくつ?"), evidence)
    assert draft.text.strip()
    assert draft.cited


def test_every_marker_resolves_and_every_citation_is_marked(generator, evidence) -> None:
    draft = generator.generate(Question("甲はいくつ?"), evidence)
    citations = resolve_citations(draft, evidence)
    ends = [_MARKER.search(line[line.rindex(" ") :]) for line in draft.text.split("\n")]
    assert {int(end[1]) for end in ends if end} == {citation.marker for citation in citations}
    for citation in citations:
        section = next(i.section for i in evidence if i.section.section_id == citation.section_id)
        assert citation.quote in section.text


def test_the_same_evidence_gives_the_same_draft(generator, evidence) -> None:
    question = Question("甲はいくつ?")
    assert generator.generate(question, evidence) == generator.generate(question, evidence)


def test_the_last_draft_of_a_stream_is_the_whole_one(generator, evidence) -> None:
    question = Question("甲はいくつ?")
    *_, last = generator.stream(question, evidence)
    assert last == generator.generate(question, evidence)


@pytest.mark.parametrize("question", ["", "\x1b[31m\0\ud800", "あ" * 8_000])
def test_odd_questions_do_no_harm(generator, question) -> None:
    assert generator.generate(Question(question), ONE).cited


def test_evidence_without_sentences_is_an_error_of_one_line(generator) -> None:
    with pytest.raises(GeneratorError) as caught:
        generator.generate(Question("甲は?"), [build_evidence("a", 1.0, [])])
    assert "\n" not in str(caught.value)
