"""How the notes stand: which are searched, how fresh they are, what is wrong with them."""

import datetime
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import PurePosixPath

from assistant.apps.chat.html_text import escape_line, format_place
from assistant.apps.chat.text_fields import ChatTexts
from assistant.messages import Messages
from assistant.serving.datatypes import NoteEntry, NotesOverview
from ingest.datatypes import SkippedFile
from ingest.note_warning import NoteWarning

# More notes, or more problems, than anyone reads in a list.
_MOST_ENTRIES = 1_000


def render_overview(overview: NotesOverview, texts: ChatTexts, messages: Messages) -> str:
    """Return the HTML of the notes panel: counts, time, problems, and the notes by folder."""
    counts = texts.notes_counts.format(notes=len(overview.notes), sections=overview.sections)
    parts = [f'<p class="tk-counts">{escape_line(counts)}</p>']
    if overview.empty_sections:
        told = texts.notes_empty_sections.format(count=overview.empty_sections)
        parts.append(f"<p>{escape_line(told)}</p>")
    parts.append(_render_freshness(overview, texts))
    failed = [entry for entry in overview.skipped if entry.reason.is_failure]
    left_out = [entry for entry in overview.skipped if not entry.reason.is_failure]
    parts += [
        _render_problems(texts.notes_failed, _list_skipped(failed, messages), texts, "tk-warning"),
        _render_problems(
            texts.notes_warnings, _list_warnings(overview.warnings, messages), texts, "tk-warning"
        ),
        _render_problems(texts.notes_left_out, _list_skipped(left_out, messages), texts, ""),
        _render_notes(overview.notes, texts),
    ]
    return f'<div class="tk-notes">{"".join(parts)}</div>'


def render_scope(folders: Sequence[str], tags: Sequence[str], texts: ChatTexts) -> str:
    """Return the HTML of the line that says which notes alone are answered from; none for all."""
    names = [*folders, *(f"#{tag}" for tag in tags)]
    if not names:
        return ""
    separator = "、" if texts.language == "ja" else ", "
    told = texts.scope_current.format(names=separator.join(names))
    return f'<p class="tk-scope">{escape_line(told)}</p>'


def _render_freshness(overview: NotesOverview, texts: ChatTexts) -> str:
    refreshed = overview.refreshed_at.astimezone(datetime.UTC)
    # The script shows it in the reader's own time zone.
    shown = (
        f'<p>{escape_line(texts.notes_refreshed)}: <time class="tk-time"'
        f' datetime="{refreshed.isoformat(timespec="seconds")}">'
        f"{refreshed:%Y-%m-%d %H:%M} UTC</time></p>"
    )
    if overview.is_refreshing:
        shown += f'<p class="tk-notice">{escape_line(texts.notes_refreshing)}</p>'
    if overview.problem is not None:
        told = texts.notes_problem.format(detail=overview.problem)
        shown += f'<p class="tk-warning">{escape_line(told)}</p>'
    return shown


def _list_skipped(skipped: Sequence[SkippedFile], messages: Messages) -> list[str]:
    """Return path, reason and, where something failed, what to do: English, as the reader says."""
    return [
        f'<li><span class="tk-path">{escape_line(entry.path)}</span>'
        f" {escape_line(messages.skip_reasons[entry.reason])}"
        + (f': <span lang="en">{escape_line(entry.detail)}</span>' if entry.detail else "")
        + "</li>"
        for entry in skipped
    ]


def _list_warnings(warnings: Sequence[NoteWarning], messages: Messages) -> list[str]:
    items = []
    for warning in warnings:
        place = format_place(messages, warning.path, warning.line, warning.line)
        items.append(
            f'<li><span class="tk-path">{escape_line(place)}</span>'
            f': <span lang="en">{escape_line(warning.detail)}</span></li>'
        )
    return items


def _render_problems(title: str, items: Sequence[str], texts: ChatTexts, kind: str) -> str:
    """Return a titled list that opens; nothing without items.

    :param title: with a `{count}`.
    """
    if not items:
        return ""
    summary = escape_line(title.format(count=len(items)))
    shown = "".join(items[:_MOST_ENTRIES]) + _tell_more(len(items), texts)
    return f'<details class="{kind}"><summary>{summary}</summary><ul>{shown}</ul></details>'


def _render_notes(notes: Sequence[NoteEntry], texts: ChatTexts) -> str:
    if not notes:
        return f"<p>{escape_line(texts.notes_none)}</p>"
    tree = "".join(_render_folder(notes[:_MOST_ENTRIES], 0, texts))
    title = escape_line(texts.notes_list)
    more = _tell_more(len(notes), texts)
    return f'<details><summary>{title}</summary><ul class="tk-tree">{tree}{more}</ul></details>'


def _render_folder(notes: Sequence[NoteEntry], depth: int, texts: ChatTexts) -> Iterator[str]:
    """Yield the items of a folder: its folders, each with what is in it, then its own notes.

    :param notes: all in the folder.
    :param depth: how many folders their paths begin with up to here.
    """
    below = [note for note in notes if len(PurePosixPath(note.path).parts) > depth + 1]
    for name, group in groupby(below, lambda note: PurePosixPath(note.path).parts[depth]):
        members = list(group)
        items = "".join(_render_folder(members, depth + 1, texts))
        yield (
            f'<li><details class="tk-folder"><summary>{escape_line(name)}/'
            f' <span class="tk-count">{len(members)}</span></summary>'
            f"<ul>{items}</ul></details></li>"
        )
    for note in notes:
        if len(PurePosixPath(note.path).parts) == depth + 1:
            yield _render_note(note, texts)


def _render_note(note: NoteEntry, texts: ChatTexts) -> str:
    name = escape_line(PurePosixPath(note.path).name)
    sections = escape_line(texts.notes_sections.format(count=note.sections))
    tags = "".join(f' <span class="tk-tag">#{escape_line(tag)}</span>' for tag in note.tags)
    return (
        f'<li><span class="tk-path">{name}</span>'
        f' <span class="tk-count">{sections}</span>{tags}</li>'
    )


def _tell_more(count: int, texts: ChatTexts) -> str:
    left = count - _MOST_ENTRIES
    return f"<li>{escape_line(texts.notes_more.format(count=left))}</li>" if left > 0 else ""
