"""The claim page: the claim as a whole, its clock with every reason, and what each role can do to it."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import event
from streamlit.testing.v1 import AppTest

from core import assignment, contact, instant, intake
from core.access import Action, Actor, Role
from core.claims import NoSuchClaim
from core.contact import Method, Outcome, Party
from core.transactions import transaction
from pages import menu
from pages.parts import queue
from pages.parts.forms.attempts import NO_FIRST_CONTACT
from pages.parts.forms.closing import CLOSES
from pages.parts.markdown import verbatim
from tests import factories
from tests.conftest import Desk
from tests.factories import NOW
from tests.pages.conftest import SitDown, drawn

PAGE = str(Path(menu.__file__).parent / "coordination" / "claim.py")

SAME_CLAIM = "Whether it is a claim reported before"

Open = Callable[..., AppTest]
Act = Callable[[], None]


@pytest.fixture
def client(desk: Desk) -> int:
    return factories.client()


@pytest.fixture
def open_page(sit_down: SitDown, client: int) -> Open:
    """Open the page as somebody, on a claim."""

    def run(actor: Actor, claim: int | str | None, of: int | None = None) -> AppTest:
        sit_down(actor)
        page = AppTest.from_file(PAGE, default_timeout=30)
        if claim is not None:
            page.query_params["client"] = str(of or client)
            page.query_params["claim"] = str(claim)
        page.run()
        assert not page.exception
        return page

    return run


def words_of(page: AppTest) -> str:
    """Everything that stands on the page."""
    told = [*page.markdown, *page.caption, *page.subheader, *page.info, *page.error, *page.warning]
    return "\n".join(each.value for each in told).replace("\\", "")


def test_whether_it_was_reported_before_is_asked_in_full_and_answered_by_a_choice(open_page: Open, client: int) -> None:
    va = factories.staff(Role.VA, client)
    told = intake.Report("Núñez", NOW.date(), NOW, given_name="Jo", birth_date=date(1980, 1, 31))
    with transaction(va) as tx:
        first = intake.report(va, tx, client_id=client, report=told, at=NOW, request=uuid4())
        claim = intake.report(va, tx, client_id=client, report=told, at=NOW, request=uuid4(), aware_of=[first.claim_id])

    page = open_page(va, claim.claim_id)
    address = queue.claim_link(client, first.claim_id, first.claim_number)
    assert f"The same injury as [{first.claim_number}]({address})" in words_of(page)
    next(box for box in page.selectbox if box.label.startswith(SAME_CLAIM)).set_value("no")
    press(page, "Save answers")

    assert not [box for box in page.selectbox if box.label.startswith(SAME_CLAIM)]
    assert "Answered: whether it is a claim reported before: no, another injury" in words_of(page)


def press(page: AppTest, label: str) -> AppTest:
    next(button for button in page.button if button.label == label).click()
    page.run()
    assert not page.exception
    return page


def pick(page: AppTest, label: str, value: object) -> None:
    next(group for group in page.button_group if group.label == label).set_value(value)


def one(desk: Desk, statement: str) -> object:
    with desk.owner() as db:
        row = db.execute(statement).fetchone()
        return row[0] if row and len(row) == 1 else row


class TestReading:
    def test_shows_header_clock_worker_and_timeline(self, open_page: Open, client: int) -> None:
        page = open_page(factories.staff(Role.VA, client), factories.claim(client, family_name="Núñez"))

        said = words_of(page)
        assert "Robin Núñez" in said
        assert "Due in 22 h" in said
        assert "due Wed 25 Nov 2026, 07:00 CST" in said
        assert "Slipped on a wet floor." in said
        assert "Report taken in" in said

    def test_every_question_says_why_it_is_asked(self, open_page: Open, client: int, desk: Desk) -> None:
        claim = factories.claim(client)
        with desk.owner() as db:
            for element in ("jurisdiction", "preferred_contact", "language"):
                db.execute(
                    "insert into intake_question (client_id, claim_id, element, why, opened_at) values (%s, %s, %s, %s, %s)",
                    (client, claim, element, f"The {element} is odd.", NOW),
                )
        page = open_page(factories.staff(Role.VA, client), claim)

        helps = [(each.help or "").replace("\\", "") for each in [*page.selectbox, *page.text_input]]
        assert {f"The {each} is odd." for each in ("jurisdiction", "preferred_contact", "language")} <= set(helps)

    def test_what_a_question_quotes_from_a_file_is_no_formatting(
        self, open_page: Open, client: int, desk: Desk
    ) -> None:
        claim = factories.claim(client)
        with desk.owner() as db:
            for element in ("language", "reported_at"):
                db.execute(
                    "insert into intake_question (client_id, claim_id, element, why, opened_at) values (%s, %s, %s, %s, %s)",
                    (client, claim, element, "The file says '[here](http://x)'.", NOW),
                )
        page = open_page(factories.staff(Role.VA, client), claim)

        shown = [next(each.help or "" for each in page.text_input if each.label == "Language")]
        shown += [each.value for each in page.caption if "The file says" in each.value]
        quoted = verbatim("The file says '[here](http://x)'.")
        assert [quoted in each for each in shown] == [True, True]

    def test_the_explanation_sums_to_the_promise_in_working_and_wall_time(self, open_page: Open, desk: Desk) -> None:
        client = factories.client(clock="business", hours=8)
        boss = factories.staff(Role.SUPERVISOR)
        claim = factories.claim(client, reported_at=NOW)
        with transaction(boss) as tx:
            where = {"client_id": client, "claim_id": claim}
            contact.pause_clock(boss, tx, **where, reason="In surgery", at=NOW + timedelta(hours=1))
        with transaction(boss) as tx:
            contact.resume_clock(boss, tx, **where, at=NOW + timedelta(hours=3))

        table = open_page(boss, claim, of=client).table[0].value

        assert [row.replace("\\", "") for row in table["Working time"]] == ["1 h", "—", "5 h", "—", "2 h", "8 h"]
        assert [row.replace("\\", "") for row in table["Wall time"]] == ["1 h", "2 h", "5 h", "15 h", "2 h", "25 h"]
        assert list(table["What"]) == ["Counted", "Paused", "Counted", "Skipped, closed", "Counted", ""]
        assert table["Who"][1] == boss.name
        assert "In surgery" in table["Rule"][1]

    @pytest.mark.parametrize(
        ("hours_ago", "said"),
        [(2, "Due in 22 h"), (21, ":orange[:material/schedule: Due in 3 h]"), (25, "Overdue by 1 h")],
    )
    def test_says_how_the_promise_stands(self, open_page: Open, client: int, hours_ago: int, said: str) -> None:
        claim = factories.claim(client, reported_at=NOW - timedelta(hours=hours_ago))

        assert said in words_of(open_page(factories.staff(Role.VA, client), claim))

    @pytest.mark.parametrize(("took", "said"), [(5, "Reached in 5 h"), (27, "Reached after 27 h")])
    def test_says_how_the_promise_was_kept(self, open_page: Open, client: int, took: int, said: str) -> None:
        nurse = factories.staff(Role.CLINICAL, client)
        reported = NOW - timedelta(days=3)
        claim = factories.claim(
            client,
            reported_at=reported,
            first_contact_at=reported + timedelta(hours=took),
            first_contact_by=nurse.staff_id,
        )

        assert said in words_of(open_page(nurse, claim))

    def test_what_people_typed_is_shown_as_typed(self, open_page: Open, client: int, desk: Desk) -> None:
        claim = factories.claim(client, family_name="![x](https://example.org/x.png)")
        with desk.owner() as db:
            db.execute("update claim_narrative set reporter = '![x](https://example.org/x.png)'")

        page = open_page(factories.staff(Role.VA, client), claim)

        assert not any("![x](" in each.value for each in [*page.markdown, *page.subheader])

    @pytest.mark.parametrize(
        ("reporter", "phone", "said"),
        [
            (
                "Dana Reed",
                "+13125550107",
                "Telephone (312) 555-0101 · Reported by Dana Reed, call back at (312) 555-0107",
            ),
            ("Dana Reed", None, "Telephone (312) 555-0101 · Reported by Dana Reed"),
            (None, "+13125550107", "Telephone (312) 555-0101 · Reporter, call back at (312) 555-0107"),
            (None, None, "Telephone (312) 555-0101"),
        ],
    )
    def test_whom_to_call_at_the_employer_stands_where_the_workers_telephone_does(
        self, open_page: Open, client: int, desk: Desk, reporter: str | None, phone: str | None, said: str
    ) -> None:
        claim = factories.claim(client)
        with desk.owner() as db:
            db.execute("update claim_narrative set reporter = %s, reporter_phone = %s", (reporter, phone))

        page = open_page(factories.staff(Role.VA, client), claim)

        assert said in words_of(page).replace(":gray[", "").replace("]", "").splitlines()

    def test_where_it_happened_stands_apart_from_where_the_worker_lives(
        self, open_page: Open, client: int, desk: Desk
    ) -> None:
        claim = factories.claim(client)
        with desk.owner() as db:
            db.execute("update claim_narrative set injury_place = 'Plant 4, [Joliet](x)'")
            db.execute("update injured_worker set address = '12 Oak St'")

        page = open_page(factories.staff(Role.VA, client), claim)

        lines = words_of(page).replace(":gray[", "").replace("] ", " ").splitlines()
        assert "Place of injury Plant 4, [Joliet](x)  " in lines
        assert "Address 12 Oak St  " in lines

    def test_the_look_is_on_the_record(self, open_page: Open, client: int, desk: Desk) -> None:
        va = factories.staff(Role.VA, client)
        open_page(va, factories.claim(client))

        assert one(desk, "select actor_id, verb, noun from audit_event") == (va.staff_id, "read", "injured_worker")

    @pytest.mark.parametrize("claim", [None, "", "x", "1;drop"])
    def test_without_a_claim_says_what_is_next(self, open_page: Open, client: int, claim: str | None) -> None:
        assert "Open one from the list" in words_of(open_page(factories.staff(Role.VA, client), claim))

    def test_a_claim_of_somebody_elses_client_does_not_exist(self, open_page: Open, client: int) -> None:
        page = open_page(factories.staff(Role.VA), factories.claim(client))

        assert [each.value for each in page.error] == ["There is no such claim among those you serve."]
        assert not page.subheader

    def test_compliance_reads_and_does_nothing(self, open_page: Open, client: int) -> None:
        page = open_page(factories.staff(Role.COMPLIANCE), factories.claim(client))

        assert "Robin Sample" in words_of(page)
        assert not page.button


class TestLogAttempt:
    def test_a_va_logs_an_attempt_with_one_choice_and_one_button(
        self, open_page: Open, client: int, desk: Desk
    ) -> None:
        va = factories.staff(Role.VA, client)
        page = open_page(va, factories.claim(client))

        pick(page, "Outcome", contact.Outcome.VOICEMAIL)
        press(page, "Log attempt")

        assert one(desk, "select by_id, party, method, outcome from contact_attempt") == (
            va.staff_id,
            "worker",
            "phone",
            "voicemail",
        )
        assert [each.value for each in page.toast] == ["Attempt logged"]
        assert "Left a voicemail" in words_of(page)

    def test_a_second_click_on_the_form_that_was_sent_logs_nothing(
        self, open_page: Open, client: int, desk: Desk
    ) -> None:
        claim = factories.claim(client)
        page = open_page(factories.staff(Role.VA, client), claim)
        key = f"claim.{client}.{claim}.attempt.request"
        request = page.session_state[key]
        pick(page, "Outcome", contact.Outcome.VOICEMAIL)
        press(page, "Log attempt")

        # As when the first click's run was cut off after its commit: the form still carries the key it was sent with.
        page.session_state[key] = request
        page.run()
        pick(page, "Outcome", contact.Outcome.VOICEMAIL)
        press(page, "Log attempt")

        assert [each.value for each in page.toast] == ["Already logged"]
        assert one(desk, "select count(*) from contact_attempt") == 1

    def test_an_attempt_without_an_outcome_is_not_logged(self, open_page: Open, client: int, desk: Desk) -> None:
        page = press(open_page(factories.staff(Role.VA, client), factories.claim(client)), "Log attempt")

        assert [each.value for each in page.error] == ["Choose an outcome."]
        assert one(desk, "select count(*) from contact_attempt") == 0

    def test_a_refusal_is_shown_in_its_own_words(self, open_page: Open, client: int) -> None:
        page = open_page(factories.staff(Role.VA, client), factories.claim(client))
        pick(page, "Outcome", contact.Outcome.SENT)

        press(page, "Log attempt")

        assert [each.value for each in page.error] == ["Telephone cannot end with: sent."]


class TestFirstContact:
    def test_clinical_staff_stop_the_clock(self, open_page: Open, client: int, desk: Desk) -> None:
        nurse = factories.staff(Role.CLINICAL, client)
        page = open_page(nurse, factories.claim(client))
        pick(page, "Outcome", contact.Outcome.REACHED)
        press(page, "Record first contact")

        assert one(desk, "select first_contact_at, first_contact_by from claim") == (NOW, nurse.staff_id)
        assert "Reached in 2 h" in words_of(page)
        assert "Record first contact" not in [button.label for button in page.button]

    @pytest.mark.parametrize(
        ("party", "outcome"),
        [
            (contact.Party.WORKER, None),
            (contact.Party.WORKER, contact.Outcome.VOICEMAIL),
            (contact.Party.EMPLOYER, contact.Outcome.REACHED),
        ],
    )
    def test_is_not_made_of_what_was_chosen_otherwise(
        self, open_page: Open, client: int, desk: Desk, party: contact.Party, outcome: contact.Outcome | None
    ) -> None:
        page = open_page(factories.staff(Role.CLINICAL, client), factories.claim(client))
        pick(page, "Party", party)
        pick(page, "Outcome", outcome)

        press(page, "Record first contact")

        assert [each.value for each in page.error] == [NO_FIRST_CONTACT]
        assert one(desk, "select first_contact_at from claim") is None
        assert one(desk, "select count(*) from contact_attempt") == 0

    @pytest.mark.parametrize("role", [Role.VA, Role.SUPERVISOR])
    def test_nobody_else_is_offered_it(self, open_page: Open, client: int, role: Role) -> None:
        page = open_page(factories.staff(role, client), factories.claim(client))

        assert "Record first contact" not in [button.label for button in page.button]


class TestIntakeQuestions:
    def ask(self, desk: Desk, client: int, claim: int, *elements: str) -> None:
        with desk.owner() as db:
            for element in elements:
                db.execute(
                    "insert into intake_question (client_id, claim_id, element, why, opened_at)"
                    " values (%s, %s, %s, 'Not in the report.', %s)",
                    (client, claim, element, NOW),
                )

    def test_answers_are_saved_together(self, open_page: Open, client: int, desk: Desk) -> None:
        claim = factories.claim(client)
        self.ask(desk, client, claim, "language", "body_part")
        page = open_page(factories.staff(Role.VA, client), claim)
        next(f for f in page.text_input if f.label == "Language").input("Polish")
        next(f for f in page.text_input if f.label == "Part of body").input("left wrist")

        press(page, "Save answers")

        assert one(desk, "select count(*) from intake_question where answered_at is not null") == 2
        assert [each.value for each in page.toast] == ["2 of 2 questions settled"]
        assert "Intake is complete" in words_of(page)

    def test_an_injury_is_answered_with_its_day_and_time_and_what_happened_in_lines(
        self, open_page: Open, client: int, desk: Desk
    ) -> None:
        claim = factories.claim(client)
        self.ask(desk, client, claim, "narrative", "date_of_injury")
        page = open_page(factories.staff(Role.VA, client), claim)
        next(f for f in page.date_input if f.label == "Date of injury").set_value(date(2026, 11, 20))
        next(f for f in page.time_input if f.label == "Time of injury, optional").set_value(time(14, 30))
        next(f for f in page.text_area if f.label == "What happened").input("Slipped.\nTwice.")

        press(page, "Save answers")

        assert one(desk, "select date_of_injury, injured_time from claim") == (date(2026, 11, 20), time(14, 30))
        assert one(desk, "select narrative like '%%Slipped.' || chr(10) || 'Twice.' from claim_narrative") is True

    def test_two_about_one_element_are_two_fields_and_are_answered_one_by_one(
        self, open_page: Open, client: int, desk: Desk
    ) -> None:
        claim = factories.claim(client)
        with desk.owner() as db:
            for reason, why in (("missing", "Not in the report."), ("perhaps_the_same", "Perhaps the same as C-9999.")):
                db.execute(
                    "insert into intake_question (client_id, claim_id, element, reason, why, opened_at)"
                    " values (%s, %s, 'birth_date', %s, %s, %s)",
                    (client, claim, reason, why, NOW),
                )
        page = open_page(factories.staff(Role.VA, client), claim)
        fields = {
            f.label: (f.help or "").replace("\\", "") for f in page.text_input if f.label.startswith("Date of birth")
        }
        assert fields == {
            "Date of birth, missing": "Not in the report.",
            "Date of birth, perhaps the same": "Perhaps the same as C-9999.",
        }
        next(f for f in page.text_input if f.label == "Date of birth, missing").input("1/31/1980")

        press(page, "Save answers")

        assert one(desk, "select reason from intake_question where answered_at is null") == "perhaps_the_same"
        assert [each.value for each in page.toast] == ["1 of 2 questions settled"]

    def test_one_unreadable_answer_saves_none_and_says_which(self, open_page: Open, client: int, desk: Desk) -> None:
        claim = factories.claim(client)
        self.ask(desk, client, claim, "language", "birth_date")
        page = open_page(factories.staff(Role.VA, client), claim)
        next(f for f in page.text_input if f.label == "Language").input("Polish")
        next(f for f in page.text_input if f.label == "Date of birth").input("spring")

        press(page, "Save answers")

        assert [e.value for e in page.error] == ["Date of birth: Write the date as 1/31/1980 or 1980-01-31."]
        assert one(desk, "select count(*) from intake_question where answered_at is not null") == 0

    def test_every_unreadable_answer_is_told_at_once(self, open_page: Open, client: int, desk: Desk) -> None:
        claim = factories.claim(client)
        self.ask(desk, client, claim, "language", "birth_date")
        page = open_page(factories.staff(Role.VA, client), claim)
        next(f for f in page.text_input if f.label == "Language").input("x" * 41)
        next(f for f in page.text_input if f.label == "Date of birth").input("spring")

        press(page, "Save answers")

        [said] = [e.value for e in page.error]
        assert "Date of birth: Write the date as 1/31/1980 or 1980-01-31." in said
        assert "Language holds at most 40 characters, and this has 41: shorten it." in said

    def test_what_is_wrong_is_said_below_the_form_that_was_sent(self, open_page: Open, client: int, desk: Desk) -> None:
        page = open_page(factories.staff(Role.SUPERVISOR), factories.claim(client))

        press(page, "Close claim now")

        in_order = [each for each in drawn(page.main) if each.type in ("button", "error")]
        at = next(n for n, each in enumerate(in_order) if each.type == "error")
        assert in_order[at - 1].label == "Close claim now"


class TestADeath:
    def died(self, desk: Desk) -> None:
        with desk.owner() as db:
            db.execute("update claim set date_of_death = '2026-11-24'")

    def test_is_said_on_top_and_nobody_is_asked_to_call_the_worker(
        self, open_page: Open, client: int, desk: Desk
    ) -> None:
        claim = factories.claim(client)
        self.died(desk)

        page = open_page(factories.staff(Role.CLINICAL, client), claim)

        assert page.error[0].value.startswith("The worker died on Tue 24 Nov 2026. Nobody calls the worker")
        said = words_of(page)
        assert "No first contact: the worker has died" in said
        assert "Due in" not in said
        assert "312" not in said, "no telephone of the worker"
        assert "Record first contact" not in [each.label for each in page.button]
        party = next(group for group in page.button_group if group.label == "Party")
        assert party.options == ["Employer", "Provider", "Attorney"]

    def test_is_recorded_by_whoever_works_intake(self, open_page: Open, client: int, desk: Desk) -> None:
        page = open_page(factories.staff(Role.VA, client), factories.claim(client))
        next(f for f in page.date_input if f.label == "Date of death").set_value(date(2026, 11, 24))

        press(page, "Record death")

        assert one(desk, "select date_of_death from claim") == date(2026, 11, 24)
        assert "Nobody calls the worker" in words_of(page)

    def test_is_acknowledged_and_corrected_by_a_supervisor(self, open_page: Open, client: int, desk: Desk) -> None:
        claim = factories.claim(client)
        self.died(desk)
        page = open_page(factories.staff(Role.SUPERVISOR), claim)

        press(page, "Acknowledge death")
        assert "has acknowledged this" in words_of(page)
        assert "Acknowledge death" not in [each.label for each in page.button]

        next(f for f in page.date_input if f.label.startswith("Date of death")).set_value(None)
        next(f for f in page.text_input if f.label == "Reason" and "died" in f.key).input("Another claim's.")
        press(page, "Correct date of death")

        assert one(desk, "select date_of_death from claim") is None
        assert "Due in 22 h" in words_of(page)

    def test_is_not_a_vas_to_correct(self, open_page: Open, client: int, desk: Desk) -> None:
        claim = factories.claim(client)
        self.died(desk)

        page = open_page(factories.staff(Role.VA, client), claim)

        assert not {"Acknowledge death", "Correct date of death", "Record death"} & {b.label for b in page.button}


class TestSupervision:
    def test_a_corrected_report_moves_the_deadline(self, open_page: Open, client: int, desk: Desk) -> None:
        page = open_page(factories.staff(Role.SUPERVISOR), factories.claim(client))
        page.datetime_input[0].set_value(
            (NOW - timedelta(hours=10)).replace(tzinfo=None)
        )  # 05:00 UTC read as Chicago's
        next(f for f in page.text_input if f.label == "Reason").input("The fax says so.")

        press(page, "Correct report")

        assert one(desk, "select reported_at from claim") == NOW - timedelta(hours=4)
        assert "due Wed 25 Nov 2026, 05:00 CST" in words_of(page)
        assert "The fax says so." in words_of(page)
        assert "since the start: 24 h, true hours. The time of the report was corrected by Person" in words_of(page)

    @pytest.mark.parametrize("hour", [6, 7], ids=["the first", "the second"])
    def test_a_report_at_a_time_that_comes_twice_keeps_which_of_the_two(
        self, open_page: Open, client: int, desk: Desk, hour: int
    ) -> None:
        reported_at = datetime(2026, 11, 1, hour, 30, 20, tzinfo=UTC)
        page = open_page(factories.staff(Role.SUPERVISOR), factories.claim(client, reported_at=reported_at))
        [asked] = page.radio
        assert asked.label == "01:30 comes twice that night"
        assert asked.value == hour - 6
        next(f for f in page.text_input if f.label == "Reason").input("Only the reason.")

        press(page, "Correct report")
        assert one(desk, "select reported_at from claim") == reported_at

        page.radio[0].set_value(7 - hour)
        next(f for f in page.text_input if f.label == "Reason").input("It was the other.")
        press(page, "Correct report")
        assert one(desk, "select reported_at from claim") == reported_at.replace(hour=13 - hour, second=0)

    def test_a_time_that_comes_twice_is_asked_which_of_the_two(self, open_page: Open, client: int, desk: Desk) -> None:
        claim = factories.claim(client)
        page = open_page(factories.staff(Role.SUPERVISOR), claim)
        page.datetime_input[0].set_value(datetime.combine(date(2026, 11, 1), time(1, 30)))
        next(f for f in page.text_input if f.label == "Reason").input("The fax says so.")

        press(page, "Correct report")

        assert "01:30 comes twice that night: choose which of the two is meant." in [e.value for e in page.error]
        assert one(desk, "select count(*) from claim_event where kind = 'report_corrected'") == 0
        page.radio[0].set_value(1)
        press(page, "Correct report")
        assert one(desk, "select reported_at from claim") == datetime(2026, 11, 1, 7, 30, tzinfo=UTC)

    def test_a_claim_that_changed_since_it_was_opened_is_not_corrected_unseen(
        self, open_page: Open, client: int, desk: Desk
    ) -> None:
        page = open_page(factories.staff(Role.SUPERVISOR), factories.claim(client))
        with desk.owner() as db:
            db.execute("update claim set version = 5")
        next(f for f in page.text_input if f.label == "Reason").input("The fax says so.")

        press(page, "Correct report")

        assert "you read version 1, it is now version 5" in page.error[0].value
        press(page, "Correct report")  # what stands now has been shown
        assert one(desk, "select count(*) from claim_event where kind = 'report_corrected'") == 1

    @pytest.mark.parametrize(
        ("lacking", "gone", "left"),
        [
            (Action.REPORT_CORRECT, "Correct report", "Pause clock"),
            (Action.CLOCK_PAUSE, "Pause clock", "Correct report"),
        ],
    )
    def test_correcting_and_pausing_are_drawn_each_for_whoever_may(
        self, open_page: Open, client: int, monkeypatch: pytest.MonkeyPatch, lacking: Action, gone: str, left: str
    ) -> None:
        may = Actor.may
        monkeypatch.setattr(Actor, "may", lambda actor, action: action is not lacking and may(actor, action))

        page = open_page(factories.staff(Role.SUPERVISOR), factories.claim(client))

        labels = {button.label for button in page.button}
        assert left in labels
        assert gone not in labels

    def test_pauses_and_resumes(self, open_page: Open, client: int, desk: Desk) -> None:
        page = open_page(factories.staff(Role.SUPERVISOR), factories.claim(client))
        next(f for f in page.text_input if f.label == "Reason for the pause").input("In surgery.")
        press(page, "Pause clock")
        assert "Paused since Tue 24 Nov 2026, 09:00 CST" in words_of(page)

        instant.set_clock(lambda: NOW + timedelta(hours=1))
        press(page, "Resume clock")

        assert "due Wed 25 Nov 2026, 08:00 CST" in words_of(page)


class TestClosing:
    def reason(self, page: AppTest, said: str) -> None:
        next(f for f in page.text_input if f.label == "Reason" and "closing" in (f.key or "")).input(said)

    def test_says_what_it_does_asks_why_and_then_nothing_is_offered_but_reopening(
        self, open_page: Open, client: int, desk: Desk
    ) -> None:
        claim = factories.claim(client)
        TestIntakeQuestions().ask(desk, client, claim, "language")
        page = open_page(factories.staff(Role.SUPERVISOR), claim)
        assert CLOSES in words_of(page)
        self.reason(page, "Withdrawn *by the client*.")

        press(page, "Close claim now")

        assert [each.value for each in page.toast] == ["Claim closed"]
        said = words_of(page)
        assert "Withdrawn *by the client*. Nothing is due or asked. 1 open question would be asked again." in said
        assert "Claim closed. Withdrawn *by the client*." in said
        assert not {"Save answers", "Pause clock", "Close claim now"} & {button.label for button in page.button}

        self.reason(page, "By mistake")
        press(page, "Reopen claim now")

        assert "Claim reopened. By mistake" in words_of(page)
        assert "Due in 22 h" in words_of(page)
        assert {"Save answers", "Pause clock", "Close claim now"} <= {button.label for button in page.button}

    def test_without_a_reason_it_is_refused_in_words(self, open_page: Open, client: int, desk: Desk) -> None:
        page = press(open_page(factories.staff(Role.SUPERVISOR), factories.claim(client)), "Close claim now")

        assert [each.value for each in page.error] == ["The reason is missing: say why, in at most 200 characters."]
        assert one(desk, "select closed_at from claim") is None

    @pytest.mark.parametrize("role", [Role.VA, Role.CLINICAL, Role.COMPLIANCE])
    def test_nobody_else_is_offered_it(self, open_page: Open, client: int, role: Role) -> None:
        page = open_page(factories.staff(role, client), factories.claim(client))

        assert not [button for button in page.button if "Close claim" in button.label]

    def test_no_first_contact_is_offered_on_a_closed_claim(self, open_page: Open, client: int, desk: Desk) -> None:
        claim = factories.claim(client)
        with desk.owner() as db:
            db.execute("update claim set closed_at = now(), closed_why = 'withdrawn'")
        page = open_page(factories.staff(Role.CLINICAL, client), claim)

        assert "Record first contact" not in [button.label for button in page.button]


def test_a_claim_that_was_taken_back_says_why_on_its_timeline(open_page: Open, client: int, desk: Desk) -> None:
    va = factories.staff(Role.VA, client)
    claim = factories.claim(client, assignee=va.staff_id)
    with desk.owner() as db:
        db.execute("update staff set active = false where staff_id = %s", (va.staff_id,))

    said = words_of(open_page(factories.staff(Role.SUPERVISOR), claim))

    assert f"Taken back from {va.name} to nobody yet: {va.name} may not sign in any more" in said
    assert "with nobody yet" in said


def test_next_goes_to_the_claim_due_after_this_one_within_what_the_list_was_narrowed_to(
    open_page: Open, client: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[tuple[object, ...]] = []
    monkeypatch.setattr(queue, "open_claim", lambda *claim: opened.append(claim))
    va = factories.staff(Role.VA, client)
    here, between, there = (factories.claim(client, due_at=NOW + timedelta(hours=hours)) for hours in (1, 2, 3))
    assigned(va, client, there)

    page = open_page(va, here)
    press(page, "Next")
    page.query_params["list_figure"] = "mine"
    page.query_params["list_who"] = "'; drop table claim"
    page.run()
    press(page, "Next")

    assert opened == [(client, between, {}), (client, there, {"figure": "mine"})]


def test_next_says_so_where_no_other_claim_waits(open_page: Open, client: int) -> None:
    page = open_page(factories.staff(Role.VA, client), factories.claim(client))

    press(page, "Next")

    assert "No other claim waits." in words_of(page)


def test_everybody_else_who_has_the_claim_open_is_named(open_page: Open, client: int) -> None:
    claim = factories.claim(client)
    va, nurse, boss = (
        factories.staff(Role.VA, client),
        factories.staff(Role.CLINICAL, client),
        factories.staff(Role.SUPERVISOR),
    )

    assert "Also open" not in words_of(open_page(va, claim))
    assert f"Also open with {va.name}" in words_of(open_page(nurse, claim))
    assert f"Also open with {va.name}, {nurse.name}" in words_of(open_page(boss, claim))


class TestTheTimelineSays:
    def test_who_handed_it_from_whom_to_whom(self, open_page: Open, client: int) -> None:
        boss, va, nurse = (factories.staff(role, client) for role in (Role.SUPERVISOR, Role.VA, Role.CLINICAL))
        claim = factories.claim(client)
        with transaction(boss) as tx:
            assignment.assign(boss, tx, claims=[(client, claim)], to=va.staff_id, at=NOW)
            given = assignment.assign(boss, tx, claims=[(client, claim)], to=nurse.staff_id, at=NOW)
            assignment.undo(boss, tx, moves=given.moves, at=NOW)

        entries = [each.value.replace("\\", "") for each in open_page(boss, claim).markdown if "CST · " in each.value]

        when = f":gray[Tue 24 Nov 2026, 09:00 CST · {boss.name}]  \n"
        assert entries[:3] == [
            f"{when}Handing over undone from {nurse.name} to {va.name}",
            f"{when}Handed over from {va.name} to {nurse.name}",
            f"{when}Handed over from nobody to {va.name}",
        ]

    def test_who_took_it(self, open_page: Open, client: int) -> None:
        va, claim = factories.staff(Role.VA, client), factories.claim(client)
        with transaction(va) as tx:
            assignment.assign(va, tx, claims=[(client, claim)], to=va.staff_id, at=NOW)

        assert f"{va.name}]  \nTaken; nobody had it" in words_of(open_page(va, claim))

    def test_why_the_clock_was_paused(self, open_page: Open, client: int) -> None:
        boss, claim = factories.staff(Role.SUPERVISOR), factories.claim(client)
        with transaction(boss) as tx:
            contact.pause_clock(boss, tx, client_id=client, claim_id=claim, reason="In *surgery*.", at=NOW)

        assert "Clock paused. In *surgery*." in words_of(open_page(boss, claim))

    def test_why_something_cannot_be_had(self, open_page: Open, client: int, desk: Desk) -> None:
        va, claim = factories.staff(Role.VA, client), factories.claim(client)
        TestIntakeQuestions().ask(desk, client, claim, "language")
        with transaction(va) as tx:
            intake.answer_question(
                va, tx, client_id=client, claim_id=claim, element="language", reason="missing",
                unobtainable_why="Nobody there knows", at=NOW,
            )  # fmt: skip

        assert "Cannot be had: language. Nobody there knows" in words_of(open_page(va, claim))


class TestWhatOthersDoMeanwhile:
    def logged(self, actor: Actor, client: int, claim: int) -> None:
        with transaction(actor) as tx:
            contact.log_attempt(
                actor, tx, client_id=client, claim_id=claim, party=Party.EMPLOYER, method=Method.PHONE,
                outcome=Outcome.NO_ANSWER, note="Robin is in *surgery*.", at=NOW, request=uuid4(),
            )  # fmt: skip

    def looked(self, open_page: Open, actor: Actor, claim: int, monkeypatch: pytest.MonkeyPatch, does: Act) -> AppTest:
        """Open the claim; another does something between its drawing and the next look at what is new."""
        newest = intake.newest

        def later(*asked: Any) -> intake.Newest:
            does()
            monkeypatch.setattr(intake, "newest", newest)
            return newest(*asked)

        monkeypatch.setattr(intake, "newest", later)
        return open_page(actor, claim)

    def test_is_said_in_one_line_without_a_protected_word_and_shown_when_asked(
        self, open_page: Open, client: int, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        va, nurse, claim = (
            factories.staff(Role.VA, client),
            factories.staff(Role.CLINICAL, client),
            factories.claim(client),
        )
        page = self.looked(open_page, va, claim, monkeypatch, lambda: self.logged(nurse, client, claim))
        [said] = [each.value for each in page.markdown if ":material/update:" in each.value]
        assert said == f":material/update: {nurse.name} logged a contact attempt at 09:00 CST."
        assert "surgery" not in words_of(page), "the timeline is not drawn anew unasked"

        press(page, "Show it")

        assert "surgery" in words_of(page)
        assert ":material/update:" not in words_of(page)

    def test_names_the_first_contact_and_how_much_is_new(
        self, open_page: Open, client: int, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        va, nurse, claim = (
            factories.staff(Role.VA, client),
            factories.staff(Role.CLINICAL, client),
            factories.claim(client),
        )

        def does() -> None:
            self.logged(nurse, client, claim)
            with transaction(nurse) as tx:
                contact.record_first_contact(
                    nurse, tx, client_id=client, claim_id=claim, method=Method.PHONE, note="", at=NOW, request=uuid4()
                )

        said = words_of(self.looked(open_page, va, claim, monkeypatch, does))

        assert f"{nurse.name} recorded first contact at 09:00 CST. 2 entries are new." in said

    def test_nothing_is_said_where_nothing_happened(self, open_page: Open, client: int) -> None:
        assert ":material/update:" not in words_of(open_page(factories.staff(Role.VA, client), factories.claim(client)))

    def test_costs_one_statement(self, client: int) -> None:
        va, claim = factories.staff(Role.VA, client), factories.claim(client)
        asked: list[str] = []
        with transaction(va) as tx:
            event.listen(tx, "before_cursor_execute", lambda *call: asked.append(call[2]))
            intake.newest(va, tx, client, claim)

        assert len(asked) == 1

    def test_is_not_told_of_a_claim_that_is_not_theirs(self, client: int) -> None:
        stranger, claim = factories.staff(Role.VA), factories.claim(client)
        with transaction(stranger) as tx, pytest.raises(NoSuchClaim):
            intake.newest(stranger, tx, client, claim)


class TestTheFormOfAnAttempt:
    def test_says_how_long_a_note_may_be(self, open_page: Open, client: int) -> None:
        page = open_page(factories.staff(Role.VA, client), factories.claim(client))

        assert next(f for f in page.text_area if f.label == "Note, optional").placeholder == "At most 4,000 characters"

    @pytest.mark.parametrize("closed", [False, True])
    def test_is_what_is_done_next_on_an_open_claim_only(
        self, open_page: Open, client: int, desk: Desk, closed: bool
    ) -> None:
        claim = factories.claim(client)
        with desk.owner() as db:
            db.execute("update claim set closed_at = now(), closed_why = 'withdrawn' where %s", (closed,))
        page = open_page(factories.staff(Role.VA, client), claim)

        button = next(each for each in page.button if each.label == "Log attempt")
        assert button.proto.type == ("secondary" if closed else "primary")


def test_telephones_are_shown_in_groups(open_page: Open, client: int, desk: Desk) -> None:
    claim = factories.claim(client)
    with desk.owner() as db:
        db.execute("update injured_worker set phone = '+16145550134'")
        db.execute("update claim_narrative set reporter_phone = '+13125550107 ext. 22'")

    said = words_of(open_page(factories.staff(Role.VA, client), claim))

    assert ":gray[Telephone] (614) 555-0134" in said
    assert "(312) 555-0107 ext. 22" in said


def assigned(to: Actor, client: int, claim: int) -> None:
    boss = factories.staff(Role.SUPERVISOR)
    with transaction(boss) as tx:
        assignment.assign(boss, tx, claims=[(client, claim)], to=to.staff_id, at=NOW)
