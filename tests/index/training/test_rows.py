from collections import Counter
from collections.abc import Sequence
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.protocols import Vectors
from index.training.datatypes import TrainingQuestion, TrainingSection
from index.training.rows import Row, deal_rows, prepare_sections
from index.training.views import SectionViews, View
from tests.fake_embedder import FakeEmbedder
from tests.index.training.records import prepared_section

EAST, NORTH, NORTH_EAST = (1.0, 0.0), (0.0, 1.0), (0.6, 0.8)


class FakeTableEmbedder(FakeEmbedder):
    """Looks the vectors up; queries and passages in tables of their own."""

    def __init__(
        self, queries: dict[str, tuple[float, float]], passages: dict[str, tuple[float, float]]
    ) -> None:
        super().__init__(dim=2)
        self._queries, self._passages = queries, passages

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        return np.array([self._queries[text] for text in texts], np.float32).reshape(-1, 2)

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        return np.array([self._passages[text] for text in texts], np.float32).reshape(-1, 2)


def section(section_id: str, *questions: tuple[str, int | None]) -> TrainingSection:
    made = tuple(TrainingQuestion(text, f"like {text}", line) for text, line in questions)
    return TrainingSection(section_id, "notes", "a.md", ("甲",), "", made, ())


# Lines 1 and 2 are the first passage, 3 and 4 the second; line 2 holds two sentences.
VIEWS = SectionViews(
    passages=(View("P12", 1, 2), View("P34", 3, 4)),
    sentences=(View("S1", 1, 1), View("S2a", 2, 2), View("S2b", 2, 2), View("S4", 4, 4)),
)
TABLE = {"P12": NORTH, "P34": EAST, "S1": NORTH, "S2a": NORTH, "S2b": NORTH_EAST, "S4": EAST}


@pytest.mark.parametrize(
    ("query", "line", "sentence", "passage"),
    [
        (EAST, 1, "S1", 0),  # what is marked, though S4 and P34 are nearer
        (EAST, 2, "S2b", 0),  # cosines 0 and 0.6
        (NORTH, 2, "S2a", 0),  # cosines 1 and 0.8
        (EAST, None, "S4", 1),
        (NORTH, None, "S1", 0),  # as near as S2a; the first counts
        (NORTH_EAST, None, "S2b", 0),  # P12 covers its line; P34 does not
        (EAST, 3, "S4", 1),  # no sentence covers line 3, a passage does
        (EAST, 99, "S4", 1),  # nothing does
    ],
)
def test_a_question_is_matched_to_its_views(
    query: tuple[float, float], line: int | None, sentence: str, passage: int
) -> None:
    embedder = FakeTableEmbedder({"Q": query}, TABLE)
    (prepared,) = prepare_sections([section("a", ("Q", line))], [VIEWS], embedder)
    (answered,) = prepared.questions
    assert (answered.sentence.text, answered.passage) == (sentence, passage)
    assert answered.query.vector.tolist() == pytest.approx(query)
    assert answered.sentence.vector.tolist() == pytest.approx(TABLE[sentence])


def test_of_passages_that_share_a_line_the_nearest_counts() -> None:
    views = SectionViews((View("P12", 1, 2), View("P34", 2, 4)), (View("S1", 1, 1),))
    embedder = FakeTableEmbedder({"Q": EAST}, TABLE)
    (prepared,) = prepare_sections([section("a", ("Q", 2))], [views], embedder)
    assert prepared.questions[0].passage == 1


def test_every_section_gets_its_own_views_and_questions() -> None:
    embedder = FakeTableEmbedder(
        {"Q1": EAST, "Q2": NORTH, "Q3": NORTH_EAST}, {**TABLE, "P": EAST, "S": NORTH}
    )
    sections = [section("a", ("Q1", None), ("Q2", None)), section("b"), section("c", ("Q3", None))]
    single = SectionViews((View("P", 1, 1),), (View("S", 1, 1),))
    prepared = prepare_sections(sections, [VIEWS, single, single], embedder)
    assert [one.section_id for one in prepared] == ["a", "b", "c"]
    assert [[p.text for p in one.passages] for one in prepared] == [["P12", "P34"], ["P"], ["P"]]
    assert [
        [(q.query.text, q.kind, q.sentence.text) for q in one.questions] for one in prepared
    ] == [
        [("Q1", "like Q1", "S4"), ("Q2", "like Q2", "S1")],
        [],
        [("Q3", "like Q3", "S")],
    ]


def test_no_sections_give_none() -> None:
    assert prepare_sections([], [], FakeEmbedder()) == []


