"""Words that narrow or hedge what is said: where they stand, yes and no need more than a match.

Some only single out (`A だけ`, `61000 まで`): question and statement may share them. Others leave
open whether a statement holds at all.
"""

import re

# With one of these in a statement it may hold for some things or times alone, or not be meant.
_HEDGES = re.compile(
    r"除[くきい外]|限[りらるっ定]|ただ(?!け)|例外|条件(?!付き|キー|式)|次第|応じ"
    r"|ではなく|じゃなく|かもしれ|限らな|ことがあ|こともあ|わけ|らしい|はず|べき|思[うわい]|誤|間違|勘違|嘘"
    r"|×|✕|▲|△|○|予定|以前|かつて|当時|時点|だった|ました|でした|一方|しかし|けど|だが"
    r"|[うくすつぬむるい]が、|ですが、|ますが、|とは言え|とはいえ|もっとも|という|言われ|いわれ|みたい|よう[だに]"
    r"|それ|その(?!まま)|これ|この|あれ(?!ば)|そこ|ここ|同様|前者|後者"
    r"|どちら(?!(?:に|で|から|へ)?も)|[?「」|]| / [^/:]{1,40}: "
)
_ENGLISH_HEDGES = re.compile(
    r"\b(?:only|except|unless|while|but|however|without|until|before|once|some|may|might|should"
    r"|almost|most|usually|yet|than|other|instead|wrong|false|myth|used to|will|was|were|this|that"
    r"|it|they)\b"
)
_TAKES_BACK = re.compile(r"ただ|例外|しかし|一方|もっとも|とはいえ|except|but\b|however|unless")
# A statement under a condition answers a question under the same one.
_CONDITION = re.compile(
    r"場合|[たうくぐすつぬぶむるい](?:とき|時|際)|たら|れば|(?<!に)なら(?![なびずぬ])"
    r"|(?:[うくぐすつぬぶむる]|(?<!な)い)と[、 ]|\b(?:if|when)\b"
)
# Where something is used, or for which thing: its words are compared as any others are.
_PLACES = re.compile(
    r"(?:を|が) ?(?:使う|使用する|利用する|用いる|導入する|入れる|買う|購入する|付ける|指定する)"
    r"(?:のに(?:は)?|ために(?:は)?|(?:場合|とき|時|際)(?:には|は|に)?|には|なら"
    r"|と(?![いきこし]))、? ?"
    r"|(?:を|が) ?(?:使う|書く|作る|設定する|指定する)分には、? ?"
    r"|(?:を|が) ?(?:使|使用し|利用し|用い|導入し|入れ|買|購入し|付け|指定し)(?:った|た)ら、? ?"
    r"|(?<=[^\Wぁ-ん])(?:だと|にすると|にすれば|にしたら)、? ?"
    r"|の場合(?:には|は|に|も|、|(?=[^をがの]))、? ?"
    r"|(?<=[^\Wぁ-ん])(?<!可能)(?<!必要)(?<!有効)(?<!無効)(?<!不要)なら、? ?"
)
# A question with one of these asks for more than whether something holds.
_ASKS_MORE = re.compile(
    r"ではなく|じゃな|それとも|どんな|どの|どちら|べき|[るた](?:方|ほう)が|おすすめ|本来|まだ"
    r"|除[くきい外]|それ(?!ぞれ|まで)|その(?!まま)|これ|この|あれ(?!ば)|[。!?]."
)
_ENGLISH_ASKS_MORE = re.compile(
    r"\b(?:not|only|all|always|every|any|ever|still|this|that|it|they|than|or|either|both)\b|n't\b"
)
_INSIDE = re.compile("の中(?=[のでにを])")
_BOTH = re.compile(r"どちら(?:に|で|から|へ)?も")
_FOCUS = re.compile(
    r"(?P<behind>[^ ]{0,2})(?P<sign>のみ|だけ|しか|以外|(?<!ま)まで|以上|以下|未満|より)"
    r"|(?P<adverb>常に|必ず|いつも|毎回|すべて|全て|全部|両方)"
)
_FREQUENCY = re.compile("常に|必ず|いつも|毎回")
_SAME_FOCUS = {
    "のみ": "だけ",
    "必ず": "常に",
    "いつも": "常に",
    "毎回": "常に",
    "全て": "すべて",
    "全部": "すべて",
}

_LIST = re.compile(
    r"(?P<head>[^は]{1,40})は ?(?P<names>[^は]+?)(?: ?の ?[0-9] ?つ)?(?P<sign>のみ|だけ)"
)
_CAN = re.compile(r"(?P<deed>.+(?:できる|[えけせてねべめれげ]る))の")
_SUPPORTED = re.compile("(?:対応|サポート)(?:する|している)?")


def find_focus(text: str) -> frozenset[str]:
    """Return what singles out or sums up in a text, with the two signs that it stands behind.

    :param text: as `normalize` returns it.
    """
    return frozenset(
        (match["behind"] or "") + _SAME_FOCUS.get(sign := match["sign"] or match["adverb"], sign)
        for match in _FOCUS.finditer(text.replace(" ", ""))
    )


def drop_frequency(text: str) -> str:
    """Return a text without `常に` and its like; `find_focus` tells of them."""
    return _FREQUENCY.sub("", text)


def name_places(text: str) -> str:
    """Return a text with `A を使うなら` and `A の場合は` as `A で`, `A の中で` as `A 内で`."""
    return _INSIDE.sub("内", _PLACES.sub("で ", text))


def says_both(text: str) -> bool:
    """Tell whether a statement is on all that its heading names (`どちらも`)."""
    return _BOTH.search(text) is not None


def is_hedged(text: str, *, is_english: bool) -> bool:
    """Tell whether a statement may hold in part only, or not be meant."""
    return (_ENGLISH_HEDGES if is_english else _HEDGES).search(text) is not None


def is_conditional(text: str) -> bool:
    """Tell whether a text names a condition."""
    return _CONDITION.search(text) is not None


def asks_more(question: str, *, is_english: bool) -> bool:
    """Tell whether a question asks for more than whether one thing holds."""
    return (_ENGLISH_ASKS_MORE if is_english else _ASKS_MORE).search(question) is not None


def takes_back(text: str) -> bool:
    """Tell whether a text, as `normalize` returns it, begins by taking back part of the last."""
    return _TAKES_BACK.match(text) is not None


def spell_out(clause: str) -> str:
    """Return `使えるのは A のみ` as `A のみ使える`, and `対応は A のみ` as `A のみに対応`."""
    match = _LIST.fullmatch(clause)
    if match is None:
        return clause
    alone = match["names"] + match["sign"]
    if can := _CAN.fullmatch(match["head"]):
        return f"{alone}{can['deed']}"
    if _SUPPORTED.match(match["head"]):
        return f"{_SUPPORTED.sub('', match['head'])} {alone}に対応"
    return clause
