"""What the page shows of a conversation: its turns, and which controls go with its state."""

from assistant.apps.chat.browser_history import write_history
from assistant.apps.chat.controls import Controls, ConversationControls, ToolControls
from assistant.apps.chat.conversation_html import (
    frame_turns,
    render_conversation,
    render_status,
    render_turn,
)
from assistant.apps.chat.events import Updates, merge_updates
from assistant.apps.chat.gradio_library import Block, gr
from assistant.apps.chat.languages import Wording
from assistant.apps.chat.turns import Turns


class ConversationView:
    """Makes the updates of the controls around a conversation."""

    def __init__(self, controls: Controls) -> None:
        self._controls = controls

    @property
    def inputs(self) -> list[Block]:
        """What an event on the conversation begins with; `recall_turns` makes turns of it."""
        conversation = self._controls.conversation
        return [conversation.turns, conversation.history, self._controls.settings.language]

    @property
    def drawn(self) -> list[Block]:
        """The controls that `redraw` changes."""
        conversation = self._controls.conversation
        return [
            conversation.turns,
            conversation.history,
            conversation.shown,
            conversation.status,
        ]

    @property
    def outputs(self) -> list[Block]:
        """All controls that the updates change."""
        conversation, tools = self._parts()
        return [
            *self.drawn,
            conversation.send,
            conversation.stop,
            conversation.editing,
            tools.retry,
            tools.edit,
            tools.cancel_edit,
            tools.undo,
            tools.export,
            tools.clear,
            tools.confirm_clear,
            tools.cancel_clear,
            self._controls.feedback.form,
        ]

    def show(self, turns: Turns, wording: Wording, told: str = "") -> Updates:
        """Return the updates for a conversation whose answers are all made.

        The browser gets it to keep. What was begun with the conversation as it was, mending a
        question or clearing it all, is over. Without turns, what is shown is left to who knows
        examples.

        :param told: what happened, for the status line.
        """
        conversation, tools = self._parts()
        return {
            **self.redraw(turns, wording, told),
            conversation.send: gr.update(visible=True, value=wording.texts.send),
            conversation.stop: gr.update(visible=False),
            conversation.editing: None,
            tools.cancel_edit: gr.update(visible=False),
            **self._offer_tools(are_usable=bool(turns)),
            **self.close_feedback(),
        }

    def redraw(self, turns: Turns, wording: Wording, told: str) -> Updates:
        """Return the updates for turns of which something else is to be shown than before.

        Whatever the user has begun goes on.

        :param told: what happened, for the status line.
        """
        conversation = self._controls.conversation
        updates: Updates = {
            conversation.turns: turns,
            conversation.history: write_history(turns),
            conversation.status: render_status(told),
        }
        if turns:
            shown = render_conversation(turns, wording.texts, wording.messages)
            updates[conversation.shown] = shown
        return updates

    def begin(self, turns: Turns, wording: Wording, told: str) -> Updates:
        """Return the updates for a conversation whose last answer is being made."""
        conversation, tools = self._parts()
        shown = render_conversation(turns, wording.texts, wording.messages)
        return {
            conversation.turns: turns,
            conversation.shown: shown,
            conversation.status: render_status(told),
            conversation.send: gr.update(visible=False),
            conversation.stop: gr.update(visible=True),
            tools.cancel_edit: gr.update(visible=False),
            **self._offer_tools(are_usable=False),
            **self.close_feedback(),
        }

    def grow(self, turns: Turns, earlier: str, wording: Wording) -> Updates:
        """Return the updates for what there is of the last answer.

        :param earlier: the HTML of the turns before it, which does not change meanwhile.
        """
        number = len(turns) - 1
        last = render_turn(turns[-1], number, wording.texts, wording.messages)
        return {
            self._controls.conversation.turns: turns,
            self._controls.conversation.shown: frame_turns(
                earlier + last, wording.texts, is_busy=True
            ),
        }

    def offer_clearing(self, *, is_asked: bool) -> Updates:
        """Return the updates of the buttons that clear the conversation.

        :param is_asked: whether the user is being asked if that is meant.
        """
        tools = self._controls.tools
        return {
            tools.clear: gr.update(visible=not is_asked),
            tools.confirm_clear: gr.update(visible=is_asked),
            tools.cancel_clear: gr.update(visible=is_asked),
        }

    def edit_last(self, turns: Turns, wording: Wording) -> Updates:
        """Return the updates for mending the question of the last turn."""
        conversation = self._controls.conversation
        return {
            **self.tell(wording.texts.editing),
            conversation.question: turns[-1].question,
            conversation.editing: len(turns) - 1,
            conversation.send: gr.update(value=wording.texts.edit_send),
            self._controls.tools.cancel_edit: gr.update(visible=True),
        }

    def close_feedback(self) -> Updates:
        """Return the update that asks no more why an answer is not good."""
        return {self._controls.feedback.form: gr.update(visible=False)}

    def tell(self, told: str) -> Updates:
        """Return the update of the status line alone."""
        return {self._controls.conversation.status: render_status(told)}

    def _offer_tools(self, *, are_usable: bool) -> Updates:
        # They stay where they are, so that nothing moves while an answer is made.
        tools = self._controls.tools
        usable = gr.update(interactive=are_usable)
        return merge_updates(
            dict.fromkeys((tools.retry, tools.edit, tools.undo, tools.clear, tools.export), usable),
            self.offer_clearing(is_asked=False),
        )

    def _parts(self) -> tuple[ConversationControls, ToolControls]:
        return self._controls.conversation, self._controls.tools
