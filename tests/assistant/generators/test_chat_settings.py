"""What an endpoint's settings may be."""

import pytest

from assistant.errors import SettingsError
from assistant.generators.chat_settings import ChatSettings

URL = "http://localhost:11434/v1"


@pytest.mark.parametrize(
    "url", [URL, "https://api.example.com/v1", "http://[::1]:8080", "https://例え.jp/v1/"]
)
def test_addresses_of_the_web_are_taken(url) -> None:
    assert ChatSettings(url, "qwen3:4b").url == url


@pytest.mark.parametrize(
    "url",
    [
        "",
        "localhost:11434",
        "ftp://localhost/v1",
        "file:///etc/passwd",
        "http://",
        "http://user:geheim@localhost/v1",
        "http://geheim@localhost/v1",
        "http://localhost:geheim/v1",
        "http://[geheim/v1",
        "http://localhost/v1?key=geheim",
        "http://localhost/v1#geheim",
        "http://localhost/v1 geheim",
        "http://localhost/\ngeheim",
        "http://localhost/\ud800geheim",
    ],
)
def test_other_addresses_are_refused_without_being_shown(url) -> None:
    with pytest.raises(SettingsError) as caught:
        ChatSettings(url, "m")
    assert str(caught.value).startswith("llm_url ")
    assert "geheim" not in str(caught.value)
    assert "\n" not in str(caught.value)
    assert caught.value.__cause__ is None


@pytest.mark.parametrize("model", ["", "a b", "a\n", "x" * 201, "\x1b", "\ud800"])
def test_a_name_of_a_model_is_one_word(model) -> None:
    with pytest.raises(SettingsError, match=r"model's name.*llm_model"):
        ChatSettings(URL, model)


@pytest.mark.parametrize("key", ["", "geheim\n", "ge heim", "鍵", "geheim" * 2_000])
def test_a_key_that_no_header_can_hold_is_refused_without_being_shown(key) -> None:
    with pytest.raises(SettingsError) as caught:
        ChatSettings(URL, "m", key)
    assert "key" in str(caught.value)
    assert "geheim" not in str(caught.value)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("connect_seconds", 0),
        ("read_seconds", -1),
        ("total_seconds", float("inf")),
        ("total_seconds", float("nan")),
        ("max_output_tokens", 15),
        ("retries", 11),
        ("retries", -1),
        ("backoff_seconds", 10.5),
        ("temperature", 2.1),
    ],
)
def test_values_have_bounds(name, value) -> None:
    with pytest.raises(SettingsError, match=name):
        ChatSettings(URL, "m", **{name: value})


def test_the_key_is_not_in_the_representation() -> None:
    assert "geheim" not in repr(ChatSettings(URL, "m", "geheim"))
