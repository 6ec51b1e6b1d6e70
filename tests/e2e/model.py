"""What the language model of the tests says."""

from tests.assistant.generators.chat_server import Reply, event

SAID = "草津の湯は強い酸性で、pH は 2.1 です。"
_SECONDS = 60


def speak_without_end(reply: Reply) -> None:
    """Say one statement, and then a word a second that never makes another."""
    reply.start()
    reply.write(event(f"{SAID}[1]\n"))
    for _ in range(_SECONDS):
        reply.wait_until_client_left()
        reply.write(event("まだ"))
