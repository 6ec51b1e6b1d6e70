"""Registers the events of the page: none of them is offered to programs, none shows a spinner."""

from collections.abc import Callable, Iterator, Sequence
from functools import wraps
from typing import Protocol

from assistant.apps.chat.failures import describe_failure, is_unexpected
from assistant.apps.chat.gradio_library import Block, Dependency, gr
from assistant.apps.chat.html_text import escape_line
from assistant.apps.chat.languages import choose_wording

# What events return: for each control that changes, its new value or properties.
Updates = dict[Block, object]


class Trigger(Protocol):
    """What starts an event: `button.click`, or `dependency.then` for a step after another."""

    def __call__(
        self,
        fn: Callable[..., Updates | Iterator[Updates]] | None,
        inputs: Sequence[Block],
        outputs: Sequence[Block],
        *,
        js: str | None = ...,
        queue: bool = ...,
        show_progress: str = ...,
        trigger_mode: str = ...,
        api_visibility: str = ...,
    ) -> Dependency:
        """Register an event."""


class EventBinder:
    """Registers events whose functions are quick, and tells where one fails by mistake.

    tell_unexpected: tells the terminal.
    language: has the language of the page, for the events that take it.
    """

    def __init__(self, tell_unexpected: Callable[[Exception], None], language: Block) -> None:
        self._tell_unexpected = tell_unexpected
        self._language = language

    def bind(
        self,
        trigger: Trigger,
        function: Callable[..., Updates],
        inputs: Sequence[Block],
        outputs: Sequence[Block],
        script: str | None = None,
    ) -> Dependency:
        """Register an event; return what the next step can be bound to.

        :param script: a function of JavaScript that gets the inputs' values and gives those that
            the function gets.
        """
        return trigger(
            self._guard(function, inputs, outputs[0]),
            inputs,
            outputs,
            js=script,
            queue=False,  # it waits for no answer under way
            show_progress="hidden",
            api_visibility="private",
        )

    def bind_long(
        self,
        trigger: Trigger,
        function: Callable[..., Iterator[Updates]],
        inputs: Sequence[Block],
        outputs: Sequence[Block],
    ) -> Dependency:
        """Register an event that takes its time, one at a time for all pages; none is left out.

        :param function: tells its failures itself.
        """
        return trigger(
            function,
            inputs,
            outputs,
            show_progress="hidden",
            trigger_mode="multiple",
            api_visibility="private",
        )

    def bind_script(self, trigger: Trigger, inputs: Sequence[Block], script: str) -> None:
        """Register a function of JavaScript that gets the inputs' values."""
        trigger(None, inputs, (), js=script, queue=False, api_visibility="private")

    def _guard(
        self, function: Callable[..., Updates], inputs: Sequence[Block], unchanged: Block
    ) -> Callable[..., Updates]:
        place = inputs.index(self._language) if self._language in inputs else None

        @wraps(function)
        def guarded(*arguments: object) -> Updates:
            try:
                # gradio would take no update at all for too few values.
                return function(*arguments) or {unchanged: gr.skip()}
            except Exception as error:  # noqa: BLE001  # gradio would print a traceback
                if is_unexpected(error):
                    self._tell_unexpected(error)
                wording = choose_wording(None if place is None else arguments[place])
                # gradio shows it as HTML.
                told = escape_line(describe_failure(error, wording.texts))
                title = wording.messages.error
                raise gr.Error(told, title=title, print_exception=False) from None

        return guarded


def merge_updates(*all_updates: Updates) -> Updates:
    """Return several updates as one; the properties of a control that several change, together."""
    merged: Updates = {}
    for updates in all_updates:
        for control, value in updates.items():
            known = merged.get(control)
            if isinstance(known, dict) and isinstance(value, dict):
                value = {**known, **value}
            merged[control] = value
    return merged
