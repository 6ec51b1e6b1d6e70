from collections import Counter
from collections.abc import Callable, Sequence
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.training.batches import GROUP, group_confused, group_siblings, plan_batches
from index.training.errors import TrainingDataError
from index.training.rows import PreparedSection, Row
from tests.index.training.records import prepared_section

Groups = list[list[str]]


def sections_of(places: Sequence[tuple[str, str]], questions: int = 1) -> list[PreparedSection]:
    """Sections `0`, `1`, ... of these sources and paths."""
    return [
        prepared_section(str(i), (0,) * questions, source=source, path=path)
        for i, (source, path) in enumerate(places)
    ]


def group_by_chance(sections: Sequence[PreparedSection], random: Random) -> Groups:
    """Group by a confusion without any order."""
    size = (len(sections), len(sections))
    confusion = np.random.default_rng(len(sections)).normal(size=size).astype(np.float32)
    return group_confused(sections, confusion, random)


PLACES = st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from("xyz")), max_size=30)


@pytest.mark.parametrize("group", [group_siblings, group_by_chance])
@given(places=PLACES, seed=st.integers())
def test_every_section_is_in_one_group_of_its_source(
    group: Callable[[list[PreparedSection], Random], Groups],
    places: list[tuple[str, str]],
    seed: int,
) -> None:
    sections = sections_of(places)
    groups = group(sections, Random(seed))
    assert Counter(one for ids in groups for one in ids) == Counter(s.section_id for s in sections)
    assert all(1 <= len(ids) <= GROUP for ids in groups)
    for ids in groups:
        assert len({places[int(one)][0] for one in ids}) == 1


