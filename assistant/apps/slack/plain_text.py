"""Turns a message as Slack writes it into what its writer typed.

Slack puts links, mentions and dates into angle brackets, `<https://x.example|label>`, and writes
`&`, `<` and `>` of the text itself as entities.
"""

import re

_BRACKETED = re.compile(r"<([^<>]*)>")
_ENTITIES = {"&amp;": "&", "&lt;": "<", "&gt;": ">"}
_ENTITY = re.compile("|".join(_ENTITIES))
_MENTION = re.compile(r"<@([A-Za-z0-9_-]+)(?:\|[^<>]*)?>")


def find_mentions(text: str) -> frozenset[str]:
    """Return the ids of the users that a message mentions."""
    return frozenset(_MENTION.findall(text))


def read_plain_text(text: str) -> str:
    """Return the words of a message, without outer white space.

    Of a link stands its label, of a mention or a channel its name if Slack gave it, else nothing.
    """
    opened = _BRACKETED.sub(lambda match: _open_brackets(match[1]), text)
    return read_entities(opened).strip()


def read_entities(text: str) -> str:
    """Return text with the three signs that Slack writes as entities."""
    return _ENTITY.sub(lambda match: _ENTITIES[match[0]], text)


def _open_brackets(content: str) -> str:
    target, separator, label = content.partition("|")
    sign, name = target[:1], target[1:]
    if sign in ("@", "#"):
        return f"{sign}{label}" if label else ""
    if sign == "!":
        # `<!here>`, `<!subteam^S1|@team>`, `<!date^...|a text that says the same>`
        return label or f"@{name}"
    return label if separator and label else target


def remove_mention(text: str, user: str) -> str:
    """Return a message without the mentions of a user."""
    return _MENTION.sub(lambda match: "" if match[1] == user else match[0], text)
