"""A question in, an `Answer` out: the one path that every face of the assistant takes."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from assistant.answering.abstention import AbstentionRule, Signals, read_signals
from assistant.answering.citations import resolve_citations
from assistant.answering.freshness import refresh_citations
from assistant.answering.headings.readings import find_readings
from assistant.answering.headings.related import suggest_questions
from assistant.answering.history import SearchText, complete_question, points_back
from assistant.answering.multiple_choice.choice_wording import (
    asks_for_denied,
    asks_for_wrong_statement,
)
from assistant.answering.multiple_choice.choices import choose_options, measure_margin
from assistant.answering.multiple_choice.option_evidence import gather_evidence
from assistant.answering.multiple_choice.option_signals import (
    OptionFit,
    OptionModel,
    OptionSignals,
)
from assistant.answering.multiple_choice.option_signals import (
    read_signals as read_option_signals,
)
from assistant.answering.multiple_choice.requirements import find_requirements
from assistant.answering.open_notes import OpenNotes
from assistant.answering.quantities import find_asked_quantity, support_figure
from assistant.answering.questions import take_apart
from assistant.answering.retrieve import Retrieval, Retriever
from assistant.datatypes import (
    AbstentionReason,
    Answer,
    Evidence,
    Explanation,
    OptionEvidence,
    Question,
    Reading,
    SectionHit,
)
from assistant.messages import Messages
from assistant.protocols import DenialMeter, Generator, StatementChecker
from ingest.passages import with_headings

# How many sections an answer lists; fixed by the command line's contract.
LISTED_SECTIONS = 10
# A question of whose words the notes know no more is not searched behind what was said before it:
# behind two turns of `dev`, 13 of 16 short questions from another world are refused instead of 2,
# and of the follow-ups as many are answered (docs/measurements.md).
_HALF = 0.5


@dataclass(frozen=True, slots=True)
class _Verdict:
    """What is said of the options of a multiple-choice question; empty for any other question."""

    choice: str | None = None
    options: tuple[OptionEvidence, ...] = ()
    margin: float | None = None


class Assistant:
    """Answers questions from one generation of the index.

    checker: tells which sentences speak against an option.
    denials: tells which options a section denies.
    analyze: gives the content words of a text.
    """

    def __init__(
        self,
        retriever: Retriever,
        generator: Generator,
        checker: StatementChecker,
        denials: DenialMeter,
        notes: OpenNotes,
        analyze: Callable[[str], list[str]],
        messages: Messages,
        rule: AbstentionRule = AbstentionRule(),
        option_model: OptionModel = OptionModel(),
    ) -> None:
        self._retriever = retriever
        self._generator = generator
        self._checker = checker
        self._denials = denials
        self._notes = notes
        self._analyze = analyze
        self._messages = messages
        self._rule = rule
        self._option_model = option_model

    def answer(self, question: Question) -> Answer:
        """Return a cited answer, or an abstention with the nearest sections.

        :raises QuestionError: the question cannot be asked.
        :raises GeneratorError: the generator failed.
        """
        *_, last = self.stream(question)
        return last

    def stream(self, question: Question) -> Iterator[Answer]:
        """Yield the answer as its text grows; the last one is whole. Closing it stops the work.

        :raises QuestionError: the question cannot be asked.
        :raises GeneratorError: the generator failed.
        """
        asked = take_apart(question)
        found = self._retriever.retrieve(self._complete(asked), LISTED_SECTIONS)
        hits = tuple(self._retriever.locate(hit) for hit in found.hits)
        if not hits:
            yield self._abstain_unfound(asked)
            return
        signals = self.read_signals(asked, found)
        confidence = self._rule.confidence(signals)
        refusal = self._refuse(asked, found, signals, hits, confidence)
        if refusal is not None:
            yield refusal
            return
        verdict = self._judge_options(asked, found)
        requirements = tuple(r.phrase for r in find_requirements(asked.text))
        follow_ups = self._suggest(asked, found)
        for draft in self._generator.stream(asked, found.evidence):
            citations, notices = refresh_citations(
                resolve_citations(draft, found.evidence), self._notes.read_note
            )
            yield Answer(
                asked.text,
                draft.text,
                citations,
                hits,
                None,
                confidence,
                verdict.choice,
                follow_ups,
                verdict.options,
                verdict.margin,
                requirements,
                notices=(*draft.notices, *notices),
            )

    def read_signals(self, asked: Question, found: Retrieval) -> Signals:
        """Return what tells whether the best section answers; `found` is not empty."""
        text = asked.text
        best = found.evidence[0]
        figure = 1.0
        # Analysing the sentences again is only worth its time where a figure is asked for.
        if (kind := find_asked_quantity(text)) is not None:
            coverage = self._retriever.cover_question(found.terms, best)
            figure = support_figure(kind, [s.text for s in best.sentences], coverage)
        known = self._measure_known(asked)
        return read_signals(found.hits, found.terms, self._read_best_words(found), figure, known)

    def search(self, query: str, k: int) -> tuple[SectionHit, ...]:
        """Return at most `k` sections, best first.

        :raises QuestionError: the query cannot be asked.
        """
        return self.rank(Question(query), k)

    def rank(self, question: Question, k: int) -> tuple[SectionHit, ...]:
        """Return at most `k` sections for a question with its options and history, best first.

        :raises QuestionError: the question cannot be asked.
        """
        found = self._retriever.search(self.complete(question), k)
        return tuple(self._retriever.locate(hit) for hit in found)

    def explain(self, question: Question) -> Explanation:
        """Return how the sections for a question were found.

        :raises QuestionError: the question cannot be asked.
        """
        texts = self.complete(question)
        expand = self._notes.aliases.expand
        fired = {group.forms for text in texts for group in expand(text.text).fired}
        hits = self._retriever.search(texts, LISTED_SECTIONS)
        return Explanation(tuple(text.text for text in texts), tuple(sorted(fired)), hits)

    def complete(self, question: Question) -> tuple[SearchText, ...]:
        """Return what is searched for a question: with its options, and behind its history.

        :raises QuestionError: the question cannot be asked.
        """
        return self._complete(take_apart(question))

    def _complete(self, asked: Question) -> tuple[SearchText, ...]:
        history = asked.history
        # What was said before does not make the notes know what a question of its own is about.
        if history and not points_back(asked.text) and self._measure_known(asked) <= _HALF:
            history = ()
        return complete_question(_join_options(asked), history, self._analyze, self._find_headings)

    def _measure_known(self, asked: Question) -> float:
        """Return the share of the question's own words that the notes know, 1 without words."""
        # Words of a name that the notes have under another name are known.
        fired = self._notes.aliases.expand(asked.text).fired
        named = {w for group in fired for form in group.forms for w in self._analyze(form)}
        own = dict.fromkeys(self._analyze(_join_options(asked)))
        return self._retriever.measure_known([term for term in own if term not in named])

    def _find_headings(self, texts: Sequence[SearchText]) -> str:
        hits = self._retriever.search(texts, 1)
        return " ".join(self._retriever.locate(hits[0]).heading_path) if hits else ""

    def _refuse(
        self,
        asked: Question,
        found: Retrieval,
        signals: Signals,
        hits: tuple[SectionHit, ...],
        confidence: float,
    ) -> Answer | None:
        """Return why there is no answer, None if there is one."""
        text, messages = asked.text, self._messages
        terms = self._analyze(text)
        empty = self._notes.empty.find(terms, self._read_best_words(found))
        if empty is not None:
            told = messages.empty_section.format(headings=" > ".join(empty.heading_path))
            return Answer(text, told, (), hits, AbstentionReason.EMPTY_SECTION, confidence)
        if self._rule.refuses(signals):
            told, reason = messages.not_in_notes, AbstentionReason.LOW_CONFIDENCE
            return Answer(text, told, (), hits, reason, confidence)
        readings = self._find_readings(asked, found)
        if readings:
            told, reason = messages.ambiguous, AbstentionReason.AMBIGUOUS
            return Answer(text, told, (), hits, reason, confidence, readings=readings)
        return None

    def _find_readings(self, asked: Question, found: Retrieval) -> tuple[Reading, ...]:
        if asked.choices or asked.history:  # they say what is meant
            return ()
        return find_readings(asked.text, found.hits, self._notes.sections, self._analyze)

    def read_option_signals(
        self, asked: Question, item: Evidence
    ) -> tuple[list[OptionFit], list[OptionSignals]]:
        """Return what a section tells of each option of a question."""
        texts = [choice.text for choice in asked.choices]
        fits = self._retriever.fit_options(asked.text, texts, item)
        source = with_headings(item.section.heading_path, item.section.text)
        flaws = [self._checker.check(text, [source]).flaws for text in texts]
        denials = self._denials.measure(
            asked.text, texts, item.section.heading_path[-1], item.section.text
        )
        return fits, list(map(read_option_signals, fits, flaws, denials))

    def _judge_options(self, asked: Question, found: Retrieval) -> _Verdict:
        if not asked.choices:
            return _Verdict()
        best = found.evidence[0]
        fits, signals = self.read_option_signals(asked, best)
        model = self._option_model
        is_denied = asks_for_denied(asked.text)
        supports = list(map(model.support_denied if is_denied else model.support, signals))
        letters = [choice.letter for choice in asked.choices]
        chosen = choose_options(asked.text, letters, supports)
        is_wrong = asks_for_wrong_statement(asked.text)
        margin = measure_margin(letters, supports, chosen, is_wrong=is_wrong)
        options = gather_evidence(asked.choices, fits, supports, best, self._checker)
        return _Verdict("".join(chosen), options, margin)

    def _suggest(self, asked: Question, found: Retrieval) -> tuple[str, ...]:
        sections = [self._notes.sections[hit.section_id] for hit in found.hits]
        return suggest_questions(
            sections[0],
            tuple(self._notes.sections.values()),
            sections[1:],
            (asked.text, *asked.history),
            self._analyze,
            self._messages.language,
        )

    def _read_best_words(self, found: Retrieval) -> set[str]:
        best = found.evidence[0].section
        # As it was indexed.
        return set(self._analyze(with_headings(best.heading_path, best.text)))

    def _abstain_unfound(self, asked: Question) -> Answer:
        if self._retriever.is_empty:
            told, reason = self._messages.no_notes, AbstentionReason.NO_NOTES
        else:
            told, reason = self._messages.not_in_notes, AbstentionReason.NO_MATCH
        return Answer(asked.text, told, (), (), reason, 0.0)


def _join_options(asked: Question) -> str:
    """Return a question with its options, as it is searched."""
    return " ".join([asked.text, *(choice.text for choice in asked.choices)])
