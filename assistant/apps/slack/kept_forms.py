"""What the ledger keeps of messages and answers, as JSON, and reads back."""

import json
from dataclasses import asdict, dataclass

from pydantic import TypeAdapter

from assistant.apps.slack.blocks import SlackMessage
from assistant.datatypes import Answer, Question
from assistant.records import to_json


@dataclass(frozen=True, slots=True)
class AnsweredQuestion:
    """A question as it was asked, and its answer."""

    question: Question
    answer: Answer


class AnswerForm:
    """Writes answers for the buttons below them, for sharing and for feedback."""

    def __init__(self) -> None:
        self._adapter = TypeAdapter(AnsweredQuestion)

    def write(self, answered: AnsweredQuestion) -> str:
        """Return an answer as JSON."""
        return to_json(asdict(answered))

    def read(self, text: str) -> AnsweredQuestion:
        """Return the answer that `write` wrote."""
        return self._adapter.validate_python(json.loads(text))


def write_message(message: SlackMessage) -> str:
    """Return a message as JSON."""
    return to_json({"text": message.text, "blocks": message.blocks})


def read_message(text: str) -> SlackMessage:
    """Return the message that `write_message` wrote."""
    fields = json.loads(text)
    return SlackMessage(fields["text"], fields["blocks"])
