"""The optional language model is made from the settings, or said why it cannot be."""

import sys

import pytest

from assistant.errors import SettingsError
from assistant.generators.chat_api import ChatApi
from assistant.generators.scripted import ObedientChat
from assistant.language_model import load_language_model
from assistant.settings import Settings

URL = "http://127.0.0.1:9/v1"


def test_without_an_address_there_is_none() -> None:
    with pytest.raises(SettingsError, match="llm_url"):
        load_language_model(Settings())


def test_an_address_gives_a_model_behind_an_api() -> None:
    assert isinstance(load_language_model(Settings(llm_url=URL, llm_model="m")), ChatApi)


def test_a_bad_setting_is_told_before_anything_is_asked() -> None:
    with pytest.raises(SettingsError, match="llm_model"):
        load_language_model(Settings(llm_url=URL))
    with pytest.raises(
        SettingsError, match="llm_cost_per_day needs prices; set llm_price_in and llm_price_out"
    ):
        load_language_model(Settings(llm_url=URL, llm_model="m", llm_cost_per_day=1.0))


def test_the_stand_in_needs_no_package(monkeypatch) -> None:
    monkeypatch.setitem(sys.modules, "openai", None)
    assert isinstance(load_language_model(Settings(llm_url="scripted")), ObedientChat)


def test_a_missing_package_is_named(monkeypatch) -> None:
    monkeypatch.setitem(sys.modules, "assistant.generators.chat_api", None)
    with pytest.raises(SettingsError, match=r"pip install -e '\.\[llm\]'"):
        load_language_model(Settings(llm_url=URL, llm_model="m"))
