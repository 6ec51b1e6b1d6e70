"""Reads question sets of other tools: SQuAD-format files and TREC topics with qrels."""

import re
import string
from codecs import BOM_UTF8
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Annotated
from urllib.parse import unquote

from pydantic import BaseModel, StringConstraints, ValidationError

from assistant.datatypes import Question
from eval.datatypes import Gold, LabelledQuestion, Split
from eval.errors import ImportFormatError
from ingest.datatypes import Section

_GRADE = re.compile(r"-?[0-9]{1,9}")
_PUNCTUATION = tuple(string.punctuation)  # what Markdown allows to escape


_Text = Annotated[str, StringConstraints(pattern=r"\S")]


class _SquadQuestion(BaseModel):
    id: _Text
    question: _Text
    is_impossible: bool = False  # SQuAD 2.0


class _SquadParagraph(BaseModel):
    context: _Text
    qas: list[_SquadQuestion]


class _SquadArticle(BaseModel):
    title: str = ""
    paragraphs: list[_SquadParagraph]


class _Squad(BaseModel):
    data: list[_SquadArticle]


def import_squad(squad_file: Path, notes_folder: Path) -> list[LabelledQuestion]:
    """Write every paragraph of a SQuAD-format file as a note; return the questions over them.

    A paragraph becomes line 3 of `NNNNN.md`, with the article's title as its heading; JSQuAD's own
    form `title [SEP] text` is understood. The section ids are incomplete (`NNNNN.md#`) until
    `resolve_gold` has seen the sections.

    :param notes_folder: is created; must hold no notes yet.
    :raises ImportFormatError: the file is not of the format, asks nothing or has an id twice, or
        the folder is not empty or cannot be written.
    """
    paragraphs = [
        (article.title, paragraph)
        for article in _read_squad(squad_file).data
        for paragraph in article.paragraphs
    ]
    questions: dict[str, LabelledQuestion] = {}
    for number, (_, paragraph) in enumerate(paragraphs):
        for asked in paragraph.qas:
            if asked.id in questions:
                raise ImportFormatError(f"{squad_file}: id {asked.id!r} comes twice; rename one")
            section_id = f"{_name_note(number)}#"
            questions[asked.id] = LabelledQuestion(
                question=Question(asked.question, asked.id),
                gold=() if asked.is_impossible else (Gold(section_id, 3, 3),),
                near=section_id if asked.is_impossible else "",
                tags=frozenset(("unanswerable" if asked.is_impossible else "own-words",)),
                split=Split.TEST,
            )
    if not questions:
        raise ImportFormatError(f"{squad_file}: asks no questions; choose another file")
    try:
        notes_folder.mkdir(parents=True, exist_ok=True)
        if any(notes_folder.iterdir()):
            raise ImportFormatError(
                f"{notes_folder}: is not empty; name a new folder for the notes"
            )
        for number, (title, paragraph) in enumerate(paragraphs):
            note = _format_note(title, paragraph.context)
            (notes_folder / _name_note(number)).write_text(note, encoding="utf-8")
    except OSError as error:
        raise ImportFormatError(
            f"{notes_folder}: cannot be written ({error.strerror}); choose another folder"
        ) from error
    return list(questions.values())


def resolve_gold(
    questions: list[LabelledQuestion], sections: Mapping[str, Section]
) -> list[LabelledQuestion]:
    """Give imported questions the ids and digests of the sections that their notes were read into.

    :raises ImportFormatError: a note of a question is not among the sections.
    """
    by_path = {section.path: section for section in sections.values()}

    def find(incomplete: str) -> Section:
        path = incomplete.removesuffix("#")
        if path not in by_path:
            raise ImportFormatError(f"{path}: has no section; index the notes before asking")
        return by_path[path]

    return [
        replace(
            labelled,
            gold=tuple(
                replace(gold, section_id=section.section_id, digest=section.digest)
                for gold in labelled.gold
                for section in [find(gold.section_id)]
            ),
            near=find(labelled.near).section_id if labelled.near else "",
        )
        for labelled in questions
    ]


