"""A small real bot on Bolt that answers every mention in its thread with the same words.

For trying the local Slack and the handling of processes; ECHO_HANG: takes events and never
acknowledges them.
"""

import os
import signal
import threading

from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient


def build_app(base_url: str, token: str) -> App:
    """Return the bot; it acknowledges first, as Bolt does for events."""
    app = App(client=WebClient(token, base_url=base_url))

    @app.event("app_mention")
    def answer(event: dict[str, str], client: WebClient) -> None:
        thread_ts = event.get("thread_ts", event["ts"])
        client.chat_postMessage(
            channel=event["channel"], thread_ts=thread_ts, text=f"echo: {event['text']}"
        )

    @app.event("message")
    def ignore() -> None:
        """Messages without a mention are none of this bot's business."""

    return app


def main() -> None:
    """Answer until the process is told to end."""
    app = build_app(os.environ["ECHO_BASE_URL"], os.environ["ECHO_BOT_TOKEN"])
    if os.environ.get("ECHO_HANG"):

        @app.middleware
        def hang() -> None:
            print("hanging", flush=True)  # noqa: T201
            threading.Event().wait()

    handler = SocketModeHandler(app, os.environ["ECHO_APP_TOKEN"], ping_interval=0.5)
    handler.connect()  # type: ignore[no-untyped-call]
    print("ready", flush=True)  # noqa: T201
    stopping = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stopping.set())
    stopping.wait()
    handler.close()  # type: ignore[no-untyped-call]


if __name__ == "__main__":
    main()
