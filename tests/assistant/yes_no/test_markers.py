"""Words that single out, and words that say where something is used."""

import pytest

from assistant.answering.yes_no.markers import (
    asks_more,
    find_focus,
    is_conditional,
    is_hedged,
    name_places,
    spell_out,
)


@pytest.mark.parametrize(
    ("text", "focus"),
    [
        ("鍵だけ貸せる", {"鍵だけ"}),
        ("窓口でのみ貸せる", {"口でだけ"}),
        ("3 時まで開く", {"3時まで"}),
        ("そのままでも開く", set()),
        ("必ず開く", {"常に"}),
        ("全部貸せる", {"すべて"}),
        ("鍵を貸せる", set()),
    ],
)
def test_what_singles_out_is_found(text: str, focus: set[str]) -> None:
    assert find_focus(text) == focus


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("台帳を使うなら鍵が要る", "台帳で 鍵が要る"),
        ("台帳を使うのに鍵が要る", "台帳で 鍵が要る"),
        ("会員証の場合は要らない", "会員証で 要らない"),
        ("会員証なら要らない", "会員証で 要らない"),
        ("箱の中で使える", "箱内で使える"),
        # these are conditions, or what is asked
        ("必要なら貸せる", "必要なら貸せる"),
        ("壊れた場合は貸せる", "壊れた場合は貸せる"),
        ("台帳を使うのは不可", "台帳を使うのは不可"),
        ("台帳を使うという誤り", "台帳を使うという誤り"),
        ("台帳を使わないなら要らない", "台帳を使わないなら要らない"),
    ],
)
def test_where_something_is_used_is_a_place(text: str, named: str) -> None:
    assert name_places(text) == named


@pytest.mark.parametrize(
    ("clause", "spelt"),
    [
        ("貸せるのは鍵だけ", "鍵だけ貸せる"),
        ("複製できるのは窓口からのみ", "窓口からのみ複製できる"),
        ("対応は s3 と sns の 2 つだけ", " s3 と snsだけに対応"),
        ("既定は鍵だけ", "既定は鍵だけ"),
        ("鍵は貸せる", "鍵は貸せる"),
    ],
)
def test_what_is_on_one_thing_alone_is_spelt_out(clause: str, spelt: str) -> None:
    assert spell_out(clause) == spelt


@pytest.mark.parametrize(
    ("text", "is_hedge"),
    [
        ("鍵は複製できるかもしれない", True),
        ("ただ 1 本", True),
        ("消しただけでは止まらない", False),
        ("どちらかを貸す", True),
        ("どちらも貸せない", False),
        ("昼: 鳴る / 夜: 鳴らない", True),
        ("条件付きの貸し出し", False),
    ],
)
def test_hedges_are_found(text: str, is_hedge: bool) -> None:
    assert is_hedged(text, is_english=False) is is_hedge


def test_what_is_needed_is_no_condition() -> None:
    assert not is_conditional("申請しないと、複製できない")
    assert is_conditional("申請すると、複製できる")


def test_names_in_english_ask_for_nothing_more() -> None:
    assert not asks_more("read-only の鍵は貸せる", is_english=False)
    assert asks_more("can i lend only a key", is_english=True)
    assert not asks_more("そのまま貸せる", is_english=False)
    assert asks_more("その鍵は貸せる", is_english=False)
