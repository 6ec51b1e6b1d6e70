"""The pieces of Block Kit that messages and views are built of, as the JSON that Slack takes.

Text of notes, questions and models stands only where Slack parses nothing: in `text` and `link`
elements of `rich_text` blocks, and in `plain_text` objects, whose emoji codes are switched off.
Slack's own markup (`mrkdwn`) has no escape for `*`, `_`, `~` and the backtick, and a zero-width
space beside them rather makes them markup; signs put in their place would be copied along with a
command or a path. So nothing is escaped here, and what is copied is what stands in the note. The
one `mrkdwn` object is the link of a source, and all its words are ours.
"""

from collections.abc import Sequence

Block = dict[str, object]
Element = dict[str, object]


def build_plain(text: str) -> Element:
    """Return text that is shown as it is."""
    return {"type": "plain_text", "text": text, "emoji": False}


def build_text(text: str, *, is_bold: bool = False) -> Element:
    """Return a stretch of rich text that is shown as it is."""
    element: Element = {"type": "text", "text": text}
    if is_bold:
        element["style"] = {"bold": True}
    return element


def build_rich_link(url: str, text: str) -> Element:
    """Return a link within rich text, whose words are shown as they are."""
    return {"type": "link", "url": url, "text": text}


def build_section(elements: Sequence[Element]) -> Element:
    """Return a paragraph of rich text."""
    return {"type": "rich_text_section", "elements": list(elements)}


def build_list(items: Sequence[Sequence[Element]]) -> Element:
    """Return a bulleted list of rich text."""
    sections = [build_section(item) for item in items]
    return {"type": "rich_text_list", "style": "bullet", "elements": sections}


def build_preformatted(text: str) -> Element:
    """Return text in a font of one width, its spaces and line breaks kept."""
    return {"type": "rich_text_preformatted", "elements": [build_text(text)]}


def build_rich_text(elements: Sequence[Element]) -> Block:
    """Return a block of paragraphs, lists and preformatted text."""
    return {"type": "rich_text", "elements": list(elements)}


def build_paragraph(text: str, *, is_bold: bool = False) -> Block:
    """Return a block that is one paragraph."""
    return build_rich_text([build_section([build_text(text, is_bold=is_bold)])])


def build_context(elements: Sequence[Element]) -> Block:
    """Return a block of small print: plain texts side by side."""
    return {"type": "context", "elements": list(elements)}


def build_button(action_id: str, label: str, value: str) -> Element:
    """Return a button."""
    return {
        "type": "button",
        "action_id": action_id,
        "text": build_plain(label),
        "value": value,
    }


def build_actions(block_id: str, buttons: Sequence[Element]) -> Block:
    """Return a block of buttons in a row."""
    return {"type": "actions", "block_id": block_id, "elements": list(buttons)}
