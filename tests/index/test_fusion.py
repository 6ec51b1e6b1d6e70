"""Fusion: expected scores are worked out by hand in the comments."""

import pytest

from index.datatypes import Hit
from index.fusion import LegResult, fuse


def hit(section: str, score: float, passage: str = "p0") -> Hit:
    return Hit(f"{section}:{passage}", section, score, 1)


def test_scaled_scores_are_summed_with_weights() -> None:
    # words:    a 10 -> 1, b 6 -> (6-2)/8 = .5, c 2 -> 0      weight 1
    # passages: b .9 -> 1, c .8 -> (.8-.5)/.4 = .75, a .5 -> 0  weight 3
    # a = (1*1 + 3*0)/4 = .25; b = (.5 + 3)/4 = .875; c = (0 + 2.25)/4 = .5625
    words = LegResult("words", 1.0, [hit("a", 10.0), hit("b", 6.0), hit("c", 2.0)])
    dense = LegResult("passages", 3.0, [hit("b", 0.9), hit("c", 0.8), hit("a", 0.5)])
    fused = fuse([words, dense], k=10)
    assert [h.section_id for h in fused] == ["b", "c", "a"]
    assert [h.score for h in fused] == pytest.approx([0.875, 0.5625, 0.25])
    assert [h.rank for h in fused] == [1, 2, 3]


def test_a_section_counts_with_its_best_passage() -> None:
    # Scaled over sections, not passages: a 8 -> 1, b 4 -> 0; the second passage of a is ignored.
    leg = LegResult("words", 1.0, [hit("a", 8.0, "p1"), hit("a", 6.0), hit("b", 4.0)])
    fused = fuse([leg], k=10)
    assert [(h.section_id, h.passage_id, h.score) for h in fused] == [
        ("a", "a:p1", 1.0),
        ("b", "b:p0", 0.0),
    ]


def test_the_passage_is_that_of_the_leg_that_contributed_most() -> None:
    words = LegResult("words", 1.0, [hit("a", 2.0, "p1"), hit("b", 1.0)])
    dense = LegResult("passages", 2.0, [hit("a", 0.9, "p2"), hit("b", 0.1)])
    assert fuse([words, dense], k=1)[0].passage_id == "a:p2"


def test_legs_are_reported_with_rank_raw_and_scaled_score() -> None:
    words = LegResult("words", 1.0, [hit("b", 4.0), hit("a", 2.0)])
    dense = LegResult("passages", 1.0, [hit("a", 0.9)])
    a = next(h for h in fuse([words, dense], k=2) if h.section_id == "a")
    assert [(leg.leg, leg.rank, leg.raw, leg.scaled) for leg in a.legs] == [
        ("words", 2, 2.0, 0.0),
        ("passages", 1, 0.9, 1.0),
    ]


def test_only_the_best_depth_sections_of_a_leg_count() -> None:
    leg = LegResult("words", 1.0, [hit("a", 3.0), hit("b", 2.0), hit("c", 1.0)])
    assert [h.section_id for h in fuse([leg], k=10, depth=2)] == ["a", "b"]


def test_ties_are_ordered_by_section_id() -> None:
    leg = LegResult("words", 1.0, [hit("z", 1.0), hit("a", 1.0), hit("m", 1.0)])
    assert [h.section_id for h in fuse([leg], k=3)] == ["a", "m", "z"]


def test_nothing_found_is_an_empty_list() -> None:
    assert fuse([], k=5) == []
    assert fuse([LegResult("words", 1.0, [])], k=5) == []
