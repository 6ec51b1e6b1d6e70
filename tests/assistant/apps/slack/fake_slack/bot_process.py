"""Runs a bot as a process of its own, so that a test can kill it at any moment."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

_ROOT = Path(__file__).parents[5]
_PROXIES = ("http_proxy", "https_proxy", "all_proxy")


class BotProcess:
    """arguments: what follows `python`, such as `-m NAME` or a script; use it as a context."""

    def __init__(self, arguments: Sequence[str], environment: Mapping[str, str]) -> None:
        inherited = {k: v for k, v in os.environ.items() if k.lower() not in _PROXIES}
        self._lines: list[str] = []
        self._changed = threading.Condition()
        self._ended = False
        self._process = subprocess.Popen(
            [sys.executable, "-u", *arguments],
            cwd=_ROOT,
            env={**inherited, **environment},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            errors="replace",
        )
        self._reader = threading.Thread(target=self._read_lines, name="bot-process-output")
        self._reader.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.kill()

    @property
    def output(self) -> str:
        """Return what the process has written so far, on both of its outputs."""
        with self._changed:
            return "".join(self._lines)

    @property
    def is_alive(self) -> bool:
        """Return whether the process still runs."""
        return self._process.poll() is None

    def wait_for_line(self, text: str, seconds: float = 60.0) -> None:
        """Wait until the process has written a line that holds `text`.

        :raises AssertionError: It ended before, or took too long.
        """
        deadline = time.monotonic() + seconds
        with self._changed:
            while not any(text in line for line in self._lines):
                left = deadline - time.monotonic()
                if self._ended or left <= 0:
                    why = "the process ended" if self._ended else f"not within {seconds} s"
                    raise AssertionError(f"{text!r}: {why}\n{''.join(self._lines)}")
                self._changed.wait(left)

    def kill(self) -> None:
        """End the process at once, without a chance to tidy up (SIGKILL)."""
        self._process.kill()
        self._finish()

    def stop(self, seconds: float = 60.0) -> int:
        """Ask the process to end (SIGTERM), and return its exit code.

        :raises subprocess.TimeoutExpired: It did not in time.
        """
        self._process.terminate()
        self._process.wait(seconds)
        return self._finish()

    def _finish(self) -> int:
        code = self._process.wait()
        self._reader.join()
        if self._process.stdout is not None:
            self._process.stdout.close()
        return code

    def _read_lines(self) -> None:
        if self._process.stdout is not None:
            for line in self._process.stdout:
                with self._changed:
                    self._lines.append(line)
                    self._changed.notify_all()
        with self._changed:
            self._ended = True
            self._changed.notify_all()
