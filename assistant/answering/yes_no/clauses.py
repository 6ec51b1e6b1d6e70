"""Cuts a passage into the clauses that claim something by themselves, with what they speak of."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.answering.yes_no.markers import name_places, takes_back
from assistant.answering.yes_no.segments import cut_segments
from assistant.answering.yes_no.word_roles import NAME
from ingest.normalize import normalize

# A list item's or quote's mark, emphasis, code marks, the sign of a remark.
_MARKUP = re.compile(r"[*`_]+|^\s*(?:[-*+※]|\d+[.)])\s+")
# `ビュー: `, `ビュー … `: what the line is on.
_LABEL = re.compile(r": | ?\.\.\. ")
_PIECE_END = re.compile(r"[。!]|(?<=[.]) (?=[a-z])")
# Brackets with a clause; with a name they may restrict (`複製できない（東館）`).
_COMMENT = re.compile(
    r" ?\(([^()]*(?:[うくぐすつぬぶむるいだ可]|必要|不要"
    r"|[うくぐすつぬぶむるい](?:だけ|ため|から|ので)))\)"
)
_CONTRAST = re.compile(
    rf"(?:{NAME} ?の ?)*{NAME} ?と(?:は)?(?:違い|違って|異なり|同じく|同様に?)、? ?"
)
# What stands behind a statement and an arrow follows from it, or helps where it denies.
_ARROW = re.compile(r"(?<=[うくすつぬむるい可要効料]) ?→.*$")
# A name in quotation marks is a name.
_QUOTED_NAME = re.compile(r"「([^「」]{1,20}(?<![うくすつぬむるいただ]))」(?=[はをがにでとの])")
_TOPIC = re.compile(
    r"^(?P<topic>[^、。は]{1,40}?)(?:に|で|から)?(?:は|って|(?<!て)も)(?=[^ぁ-ん]|[^ ]{2})"
)
# What can be done when a thing is made alone cannot be done later.
_AT_BIRTH = re.compile(r"(?:作成|起動|構築|登録)時にしか(?=[^。]*(?:ない|ません)$)")
_DUE_AT_BIRTH = re.compile(
    r"(?:作成|起動|構築|登録)時に有効(?:化し|にし|化が|化)"
    r"(?:ないといけない|ておく(?:こと|必要がある)?|なければならない|する必要がある|必要|要る)$"
)
_ONLY_AT_BIRTH = re.compile(r"(?:作成|起動|構築|登録)時(?:だけ|のみ)(?=$|、)")
_JAPANESE_COMMA = re.compile(r"(?<=[^\x00-\x7f]), ?")


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch of text that claims one thing.

    text: as `normalize` returns it, without a full stop.
    topic: what stands before it speaks of, "" if nothing is known.
    scope: its sentence up to its end; a condition there holds for it as well.
    head: what stands before it in its sentence.
    before: what stands before its sentence on the line.
    is_first: whether it stands first on its line.
    is_comment: whether it stands in brackets.
    """

    text: str
    topic: str
    scope: str
    head: str = ""
    before: str = ""
    is_first: bool = False
    is_comment: bool = False


def cut_clauses(passage: str, preceding: str = "") -> Iterator[Clause]:
    """Yield the clauses of a passage; what the next sentence takes back is left out.

    :param preceding: what stands before the passage on its line.
    """
    topic = ""
    before = _cut_pieces(preceding)
    for piece in before:
        topic = find_topic(piece) or topic
    last = before[-1] if before else ""
    pieces: list[tuple[str, str, str]] = []
    for line in passage.split("\n"):
        for piece in _cut_pieces(line):
            pieces.append((piece, topic, last))
            topic, last = find_topic(piece) or topic, piece
        topic, last = "", ""
    for number, (piece, topic, last) in enumerate(pieces, start=1):
        if not any(takes_back(behind) for behind, _, _ in pieces[number : number + 1]):
            yield from _cut_piece(piece, topic, last)


def find_topic(text: str) -> str:
    """Return what a sentence begins to speak of (`A は`), "" if it does not say so."""
    match = _TOPIC.match(text)
    return "" if match is None else match["topic"].strip()


def _cut_pieces(text: str) -> list[str]:
    plain = _LABEL.sub("は", normalize(_MARKUP.sub("", text)), count=1)
    plain = _QUOTED_NAME.sub(r"\1", plain)
    pieces = _PIECE_END.split(name_places(plain))
    return [piece.strip(" .") for piece in pieces if piece.strip(" .")]


def _cut_piece(piece: str, topic: str, before: str) -> Iterator[Clause]:
    plain = _COMMENT.sub("", _ARROW.sub("", piece))
    plain = _CONTRAST.sub("", _AT_BIRTH.sub("あとから", _JAPANESE_COMMA.sub("、", plain)))
    plain = _DUE_AT_BIRTH.sub("あとから有効化できない", _ONLY_AT_BIRTH.sub("あとから不可", plain))
    for segment in cut_segments(plain):
        before_it = find_topic(segment.head)
        # `A の分は X、B の分は Y`: neither speaks of the other.
        if before_it[-1:] == find_topic(segment.text)[-1:]:
            before_it = ""
        yield Clause(
            segment.text,
            before_it or topic,
            segment.head + segment.text,
            head=segment.head,
            before=before,
            is_first=not before and not segment.head,
        )
    for comment in _COMMENT.findall(piece):
        yield Clause(comment, find_topic(plain) or plain, piece, is_comment=True)
