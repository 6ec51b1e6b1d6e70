"""What the tests of the page ask, and what the notes say to it."""

from tests.assistant.apps.chat.page_client import PageClient

QUESTION = "草津の湯のpHは?"
ANSWER = "草津の湯は強い酸性で、pHは2.1です。"
BEPPU = "別府では砂むし風呂に入れます。"


def count_turns(page: PageClient) -> int:
    return page.value("conversation").count('class="tk-turn"')
