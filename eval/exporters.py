"""Writes runs and gold in the formats of TREC, so that other tools can check the figures.

`trec_eval`'s formats: qrels lines are `query 0 section grade`, run lines are
`query Q0 section rank score tag`. Fields are divided by white space, so that white space and `%`
within an id are percent-encoded.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import quote

from eval.datatypes import LabelledQuestion, Run
from eval.errors import RunFileError
from eval.retrieval_metrics import rank_sections


def write_trec(folder: Path, questions: Sequence[LabelledQuestion], run: Run) -> tuple[Path, Path]:
    """Write `qrels.txt` and `run.txt` to a folder; return both paths.

    :raises RunFileError: the folder or a file cannot be written.
    """
    qrels, ranking = folder / "qrels.txt", folder / "run.txt"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        qrels.write_text("".join(_format_qrels(questions)), encoding="utf-8")
        ranking.write_text("".join(_format_run(questions, run)), encoding="utf-8")
    except OSError as error:
        raise RunFileError(
            f"{folder}: cannot be written ({error.strerror}); choose another folder"
        ) from error
    return qrels, ranking


def _format_qrels(questions: Sequence[LabelledQuestion]) -> Iterator[str]:
    for labelled in questions:
        for section in dict.fromkeys(gold.section_id for gold in labelled.gold):
            yield f"{_encode(labelled.query_id)} 0 {_encode(section)} 1\n"


def _format_run(questions: Sequence[LabelledQuestion], run: Run) -> Iterator[str]:
    rankings = rank_sections(run)
    for labelled in questions:
        for rank, section in enumerate(rankings.get(labelled.query_id, ()), start=1):
            # The rank as score: tools that sort by score see the order that was returned.
            name = _encode(run.system)
            yield f"{_encode(labelled.query_id)} Q0 {_encode(section)} {rank} {-rank} {name}\n"


def _encode(text: str) -> str:
    return "".join(
        quote(character) if character.isspace() or character == "%" else character
        for character in text
    )
