"""Reads little-endian numbers out of bytes and never past their end."""

import numpy as np
from numpy.typing import NDArray


class MalformedDataError(ValueError):
    """The bytes are not of the expected form; the message says how."""


class BinaryReader:
    """A position in some bytes that every `read_...` moves on."""

    def __init__(self, data: bytes | memoryview) -> None:
        self._data = memoryview(data)
        self._position = 0

    @property
    def remaining(self) -> int:
        """How many bytes lie between the position and the end."""
        return len(self._data) - self._position

    def read_bytes(self, count: int) -> bytes:
        """Return the next `count` bytes.

        :raises MalformedDataError: when the data ends before.
        """
        data = self.slice(self._position, count)
        self._position += count
        return bytes(data)

    def read_array(self, dtype: str, count: int) -> NDArray[np.generic]:
        """Return the next `count` numbers of the numpy type `dtype`, shape (count,).

        :raises MalformedDataError: when the data ends before.
        """
        return np.frombuffer(self.read_bytes(np.dtype(dtype).itemsize * count), dtype)

    def read_int(self, dtype: str) -> int:
        """Return the next number of the numpy integer type `dtype`.

        :raises MalformedDataError: when the data ends before.
        """
        return int(self.read_array(dtype, 1)[0])

    def slice(self, start: int, count: int) -> memoryview:
        """Return `count` bytes from the offset `start` of the data; the position stays.

        :raises MalformedDataError: when they do not lie within the data.
        """
        if start < 0 or count < 0 or start + count > len(self._data):
            raise MalformedDataError(
                f"{count} bytes are expected at offset {start}, but the data ends at "
                f"{len(self._data)}"
            )
        return self._data[start : start + count]
