"""The local Web API, tried through the real client of slack_sdk."""

import json
import time
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from slack_sdk import WebClient, WebhookClient
from slack_sdk.errors import SlackApiError

from tests.assistant.apps.slack.fake_slack.fake_slack import FakeSlack
from tests.assistant.apps.slack.fake_slack.people import ASKER, CHANNEL, COLLEAGUE
from tests.assistant.apps.slack.fake_slack.records import BOT, BOT_USER
from tests.assistant.apps.slack.fake_slack.timing import FAST
from tests.assistant.apps.slack.sdk_clients import connect

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])

SECTION = {"type": "section", "text": {"type": "mrkdwn", "text": "*本文*"}}
BUTTON = {"type": "button", "action_id": "share", "text": {"type": "plain_text", "text": "共有"}}
MODAL = {
    "type": "modal",
    "callback_id": "reason",
    "title": {"type": "plain_text", "text": "理由"},
    "blocks": [SECTION],
}


@pytest.fixture
def slack() -> Iterator[FakeSlack]:
    with FakeSlack() as running:
        yield running


def refuse(act: Callable[[], object]) -> str:
    """Return the error that a call is refused with."""
    with pytest.raises(SlackApiError) as caught:
        act()
    return str(caught.value.response["error"])


def test_the_real_client_posts_in_a_thread_and_edits(slack: FakeSlack) -> None:
    client = connect(slack)
    question, _ = slack.people.mention("上限は？")
    metadata = {"event_type": "answer", "event_payload": {"key": "k1"}}
    posted = client.chat_postMessage(
        channel=CHANNEL, thread_ts=question.ts, text="調べています", metadata=metadata
    )
    client.chat_update(channel=CHANNEL, ts=posted["ts"], text="上限は 5 個です", blocks=[SECTION])
    (answer,) = slack.answers_to(question.ts)
    assert (answer.text, answer.blocks) == ("上限は 5 個です", (SECTION,))
    assert [version.text for version in answer.earlier] == ["調べています"]
    assert answer.metadata == metadata
    assert answer.read_text() == "上限は 5 個です\n*本文*"


def test_timestamps_are_unique_and_increase(slack: FakeSlack) -> None:
    stamps = [slack.workspace.next_ts() for _ in range(1_000)]
    assert stamps == sorted(set(stamps))


def test_a_thread_is_read_back_page_by_page_with_metadata(slack: FakeSlack) -> None:
    client = connect(slack)
    question, _ = slack.people.mention("問い")
    for number in range(4):
        client.chat_postMessage(
            channel=CHANNEL,
            thread_ts=question.ts,
            text=f"答え {number}",
            metadata={"event_type": "answer", "event_payload": {"n": number}},
        )
    pages = client.conversations_replies(
        channel=CHANNEL, ts=question.ts, limit=2, include_all_metadata=True
    )
    messages = [message for page in pages for message in page["messages"]]
    assert [message["text"] for message in messages[1:]] == [f"答え {n}" for n in range(4)]
    assert messages[0]["reply_count"] == 4
    assert messages[4]["metadata"]["event_payload"] == {"n": 3}
    plain = client.conversations_replies(channel=CHANNEL, ts=question.ts)
    assert all("metadata" not in message for message in plain["messages"])


def test_history_is_newest_first_and_without_replies(slack: FakeSlack) -> None:
    client = connect(slack)
    first, _ = slack.people.mention("一")
    slack.people.mention("二")
    client.chat_postMessage(channel=CHANNEL, thread_ts=first.ts, text="返事")
    history = client.conversations_history(channel=CHANNEL)["messages"]
    assert [message["text"] for message in history] == [f"<@{BOT_USER}> 二", f"<@{BOT_USER}> 一"]
    later = client.conversations_history(channel=CHANNEL, oldest=first.ts)["messages"]
    assert len(later) == 1


