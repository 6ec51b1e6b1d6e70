"""Chooses the options of a multiple-choice question that the notes support best.

An option's support is that of the sentence that fits it best in the section found first: how near
the question with this option comes to the sentence, by embedding, and how many of the option's
words stand in it or in its headings. A question for what is wrong takes the options with the least
support. What a question asks for is read in `choice_wording`.
"""

from collections.abc import Sequence

from assistant.answering.multiple_choice.choice_wording import (
    asks_for_all,
    asks_for_wrong,
    count_wanted,
)

# The embedding of a question with its options differs little from one option to another, so that a
# word counts much beside it.
WORD_SHARE = 0.15

# Of "all that apply" those options are chosen whose support comes this close to the best one's. Not
# fitted yet: a guess from the spread of supports.
ALL_THAT_APPLY_MARGIN = 0.05


def choose_options(question: str, letters: Sequence[str], supports: Sequence[float]) -> str:
    """Return the letters that answer, in the order of the options.

    :param supports: of every option, in the order of `letters`; equal ones by that order.
    """
    sign = -1.0 if asks_for_wrong(question) else 1.0
    fits = [sign * support for support in supports]
    if asks_for_all(question):
        lowest = max(fits, default=0.0) - ALL_THAT_APPLY_MARGIN
        chosen = [i for i, fit in enumerate(fits) if fit >= lowest]
    else:
        order = sorted(range(len(fits)), key=lambda i: (-fits[i], i))
        chosen = sorted(order[: count_wanted(question, len(letters))])
    return "".join(letters[i] for i in chosen)


def support_option(similarities: Sequence[float], coverage: Sequence[float]) -> float:
    """Return the support of one option; 0 where there is no sentence.

    :param similarities: cosine of the question with the option to every sentence.
    :param coverage: share of the option's words in every sentence, 0 to 1.
    """
    pairs = zip(similarities, coverage, strict=True)
    return max((cosine + WORD_SHARE * covered for cosine, covered in pairs), default=0.0)
