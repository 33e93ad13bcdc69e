"""The page Triage calls: the diary of a day and a week, and the calendars behind it."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from streamlit.testing.v1 import AppTest

from core.access import Actor, Role
from pages import menu
from tests import factories
from tests.conftest import Desk
from tests.core.triage import work
from tests.pages.conftest import SitDown

PAGE = str(Path(menu.__file__).parent / "coordination" / "triage_calls.py")
TEN = datetime(2026, 11, 24, 10, 0, tzinfo=ZoneInfo("America/Chicago"))

Open = Callable[[Actor], AppTest]


@pytest.fixture
def open_page(sit_down: SitDown) -> Open:
    def run(person: Actor) -> AppTest:
        sit_down(person)
        page = AppTest.from_file(PAGE, default_timeout=30).run()
        assert not page.exception
        return page

    return run


def field(page: AppTest, label: str) -> Any:
    return next(each for each in page.text_input if each.label == label)


def typed(page: AppTest, label: str, text: str) -> None:
    field(page, label).input(text)


def hours(page: AppTest, label: str) -> str:
    return str(field(page, label).value)


def press(page: AppTest, label: str) -> None:
    next(button for button in page.button if button.label == label).click()
    page.run()
    assert not page.exception


def diary(page: AppTest) -> str:
    [drawn] = [each.proto.body for each in page.get("html") if "desk-diary" in each.proto.body]
    return drawn


class TestTheDiary:
    def test_of_a_day_has_each_clinicians_calls_with_the_workers_time_and_no_name(
        self, open_page: Open, desk: Desk, client: int, va: Actor
    ) -> None:
        dana, other = work.clinician(desk, client), work.clinician(desk, client, licences=["NY"])
        claim = factories.claim(client, family_name="Secretname", jurisdiction="NY")
        work.book(va, client, claim, other, TEN)

        drawn = diary(open_page(va))

        assert dana.name in drawn
        assert "10:00 C-" in drawn
        assert "11:00 EST in NY" in drawn
        assert f"/claim?client={client}&amp;claim={claim}" in drawn
        assert "Secretname" not in drawn

    @pytest.mark.parametrize(
        ("told", "marks"),
        [
            ("update injured_worker set do_not_contact = 'Hidden reason.'", ["Not to be contacted"]),
            ("insert into representative (client_id, claim_id, name) select client_id, claim_id, 'Attorneyname' from claim",
             ["Represented"]),
            ("insert into representative (client_id, claim_id, name, permits)"
             " select client_id, claim_id, 'Attorneyname', true from claim", []),
        ],
        ids=["not to be contacted", "represented", "permitted"],
    )  # fmt: skip
    def test_marks_a_worker_who_is_not_to_be_contacted_or_is_represented_and_says_no_more(
        self, open_page: Open, desk: Desk, client: int, va: Actor, boss: Actor, told: str, marks: list[str]
    ) -> None:
        dana, claim = work.clinician(desk, client), factories.claim(client)
        desk.maker.execute(told)
        work.book(boss, client, claim, dana, TEN, override="Agreed with the representative.")

        drawn = diary(open_page(va))

        assert re.findall("</i> ([^<]+)</small>", drawn) == marks
        assert "Hidden reason" not in drawn
        assert "Attorneyname" not in drawn

    def test_of_another_clients_call_says_only_that_the_time_is_taken(
        self, open_page: Open, desk: Desk, client: int, va: Actor
    ) -> None:
        other = factories.client()
        both = work.clinician(desk, client, other)
        work.book(factories.staff(Role.VA, other), other, factories.claim(other), both, TEN)

        drawn = diary(open_page(va))

        assert "Taken" in drawn
        assert "10:00 C-" not in drawn

    def test_of_a_week_is_of_one_clinician(self, open_page: Open, desk: Desk, client: int, va: Actor) -> None:
        dana = work.clinician(desk, client)
        work.book(va, client, factories.claim(client), dana, TEN + timedelta(days=2))
        page = open_page(dana)
        assert "10:00 C-" not in diary(page)

        page.session_state["diary.span"] = "Week"
        page.run()

        assert "10:00 C-" in diary(page)
        assert "Thu 26 Nov" in diary(page)

    def test_goes_on_by_a_day(self, open_page: Open, desk: Desk, client: int, va: Actor) -> None:
        work.book(va, client, factories.claim(client), work.clinician(desk, client), TEN + timedelta(days=1))
        page = open_page(va)

        next(button for button in page.button if button.key == "diary.On").click()
        page.run()

        assert "10:00 C-" in diary(page)

    def test_says_what_to_do_where_nobody_makes_calls(self, open_page: Open, client: int, va: Actor) -> None:
        assert [each.value for each in open_page(va).info] == [
            "Nobody makes triage calls for these clients yet: clinicians set their hours below."
        ]


class TestACalendar:
    def test_is_set_by_the_clinician_and_shown_at_once(self, open_page: Open, client: int, nurse: Actor) -> None:
        page = open_page(nurse)
        next(each for each in page.text_input if each.label == "Tue").input("09:00-11:00")
        next(button for button in page.button if button.label == "Save calendar").click()
        page.run()

        assert not page.exception
        assert diary(page).count('class="open"') == 4

    def test_has_hours_for_several_days_at_once_which_are_saved_with_the_others(
        self, open_page: Open, desk: Desk, client: int, nurse: Actor
    ) -> None:
        page = open_page(nurse)
        typed(page, "Sat", "10:00-12:00")
        typed(page, "Their hours", "08:00-16:00")
        press(page, "Fill in")
        assert [hours(page, day) for day in ("Mon", "Fri", "Sat", "Sun")] == [
            "08:00-16:00", "08:00-16:00", "10:00-12:00", "",
        ]  # fmt: skip
        typed(page, "Fri", "08:00-12:00")
        press(page, "Save calendar")

        with desk.owner() as db:
            saved = db.execute("select hours from clinician where staff_id = %s", (nurse.staff_id,)).fetchone()
        assert saved == (["08:00-16:00"] * 4 + ["08:00-12:00", "10:00-12:00", ""],)

    def test_keeps_hours_that_are_not_saved_yet_when_time_off_is_added(
        self, open_page: Open, client: int, nurse: Actor
    ) -> None:
        page = open_page(nurse)
        tuesday, begins = field(page, "Tue").key, field(page, "From").key
        typed(page, "From", "11/25/2026 09:00")
        typed(page, "Until", "11/25/2026 17:00")
        press(page, "Add time off")

        assert "Withdraw" in {button.label for button in page.button}
        assert field(page, "Tue").key == tuesday, "the same field, in which the browser keeps what is typed"
        assert field(page, "From").key != begins

    def test_that_cannot_be_read_says_how_to_write_it(self, open_page: Open, client: int, nurse: Actor) -> None:
        page = open_page(nurse)
        next(each for each in page.text_input if each.label == "Tue").input("nine to five")
        next(button for button in page.button if button.label == "Save calendar").click()
        page.run()

        assert "08:00-17:00" in page.error[0].value

    def test_is_not_for_a_va(self, open_page: Open, client: int, va: Actor) -> None:
        assert not open_page(va).expander
