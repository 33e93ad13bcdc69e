"""Filters, periods, clients side by side, and the address that holds all of it."""

import re
from datetime import date, timedelta
from unittest.mock import Mock

import pytest
from streamlit.runtime.scriptrunner import StopException

from core import first_contact
from core.access import Actor, Role
from core.first_contact import Question
from pages.parts.first_contact import periods
from pages.parts.first_contact.figures import population
from tests import factories
from tests.factories import NOW
from tests.pages.first_contact.picture import (
    FILTERS_OPEN,
    USUAL,
    _choice,
    figures,
    subtitle,
)

pytestmark = pytest.mark.usefixtures("desk")


def test_filters_narrow_everything(open_as, client, other) -> None:
    page = open_as(factories.staff(Role.SUPERVISOR), filters=True)
    assert figures(page)["Claims reported"] == "13"
    page.multiselect(key="measures.clients").select(other).run()
    assert figures(page)["Claims reported"] == "7"
    page.multiselect(key="measures.states").select("TX").run()
    assert page.info[0].value.startswith("No claim was reported")


def test_the_time_zone_moves_the_cells(open_as, client) -> None:
    page = open_as(factories.staff(Role.SUPERVISOR), filters=True)

    def hours() -> set[str]:
        return set(page.dataframe[0].value["Hour"])

    assert hours() == {"08:00"}
    page.selectbox(key="measures.timezone").select("America/New_York").run()
    assert hours() == {"09:00"}


class TestTheFilters:
    """They stand behind one button: what they offer is asked for, and sent to the browser, only where somebody looks."""

    FIELDS = ("multiselect", "selectbox", "date_input")

    def test_are_drawn_when_they_are_opened(self, open_as, client, monkeypatch) -> None:
        calls: list[int] = []
        offers = first_contact.choices
        monkeypatch.setattr(first_contact, "choices", lambda *who: calls.append(1) or offers(*who))
        page = open_as(factories.staff(Role.SUPERVISOR))
        assert (sum(len(page.get(kind)) for kind in self.FIELDS), len(calls)) == (0, 0)
        page.session_state[FILTERS_OPEN] = True
        page.run()
        assert (sum(len(page.get(kind)) for kind in self.FIELDS), len(calls)) == (5, 1)

    def test_keep_what_was_chosen_while_they_are_closed(self, open_as, client, other) -> None:
        page = open_as(factories.staff(Role.SUPERVISOR), filters=True)
        page.multiselect(key="measures.clients").select(other).run()
        page.date_input(key="measures.days").set_value((date(2026, 11, 1), date(2026, 11, 24))).run()
        for is_open in (False, True):
            page.session_state[FILTERS_OPEN] = is_open
            page.run()
            assert figures(page)["Claims reported"] == "7"
            assert subtitle(page).endswith("reported 1 Nov 2026 to 24 Nov 2026 · Central time")
        assert page.multiselect(key="measures.clients").value == [other]

    def test_wait_for_the_last_day_of_a_period(self, open_as, client) -> None:
        page = open_as(factories.staff(Role.SUPERVISOR), filters=True)
        page.date_input(key="measures.days").set_value((date(2026, 11, 1),)).run()
        assert [i.value for i in page.info] == ["Choose the last day of the period."]
        page.session_state[FILTERS_OPEN] = False
        page.run()
        assert figures(page)["Claims reported"] == "6", "closed, they ask what was asked last"


