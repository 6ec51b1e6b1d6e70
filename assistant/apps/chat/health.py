"""What the chat tells of its health."""

from assistant.serving.datatypes import NotesOverview


def health_record(overview: NotesOverview, version: str) -> dict[str, object]:
    """Return whether the chat answers from fresh notes, as JSON shows it.

    It answers in any case: `degraded` says that the notes could not be read when last tried, and
    that it answers from what they were before.
    """
    return {
        "status": "ok" if overview.problem is None else "degraded",
        "notes": len(overview.notes),
        "sections": overview.sections,
        "refreshed_at": overview.refreshed_at.isoformat(timespec="seconds"),
        "version": version,
    }
