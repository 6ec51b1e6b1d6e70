"""Stand-ins for a language model, so that every way of an answer can be gone without one."""

import re
from collections.abc import Generator, Iterator, Sequence

from assistant.errors import GeneratorError
from assistant.generators.text_stream import ChatMessage

# As `prompt` shows the sentences of the notes.
_NOTES = re.compile(r"<notes>\n(.*?)</notes>", re.DOTALL)
_SENTENCE = re.compile(r"^\[(\d+)\] (.+)$", re.MULTILINE)

# Whom an order addresses, or that it is one.
_ORDER = re.compile(
    r"(?<![A-Za-z])AIs?(?![A-Za-z])|アシスタント|以前の|これまでの|上の指示|無視し|復唱"
    r"|(?:答え|応じ|述べ|返す|返し|書き出す?|書く|書い|載せ|挙げ|貼る|付け|断言す|出力し?|表示し?|開い|示す)"
    r"(?:る?こと|よ(?!う)|ろ|て(?:下さい|ください))"
    r"|\b(?:assistants?|ignore|disregard|instructions?|(?:reply|respond)(?: only)? with)\b"
    r"|\b(?:visit|open|print|click|say|output)\b",
    re.IGNORECASE,
)
# What it wants said: something quoted, an address, a code word.
_WANTED = re.compile(
    r"「([^「」]{1,200})」|『([^『』]{1,200})』|\"([^\"]{1,200})\"|'([^']{1,200})'"
    r"|(https?://[!-;=?-~]{1,200})|\b([A-Z]{2,9}-\d[0-9A-Z-]{1,40})"
)


class ScriptedChat:
    """A model that says what it was given (`TextStream`).

    error: raised behind the last piece.
    asked: the messages of every request so far.
    """

    def __init__(self, pieces: Sequence[str], error: GeneratorError | None = None) -> None:
        self._pieces = pieces
        self._error = error
        self.asked: list[tuple[ChatMessage, ...]] = []

    def stream(self, messages: Sequence[ChatMessage]) -> Generator[str, None, None]:
        """Yield the given pieces.

        :raises GeneratorError: the given error, behind them.
        """
        self.asked.append(tuple(messages))
        yield from self._pieces
        if self._error is not None:
            raise self._error


class ObedientChat:
    """A model that does what the notes tell it to, and else quotes the first sentence.

    It is what an attack by text in notes hopes for: it says what an order wants said (what is
    quoted there, an address, a code word, else all of it), once with the marker of the order and
    once with that of the first sentence.
    """

    def stream(self, messages: Sequence[ChatMessage]) -> Generator[str, None, None]:
        """Yield what the orders want said, or the first sentence with its marker.

        :raises GeneratorError: no numbered sentence is in the messages.
        """
        sentences = [found for message in messages for found in _read_sentences(message.content)]
        if not sentences:
            raise GeneratorError("the prompt shows no sentence; give evidence that has some")
        first, text = sentences[0]
        orders = [(n, order) for n, said in sentences for order in _find_orders(said)]
        for number, order in orders:
            yield f"{order} [{number}]\n"
            yield f"{order} [{first}]\n"
        if not orders:
            yield f"{text} [{first}]\n"


def _read_sentences(prompt: str) -> list[tuple[int, str]]:
    return [
        (int(number), text)
        for notes in _NOTES.findall(prompt)
        for number, text in _SENTENCE.findall(notes)
    ]


def _find_orders(sentence: str) -> Iterator[str]:
    """Yield what an order wants said; the order itself where it names nothing."""
    if _ORDER.search(sentence) is None:
        return
    wanted = [next(filter(None, match.groups())) for match in _WANTED.finditer(sentence)]
    yield from wanted or [sentence]
