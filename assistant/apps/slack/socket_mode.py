"""Socket Mode: Slack delivers over a websocket that the bot opens; nothing listens here."""

import logging
from http.client import HTTPException

from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk.errors import SlackApiError, SlackClientError

from assistant.apps.slack.errors import SlackSetupError

_LOG = logging.getLogger(__name__)
# The client reads a message piece by piece, each on a deeper call: with pieces of 1,024 bytes, its
# default, a long message exceeds the depth that Python allows.
_RECEIVE_BYTES = 65_536
# A connection that was reset is noticed after so many seconds at the most; one that ended without a
# word after some six times as many, since the client waits for that many pings. Slack delivers
# again what was not acknowledged.
_PING_SECONDS = 2.0
_LISTENER_THREADS = 10


class SocketFace:
    """Hands what comes over the websocket to an app; it reconnects by itself.

    app: its client asks for the websocket's address.
    app_token: `xapp-...` with the scope `connections:write`.
    """

    def __init__(self, app: App, app_token: str) -> None:
        self._handler = SocketModeHandler(
            app,
            app_token,
            ping_interval=_PING_SECONDS,
            receive_buffer_size=_RECEIVE_BYTES,
            concurrency=_LISTENER_THREADS,
        )

    def start(self) -> None:
        """Connect.

        :raises SlackSetupError: Slack refuses the token, or cannot be reached.
        """
        try:
            self._handler.connect()  # type: ignore[no-untyped-call]
        except SlackApiError as error:
            self.stop()
            raise SlackSetupError(
                f"Slack refused to open a connection ({error.response['error']}); "
                "check TENKYO_SLACK_APP_TOKEN and that Socket Mode is on"
            ) from error
        except (OSError, HTTPException, SlackClientError) as error:
            self.stop()
            raise SlackSetupError(
                f"Slack cannot be reached ({type(error).__name__}); check the network"
            ) from error
        _LOG.info("connected by Socket Mode")

    def stop(self) -> None:
        """Take nothing more; what came is written down before this returns."""
        self._handler.close()  # type: ignore[no-untyped-call]
        # One that was being opened meanwhile would stay.
        self._handler.disconnect()  # type: ignore[no-untyped-call]
