"""Who stands before the door: from which network address, sent by which page, with what cookies, and how many."""

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.types import Scope

MOST_COOKIE_BYTES = 8 * 1024
"""A longer Cookie header is refused unread: Python 3.11 takes quadratic time to unquote a cookie's value."""

SOCKETS = {"address": 1_000, "stranger": 100, "session": 40}
"""
How many web sockets may be open at once: from one network address (a whole office may share one), from one address by
browsers without a sign-in, and by one sign-in (each tab has up to two).
"""


def address(scope: Scope) -> str:
    """Return the network address that *scope* came from, in its standard form; `unknown` where it is none."""
    client = scope.get("client")
    try:
        return str(ip_address(client[0])) if client else "unknown"
    except ValueError:  # whatever a proxy wrote that is no address
        return "unknown"


def values(scope: Scope, name: bytes) -> list[bytes]:
    """Return every value of the header *name* (in lower case)."""
    return [value for key, value in scope["headers"] if key == name]


def two_lengths(scope: Scope) -> bool:
    """
    Tell whether the request says in two ways how long it is, which nobody has a reason for: what counts bytes, and what
    stands before the desk, would go by one of them, and the server goes by the other.
    """
    return bool(values(scope, b"transfer-encoding")) and bool(values(scope, b"content-length"))


def cookies_too_long(scope: Scope) -> bool:
    """Tell whether the request brings more cookies than any page of ours sets, before anything of them is parsed."""
    return sum(map(len, values(scope, b"cookie"))) > MOST_COOKIE_BYTES


def from_our_page(scope: Scope) -> bool | None:
    """
    Tell whether the page that sent the request came from the very host and port that it asks; None if it is not said.

    Browsers say it for every web socket, and for every request that is no plain GET.
    """
    origins, hosts = values(scope, b"origin"), values(scope, b"host")
    if not origins:
        return None
    if len(origins) > 1 or len(hosts) != 1:
        return False
    try:
        return urlsplit(origins[0].decode("latin-1")).netloc.lower() == hosts[0].decode("latin-1").lower() != ""
    except ValueError:
        return False


_open: Counter[tuple[str, str]] = Counter()


@contextmanager
def counted(kinds: Mapping[str, str]) -> Iterator[bool]:
    """
    Count a web socket while it is open, for each of the *kinds* of SOCKETS as what it is that one's; True if it may.

    One that may not is counted as well until its refusal is sent.
    """
    _open.update(kinds.items())
    try:
        yield all(_open[kind, whose] <= SOCKETS[kind] for kind, whose in kinds.items())
    finally:
        _open.subtract(kinds.items())
        for key in kinds.items():
            if not _open[key]:
                del _open[key]
