"""A client, and the VA who takes the client's reports."""

import pytest

from core.access import Role
from tests import factories


@pytest.fixture
def client(desk):
    return factories.client()


@pytest.fixture
def va(client):
    return factories.staff(Role.VA, client)
