"""One running desk for the tests of each module here."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import Desk
from tests.served import Served, serve


@pytest.fixture
def served(desk: Desk, tmp_path: Path) -> Iterator[Served]:
    """The real server on a desk of its own."""
    with serve(desk, tmp_path, forked=True) as running:
        yield running
