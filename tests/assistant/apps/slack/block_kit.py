"""Finds what Slack would refuse in a message's blocks or in a view, by its own references.

The numbers stand here once more, so that a wrong one in `assistant.apps.slack.limits` is found.
Only what the bot may send is known; any other type or field is a violation.
"""

import json
from collections.abc import Iterator, Mapping, Sequence

Json = Mapping[str, object]

# Of every type: the fields that it must have, and those that it may have.
_FIELDS: dict[str, tuple[set[str], set[str]]] = {
    "rich_text": ({"elements"}, {"block_id"}),
    "header": ({"text"}, {"block_id"}),
    "divider": (set(), {"block_id"}),
    "context": ({"elements"}, {"block_id"}),
    "actions": ({"elements"}, {"block_id"}),
    "input": ({"label", "element"}, {"block_id", "hint", "optional"}),
    "plain_text": ({"text"}, {"emoji"}),
    "mrkdwn": ({"text"}, {"verbatim"}),
    "button": ({"action_id", "text"}, {"value", "url", "style"}),
    "plain_text_input": (
        {"action_id"},
        {"multiline", "max_length", "min_length", "placeholder", "initial_value"},
    ),
    "rich_text_section": ({"elements"}, set()),
    "rich_text_list": ({"elements", "style"}, {"indent", "border", "offset"}),
    "rich_text_preformatted": ({"elements"}, {"border"}),
    "text": ({"text"}, {"style"}),
    "link": ({"url"}, {"text", "style"}),
    "date": ({"timestamp", "format"}, {"fallback", "url", "style"}),
    "modal": ({"title", "blocks"}, {"callback_id", "private_metadata", "close", "submit"}),
    "home": ({"blocks"}, {"callback_id", "private_metadata"}),
}
# What may stand within what; a field that is not named holds no objects.
_WITHIN: dict[tuple[str, str], set[str]] = {
    ("rich_text", "elements"): {"rich_text_section", "rich_text_list", "rich_text_preformatted"},
    ("rich_text_list", "elements"): {"rich_text_section"},
    ("rich_text_section", "elements"): {"text", "link", "date"},
    ("rich_text_preformatted", "elements"): {"text", "link"},
    ("header", "text"): {"plain_text"},
    ("context", "elements"): {"plain_text", "mrkdwn"},
    ("actions", "elements"): {"button"},
    ("input", "label"): {"plain_text"},
    ("input", "hint"): {"plain_text"},
    ("input", "element"): {"plain_text_input"},
    ("button", "text"): {"plain_text"},
    ("plain_text_input", "placeholder"): {"plain_text"},
    ("modal", "title"): {"plain_text"},
    ("modal", "close"): {"plain_text"},
    ("modal", "submit"): {"plain_text"},
}
_BLOCKS = {"rich_text", "header", "divider", "context", "actions"}
_MESSAGE_BLOCKS = _BLOCKS
_VIEW_BLOCKS = _BLOCKS | {"input"}
# Longest text of a field, of a type or of a type in a certain place; `text` of rich text has no
# documented limit, but the text of a block is held to the 3,000 characters of the others.
_LENGTHS = {
    ("plain_text", "text"): 3_000,
    ("mrkdwn", "text"): 3_000,
    ("text", "text"): 3_000,
    ("link", "text"): 3_000,
    ("link", "url"): 3_000,
    ("button", "action_id"): 255,
    ("button", "value"): 2_000,
    ("plain_text_input", "action_id"): 255,
    ("modal", "callback_id"): 255,
    ("modal", "private_metadata"): 3_000,
}
_SHORT_TEXTS = {
    ("header", "text"): 150,
    ("button", "text"): 75,
    ("input", "label"): 2_000,
    ("input", "hint"): 2_000,
    ("plain_text_input", "placeholder"): 150,
    ("modal", "title"): 24,
    ("modal", "close"): 24,
    ("modal", "submit"): 24,
}
_COUNTS = {("context", "elements"): 10, ("actions", "elements"): 25}
_BOOLEANS = {"emoji", "verbatim", "multiline", "optional"}
_NUMBERS = {"timestamp", "max_length", "min_length", "indent", "border", "offset"}
# Not documented; from about here on Slack refuses a message's blocks together.
_MESSAGE_CHARACTERS = 13_000


def find_violations(payload: Sequence[Json] | Json) -> list[str]:
    """Return what is wrong with the blocks of a message or with a view, one line each."""
    if isinstance(payload, Mapping):
        return list(_check_view(payload))
    found = list(_check_blocks(payload, "blocks", 50, _MESSAGE_BLOCKS))
    size = _measure_all(payload)
    if size > _MESSAGE_CHARACTERS:
        found.append(f"blocks: {size} characters together")
    return found


