import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.embedders.binary_reader import BinaryReader, MalformedDataError


def test_numbers_are_little_endian_and_follow_one_another() -> None:
    reader = BinaryReader(b"\x01\x02\x00\xff\xff\xff\xff\x05\x06")
    assert reader.read_int("u1") == 1
    assert reader.read_int("<u2") == 2
    assert reader.read_int("<i4") == -1
    assert reader.read_array("u1", 2).tolist() == [5, 6]
    assert reader.remaining == 0


def test_slice_leaves_the_position() -> None:
    reader = BinaryReader(b"abcdef")
    assert bytes(reader.slice(4, 2)) == b"ef"
    assert reader.read_bytes(1) == b"a"


@given(st.binary(max_size=8), st.integers(-3, 20), st.integers(-3, 20))
def test_nothing_outside_of_the_data_is_read(data: bytes, start: int, count: int) -> None:
    reader = BinaryReader(data)
    if start >= 0 and count >= 0 and start + count <= len(data):
        assert len(reader.slice(start, count)) == count
    else:
        with pytest.raises(MalformedDataError):
            reader.slice(start, count)
