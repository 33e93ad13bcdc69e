"""Words that nobody has sent are not lost: not by idling out, not by going elsewhere, not by loading the page again."""

import time
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Page, expect

from core.access import Role
from tests import factories, signing_in
from tests.conftest import Desk
from tests.journeys.conftest import Visit
from tests.journeys.test_idling import IDLE_MINUTES, go_away
from tests.served import PATIENCE

pytestmark = pytest.mark.journey

NOTE = "The worker's sister answered and takes a message"


REFUSE = """() => {
  window.take = fetch
  const refused = () => new Response("This is more than a form can hold.", { status: 413 })
  window.fetch = (path, ...more) => (path === "/session/draft" ? Promise.resolve(refused()) : take(path, ...more))
}"""
"""Has the desk refuse, as the page sees it, whatever is typed."""


TYPE_AND_LEAVE = """words => {
  window.setTimeout = () => 0
  document.execCommand("insertText", false, words)
  location.reload()
}"""
"""Types into the field one is in and loads the page again, with no time for what waits for later."""


def wait_until_kept(desk: Desk, words: str) -> None:
    """Wait until *words* are kept, as a field that was typed into."""
    give_up = time.monotonic() + PATIENCE
    with desk.owner() as db:
        while not db.execute("select 1 from draft where fields::text like %s", (f"%{words}%",)).fetchone():
            assert time.monotonic() < give_up, "the words were not kept"
            time.sleep(0.05)


def type_note(page: Page, words: str) -> None:
    page.get_by_label("Note, optional").click()
    page.keyboard.type(words)


def test_a_note_and_the_page_are_there_again_for_who_idled_out_and_signed_in(desk: Desk, visit: Visit) -> None:
    client = factories.client()
    path = f"/claim?client={client}&claim={factories.claim(client)}"
    va = signing_in.person(Role.VA, client)
    page = visit(path, as_=va)
    expect(page.locator(".keys")).to_be_attached()  # what is typed is listened for
    page.get_by_text("Left a voicemail", exact=True).click()
    type_note(page, NOTE)
    wait_until_kept(desk, NOTE)  # nobody has left the field or pressed Enter
    go_away(desk, IDLE_MINUTES)

    page.get_by_role("button", name="Log attempt").click()

    expect(page.get_by_text("You were signed out because nothing was done here for 15 min;")).to_be_visible()
    expect(page.get_by_text(NOTE)).to_have_count(0)
    page.get_by_label("Name", exact=True).fill(va.sign_in_name)
    page.get_by_label("Password", exact=True).fill(signing_in.PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_label("Note, optional")).to_have_value(NOTE)
    expect(page.get_by_text("Kept from")).to_be_visible()
    expect(page.get_by_role("radio", name="Left a voicemail")).to_be_checked()
    assert page.url.endswith(path)

    page.get_by_role("button", name="Log attempt").click()

    # The form that was left goes with the end of the run.
    expect(page.get_by_label("Note, optional").first).to_have_value("")
    expect(page.get_by_text("Kept from")).to_have_count(0)
    with desk.owner() as db:
        assert db.execute("select outcome, note from contact_attempt").fetchall() == [("voicemail", NOTE)]
        assert db.execute("select fields from draft").fetchall() == [(None,)]


def test_the_menu_its_keys_back_and_loading_again_keep_what_is_typed(visit: Visit) -> None:
    client = factories.client()
    path = f"/claim?client={client}&claim={factories.claim(client)}"
    page = visit(path, as_=signing_in.person(Role.VA, client))
    note = page.get_by_label("Note, optional")
    expect(page.locator(".keys")).to_be_attached()

    page.evaluate(REFUSE)
    type_note(page, "x")
    unkept = page.get_by_role("status").filter(has_text="Not kept: This is more than a form can hold.")
    expect(unkept).to_be_visible()
    page.evaluate("fetch = take")
    page.keyboard.press("Backspace")
    expect(unkept).to_have_count(0)

    # At once, each time: no pause in which the words could have been kept by themselves.
    type_note(page, "Called")
    page.get_by_role("link", name="Log a claim").click()
    expect(page.get_by_role("heading", name="Log a claim")).to_be_visible()
    page.go_back()
    expect(note).to_have_value("Called")

    note.press("End")
    page.keyboard.type(" twice")
    page.get_by_role("heading", name="Robin Sample").click()
    page.keyboard.press("g")
    page.keyboard.press("i")
    expect(page.get_by_role("heading", name="Intake")).to_be_visible()
    page.goto(urljoin(page.url, path))
    expect(note).to_have_value("Called twice")

    note.press("End")
    page.evaluate(TYPE_AND_LEAVE, " today")
    expect(note).to_have_value("Called twice today")

    page.get_by_role("button", name="Start anew").click()
    # The form that was left goes with the end of the run.
    expect(page.get_by_label("Note, optional").first).to_have_value("")


def test_a_report_is_there_again_with_its_days_and_choices(desk: Desk, visit: Visit) -> None:
    page = visit("/log_claim", as_=signing_in.person(Role.VA, factories.client()))
    expect(page.locator(".keys")).to_be_attached()  # what is typed is listened for
    page.get_by_label("Family name", exact=True).fill("Núñez")
    page.get_by_label("Date of injury", exact=True).press_sequentially("02302026")
    page.get_by_text("Sent to emergency care").click()
    wait_until_kept(desk, "02302026")
    wait_until_kept(desk, "emergency")

    page.get_by_role("link", name="Intake").click()
    expect(page.get_by_role("heading", name="Intake")).to_be_visible()
    page.get_by_role("link", name="Log a claim").click()

    expect(page.get_by_label("Family name", exact=True)).to_have_value("Núñez")
    expect(page.get_by_label("Date of injury", exact=True)).to_have_value("02302026")
    expect(page.get_by_label("Sent to emergency care during this call")).to_be_checked()
