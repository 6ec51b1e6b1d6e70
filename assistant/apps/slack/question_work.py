"""Answers questions: in their thread, or for the asker alone."""

from assistant.apps.slack.access import Access
from assistant.apps.slack.archive import Archive
from assistant.apps.slack.blocks import SlackMessage, render_failure, render_placeholder
from assistant.apps.slack.client import SlackApi
from assistant.apps.slack.errors import SlackRefusedError
from assistant.apps.slack.jobs import Job, JobKind, LeasedJob
from assistant.apps.slack.kept_forms import (
    AnsweredQuestion,
    AnswerForm,
    read_message,
    write_message,
)
from assistant.apps.slack.ledger import Ledger
from assistant.apps.slack.notes_source import NotesSource
from assistant.apps.slack.posting import Poster
from assistant.apps.slack.voice import Voice
from assistant.datatypes import Question
from assistant.errors import QuestionError

# Slack's words for a channel that the bot may not write in. A shortcut works there all the same.
_OUTSIDE = ("not_in_channel", "channel_not_found", "is_archived", "restricted_action")


class QuestionWork:
    """Does the jobs of the lane `ANSWERS`."""

    def __init__(
        self,
        ledger: Ledger,
        archive: Archive,
        form: AnswerForm,
        api: SlackApi,
        poster: Poster,
        live: NotesSource,
        voice: Voice,
        access: Access,
    ) -> None:
        self._ledger = ledger
        self._archive = archive
        self._form = form
        self._api = api
        self._poster = poster
        self._live = live
        self._voice = voice
        self._access = access

    def do(self, leased: LeasedJob) -> None:
        """Answer a question.

        :raises LeaseLostError: another worker has the job.
        :raises SlackCallError: as `SlackApi`.
        :raises AssistantError: it cannot be answered now.
        """
        job = leased.job
        if job.kind is JobKind.COMMAND:
            self._answer_privately(leased)
            return
        try:
            ts = self._poster.post(leased, render_placeholder(self._voice.texts))
        except SlackRefusedError as error:
            if not _is_outside(job, error):
                raise
            self._answer_privately(leased)
            return
        self._poster.replace(leased, ts, self._read_reply(leased))

    def tell_failure(self, leased: LeasedJob) -> None:
        """Put it in the place of the answer that there is none, or tell it to the asker alone.

        :raises LeaseLostError: another worker has the job.
        :raises SlackCallError: as `SlackApi`.
        """
        message = render_failure(self._voice.texts)
        if leased.job.kind is JobKind.COMMAND:
            self._send(leased, message)
            return
        try:
            ts = self._poster.find_posted(leased)
        except SlackRefusedError as error:
            if not _is_outside(leased.job, error):
                raise
            ts = None
        if ts is not None:
            self._poster.replace(leased, ts, message)
        elif leased.job.response_url:
            self._send(leased, message)

    def _answer_privately(self, leased: LeasedJob) -> None:
        self._send(leased, self._read_reply(leased))

    def _send(self, leased: LeasedJob, message: SlackMessage) -> None:
        url = leased.job.response_url
        self._poster.send_once(leased, lambda: self._api.respond(url, message))

    def _read_reply(self, leased: LeasedJob) -> SlackMessage:
        """Return what is to be shown, worked out but once."""
        if leased.reply is not None:
            return read_message(leased.reply)
        job = leased.job
        question = Question(job.text, history=self._archive.read_history(job.place, job.ts))
        options = self._voice.choose_options(self._access.choose_scope(job.place))
        try:
            answered = AnsweredQuestion(question, self._live.answer(question, options))
        except QuestionError:
            message = self._voice.show_unfit()
            self._ledger.keep_reply(leased, write_message(message), None)
            return message
        message = self._voice.show_answer(job, answered)
        self._ledger.keep_reply(leased, write_message(message), self._form.write(answered))
        return message


def _is_outside(job: Job, error: SlackRefusedError) -> bool:
    """Tell whether a job was asked where the bot may not write, and can be answered privately."""
    return bool(job.response_url) and error.code in _OUTSIDE
