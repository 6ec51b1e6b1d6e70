"""The labels of the controls: which text each shows, to show it in another language."""

from collections.abc import Iterable
from dataclasses import dataclass, fields

from assistant.apps.chat.events import Updates
from assistant.apps.chat.gradio_library import Block, I18nData, gr
from assistant.apps.chat.text_fields import ChatTexts
from assistant.apps.chat.texts import ENGLISH, JAPANESE


@dataclass(frozen=True, slots=True)
class Labels:
    """The texts that one control shows.

    texts: by the control's property (`label`, `placeholder`, ...), the field of `ChatTexts`.
    """

    control: Block
    texts: dict[str, str]


def build_translations() -> gr.I18n:
    """Return all texts, for the browser to choose from by its own language."""
    return gr.I18n(ja=_list_texts(JAPANESE), en=_list_texts(ENGLISH))


def find_labels(controls: Iterable[Block]) -> tuple[Labels, ...]:
    """Return the labels that were given as keys of `build_translations`."""
    found = []
    for control in controls:
        arguments = control.constructor_args
        texts = {
            name: value.key for name, value in arguments.items() if isinstance(value, I18nData)
        }
        if texts:
            found.append(Labels(control, texts))
    return tuple(found)


def write_labels(labels: Iterable[Labels], texts: ChatTexts) -> Updates:
    """Return the updates that show the labels in a language, whatever the browser's is."""
    return {
        label.control: gr.update(
            **{name: getattr(texts, field) for name, field in label.texts.items()}
        )
        for label in labels
    }


def _list_texts(texts: ChatTexts) -> dict[str, str]:
    values = {field.name: getattr(texts, field.name) for field in fields(texts)}
    return {name: value for name, value in values.items() if isinstance(value, str)}
