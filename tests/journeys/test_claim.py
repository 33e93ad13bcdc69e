"""A claim on the screen of somebody who works it: what the next minute needs comes first, without scrolling."""

import pytest
from playwright.sync_api import Locator, Page, expect

from core.access import Role
from pages.parts.report import NEEDED
from tests import factories, signing_in
from tests.conftest import Desk
from tests.journeys.conftest import WIDE, Visit, wait_until_drawn

pytestmark = pytest.mark.journey

TALE = "Slipped on a wet floor between the loading dock and the scales. " * 20

PATIENCE_IN_PRESSES = 50

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
    box = piece.bounding_box() or {}
    return box["y"] >= 0 and box["y"] + box["height"] <= WIDE["height"]


def press_until_focused(page: Page, key: str, piece: Locator) -> None:
    """Press the key until *piece* has the focus: while the browser fetches what draws tabs, nothing listens for keys."""
    for _ in range(PATIENCE_IN_PRESSES):
        page.keyboard.press(key)
        if piece.evaluate("piece => piece === document.activeElement"):
            return
        page.wait_for_timeout(100)
    expect(piece).to_be_focused()


@pytest.mark.parametrize(("role", "dark"), [(Role.VA, False), (Role.CLINICAL, True)], ids=["va", "clinical, dark"])
def test_header_clock_and_the_work_are_there_without_scrolling(
    desk: Desk, visit: Visit, role: Role, dark: bool
) -> None:
    client = factories.client()
    claim = told_at_length(desk, client)
    page = visit(f"/claim?client={client}&claim={claim}", as_=signing_in.person(role, client), dark=dark)

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
    ]
    if role is Role.CLINICAL:
        needed.append(page.get_by_role("button", name="Record first contact"))
    wait_until_drawn(page)
    for piece in needed:
        assert inside_the_window(piece), piece

    page.get_by_role("button", name="Log attempt").click()

    refused = page.get_by_text("Choose an outcome.")
    assert inside_the_window(refused), "what the form answers stands at the form"


def test_on_a_narrow_screen_the_work_comes_before_the_story(desk: Desk, visit: Visit) -> None:
    client = factories.client()
    claim = told_at_length(desk, client)
    path = f"/claim?client={client}&claim={claim}"
    page = visit(path, as_=signing_in.person(Role.VA, client), narrow=True)

    in_order = [
        page.get_by_role("heading", name="Robin Sample"),
        page.get_by_role("button", name="Why this time"),
        page.get_by_role("link", name="Call (312) 555-0101"),
        page.get_by_role("tab", name="Overview"),
        page.get_by_role("button", name="Log attempt"),
        page.get_by_text("3 open questions"),
        page.get_by_text("What happened", exact=True),
    ]
    for piece in in_order:
        expect(piece).to_be_visible()
    wait_until_drawn(page)
    tops = [piece.evaluate("piece => piece.getBoundingClientRect().top") for piece in in_order]
    assert tops == sorted(tops)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390

    page.get_by_text("Left a voicemail", exact=True).click()
    page.get_by_role("button", name="Log attempt").click()
    toast = page.get_by_test_id("stToast")
    expect(toast).to_contain_text("Attempt logged")
    page.wait_for_function(UNCOVERED)


def test_in_a_small_window_what_a_tab_shows_is_in_sight_and_back_turns_to_the_tab_before(visit: Visit) -> None:
    client = factories.client()
    path = f"/claim?client={client}&claim={factories.claim(client)}"
    page = visit(path, as_=signing_in.person(Role.VA, client), narrow=True)
    expect(page.locator(".keys")).to_be_attached()  # what is turned to is noted

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


def test_on_a_narrow_screen_why_this_time_is_read_in_lines_not_in_columns_of_words(visit: Visit) -> None:
    client = factories.client(clock="business", hours=40)
    path = f"/claim?client={client}&claim={factories.claim(client)}"
    page = visit(path, as_=signing_in.person(Role.VA, client), narrow=True)

    page.get_by_role("button", name="Why this time").click()

    table = page.get_by_role("region", name="Every interval from the report to the due time").locator("table")
    expect(table).to_be_visible()
    wait_until_drawn(page)
    for row in table.get_by_role("row").all()[1:]:
        cells = row.get_by_role("cell").all()
        span, working = cells[0].bounding_box() or {}, cells[2].bounding_box() or {}
        assert span["width"] > 250, cells[0].inner_text()
        assert working["y"] >= span["y"] + span["height"], cells[0].inner_text()
    assert table.evaluate("table => table.scrollWidth - table.clientWidth") == 0
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


