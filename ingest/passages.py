"""Cuts a section into what is retrieved: passages that fit the embedding model, and sentences."""

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

from ingest.datatypes import Passage, PassageKind, Section, TextBlock
from ingest.quoted_spans import QuoteFinder
from ingest.sentences import find_sentence_spans, split_sentences

#: Token counts of texts as the embedding model would see them, in their order.
CountTokens: TypeAlias = Callable[[Sequence[str]], list[int]]

#: Headings longer than this, after NFKC, are shortened. Four levels of 30 characters fit; and as no
#: tokenizer in use makes more than about one token of a character, a model with a window of 256
#: still has half of it left for the text.
MAX_HEADING_CHARS = 120

#: What a model adds to a text (`passage: `, begin and end), with room to spare.
_ADDED_TOKENS = 16

#: Text is not cut into smaller pieces for the sake of the window; the model cuts off the rest.
_MIN_PIECE_CHARS = 8


def with_headings(heading_path: tuple[str, ...], text: str) -> str:
    """Return what is embedded and indexed for a text: its headings, a line break, the text.

    Headings beyond `MAX_HEADING_CHARS` are shortened: outer ones go first, then the end of the
    last one. (What a citation shows is always the whole `heading_path`.)
    """
    kept = list(heading_path)
    while len(kept) > 1 and _measure_folded(" > ".join(kept)) > MAX_HEADING_CHARS:
        kept.pop(0)
    headings = " > ".join(kept)
    while (length := _measure_folded(headings)) > MAX_HEADING_CHARS:
        # In proportion, since one sign may fold into up to 18 (U+FDFA).
        headings = headings[: min(len(headings) - 1, len(headings) * MAX_HEADING_CHARS // length)]
    return f"{headings}\n{text}"


def split_passages(
    section: Section,
    blocks: Sequence[TextBlock],
    count_tokens: CountTokens,
    max_tokens: int,
) -> list[Passage]:
    """Return the section's text as one passage, or as balanced pieces where it is too long.

    Pieces end with a block if possible, else with a sentence, else anywhere. All text of the blocks
    is in them, in order. With its headings every piece has at most `max_tokens` tokens, provided
    that this leaves room for `MAX_HEADING_CHARS` of headings and 16 characters of text. A
    section without text gives no passage.

    :param blocks: what `render_blocks` returned for the section.
    """
    whole = [_Unit(i, block, 0, len(block.text)) for i, block in enumerate(blocks)]
    pieces = _fit_pieces(section, [whole] if whole else [], count_tokens, max_tokens)
    finder = QuoteFinder(section)
    return [_build_passage(section, i, piece, finder) for i, piece in enumerate(pieces)]


def split_sentence_passages(
    section: Section,
    blocks: Sequence[TextBlock],
    count_tokens: CountTokens,
    max_tokens: int,
) -> list[Passage]:
    """Return every sentence of the section as a passage of its own, in reading order.

    A sentence that does not fit with its headings is cut; see `split_passages`.
    """
    finder = QuoteFinder(section)
    sentences = [(s, block.group) for block in blocks for s in split_sentences(block)]
    pieces = [
        [_Unit(i, TextBlock("paragraph", s.text, (s.line_start,)), 0, len(s.text))]
        for i, (s, _) in enumerate(sentences)
    ]
    passages = []
    for ordinal, piece in enumerate(_fit_pieces(section, pieces, count_tokens, max_tokens)):
        sentence, group = sentences[piece[0].index]
        text = _join_units(piece)
        start, end = finder.find_quote(text, sentence.line_start, sentence.line_end)
        passages.append(
            Passage(
                passage_id=f"{section.section_id}:s{ordinal}",
                section_id=section.section_id,
                ordinal=ordinal,
                kind=PassageKind.SENTENCE,
                text=text,
                line_start=sentence.line_start,
                line_end=sentence.line_end,
                char_start=start,
                char_end=end,
                group=group,
            )
        )
    return passages


@dataclass(frozen=True, slots=True)
class _Unit:
    """A stretch of a block that stays together. index: the block's position in the section."""

    index: int
    block: TextBlock
    start: int
    end: int

    @property
    def text(self) -> str:
        return self.block.text[self.start : self.end]

    def __len__(self) -> int:
        return self.end - self.start


def _fit_pieces(
    section: Section,
    pieces: list[list[_Unit]],
    count_tokens: CountTokens,
    max_tokens: int,
) -> list[list[_Unit]]:
    """Cut pieces again and again until each fits; one call of `count_tokens` a round."""
    rounds = [(piece, False) for piece in pieces]
    while not all(is_settled for _, is_settled in rounds):
        texts = {
            i: with_headings(section.heading_path, _join_units(piece))
            for i, (piece, is_settled) in enumerate(rounds)
            if not is_settled
        }
        uncertain = [i for i, text in texts.items() if not _surely_fits(text, max_tokens)]
        counted = count_tokens([texts[i] for i in uncertain]) if uncertain else []
        counts = dict(zip(uncertain, counted, strict=True))
        next_round: list[tuple[list[_Unit], bool]] = []
        for i, (piece, _) in enumerate(rounds):
            count = counts.get(i, 0)
            parts = [piece] if count <= max_tokens else _cut_piece(piece, -(-count // max_tokens))
            next_round.extend((part, parts == [piece]) for part in parts)
        rounds = next_round
    return [piece for piece, _ in rounds]


def _surely_fits(text: str, max_tokens: int) -> bool:
    """Tell without a tokenizer: none makes more tokens of a text than it has UTF-8 bytes."""
    if len(text) + _ADDED_TOKENS > max_tokens:
        return False
    folded = unicodedata.normalize("NFKC", text)
    return len(folded.encode()) + _ADDED_TOKENS <= max_tokens


def _cut_piece(piece: list[_Unit], parts: int) -> list[list[_Unit]]:
    """Return `piece` in about `parts` parts of similar length; whole if it cannot be cut."""
    total = sum(len(unit) for unit in piece)
    target = total / max(parts, 2)
    units = [fine for unit in piece for fine in _refine_unit(unit, target)]
    cut: list[list[_Unit]] = [[]]
    begun = done = 0
    for unit in units:
        # A part ends where its length comes closest to the target.
        if cut[-1] and done + len(unit) / 2 - begun > target:
            cut.append([])
            begun = done
        cut[-1].append(unit)
        done += len(unit)
    return [part for part in cut if _join_units(part)]


def _refine_unit(unit: _Unit, target: float) -> Iterator[_Unit]:
    """Yield the unit's sentences if it is longer than `target`; halves of one long sentence."""
    if len(unit) <= target or len(unit) < 2 * _MIN_PIECE_CHARS:
        yield unit
        return
    is_whole = len(unit) == len(unit.block.text)
    # What is not the whole block is a sentence already, or part of one.
    cuts = [end for _, end in find_sentence_spans(unit.block)[:-1]] if is_whole else []
    cuts = cuts or [(unit.start + unit.end) // 2]
    bounds = [unit.start, *cuts, unit.end]
    for start, end in pairwise(bounds):
        yield _Unit(unit.index, unit.block, start, end)


def _join_units(piece: Sequence[_Unit]) -> str:
    """Return the text of a piece: a line break between blocks, within a block as it stands."""
    text = ""
    previous: _Unit | None = None
    for unit in piece:
        if previous is not None and previous.index != unit.index:
            text += "\n"
        text += unit.text
        previous = unit
    return text.strip()


def _build_passage(
    section: Section, ordinal: int, piece: Sequence[_Unit], finder: QuoteFinder
) -> Passage:
    first, last = piece[0], piece[-1]
    line_start, line_end = _find_lines(first)[0], _find_lines(last)[1]
    start, end = finder.find_quote(first.text, *_find_lines(first))
    if last is not first:
        _, end = finder.find_quote(last.text, *_find_lines(last))
    return Passage(
        passage_id=f"{section.section_id}:p{ordinal}",
        section_id=section.section_id,
        ordinal=ordinal,
        kind=PassageKind.PASSAGE,
        text=_join_units(piece),
        line_start=line_start,
        line_end=line_end,
        char_start=start,
        char_end=max(start, end),
    )


def _find_lines(unit: _Unit) -> tuple[int, int]:
    """Return the lines of the note that a unit's text, white space around it aside, came from."""
    text = unit.block.text
    lead = len(unit.text) - len(unit.text.lstrip())
    first = text.count("\n", 0, unit.start + lead)
    last = first + unit.text.strip().count("\n")
    return unit.block.lines[first], unit.block.lines[last]


def _measure_folded(text: str) -> int:
    return len(unicodedata.normalize("NFKC", text))
