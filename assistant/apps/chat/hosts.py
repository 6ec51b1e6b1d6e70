"""Tells from the headers of a request whether it was meant for this server.

A page from elsewhere can make its own name point to this machine (DNS rebinding), and then its
requests carry that name; and it can send requests here, which then carry its origin.
"""

import re
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

_HOST = re.compile(r"(?P<name>\[[0-9a-f:.]+\]|[0-9a-z._-]+)(?::(?P<port>\d{1,5}))?")
LOCAL_NAME = "localhost"


def is_loopback(host: str) -> bool:
    """Tell whether what listens on this address is reached from this machine alone."""
    if host == LOCAL_NAME:
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _is_unspecified(host: str) -> bool:
    try:
        return ip_address(host).is_unspecified
    except ValueError:
        return False


def _is_address(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


@dataclass(frozen=True, slots=True)
class HostRule:
    """Which names of this server a request may carry.

    bound: the address or name that the server listens on.
    """

    bound: str

    def admits(self, header: str) -> bool:
        """Tell whether a `Host` header names this server.

        Loopback names always do. Where all addresses are listened on, so does any address: nobody
        can make an address point elsewhere.
        """
        match = _HOST.fullmatch(header.lower())
        if match is None:
            return False
        name = match["name"].strip("[]")
        if is_loopback(name) or name == self.bound.lower():
            return True
        return _is_unspecified(self.bound) and _is_address(name)


def is_same_origin(origin: str, host: str) -> bool:
    """Tell whether an `Origin` header is that of a page of the server that `host` names."""
    try:
        parts = urlsplit(origin.lower())
    except ValueError:
        return False
    # What stands before a proxy may speak https where this server speaks http.
    return parts.scheme in ("http", "https") and parts.netloc == host.lower()
