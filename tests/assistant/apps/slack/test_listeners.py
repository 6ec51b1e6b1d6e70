"""What becomes of everything that Slack sends: through the real Bolt, into a real ledger."""

import copy
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from slack_bolt import Ack

from assistant.apps.slack.access import AccessRules
from assistant.apps.slack.blocks import render_answer
from assistant.apps.slack.home_blocks import render_home
from assistant.apps.slack.ids import (
    ASK_ACTION,
    BAD_ACTION,
    GOOD_ACTION,
    LINES_ACTION,
    REASON_BLOCK,
    REASON_INPUT,
    SHARE_ACTION,
    SHORTCUT,
)
from assistant.apps.slack.jobs import JobKind, Lane, Place
from assistant.apps.slack.modals import render_reason_view
from assistant.apps.slack.texts import ENGLISH as TEXTS
from assistant.apps.slack.texts import Refusal
from tests.assistant.apps.slack.answers import PLAIN
from tests.assistant.apps.slack.bot_bench import VOICE
from tests.assistant.apps.slack.fake_slack import events
from tests.assistant.apps.slack.fake_slack.people import ASKER, CHANNEL, COLLEAGUE
from tests.assistant.apps.slack.fake_slack.records import (
    BOT,
    BOT_USER,
    TEAM,
    Ephemeral,
    Json,
    Message,
    Payload,
    View,
)
from tests.assistant.apps.slack.listening import ListeningBot
from tests.assistant.apps.slack.scripted_notes import ScriptedNotes

DIRECT = f"D{ASKER[1:]}"


@pytest.fixture
def bot(tmp_path) -> Iterator[ListeningBot]:
    made = ListeningBot(tmp_path)
    yield made
    made.file.close()


def build(tmp_path, rules: AccessRules, most_waiting: int = 100) -> ListeningBot:
    return ListeningBot(tmp_path, rules, most_waiting)


def change_event(payload: Payload, **fields: object) -> Json:
    """Return the body of an event with other fields; None takes a field away."""
    body = copy.deepcopy(payload.body)
    body["event"] |= fields
    body["event"] = {name: value for name, value in body["event"].items() if value is not None}
    return body


class TestQuestions:
    def test_a_mention_is_claimed_before_it_is_acknowledged(self, bot) -> None:
        mention, _ = bot.people.mention("EC2 の上限は? <https://a.example|記事> &amp; 他")
        assert bot.hear(mention).status == 200
        (leased,) = bot.take_all()
        job = leased.job
        assert job.key == f"{TEAM}:{CHANNEL}:{mention.ts}"
        assert (job.kind, job.text) == (JobKind.QUESTION, "EC2 の上限は? 記事 & 他")
        assert job.place == Place(TEAM, CHANNEL, mention.ts)
        assert (job.user, job.ts) == (ASKER, mention.ts)
        assert bot.woken == 1

    @pytest.mark.parametrize("order", [(0, 1), (1, 0), (1, 1, 0, 0)])
    def test_both_events_of_a_mention_are_one_question(self, bot, order) -> None:
        both = bot.people.mention("上限は?")
        assert [bot.hear(both[number]).status for number in order] == [200] * len(order)
        assert len(bot.take_all()) == 1

    def test_a_mention_in_a_thread_is_answered_there(self, bot) -> None:
        root = bot.people.write("雑談")
        mention, _ = bot.people.mention("上限は?", thread_ts=root.ts)
        bot.hear(mention)
        assert bot.take().job.place.thread == root.ts

    def test_a_direct_message_needs_no_mention(self, bot) -> None:
        message = bot.people.write_directly("上限は?")
        bot.hear(message)
        assert bot.take().job.place == Place(TEAM, DIRECT, message.ts)

    def test_a_message_with_a_file_or_sent_to_the_channel_too_is_one(self, bot) -> None:
        for subtype in ("file_share", "thread_broadcast"):
            bot.hear(change_event(bot.people.write_directly("上限は?"), subtype=subtype))
        assert len(bot.take_all()) == 2

    def test_an_exam_question_keeps_its_lines(self, bot) -> None:
        text = "正しいものは?\nA. 一つ\nB. 二つ"
        bot.hear(bot.people.write_directly(text))
        assert bot.take().job.text == text

    @pytest.mark.parametrize("text", ["", "  ", "<@U0TENKYO>"])
    def test_a_mention_without_a_question_is_told_so(self, bot, text) -> None:
        bot.hear(bot.people.mention(text)[0])
        assert bot.take_all() == []
        told = bot.take(Lane.QUICK).job
        assert (told.kind, told.text) == (JobKind.REFUSAL, TEXTS.refusals[Refusal.EMPTY])


