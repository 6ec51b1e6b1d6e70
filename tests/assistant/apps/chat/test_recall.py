"""The conversation of a page that the server may have forgotten."""

from assistant.apps.chat.browser_history import write_history
from assistant.apps.chat.recall import recall, recall_turns
from assistant.apps.chat.turns import ChatTurn, Progress
from tests.assistant.apps.chat.answers import build_answer

HELD = (ChatTurn("問", Progress.DONE, build_answer()),)
KEPT = (ChatTurn("止めた", Progress.STOPPED),)


def test_what_the_server_holds_comes_before_what_the_page_does() -> None:
    assert recall(HELD, write_history(KEPT)) == HELD
    assert recall((), write_history(KEPT)) == KEPT
    assert recall((), write_history(())) == ()
    assert recall((), '{"version": 1, "turns": [{}]}') == ()
    assert recall((), None) == ()


def test_an_event_gets_the_turns_and_what_else_it_takes() -> None:
    given: list[object] = []
    event = recall_turns(lambda *arguments: given.extend(arguments) or {})
    assert event((), write_history(KEPT), "ja", 3) == {}
    assert given == [KEPT, "ja", 3]
