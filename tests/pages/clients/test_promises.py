"""Changing what is promised, planning it, and the example of each choice."""

from datetime import UTC, datetime, timedelta

import pytest
from streamlit.testing.v1 import AppTest

from core import client_changes, clients
from core.access import Actor
from core.calendars import BusinessWeek
from core.clocks import Clock
from core.open_hours import stretches
from core.transactions import acting
from tests import factories
from tests.conftest import Desk
from tests.factories import NOW
from tests.pages.clients.clients_page import (
    BEGINS,
    CHICAGO,
    MIDNIGHT,
    Open,
    choose,
    clock,
    examples,
    field,
    fill,
    press,
    promises,
    refusals,
)
from tests.pages.conftest import as_typed


class TestRehearsing:
    def test_says_by_client_what_the_promise_would_have_meant(self, open_page: Open, acme: int) -> None:
        for _ in range(5):
            factories.claim(acme, reported_at=NOW - timedelta(hours=15))
        page = choose(open_page(), acme)
        page.number_input[0].set_value(12).run()
        press(page, "Rehearse")
        assert [each.value.replace("\\", "") for each in page.info] == [
            "Rehearsal over the last 90 days: 0 of 5 claims late as it was; 5 would have been, of them 5 newly late."
            " 0 would no longer be."
        ]
        page.number_input[0].set_value(13).run()
        assert not page.info


class TestChanging:
    def test_asks_which_of_the_two_where_its_beginning_comes_twice(
        self, open_page: Open, desk: Desk, acme: int
    ) -> None:
        page = choose(open_page(), acme)
        field(page, BEGINS).set_value("11/07/2027 01:30")
        fill(page, reason="A new contract", hours_to_first_contact=12)

        press(page, "Change promise")
        assert refusals(page) == ["01:30 comes twice that night: choose which of the two is meant."]
        page.radio[0].set_value(1)
        press(page, "Change promise")

        assert promises(desk)[-1][-2] == datetime(2027, 11, 7, 7, 30, tzinfo=UTC)

    def test_begins_on_the_next_day_of_the_client_unless_told(self, open_page: Open, desk: Desk, acme: int) -> None:
        page = choose(open_page(), acme)
        fill(page, reason="A new contract")
        page.number_input[0].set_value(12)

        press(page, "Change promise")

        code, hours, *_, begins, reason = promises(desk)[-1]
        assert (code, hours, begins, reason) == ("ACME", 12, MIDNIGHT, "A new contract")
        assert [each.value for each in page.toast] == ["Acme Works: another promise from Wed 25 Nov 2026, 00:00 CST."]

    def test_starts_from_what_is_promised(self, open_page: Open, administrator: Actor) -> None:
        with acting(administrator) as tx:
            client_id = clients.add(
                administrator, tx, code="LAKE", name="Lake", timezone="America/New_York", hours=9, clock=Clock.BUSINESS,
                week=BusinessWeek("America/New_York", stretches("22:00-06:00"), frozenset({2, 3}), "US-OH"), at=NOW,
            )  # fmt: skip

        page = choose(open_page(), client_id)

        assert page.number_input[0].value == 9
        assert field(page, "Hours").value == "22:00-06:00"
        assert field(page, "Working days").value == [2, 3]
        assert field(page, "Closed on").value == "US-OH"
        assert "Promised since the start: 9 h, open 22:00–06:00, Tue, Wed, holidays of Ohio." in [
            each.value for each in page.caption
        ]

    def test_says_what_is_wrong_and_keeps_what_was_typed(self, open_page: Open, desk: Desk, acme: int) -> None:
        page = choose(open_page(), acme)
        wall = NOW.astimezone(CHICAGO).replace(tzinfo=None)
        a_minute = timedelta(minutes=1)
        field(page, BEGINS).set_value(as_typed(wall - a_minute))
        page.number_input[0].set_value(12)
        fill(page, reason="A new contract")

        press(page, "Change promise")

        assert refusals(page) == ["The beginning of a changed promise must not lie in the past: choose a later time."]
        assert field(page, BEGINS).value == as_typed(wall - a_minute)
        assert (page.number_input[0].value, field(page, "Reason").value) == (12, "A new contract")
        assert len(promises(desk)) == 1

        field(page, BEGINS).set_value(as_typed(wall + a_minute))
        press(page, "Change promise")

        assert promises(desk)[-1][6] == NOW + a_minute

    def test_tells_who_comes_second_and_lets_a_second_look_decide(
        self, open_page: Open, desk: Desk, administrator: Actor, acme: int
    ) -> None:
        page = choose(open_page(), acme)
        with acting(administrator) as tx:
            client_changes.promise(
                administrator, tx, client_id=acme, hours=6, clock=Clock.ELAPSED, week=BusinessWeek("America/Chicago"),
                effective_from=MIDNIGHT, reason="Agreed", seen=1, at=NOW,
            )  # fmt: skip
        fill(page, reason="A new contract", hours_to_first_contact=12)

        press(page, "Change promise")
        assert refusals(page) == [
            "This client was changed by somebody else meanwhile: look at what is promised now, then send yours again."
        ]
        assert page.dataframe[0].value["Next change"][0] == "25 Nov 2026"

        press(page, "Change promise")
        assert refusals(page) == ["Another promise to this client begins at that very time: choose another time."]
        assert len(promises(desk)) == 2


