"""Reads what a question asks to confirm, and what a passage plainly claims."""

import re
from dataclasses import dataclass, replace

from assistant.answering.yes_no.english_predicates import (
    read_english_question,
    read_english_statement,
)
from assistant.answering.yes_no.plain_words import Analyze, read_words, split_manners
from assistant.answering.yes_no.predicates import Predicate, read_predicate
from assistant.answering.yes_no.word_roles import drop_siblings
from ingest.normalize import normalize

# With one of these in a statement it may hold for some things or times alone, or not be meant.
_RESTRICTING = re.compile(
    r"のみ|だけ|しか|以外|除[くきい外]|限[りらるっ定]|ただ|例外|条件|次第|応じ|まで|以上|以下|未満|より"
    r"|ではなく|じゃなく|かもしれ|限らな|ことがあ|こともあ|わけ|らしい|はず|べき|思[うわい]|誤|間違|勘違|嘘"
    r"|×|✕|▲|△|○|予定|以前|かつて|当時|時点|だった|ました|でした|一方|しかし|けど|だが"
    r"|[うくすつぬむるい]が、|ですが、|ますが、|とは言え|とはいえ|もっとも|という|言われ|いわれ|みたい|よう[だに]"
    r"|それ|その|これ|この|あれ|そこ|ここ|同様|前者|後者|両方|どちら|[?「」|]|: .* / "
    r"|\b(?:only|except|unless|while|but|however|without|until|before|once|some|may|might|should|almost|most"
    r"|usually|yet|than|other|instead|wrong|false|myth|used to|will|was|were|this|that|it|they)\b"
)
# A statement under a condition answers a question under the same one.
_CONDITION = re.compile(
    r"場合|[たうくぐすつぬぶむるい](?:とき|時|際)|たら|れば|(?<!に)なら(?![なびずぬ])"
    r"|[うくぐすつぬぶむるい]と[、 ]|\b(?:if|when)\b"
)
_TAKES_BACK = re.compile(r"ただ|例外|しかし|一方|もっとも|とはいえ|except|but\b|however|unless")
# A denial of several things together denies none of them alone.
_TOGETHER = re.compile(r"同時|併用|組み合わ|組合せ|一緒|混在|共存|間で|\b(?:both|together)\b")
# A question with one of these asks for more than whether something holds.
_UNDECIDABLE = re.compile(
    r"のみ|だけ|しか|以外|より|ではなく|じゃな|それとも|すべて|全て|全部|必ず|常に|いつも|毎回|どんな|どの|両方|どちら"
    r"|べき|[るた](?:方|ほう)が|おすすめ|本来|まだ|以上|以下|未満|それ|その|これ|この|あれ|[。!?]."
    r"|\b(?:not|only|all|always|every|any|ever|still|this|that|it|they|than|or|either|both)\b|n't\b"
)
_ENGLISH = re.compile(r"[a-z0-9 ,.'/:()+?_-]+")
# Brackets with a clause comment; with a name they may restrict (`複製できない（東館）`).
_COMMENT = re.compile(r" ?\(([^()]*(?:[うくぐすつぬぶむるいだ可]|必要|不要))\)")
_MARKUP = re.compile(r"[*`_]+|^\s*(?:[-*+]|\d+[.)])\s+")
_PIECE_END = re.compile(r"[。!]|(?<=[.]) (?=[a-z])")
_REASON = re.compile(r"^.*(?:ため|ので|から)、")
# Behind the first clause stands what follows from it, or something else that holds as well.
_FIRST_CLAUSE = re.compile(
    r"(?P<denied>(?:でき|られ|され)(?=ず、))|(?P<done>(?:でき|られ|され)(?=、))"
    r"|(?P<plain>.(?=(?:ため|ので)、)|(?:不要|必要|可能|不可|無料|有料)(?=で、))"
)
_CLAUSE_ENDINGS = {"denied": "ない", "done": "る"}

