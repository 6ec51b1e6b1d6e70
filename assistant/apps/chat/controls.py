"""Everything on the page that events read or change; the layout makes it, the panels use it."""

from dataclasses import dataclass

from assistant.apps.chat.gradio_library import gr


@dataclass(frozen=True, slots=True)
class ConversationControls:
    """The conversation and what is asked.

    turns: the conversation (`turns.Turns`); `history` is what the page holds of it, for the script
        to keep in the browser (`browser_history`).
    editing: number of the turn whose question is being mended, None if none is.
    pending: a question that is asked in place of the one in the box; empty if there is none.
    """

    turns: gr.State
    history: gr.Textbox
    editing: gr.State
    shown: gr.HTML
    status: gr.HTML
    question: gr.Textbox
    pending: gr.Textbox
    send: gr.Button
    stop: gr.Button


@dataclass(frozen=True, slots=True)
class ToolControls:
    """What is done with the conversation as a whole.

    download: what the script of the page saves as a file.
    """

    retry: gr.Button
    edit: gr.Button
    cancel_edit: gr.Button
    undo: gr.Button
    clear: gr.Button
    confirm_clear: gr.Button
    cancel_clear: gr.Button
    export: gr.Button
    download: gr.Textbox


@dataclass(frozen=True, slots=True)
class FeedbackControls:
    """Why an answer is not good.

    turn: number of the answer that is asked about, None if none was yet; `asked` names it.
    """

    turn: gr.State
    form: gr.Column
    asked: gr.HTML
    reason: gr.Textbox
    send: gr.Button
    close: gr.Button


@dataclass(frozen=True, slots=True)
class SourceControls:
    """The panel beside the answer.

    place: what it shows (`source_places.SourcePlace`), None for nothing yet.
    action, act: how a press on the page's own HTML comes here.
    """

    place: gr.State
    shown: gr.HTML
    tab: gr.Tab
    action: gr.Textbox
    act: gr.Button


@dataclass(frozen=True, slots=True)
class NotesControls:
    """The panel of the notes.

    scope: beside the question, which notes alone are answered from.
    """

    tab: gr.Tab
    overview: gr.HTML
    status: gr.HTML
    refresh: gr.Button
    folders: gr.Dropdown
    tags: gr.Dropdown
    scope: gr.HTML
    drop: gr.File


@dataclass(frozen=True, slots=True)
class SettingControls:
    """How answers are made and shown; `kept` is their copy in the browser."""

    tab: gr.Tab
    kept: gr.BrowserState
    language: gr.Radio
    length: gr.Radio
    model: gr.Checkbox
    theme: gr.Radio


@dataclass(frozen=True, slots=True)
class Controls:
    """All of them.

    is_explaining: whether the panel that explains is the one shown.
    """

    header: gr.HTML
    conversation: ConversationControls
    tools: ToolControls
    feedback: FeedbackControls
    tabs: gr.Tabs
    source: SourceControls
    notes: NotesControls
    settings: SettingControls
    explain_tab: gr.Tab
    explanation: gr.HTML
    is_explaining: gr.State
