"""A page that somebody asked for goes before a change of a list: who clicked waits, who watches does not know yet."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Condition

AT_MOST = 0.06
"""Seconds for which a change waits, twice at most (until it is read, and until it is sent), while pages are drawn."""

_ended = Condition()
_drawn = 0


@contextmanager
def drawing() -> Iterator[None]:
    """Say that a page is being drawn, on whatever thread, until the block ends."""
    global _drawn
    with _ended:
        _drawn += 1
    try:
        yield
    finally:
        with _ended:
            _drawn -= 1
            _ended.notify_all()


def going_on() -> bool:
    """Tell whether a page is being drawn."""
    return _drawn > 0


def wait() -> None:
    """Wait until no page is being drawn, AT_MOST seconds; not for the event loop, which draws for all."""
    with _ended:
        _ended.wait_for(lambda: not going_on(), timeout=AT_MOST)
