"""Name and zone from a day on, and the days that are closed."""

from datetime import date
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from core import clients
from core.access import Actor
from core.calendars import BusinessWeek
from core.clocks import Clock
from core.transactions import acting
from tests.conftest import Desk
from tests.factories import NOW
from tests.pages.clients.clients_page import MIDNIGHT, Open, choose, examples, field, fill, press, refusals


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
