"""A statement whose words its lines lack is about something else."""

import pytest

from assistant.checking.content import ContentChecker
from assistant.checking.reading import read_sentences


@pytest.fixture(scope="module")
def find(analyze, vocabulary):
    content = ContentChecker(vocabulary)

    def find_missing(statement: str, source: str, figures: int = 0) -> list[str]:
        words = frozenset(analyze(source))
        sentences = read_sentences(statement, analyze)
        return content.find_missing(sentences, words, frozenset(source), figures)

    return find_missing


SOURCE = "盆栽の鉢は二年に一度、春の芽が動く前に植え替える。"


@pytest.mark.parametrize(
    "statement",
    [
        "盆栽の鉢は春に植え替える。",
        "盆栽の植え替えは芽が動き出す前の春に行うのがよい。",
        "盆栽は春に新しい鉢へ移す必要がある。",
        "春に使う方法である。",  # general words say nothing else
        "",
    ],
)
def test_retellings_pass(find, statement):
    assert find(statement, SOURCE) == []


def test_what_is_of_another_section_is_told(find):
    assert find("自転車の油は翌朝に拭く。", SOURCE) == ["拭~", "翌朝", "自転"]


def test_one_strange_word_is_not_enough(find):
    assert find("盆栽の鉢は陶芸家が植え替える。", SOURCE) == []
    assert find("陶芸家が選ぶ。", SOURCE) == []


def test_figures_count_as_words_that_are_there(find):
    statement = "自転車の油は翌朝に拭く。"
    assert find(statement, SOURCE)
    assert find(statement, SOURCE, figures=9) == []
