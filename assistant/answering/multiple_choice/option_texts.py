"""Cuts a pasted question at the markers of its options, and what follows the last option off."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answering.multiple_choice.choice_markers import Marker
from assistant.answering.multiple_choice.choice_wording import asks_to_choose
from assistant.answering.multiple_choice.pasted_text import (
    cut_furniture,
    flatten_lines,
    fold_aligned,
    unwrap_lines,
)


@dataclass(frozen=True, slots=True)
class OptionTexts:
    """The parts of a pasted question.

    before, after: what stands before the first option and behind the last.
    texts: of the options, each on one line; none is empty.
    aside: page numbers and the like that stood among them.
    has_labels: whether the markers rather label words of a sentence.
    """

    before: str
    texts: tuple[str, ...]
    after: str
    aside: str
    has_labels: bool


# No request is longer; a window bounds the work on a hostile line.
_WINDOW = 400
_BLANK_LINE = re.compile(r"\n[ \t]*\n")
_LAST_WORD = re.compile(r"\w+(?=[ \t]?\Z)")
_REQUEST_LINE_START = re.compile(
    r"[ \t(]{0,4}(?:choose|select|pick) (?:the |any )?"
    r"(?:one|two|three|four|[1-5]|all|best|correct)\b",
    re.IGNORECASE,
)
_REQUEST_LINE_END = re.compile(
    r"(?:選べ|選びなさい|選んで(?:ください|下さい)|選択(?:せよ|しなさい|してください|して下さい)"
    r"|つ選択|答えよ|答えなさい|答えて(?:ください|下さい)|(?:どれ|どちら)(?:です|でしょう)?か?"
    r"|(?:です|ます|でしょう)か|\?)[。.)\]】?]{0,4}$"
)
# A request behind the last option, on the same line.
_REQUEST_AT_END = re.compile(
    r"[(\[【][^()\[\]【】\n]{0,40}(?:選|choose|select|pick|[0-9二三]つ)[^()\[\]【】\n]{0,30}[)\]】]$"
    r"|(?<=[ \t。.])[^ \t。.\n]{0,60}(?:どれ|どちら|どっち)"
    r"(?:[^。?\n]{0,40}[?]|(?:です|でしょう)?か?。?)$"
    r"|(?<=[ \t。.])[0-9一二三][ ]?つ(?:を|だけ)?[ ]?(?:選|答)[^ \t\n]{0,12}$"
    r"|(?<=[ \t.])(?:which|what)\b[^.?\n]{0,100}\?$",
    re.IGNORECASE,
)
# 「① S3 ② EBS のうち、…」
_REQUEST_ON_LINE = re.compile(
    r"のうち|の(?:中|なか)(?:で|から)|のどれ|のどちら|のいずれ|[はで]どれ"
)
# 「高可用性(A)と耐久性(B)」: the text behind a label goes on with the sentence.
_GOES_ON = re.compile(
    r"[,;:?!、。」』)\]]|\.(?![A-Za-z0-9])|(?:and|or|vs)\b|とは|では|には|の(?:どちら|うち|ほう|方)"
    r"|[とやかはがをにでのへも](?![ぁ-ん])",
    re.IGNORECASE,
)
# 「1. S3 と 2. EBS」
_LEADS_ON = re.compile(r"(?:と|や|または|もしくは|\b(?:and|or|vs))$", re.IGNORECASE)


def split_options(pasted: str, chain: Sequence[Marker]) -> OptionTexts | None:
    """Return the parts of a question, None if an option would be empty.

    :param pasted: a text that went through `clean_pasted`.
    :param chain: the markers of its options.
    """
    ends = [*(marker.start for marker in chain[1:]), len(pasted)]
    texts, asides = [], []
    for marker, end in zip(chain, ends, strict=True):
        text = pasted[marker.end : end]
        kept, cut = cut_furniture(text)
        # An option may be nothing but `1/4`, which looks like the number of a page.
        texts.append(kept if kept.strip() else text)
        asides.append(cut if kept.strip() else "")
    has_gaps = any(_BLANK_LINE.search(fold_aligned(text.rstrip())) for text in texts[:-1])
    texts[-1], after = _split_last(texts[-1], has_gaps, not chain[-1].opens_line)
    followers = [*chain[1:], None]
    texts = [
        _strip_text(text, marker, follower)
        for text, marker, follower in zip(texts, chain, followers, strict=True)
    ]
    if not all(texts):
        return None
    before = pasted[: chain[0].start]
    return OptionTexts(
        before,
        tuple(texts),
        unwrap_lines(after),
        "\n".join(filter(None, asides)),
        _has_labels(before, texts, chain),
    )


def _split_last(text: str, has_gaps: bool, is_within_line: bool) -> tuple[str, str]:
    """Return the last option's text and what follows it.

    :param has_gaps: whether other options have blank lines within, so that one ends nothing.
    """
    text = text.rstrip()
    lines = text.split("\n")
    is_begun = after_blank = False
    for number, line in enumerate(lines):
        if not line.strip():
            after_blank = True
            continue
        if is_begun and ((after_blank and not has_gaps) or _is_request(line)):
            return "\n".join(lines[:number]), "\n".join(lines[number:])
        is_begun, after_blank = True, False
    window = max(0, len(text) - _WINDOW)
    folded = fold_aligned(text[window:])
    found = _REQUEST_AT_END.search(folded)
    if found is None and is_within_line:
        found = _REQUEST_ON_LINE.search(folded)
        if found is not None and not asks_to_choose(folded[found.start() :]):
            found = None
    if found is None:
        return text, ""
    return text[: window + found.start()], text[window + found.start() :]


def _has_labels(before: str, texts: Sequence[str], chain: Sequence[Marker]) -> bool:
    if any(
        not marker.opens_line and _GOES_ON.match(fold_aligned(text))
        for text, marker in zip(texts, chain, strict=True)
    ):
        return True
    if any(
        not follower.opens_line and _LEADS_ON.search(text)
        for text, follower in zip(texts, chain[1:], strict=False)
    ):
        return True
    # 「サーバー A: …、サーバー B: …」
    labelled = _LAST_WORD.search(before[-_WINDOW:])
    return labelled is not None and all(text.endswith(labelled[0]) for text in texts[:-1])


def _is_request(line: str) -> bool:
    folded = fold_aligned(line.strip())
    return bool(_REQUEST_LINE_START.match(folded) or _REQUEST_LINE_END.search(folded[-_WINDOW:]))


def _strip_text(text: str, marker: Marker, follower: Marker | None) -> str:
    flat = flatten_lines(text)
    if marker.shape == "table":
        flat = flat.strip(" \t|")
    if follower is not None and not follower.opens_line:
        flat = flat.rstrip(" \t\u3000、,，;；/／|｜")
    return flat
