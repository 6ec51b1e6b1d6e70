"""Who is answered where, how often, and from which notes."""

import pytest

from assistant.apps.slack.access import Access, AccessRules, is_direct
from assistant.apps.slack.jobs import Place
from assistant.apps.slack.texts import Refusal
from assistant.serving.datatypes import Scope

OPEN, CLOSED, DIRECT = Place("T", "C1"), Place("T", "C2", "1.1"), Place("T", "D1")


class Clock:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_without_rules_all_are_answered_from_all_notes() -> None:
    access = Access(AccessRules(), Clock())
    for place in (OPEN, CLOSED, DIRECT):
        assert access.refuse(place, "U1") is None
        assert access.choose_scope(place) == Scope()


@pytest.mark.parametrize(
    ("place", "user", "expected"),
    [
        (OPEN, "U1", None),
        (CLOSED, "U1", Refusal.CHANNEL),
        (DIRECT, "U1", None),
        (OPEN, "U2", Refusal.USER),
        (DIRECT, "U2", Refusal.USER),
        (Place("T", ""), "U1", Refusal.CHANNEL),
    ],
)
def test_lists_of_channels_and_users(place, user, expected) -> None:
    rules = AccessRules(channels=frozenset({"C1"}), users=frozenset({"U1"}))
    assert Access(rules, Clock()).refuse(place, user) is expected


def test_a_channel_is_answered_from_its_folder() -> None:
    access = Access(AccessRules(folders={"C1": "仕事/aws"}), Clock())
    assert access.choose_scope(OPEN) == Scope(folders=("仕事/aws",))
    assert access.choose_scope(CLOSED) == Scope()


def test_a_user_may_ask_so_often_a_minute() -> None:
    clock = Clock()
    access = Access(AccessRules(user_limit=2, team_limit=100), clock)
    assert [access.admit(OPEN, "U1") for _ in range(2)] == [0, 0]
    clock.now += 30.5
    # The first question counts for 60 seconds: 29.5 are left, told as whole seconds.
    assert access.admit(DIRECT, "U1") == 30
    assert access.admit(OPEN, "U2") == 0
    clock.now += 29.5
    assert access.admit(OPEN, "U1") == 0


def test_a_workspace_may_ask_so_often_a_minute() -> None:
    access = Access(AccessRules(user_limit=2, team_limit=3), Clock())
    # What U1 is refused takes nothing from the others.
    assert [access.admit(OPEN, "U1") for _ in range(4)] == [0, 0, 60, 60]
    assert access.admit(OPEN, "U2") == 0
    assert access.admit(OPEN, "U3") == 60
    assert access.admit(Place("T2", "C1"), "U3") == 0


def test_direct_messages_are_told_by_their_id() -> None:
    assert is_direct(DIRECT)
    assert not is_direct(OPEN)
