"""The records of what is to be done: each row of the ledger is one job."""

from dataclasses import dataclass
from enum import StrEnum


class JobKind(StrEnum):
    """What a job is.

    QUESTION: answered in its thread, where all that follows is answered too.
    FOLLOW_UP: a question that a button asks; nobody wrote it, so that the answer begins with it.
    LOOKUP: a question that a shortcut made of somebody's message; answered in that message's
        thread, which stays the people's own.
    COMMAND: a question whose answer is shown to the asker alone.
    SHARE: shows such an answer to the whole channel.
    REFUSAL: a question that was not taken; its thread is told why.
    NOTICE: a line for one person alone.
    PRAISE, COMPLAINT: feedback on an answer.
    HOME: a person's App Home, drawn anew.
    PROMPTS: the questions that are suggested where somebody begins to talk with the bot.
    IGNORED: what must not be looked at twice, and nothing is done for.
    """

    QUESTION = "question"
    FOLLOW_UP = "follow-up"
    LOOKUP = "lookup"
    COMMAND = "command"
    SHARE = "share"
    REFUSAL = "refusal"
    NOTICE = "notice"
    PRAISE = "praise"
    COMPLAINT = "complaint"
    HOME = "home"
    PROMPTS = "prompts"
    IGNORED = "ignored"

    @property
    def is_question(self) -> bool:
        """Whether an answer is worked out for it, which may take long."""
        return self in (JobKind.QUESTION, JobKind.FOLLOW_UP, JobKind.LOOKUP, JobKind.COMMAND)


class Lane(StrEnum):
    """Which workers take a job: nothing quick waits behind answers."""

    ANSWERS = "answers"
    QUICK = "quick"


class JobState(StrEnum):
    """How far a job is.

    HELD: a message in a thread that the bot does not answer in, or not yet.
    CLAIMED: waits for a worker.
    WORKING: a worker has it under a lease.
    DONE: all was done, for a question: it was answered.
    FAILED: given up.
    """

    HELD = "held"
    CLAIMED = "claimed"
    WORKING = "working"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Place:
    """Where something happens in Slack.

    thread: `ts` of the thread's first message; empty outside of threads.
    """

    team: str
    channel: str
    thread: str = ""


@dataclass(frozen=True, slots=True)
class Job:
    """Something to be done once.

    key: names the event itself, whichever way and however often Slack delivers it.
    user: whose act it is.
    text: the question; of a `NOTICE` or `REFUSAL` what is to be said, of a `COMPLAINT` the reason
        in the user's words, of a `SHARE` the user's name.
    ts: when it was asked, as Slack writes times; orders the questions of a thread.
    about: key of the job whose answer this one is about.
    response_url: where Slack takes replies for the user alone, for half an hour.
    """

    key: str
    kind: JobKind
    place: Place
    user: str
    text: str = ""
    ts: str = ""
    about: str = ""
    response_url: str = ""

    @property
    def lane(self) -> Lane:
        """Which workers take it."""
        return Lane.ANSWERS if self.kind.is_question else Lane.QUICK


@dataclass(frozen=True, slots=True)
class LeasedJob:
    """A job that a worker has taken, and how far earlier ones came with it.

    owner: the worker.
    claimed_at: when it was written down, in seconds since 1970.
    attempts: how often it was taken, this time counted: 1 is the first.
    posted_ts: the message that the answer goes into; None if none is known.
    reply: what is to be shown, as `kept_forms.read_message` takes it; None if not yet worked out.
    is_sending: whether somebody began to send what cannot be sent twice.
    """

    job: Job
    owner: str
    claimed_at: float
    attempts: int
    posted_ts: str | None = None
    reply: str | None = None
    is_sending: bool = False
