"""Triage calls as they are booked in browsers: by two at once, for who has a representative, and over a clock change."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Locator, Page, expect

from core import triage
from core.access import Actor, Role
from tests import factories, signing_in
from tests.conftest import Desk
from tests.core.contact.work import represented
from tests.core.triage.work import calls, clinician
from tests.factories import NOW
from tests.journeys.conftest import Visit, wait_until_drawn

pytestmark = pytest.mark.journey

BEFORE_THE_CHANGE = datetime(2026, 11, 1, 6, 55, tzinfo=UTC)
"""Sunday, 01:55 in Chicago, where it is 01:00 again five minutes later; 23:55 the day before in Phoenix, as all year."""


def calls_of(client: int, claim: int) -> str:
    return f"/claim?client={client}&claim={claim}&tab=Calls"


def offered(page: Page) -> Locator:
    return page.get_by_role("radiogroup").filter(has_text="Another time").get_by_role("radio")


def book(page: Page) -> None:
    page.get_by_role("button", name="Book call").click()


def booked(actor: Actor, client: int, claim: int) -> list[tuple[int, datetime]]:
    return [(call.clinician_id, call.starts_at) for call in calls(actor, client, claim)]


@pytest.mark.parametrize("begins_at", [NOW], ids=["in the morning"])
def test_of_two_who_are_offered_the_last_time_of_a_clinician_the_second_is_told_and_offered_the_next(
    desk: Desk, visit: Visit
) -> None:
    client = factories.client()
    dana = clinician(desk, client, hours=["10:00-10:30"] * 7)
    late = clinician(desk, client, hours=["13:00-13:30"] * 7)
    one, other = (signing_in.person(Role.VA, client) for _ in range(2))
    first, second = (factories.claim(client, due_at=NOW + timedelta(hours=8)) for _ in range(2))
    quicker, slower = visit(calls_of(client, first), as_=one), visit(calls_of(client, second), as_=other)
    for page in (quicker, slower):
        expect(offered(page).first).to_be_checked()
        expect(page.get_by_text(f"Tue 24 Nov 2026, 10:00 CST · {dana.name}")).to_be_visible()

    book(quicker)
    expect(quicker.get_by_text("triage call booked for")).to_be_visible()
    book(slower)

    expect(slower.get_by_text(triage.TimeTaken.text)).to_be_visible()
    expect(slower.get_by_text(f"10:00 CST · {dana.name}")).to_have_count(0)
    expect(slower.get_by_text(f"13:00 CST · {late.name}")).to_be_visible()
    expect(offered(slower).first).to_be_checked()
    book(slower)
    expect(slower.get_by_text("triage call booked for")).to_be_visible()
    assert booked(one, client, first) == [(dana.staff_id, NOW + timedelta(hours=1))]
    assert booked(other, client, second) == [(late.staff_id, NOW + timedelta(hours=4))]


@pytest.mark.parametrize("begins_at", [NOW], ids=["in the morning"])
def test_a_worker_whom_somebody_represents_is_called_directly_only_with_a_reason(desk: Desk, visit: Visit) -> None:
    client = factories.client()
    dana = clinician(desk, client)
    va, boss = signing_in.person(Role.VA, client), signing_in.person(Role.SUPERVISOR)
    claim = factories.claim(client)
    represented(va, client, claim, representative_name="Sam Law", representative_phone="(614) 555-0134")
    page = visit(calls_of(client, claim), as_=boss)
    expect(page.get_by_text("Represented by Sam Law")).to_be_visible()
    expect(page.get_by_role("link", name="Call the representative, (614) 555-0134")).to_be_visible()
    expect(page.get_by_role("link", name="Call (312) 555-0101")).to_have_count(0)

    book(page)
    against = page.get_by_text("Somebody speaks for the worker, and has not permitted a call.")
    expect(against).to_be_visible()
    assert booked(boss, client, claim) == []

    page.get_by_text("Another time").click()
    page.get_by_role("combobox", name="Clinician").click()
    page.get_by_role("option", name=dana.name).click()
    page.get_by_role("textbox", name="Begins at, ").fill("11/24/2026 11:00")
    page.get_by_role("textbox", name="Reason, where it is against the calendar").fill("The attorney agreed by fax.")
    page.keyboard.press("Tab")
    wait_until_drawn(page)
    book(page)

    expect(page.get_by_text("Booked against the calendar: The attorney agreed by fax.")).to_be_visible()
    assert booked(boss, client, claim) == [(dana.staff_id, NOW + timedelta(hours=2))]


@pytest.mark.parametrize("begins_at", [BEFORE_THE_CHANGE], ids=["five minutes before the clocks change"])
def test_a_worker_in_another_zone_is_called_by_day_there_in_the_night_of_a_clock_change(
    desk: Desk, visit: Visit
) -> None:
    client = factories.client(timezone="America/Phoenix")
    nurse = clinician(desk, client, hours=["08:00-17:00"] * 7, timezone="America/New_York")
    va = signing_in.person(Role.VA, client)
    claim = factories.claim(client, reported_at=BEFORE_THE_CHANGE - timedelta(hours=2))
    page = visit(calls_of(client, claim), as_=va)
    there = page.locator(".desk-there")
    expect(there).to_have_text(re.compile(r"^01:5\d CDT in IL: outside of 08:00 to 21:00 from the state$"))
    expect(there).to_have_attribute("data-kind", "asleep")

    # 08:00 in New York is 07:00 for the worker since the night: the first time is an hour later, by all their clocks.
    when = "Sun 1 Nov 2026, 07:00 MST (worker 08:00 CST in IL; clinician 09:00 EST)"
    expect(offered(page).first).to_be_checked()
    expect(page.get_by_text(f"{when} · {nurse.name}")).to_be_visible()
    book(page)
    expect(page.get_by_text(f"{when} · with {nurse.name}")).to_be_visible()
    assert booked(va, client, claim) == [(nurse.staff_id, datetime(2026, 11, 1, 14, 0, tzinfo=UTC))]

    # The page stays open, and its browser counts on over the change, and into the day.
    wait_until_drawn(page)
    there.locator("span").evaluate("words => (words.textContent = '')")
    expect(there).to_contain_text("CDT in IL")  # it has compared the browser's time with the server's
    for later, shown, kind in (
        (10, r"01:\d\d CST in IL: outside", "asleep"),
        (7 * 60, r"08:\d\d CST in IL from", "awake"),
    ):
        page.evaluate("ms => { const at = Date.now; Date.now = () => at() + ms }", later * 60_000)
        expect(there).to_have_text(re.compile(f"^{shown}"))
        expect(there).to_have_attribute("data-kind", kind)