_CONFIRMS = re.compile(
    r"(?:という|って)?(?:理解|認識)で(?:合って|あって|いい|よい|よろし|正し|間違いな).*$"
)
_REQUEST = re.compile(r"(?:かどうか|か)(?:を)?(?:教えて.*|知りたい.*|確認したい.*)$")
_ASKING = re.compile(r"(?:っけ|かな|よね|ね|か)$")
# The speaker takes it to be so: not 使えない? and 使えませんか, which may ask for it.
_TELLS = re.compile(
    r"(?:(?<!ませ)ん|の)(?:です|だ|でしょう|だろう|でした?)?(?:か|っけ|ね)?$|(?:よね|っけ)$"
)
_EXPLAINING = re.compile(r"(?:の|(?<!ませ)ん|でしょう|だろう|よ|だ|です|でした|でし)$")


@dataclass(frozen=True, slots=True)
class Claim:
    """A clause that says something of something.

    text: the clause without its predicate and adverbs, but with the deed.
    words: its content words.
    deed: the one of them that the predicate rests on; "" if it is not known.
    manners: how or when, as `split_manners` names it.
    """

    predicate: Predicate
    text: str
    words: frozenset[str]
    deed: str
    manners: frozenset[str]


def read_question(question: str, analyze: Analyze) -> Claim | None:
    """Return the statement that a yes/no question asks to confirm, None if it asks for more.

    A question that negates its verb without more (`使えない?`) may be a request and gives None;
    `使えないの?` and `使えないという理解で合ってる?` ask whether it is so.
    """
    text = normalize(question).rstrip(" ?。!")
    if _UNDECIDABLE.search(text):
        return None
    if _ENGLISH.fullmatch(text):
        asked = read_english_question(text)
        return None if asked is None else _build_claim(asked, analyze, is_english=True)
    confirmed = _CONFIRMS.sub("", text)
    plain = _ASKING.sub("", _REQUEST.sub("", confirmed))
    while (shorter := _EXPLAINING.sub("", plain)) != plain:
        plain = shorter
    asked = read_predicate(plain.removesuffix("な"), analyze)
    if asked is None:
        return None
    if asked.is_negated and confirmed == text and _TELLS.search(text) is None:
        return None
    return _build_claim(asked, analyze)


def read_claims(passage: str, asked: Claim, analyze: Analyze) -> list[Claim]:
    """Return what a passage plainly claims, sentence by sentence and in brackets.

    What is restricted, hedged, quoted or taken back by the next sentence is left out, and so is
    what stands under a condition if the question has none.

    :param asked: what is asked; of several things in a row only those that it names are kept.
    """
    lines = [normalize(_MARKUP.sub("", line)) for line in passage.split("\n")]
    pieces = [piece for line in lines for piece in _PIECE_END.split(line) if piece.strip()]
    claims = []
    for piece, behind in zip(pieces, [*pieces[1:], ""], strict=True):
        if _RESTRICTING.search(piece) or takes_back(behind):
            continue
        if _CONDITION.search(piece) and not _CONDITION.search(asked.text):
            continue
        for clause in [_COMMENT.sub("", piece), *_COMMENT.findall(piece)]:
            if (claim := _read_claim(clause.strip(" ."), asked, analyze)) is not None:
                claims.append(claim)
    return claims


def takes_back(text: str) -> bool:
    """Tell whether a text begins by taking back part of what was said before it."""
    return _TAKES_BACK.match(normalize(text)) is not None


def _read_claim(clause: str, asked: Claim, analyze: Analyze) -> Claim | None:
    if _ENGLISH.fullmatch(clause):
        said = read_english_statement(clause)
        return None if said is None else _build_claim(said, analyze, is_english=True)
    text = _REASON.sub("", clause)
    if first := _FIRST_CLAUSE.search(text):
        text = text[: first.end()] + _CLAUSE_ENDINGS.get(first.lastgroup or "", "")
    said = read_predicate(text.replace(": ", "は", 1), analyze)
    if said is None:
        return None
    if not _TOGETHER.search(clause):
        rest = drop_siblings(
            said.rest, lambda name: not asked.words.isdisjoint(read_words(name, analyze))
        )
        said = replace(said, rest=rest)
    return _build_claim(said, analyze)


def _build_claim(predicate: Predicate, analyze: Analyze, *, is_english: bool = False) -> Claim:
    text, manners = split_manners(predicate.rest)
    words = read_words(text, analyze)
    # English puts the deed before its object.
    deed = words[-1] if words and not is_english else ""
    return Claim(predicate, text, frozenset(words), deed, manners)