def test_who_and_where_is_told(slack: FakeSlack) -> None:
    client = connect(slack)
    identity = client.auth_test()
    assert (identity["user_id"], identity["bot_id"]) == (BOT_USER, BOT)
    assert "chat:write" in identity.headers["x-oauth-scopes"]
    assert client.users_info(user=COLLEAGUE, include_locale=True)["user"]["locale"] == "en-US"
    assert client.conversations_info(channel=CHANNEL)["channel"]["is_member"]
    direct = client.chat_postMessage(channel=ASKER, text="直接")
    assert direct["channel"] == "D0ASKER"
    link = client.chat_getPermalink(channel="D0ASKER", message_ts=direct["ts"])["permalink"]
    assert link.endswith(f"/D0ASKER/p{direct['ts'].replace('.', '')}")


def test_what_slack_refuses_is_refused(slack: FakeSlack) -> None:
    client = connect(slack)
    slack.workspace.add_channel("C0OTHER", "other", (ASKER,))
    slack.workspace.add_channel("G0SECRET", "secret", (ASKER,))
    message = slack.workspace.say(CHANNEL, ASKER, "人の文")
    own = client.chat_postMessage(channel=CHANNEL, text="自分の文")["ts"]
    client.reactions_add(channel=CHANNEL, name="eyes", timestamp=own)
    expected = [
        ("channel_not_found", lambda: client.chat_postMessage(channel="C0NONE", text="a")),
        ("channel_not_found", lambda: client.chat_postMessage(channel="G0SECRET", text="a")),
        ("not_in_channel", lambda: client.chat_postMessage(channel="C0OTHER", text="a")),
        ("msg_too_long", lambda: client.chat_postMessage(channel=CHANNEL, text="あ" * 40_001)),
        ("no_text", lambda: client.api_call("chat.postMessage", json={"channel": CHANNEL})),
        (
            "thread_not_found",
            lambda: client.chat_postMessage(channel=CHANNEL, text="a", thread_ts="1.000001"),
        ),
        (
            "invalid_metadata_format",
            lambda: client.chat_postMessage(channel=CHANNEL, text="a", metadata={"a": 1}),
        ),
        (
            "cant_update_message",
            lambda: client.chat_update(channel=CHANNEL, ts=message.ts, text="a"),
        ),
        ("message_not_found", lambda: client.chat_update(channel=CHANNEL, ts="1.0", text="a")),
        ("cant_delete_message", lambda: client.chat_delete(channel=CHANNEL, ts=message.ts)),
        (
            "already_reacted",
            lambda: client.reactions_add(channel=CHANNEL, name="eyes", timestamp=own),
        ),
        (
            "user_not_in_channel",
            lambda: client.chat_postEphemeral(channel=CHANNEL, user="U0GONE", text="a"),
        ),
        ("user_not_found", lambda: client.users_info(user="U0GONE")),
        ("unknown_method", lambda: client.api_call("chat.shout")),
        ("invalid_arguments", lambda: client.api_call("users.info", json={"user": ASKER})),
    ]
    assert [refuse(act) for _, act in expected] == [error for error, _ in expected]


def test_tokens_and_scopes_are_checked() -> None:
    with FakeSlack(scopes=("users:read",)) as slack:
        wrong = WebClient("xoxb-wrong", base_url=slack.base_url)
        none = WebClient(base_url=slack.base_url)
        client = connect(slack)
        assert refuse(wrong.auth_test) == "invalid_auth"
        assert refuse(none.auth_test) == "not_authed"
        bot_token = slack.bot_token
        assert (
            refuse(lambda: client.apps_connections_open(app_token=bot_token))
            == "not_allowed_token_type"
        )
        with pytest.raises(SlackApiError) as caught:
            client.chat_postMessage(channel=CHANNEL, text="a")
        assert caught.value.response["error"] == "missing_scope"
        assert caught.value.response["needed"] == "chat:write"
        assert caught.value.response["provided"] == "users:read"


