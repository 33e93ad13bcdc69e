"""One who works here, and one who says who does."""

import pytest

from core.access import Actor, Role
from tests import factories, signing_in
from tests.conftest import Desk


@pytest.fixture
def va(desk: Desk) -> Actor:
    return signing_in.person(Role.VA, factories.client("ACME"))


@pytest.fixture
def administrator(desk: Desk) -> Actor:
    return signing_in.person(Role.ADMINISTRATOR)
