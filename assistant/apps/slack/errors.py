"""What can go wrong in the Slack bot.

    AssistantError (`assistant/errors.py`)
    └── SlackError
        ├── LedgerError            the ledger cannot be opened, read or written
        ├── LeaseLostError         another worker has taken a job over, since its lease ran out
        ├── SlackSetupError        a token, a secret or the library is missing or refused
        └── SlackCallError         Slack did not do what it was asked to
            ├── SlackBusyError     it asks to wait (429) or refuses the token; nothing was done
            ├── SlackDoubtError    no clear answer came; it may have been done or not
            └── SlackRefusedError  it refused; asking again would not help

Every message is one line that says what is wrong, where, and what to do.
"""

from assistant.errors import AssistantError


class SlackError(AssistantError):
    """Any failure of the package `assistant.apps.slack`."""


class LedgerError(SlackError):
    """The ledger cannot be opened, read or written."""


class LeaseLostError(SlackError):
    """A job is no longer this worker's: its lease ran out, and another one may have taken it."""


class SlackSetupError(SlackError):
    """A token, the signing secret or the library is missing, or Slack refuses it."""


class SlackCallError(SlackError):
    """Slack did not do what it was asked to."""


class SlackBusyError(SlackCallError):
    """Slack asks to wait, or takes the token no more until that is mended; nothing was done.

    seconds: how long to wait, above 0.
    """

    def __init__(self, message: str, seconds: float) -> None:
        super().__init__(message)
        self.seconds = seconds


class SlackDoubtError(SlackCallError):
    """No clear answer came from Slack: what was asked for may have been done or not."""


class SlackRefusedError(SlackCallError):
    """Slack refused; asking again would not help.

    code: Slack's own word for the reason, such as `channel_not_found`.
    """

    def __init__(self, message: str, code: str) -> None:
        super().__init__(message)
        self.code = code
