"""Does everything that is no answer: lines to say, sharing, feedback, App Home, the side panel."""

import datetime
import logging
from collections.abc import Callable
from dataclasses import replace

from assistant.apps.slack.access import Access
from assistant.apps.slack.archive import Archive
from assistant.apps.slack.blocks import render_line
from assistant.apps.slack.client import SlackApi
from assistant.apps.slack.errors import SlackRefusedError
from assistant.apps.slack.home_blocks import render_home
from assistant.apps.slack.jobs import Job, JobKind, LeasedJob
from assistant.apps.slack.kept_forms import AnswerForm, write_message
from assistant.apps.slack.ledger import Ledger
from assistant.apps.slack.limits import PROMPTS
from assistant.apps.slack.notes_source import NotesSource
from assistant.apps.slack.posting import Poster
from assistant.apps.slack.voice import Voice
from assistant.serving.feedback import FeedbackEntry, FeedbackStore, Rating

_LOG = logging.getLogger(__name__)
_RECENT = 10
FACE = "slack"


class QuickWork:
    """Does the jobs of the lane `QUICK`; clock: gives seconds since 1970."""

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
        feedback: FeedbackStore,
        clock: Callable[[], float],
    ) -> None:
        self._ledger = ledger
        self._archive = archive
        self._form = form
        self._api = api
        self._poster = poster
        self._live = live
        self._voice = voice
        self._access = access
        self._feedback = feedback
        self._clock = clock

    def do(self, leased: LeasedJob) -> None:
        """Do a job.

        :raises LeaseLostError: another worker has the job.
        :raises SlackCallError: as `SlackApi`.
        :raises FeedbackError: feedback cannot be stored now.
        """
        acts: dict[JobKind, Callable[[LeasedJob], None]] = {
            JobKind.SHARE: self._share,
            JobKind.REFUSAL: self._refuse,
            JobKind.NOTICE: self._notify,
            JobKind.PRAISE: self._record,
            JobKind.COMPLAINT: self._record,
            JobKind.HOME: self._draw_home,
            JobKind.PROMPTS: self._suggest,
        }
        acts[leased.job.kind](leased)

    def tell_failure(self, leased: LeasedJob) -> None:
        """Tell who pressed the button that nothing came of it; nobody waits for the rest.

        :raises LeaseLostError: another worker has the job.
        :raises SlackCallError: as `SlackApi`.
        """
        if leased.job.kind is JobKind.SHARE:
            self._say(leased, self._voice.texts.failure)

    def _share(self, leased: LeasedJob) -> None:
        job, texts = leased.job, self._voice.texts
        answered = self._archive.find_answer(job.about)
        if answered is None:
            self._say(leased, texts.answer_gone)
            return
        message = self._voice.show_shared(job, answered)
        # The buttons of the shared message find the answer by this job.
        self._ledger.keep_reply(leased, write_message(message), self._form.write(answered))
        try:
            self._poster.post(leased, message)
        except SlackRefusedError as error:
            # Where the bot is no member, what the user may do it may do in the user's name.
            _LOG.info("%s is shared by its response URL: %s", job.about, error)
            self._poster.send_once(
                leased, lambda: self._api.respond(job.response_url, message, in_channel=True)
            )

    def _refuse(self, leased: LeasedJob) -> None:
        self._poster.post(leased, render_line(leased.job.text))

    def _notify(self, leased: LeasedJob) -> None:
        self._say(leased, leased.job.text)

    def _say(self, leased: LeasedJob, line: str) -> None:
        job, message = leased.job, render_line(line)
        if job.response_url:
            self._poster.send_once(leased, lambda: self._api.respond(job.response_url, message))
            return
        # In a thread that nobody has written in yet, Slack would not show it.
        place = replace(job.place, thread="") if job.place.thread == job.ts else job.place
        self._poster.send_once(leased, lambda: self._api.whisper(place, job.user, message))

    def _record(self, leased: LeasedJob) -> None:
        # If the process dies right behind this, it is recorded twice; before, it would be lost.
        entry = self._build_entry(leased.job)
        if entry is not None:
            self._feedback.record(entry)

    def _build_entry(self, job: Job) -> FeedbackEntry | None:
        answered = self._archive.find_answer(job.about)
        if answered is None:
            return None
        return FeedbackEntry.from_answer(
            answered.question,
            answered.answer,
            Rating.GOOD if job.kind is JobKind.PRAISE else Rating.BAD,
            at=datetime.datetime.fromtimestamp(self._clock(), datetime.UTC),
            face=FACE,
            reason=job.text,
            user=job.user,
        )

    def _draw_home(self, leased: LeasedJob) -> None:
        job = leased.job
        recent = self._archive.read_recent(job.place.team, job.user, _RECENT)
        view = render_home(self._live.overview(), recent, self._voice.texts)
        self._api.publish_home(job.user, view)

    def _suggest(self, leased: LeasedJob) -> None:
        texts, place = self._voice.texts, leased.job.place
        if place.thread:
            self._poster.post(leased, render_line(texts.greeting))
        examples = self._live.suggest_examples(
            PROMPTS, self._voice.messages.language, self._access.choose_scope(place)
        )
        if not examples:
            return
        prompts = [{"title": example, "message": example} for example in examples]
        try:
            self._api.suggest(place, texts.prompts_title, prompts)
        except SlackRefusedError as error:
            _LOG.info("no questions are suggested: %s", error)  # not every workspace has agents
