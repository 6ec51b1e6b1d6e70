"""Figures of a statement held against those of its lines; every pair was made up for its case."""

import pytest

from assistant.checking.figure_check import FigureChecker
from assistant.checking.reading import read_sentences


@pytest.fixture(scope="module")
def find(analyze, vocabulary):
    figures = FigureChecker(vocabulary, analyze)

    def find_unsupported(statement: str, source: str, aliases: str = "") -> list[str]:
        return figures.find_unsupported(
            read_sentences(statement, analyze), read_sentences(source, analyze), aliases
        )

    return find_unsupported


SUPPORTED = [
    ("書庫は 1500 冊まで入る。", "書庫には 1,500 冊まで入る。"),
    ("控えは 5GB ある。", "控えは５ＧＢある。"),
    ("乾燥は 90 分かかる。", "乾燥は 1.5 時間かかる。"),
    ("乾燥は 1 日かかる。", "乾燥は 24 時間かかる。"),
    ("当選は六割である。", "当選は 60 % である。"),
    ("ID は 9〜15 文字で書く。", "ID は 9 から 15 文字で書く。"),
    ("ID は 9-15 文字で書く。", "ID は 9 から 15 文字で書く。"),
    ("ポート 443 を開ける。", "443/tcp を開ける。"),
    ("443 番を開ける。", "ポート 443 を開ける。"),
    ("待つのは 3600 秒である。", "| 設定 | 値 |\n|---|---|\n| wait_seconds | 3600 |"),
    ("棚は 1 個だけ置ける。", "棚は 2 個以上は置けない。"),
    ("棚は 2 個以上置けない。", "棚は 1 個まで置ける。"),
    ("棚は最大 5 個である。", "棚は 5 個まで置ける。"),
    ("棚は 5 個である。", "棚は最大 5 個である。"),
    ("1 部屋につき棚は 5 個置ける。", "部屋あたり棚は 5 個置ける。"),
    ("窓は 2 つある。", "窓は両方とも開く。"),
    ("表は 5 GB、裏は 10 GB まで。", "裏は 10 GB、表は 5 GB まで。"),
    ("2024 年 3 月に始まった。", "2024-03-05 に始まった。"),
]


@pytest.mark.parametrize(("statement", "source"), SUPPORTED)
def test_the_same_figure_in_another_form(find, statement, source):
    assert find(statement, source) == []


UNSUPPORTED = [
    ("書庫は 1600 冊まで入る。", "書庫には 1,500 冊まで入る。", ["1600"]),
    ("控えは 5 GiB ある。", "控えは 5 GB ある。", ["5 gib"]),
    ("控えは 5 Gbps ある。", "控えは 5 GB ある。", ["5 gbps"]),
    ("乾燥は 90 秒かかる。", "乾燥は 90 分かかる。", ["90 秒"]),
    ("乾燥は 2 日かかる。", "乾燥は 24 時間かかる。", ["2 日"]),
    ("当選は七割である。", "当選は 60 % である。", ["七割"]),
    ("ポート 80 を開ける。", "443/tcp を開ける。", ["80"]),
    ("ポート 44 を開ける。", "443/tcp を開ける。", ["44"]),
    ("ID は 9〜16 文字で書く。", "ID は 9 から 15 文字で書く。", ["16 文字"]),
    ("棚は最小 5 個である。", "棚は最大 5 個である。", ["5 個"]),
    ("棚は 5 個未満である。", "棚は 5 個以上である。", []),
    ("3 番目に回す。", "2 番目に回す。", ["3 番"]),
    ("2023 年に始まった。", "2024 年に始まった。", ["2023"]),
    ("毎秒 300 件を受ける。", "毎分 300 件を受ける。", ["300 件"]),
    ("料金は月額 5 ドルである。", "料金は年額 5 ドルである。", ["5 ドル"]),
    ("待つのは 3600 分である。", "| 設定 | 値 |\n|---|---|\n| wait_seconds | 3600 |", ["3600 分"]),
    ("倉庫の容量は 10 GB である。", "倉庫は 5 GB、屋根裏は 10 GB まで。", ["10 gb"]),
    ("倉庫は 10 GB、屋根裏は 5 GB まで。", "倉庫は 5 GB、屋根裏は 10 GB まで。", ["10 gb", "5 gb"]),
]


@pytest.mark.parametrize(("statement", "source", "figures"), UNSUPPORTED)
def test_another_figure_or_one_of_something_else(find, statement, source, figures):
    assert find(statement, source) == figures


def test_a_number_of_an_alias_is_no_figure_of_the_statement(find):
    assert find("段階 7 の負荷分散である。", "負荷分散である。") == ["7"]
    assert find("段階 7 の負荷分散である。", "負荷分散である。", "layer 7 の負荷分散") == []
