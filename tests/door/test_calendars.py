"""/calendar/…: what a calendar program gets that knows an address, and what anybody else does; on the running server."""

import pytest

from core import triage
from core.transactions import transaction
from tests import factories
from tests.conftest import Desk
from tests.core.triage import work
from tests.door.test_open_doors import get
from tests.factories import NOW
from tests.served import Served

pytestmark = pytest.mark.slow


def test_whoever_has_the_address_reads_the_calls_and_keeps_nothing(served: Served, served_desk: Desk) -> None:
    dana = work.clinician(served_desk, factories.client())
    with transaction(dana) as tx:
        token = triage.make_address(dana, tx, at=NOW)

    answer = get(served, f"/calendar/{token}.ics")

    assert answer.status == 200
    assert answer.headers["content-type"].startswith("text/calendar")
    assert "no-store" in answer.headers["cache-control"]
    assert answer.body.startswith("BEGIN:VCALENDAR")
    assert not answer.cookies


@pytest.mark.parametrize("token", ["x", "x" * 3000, "%00", "..%2f.."])
def test_whoever_guesses_reads_nothing(served: Served, token: str) -> None:
    answer = get(served, f"/calendar/{token}.ics")

    assert answer.status in (400, 404)
    assert "VCALENDAR" not in answer.body
