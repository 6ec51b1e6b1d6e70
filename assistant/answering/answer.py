"""A question in, an `Answer` out: the one path that every face of the assistant takes."""

from collections.abc import Callable
from dataclasses import replace

from assistant.answering.abstention import AbstentionRule, Signals, read_signals
from assistant.answering.citations import resolve_citations
from assistant.answering.history import SearchText, complete_question
from assistant.answering.multiple_choice.choices import choose_options
from assistant.answering.quantities import find_asked_quantity, support_figure
from assistant.answering.questions import check_question
from assistant.answering.retrieve import Retrieval, Retriever
from assistant.datatypes import AbstentionReason, Answer, Explanation, Question, SectionHit
from assistant.messages import Messages
from assistant.protocols import Generator
from ingest.aliases import AliasTable

# How many sections an answer lists; fixed by the command line's contract.
LISTED_SECTIONS = 10


class Assistant:
    """Answers questions from one generation of the index.

    analyze: gives the content words of a text.
    section_text: headings and text of a section, as they were indexed, by section id.
    aliases: the names that the searcher adds to a query; here only to explain.
    """

    def __init__(
        self,
        retriever: Retriever,
        generator: Generator,
        analyze: Callable[[str], list[str]],
        section_text: Callable[[str], str],
        aliases: AliasTable,
        messages: Messages,
        rule: AbstentionRule = AbstentionRule(),
    ) -> None:
        self._retriever = retriever
        self._generator = generator
        self._analyze = analyze
        self._section_text = section_text
        self._aliases = aliases
        self._messages = messages
        self._rule = rule

    def answer(self, question: Question) -> Answer:
        """Return a cited answer, or an abstention with the nearest sections.

        :raises QuestionError: the question cannot be asked.
        :raises GeneratorError: the generator failed.
        """
        text = check_question(question.text)
        found = self._retriever.retrieve(self.complete(question), LISTED_SECTIONS)
        hits = tuple(self._retriever.locate(hit) for hit in found.hits)
        if not hits:
            if self._retriever.is_empty:
                reason = AbstentionReason.NO_NOTES
                return Answer(text, self._messages.no_notes, (), (), reason, 0.0)
            return self._abstain(text, hits, AbstentionReason.NO_MATCH, 0.0)
        signals = self.read_signals(text, found)
        confidence = self._rule.confidence(signals)
        if self._rule.refuses(signals):
            return self._abstain(text, hits, AbstentionReason.LOW_CONFIDENCE, confidence)
        draft = self._generator.generate(replace(question, text=text), found.evidence)
        citations = resolve_citations(draft, found.evidence)
        choice = self._choose(question, found)
        return Answer(
            text, draft.text, citations, hits, None, confidence, choice, notices=draft.notices
        )

    def read_signals(self, text: str, found: Retrieval) -> Signals:
        """Return what tells whether the best section answers; `found` is not empty."""
        best = found.evidence[0]
        figure = 1.0
        # Analysing the sentences again is only worth its time where a figure is asked for.
        if (kind := find_asked_quantity(text)) is not None:
            coverage = self._retriever.cover_question(found.terms, best)
            figure = support_figure(kind, [s.text for s in best.sentences], coverage)
        section_terms = set(self._analyze(self._section_text(best.section.section_id)))
        return read_signals(found.hits, found.terms, section_terms, figure)

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
        fired = {group.forms for text in texts for group in self._aliases.expand(text.text).fired}
        hits = self._retriever.search(texts, LISTED_SECTIONS)
        return Explanation(tuple(text.text for text in texts), tuple(sorted(fired)), hits)

    def complete(self, question: Question) -> tuple[SearchText, ...]:
        """Return what is searched for a question: with its options, and behind its history.

        :raises QuestionError: the question cannot be asked.
        """
        text = check_question(question.text)
        options = [choice.text for choice in question.choices]
        return complete_question(" ".join([text, *options]), question.history, self._analyze)

    def _choose(self, question: Question, found: Retrieval) -> str | None:
        if not question.choices:
            return None
        options = [choice.text for choice in question.choices]
        supports = self._retriever.support_options(question.text, options, found.evidence[0])
        return choose_options(question.text, [c.letter for c in question.choices], supports)

    def _abstain(
        self,
        text: str,
        hits: tuple[SectionHit, ...],
        reason: AbstentionReason,
        confidence: float,
    ) -> Answer:
        return Answer(text, self._messages.not_in_notes, (), hits, reason, confidence)
