"""Refreshes an index again and again, each time failing at another change of a file.

Run by test_faults with `fault_shim` preloaded:

    python -m tests.index.fault_driver WORK {update,first} ERRNO STRIDE

ERRNO 0 kills the process at the fault. Every refresh runs in a fork of this process, which has
everything imported and no threads. Prints one JSON object: how many faults were tried, and what
was wrong afterwards.
"""

import ctypes
import itertools
import json
import os
import shutil
import signal
import sys
import traceback
from collections.abc import Callable
from functools import partial
from pathlib import Path

from index.errors import IndexFolderError, IndexNotFoundError
from index.load import load_generation, open_legs
from index.refresh import refresh_index
from index.verify import verify_generation
from ingest.content_words import BigramAnalyzer
from tests.fake_embedder import FakeEmbedder

OLD = {"a.md": "# 甲\n古い文。\n", "b.md": "# 乙\n変わらない文。\n"}
NEW = {"a.md": "# 甲\n新しい文。\n", "b.md": "# 乙\n変わらない文。\n"}
LATER = {"a.md": "# 甲\nもっと新しい文。\n", "b.md": "# 乙\n変わらない文。\n"}
REFUSED = 3


class Driver:
    def __init__(self, work: Path, first: bool, error: int) -> None:
        self.notes, self.base, self.index = work / "notes", work / "base", work / "index"
        self.first = first
        self.error = error
        self.shim = ctypes.CDLL(None)
        self.problems: list[str] = []
        self.notes.mkdir()
        if not first:
            self.write_notes(OLD)
            self.fork(lambda: self.refresh(self.base))

    def write_notes(self, texts: dict[str, str]) -> None:
        for name, text in texts.items():
            (self.notes / name).write_text(text, encoding="utf-8")

    def refresh(self, index: Path) -> None:
        words = BigramAnalyzer()
        refresh_index(self.notes, index, FakeEmbedder(), words, words)

    def fork(self, act: Callable[[], object]) -> int:
        """Do something in a child; return its exit code, or minus the signal that killed it."""
        child = os.fork()
        if child:
            return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        code = 1
        try:
            act()
            code = 0
        except BaseException:  # noqa: BLE001 - the parent reads it on stderr
            traceback.print_exc()
        finally:
            sys.stderr.flush()
            os._exit(code)

    def fail_at(self, number: int) -> None:
        """Refresh with a fault; exit 0 when the fault came too late to happen."""
        self.shim.fault_arm(os.fsencode(self.index), ctypes.c_long(number), self.error)
        try:
            self.refresh(self.index)
        except IndexFolderError as refused:
            message = str(refused)
            os._exit(REFUSED if "--index" in message and "\n" not in message else 1)
        # Reached although the fault happened only where a refusal does no harm (cleaning up).
        os._exit(0 if self.shim.fault_count() < number else REFUSED)

    def check(self) -> None:
        """Check that the index is the old or the new one, whole, and can be refreshed."""
        self.check_whole()
        for texts in (NEW, LATER):
            self.write_notes(texts)
            self.refresh(self.index)
            assert self.read_texts() == self.expected(texts)
            assert verify_generation(self.index) == []
        # A writer that has something to write removes what the dead one left.
        assert len(list((self.index / "generations").iterdir())) == 1

    def check_whole(self) -> None:
        try:
            texts = self.read_texts()
        except IndexNotFoundError:
            assert self.first
            return
        assert verify_generation(self.index) == []
        assert texts == self.expected(NEW) or (not self.first and texts == self.expected(OLD))

    def expected(self, texts: dict[str, str]) -> list[str]:
        return [text.removesuffix("\n") for text in texts.values()]

    def read_texts(self) -> list[str]:
        words = BigramAnalyzer()
        embedder = FakeEmbedder()
        with load_generation(self.index, embedder.name) as generation:
            legs = open_legs(generation, words, words, embedder)
            for leg in (legs.words, legs.bigrams, legs.passages, legs.sentences):
                assert leg.search("変わらない文", 1)[0].section_id == "b.md#乙"
            return [section.text.rstrip("\n") for section in generation.sections.values()]

    def run(self, stride: int) -> int:
        """Try every `stride`-th fault until one comes too late; return how many there were."""
        for number in itertools.count(1, stride):
            self.write_notes(NEW)
            shutil.rmtree(self.index, ignore_errors=True)
            if not self.first:
                shutil.copytree(self.base, self.index)
            code = self.fork(partial(self.fail_at, number))
            if code == 0:
                return number - 1
            if code != (REFUSED if self.error else -signal.SIGKILL):
                self.problems.append(f"fault {number}: the refresh ended with {code}")
            if self.fork(self.check):
                self.problems.append(f"fault {number}: the index is not whole afterwards")
            if self.problems:
                return number
        raise AssertionError("unreachable")


def main() -> None:
    work, scenario, error, stride = sys.argv[1:]
    driver = Driver(Path(work), scenario == "first", int(error))
    faults = driver.run(int(stride))
    sys.stdout.write(json.dumps({"faults": faults, "problems": driver.problems}))


if __name__ == "__main__":
    main()
