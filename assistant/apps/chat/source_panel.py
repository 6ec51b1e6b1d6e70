"""Opens what was pressed: the source of a statement, or a section."""

from assistant.apps.chat.actions import CiteAction, SourceAction
from assistant.apps.chat.citation_tabs_html import render_citation_tabs
from assistant.apps.chat.controls import Controls
from assistant.apps.chat.conversation_view import ConversationView
from assistant.apps.chat.events import Updates
from assistant.apps.chat.gradio_library import Block, gr
from assistant.apps.chat.html_text import escape_line, escape_value
from assistant.apps.chat.languages import Wording
from assistant.apps.chat.layout import SOURCE_TAB
from assistant.apps.chat.services import ChatServices
from assistant.apps.chat.source_html import render_source
from assistant.apps.chat.source_places import SourcePlace, find_place, label_place, list_siblings
from assistant.apps.chat.turns import Turns
from assistant.serving.datatypes import SourceView
from assistant.serving.permalink import quote_as_markdown


class SourcePanel:
    """The panel beside the answer."""

    def __init__(self, services: ChatServices, controls: Controls, view: ConversationView) -> None:
        self._services = services
        self._controls = controls
        self._view = view

    @property
    def outputs(self) -> list[Block]:
        """All controls that the updates change, but for the status line."""
        source = self._controls.source
        return [source.place, source.shown, self._controls.tabs]

    def open(self, action: SourceAction, turns: Turns, wording: Wording) -> Updates:
        """Show what was pressed."""
        place = find_place(action, turns)
        shown = None if place is None else self.render(place, turns, wording)
        if shown is None:
            return self._view.tell(wording.texts.error_source_gone)
        return {
            self._controls.source.place: place,
            self._controls.source.shown: shown,
            self._controls.tabs: gr.update(selected=SOURCE_TAB),
        }

    def render(self, place: SourcePlace | None, turns: Turns, wording: Wording) -> str | None:
        """Return the HTML of a place, None if the notes have its section no more."""
        if place is None:
            return f'<p class="tk-empty">{escape_line(wording.texts.source_none)}</p>'
        cited, quote = None, ""
        if place.citation is not None:
            cited = (place.citation.line_start, place.citation.line_end)
            quote = place.citation.quote
        source = self._services.live.read_source(place.section_id, cited, quote)
        if source is None:
            return None
        # The section's own heading is one below that of the panel.
        heading = f'<h2 class="tk-unseen">{escape_line(wording.texts.source_panel)}</h2>'
        tabs = self._render_tabs(place, turns, wording)
        # The script tells by it that what was pressed has come.
        opened_by = escape_value(place.opened_by.model_dump_json())
        shown = heading + tabs + self._render_source(source, place, wording)
        return f'<div data-opened-by="{opened_by}">{shown}</div>'

    def _render_source(self, source: SourceView, place: SourcePlace, wording: Wording) -> str:
        start, end = source.cited or (source.line_start, source.line_end)
        link = self._services.link(source.path, start, end)
        quote = "" if place.citation is None else quote_as_markdown(place.citation, link)
        return render_source(
            source,
            label_place(place, wording.messages),
            wording.texts,
            wording.messages,
            link,
            quote,
        )

    def _render_tabs(self, place: SourcePlace, turns: Turns, wording: Wording) -> str:
        action = place.opened_by
        if not isinstance(action, CiteAction):
            return ""
        siblings = list_siblings(place, turns)
        return render_citation_tabs(siblings, action.turn, action.marker, wording.texts)
