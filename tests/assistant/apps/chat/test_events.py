"""Events that fail: one line to the user, in the language of the page, and no traceback."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest

from assistant.apps.chat.events import EventBinder, merge_updates
from assistant.apps.chat.gradio_library import gr
from assistant.apps.chat.texts import ENGLISH, JAPANESE
from assistant.errors import AssistantError
from assistant.messages import ENGLISH as ENGLISH_MESSAGES
from assistant.messages import JAPANESE as JAPANESE_MESSAGES


@dataclass
class FakeTrigger:
    """Implements `Trigger`: registers nothing, and has what it was given."""

    functions: list[Callable[..., Any]] = field(default_factory=list)
    options: list[dict[str, object]] = field(default_factory=list)

    def __call__(self, fn: Any, inputs: Any, outputs: Any, **options: object) -> Any:
        self.functions.append(fn)
        self.options.append(options)


def bind(function: Callable[..., Any], *, takes_language: bool) -> tuple[Any, list[Exception]]:
    """Return the function as gradio gets it, and where unexpected failures are told."""
    told: list[Exception] = []
    trigger = FakeTrigger()
    text, language = gr.Textbox(), gr.Radio(["ja", "en"])
    inputs = [text, language] if takes_language else [text]
    EventBinder(told.append, language).bind(trigger, function, inputs, [text], "() => []")
    assert trigger.options[0]["js"] == "() => []"
    return trigger.functions[0], told


def fail(*_: object) -> Any:
    raise ValueError("</div><script>secret")


@pytest.mark.parametrize(
    ("language", "texts", "messages"),
    [
        ("en", ENGLISH, ENGLISH_MESSAGES),
        ("ja", JAPANESE, JAPANESE_MESSAGES),
        ("fr", JAPANESE, JAPANESE_MESSAGES),
        (None, JAPANESE, JAPANESE_MESSAGES),
    ],
)
def test_a_mistake_of_the_program_is_told_in_the_language_of_the_page(
    language, texts, messages
) -> None:
    function, unexpected = bind(fail, takes_language=True)
    with pytest.raises(gr.Error) as raised:
        function("typed", language)
    assert raised.value.message == texts.error_unexpected.format(kind="ValueError")
    assert raised.value.title == messages.error
    assert raised.value.print_exception is False
    assert [str(error) for error in unexpected] == ["</div><script>secret"]


def test_where_the_language_is_not_known_it_is_japanese() -> None:
    function, _ = bind(fail, takes_language=False)
    with pytest.raises(gr.Error, match="ValueError") as raised:
        function("typed")
    assert raised.value.title == JAPANESE_MESSAGES.error


def test_a_failure_that_says_what_to_do_is_told_as_text_and_not_to_the_terminal() -> None:
    def refuse(*_: object) -> Any:
        raise AssistantError("<b>: do this")

    function, unexpected = bind(refuse, takes_language=True)
    with pytest.raises(gr.Error) as raised:
        function("typed", "en")
    assert raised.value.message == ENGLISH.error_answer.format(detail="&lt;b&gt;: do this")
    assert unexpected == []


def test_an_event_that_changes_nothing_says_so() -> None:
    function, _ = bind(lambda *_: {}, takes_language=True)
    (change,) = function("typed", "en").values()
    assert change == gr.skip()


def test_the_properties_of_a_control_are_put_together() -> None:
    one, other = gr.Textbox(), gr.Textbox()
    merged = merge_updates(
        {one: gr.update(value="a"), other: "x"}, {one: gr.update(visible=False), other: "y"}
    )
    assert merged == {one: gr.update(value="a", visible=False), other: "y"}