class TestFollowUps:
    def test_a_thread_with_a_question_is_followed(self, bot) -> None:
        mention, _ = bot.people.mention("上限は?")
        bot.hear(mention)
        bot.hear(bot.people.write("じゃあ S3 は?", COLLEAGUE, thread_ts=mention.ts))
        first, second = bot.take_all()
        assert second.job.text == "じゃあ S3 は?"
        history = bot.archive.read_history(second.job.place, second.job.ts)
        assert history == ("上限は?",)
        assert bot.archive.read_history(first.job.place, first.job.ts) == ()

    def test_it_may_come_before_the_question(self, bot) -> None:
        mention, _ = bot.people.mention("上限は?")
        bot.hear(bot.people.write("じゃあ S3 は?", thread_ts=mention.ts))
        assert bot.take_all() == []
        bot.hear(mention)
        assert {leased.job.text for leased in bot.take_all()} == {"上限は?", "じゃあ S3 は?"}

    def test_what_is_said_to_somebody_else_is_not(self, bot) -> None:
        mention, _ = bot.people.mention("上限は?")
        bot.hear(mention)
        bot.hear(bot.people.write(f"<@{COLLEAGUE}> どう思う?", thread_ts=mention.ts))
        bot.hear(bot.people.write("", thread_ts=mention.ts))
        assert len(bot.take_all()) == 1

    def test_the_channel_and_threads_of_others_are_left_alone(self, bot) -> None:
        root = bot.people.write("おはよう")
        bot.hear(root)
        bot.hear(bot.people.write("おはよう!", COLLEAGUE, thread_ts=root.ts))
        assert bot.take_all() == []
        assert bot.take_all(Lane.QUICK) == []

    def test_a_lookup_does_not_make_a_thread_the_bots(self, bot) -> None:
        root = bot.workspace.say(CHANNEL, COLLEAGUE, "S3 は無料?")
        bot.hear(bot.people.choose_shortcut(SHORTCUT, root))
        bot.hear(bot.people.write("そうなの?", thread_ts=root.ts))
        assert [leased.job.kind for leased in bot.take_all()] == [JobKind.LOOKUP]


class TestIgnored:
    @pytest.mark.parametrize(
        "fields",
        [
            {"subtype": "bot_message", "user": None, "bot_id": "B1"},
            {"subtype": "channel_join"},
            {"subtype": "message_changed"},
            {"subtype": "message_deleted", "hidden": True},
            {"bot_id": "B1"},
            {"user": "USLACKBOT"},
            {"user": None},
            {"ts": None},
            {"hidden": True},
        ],
    )
    def test_what_no_person_wrote(self, bot, fields) -> None:
        body = change_event(bot.people.write_directly("上限は?"), **fields)
        assert bot.hear(body).status == 200
        assert bot.take_all() == []
        assert bot.take_all(Lane.QUICK) == []

    def test_own_messages_and_edits(self, bot) -> None:
        asked = bot.workspace.say(CHANNEL, ASKER, f"<@{BOT_USER}> 上限は?")
        posted = bot.workspace.post(CHANNEL, f"<@{BOT_USER}> とは", thread_ts=asked.ts)
        edited = bot.workspace.edit(CHANNEL, posted.ts, "答え", None, None)
        for payload in (
            events.build_message(posted),
            events.build_app_mention(posted),
            events.build_message_changed(posted, edited),
            events.build_message_deleted(edited, bot.workspace.next_ts()),
        ):
            assert bot.hear(payload).status == 200
        assert bot.take_all() == []
        assert bot.take_all(Lane.QUICK) == []

    @pytest.mark.parametrize("kind", ["team_join", "reaction_removed", "some_future_event"])
    def test_events_that_nobody_asked_for_are_acknowledged(self, bot, kind) -> None:
        payload = events.build_callback({"type": kind, "user": ASKER, "event_ts": "1.1"})
        assert bot.hear(payload).status == 200
        assert bot.take_all(Lane.QUICK) == []


