"""Values that a statement puts to another label than its lines do."""

import pytest

from assistant.checking.entries import EntryChecker
from assistant.checking.reading import read_sentences


@pytest.fixture(scope="module")
def find(analyze, vocabulary):
    entries = EntryChecker(vocabulary, analyze)

    def find_misplaced(statement: str, source: str) -> list[str]:
        return entries.find_misplaced(
            read_sentences(statement, analyze), read_sentences(source, analyze)
        )

    return find_misplaced


TABLE = "| 部屋 | 床 | 料金 |\n|---|---|---|\n| 茶室 | 石畳 | 900 円 |\n| 工房 | 板張り | 700 円 |"
LIST = "- 茶室: 石畳を敷く\n- 工房: 板張りにする"
CLAUSES = "茶室なら石畳、工房なら板張りを選ぶ。"


@pytest.mark.parametrize("source", [TABLE, LIST, CLAUSES])
def test_values_of_another_label(find, source):
    assert find("工房の床は石畳である。", source) == ["石畳"]


@pytest.mark.parametrize("source", [TABLE, LIST, CLAUSES])
@pytest.mark.parametrize(
    "statement",
    [
        "茶室の床は石畳である。",
        "茶室の床は石畳、工房の床は板張りである。",
        "工房の床は石畳ではない。",
        "石畳の部屋がある。",
    ],
)
def test_values_in_their_place(find, source, statement):
    assert find(statement, source) == []


def test_figures_are_values_too(find):
    assert find("工房の料金は 900 円である。", TABLE) == ["#yen 900"]
    assert find("工房の料金は 700 円である。", TABLE) == []


def test_what_also_stands_elsewhere_is_not_of_a_label(find):
    assert find("工房の床は石畳である。", f"{LIST}\n石畳は工房にも敷ける。") == []


def test_dots_end_a_label_and_it_holds_for_the_whole_item(find):
    source = "- 茶室 … 石畳を敷く。縁側は檜である。\n- 工房 … 板張りにする。"
    assert find("工房の縁側は檜である。", source) == ["縁側"]
    assert find("茶室の縁側は檜である。", source) == []


def test_a_clause_is_held_against_its_own_entry(find):
    statement = "茶室の床は板張りで、工房の床は石畳である。"
    assert set(find(statement, TABLE)) == {"石畳", "板張~"}
