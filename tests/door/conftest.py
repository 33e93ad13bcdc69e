"""One running desk for the tests of each module here: starting one takes seconds."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import Desk, fresh_desk, work_on
from tests.copies import Copies
from tests.served import Served, serve


@pytest.fixture(scope="module")
def shared(copies: Copies, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Desk, Served]]:
    """A desk and the real server on it."""
    with fresh_desk(copies) as desk, serve(desk, tmp_path_factory.mktemp("served"), forked=True) as running:
        yield desk, running


@pytest.fixture
def served(shared: tuple[Desk, Served]) -> Served:
    """The real server on a desk that the tests of a module share: each brings its own people."""
    desk, running = shared
    work_on(desk)  # another test may have worked on another
    return running


@pytest.fixture
def served_desk(shared: tuple[Desk, Served]) -> Desk:
    """The desk that is served."""
    return shared[0]


@pytest.fixture
def just_started(desk: Desk, tmp_path: Path) -> Iterator[Served]:
    """A server that nobody has visited yet."""
    with serve(desk, tmp_path, forked=True) as running:
        yield running
