"""The extractive generator adds nothing to the notes' words but markers, and a yes or no."""

from datetime import date

import pytest

from assistant.answering.citations import resolve_citations
from assistant.answering.composition.compose import CompositionRules
from assistant.datatypes import Evidence, Question
from assistant.errors import GeneratorError
from assistant.generators.extractive import ExtractiveGenerator
from ingest.content_words import WordAnalyzer
from ingest.tokenizer import MecabTokenizer
from tests.assistant.evidence import build_evidence


@pytest.fixture(scope="module")
def deciding() -> ExtractiveGenerator:
    """A generator that may say yes or no."""
    return ExtractiveGenerator(analyze=WordAnalyzer(MecabTokenizer()).analyze)


def text_of(generator: ExtractiveGenerator, question: str, *evidence: Evidence) -> str:
    return generator.generate(Question(question), evidence).text


def test_every_sentence_is_followed_by_its_marker() -> None:
    item = build_evidence("a", 1.0, [("一。", 0.9), ("二。", 0.1), ("三。", 0.8)])
    draft = ExtractiveGenerator().generate(Question("質問"), [item])
    assert draft.text == "一。 [1]\n三。 [2]"
    assert draft.cited == ((item.sentences[0],), (item.sentences[2],))


def test_evidence_without_sentences_is_an_error() -> None:
    with pytest.raises(GeneratorError, match="no sentence to quote"):
        ExtractiveGenerator().generate(Question(""), [build_evidence("a", 1.0, [])])


def test_yes_stands_before_the_sentence_that_says_so(deciding) -> None:
    item = build_evidence("倉庫", 1.0, [("倉庫の鍵は複製できる。", 0.9), ("余談。", 0.1)])
    assert text_of(deciding, "倉庫の鍵は複製できる?", item) == "はい。倉庫の鍵は複製できる。 [1]"


def test_no_stands_before_the_sentence_that_says_so(deciding) -> None:
    item = build_evidence("倉庫", 1.0, [("倉庫の鍵は複製できない。", 0.9)])
    assert text_of(deciding, "倉庫の鍵は複製できる?", item) == (
        "いいえ。倉庫の鍵は複製できない。 [1]"
    )


def test_an_english_question_is_answered_in_english(deciding) -> None:
    item = build_evidence("snapshots", 1.0, [("Snapshots can be shared.", 0.9)])
    assert text_of(deciding, "Can I share a snapshot?", item) == (
        "Yes. Snapshots can be shared. [1]"
    )


def test_the_sentence_that_decides_comes_first_and_keeps_its_own_marker(deciding) -> None:
    scored = [("鍵は三本。", 0.9), ("倉庫の鍵は複製できない。", 0.8), ("店が遠い。", 0.7)]
    item = build_evidence("倉庫", 1.0, scored)
    draft = deciding.generate(Question("倉庫の鍵は複製できる?"), [item])
    first, second, third = item.sentences
    assert draft.text == ("いいえ。倉庫の鍵は複製できない。 [1]\n店が遠い。 [1]\n鍵は三本。 [2]")
    assert draft.cited == ((second, third), (first,))
    assert [c.line_start for c in resolve_citations(draft, [item])] == [3, 2]


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("倉庫の鍵は複製できる?", "倉庫の鍵は管理者のみ複製できる。"),
        ("倉庫の鍵は何本?", "倉庫の鍵は複製できる。"),
        ("倉庫の鍵", "倉庫の鍵は複製できる。"),
    ],
)
def test_in_doubt_the_sentence_stands_alone(question, sentence, deciding) -> None:
    item = build_evidence("倉庫", 1.0, [(sentence, 0.9)])
    assert text_of(deciding, question, item) == f"{sentence} [1]"


def test_a_sentence_that_is_not_quoted_decides_nothing(deciding) -> None:
    item = build_evidence("倉庫", 1.0, [("長い話。", 0.9), ("倉庫の鍵は複製できない。", 0.1)])
    assert text_of(deciding, "倉庫の鍵は複製できる?", item) == "長い話。 [1]"


def test_without_an_analyzer_no_yes_or_no_is_given() -> None:
    item = build_evidence("倉庫", 1.0, [("倉庫の鍵は複製できる。", 0.9)])
    assert text_of(ExtractiveGenerator(), "倉庫の鍵は複製できる?", item) == (
        "倉庫の鍵は複製できる。 [1]"
    )


def test_names_and_past_dates_are_read_as_they_are_meant() -> None:
    generator = ExtractiveGenerator(
        analyze=WordAnalyzer(MecabTokenizer()).analyze,
        fold=lambda text: text.replace("東蔵", "倉庫"),
        today=lambda: date(2025, 1, 1),
    )
    item = build_evidence("倉庫", 1.0, [("2024 年 11 月から倉庫の鍵は複製できる。", 0.9)])
    assert text_of(generator, "東蔵の鍵は複製できる?", item) == (
        "はい。2024 年 11 月から倉庫の鍵は複製できる。 [1]"
    )


def test_the_rules_can_be_turned_off() -> None:
    item = build_evidence("a", 1.0, [("切断される。", 0.8), ("間。", 0.1), ("古い鍵のため。", 0.7)])
    question = "なぜ切れる?"
    assert text_of(ExtractiveGenerator(7), question, item) == "古い鍵のため。 [1]"
    plain = ExtractiveGenerator(7, rules=CompositionRules(reasons=False))
    assert text_of(plain, question, item) == "切断される。 [1]"
