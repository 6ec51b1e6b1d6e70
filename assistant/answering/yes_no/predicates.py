"""Reads the predicate of a plain Japanese statement: what is said, and whether it holds.

Japanese puts both at the end of the clause. Only endings that leave no doubt are in the tables; a
statement that ends in anything else has no predicate here.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum


class PredicateKind(StrEnum):
    """What a predicate says; only predicates of one kind can confirm or deny each other."""

    CAN = "can"
    MAY = "may"
    NEED = "need"
    COST = "cost"
    EXIST = "exist"
    ENABLED = "enabled"
    SAME = "same"
    ALLOWED = "allowed"
    PASSIVE = "passive"
    VERB = "verb"
    NOUN = "noun"


#: What these say is said of a deed; the others are said of a thing.
DEEDS = (PredicateKind.CAN, PredicateKind.MAY, PredicateKind.PASSIVE, PredicateKind.VERB)


@dataclass(frozen=True, slots=True)
class Predicate:
    """What a clause says.

    holds: False if it is denied, be it by its word (`不要`) or by a negation.
    is_negated: whether it is denied by a negation of its verb (`使えない`).
    rest: the clause, with of the predicate only what names the deed.
    is_bare: whether it may be said of a thing without naming a deed (`東館は不可`).
    """

    kind: PredicateKind
    holds: bool
    is_negated: bool
    rest: str
    is_bare: bool = False


@dataclass(frozen=True, slots=True)
class _Ending:
    """Endings of one meaning. kept: what stands in their place in the rest."""

    kind: PredicateKind
    holds: bool
    pattern: re.Pattern[str]
    is_negated: bool
    kept: str


def _end(
    kind: PredicateKind, holds: bool, *forms: str, is_negated: bool = False, kept: str = ""
) -> _Ending:
    return _Ending(kind, holds, re.compile(f"(?:{'|'.join(forms)})$"), is_negated, kept)


_TAIL = re.compile("(?:[のん](?:です|だ)|です|である|であります|だ|(?:ので|から|点に|ことに)注意)$")
_NOT = "(?:ない|ません|ず)"
_PARTICLE = "(?:が|は|も|を|に|と)? ?"
_DOING = f"(?:する|の)?(?:こと)?{_PARTICLE}"
_IS = "(?:される|されます|されている|されています)"
_BECOMES = "(?:になる|になります|になっている|になっています|にされる)?"
_FINE = (
    "(?:いい|よい|良い|平気|大丈夫|問題ない|問題ありません|かまわない|構わない|構いません"
    "|困らない|困りません)"
)
_FEE = f"(?:料金|費用|コスト|課金){_PARTICLE}"

# The first that fits is read: a denial stands before what it denies.
_ENDINGS = (
    _end(
        PredicateKind.NEED,
        False,
        f"(?:必要|要){_PARTICLE}(?:ない|ありません|なし|無し)",
        is_negated=True,
    ),
    _end(
        PredicateKind.NEED,
        False,
        f"(?:まで)?{_PARTICLE}(?:不要|要らない|要りません|いらない|いりません)",
        f"なくても?(?:済む|{_FINE})",
    ),
    _end(
        PredicateKind.NEED,
        True,
        f"な(?:ければ|くては|いと)(?:(?:なら|いけ){_NOT}|だめ|駄目)",
        "ねばならない",
        f"{_PARTICLE}必要(?:が(?:ある|あります)|あり|に?なる|に?なります)?",
        f"{_PARTICLE}(?:必須|要る|要ります)",
        "は(?:いる|いります)",
    ),
    _end(PredicateKind.MAY, True, f"[てで]も?{_FINE}", "(?:の|こと)?[はも]? ?ok"),
    _end(
        PredicateKind.MAY,
        False,
        "[てで]は(?:いけない|いけません|ならない|なりません|だめ|駄目)",
        is_negated=True,
    ),
    _end(
        PredicateKind.COST,
        False,
        f"課金され(?:てい)?{_NOT}",
        f"{_FEE}(?:かからない|かかりません|発生し{_NOT}|ない|なし|無し|ありません)",
        is_negated=True,
    ),
    _end(PredicateKind.COST, False, f"{_PARTICLE}(?:無料|無償|タダ)"),
    _end(
        PredicateKind.COST,
        True,
        f"課金{_IS}",
        f"{_PARTICLE}有料",
        f"{_FEE}(?:かかる|かかります|発生する|発生します|ある|あり|あります|必要)",
    ),
    _end(PredicateKind.ENABLED, True, f"{_PARTICLE}(?:有効|オン){_BECOMES}"),
    _end(PredicateKind.ENABLED, False, f"{_PARTICLE}(?:無効|オフ){_BECOMES}"),
    _end(PredicateKind.SAME, True, f"{_PARTICLE}(?:同じ|同一)"),
    _end(PredicateKind.SAME, False, f"{_PARTICLE}(?:異なる|異なります|違う|違います|別々)"),
    _end(PredicateKind.ALLOWED, False, f"許可(?:されてい|してい|され|し){_NOT}", is_negated=True),
    _end(PredicateKind.ALLOWED, False, f"{_PARTICLE}(?:禁止|拒否){_IS}?"),
    _end(PredicateKind.ALLOWED, True, f"許可{_IS}?"),
    # What is supported can be used.
    _end(
        PredicateKind.CAN,
        False,
        f"{_PARTICLE}(?:非対応|未対応|サポート外|対応なし)",
        f"{_PARTICLE}(?:対応|サポート)(?:されてい|してい|され|し){_NOT}",
        kept="を使う",
    ),
    _end(
        PredicateKind.CAN,
        True,
        f"{_PARTICLE}(?:対応|サポート)(?:済み|あり|する|します|している|しています|{_IS})?",
        kept="を使う",
    ),
    _end(PredicateKind.CAN, True, "(?:方法|手段)[がはも](?:ある|あります)", "て?もらえ(?:る|ます)"),
    _end(
        PredicateKind.CAN,
        False,
        "(?:方法|手段)[がは](?:ない|ありません)",
        f"て?もらえ{_NOT}",
        is_negated=True,
    ),
    _end(PredicateKind.CAN, False, f"{_DOING}(?:無理|駄目|だめ|ng)"),
    _end(PredicateKind.VERB, True, "てくれ(?:る|ます)"),
    _end(PredicateKind.VERB, False, f"てくれ{_NOT}", is_negated=True),
    _end(PredicateKind.VERB, True, "(?<=[がはも])かか(?:る|ります)", kept="掛かる"),
    _end(
        PredicateKind.VERB,
        False,
        f"(?<=[がはも])かか(?:ら|り){_NOT}",
        is_negated=True,
        kept="掛かる",
    ),
    _end(PredicateKind.CAN, False, f"(?:オン|有効)にでき{_NOT}", is_negated=True, kept="を有効"),
    _end(PredicateKind.CAN, True, "(?:オン|有効)にでき(?:る|ます)", kept="を有効"),
    _end(PredicateKind.CAN, False, f"{_DOING}でき{_NOT}", is_negated=True),
    _end(PredicateKind.CAN, False, f"{_DOING}(?:不可能|不可)"),
    _end(PredicateKind.CAN, True, f"{_DOING}(?:できる|できます|可能|(?<![許認])可)"),
    # The dictionary form tells the deed: of 変えられない it is 変える.
    _end(PredicateKind.CAN, False, f"(?<!せ)られ{_NOT}", is_negated=True, kept="る"),
    _end(PredicateKind.CAN, True, "(?<!せ)られ(?:る|ます)", kept="る"),
    _end(PredicateKind.PASSIVE, False, f"され(?:てい)?{_NOT}", is_negated=True),
    _end(PredicateKind.PASSIVE, True, _IS),
    _end(
        PredicateKind.EXIST,
        False,
        "(?<![でじ])[がはも] ?(?:ない|ありません|存在し(?:ない|ません))",
        is_negated=True,
    ),
    _end(PredicateKind.EXIST, False, "[がはも]? ?(?:なし|無し)"),
    _end(PredicateKind.EXIST, True, "[がはも]? ?(?:ある|あります|あり|存在する|存在します)"),
    _end(PredicateKind.NOUN, False, "(?:では|じゃ)(?:ない|ありません)", is_negated=True),
)
# The verb must be written with a kanji: of one in hiragana alone its beginning cannot be told.
_VERB = re.compile(
    r"[一-龠々][ぁ-ん]{0,3}?(?P<end>[ぁ-きぎ-ん])(?P<form>る|ます|ない|ません|ず)$"  # not 高くない
    r"|(?<![一-龠々])(?P<short>[出見得経似])(?:ない|ません|ず)$"
    r"|[一-龠々][ぁ-ん]{0,2}[うくぐすつぬぶむる]$"
)
_DOES = re.compile(r"[^\W_ぁ-ん](?:して(?:いる|います)|する|します)$")
_DOES_NOT = re.compile(r"[^\W_ぁ-ん](?:してい|し)(?:ない|ません|ず)$")
# `A しないと B できない`: for B, A is needed.
_NEEDED = re.compile(f"(?P<deed>.+?)(?<!で)(?:し|が)?ないと、? ?(?P<end>.*(?:{_NOT}|不可))")
_BARE = re.compile("(?:は|も|で|に|へ)? ?(?:不可能|不可|可能|可|無理|ok)")
_POTENTIAL = frozenset("えけげせてねべめれ")
_NAMED = re.compile(r"[^\W_ぁ-ん]$")


def read_predicate(clause: str, analyze: Callable[[str], list[str]]) -> Predicate | None:
    """Return the predicate that a clause ends with, None if it has none that is certain.

    :param clause: as `normalize` returns it, without full stop or brackets at its end.
    :param analyze: gives the content words of a text, verbs in their dictionary form.
    """
    text = clause.rstrip()
    if tail := _TAIL.search(text):
        text = text[: tail.start()].removesuffix("な")
    if needed := _NEEDED.fullmatch(text):
        rest = f"{needed['deed']}、{needed['end']}"
        return Predicate(PredicateKind.NEED, True, False, rest)
    for ending in _ENDINGS:
        if match := ending.pattern.search(text):
            rest = text[: match.start()] + ending.kept
            is_bare = _BARE.fullmatch(match[0]) is not None
            return Predicate(ending.kind, ending.holds, ending.is_negated, rest, is_bare)
    return _read_verb(text, analyze) or _read_noun(text)


def _read_verb(text: str, analyze: Callable[[str], list[str]]) -> Predicate | None:
    if _DOES_NOT.search(text):
        return Predicate(PredicateKind.VERB, False, True, text)
    if _DOES.search(text):
        return Predicate(PredicateKind.VERB, True, False, text)
    match = _VERB.search(text)
    if match is None:
        return None
    is_negated = match["short"] is not None or match["form"] in ("ない", "ません", "ず")
    kind = PredicateKind.VERB
    # `使える` has the dictionary form `使う`, `変える` has itself.
    if match["end"] in _POTENTIAL:
        words = analyze(match[0])
        if words and not words[-1].endswith(f"{match['end']}る"):
            kind = PredicateKind.CAN
    return Predicate(kind, not is_negated, is_negated, text)


def _read_noun(text: str) -> Predicate | None:
    if "は" in text and _NAMED.search(text):
        return Predicate(PredicateKind.NOUN, True, False, text)
    return None
