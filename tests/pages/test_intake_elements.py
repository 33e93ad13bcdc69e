"""The page on which administrators say what intake asks for: what it would move is read before it is put in force."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from core.access import Actor
from core.intake import ruling
from pages import menu
from tests import factories
from tests.conftest import Desk
from tests.core.intake.rulings import rule
from tests.factories import NOW
from tests.pages.conftest import SitDown

PAGE = str(Path(menu.__file__).parent / "administration" / "intake_elements.py")
ELEMENTS = list(ruling.facts())

Open = Callable[..., AppTest]


@pytest.fixture
def open_page(desk: Desk, sit_down: SitDown, administrator: Actor) -> Open:
    """Open the page as an administrator and, if one is given, the row of an element."""

    def run(element: str = "") -> AppTest:
        sit_down(administrator)
        page = AppTest.from_file(PAGE, default_timeout=30)
        if element:
            page.session_state["elements.list"] = {"selection": {"rows": [ELEMENTS.index(element)]}}
        page.run()
        assert not page.exception
        return page

    return run


def field(page: AppTest, label: str) -> Any:
    return next(each for each in [*page.selectbox, *page.text_input] if each.label == label)


def press(page: AppTest, label: str) -> AppTest:
    next(button for button in page.button if button.label == label).click()
    page.run()
    assert not page.exception
    return page


def listed(page: AppTest, element: str) -> dict[str, str]:
    return page.dataframe[0].value.to_dict("records")[ELEMENTS.index(element)]


def said(page: AppTest) -> str:
    return "\n".join(each.value.replace("\\", "") for each in page.markdown)


def open_questions(desk: Desk) -> int:
    with desk.owner() as db:
        return db.execute("select count(*) from intake_question where element = 'occupation'").fetchone()[0]


class TestTheList:
    def test_says_of_whose_claims_each_element_is_asked(self, open_page: Open, administrator: Actor) -> None:
        acme = factories.client("ACME")
        rule(administrator, client_id=acme)
        rule(administrator, jurisdiction="OH")
        rule(
            administrator,
            "nature",
            asked="only_if",
            only_if="treated",
            jurisdiction="IL",
            sureness="source_read",
            why="8 CCR",
        )
        rule(administrator, "language", asked="not_asked", jurisdiction="NY", since=date(2026, 12, 1))

        page = open_page()

        client = factories._desk.maker.execute("select name from client").fetchone()[0]
        assert listed(page, "occupation")["Asked of"] == f"{client}, OH"
        assert listed(page, "nature")["Asked of"] == "IL if the worker was treated"
        assert {name: listed(page, "nature")[name] for name in ("DN", "Since", "How sure", "Source")} == {
            "DN": "DN0035", "Since": "24 Nov 2026", "How sure": "source read", "Source": "8 CCR"
        }  # fmt: skip
        assert {name: listed(page, "language")[name] for name in ("Asked of", "Since", "Planned")} == {
            "Asked of": "Every claim", "Since": "the beginning", "Planned": "1 Dec 2026"
        }  # fmt: skip
        assert listed(page, "name")["Asked of"] == "Every claim, always"
        assert listed(page, "address")["Asked of"] == "Nowhere"

    def test_offers_nothing_for_what_opens_a_claim(self, open_page: Open) -> None:
        page = open_page("name")
        assert ruling.NotForRules.text in [each.value for each in page.caption]
        assert not page.button


class TestARule:
    def test_says_what_it_would_move_before_it_is_put_in_force(self, desk: Desk, open_page: Open) -> None:
        for client in (factories.client("ACME"), factories.client("BOLT")):
            factories.claim(client)
        factories.claim(client)
        page = open_page("occupation")
        assert not page.info, "no client is chosen beforehand"
        field(page, "Client").set_value(0)
        field(page, "Reason for the rule").set_value("As agreed.").run()

        [preview] = [each.value.replace("\\", "") for each in page.info]
        assert preview.startswith("3 claims of 2 clients would be asked: occupation (Client ")
        assert open_questions(desk) == 0

        press(page, "Put in force")

        assert [toast.value for toast in page.toast] == ["Asked: every claim, from 24 Nov 2026 on."]
        assert open_questions(desk) == 3
        assert listed(page, "occupation")["Asked of"] == "Every claim"

    def test_is_of_a_client_and_a_state_on_a_condition(self, desk: Desk, open_page: Open) -> None:
        client = factories.client()
        page = open_page("occupation")
        field(page, "Client").set_value(client)
        field(page, "State").set_value("OH")
        field(page, "What is asked").set_value("only_if").run()
        field(page, "Only if").set_value("treated")
        field(page, "Reason for the rule").set_value("As agreed.")

        press(page, "Put in force")

        [toast] = [toast.value for toast in page.toast]
        assert toast.startswith("Asked only if the worker was treated: Client ")
        assert toast.endswith(" in OH, from 24 Nov 2026 on.")
        assert "Asked only if the worker was treated" in said(page)

    def test_that_moves_nothing_says_so(self, open_page: Open) -> None:
        page = open_page("occupation")
        field(page, "Client").set_value(0).run()
        assert [each.value for each in page.info] == [
            "Of the claims that wait for first contact now, none would be asked more or less."
        ]

    def test_that_is_refused_is_told_above_the_button_and_stays(self, open_page: Open) -> None:
        page = open_page("language")
        press(page, "Put in force")
        assert [each.value for each in page.error] == ["Choose a client, or every client."]
        field(page, "Client").set_value(0)
        press(page, "Put in force")
        assert [each.value for each in page.error] == [
            "The reason for the rule is missing: say why, in at most 300 characters."
        ]

        field(page, "From").set_value("when it suits")
        press(page, "Put in force")
        assert [each.value.split(":")[0] for each in page.error] == ["From"]
        assert not page.info

    def test_is_planned_and_withdrawn(self, desk: Desk, open_page: Open, administrator: Actor) -> None:
        factories.claim(factories.client())
        page = open_page("occupation")
        field(page, "Client").set_value(0)
        field(page, "From").set_value("12/01/2026")
        field(page, "Reason for the rule").set_value("As agreed.").run()

        press(page, "Plan this rule")

        assert open_questions(desk) == 0
        assert listed(page, "occupation")["Planned"] == "1 Dec 2026"
        press(page, "Withdraw the rule")
        assert [each.value for each in page.error] == ["Say which planned rule is withdrawn."]

        assert field(page, "Planned rule").options == ["Asked: every claim, from 1 Dec 2026 on"]
        field(page, "Planned rule").select_index(0)
        field(page, "Why it is withdrawn").set_value("Not agreed.")
        press(page, "Withdraw the rule")

        assert listed(page, "occupation")["Planned"] == ""
        assert f"Withdrawn by {administrator.name}: Not agreed." in said(page).replace(":gray[", "").replace("]", "")
        assert ruling.begin(at=NOW.replace(month=12, day=2)) == 0