class TestTheAddress:
    """It holds everything that the page shows, in numbers, codes and days, and says where it was not followed."""

    def test_is_where_the_filters_begin(self, open_as, client, other) -> None:
        address = {"client": str(other), "from": "2026-11-01", "to": "2026-11-24", "zone": "America/New_York"}
        page = open_as(factories.staff(Role.SUPERVISOR), address=address)
        assert figures(page)["Claims reported"] == "7"
        assert subtitle(page).endswith("reported 1 Nov 2026 to 24 Nov 2026 · Eastern time")
        assert {name: page.query_params[name] for name in address} == address
        assert not page.warning

    def test_holds_period_and_zone_before_anybody_chose_them(self, open_as, client) -> None:
        page = open_as(factories.staff(Role.SUPERVISOR))
        assert dict(page.query_params) == USUAL

    def test_says_the_same_to_a_reader_in_another_zone(self, open_as, client) -> None:
        sent = open_as(factories.staff(Role.SUPERVISOR, timezone="Asia/Manila"))
        received = open_as(factories.staff(Role.SUPERVISOR), address=dict(sent.query_params))
        assert subtitle(received) == subtitle(sent)
        assert subtitle(sent).endswith("Manila time")
        assert not received.warning

    def test_follows_the_filters(self, open_as, client) -> None:
        page = open_as(factories.staff(Role.SUPERVISOR), filters=True)
        page.multiselect(key="measures.clients").select(client).run()
        page.multiselect(key="measures.states").select("TX").run()
        assert dict(page.query_params) == {"client": str(client), "state": "TX"} | USUAL
        page.multiselect(key="measures.states").unselect("TX").run()
        assert dict(page.query_params) == {"client": str(client)} | USUAL

    def test_says_what_the_reader_may_not_see_and_no_name_of_it(self, open_as, client, other) -> None:
        executive = factories.staff(Role.ACCOUNT_EXECUTIVE, client)
        both = open_as(executive, address={"client": [str(client), str(other)], "va": "999"})
        assert [warning.value for warning in both.warning] == [
            "This link asked about 1 client that you do not see: left out.  \n"
            "This link asked about 1 VA that you do not see: left out. Shown are all VAs that you see."
        ]
        assert figures(both)["Claims reported"] == "6"
        alone = open_as(executive, address={"client": str(other)})
        assert alone.warning[0].value.endswith("Shown are all clients that you see.")

    @pytest.mark.parametrize(
        ("address", "named"),
        [
            ({"state": "Mars"}, "state"),
            ({"client": "abc"}, "client"),
            ({"va": "Ana"}, "va"),
            ({"from": "yesterday", "to": "2026-11-24"}, "from and to"),
            ({"to": "2026-11-24"}, "from and to"),
            ({"from": "2026-11-24", "to": "2026-11-01"}, "from and to"),
            ({"zone": "Mars/Olympus"}, "zone"),
            ({"zone": "Asia/Kolkata"}, "zone"),
            ({"klient": "1"}, "“klient”"),
        ],
    )
    def test_says_what_is_wrong_in_it(self, open_as, client, address: dict[str, str], named: str) -> None:
        page = open_as(factories.staff(Role.SUPERVISOR), address=address)
        assert [warning.value for warning in page.warning] == [
            f"In this link, what it says under {named} cannot be used and is left out."
        ]
        assert (figures(page)["Claims reported"], page.exception.len) == ("6", 0)
        assert dict(page.query_params) == USUAL

    def test_does_not_take_back_a_period_whose_page_was_broken_off(self, open_as, client, monkeypatch) -> None:
        page = open_as(factories.staff(Role.SUPERVISOR))
        with monkeypatch.context() as broken:
            broken.setattr(first_contact, "look", Mock(side_effect=StopException))
            page.segmented_control(key="measures.preset").set_value("7 days").run()
        page.query_params.update(USUAL)  # as a browser says it that has not heard of the new one
        page.run()
        assert subtitle(page).endswith("reported 18 Nov 2026 to 24 Nov 2026 · Central time")
        assert dict(page.query_params) == USUAL | {"from": "2026-11-18"}
        page.query_params.update(USUAL)  # as Back says it
        page.run()
        assert dict(page.query_params) == USUAL

    def test_is_remarked_on_until_the_reader_asks_something_else(self, open_as, client) -> None:
        page = open_as(factories.staff(Role.SUPERVISOR), address={"state": "Mars"}, filters=True)
        page.run()
        assert page.warning
        page.multiselect(key="measures.states").select("TX").run()
        assert not page.warning


