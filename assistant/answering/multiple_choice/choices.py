"""Chooses the options of a multiple-choice question that the notes support best.

How well they support each is measured in `option_signals`, what a question asks for is read in
`choice_wording`. A question for what is wrong takes the options with the least support; in one for
what is denied, support is how far the notes deny an option.
"""

from collections.abc import Collection, Sequence

from assistant.answering.multiple_choice.choice_wording import (
    asks_for_all,
    asks_for_wrong_statement,
    count_wanted,
)

# Of "all that apply" those options are chosen whose support comes this close to the best one's. Not
# fitted yet: a guess from the spread of supports.
ALL_THAT_APPLY_MARGIN = 0.05


def choose_options(
    question: str, letters: Sequence[str], supports: Sequence[float]
) -> tuple[str, ...]:
    """Return the letters that answer, in the order of the options.

    :param supports: of every option, in the order of `letters`; equal ones by that order.
    """
    sign = -1.0 if asks_for_wrong_statement(question) else 1.0
    fits = [sign * support for support in supports]
    if asks_for_all(question):
        lowest = max(fits, default=0.0) - ALL_THAT_APPLY_MARGIN
        chosen = [i for i, fit in enumerate(fits) if fit >= lowest]
    else:
        order = sorted(range(len(fits)), key=lambda i: (-fits[i], i))
        chosen = sorted(order[: count_wanted(question, len(letters))])
    return tuple(letters[i] for i in chosen)


def measure_margin(
    letters: Sequence[str], supports: Sequence[float], chosen: Collection[str], *, is_wrong: bool
) -> float | None:
    """Return by how much the chosen options stand apart from the next one; None if none is left.

    :param is_wrong: whether the options with the least support were to be chosen.
    """
    sign = -1.0 if is_wrong else 1.0
    pairs = list(zip(letters, supports, strict=True))
    taken = [sign * support for letter, support in pairs if letter in chosen]
    left = [sign * support for letter, support in pairs if letter not in chosen]
    return min(taken) - max(left) if taken and left else None
