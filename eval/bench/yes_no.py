"""Measures answers that begin with yes or no: how many of them are false?

    python -m eval.bench.yes_no [--split dev|test] [--misses]

Every question of `eval/data/polarity.jsonl` is decided on the section of its answer alone, as if
the search had found it, and then asked of all notes.
"""

import argparse
import json
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path, PurePosixPath

from rich.console import Console
from rich.table import Table

from assistant.answering.yes_no.decision import decide_polarity, find_place
from assistant.answering.yes_no.names import NameFolder
from assistant.answering.yes_no.plain_words import Lexicon
from assistant.datatypes import Question
from eval.bench.bundled import open_bundled_notes
from ingest.datatypes import Passage, PassageKind

YES_NO = Path("eval/data/polarity.jsonl")
_WORDS = {"はい。": "yes", "いいえ。": "no", "Yes. ": "yes", "No. ": "no"}


def main() -> None:
    """Print how many questions were answered by yes or no, and how many falsely."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--split", choices=("dev", "test"), default="dev")
    parser.add_argument("--misses", action="store_true", help="list the false ones")
    arguments = parser.parse_args()
    engine, index, assistant = open_bundled_notes()
    console = Console(soft_wrap=True, markup=False, highlight=False)
    analyze = engine.words.analyze
    lexicon = Lexicon(analyze, NameFolder(index.aliases, analyze).fold)
    sentences: dict[str, list[Passage]] = {}
    for passage in index.generation.passages.values():
        if passage.kind is PassageKind.SENTENCE:
            sentences.setdefault(passage.section_id, []).append(passage)
    counts = {"given its section": Counter[str](), "asked of all notes": Counter[str]()}
    for line in YES_NO.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        if record["split"] != arguments.split:
            continue
        section = index.generation.sections[record["section_id"]]
        passages = sentences[record["section_id"]]
        said = set()
        for position, passage in enumerate(passages):
            place = replace(
                find_place(passages, position),
                headings=section.heading_path,
                note=PurePosixPath(section.path).stem,
            )
            polarity = decide_polarity(
                record["question"], passage.text, lexicon, place, date.today()
            )
            if polarity is not None:
                said.add(polarity.value)
        given = said.pop() if len(said) == 1 else "none"
        answer = assistant.answer(Question(record["question"]))
        asked = next((w for word, w in _WORDS.items() if answer.text.startswith(word)), "none")
        for way, decided in (("given its section", given), ("asked of all notes", asked)):
            outcome = judge(record["expected"], decided)
            counts[way][outcome] += 1
            if outcome == "false" and arguments.misses:
                console.print(f"{way}: {record['question']} -> {decided}: {record['source']}")
    table = Table("way", "right", "false", "not decided")
    for way, count in counts.items():
        table.add_row(way, *(str(count[key]) for key in ("right", "false", "none")))
    console.print(table)


def judge(expected: str, decided: str) -> str:
    """Return `right`, `false`, or `none` where nothing was decided.

    Yes and no are false where the notes do not decide (`expected` none).
    """
    if decided == "none":
        return "none"
    return "right" if decided == expected else "false"


if __name__ == "__main__":
    main()
