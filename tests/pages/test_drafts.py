"""A form that is drawn again holds what was typed into it and not sent; once it is sent, it is empty."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, time, timedelta
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from core import drafts
from core.access import Actor, Role
from core.drafts import Form
from core.transactions import transaction
from pages import menu
from tests import factories
from tests.conftest import Desk
from tests.factories import NOW
from tests.pages.conftest import SitDown

MENU = str(Path(menu.__file__))
CLAIM = str(Path(menu.__file__).parent / "coordination" / "claim.py")


def keep(actor: Actor, form: Form, fields: Mapping[str, str], *, at: datetime = NOW) -> None:
    with transaction(actor) as tx:
        drafts.keep(actor, tx, form=form, request=drafts.new_request(at=at), fields=fields, at=at)


def open_claim(client: int, claim: int, tab: str = "Overview") -> AppTest:
    page = AppTest.from_file(CLAIM, default_timeout=30)
    page.query_params["client"], page.query_params["claim"] = str(client), str(claim)
    page.query_params["tab"] = tab
    page.run()
    assert not page.exception
    return page


def press(page: AppTest, label: str) -> AppTest:
    next(button for button in page.button if button.label == label).click()
    page.run()
    assert not page.exception
    return page


def value(page: AppTest, label: str, kind: str = "") -> object:
    fields = [*page.text_area, *page.text_input, *page.button_group, *page.time_input]
    fields += [*page.selectbox, *page.checkbox]
    return next(
        field.value for field in fields if field.label.removesuffix(", optional") == label and kind in (field.key or "")
    )


def since(page: AppTest) -> list[str]:
    return [each.value for each in page.markdown if "Kept from" in each.value]


@pytest.fixture
def claim(client: int) -> int:
    return factories.claim(client)


@pytest.fixture
def va(client: int, sit_down: SitDown) -> Actor:
    seated = factories.staff(Role.VA, client)
    sit_down(seated)
    return seated


class TestTheFormOfAnAttempt:
    @pytest.fixture
    def page(self, va: Actor, client: int, claim: int) -> AppTest:
        words = {"note": "Called Robin", "outcome": "No answer", "party-False": "Employer", "method": "E-mail"}
        keep(va, Form("attempt", client, claim), words, at=NOW - timedelta(minutes=5))
        return open_claim(client, claim)

    def test_holds_words_and_choices_and_says_since_when(self, page: AppTest) -> None:
        assert value(page, "Note") == "Called Robin"
        assert value(page, "Outcome") == "no_answer"
        assert value(page, "Party") == "employer"
        assert since(page) == [":orange[:material/history: Kept from 08:55 CST]"]
        assert not page.warning

    def test_says_it_in_the_zone_of_the_forms_other_times(
        self, va: Actor, client: int, claim: int, sit_down: SitDown
    ) -> None:
        away = replace(va, timezone="America/Los_Angeles")
        sit_down(away)
        keep(away, Form("attempt", client, claim), {"note": "Called Robin"}, at=NOW - timedelta(minutes=5))

        assert since(open_claim(client, claim)) == [":orange[:material/history: Kept from 08:55 CST]"]

    def test_says_it_above_the_fields_where_it_is_seen_before_another_workers_words_are_taken_for_these(
        self, page: AppTest
    ) -> None:
        drawn = list(page.main)
        line = next(n for n, each in enumerate(drawn) if each.type == "markdown" and "Kept from" in each.value)

        assert line < min(n for n, each in enumerate(drawn) if (each.key or "").startswith(("note.", "log.")))

    def test_lets_go_of_them_once_it_is_sent(self, page: AppTest, va: Actor, client: int, claim: int) -> None:
        next(group for group in page.button_group if group.label == "Method").set_value("phone")
        press(page, "Log attempt")

        assert (value(page, "Note"), since(page)) == ("", [])
        assert (value(open_claim(client, claim), "Note"), since(page)) == ("", [])

    def test_keeps_them_where_it_is_refused(self, page: AppTest, desk: Desk) -> None:
        next(area for area in page.text_area if area.label.startswith("Note")).set_value("x" * 4001)
        press(page, "Log attempt")

        assert value(page, "Note") == "x" * 4001
        with desk.owner() as db:
            assert db.execute("select fields ->> 'note' from draft").fetchone() == ("Called Robin",)

    def test_can_be_started_anew(self, page: AppTest, client: int, claim: int) -> None:
        press(page, "Start anew")

        assert (value(page, "Note"), since(page)) == ("", [])
        assert value(open_claim(client, claim), "Note") == ""

    def test_shows_a_colleague_nothing_of_it(self, page: AppTest, client: int, claim: int, sit_down: SitDown) -> None:
        sit_down(factories.staff(Role.VA, client))

        assert value(open_claim(client, claim), "Note") == ""


def test_what_one_form_does_leaves_alone_what_is_typed_in_another(
    client: int, claim: int, desk: Desk, sit_down: SitDown
) -> None:
    sit_down(factories.staff(Role.SUPERVISOR))
    page = open_claim(client, claim)
    note = page.text_area[0].key
    next(each for each in page.text_input if each.label == "Reason for the pause").set_value("In surgery")

    press(page, "Pause clock")

    with desk.owner() as db:
        assert db.execute("select reason from clock_pause").fetchone() == ("In surgery",)
    assert page.text_area[0].key == note, "a browser goes on with the same field, and what is typed in it"


def test_what_was_typed_on_a_tab_is_there_again_after_another_tab(va: Actor, client: int, claim: int) -> None:
    page = open_claim(client, claim)
    keep(va, Form("attempt", client, claim), {"note": "Called Robin"})  # as the browser does when one leaves the field
    for tab in ("Intake", "Overview"):
        page.session_state["tab"] = tab
        page.run()

    assert value(page, "Note") == "Called Robin"


def test_a_correction_that_was_begun_is_there_again_but_for_what_somebody_else_has_corrected(
    va: Actor, client: int, claim: int, desk: Desk
) -> None:
    page = open_claim(client, claim, "Intake")

    def begin() -> None:
        reach = "How to reach the worker"
        next(each for each in page.button if each.label == "Correct" and each.help == reach).click()
        page.run()

    def typed(field: str) -> str:
        return next(each.key for each in page.text_input if each.key.startswith(field)).rpartition(".")[0]

    begin()
    phone, address = typed("phone").replace(".", "-"), typed("address").replace(".", "-")
    keep(va, Form("fields_reach", client, claim), {phone: "(312) 555-0101", address: "12 Oak St", "reason": "Misheard"})
    with desk.owner() as db:
        db.execute("update injured_worker set phone = '+13125550199'")

    page = open_claim(client, claim, "Intake")
    begin()

    assert value(page, "Address") == "12 Oak St"
    assert value(page, "Reason") == "Misheard"
    assert value(page, "Telephone") == "(312) 555-0199", "what was there when she began does not come back over it"


def test_an_unfinished_answer_is_there_again(va: Actor, client: int, claim: int, desk: Desk) -> None:
    with desk.owner() as db:
        for element in ("language", "jurisdiction", "date_of_injury"):
            db.execute(
                "insert into intake_question (client_id, claim_id, element, why, opened_at) values (%s, %s, %s, 'x', %s)",
                (client, claim, element, NOW),
            )
    words = {
        "language-missing": "Spanish", "jurisdiction-missing": "TX, Texas", "date_of_injury-missing": "02/30/2026",
        "time-date_of_injury-missing": "10:05:00",
    }  # fmt: skip
    keep(va, Form("questions", client, claim), words)

    page = open_claim(client, claim, "Intake")

    assert value(page, "Language") == "Spanish"
    assert value(page, "State of jurisdiction") == "TX"
    assert value(page, "Date of injury") == "02/30/2026"
    assert value(page, "Time of injury") == time(10, 5)


@pytest.mark.parametrize(
    ("form", "fields", "key"),
    [
        ("pause", {"pausing": "Worker in surgery"}, "pausing"),
        ("closing", {"closing-why": "Sent to us twice"}, "closing.why"),
        ("correction", {"reason": "Misread the fax", "reported-20261124130000": "11/23/2026 08:15"}, "reason"),
    ],
)
def test_a_supervisors_reason_is_there_again(
    client: int, claim: int, sit_down: SitDown, form: str, fields: dict[str, str], key: str
) -> None:
    chief = factories.staff(Role.SUPERVISOR)
    sit_down(chief)
    keep(chief, Form(form, client, claim), fields)

    page = open_claim(client, claim)

    assert next(each.value for each in page.text_input if (each.key or "").startswith(f"{key}.")) == next(
        iter(fields.values())
    )
    if form == "correction":
        assert value(page, "Reported at, Central time, CST") == "11/23/2026 08:15"
    assert not page.warning


REPORTED = {
    "family_name": "Núñez", "date_of_injury": "11/2/2026", "injured_time": "10:05:00", "jurisdiction": "TX, Texas",
    "emergency": "true", "reported_at": "11/23/2026 08:15",
}  # fmt: skip


class TestAReport:
    @pytest.fixture
    def page(self, va: Actor) -> AppTest:
        keep(va, Form(drafts.REPORT), REPORTED, at=NOW - timedelta(hours=20))
        page = AppTest.from_file(MENU, default_timeout=30).run()
        page.switch_page("coordination/log_claim.py").run()
        assert not page.exception
        return page

    def test_that_was_not_sent_is_there_again(self, page: AppTest) -> None:
        assert value(page, "Family name") == "Núñez"
        assert value(page, "Date of injury") == "11/2/2026"
        assert value(page, "Time of injury") == time(10, 5)
        assert value(page, "State") == "TX"
        assert value(page, "Sent to emergency care during this call") is True
        assert value(page, "Reported at") == "11/23/2026 08:15"
        assert value(page, "Date of birth") == ""
        assert since(page) == [":orange[:material/history: Kept from Mon 23 Nov 2026, 13:00 CST]"]

    def test_says_since_when_in_the_zone_of_the_client_that_is_chosen_in_it(
        self, desk: Desk, client: int, sit_down: SitDown
    ) -> None:
        east = factories.client(timezone="America/New_York")
        both = factories.staff(Role.VA, client, east)
        with desk.owner() as db:
            name = db.execute("select name from client where client_id = %s", (east,)).fetchone()[0]
        sit_down(both)
        keep(both, Form(drafts.REPORT), {"client": name, "family_name": "Núñez"}, at=NOW - timedelta(minutes=5))
        page = AppTest.from_file(MENU, default_timeout=30).run()
        page.switch_page("coordination/log_claim.py").run()

        assert since(page) == [":orange[:material/history: Kept from 09:55 EST]"]

    def test_is_there_also_after_another_page(self, page: AppTest, va: Actor) -> None:
        keep(va, Form(drafts.REPORT), {"family_name": "Núñez Ruiz"})
        page.query_params.clear()  # as the menu's links do
        page.switch_page("coordination/intake.py").run()
        page.switch_page("coordination/log_claim.py").run()

        assert value(page, "Family name") == "Núñez Ruiz"

    def test_is_gone_once_it_is_logged(self, page: AppTest, desk: Desk) -> None:
        press(page, "Save and open the claim")

        assert page.title[0].value.endswith(" · C-1")
        with desk.owner() as db:
            assert db.execute("select fields from draft").fetchall() == [(None,)]
        page.query_params.clear()
        page.switch_page("coordination/log_claim.py").run()
        assert (value(page, "Family name"), since(page)) == ("", [])
