"""A referral in a browser: made, confirmed by both sides, its appointment missed and moved, as another sees it at once."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Locator, Page, expect

from core import instant
from core.access import Role
from core.referrals import State
from tests import factories, signing_in
from tests.conftest import Desk
from tests.core.referrals import work
from tests.factories import NOW
from tests.journeys.conftest import Visit, wait_until_drawn
from tests.journeys.live_intake.board import rows
from tests.journeys.test_contrast import nothing_is_faint

pytestmark = pytest.mark.journey


def button(page: Page, name: str) -> Locator:
    return page.get_by_role("button", name=name, exact=True)


def field(page: Page, name: str) -> Locator:
    return page.get_by_role("textbox", name=name)


def send(page: Page, opens: str, *, sends: str, **said: str) -> None:
    """Open a form of the referral, fill it in and send it."""
    button(page, opens).click()
    for name, text in said.items():
        field(page, name.replace("_", " ")).last.fill(text)
    button(page, sends).click()


@pytest.mark.parametrize("begins_at", [NOW], ids=["in the morning"])
def test_a_referral_is_confirmed_twice_and_its_appointment_missed_and_moved(desk: Desk, visit: Visit) -> None:
    client = factories.client()
    va, boss = signing_in.person(Role.VA, client), signing_in.person(Role.SUPERVISOR)
    claim = factories.claim(client, first_contact_at=NOW, first_contact_by=1)
    desk.maker.execute("update injured_worker set postal_code = '60601'")
    work.provider(desk, name="Mara Bone, MD")
    watching = visit("/referrals", as_=boss)
    expect(watching.get_by_text("No referral is open.")).to_be_visible()
    page = visit(f"/claim?client={client}&claim={claim}&tab=Referrals", as_=va)

    field(page, "Specialty, in your words").fill("bone doctor")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Mara Bone, MD · 0.0 miles straight")).to_be_visible()
    field(page, "Referred by").fill("Dr. Ames")
    page.keyboard.press("Tab")
    wait_until_drawn(page)
    button(page, "Refer").click()
    expect(page.get_by_text("Confirm with the provider by Wed 25 Nov 2026")).to_be_visible()
    expect(rows(watching)).to_have_count(1)

    send(page, "Confirmed by treating provider", sends="Put it down", With_whom="Front desk")
    expect(page.get_by_text(re.compile("Treating provider confirmed .*, Front desk, telephone"))).to_be_visible()
    send(page, "Confirmed by worker", sends="Put it down")
    expect(page.get_by_text("Book the appointment by")).to_be_visible()

    soon = instant.now() + timedelta(minutes=30)
    send(page, "Book the appointment", sends="Book it", Begins_at=f"{soon:%m/%d/%Y} 09:30")
    expect(page.get_by_text("Tue 24 Nov 2026, 09:30 CST").first).to_be_visible()
    expect(rows(watching).first).to_contain_text("Appointment")
    desk.maker.execute(
        "update referral_appointment set booked_at = booked_at - interval '2 days', starts_at = starts_at - interval '1 day'"
    )
    page.reload()
    send(page, "Missed", sends="The worker missed it", Why="No ride.")
    expect(page.get_by_text("Mon 23 Nov 2026, 09:30 CST · missed by the worker: No ride.")).to_be_visible()
    expect(rows(watching).first).to_contain_text("Book appointment")

    send(page, "Book again", sends="Book it", Begins_at="11/27/2026 10:30")
    expect(page.get_by_text("Fri 27 Nov 2026, 10:30 CST").first).to_be_visible()
    send(page, "Move", sends="Move it", Begins_at="11/30/2026 11:00")
    expect(page.get_by_text("Fri 27 Nov 2026, 10:30 CST · moved")).to_be_visible()
    button(page, "Tell the worker").click()
    expect(page.get_by_text(f"Your appointment for claim C-{claim}: Mon 30 Nov 2026, 11:00 CST")).to_be_visible()
    button(page, "Make the letter").click()
    with page.expect_download() as saved:
        button(page, "Save the letter").click()
    assert saved.value.suggested_filename == f"appointment-C-{claim}.pdf"

    [whole] = work.of_claim(va, client, claim)
    assert whole.state is State.BOOKED
    assert [each.status for each in whole.appointments] == ["booked", "moved", "missed"]


@pytest.mark.parametrize("begins_at", [NOW], ids=["in the morning"])
def test_a_line_of_the_list_is_worked_beside_it_and_leaves_when_it_is_over(desk: Desk, visit: Visit) -> None:
    client = factories.client()
    va = signing_in.person(Role.VA, client)
    claim = factories.claim(client, first_contact_at=NOW, first_contact_by=1)
    made = work.refer(va, client, claim, work.provider(desk, name="Mara Bone, MD"))
    page = visit("/referrals", as_=va)
    expect(page.get_by_text("0 of 1 outside the network, 90 days")).to_be_visible()

    page.keyboard.press("n")
    expect(page.get_by_text("Mara Bone, MD")).to_be_visible()
    nothing_is_faint(page)
    send(page, "Withdraw", sends="Withdraw the referral", Why="The worker is well.")

    expect(page.get_by_text("Withdrawn Tue 24 Nov 2026")).to_be_visible()
    expect(page.get_by_text("No referral is open.")).to_be_visible()
    assert work.of_claim(va, client, claim)[0].referral.referral_id == made
