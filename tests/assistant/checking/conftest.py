"""The checker as the command line builds it, and the parts that its checks share."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from assistant.checking.checker import SourceChecker
from assistant.checking.reading import Sentence, read_sentences
from assistant.checking.vocabulary import Vocabulary, stem_words
from ingest.aliases import AliasTable, load_listed_aliases
from ingest.content_words import WordAnalyzer
from ingest.tokenizer import MecabTokenizer
from ingest.user_dictionary import build_user_dictionary, bundled_terms_file

Analyze = Callable[[str], list[str]]
Find = Callable[[Sequence[Sentence], Sequence[Sentence]], list[str]]


@pytest.fixture(scope="session")
def words(cache_folder: Path) -> Analyze:
    """Gives the content words of a text."""
    dictionary = build_user_dictionary(bundled_terms_file(), cache_folder / "mecab")
    return WordAnalyzer(MecabTokenizer(dictionary)).analyze


@pytest.fixture(scope="session")
def analyze(words: Analyze) -> Analyze:
    """Gives them as the checks compare them."""
    return lambda text: stem_words(words(text))


@pytest.fixture(scope="session")
def vocabulary(analyze: Analyze) -> Vocabulary:
    return Vocabulary(analyze)


@pytest.fixture(scope="session")
def compare(analyze: Analyze) -> Callable[[Find, str, str], list[str]]:
    """Calls a check with the sentences of a statement and of its source, headings first."""

    def compare(find: Find, statement: str, source: str) -> list[str]:
        given = read_sentences(source, analyze, has_headings=True)
        return find(read_sentences(statement, analyze), given)

    return compare


@pytest.fixture(scope="session")
def checker(words: Analyze) -> SourceChecker:
    return SourceChecker(words, AliasTable(load_listed_aliases()))
