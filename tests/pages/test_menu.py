"""What stands around every page: the product's name, the account, and the first line with its search."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from streamlit.testing.v1 import AppTest

from core.access import Actor, Role
from pages import menu
from pages.parts import head
from tests import factories
from tests.conftest import Desk
from tests.factories import NOW
from tests.pages.conftest import SitDown, drawn

MENU = str(Path(menu.__file__))

Open = Callable[[Actor], AppTest]


@pytest.fixture
def open_desk(sit_down: SitDown, desk: Desk) -> Open:
    def run(actor: Actor) -> AppTest:
        sit_down(actor)
        page = AppTest.from_file(MENU, default_timeout=30).run()
        assert not page.exception
        return page

    return run


class TestTheAccount:
    def test_is_one_menu_at_the_foot_with_name_role_password_and_way_out(self, open_desk: Open) -> None:
        person = factories.staff(Role.COMPLIANCE)
        page = open_desk(person)

        [account] = [each for each in drawn(page.sidebar) if each.type == "popover"]
        assert account.proto.popover.label == person.name
        within = list(drawn(account))
        assert [each.value for each in within if each.type == "markdown"] == [f"**{person.name}**  \nCompliance"]
        assert [each.label for each in within if each.type == "button"] == ["Change password", "Sign out"]

    def test_is_closed_again_once_it_has_opened_the_change_of_password(self, open_desk: Open) -> None:
        page = open_desk(factories.staff(Role.COMPLIANCE))
        before = [each.proto.id for each in drawn(page.sidebar) if each.type == "popover"]

        page.button(key="menu.password").click().run()

        assert "Present password" in [each.label for each in page.text_input]
        assert before != [each.proto.id for each in drawn(page.sidebar) if each.type == "popover"]


def test_who_has_a_password_that_another_has_set_is_shown_nothing_but_its_change(open_desk: Open) -> None:
    person = replace(factories.staff(Role.VA, factories.client()), must_change_password=True)

    page = open_desk(person)

    assert {"New password", "Present password"} <= {each.label for each in page.text_input}
    assert [each.label for each in page.sidebar.button] == ["Sign out"]
    assert [each.value for each in page.title] == ["Choose your own password"]


class TestTheSearch:
    @pytest.fixture
    def finder(self, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
        """What is typed into the field, and what the field is told of it; the browser's part is a journey's."""
        field: dict[str, Any] = {"typed": ""}
        monkeypatch.setattr(head, "number_typed", lambda _: field.pop("typed", ""))
        monkeypatch.setattr(head, "finder", lambda _, **told: field.update(told))
        return field

    def test_opens_the_claim_that_has_the_number(self, open_desk: Open, finder: dict[str, Any]) -> None:
        client = factories.client()
        claim = factories.claim(client)
        finder["typed"] = f"c-{claim}"

        page = open_desk(factories.staff(Role.VA, client))

        assert page.query_params == {"client": str(client), "claim": str(claim)}
        assert any("C\\-1" in each.value or "C-1" in each.value for each in page.subheader)

    def test_says_where_none_has_it(self, open_desk: Open, finder: dict[str, Any]) -> None:
        factories.claim(factories.client())
        finder["typed"] = "C-1"

        open_desk(factories.staff(Role.VA, factories.client()))

        assert (finder["words"], finder["claims"]) == ("No claim that you may open has this number.", [])

    def test_lists_them_where_several_have_it(self, open_desk: Open, finder: dict[str, Any], desk: Desk) -> None:
        for client in (factories.client(), factories.client()):
            factories.claim(client)
        with desk.owner() as db:
            db.execute("update claim set client_claim_number = 'A 1', client_number_key = 'a1'")
        finder["typed"] = "a1"

        open_desk(factories.staff(Role.SUPERVISOR))

        assert finder["words"] == "2 claims with this number"
        assert [address for _, address in finder["claims"]] == ["/claim?client=1&claim=1", "/claim?client=2&claim=2"]

    def test_is_not_there_for_who_opens_no_claims(self, open_desk: Open, finder: dict[str, Any]) -> None:
        open_desk(factories.staff(Role.ADMINISTRATOR))

        assert "label" not in finder


def test_the_one_page_of_a_role_is_linked_on_top_of_the_menu(open_desk: Open) -> None:
    page = open_desk(factories.staff(Role.ACCOUNT_EXECUTIVE, factories.client()))

    [place] = [each for each in drawn(page.sidebar) if str(getattr(each.proto, "id", "")).endswith("menu.only")]
    assert [each.proto.label for each in drawn(place) if each.type == "page_link"] == ["First contact"]
    assert ".st-key-menu-only" in menu._STYLE, "which puts it there"


def test_the_first_line_says_as_of_when_in_a_zone_that_is_named(open_desk: Open) -> None:
    page = open_desk(factories.staff(Role.ADMINISTRATOR, timezone="America/Los_Angeles"))

    shown = NOW.astimezone(ZoneInfo("America/Los_Angeles"))
    assert f"As of {shown:%H:%M} PST" in [each.value for each in page.main.caption]
