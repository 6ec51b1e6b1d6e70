"""Words and clauses that a statement affirms and its lines deny, or the reverse."""

import pytest

from assistant.checking.denials import DenialReader
from assistant.checking.negation import NegationChecker
from assistant.checking.polarity import PolarityChecker
from assistant.checking.reading import read_sentences


@pytest.fixture(scope="module")
def is_turned(analyze, vocabulary):
    denials = DenialReader(analyze)
    polarity = PolarityChecker(vocabulary, denials, analyze)
    negation = NegationChecker(vocabulary, denials)

    def is_turned(statement: str, source: str, *, only_pairs: bool = False) -> bool:
        claim = read_sentences(statement, analyze)
        given = read_sentences(source, analyze, has_headings=True)
        turned = polarity.find_turned(claim, given, only_pairs=only_pairs)
        return bool(turned or (not only_pairs and negation.find_turned(claim, given)))

    return is_turned


TURNED = [
    # negations lost and added
    ("倉庫の鍵は複製できる。", "倉庫の鍵は複製できない。"),
    ("倉庫の鍵は複製できない。", "倉庫の鍵は複製できる。"),
    ("倉庫の鍵を複製することはできません。", "倉庫の鍵は複製できる。"),
    ("倉庫の鍵の複製は不可。", "倉庫の鍵は複製できる。"),
    ("倉庫の鍵は複製できる。", "倉庫の鍵の複製は不可。"),
    ("見学に予約は不要である。", "見学には予約が必要である。"),
    ("見学には予約が必要である。", "見学に予約は不要である。"),
    ("ALB は SNI に対応していない。", "ALB は SNI に対応している。"),
    ("ALB は SNI に対応している。", "ALB は SNI に非対応。"),
    ("台帳は公開されている。", "台帳は非公開である。"),
    ("会員だけでなく客も本を借りられる。", "会員だけが本を借りられる。"),
    ("鍵は複製できる。", "| 物 | 複製 |\n|---|---|\n| 鍵 | × |\n| 札 | ○ |"),
    # opposites
    ("名札の着用は任意である。", "名札の着用は必須である。"),
    ("通知は有効である。", "通知は無効である。"),
    ("窓は手動で開く。", "窓は自動で開く。"),
    ("画像はパブリックな場所に置く。", "画像はプライベートな場所に置く。"),
    ("アウトバウンドの通信を絞る。", "インバウンドの通信を絞る。"),
    ("記録は非同期に送る。", "記録は同期で送る。"),
    ("冬は湯の量が減る。", "冬は湯の量が増える。"),
    ("貸し出しは九時に終了する。", "貸し出しは九時に開始する。"),
    ("部外者の入館を許可する。", "部外者の入館を拒否する。"),
    ("記録は同期で送る。", "記録は非同期に送る。"),
    ("倉庫の鍵は複製できるので、合鍵を渡す。", "倉庫の鍵は複製できない。"),
    ("倉庫の通知は初めからオンである。", "倉庫の通知は既定では無効で、後から有効にする。"),
    ("灯りの札は残る。", "灯りの札は消える。"),
    ("台帳の写しを受け取る。", "台帳の写しの受け取りは拒否する。"),
    ("雨が漏れる心配はない。", "嵐の夜は雨が漏れる。"),
    # one of two that are told apart
    ("倉庫の鍵は複製できない。", "倉庫の鍵は複製できる。納屋の鍵は複製できない。"),
    ("納屋の鍵は複製できる。", "倉庫の鍵は複製できるが、納屋の鍵は複製できない。"),
]


@pytest.mark.parametrize(("statement", "source"), TURNED)
def test_what_is_turned_round(is_turned, statement, source):
    assert is_turned(statement, source)


KEPT = [
    ("倉庫の鍵は複製できません。", "倉庫の鍵は複製できない。"),
    ("倉庫の鍵の複製はできない。", "倉庫の鍵の複製は不可。"),
    ("見学に予約は要らない。", "見学に予約は不要である。"),
    ("見学に予約がなくてもよい。", "見学に予約は不要である。"),
    ("会員しか本を借りられない。", "会員だけが本を借りられる。"),
    ("会員のみ本を借りられる。", "会員以外は本を借りられない。"),
    ("鍵を返せば錠を開けられる。", "鍵を返さないと錠を開けられない。"),
    ("湯は減らない。", "湯は減ることがない。"),
    ("窓は自動では開かず、手動で開く。", "窓は手動で開く。"),
    ("名札の着用は必須である。", "名札の着用は任意ではなく必須である。"),
    ("名札は必ず着ける。", "名札の着用は必須である。"),
    ("倉庫の鍵は複製できる。", "倉庫の鍵は複製できるが、納屋の鍵は複製できない。"),
    ("納屋の鍵は複製できない。", "倉庫の鍵は複製できるが、納屋の鍵は複製できない。"),
    ("札は複製できる。", "| 物 | 複製 |\n|---|---|\n| 鍵 | × |\n| 札 | ○ |"),
    ("棚は 5 個まで置ける。", "棚は 6 個以上は置けない。"),
    ("記録は非同期で送られる。", "記録は非同期に送る。"),
    ("弁が無効な炉には点火できません。", "炉の点火には弁が有効であること。"),
    ("離れには湯が届きません。", "湯が届くのは離れを除く棟である。"),
    ("札を選べないのは離れだけである。", "離れは白札のみで、本棟は札を選べる。"),
    ("庭師の札は、司書の札と違って門で使えない。", "司書の札は門で使え、庭師の札は門で使えない。"),
    ("庭師は合鍵なしというわけにはいかない。", "庭師には合鍵が必要である。"),
    ("棚の縮小はできない。", "棚の拡大・縮小はできない。"),
    ("通知を有効にしても札は届かない。", "通知は既定で無効。有効にしても札は届かない。"),
    ("入れない。", "入れる。"),  # one word says nothing to compare
]


@pytest.mark.parametrize(("statement", "source"), KEPT)
def test_what_says_the_same(is_turned, statement, source):
    assert not is_turned(statement, source)


def test_headings_affirm_and_deny_nothing(is_turned):
    statement = "倉庫の鍵は複製できない。"
    assert not is_turned(statement, "鍵を複製できる\n倉庫の鍵は複製できない。")


def test_in_two_languages_only_opposites_count(is_turned):
    code = '入館 > 規則\n"action": "enter",\n"effect": "allow"'
    assert is_turned("部外者の入館を拒否する。", code, only_pairs=True)
    assert not is_turned("部外者の入館を許可する。", code, only_pairs=True)
    assert not is_turned("鍵は複製できない。", "鍵は複製できる。", only_pairs=True)
