"""The words of every passage, kept with the generation: to cut them takes longer than all else."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from index.bm25 import Analyzer
from index.load import Generation
from index.records import read_records
from ingest.passages import with_headings


@dataclass(frozen=True, slots=True)
class PassageTerms:
    """The words that a passage of kind `passage` is found by, its headings included."""

    passage_id: str
    words: tuple[str, ...]
    bigrams: tuple[str, ...]


def read_terms(generation: Generation) -> dict[str, PassageTerms]:
    """Return the terms of a generation by the text that they were cut from.

    :raises IndexDamagedError: when they are not what was written.
    """
    terms = {}
    layout, manifest = generation.layout, generation.manifest
    for entry in read_records(layout, layout.terms, PassageTerms, manifest):
        passage = generation.passages[entry.passage_id]
        headings = generation.sections[passage.section_id].heading_path
        terms[with_headings(headings, passage.text)] = entry
    return terms


def analyze_passages(
    texts: Mapping[str, str],
    known: Mapping[str, PassageTerms],
    word_analyzer: Analyzer,
    bigram_analyzer: Analyzer,
    on_progress: Callable[[int, int], None],
) -> list[PassageTerms]:
    """Return the terms of passages, in their order.

    :param texts: passage id to what is indexed: headings and text.
    :param known: terms by text, from the same analyzers.
    """
    terms = []
    for done, (passage_id, text) in enumerate(texts.items(), start=1):
        if (entry := known.get(text)) is not None:
            terms.append(PassageTerms(passage_id, entry.words, entry.bigrams))
        else:
            words, bigrams = word_analyzer.analyze(text), bigram_analyzer.analyze(text)
            terms.append(PassageTerms(passage_id, tuple(words), tuple(bigrams)))
        on_progress(done, len(texts))
    return terms
