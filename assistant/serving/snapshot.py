"""One state of the notes, with all that was built to answer from it."""

import threading
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType

from assistant.answering.answer import Assistant
from assistant.messages import Language
from assistant.serving.datatypes import AnswerOptions, Scope
from assistant.serving.examples import find_examples
from assistant.serving.narrowing import narrow_to_scope
from assistant.wiring import OpenIndex
from ingest.datatypes import Section
from ingest.frontmatter import read_front_matter

# Two languages, three lengths, a few scopes. An assistant takes some megabytes, and 40 ms to build
# on a thousand sections; a narrowed index takes up to 300 ms.
_KEPT = 16


class Snapshot:
    """One generation of the index, and the assistants that answer from it. Safe between threads.

    What it built goes with it: nothing of a generation outlives the last answer made from it.

    build: makes an assistant on an index for options; the index is that of their scope.
    """

    def __init__(
        self, index: OpenIndex, build: Callable[[OpenIndex, AnswerOptions], Assistant]
    ) -> None:
        self._index = index
        self._notes = notes = MappingProxyType(_group_by_note(index))
        self._tags = tags = MappingProxyType({p: _read_tags(own) for p, own in notes.items()})
        # One thread builds, and the others use what it built.
        self._lock = lock = threading.Lock()

        # Functions of their own rather than methods: a cache that held `self` would keep the
        # generation, and its lock, until the garbage collector comes by.
        @lru_cache(_KEPT)
        def narrow(scope: Scope) -> OpenIndex:
            return narrow_to_scope(index, scope, tags)

        @lru_cache(_KEPT)
        def pick(options: AnswerOptions) -> Assistant:
            return build(narrow(options.scope), options)

        @lru_cache(_KEPT)
        def suggest(count: int, language: Language, scope: Scope) -> tuple[str, ...]:
            with lock:
                assistant = pick(AnswerOptions(language, scope=scope))
            covered = [notes[path] for path, own in tags.items() if scope.covers(path, own)]
            return find_examples(covered, count, language, assistant.answer)

        self._pick = pick
        self._suggest = suggest

    @property
    def index(self) -> OpenIndex:
        """The index of all notes."""
        return self._index

    @property
    def notes(self) -> Mapping[str, Sequence[Section]]:
        """The sections of every note in reading order, by its path, sorted."""
        return self._notes

    @property
    def tags(self) -> Mapping[str, tuple[str, ...]]:
        """The tags of every note, by its path."""
        return self._tags

    def pick_assistant(self, options: AnswerOptions) -> Assistant:
        """Return the assistant for these options.

        :raises IndexingError: the index cannot be read any more.
        """
        with self._lock:
            return self._pick(options)

    def suggest_examples(self, count: int, language: Language, scope: Scope) -> tuple[str, ...]:
        """Return at most `count` questions that the notes of a scope answer.

        :raises IndexingError: the index cannot be read any more.
        """
        return self._suggest(count, language, scope)


def _group_by_note(index: OpenIndex) -> dict[str, list[Section]]:
    # Notes without a section, which are empty files, stand in the manifest alone.
    notes: dict[str, list[Section]] = {path: [] for path in sorted(index.generation.manifest.notes)}
    for section in index.sections.values():
        notes[section.path].append(section)
    return notes


def _read_tags(sections: Sequence[Section]) -> tuple[str, ...]:
    """Return a note's tags: its front matter stands whole in the section that begins the note."""
    if not sections or sections[0].level > 0 or sections[0].line_start > 1:
        return ()
    return read_front_matter(sections[0].text).tags
