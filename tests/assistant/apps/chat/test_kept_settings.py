"""The settings that a browser keeps."""

import pytest

from assistant.apps.chat.kept_settings import KeptSettings, read_kept, write_kept


def test_settings_come_back_as_they_were() -> None:
    settings = KeptSettings(language="en", length=800, use_model=True, theme="dark")
    assert write_kept(settings) == (
        '{"language":"en","length":800,"use_model":true,"theme":"dark"}'
    )
    assert read_kept(write_kept(settings)) == settings


@pytest.mark.parametrize(
    "value",
    [
        None,
        "",
        "{",
        '"en"',
        '{"language":"fr"}',
        '{"language":"en","length":"800"}',
        '{"language":"en","theme":"<script>"}',
        '{"language":"en","more":1}',
        '{"language":"en"}' + " " * 1_000,
    ],
)
def test_what_is_no_settings_chooses_nothing(value) -> None:
    assert read_kept(value) == KeptSettings()
