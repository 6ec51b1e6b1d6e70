"""The labels of the controls, and both languages for them."""

import asyncio

from assistant.apps.chat.app import build_blocks
from assistant.apps.chat.gradio_library import I18nData
from assistant.apps.chat.labels import build_translations, find_labels, write_labels
from assistant.apps.chat.launch import build_services
from assistant.apps.chat.limits import ChatLimits
from assistant.apps.chat.texts import ENGLISH, JAPANESE
from assistant.settings import read_settings
from tests.assistant.apps.chat.conftest import write_notes
from tests.assistant.serving.live import build_engine, open_live


def test_both_languages_have_the_same_texts() -> None:
    translations = build_translations().translations
    assert translations["ja"].keys() == translations["en"].keys()
    assert (translations["ja"]["send"], translations["en"]["send"]) == (JAPANESE.send, ENGLISH.send)


def test_every_label_is_a_text_of_the_chat_and_can_be_shown_in_either_language(tmp_path) -> None:
    notes = write_notes(tmp_path / "notes")
    settings = read_settings({"notes": notes, "index": tmp_path / "index"})
    live = open_live(notes, tmp_path / "index")
    services = build_services(
        settings, build_engine(), live, ChatLimits(), lambda error: None, uses_model=False
    )

    async def build() -> list:
        return list(build_blocks(services, build_translations(), ChatLimits()).blocks.values())

    controls = asyncio.run(build())
    live.close()
    labels = find_labels(controls)
    named = {control.elem_id: texts for control, texts in ((a.control, a.texts) for a in labels)}
    assert named["tenkyo-question"] == {
        "label": "question",
        "placeholder": "question_placeholder",
        "info": "question_hint",
    }
    assert named["tenkyo-send"] == {"value": "send"}
    assert named["tenkyo-tab-source"] == {"label": "tab_source"}
    for texts in (JAPANESE, ENGLISH):
        for control, update in write_labels(labels, texts).items():
            shown = {name: value for name, value in update.items() if name != "__type__"}
            assert shown
            assert all(isinstance(value, str) and value for value in shown.values()), control
    # Nobody reads a key.
    assert not any(
        isinstance(choice, I18nData)
        for control in controls
        for choice in getattr(control, "choices", None) or ()
    )
