"""The client whose feeds are imported."""

from typing import Any

import pytest

from tests import factories


@pytest.fixture
def client(desk: Any) -> int:
    return factories.client("ACME")
