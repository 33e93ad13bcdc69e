"""A claim on the screen of somebody who works it: what the next minute needs comes first, without scrolling."""

import pytest
from playwright.sync_api import Locator, Page, expect

from core.access import Role
from pages.parts.log_claim.fields import NEEDED
from tests import factories, signing_in
from tests.conftest import Desk
from tests.journeys.conftest import NARROW, WIDE, Visit, wait_until_drawn

pytestmark = pytest.mark.journey

TALE = "Slipped on a wet floor between the loading dock and the scales. " * 20

UNCOVERED = """() => {
  const box = css => document.querySelector(css).getBoundingClientRect()
  return box("[data-testid=stToast]").top >= box(".stApp").bottom
}"""
"""The toast stands below the page, which has given up the room for it."""


def told_at_length(desk: Desk, client: int) -> int:
    """Make a claim whose report says much, and whose intake asks for more."""
    claim = factories.claim(client)
    with desk.owner() as db:
        db.execute(
            "update claim_narrative set narrative = %s, reporter = %s, reporter_phone = '+13125550107 ext. 22'"
            " where claim_id = %s",
            (TALE, "Dana Reed, day shift lead at the loading dock, asks to be called after two", claim),
        )
        for element in ("language", "body_part", "birth_date"):
            db.execute(
                "insert into intake_question (client_id, claim_id, element, why, opened_at)"
                " values (%s, %s, %s, 'Not in the report.', now())",
                (client, claim, element),
            )
    return claim


def inside_the_window(piece: Locator) -> bool:
    """Whether *piece* is seen whole on a page nobody has scrolled."""
    expect(piece).to_be_visible()
    box, window = piece.bounding_box() or {}, piece.page.viewport_size or {}
    return box["y"] >= 0 and box["y"] + box["height"] <= window["height"]


def the_next_minute_is_in_sight(page: Page, *also: Locator) -> None:
    """Nobody has scrolled *page*, and header, clock, work and what its form answers are seen whole, and so is *also*."""
    needed = [
        page.get_by_role("heading", name="Robin Sample"),
        page.get_by_role("button", name="Why this time"),
        page.get_by_role("link", name="Call (312) 555-0101"),
        page.get_by_role("button", name="Copy to clipboard"),
        page.get_by_text(" in IL"),
        page.get_by_text("(312) 555-0107 ext. 22"),
        page.get_by_text("3 open questions"),
        page.get_by_text("Left a voicemail", exact=True),
        page.get_by_label("Note, optional"),
        page.get_by_role("button", name="Log attempt"),
        *also,
    ]
    wait_until_drawn(page)
    for piece in needed:
        assert inside_the_window(piece), piece

    page.get_by_role("button", name="Log attempt").click()

    refused = page.get_by_text("Choose an outcome.")
    assert inside_the_window(refused), "what the form answers stands at the form"


