"""Questions to begin with, made from the headings of the notes."""

from collections.abc import Callable, Iterator, Sequence
from itertools import chain, islice, zip_longest

from assistant.answering.headings.heading_questions import TEMPLATES, Templates, ask_about
from assistant.datatypes import Answer, Question
from assistant.errors import AssistantError
from assistant.messages import Language
from ingest.datatypes import Section

# A question is tried before it is shown, which takes as long as an answer.
_TRIES_PER_EXAMPLE = 4


def find_examples(
    notes: Sequence[Sequence[Section]],
    count: int,
    language: Language,
    answer: Callable[[Question], Answer],
) -> tuple[str, ...]:
    """Return at most `count` different questions, from as many notes as possible.

    Each was answered with a citation of the section whose heading it was made from.

    :param notes: the sections of every note; the same ones give the same questions.
    """
    count = max(count, 0)
    candidates = islice(_ask(notes, count, TEMPLATES[language]), _TRIES_PER_EXAMPLE * count)
    answered = (text for text, section in candidates if _is_answered(text, section, answer))
    return tuple(islice(answered, count))


def _ask(
    notes: Sequence[Sequence[Section]], count: int, templates: Templates
) -> Iterator[tuple[str, Section]]:
    """Yield different questions: one of every note, then a second one of every note, ..."""
    asked = set()
    per_note = [_ask_note(note, templates) for note in _spread(notes, count)]
    for found in chain.from_iterable(zip_longest(*per_note)):
        if found is not None and found[0] not in asked:
            asked.add(found[0])
            yield found


def _ask_note(sections: Sequence[Section], templates: Templates) -> Iterator[tuple[str, Section]]:
    for section in sections:
        # What stands before the first heading has a title alone, which may be a file's name.
        question = ask_about(section.heading_path, templates) if section.level else None
        if question is not None:
            yield question, section


def _is_answered(text: str, section: Section, answer: Callable[[Question], Answer]) -> bool:
    try:
        citations = answer(Question(text)).citations
    except AssistantError:
        return False
    return any(citation.section_id == section.section_id for citation in citations)


def _spread(notes: Sequence[Sequence[Section]], count: int) -> list[Sequence[Section]]:
    """Return the notes, first `count` of them that lie far apart."""
    chosen = {number * len(notes) // count for number in range(count)}
    order = sorted(range(len(notes)), key=lambda number: (number not in chosen, number))
    return [notes[number] for number in order]
