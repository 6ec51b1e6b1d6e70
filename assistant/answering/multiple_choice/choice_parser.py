"""Takes an exam question that was pasted as one text apart: stem, options, answer key.

Markers alone do not make options (`choice_markers`): numbered steps, labels and terms to explain
look the same. What is asked decides. Three letters or more on lines of their own are options unless
the text asks to explain or compare them, or asks something else behind them. Numbers, letters
without a dot, lists within a line and lists of two are options only if the text asks to choose, or
if an open question stands right before them and is not about steps.
So 「1. VPC を作り 2. サブネットを分け、という順でいい?」 has none, and neither has a Markdown list
below a question without a word of choosing: that such a list is context is more likely.

Where a text holds several lists, the options are the later one if it counts differently (① to ④
are stated, ア to エ to be chosen) or if a request to choose stands between them; a list within an
item of another belongs to that item. Of two questions in one text the first is read as context.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from assistant.answering.multiple_choice.answer_key import (
    find_solution,
    read_key,
    split_own_question,
)
from assistant.answering.multiple_choice.choice_markers import (
    Family,
    Marker,
    find_chains,
    find_markers,
)
from assistant.answering.multiple_choice.choice_wording import asks_to_choose
from assistant.answering.multiple_choice.option_texts import OptionTexts, split_options
from assistant.answering.multiple_choice.pasted_stem import clean_stem
from assistant.answering.multiple_choice.pasted_text import clean_pasted, fold_aligned
from assistant.datatypes import Choice
from ingest.normalize import normalize

# An explanation that is pasted along may make a question longer than one may ask; not than this.
MAX_PASTED_CHARACTERS = 20_000
MAX_OPTIONS = 10
_LEAST_WITHOUT_REQUEST = 3
# No examination prints more lists in one question; both bound the work on a hostile text.
_MAX_LISTS = 60
_MAX_ATTEMPTS = 5
_WINDOW = 400


@dataclass(frozen=True, slots=True)
class ParsedQuestion:
    """A pasted question taken apart.

    stem: what is asked; the whole text if it has no options.
    choices: the options in order, two to ten; empty if there are none.
    key: the letters of an answer that was pasted along, "" if none.
    aside: what is not to be searched: that answer with its explanation, the question's number,
        page numbers and buttons of an exam site.
    """

    stem: str
    choices: tuple[Choice, ...] = ()
    key: str = ""
    aside: str = ""


_COMBINATION = re.compile(
    r"(?:[A-Za-zア-コ甲乙丙丁ロハニ](?![A-Za-zァ-ヺー])|[\s、,・&と]|のみ|だけ){1,40}"
)
_ORDER = re.compile(r"順(?:番|序)?で(?:いい|良い|よい|合って|あって|正しい|大丈夫|問題)")
_STEPS = re.compile(r"順番|順序|手順|ステップ|流れ|工程|やったこと|\b(?:order|steps?|procedure)\b")
_TERMS = re.compile(
    r"それぞれ|各々|違い|比べ|比較|説明して|とは何|意味|定義|\b(?:explain|differences?|compare|each|define)\b"
)
_QUESTION = re.compile(r"[?]|か。|か$")
_OPEN_QUESTION = re.compile(
    r"(?:何|なに|どう|どこ|誰|だれ|いつ|いくつ|いくら|\b(?:what|how|where|who|when)\b)[^。?!]{0,150}[。?!:)\s]*\Z"
)


def parse_question(text: str) -> ParsedQuestion:
    """Return a pasted question taken apart; a text without options comes back as the stem.

    So does a text of more than `MAX_PASTED_CHARACTERS`.
    """
    if len(text) > MAX_PASTED_CHARACTERS:
        return ParsedQuestion(text.strip())
    pasted = clean_pasted(text)
    folded = fold_aligned(pasted)
    markers = find_markers(folded)
    second = min((chain[1].end for chain in find_chains(markers)), default=None)
    if second is not None:
        # What looks like an answer may be part of the question after all.
        for end in (find_solution(folded, second), len(pasted)):
            if end is not None:
                before = [marker for marker in markers if marker.end <= end]
                if (parsed := _parse(pasted, folded, before, end)) is not None:
                    return parsed
    return ParsedQuestion(text.strip())


def _parse(pasted: str, folded: str, markers: Sequence[Marker], end: int) -> ParsedQuestion | None:
    """Return the question in `pasted[:end]`, None if it has no options."""
    for chain in _rank_chains(find_chains(markers), folded):
        options = split_options(pasted[:end], chain)
        if options is None or not _offers_choice(chain, options):
            continue
        solution, own_question = split_own_question(pasted[end:])
        stem, aside = clean_stem(options.before)
        stem = "\n".join(filter(None, (stem, options.after, own_question)))
        if not any(sign.isalnum() for sign in stem):
            continue
        aside = "\n".join(filter(None, (aside, options.aside, solution.strip())))
        letters = [marker.letter for marker in chain]
        choices = tuple(map(Choice, letters, options.texts))
        return ParsedQuestion(stem, choices, read_key(fold_aligned(aside), letters), aside)
    return None


def _rank_chains(chains: Sequence[tuple[Marker, ...]], folded: str) -> Iterator[tuple[Marker, ...]]:
    """Yield the lists that may be the options, the likeliest first."""
    remaining = [chain for chain in chains if len(chain) <= MAX_OPTIONS]
    if len(remaining) > _MAX_LISTS:
        return
    for _ in range(min(_MAX_ATTEMPTS, len(remaining))):
        best = remaining[0]
        for chain in remaining[1:]:
            if _supersedes(chain, best, folded):
                best = chain
        yield best
        remaining.remove(best)


def _supersedes(later: Sequence[Marker], earlier: Sequence[Marker], folded: str) -> bool:
    """Tell whether of two lists the one that begins later holds the options."""
    if later[0].start < earlier[-1].end:  # interleaved, or within an item
        return later[-1].start > earlier[-1].start and len(later) > len(earlier)
    between = folded[max(earlier[-1].end, later[0].start - _WINDOW) : later[0].start]
    if asks_to_choose(between):
        return True
    if later[0].family is earlier[0].family or (earlier[-1].opens_line and "\n" not in between):
        return False
    return later[0].family is not Family.DIGIT or _combines(later, folded)


def _combines(chain: Sequence[Marker], folded: str) -> bool:
    """Tell whether all items, the last aside, only name others, as in 「1. A と C」."""
    return all(_COMBINATION.fullmatch(folded, a.end, b.start) for a, b in pairwise(chain))


def _offers_choice(chain: Sequence[Marker], options: OptionTexts) -> bool:
    """Tell whether a list is to be chosen from."""
    asked = normalize(f"{options.before}\n{options.after}")
    is_weak = any(marker.weak for marker in chain)
    is_short = len(chain) < _LEAST_WITHOUT_REQUEST
    if options.has_labels or (is_weak and is_short):
        return False
    if _ORDER.search(asked) or _ORDER.search(normalize(options.texts[-1])):
        return False
    if asks_to_choose(asked):
        return True
    is_inline = not all(marker.opens_line for marker in chain[1:])
    if is_weak or is_short or is_inline or chain[0].family is Family.DIGIT:
        nearest = normalize(options.before)[-_WINDOW:]
        return _OPEN_QUESTION.search(nearest) is not None and _STEPS.search(asked) is None
    is_asked_behind = _QUESTION.search(normalize(options.after)) is not None
    return not is_asked_behind and _TERMS.search(asked) is None
