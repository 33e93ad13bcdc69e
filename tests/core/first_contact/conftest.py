"""Who asks about first contact, and about whom."""

import pytest

from core.access import Actor, Role
from tests import factories


@pytest.fixture
def nurse(desk) -> int:
    return factories.staff(Role.CLINICAL).staff_id


@pytest.fixture
def supervisor(desk) -> Actor:
    return factories.staff(Role.SUPERVISOR)
