"""What stands around every page: the product's name, the account, and the first line with its search."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import streamlit as st
from desk_board import Question
from streamlit.testing.v1 import AppTest

from core import intake
from core.access import Actor, Role
from core.transactions import acting
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
    def box(self, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
        """What is asked by the box, once, and what the box is told; the browser's part is a journey's."""
        told: dict[str, Any] = {"question": Question()}
        monkeypatch.setattr(head, "asked", lambda _: told.pop("question", Question()))
        monkeypatch.setattr(head, "finder", lambda _, **more: told.update(more))
        return told

    def test_shows_what_is_found_with_where_it_opens_and_how_it_stands(
        self, open_desk: Open, box: dict[str, Any]
    ) -> None:
        client = factories.client()
        claim = factories.claim(client)
        box["question"] = Question("sample", 3)

        open_desk(factories.staff(Role.VA, client))

        assert (box["asked"], box["words"]) == (3, "1 claim")
        [entry] = box["entries"]
        assert entry.address == f"/claim?client={client}&claim={claim}"
        assert (entry.title, entry.state, entry.standing) == ("Robin Sample", "running", "Due in 22 h")
        assert entry.about.startswith(f"C-{claim} · Client ")

    def test_says_of_a_slip_that_it_is_one(self, open_desk: Open, box: dict[str, Any]) -> None:
        client = factories.client()
        factories.claim(client)
        box["question"] = Question("semple", 1)

        open_desk(factories.staff(Role.VA, client))

        assert box["words"] == "Nearly this name: 1 claim"

    def test_shows_the_claims_opened_last_where_nothing_is_typed(self, open_desk: Open, box: dict[str, Any]) -> None:
        client = factories.client()
        claim = factories.claim(client)
        person = factories.staff(Role.VA, client)
        with acting(person) as tx:
            intake.open_claim(person, tx, client, claim)
        box["question"] = Question("", 1)

        open_desk(person)

        assert (box["words"], [entry.key for entry in box["entries"]]) == ("Opened last", [(client, claim)])

    def test_says_where_nothing_is_found(self, open_desk: Open, box: dict[str, Any]) -> None:
        factories.claim(factories.client())
        box["question"] = Question("C-1", 1)

        open_desk(factories.staff(Role.VA, factories.client()))

        assert (box["words"], box["entries"]) == (head.NOTHING, [])

    def test_opens_what_is_chosen(self, open_desk: Open, box: dict[str, Any]) -> None:
        client = factories.client()
        claim = factories.claim(client)
        box["question"] = Question(opened=(client, claim))

        page = open_desk(factories.staff(Role.VA, client))

        assert page.query_params == {"client": str(client), "claim": str(claim)}

    def test_does_not_ask_the_database_where_nothing_was_asked(
        self, open_desk: Open, box: dict[str, Any], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(head.search, "find", lambda *_: pytest.fail("searched"))
        monkeypatch.setattr(head.search, "opened_last", lambda *_: pytest.fail("searched"))

        open_desk(factories.staff(Role.SUPERVISOR))

        assert box["entries"] == []

    def test_is_not_there_for_who_opens_no_claims(self, open_desk: Open, box: dict[str, Any]) -> None:
        open_desk(factories.staff(Role.ADMINISTRATOR))

        assert "label" not in box


def test_a_click_makes_no_page_of_the_menu_anew(open_desk: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    page = open_desk(factories.staff(Role.SUPERVISOR))
    monkeypatch.setattr(st, "Page", lambda *_, **__: pytest.fail("made anew"))

    page.run()

    assert not page.exception
    assert [title.value for title in page.title] == ["Live intake"]


def test_the_first_line_says_as_of_when_in_a_zone_that_is_named(open_desk: Open) -> None:
    page = open_desk(factories.staff(Role.ADMINISTRATOR, timezone="America/Los_Angeles"))

    shown = NOW.astimezone(ZoneInfo("America/Los_Angeles"))
    assert f'<p class="desk-note">As of {shown:%H:%M} PST</p>' in [html.proto.body for html in page.get("html")]


class TestTheWayBack:
    def test_from_a_claim_leads_to_the_page_from_which_it_was_opened(self, open_desk: Open) -> None:
        client = factories.client()
        claim = factories.claim(client)
        page = open_desk(factories.staff(Role.VA, client))

        def back_from_the_claim() -> list[str]:
            page.query_params["client"], page.query_params["claim"] = str(client), str(claim)
            page.switch_page("coordination/claim.py").run()
            assert not page.exception
            return [each.proto.label for each in page.get("page_link") if each.proto.label.startswith("Back")]

        assert back_from_the_claim() == ["Back to My work"]
        page.switch_page("coordination/intake.py").run()
        assert back_from_the_claim() == ["Back to Intake"]
        page.query_params["claim"] = str(factories.claim(client))
        assert back_from_the_claim() == ["Back to Intake"], "a claim that follows another leads to the same"

    def test_leads_to_no_page_that_is_not_part_of_the_role_any_more(self, open_desk: Open, sit_down: SitDown) -> None:
        client = factories.client()
        claim = factories.claim(client)
        person = factories.staff(Role.VA, client)
        page = open_desk(person)
        page.query_params["client"], page.query_params["claim"] = str(client), str(claim)
        page.switch_page("coordination/claim.py").run()

        sit_down(replace(person, role=Role.COMPLIANCE))
        page.run()

        assert not page.exception
        assert not [each for each in page.get("page_link") if each.proto.label == "Back to My work"]
