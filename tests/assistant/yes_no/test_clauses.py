"""The clauses of a passage, and what they speak of."""

import pytest

from assistant.answering.yes_no.clauses import cut_clauses, find_topic


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("鍵は複製できる", "鍵"),
        ("倉庫の鍵には番号がある", "倉庫の鍵"),
        ("窓口では鍵を貸す", "窓口"),
        ("鍵を貸す", ""),
        ("消しても残る", ""),
        ("", ""),
    ],
)
def test_the_topic_stands_before_its_particle(text: str, topic: str) -> None:
    assert find_topic(text) == topic


def test_clauses_know_what_the_line_speaks_of() -> None:
    found = list(cut_clauses("番号は変えられる。消せない。\n貸せない。", "鍵は 2 本。"))
    assert [(clause.text, clause.topic, clause.before) for clause in found] == [
        ("番号は変えられる", "鍵", "鍵は 2 本"),
        ("消せない", "番号", "番号は変えられる"),
        ("貸せない", "", ""),
    ]
    assert [clause.is_first for clause in found] == [False, False, True]


def test_a_condition_holds_up_to_the_end_of_its_clause() -> None:
    first, last = cut_clauses("鍵は増やせるので、減らすと困らない。")
    assert (first.scope, last.scope) == ("鍵は増やせる", "鍵は増やせるので、鍵は減らすと困らない")


@pytest.mark.parametrize(
    ("passage", "texts"),
    [
        ("- **鍵**は複製できない。", ["鍵は複製できない"]),
        ("※ 鍵は複製できない", ["鍵は複製できない"]),
        ("鍵: 複製できない", ["鍵は複製できない"]),
        ("鍵 … 複製できない", ["鍵は複製できない"]),
        ("鍵は複製できない → 作り直す", ["鍵は複製できない"]),
        ("門 → 扉は不可", ["門 → 扉は不可"]),
        ("扉の鍵と違い、門の鍵は貸せない", ["門の鍵は貸せない"]),
        ("番号は作成時にしか選べない", ["番号はあとから選べない"]),
        ("番号は作成時のみ", ["番号はあとから不可"]),
        ("警報は作成時に有効化が必要", ["警報はあとから有効化できない"]),
        ("番号の登録は作成時に必要", ["番号の登録は作成時に必要"]),
        ("「台帳の番号」は消せない", ["台帳の番号は消せない"]),
        ("「鍵は消せない」は誤り", ["「鍵は消せない」は誤り"]),
        ("鍵は不変（番号も変えられない）", ["鍵は不変", "番号も変えられない"]),
        ("鍵は貸せない（東館）", ["鍵は貸せない(東館)"]),
        ("鍵は貸せる。ただし 1 本。", ["ただし 1 本"]),
        ("", []),
        ("。。。", []),
    ],
)
def test_passages_are_cut_into_clauses(passage: str, texts: list[str]) -> None:
    assert [clause.text for clause in cut_clauses(passage)] == texts
