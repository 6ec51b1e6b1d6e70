"""Tells what a question asks for by its words; the first rule that fits decides."""

import re
from enum import StrEnum

from assistant.answering.composition.comparison import find_sides
from assistant.answering.quantities import find_asked_quantity
from ingest.normalize import normalize


class QuestionKind(StrEnum):
    """What an answer has to give.

    YES_NO: whether something holds.
    COMPARISON: what sets two things apart, or which of two named ones fits.
    HOW_MANY: a figure (`quantities.find_asked_quantity` says of which kind).
    WHICH: one out of several; also `choose two`.
    LIST: all that there are.
    WHAT: a thing, a name, a place, a time, a person, what becomes of something.
    OTHER: no question by its words: key words, a scenario, a wish.
    """

    YES_NO = "yes-no"
    COMPARISON = "comparison"
    HOW_MANY = "how-many"
    WHY = "why"
    HOW = "how"
    WHICH = "which"
    LIST = "list"
    WHAT = "what"
    OTHER = "other"


# What is asked stands at the end of a long text; the patterns need not read all of it.
_LONGEST = 2_000
# 何でも, どこからでも, 何か, 何年も: no question words.
_INDEFINITE = re.compile(
    r"(?:何|なん|なに|どこ|いつ|誰|だれ|どれ|どちら|どっち|どなた|いくつ|いくら)"
    r"(?:(?:から|まで|に|へ|と|を)?(?:でも|も)|か(?![らか月所国年条。?]|$))"
    r"|何[年月日回度台個件人本枚時週分秒][間]?も|なぜか(?=[^?。を])|(?<=か)どうか",
    re.MULTILINE,
)
_REMARK = re.compile(r" ?\([^()]{0,40}\)$")
_WISH = re.compile(r"(?<!知り)(?<!教えて)(?<!聞き)(?:たい|(?:ほし|欲し)い)(?:です)?。?$")
_SENTENCE_END = re.compile(r"(?<=[?。!])\s*|(?<=[.]) ")
_ASKED = re.compile(r"(?:\?|か(?:な|ね|しら)?。?|っけ。?|よね。?)$")
_CHOOSES = re.compile(r"どっち|どちら")

_COMPARISON = re.compile(
    r"違い|ちがい|相違|使い分け|見分け方|比較|比べ|(?:どう|何が|なにが|どこが)(?:違|ちが|異な)|の差[はをっ]"
    r"|(?:ではなく|より|と[^?。と]{1,20}で)[^?。]*(?:何が|どう)変わ"
    r"|\bvs\b|\bversus\b|\bdifferen(?:ce|t from)|\bdiffers? from|\bcompare[ds]?\b"
)
_WHY = re.compile(
    r"なぜ|なんで(?!す)|何で[^?。]{1,30}[のん](?:です|だ)?か?[?。]?$|どうして(?!も)|理由|どういう(?:わけ|訳)|原因(?:は|って|を)"
    r"|何のため|何が(?:悪|いけな|まず|原因)|\bwhy\b|\breason\b|what causes|\bhow come\b",
    re.MULTILINE,
)
_LIST = re.compile(
    r"一覧|列挙|(?:挙|あ)げて|どれとどれ|(?:すべて|全て|全部)[^?。]{0,6}(?:教え|知り)"
    r"|(?:何|なに|どんな[^?。は]{0,15}|どのような[^?。は]{0,15})が(?:あ|有)[るりっ]"
    r"|(?:種類|選択肢)(?:は|って|を|とは|には)?[^?。]{0,4}(?:教え|[?。]?$)"
    r"|\blist\b|\bwhat are (?:the|all)\b|\bwhich [\w ]{1,40} are (?:available|supported|allowed)"
    r"|\bwhat (?:kinds?|types?|modes|options)\b",
    re.MULTILINE,
)
_HOW_MUCH = re.compile(
    r"(?:どれ|どの)(?:くらい|ぐらい|ほど)|(?:上限|最大|最小)値?はそれぞれ"
    r"|\bhow (?:much|often|far)\b"
)
_WHICH = re.compile(
    r"どれ|どの(?!よう)|どちら|どっち|いずれ|選べ(?!ま|る|な)|選びなさい|選択(?:せよ|しなさい)"
    r"|っけ、? ?[^?。]{1,25}っけ|[^\W_ぁ-ん]か、? ?[^\W_ぁ-ん][^、。?]{0,25}か[?。]?$"
    r"|(?:^|, |\b(?:in|on|at|for|from|to|with|of) )which\b",
    re.MULTILINE,
)
_HOW = re.compile(
    r"(?<!か)どう(?!な[るりっ]|いう|です|も|せ|ぞ)|どのように|方法|手順"
    r"|[ぁ-ん見]方(?:は|を|って|も|[?。]?$)|[うくぐすつぬぶむる]には[?。]?$"
    r"|\bhow (?:do|does|can|could|to|should|would|is|are)\b|\b(?:best|right|easiest) way\b",
    re.MULTILINE,
)
_WHAT = re.compile(
    r"何|なに|なん(?:です|だ|て|の)|とは[?。]?$|って[?。]?$|は(?:それぞれ)?[?]$|誰|だれ|いつ|どこ|どなた|どんな|どう"
    r"|どのような|(?<!か)(?<!かを)(?:教えて|説明して)|について|\bwhat\b|^(?:who|whom|whose|when|where)\b",
    re.MULTILINE,
)
_YES_NO = re.compile(
    r"\w[^\w?]{0,3}\?|か[なね]?。?$|っけ。?$|よね。?$|か(?:を|、)?(?:教え|知り|確認|確かめ)"
    r"|^(?:can|could|do|does|did|is|are|was|were|will|would|may|might|must|should|has|have|shall)\b",
    re.MULTILINE,
)
_RULES = (
    (QuestionKind.COMPARISON, _COMPARISON),
    (QuestionKind.WHY, _WHY),
    (QuestionKind.LIST, _LIST),
    (QuestionKind.WHICH, _WHICH),
    (QuestionKind.HOW, _HOW),
    (QuestionKind.WHAT, _WHAT),
    (QuestionKind.YES_NO, _YES_NO),
)


def classify_question(text: str) -> QuestionKind:
    """Return what a question asks for; of several things the one that stands first in the rules."""
    asked = _find_asked(normalize(text)[-_LONGEST:])
    if _CHOOSES.search(asked) and find_sides(asked):
        return QuestionKind.COMPARISON
    for kind, pattern in _RULES:
        if kind is QuestionKind.WHICH and (_HOW_MUCH.search(asked) or find_asked_quantity(asked)):
            return QuestionKind.HOW_MANY
        if pattern.search(asked):
            return kind
    return QuestionKind.OTHER


def _find_asked(question: str) -> str:
    """Return the sentences that ask, one a line; the last one if none is marked as asking."""
    sentences = [s.strip() for s in _SENTENCE_END.split(_REMARK.sub("", question)) if s.strip()]
    asked = [s for s in sentences if _ASKED.search(s)]
    if not asked:
        asked = [s for s in sentences[-1:] if not _WISH.search(s)]
    return "\n".join(_INDEFINITE.sub("", sentence) for sentence in asked)