class TestRules:
    RULES = AccessRules(frozenset({"C9"}), frozenset({ASKER}), {}, 100, 100)

    def test_a_refusal_is_told_once_to_the_asker_alone(self, tmp_path) -> None:
        bot = build(tmp_path, self.RULES)
        for _ in range(3):
            bot.hear(bot.people.mention("上限は?")[0])
        assert bot.take_all() == []
        (told,) = bot.take_all(Lane.QUICK)
        assert (told.job.kind, told.job.user) == (JobKind.NOTICE, ASKER)
        assert told.job.text == TEXTS.refusals[Refusal.CHANNEL]
        bot.file.close()

    def test_who_is_not_on_the_list_can_do_nothing(self, tmp_path) -> None:
        bot = build(tmp_path, self.RULES)
        bot.hear(bot.people.write_directly("上限は?", COLLEAGUE))
        bot.hear(bot.people.open_home(COLLEAGUE))
        bot.hear(bot.people.open_panel(COLLEAGUE))
        assert bot.take_kinds() == [JobKind.NOTICE]
        assert bot.take_all() == []
        bot.hear(bot.people.write_directly("上限は?", ASKER))
        assert len(bot.take_all()) == 1
        bot.file.close()

    def test_who_asks_too_often_is_told_to_wait_once_a_minute(self, tmp_path) -> None:
        bot = build(tmp_path, replace(self.RULES, channels=frozenset(), user_limit=2))
        mentions = [bot.people.mention("上限は?")[0] for _ in range(5)]
        for mention in mentions * 2:  # duplicates count for nothing
            bot.hear(mention)
        assert len(bot.take_all()) == 2
        (told,) = bot.take_all(Lane.QUICK)
        assert told.job.text == TEXTS.wait.format(seconds=60)
        bot.clock.now += 60.0
        # What was refused stays so when it comes again.
        bot.hear(mentions[4])
        assert bot.take_all() == []
        bot.hear(bot.people.mention("上限は?")[0])
        assert len(bot.take_all()) == 1
        bot.file.close()

    def test_when_too_many_wait_the_thread_is_told(self, tmp_path) -> None:
        bot = build(tmp_path, AccessRules(), most_waiting=2)
        mentions = [bot.people.mention("上限は?")[0] for _ in range(3)]
        for mention in mentions * 2:
            bot.hear(mention)
        (told,) = bot.take_all(Lane.QUICK)
        assert (told.job.kind, told.job.text) == (JobKind.REFUSAL, TEXTS.busy)
        assert told.job.place.thread == mentions[2].ts
        assert len(bot.take_all()) == 2
        bot.hear(bot.people.mention("上限は?")[0])
        assert len(bot.take_all()) == 1
        bot.file.close()


class TestCommand:
    def test_it_is_acknowledged_with_a_line(self, bot) -> None:
        command = bot.people.run_command("上限は? &amp; 料金は?")
        response = bot.hear(command)
        assert (response.status, response.body) == (200, TEXTS.placeholder)
        job = bot.take().job
        assert (job.kind, job.text) == (JobKind.COMMAND, "上限は? & 料金は?")
        assert job.place == Place(TEAM, CHANNEL)
        assert job.response_url == command.body["response_url"]

    def test_a_second_delivery_says_nothing(self, bot) -> None:
        command = bot.people.run_command("上限は?")
        bot.hear(command)
        assert bot.hear(command).body == ""
        assert len(bot.take_all()) == 1

    def test_why_it_is_not_taken_stands_in_the_acknowledgement(self, bot) -> None:
        response = bot.hear(bot.people.run_command(""))
        assert response.body.startswith(TEXTS.refusals[Refusal.EMPTY][:20])
        assert bot.take_all() == []
        assert bot.take_all(Lane.QUICK) == []


