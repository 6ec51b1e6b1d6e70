"""Takes what was pressed in the page's own HTML to the panel that it is for."""

from assistant.apps.chat.actions import (
    AskAction,
    ProposeAction,
    RateAction,
    read_action,
)
from assistant.apps.chat.controls import Controls
from assistant.apps.chat.conversation_tools import PRESS_SEND
from assistant.apps.chat.conversation_view import ConversationView
from assistant.apps.chat.events import EventBinder, Updates
from assistant.apps.chat.feedback_panel import FeedbackPanel
from assistant.apps.chat.languages import Wording, choose_wording
from assistant.apps.chat.recall import recall_turns
from assistant.apps.chat.source_panel import SourcePanel
from assistant.apps.chat.turns import Turns, is_running


class Presses:
    """The bridge from `assets/chat.js`."""

    def __init__(
        self,
        controls: Controls,
        view: ConversationView,
        source: SourcePanel,
        feedback: FeedbackPanel,
    ) -> None:
        self._controls = controls
        self._view = view
        self._source = source
        self._feedback = feedback

    def connect(self, binder: EventBinder) -> None:
        """Register the events."""
        pressed, conversation = self._controls.source, self._controls.conversation
        changed = [
            conversation.pending,
            conversation.editing,
            *self._view.drawn,
            *self._source.outputs,
            *self._feedback.outputs,
        ]
        acted = binder.bind(
            pressed.act.click,
            recall_turns(self.act),
            [*self._view.inputs, pressed.action],
            changed,
        )
        binder.bind_script(acted.then, [conversation.pending], PRESS_SEND)

    def act(self, turns: Turns, language: str, text: str | None) -> Updates:
        """Do what was pressed. What the page never sends does nothing."""
        wording = choose_wording(language)
        # What was pressed before is asked already.
        done: Updates = {self._controls.conversation.pending: ""}
        match read_action(text or ""):
            case None:
                return done
            case AskAction() as action:
                return {**done, **self._ask(action, turns, wording)}
            case RateAction() as action:
                return {**done, **self._feedback.rate(action, turns, wording)}
            case ProposeAction() as action:
                return {**done, **self._feedback.propose(action, turns, wording)}
            case action:
                return {**done, **self._source.open(action, turns, wording)}

    def _ask(self, action: AskAction, turns: Turns, wording: Wording) -> Updates:
        conversation = self._controls.conversation
        if is_running(turns):
            return self._view.tell(wording.texts.error_busy)
        # It is a question of its own, not a mended one.
        return {conversation.pending: action.question, conversation.editing: None}
