"""The page Triage calls: the diary of a day and a week, and the calendars behind it."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
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

    def test_that_cannot_be_read_says_how_to_write_it(self, open_page: Open, client: int, nurse: Actor) -> None:
        page = open_page(nurse)
        next(each for each in page.text_input if each.label == "Tue").input("nine to five")
        next(button for button in page.button if button.label == "Save calendar").click()
        page.run()

        assert "08:00-17:00" in page.error[0].value

    def test_is_not_for_a_va(self, open_page: Open, client: int, va: Actor) -> None:
        assert not open_page(va).expander
