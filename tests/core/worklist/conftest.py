"""Every test of work items plays at one moment, with one client and one who works for it."""

from collections.abc import Iterator

import pytest

from core import instant
from core.access import Actor, Role
from tests import factories
from tests.factories import NOW


@pytest.fixture(autouse=True)
def at_nine(desk) -> Iterator[None]:
    instant.set_clock(lambda: NOW)
    yield
    instant.set_clock(None)


@pytest.fixture
def client(desk) -> int:
    return factories.client()


@pytest.fixture
def va(client: int) -> Actor:
    return factories.staff(Role.VA, client)
