"""What is not known yet has a reason and a time to ask again: work until then, answered, given up or moved at any time."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from core import claims, intake
from core.access import NotAllowed, Role
from core.calendars import BusinessWeek, DayChange
from core.intake import open_questions
from core.intake.asking_again import LATEST, NotToAskThen, in_days, in_working_days, on_day
from core.open_hours import stretches
from core.transactions import transaction
from tests import factories
from tests.core.intake.reports import FULL, answer, asked, doubt, one, open_, reasons, report
from tests.factories import NOW

FRIDAY = NOW + timedelta(days=3)
AWAY = "The plant is closed until then."


def unknown(actor, claim, element, *, reason="missing", why=AWAY, at=FRIDAY):
    answer(actor, claim, element, reason=reason, unobtainable_why=why, ask_again_at=at)


def later(desk):
    """What is to be asked again, and when."""
    with desk.owner() as db:
        return dict(
            db.execute(
                "select element, ask_again_at from intake_question"
                " where ask_again_at is not null and asked_again_at is null"
            ).fetchall()
        )


def said(desk, element):
    """Everything that was said to the questions about *element*, the first said first: why not known, and taken up."""
    with desk.owner() as db:
        return db.execute(
            "select unobtainable_why, ask_again_at, asked_again_at from intake_question where element = %s"
            " order by question_id",
            (element,),
        ).fetchall()


class TestWhatIsNotKnownYet:
    def test_is_settled_with_its_reason_until_the_time_that_was_said(self, desk, client, va):
        claim = report(va, client, replace(FULL, language=None))

        unknown(va, claim, "language")

        assert (asked(desk), later(desk)) == (set(), {"language": FRIDAY})
        assert said(desk, "language") == [(AWAY, FRIDAY, None)]
        page = open_(va, client, claim.claim_id)
        assert page.open_questions == ()
        assert [(each.element, each.answered_by, each.unobtainable_why) for each in page.to_ask_again] == [
            ("language", va.name, AWAY)
        ]

    def test_is_on_the_timeline_and_on_the_record_with_its_time_and_without_its_reason(self, desk, client, va):
        claim = report(va, client, replace(FULL, language=None))

        unknown(va, claim, "language")

        told = {"element": "language", "reason": "missing", "ask_again_at": FRIDAY.isoformat()}
        assert one(desk, "select detail from claim_event where kind = 'question_unobtainable'") == told
        assert one(desk, "select detail from audit_event where verb = 'question_unobtainable'") == told

    @pytest.mark.parametrize("at", [NOW, NOW - timedelta(days=1), NOW + LATEST + timedelta(seconds=1)])
    def test_is_asked_again_later_than_now_and_within_sixty_days(self, desk, client, va, at):
        claim = report(va, client, replace(FULL, language=None))

        with pytest.raises(NotToAskThen):
            unknown(va, claim, "language", at=at)
        assert asked(desk) == {"language"}

        unknown(va, claim, "language", at=NOW + LATEST)
        assert later(desk) == {"language": NOW + LATEST}

    def test_says_why(self, desk, client, va):
        claim = report(va, client, replace(FULL, language=None))

        with pytest.raises(intake.AnswerNotUnderstood, match=r"^Say why it is not known yet\.$"):
            unknown(va, claim, "language", why=" ")
        assert asked(desk) == {"language"}

    def test_is_for_several_in_one_go_with_one_reason_and_one_day(self, desk, client, va):
        claim = report(va, client, replace(FULL, language=None, body_part=None, birth_date=None))

        with transaction(va) as tx:
            settled = intake.answer_questions(
                va, tx, client_id=client, claim_id=claim.claim_id, given={("language", "missing"): "Polish"},
                never=[("body_part", "missing"), ("birth_date", "missing")], why=AWAY, ask_again_at=FRIDAY, at=NOW,
            )  # fmt: skip

        assert settled == 3
        assert (asked(desk), later(desk)) == (set(), {"body_part": FRIDAY, "birth_date": FRIDAY})

    def test_is_something_and_not_all_that_was_answered(self, desk, client, va):
        claim = report(va, client, replace(FULL, language=None))

        with transaction(va) as tx, pytest.raises(intake.NothingToAskAgain):
            intake.answer_questions(
                va, tx, client_id=client, claim_id=claim.claim_id, given={("language", "missing"): "Polish"},
                ask_again_at=FRIDAY, at=NOW,
            )  # fmt: skip
        assert asked(desk) == {"language"}

    @pytest.mark.parametrize("role", [Role.ACCOUNT_EXECUTIVE, Role.COMPLIANCE, Role.ADMINISTRATOR])
    def test_is_said_by_who_works_intake(self, client, va, role):
        claim = report(va, client, replace(FULL, language=None))
        with pytest.raises(NotAllowed):
            unknown(factories.staff(role, client), claim, "language")


class TestAskingAgain:
    @pytest.fixture
    def claim(self, client, va):
        claim = report(va, client, replace(FULL, language=None))
        unknown(va, claim, "language")
        return claim

    def test_an_answer_ends_it_and_both_stay_in_the_history(self, desk, client, va, claim):
        nurse = factories.staff(Role.CLINICAL, client)

        answer(nurse, claim, "language", "Polish")

        assert (asked(desk), later(desk)) == (set(), {})
        assert said(desk, "language") == [(AWAY, FRIDAY, NOW), (None, None, None)]
        assert one(desk, "select language from injured_worker") == "Polish"
        who = [each.answered_by for each in open_(va, client, claim.claim_id).questions]
        assert who == [va.name, nurse.name]

    def test_can_be_at_another_time_for_the_same_reason_or_another(self, desk, va, claim):
        unknown(va, claim, "language", why="", at=FRIDAY + timedelta(days=1))
        unknown(va, claim, "language", why="The plant opens on Monday.", at=FRIDAY + timedelta(days=3))

        assert later(desk) == {"language": FRIDAY + timedelta(days=3)}
        assert said(desk, "language") == [
            (AWAY, FRIDAY, NOW),
            (AWAY, FRIDAY + timedelta(days=1), NOW),
            ("The plant opens on Monday.", FRIDAY + timedelta(days=3), None),
        ]

    def test_is_not_moved_by_saying_the_same_twice(self, desk, va, claim):
        unknown(va, claim, "language")

        assert said(desk, "language") == [(AWAY, FRIDAY, None)]
        assert one(desk, "select count(*) from claim_event where kind = 'question_unobtainable'") == 1

    def test_ends_for_good_with_a_reason_of_its_own(self, desk, va, claim):
        with pytest.raises(intake.AnswerNotUnderstood):
            answer(va, claim, "language", unobtainable_why="")
        answer(va, claim, "language", unobtainable_why="Nobody there knows.")

        assert (asked(desk), later(desk)) == (set(), {})
        assert said(desk, "language") == [(AWAY, FRIDAY, NOW), ("Nobody there knows.", None, None)]

    def test_is_over_once_it_is_answered(self, client, va, claim):
        answer(va, claim, "language", "Polish")

        with pytest.raises(intake.NoSuchQuestion):
            unknown(va, claim, "language")

    def test_an_answer_that_cannot_be_read_leaves_its_day(self, desk, client, va):
        claim = report(va, client, replace(FULL, birth_date=None))
        unknown(va, claim, "birth_date")

        with pytest.raises(intake.AnswerNotUnderstood):
            answer(va, claim, "birth_date", "spring")
        assert later(desk) == {"birth_date": FRIDAY}

    def test_ends_with_an_answer_to_another_question_about_the_same(self, desk, client, va):
        claim = report(va, client, replace(FULL, birth_date=None))
        unknown(va, claim, "birth_date")
        doubt(desk, claim, "birth_date", "perhaps_the_same")

        answer(va, claim, "birth_date", "1/31/1980", reason="perhaps_the_same")

        assert (reasons(desk), later(desk)) == (set(), {})

    def test_ends_with_an_answer_that_makes_it_pointless(self, desk, client, va, claim):
        doubt(desk, claim, "lost_time")
        doubt(desk, claim, "return_to_work")
        unknown(va, claim, "return_to_work")

        answer(va, claim, "lost_time", "no")

        assert (asked(desk), later(desk)) == (set(), {"language": FRIDAY})

    def test_ends_where_the_field_is_corrected(self, desk, client, va, claim):
        correct(va, claim, language=("", "Polish"))

        assert (asked(desk), later(desk)) == (set(), {})
        assert said(desk, "language") == [(AWAY, FRIDAY, NOW), (None, None, None)]

    def test_keeps_its_day_where_a_correction_leaves_it_unknown(self, desk, client, va):
        claim = report(va, client, replace(FULL, given_name=""))
        unknown(va, claim, "name")

        correct(va, claim, family_name=("Núñez", "Nuñez"))

        assert (asked(desk), later(desk)) == (set(), {"name": FRIDAY})

    def test_is_asked_at_once_where_it_is_asked_anew_for_that_reason(self, desk, client, va, claim):
        with transaction(va) as tx:
            frame = claims.find(tx, client, claim.claim_id)
            again = intake.Question("language", "missing", "Asked anew.")
            open_questions.add(tx, frame, [again], at=NOW)

        assert (asked(desk), later(desk)) == ({"language"}, {})

    def test_of_how_to_reach_a_worker_ends_with_the_death_and_is_asked_where_that_was_an_error(
        self, desk, client, va, claim
    ):
        boss = factories.staff(Role.SUPERVISOR)
        of = {"client_id": client, "claim_id": claim.claim_id, "at": NOW}
        with transaction(va) as tx:
            intake.record_death(va, tx, date_of_death=date(2026, 11, 24), **of)
        assert later(desk) == {}

        with transaction(boss) as tx:
            intake.correct_death(boss, tx, date_of_death=None, reason="Another claim's.", **of)
        assert (asked(desk), later(desk)) == ({"language"}, {})


def correct(actor, claim, **changed):
    seen, now = ({name: each[n] for name, each in changed.items()} for n in (0, 1))
    with transaction(actor) as tx:
        intake.correct_fields(
            actor, tx, client_id=claim.client_id, claim_id=claim.claim_id, seen=seen, said=now, reason="Told.", at=NOW
        )


CHICAGO = BusinessWeek("America/Chicago")


def at(*moment: int) -> datetime:
    return datetime(*moment, tzinfo=UTC)


class TestTheTimeToAskAgain:
    """It is Tuesday, 09:00 in Chicago; Thursday is Thanksgiving."""

    def test_of_a_day_is_when_the_client_opens_and_no_earlier_than_eight(self) -> None:
        hours = {"08:00-17:00": 14, "10:00-18:00": 16, "00:00-24:00": 14, "22:00-06:00": 28}
        for opened, hour in hours.items():
            week = replace(CHICAGO, hours=stretches(opened))
            assert in_days(week, 1, at=NOW) == at(2026, 11, 25) + timedelta(hours=hour), opened

    def test_on_a_day_on_which_nobody_works_is_the_next_on_which_somebody_does(self) -> None:
        assert in_days(CHICAGO, 2, at=NOW) == at(2026, 11, 27, 14), "not on Thanksgiving"
        assert on_day(CHICAGO, date(2026, 11, 28)) == at(2026, 11, 30, 14), "nor on Saturday"

    def test_in_business_days_counts_those_on_which_the_client_works(self) -> None:
        assert in_working_days(CHICAGO, 2, at=NOW) == at(2026, 11, 27, 14)

    def test_at_an_hour_is_that_hour_where_the_client_works_then_and_the_next_that_does_otherwise(self) -> None:
        assert on_day(CHICAGO, date(2026, 11, 25), time(15, 30)) == at(2026, 11, 25, 21, 30)
        assert on_day(CHICAGO, date(2026, 11, 25), time(17)) == at(2026, 11, 27, 14)
        assert on_day(CHICAGO, date(2026, 11, 25), time(6)) == at(2026, 11, 25, 14)

    def test_is_on_the_clients_day_and_not_on_utcs(self) -> None:
        late = at(2026, 11, 25, 3)  # still Tuesday in Chicago
        assert in_days(CHICAGO, 1, at=late) == at(2026, 11, 25, 14)

    def test_of_a_client_that_does_not_work_again_is_the_one_that_was_said(self) -> None:
        closed = tuple(
            DayChange(date(2026, 11, 24) + timedelta(days=n), "Shut", True, NOW, "x", "x") for n in range(100)
        )
        week = replace(CHICAGO, changes=closed)
        assert on_day(week, date(2026, 11, 25)) == at(2026, 11, 25, 14)
        with pytest.raises(NotToAskThen):
            in_working_days(week, 2, at=NOW)
