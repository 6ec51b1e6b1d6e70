"""What the tests of every face's texts ask of them."""

import string
from dataclasses import fields
from typing import Any


def list_texts(wording: Any) -> dict[str, str]:
    """Return every text of a language by its name; those of a table or list by `field.key`."""
    found: dict[str, str] = {}
    for field in fields(wording):
        value = getattr(wording, field.name)
        if isinstance(value, dict):
            found |= {f"{field.name}.{key}": text for key, text in value.items()}
        elif isinstance(value, tuple):
            found |= {f"{field.name}.{number}": text for number, text in enumerate(value)}
        else:
            found[field.name] = value
    return found


def list_blanks(text: str) -> set[tuple[str, str]]:
    """Return the names of what is filled in, each with its format."""
    parsed = string.Formatter().parse(text)
    return {(name, form or "") for _, name, form, _ in parsed if name is not None}
