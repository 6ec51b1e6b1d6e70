"""Takes what the user thinks of an answer, and proposes its question for the evaluation."""

from dataclasses import replace

from assistant.apps.chat.actions import ProposeAction, RateAction
from assistant.apps.chat.controls import Controls
from assistant.apps.chat.conversation_html import render_asked
from assistant.apps.chat.conversation_view import ConversationView
from assistant.apps.chat.events import EventBinder, Updates
from assistant.apps.chat.failures import KNOWN_FAILURES
from assistant.apps.chat.gradio_library import Block, gr
from assistant.apps.chat.languages import Wording, choose_wording
from assistant.apps.chat.recall import recall_turns
from assistant.apps.chat.services import FACE, ChatServices
from assistant.apps.chat.turns import Turns, find_turn, is_running, replace_turn, take_question
from assistant.datatypes import Answer
from assistant.serving.feedback import FeedbackEntry, Rating


class FeedbackPanel:
    """What the buttons below an answer do, and the form that asks for a reason."""

    def __init__(self, services: ChatServices, controls: Controls, view: ConversationView) -> None:
        self._services = services
        self._controls = controls
        self._view = view

    @property
    def outputs(self) -> list[Block]:
        """All controls that the updates change, but for those that show the conversation."""
        feedback = self._controls.feedback
        return [feedback.turn, feedback.form, feedback.asked, feedback.reason]

    def connect(self, binder: EventBinder) -> None:
        """Register the events of the form."""
        feedback = self._controls.feedback
        inputs = [*self._view.inputs, feedback.turn, feedback.reason]
        outputs = [*self._view.drawn, feedback.form]
        for sent in (feedback.send.click, feedback.reason.submit):
            binder.bind(sent, recall_turns(self.blame), inputs, outputs)
        binder.bind(feedback.close.click, self._view.close_feedback, [], [feedback.form])

    def rate(self, action: RateAction, turns: Turns, wording: Wording) -> Updates:
        """Record that an answer is good, or ask what is wrong with it."""
        if is_running(turns):
            return self._view.tell(wording.texts.error_busy)
        if _find_answer(turns, action.turn) is None:
            return {}
        if action.rating is Rating.BAD:
            return self._ask_reason(turns, action.turn, wording)
        if turns[action.turn].rating is Rating.GOOD:  # said already
            return self._view.tell(wording.texts.feedback_thanks)
        return self._record(turns, action.turn, Rating.GOOD, "", wording)

    def blame(self, turns: Turns, language: str, number: int | None, reason: str | None) -> Updates:
        """Record that the answer that was asked about is bad, and why."""
        # The form is open only while no answer is made; who sends it otherwise is no page of ours.
        if number is None or is_running(turns):
            return self._view.close_feedback()
        recorded = self._record(turns, number, Rating.BAD, reason or "", choose_wording(language))
        return recorded or self._view.close_feedback()

    def propose(self, action: ProposeAction, turns: Turns, wording: Wording) -> Updates:
        """Propose the question of an answer for the evaluation."""
        if is_running(turns):
            return self._view.tell(wording.texts.error_busy)
        answer = _find_answer(turns, action.turn)
        if answer is None:
            return {}
        question = take_question(turns, action.turn)
        try:
            self._services.feedback.propose_question(question, answer, FACE)
        except KNOWN_FAILURES as error:
            return self._view.tell(wording.texts.feedback_failed.format(detail=error))
        proposed = replace(turns[action.turn], proposed=True)
        changed = replace_turn(turns, action.turn, proposed)
        return self._view.redraw(changed, wording, wording.texts.propose_done)

    def _ask_reason(self, turns: Turns, number: int, wording: Wording) -> Updates:
        feedback = self._controls.feedback
        return {
            feedback.turn: number,
            feedback.form: gr.update(visible=True),
            feedback.asked: render_asked(turns[number].question, wording.texts),
            feedback.reason: "",
            **self._view.tell(""),
        }

    def _record(
        self, turns: Turns, number: int, rating: Rating, reason: str, wording: Wording
    ) -> Updates:
        """Record a rating; nothing if there is no such answer."""
        answer = _find_answer(turns, number)
        if answer is None:
            return {}
        entry = FeedbackEntry.from_answer(
            take_question(turns, number),
            answer,
            rating,
            at=self._services.now(),
            face=FACE,
            reason=reason.strip(),
        )
        try:
            self._services.feedback.record(entry)
        except KNOWN_FAILURES as error:
            return self._view.tell(wording.texts.feedback_failed.format(detail=error))
        changed = replace_turn(turns, number, replace(turns[number], rating=rating))
        return {
            **self._view.redraw(changed, wording, wording.texts.feedback_thanks),
            **self._view.close_feedback(),
        }


def _find_answer(turns: Turns, number: int) -> Answer | None:
    turn = find_turn(turns, number)
    return None if turn is None else turn.answer
