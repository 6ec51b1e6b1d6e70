"""Asks what the user typed, shows the answer as it grows, and stops it where the user says so."""

from collections.abc import Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import replace

from assistant.answering.questions import MAX_QUESTION_CHARACTERS
from assistant.apps.chat.background import follow_in_background
from assistant.apps.chat.controls import Controls
from assistant.apps.chat.conversation_html import render_turn
from assistant.apps.chat.conversation_view import ConversationView
from assistant.apps.chat.events import EventBinder, Updates
from assistant.apps.chat.failures import describe_failure, is_unexpected
from assistant.apps.chat.gradio_library import Dependency, gr, on
from assistant.apps.chat.languages import Wording, choose_wording
from assistant.apps.chat.recall import recall
from assistant.apps.chat.services import ChatServices, build_options
from assistant.apps.chat.turns import (
    ChatTurn,
    Progress,
    Turns,
    end_turns,
    replace_last,
    start_turn,
    take_question,
)
from assistant.datatypes import AbstentionReason, Answer, Question
from assistant.serving.datatypes import AnswerOptions


class Asking:
    """The events that make an answer."""

    def __init__(self, services: ChatServices, controls: Controls, view: ConversationView) -> None:
        self._services = services
        self._controls = controls
        self._view = view

    def connect(self, binder: EventBinder, running: int) -> Dependency:
        """Register the events; return what follows when an answer is there.

        :param running: how many answers are made at once.
        """
        conversation, settings = self._controls.conversation, self._controls.settings
        outputs = [
            *self._view.outputs,
            conversation.question,
            conversation.pending,
        ]
        inputs = [
            conversation.question,
            conversation.pending,
            conversation.turns,
            conversation.history,
            conversation.editing,
            settings.language,
            settings.length,
            settings.model,
            self._controls.notes.folders,
            self._controls.notes.tags,
        ]
        asked: Dependency = on(
            [conversation.send.click, conversation.question.submit],
            self.ask,
            inputs,
            outputs,
            show_progress="hidden",
            concurrency_limit=running,
            api_visibility="private",
        )
        # In a step of its own: the answer must have ended before its turn is put right.
        stopped = conversation.stop.click(None, cancels=[asked], api_visibility="private")
        state = [conversation.turns, settings.language]
        binder.bind(stopped.then, self.finish_stopped, state, outputs)
        return asked

    def ask(
        self,
        typed: str | None,
        pending: str | None,
        turns: Turns,
        history: object,
        editing: int | None,
        language: str,
        length: int,
        use_model: bool,
        folders: Sequence[str],
        tags: Sequence[str],
        request: gr.Request,
    ) -> Iterator[Updates]:
        """Yield what the page shows while a question is answered, and at last the whole answer.

        :param typed: the question in the box.
        :param pending: a question that was pressed; it comes before the one in the box, which then
            stays there.
        :param history: what the page holds of the turns (`recall`).
        :param editing: number of the turn whose place the question takes.
        """
        wording = choose_wording(language)
        question = (pending or typed or "").strip()
        forgotten: Updates = {self._controls.conversation.pending: ""}
        refusal = self._refuse(question, wording, request)
        if refusal:
            if pending:  # nothing is in the box that could still be sent in its place
                forgotten[self._controls.conversation.editing] = None
            yield {**self._view.tell(refusal), **forgotten}
            return
        kept = end_turns(recall(turns, history))[:editing]
        options = build_options(
            wording.texts.language, length, use_model=use_model, folders=folders, tags=tags
        )
        emptied: Updates = {} if pending else {self._controls.conversation.question: ""}
        for updates in self._answer(kept, question, options, wording):
            yield {**updates, **emptied, **forgotten}
            emptied = {}

    def finish_stopped(self, turns: Turns, language: str) -> Updates:
        """Return what the page shows when an answer was stopped."""
        wording = choose_wording(language)
        return self._view.show(end_turns(turns), wording, wording.texts.status_stopped)

    def _refuse(self, question: str, wording: Wording, request: gr.Request) -> str:
        """Return why a question is not taken, empty if it is."""
        if not question:
            return wording.texts.error_empty
        if len(question) > MAX_QUESTION_CHARACTERS:
            return wording.texts.error_too_long.format(
                count=f"{len(question):,}", limit=f"{MAX_QUESTION_CHARACTERS:,}"
            )
        if seconds := self._services.admit(request):
            return wording.texts.error_rate_limited.format(seconds=seconds)
        return ""

    def _answer(
        self, earlier: Turns, question: str, options: AnswerOptions, wording: Wording
    ) -> Iterator[Updates]:
        texts = wording.texts
        turns = start_turn(earlier, question)
        told = texts.status_writing if options.use_model else texts.status_searching
        yield self._view.begin(turns, wording, told)
        shown = "".join(
            render_turn(turn, number, texts, wording.messages)
            for number, turn in enumerate(turns[:-1])
        )
        asked = take_question(turns, len(turns) - 1)
        try:
            with closing(self._stream(asked, options)) as answers:
                for answer in answers:
                    if answer is None:
                        # Nothing new; but where it is stopped, it ends here.
                        yield {self._controls.conversation.pending: ""}
                        continue
                    turns = replace_last(turns, replace(turns[-1], answer=answer))
                    yield self._view.grow(turns, shown, wording)
            last = replace(turns[-1], progress=Progress.DONE)
        except Exception as error:  # noqa: BLE001  # whatever it is, the user is told
            if is_unexpected(error):
                self._services.tell_unexpected(error)
            problem = describe_failure(error, texts)
            last = replace(turns[-1], progress=Progress.FAILED, problem=problem)
        yield self._view.show(replace_last(turns, last), wording, describe_outcome(last, wording))

    def _stream(
        self, asked: Question, options: AnswerOptions
    ) -> Generator[Answer | None, None, None]:
        return follow_in_background(lambda: self._services.live.stream(asked, options))


def describe_outcome(turn: ChatTurn, wording: Wording) -> str:
    """Return what the status line says of a turn that is over."""
    texts, answer = wording.texts, turn.answer
    if turn.problem or answer is None:
        return turn.problem
    if answer.abstained is None:
        return texts.status_answered.format(count=len(answer.citations))
    if answer.abstained is AbstentionReason.AMBIGUOUS:
        return texts.status_ambiguous.format(count=len(answer.readings))
    if answer.abstained is AbstentionReason.EMPTY_SECTION:
        return texts.status_empty_section
    return texts.status_not_in_notes
