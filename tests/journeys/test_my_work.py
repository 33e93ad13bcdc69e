"""A day's work from My work: N and three keys an item, a colleague beside, a narrow screen."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from core import assignment, instant
from core.access import Role
from core.transactions import transaction
from tests import factories, signing_in
from tests.conftest import Desk
from tests.journeys.conftest import Visit
from tests.journeys.live_intake.board import many, rows

pytestmark = pytest.mark.journey


def opened(page: Page, claim: int) -> None:
    expect(page.locator(".st-key-work-beside h3")).to_contain_text(f"C-{claim} ")


def test_ten_items_are_worked_with_four_keys_each_while_a_colleague_takes_one(desk: Desk, visit: Visit) -> None:
    client = factories.client()
    claims = many(client, 12)
    va, colleague = signing_in.person(Role.VA, client), factories.staff(Role.VA, client)
    page = visit("/my_work", as_=va)
    expect(rows(page)).to_have_count(12)
    with transaction(colleague) as tx:
        assignment.assign(
            colleague, tx, claims=[(client, claims[4])], to=colleague.staff_id, at=instant.now()
        )  # fmt: skip
    expect(rows(page)).to_have_count(11)

    page.keyboard.press("n")
    for following in [each for each in claims if each != claims[4]][1:]:
        page.keyboard.press("4")  # what is chosen, and L, wait for the item that is on its way
        page.keyboard.press("l")
        opened(page, following)

    with desk.owner() as db:
        worked = db.execute("select count(distinct claim_id), min(outcome) from contact_attempt").fetchone()
    assert worked == (10, "no_answer")


def test_a_nurse_records_a_first_contact_beside_the_list_and_sees_whose_is_next(desk: Desk, visit: Visit) -> None:
    client = factories.client()
    claims = many(client, 3)
    page = visit("/my_work", as_=signing_in.person(Role.CLINICAL, client))
    expect(rows(page)).to_have_count(3)

    rows(page).nth(1).get_by_role("link").click()
    opened(page, claims[1])
    page.keyboard.press("f")
    for said in ("Employer", "Date of birth", "Who we are and why we call"):
        page.get_by_test_id("stCheckbox").filter(has_text=said).locator("label").click()
    page.get_by_role("radio", name="Off work").click()
    page.get_by_role("button", name="Record first contact").click()

    opened(page, claims[2])  # what is done has left the list: the one behind it, not the most urgent
    expect(page.locator(".st-key-work-beside h3")).to_be_in_viewport()
    page.keyboard.press("4")
    page.keyboard.press("l")
    opened(page, claims[0])  # what was tried stays in the list, as its last: then the most urgent
    with desk.owner() as db:
        held = db.execute(
            "select claim_id, identity, work_status from first_contact join contact_attempt using (client_id, attempt_id)"
        )
        assert held.fetchall() == [(claims[1], ["birth_date", "employer"], "off_work")]


def test_the_clock_of_what_is_open_goes_on_as_the_list_does(visit: Visit) -> None:
    client, now = factories.client(), instant.now()
    due_at = now + timedelta(hours=6, minutes=10)
    factories.claim(client, reported_at=due_at - timedelta(hours=24), due_at=due_at)
    page = visit("/my_work", as_=signing_in.person(Role.VA, client))
    expect(rows(page)).to_have_count(1)
    page.keyboard.press("n")
    clock = page.locator(".desk-clock")
    expect(clock).to_contain_text("Due in 6 h")
    page.clock.install(time=instant.now())  # or the browser would be in 1970 for a moment

    for later, state, words in ((3, "soon", "Due in 3 h"), (8, "overdue", "Overdue by 1 h")):
        page.clock.set_fixed_time(now + timedelta(hours=later))

        expect(clock).to_contain_text(words)
        expect(clock).to_have_attribute("data-state", state)
        expect(rows(page).first).to_contain_text(words)


def test_an_item_is_snoozed_and_skipped_and_the_next_is_open(visit: Visit) -> None:
    client = factories.client()
    claims = many(client, 3)
    page = visit("/my_work", as_=signing_in.person(Role.VA, client))
    expect(rows(page)).to_have_count(3)
    page.keyboard.press("n")
    opened(page, claims[0])

    page.get_by_role("button", name="Snooze").click()
    page.get_by_role("button", name="In 4 hours, after it is due").click()
    opened(page, claims[1])
    expect(rows(page).last).to_contain_text("Snoozed until")

    page.get_by_role("button", name="Skip", exact=True).click()
    page.get_by_role("textbox", name="Why").fill("Line is busy.")
    page.get_by_role("button", name="Skip for now").click()
    opened(page, claims[2])
    expect(rows(page).first).to_contain_text(f"C-{claims[2]}")


def test_a_claim_is_handed_over_and_the_colleague_reads_the_note_at_once(visit: Visit) -> None:
    client = factories.client()
    va, nurse = (signing_in.person(role, client) for role in (Role.VA, Role.CLINICAL))
    claims = many(client, 2)
    with transaction(va) as tx:
        assignment.assign(va, tx, claims=[(client, claims[0])], to=va.staff_id, at=instant.now())
    giving, receiving = visit("/my_work", as_=va), visit("/my_work", as_=nurse)
    expect(rows(receiving).first).to_contain_text(va.name)
    giving.keyboard.press("n")
    opened(giving, claims[0])

    giving.get_by_role("button", name="Hand over").click()
    giving.get_by_role("combobox", name="To", exact=True).click()
    giving.get_by_role("option", name=nurse.name).click()
    giving.get_by_role("textbox", name="Note to the colleague").fill("Home from three o'clock.")
    giving.get_by_test_id("stFormSubmitButton").get_by_role("button", name="Hand over").click()

    opened(giving, claims[1])
    expect(rows(giving)).to_have_count(1)
    expect(rows(receiving).first).to_contain_text(f"From {va.name}")
    receiving.keyboard.press("n")
    expect(receiving.locator(".st-key-work-beside")).to_contain_text("Home from three o'clock.")


def test_a_supervisor_sees_of_somebodys_work_what_that_person_would_and_goes_on_by_key(visit: Visit) -> None:
    client, other = factories.client(), factories.client()
    va = factories.staff(Role.VA, client)
    [claim], [_] = many(client, 1), many(other, 1)
    page = visit("/my_work", as_=signing_in.person(Role.SUPERVISOR))
    expect(rows(page)).to_have_count(2)

    page.get_by_role("combobox", name="Whose work").click()
    page.get_by_role("option", name=va.name).click()
    expect(rows(page)).to_have_count(1)
    expect(page.get_by_role("combobox", name="Whose work")).to_have_value(va.name)
    expect(page.get_by_role("combobox", name="Whose work")).not_to_be_focused()
    page.keyboard.press("n")

    opened(page, claim)


def test_where_there_is_no_room_beside_the_list_the_claims_page_opens(visit: Visit) -> None:
    client = factories.client()
    [claim] = many(client, 1)
    page = visit("/my_work", as_=signing_in.person(Role.VA, client), narrow=True)

    rows(page).first.get_by_role("link").click()

    page.wait_for_url(f"**/claim?client={client}&claim={claim}&list_work=own")
