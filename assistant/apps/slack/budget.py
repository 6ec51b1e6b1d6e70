"""Keeps a message within what Slack takes, and tells what had to be left out."""

from collections.abc import Callable, Iterable, Sequence

from assistant.apps.slack.elements import Block, Element
from assistant.apps.slack.limits import ACTION_ELEMENTS, MESSAGE_BLOCKS, MESSAGE_WEIGHT, weigh


class BlockBudget:
    """How many blocks, and of what weight together, a message may still take."""

    def __init__(self, blocks: int = MESSAGE_BLOCKS, weight: int = MESSAGE_WEIGHT) -> None:
        self._blocks = blocks
        self._weight = weight

    def holds(self, blocks: Sequence[Block]) -> bool:
        """Tell whether there is room for all of some blocks."""
        return len(blocks) <= self._blocks and sum(map(weigh, blocks)) <= self._weight

    def spend(self, blocks: Sequence[Block]) -> None:
        """Take the room for some blocks, also where there is none: nothing more is held then."""
        self._blocks -= len(blocks)
        self._weight -= sum(map(weigh, blocks))


def fit_blocks(
    budget: BlockBudget,
    blocks: Sequence[Block],
    tell_rest: Callable[[int], Block],
    most: int,
    head: Sequence[Block] = (),
) -> list[Block]:
    """Return the first blocks that there is room for, behind `head`; take that room.

    :param tell_rest: makes the block that stands last for as many as are left out.
    :param most: so many are shown at the most.
    :return: nothing if not even the head and one block find room.
    """
    for count in range(min(len(blocks), most), 0, -1):
        shown = [*head, *blocks[:count]]
        if count < len(blocks):
            shown.append(tell_rest(len(blocks) - count))
        if budget.holds(shown):
            budget.spend(shown)
            return shown
    return []


def fit_buttons(
    budget: BlockBudget,
    buttons: Iterable[Element],
    build: Callable[[Sequence[Element]], Block],
    head: Sequence[Block] = (),
) -> list[Block]:
    """Return a block of the buttons that there is room for, behind `head`; take that room.

    :param build: makes the block of some buttons.
    :return: nothing if there is room for none.
    """
    fitting: list[Element] = []
    for button in buttons:
        tried = [*fitting, button]
        if len(tried) <= ACTION_ELEMENTS and budget.holds([*head, build(tried)]):
            fitting = tried
    shown = [*head, build(fitting)] if fitting else []
    budget.spend(shown)
    return shown
