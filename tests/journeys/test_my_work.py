"""A day's work from My work: N and three keys an item, a colleague beside, a narrow screen."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from core import assignment, instant, local_time, presence
from core.access import Role
from core.transactions import transaction
from tests import factories, signing_in
from tests.conftest import Desk
from tests.journeys.conftest import NARROW, Visit, wait_until_drawn
from tests.journeys.live_intake.board import many, rows

pytestmark = pytest.mark.journey


AT_THE_FOOT = """() => {
  const bottom = css => [...document.querySelectorAll("*")].map(at => (at.shadowRoot ?? document).querySelector(css))
    .find(Boolean).getBoundingClientRect().bottom
  const page = document.querySelector(".stMain")
  const ends = [bottom(".board .acts"), bottom(".st-key-work-beside")]
  return page.scrollHeight <= page.clientHeight && ends.every(end => end > innerHeight - 40 && end <= innerHeight)
}"""
"""The list and the item beside it, which is longer than the window, end at the window's foot, and nothing scrolls."""


def opened(page: Page, claim: int) -> None:
    expect(page.locator(".st-key-work-beside h3")).to_contain_text(f"C-{claim} ")


def test_items_are_snoozed_skipped_and_worked_with_four_keys_each_while_a_colleague_takes_one(
    desk: Desk, visit: Visit
) -> None:
    client = factories.client()
    claims = many(client, 15)
    va, colleague = signing_in.person(Role.VA, client), factories.staff(Role.VA, client)
    page = visit("/my_work", as_=va)
    expect(rows(page)).to_have_count(15)
    page.keyboard.press("n")
    opened(page, claims[0])

    page.get_by_role("button", name="Snooze").click()
    page.get_by_role("button", name="In 4 hours, after it is due").click()
    opened(page, claims[1])
    expect(
        page.get_by_role("button", name="In 1 hour")
    ).to_be_hidden()  # what was open of the one before is not of this one
    expect(rows(page).last).to_contain_text("Snoozed until")

    page.get_by_role("button", name="Skip", exact=True).click()
    page.get_by_role("textbox", name="Why").fill("Line is busy.")
    page.get_by_role("button", name="Skip for now").click()
    opened(page, claims[2])
    expect(page.get_by_role("textbox", name="Why")).to_be_hidden()
    expect(rows(page).first).to_contain_text(f"C-{claims[2]}")

    taken = claims[6]
    with transaction(colleague) as tx:
        assignment.assign(colleague, tx, claims=[(client, taken)], to=colleague.staff_id, at=instant.now())
    expect(rows(page)).to_have_count(14)
    box = rows(page).last.get_by_role("checkbox")
    box.check()
    box.uncheck()  # a box that was ticked by hand keeps no key
    page.keyboard.press("n")
    for following in [each for each in claims if each != taken][4:]:
        page.keyboard.press("4")  # what is chosen, and L, wait for the item that is on its way
        page.keyboard.press("l")
        opened(page, following)
    with desk.owner() as db:
        worked = db.execute("select count(distinct claim_id), min(outcome) from contact_attempt").fetchone()
    assert worked == (10, "no_answer")

    page.set_viewport_size(NARROW)  # no room beside the list: the claim's page opens
    page.get_by_role("link", name=f"C-{claims[0]}", exact=True).click()
    page.wait_for_url(f"**/claim?client={client}&claim={claims[0]}&list_work=own")


def test_who_is_handed_a_claim_reads_the_note_at_once_records_a_first_contact_and_sees_whose_is_next(
    desk: Desk, visit: Visit
) -> None:
    client = factories.client()
    va, nurse = (signing_in.person(role, client) for role in (Role.VA, Role.CLINICAL))
    claims = many(client, 3)
    with transaction(va) as tx:
        assignment.assign(va, tx, claims=[(client, claims[0])], to=va.staff_id, at=instant.now())
    giving, receiving = visit("/my_work", as_=va), visit("/my_work", as_=nurse)
    expect(rows(receiving)).to_have_count(3)
    expect(rows(receiving).first).to_contain_text(va.name)
    expect(rows(giving)).to_have_count(3)
    giving.keyboard.press("n")
    opened(giving, claims[0])

    giving.get_by_role("button", name="Hand over").click()
    giving.get_by_role("combobox", name="To", exact=True).click()
    giving.get_by_role("option", name=nurse.name).click()
    giving.get_by_role("textbox", name="Note to the colleague").fill("Home from three o'clock.")
    giving.get_by_test_id("stFormSubmitButton").get_by_role("button", name="Hand over").click()

    opened(giving, claims[1])
    expect(rows(giving)).to_have_count(2)
    expect(rows(receiving).first).to_contain_text(f"Note from {va.name}")
    receiving.keyboard.press("n")
    expect(receiving.locator(".st-key-work-beside")).to_contain_text("Home from three o'clock.")

    rows(receiving).nth(1).locator("td[data-column=why]").click()
    opened(receiving, claims[1])
    receiving.keyboard.press("f")
    for said in ("Employer", "Date of birth", "Who we are and why we call"):
        receiving.get_by_test_id("stCheckbox").filter(has_text=said).locator("label").click()
    receiving.get_by_role("radio", name="Off work").click()
    receiving.get_by_role("button", name="Record first contact").click()

    opened(receiving, claims[2])  # what is done has left the list: the one behind it, not the most urgent
    expect(receiving.locator(".st-key-work-beside h3")).to_be_in_viewport()
    receiving.keyboard.press("4")
    receiving.keyboard.press("l")
    opened(receiving, claims[0])  # what was tried stays in the list, as its last: then the most urgent
    with desk.owner() as db:
        held = db.execute(
            "select claim_id, identity, work_status from first_contact join contact_attempt using (client_id, attempt_id)"
        )
        assert held.fetchall() == [(claims[1], ["birth_date", "employer"], "off_work")]


