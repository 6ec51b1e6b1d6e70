"""Addresses, letter by letter."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.checking.addresses import find_addresses, mask_addresses
from tests.time_limit import time_limit


@pytest.mark.parametrize(
    ("text", "addresses"),
    [
        ("192.0.2.1 と 10.0.0.0/16 を使う。", ["192.0.2.1", "10.0.0.0/16"]),
        ("版は 1.2.3 で、1.2.3.4.5 ではない", []),
        ("2001:db8::1/64 と ::/0 を許す", ["2001:db8::1/64", "::/0"]),
        ("9:30 に始まる", []),
        ("arn:aws:s3:::shelf/*に書く", ["arn:aws:s3:::shelf/*"]),
        ("https://example.com/a?b=1。次へ", ["https://example.com/a?b=1"]),
        ("ed@example.co.jp へ送る", ["ed@example.co.jp"]),
        ("/etc/hosts と ~/.ssh/config と ./run.sh", ["/etc/hosts", "~/.ssh/config", "./run.sh"]),
        ("443/tcp と 2 mb/秒 と and/or", []),
        ("see /var/log.", ["/var/log"]),
        ("it sits at 10.0.0.1.", ["10.0.0.1"]),
    ],
)
def test_addresses(text, addresses):
    assert find_addresses(text) == addresses


def test_masking_keeps_the_length():
    assert mask_addresses("a 10.0.0.1 b") == "a          b"


@given(st.text(alphabet="a1.:/@~ -*{}あ", max_size=80))
def test_masking_keeps_everything_else(text):
    masked = mask_addresses(text)
    assert len(masked) == len(text)
    assert all(new in (old, " ") for old, new in zip(text, masked, strict=True))


@pytest.mark.parametrize("piece", ["a.", "/", "1.", ":", "a@", "a-", "arn:", "{", "../"])
def test_long_rows_of_signs_take_no_time(piece):
    text = (piece * 100_000)[:100_000]
    with time_limit(1):
        find_addresses(text)
