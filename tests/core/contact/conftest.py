"""A client and the people who serve it."""

import pytest

from core.access import Actor, Role
from tests import factories
from tests.conftest import Desk


@pytest.fixture
def client(desk: Desk) -> int:
    return factories.client()


@pytest.fixture
def va(client: int) -> Actor:
    return factories.staff(Role.VA, client)


@pytest.fixture
def nurse(client: int) -> Actor:
    return factories.staff(Role.CLINICAL, client)


@pytest.fixture
def boss(desk: Desk) -> Actor:
    return factories.staff(Role.SUPERVISOR)
