"""The page of the statutory clocks: what is from memory says so, and nothing is set before what it moves was read."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from core.access import Actor
from core.statutes import shipped
from pages import menu
from tests import factories
from tests.conftest import Desk
from tests.core.authorizations.work import log, look
from tests.factories import NOW
from tests.pages.conftest import SitDown

PAGE = str(Path(menu.__file__).parent / "administration" / "clocks.py")

Open = Callable[..., AppTest]


def first_number(jurisdiction: str, kind: str) -> int:
    """Return the number of the first version of a clock that the desk comes with, by which its row is known."""
    return next(n for n, r in enumerate(shipped(), 1) if (r.jurisdiction, r.kind) == (jurisdiction, kind))


@pytest.fixture
def open_page(desk: Desk, sit_down: SitDown, administrator: Actor) -> Open:
    """Open the page as an administrator: on a view, or with the row of a clock open."""

    def run(jurisdiction: str = "", kind: str = "", *, view: str = "") -> AppTest:
        sit_down(administrator)
        page = AppTest.from_file(PAGE, default_timeout=30)
        if view:
            page.session_state["clocks.view"] = view
        if kind:
            page.session_state["clocks.choose"] = first_number(jurisdiction, kind)
        page.run()
        assert not page.exception
        return page

    return run


def field(page: AppTest, label: str) -> Any:
    fields = [*page.selectbox, *page.text_input, *page.text_area, *page.number_input, *page.button_group]
    return next(each for each in fields if each.label == label)


def press(page: AppTest, label: str) -> AppTest:
    next(button for button in page.button if button.label == label).click()
    page.run()
    assert not page.exception
    return page


def row(page: AppTest, state: str, kind: str) -> dict[str, str]:
    [found] = [
        each for each in page.dataframe[0].value.to_dict("records") if (each["State"], each["Kind"]) == (state, kind)
    ]
    return found


def said(page: AppTest) -> str:
    return "\n".join(each.value.replace("\\", "") for each in [*page.markdown, *page.caption, *page.info])


class TestTheList:
    def test_says_how_long_whose_and_how_sure_each_clock_is(self, open_page: Open) -> None:
        page = open_page()
        assert row(page, "OH", "Prospective") == {
            "State": "OH", "Kind": "Prospective", "How sure": "source read",
            "Limit": "3 working days, extended 5 working days", "Whose": "MCO", "Standing": "In force", "Planned": "",
        }  # fmt: skip
        assert row(page, "KY", "Prospective")["How sure"] == "to check"
        assert row(page, "CA", "Information request")["Standing"] == "Ended 31 Mar 2026"
        assert row(page, "TX", "Prospective (non-network)")["Limit"] == "3 working days"
        assert "from memory in some part and not yet checked." in page.caption[0].value

    def test_is_of_one_state_where_that_is_chosen(self, open_page: Open) -> None:
        page = open_page()
        field(page, "State").set_value("GA").run()
        assert {each["State"] for each in page.dataframe[0].value.to_dict("records")} == {"GA"}


class TestAClock:
    def test_tells_its_law_its_lapse_and_a_count_of_tomorrow(self, open_page: Open) -> None:
        page = open_page("OH", "prospective")
        text = said(page)
        assert "**Law:** OAC 4123-6-16.2; BWC MCO Policy Reference Guide" in text
        assert "**If it lapses:** Authorized by lapse only if every condition holds" in text
        [example] = [each.label.replace("\\", "") for each in page.expander]
        assert example == (
            "If it starts tomorrow at 10:00: due Tue 1 Dec 2026, to the end of the day, Eastern time: 3 working days"
            " from Wed 25 Nov 2026, 10:00 EST."
        )
        assert "Thu 26 Nov 2026: not counted. Holiday: Thanksgiving Day." in text

    @pytest.mark.parametrize(
        ("jurisdiction", "kind", "warned"),
        [("KY", "prospective", "From memory."), ("CA", "prospective", "The extension is from memory."), ("OH", "prospective", "")],
    )  # fmt: skip
    def test_that_is_from_memory_says_so(self, open_page: Open, jurisdiction: str, kind: str, warned: str) -> None:
        warnings = [each.value for each in open_page(jurisdiction, kind).warning]
        assert [each.startswith(warned) for each in warnings] == ([True] if warned else [])

    def test_that_is_not_the_desks_says_so(self, open_page: Open) -> None:
        assert "it is not the desk's to meet" in said(open_page("OH", "dispute_request"))

    def test_that_was_checked_says_by_whom_and_against_what(self, open_page: Open, administrator: Actor) -> None:
        page = open_page("KY", "prospective")
        page.session_state["clocks.what"] = "Mark as checked"
        page.run()
        press(page, "Mark as checked")
        assert [each.value for each in page.error] == [
            "What it was checked against is missing: say why, in at most 300 characters."
        ]
        field(page, "Checked against").set_value("803 KAR 25:195, edition of 2026")
        press(page, "Mark as checked")

        assert [toast.value for toast in page.toast] == ["Checked: KY, Prospective."]
        assert not page.warning
        assert row(page, "KY", "Prospective")["How sure"] == "checked"
        assert f"Checked by {administrator.name}" in said(page)
        assert "803 KAR 25:195, edition of 2026" in said(page)


class TestAVersion:
    def version(self, page: AppTest) -> AppTest:
        page.session_state["clocks.what"] = "New version"
        page.run()
        assert not page.exception
        return page

    def test_says_what_it_would_move_before_it_is_put_in_force(self, open_page: Open) -> None:
        page = self.version(open_page("OH", "prospective"))
        assert [each.value for each in page.info] == [
            "No request that is open now would be due otherwise: what has started keeps the text it started under."
        ]
        field(page, "Limit").set_value(2)
        field(page, "Law").set_value("OAC 4123-6-16.3")
        field(page, "Reason for the version").set_value("Amended.").run()
        press(page, "Put in force")

        assert [toast.value for toast in page.toast] == [
            "OH, Prospective: 2 working days, extended 5 working days from 24 Nov 2026 on."
        ]
        listed = row(page, "OH", "Prospective")
        assert (listed["Limit"], listed["How sure"]) == (
            "2 working days, extended 5 working days",
            "to check",
        )

    def test_is_rehearsed_when_that_is_asked_and_as_long_as_it_says_the_same(
        self, open_page: Open, client: int
    ) -> None:
        claim = factories.claim(client, jurisdiction="CA")
        for _ in range(5):
            factories.authorization(client, claim, received_at=NOW - timedelta(days=20))
        page = self.version(open_page("CA", "prospective"))
        assert "Rehearsal" not in said(page)
        press(page, "Rehearse")
        assert "Rehearsal over the last 90 days: 5 of 5 requests late as it was; 5 would have been" in said(page)
        field(page, "Limit").set_value(30).run()
        assert "Rehearsal" not in said(page)

    def test_is_planned_and_withdrawn(self, open_page: Open) -> None:
        page = self.version(open_page("OH", "prospective"))
        field(page, "Limit").set_value(2)
        field(page, "From, Eastern time").set_value("12/01/2026")
        field(page, "Reason for the version").set_value("Amended.").run()
        press(page, "Plan this version")
        assert row(page, "OH", "Prospective")["Planned"] == "1 Dec 2026"

        press(page, "Withdraw the version")
        assert "Say which planned version is withdrawn." in [each.value for each in page.error]
        field(page, "Planned version").select_index(0)
        field(page, "Why it is withdrawn").set_value("Not enacted.")
        press(page, "Withdraw the version")
        assert row(page, "OH", "Prospective")["Planned"] == ""
        assert "Not enacted." in said(page)

    def test_that_is_refused_is_told_above_the_button_and_stays(self, open_page: Open) -> None:
        page = self.version(open_page("OH", "prospective"))
        field(page, "Limit").set_value(2)
        press(page, "Put in force")
        assert [each.value for each in page.error] == [
            "The reason for the rule is missing: say why, in at most 300 characters."
        ]
        assert field(page, "Limit").value == 2


class TestDaysOff:
    def test_are_listed_by_state_and_year_and_changed(self, open_page: Open, administrator: Actor) -> None:
        page = open_page(view="Days off")
        field(page, "State").set_value("NY").run()
        days = {each["Day"]: each for each in page.dataframe[0].value.to_dict("records")}
        assert days["Tue 3 Nov 2026"]["Then"] == "Counts"
        assert days["Thu 26 Nov 2026"] == {
            "Day": "Thu 26 Nov 2026", "Holiday": "Thanksgiving Day", "Then": "Off", "Why": "source read, General Construction Law 24 as printed in a bill of 2025"
        }  # fmt: skip

        field(page, "Day").set_value("11/03/2026")
        field(page, "Name of the day").set_value("General Election Day")
        field(page, "Reason").set_value("General Construction Law 24.")
        press(page, "Change the days off")

        assert [toast.value for toast in page.toast] == [
            "New York: Tue 3 Nov 2026 is off for clocks that start from now on."
        ]
        days = {each["Day"]: each for each in page.dataframe[0].value.to_dict("records")}
        assert days["Tue 3 Nov 2026"]["Then"] == "Off"
        assert days["Tue 3 Nov 2026"]["Why"].startswith(f"Added by {administrator.name}")

    def test_are_rehearsed_once_a_day_is_chosen(self, open_page: Open) -> None:
        page = open_page(view="Days off")
        field(page, "State").set_value("CA").run()
        assert "Rehearse" not in [button.label for button in page.button]
        field(page, "Day").set_value("10/13/2026").run()
        press(page, "Rehearse")
        assert "Rehearsal over the last 90 days: no request began in them." in said(page)

    def test_of_a_state_whose_list_nobody_read_are_those_that_are_added(self, open_page: Open) -> None:
        page = open_page(view="Days off")
        field(page, "State").set_value("KY").run()
        assert "No list of the holidays of Kentucky was read" in said(page)
        assert not page.dataframe

    def test_that_cannot_be_are_told(self, open_page: Open) -> None:
        page = open_page(view="Days off")
        press(page, "Change the days off")
        assert [each.value for each in page.error] == ["Say which day."]
        field(page, "Day").set_value("12/26/2026")
        field(page, "Name of the day").set_value("Boxing Day")
        field(page, "Reason").set_value("x")
        press(page, "Change the days off")
        assert [each.value for each in page.error] == [
            "That day is a Saturday or a Sunday, which no clock counts as a working day."
        ]


class TestFollowUps:
    def test_say_how_often_who_is_asked_and_when_others_are_to_know(self, open_page: Open) -> None:
        text = said(open_page(view="Follow-ups"))
        assert "With 5 days left or more: again after 2 days." in text
        assert "With less left, or overdue: after 1 h." in text
        assert "Offices are asked from 08:00 to 17:00 of their working days." in text
        assert (
            "To clinical staff after 3 follow-ups without an answer, or with less than 25 % of the clock left" in text
        )
        assert "**In force** · :gray[what the desk comes with]" in text

    def test_say_what_a_cadence_would_move_and_move_it_when_it_is_put_in_force(
        self, open_page: Open, client: int, va: Actor
    ) -> None:
        key = log(va, client, factories.claim(client, jurisdiction="CA"))
        before = look(va, key).frame.follow_up_at
        page = open_page(view="Follow-ups")
        field(page, "Who is asked").set_value("reviewer").run()
        assert [each.value for each in page.info] == [
            "No request that is open now would be followed up at another time."
        ]
        field(page, "1. Again after, hours").set_value(4)
        for number in (2, 3):
            field(page, f"{number}. Again after, hours").set_value(4)
        page.run()
        [info] = page.info
        assert info.value.replace("\\", "").startswith("The next follow-up of 1 open request would move: ")
        assert info.value.replace("\\", "").endswith(" 1 earlier.")
        press(page, "Put in force")
        assert [each.value for each in page.error] == [
            "The reason for the rule is missing: say why, in at most 300 characters."
        ]
        field(page, "Reason for the cadence").set_value("Reviewers asked for it.")
        press(page, "Put in force")

        assert [toast.value for toast in page.toast] == [
            "Reviewing physician: followed up by this cadence from 24 Nov 2026 on."
        ]
        assert look(va, key).frame.follow_up_at < before
        assert "Reviewers asked for it." in said(page)

    def test_refuse_what_does_not_come_closer_together(self, open_page: Open) -> None:
        page = open_page(view="Follow-ups")
        field(page, "2. Again after, hours").set_value(72)
        field(page, "Reason for the cadence").set_value("x")
        press(page, "Put in force")
        [error] = page.error
        assert error.value.startswith("Say 1 to 8 steps, the longest time left first")
        assert field(page, "2. Again after, hours").value == 72

    def test_are_rehearsed(self, open_page: Open) -> None:
        page = open_page(view="Follow-ups")
        press(page, "Rehearse")
        assert "Rehearsal over the last 90 days: no follow-up began in them." in said(page)

    def test_are_planned_and_withdrawn(self, open_page: Open) -> None:
        page = open_page(view="Follow-ups")
        field(page, "Without a date, hours").set_value(24)
        field(page, "From, Eastern time").set_value("12/01/2026")
        field(page, "Reason for the cadence").set_value("Agreed.").run()
        press(page, "Plan this cadence")
        assert "**Planned** · :gray[from 1 Dec 2026 on" in said(page)

        press(page, "Withdraw the cadence")
        assert "Say which planned cadence is withdrawn." in [each.value for each in page.error]
        field(page, "Planned cadence").select_index(0)
        field(page, "Why it is withdrawn").set_value("Not agreed.")
        press(page, "Withdraw the cadence")
        assert "**Withdrawn**" in said(page)
        assert "Not agreed." in said(page)


class TestATrial:
    def test_counts_in_words_and_keeps_nothing(self, open_page: Open) -> None:
        page = open_page(view="Try it")
        field(page, "State").set_value("CA").run()
        field(page, "Received, Pacific time").set_value("06/05/2026 17:45").run()
        assert "**Due Fri 12 Jun 2026" in said(page)
        field(page, "How it came").set_value("fax").run()
        text = said(page)
        assert "**Due Mon 15 Jun 2026, to the end of the day, Pacific time: 5 working days from Mon 8 Jun 2026" in text
        assert "Received by fax after 17:30: it counts as received on Mon 8 Jun 2026." in text
        assert "A late decision is void, which is no approval" in text

    def test_says_where_there_is_no_clock(self, open_page: Open) -> None:
        page = open_page(view="Try it")
        field(page, "State").set_value("TX").run()
        field(page, "Claim").set_value(True).run()
        assert "This clock is not for a claim in a certified network." in said(page)
