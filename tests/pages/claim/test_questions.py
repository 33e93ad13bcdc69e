"""Answering what intake asks, and a date of death."""

from datetime import date, datetime, time, timedelta
from uuid import uuid4

import pytest

from core import intake
from core.access import Role
from core.transactions import transaction
from pages.parts import live_lists
from pages.parts.forms.death import LEAVES
from tests import factories
from tests.conftest import Desk
from tests.factories import NOW
from tests.pages.claim.claim_page import SAME_CLAIM, Open, ask, one, press, words_of
from tests.pages.conftest import above, drawn

HOUR = timedelta(hours=1)


def test_whether_it_was_reported_before_is_asked_in_full_and_answered_by_a_choice(open_page: Open, client: int) -> None:
    va = factories.staff(Role.VA, client)
    told = intake.Report("Núñez", NOW.date(), NOW, given_name="Jo", birth_date=date(1980, 1, 31))
    with transaction(va) as tx:
        first = intake.report(va, tx, client_id=client, report=told, at=NOW, request=uuid4())
        claim = intake.report(va, tx, client_id=client, report=told, at=NOW, request=uuid4(), aware_of=[first.claim_id])

    page = open_page(va, claim.claim_id, tab="Intake")
    address = live_lists.claim_link(client, first.claim_id, first.claim_number)
    assert f"The same injury as [{first.claim_number}]({address})" in words_of(page)
    next(box for box in page.selectbox if box.label.startswith(SAME_CLAIM)).set_value("no")
    press(page, "Save answers")

    assert not [box for box in page.selectbox if box.label.startswith(SAME_CLAIM)]
    said = words_of(open_page(va, claim.claim_id, tab="History"))
    assert "Answered: whether it is a claim reported before: no, another injury" in said


