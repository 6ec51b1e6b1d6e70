"""Lays the page out: which controls there are and where they stand.

Their labels are keys of `ChatTexts`; the browser's language chooses the text, until the user does.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.apps.chat.controls import (
    Controls,
    ConversationControls,
    FeedbackControls,
    NotesControls,
    SettingControls,
    SourceControls,
    ToolControls,
)
from assistant.apps.chat.gradio_library import I18nData, gr
from assistant.apps.chat.languages import LANGUAGE_NAMES, label_lengths, label_themes
from assistant.apps.chat.texts import JAPANESE

SOURCE_TAB, NOTES_TAB, SETTINGS_TAB, EXPLAIN_TAB = "source", "notes", "settings", "explain"

# Key of the browser's own storage. What is kept there is coded with the second only because gradio
# insists on it: anybody who has the browser has the key too.
_SETTINGS_KEY = "tenkyo-settings"
_CODE = "tenkyo"
# After this, the copy of a conversation that the server holds is forgotten; the browser has one.
_SECONDS_HELD = 24 * 3600

Translate = Callable[[str], I18nData]


def lay_out(translate: Translate, *, has_model: bool, characters: int) -> Controls:
    """Make all controls; to be called inside the blocks of the page.

    :param translate: gives the text of a field of `ChatTexts` in the browser's language.
    :param has_model: whether a language model can word answers.
    :param characters: how long answers are at first.
    """
    header = _html("header")
    unseen = _lay_out_unseen()
    with gr.Row(elem_id="tenkyo-main"):
        with gr.Column(scale=3, min_width=320, elem_id="tenkyo-chat"):
            shown = _html("conversation")
            status = _html("status")
            feedback = _lay_out_feedback(translate, unseen)
            scope = _html("scope")
            question, ask, stop = _lay_out_input(translate)
            tools = _lay_out_tools(translate, unseen)
        with (
            gr.Column(scale=2, min_width=320, elem_id="tenkyo-side"),
            gr.Tabs(elem_id="tenkyo-tabs") as tabs,
        ):
            with gr.Tab(translate("tab_source"), id=SOURCE_TAB, elem_id="tenkyo-tab-source") as tab:
                source = SourceControls(
                    unseen.place, _html("source"), tab, unseen.action, unseen.act
                )
            with gr.Tab(translate("tab_notes"), id=NOTES_TAB, elem_id="tenkyo-tab-notes") as tab:
                notes = _lay_out_notes(translate, tab, scope)
            with gr.Tab(
                translate("tab_settings"), id=SETTINGS_TAB, elem_id="tenkyo-tab-settings"
            ) as tab:
                settings = _lay_out_settings(translate, tab, unseen, has_model, characters)
            with gr.Tab(
                translate("tab_explain"), id=EXPLAIN_TAB, elem_id="tenkyo-tab-explain"
            ) as explain_tab:
                explanation = _html("explanation")
    return Controls(
        header,
        ConversationControls(
            unseen.turns,
            unseen.history,
            unseen.editing,
            shown,
            status,
            question,
            unseen.pending,
            ask,
            stop,
        ),
        tools,
        feedback,
        tabs,
        source,
        notes,
        settings,
        explain_tab,
        explanation,
        unseen.is_explaining,
    )


@dataclass(frozen=True, slots=True)
class _Unseen:
    """What the page works with and does not show; in no tab, whose contents come and go."""

    turns: gr.State
    history: gr.Textbox
    editing: gr.State
    rated: gr.State
    place: gr.State
    is_explaining: gr.State
    kept: gr.BrowserState
    pending: gr.Textbox
    download: gr.Textbox
    action: gr.Textbox
    act: gr.Button


def _lay_out_unseen() -> _Unseen:
    return _Unseen(
        turns=gr.State((), time_to_live=_SECONDS_HELD),
        history=_hidden_textbox("history"),
        editing=gr.State(None),
        rated=gr.State(None),
        place=gr.State(None),
        is_explaining=gr.State(False),
        kept=gr.BrowserState("", storage_key=_SETTINGS_KEY, secret=_CODE),
        pending=_hidden_textbox("pending"),
        download=_hidden_textbox("download"),
        action=_hidden_textbox("action"),
        act=_button("", "act", visible="hidden"),
    )


def _lay_out_feedback(translate: Translate, unseen: _Unseen) -> FeedbackControls:
    with gr.Column(elem_id="tenkyo-feedback-form", visible=False) as form:
        asked = _html("feedback-asked")
        reason = gr.Textbox(
            label=translate("feedback_reason"),
            placeholder=translate("feedback_reason_hint"),
            lines=1,
            max_lines=4,
            elem_id="tenkyo-reason",
        )
        with gr.Row(elem_id="tenkyo-feedback-buttons"):
            send = _button(translate("feedback_send"), "send-feedback")
            close = _button(translate("close"), "close-feedback")
    return FeedbackControls(unseen.rated, form, asked, reason, send, close)


def _lay_out_input(translate: Translate) -> tuple[gr.Textbox, gr.Button, gr.Button]:
    with gr.Row(elem_id="tenkyo-input", equal_height=False):
        question = gr.Textbox(
            label=translate("question"),
            placeholder=translate("question_placeholder"),
            info=translate("question_hint"),
            lines=1,
            max_lines=8,
            scale=1,
            autofocus=True,
            elem_id="tenkyo-question",
        )
        send = _button(translate("send"), "send", variant="primary")
        stop = _button(translate("stop"), "stop", variant="stop", visible=False)
    return question, send, stop


def _lay_out_tools(translate: Translate, unseen: _Unseen) -> ToolControls:
    with gr.Row(elem_id="tenkyo-tools"):
        retry = _button(translate("retry"), "retry", interactive=False)
        edit = _button(translate("edit"), "edit", interactive=False)
        cancel_edit = _button(translate("edit_cancel"), "cancel-edit", visible=False)
        undo = _button(translate("undo"), "undo", interactive=False)
        clear = _button(translate("clear"), "clear", interactive=False)
        confirm_clear = _button(
            translate("clear_confirm"), "confirm-clear", variant="stop", visible=False
        )
        cancel_clear = _button(translate("clear_cancel"), "cancel-clear", visible=False)
        export = _button(translate("export"), "export", interactive=False)
    return ToolControls(
        retry,
        edit,
        cancel_edit,
        undo,
        clear,
        confirm_clear,
        cancel_clear,
        export,
        unseen.download,
    )


def _lay_out_notes(translate: Translate, tab: gr.Tab, scope: gr.HTML) -> NotesControls:
    overview = _html("overview")
    status = _html("notes-status")
    return NotesControls(
        tab=tab,
        overview=overview,
        status=status,
        refresh=_button(translate("refresh"), "refresh"),
        folders=_dropdown(translate("scope_folders"), "folders", translate("scope_hint")),
        tags=_dropdown(translate("scope_tags"), "tags"),
        scope=scope,
        drop=gr.File(
            label=translate("drop_hint"),
            file_count="multiple",
            file_types=[".md"],
            height=120,
            elem_id="tenkyo-drop",
        ),
    )


def _lay_out_settings(
    translate: Translate, tab: gr.Tab, unseen: _Unseen, has_model: bool, characters: int
) -> SettingControls:
    return SettingControls(
        tab=tab,
        kept=unseen.kept,
        language=_radio(translate("settings_language"), "language", LANGUAGE_NAMES),
        length=_radio(
            translate("settings_length"), "length", label_lengths(JAPANESE, characters), characters
        ),
        model=gr.Checkbox(
            value=False,
            label=translate("settings_model"),
            info=translate("settings_model_hint"),
            visible=has_model,
            elem_id="tenkyo-model",
        ),
        theme=_radio(translate("settings_theme"), "theme", label_themes(JAPANESE), "system"),
    )


def _html(name: str) -> gr.HTML:
    # gradio's own styles for running text would meddle with ours, and no click on it is an event.
    return gr.HTML("", apply_default_css=False, js_on_load=None, elem_id=f"tenkyo-{name}")


def _button(
    label: str | I18nData,
    name: str,
    *,
    variant: Literal["primary", "secondary", "stop"] = "secondary",
    visible: bool | Literal["hidden"] = True,
    interactive: bool = True,
) -> gr.Button:
    return gr.Button(
        label,
        variant=variant,
        visible=visible,
        interactive=interactive,
        size="md",
        scale=0,
        min_width=80,
        elem_id=f"tenkyo-{name}",
    )


def _hidden_textbox(name: str) -> gr.Textbox:
    return gr.Textbox(visible="hidden", container=False, elem_id=f"tenkyo-{name}")


def _dropdown(label: I18nData, name: str, info: I18nData | None = None) -> gr.Dropdown:
    return gr.Dropdown(
        [], value=[], multiselect=True, label=label, info=info, elem_id=f"tenkyo-{name}"
    )


def _radio(
    label: I18nData,
    name: str,
    choices: Sequence[tuple[str, str | int]],
    value: str | int | None = None,
) -> gr.Radio:
    return gr.Radio(choices, value=value, label=label, elem_id=f"tenkyo-{name}")