def show(bot: ListeningBot, key: str, *, is_private: bool = False) -> tuple[Json, ...]:
    """Return the blocks of an answer with everything that can be pressed."""
    answer = replace(PLAIN, follow_ups=("料金は?",))
    shown = render_answer(answer, TEXTS, VOICE.messages, VOICE.link, key, is_private=is_private)
    return tuple(shown.blocks)


def post_answer(bot: ListeningBot) -> tuple[Message, str]:
    """Ask, answer, and return the answer and the key of its job."""
    mention, _ = bot.people.mention("上限は?")
    bot.hear(mention)
    leased = bot.take()
    blocks = show(bot, leased.job.key)
    message = bot.workspace.post(CHANNEL, "答え", blocks, mention.ts)
    return message, bot.answer(leased, message)


class TestButtons:
    def test_a_follow_up_is_asked_in_the_thread_once(self, bot) -> None:
        message, _ = post_answer(bot)
        for user in (ASKER, COLLEAGUE):
            assert bot.hear(bot.people.press(message, ASK_ACTION, user)).status == 200
        (leased,) = bot.take_all()
        assert (leased.job.kind, leased.job.text) == (JobKind.FOLLOW_UP, "料金は?")
        assert leased.job.place == Place(TEAM, CHANNEL, message.thread_ts)
        history = bot.archive.read_history(leased.job.place, leased.job.ts)
        assert history == ("上限は?",)

    def test_a_follow_up_of_a_private_answer_stays_private(self, bot) -> None:
        bot.hear(bot.people.run_command("上限は?"))
        key = bot.take().job.key
        private = Ephemeral(CHANNEL, ASKER, "答え", show(bot, key, is_private=True))
        bot.hear(bot.people.press(private, ASK_ACTION))
        job = bot.take().job
        assert (job.kind, job.text) == (JobKind.COMMAND, "料金は?")
        assert job.response_url
        (told,) = bot.take_all(Lane.QUICK)
        assert told.job.text == TEXTS.placeholder

    def test_a_recent_question_of_the_home_is_answered_directly(self, bot) -> None:
        content = render_home(ScriptedNotes().overview(), ["料金は?"], TEXTS)
        home = View("V1", ASKER, "h", content)
        bot.hear(bot.people.press(home, ASK_ACTION))
        assert bot.take_all() == []  # the channel is not known yet
        bot.hear(bot.people.open_home())
        bot.hear(bot.people.press(home, ASK_ACTION))
        job = bot.take().job
        assert (job.kind, job.place) == (JobKind.FOLLOW_UP, Place(TEAM, DIRECT))

    def test_lines_open_a_window(self, bot) -> None:
        message, key = post_answer(bot)
        assert bot.hear(bot.people.press(message, LINES_ACTION)).status == 200
        ((name, action),) = bot.windows.opened
        assert (name, action.value, action.block_id) == ("lines", "1", f"lines|{key}")

    def test_an_answer_is_shared_once(self, bot) -> None:
        bot.hear(bot.people.run_command("上限は?"))
        key = bot.take().job.key
        private = Ephemeral(CHANNEL, ASKER, "答え", show(bot, key, is_private=True))
        for _ in range(2):
            bot.hear(bot.people.press(private, SHARE_ACTION))
        (leased,) = bot.take_all(Lane.QUICK)
        assert (leased.job.kind, leased.job.about) == (JobKind.SHARE, key)
        assert (leased.job.place, leased.job.text) == (Place(TEAM, CHANNEL), ASKER.lower())

    def test_a_thumb_up_counts_once_for_each_user(self, bot) -> None:
        message, key = post_answer(bot)
        for user in (ASKER, ASKER, COLLEAGUE):
            bot.hear(bot.people.press(message, GOOD_ACTION, user))
        jobs = [leased.job for leased in bot.take_all(Lane.QUICK)]
        praise = [(job.user, job.about) for job in jobs if job.kind is JobKind.PRAISE]
        assert praise == [(ASKER, key), (COLLEAGUE, key)]
        assert [job.text for job in jobs if job.kind is JobKind.NOTICE] == [TEXTS.thanks] * 2

    def test_a_thumb_down_waits_for_its_reason(self, bot) -> None:
        message, key = post_answer(bot)
        bot.hear(bot.people.press(message, BAD_ACTION))
        ((name, _),) = bot.windows.opened
        assert name == "reason"
        assert bot.take_all(Lane.QUICK) == []
        view = View("V1", None, "h", render_reason_view(TEXTS, key))
        values = {REASON_BLOCK: {REASON_INPUT: {"type": "plain_text_input", "value": "古い"}}}
        assert bot.hear(bot.people.submit(view, values)).status == 200
        (leased,) = bot.take_all(Lane.QUICK)
        job = leased.job
        assert (job.kind, job.about, job.text) == (JobKind.COMPLAINT, key, "古い")

    def test_a_thumb_down_without_a_reason_counts_in_the_end(self, bot) -> None:
        message, key = post_answer(bot)
        bot.hear(bot.people.press(message, BAD_ACTION))
        bot.clock.now += 900.0
        (leased,) = bot.take_all(Lane.QUICK)
        assert (leased.job.kind, leased.job.text) == (JobKind.COMPLAINT, "")
        # A reason that comes later still is kept beside it.
        view = View("V1", None, "h", render_reason_view(TEXTS, key))
        bot.hear(bot.people.submit(view, {REASON_BLOCK: {REASON_INPUT: {"value": "古い"}}}))
        (leased,) = bot.take_all(Lane.QUICK)
        assert leased.job.text == "古い"

    def test_unknown_buttons_are_acknowledged(self, bot) -> None:
        button = {"type": "button", "action_id": "of-an-old-version", "value": "x"}
        message = bot.workspace.post(CHANNEL, "", [{"type": "actions", "elements": [button]}])
        assert bot.hear(bot.people.press(message, "of-an-old-version")).status == 200
        assert bot.take_all(Lane.QUICK) == []