def test_what_breaks_a_limit_is_refused_and_noted() -> None:
    def find_long(content: object) -> list[str]:
        return ["too long"] if len(json.dumps(content)) > 500 else []

    with FakeSlack(find_violations=find_long) as slack:
        client = connect(slack)
        client.chat_postMessage(channel=CHANNEL, text="a", blocks=[SECTION])
        many = [SECTION] * 20
        error = refuse(lambda: client.chat_postMessage(channel=CHANNEL, text="a", blocks=many))
        assert error == "invalid_blocks"
        view = {**MODAL, "type": "home", "blocks": many}
        assert refuse(lambda: client.views_publish(user_id=ASKER, view=view)) == "invalid_arguments"
        assert slack.violations == ["too long", "too long"]


def test_a_trigger_opens_one_modal_and_grows_old() -> None:
    with FakeSlack(timing=replace(FAST, trigger_seconds=2.0)) as slack:
        client = connect(slack)
        surfaces = slack.workspace.surfaces
        trigger = surfaces.issue_trigger()
        view = client.views_open(trigger_id=trigger, view=MODAL)["view"]
        assert refuse(lambda: client.views_open(trigger_id=trigger, view=MODAL)) == (
            "exchanged_trigger_id"
        )
        assert refuse(lambda: client.views_open(trigger_id="1.2", view=MODAL)) == (
            "invalid_trigger_id"
        )
        changed = {**MODAL, "blocks": [SECTION, SECTION]}
        client.views_update(view_id=view["id"], hash=view["hash"], view=changed)
        assert surfaces.views[view["id"]].content == changed
        assert (
            refuse(lambda: client.views_update(view_id=view["id"], hash=view["hash"], view=MODAL))
            == "hash_conflict"
        )
        old = surfaces.issue_trigger()
        time.sleep(2.05)
        assert refuse(lambda: client.views_open(trigger_id=old, view=MODAL)) == (
            "expired_trigger_id"
        )


def test_home_and_side_panel_are_kept(slack: FakeSlack) -> None:
    client = connect(slack)
    client.views_publish(user_id=ASKER, view={"type": "home", "blocks": [SECTION]})
    client.views_publish(user_id=ASKER, view={"type": "home", "blocks": []})
    surfaces = slack.workspace.surfaces
    assert surfaces.homes[ASKER].content["blocks"] == []
    assert surfaces.homes[ASKER].earlier[0]["blocks"] == [SECTION]
    opened = slack.people.open_panel().body["event"]["assistant_thread"]
    place = {"channel_id": opened["channel_id"], "thread_ts": opened["thread_ts"]}
    client.assistant_threads_setStatus(**place, status="調べています")
    client.assistant_threads_setTitle(**place, title="上限")
    client.assistant_threads_setSuggestedPrompts(**place, prompts=[{"title": "a", "message": "b"}])
    thread = surfaces.assistant_threads[place["channel_id"], place["thread_ts"]]
    assert (thread.statuses, thread.title, len(thread.prompts)) == (("調べています",), "上限", 1)


def test_response_urls_post_replace_and_run_out(slack: FakeSlack) -> None:
    client = connect(slack)
    posted = client.chat_postMessage(
        channel=CHANNEL,
        text="答え",
        blocks=[{"type": "actions", "block_id": "b", "elements": [BUTTON]}],
    )
    message = slack.workspace.find(CHANNEL, posted["ts"])
    pressed = slack.people.press(message, "share").body
    assert pressed["actions"][0]["block_id"] == "b"
    assert pressed["container"]["message_ts"] == message.ts
    webhook = WebhookClient(pressed["response_url"])
    assert webhook.send(text="ひそかに").status_code == 200
    assert webhook.send(text="みんなに", response_type="in_channel").body == "ok"
    webhook.send(text="替えた", replace_original=True)
    webhook.send(delete_original=True)
    assert [(e.user, e.text) for e in slack.workspace.ephemerals] == [(ASKER, "ひそかに")]
    assert [m.text for m in slack.workspace.read_channel(CHANNEL)] == ["みんなに"]
    assert [m.text for m in slack.workspace.deleted] == ["替えた"]
    webhook.send(text="五つめ")
    assert webhook.send(text="六つめ").status_code == 404
    with pytest.raises(LookupError, match="share"):
        slack.people.press(message, "good")