@given(places=PLACES, seed=st.integers())
def test_siblings_are_of_one_note(places: list[tuple[str, str]], seed: int) -> None:
    groups = group_siblings(sections_of(places), Random(seed))
    for ids in groups:
        assert len({places[int(one)] for one in ids}) == 1
    # No more groups than the notes need.
    assert len(groups) == sum(-(-count // GROUP) for count in Counter(places).values())


def test_notes_of_the_same_path_in_two_sources_are_two() -> None:
    groups = group_siblings(sections_of([("a", "x"), ("b", "x")]), Random(0))
    assert sorted(groups) == [["0"], ["1"]]


@given(st.integers())
def test_sections_that_are_taken_for_one_another_are_grouped(seed: int) -> None:
    # Even sections are confused with even ones, odd with odd: two groups of six.
    sections = sections_of([("a", "x")] * 12)
    confusion = np.array([[(i + j) % 2 == 0 for j in range(12)] for i in range(12)], np.float32)
    groups = group_confused(sections, confusion, Random(seed))
    assert sorted(sorted(map(int, ids)) for ids in groups) == [
        [0, 2, 4, 6, 8, 10],
        [1, 3, 5, 7, 9, 11],
    ]


def test_another_source_is_not_grouped_however_near() -> None:
    sections = sections_of([("a", "x"), ("b", "x"), ("a", "y"), ("b", "y")])
    confusion = np.zeros((4, 4), np.float32)
    confusion[0, 1] = confusion[1, 0] = confusion[2, 3] = confusion[3, 2] = 1
    groups = group_confused(sections, confusion, Random(0))
    assert sorted(sorted(ids) for ids in groups) == [["0", "2"], ["1", "3"]]


@pytest.mark.parametrize("seed", range(10))
def test_the_questions_of_the_first_decide_who_joins(seed: int) -> None:
    # All questions come near to 2 to 7, none to 0 and 1; no text is nearer to one than to another.
    confusion = np.zeros((8, 8), np.float32)
    confusion[:, 2:] = 1
    groups = group_confused(sections_of([("a", "x")] * 8), confusion, Random(seed))
    first, *joined = max(groups, key=len)
    # 0 or 1 is joined by five of the six others, in the order of their numbers.
    expected = "23456" if first in "01" else "234567".replace(first, "")
    assert "".join(joined) == expected


def sections_in(batch: Sequence[Row]) -> frozenset[str]:
    return frozenset(row.section.section_id for row in batch)


def shown_in(batches: Sequence[Sequence[Row]]) -> Counter[str]:
    return Counter(q.query.text for batch in batches for row in batch for q in row.questions)


@given(
    counts=st.lists(st.integers(1, 20), min_size=1, max_size=12),
    batch_size=st.integers(1, 8),
    count=st.integers(0, 30),
    seed=st.integers(),
)
def test_a_batch_is_of_one_view_and_holds_no_section_twice(
    counts: list[int], batch_size: int, count: int, seed: int
) -> None:
    random = Random(seed)
    sections = [prepared_section(str(i), (0,) * n) for i, n in enumerate(counts)]
    groups = group_siblings(sections, random)
    batches = plan_batches(sections, groups, batch_size, count, random)
    assert len(batches) == count
    for batch in batches:
        assert 1 <= len(batch) <= batch_size
        assert len(sections_in(batch)) == len(batch)
        assert len({row.is_shared for row in batch}) == 1


@given(
    counts=st.lists(st.integers(2, 20), min_size=1, max_size=12),
    batch_size=st.integers(1, 16),
    seed=st.integers(),
)
def test_short_batches_are_left_out_where_there_are_others(
    counts: list[int], batch_size: int, seed: int
) -> None:
    random = Random(seed)
    sections = [prepared_section(str(i), (0,) * n) for i, n in enumerate(counts)]
    batches = plan_batches(sections, group_siblings(sections, random), batch_size, 30, random)
    # With two questions or more, every section has a row of each view: the first batch of a deal
    # is of all sections, or full.
    if len(counts) > batch_size / 2:
        assert all(len(batch) > batch_size / 2 for batch in batches)
    else:
        # All are short; those of the first rows are of all sections.
        assert max(map(len, batches)) == len(counts)


def test_a_rest_of_half_a_batch_is_left_out() -> None:
    sections = sections_of([("a", "x")] * 6, questions=2)
    batches = plan_batches(sections, [list("012345")], 4, 10, Random(0))
    # In each deal and view the first four, and two that are left out.
    assert Counter((batch[0].is_shared, sections_in(batch)) for batch in batches) == {
        (True, frozenset("0123")): 5,
        (False, frozenset("0123")): 5,
    }
    larger = plan_batches(sections, [list("012345")], 3, 8, Random(0))
    assert Counter(map(sections_in, larger)) == {frozenset("012"): 4, frozenset("345"): 4}


def test_rows_are_dealt_anew_once_all_were_shown() -> None:
    sections = sections_of([("a", "x")] * 3, questions=8)  # two rows of each view
    batches = plan_batches(sections, [list("012")], 3, 12, Random(0))
    for start in (0, 4, 8):
        deal = batches[start : start + 4]
        assert shown_in(deal) == {f"{i} q{j}": 1 for i in range(3) for j in range(8)}
        assert [batch[0].is_shared for batch in deal].count(True) == 2
    # In new pairs.
    pairs = [
        {frozenset(q.query.text for q in row.questions) for batch in deal for row in batch}
        for deal in (batches[:4], batches[4:8])
    ]
    assert pairs[0] != pairs[1]


def test_hard_questions_are_planned_twice() -> None:
    # Four rows: of eight questions, two of them twice over.
    sections = [prepared_section(one, (0,) * 6, hard={0, 5}) for one in "abc"]
    batches = plan_batches(sections, [list("abc")], 3, 4, Random(0))
    assert shown_in(batches) == {
        f"{one} q{i}": times for one in "abc" for i, times in enumerate((2, 1, 1, 1, 1, 2))
    }


def test_a_group_meets_in_batches_of_either_view() -> None:
    sections = sections_of([("a", "x")] * 6, questions=8)  # two rows of each view
    batches = plan_batches(sections, [["0", "3", "5"], ["1", "2", "4"]], 3, 8, Random(0))
    assert Counter((batch[0].is_shared, sections_in(batch)) for batch in batches) == {
        (is_shared, frozenset(group)): 2 for is_shared in (True, False) for group in ("035", "124")
    }


def test_the_views_are_mixed() -> None:
    sections = sections_of([("a", "x")] * 3, questions=80)  # 20 rows of each view
    batches = plan_batches(sections, [list("012")], 3, 40, Random(0))
    views = [batch[0].is_shared for batch in batches]
    assert views.count(True) == 20
    # Not first all passages, then all sentences.
    assert views != sorted(views)
    assert views != sorted(views, reverse=True)


def test_the_seed_decides_the_order_of_the_batches() -> None:
    sections = sections_of([("a", "x")] * 30)
    groups = [[section.section_id] for section in sections]

    def order(seed: int) -> list[str]:
        batches = plan_batches(sections, groups, 1, 30, Random(seed))
        return [batch[0].section.section_id for batch in batches]

    assert order(1) == order(1)
    assert order(1) != order(2)
    assert sorted(order(1)) == sorted(order(2))


def test_sections_without_questions_cannot_be_planned() -> None:
    sections = sections_of([("notes", "a.md")], questions=0)
    with pytest.raises(TrainingDataError, match="no section has a question"):
        plan_batches(sections, [["0"]], 2, 1, Random(1))
