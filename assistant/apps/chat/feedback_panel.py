"""Takes what the user thinks of the last answer, and proposes its question for the evaluation."""

from dataclasses import replace

from assistant.apps.chat.controls import Controls
from assistant.apps.chat.conversation_view import ConversationView
from assistant.apps.chat.events import EventBinder, Updates
from assistant.apps.chat.failures import KNOWN_FAILURES
from assistant.apps.chat.gradio_library import gr
from assistant.apps.chat.languages import choose_wording
from assistant.apps.chat.services import FACE, ChatServices
from assistant.apps.chat.turns import Turns, list_answered, replace_last
from assistant.datatypes import Question
from assistant.serving.conversation import history_of
from assistant.serving.feedback import FeedbackEntry, Rating


class FeedbackPanel:
    """The events of the buttons below the last answer."""

    def __init__(self, services: ChatServices, controls: Controls, view: ConversationView) -> None:
        self._services = services
        self._controls = controls
        self._view = view

    def connect(self, binder: EventBinder) -> None:
        """Register the events."""
        feedback = self._controls.feedback
        state = [self._controls.conversation.turns, self._controls.settings.language]
        outputs = [*self._view.outputs, feedback.reason]
        binder.bind(feedback.good.click, self.praise, state, outputs)
        binder.bind(feedback.bad.click, self.ask_reason, [], [feedback.form, feedback.reason])
        binder.bind(feedback.send.click, self.blame, [*state, feedback.reason], outputs)
        binder.bind(feedback.reason.submit, self.blame, [*state, feedback.reason], outputs)
        binder.bind(feedback.propose.click, self.propose, state, outputs)

    def ask_reason(self) -> Updates:
        """Ask what is wrong with the answer."""
        feedback = self._controls.feedback
        return {feedback.form: gr.update(visible=True), feedback.reason: ""}

    def praise(self, turns: Turns, language: str) -> Updates:
        """Record that the last answer is good."""
        return self._record(turns, language, Rating.GOOD, "")

    def blame(self, turns: Turns, language: str, reason: str | None) -> Updates:
        """Record that the last answer is bad, and why."""
        return self._record(turns, language, Rating.BAD, reason or "")

    def propose(self, turns: Turns, language: str) -> Updates:
        """Propose the last question for the evaluation."""
        wording = choose_wording(language)
        answer = turns[-1].answer if turns else None
        if answer is None:
            return {}
        try:
            self._services.feedback.propose_question(_take_question(turns), answer, FACE)
        except KNOWN_FAILURES as error:
            return self._view.tell(wording.texts.feedback_failed.format(detail=error))
        changed = replace_last(turns, replace(turns[-1], proposed=True))
        return self._view.show(changed, wording, wording.texts.propose_done)

    def _record(self, turns: Turns, language: str, rating: Rating, reason: str) -> Updates:
        wording = choose_wording(language)
        answer = turns[-1].answer if turns else None
        if answer is None:
            return {}
        entry = FeedbackEntry.from_answer(
            _take_question(turns),
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
        changed = replace_last(turns, replace(turns[-1], rating=rating))
        return self._view.show(changed, wording, wording.texts.feedback_thanks)


def _take_question(turns: Turns) -> Question:
    """Return the last question with what was asked before it."""
    return Question(turns[-1].question, history=history_of(list_answered(turns[:-1])))
