"""The page Clients: what was promised to whom, adding a client, and changing a promise from a day on."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from streamlit.testing.v1 import AppTest

from core import client_changes, clients
from core.access import Actor
from core.calendars import BusinessWeek
from core.clocks import Clock
from core.open_hours import stretches
from core.transactions import acting
from pages import menu
from tests.conftest import Desk
from tests.factories import NOW
from tests.pages.conftest import SitDown, as_typed

PAGE = str(Path(menu.__file__).parent / "administration" / "clients.py")
CHICAGO = ZoneInfo("America/Chicago")
BEGINS = "Begins, Central time"
MIDNIGHT = datetime(2026, 11, 25, tzinfo=CHICAGO)

Open = Callable[[], AppTest]


@pytest.fixture
def open_page(sit_down: SitDown, administrator: Actor) -> Open:
    """Open the page as an administrator."""

    def run() -> AppTest:
        sit_down(administrator)
        page = AppTest.from_file(PAGE, default_timeout=30).run()
        assert not page.exception
        return page

    return run


@pytest.fixture
def acme(administrator: Actor) -> int:
    with acting(administrator) as tx:
        return clients.add(
            administrator, tx, code="ACME", name="Acme Works", timezone="America/Chicago", hours=24,
            clock=Clock.ELAPSED, week=BusinessWeek("America/Chicago"), at=NOW,
        )  # fmt: skip


def field(page: AppTest, label: str) -> Any:
    kinds = [*page.text_input, *page.selectbox, *page.number_input]
    kinds += page.button_group
    return next(each for each in kinds if each.label == label)


def labels(page: AppTest) -> set[str]:
    kinds = (
        page.text_input,
        page.selectbox,
        page.number_input,
        page.button_group,
    )
    return {each.label for kind in kinds for each in kind}


def fill(page: AppTest, **said: object) -> None:
    for name, value in said.items():
        field(page, name.replace("_", " ").capitalize()).set_value(as_typed(value))


def press(page: AppTest, label: str) -> AppTest:
    next(button for button in page.button if button.label == label).click()
    page.run()
    assert not page.exception
    return page


def choose(page: AppTest, client_id: int, what: str = "Promise") -> AppTest:
    """Open a client's row, and what is to be seen of it."""
    row = page.session_state["clients.drawn"].index(client_id)
    page.session_state["clients.list"] = {"selection": {"rows": [row]}}
    page.run()
    if what != "Promise":
        field(page, "What to see").set_value(what).run()
    assert not page.exception
    return page


def adding(page: AppTest) -> AppTest:
    """Open the form that adds a client, where it is not the only thing there is."""
    for button in page.button:
        if button.label == "Add a client":
            button.click()
    page.run()
    assert not page.exception
    return page


def examples(page: AppTest) -> list[str]:
    return [each.value.split("Example: ")[1].replace("\\", "") for each in page.caption if "Example: " in each.value]


def clock(page: AppTest, chosen: Clock, form: int = -1) -> AppTest:
    """Choose the clock in the last form, which adds a client, or in the first, which changes a promise."""
    [each for each in page.button_group if each.label == "Which hours count"][form].set_value(chosen).run()
    assert not page.exception
    return page


def refusals(page: AppTest) -> list[str]:
    return [each.value for each in page.error]


def promises(desk: Desk) -> list[tuple[Any, ...]]:
    with desk.owner() as db:
        return db.execute(
            "select code, hours, clock, open_hours, working_days, calendar, effective_from, reason"
            " from sla_policy join client using (client_id) order by effective_from"
        ).fetchall()


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


class TestNameAndZone:
    def test_a_name_is_saved_at_once(self, open_page: Open, acme: int) -> None:
        page = choose(open_page(), acme, "Name and zone")
        fill(page, name="Acme Iron")

        press(page, "Save name and zone")

        assert page.dataframe[0].value["Name"].tolist() == ["Acme Iron"]

    def test_a_zone_begins_at_the_next_midnight_unless_told(self, open_page: Open, desk: Desk, acme: int) -> None:
        page = choose(open_page(), acme, "Name and zone")
        fill(page, time_zone="America/Denver")
        page.run()
        assert "Acme Works is on Mountain time from Wed 25 Nov 2026, 00:00 CST on." in [
            each.value for each in page.caption
        ]

        press(page, "Save name and zone")

        assert page.toast[0].value == "Acme Works is saved: on Mountain time from Wed 25 Nov 2026, 00:00 CST on."
        assert page.dataframe[0].value["Next change"].tolist() == ["25 Nov 2026"]
        assert (
            ":material/schedule: Planned: Mountain time from Wed 25 Nov 2026, 00:00 CST on."
            " It can be withdrawn under Promise."
        ) in [each.value for each in page.caption]
        with desk.owner() as db:
            zones = db.execute("select timezone, effective_from from sla_policy order by effective_from").fetchall()
        assert zones[1] == ("America/Denver", MIDNIGHT)


