"""The list, an empty desk, and adding a client."""

import pytest

from core import client_changes
from core.access import Actor
from core.calendars import BusinessWeek
from core.clocks import Clock
from core.transactions import acting
from tests.conftest import Desk
from tests.factories import NOW
from tests.pages.clients.clients_page import (
    MIDNIGHT,
    Open,
    adding,
    clock,
    field,
    fill,
    labels,
    press,
    promises,
    refusals,
)


class TestEmptyDesk:
    def test_says_what_to_do_next_and_offers_only_that(self, open_page: Open) -> None:
        page = open_page()

        assert [each.value for each in page.info] == [
            "There is no client yet. Add the first one; then give it to people on the page People."
        ]
        assert [button.label for button in page.button] == ["Add client"]
        assert not page.dataframe


class TestList:
    def test_shows_the_promise_in_words_and_what_comes_next(
        self, open_page: Open, administrator: Actor, acme: int
    ) -> None:
        with acting(administrator) as tx:
            client_changes.promise(
                administrator, tx, client_id=acme, hours=9, clock=Clock.BUSINESS,
                week=BusinessWeek("America/Chicago", calendar="US-OH"), effective_from=MIDNIGHT, reason="Agreed",
                seen=1, at=NOW,
            )  # fmt: skip

        (row,) = open_page().dataframe[0].value.to_dict("records")

        assert row == {
            "Code": "ACME",
            "Name": "Acme Works",
            "Time zone": "Central time",
            "Promise": "24 h, true hours",
            "Next change": "25 Nov 2026",
        }


class TestAdding:
    def test_asks_for_a_week_only_where_its_hours_count(self, open_page: Open) -> None:
        week = {"Hours", "Working days", "Closed on"}
        page = open_page()
        assert not week & labels(page)

        assert week <= labels(clock(page, Clock.BUSINESS))

    def test_adds_a_client_of_true_hours(self, open_page: Open, desk: Desk) -> None:
        page = open_page()
        fill(page, code="acme", name="Acme Works", time_zone="America/Chicago", hours_to_first_contact=48)

        press(page, "Add client")

        (made,) = promises(desk)
        assert (*made[:3], made[-1]) == ("ACME", 48, "elapsed", "Agreed at the start")
        assert [each.value for each in page.toast] == ["Acme Works added. Next, give it to people on People."]
        assert field(adding(page), "Code").value == "", "the form is empty for the next client"

    def test_adds_a_client_of_open_hours(self, open_page: Open, desk: Desk) -> None:
        page = clock(open_page(), Clock.BUSINESS)
        fill(page, code="ACME", name="Acme Works", time_zone="America/Denver", hours_to_first_contact=9)
        fill(page, hours="7:00-12:00, 13:00-16:30", working_days=[1, 2, 6], closed_on="US-OH")

        press(page, "Add client")

        assert promises(desk)[0][:6] == ("ACME", 9, "business", "07:00-12:00,13:00-16:30", [1, 2, 6], "US-OH")

    @pytest.mark.parametrize(
        ("wrong", "says"),
        [
            ({"code": "A!"}, "The code must be 2 to 16 capital letters, digits or hyphens: write it as in ACME-2."),
            ({"code": "ACME"}, "Another client has this code already: choose another code."),
            ({"name": " "}, "The client's name must have 1 to 80 characters: write it as the client does."),
            ({"time_zone": None}, "This time zone is not known: name it as in America/Chicago."),
            (
                {"hours": "8 to 5"},
                "'8 to 5' is not open hours: write them as in 08:00-17:00, 08:00-12:00,13:00-17:00, 22:00-06:00 or"
                " 00:00-24:00.",
            ),
            (
                {"hours": "08:00-12:00,11:00-17:00"},
                "Two stretches of open hours overlap: let the next begin when the one before has ended.",
            ),
            ({"working_days": []}, "A working week needs at least one day, and hours on it."),
        ],
    )
    def test_says_what_is_wrong_and_keeps_what_was_typed(
        self, open_page: Open, desk: Desk, acme: int, wrong: dict[str, object], says: str
    ) -> None:
        page = clock(adding(open_page()), Clock.BUSINESS)
        told = {"code": "OTHER", "name": "Other Works", "time_zone": "America/Denver", **wrong}
        fill(page, **told)

        press(page, "Add client")

        assert refusals(page) == [says]
        assert {name: field(page, name.replace("_", " ").capitalize()).value for name in told} == told
        assert len(promises(desk)) == 1
