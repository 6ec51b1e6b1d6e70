"""Picks the concrete classes: the only place that knows which implementation serves which seam."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from assistant.answering.answer import Assistant
from assistant.answering.headings.empty_sections import EmptySections
from assistant.answering.note_reader import NoteReader
from assistant.answering.open_notes import OpenNotes
from assistant.answering.retrieve import EmbeddedSearcher, Retriever
from assistant.answering.yes_no.names import NameFolder
from assistant.checking.checker import SourceChecker
from assistant.checking.denial_meter import ClauseDenialMeter
from assistant.errors import GeneratorError
from assistant.generators.checked import CheckedGenerator, OutputLimits
from assistant.generators.extractive import ExtractiveGenerator
from assistant.generators.text_stream import TextStream
from assistant.messages import Messages
from assistant.protocols import Generator
from assistant.settings import Settings
from index.embedders.bundled import load_base_embedder, load_bundled_embedder
from index.embedders.sentence_transformer import SentenceTransformerEmbedder
from index.hybrid import HybridSearcher, VectorSearcher
from index.load import Generation, Legs, load_generation, open_legs
from index.protocols import Embedder, Searcher
from index.refresh import RefreshReport, refresh_index
from index.scoped import ScopedSearcher, ScopedVectorSearcher
from ingest.aliases import AliasGroup, AliasTable, load_listed_aliases, load_user_aliases
from ingest.content_words import BigramAnalyzer, WordAnalyzer
from ingest.datatypes import Passage, PassageKind, Section
from ingest.reader import ReadLimits
from ingest.tokenizer import MecabTokenizer
from ingest.user_dictionary import build_user_dictionary, bundled_terms_file

BUNDLED = "bundled"
# The bundled model as it was before its training, for comparing.
BASE = "base"


@dataclass(frozen=True, slots=True)
class Engine:
    """What is loaded once in a process, whatever notes it serves.

    analyzers: tells apart what the two analyzers make of a text, for the index to record.
    """

    embedder: Embedder
    words: WordAnalyzer
    bigrams: BigramAnalyzer
    analyzers: str


def load_engine(
    settings: Settings, on_progress: Callable[[str, float], None] | None = None
) -> Engine:
    """Load the model and the tokenizer, preparing them on first use.

    :param on_progress: told the step and the share done, 0 to 1, while a model is prepared.
    :raises ModelError: the model cannot be used.
    :raises TokenizerError: MeCab or a dictionary cannot be used.
    """
    embedder: Embedder
    if settings.model == BUNDLED:
        embedder = load_bundled_embedder(settings.cache_folder, on_progress)
    elif settings.model == BASE:
        embedder = load_base_embedder(settings.cache_folder, on_progress)
    else:
        embedder = SentenceTransformerEmbedder(settings.model)
    dictionary = build_user_dictionary(bundled_terms_file(), settings.cache_folder / "mecab")
    words = WordAnalyzer(MecabTokenizer(dictionary))
    # The dictionary's name holds a digest of its terms and of UniDic; the analyzers' code is part
    # of the digest of `ingest` that the index keeps anyway.
    return Engine(embedder, words, BigramAnalyzer(), dictionary.name)


def load_words(settings: Settings) -> WordAnalyzer:
    """Load the analyzer of content words alone, without a model.

    :raises TokenizerError: MeCab or a dictionary cannot be used.
    """
    dictionary = build_user_dictionary(bundled_terms_file(), settings.cache_folder / "mecab")
    return WordAnalyzer(MecabTokenizer(dictionary))


def refresh_notes(
    settings: Settings,
    engine: Engine,
    on_progress: Callable[[str, int, int], None] | None = None,
    *,
    rebuild: bool = False,
) -> RefreshReport:
    """Bring the index up to date with the notes.

    :param rebuild: take nothing from the index that is there, as if it were damaged.

    :raises NotesFolderError: the notes folder cannot be used.
    :raises IndexingError: the index cannot be written.
    """
    return refresh_index(
        settings.notes,
        settings.index_folder,
        engine.embedder,
        engine.words,
        engine.bigrams,
        read_limits(settings),
        on_progress,
        analyzers=engine.analyzers,
        rebuild=rebuild,
    )


def load_alias_groups(settings: Settings, generation: Generation) -> tuple[AliasGroup, ...]:
    """Return the aliases of the notes, the list and the user.

    :raises AliasFileError: the user's file is malformed, or was named and does not exist.
    """
    groups = [*generation.mined_aliases, *load_listed_aliases()]
    if settings.aliases is not None or settings.aliases_file.is_file():
        groups += load_user_aliases(settings.aliases_file)
    return tuple(groups)


def load_aliases(settings: Settings, generation: Generation) -> AliasTable:
    """Join the aliases of the notes, the list and the user.

    :raises AliasFileError: as `load_alias_groups`.
    """
    # With the sections, a query gains only names that some note really uses.
    sections = tuple(generation.sections.values())
    return AliasTable(load_alias_groups(settings, generation), sections)


@dataclass(frozen=True, slots=True)
class OpenIndex:
    """One generation of the index, or some sections of it alone, ready to be searched.

    legs: those of the whole generation; `build_searcher` keeps them to the sections.
    sections: what is answered from, by id, in reading order.
    contains: tells whether a passage of the sections holds a content word.
    alias_groups: what `aliases` is made of.
    """

    generation: Generation
    legs: Legs
    sections: Mapping[str, Section]
    contains: Callable[[str], bool]
    alias_groups: tuple[AliasGroup, ...]
    aliases: AliasTable

    @property
    def is_narrowed(self) -> bool:
        """Whether some sections of the generation are left out."""
        return len(self.sections) < len(self.generation.sections)


def open_index(settings: Settings, engine: Engine) -> OpenIndex:
    """Open the index as it is now.

    :raises IndexingError: there is no index, or not a usable one.
    :raises AliasFileError: as `load_aliases`.
    """
    generation = load_generation(settings.index_folder, engine.embedder.name)
    legs = open_legs(generation, engine.words, engine.bigrams, engine.embedder)
    groups = load_alias_groups(settings, generation)
    sections = generation.sections
    aliases = AliasTable(groups, tuple(sections.values()))
    return OpenIndex(generation, legs, sections, legs.words.contains, groups, aliases)


def build_searcher(index: OpenIndex, engine: Engine) -> HybridSearcher:
    """Fuse the four legs as the assistant uses them."""
    legs = index.legs
    words: Searcher = legs.words
    bigrams: Searcher = legs.bigrams
    passages: VectorSearcher = legs.passages
    sentences: VectorSearcher = legs.sentences
    if index.is_narrowed:
        words = ScopedSearcher(words, index.sections)
        bigrams = ScopedSearcher(bigrams, index.sections)
        passages = ScopedVectorSearcher(passages, index.sections)
        sentences = ScopedVectorSearcher(sentences, index.sections)
    return HybridSearcher(
        words,
        bigrams,
        passages,
        sentences,
        engine.embedder,
        lambda query: index.aliases.expand(query).text,
    )


def build_retriever(engine: Engine, index: OpenIndex, searcher: EmbeddedSearcher) -> Retriever:
    """Build what turns questions into evidence."""
    sentences: dict[str, list[Passage]] = {}
    for passage in index.generation.passages.values():
        if passage.kind is PassageKind.SENTENCE and passage.section_id in index.sections:
            sentences.setdefault(passage.section_id, []).append(passage)
    return Retriever(
        searcher,
        index.legs.sentences,
        engine.embedder,
        index.sections,
        sentences,
        engine.words.analyze,
        index.contains,
    )


@dataclass(frozen=True, slots=True)
class LanguageModel:
    """A language model that words the answers.

    on_failure: is told why it failed, since an answer only says that it did.
    """

    chat: TextStream
    on_failure: Callable[[GeneratorError], None]


def build_assistant(
    settings: Settings,
    engine: Engine,
    index: OpenIndex,
    searcher: EmbeddedSearcher,
    messages: Messages,
    language_model: LanguageModel | None = None,
    characters: int | None = None,
) -> Assistant:
    """Build an assistant that answers from an open index.

    :param language_model: words the answers; without it they are the notes' own sentences.
    :param characters: of the longest answer made of those; by default as the settings say.
    """
    sections = index.sections
    filled = {passage.section_id for passage in index.generation.passages.values()}
    notes = OpenNotes(
        sections,
        EmptySections(tuple(sections.values()), filled, engine.words.analyze),
        index.aliases,
        NoteReader(settings.notes, read_limits(settings)).read,
        held=index.generation,  # or a writer may delete its files
    )
    checker = SourceChecker(engine.words.analyze, index.aliases)
    denials = ClauseDenialMeter(engine.words.analyze)
    generator: Generator = ExtractiveGenerator(
        characters or settings.answer_characters,
        engine.words.analyze,
        fold=NameFolder(index.aliases, engine.words.analyze).fold,
    )
    if language_model is not None:
        generator = CheckedGenerator(
            language_model.chat,
            checker,
            generator,
            OutputLimits(seconds=settings.llm_seconds),
            messages.language,
            language_model.on_failure,
        )
    retriever = build_retriever(engine, index, searcher)
    analyze = engine.words.analyze
    return Assistant(retriever, generator, checker, denials, notes, analyze, messages)


def open_assistant(
    settings: Settings,
    engine: Engine,
    messages: Messages,
    language_model: LanguageModel | None = None,
) -> Assistant:
    """Open the index as it is now and build an assistant on it.

    :raises IndexingError: there is no index, or not a usable one.
    :raises AliasFileError: as `load_aliases`.
    """
    index = open_index(settings, engine)
    searcher = build_searcher(index, engine)
    return build_assistant(settings, engine, index, searcher, messages, language_model)


def read_limits(settings: Settings) -> ReadLimits:
    """Return what is too much for the notes folder."""
    return ReadLimits(settings.max_file_bytes, settings.max_depth)
