"""What Slack takes at most, and how its sizes are measured.

The numbers are those of its Block Kit and method references, but for the last two groups, which it
does not document and enforces all the same.
"""

import json

from assistant.apps.slack.elements import Block

MESSAGE_BLOCKS = 50
VIEW_BLOCKS = 100
TEXT_CHARACTERS = 3_000
CONTEXT_ELEMENTS = 10
ACTION_ELEMENTS = 25
BUTTON_TEXT_CHARACTERS = 75
BUTTON_VALUE_CHARACTERS = 2_000
URL_CHARACTERS = 3_000
# Questions that the app suggests to a person.
PROMPTS = 4

# `chat.postMessage` cuts the text at 40,000 characters, but `chat.update`, which puts the answer in
# the place of the placeholder, refuses more than 4,000 bytes of UTF-8 (`msg_too_long`).
FALLBACK_BYTES = 3_800

# All blocks of a message together: it refuses them (`msg_blocks_too_long`) from about 13,200
# characters on. `&`, `<` and `>` count as entities, and every block some hundred more than its text
# (measured by others: slackapi/bolt-js, issues 2509 and 2867).
MESSAGE_WEIGHT = 12_000
_BLOCK_WEIGHT = 100
_ENTITIES = {"&": 4, "<": 3, ">": 3}


def measure(text: str) -> int:
    """Return the length in UTF-16 units, of which no way of counting characters finds more."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def measure_packed(text: str) -> int:
    """Return how much of `MESSAGE_WEIGHT` a text takes in a block; at least what it measures."""
    return _measure_json(text) - len('""')


def weigh(block: Block) -> int:
    """Return how much of `MESSAGE_WEIGHT` a block takes, rather too much than too little."""
    return _measure_json(block) + _BLOCK_WEIGHT


def _measure_json(value: Block | str) -> int:
    packed = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return measure(packed) + sum(packed.count(sign) * more for sign, more in _ENTITIES.items())
