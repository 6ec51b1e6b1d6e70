"""What can be done with a conversation: ask again, mend a question, take back, clear, save."""

import json
from collections.abc import Sequence

from assistant.apps.chat.controls import Controls
from assistant.apps.chat.conversation_html import render_welcome
from assistant.apps.chat.conversation_view import ConversationView
from assistant.apps.chat.events import EventBinder, Trigger, Updates
from assistant.apps.chat.languages import choose_wording
from assistant.apps.chat.recall import recall_turns
from assistant.apps.chat.services import ChatServices
from assistant.apps.chat.turns import Turns, list_answered
from assistant.serving.conversation import export_markdown
from assistant.serving.datatypes import Scope

# How many questions to begin with are offered.
_EXAMPLES = 4

# Presses the button that sends, where there is a question to send.
PRESS_SEND = """(question) => {
  if (question) document.querySelector("button#tenkyo-send, #tenkyo-send button")?.click();
}"""
_FOCUS_QUESTION = """() => { document.querySelector("#tenkyo-question textarea")?.focus(); }"""
_SAVE = """(file) => {
  if (!file) return;
  const { name, text } = JSON.parse(file);
  window.tenkyo?.save(name, text);
}"""


class ConversationTools:
    """The events of the tools below the conversation."""

    def __init__(self, services: ChatServices, controls: Controls, view: ConversationView) -> None:
        self._services = services
        self._controls = controls
        self._view = view

    def connect(self, binder: EventBinder) -> None:
        """Register the events."""
        tools, conversation = self._controls.tools, self._controls.conversation
        state = self._view.inputs
        outputs = [*self._view.outputs, conversation.question, conversation.pending]
        retried = binder.bind(tools.retry.click, recall_turns(self.retry), state, outputs)
        binder.bind_script(retried.then, [conversation.pending], PRESS_SEND)
        edited = binder.bind(tools.edit.click, recall_turns(self.edit), state, outputs)
        binder.bind_script(edited.then, [], _FOCUS_QUESTION)
        binder.bind(tools.cancel_edit.click, recall_turns(self.cancel_edit), state, outputs)
        binder.bind(tools.clear.click, self.ask_to_clear, [], outputs)
        binder.bind(tools.cancel_clear.click, self.keep, [], outputs)
        for button, function in ((tools.undo, self.undo), (tools.confirm_clear, self.clear)):
            done = binder.bind(button.click, recall_turns(function), state, outputs)
            self.connect_welcome(binder, done.then)
        saved = binder.bind(
            tools.export.click,
            recall_turns(self.export),
            state,
            [tools.download, conversation.status],
        )
        binder.bind_script(saved.then, [tools.download], _SAVE)

    def connect_welcome(self, binder: EventBinder, trigger: Trigger) -> None:
        """Show questions to begin with, where there are no turns."""
        notes, conversation = self._controls.notes, self._controls.conversation
        inputs = [
            conversation.turns,
            self._controls.settings.language,
            notes.folders,
            notes.tags,
        ]
        binder.bind(trigger, self.welcome, inputs, [conversation.shown])

    def welcome(
        self, turns: Turns, language: str, folders: Sequence[str], tags: Sequence[str]
    ) -> Updates:
        """Show questions to begin with, where there are no turns."""
        if turns:
            return {}
        texts = choose_wording(language).texts
        scope = Scope(tuple(folders), tuple(tags))
        examples = self._services.live.suggest_examples(_EXAMPLES, texts.language, scope)
        return {self._controls.conversation.shown: render_welcome(examples, texts)}

    def retry(self, turns: Turns, language: str) -> Updates:
        """Have the last question asked again, in the place of its turn."""
        conversation = self._controls.conversation
        if not turns:
            return self._view.tell(choose_wording(language).texts.error_nothing_to_retry)
        return {conversation.pending: turns[-1].question, conversation.editing: len(turns) - 1}

    def edit(self, turns: Turns, language: str) -> Updates:
        """Put the last question into the box; what is sent then takes the place of its turn."""
        wording = choose_wording(language)
        if not turns:
            return self._view.tell(wording.texts.error_nothing_to_retry)
        return self._view.edit_last(turns, wording)

    def cancel_edit(self, turns: Turns, language: str) -> Updates:
        """Leave the conversation as it is, with an empty box."""
        shown = self._view.show(turns, choose_wording(language))
        return {**shown, self._controls.conversation.question: ""}

    def undo(self, turns: Turns, language: str) -> Updates:
        """Take the last turn back."""
        wording = choose_wording(language)
        return self._view.show(turns[:-1], wording, wording.texts.status_undone)

    def ask_to_clear(self) -> Updates:
        """Ask whether all turns shall go."""
        return self._view.offer_clearing(is_asked=True)

    def keep(self) -> Updates:
        """Leave the turns."""
        return self._view.offer_clearing(is_asked=False)

    def clear(self, _turns: Turns, language: str) -> Updates:
        """Forget all turns, in the browser too."""
        wording = choose_wording(language)
        return self._view.show((), wording, wording.texts.status_cleared)

    def export(self, turns: Turns, language: str) -> Updates:
        """Write the conversation down as Markdown, for the page to save it."""
        wording = choose_wording(language)
        texts, download = wording.texts, self._controls.tools.download
        answered = list_answered(turns)
        if not answered:
            return {**self._view.tell(texts.error_nothing_to_export), download: ""}
        document = export_markdown(
            answered,
            wording.messages,
            lambda c: self._services.link(c.path, c.line_start, c.line_end),
        )
        date = self._services.now().astimezone().date().isoformat()
        name = texts.export_file.format(date=date)
        file = {"name": name, "text": f"# {texts.export_title} {date}\n\n{document}"}
        return {
            **self._view.tell(texts.status_exported.format(name=name)),
            download: json.dumps(file, ensure_ascii=True),
        }
