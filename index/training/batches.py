"""Decides which rows stand in one batch: sections that are easily taken for one another."""

from collections import defaultdict
from collections.abc import Sequence
from random import Random

import numpy as np
from numpy.typing import NDArray

from index.training.errors import TrainingDataError
from index.training.rows import PreparedSection, Row, deal_rows

# Groups of this size stand together in a batch, each section a negative for the others' questions.
GROUP = 6


def group_siblings(sections: Sequence[PreparedSection], random: Random) -> list[list[str]]:
    """Return groups of the ids of sections of one note, in random order."""
    notes: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for section in sections:
        notes[section.source, section.path].append(section.section_id)
    groups = []
    for ids in notes.values():
        random.shuffle(ids)
        groups += [ids[i : i + GROUP] for i in range(0, len(ids), GROUP)]
    random.shuffle(groups)
    return groups


def group_confused(
    sections: Sequence[PreparedSection], confusion: NDArray[np.float32], random: Random
) -> list[list[str]]:
    """Return groups of the ids of sections that a model takes for one another, in random order.

    Only sections of one source are grouped: its writer saw to it that one section alone answers a
    question, while two sources may well say the same.

    :param confusion: shape (n, n); how near the questions of a row's section come to a column's.
    """
    sources: defaultdict[str, set[int]] = defaultdict(set)
    for i, section in enumerate(sections):
        sources[section.source].add(i)
    groups = []
    for free in sources.values():
        while free:
            first = random.choice(sorted(free))
            free.remove(first)
            near = sorted(free, key=lambda i: (-float(confusion[first, i]), i))[: GROUP - 1]
            free.difference_update(near)
            groups.append([sections[i].section_id for i in (first, *near)])
    random.shuffle(groups)
    return groups


def plan_batches(
    sections: Sequence[PreparedSection],
    groups: Sequence[Sequence[str]],
    batch_size: int,
    count: int,
    random: Random,
) -> list[list[Row]]:
    """Return `count` batches; in each all rows show passages, or all show sentences.

    No section is twice in a batch. Once all rows were dealt, they are dealt anew.

    :param groups: the ids of all sections, those together that shall meet in a batch.
    :raises TrainingDataError: no section has a question.
    """
    by_id = {section.section_id: section for section in sections}
    batches: list[list[Row]] = []
    while len(batches) < count:
        dealt = {one: deal_rows(by_id[one], random) for group in groups for one in group}
        new: list[list[Row]] = []
        for view in (0, 1):
            left = {one: list(rows[view]) for one, rows in dealt.items()}
            while any(left.values()):
                # One row of every section that has some left, group by group.
                ordered = [left[one].pop() for group in groups for one in group if left[one]]
                new += [ordered[i : i + batch_size] for i in range(0, len(ordered), batch_size)]
        if not new:
            raise TrainingDataError("no section has a question; add some to the training data")
        # A batch of few sections is too easy to teach anything.
        new = [batch for batch in new if len(batch) > batch_size // 2] or new
        random.shuffle(new)
        batches += new
    return batches[:count]
