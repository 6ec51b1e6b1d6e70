"""Says for every line of a note whether it is cited, as the HTML of the line."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.apps.chat.html_text import escape_text


@dataclass(frozen=True, slots=True)
class LineMarks:
    """Opens and closes the elements of lines; lines are 1-based lines of the note.

    cited: first and last cited line, inclusive.
    """

    cited: tuple[int, int] | None

    def open_line(self, line: int) -> str:
        """Return the start tag of a line within a block."""
        return f"<{self._name(line)} {self.describe(line)}>"

    def close_line(self, line: int) -> str:
        """Return the end tag of a line within a block."""
        return f"</{self._name(line)}>"

    def describe(self, line: int) -> str:
        """Return the attributes of an element that is a line of the note."""
        kind = "tk-cited" if self._is_cited(line) else "tk-line"
        return f'class="{kind}" data-line="{line}"'

    def render_code(self, lines: Sequence[str], first_line: int) -> str:
        """Return lines of code as they stand, each in its element, joined by line feeds."""
        return "\n".join(
            f"{self.open_line(line)}{escape_text(text)}{self.close_line(line)}"
            for line, text in enumerate(lines, start=first_line)
        )

    def _name(self, line: int) -> str:
        return "mark" if self._is_cited(line) else "span"

    def _is_cited(self, line: int) -> bool:
        return self.cited is not None and self.cited[0] <= line <= self.cited[1]
