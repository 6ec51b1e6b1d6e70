"""The extractive generator adds nothing to the notes' words but markers."""

import pytest

from assistant.datatypes import Question
from assistant.errors import GeneratorError
from assistant.generators.extractive import ExtractiveGenerator
from tests.assistant.evidence import build_evidence


def test_every_sentence_is_followed_by_its_marker() -> None:
    item = build_evidence("a", 1.0, [("一。", 0.9), ("二。", 0.1), ("三。", 0.8)])
    draft = ExtractiveGenerator().generate(Question("質問"), [item])
    assert draft.text == "一。 [1]\n三。 [2]"
    assert draft.cited == ((item.sentences[0],), (item.sentences[2],))


def test_a_sentence_broken_over_lines_is_shown_on_one() -> None:
    item = build_evidence("a", 1.0, [("専用線を使い、  \n閉域で通信する。", 0.9)])
    assert (
        ExtractiveGenerator().generate(Question(""), [item]).text
        == "専用線を使い、閉域で通信する。 [1]"
    )


def test_latin_words_broken_over_lines_keep_a_space() -> None:
    item = build_evidence("a", 1.0, [("Transit\nGateway", 0.9)])
    assert ExtractiveGenerator().generate(Question(""), [item]).text == "Transit Gateway [1]"


def test_evidence_without_sentences_is_an_error() -> None:
    with pytest.raises(GeneratorError, match="no sentence to quote"):
        ExtractiveGenerator().generate(Question(""), [build_evidence("a", 1.0, [])])