class TestReactions:
    @pytest.mark.parametrize(
        ("name", "kind"),
        [
            ("+1", JobKind.PRAISE),
            ("thumbsup::skin-tone-3", JobKind.PRAISE),
            ("-1", JobKind.COMPLAINT),
            ("thumbsdown", JobKind.COMPLAINT),
        ],
    )
    def test_thumbs_on_an_answer_are_feedback(self, bot, name, kind) -> None:
        message, key = post_answer(bot)
        reaction = bot.people.react(message, name, COLLEAGUE)
        for _ in range(2):
            bot.hear(reaction)
        (leased,) = bot.take_all(Lane.QUICK)
        assert (leased.job.kind, leased.job.about, leased.job.user) == (kind, key, COLLEAGUE)

    def test_others_are_not(self, bot) -> None:
        message, _ = post_answer(bot)
        other = bot.workspace.say(CHANNEL, ASKER, "雑談")
        bot.hear(bot.people.react(message, "eyes"))
        bot.hear(bot.people.react(other, "+1"))
        bot.hear(bot.people.react(message, "+1", BOT_USER))
        body = bot.people.react(message, "-1").body
        bot.hear({**body, "event": {**body["event"], "item": {"type": "file", "file": "F1"}}})
        assert bot.take_all(Lane.QUICK) == []


def test_the_home_is_drawn_and_in_the_messages_questions_are_suggested(bot) -> None:
    for tab in ("home", "messages", "about"):
        bot.hear(events.build_app_home_opened(ASKER, DIRECT, tab))
    jobs = [leased.job for leased in bot.take_all(Lane.QUICK)]
    assert [job.kind for job in jobs] == [JobKind.HOME, JobKind.PROMPTS]
    assert {(job.user, job.place) for job in jobs} == {(ASKER, Place(TEAM, DIRECT))}


def test_the_side_panel_is_greeted_once(bot) -> None:
    payload = bot.people.open_panel()
    for _ in range(2):
        bot.hear(payload)
    (leased,) = bot.take_all(Lane.QUICK)
    thread = payload.body["event"]["assistant_thread"]["thread_ts"]
    assert leased.job.kind is JobKind.PROMPTS
    assert leased.job.place == Place(TEAM, DIRECT, thread)


