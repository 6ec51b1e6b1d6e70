"""Suggests what to ask next: questions that sections near the answer are there to answer."""

from collections.abc import Callable, Iterator, Sequence
from itertools import chain, islice

from assistant.answering.headings.heading_questions import TEMPLATES, ask_about
from assistant.messages import Language
from ingest.datatypes import Section
from ingest.plaintext import is_empty_section

_MAX_QUESTIONS = 3
# A note may have thousands of sections below one heading; the nearest are enough.
_MAX_CANDIDATES = 40


def suggest_questions(
    answer_section: Section,
    sections: Sequence[Section],
    found: Sequence[Section],
    asked: Sequence[str],
    analyze: Callable[[str], list[str]],
    language: Language,
) -> tuple[str, ...]:
    """Return up to three questions that the notes answer, the likeliest to be of use first.

    None of them asks only what was asked or what another one asks, and each has a section with
    text that is not the answer's.

    :param answer_section: the section that the answer leads with.
    :param sections: all sections in reading order, as the index has them.
    :param found: the other sections that were found for the question, best first.
    :param asked: the question and the user's earlier turns.
    :param analyze: gives the content words of a text.
    """
    known = [frozenset(analyze(text)) for text in asked]
    questions: list[str] = []
    for section in islice(_find_candidates(answer_section, sections, found), _MAX_CANDIDATES):
        question = ask_about(section.heading_path, TEMPLATES[language])
        if question is None:
            continue
        words = frozenset(analyze(question))
        if any(words <= others for others in known) or is_empty_section(section):
            continue
        known.append(words)
        questions.append(question)
        if len(questions) == _MAX_QUESTIONS:
            break
    return tuple(questions)


def _find_candidates(
    answer: Section, sections: Sequence[Section], found: Sequence[Section]
) -> Iterator[Section]:
    """Yield sections near the answer's, some more than once, those that lead on first."""
    note = [section for section in sections if section.path == answer.path and section.level > 0]
    above = answer.heading_path[:-1]
    children = [section for section in note if section.heading_path[:-1] == answer.heading_path]
    siblings = [section for section in note if section.heading_path[:-1] == above]
    following = [section for section in siblings if section.line_start > answer.line_start]
    near = chain(following[:1], children[:1], found, children[1:], following[1:], siblings)
    return (section for section in near if _has_other_headings(section, answer))


def _has_other_headings(section: Section, answer: Section) -> bool:
    return section.level > 0 and section.heading_path != answer.heading_path
