"""A client, and one who imports its feeds."""

from typing import Any

import pytest

from core.access import Actor, Role
from tests import factories


@pytest.fixture
def client(desk: Any) -> int:
    return factories.client("ACME")


@pytest.fixture
def va(client: int) -> Actor:
    return factories.staff(Role.VA, client)