class TestPeriods:
    def test_are_those_that_people_ask_for(self) -> None:
        assert periods.usual(date(2026, 3, 1)) == {
            "7 days": (date(2026, 2, 23), date(2026, 3, 1)),
            "30 days": (date(2026, 1, 31), date(2026, 3, 1)),
            "90 days": (date(2025, 12, 2), date(2026, 3, 1)),
            "This month": (date(2026, 3, 1), date(2026, 3, 1)),
            "Last month": (date(2026, 2, 1), date(2026, 2, 28)),
        }

    @pytest.mark.parametrize("filters", [False, True])
    def test_are_one_click_and_stay_in_the_address(self, open_as, client, filters: bool) -> None:
        page = open_as(factories.staff(Role.SUPERVISOR), address={"state": "IL"}, filters=filters)
        assert page.segmented_control(key="measures.preset").value == "90 days"
        page.segmented_control(key="measures.preset").set_value("This month").run()
        assert "reported 1 Nov 2026 to 24 Nov 2026" in subtitle(page)
        assert dict(page.query_params) == {"state": "IL"} | USUAL | {"from": "2026-11-01"}
        page.run()
        assert page.segmented_control(key="measures.preset").value == "This month"

    def test_are_not_marked_where_the_days_are_others(self, open_as, client) -> None:
        address = {"from": "2026-11-02", "to": "2026-11-24"}
        page = open_as(factories.staff(Role.SUPERVISOR), address=address)
        assert page.segmented_control(key="measures.preset").value is None


class TestClientsSideBySide:
    def test_are_those_chosen_the_least_kept_first(self, open_as, client, other, desk) -> None:
        nurse = factories.staff(Role.CLINICAL).staff_id
        kept = NOW - timedelta(days=3, hours=2)
        for _ in range(7):
            factories.claim(other, reported_at=kept, first_contact_at=kept, first_contact_by=nurse)
        page = open_as(factories.staff(Role.SUPERVISOR), address={"client": [str(client), str(other)]})
        [drawn] = [html.proto.body for html in page.get("html") if "Clients side by side" in html.proto.body]
        table = drawn.partition("Clients side by side</h3>")[2]
        rows = [re.findall("<t[hd][^>]*>(.*?)</t[hd]>", row) for row in table.split("<tr>")[1:]]
        assert [row[1:] for row in rows] == [
            ["Reached in time", "Points over or under 95%", "Reported", "Missed", "Running"],
            ["0%", "−95", "6", "6", "0"],
            ["50%", "−45", "14", "7", "0"],
        ]

    def test_are_those_served_where_an_executive_chose_none(self, open_as, client, other) -> None:
        page = open_as(factories.staff(Role.ACCOUNT_EXECUTIVE, client, other))
        assert [html for html in page.get("html") if "Clients side by side" in html.proto.body]

    def test_are_explained_where_there_are_none(self, open_as, client) -> None:
        page = open_as(factories.staff(Role.SUPERVISOR))
        said = "To see clients side by side, choose 2 to 20 of them under Filters."
        assert any(said in html.proto.body for html in page.get("html"))


def test_the_subtitle_names_what_was_filtered() -> None:
    question = Question(
        date(2026, 11, 1),
        date(2026, 11, 2),
        "America/New_York",
        frozenset({1}),
        frozenset({"TX", "--"}),
        frozenset({4}),
    )
    choices = first_contact.Choices(clients=[_choice(1, "Acme")], assignees=[_choice(4, "Ana Ruiz")])
    assert population(Actor(0, "", "", Role.SUPERVISOR, "UTC"), question, choices) == (
        "Share of injured workers reached in time · Acme · Not known, TX · Ana Ruiz"
        " · reported 1 Nov 2026 to 2 Nov 2026 · Eastern time"
    )