def nothing_is_wider_than_the_window(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def reads_in_lines(table: Locator) -> None:
    """Each row of *table* is an entry whose cells stand in lines, not in columns of words."""
    for row in table.get_by_role("row").all()[1:]:
        cells = row.get_by_role("cell").all()
        span, working = cells[0].bounding_box() or {}, cells[2].bounding_box() or {}
        assert span["width"] > 250, cells[0].inner_text()
        assert working["y"] >= span["y"] + span["height"], cells[0].inner_text()
    assert table.evaluate("table => table.scrollWidth - table.clientWidth") == 0


def test_header_clock_and_the_work_are_there_without_scrolling_the_first_contact_too(desk: Desk, visit: Visit) -> None:
    client = factories.client()
    claim = told_at_length(desk, client)
    nurse = signing_in.person(Role.CLINICAL, client)
    page = visit(f"/claim?client={client}&claim={claim}", as_=nurse, dark=True)

    the_next_minute_is_in_sight(page, page.get_by_role("button", name="Record first contact"))


def test_in_a_small_window_the_work_comes_before_the_story_and_each_tab_is_in_sight_and_left_by_back(
    desk: Desk, visit: Visit
) -> None:
    client = factories.client(clock="business", hours=40)
    path = f"/claim?client={client}&claim={told_at_length(desk, client)}"
    page = visit(path, as_=signing_in.person(Role.VA, client))
    expect(page.locator(".keys")).to_be_attached()  # what is turned to is noted
    the_next_minute_is_in_sight(page)

    page.set_viewport_size(NARROW)
    in_order = [
        page.get_by_role("heading", name="Robin Sample"),
        page.get_by_role("button", name="Why this time"),
        page.get_by_role("link", name="Call (312) 555-0101"),
        page.get_by_role("tab", name="Overview"),
        page.get_by_role("button", name="Log attempt"),
        page.get_by_text("3 open questions"),
        page.get_by_text("What happened", exact=True),
    ]
    expect(page.get_by_role("button", name="Details")).to_be_visible()  # the page is that of a small window
    wait_until_drawn(page)
    tops = [piece.evaluate("piece => piece.getBoundingClientRect().top") for piece in in_order]
    assert tops == sorted(tops)
    nothing_is_wider_than_the_window(page)

    page.get_by_role("button", name="Why this time").click()
    why = page.get_by_role("region", name="Every interval from the report to the due time").locator("table")
    expect(why).to_be_visible()
    wait_until_drawn(page)
    reads_in_lines(why)
    nothing_is_wider_than_the_window(page)
    page.keyboard.press("Escape")
    expect(why).to_be_hidden()

    page.get_by_role("tab", name="History").click()
    told = page.get_by_text("Report taken in")
    expect(told).to_be_in_viewport(ratio=1)
    page.set_viewport_size({"width": 720, "height": 450})  # a wide one at 200%
    expect(told).to_be_in_viewport(ratio=1)
    expect(page.get_by_role("link", name="Call (312) 555-0101")).to_be_in_viewport(ratio=1)
    page.get_by_role("button", name="Details").click()
    expect(page.get_by_test_id("stPopoverBody")).to_contain_text("With nobody yet")
    page.keyboard.press("Escape")

    page.go_back()
    expect(page.get_by_role("tab", name="Overview")).to_have_attribute("aria-selected", "true")
    expect(page.get_by_role("button", name="Log attempt")).to_be_visible()
    assert page.url.endswith(path)
    page.go_forward()
    expect(told).to_be_visible()
    assert page.url.endswith("&tab=History")

    page.set_viewport_size(NARROW)
    page.get_by_role("tab", name="Overview").click()
    page.get_by_text("Left a voicemail", exact=True).click()
    page.get_by_role("button", name="Log attempt").click()
    expect(page.get_by_test_id("stToast")).to_contain_text("Attempt logged")
    page.wait_for_function(UNCOVERED)


def test_a_wrong_number_has_another_asked_for_and_of_two_who_write_it_down_the_second_sees_both(
    desk: Desk, visit: Visit
) -> None:
    client = factories.client()
    path = f"/claim?client={client}&claim={factories.claim(client)}"
    va, nurse = (signing_in.person(role, client) for role in (Role.VA, Role.CLINICAL))
    first = visit(path, as_=va)
    first.get_by_role("radio", name="Wrong number or disconnected").click()
    first.get_by_role("button", name="Log attempt").click()
    expect(first.locator(".st-key-claim-call")).to_contain_text("Wrong number or disconnected")
    expect(first.get_by_role("link", name="Call (312) 555-0101")).to_be_hidden()

    first.get_by_role("tab", name="Intake").click()
    second = visit(f"{path}&tab=Intake", as_=nurse)
    expect(second.get_by_text(f"Also open with {va.name}")).to_be_visible()
    for page, number in ((first, "(312) 555-0122"), (second, "(312) 555-0133")):
        page.get_by_role("textbox", name="Another telephone number").fill(number)
    first.get_by_role("button", name="Save answers").click()
    expect(first.get_by_role("link", name="Call (312) 555-0122")).to_be_visible()

    second.get_by_role("button", name="Save answers").click()
    both = second.locator("[class*=st-key-versions]").filter(has_text="Somebody else changed this while you typed.")
    for said in (va.name, "(312) 555-0122", "(312) 555-0133"):
        expect(both.first).to_contain_text(said)
    second.get_by_role("button", name="Put mine").click()
    expect(second.get_by_role("link", name="Call (312) 555-0133")).to_be_visible()
    with desk.owner() as db:
        assert db.execute("select phone from injured_worker").fetchone() == ("+13125550133",)


ON_TOP = """field => {
  const { x, y, width, height } = field.getBoundingClientRect()
  return document.elementFromPoint(x + width / 2, y + height / 2) === field
}"""


def test_a_report_is_taken_from_its_caller_to_its_button_without_scrolling_and_corrected_on_a_narrow_screen_too(
    visit: Visit,
) -> None:
    page = visit("/log_claim", as_=signing_in.person(Role.VA, factories.client()))
    send = page.get_by_role("button", name="Save and open the claim")

    for label in ("Reported by", "Call back at", "Family name"):
        assert inside_the_window(page.get_by_label(label, exact=True)), label
    assert inside_the_window(send)

    for window in (WIDE, NARROW):
        page.set_viewport_size(window)
        send.click()
        wait_until_drawn(page)
        for wrong in NEEDED.values():
            assert inside_the_window(page.get_by_text(wrong)), "what is wrong stands at the button"
        assert inside_the_window(send)
        for field in page.locator("[class*=st-key-draft-report] :is(textarea, [data-testid=stTextInputField])").all():
            field.focus()
            assert field.evaluate(ON_TOP), f"{field.get_attribute('aria-label')} is behind what is said"


def test_keys_are_listed_are_letters_in_the_note_leave_the_claim_and_come_back_and_log_what_was_chosen(
    desk: Desk, visit: Visit
) -> None:
    client = factories.client()
    path = f"/claim?client={client}&claim={factories.claim(client)}"
    page = visit(path, as_=signing_in.person(Role.SUPERVISOR))
    whose = page.get_by_role("heading", name="Robin Sample")
    for button in ("Next Shortcut N", "Log attempt Shortcut L"):
        expect(page.get_by_role("button", name=button)).to_be_visible()
    expect(page.locator(".keys")).to_be_attached()  # they are listened for

    page.keyboard.press("?")
    keys = page.get_by_role("dialog", name="Keys")
    expect(keys).to_contain_text("LLog attempt")
    expect(keys).to_contain_text("G then IIntake")
    expect(keys).to_contain_text("NNext")
    page.keyboard.press("Escape")
    expect(keys).to_be_hidden()

    note = page.get_by_label("Note, optional")
    note.click()
    page.keyboard.type("gilgn?")
    expect(note).to_have_value("gilgn?")
    expect(keys).to_be_hidden()

    whose.click()  # out of the note
    for key, title in (("n", "Log a claim"), ("i", "Intake")):
        page.keyboard.press("g")
        page.keyboard.press(key)
        expect(page.get_by_role("heading", name=title, exact=True)).to_be_visible()
        page.go_back()
        expect(whose).to_be_visible()
        assert page.url.endswith(path)

    wait_until_drawn(page)
    page.keyboard.press("l")  # where an outcome is still to be chosen, to that: it waits until the page stands
    expect(page.get_by_role("radio", name="Reached", exact=True)).to_be_focused()
    for key in ("ArrowRight", "ArrowRight", "Space"):
        page.keyboard.press(key)
    voicemail = page.get_by_role("radio", name="Left a voicemail")
    expect(voicemail).to_be_checked()
    page.keyboard.press("l")
    expect(page.get_by_text("Worker, telephone: Left a voicemail")).to_be_visible()

    expect(voicemail).to_have_count(1)  # the form that was sent has gone
    voicemail.click()
    expect(voicemail).to_be_checked()
    page.keyboard.press("?")
    page.keyboard.press("g")
    page.keyboard.press("l")  # the claim's own key for logging the attempt
    expect(page.get_by_role("heading", name="Live intake", exact=True)).to_be_visible()
    with desk.owner() as db:
        assert db.execute("select count(*) from contact_attempt").fetchone() == (1,)