def shown_by(rows: Sequence[Row]) -> Counter[str]:
    return Counter(q.query.text for row in rows for q in row.questions)


@given(st.lists(st.tuples(st.integers(0, 2), st.booleans()), max_size=20), st.integers())
def test_rows_show_what_answers_their_questions(made: list[tuple[int, bool]], seed: int) -> None:
    hard = {i for i, (_, is_hard) in enumerate(made) if is_hard}
    prepared = prepared_section("a", tuple(passage for passage, _ in made), hard=hard)
    passage_rows, sentence_rows = deal_rows(prepared, Random(seed))
    for row in passage_rows:
        assert row.is_shared
        assert row.texts == tuple(prepared.passages[q.passage] for q in row.questions)
        assert row.texts[0] is row.texts[1]
    for row in sentence_rows:
        assert not row.is_shared
        assert row.texts == tuple(q.sentence for q in row.questions)
    rows = passage_rows + sentence_rows
    assert all(row.section is prepared for row in rows)
    shown = shown_by(rows)
    assert shown.keys() == {f"a q{i}" for i in range(len(made))}
    assert all(shown[f"a q{i}"] >= 2 for i in hard)


@given(st.integers())
def test_hard_questions_are_shown_twice(seed: int) -> None:
    # Eight are dealt, four to each view: no row needs filling.
    passage_rows, sentence_rows = deal_rows(
        prepared_section("a", (0,) * 6, hard={1, 4}), Random(seed)
    )
    assert (len(passage_rows), len(sentence_rows)) == (2, 2)
    assert shown_by(passage_rows + sentence_rows) == {
        "a q0": 1,
        "a q1": 2,
        "a q2": 1,
        "a q3": 1,
        "a q4": 2,
        "a q5": 1,
    }


@given(st.integers())
def test_what_fills_a_row_was_not_in_it(seed: int) -> None:
    passage_rows, sentence_rows = deal_rows(prepared_section("a", (0,) * 5), Random(seed))
    # Two and three questions: the third comes with the first of the three.
    assert sorted((len(passage_rows), len(sentence_rows))) == [1, 2]
    single, odd = sorted((passage_rows, sentence_rows), key=len)
    assert sorted(shown_by(single).values()) == [1, 1]
    assert sorted(shown_by(odd).values()) == [1, 1, 2]
    assert all(len(shown_by([row])) == 2 for row in (*single, *odd))
    assert not shown_by(single).keys() & shown_by(odd).keys()


@given(st.integers())
def test_questions_of_two_passages_share_no_row(seed: int) -> None:
    passage_rows, _ = deal_rows(prepared_section("a", (0, 1) * 8), Random(seed))
    # Eight of the sixteen; an odd question of one passage is not paired with one of the other.
    counts = Counter(row.questions[0].passage for row in passage_rows)
    shown = {q.query.text: q.passage for row in passage_rows for q in row.questions}
    assert len(shown) == 8
    needed = Counter(shown.values())
    assert counts == {passage: -(-count // 2) for passage, count in needed.items()}


def test_a_single_question_fills_a_row_of_either_view() -> None:
    dealt = [deal_rows(prepared_section("a"), Random(seed)) for seed in range(40)]
    for passage_rows, sentence_rows in dealt:
        (row,) = passage_rows + sentence_rows
        assert [q.query.text for q in row.questions] == ["a q0"] * 2
    assert {len(passage_rows) for passage_rows, _ in dealt} == {0, 1}


def test_every_question_comes_to_either_view() -> None:
    made = prepared_section("a", (0,) * 4)
    dealt = [deal_rows(made, Random(seed)) for seed in range(40)]
    for view in (0, 1):
        # Two of the four in each deal.
        assert all(len(shown_by(rows[view])) == 2 for rows in dealt)
        assert len({one for rows in dealt for one in shown_by(rows[view])}) == 4


def test_two_questions_may_have_the_same_words() -> None:
    made = prepared_section("a", (0,) * 8, texts=("同じ",) * 8)
    passage_rows, sentence_rows = deal_rows(made, Random(0))
    assert (len(passage_rows), len(sentence_rows)) == (2, 2)


def test_the_seed_decides_the_order() -> None:
    made = prepared_section("a", (0,) * 40)

    def order(seed: int) -> list[str]:
        return [
            q.query.text
            for rows in deal_rows(made, Random(seed))
            for r in rows
            for q in r.questions
        ]

    assert order(1) == order(1)
    assert order(1) != order(2)
