"""Cuts statements and sources into sentences and clauses, as the checks compare them."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from assistant.checking.addresses import mask_addresses
from assistant.checking.figures import find_figures
from ingest.normalize import clean_text, normalize


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch between commas, or what stands in brackets.

    text: normalised.
    words: its content words, without its figures.
    explained: the words of what the brackets explain.
    """

    text: str
    words: frozenset[str]
    explained: frozenset[str] = frozenset()

    @property
    def scope(self) -> frozenset[str]:
        """The words of what it speaks of."""
        return self.words | self.explained


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, or a table cell behind the names of its row and column.

    text: normalised.
    is_heading: whether it only says what the text below it is about.
    label: what its whole line is about, as a table's row or a list's item names it; may be "".
    """

    text: str
    clauses: tuple[Clause, ...]
    is_heading: bool
    label: str = ""

    @property
    def words(self) -> frozenset[str]:
        """The content words of all its clauses."""
        return frozenset(word for clause in self.clauses for word in clause.words)


# Emphasis, code and quotation marks, links, and what begins a heading or an item. A lone asterisk
# may be a wildcard (/api/*).
_MARKUP = re.compile(
    r"\*\*|`+|[「」『』]|^\s*(?:#{1,6}|[-*+>]|[0-9]{1,3}\.)\s"
    r"|\[(?=[^\[\]\n]{1,200}\]\()|\]\([^()\n]{0,300}\)"
)
# Between what a list explains and what it says of it; `normalize` would leave three dots.
_DOTS = re.compile(" ?… ")
_LABEL = re.compile("(?!https?:)([^。|]{1,60}?): (?=.)")
_RULE_ROW = re.compile(r"(?=[\s|:]*-)[\s|:-]+")
_SENTENCE_END = re.compile(r"(?<=[。!?])(?![)])|(?<=\.) (?=[^a-z])")
_VERB_END = "[るうくすつぬむぶい]"
_WORD_START = "(?=[ 一-鿿ァ-ヺa-z0-9])"
#: What ends a clause; matches nothing of it.
CLAUSE_END = re.compile(
    # A comma behind a topic, or between things that share a predicate, cuts nothing.
    r"(?<![やかはをにへ])(?<!から)(?<!より)(?<![^て]も)(?<!および)、|[;|【】→※]|, "
    r"| / (?=[^/:]{1,40}: )|: |。|\. | - | > "
    # Behind what joins two predicates: 変えられないので|使えない.
    f"|(?<=[^も]ので)(?!は)|(?<=ものの)|(?<=一方で)|(?<=けど)|(?<=けれど)|(?<=ため){_WORD_START}"
    f"|(?<={_VERB_END}が){_WORD_START}|(?<=たが){_WORD_START}|(?<={_VERB_END}と){_WORD_START}"
    "|(?<=場合は)|(?<=ときは)|(?<=時は)|(?<=[れけえせてねべめ]ば)(?!なら|なり|いけ)"
)
#: A longer sentence is cut: it is none, and the work grows with its square.
MAX_SENTENCE_CHARS = 400
_CELL_END = re.compile(" / (?=[^/:]{1,40}: )")


def read_sentences(
    text: str, analyze: Callable[[str], list[str]], *, has_headings: bool = False
) -> tuple[Sentence, ...]:
    """Return the sentences of `text`; markup and line ends are gone.

    :param analyze: gives the content words of a text.
    :param has_headings: whether the first of several lines holds headings.
    """
    return tuple(_Reader(analyze).read(clean_text(text).strip().split("\n"), has_headings))


def mask_figures(text: str) -> str:
    """Return `text` of the same length with its addresses and figures made spaces."""
    masked = mask_addresses(text)
    signs = list(masked)
    for figure in find_figures(masked):
        signs[figure.start : figure.end] = " " * (figure.end - figure.start)
    return "".join(signs)


class _Reader:
    def __init__(self, analyze: Callable[[str], list[str]]) -> None:
        self._analyze = analyze

    def read(self, lines: Sequence[str], has_headings: bool) -> Iterator[Sentence]:
        header: list[str] = []
        for number, line in enumerate(lines):
            plain = _DOTS.sub(": ", line.replace("」「", "、"))
            plain = normalize(_MARKUP.sub("", plain))
            if _RULE_ROW.fullmatch(line):
                continue
            if line.lstrip().startswith("|"):
                row = plain.strip().removeprefix("|").removesuffix("|")
                cells = [cell.strip()[:MAX_SENTENCE_CHARS] for cell in row.split("|")]
                if _RULE_ROW.fullmatch(lines[number + 1] if number + 1 < len(lines) else ""):
                    header = cells
                else:
                    yield from self._read_row(header, cells)
                continue
            header = []
            is_first = has_headings and number == 0 and len(lines) > 1
            is_heading = is_first or line.startswith("#")
            first, *cells = _CELL_END.split(plain)
            if cells:  # a row as `ingest` renders it
                cells = [cell[:MAX_SENTENCE_CHARS] for cell in (first.replace(": ", " "), *cells)]
                yield from self._read_row([], cells)
                continue
            label = None if is_heading else _LABEL.match(plain)
            for sentence in _SENTENCE_END.split(plain):
                for start in range(0, len(sentence), MAX_SENTENCE_CHARS):
                    piece = sentence[start : start + MAX_SENTENCE_CHARS]
                    yield from self._read_clauses("", piece, is_heading, label[1] if label else "")

    def _read_row(self, header: Sequence[str], cells: Sequence[str]) -> Iterator[Sentence]:
        """Yield every cell but the first behind it and the name of its column."""
        names = [*header, *[""] * len(cells)]
        row = f"{names[0]} {cells[0]}".strip()
        filled = [(name, cell) for name, cell in zip(names[1:], cells[1:], strict=False) if cell]
        if not filled:
            yield from self._read_clauses("", row, False, row)
        for name, cell in filled:
            column, colon, value = cell.partition(": ") if not name else (name, ": ", cell)
            topic, value = (f"{row} {column}", value) if colon else (row, cell)
            yield from self._read_clauses(f"{topic}: ", value, False, row)

    def _read_clauses(
        self, topic: str, text: str, is_heading: bool, label: str
    ) -> Iterator[Sentence]:
        """Yield the sentence, if it has a clause; its first clause has the topic in front."""
        main, asides = _lift_asides(text)
        first, *pieces = (piece.strip() for piece in CLAUSE_END.split(main))
        clauses = [self._read_clause(piece) for piece in (f"{topic}{first}".strip(), *pieces)]
        for aside, start in asides:
            host = clauses[sum(border.end() <= start for border in CLAUSE_END.finditer(main))]
            for piece in CLAUSE_END.split(aside):
                clause = self._read_clause(piece.strip())
                clauses.append(Clause(clause.text, clause.words, host.words))
        if filled := tuple(clause for clause in clauses if clause.text):
            yield Sentence(f"{topic}{text}".strip(), filled, is_heading, label)

    def _read_clause(self, text: str) -> Clause:
        return Clause(text, frozenset(self._analyze(mask_figures(text))))


def _lift_asides(text: str) -> tuple[str, list[tuple[str, int]]]:
    """Return a text without what it has in brackets, and this with where it stood."""
    main, asides = "", []
    depth = 0
    for part in re.split("([()])", text):
        if part == "(":
            depth += 1
        elif part == ")":
            depth = max(0, depth - 1)
        elif depth:
            asides.append((part, len(main)))
        else:
            main += part
    return main, asides
