"""Explains why the last question found what it found, while the panel for it is open."""

from collections.abc import Sequence

from assistant.apps.chat.controls import Controls
from assistant.apps.chat.conversation_view import ConversationView
from assistant.apps.chat.events import EventBinder, Trigger, Updates
from assistant.apps.chat.explain_html import render_explanation
from assistant.apps.chat.failures import KNOWN_FAILURES, describe_failure
from assistant.apps.chat.html_text import escape_line
from assistant.apps.chat.languages import Wording, choose_wording
from assistant.apps.chat.recall import recall_turns
from assistant.apps.chat.services import ChatServices, build_options
from assistant.apps.chat.turns import Turns, take_question


class ExplainPanel:
    """The panel with words, aliases and the ranking of the last question."""

    def __init__(self, services: ChatServices, controls: Controls, view: ConversationView) -> None:
        self._services = services
        self._controls = controls
        self._view = view

    def connect(self, binder: EventBinder, after_answer: Trigger) -> None:
        """Register the events.

        :param after_answer: starts an event when an answer is whole.
        """
        inputs = [*self._view.inputs, self._controls.notes.folders, self._controls.notes.tags]
        shown = [self._controls.explanation, self._controls.is_explaining]
        binder.bind(self._controls.explain_tab.select, recall_turns(self.open), inputs, shown)
        for tab in (
            self._controls.source.tab,
            self._controls.notes.tab,
            self._controls.settings.tab,
        ):
            binder.bind(tab.select, self.close, [], [self._controls.is_explaining])
        again = [*inputs, self._controls.is_explaining]
        binder.bind(after_answer, recall_turns(self.follow), again, shown)

    def open(
        self, turns: Turns, language: str, folders: Sequence[str], tags: Sequence[str]
    ) -> Updates:
        """Explain the last question from now on."""
        return {
            self._controls.is_explaining: True,
            **self.follow(turns, language, folders, tags, is_explaining=True),
        }

    def close(self) -> Updates:
        """Explain no more: it takes as long as a search."""
        return {self._controls.is_explaining: False}

    def follow(
        self,
        turns: Turns,
        language: str,
        folders: Sequence[str],
        tags: Sequence[str],
        is_explaining: bool,
    ) -> Updates:
        """Explain the last question, if the panel is open."""
        if not is_explaining:
            return {}
        wording = choose_wording(language)
        shown = self._explain(turns, folders, tags, wording)
        return {self._controls.explanation: shown}

    def _explain(
        self, turns: Turns, folders: Sequence[str], tags: Sequence[str], wording: Wording
    ) -> str:
        if not turns:
            return f'<p class="tk-empty">{escape_line(wording.texts.explain_none)}</p>'
        asked = take_question(turns, len(turns) - 1)
        options = build_options(
            wording.texts.language,
            self._services.characters,
            use_model=False,
            folders=folders,
            tags=tags,
        )
        try:
            explanation = self._services.live.explain(asked, options)
        except KNOWN_FAILURES as error:
            told = describe_failure(error, wording.texts)
            return f'<p class="tk-problem">{escape_line(told)}</p>'
        terms = tuple(dict.fromkeys(self._services.analyze(turns[-1].question)))
        return render_explanation(explanation, terms, wording.texts, wording.messages)
