"""The records of training. This module imports nothing of ours."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TrainingQuestion:
    """A question that one section answers.

    text: what is searched: with the options of a multiple-choice question, behind its history.
    kind: as in the data, for reports (`paraphrase`, `alias`, ...).
    line: where in the section's text the answer stands, 1-based; None where nobody marked it.
    """

    text: str
    kind: str
    line: int | None = None


@dataclass(frozen=True, slots=True)
class TrainingSection:
    r"""A section of a note with the questions that it answers.

    section_id: unique over all files of the data.
    source: name of the data file without its suffix.
    path: the note that the section belongs to; sections of one path are siblings.
    text: Markdown, without the heading; "\n" between lines.
    near_misses: questions that sound as if this section answered them, but none does.
    """

    section_id: str
    source: str
    path: str
    heading_path: tuple[str, ...]
    text: str
    questions: tuple[TrainingQuestion, ...]
    near_misses: tuple[str, ...]