class TestClosedDays:
    @pytest.fixture
    def open_days(self, open_page: Open, administrator: Actor) -> Open:
        """Open the closed days of a client that works Monday to Friday."""
        with acting(administrator) as tx:
            client_id = clients.add(
                administrator, tx, code="ERIE", name="Erie Foundry", timezone="America/Chicago", hours=9,
                clock=Clock.BUSINESS, week=BusinessWeek("America/Chicago", calendar="US-OH"), at=NOW,
            )  # fmt: skip

        def run() -> AppTest:
            page = open_page()
            choose(page, client_id, "Closed days")
            assert not page.exception
            return page

        return run

    def rows(self, page: AppTest) -> list[dict[str, str]]:
        found: list[dict[str, str]] = page.dataframe[1].value.to_dict("records")
        return found

    def test_are_listed_for_the_coming_two_years(self, open_days: Open) -> None:
        rows = self.rows(open_days())

        assert rows[0] == {
            "Day": "Thu 26 Nov 2026", "Holiday": "Thanksgiving Day", "Then": "Closed", "Why": "Holidays of Ohio",
        }  # fmt: skip
        assert rows[-1]["Day"] == "Thu 23 Nov 2028"
        assert "Fri 24 Dec 2027" not in {row["Day"] for row in rows}, "Ohio moves no Saturday"

    def test_show_what_the_change_comes_to(self, open_days: Open) -> None:
        page = open_days()
        field(page, "Day").set_value("12/24/2026")
        page.run()

        assert examples(page) == [
            "Wed 23 Dec 2026, 16:00 CST → due Mon 28 Dec 2026, 16:00 CST, in place of Thu 24 Dec 2026, 16:00 CST"
        ]

    def test_can_be_more(self, open_days: Open, administrator: Actor) -> None:
        page = open_days()
        field(page, "Day").set_value("12/24/2026")
        fill(page, closed_for="Founder's Day", reason="Agreed in May")

        press(page, "Change closed days")

        assert [each.value for each in page.toast] == [
            "Erie Foundry: Thu 24 Dec 2026 is closed for what is reported from Wed 25 Nov 2026, 00:00 CST on."
        ]
        assert self.rows(page)[1] == {
            "Day": "Thu 24 Dec 2026", "Holiday": "Founder's Day", "Then": "Closed",
            "Why": f"Added by {administrator.name} for reports from Wed 25 Nov 2026, 00:00 CST: Agreed in May",
        }  # fmt: skip

    def test_can_be_fewer(self, open_days: Open, administrator: Actor) -> None:
        page = open_days()
        next(each for each in page.button_group if each.label == "What changes").set_value("Take a day out").run()
        field(page, "Day").set_value(date(2026, 11, 26))
        fill(page, reason="Agreed in May")

        press(page, "Change closed days")

        assert self.rows(page)[0] == {
            "Day": "Thu 26 Nov 2026", "Holiday": "Thanksgiving Day", "Then": "Worked",
            "Why": f"Taken out by {administrator.name} for reports from Wed 25 Nov 2026, 00:00 CST: Agreed in May",
        }  # fmt: skip

    def test_that_are_planned_can_be_withdrawn(self, open_days: Open, desk: Desk) -> None:
        page = open_days()
        assert "Withdraw a planned change" not in self.choice(page).options
        field(page, "Day").set_value("12/24/2026")
        fill(page, closed_for="Founder's Day", reason="Agreed in May")
        press(page, "Change closed days")

        self.choice(page).set_value("Withdraw a planned change").run()
        planned = field(page, "Planned change")
        said = "Thu 24 Dec 2026: Founder's Day, closed for reports from Wed 25 Nov 2026, 00:00 CST"
        assert planned.options == [said]
        planned.select_index(0)
        fill(page, why_it_is_withdrawn="Not agreed")
        press(page, "Withdraw the change")

        assert [each.value for each in page.toast] == ["Erie Foundry: the change of Thu 24 Dec 2026 is withdrawn."]
        assert "Founder's Day" not in [row["Holiday"] for row in self.rows(page)]

    def choice(self, page: AppTest) -> Any:
        return next(each for each in page.button_group if each.label == "What changes")

    def test_say_what_is_wrong_and_keep_what_was_typed(self, open_days: Open, desk: Desk) -> None:
        page = open_days()
        fill(page, closed_for="Founder's Day", reason="Agreed in May")
        press(page, "Change closed days")
        assert refusals(page) == ["Say which day."]

        field(page, "Day").set_value("12/25/2026")
        press(page, "Change closed days")

        assert refusals(page) == ["That day is closed already: Christmas Day."]
        assert field(page, "Closed for").value == "Founder's Day"

    def test_say_that_they_move_no_deadline_where_true_hours_are_promised(self, open_page: Open, acme: int) -> None:
        page = open_page()
        choose(page, acme, "Closed days")

        assert any("true hours, which run on every day" in each.value for each in page.caption)
