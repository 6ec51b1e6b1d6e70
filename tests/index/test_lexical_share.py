"""The lead of the first section, and the share that it gives."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.datatypes import Hit
from index.lexical_share import LexicalShare, measure_lead


def make_hits(*scores: float) -> list[Hit]:
    """One hit a section, best first."""
    return [
        Hit(f"p{rank}", f"s{rank:02}", score, rank) for rank, score in enumerate(scores, start=1)
    ]


def test_the_lead_is_over_the_tenth_section() -> None:
    scores = [8.0, *[7.0] * 8, 6.0, 1.0, 0.5]
    assert measure_lead(make_hits(*scores)) == pytest.approx(0.25)


def test_passages_of_a_section_count_once() -> None:
    sections = make_hits(8.0, *[7.0] * 8, 6.0)
    more = [Hit(f"q{i}", "s01", 7.5, i) for i in range(5)]
    assert measure_lead([sections[0], *more, *sections[1:]]) == pytest.approx(0.25)


def test_sections_that_were_not_found_score_nothing() -> None:
    assert measure_lead(make_hits(3.0)) == 1.0
    assert measure_lead(make_hits(*[3.0] * 9)) == 1.0
    assert measure_lead(make_hits(*[3.0] * 10)) == 0.0


def test_without_a_hit_nothing_leads() -> None:
    assert measure_lead([]) == 0.0
    assert measure_lead(make_hits(0.0, 0.0)) == 0.0


@pytest.mark.parametrize(
    ("tenth", "share"), [(10.0, 0.1), (8.0, 0.1), (6.0, 0.2), (3.0, 0.35), (1.0, 0.4), (0.0, 0.4)]
)
def test_the_share_grows_with_the_lead_between_its_bounds(tenth: float, share: float) -> None:
    measured = LexicalShare(slope=0.5, least=0.1, most=0.4)
    assert measured.measure(make_hits(10.0, *[10.0] * 8, tenth)) == pytest.approx(share)


@given(st.lists(st.floats(0, 1e6), max_size=20))
def test_the_share_is_always_between_its_bounds(scores: list[float]) -> None:
    share = LexicalShare()
    assert share.least <= share.measure(make_hits(*sorted(scores, reverse=True))) <= share.most
