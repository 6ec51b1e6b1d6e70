"""The marks of every test that drives a browser."""

import pytest

MARKS = [
    pytest.mark.browser,
    pytest.mark.enable_socket,
    pytest.mark.allow_hosts(["127.0.0.1", "::1"]),
]
