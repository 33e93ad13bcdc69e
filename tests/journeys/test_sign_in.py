"""Coming to the desk in the morning, being where one may be, and leaving it."""

import pytest
from playwright.sync_api import expect

from core import instant, staff
from core.access import Role
from core.transactions import transaction
from tests import signing_in
from tests.conftest import Desk
from tests.journeys.conftest import Visit, fill_in
from tests.journeys.test_idling import IDLE_MINUTES, go_away
from tests.signing_in import PASSWORD

pytestmark = pytest.mark.journey


def test_a_link_opens_after_a_sign_in_by_the_keyboard_that_a_mistake_does_not_spoil_and_for_as_long_as_one_may(
    visit: Visit,
) -> None:
    administrator, supervisor = signing_in.person(Role.ADMINISTRATOR), signing_in.person(Role.SUPERVISOR)
    page = visit("/first_contact?state=IL&state=OH&zone=America%2FDenver")
    expect(page.get_by_text("Sign in to open this page.")).to_be_visible()
    expect(page.get_by_role("link", name="Live intake")).to_have_count(0)
    expect(page.get_by_role("heading")).to_have_count(1)

    # Browsers may fill it in, and the keyboard is where one types next.
    name, password = page.get_by_label("Name", exact=True), page.get_by_label("Password", exact=True)
    expect(name).to_be_focused()
    expect(name).to_have_attribute("autocomplete", "username")
    expect(password).to_have_attribute("autocomplete", "current-password")
    page.keyboard.type(supervisor.sign_in_name)
    page.keyboard.press("Tab")
    page.keyboard.type("wrong")
    page.keyboard.press("Enter")
    expect(page.get_by_text("The name or the password is not right.")).to_be_visible()
    expect(password).to_be_focused()
    page.wait_for_function(
        "() => (({ selectionStart, selectionEnd }) => selectionEnd - selectionStart === 5)(document.activeElement)"
    )
    addresses: list[str] = []
    page.on("framenavigated", lambda frame: addresses.append(frame.url))
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")

    expect(page.get_by_text("IL, OH")).to_be_visible()
    expect(page.get_by_role("link", name="Live intake")).to_be_visible()
    assert "/first_contact?state=IL&state=OH&" in page.url
    assert page.url.endswith("&zone=America%2FDenver")
    assert not [address for address in addresses if "ticket" in address]
    assert "__Host" not in page.evaluate("document.cookie")

    # What is changed about the person changes the open page, without a click.
    with transaction(administrator) as tx:
        staff.change_role(administrator, tx, staff_id=supervisor.staff_id, role=Role.COMPLIANCE, at=instant.now())
    expect(page.get_by_role("heading", name="Access log")).to_be_visible()
    expect(page.get_by_role("link", name="Live intake")).to_have_count(0)

    with transaction(administrator) as tx:
        staff.disable(administrator, tx, staff_id=supervisor.staff_id, at=instant.now())
    expect(password).to_be_visible()


def test_a_page_of_another_role_is_one_sentence_on_the_record_who_works_stays_and_signing_out_empties_every_tab(
    visit: Visit, desk: Desk
) -> None:
    administrator, locked = signing_in.person(Role.ADMINISTRATOR), signing_in.person(Role.ADMINISTRATOR)
    here = visit("/claim?id=7", as_=administrator)
    expect(here.get_by_role("main").get_by_text("This page is not part of your role.")).to_be_visible()
    expect(here.get_by_role("heading")).to_have_count(0)
    expect(here.get_by_text("Page not found")).to_have_count(0)
    expect(here.get_by_role("link", name="People")).to_be_visible()
    expect(here.get_by_role("link", name="Live intake")).to_have_count(0)
    with desk.owner() as db:
        refused = db.execute("select actor_id from audit_event where verb = 'refused' and noun = 'page'").fetchall()
    assert set(refused) == {(administrator.staff_id,)}

    for name in ["People", "Status", "People"]:
        go_away(desk, IDLE_MINUTES * 0.6)
        here.get_by_role("link", name=name).click()
        expect(here.get_by_role("heading", name=name)).to_be_visible()

    there = here.context.new_page()
    there.goto(here.url)
    expect(there.get_by_role("heading", name="People")).to_be_visible()
    here.get_by_test_id("stSidebar").get_by_test_id("stPopover").get_by_role("button").click()
    here.get_by_role("button", name="Sign out").click()
    for tab in (here, there):
        expect(tab.get_by_label("Password", exact=True)).to_be_visible()
        expect(tab.get_by_role("heading", name="People")).to_have_count(0)

    # Whoever comes next finds a name locked by five mistakes, however right the password is.
    for _ in range(5):
        with pytest.raises(staff.WrongSignIn):
            staff.sign_in(name=locked.sign_in_name, password="no", address="x", browser="x", at=instant.now())
    fill_in(there, locked.sign_in_name)
    expect(there.get_by_text("Too many tries.")).to_be_visible()
