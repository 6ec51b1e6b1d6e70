"""Chooses the sentences that answer a question: few, in reading order, lists and rows whole."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.datatypes import Evidence
from ingest.datatypes import Passage

# These were chosen on the `dev` split among fourteen settings: key facts .81 -> .84 and citation
# precision .75 -> .77 against the first guess (docs/measurements.md).
# A further unit must be this relevant, relative to the best one, to be worth reading.
_RELATIVE_RELEVANCE = 0.4
# A section other than the best must come this close to it to be quoted as well.
_RELATIVE_SECTION_SCORE = 0.9
# A list is shown whole if it takes no more than this share of the answer's length.
_LIST_SHARE = 0.75


@dataclass(frozen=True, slots=True)
class _Unit:
    """What is shown together: one sentence, or the items of a list.

    rank: position of its section in the evidence, 0 the best.
    """

    rank: int
    sentences: tuple[Passage, ...]
    relevance: float

    @property
    def length(self) -> int:
        return sum(len(sentence.text) for sentence in self.sentences)


def select_sentences(
    evidence: Sequence[Evidence], max_characters: int
) -> tuple[tuple[Passage, ...], ...]:
    """Return runs of neighbouring sentences, each within one section, in reading order.

    The most relevant unit is always there, even when it alone is longer than `max_characters`.

    :param evidence: best section first.
    """
    if not evidence:
        return ()
    best_score = evidence[0].score
    units = [
        unit
        for rank, item in enumerate(evidence)
        if rank == 0 or item.score >= _RELATIVE_SECTION_SCORE * best_score
        for unit in _split_units(rank, item, int(max_characters * _LIST_SHARE))
    ]
    # The answer leads with the section that was found first, not with the best single sentence.
    lead = max((unit for unit in units if unit.rank == 0), key=lambda u: u.relevance, default=None)
    if lead is None:
        return ()
    chosen = [lead]
    length = lead.length
    seen = {sentence.text for sentence in lead.sentences}
    for unit in sorted(units, key=lambda u: -u.relevance):
        if unit is lead or unit.relevance < _RELATIVE_RELEVANCE * lead.relevance:
            continue
        if all(sentence.text in seen for sentence in unit.sentences):
            continue
        if length + unit.length <= max_characters:
            chosen.append(unit)
            length += unit.length
            seen.update(sentence.text for sentence in unit.sentences)
    return _join_runs(chosen)


def _split_units(rank: int, item: Evidence, longest_list: int) -> list[_Unit]:
    """Group the items of short lists; everything else stands alone."""
    scored = list(zip(item.sentences, item.relevance, strict=True))
    lists: dict[int, list[tuple[Passage, float]]] = {}
    for sentence, relevance in scored:
        if sentence.group is not None and not _is_table_row(item, sentence):
            lists.setdefault(sentence.group, []).append((sentence, relevance))
    whole = {
        group
        for group, members in lists.items()
        if sum(len(sentence.text) for sentence, _ in members) <= longest_list
    }
    units = []
    for sentence, relevance in scored:
        if sentence.group in whole and not _is_table_row(item, sentence):
            members = lists[sentence.group]
            if members[0][0] is sentence:
                best = max(value for _, value in members)
                units.append(_Unit(rank, tuple(member for member, _ in members), best))
        else:
            units.append(_Unit(rank, (sentence,), relevance))
    return units


def _is_table_row(item: Evidence, sentence: Passage) -> bool:
    """A row carries its table's header, so that it can stand without the other rows."""
    return item.section.text[sentence.char_start : sentence.char_end].lstrip().startswith("|")


def _join_runs(units: Sequence[_Unit]) -> tuple[tuple[Passage, ...], ...]:
    """Order by section, then place, and join sentences that follow one another."""
    ordered = sorted(
        ((unit.rank, sentence.ordinal, sentence) for unit in units for sentence in unit.sentences),
        key=lambda entry: entry[:2],
    )
    runs: list[list[Passage]] = []
    previous: tuple[int, int] | None = None
    for rank, ordinal, sentence in ordered:
        if previous == (rank, ordinal - 1):
            runs[-1].append(sentence)
        else:
            runs.append([sentence])
        previous = (rank, ordinal)
    return tuple(tuple(run) for run in runs)
