"""Which texts the chat has; `japanese` and `english` say them.

What `assistant.messages` says already (sources, nearest sections, notices, reasons to skip a file)
is not said again. Names begin with the part of the page that they stand in.
"""

from dataclasses import dataclass

from assistant.messages import Language


@dataclass(frozen=True, slots=True)
class ChatTexts:
    """One language's texts of the chat; `{name}` stands for what is filled in.

    export_file: name of an exported conversation, `{date}` as in 2026-01-31.
    settings_lengths: by the greatest number of characters of an answer.
    explain_legs: by the name of the retrieval leg.
    """

    language: Language

    # The page
    title: str
    heading: str
    tagline: str
    local_only: str
    skip_to_question: str
    panel_open: str
    panel_close: str
    new_conversation: str
    tab_source: str
    tab_notes: str
    tab_settings: str
    tab_explain: str
    close: str

    # The conversation
    conversation: str
    user: str
    assistant: str
    welcome: str
    welcome_hint: str
    examples: str
    history_kept: str
    history_restored: str
    history_earlier: str
    history_not_kept: str

    # The input
    question: str
    question_placeholder: str
    question_hint: str
    send: str
    stop: str
    retry: str
    edit: str
    edit_send: str
    edit_cancel: str
    editing: str
    undo: str
    clear: str
    clear_confirm: str
    clear_cancel: str
    export: str
    export_title: str
    export_file: str
    copy_answer: str

    # What happens, told in the status line and to screen readers
    status_searching: str
    status_writing: str
    status_answered: str
    status_not_in_notes: str
    status_ambiguous: str
    status_empty_section: str
    status_stopped: str
    status_undone: str
    status_cleared: str
    status_exported: str
    status_copied: str
    status_copy_failed: str
    status_source_opened: str

    # What went wrong
    error_empty: str
    error_too_long: str
    error_rate_limited: str
    error_busy: str
    error_question: str
    error_answer: str
    error_unexpected: str
    error_source_gone: str
    error_nothing_to_retry: str
    error_nothing_to_export: str

    # An answer
    mark_label: str
    confidence: str
    confidence_value: str
    no_notes: str
    source_was_changed: str
    options_caption: str
    options_option: str
    options_support: str
    options_evidence: str
    options_chosen: str
    options_nearest: str
    options_share: str
    options_share_label: str
    options_no_evidence: str

    # A source
    source_panel: str
    source_none: str
    source_cited_line: str
    source_cited_lines: str
    source_changed: str
    source_too_long: str
    source_as_written: str
    source_neighbours: str
    source_previous: str
    source_next: str
    source_copy_link: str
    source_copy_quote: str

    # The notes
    notes_counts: str
    notes_empty_sections: str
    notes_refreshed: str
    notes_refreshing: str
    notes_problem: str
    notes_failed: str
    notes_left_out: str
    notes_warnings: str
    notes_list: str
    notes_sections: str
    notes_none: str
    notes_more: str
    refresh: str
    refresh_progress: str
    refresh_done: str
    refresh_unchanged: str
    refresh_failed: str
    scope_folders: str
    scope_tags: str
    scope_hint: str
    scope_current: str
    drop_hint: str
    drop_done: str
    drop_failed: str

    # Feedback
    feedback_good: str
    feedback_bad: str
    feedback_asked: str
    feedback_reason: str
    feedback_reason_hint: str
    feedback_send: str
    feedback_thanks: str
    feedback_failed: str
    propose: str
    propose_done: str

    # Settings
    settings_language: str
    settings_length: str
    settings_lengths: dict[int, str]
    settings_model: str
    settings_model_hint: str
    settings_theme: str
    settings_theme_light: str
    settings_theme_dark: str
    settings_theme_system: str

    # Why this answer
    explain_none: str
    explain_terms: str
    explain_no_aliases: str
    explain_rank: str
    explain_section: str
    explain_score: str
    explain_legs: dict[str, str]
    explain_cell: str
    explain_cell_none: str
