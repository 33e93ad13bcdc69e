"""What else an employer tells: the care so far, the job and the time away from it, and the worker's supervisor."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from core import intake
from core.intake import ASKED_ALWAYS, ELEMENTS, LOST_TIME, TREATMENTS
from core.intake.readers import MOST_DAYS_AHEAD
from core.refusal import TooLong
from core.transactions import transaction
from tests.core.intake.reports import FULL, LEAST, answer, asked, doubt, one, open_, report
from tests.factories import NOW

TODAY, DAY = NOW.date(), timedelta(days=1)

TOLD = {
    "initial_treatment": "clinic",
    "treated_at": "Dr. Ames, Main St. clinic",
    "occupation": "roofer",
    "lost_time": "expected",
    "last_day_worked": date(2026, 11, 23),
    "return_to_work": date(2026, 12, 7),
    "modified_duty": False,
    "work_supervisor": "Ray Holt",
}

ANSWERS = {
    "injury_place": ("Dock 4", "Dock 4"),
    "injured_time": ("2:30 pm", time(14, 30)),
    "nature": ("sprain", "sprain"),
    "cause": ("ladder", "ladder"),
    "initial_treatment": ("emergency", "emergency"),
    "treated_at": ("County hospital", "County hospital"),
    "occupation": ("roofer", "roofer"),
    "lost_time": ("yes", "yes"),
    "last_day_worked": ("11/22/2026", date(2026, 11, 22)),
    "return_to_work": ("12/7/2026", date(2026, 12, 7)),
    "modified_duty": ("no", False),
    "work_supervisor": ("Ray Holt", "Ray Holt"),
    "address": ("12 Oak St", "12 Oak St"),
    "best_hours": ("17:00-20:00", "17:00-20:00"),
    "interpreter": ("no", False),
}
"""Of each element that is asked for only where it is required: what is said, and what is kept of it."""


def stands(actor, claim, field):
    page = open_(actor, claim.client_id, claim.claim_id)
    return next(getattr(part, field) for part in (page.header, page.worker, page.narrative) if hasattr(part, field))


def correct(actor, claim, **said):
    seen = open_(actor, claim.client_id, claim.claim_id).fields
    with transaction(actor) as tx:
        intake.correct_fields(
            actor, tx, client_id=claim.client_id, claim_id=claim.claim_id, seen=seen, said=said, reason="Told.", at=NOW
        )


class TestAReport:
    def test_keeps_care_work_and_how_the_worker_is_best_reached(self, client, va):
        claim = report(
            va, client,
            replace(
                FULL, **TOLD, work_supervisor_phone="312 555 0108", best_hours="17:00-20:00, 8:00-9:00",
                interpreter=True,
            ),
        )  # fmt: skip

        page = open_(va, client, claim.claim_id)

        assert {name: getattr(page.narrative, name) for name in TOLD} == TOLD
        assert page.narrative.work_supervisor_phone == "+13125550108"
        assert (page.worker.best_hours, page.worker.interpreter) == ("08:00-09:00,17:00-20:00", True)

    def test_has_the_supervisors_number_as_it_was_told_where_it_cannot_be_read(self):
        assert intake.tidied(replace(FULL, work_supervisor_phone=" ask Ann ")).work_supervisor_phone == "ask Ann"

    @pytest.mark.parametrize(
        ("told", "refusal"),
        [
            ({"initial_treatment": "spa"}, intake.NoSuchCode),
            ({"lost_time": "maybe"}, intake.NoSuchCode),
            ({"best_hours": "evenings"}, intake.AnswerNotUnderstood),
        ],
    )
    def test_is_refused_with_what_is_none_of_its_words(self, told, refusal):
        with pytest.raises(refusal):
            intake.tidied(replace(FULL, **told))

    @pytest.mark.parametrize("hours", ["x" * 201, ",".join(f"{n}:00-{n}:30" for n in range(1, 19))])
    def test_is_refused_with_more_hours_than_are_kept(self, hours):
        with pytest.raises(TooLong, match="Best hours holds at most 200"):
            intake.tidied(replace(FULL, best_hours=hours))

    @pytest.mark.parametrize("treatment", TREATMENTS)
    @pytest.mark.parametrize("lost", LOST_TIME)
    def test_holds_every_treatment_and_every_way_to_lose_time(self, treatment, lost):
        tidy = intake.tidied(replace(FULL, initial_treatment=treatment, lost_time=lost))

        assert (tidy.initial_treatment, tidy.lost_time) == (treatment, lost)


class TestWhatIsAskedFor:
    def test_is_none_of_it_unless_it_is_required(self, desk, client, va):
        report(va, client, LEAST)

        assert asked(desk) == ASKED_ALWAYS

    def test_is_what_is_required_and_not_there(self):
        assert intake.missing(FULL, (*ASKED_ALWAYS, "nature", "occupation")) == ["nature", "occupation"]
        assert intake.missing(replace(FULL, nature_code="49", occupation="roofer"), ("nature", "occupation")) == []
        assert intake.missing(replace(FULL, cause_code="26", interpreter=False), ("cause", "interpreter")) == []
        assert [each.element for each in intake.questions(FULL, timezone="UTC", at=NOW, required=["address"])] == [
            "address"
        ]

    def test_is_no_day_away_from_work_where_no_time_is_lost_and_no_place_of_a_treatment_that_was_none(self):
        away = ("treated_at", "last_day_worked", "return_to_work")

        assert intake.missing(FULL, away) == list(away)
        assert intake.missing(replace(FULL, lost_time="expected", initial_treatment="clinic"), away) == list(away)
        assert intake.missing(replace(FULL, lost_time="no", initial_treatment="none"), away) == []

    def test_is_of_one_who_has_died_nothing_about_coming_back_or_being_called(self):
        dead = replace(LEAST, date_of_death=LEAST.date_of_injury)

        assert set(intake.missing(LEAST, ELEMENTS)) - set(intake.missing(dead, ELEMENTS)) == {
            *("reach", "preferred_contact", "best_hours", "language", "interpreter"),
            *("return_to_work", "modified_duty"),
        }


@pytest.mark.parametrize("element", ANSWERS)
class TestAQuestionAboutIt:
    def test_is_answered(self, desk, client, va, element):
        claim = report(va, client, FULL)
        doubt(desk, claim, element)
        said, kept = ANSWERS[element]

        answer(va, claim, element, said)

        assert stands(va, claim, element) == kept
        assert asked(desk) == set()

    def test_is_settled_by_a_correction(self, desk, client, va, element):
        claim = report(va, client, FULL)
        doubt(desk, claim, element)

        correct(va, claim, **{element: ANSWERS[element][0]})

        assert asked(desk) == set()

    def test_stays_open_where_something_else_is_corrected(self, desk, client, va, element):
        claim = report(va, client, FULL)
        doubt(desk, claim, element)

        correct(va, claim, postal_code="60601")

        assert asked(desk) == {element}

    def test_is_recorded_as_what_cannot_be_had(self, desk, client, va, element):
        claim = report(va, client, FULL)
        doubt(desk, claim, element)

        answer(va, claim, element, unobtainable_why="Nobody knows.")

        assert asked(desk) == set()
        assert one(desk, "select unobtainable_why from intake_question") == "Nobody knows."


class TestThatNoTimeIsLost:
    @pytest.fixture
    def claim(self, desk, client, va):
        claim = report(va, client, FULL)
        for element in ("lost_time", "last_day_worked", "return_to_work"):
            doubt(desk, claim, element)
        return claim

    def test_settles_what_asked_for_the_days(self, desk, va, claim):
        answer(va, claim, "lost_time", "no")

        assert asked(desk) == set()

    def test_settles_it_where_it_is_corrected_too(self, desk, va, claim):
        correct(va, claim, lost_time="no")

        assert asked(desk) == set()

    @pytest.mark.parametrize("said", ["expected", "yes"])
    def test_is_not_so_where_it_is_or_may_be(self, desk, va, claim, said):
        answer(va, claim, "lost_time", said)
        correct(va, claim, lost_time="expected" if said == "yes" else "yes")

        assert asked(desk) == {"last_day_worked", "return_to_work"}

    def test_is_kept_with_the_days_that_are_told_in_the_same_act(self, desk, va, claim):
        given = {("lost_time", "missing"): "no", ("last_day_worked", "missing"): "11/23/2026"}
        with transaction(va) as tx:
            settled = intake.answer_questions(
                va, tx, client_id=claim.client_id, claim_id=claim.claim_id, given=given,
                never=[("return_to_work", "missing")], why="Never left.", at=NOW,
            )  # fmt: skip

        assert settled == 3
        assert (stands(va, claim, "lost_time"), stands(va, claim, "last_day_worked")) == ("no", date(2026, 11, 23))
        assert asked(desk) == set()


class TestAReturnToWork:
    def test_may_lie_ahead(self, client, va):
        claim = report(va, client, FULL)

        correct(va, claim, return_to_work=f"{TODAY + MOST_DAYS_AHEAD * DAY:%m/%d/%Y}")

        assert stands(va, claim, "return_to_work") == TODAY + MOST_DAYS_AHEAD * DAY

    def test_is_not_planned_beyond_what_anybody_plans(self, client, va):
        claim = report(va, client, FULL)

        with pytest.raises(intake.AnswerNotUnderstood, match="more than 730 days ahead"):
            correct(va, claim, return_to_work=f"{TODAY + (MOST_DAYS_AHEAD + 1) * DAY:%m/%d/%Y}")


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({"last_day_worked": FULL.date_of_injury - DAY}, None),
        ({"last_day_worked": FULL.date_of_injury - 2 * DAY}, "The last day worked is before the date of injury."),
        ({"last_day_worked": TODAY}, None),
        ({"last_day_worked": TODAY + DAY}, "The last day worked lies in the future."),
        ({"last_day_worked": TODAY, "return_to_work": TODAY}, None),
        (
            {"last_day_worked": TODAY, "return_to_work": TODAY - DAY},
            "The return to work is before the last day worked.",
        ),
        ({"return_to_work": TODAY + MOST_DAYS_AHEAD * DAY}, None),
        (
            {"return_to_work": TODAY + (MOST_DAYS_AHEAD + 1) * DAY},
            f"The return to work lies more than {MOST_DAYS_AHEAD} days ahead.",
        ),
    ],
)
def test_days_away_from_work_that_cannot_be_are_doubted(told, sentence):
    doubts = intake.doubtful(replace(FULL, **told), timezone="UTC", at=NOW)

    assert doubts == ((sentence,) if sentence else ())
