"""Whole conversations: every way to ask, every button, through the real libraries."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest

from assistant.apps.slack.access import AccessRules
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
from assistant.apps.slack.scopes import NEEDED_SCOPES
from assistant.apps.slack.texts import ENGLISH as TEXTS
from assistant.apps.slack.texts import Refusal
from assistant.errors import GeneratorError, QuestionError
from assistant.serving.datatypes import Scope
from tests.assistant.apps.slack.block_kit import find_violations
from tests.assistant.apps.slack.bot_bench import UNLIMITED, Bench, run_on
from tests.assistant.apps.slack.fake_slack import events
from tests.assistant.apps.slack.fake_slack.fake_slack import FakeSlack
from tests.assistant.apps.slack.fake_slack.people import ASKER, CHANNEL, COLLEAGUE
from tests.assistant.apps.slack.fake_slack.records import Ephemeral, Message, Payload, View
from tests.assistant.apps.slack.scripted_notes import ScriptedNotes, answer_to

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])

# The rules that one test needs; the others do not mind them.
MAPPED = replace(UNLIMITED, folders={"C0WORK": "仕事"})


@dataclass(frozen=True, slots=True)
class Talk:
    """A bot and the Slack that it talks in. The bot has only the scopes that it says it needs."""

    slack: FakeSlack
    bench: Bench

    @property
    def notes(self) -> ScriptedNotes:
        return self.bench.notes

    def tell(self, *payloads: Payload) -> None:
        """Deliver, and wait until all was acknowledged."""
        self.slack.deliver(payloads)
        self.slack.wait_until(self.slack.is_settled)

    def ask(self, text: str = "上限は?", **where: str) -> Message:
        """Ask with a mention, and return the answer."""
        mention, message = self.slack.people.mention(text, **where)
        self.tell(mention, message)
        return self.wait_for_answer(mention.ts, text, where.get("channel", CHANNEL))

    def wait_for_answer(self, ts: str, text: str, channel: str = CHANNEL) -> Message:
        """Return the answer to a message."""

        def find() -> list[Message]:
            answers = self.slack.answers_to(ts, channel)
            return [answer for answer in answers if answer_to(text) in answer.text]

        self.slack.wait_until(lambda: bool(find()))
        (answer,) = find()
        return answer

    def ask_privately(self, text: str = "上限は?", channel: str = CHANNEL) -> Ephemeral:
        """Ask with the slash command, and return the answer."""
        self.tell(self.slack.people.run_command(text, channel=channel))
        return self.wait_for_private(answer_to(text))

    def wait_for_private(self, text: str) -> Ephemeral:
        """Return what one person is shown."""
        shown = self.slack.workspace.ephemerals
        self.slack.wait_until(lambda: any(text in one.read_text() for one in shown))
        return next(one for one in shown if text in one.read_text())

    def wait_for_view(self) -> View:
        """Return the window that was opened."""
        views = self.slack.workspace.surfaces.views
        self.slack.wait_until(lambda: bool(views))
        return next(iter(views.values()))

    def read_feedback(self, count: int) -> list[dict[str, object]]:
        """Return what was stored, when it is so much."""
        path = self.bench.folder / "feedback.jsonl"
        self.slack.wait_until(lambda: path.is_file() and path.read_text().count("\n") == count)
        return [json.loads(line) for line in path.read_text().splitlines()]


@pytest.fixture
def talk(tmp_path) -> Iterator[Talk]:
    with FakeSlack(scopes=NEEDED_SCOPES, find_violations=find_violations, echoes=True) as slack:
        slack.workspace.add_channel("C0WORK", "work", ("U0TENKYO", ASKER))
        slack.workspace.add_channel("C0ELSE", "else", (ASKER, COLLEAGUE))
        notes = ScriptedNotes(extra={"follow_ups": ("料金は?",)})
        with run_on(slack, tmp_path, notes, rules=MAPPED) as bench:
            yield Talk(slack, bench)
        assert slack.violations == []


def test_a_placeholder_becomes_the_answer(talk) -> None:
    answer = talk.ask()
    first, *_ = answer.earlier
    assert first.text == TEXTS.placeholder
    assert answer.metadata["event_type"] == "tenkyo_answer"
    assert "a.md line 4" in answer.read_text()


def test_a_thread_is_a_conversation(talk) -> None:
    first = talk.ask()
    follow_up = talk.slack.people.write("じゃあ S3 は?", COLLEAGUE, thread_ts=first.thread_ts)
    talk.tell(follow_up)
    talk.wait_for_answer(follow_up.ts, "じゃあ S3 は?")
    talk.ask("では EBS は?", thread_ts=first.thread_ts)
    histories = [question.history for question, _ in talk.notes.asked]
    assert histories == [(), ("上限は?",), ("上限は?", "じゃあ S3 は?")]


def test_a_direct_message_is_answered_in_its_thread(talk) -> None:
    message = talk.slack.people.write_directly("上限は?")
    talk.tell(message)
    answer = talk.wait_for_answer(message.ts, "上限は?", f"D{ASKER[1:]}")
    assert answer.thread_ts == message.ts


def test_a_channel_is_answered_from_its_folder(talk) -> None:
    talk.ask(channel="C0WORK")
    talk.ask()
    scopes = [options.scope for _, options in talk.notes.asked]
    assert scopes == [Scope(folders=("仕事",)), Scope()]


def test_options_are_those_of_the_voice(talk) -> None:
    talk.ask()
    ((_, options),) = talk.notes.asked
    assert (options.language, options.characters, options.use_model) == ("en", 400, False)


class TestCommand:
    def test_the_answer_is_the_askers_alone_until_it_is_shared(self, talk) -> None:
        private = talk.ask_privately()
        assert (private.user, private.channel) == (ASKER, CHANNEL)
        assert '"上限は?"' in private.read_text()
        assert talk.slack.workspace.read_channel(CHANNEL) == ()
        press = talk.slack.people.press(private, SHARE_ACTION)
        talk.tell(press, press)
        talk.slack.wait_until(lambda: bool(talk.slack.workspace.read_channel(CHANNEL)))
        (shared,) = talk.slack.workspace.read_channel(CHANNEL)
        assert TEXTS.shared_by.format(user="asker") in shared.read_text()
        assert answer_to("上限は?") in shared.read_text()
        assert SHARE_ACTION not in json.dumps(shared.blocks)

    def test_where_the_bot_is_no_member_it_is_shared_all_the_same(self, talk) -> None:
        private = talk.ask_privately(channel="C0ELSE")
        talk.tell(talk.slack.people.press(private, SHARE_ACTION))
        posts = talk.slack.workspace.surfaces.response_posts
        talk.slack.wait_until(lambda: len(posts) >= 2)
        assert posts[1]["response_type"] == "in_channel"
        assert answer_to("上限は?") in json.dumps(posts[1], ensure_ascii=False)

    def test_the_buttons_of_a_shared_answer_work(self, talk) -> None:
        private = talk.ask_privately()
        talk.tell(talk.slack.people.press(private, SHARE_ACTION))
        talk.slack.wait_until(lambda: bool(talk.slack.workspace.read_channel(CHANNEL)))
        (shared,) = talk.slack.workspace.read_channel(CHANNEL)
        talk.tell(talk.slack.people.press(shared, LINES_ACTION, COLLEAGUE))
        talk.wait_for_view()
        talk.tell(talk.slack.people.react(shared, "+1", COLLEAGUE))
        talk.read_feedback(1)
        talk.tell(talk.slack.people.press(shared, ASK_ACTION, COLLEAGUE))
        talk.wait_for_answer(shared.ts, "料金は?")

    def test_a_follow_up_stays_private(self, talk) -> None:
        private = talk.ask_privately()
        talk.tell(talk.slack.people.press(private, ASK_ACTION))
        talk.wait_for_private(answer_to("料金は?"))
        assert talk.slack.workspace.read_channel(CHANNEL) == ()


def test_a_follow_up_button_asks_in_the_thread_and_says_what(talk) -> None:
    first = talk.ask()
    talk.tell(talk.slack.people.press(first, ASK_ACTION))
    second = talk.wait_for_answer(first.thread_ts, "料金は?")
    assert '"料金は?"' in second.read_text()
    question, _ = talk.notes.asked[1]
    assert (question.text, question.history) == ("料金は?", ("上限は?",))


class TestShortcut:
    def test_it_asks_what_a_message_says(self, talk) -> None:
        said = talk.slack.workspace.say(CHANNEL, COLLEAGUE, "S3 は無料?")
        talk.tell(talk.slack.people.choose_shortcut(SHORTCUT, said))
        talk.wait_for_answer(said.ts, "S3 は無料?")

    def test_where_the_bot_is_no_member_its_user_sees_the_answer(self, talk) -> None:
        said = talk.slack.workspace.say("C0ELSE", COLLEAGUE, "S3 は無料?")
        talk.tell(talk.slack.people.choose_shortcut(SHORTCUT, said))
        private = talk.wait_for_private(answer_to("S3 は無料?"))
        assert (private.user, private.channel) == (ASKER, "C0ELSE")
        assert len(talk.notes.asked) == 1


class TestLines:
    def test_they_open_in_a_window(self, talk) -> None:
        answer = talk.ask()
        talk.tell(talk.slack.people.press(answer, LINES_ACTION))
        shown = talk.wait_for_view().read_text()
        assert "本文。" in shown
        assert talk.notes.sources == [("a.md#節", (4, 4), "本文。")]

    def test_a_section_that_is_gone_is_told(self, talk) -> None:
        answer = talk.ask()
        talk.notes.gone = True
        talk.tell(talk.slack.people.press(answer, LINES_ACTION))
        talk.wait_for_private(TEXTS.source_gone)
        assert talk.slack.workspace.surfaces.views == {}

    def test_an_answer_that_is_forgotten_is_told(self, talk) -> None:
        answer = talk.ask()
        blocks = json.loads(json.dumps(answer.blocks).replace("C0NOTES", "C0OTHER"))
        talk.tell(talk.slack.people.press(replace(answer, blocks=tuple(blocks)), LINES_ACTION))
        talk.wait_for_private(TEXTS.answer_gone)


class TestFeedback:
    def test_buttons_and_reactions_are_stored_like_the_chats(self, talk) -> None:
        answer = talk.ask()
        talk.tell(talk.slack.people.press(answer, GOOD_ACTION))
        talk.wait_for_private(TEXTS.thanks)
        talk.tell(talk.slack.people.react(answer, "-1", COLLEAGUE))
        good, bad = talk.read_feedback(2)
        assert (good["face"], good["rating"], good["user"]) == ("slack", "good", ASKER)
        assert (bad["rating"], bad["user"], bad["reason"]) == ("bad", COLLEAGUE, "")
        assert good["question"] == "上限は?"
        assert good["answer_text"] == f"{answer_to('上限は?')} [1]"
        assert good["citations"] == [{"path": "a.md", "line_start": 4, "line_end": 4}]

    def test_a_thumb_down_asks_for_the_reason(self, talk) -> None:
        answer = talk.ask()
        talk.tell(talk.slack.people.press(answer, BAD_ACTION))
        view = talk.wait_for_view()
        values = {REASON_BLOCK: {REASON_INPUT: {"type": "plain_text_input", "value": "古い"}}}
        talk.tell(talk.slack.people.submit(view, values))
        (entry,) = talk.read_feedback(1)
        assert (entry["rating"], entry["reason"], entry["user"]) == ("bad", "古い", ASKER)


def test_the_home_shows_notes_and_recent_questions_that_can_be_asked_again(talk) -> None:
    talk.ask()
    talk.tell(talk.slack.people.open_home())
    homes = talk.slack.workspace.surfaces.homes
    talk.slack.wait_until(lambda: ASKER in homes)
    shown = homes[ASKER].read_text()
    assert "上限は?" in shown
    assert TEXTS.help[0] in shown
    talk.tell(talk.slack.people.press(homes[ASKER], ASK_ACTION))
    direct = f"D{ASKER[1:]}"
    talk.slack.wait_until(
        lambda: any(
            answer_to("上限は?") in m.text for m in talk.slack.workspace.read_channel(direct)
        )
    )
    (answer,) = talk.slack.workspace.read_channel(direct)
    assert '"上限は?"' in answer.read_text()
    # Its own message begins a thread, in which questions follow it up.
    follow_up = talk.slack.people.write("料金は?", channel=direct, thread_ts=answer.ts)
    talk.tell(follow_up)
    talk.wait_for_answer(follow_up.ts, "料金は?", direct)
    assert talk.notes.asked[-1][0].history == ("上限は?",)


def test_the_side_panel_greets_and_suggests(talk) -> None:
    opened = talk.slack.people.open_panel()
    talk.tell(opened, opened)
    threads = talk.slack.workspace.surfaces.assistant_threads
    talk.slack.wait_until(lambda: bool(threads))
    ((place, thread),) = threads.items()
    assert [prompt["message"] for prompt in thread.prompts] == [f"例{n}は?" for n in range(4)]
    (greeting,) = talk.slack.answers_to(place[1], place[0])
    assert TEXTS.greeting in greeting.read_text()
    message = talk.slack.people.write_directly("例0は?", thread_ts=place[1])
    talk.tell(message)
    talk.wait_for_answer(message.ts, "例0は?", place[0])


def test_in_the_messages_tab_questions_are_suggested_and_nothing_is_said(talk) -> None:
    talk.tell(events.build_app_home_opened(ASKER, f"D{ASKER[1:]}", "messages"))
    method = "assistant.threads.setSuggestedPrompts"
    talk.slack.wait_until(lambda: any(call.method == method for call in talk.slack.calls))
    (call,) = [call for call in talk.slack.calls if call.method == method]
    assert call.arguments["title"] == TEXTS.prompts_title
    assert [prompt["message"] for prompt in call.arguments["prompts"]] == [
        f"例{n}は?" for n in range(4)
    ]
    assert "thread_ts" not in call.arguments
    assert talk.slack.workspace.read_all() == ()


class TestFailures:
    def test_what_cannot_be_asked_is_told(self, tmp_path) -> None:
        notes = ScriptedNotes(errors=[QuestionError("too long")])
        with FakeSlack() as slack, run_on(slack, tmp_path, notes):
            mention, _ = slack.people.mention("?" * 9_000)
            slack.deliver(mention)
            unfit = TEXTS.refusals[Refusal.UNFIT]
            slack.wait_until(
                lambda: any(unfit in m.read_text() for m in slack.answers_to(mention.ts))
            )

    def test_a_generator_that_fails_once_is_asked_again(self, tmp_path) -> None:
        notes = ScriptedNotes(errors=[GeneratorError("no draft"), RuntimeError("odd")])
        with FakeSlack() as slack, run_on(slack, tmp_path, notes) as bench:
            talk = Talk(slack, bench)
            assert talk.ask().earlier[0].text == TEXTS.placeholder
            assert len(notes.asked) == 3

    def test_a_generator_that_keeps_failing_is_told_in_the_placeholder(self, tmp_path) -> None:
        notes = ScriptedNotes(errors=[GeneratorError("no draft")] * 99)
        with FakeSlack() as slack, run_on(slack, tmp_path, notes):
            mention, _ = slack.people.mention("上限は?")
            slack.deliver([mention, slack.people.run_command("上限は?")])
            failed = TEXTS.failure

            def is_told() -> bool:
                answers = slack.answers_to(mention.ts)
                private = [one.read_text() for one in slack.workspace.ephemerals]
                return [m.text for m in answers] == [failed] and any(failed in t for t in private)

            slack.wait_until(is_told)

    def test_it_is_told_privately_where_the_bot_is_no_member(self, tmp_path) -> None:
        notes = ScriptedNotes(errors=[GeneratorError("no draft")] * 99)
        with FakeSlack() as slack, run_on(slack, tmp_path, notes):
            slack.workspace.add_channel("C0ELSE", "else", (ASKER, COLLEAGUE))
            said = slack.workspace.say("C0ELSE", COLLEAGUE, "S3 は無料?")
            slack.deliver(slack.people.choose_shortcut(SHORTCUT, said))
            shown = slack.workspace.ephemerals
            slack.wait_until(lambda: [one.text for one in shown] == [TEXTS.failure])

    def test_a_channel_that_is_not_allowed_is_told_once_and_privately(self, tmp_path) -> None:
        rules = AccessRules(channels=frozenset({"C9"}))
        with FakeSlack() as slack, run_on(slack, tmp_path, rules=rules) as bench:
            for _ in range(3):
                slack.deliver(slack.people.mention("上限は?")[0])
            slack.wait_until(lambda: slack.is_settled() and bool(slack.workspace.ephemerals))
            bench.bot.stop(10.0)
            (told,) = slack.workspace.ephemerals
            assert TEXTS.refusals[Refusal.CHANNEL] in told.read_text()
            # In a thread of one message Slack would not show it.
            assert (told.user, told.thread_ts) == (ASKER, None)
            assert not any(message.bot_id for message in slack.workspace.read_all())
