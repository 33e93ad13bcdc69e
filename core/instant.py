"""The one clock: everything that needs to know the time asks here, at the edge."""

from collections.abc import Callable
from datetime import UTC, datetime


def _wall() -> datetime:
    return datetime.now(UTC)


_clock: Callable[[], datetime] = _wall


def now() -> datetime:
    """Return the present instant, aware, in UTC."""
    return _clock().astimezone(UTC)


def set_clock(clock: Callable[[], datetime] | None) -> None:
    """Put *clock* in the place of the wall clock (tests, demonstrations); None puts the wall clock back."""
    global _clock
    _clock = clock or _wall
