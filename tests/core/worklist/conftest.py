"""Every test of work items plays at one moment."""

from collections.abc import Iterator

import pytest

from core import instant
from tests.factories import NOW


@pytest.fixture(autouse=True)
def at_nine(desk) -> Iterator[None]:
    instant.set_clock(lambda: NOW)
    yield
    instant.set_clock(None)
