"""The local Slack as a process of its own, for trying a bot by hand.

`python -m tests.assistant.apps.slack.fake_slack` prints its addresses and tokens as one line of
JSON and runs until its input ends. POST /fake/mention and /fake/command (`text`, and `user`,
`channel`) let a person act; POST /fake/state returns what there is.
"""

import json
import sys
from collections.abc import Callable
from dataclasses import asdict

from tests.assistant.apps.slack.fake_slack.fake_slack import FakeSlack
from tests.assistant.apps.slack.fake_slack.people import ASKER, CHANNEL
from tests.assistant.apps.slack.fake_slack.records import Json, Payload
from tests.assistant.apps.slack.fake_slack.timing import Timing


def main() -> None:
    """Run until standard input ends."""
    with FakeSlack(timing=Timing(ping_seconds=1.0), echoes=True) as slack:
        add_controls(slack)
        addresses = {
            "base_url": slack.base_url,
            "control": f"{slack.web_api.root}/fake/",
            "bot_token": slack.bot_token,
            "app_token": slack.app_token,
            "signing_secret": slack.signing_secret,
        }
        print(json.dumps(addresses), flush=True)  # noqa: T201
        sys.stdin.read()


def add_controls(slack: FakeSlack) -> None:
    """Let another process act as a person and look at the state."""

    def act(build: Callable[[str, str, str], list[Payload]]) -> Callable[[Json], Json]:
        def answer(body: Json) -> Json:
            user, channel = body.get("user", ASKER), body.get("channel", CHANNEL)
            payloads = build(body["text"], user, channel)
            slack.deliver(payloads)
            return {"keys": [payload.key for payload in payloads]}

        return answer

    people = slack.people
    slack.web_api.extra["/fake/mention"] = act(lambda *given: list(people.mention(*given)))
    slack.web_api.extra["/fake/command"] = act(lambda *given: [people.run_command(*given)])
    slack.web_api.extra["/fake/state"] = lambda _: read_state(slack)


def read_state(slack: FakeSlack) -> Json:
    """Return messages, ephemeral messages, views and calls as JSON."""
    workspace = slack.workspace
    with workspace.changed:
        return {
            "messages": [asdict(message) for message in workspace.read_all()],
            "ephemerals": [asdict(ephemeral) for ephemeral in workspace.ephemerals],
            "views": [asdict(view) for view in workspace.surfaces.views.values()],
            "homes": [asdict(view) for view in workspace.surfaces.homes.values()],
            "calls": [[call.method, call.error] for call in slack.calls],
            "summary": slack.describe(),
        }


if __name__ == "__main__":
    main()
