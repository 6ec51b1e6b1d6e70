"""The app's manifest asks for what the bot needs and nothing else, and the guides say why."""

import itertools
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant.apps.slack.access import AccessRules
from assistant.apps.slack.ids import SHORTCUT, SLASH_COMMAND
from assistant.apps.slack.scopes import NEEDED_APP_SCOPE, NEEDED_SCOPES
from assistant.settings import Settings

ROOT = Path(__file__).parents[4]
GUIDES = {"en": ROOT / "docs/slack.md", "ja": ROOT / "docs/slack.ja.md"}
TITLES = {
    "en": ("scope of the bot token", "scope of the app token", "event"),
    "ja": ("ボットトークンのスコープ", "アプリトークンのスコープ", "イベント"),
}
# Of every event that the app subscribes to, the scope that Slack demands for it.
SCOPES_OF_EVENTS = {
    "app_home_opened": None,
    "app_mention": "app_mentions:read",
    "message.channels": "channels:history",
    "message.groups": "groups:history",
    "message.im": "im:history",
    "reaction_added": "reactions:read",
}


@pytest.fixture(scope="module")
def manifest() -> dict[str, Any]:
    text = (ROOT / "slack/manifest.yaml").read_text(encoding="utf-8")
    loaded: dict[str, Any] = yaml.safe_load(text)
    return loaded


def read_table(guide: Path, title: str) -> dict[str, str]:
    """Return what the guide's table says of each name; `title` heads its first column."""
    lines = guide.read_text(encoding="utf-8").splitlines()
    (start,) = [number for number, line in enumerate(lines) if line.startswith(f"| {title} |")]
    rows = itertools.takewhile(lambda line: line.startswith("|"), lines[start + 2 :])
    cells = [[cell.strip() for cell in row.strip("|").split("|")] for row in rows]
    return {name.strip("`"): reason for name, reason in cells}


def test_the_scopes_are_those_that_are_needed(manifest: dict[str, Any]) -> None:
    assert manifest["oauth_config"] == {"scopes": {"bot": list(NEEDED_SCOPES)}}
    assert sorted(set(NEEDED_SCOPES)) == list(NEEDED_SCOPES)


@pytest.mark.parametrize("language", GUIDES)
def test_a_guide_says_why_of_every_scope_and_event_and_of_no_other(
    language: str, manifest: dict[str, Any]
) -> None:
    bot, app, events = (read_table(GUIDES[language], title) for title in TITLES[language])
    assert tuple(bot) == NEEDED_SCOPES
    assert tuple(app) == (NEEDED_APP_SCOPE,)
    assert list(events) == manifest["settings"]["event_subscriptions"]["bot_events"]
    assert all(len(reason) >= 6 for reason in (bot | app | events).values())


def test_both_guides_have_the_same_tables_headings_and_commands() -> None:
    english, japanese = (path.read_text(encoding="utf-8") for path in GUIDES.values())
    for pattern in (r"^#+ ", r"^\|", r"^\d\. \*\*", r"^- "):
        found = [len(re.findall(pattern, text, re.MULTILINE)) for text in (english, japanese)]
        assert found[0] == found[1] > 0, pattern
    codes = [
        re.sub(r" *#.*", "", "".join(re.findall(r"```\w+\n(.*?)```", text, re.DOTALL)))
        for text in (english, japanese)
    ]
    assert codes[0] == codes[1]
    names = [set(re.findall(r"`([a-z_]+:?[a-z]*)`", text)) for text in (english, japanese)]
    assert names[0] == names[1]


@pytest.mark.parametrize("guide", GUIDES.values(), ids=GUIDES)
def test_every_setting_of_the_bot_is_in_the_guides(guide: Path) -> None:
    text = guide.read_text(encoding="utf-8")
    for name in Settings.model_fields:
        if name.startswith("slack_"):
            assert f"`{name}`" in text or f"`TENKYO_{name.upper()}`" in text, name


@pytest.mark.parametrize("guide", GUIDES.values(), ids=GUIDES)
def test_a_guide_says_how_often_one_may_ask(guide: Path) -> None:
    rules = AccessRules()
    (row,) = re.findall(r"^\| .* 20 .* 120 .*\|$", guide.read_text(encoding="utf-8"), re.MULTILINE)
    assert re.findall(r"\b\d{2,}\b", row) == [str(rules.user_limit), str(rules.team_limit)]


@pytest.mark.parametrize("guide", GUIDES.values(), ids=GUIDES)
def test_the_files_that_a_guide_links_to_are_there(guide: Path) -> None:
    links = re.findall(r"\]\(([^)]+)\)", guide.read_text(encoding="utf-8"))
    assert links
    assert all((guide.parent / link).is_file() for link in links)


def test_every_event_has_its_scope(manifest: dict[str, Any]) -> None:
    events = manifest["settings"]["event_subscriptions"]["bot_events"]
    assert events == sorted(SCOPES_OF_EVENTS)
    assert {SCOPES_OF_EVENTS[event] for event in events} - {None} <= set(NEEDED_SCOPES)


def test_the_bot_is_reached_by_what_the_listeners_listen_to(manifest: dict[str, Any]) -> None:
    features = manifest["features"]
    (command,) = features["slash_commands"]
    (shortcut,) = features["shortcuts"]
    assert command["command"] == SLASH_COMMAND
    assert (shortcut["callback_id"], shortcut["type"]) == (SHORTCUT, "message")
    assert shortcut["name"] == "ノートで調べる"
    assert features["app_home"] == {
        "home_tab_enabled": True,
        "messages_tab_enabled": True,
        "messages_tab_read_only_enabled": False,
    }
    settings = manifest["settings"]
    assert settings["socket_mode_enabled"]
    assert settings["interactivity"]["is_enabled"]
    assert "request_url" not in settings["event_subscriptions"]


def test_slack_takes_the_manifest(manifest: dict[str, Any]) -> None:
    """The bounds of Slack's manifest schema."""
    about, features = manifest["display_information"], manifest["features"]
    assert 1 <= len(about["name"]) <= 35
    assert 1 <= len(about["description"]) <= 140
    assert 175 <= len(about["long_description"]) <= 4_000
    assert re.fullmatch(r"#[0-9a-f]{6}", about["background_color"])
    assert re.fullmatch(r"[a-z0-9._-]{1,80}", features["bot_user"]["display_name"])
    # `assistant:write` is refused without it; new apps can no longer have `assistant_view`.
    assert 1 <= len(features["agent_view"]["agent_description"]) <= 300
    assert "assistant_view" not in features
    (command,), (shortcut,) = features["slash_commands"], features["shortcuts"]
    assert len(command["command"]) <= 32
    assert 1 <= len(command["description"]) <= 2_000
    assert 1 <= len(command["usage_hint"]) <= 1_000
    assert 1 <= len(shortcut["name"]) <= 24
    assert 1 <= len(shortcut["description"]) <= 150
