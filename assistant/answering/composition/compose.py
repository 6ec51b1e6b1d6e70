"""Chooses the sentences that answer a question: few, in reading order, lists and code whole.

The most relevant unit of the best section leads. What else is quoted depends on the question: one
that compares gets something on each side, one with several parts the best unit for each of them.
Room that is left goes to the units that are nearly as relevant as the lead.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from assistant.answering.composition.comparison import differs_in_row, find_sides, names_side
from assistant.answering.composition.question_kinds import QuestionKind, classify_question
from assistant.answering.composition.question_parts import split_question
from assistant.answering.composition.table_rows import keep_named_rows
from assistant.answering.composition.units import Unit, split_units
from assistant.answering.quantities import QuantityKind, find_asked_quantity, gives_quantity
from assistant.answering.relevance import cover_words
from assistant.answering.yes_no.plain_words import Analyze
from assistant.datatypes import Evidence
from ingest.content_words import BigramAnalyzer
from ingest.datatypes import Passage
from ingest.normalize import normalize

# These were chosen on the `dev` split among fourteen settings: key facts .81 -> .84 and citation
# precision .75 -> .77 against the first guess (docs/measurements.md).
# A further unit must be this relevant, relative to the best one, to be worth reading.
_RELATIVE_RELEVANCE = 0.4
# A section other than the best must come this close to it to be quoted as well.
_RELATIVE_SECTION_SCORE = 0.9
# A list is shown whole if it takes no more than this share of the answer's length.
_LIST_SHARE = 0.75

# The rest is a first guess; each rule was measured on `dev` with it, and one that brought nothing
# (more weight for figures of the kind that is asked for) was left out.
# What a unit gains in relevance, 0 to 1, for giving what the question asks for.
_FIGURE_GAIN = 0.2
_REASON_GAIN = 0.2
_LIST_GAIN = 0.2
# How much a unit's relevance to the whole question counts beside the words of a part.
_RELEVANCE_SHARE = 0.3
# A part of the question counts as answered by a unit that fits it this well beside the best one.
_GOOD_ENOUGH = 0.8
# Where no near section holds this much of a part's words, the other sections are asked as well.
_COVERED = 0.5

# What a single row of a table answers; a list, a reason or a way is rarely told in one.
_FACTS = frozenset(
    (
        QuestionKind.COMPARISON,
        QuestionKind.HOW_MANY,
        QuestionKind.WHICH,
        QuestionKind.WHAT,
        QuestionKind.YES_NO,
    )
)

_REASON = re.compile(
    r"ため|ので|から(?=、|。|だ|で|$)|理由|原因|\b(?:because|since|due to|reason)\b"
)


@dataclass(frozen=True, slots=True)
class CompositionRules:
    """Which rules are on, so that each can be measured alone.

    reasons: a question for a reason prefers units that give one.
    lists: a question for a list gets it whole, with the sentence that introduces it.
    code: a block of code is quoted whole.
    sides: a comparison gets a unit for each side, and the rows of a table that tell them apart.
    rows: a question for a fact that names rows of a table gets no others of it, but what leads.
    parts: a question with several parts gets a unit for each of them.
    only_parts: and nothing else. Off: with the right section given, and relevance by words alone,
        it lost key facts in 10 of 28 questions of `dev` and won some in 3.
    """

    reasons: bool = True
    lists: bool = True
    code: bool = True
    sides: bool = True
    rows: bool = True
    parts: bool = True
    only_parts: bool = False


DEFAULT_RULES = CompositionRules()


def select_sentences(
    question_text: str,
    evidence: Sequence[Evidence],
    max_characters: int,
    analyze: Analyze | None = None,
    rules: CompositionRules = DEFAULT_RULES,
) -> tuple[tuple[Passage, ...], ...]:
    """Return runs of neighbouring sentences, each within one section, in reading order.

    The most relevant unit is always there, even when it alone is longer than `max_characters`.

    :param evidence: best section first.
    :param analyze: gives the content words of a text; without it pairs of characters stand for
        them.
    """
    kind = classify_question(question_text)
    units = [
        _weigh_unit(unit, kind, rules)
        for unit in _gather_units(evidence, max_characters, kind, rules)
    ]
    # The answer leads with the section that was found first, not with the best single sentence.
    lead = max((unit for unit in units if unit.rank == 0), key=lambda u: u.relevance, default=None)
    if lead is None:
        return ()
    best_score = evidence[0].score
    near = [u for u in units if evidence[u.rank].score >= _RELATIVE_SECTION_SCORE * best_score]
    read_words = analyze or BigramAnalyzer().analyze
    if rules.rows and kind in _FACTS:
        near = keep_named_rows(near, question_text, read_words)
    sides = find_sides(question_text) if rules.sides and kind is QuestionKind.COMPARISON else ()
    parts = split_question(question_text) if rules.parts else ()
    if sides:
        wanted = [*_cover_sides(sides, lead, units), *_rank_relevant(lead, near)]
    elif len(parts) > 1:
        last_near = max(unit.rank for unit in near)
        wanted = _cover_parts(parts, lead, units, last_near, read_words)
        if not rules.only_parts:
            wanted += _rank_relevant(lead, near)
    else:
        wanted = _rank_relevant(lead, near)
    return _join_runs(_fit_units(lead, wanted, max_characters))


def _gather_units(
    evidence: Sequence[Evidence], max_characters: int, kind: QuestionKind, rules: CompositionRules
) -> list[Unit]:
    wants_list = rules.lists and kind is QuestionKind.LIST
    return [
        unit
        for rank, item in enumerate(evidence)
        for unit in split_units(
            rank,
            item,
            max_characters if wants_list else int(max_characters * _LIST_SHARE),
            max_characters if rules.code else 0,
            keep_long_lists=wants_list,
        )
    ]


def _weigh_unit(unit: Unit, kind: QuestionKind, rules: CompositionRules) -> Unit:
    """Return the unit with the relevance that it has for this kind of question."""
    gain = 0.0
    if rules.reasons and kind is QuestionKind.WHY and _REASON.search(normalize(unit.text)):
        gain = _REASON_GAIN
    elif rules.lists and kind is QuestionKind.LIST and len(unit.sentences) > 1:
        gain = _LIST_GAIN
    return replace(unit, relevance=unit.relevance + gain) if gain else unit


def _rank_relevant(lead: Unit, units: Sequence[Unit]) -> list[Unit]:
    """Return the units that are nearly as relevant as the lead, the best first."""
    ranked = sorted(units, key=lambda unit: -unit.relevance)
    return [unit for unit in ranked if unit.relevance >= _RELATIVE_RELEVANCE * lead.relevance]


def _cover_sides(sides: Sequence[str], lead: Unit, units: Sequence[Unit]) -> list[Unit]:
    """Return a unit for each side that the lead does not name, and the rows that tell them apart.

    A unit names a side by its text, or else by the heading of its section.
    """
    ranked = sorted(units, key=lambda unit: (unit.rank, -unit.relevance))
    rows = [unit for unit in ranked if differs_in_row(unit.text, sides)]
    wanted: list[Unit] = []
    for side in sides:
        if any(names_side(unit.text, side, sides) for unit in [lead, *rows, *wanted]):
            continue
        by_text = (unit for unit in ranked if names_side(unit.text, side, sides))
        by_heading = (
            unit for unit in ranked if names_side(" ".join(unit.headings[-1:]), side, sides)
        )
        if (found := next(by_text, None) or next(by_heading, None)) is not None:
            wanted.append(found)
    return [*wanted, *rows]


def _cover_parts(
    parts: Sequence[str], lead: Unit, units: Sequence[Unit], last_near: int, analyze: Analyze
) -> list[Unit]:
    """Return the best unit for each part that neither the lead nor an earlier one answers.

    :param last_near: the rank of the last section that may be quoted without more reason.
    """
    words = [{*analyze(unit.text), *analyze(" ".join(unit.headings))} for unit in units]
    chosen = [lead]
    for part in parts:
        covered = cover_words(set(analyze(part)), words)
        figure = find_asked_quantity(part)
        pairs = list(zip(units, covered, strict=True))
        near = [(unit, share) for unit, share in pairs if unit.rank <= last_near]
        if max(share for _, share in near) >= _COVERED:
            pairs = near
        fits = [(_fit_part(unit, share, figure), unit) for unit, share in pairs]
        most, best = max(fits, key=lambda entry: entry[0])
        if max((fit for fit, u in fits if u in chosen), default=0.0) < _GOOD_ENOUGH * most:
            chosen.append(best)
    return chosen[1:]


def _fit_part(unit: Unit, covered: float, figure: QuantityKind | None) -> float:
    """Return how well a unit answers a part of the question; only good for comparing.

    :param covered: share of the part's words that the unit holds, 0 to 1.
    :param figure: the kind of figure that the part asks for.
    """
    gives_figure = figure is not None and gives_quantity(unit.text, figure)
    gain = _FIGURE_GAIN if gives_figure else 0.0
    return covered + _RELEVANCE_SHARE * unit.relevance + gain


def _fit_units(lead: Unit, wanted: Sequence[Unit], max_characters: int) -> list[Unit]:
    """Return the lead and those of the wanted units that fit beside it and say something new."""
    chosen = [_take_before(lead, max_characters, ())]
    length = chosen[0].length
    seen = {sentence.text for sentence in chosen[0].sentences}
    for unit in wanted:
        if all(sentence.text in seen for sentence in unit.sentences):
            continue
        if length + unit.length <= max_characters:
            chosen.append(_take_before(unit, max_characters - length, seen))
            length += chosen[-1].length
            seen.update(sentence.text for sentence in chosen[-1].sentences)
    return chosen


def _take_before(unit: Unit, room: int, seen: Collection[str]) -> Unit:
    """Return the unit behind the sentence that it points back to, if that is new and fits."""
    before = unit.before
    if before is None or before.text in seen or unit.length + len(before.text) > room:
        return unit
    return replace(unit, sentences=(before, *unit.sentences))


def _join_runs(units: Sequence[Unit]) -> tuple[tuple[Passage, ...], ...]:
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