def _it_shows_at(page: Page, at: datetime, now: datetime, shows: Callable[[int], None]) -> None:
    """Have it be *at* for the page, and see what it *shows* then, within so many milliseconds a look.

    Each time that the page hears the server's time it is at *now* for it again: then it is told anew.
    """
    for told in range(1, 8):
        shown = now + told * (at - now)
        page.evaluate("at => (Date.now = () => at)", shown.timestamp() * 1000)
        with suppress(AssertionError):
            return shows(6_000)
    return shows(6_000)


def test_a_supervisor_sees_of_somebodys_work_what_that_person_would_and_the_open_items_clock_goes_on_as_the_list_does(
    visit: Visit,
) -> None:
    client, other, now = factories.client(), factories.client(), instant.now()
    va, due_at = factories.staff(Role.VA, client), now + timedelta(hours=6, minutes=10)
    claim = factories.claim(client, reported_at=due_at - timedelta(hours=24), due_at=due_at)
    many(other, 1)
    page = visit("/my_work", as_=signing_in.person(Role.SUPERVISOR))
    expect(rows(page)).to_have_count(2)

    page.get_by_role("combobox", name="Whose work").click()
    page.get_by_role("option", name=va.name).click()
    expect(rows(page)).to_have_count(1)
    expect(page.get_by_role("combobox", name="Whose work")).to_have_value(va.name)
    expect(page.get_by_role("combobox", name="Whose work")).not_to_be_focused()
    page.keyboard.press("n")
    opened(page, claim)

    clock = page.locator(".desk-clock")
    expect(clock).to_contain_text("Due in 6 h")
    other_eyes = signing_in.person(Role.SUPERVISOR)
    with transaction(other_eyes) as tx:
        presence.arrive(other_eyes, tx, client, claim, at=instant.now())
    # What the list hears sets its time right; of oneself it is not told.
    expect(rows(page).first.locator(".viewers")).to_have_attribute("title", f"Open now: {other_eyes.name}")
    wait_until_drawn(page)
    for key in ("x", "x"):  # selected, and not
        page.wait_for_function(AT_THE_FOOT)
        page.keyboard.press(key)
    expect(page.get_by_text("None selected")).to_be_visible()
    page.wait_for_function(AT_THE_FOOT)
    clock.locator("span").evaluate("words => (words.textContent = '')")
    expect(clock).to_contain_text("Due in 6 h")  # it counts: it has compared the browser's time with the server's
    for later, state, words in ((3, "soon", "Due in 3 h"), (8, "overdue", "Overdue by 1 h")):
        at = (now + timedelta(hours=later)).replace(second=30)
        place = local_time.place("IL")
        assert place
        there = local_time.there(place, at)
        kind = "awake" if there.rings else "asleep"

        def shows(within: int, there=there, kind=kind, state=state, words=words) -> None:
            expect(page.locator(".desk-there span")).to_have_text(there.words, timeout=within)
            expect(page.locator(".desk-there")).to_have_attribute("data-kind", kind, timeout=within)
            expect(clock).to_contain_text(words, timeout=within)
            expect(clock).to_have_attribute("data-state", state, timeout=within)
            expect(rows(page).first).to_contain_text(words, timeout=within)

        _it_shows_at(page, at, now, shows)


def test_a_va_whose_colleagues_have_all_there_is_reads_that_nothing_is_left(visit: Visit) -> None:
    client = factories.client()
    factories.claim(client, assignee=factories.staff(Role.VA, client).staff_id)
    page = visit("/my_work", as_=signing_in.person(Role.VA, client))
    empty = page.locator(".board .empty")
    expect(empty).to_contain_text("Nothing is left to do.")

    page.locator(".figure.overdue").click()
    expect(empty).to_contain_text("Nothing is left to do.")
    expect(page.get_by_role("button", name="Clear the filters")).to_be_hidden()
