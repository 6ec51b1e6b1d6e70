"""Draws the whole page in a language."""

from collections.abc import Iterable, Sequence

from assistant.apps.chat.controls import Controls
from assistant.apps.chat.conversation_view import ConversationView
from assistant.apps.chat.events import Updates, merge_updates
from assistant.apps.chat.gradio_library import Block, gr
from assistant.apps.chat.header_html import render_header
from assistant.apps.chat.html_text import escape_line
from assistant.apps.chat.labels import Labels, write_labels
from assistant.apps.chat.languages import Wording, label_lengths, label_themes
from assistant.apps.chat.notes_panel import NotesPanel
from assistant.apps.chat.page_data_html import render_page_data
from assistant.apps.chat.source_panel import SourcePanel
from assistant.apps.chat.source_places import SourcePlace
from assistant.apps.chat.turns import Turns, is_running


class PageView:
    """Makes the updates of everything that says something.

    characters: longest answer of a normal length.
    """

    def __init__(
        self,
        controls: Controls,
        labels: Iterable[Labels],
        view: ConversationView,
        source: SourcePanel,
        notes: NotesPanel,
        characters: int,
    ) -> None:
        self._controls = controls
        self._labels = tuple(labels)
        self._view = view
        self._source = source
        self._notes = notes
        self._characters = characters

    @property
    def outputs(self) -> list[Block]:
        """All controls that the updates change."""
        controls = self._controls
        drawn = [
            *self._view.outputs,
            *(label.control for label in self._labels),
            controls.header,
            controls.source.shown,
            controls.notes.overview,
            controls.notes.folders,
            controls.notes.tags,
            controls.notes.scope,
            controls.settings.length,
            controls.settings.theme,
        ]
        return list(dict.fromkeys(drawn))

    def draw(
        self,
        turns: Turns,
        place: SourcePlace | None,
        folders: Sequence[str],
        tags: Sequence[str],
        wording: Wording,
        told: str = "",
    ) -> Updates:
        """Return the updates that show everything in a language.

        An answer under way goes on in the language that it was begun in.

        :param told: what happened, for the status line.
        """
        texts, controls = wording.texts, self._controls
        gone = f'<p class="tk-notice">{escape_line(texts.error_source_gone)}</p>'
        themes = label_themes(texts)
        lengths = label_lengths(texts, self._characters)
        return merge_updates(
            write_labels(self._labels, texts),
            {} if is_running(turns) else self._view.show(turns, wording, told),
            self._notes.show(texts.language, folders, tags),
            self._notes.tell_scope(texts.language, folders, tags),
            {
                controls.header: render_page_data(texts) + render_header(texts),
                controls.source.shown: self._source.render(place, turns, wording) or gone,
                controls.settings.length: gr.update(choices=lengths),
                controls.settings.theme: gr.update(choices=themes),
            },
        )
