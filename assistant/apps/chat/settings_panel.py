"""Begins a page with what the browser kept, and follows the settings that the user changes."""

from collections.abc import Sequence

from assistant.apps.chat.browser_history import read_history
from assistant.apps.chat.controls import Controls
from assistant.apps.chat.events import EventBinder, Trigger, Updates, merge_updates
from assistant.apps.chat.gradio_library import Dependency, gr
from assistant.apps.chat.kept_settings import KeptSettings, read_kept, write_kept
from assistant.apps.chat.languages import choose_theme, choose_wording, list_lengths
from assistant.apps.chat.page_language import choose_language
from assistant.apps.chat.page_view import PageView
from assistant.apps.chat.recall import recall_turns
from assistant.apps.chat.services import ChatServices
from assistant.apps.chat.source_places import SourcePlace
from assistant.apps.chat.turns import Turns
from assistant.messages import Language

# `assets/conversations.js` knows which conversation is this tab's.
_LOAD_CONVERSATION = """(history, kept) => [window.tenkyoConversations?.load() ?? "", kept]"""
_KEEP_CONVERSATION = """(history) => { window.tenkyoConversations?.keep(history); }"""
_APPLY_THEME = """(theme) => {
  const isDark = window.matchMedia("(prefers-color-scheme: dark)").matches;
  document.body.classList.toggle("dark", theme === "dark" || (theme === "system" && isDark));
}"""


class SettingsPanel:
    """The events of the settings."""

    def __init__(self, services: ChatServices, controls: Controls, page: PageView) -> None:
        self._services = services
        self._controls = controls
        self._page = page

    def connect(self, binder: EventBinder, loaded: Trigger) -> tuple[Dependency, Dependency]:
        """Register the events; return the two after which an empty page needs its welcome.

        :param loaded: starts an event when the page is there.
        """
        settings, conversation = self._controls.settings, self._controls.conversation
        notes, source = self._controls.notes, self._controls.source
        chosen = [settings.language, settings.length, settings.model, settings.theme]
        began = binder.bind(
            loaded,
            self.begin,
            [conversation.history, settings.kept],
            [*self._page.outputs, *chosen],
            _LOAD_CONVERSATION,
        )
        binder.bind_script(conversation.history.change, [conversation.history], _KEEP_CONVERSATION)
        binder.bind_script(began.then, [settings.theme], _APPLY_THEME)
        binder.bind_script(settings.theme.input, [settings.theme], _APPLY_THEME)
        for control in (settings.length, settings.model, settings.theme):
            binder.bind(control.input, self.keep, [settings.kept, *chosen], [settings.kept])
        changed = binder.bind(
            settings.language.input,
            recall_turns(self.change_language),
            [
                conversation.turns,
                conversation.history,
                *chosen,
                source.place,
                notes.folders,
                notes.tags,
            ],
            [*self._page.outputs, settings.kept],
        )
        return began, changed

    def begin(self, history: object, kept: object, request: gr.Request) -> Updates:
        """Show the conversation and the settings that the browser kept."""
        chosen = read_kept(kept)
        accepted = request.headers.get("accept-language", "")
        wording = choose_wording(chosen.language or choose_language(accepted))
        turns = read_history(history)
        told = wording.texts.history_restored if turns else ""
        settings = self._controls.settings
        lengths = list_lengths(self._services.characters)
        length = chosen.length if chosen.length in lengths else self._services.characters
        return merge_updates(
            self._page.draw(turns, None, (), (), wording, told),
            {
                settings.language: gr.update(value=wording.texts.language),
                settings.length: gr.update(value=length),
                settings.model: gr.update(value=self._choose_model(chosen)),
                settings.theme: gr.update(value=chosen.theme),
            },
        )

    def _choose_model(self, chosen: KeptSettings) -> bool:
        wanted = self._services.uses_model if chosen.use_model is None else chosen.use_model
        return wanted and self._services.live.has_model

    def keep(
        self, kept: object, _language: str, length: int, use_model: bool, theme: str
    ) -> Updates:
        """Have the browser keep the settings; the language only where one was chosen."""
        language = read_kept(kept).language
        return self._keep(language, length, use_model=use_model, theme=theme)

    def change_language(
        self,
        turns: Turns,
        language: str,
        length: int,
        use_model: bool,
        theme: str,
        place: SourcePlace | None,
        folders: Sequence[str],
        tags: Sequence[str],
    ) -> Updates:
        """Show everything in another language, now and when the page is opened again."""
        wording = choose_wording(language)
        return {
            **self._page.draw(turns, place, folders, tags, wording),
            **self._keep(wording.texts.language, length, use_model=use_model, theme=theme),
        }

    def _keep(
        self, language: Language | None, length: int, *, use_model: bool, theme: str
    ) -> Updates:
        chosen = KeptSettings(
            language=language,
            length=length,
            use_model=use_model,
            theme=choose_theme(theme),
        )
        return {self._controls.settings.kept: write_kept(chosen)}
