"""Turns what Slack sends into jobs: who asks what, where, and under which key.

A key names what a person did, never a delivery: a mention in a channel comes as two events, over
two ways, and again when an acknowledgement was late, all with one `ts`.
"""

import hashlib

from assistant.apps.slack.actions import Action
from assistant.apps.slack.ids import MAX_JOB_KEY_CHARACTERS, REASON_BLOCK, REASON_INPUT
from assistant.apps.slack.jobs import Job, JobKind, Place
from assistant.apps.slack.payloads import (
    Body,
    Message,
    Reaction,
    read_id,
    read_object,
    read_text,
    read_ts,
)
from assistant.apps.slack.plain_text import read_plain_text, remove_mention

_GOOD = ("+1", "thumbsup")
_BAD = ("-1", "thumbsdown")


def build_message_job(message: Message, bot_user: str) -> Job:
    """Return the question that a message asks; its text is empty if it says nothing."""
    text = read_plain_text(remove_mention(message.text, bot_user))
    place = Place(message.team, message.channel, message.thread or message.ts)
    key = _build_message_key(place, message.ts)
    return Job(key, JobKind.QUESTION, place, message.user, text, message.ts)


def read_command(body: Body) -> Job | None:
    """Return the question of a slash command."""
    team, channel, user = (read_id(body, f"{name}_id") for name in ("team", "channel", "user"))
    trigger, url = read_text(body, "trigger_id"), read_text(body, "response_url")
    if not (team and channel and user and trigger and url):
        return None
    text = read_plain_text(read_text(body, "text"))
    key = f"{team}:command:{_digest(trigger)}"
    return Job(key, JobKind.COMMAND, Place(team, channel), user, text, response_url=url)


def read_shortcut(body: Body) -> Job | None:
    """Return the question that a shortcut makes of a message."""
    team, channel, user = _read_who(body)
    message = read_object(body, "message")
    ts = read_ts(message, "ts")
    trigger = read_text(body, "trigger_id")
    if not (team and channel and user and ts and trigger):
        return None
    place = Place(team, channel, read_ts(message, "thread_ts") or ts)
    return Job(
        f"{team}:lookup:{_digest(trigger)}",
        JobKind.LOOKUP,
        place,
        user,
        read_plain_text(read_text(message, "text")),
        read_ts(body, "action_ts"),
        response_url=read_text(body, "response_url"),
    )


def read_home(body: Body) -> Job | None:
    """Return what is to be done where a person opened one of the app's tabs.

    The Home tab is drawn; in the Messages tab, which is the side panel as well, questions are
    suggested.
    """
    event = read_object(body, "event")
    team, at = read_id(body, "team_id"), read_ts(event, "event_ts")
    user, channel = read_id(event, "user"), read_id(event, "channel")
    kinds = {"home": JobKind.HOME, "messages": JobKind.PROMPTS}
    kind = kinds.get(read_text(event, "tab"))
    if not (team and user and channel and at) or kind is None:
        return None
    return Job(f"{team}:{kind}:{user}:{at}", kind, Place(team, channel), user)


def read_panel(body: Body) -> Job | None:
    """Return the job that greets in a thread of the side panel that was just opened.

    Apps that were made before `agent_view` have such threads.
    """
    panel = read_object(read_object(body, "event"), "assistant_thread")
    team, user = read_id(body, "team_id"), read_id(panel, "user_id")
    channel, thread = read_id(panel, "channel_id"), read_ts(panel, "thread_ts")
    if not (team and user and channel and thread):
        return None
    place = Place(team, channel, thread)
    return Job(f"{team}:{channel}:{thread}:panel", JobKind.PROMPTS, place, user)


def build_reaction_job(reaction: Reaction, about: str) -> Job | None:
    """Return the feedback that a reaction on an answer gives, None if it is another emoji."""
    if reaction.name not in _GOOD + _BAD:
        return None
    is_good = reaction.name in _GOOD
    place = Place(reaction.team, reaction.channel)
    return _build_feedback(place, reaction.user, about, is_good=is_good, way="reaction")


def build_rating(action: Action, *, is_good: bool) -> Job | None:
    """Return the feedback that a button gives; it names the answer."""
    if not _is_key(action.value):
        return None
    place = Place(action.team, action.channel)
    return _build_feedback(place, action.user, action.value, is_good=is_good, way="button")


def read_reason(body: Body) -> tuple[Job, str] | None:
    """Return the complaint that a window was opened for, and the reason that was entered."""
    view = read_object(body, "view")
    team, _, user = _read_who(body)
    about = read_text(view, "private_metadata")
    if not (team and user and _is_key(about)):
        return None
    values = read_object(read_object(view, "state"), "values")
    reason = read_text(read_object(read_object(values, REASON_BLOCK), REASON_INPUT), "value")
    place = Place(team, "")
    return _build_feedback(place, user, about, is_good=False, way="button"), reason


def build_question(action: Action) -> Job:
    """Return the question that a button of a message asks, to be answered where that stands."""
    place = Place(action.team, action.channel, action.thread or action.message_ts)
    key = f"{_build_message_key(place, action.message_ts)}:ask:{_digest(action.value)}"
    if action.is_private:
        place = Place(action.team, action.channel)
        return Job(
            key,
            JobKind.COMMAND,
            place,
            action.user,
            action.value,
            action.at,
            response_url=action.response_url,
        )
    return Job(key, JobKind.FOLLOW_UP, place, action.user, action.value, action.at)


def build_home_question(action: Action, channel: str) -> Job:
    """Return the question that a button of the App Home asks, to be answered in `channel`."""
    key = f"{action.team}:home:{_digest(action.trigger)}"
    place = Place(action.team, channel)
    return Job(key, JobKind.FOLLOW_UP, place, action.user, action.value, action.at)


def build_share(action: Action) -> Job | None:
    """Return the job that shows an answer to the channel that it was asked in."""
    if not _is_key(action.value):
        return None
    return Job(
        f"{action.value}:share",
        JobKind.SHARE,
        Place(action.team, action.channel),
        action.user,
        action.user_name,
        action.at,
        action.value,
        action.response_url,
    )


def _build_feedback(place: Place, user: str, about: str, *, is_good: bool, way: str) -> Job:
    kind = JobKind.PRAISE if is_good else JobKind.COMPLAINT
    return Job(f"{about}:{way}:{kind}:{user}", kind, place, user, about=about)


def _read_who(body: Body) -> tuple[str, str, str]:
    """Return the ids of team, channel and user of an interaction, empty where there is none."""
    return (
        read_id(read_object(body, "team"), "id"),
        read_id(read_object(body, "channel"), "id"),
        read_id(read_object(body, "user"), "id"),
    )


def _build_message_key(place: Place, ts: str) -> str:
    return f"{place.team}:{place.channel}:{ts}"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:16]


def _is_key(text: str) -> bool:
    return 0 < len(text) <= MAX_JOB_KEY_CHARACTERS
