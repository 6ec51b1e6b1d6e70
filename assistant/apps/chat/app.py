"""Puts the page together: its controls, what they do, and the functions for programs."""

from assistant.apps.chat.asking import Asking
from assistant.apps.chat.conversation_tools import ConversationTools
from assistant.apps.chat.conversation_view import ConversationView
from assistant.apps.chat.endpoints import Endpoints
from assistant.apps.chat.events import EventBinder
from assistant.apps.chat.explain_panel import ExplainPanel
from assistant.apps.chat.feedback_panel import FeedbackPanel
from assistant.apps.chat.gradio_library import gr
from assistant.apps.chat.labels import find_labels
from assistant.apps.chat.layout import lay_out
from assistant.apps.chat.limits import ChatLimits
from assistant.apps.chat.notes_panel import NotesPanel
from assistant.apps.chat.page_view import PageView
from assistant.apps.chat.presses import Presses
from assistant.apps.chat.services import ChatServices
from assistant.apps.chat.settings_panel import SettingsPanel
from assistant.apps.chat.source_panel import SourcePanel

# A page that is left is forgotten after an hour, and beyond so many pages and calls the one that
# was used longest ago.
_MAX_PAGES = 2_000
# Uploaded files are read and removed at once; what an upload left that never became an event goes
# after an hour.
_DELETE_EVERY = _DELETE_AFTER = 3600


def build_blocks(services: ChatServices, translations: gr.I18n, limits: ChatLimits) -> gr.Blocks:
    """Return the page with the functions; to be called in a running event loop.

    :param translations: `labels.build_translations`.
    """
    blocks = gr.Blocks(
        title=translations("title"),
        fill_width=True,
        analytics_enabled=False,
        delete_cache=(_DELETE_EVERY, _DELETE_AFTER),
    )
    with blocks:
        # First, since they are known by their names, of which the events leave none over.
        Endpoints(
            services.live,
            services.characters,
            limits.running,
            limits.waiting,
            services.tell_unexpected,
        ).register()
        controls = lay_out(
            translations, has_model=services.live.has_model, characters=services.characters
        )
        binder = EventBinder(services.tell_unexpected, controls.settings.language)
        view = ConversationView(controls)
        source = SourcePanel(services, controls, view)
        feedback = FeedbackPanel(services, controls, view)
        notes = NotesPanel(services, controls)
        labels = find_labels(blocks.blocks.values())
        page = PageView(controls, labels, view, source, notes, services.characters)
        tools = ConversationTools(services, controls, view)

        answered = Asking(services, controls, view).connect(binder, limits.running)
        ExplainPanel(services, controls, view).connect(binder, answered.then)
        tools.connect(binder)
        feedback.connect(binder)
        Presses(controls, view, source, feedback).connect(binder)
        notes.connect(binder)
        for drawn in SettingsPanel(services, controls, page).connect(binder, blocks.load):
            tools.connect_welcome(binder, drawn.then)
    blocks.state_session_capacity = _MAX_PAGES
    # Only what needs no queue may be called without it.
    blocks.queue(max_size=limits.waiting, default_concurrency_limit=1, api_open=False)
    return blocks
