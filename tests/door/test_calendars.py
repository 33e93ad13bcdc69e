"""/calendar/…: what a calendar program gets that knows an address, and what anybody else does."""

import pytest
from starlette.applications import Starlette
from starlette.routing import Route
from starlette.testclient import TestClient

from core import triage
from core.access import Actor
from core.transactions import transaction
from pages.door import calendars
from tests.conftest import Desk
from tests.core.triage import work
from tests.factories import NOW


@pytest.fixture
def program() -> TestClient:
    return TestClient(Starlette(routes=[Route("/calendar/{token}.ics", calendars.calls)]))


def test_whoever_has_the_address_reads_the_calls_and_keeps_nothing(
    desk: Desk, client: int, program: TestClient
) -> None:
    dana = work.clinician(desk, client)
    with transaction(dana) as tx:
        token = triage.make_address(dana, tx, at=NOW)

    answer = program.get(f"/calendar/{token}.ics")

    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/calendar")
    assert "no-store" in answer.headers["cache-control"]
    assert answer.text.startswith("BEGIN:VCALENDAR")


@pytest.mark.parametrize("token", ["x", "x" * 5000, "%00", "..%2f.."])
def test_whoever_guesses_reads_nothing(desk: Desk, client: int, va: Actor, program: TestClient, token: str) -> None:
    answer = program.get(f"/calendar/{token}.ics")

    assert answer.status_code == 404
    assert "BEGIN" not in answer.text
