"""Front matter: YAML between `---` lines, or TOML between `+++` lines, at the very top of a note.

Only the title and the tags are used. What the lines say is never searched; `markdown` keeps them
in the note's first section, so that no line is lost.
"""

import datetime
import re
import tomllib
from dataclasses import dataclass

import yaml

from ingest.datatypes import Note
from ingest.note_warning import NoteWarning

#: Longer front matter is not parsed: titles and tags fit a hundred times over, and a parser that
#: is written in Python takes a second for 100 kB.
MAX_CHARS = 32_000

#: A line of the form `key: value` or `key = value`. Without one, the two `---` lines are thematic
#: breaks around prose, and that prose must stay searchable.
#: Possessive, since spaces fit in two places.
_KEY_LINE = re.compile(r"^[\"']?\w[\w .-]*+[\"']?[ \t]*+(?:=|:(?:[ \t]|$))", re.MULTILINE)

#: What PyYAML lets through from Python where a value is not of its type: `!!bool maybe` is a
#: KeyError, `!!int ''` an IndexError, `!!timestamp x` an AttributeError.
_YAML_ERRORS = (
    yaml.YAMLError,
    ArithmeticError,
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
)


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What the top of a note says about it.

    line_count: lines it takes up, both fences counted; 0 if there is none.
    title: plain text, or "".
    tags: in the order of the note.
    problem: one line for the user if it cannot be understood, else None.
    """

    line_count: int = 0
    title: str = ""
    tags: tuple[str, ...] = ()
    problem: str | None = None


def read_front_matter(text: str) -> FrontMatter:
    """Read the front matter of a note's text; broken front matter is told in `problem`."""
    if not text.startswith(("---", "+++")):
        return FrontMatter()
    lines = text.split("\n")
    fence = lines[0].rstrip()
    if fence not in ("---", "+++"):
        return FrontMatter()
    closings = ("---", "...") if fence == "---" else ("+++",)
    closing = next((i for i, line in enumerate(lines) if i and line.rstrip() in closings), None)
    if closing is None:
        return FrontMatter()
    source = "\n".join(lines[1:closing])
    if source.strip() and not _KEY_LINE.search(source):
        return FrontMatter()
    try:
        values = _load_yaml(source) if fence == "---" else _load_toml(source)
    except _FrontMatterError as error:
        return FrontMatter(line_count=closing + 1, problem=str(error))
    return FrontMatter(
        line_count=closing + 1,
        title=_read_scalar(values.get("title")),
        tags=_read_tags(values.get("tags")),
    )


def find_note_warnings(note: Note) -> tuple[NoteWarning, ...]:
    """Return what the user should mend in a note's front matter; nothing wrong is `()`."""
    problem = read_front_matter(note.text).problem
    return () if problem is None else (NoteWarning(note.path, 1, problem),)


class _FrontMatterError(Exception):
    """The front matter cannot be understood; the message is for the user."""


def _load_yaml(source: str) -> dict[object, object]:
    _check_size(source)
    # libyaml where PyYAML was built with it: ten times as fast, same result.
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        # Merged aliases can grow exponentially, and titles need none.
        if "*" in source and any(
            isinstance(event, yaml.AliasEvent) for event in yaml.parse(source, Loader=loader)
        ):
            raise _FrontMatterError(
                "front matter uses YAML aliases, so it was not read: write the values out"
            )
        values = yaml.load(source, Loader=loader)  # noqa: S506 (a safe loader)
    except yaml.MarkedYAMLError as error:
        # +2: marks count from 0, and the opening fence is line 1.
        line = error.problem_mark.line + 2 if error.problem_mark else 1
        problem = " ".join(str(error.problem or error).split())
        raise _FrontMatterError(
            f"front matter is no valid YAML at line {line} ({problem}): "
            "put values with ':' or '#' in quotes"
        ) from error
    except _YAML_ERRORS as error:
        raise _FrontMatterError(
            "front matter is no valid YAML: correct it, or remove the '---' lines"
        ) from error
    if values is None:
        return {}
    if not isinstance(values, dict):
        raise _FrontMatterError("front matter is no list of 'key: value' lines: correct it")
    return values


def _load_toml(source: str) -> dict[str, object]:
    _check_size(source)
    try:
        return tomllib.loads(source)
    except (ValueError, RecursionError) as error:
        problem = " ".join(str(error).split())
        raise _FrontMatterError(
            f"front matter is no valid TOML ({problem}; lines counted below '+++'): correct it"
        ) from error


def _check_size(source: str) -> None:
    if len(source) > MAX_CHARS:
        raise _FrontMatterError(
            f"front matter has {len(source):,} characters, so it was not read: "
            f"shorten it to {MAX_CHARS:,}"
        )


def _read_scalar(value: object) -> str:
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    try:
        return " ".join(str(value).split())
    except ValueError:  # Python prints no integer of more than 4,300 digits
        return ""


def _read_tags(value: object) -> tuple[str, ...]:
    entries = value if isinstance(value, list) else re.split("[,、，]", _read_scalar(value))
    tags = (_read_scalar(entry).removeprefix("#") for entry in entries)
    return tuple(dict.fromkeys(tag for tag in tags if tag))
