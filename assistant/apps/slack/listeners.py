"""What Bolt calls when something comes from Slack, over either way.

Every listener writes down what came and returns; only then Bolt acknowledges
(`process_before_response`). A listener that fails leaves the event unacknowledged, and Slack
delivers it again.
"""

import logging
import re
from dataclasses import replace

from slack_bolt import Ack, App

from assistant.apps.slack.access import is_direct
from assistant.apps.slack.actions import Action, read_action
from assistant.apps.slack.archive import Archive
from assistant.apps.slack.ids import (
    ASK_PATTERN,
    BAD_ACTION,
    GOOD_ACTION,
    LINES_PATTERN,
    REASON_VIEW,
    SHARE_ACTION,
    SHORTCUT,
    SLASH_COMMAND,
)
from assistant.apps.slack.intake import Intake
from assistant.apps.slack.jobs import Job, JobKind, Place
from assistant.apps.slack.mrkdwn import escape_text
from assistant.apps.slack.payloads import Body, read_message, read_reaction
from assistant.apps.slack.plain_text import find_mentions
from assistant.apps.slack.reading import (
    build_home_question,
    build_message_job,
    build_question,
    build_rating,
    build_reaction_job,
    build_share,
    read_command,
    read_home,
    read_panel,
    read_reason,
    read_shortcut,
)
from assistant.apps.slack.texts import SlackTexts
from assistant.apps.slack.windows import Windows

_LOG = logging.getLogger(__name__)
_ANYTHING = re.compile("")
# How long a thumb down waits for its reason.
_REASON_SECONDS = 900.0


class Listeners:
    """The bot's ear; bot_user: id of our own user."""

    def __init__(
        self,
        intake: Intake,
        archive: Archive,
        windows: Windows,
        texts: SlackTexts,
        bot_user: str,
    ) -> None:
        self._intake = intake
        self._archive = archive
        self._windows = windows
        self._texts = texts
        self._bot_user = bot_user

    def register(self, app: App) -> None:
        """Have Bolt call the listeners."""
        app.event("app_mention")(self.hear_mention)
        app.event("message")(self.hear_message)
        app.event("reaction_added")(self.hear_reaction)
        app.event("app_home_opened")(self.hear_home)
        app.event("assistant_thread_started")(self.hear_panel)
        app.command(SLASH_COMMAND)(self.hear_command)
        app.shortcut(SHORTCUT)(self.hear_shortcut)
        app.action(ASK_PATTERN)(self.hear_ask)
        app.action(LINES_PATTERN)(self.hear_lines)
        app.action(SHARE_ACTION)(self.hear_share)
        app.action(GOOD_ACTION)(self.hear_good)
        app.action(BAD_ACTION)(self.hear_bad)
        app.view(REASON_VIEW)(self.hear_reason)
        # What is not acknowledged comes again: events of no use, links that count as buttons.
        app.event(_ANYTHING)(ignore_event)
        app.action(_ANYTHING)(ignore_action)
        app.view_closed(_ANYTHING)(ignore_action)
        app.error(log_failure)

    def hear_mention(self, body: Body) -> None:
        """A message that names the bot."""
        message = read_message(body)
        if message is not None and message.user != self._bot_user:
            self._intake.take_question(build_message_job(message, self._bot_user))

    def hear_message(self, body: Body) -> None:
        """Any message where the bot is; one that names it comes as a mention too."""
        message = read_message(body)
        if message is None or message.user == self._bot_user:
            return
        job = build_message_job(message, self._bot_user)
        mentioned = find_mentions(message.text)
        if is_direct(job.place) or self._bot_user in mentioned:
            self._intake.take_question(job)
        elif message.thread not in ("", message.ts) and not mentioned:
            self._intake.take_unaddressed(job)

    def hear_reaction(self, body: Body) -> None:
        """An emoji on a message."""
        reaction = read_reaction(body)
        if reaction is None:
            return
        about = self._archive.find_answer_key(reaction.team, reaction.channel, reaction.ts)
        job = about and build_reaction_job(reaction, about)
        if job:
            self._intake.take_act(job)

    def hear_home(self, body: Body) -> None:
        """Somebody opened a tab of the app."""
        if job := read_home(body):
            self._intake.take_act(job)

    def hear_panel(self, body: Body) -> None:
        """Somebody began a thread in the side panel."""
        if job := read_panel(body):
            self._intake.take_act(job)

    def hear_command(self, ack: Ack, body: Body) -> None:
        """The slash command; the acknowledgement says what becomes of it."""
        job = read_command(body)
        decision = job and self._intake.take_question(job)
        if decision and decision.is_new:
            ack(text=escape_text(decision.line or self._texts.placeholder))
        else:
            ack()

    def hear_shortcut(self, ack: Ack, body: Body) -> None:
        """The entry in a message's menu."""
        if job := read_shortcut(body):
            self._intake.take_question(job)
        ack()

    def hear_ask(self, ack: Ack, body: Body) -> None:
        """A button that asks a question."""
        if (action := read_action(body)) and (job := self._build_question(action)):
            decision = self._intake.take_question(job)
            if decision.is_new and job.kind is JobKind.COMMAND:
                self._tell(job, decision.line or self._texts.placeholder)
        ack()

    def hear_lines(self, ack: Ack, body: Body) -> None:
        """A button that shows cited lines."""
        if (action := read_action(body)) and self._may_act(action):
            self._windows.show_lines(action)
        ack()

    def hear_share(self, ack: Ack, body: Body) -> None:
        """The button that shares an answer."""
        if (action := read_action(body)) and (job := build_share(action)):
            self._intake.take_act(job)
        ack()

    def hear_good(self, ack: Ack, body: Body) -> None:
        """The thumb up."""
        action = read_action(body)
        job = action and build_rating(action, is_good=True)
        if action and job and self._intake.take_act(job):
            self._tell(replace(job, response_url=action.response_url), self._texts.thanks)
        ack()

    def hear_bad(self, ack: Ack, body: Body) -> None:
        """The thumb down."""
        action = read_action(body)
        job = action and build_rating(action, is_good=False)
        if action and job and self._may_act(action):
            self._intake.take_act(job, _REASON_SECONDS)
            self._windows.ask_reason(action)
        ack()

    def hear_reason(self, ack: Ack, body: Body) -> None:
        """The reason of a thumb down."""
        if found := read_reason(body):
            self._intake.complete(*found)
        ack()

    def _build_question(self, action: Action) -> Job | None:
        if action.message_ts:
            return build_question(action)
        channel = self._archive.find_direct_channel(action.team, action.user)
        return build_home_question(action, channel) if channel else None

    def _may_act(self, action: Action) -> bool:
        return self._intake.admits(Place(action.team, action.channel), action.user)

    def _tell(self, job: Job, line: str) -> None:
        """Say a line to the user alone, once for the job."""
        if job.response_url:
            key = f"{job.key}:told"
            self._intake.take_act(replace(job, key=key, kind=JobKind.NOTICE, text=line))


def ignore_event() -> None:
    """An event that nothing is done for."""


def ignore_action(ack: Ack) -> None:
    """An interaction that nothing is done for."""
    ack()


def log_failure(error: Exception) -> None:
    """A listener failed, so that Slack will deliver what it was given again."""
    _LOG.error("an event could not be taken: %s: %s", type(error).__name__, error)
