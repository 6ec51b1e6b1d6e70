from hypothesis import given
from hypothesis import strategies as st

from index.ranking import rank_passages
from ingest.datatypes import Passage, PassageKind


def passage(name: str) -> Passage:
    return Passage(f"{name}:p0", name, 0, PassageKind.PASSAGE, "", 1, 1, 0, 0)


def ranked(scores: list[float], names: list[str], k: int) -> list[tuple[str, float, int]]:
    """Rank as if an engine had given `scores`, breaking ties by row."""
    rows = sorted(range(len(scores)), key=lambda row: -scores[row])

    def fetch(count: int) -> list[tuple[float, int]]:
        return [(scores[row], row) for row in rows[:count]]

    hits = rank_passages(fetch, [passage(name) for name in names], k)
    return [(hit.section_id, hit.score, hit.rank) for hit in hits]


def test_ties_are_broken_by_id_even_at_the_cut() -> None:
    # The engine would return rows 0 and 1: d and c.
    assert ranked([1.0, 1.0, 1.0, 1.0], ["d", "c", "b", "a"], 2) == [("a", 1.0, 1), ("b", 1.0, 2)]


def test_scores_that_differ_by_rounding_only_are_a_tie() -> None:
    assert [name for name, _, _ in ranked([0.8000001, 0.8], ["b", "a"], 2)] == ["a", "b"]


def test_nothing_is_asked_for_without_a_place_to_fill() -> None:
    assert ranked([1.0], ["a"], 0) == []
    assert ranked([1.0], ["a"], -1) == []
    assert ranked([], [], 3) == []


@given(st.lists(st.sampled_from([0.0, 0.5, 1.0]), max_size=40), st.integers(0, 45), st.randoms())
def test_the_result_is_the_head_of_the_whole_order(scores, k, random) -> None:
    names = [f"{number:02}" for number in range(len(scores))]
    random.shuffle(names)
    whole = sorted(zip(names, scores, strict=True), key=lambda item: (-item[1], item[0]))
    expected = [(name, score, rank) for rank, (name, score) in enumerate(whole[:k], start=1)]
    assert ranked(scores, names, k) == expected
