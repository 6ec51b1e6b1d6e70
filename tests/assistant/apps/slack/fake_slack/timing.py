"""How long Slack waits for an app."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Timing:
    """Slack's own times by default, in seconds."""

    ack_seconds: float = 3.0  # until an answer counts as missing
    retry_gaps: tuple[float, ...] = (0.0, 60.0, 300.0)  # before each further attempt
    trigger_seconds: float = 3.0  # how long a trigger_id opens a modal
    refresh_seconds: float = 10.0  # from the word that a connection ends to its end
    ping_seconds: float = 10.0  # between pings on a connection


# Slack's patience, and quick retries. The pings are dense since the client of slack_sdk only lets
# go of a connection when something arrives on it.
FAST = Timing(retry_gaps=(0.0, 0.3, 1.0), refresh_seconds=0.1, ping_seconds=0.1)
