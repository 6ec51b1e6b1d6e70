"""The checker as the command line builds it, and the parts that its checks share."""

from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.checking.checker import SourceChecker
from assistant.checking.vocabulary import Vocabulary, stem_words
from ingest.aliases import AliasTable, load_listed_aliases
from ingest.content_words import WordAnalyzer
from ingest.tokenizer import MecabTokenizer
from ingest.user_dictionary import build_user_dictionary, bundled_terms_file

Analyze = Callable[[str], list[str]]


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
def checker(words: Analyze) -> SourceChecker:
    return SourceChecker(words, AliasTable(load_listed_aliases()))