class TestExamples:
    """What is being chosen shows what it comes to, before it is saved."""

    def test_of_a_promise_follow_each_choice(self, open_page: Open, desk: Desk, acme: int) -> None:
        page = choose(open_page(), acme)
        assert examples(page) == ["Fri 27 Nov 2026, 16:00 CST → due Sat 28 Nov 2026, 16:00 CST"]

        clock(page, Clock.BUSINESS, 0)
        fill(page, hours_to_first_contact=15)
        page.run()

        assert examples(page) == ["Fri 27 Nov 2026, 16:00 CST → due Tue 1 Dec 2026, 13:00 CST"]
        assert len(promises(desk)) == 1

    def test_of_a_new_client_are_in_its_zone(self, open_page: Open) -> None:
        page = open_page()
        assert examples(page) == []
        fill(page, time_zone="America/Denver")
        page.run()

        assert examples(page) == ["Fri 27 Nov 2026, 16:00 MST → due Sat 28 Nov 2026, 16:00 MST"]

    def test_of_another_zone_are_in_that_one(self, open_page: Open, acme: int) -> None:
        page = choose(open_page(), acme, "Name and zone")
        fill(page, time_zone="America/Denver")
        page.run()

        assert examples(page) == ["Fri 27 Nov 2026, 16:00 MST → due Sat 28 Nov 2026, 16:00 MST"]


class TestPlanned:
    @pytest.fixture
    def planned(self, administrator: Actor, acme: int) -> int:
        """A client that is promised 6 h from midnight on; its id."""
        with acting(administrator) as tx:
            client_changes.promise(
                administrator, tx, client_id=acme, hours=6, clock=Clock.ELAPSED, week=BusinessWeek("America/Chicago"),
                effective_from=MIDNIGHT, reason="Agreed", seen=1, at=NOW,
            )  # fmt: skip
        return acme

    def chosen(self, page: AppTest, planned: int) -> AppTest:
        choose(page, planned)
        page.radio(key=f"clients.planned.{planned}").set_value(MIDNIGHT).run()
        assert not page.exception
        return page

    def test_is_changed(self, open_page: Open, desk: Desk, planned: int) -> None:
        page = self.chosen(open_page(), planned)
        assert field(page, "Hours to first contact").value == 6
        fill(page, hours_to_first_contact=12, reason="Agreed anew")

        press(page, "Change planned promise")

        assert [(row[1], row[6], row[7]) for row in promises(desk)][1:] == [(12, MIDNIGHT, "Agreed anew")]
        assert page.toast[0].value == (
            "Acme Works: the planned promise is changed; it begins Wed 25 Nov 2026, 00:00 CST."
        )

    def test_is_withdrawn_by_a_button_that_says_so(self, open_page: Open, desk: Desk, planned: int) -> None:
        page = self.chosen(open_page(), planned)
        assert "Then this goes on: 24 h, true hours." in [each.value for each in page.caption]

        press(page, "Withdraw the promise from Wed 25 Nov 2026, 00:00 CST")
        assert refusals(page) == ["The reason for the change is missing: say why, in at most 300 characters."]
        fill(page, why_it_is_withdrawn="Not signed")
        press(page, "Withdraw the promise from Wed 25 Nov 2026, 00:00 CST")

        assert len(promises(desk)) == 1
        assert not page.radio

    def test_that_was_withdrawn_meanwhile_is_told_and_nothing_typed_is_lost(
        self, open_page: Open, desk: Desk, administrator: Actor, planned: int
    ) -> None:
        page = choose(open_page(), planned)
        fill(page, hours_to_first_contact=12, reason="Agreed anew")
        with acting(administrator) as tx:
            client_changes.withdraw(
                administrator, tx, client_id=planned, planned_from=MIDNIGHT, reason="x", seen=2, at=NOW
            )

        press(page, "Change promise")

        assert refusals(page)[0].startswith("This client was changed by somebody else meanwhile")
        assert (field(page, "Hours to first contact").value, field(page, "Reason").value) == (12, "Agreed anew")
        assert len(promises(desk)) == 1

    def test_being_changed_when_it_is_withdrawn_stays_as_typed(
        self, open_page: Open, administrator: Actor, planned: int
    ) -> None:
        page = self.chosen(open_page(), planned)
        fill(page, hours_to_first_contact=12, reason="Agreed anew")
        with acting(administrator) as tx:
            client_changes.withdraw(
                administrator, tx, client_id=planned, planned_from=MIDNIGHT, reason="x", seen=2, at=NOW
            )

        press(page, "Change planned promise")
        assert refusals(page)[0].startswith("This client was changed by somebody else meanwhile")
        press(page, "Change planned promise")

        assert refusals(page) == ["This promise is no longer planned: look at what is promised now."]
        assert (field(page, "Hours to first contact").value, field(page, "Reason").value) == (12, "Agreed anew")


def test_a_promise_that_is_no_other_is_refused_in_words(open_page: Open, desk: Desk, acme: int) -> None:
    page = choose(open_page(), acme)
    fill(page, reason="A new contract")

    press(page, "Change promise")

    assert refusals(page) == ["This is what is promised then already: change the hours, the clock or the week."]
    assert len(promises(desk)) == 1
