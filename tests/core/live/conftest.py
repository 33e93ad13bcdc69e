"""Every test of the live lists plays at one moment, and its listener ends as soon as it is told to."""

from collections.abc import Iterator

import pytest

from core import instant
from core.live import listener
from tests.factories import NOW


@pytest.fixture(autouse=True)
def at_nine(desk, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(listener, "STOP_WITHIN", 0.02)
    instant.set_clock(lambda: NOW)
    yield
    instant.set_clock(None)
