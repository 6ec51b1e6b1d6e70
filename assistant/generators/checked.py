"""Lets a language model word the answer, and shows of it only what the notes support."""

import time
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace

from assistant.datatypes import Draft, Evidence, Notice, Question
from assistant.errors import GeneratorError
from assistant.generators.prompt import Prompt, build_prompt
from assistant.generators.review import Review
from assistant.generators.statement_cutter import StatementCutter
from assistant.generators.text_stream import TextStream
from assistant.messages import Language
from assistant.protocols import Generator as DraftGenerator
from assistant.protocols import StatementChecker

# A model that says the same again and again is not going to say anything else.
_MOST_REPEATED = 3


@dataclass(frozen=True, slots=True)
class OutputLimits:
    """Bounds of one answer. Where one is reached, nothing further is read.

    prompt_characters: of all messages to the model.
    characters: of what is shown, markers not counted; the statement that reaches it is whole.
    statements: of those that the model wrote, shown or not.
    received_characters: of all that came, with what is never shown.
    seconds: until the model's last word; what was shown by then stays, with a notice.
    """

    prompt_characters: int = 12_000
    characters: int = 2_000
    statements: int = 40
    received_characters: int = 60_000
    seconds: float = 180.0


class CheckedGenerator:
    """Words an answer by a language model, checked (`Generator`).

    A statement is shown once it is complete and supported by the sentences that it cites; one that
    is not is replaced by them. Where nothing of the model's words can be shown, `fallback` answers.

    language: of the rules for a model where a question shows none.
    on_failure: is told why the model failed, since the answer only says that it did.
    clock: seconds that only ever grow.
    """

    def __init__(
        self,
        chat: TextStream,
        checker: StatementChecker,
        fallback: DraftGenerator,
        limits: OutputLimits,
        language: Language = "ja",
        on_failure: Callable[[GeneratorError], None] = lambda _: None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._chat = chat
        self._checker = checker
        self._fallback = fallback
        self._limits = limits
        self._language = language
        self._on_failure = on_failure
        self._clock = clock

    def generate(self, question: Question, evidence: Sequence[Evidence]) -> Draft:
        """Return the checked answer, or the fallback's.

        :raises GeneratorError: the model and the fallback failed.
        """
        *_, last = self.stream(question, evidence)
        return last

    def stream(
        self, question: Question, evidence: Sequence[Evidence]
    ) -> Generator[Draft, None, None]:
        """Yield the answer as it grows by checked statements; the last draft has all notices.

        Nothing that was shown is taken back: what is quoted in place of statements is shown
        together with the first one that is supported.

        :raises GeneratorError: the model and the fallback failed.
        """
        prompt = self._build_prompt(question, evidence)
        if prompt is None:
            yield self._fall_back(question, evidence, Notice.MODEL_FAILED)
            return
        review = Review(self._checker, question, evidence, prompt.sentences)
        failed = False
        try:
            yield from self._stream_supported(prompt, review)
        except GeneratorError as error:
            self._on_failure(error)
            failed = True
        if review.supported:
            yield review.build((Notice.MODEL_BROKE_OFF,) if failed else ())
        else:
            notice = Notice.MODEL_FAILED if failed else Notice.MODEL_UNSUPPORTED
            yield self._fall_back(question, evidence, notice)

    def _build_prompt(self, question: Question, evidence: Sequence[Evidence]) -> Prompt | None:
        try:
            return build_prompt(question, evidence, self._language, self._limits.prompt_characters)
        except GeneratorError as error:
            self._on_failure(error)
            return None

    def _stream_supported(self, prompt: Prompt, review: Review) -> Iterator[Draft]:
        """Yield a draft after every supported statement, until the model ends or a limit does."""
        with closing(self._chat.stream(prompt.messages)) as pieces:
            for sentence in self._cut_sentences(pieces):
                supported = review.supported
                review.take(sentence)
                if review.supported > supported:
                    yield review.build()
                if self._has_enough(review):
                    return

    def _cut_sentences(self, pieces: Iterator[str]) -> Iterator[str]:
        cutter = StatementCutter()
        end = self._clock() + self._limits.seconds
        left = self._limits.received_characters
        for piece in pieces:
            if self._clock() > end:
                raise GeneratorError(
                    f"the model was still writing after {self._limits.seconds:g} s; "
                    "choose a faster one, or raise llm_seconds"
                )
            yield from cutter.feed(piece[:left])
            left -= len(piece)
            if left <= 0:
                return
        yield from cutter.finish()

    def _has_enough(self, review: Review) -> bool:
        return (
            review.characters >= self._limits.characters
            or review.taken >= self._limits.statements
            or review.repeated >= _MOST_REPEATED
        )

    def _fall_back(self, question: Question, evidence: Sequence[Evidence], notice: Notice) -> Draft:
        draft = self._fallback.generate(question, evidence)
        return replace(draft, notices=(*draft.notices, notice))
