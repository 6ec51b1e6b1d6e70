"""The names that come back from Slack when a user does something: action, block and view ids.

Within one block every action id must differ, so that buttons of one kind end in a number and
listeners match them by pattern.
"""

import re

SLASH_COMMAND = "/tenkyo"
SHORTCUT = "tenkyo-ask-message"

# Shows the lines behind a marker; its value is the marker.
LINES_ACTION = "tenkyo-lines"
LINES_PATTERN = re.compile(r"^tenkyo-lines-\d+$")
# Asks a question; its value is the whole question.
ASK_ACTION = "tenkyo-ask"
ASK_PATTERN = re.compile(r"^tenkyo-ask-\d+$")
GOOD_ACTION = "tenkyo-good"
BAD_ACTION = "tenkyo-bad"
SHARE_ACTION = "tenkyo-share"

SOURCE_VIEW = "tenkyo-source"
# Its private metadata is the job key.
REASON_VIEW = "tenkyo-reason"
REASON_BLOCK = "tenkyo-reason-block"
REASON_INPUT = "tenkyo-reason-input"

_SEPARATOR = "|"
# A block id has at most 255 characters; its kind and number take the rest.
MAX_JOB_KEY_CHARACTERS = 200


def build_block_id(kind: str, job_key: str) -> str:
    """Return the id of a block with buttons, from which the job is found again.

    :param kind: unique within a message; without `|`, at most 50 characters.
    :raises ValueError: the job key is longer than `MAX_JOB_KEY_CHARACTERS`.
    """
    if len(job_key) > MAX_JOB_KEY_CHARACTERS:
        raise ValueError(
            f"job key of {len(job_key)} characters; the most are {MAX_JOB_KEY_CHARACTERS}"
        )
    return f"{kind}{_SEPARATOR}{job_key}"


def read_job_key(block_id: str) -> str | None:
    """Return the job key that a block id carries, None if it carries none."""
    _, separator, job_key = block_id.partition(_SEPARATOR)
    return job_key if separator and job_key else None
