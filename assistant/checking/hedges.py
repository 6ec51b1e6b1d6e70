"""What limits or turns a clause without a negation: limits, negative words, conditions."""

import re

_ONLY = (
    "のみ(?!なら)|(?<!同じ)(?<!それ)(?<!できる)だけ(?!で(?:は)?な|の(?!話|もの|機能)[^はがみも])|しか|限[らりる定っ](?!ず)"
    r"|\bonly\b"
)
_ONLY_PATTERN = re.compile(_ONLY)
_LIMIT = re.compile(rf"{_ONLY}|以外|専用|例外|除[いく外き]|ちょうど|まで|最大|\bexcept\b")
_BOUND = re.compile("[0-9][^、。]{0,8}(?:まで|以上|以内|以下|超|未満|だけ|のみ|しか)")
_NEGATIVE_WORD = re.compile(
    "無料|無償|ゼロ|失敗|拒否|遮断|禁止|却下|破棄|防[ぐげ止]|固定|消[えさ]|止ま|止め|落ち|だめ|ダメ|切れ|外れ"
    r"|残[るりっ]|待ち|漏れ|廃止|\b0\b|deny|denied|fail|block"
)
_REFUSAL = re.compile(
    "(?:拒[否みまむん]|弾[かくいき]|断[らるりわっ]|はじ[かくいき]|無理|禁止|却下|遮断|失敗)[ぁ-ん]*。?$"
    "|den(?:y|ied)$"
)
# How long the end of a clause is: a verb with its auxiliaries.
_END = 12
_CONCESSION = re.compile("なしで|なくても|ずに|unless|without")
_NOT_ONLY = re.compile(
    "だけで(?:は)?なく|のみならず|に限らず|ばかりでなく|だけとは限ら|以外[^、。]{0,20}も|ほかにも|に限った(?:話|こと|もの)?で(?:は)?な"
    "|not only"
)
_DENIAL = re.compile("ない|ません|ず|不|なし|なく")
_DEFAULT = re.compile("デフォルト|既定|初期|標準で|初めから|最初から|もともと|default")
_WRONG = re.compile("誤り|間違い|誤解|わけではな|とは限ら")
#: What is told apart from what a clause speaks of; nothing is said of it here.
COMPARED = re.compile("[^、]{1,60}と(?:は)?(?:違って|違い|異なって|異なり|逆に|反対に)、?")
_CASE = re.compile("[しっん][てで]も|[るう]と|[けすめれ]ば|なら|場合|とき|時は")
_NO_CONDITIONS = ("こと", "もと", "あと")
_CONDITIONS = ("と", "ば", "なら", "場合は", "ときは", "時は", "場合", "とき")


def is_condition(clause: str) -> bool:
    """Tell whether a clause says when what follows holds, or what does not matter for it."""
    return clause.endswith((*_CONDITIONS, "ても", "でも")) and not clause.endswith(_NO_CONDITIONS)


def has_denial(text: str) -> bool:
    """Tell whether there is a negation anywhere in a text."""
    return _DENIAL.search(text) is not None


def is_default(text: str) -> bool:
    """Tell whether a text says what holds as long as nothing is changed."""
    return _DEFAULT.search(text) is not None


def says_wrong(text: str) -> bool:
    """Tell whether a text calls something wrong, and may quote it."""
    return _WRONG.search(text) is not None


def has_comparison(text: str) -> bool:
    """Tell whether a text tells a thing apart from another (A と違って)."""
    return COMPARED.search(text) is not None


def has_condition(text: str) -> bool:
    """Tell whether a text says within a clause when it holds: 有効にしても付かない."""
    return _CASE.search(text) is not None


def is_subordinate(clause: str) -> bool:
    """Tell whether a clause says when or why what follows holds."""
    return clause.endswith((*_CONDITIONS, "ので", "ため"))


def has_bound(text: str) -> bool:
    """Tell whether a text draws a line at a figure: 5 個まで, 5 個以上."""
    return _BOUND.search(text) is not None


def has_limit(text: str) -> bool:
    """Tell whether a text limits what it says: what it leaves out is denied."""
    return _LIMIT.search(text) is not None


def ends_negatively(clause: str) -> bool:
    """Tell whether a clause ends with a word that can stand for a negation: 失敗する, 残る."""
    return _NEGATIVE_WORD.search(clause[-_END:]) is not None


def ends_with_refusal(clause: str) -> bool:
    """Tell whether a clause ends with a word that denies as ない does: 拒否する, 無理."""
    return _REFUSAL.search(clause[-_END:]) is not None


def has_concession(text: str) -> bool:
    """Tell whether a text says that something holds without something else."""
    return _CONCESSION.search(text) is not None


def widens_limit(statement: str, sources: str) -> bool:
    """Tell whether a statement adds to what its sources limit: `A だけでなく B` where only A is."""
    if not _NOT_ONLY.search(statement) or _NOT_ONLY.search(sources):
        return False
    return _ONLY_PATTERN.search(sources) is not None
