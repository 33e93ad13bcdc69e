"""Coming to the desk in the morning, being where one may be, and leaving it."""

import pytest
from playwright.sync_api import Page, expect

from core import instant, staff
from core.access import Role
from core.transactions import transaction
from tests import signing_in
from tests.conftest import Desk
from tests.journeys.conftest import Visit
from tests.signing_in import PASSWORD

pytestmark = pytest.mark.journey


def fill_in(page: Page, name: str, password: str = PASSWORD) -> None:
    page.get_by_label("Name", exact=True).fill(name)
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Sign in").click()


class TestSigningIn:
    def test_a_link_to_a_page_asks_for_the_sign_in_and_then_opens_that_page(self, visit: Visit) -> None:
        administrator = signing_in.person(Role.ADMINISTRATOR)
        page = visit("/people")
        expect(page.get_by_text("Sign in to open this page.")).to_be_visible()
        expect(page.get_by_role("link", name="Status")).to_have_count(0)

        addresses: list[str] = []
        page.on("framenavigated", lambda frame: addresses.append(frame.url))
        fill_in(page, administrator.sign_in_name)

        expect(page.get_by_role("heading", name="People")).to_be_visible()
        assert page.url.endswith("/people")
        assert not [address for address in addresses if "ticket" in address]
        readable = page.evaluate("document.cookie")
        assert "__Host" not in readable

    def test_what_a_link_asks_is_still_asked_after_the_sign_in(self, visit: Visit) -> None:
        supervisor = signing_in.person(Role.SUPERVISOR)
        page = visit("/first_contact?state=IL&state=OH&zone=America%2FDenver")
        expect(page.get_by_text("Sign in to open this page.")).to_be_visible()

        fill_in(page, supervisor.sign_in_name)

        expect(page.get_by_text("IL, OH")).to_be_visible()
        assert "?state=IL&state=OH&" in page.url
        assert page.url.endswith("&zone=America%2FDenver")

    def test_a_mistake_is_said_and_can_be_put_right(self, visit: Visit) -> None:
        administrator = signing_in.person(Role.ADMINISTRATOR)
        page = visit()
        fill_in(page, administrator.sign_in_name, "wrong")
        expect(page.get_by_text("The name or the password is not right.")).to_be_visible()

        fill_in(page, administrator.sign_in_name)

        expect(page.get_by_role("heading", name="Status")).to_be_visible()

    def test_five_mistakes_lock_the_name(self, visit: Visit) -> None:
        administrator = signing_in.person(Role.ADMINISTRATOR)
        for _ in range(5):
            with pytest.raises(staff.WrongSignIn):
                staff.sign_in(
                    name=administrator.sign_in_name, password="no", address="x", browser="x", at=instant.now()
                )
        page = visit()

        fill_in(page, administrator.sign_in_name)

        expect(page.get_by_text("Too many tries.")).to_be_visible()

    def test_browsers_may_fill_it_in_and_the_keyboard_is_where_one_types_next(self, visit: Visit) -> None:
        administrator = signing_in.person(Role.ADMINISTRATOR)
        page = visit()
        name, password = page.get_by_label("Name", exact=True), page.get_by_label("Password", exact=True)
        expect(name).to_be_focused()
        expect(name).to_have_attribute("autocomplete", "username")
        expect(password).to_have_attribute("autocomplete", "current-password")
        expect(page.get_by_role("heading")).to_have_count(1)

        page.keyboard.type(administrator.sign_in_name)
        page.keyboard.press("Tab")
        page.keyboard.type("wrong")
        page.keyboard.press("Enter")
        expect(page.get_by_text("The name or the password is not right.")).to_be_visible()
        expect(password).to_be_focused()
        page.wait_for_function(
            "(({ selectionStart, selectionEnd }) => selectionEnd - selectionStart === 5)(document.activeElement)"
        )
        page.keyboard.type(PASSWORD)
        page.keyboard.press("Enter")

        expect(page.get_by_role("heading", name="Status")).to_be_visible()


class TestBeingSignedIn:
    def test_each_role_is_offered_its_own_pages_and_another_is_one_sentence_and_on_the_record(
        self, visit: Visit, desk: Desk
    ) -> None:
        administrator = signing_in.person(Role.ADMINISTRATOR)
        page = visit(as_=administrator)
        home = page.url.rstrip("/")
        expect(page.get_by_role("link", name="People")).to_be_visible()
        expect(page.get_by_role("link", name="Live intake")).to_have_count(0)

        for number, path in enumerate(["/live_intake", "/access_log", "/claim?id=7"], start=1):
            page.goto(home + path)

            expect(page.get_by_role("main").get_by_text("This page is not part of your role.")).to_be_visible()
            expect(page.get_by_role("heading")).to_have_count(0)
            expect(page.get_by_text("Page not found")).to_have_count(0)
            with desk.owner() as db:
                refused = db.execute(
                    "select actor_id from audit_event where verb = 'refused' and noun = 'page'"
                ).fetchall()
            assert set(refused) == {(administrator.staff_id,)}
            assert len(refused) >= number, path

        page.get_by_role("link", name="People").click()
        expect(page.get_by_role("heading", name="People")).to_be_visible()

    def test_signing_out_in_one_tab_empties_the_other(self, visit: Visit) -> None:
        here = visit("/people", as_=signing_in.person(Role.ADMINISTRATOR))
        there = here.context.new_page()
        there.goto(here.url)
        expect(there.get_by_role("heading", name="People")).to_be_visible()

        account = here.get_by_test_id("stSidebar").get_by_test_id("stPopover").get_by_role("button")
        account.click()
        here.get_by_role("button", name="Sign out").click()

        for tab in (here, there):
            expect(tab.get_by_label("Password", exact=True)).to_be_visible()
            expect(tab.get_by_role("heading", name="People")).to_have_count(0)

    def test_a_changed_role_changes_the_open_page_and_a_disabled_person_is_out_without_a_click(
        self, visit: Visit
    ) -> None:
        first, second = signing_in.person(Role.ADMINISTRATOR), signing_in.person(Role.ADMINISTRATOR)
        page = visit("/people", as_=second)
        expect(page.get_by_role("heading", name="People")).to_be_visible()

        with transaction(first) as tx:
            staff.change_role(first, tx, staff_id=second.staff_id, role=Role.COMPLIANCE, at=instant.now())

        expect(page.get_by_role("heading", name="Access log")).to_be_visible()
        expect(page.get_by_role("link", name="People")).to_have_count(0)

        with transaction(first) as tx:
            staff.disable(first, tx, staff_id=second.staff_id, at=instant.now())

        expect(page.get_by_label("Password", exact=True)).to_be_visible()
