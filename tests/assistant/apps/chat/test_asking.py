"""Questions that go wrong, are stopped, or come in numbers."""

import re
import threading
from collections.abc import Generator, Sequence

import pytest

from assistant.apps.chat.limits import ChatLimits
from assistant.apps.chat.texts import ENGLISH, JAPANESE
from assistant.errors import GeneratorError
from assistant.generators.text_stream import ChatMessage
from assistant.wiring import LanguageModel
from tests.assistant.apps.chat.chat_process import RunningChat, run_chat_in_thread
from tests.assistant.apps.chat.conftest import write_notes
from tests.assistant.apps.chat.sayings import ANSWER, QUESTION, count_turns

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])


def test_a_question_that_may_not_be_asked_again_keeps_its_turn(tmp_path) -> None:
    notes = write_notes(tmp_path / "notes")
    with run_chat_in_thread(notes, limits=ChatLimits(questions=2)) as chat:
        page = chat.open_page("ja")
        page.ask(QUESTION)
        page.ask("別府では?")
        page.click("retry")
        assert count_turns(page) == 2
        # A question after that is one of its own.
        other = chat.open_page("ja", kept=page.kept)
        other.click("retry")
        assert count_turns(other) == 2
        other.ask("トマトの苗は何月に植える?")
        assert count_turns(other) == 3


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("", ENGLISH.error_empty),
        ("  \n", ENGLISH.error_empty),
        ("長" * 8_001, ENGLISH.error_too_long.format(count="8,001", limit="8,000")),
        ("???", "holds no word"),
    ],
)
def test_what_is_no_question_is_told_and_costs_nothing(
    shared_chat: RunningChat, question, told
) -> None:
    page = shared_chat.open_page("en")
    page.ask(question)
    assert told in page.value("status")
    assert page.is_visible("send")


def test_too_many_questions_are_told_kindly(tmp_path) -> None:
    notes = write_notes(tmp_path / "notes")
    with run_chat_in_thread(notes, limits=ChatLimits(questions=1)) as chat:
        page = chat.open_page("en")
        page.ask(QUESTION)
        page.fill("question", "別府では?")
        page.click("send")
        told = re.escape(ENGLISH.error_rate_limited.format(seconds=99)).replace("99", r"\d+")
        assert re.search(told, page.value("status"))
        assert (count_turns(page), page.value("question")) == (1, "別府では?")
        other = chat.open_page("en")
        assert ANSWER in other.ask(QUESTION)


class FakeHeldChat:
    """Implements `TextStream`: quotes the first sentence, and says no more until it is let go.

    closed: whether it was left in the middle.
    """

    def __init__(self) -> None:
        self.reached = threading.Event()
        self.gate = threading.Event()
        self.closed = threading.Event()

    def stream(self, messages: Sequence[ChatMessage]) -> Generator[str, None, None]:
        (first,) = re.findall(r"^\[1\] (.+)$", messages[-1].content, re.MULTILINE)
        try:
            yield f"{first} [1]\n"
            self.reached.set()
            assert self.gate.wait(60)
            yield f"{first} [1]\n"
            yield "終わり。 [1]\n"
        except GeneratorExit:
            self.closed.set()
            raise


class FakeBrokenChat:
    """Implements `TextStream`: the endpoint fails."""

    def stream(self, messages: Sequence[ChatMessage]) -> Generator[str, None, None]:
        raise GeneratorError("the server is down; start it")
        yield ""


def hold(model: FakeHeldChat) -> LanguageModel:
    return LanguageModel(model, lambda error: None)


def test_an_answer_is_stopped_and_what_there_is_of_it_stays(tmp_path) -> None:
    model = FakeHeldChat()
    with run_chat_in_thread(write_notes(tmp_path / "notes"), language_model=hold(model)) as chat:
        page = chat.open_page("ja")
        assert page.value("model") is True
        asking = threading.Thread(target=page.ask, args=(QUESTION,))
        asking.start()
        assert model.reached.wait(30)
        assert page.is_visible("stop")
        assert not page.is_visible("send")
        assert not page.is_usable("undo")
        page.act(kind="ask", question="別府では?")
        assert JAPANESE.error_busy in page.value("status")
        assert page.value("pending") == ""
        # Nor is anything else of the conversation changed meanwhile.
        for action in ({"kind": "rate", "rating": "good"}, {"kind": "propose"}):
            page.act(**action, turn=0)
            assert JAPANESE.error_busy in page.value("status")
        assert not chat.settings.feedback_folder.exists()
        model.gate.set()
        page.stop()
        asking.join(30)
        assert JAPANESE.status_stopped in page.value("status")
        assert page.is_visible("send")
        assert not page.is_visible("stop")
        assert 'data-progress="stopped"' in page.value("conversation")
        assert page.kept["tenkyo-history"].count('"stopped"') == 1
        # The next question goes its way.
        assert ANSWER in page.ask(QUESTION)


def test_a_language_model_that_fails_leaves_the_notes_own_words(tmp_path) -> None:
    told: list[GeneratorError] = []
    model = LanguageModel(FakeBrokenChat(), told.append)
    with run_chat_in_thread(write_notes(tmp_path / "notes"), language_model=model) as chat:
        shown = chat.open_page("ja").ask(QUESTION)
        assert ANSWER in shown
        assert "言語モデルが使えなかったので" in shown
        assert [str(error) for error in told] == ["the server is down; start it"]


def test_a_mistake_of_the_program_ends_the_turn_with_one_line(tmp_path, monkeypatch) -> None:
    with run_chat_in_thread(write_notes(tmp_path / "notes")) as chat:

        def fail(*_: object) -> None:
            raise RuntimeError("/home/hana/secret")

        page = chat.open_page("en")
        monkeypatch.setattr(chat.live, "stream", fail)
        shown = page.ask(QUESTION)
        assert 'data-progress="failed"' in shown
        assert "RuntimeError" in shown
        assert "secret" not in shown
        assert page.is_visible("send")
        assert [str(error) for error in chat.unexpected] == ["/home/hana/secret"]


def test_many_ask_at_once(shared_chat: RunningChat) -> None:
    shown: list[str] = []

    def ask() -> None:
        shown.append(shared_chat.open_page("ja").ask(QUESTION))

    threads = [threading.Thread(target=ask) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(shown) == 12
    assert all(ANSWER in text for text in shown)
