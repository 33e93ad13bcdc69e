"""Triage calls in a browser: a calendar's two forms beside each other, and a request that a supervisor sees at once."""

from datetime import timedelta

import pytest
from playwright.sync_api import Locator, Page, expect

from core import instant
from core.access import Role
from tests import factories, signing_in
from tests.conftest import Desk
from tests.journeys.conftest import Visit
from tests.journeys.live_intake.board import rows

pytestmark = pytest.mark.journey


def field(page: Page, name: str) -> Locator:
    return page.get_by_role("textbox", name=name, exact=True)


def test_hours_that_are_typed_stay_when_time_off_is_added_and_several_days_are_filled_in_at_once(
    desk: Desk, visit: Visit
) -> None:
    nurse = signing_in.person(Role.CLINICAL, factories.client())
    page = visit("/triage_calls", as_=nurse)
    day = instant.now() + timedelta(days=3)
    field(page, "Sat").fill("10:00-12:00")

    field(page, "From").fill(f"{day:%m/%d/%Y} 09:00")
    field(page, "Until").fill(f"{day:%m/%d/%Y} 17:00")
    page.get_by_role("button", name="Add time off").click()

    expect(page.get_by_role("button", name="Withdraw", exact=True)).to_be_visible()
    expect(field(page, "From")).to_have_value("")
    expect(field(page, "Sat")).to_have_value("10:00-12:00")

    field(page, "Their hours").fill("08:00-16:00")
    page.get_by_role("button", name="Fill in").click()
    for name in ("Mon", "Tue", "Wed", "Thu", "Fri"):
        expect(field(page, name)).to_have_value("08:00-16:00")
    expect(field(page, "Sat")).to_have_value("10:00-12:00")
    page.get_by_role("button", name="Save calendar").click()

    expect(page.get_by_text(f"Calendar of {nurse.name} saved")).to_be_visible()
    with desk.owner() as db:
        assert db.execute("select hours from clinician where staff_id = %s", (nurse.staff_id,)).fetchone() == (
            ["08:00-16:00"] * 5 + ["10:00-12:00", ""],
        )


def test_that_no_time_is_free_is_in_a_supervisors_list_as_soon_as_it_is_escalated(desk: Desk, visit: Visit) -> None:
    client = factories.client()
    va, boss = signing_in.person(Role.VA, client), signing_in.person(Role.SUPERVISOR)
    claim = factories.claim(client, reported_at=instant.now(), due_at=instant.now() + timedelta(hours=6))
    watching = visit("/my_work", as_=boss)
    expect(rows(watching)).to_have_count(1)

    asking = visit(f"/claim?client={client}&claim={claim}&tab=Calls", as_=va)
    asking.get_by_text("Escalate to supervisors").click()
    field(asking, "Note, optional").fill("Only today.")
    asking.get_by_role("button", name="Send request").click()

    expect(asking.get_by_text("Escalated to supervisors at").first).to_be_visible()
    expect(rows(watching)).to_have_count(2)
    expect(rows(watching).first).to_contain_text(f"Escalated by {va.name}")
