"""Keeps tokens and secrets out of the log, tracebacks included."""

import logging
import re
from collections.abc import Sequence
from typing import TextIO

# Tokens of every kind, tickets of websocket addresses, and addresses that take replies: whoever has
# one may speak as the bot.
_SECRET = re.compile(
    r"\bxox[a-z]{1,2}(?:\.xox[a-z])?-[\w-]+|\bxapp-[\w-]+|(?<=ticket=)[^&\s\"']+"
    r"|(?<=hooks\.slack\.com/)[^\s\"']+"
)
REDACTED = "[redacted]"
_FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"


class RedactingFormatter(logging.Formatter):
    """Writes a record without what looks like a token, and without the given secrets.

    secrets: what does not look like one; empty ones are passed over.
    """

    def __init__(self, secrets: Sequence[str]) -> None:
        super().__init__(_FORMAT)
        self._secrets = tuple(secret for secret in secrets if secret)

    def format(self, record: logging.LogRecord) -> str:
        """Return the line, or lines, of a record."""
        text = super().format(record)
        for secret in self._secrets:
            text = text.replace(secret, REDACTED)
        return _SECRET.sub(REDACTED, text)


def start_logging(stream: TextIO, secrets: Sequence[str]) -> None:
    """Write to a stream what the bot tells, and what its libraries warn of."""
    handler = logging.StreamHandler(stream)
    handler.setFormatter(RedactingFormatter(secrets))
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    logging.getLogger("assistant").setLevel(logging.INFO)
