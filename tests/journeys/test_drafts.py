"""Words that nobody has sent are not lost: not by idling out, not by going elsewhere, not by loading the page again."""

import time

import pytest
from playwright.sync_api import Page, expect

from core.access import Role
from tests import factories, signing_in
from tests.conftest import Desk
from tests.journeys.conftest import Visit, fill_in, wait_until_drawn
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


def report_injury(desk: Desk, page: Page) -> None:
    """Begin a report with words, a day and a choice, and wait until they are kept."""
    expect(page.get_by_role("heading", name="Log a claim")).to_be_visible()
    wait_until_drawn(page)
    page.get_by_label("Family name", exact=True).fill("Núñez")
    page.get_by_label("Date of injury", exact=True).press_sequentially("02302026")
    page.get_by_text("Sent to emergency care").click()
    wait_until_kept(desk, "02302026")
    wait_until_kept(desk, "emergency")


def test_what_is_typed_is_there_again_after_the_menu_its_keys_back_loading_again_and_a_sign_in(
    desk: Desk, visit: Visit
) -> None:
    client = factories.client()
    path = f"/claim?client={client}&claim={factories.claim(client)}"
    va = signing_in.person(Role.VA, client)
    page = visit(path, as_=va)
    note = page.get_by_label("Note, optional")
    expect(page.locator(".keys")).to_be_attached()  # what is typed is listened for

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
    report_injury(desk, page)
    page.go_back()
    expect(note).to_have_value("Called")

    note.press("End")
    page.keyboard.type(" twice")
    page.get_by_role("heading", name="Robin Sample").click()
    page.keyboard.press("g")
    page.keyboard.press("n")
    expect(page.get_by_label("Family name", exact=True)).to_have_value("Núñez")
    expect(page.get_by_label("Date of injury", exact=True)).to_have_value("02302026")
    expect(page.get_by_label("Sent to emergency care during this call")).to_be_checked()
    page.go_back()
    expect(note).to_have_value("Called twice")

    note.press("End")
    with page.expect_event("load"):
        page.evaluate(TYPE_AND_LEAVE, " today")
    expect(note).to_have_value("Called twice today")

    page.get_by_role("button", name="Start anew").click()
    expect(note.first).to_have_value("")
    expect(note).to_have_count(1)  # the form that was left goes with the end of the run

    # So are a choice and the page after idling out.
    expect(page.locator(".keys")).to_be_attached()
    page.get_by_text("Left a voicemail", exact=True).click()
    type_note(page, NOTE)
    wait_until_kept(desk, NOTE)  # nobody has left the field or pressed Enter
    go_away(desk, IDLE_MINUTES)

    page.get_by_role("button", name="Log attempt").click()

    expect(page.get_by_text("You were signed out because nothing was done here for 15 min;")).to_be_visible()
    expect(page.get_by_text(NOTE)).to_have_count(0)
    fill_in(page, va.sign_in_name)
    expect(note).to_have_value(NOTE)
    expect(page.get_by_text("Kept from")).to_be_visible()
    expect(page.get_by_role("radio", name="Left a voicemail")).to_be_checked()
    assert page.url.endswith(path)

    page.get_by_role("button", name="Log attempt").click()

    expect(note.first).to_have_value("")
    expect(note).to_have_count(1)
    expect(page.get_by_text("Kept from")).to_have_count(0)
    with desk.owner() as db:
        assert db.execute("select outcome, note from contact_attempt").fetchall() == [("voicemail", NOTE)]
        assert db.execute("select fields from draft where form = 'attempt'").fetchall() == [(None,)]