class TestIntakeQuestions:
    def test_answers_are_saved_together(self, open_page: Open, client: int, desk: Desk) -> None:
        claim = factories.claim(client)
        ask(desk, client, claim, "language", "body_part")
        page = open_page(factories.staff(Role.VA, client), claim, tab="Intake")
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
        ask(desk, client, claim, "narrative", "date_of_injury")
        page = open_page(factories.staff(Role.VA, client), claim, tab="Intake")
        next(f for f in page.text_input if f.label == "Date of injury").set_value("11/20/2026")
        next(f for f in page.time_input if f.label == "Time of injury, optional").set_value(time(14, 30))
        next(f for f in page.text_area if f.label == "What happened").input("Slipped.\nTwice.")

        press(page, "Save answers")

        assert one(desk, "select date_of_injury, injured_time from claim") == (date(2026, 11, 20), time(14, 30))
        assert one(desk, "select narrative like '%%Slipped.' || chr(10) || 'Twice.' from claim_narrative") is True

    def test_care_and_work_are_answered_each_in_its_own_way(self, open_page: Open, client: int, desk: Desk) -> None:
        claim = factories.claim(client)
        ask(desk, client, claim, *[each for each in intake.ELEMENTS if each not in intake.ASKED_ALWAYS][:15])
        page = open_page(factories.staff(Role.VA, client), claim, tab="Intake")
        for label, answer in {
            "Best hours to call": "17:00-20:00",
            "The worker's address": "12 Oak St",
            "Place of injury": "Dock 4",
            "Nature of injury": "sprain",
            "Cause of injury": "ladder",
            "Where and by whom the worker was treated": "County hospital",
            "Occupation": "roofer",
            "Last day worked": "11/20/2026",
            "Date of return to work": "12/20/2026",
            "The worker's supervisor": "Ray Holt",
        }.items():
            next(field for field in page.text_input if field.label == label).input(answer)
        for label, answer in {
            "Whether an interpreter is needed": "no",
            "Initial treatment": "emergency",
            "Whether time is lost from work": "yes",
            "Whether modified duty is available": "no",
        }.items():
            next(field for field in page.selectbox if field.label == label).set_value(answer)
        next(field for field in page.time_input if field.label == "Time of injury").set_value(time(14, 30))

        press(page, "Save answers")

        assert [each.value for each in page.toast] == ["15 of 15 questions settled"]
        assert one(desk, "select best_hours, address, interpreter from injured_worker") == (
            "17:00-20:00",
            "12 Oak St",
            False,
        )
        assert one(
            desk,
            "select injury_place, nature, cause, initial_treatment, treated_at, occupation, lost_time, last_day_worked,"
            " return_to_work, modified_duty, work_supervisor from claim_narrative",
        ) == (
            *("Dock 4", "sprain", "ladder", "emergency", "County hospital", "roofer", "yes", date(2026, 11, 20)),
            *(date(2026, 12, 20), False, "Ray Holt"),
        )  # fmt: skip
        assert one(desk, "select injured_time from claim") == time(14, 30)

    def test_an_injury_on_a_day_that_does_not_exist_is_told_and_never_moved(
        self, open_page: Open, client: int, desk: Desk
    ) -> None:
        claim = factories.claim(client)
        ask(desk, client, claim, "date_of_injury")
        page = open_page(factories.staff(Role.VA, client), claim, tab="Intake")
        next(f for f in page.text_input if f.label == "Date of injury").set_value("02/30/2026")

        press(page, "Save answers")

        assert [each.value for each in page.error] == [
            "Date of injury: There is no such day in the calendar: month first, then day, then year."
        ]
        assert one(desk, "select count(*) from intake_question where answered_at is null") == 1

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
        page = open_page(factories.staff(Role.VA, client), claim, tab="Intake")
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
        ask(desk, client, claim, "language", "birth_date")
        page = open_page(factories.staff(Role.VA, client), claim, tab="Intake")
        next(f for f in page.text_input if f.label == "Language").input("Polish")
        next(f for f in page.text_input if f.label == "Date of birth").input("spring")

        press(page, "Save answers")

        assert [e.value for e in page.error] == ["Date of birth: Write the date as MM/DD/YYYY: 01/31/1980."]
        assert one(desk, "select count(*) from intake_question where answered_at is not null") == 0

    def test_every_unreadable_answer_is_told_at_once(self, open_page: Open, client: int, desk: Desk) -> None:
        claim = factories.claim(client)
        ask(desk, client, claim, "language", "birth_date")
        page = open_page(factories.staff(Role.VA, client), claim, tab="Intake")
        next(f for f in page.text_input if f.label == "Language").input("x" * 41)
        next(f for f in page.text_input if f.label == "Date of birth").input("spring")

        press(page, "Save answers")

        [said] = [e.value for e in page.error]
        assert "Date of birth: Write the date as MM/DD/YYYY: 01/31/1980." in said
        assert "Language holds at most 40 characters, and this has 41: shorten it." in said

    def test_what_cannot_be_read_is_said_above_the_button_that_was_pressed(
        self, open_page: Open, client: int, desk: Desk
    ) -> None:
        claim = factories.claim(client)
        ask(desk, client, claim, "birth_date")
        page = open_page(factories.staff(Role.VA, client), claim, tab="Intake")
        next(f for f in page.text_input if f.label == "Date of birth").set_value("02/30/2026")

        press(page, "Save answers")

        in_order = [each for each in drawn(page.main) if each.type in ("button", "error")]
        at = next(n for n, each in enumerate(in_order) if each.type == "error")
        assert in_order[at + 1].label == "Save answers"


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
        assert party.options == ["Employer", "Provider", "Representative"]

    def test_is_recorded_by_whoever_works_intake(self, open_page: Open, client: int, desk: Desk) -> None:
        page = open_page(factories.staff(Role.VA, client), factories.claim(client))
        next(f for f in page.text_input if f.label == "Date of death").set_value("11/24/2026")

        press(page, "Record death")

        assert one(desk, "select date_of_death from claim") == date(2026, 11, 24)
        assert "Nobody calls the worker" in words_of(page)

    @pytest.mark.parametrize(
        ("typed", "injured", "reached", "doubts"),
        [
            ("11/01/2026", date(2026, 11, 20), None, ["The date of death is before the date of injury."]),
            ("10/24/2026", date(2026, 10, 1), None, ["The date of death is more than 30 days ago."]),
            ("11/22/2026", date(2026, 11, 20), NOW - HOUR, ["The worker was reached after that day."]),
        ],
    )
    def test_that_is_doubtful_is_asked_about_once_with_what_it_does_before_it_is_recorded(
        self, open_page: Open, client: int, desk: Desk, typed: str, injured: date, reached: datetime | None,
        doubts: list[str],
    ) -> None:  # fmt: skip
        va = factories.staff(Role.VA, client)
        claim = factories.claim(client, first_contact_at=reached, first_contact_by=reached and va.staff_id)
        with desk.owner() as db:
            db.execute("update claim set date_of_injury = %s", (injured,))
        page = open_page(va, claim)
        died = next(each for each in page.text_input if each.label == "Date of death")
        died.set_value(typed)

        press(page, "Record death")

        assert [each.value for each in page.warning] == [" ".join([*doubts, LEAVES])]
        assert above(page, "Check again") == "warning"
        press(page, "Check again")
        assert one(desk, "select date_of_death from claim") is None
        press(page, "Record it as it is")
        assert one(desk, "select date_of_death from claim") is not None
        assert page.toast[0].value == "Date of death recorded. Nobody calls the worker."

    def test_that_is_doubtful_otherwise_than_as_it_was_asked_about_is_asked_about_anew(
        self, open_page: Open, client: int, desk: Desk
    ) -> None:
        page = open_page(factories.staff(Role.VA, client), factories.claim(client))
        next(each for each in page.text_input if each.label == "Date of death").set_value("11/01/2026")
        press(page, "Record death")
        next(each for each in page.text_input if each.label == "Date of death").set_value("11/02/2026")

        press(page, "Record it as it is")

        assert one(desk, "select date_of_death from claim") is None
        assert len(page.warning) == 1

    @pytest.mark.parametrize("typed", ["", "02/30/2026"])
    def test_on_no_day_is_said_above_the_button(self, open_page: Open, client: int, typed: str) -> None:
        page = open_page(factories.staff(Role.VA, client), factories.claim(client))
        next(each for each in page.text_input if each.label == "Date of death").set_value(typed)

        press(page, "Record death")

        assert len(page.error) == 1
        assert above(page, "Record death") == "error"

    def test_is_acknowledged_and_corrected_by_a_supervisor(self, open_page: Open, client: int, desk: Desk) -> None:
        claim = factories.claim(client)
        self.died(desk)
        page = open_page(factories.staff(Role.SUPERVISOR), claim)

        press(page, "Acknowledge death")
        assert "has acknowledged this" in words_of(page)
        assert "Acknowledge death" not in [each.label for each in page.button]

        next(f for f in page.text_input if f.label.startswith("Date of death")).set_value("")
        next(f for f in page.text_input if f.label == "Reason" and "died" in f.key).input("Another claim's.")
        press(page, "Correct date of death")

        assert one(desk, "select date_of_death from claim") is None
        assert "Due in 22 h" in words_of(page)

    def test_is_not_a_vas_to_correct(self, open_page: Open, client: int, desk: Desk) -> None:
        claim = factories.claim(client)
        self.died(desk)

        page = open_page(factories.staff(Role.VA, client), claim)

        assert not {"Acknowledge death", "Correct date of death", "Record death"} & {b.label for b in page.button}
