"""Checks that what the model was trained on says nothing about what it is measured on."""

import re
from collections.abc import Iterator, Sequence

from assistant.datatypes import Question
from eval.answer_metrics import squeeze
from eval.check import SAME_QUESTION
from eval.near_copies import find_near_copies
from index.training.datatypes import TrainingSection
from ingest.datatypes import Section

# Trigram Jaccard similarity of bodies from which two sections count as the same. Sections written
# apart about one table or policy (the five reserved addresses of a subnet) come up to .42; a few
# that came nearer, up to .54, were left out of the training data all the same.
SAME_SECTION = 0.45
# Shorter lines stand in any notes, and so does code (`systemctl enable --now httpd`).
LONG_LINE = 25
_JAPANESE = re.compile(r"[ぁ-んァ-ヶ一-龠]")


def find_leaks_into_training(
    trained: Sequence[TrainingSection],
    questions: Sequence[Question],
    sections: Sequence[Section],
) -> Iterator[str]:
    """Yield what training data shares with evaluation data, a line each.

    :param questions: all that the model is measured with; sections: all that they are asked of.
    """
    asked = [
        (section.section_id, text)
        for section in trained
        for text in (*(question.text for question in section.questions), *section.near_misses)
    ]
    texts = [text for _, text in asked]
    # A follow-up must be found with its history and without it.
    forms = [(" ".join((*q.history, q.text)), q.query_id) for q in questions]
    measured = list(dict.fromkeys([*forms, *((q.text, q.query_id) for q in questions)]))
    for i, j, value in find_near_copies(texts, [text for text, _ in measured], SAME_QUESTION):
        yield f"{asked[i][0]}: 「{texts[i]}」 is {value:.2f} like {measured[j][1]}"
    bodies = [(s.section_id, body) for s in sections if (body := _read_body(s))]
    own = [section.text for section in trained]
    for i, j, value in find_near_copies(own, [body for _, body in bodies], SAME_SECTION):
        yield f"{trained[i].section_id}: is {value:.2f} like {bodies[j][0]}"
    lines = {line: s.section_id for s in sections for line in _long_lines(s.text)}
    for section in trained:
        for line in _long_lines(section.text):
            if line in lines:
                yield f"{section.section_id}: 「{line}」 stands in {lines[line]} too"


def _read_body(section: Section) -> str:
    """Return the section's text without its heading, as training sections have it."""
    return "\n".join(section.text.split("\n")[1 if section.level else 0 :]).strip()


def _long_lines(text: str) -> Iterator[str]:
    lines = (squeeze(line) for line in text.split("\n"))
    return (line for line in lines if len(line) >= LONG_LINE and _JAPANESE.search(line))