def import_trec(
    topics_file: Path, qrels_file: Path, sections: Mapping[str, Section]
) -> list[LabelledQuestion]:
    """Read topics (`id<TAB>question`, one a line) and qrels over section ids.

    Grades above 0 make a section gold, higher grades first. Topics without gold are unanswerable.

    :raises ImportFormatError: a file cannot be read, or a line is malformed, comes twice, or names
        a topic or section that does not exist.
    """
    topics: dict[str, str] = {}
    for number, line in _read_lines(topics_file):
        query_id, _, text = (part.strip() for part in line.partition("\t"))
        if not query_id or not text:
            raise ImportFormatError(f"{topics_file}:{number}: is not 'id<TAB>question'")
        if query_id in topics:
            raise ImportFormatError(f"{topics_file}:{number}: topic {query_id!r} comes twice")
        topics[query_id] = text
    if not topics:
        raise ImportFormatError(f"{topics_file}: holds no topics; write 'id<TAB>question' lines")
    grades = _read_qrels(qrels_file, topics, sections)
    questions = []
    for query_id, text in topics.items():
        graded = sorted((-grade, key) for key, grade in grades[query_id].items() if grade > 0)
        right = [sections[section_id] for _, section_id in graded]
        questions.append(
            LabelledQuestion(
                question=Question(text, query_id),
                gold=tuple(Gold(s.section_id, s.line_start, s.line_end, s.digest) for s in right),
                tags=frozenset(("own-words",) if right else ("unanswerable",)),
                split=Split.TEST,
            )
        )
    return questions


def _read_qrels(
    path: Path, topics: Mapping[str, str], sections: Mapping[str, Section]
) -> dict[str, dict[str, int]]:
    """Return, for every topic, the grade of every judged section."""
    grades: dict[str, dict[str, int]] = {query_id: {} for query_id in topics}
    for number, line in _read_lines(path):
        fields = line.split()
        if len(fields) != 4 or not _GRADE.fullmatch(fields[3]):
            raise ImportFormatError(f"{path}:{number}: is not 'query 0 section grade'")
        query_id, section_id = unquote(fields[0]), unquote(fields[2])
        if query_id not in topics:
            raise ImportFormatError(f"{path}:{number}: no topic {query_id!r} among the topics")
        if section_id not in sections:
            raise ImportFormatError(f"{path}:{number}: no section {section_id} in the notes")
        if section_id in grades[query_id]:
            raise ImportFormatError(f"{path}:{number}: section {section_id} comes twice")
        grades[query_id][section_id] = int(fields[3])
    return grades


def _read_squad(path: Path) -> _Squad:
    try:
        return _Squad.model_validate_json(path.read_bytes().removeprefix(BOM_UTF8))
    except OSError as error:
        raise ImportFormatError(
            f"{path}: cannot be read ({error.strerror}); check the path"
        ) from error
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"]) or "file"
        raise ImportFormatError(
            f"{path}: is not in SQuAD's format ({where!r}: {first['msg']}); it needs "
            "data[].paragraphs[] with a context and qas[] of id and question"
        ) from error


def _name_note(number: int) -> str:
    return f"{number:05d}.md"


def _format_note(title: str, context: str) -> str:
    own_title, _, text = context.rpartition("[SEP]")
    heading = " ".join((own_title.strip() or title).split())
    # On one line, its first sign escaped: a paragraph that looks like Markdown must stay one
    # paragraph of one section.
    body = " ".join(text.split())
    escape = "\\" if body[:1] in _PUNCTUATION else ""
    return f"# {heading}\n\n{escape}{body}\n"


def _read_lines(path: Path) -> list[tuple[int, str]]:
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise ImportFormatError(f"{path}: cannot be read as UTF-8 text; check it") from error
    return [(number, line) for number, line in enumerate(lines, start=1) if line.strip()]
