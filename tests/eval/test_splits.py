"""No section has questions in both halves, and the halves do not depend on the order."""

from hypothesis import given
from hypothesis import strategies as st

from eval.datatypes import LabelledQuestion, Split
from eval.splits import assign_splits, find_leaks, touched_sections
from tests.eval.records import ask

sections = st.sampled_from([f"n.md#{i}" for i in range(12)])
question_sets = st.lists(
    st.tuples(st.lists(sections, max_size=3), sections | st.just("")), max_size=15
).map(lambda rows: [ask(f"q{i}", *gold, near=near) for i, (gold, near) in enumerate(rows)])


def halves(questions: list[LabelledQuestion]) -> dict[str, Split]:
    return {labelled.query_id: labelled.split for labelled in assign_splits(questions)}


def test_gold_and_near_sections_are_touched() -> None:
    assert touched_sections(ask("q1", "a", "b", near="c")) == {"a", "b", "c"}
    assert touched_sections(ask("q2", "a")) == {"a"}
    assert touched_sections(ask("q3")) == frozenset()


@given(question_sets)
def test_no_section_is_in_both_halves(questions: list[LabelledQuestion]) -> None:
    assert find_leaks(assign_splits(questions)) == []


@given(question_sets.flatmap(lambda made: st.tuples(st.just(made), st.permutations(made))))
def test_the_order_of_the_questions_does_not_matter(
    orders: tuple[list[LabelledQuestion], list[LabelledQuestion]],
) -> None:
    given_order, other_order = orders
    assert halves(given_order) == halves(other_order)


@given(question_sets)
def test_nothing_but_the_split_changes_and_twice_is_once(
    questions: list[LabelledQuestion],
) -> None:
    once = assign_splits(questions)
    assert [labelled.query_id for labelled in once] == [q.query_id for q in questions]
    assert list(map(touched_sections, once)) == list(map(touched_sections, questions))
    assert assign_splits(once) == once


def test_the_half_is_the_parity_of_the_first_byte_of_the_digest() -> None:
    # By sha256sum: a gives ca97..., 0xca is even; f gives 252f..., 0x25 is odd.
    assert halves([ask("q1", "a"), ask("q2", "f")]) == {"q1": Split.DEV, "q2": Split.TEST}


def test_questions_chained_by_shared_sections_go_with_the_smallest_section() -> None:
    # a is dev and f is test (see above): q2 ties them, q3 comes by its nearest section.
    chained = [ask("q1", "f"), ask("q2", "f", "z"), ask("q3", "z", "a"), ask("q4", near="f")]
    assert set(halves(chained).values()) == {Split.DEV}


def test_a_question_that_touches_nothing_is_divided_by_its_id() -> None:
    assert halves([ask("a"), ask("f")]) == {"a": Split.DEV, "f": Split.TEST}


def test_both_halves_get_about_as_many_sections() -> None:
    made = list(halves([ask(f"q{i}", f"n.md#{i}") for i in range(400)]).values())
    # 200 expected, standard deviation 10.
    assert 150 < made.count(Split.DEV) < 250


def test_leaks_are_named_in_order() -> None:
    leaky = [
        ask("q1", "b", "a", split=Split.DEV),
        ask("q2", "a", split=Split.TEST),
        ask("q3", near="b", split=Split.TEST),
        ask("q4", "c", split=Split.TEST),
    ]
    assert find_leaks(leaky) == ["a", "b"]
