"""What lines limit to one thing or except, and statements say of others."""

import pytest

from assistant.checking.denials import DenialReader
from assistant.checking.exclusives import ExclusiveChecker, Kind, LimitReader


@pytest.fixture(scope="module")
def is_turned(analyze, vocabulary, compare):
    checker = ExclusiveChecker(vocabulary, DenialReader(analyze), analyze)
    return lambda statement, source: bool(compare(checker.find_turned, statement, source))


@pytest.mark.parametrize(
    ("statement", "source"),
    [
        # the exception made the rule
        ("湯が止まらずに済むのは離れだけである。", "湯は止まらない（離れを除く）。"),
        ("離れでも湯は止まらない。", "湯は止まらない（離れを除く）。"),
        # another thing
        ("門を開けられるのは庭師だけである。", "門を開けられるのは司書だけである。"),
        ("庭師にも門を開けられる。", "司書にしか門を開けられない。"),
        ("曜日を問わず鐘が鳴る。", "鐘が鳴るのは火曜だけ。"),
    ],
)
def test_what_is_said_of_others(is_turned, statement, source):
    assert is_turned(statement, source)


@pytest.mark.parametrize(
    ("statement", "source"),
    [
        ("湯が止まるのは離れだけである。", "湯は止まらない（離れを除く）。"),
        ("離れ以外では湯は止まらない。", "湯は止まらない（離れを除く）。"),
        ("門を開けられるのは司書に限られる。", "門を開けられるのは司書だけである。"),
        ("庭師は門を開けられない。", "門を開けられるのは司書だけである。"),
        ("司書は門を開けられる。", "門を開けられるのは司書だけである。"),
    ],
)
def test_what_keeps_the_limit(is_turned, statement, source):
    assert not is_turned(statement, source)


def test_limits_are_read_with_their_things(analyze):
    reader = LimitReader(analyze)
    (limit,) = reader.read("鐘が鳴るのは火曜だけ")
    assert limit.kind is Kind.SOLE
    assert limit.words == frozenset(analyze("火曜"))
    (limit,) = reader.read("離れ(北棟)を除く")
    assert limit.kind is Kind.EXCEPTED
    assert limit.words == frozenset(analyze("離れ"))
    assert reader.read("離れ以外の棟も") == ()
    assert reader.read_cleft("鳴るのは火曜だけ") == frozenset(analyze("火曜"))
    assert reader.read_cleft("火曜だけ鳴る") == frozenset()