def _check_view(view: Json) -> Iterator[str]:
    if view.get("type") not in ("modal", "home"):
        yield f"view: type {view.get('type')!r}"
        return
    yield from _check_object({**view, "blocks": []}, "view")
    blocks = view.get("blocks")
    if isinstance(blocks, list):
        yield from _check_blocks(blocks, "view.blocks", 100, _VIEW_BLOCKS)
        has_input = any(block.get("type") == "input" for block in blocks)
        if has_input and "submit" not in view:
            yield "view: an input without a button to submit it"


def _check_blocks(blocks: Sequence[Json], where: str, most: int, types: set[str]) -> Iterator[str]:
    if not 1 <= len(blocks) <= most:
        yield f"{where}: {len(blocks)} blocks"
    ids = [block["block_id"] for block in blocks if "block_id" in block]
    if len(set(ids)) < len(ids):
        yield f"{where}: a block id comes twice"
    for number, block in enumerate(blocks):
        at = f"{where}[{number}]"
        if block.get("type") not in types:
            yield f"{at}: type {block.get('type')!r}"
            continue
        yield from _check_text(block.get("block_id", "-"), 255, f"{at}.block_id")
        yield from _check_object(block, at)
        if block["type"] == "rich_text" and _count_units("".join(_texts(block))) > 3_000:
            yield f"{at}: more than 3,000 characters of text"


def _check_object(value: Json, at: str) -> Iterator[str]:
    kind = str(value.get("type"))
    if kind not in _FIELDS:
        yield f"{at}: type {kind!r}"
        return
    required, optional = _FIELDS[kind]
    fields = value.keys() - {"type"}
    yield from (f"{at}: without {name}" for name in sorted(required - fields))
    yield from (f"{at}: unknown field {name}" for name in sorted(fields - required - optional))
    for name in sorted(fields & (required | optional)):
        yield from _check_field(kind, name, value[name], f"{at}.{name}")
    if kind == "actions":
        yield from _check_actions(value, at)


def _check_field(kind: str, name: str, value: object, at: str) -> Iterator[str]:
    if name in _BOOLEANS:
        if not isinstance(value, bool):
            yield f"{at}: not true or false"
    elif name in _NUMBERS:
        if not isinstance(value, int) or isinstance(value, bool):
            yield f"{at}: not a whole number"
    elif name == "style" and kind != "rich_text_list":
        if not isinstance(value, Mapping) or set(value) - {"bold", "italic", "strike", "code"}:
            yield f"{at}: not a style"
    elif name in ("elements", "blocks"):
        if kind not in ("modal", "home"):
            yield from _check_elements(kind, name, value, at)
    elif (kind, name) in _WITHIN:
        yield from _check_nested(kind, name, value, at)
    else:
        yield from _check_text(value, _LENGTHS.get((kind, name), 3_000), at)


def _check_elements(kind: str, name: str, value: object, at: str) -> Iterator[str]:
    if not isinstance(value, list) or not value:
        yield f"{at}: not a list of at least one"
        return
    if len(value) > _COUNTS.get((kind, name), 1_000):
        yield f"{at}: {len(value)} elements"
    for number, element in enumerate(value):
        yield from _check_nested(kind, name, element, f"{at}[{number}]")


def _check_nested(kind: str, name: str, value: object, at: str) -> Iterator[str]:
    if not isinstance(value, Mapping) or value.get("type") not in _WITHIN[kind, name]:
        yield f"{at}: nothing that may stand here"
        return
    yield from _check_object(value, at)
    if (kind, name) in _SHORT_TEXTS:
        yield from _check_text(value.get("text"), _SHORT_TEXTS[kind, name], at)


def _check_actions(block: Json, at: str) -> Iterator[str]:
    elements = block.get("elements")
    ids = [one.get("action_id") for one in elements] if isinstance(elements, list) else []
    if len(set(ids)) < len(ids):
        yield f"{at}: an action id comes twice"


def _check_text(value: object, most: int, at: str) -> Iterator[str]:
    if not isinstance(value, str) or not value.strip():
        yield f"{at}: no text"
        return
    try:
        units = len(value.encode("utf-16-le")) // 2
    except UnicodeEncodeError:
        yield f"{at}: half of a surrogate pair"
        return
    if units > most:
        yield f"{at}: {units} characters, more than {most}"


def _count_units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, Mapping):
        if isinstance(value.get("text"), str):
            yield value["text"]
        for part in value.values():
            yield from _texts(part)
    elif isinstance(value, list):
        for part in value:
            yield from _texts(part)


def _measure_all(blocks: Sequence[Json]) -> int:
    packed = json.dumps(list(blocks), ensure_ascii=False, separators=(",", ":"))
    for sign, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;")):
        packed = packed.replace(sign, entity)
    return _count_units(packed)
