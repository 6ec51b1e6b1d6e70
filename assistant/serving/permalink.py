"""Links to cited lines, and quotes of them to paste elsewhere."""

from urllib.parse import quote

from assistant.datatypes import Citation
from assistant.serving.markdown_text import escape_text, write_link


def build_permalink(base_url: str | None, path: str, line_start: int, line_end: int) -> str:
    """Return where lines of a note stand: `...#L3-L7`, for a single one `...#L3`.

    :param base_url: of the notes folder on a Git host, with or without a final slash. Every name in
        the path is percent-encoded behind it (RFC 3986); without it the path stays as it is read.
    :param path: as in `Note.path`.
    """
    lines = f"#L{line_start}" if line_start == line_end else f"#L{line_start}-L{line_end}"
    if base_url is None:
        return path + lines
    names = (quote(name, safe="", errors="replace") for name in path.split("/"))
    return f"{base_url.rstrip('/')}/{'/'.join(names)}{lines}"


def quote_as_markdown(citation: Citation, link: str) -> str:
    """Return a block quote of the cited text, and below it the headings as a link.

    The text shows as it stands in the note, whatever it holds: none of it is markup.

    :param link: a web address, or a path relative to where the quote is pasted.
    """
    quoted = "\n".join(f"> {line}".rstrip() for line in escape_text(citation.quote).split("\n"))
    headings = " > ".join(citation.heading_path) or citation.path
    return f"{quoted}\n\n— {write_link(headings, link)}"
