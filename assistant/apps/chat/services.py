"""What the page works with."""

import datetime
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.apps.chat.gradio_library import gr
from assistant.messages import Language
from assistant.serving.datatypes import AnswerOptions, Scope
from assistant.serving.feedback import FeedbackStore
from assistant.serving.live_assistant import LiveAssistant
from assistant.serving.permalink import build_permalink
from assistant.serving.rate_limit import RateLimiter
from ingest.reader import ReadLimits

FACE = "chat"


@dataclass(frozen=True, slots=True)
class ChatServices:
    """One for the whole process.

    analyze: gives the content words of a text.
    characters: longest answer of a normal length.
    uses_model: whether the language model words answers until the user says otherwise.
    asking: bounds the questions of a page.
    tell_unexpected: tells the terminal of a failure that is a mistake of the program.
    now: gives the time, aware.
    """

    live: LiveAssistant
    feedback: FeedbackStore
    analyze: Callable[[str], list[str]]
    notes_folder: Path
    read_limits: ReadLimits
    permalink_base: str | None
    characters: int
    uses_model: bool
    asking: RateLimiter
    tell_unexpected: Callable[[Exception], None]
    now: Callable[[], datetime.datetime]

    def admit(self, request: gr.Request) -> int:
        """Count a question of a page; return 0, or how many seconds it has to wait."""
        client = request.client.host if request.client else ""
        return math.ceil(self.asking.admit(f"{client} {request.session_hash}"))

    def link(self, path: str, line_start: int, line_end: int) -> str:
        """Return a link to lines of a note."""
        return build_permalink(self.permalink_base, path, line_start, line_end)


def build_options(
    language: Language,
    length: int,
    *,
    use_model: bool,
    folders: Sequence[str],
    tags: Sequence[str],
) -> AnswerOptions:
    """Return how to answer, as the settings of the page say."""
    scope = Scope(tuple(folders), tuple(tags))
    return AnswerOptions(language, length, scope, use_model)
