"""Brings what is to be shown to Slack: once, whatever dies in between.

What stands in a thread is one message that is posted and then changed. Changing it again does no
harm, posting it again would. So these are the ways to die, and what closes each:

- before the message is posted: the lease runs out, the next worker finds no such message in the
  thread, and posts it;
- after it was posted, before its `ts` is in the ledger (also: Slack took it, but its answer was
  lost): the message carries the key of the job as metadata, by which the next worker finds it.
  It looks from its second attempt on, and nobody else can post meanwhile: the lease is renewed
  right before, for longer than a request may take;
- after that, before the answer is worked out, kept, or shown: the next worker takes up what the
  ledger has, and changes the message;
- after the answer was shown, before the job is finished: the message is changed once more, to the
  same.

A process that is halted between renewing and posting for longer than the lease, and then goes on,
may still post a second message; so may a Slack that does not show a message in its thread by the
time that the lease has run out.

What is shown to one person (`send_once`) can neither be changed nor found again: that it is being
sent is written down before, and if no clear answer comes it is not sent again. It comes once, or,
if the process dies or the connection breaks in that one request, perhaps not at all.
"""

import logging
from collections.abc import Callable

from assistant.apps.slack.blocks import SlackMessage
from assistant.apps.slack.client import SlackApi
from assistant.apps.slack.errors import SlackDoubtError
from assistant.apps.slack.jobs import LeasedJob
from assistant.apps.slack.ledger import Ledger

_LOG = logging.getLogger(__name__)


class Poster:
    """Posts under a lease.

    bot_user: id of our own user.
    lease_seconds: longer than a request to Slack may take.
    clock: gives seconds since 1970.
    """

    def __init__(
        self,
        ledger: Ledger,
        api: SlackApi,
        bot_user: str,
        lease_seconds: float,
        clock: Callable[[], float],
    ) -> None:
        self._ledger = ledger
        self._api = api
        self._bot_user = bot_user
        self._lease_seconds = lease_seconds
        self._clock = clock

    def find_posted(self, leased: LeasedJob) -> str | None:
        """Return the `ts` of the job's message, None if it was not posted."""
        if leased.posted_ts is not None:
            return leased.posted_ts
        if leased.attempts == 1:
            return None
        job = leased.job
        return self._api.find(job.place, job.key, self._bot_user, job.ts)

    def post(self, leased: LeasedJob, message: SlackMessage) -> str:
        """Return the `ts` of the job's message; it is posted if it was not yet.

        :param message: what it says when it is posted now.
        :raises LeaseLostError: another worker has the job.
        :raises SlackCallError: as `SlackApi`.
        """
        ts = self.find_posted(leased)
        if ts is None:
            self._ledger.renew(leased, self._clock(), self._lease_seconds)
            ts = self._api.post(leased.job.place, message, leased.job.key)
        if ts != leased.posted_ts:
            self._ledger.keep_posted(leased, ts)
        return ts

    def replace(self, leased: LeasedJob, ts: str, message: SlackMessage) -> None:
        """Change the job's message.

        :raises SlackCallError: as `SlackApi`.
        """
        self._api.update(leased.job.place, ts, message, leased.job.key)

    def send_once(self, leased: LeasedJob, send: Callable[[], None]) -> None:
        """Send what cannot be sent twice, unless somebody began to.

        :raises LeaseLostError: another worker has the job.
        :raises SlackBusyError: nothing was sent; it may be tried again.
        :raises SlackRefusedError: nothing was sent.
        """
        key = leased.job.key
        if leased.is_sending:
            _LOG.warning("%s was being sent when its worker died; it is not sent again", key)
            return
        self._ledger.mark_sending(leased)
        try:
            send()
        except SlackDoubtError as error:
            _LOG.warning("%s may not have arrived, and is not sent again: %s", key, error)
