"""A statement whose words its lines lack is about something else."""

import pytest

from assistant.checking.content import ContentChecker
from assistant.checking.reading import read_sentences


@pytest.fixture(scope="module")
def find(analyze, vocabulary):
    content = ContentChecker(vocabulary)

    def find_missing(statement: str, source: str) -> list[str]:
        words = frozenset(analyze(source))
        sentences = read_sentences(statement, analyze)
        return content.find_missing(sentences, words, frozenset(source))

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
    assert find(f"1 台と 2 台と 3 台と 4 台の{statement}", SOURCE) == []


@pytest.mark.parametrize(
    "clause", ["陶芸家が値段を決める", "そのあと庭師が肥料を与える", "これは害虫を防ぐためである"]
)
def test_a_clause_that_was_added_is_told(find, clause):
    # What the other clauses say has more weight, and yet nothing makes up for it.
    assert find(f"盆栽の鉢は二年に一度、春の芽が動く前に植え替えますが、{clause}。", SOURCE)


@pytest.mark.parametrize("clause", ["もっと前でもよい", "石灰質の土ではなく、春の芽による"])
def test_a_clause_of_general_words_or_of_what_is_not_passes(find, clause):
    assert find(f"盆栽の鉢は二年に一度、植え替えますが、{clause}。", SOURCE) == []
