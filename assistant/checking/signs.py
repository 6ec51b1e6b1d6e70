"""Reads what a text affirms and denies, word by word."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from assistant.checking.denials import Denial, DenialReader
from assistant.checking.hedges import COMPARED, has_denial, is_subordinate
from assistant.checking.reading import Clause, Sentence, mask_figures
from assistant.checking.vocabulary import read_single_term
from assistant.checking.word_lists import OPPOSITE_ACTIONS, OPPOSITE_STATES


@dataclass(frozen=True, slots=True)
class SignedWord:
    """A content word as one clause has it.

    pair: the line of its opposites, or "".
    is_second: whether it is of the second side of the pair.
    is_predicate: whether a statement ends with it.
    is_open: whether it stands in a denied condition, or is denied behind one.
    is_contrast: whether it is what something is not (A ではなく B).
    is_noun_denied: whether it is denied as a noun (エージェント不要).
    is_final: whether the end of its clause denies.
    is_unsure: whether its clause asserts nothing, or its sentence denies something.
    """

    word: str
    pair: str
    is_second: bool
    is_denied: bool
    is_predicate: bool
    is_open: bool
    is_contrast: bool
    is_noun_denied: bool
    is_final: bool
    is_unsure: bool
    clause: Clause
    sentence: Sentence

    @property
    def is_action(self) -> bool:
        """Whether it is one side of opposite actions."""
        return self.pair in OPPOSITE_ACTIONS

    @property
    def scope(self) -> frozenset[str]:
        """The words of its clause with its label, or of the sentence of a label or bare verb."""
        first = self.sentence.clauses[0]
        has_label = self.sentence.text.startswith(f"{first.text}: ")
        is_label = f"{self.clause.text}: " in self.sentence.text
        is_bare = len(self.clause.words) < 2
        return (
            self.sentence.words
            if is_label or is_bare
            else (self.clause.scope | first.words if has_label else self.clause.scope)
        )


# Phrases for which a word stands that has an opposite.
_COST = "(?:料金|費用|コスト|課金)"
_PHRASES = (
    (re.compile("1 ?[つ個本台件](?:だけ|のみ|まで|に限)"), "単一"),
    (re.compile("非同期"), " asynchronous "),
    (re.compile("手作業|人手で"), "手動"),
    (re.compile("(?<![ァ-ヺー])オン(?![ァ-ヺー])"), "有効"),
    (re.compile("(?<![ァ-ヺー])オフ(?![ァ-ヺー])"), "無効"),
    (
        re.compile(
            f"{_COST}(?:[がはも]|は一切)?(?:(?:かか|掛か)(?:らない|らず|りません)"
            "|発生(?:しない|しません|せず)|請求され(?:ない|ません)|なし)"
        ),
        "無料",
    ),
    (re.compile(f"{_COST}(?:[がはも](?:かか[るり]|掛か[るり]|発生[すし]|請求され)|あり)"), "有料"),
)
_INSTEAD = re.compile("(?<=[るうくすい])(?:代わりに|かわりに|一方)")
_DENIAL_AT_END = re.compile("(?:ない|ません|不可|不要)。?$")


class SignReader:
    """Reads the signed words of sentences.

    analyze: gives the content words of a text.
    """

    def __init__(self, denials: DenialReader, analyze: Callable[[str], list[str]]) -> None:
        self._denials = denials
        self._analyze = analyze
        self._pairs: dict[str, list[tuple[str, bool]]] = {}
        for line in (*OPPOSITE_STATES, *OPPOSITE_ACTIONS):
            for number, side in enumerate(line.split(" / ")):
                for word in side.split():
                    if term := read_single_term(word, analyze):
                        self._pairs.setdefault(term, []).append((line, number == 1))

    def read(self, sentences: Sequence[Sentence]) -> list[SignedWord]:
        """Return the words in the order of the sentences, those of several pairs several times."""
        return [word for sentence in sentences for word in self._read_sentence(sentence)]

    def _read_sentence(self, sentence: Sentence) -> list[SignedWord]:
        found: list[SignedWord] = []
        subject, is_behind_open = "", False
        for clause in self._split(sentence.clauses):
            text = COMPARED.sub("", clause.text)
            for phrase, word in _PHRASES:
                text = phrase.sub(word, text)
            denials = self._denials.read(text, subject)
            plain = self._denials.find_plain(text)
            is_behind_open = is_behind_open or any(denial.is_condition for denial in denials)
            ends = clause.text == sentence.clauses[-1].text or "ぁ" <= clause.text[-1] <= "ん"
            last = plain[-1] if plain else ""
            for word in dict.fromkeys([*plain, *(w for d in denials for w in sorted(d.words))]):
                is_last = ends and word == last
                is_last = is_last or (ends and any(_is_listed(word, denial) for denial in denials))
                found += self._sign(word, denials, is_last, is_behind_open, clause, sentence)
            subject = last or subject
        return found

    def _split(self, clauses: Sequence[Clause]) -> Iterator[Clause]:
        """Yield the clauses, two of `A が増える代わりに B が減る`."""
        for clause in clauses:
            pieces = _INSTEAD.split(clause.text)
            if len(pieces) == 1:
                yield clause
                continue
            for piece in filter(None, pieces):
                yield Clause(piece, frozenset(self._analyze(mask_figures(piece))), clause.explained)

    def _sign(
        self,
        word: str,
        denials: Sequence[Denial],
        is_last: bool,
        is_behind_open: bool,
        clause: Clause,
        sentence: Sentence,
    ) -> list[SignedWord]:
        own = [denial for denial in denials if word in denial.words]
        is_in_open = any(d.is_condition and not d.is_joined for d in denials)
        return [
            SignedWord(
                word=word,
                pair=pair,
                is_second=is_second,
                is_denied=bool(own),
                is_predicate=is_last or any(d.is_joined and not d.is_contrast for d in own),
                is_open=is_in_open or (is_behind_open and bool(own)),
                is_contrast=any(denial.is_contrast for denial in own),
                is_noun_denied=any(denial.is_noun for denial in own),
                is_final=any((d.is_final or d.is_joined) and not d.is_condition for d in denials),
                is_unsure=_is_unsure(clause, sentence),
                clause=clause,
                sentence=sentence,
            )
            for pair, is_second in self._pairs.get(word, [("", False)])
        ]


def _is_listed(word: str, denial: Denial) -> bool:
    """Tell whether the end of a clause denies a word among others (拡大・縮小はできない)."""
    return denial.is_final and len(denial.words) > 1 and word in denial.words


def _is_unsure(clause: Clause, sentence: Sentence) -> bool:
    is_denied = has_denial(clause.text) or _DENIAL_AT_END.search(sentence.text) is not None
    return is_denied or is_subordinate(clause.text)
