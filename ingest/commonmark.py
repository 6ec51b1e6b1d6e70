"""The Markdown parser that sections and plain texts are read with.

CommonMark with tables and strikethrough. Two rules differ from the library's:
`[^1]: text` is no link reference definition, or the text of a footnote would be swallowed as
an address; and inline tokens that can span several lines say on which line of the source they
end, since the library places blocks only.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, reference
from markdown_it.rules_inline import StateInline, backtick, html_inline, image, link
from markdown_it.token import Token
from markdown_it.utils import EnvType

#: Nested quotes count one, nested list items two. Three times what the library takes by default,
#: and far from Python's recursion limit (about five frames a level).
MAX_NESTING = 60

#: Inline markup in a longer paragraph is left as it stands: emphasis and link brackets take
#: quadratic time (measured: 50,000 times `![` 2 s, 25,000 times 0.5 s).
MAX_INLINE_CHARS = 50_000

#: Key in `Token.meta`: how many line breaks of the inline source precede the token's end.
BREAKS_BEFORE_END = "breaks_before_end"


@dataclass(frozen=True, slots=True)
class ParsedBlocks:
    """The block tokens of a text, and the link definitions that its inline contents refer to."""

    tokens: list[Token]
    definitions: EnvType


def parse_blocks(text: str) -> ParsedBlocks:
    """Parse a Markdown text to blocks; their inline content is not parsed yet."""
    definitions: EnvType = {}
    return ParsedBlocks(_build_parser().parse(text, definitions), definitions)


def parse_inline(content: str, definitions: EnvType) -> list[Token]:
    """Return the inline tokens of a block's content; one plain text token if it is too long."""
    if len(content) > MAX_INLINE_CHARS:
        return [Token("text", "", 0, content=content)]
    parser = _build_parser()
    tokens: list[Token] = []
    parser.inline.parse(content, parser, definitions, tokens)
    return tokens


@cache
def _build_parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"maxNesting": MAX_NESTING})
    parser.enable(["table", "strikethrough"])
    # Most callers need a few of the inline contents, or none: they are parsed one by one.
    parser.core.ruler.disable(["inline", "text_join"])
    parser.block.ruler.at("reference", _parse_reference)
    for name, rule in (("link", link), ("image", image), ("html_inline", html_inline)):
        parser.inline.ruler.at(name, _count_breaks(rule))
    parser.inline.ruler.at("backticks", _count_breaks(_parse_code_span))
    return parser


def _parse_reference(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    first = state.bMarks[start] + state.tShift[start]
    if state.src.startswith("[^", first):
        return False
    return reference(state, start, end, silent)


def _parse_code_span(state: StateInline, silent: bool) -> bool:
    """Parse a code span; unlike CommonMark keep its line breaks, so that lines can be counted."""
    start, count = state.pos, len(state.tokens)
    found = backtick(state, silent)
    if found and len(state.tokens) > count and state.tokens[-1].type == "code_inline":
        source = state.src[start : state.pos]
        if "\n" in source:
            state.tokens[-1].content = source.strip("`")
    return found


def _count_breaks(
    rule: Callable[[StateInline, bool], bool],
) -> Callable[[StateInline, bool], bool]:
    def run(state: StateInline, silent: bool) -> bool:
        count = len(state.tokens)
        found = rule(state, silent)
        if found and not silent and len(state.tokens) > count:
            state.tokens[-1].meta[BREAKS_BEFORE_END] = state.src.count("\n", 0, state.pos)
        return found

    return run
