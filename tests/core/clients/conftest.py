"""An administrator, and a client."""

import pytest

from core.access import Actor, Role
from tests import factories
from tests.conftest import Desk
from tests.core.clients.agreements import add


@pytest.fixture
def administrator(desk: Desk) -> Actor:
    return factories.staff(Role.ADMINISTRATOR)


@pytest.fixture
def acme(administrator: Actor) -> int:
    return add(administrator)