ON_TOP = """field => {
  const { x, y, width, height } = field.getBoundingClientRect()
  return document.elementFromPoint(x + width / 2, y + height / 2) === field
}"""


def test_a_report_is_taken_from_its_caller_to_its_button_without_scrolling(visit: Visit) -> None:
    va = signing_in.person(Role.VA, factories.client())
    page = visit("/log_claim", as_=va)

    for label in ("Reported by, optional", "Call back at, optional", "Family name"):
        assert inside_the_window(page.get_by_label(label, exact=True)), label
    assert inside_the_window(page.get_by_role("button", name="Log claim"))

    for each in (page, visit("/log_claim", as_=va, narrow=True)):
        each.get_by_role("button", name="Log claim").click()
        for wrong in NEEDED.values():
            assert inside_the_window(each.get_by_text(wrong)), "what is wrong stands at the button"
        assert inside_the_window(each.get_by_role("button", name="Log claim"))
        for field in each.locator("[data-testid=stForm] :is(textarea, [data-testid=stTextInputField])").all():
            field.focus()
            assert field.evaluate(ON_TOP), f"{field.get_attribute('aria-label')} is behind what is said"


class TestKeys:
    def test_those_of_the_claim_and_those_of_the_menu_are_listed_and_in_the_note_they_are_letters(
        self, visit: Visit
    ) -> None:
        client = factories.client()
        page = visit(f"/claim?client={client}&claim={factories.claim(client)}", as_=signing_in.person(Role.VA, client))
        expect(page.get_by_role("button", name="Log attempt")).to_be_visible()
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

    def test_g_and_a_letter_leave_the_claim_and_log_nothing(self, desk: Desk, visit: Visit) -> None:
        client = factories.client()
        claim = factories.claim(client)
        page = visit(f"/claim?client={client}&claim={claim}", as_=signing_in.person(Role.SUPERVISOR))
        page.get_by_text("Left a voicemail", exact=True).click()
        expect(page.locator(".keys")).to_be_attached()  # they are listened for

        page.keyboard.press("?")
        page.keyboard.press("g")
        page.keyboard.press("l")  # the claim's own key for logging the attempt

        expect(page.get_by_role("heading", name="Live intake", exact=True)).to_be_visible()
        with desk.owner() as db:
            assert db.execute("select count(*) from contact_attempt").fetchone() == (0,)

    def test_back_from_where_g_led_to_is_the_claim(self, visit: Visit) -> None:
        client = factories.client()
        path = f"/claim?client={client}&claim={factories.claim(client)}"
        page = visit(path, as_=signing_in.person(Role.VA, client))
        expect(page.get_by_role("button", name="Log attempt")).to_be_visible()
        expect(page.locator(".keys")).to_be_attached()  # they are listened for

        for key, title in (("n", "Log a claim"), ("i", "Intake")):
            page.keyboard.press("g")
            page.keyboard.press(key)
            expect(page.get_by_role("heading", name=title, exact=True)).to_be_visible()
            page.go_back()

            expect(page.get_by_role("heading", name="Robin Sample")).to_be_visible()
            assert page.url.endswith(path)

    def test_l_goes_to_the_outcomes_until_one_is_chosen_and_logs_then(self, desk: Desk, visit: Visit) -> None:
        client = factories.client()
        claim = factories.claim(client)
        page = visit(f"/claim?client={client}&claim={claim}", as_=signing_in.person(Role.VA, client))
        expect(page.get_by_role("button", name="Log attempt")).to_be_visible()
        expect(page.locator(".keys")).to_be_attached()  # they are listened for

        press_until_focused(page, "l", page.get_by_role("radio", name="Reached", exact=True))
        for key in ("ArrowRight", "ArrowRight", "Space"):
            page.keyboard.press(key)
        expect(page.get_by_role("radio", name="Left a voicemail")).to_be_checked()
        page.keyboard.press("l")

        expect(page.get_by_text("Worker, telephone: Left a voicemail")).to_be_visible()
        with desk.owner() as db:
            assert db.execute("select count(*) from contact_attempt").fetchone() == (1,)