def test_a_shortcut_asks_what_a_message_says(bot) -> None:
    said = bot.workspace.say(CHANNEL, COLLEAGUE, "S3 は <https://a.example|無料> ですか")
    payload = bot.people.choose_shortcut(SHORTCUT, said)
    for _ in range(2):
        assert bot.hear(payload).status == 200
    (leased,) = bot.take_all()
    job = leased.job
    assert (job.kind, job.text, job.user) == (JobKind.LOOKUP, "S3 は 無料 ですか", ASKER)
    assert job.place == Place(TEAM, CHANNEL, said.ts)


def test_what_cannot_be_written_down_is_not_acknowledged(bot, caplog) -> None:
    bot.file.close()
    for payload in (
        bot.people.mention("上限は?")[0],
        bot.people.run_command("上限は?"),
        bot.people.choose_shortcut(SHORTCUT, bot.workspace.say(CHANNEL, ASKER, "上限は?")),
    ):
        assert bot.hear(payload).status == 500
    assert all("\n" not in record.getMessage() for record in caplog.records)
    assert "the ledger" in caplog.text


ANSWER = Message(CHANNEL, "1.1", BOT_USER, "答え", bot_id=BOT)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner),
    max_leaves=6,
)


@pytest.fixture(scope="module")
def hardy(tmp_path_factory) -> Iterator[ListeningBot]:
    made = ListeningBot(tmp_path_factory.mktemp("hardy"))
    yield made
    made.file.close()


@settings(max_examples=300)
@given(data=st.data())
def test_events_of_any_form_raise_nothing_in_a_listener(hardy, data) -> None:
    ears, people = hardy.listeners, hardy.people
    hear, payload = data.draw(
        st.sampled_from(
            [
                (ears.hear_mention, people.mention("上限は?")[0]),
                (ears.hear_message, people.write_directly("上限は?")),
                (ears.hear_reaction, events.build_reaction(ANSWER, ASKER, "+1")),
                (ears.hear_home, people.open_home()),
                (ears.hear_panel, people.open_panel()),
            ]
        )
    )
    hear(change_anywhere(payload.body, data))
    check_taken(hardy)


@settings(max_examples=300)
@given(data=st.data())
def test_interactions_of_any_form_raise_nothing_in_a_listener(hardy, data) -> None:
    ears, people = hardy.listeners, hardy.people
    message = replace(ANSWER, blocks=show(hardy, "T:C:1.1"))
    view = View("V1", None, "h", render_reason_view(TEXTS, "T:C:1.1"))
    hear, payload = data.draw(
        st.sampled_from(
            [
                (ears.hear_good, people.press(message, GOOD_ACTION)),
                (ears.hear_bad, people.press(message, BAD_ACTION)),
                (ears.hear_ask, people.press(message, ASK_ACTION)),
                (ears.hear_lines, people.press(message, LINES_ACTION)),
                (ears.hear_share, people.press(message, GOOD_ACTION)),
                (ears.hear_shortcut, people.choose_shortcut(SHORTCUT, message)),
                (ears.hear_command, people.run_command("上限は?")),
                (ears.hear_reason, people.submit(view, {REASON_BLOCK: {REASON_INPUT: {}}})),
            ]
        )
    )
    hear(Ack(), change_anywhere(payload.body, data))
    check_taken(hardy)


def change_anywhere(body: Json, data: st.DataObject) -> Json:
    """Return a body with anything in one of its fields, however deep."""
    changed = copy.deepcopy(body)
    place = changed
    while data.draw(st.booleans()):
        inner = [value for value in place.values() if isinstance(value, dict) and value]
        if not inner:
            break
        place = data.draw(st.sampled_from(inner))
    if place:
        place[data.draw(st.sampled_from(sorted(place)))] = data.draw(JSON)
    return changed


def check_taken(bot: ListeningBot) -> None:
    """Check that what was written down can be worked on."""
    for lane in Lane:
        for leased in bot.take_all(lane):
            assert leased.job.place.team
            assert leased.job.user
