"""Settings come from the command line, the environment and tenkyo.toml, in this order."""

from pathlib import Path

import pytest

from assistant.errors import SettingsError
from assistant.settings import read_settings


@pytest.fixture(autouse=True)
def _clean_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("NOTES", "INDEX", "MODEL", "LANGUAGE", "CACHE", "ANSWER_CHARACTERS"):
        monkeypatch.delenv(f"TENKYO_{name}", raising=False)


def test_defaults() -> None:
    settings = read_settings({})
    assert (settings.notes, settings.model) == (Path("notes"), "bundled")
    assert settings.answer_characters == 400


def test_command_line_beats_environment_beats_file(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("tenkyo.toml").write_text('notes = "a"\nmodel = "from-file"\nlanguage = "en"\n')
    monkeypatch.setenv("TENKYO_NOTES", "b")
    monkeypatch.setenv("TENKYO_MODEL", "from-environment")
    settings = read_settings({"notes": Path("c"), "model": None})
    assert settings.notes == Path("c")
    assert settings.model == "from-environment"
    assert settings.language == "en"


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("answer_charakters = 3\n", "answer_charakters"),
        ("answer_characters = 3\n", "answer_characters"),
        ('language = "fr"\n', "language"),
        ("= broken", "tenkyo.toml"),
    ],
)
def test_a_bad_settings_file_is_named_in_one_line(text: str, named: str) -> None:
    Path("tenkyo.toml").write_text(text)
    with pytest.raises(SettingsError, match=named) as caught:
        read_settings({})
    assert "\n" not in str(caught.value)


def test_a_settings_file_that_is_no_text_is_refused() -> None:
    Path("tenkyo.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(SettingsError, match="not valid TOML"):
        read_settings({})


def test_every_notes_folder_has_an_index_folder_of_its_own(tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    one = read_settings({"notes": Path("x/notes"), "cache": cache}).index_folder
    other = read_settings({"notes": Path("y/notes"), "cache": cache}).index_folder
    assert one != other
    assert one.is_relative_to(cache / "indexes")


def test_a_relative_and_an_absolute_path_share_an_index() -> None:
    relative = read_settings({"notes": Path("notes")}).index_folder
    assert relative == read_settings({"notes": Path("notes").resolve()}).index_folder


SECRETS = [
    "llm_key",
    "chat_auth",
    "slack_bot_token",
    "slack_app_token",
    "slack_signing_secret",
]


@pytest.mark.parametrize("name", SECRETS)
def test_a_secret_is_read_from_the_environment_and_never_shown(monkeypatch, name: str) -> None:
    monkeypatch.setenv(f"TENKYO_{name.upper()}", "sk-very-secret")
    settings = read_settings({})
    assert getattr(settings, name).get_secret_value() == "sk-very-secret"
    assert "very" not in repr(settings)


@pytest.mark.parametrize("name", SECRETS)
def test_a_secret_in_the_file_is_refused_without_being_shown(name: str) -> None:
    Path("tenkyo.toml").write_text(f'{name} = "sk-very-secret"\n', encoding="utf-8")
    with pytest.raises(SettingsError, match=f"TENKYO_{name.upper()}") as caught:
        read_settings({})
    assert "very" not in str(caught.value)


def test_slack_settings_come_from_the_file() -> None:
    Path("tenkyo.toml").write_text(
        'slack_channels = ["C1", "C2"]\n[slack_folders]\nC1 = "network"\n', encoding="utf-8"
    )
    settings = read_settings({})
    assert settings.slack_channels == ("C1", "C2")
    assert settings.slack_folders == {"C1": "network"}


def test_a_base_of_links_is_a_web_address() -> None:
    with pytest.raises(SettingsError, match="permalink_base"):
        read_settings({"permalink_base": "javascript:alert(1)"})
