"""Holds what a model writes against the sentences that it cites, one statement at a time."""

import re
from collections.abc import Sequence

from assistant.checking.source_text import show_source
from assistant.datatypes import Draft, Evidence, Notice, Question
from assistant.generators.draft_writer import DraftWriter
from assistant.generators.markers import find_subscripts, split_markers
from assistant.generators.plain_statement import is_lead_in, read_plain, says_something
from assistant.generators.prompt import NO_ANSWER
from assistant.protocols import StatementChecker
from ingest.datatypes import Passage
from ingest.normalize import normalize

_AROUND = "。.「」『』\"' "
_REFUSALS = tuple(normalize(phrase).strip(_AROUND) for phrase in NO_ANSWER.values())
# The same in a model's own words. Whether the notes answer is not the model's to say.
_OTHER_REFUSAL = re.compile(
    r"(?:ノート|資料|文|記録|情報|メモ|根拠)(?:の中)?(?:に|から|では|だけでは)は?[^。]{0,20}"
    r"(?:見当たり|見つかり|載って|書かれて|記載され|含まれて|記載(?:は|が)|答え(?:は|が)|わかり|分かり|判断でき)"
    r"[^。]{0,6}(?:ません|ない|なかった)"
    r"|\b(?:notes|sentences|evidence|sources?|blocks?)\b[^.]{0,20}\b(?:do|does|did) not\b[^.]{0,20}"
    r"\b(?:say|state|mention|answer|contain|provide|tell)\b"
)


class Review:
    """Takes the statements of one answer; keeps what is supported, quotes where something is not.

    sentences: what the model was shown; number n is `sentences[n - 1]`.

    It counts the statements that were taken, and of these the supported, the replaced (or dropped,
    if they cite nothing) and the supported ones that had been said before.
    """

    def __init__(
        self,
        checker: StatementChecker,
        question: Question,
        evidence: Sequence[Evidence],
        sentences: Sequence[Passage],
    ) -> None:
        self._checker = checker
        self._sentences = sentences
        self._sections = {item.section.section_id: item.section for item in evidence}
        self._subscripts = find_subscripts([question.text, *(s.text for s in sentences)])
        self._label = _build_label_pattern([choice.letter for choice in question.choices])
        self._writer = DraftWriter()
        self.taken = 0
        self.supported = 0
        self.replaced = 0
        self.repeated = 0

    @property
    def characters(self) -> int:
        """How long the text is that was kept or quoted, without markers."""
        return self._writer.characters

    def take(self, sentence: str) -> None:
        """Judge a sentence that the model wrote, with its markers."""
        marked = split_markers(read_plain(sentence), len(self._sentences), self._subscripts)
        if not says_something(marked.text) or is_lead_in(marked.text) or _refuses(marked.text):
            return
        self.taken += 1
        named = [n for n in marked.numbers if 1 <= n <= len(self._sentences)]
        sources = [self._sentences[n - 1] for n in named]
        if (
            sources
            and len(named) == len(marked.numbers)
            and self._is_supported(marked.text, sources)
        ):
            if self._writer.add_statement(marked.text, sources):
                self.supported += 1
            else:
                self.repeated += 1
            return
        self.replaced += 1
        self._writer.add_quotes(sources)

    def build(self, further: tuple[Notice, ...] = ()) -> Draft:
        """Return the draft as it is now, with what there is to say of it."""
        notices = (Notice.STATEMENTS_REPLACED,) if self.replaced else ()
        return self._writer.build(notices + further)

    def _is_supported(self, text: str, sources: Sequence[Passage]) -> bool:
        # The letter of an option is the question's, no source has it.
        label = self._label.match(text) if self._label is not None else None
        statement = text[label.end() :] if label is not None else text
        cited = [(self._sections[source.section_id], source.text) for source in sources]
        texts = [show_source(section.path, section.heading_path, text) for section, text in cited]
        return says_something(statement) and self._checker.check(statement, texts).is_supported


def _build_label_pattern(letters: Sequence[str]) -> re.Pattern[str] | None:
    if not letters:
        return None
    letter = "|".join(re.escape(letter) for letter in letters)
    return re.compile(rf"[(（]?(?:{letter})(?:\s?[,、]\s?(?:{letter}))*[)）]?\s?[:：.．、]\s*")


def _refuses(text: str) -> bool:
    plain = normalize(text).strip(_AROUND)
    return plain in _REFUSALS or _OTHER_REFUSAL.search(plain) is not None
