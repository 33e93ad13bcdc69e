"""Intake: a report becomes a claim whatever is missing from it; what is missing is asked, answered, corrected."""

from dataclasses import replace
from datetime import date, time, timedelta
from uuid import uuid4

import pytest

from core import contact, intake
from core.access import NotAllowed, Role
from core.claims import NoSuchClaim, StaleClaim
from core.clocks import Correction, Grounds, NoPolicyInForce
from core.contact import NoReason, ReportInTheFuture
from core.transactions import transaction
from tests import factories
from tests.factories import NOW

LEAST = intake.Report(family_name="Núñez", date_of_injury=date(2026, 11, 23), reported_at=NOW)
"""A report with no more in it than a claim needs."""

FULL = replace(
    LEAST,
    given_name="Jo",
    birth_date=date(1980, 1, 31),
    phone="(312) 555-0101",
    language="Spanish",
    preferred_contact="phone",
    jurisdiction="IL",
    body_part="left wrist",
    narrative="Fell from a ladder.",
)


@pytest.fixture
def client(desk):
    return factories.client()


@pytest.fixture
def va(client):
    return factories.staff(Role.VA, client)


def report(actor, client, given=LEAST, *, request=None, at=NOW):
    with transaction(actor) as tx:
        return intake.report(actor, tx, client_id=client, report=given, at=at, request=request or uuid4())


def answer(actor, claim, element, said=None, **more):
    with transaction(actor) as tx:
        intake.answer_question(
            actor, tx, client_id=claim.client_id, claim_id=claim.claim_id, element=element, answer=said, at=NOW, **more
        )


def correct(actor, client, claim_id, *, reported_at, version=1, reason="The fax says so.", at=NOW):
    with transaction(actor) as tx:
        return intake.correct_report(
            actor, tx, client_id=client, claim_id=claim_id, reported_at=reported_at, reason=reason, version=version,
            at=at,
        )  # fmt: skip


def open_(actor, client, claim_id):
    with transaction(actor) as tx:
        return intake.open_claim(actor, tx, client, claim_id)


def one(desk, statement, *values):
    with desk.owner() as db:
        row = db.execute(statement, values).fetchone()
        return row[0] if row and len(row) == 1 else row


def doubt(desk, claim, element):
    with desk.owner() as db:
        db.execute(
            "insert into intake_question (client_id, claim_id, element, why, opened_at) values (%s, %s, %s, 'Odd.', %s)",
            (claim.client_id, claim.claim_id, element, NOW),
        )


def asked(desk):
    with desk.owner() as db:
        return {row[0] for row in db.execute("select element from intake_question where answered_at is null")}


class TestReport:
    def test_starts_the_clock_at_the_report_under_the_policy_in_force(self, desk, client, va):
        made = report(va, client, replace(LEAST, reported_at=NOW - timedelta(hours=3)))

        assert one(desk, "select reported_at, due_at, sla_effective_from from claim") == (
            NOW - timedelta(hours=3),
            NOW + timedelta(hours=21),
            one(desk, "select effective_from from sla_policy"),
        )
        assert made.claim_number == f"C-{made.claim_id}"

    def test_needs_nothing_but_worker_injury_and_report_and_asks_the_rest(self, desk, client, va):
        report(va, client, LEAST)

        assert asked(desk) == {
            "name", "birth_date", "reach", "preferred_contact", "language", "jurisdiction", "body_part", "narrative",
        }  # fmt: skip

    def test_asks_nothing_where_everything_was_told(self, desk, client, va):
        report(va, client, FULL)

        assert asked(desk) == set()

    @pytest.mark.parametrize(
        ("changed", "flag", "element"),
        [
            ({"date_of_injury": date(2026, 11, 25)}, "negative_lag", "date_of_injury"),
            ({"date_of_injury": date(2026, 12, 25)}, "future_injury", "date_of_injury"),
            ({"reported_at": NOW + timedelta(days=2)}, "future_date", "reported_at"),
            ({"reported_to": "day"}, "report_time_missing", "reported_at"),
            ({"reported_at": NOW.replace(hour=6)}, "report_time_midnight", "reported_at"),
            ({"birth_date": date(2020, 1, 1)}, "age_doubtful", "birth_date"),
        ],
    )
    def test_flags_and_asks_what_looks_wrong_and_corrects_nothing(self, desk, client, va, changed, flag, element):
        given = replace(FULL, **changed)
        report(va, client, given)

        assert flag in one(desk, "select flags from claim")
        assert asked(desk) == {element}
        assert one(desk, "select date_of_injury, reported_at from claim") == (given.date_of_injury, given.reported_at)

    def test_a_telephone_number_that_cannot_be_read_is_kept_and_asked(self, desk, client, va):
        report(va, client, replace(FULL, phone="call the shop"))

        assert one(desk, "select phone from injured_worker") == "call the shop"
        assert asked(desk) == {"reach"}

    def test_a_telephone_number_is_kept_as_it_is_dialled(self, desk, client, va):
        report(va, client, FULL)

        assert one(desk, "select phone from injured_worker") == "+13125550101"

    def test_keeps_who_reported_and_where_to_call_back(self, desk, client, va):
        report(va, client, replace(FULL, reporter=" Dana Reed, shift lead ", reporter_phone="(312) 555-0107 x4"))

        assert one(desk, "select reporter, reporter_phone from claim_narrative") == (
            "Dana Reed, shift lead", "+13125550107 ext. 4",
        )  # fmt: skip

    def test_never_asks_who_reported(self, desk, client, va):
        report(va, client, replace(FULL, reporter="", reporter_phone="the switchboard"))

        assert one(desk, "select reporter, reporter_phone from claim_narrative") == (None, "the switchboard")
        assert asked(desk) == set()

    def test_keeps_no_more_of_the_reporter_than_the_table_holds(self, desk, client, va):
        report(va, client, replace(FULL, reporter="x" * 300, reporter_phone="y" * 300))

        assert one(desk, "select length(reporter), length(reporter_phone) from claim_narrative") == (200, 200)

    def test_folds_names_for_comparison(self, desk, client, va):
        report(va, client, FULL)

        assert one(desk, "select family_key, given_key from injured_worker") == ("nunez", "jo")

    def test_is_on_the_timeline_and_on_record_without_the_worker_or_the_reporter(self, desk, client, va, caplog):
        with caplog.at_level("DEBUG"):
            made = report(va, client, replace(FULL, reporter="Dana Reed", reporter_phone="312 555 0107"))

        assert one(desk, "select by_id, kind from claim_event") == (va.staff_id, "reported")
        actor, verb, number = one(desk, "select actor_id, verb, noun_id from audit_event")
        assert (actor, verb, number) == (va.staff_id, "reported", made.claim_id)
        with desk.owner() as db:
            told = str(db.execute("select detail from claim_event union all select detail from audit_event").fetchall())
        for said in ("Núñez", "Reed", "5550107", "555 0107"):
            assert said not in told + caplog.text

    def test_the_same_form_sent_twice_makes_one_claim(self, desk, client, va):
        request = uuid4()

        first, second = report(va, client, request=request), report(va, client, request=request)

        assert (first.again, second.again) == (False, True)
        assert second.claim_id == first.claim_id
        assert one(desk, "select count(*) from claim") == 1

    def test_refuses_a_report_of_nobody(self, client, va):
        with pytest.raises(intake.WorkerNotNamed):
            report(va, client, replace(LEAST, family_name="  "))

    def test_refuses_a_client_claim_number_that_is_taken(self, desk, client, va):
        report(va, client, replace(LEAST, client_claim_number="A-1"))

        with pytest.raises(intake.NumberTaken):
            report(va, client, replace(LEAST, client_claim_number="A-1"))

        assert one(desk, "select count(*) from claim") == 1
        assert one(desk, "select count(*) from injured_worker") == 1

    def test_refuses_a_client_whom_one_does_not_serve(self, client, va):
        with pytest.raises(intake.NoSuchClient):
            report(va, factories.client())

    @pytest.mark.parametrize("role", [Role.CLINICAL, Role.COMPLIANCE, Role.ADMINISTRATOR, Role.ACCOUNT_EXECUTIVE])
    def test_is_not_part_of_every_role(self, client, role):
        with pytest.raises(NotAllowed):
            report(factories.staff(role, client), client)

    def test_is_undone_where_it_cannot_be_put_on_record(self, desk, client, va):
        with desk.owner() as db:
            db.execute("revoke insert on audit_event from desk_app")

        with pytest.raises(Exception, match="permission denied"):
            report(va, client, FULL)

        for table in ("claim", "injured_worker", "claim_narrative", "claim_event", "request_key", "fact_delta"):
            assert one(desk, f"select count(*) from {table}") == 0

    def test_a_policy_of_a_later_day_does_not_touch_an_earlier_report(self, desk, client, va):
        with desk.owner() as db:
            db.execute(
                "insert into sla_policy select client_id, %s, 48, clock, timezone, opens, closes, working_days, calendar"
                " from sla_policy",
                (NOW - timedelta(hours=1),),
            )

        report(va, client, replace(LEAST, reported_at=NOW - timedelta(hours=2)))

        assert one(desk, "select due_at from claim") == NOW + timedelta(hours=22)


class TestAnswerQuestion:
    @pytest.mark.parametrize(
        ("element", "said", "where", "kept"),
        [
            ("name", "Jo Ann Núñez", "given_name || '/' || family_name from injured_worker", "Jo Ann/Núñez"),
            ("birth_date", "1/31/1980", "birth_date from injured_worker", date(1980, 1, 31)),
            ("reach", "312 555 0101", "phone from injured_worker", "+13125550101"),
            ("reach", "jo@example.org", "email from injured_worker", "jo@example.org"),
            ("preferred_contact", "text", "preferred_contact from injured_worker", "text"),
            ("language", "Polish", "language from injured_worker", "Polish"),
            ("jurisdiction", "il", "jurisdiction from claim", "IL"),
            ("body_part", "left wrist", "body_part from claim_narrative", "left wrist"),
            ("narrative", "Fell.", "narrative from claim_narrative", "Fell."),
        ],
    )
    def test_fills_the_element_and_closes_the_question(self, desk, client, va, element, said, where, kept):
        claim = report(va, client)

        answer(va, claim, element, said)

        assert one(desk, f"select {where}") == kept
        assert element not in asked(desk)
        assert one(desk, "select detail from audit_event where verb = 'question_answered'") == {"element": element}

    def test_adds_to_what_was_told_and_never_writes_over_it(self, desk, client, va):
        claim = report(va, client, FULL)
        doubt(desk, claim, "narrative")

        answer(va, claim, "narrative", "It was the left knee.")

        assert one(desk, "select narrative from claim_narrative") == "Fell from a ladder.\nIt was the left knee."

    def test_takes_a_client_claim_number_that_no_other_claim_has(self, desk, client, va):
        report(va, client, replace(LEAST, client_claim_number="A-1"))
        claim = report(va, client, LEAST)
        doubt(desk, claim, "client_claim_number")

        with pytest.raises(intake.NumberTaken):
            answer(va, claim, "client_claim_number", "A-1")
        with pytest.raises(intake.AnswerNotUnderstood):
            answer(va, claim, "client_claim_number", "9" * 101)
        answer(va, claim, "client_claim_number", " A-2 ")

        assert one(desk, "select client_claim_number from claim where claim_id = %s", claim.claim_id) == "A-2"

    def test_a_corrected_date_of_injury_loses_its_flag(self, desk, client, va):
        claim = report(va, client, replace(FULL, date_of_injury=date(2026, 11, 25)))

        answer(va, claim, "date_of_injury", "2026-11-20")

        assert one(desk, "select date_of_injury, flags from claim") == (date(2026, 11, 20), [])

    @pytest.mark.parametrize(("said", "at"), [("2026-11-20 14:30", time(14, 30)), ("11/20/2026 7:05", time(7, 5))])
    def test_a_date_of_injury_can_come_with_its_time(self, desk, client, va, said, at):
        claim = report(va, client, replace(FULL, date_of_injury=date(2026, 11, 25)))

        answer(va, claim, "date_of_injury", said)

        assert one(desk, "select date_of_injury, injured_time from claim") == (date(2026, 11, 20), at)

    @pytest.mark.parametrize("said", ["14:30", "2026-11-20 25:00", "2026-11-20 noon"])
    def test_half_a_date_of_injury_or_no_time_of_day_is_refused(self, desk, client, va, said):
        claim = report(va, client, FULL)
        doubt(desk, claim, "date_of_injury")

        with pytest.raises(intake.AnswerNotUnderstood):
            answer(va, claim, "date_of_injury", said)

    def test_without_a_time_the_one_that_was_told_stays(self, desk, client, va):
        claim = report(va, client, replace(FULL, date_of_injury=date(2026, 11, 25), injured_time=time(6)))

        answer(va, claim, "date_of_injury", "2026-11-20")

        assert one(desk, "select injured_time from claim") == time(6)

    def test_what_cannot_be_had_is_closed_with_the_reason(self, desk, client, va):
        claim = report(va, client)

        answer(va, claim, "birth_date", unobtainable_why="The employer does not know.")

        assert one(desk, "select answered_by, unobtainable_why from intake_question where element = 'birth_date'") == (
            va.staff_id, "The employer does not know.",
        )  # fmt: skip

    @pytest.mark.parametrize(
        ("element", "said"),
        [
            ("birth_date", "last spring"),
            ("birth_date", "2031-01-01"),
            ("reach", "12"),
            ("jurisdiction", "XX"),
            ("preferred_contact", "pigeon"),
            ("name", "Núñez"),
            ("language", ""),
        ],
    )
    def test_refuses_what_it_cannot_read_and_leaves_the_question_open(self, desk, client, va, element, said):
        claim = report(va, client)

        with pytest.raises(intake.AnswerNotUnderstood):
            answer(va, claim, element, said)

        assert element in asked(desk)

    def test_refuses_a_question_that_is_answered_already(self, client, va):
        claim = report(va, client)
        answer(va, claim, "language", "Polish")

        with pytest.raises(intake.NoSuchQuestion):
            answer(va, claim, "language", "Spanish")

    def test_sends_the_time_of_the_report_to_a_supervisor(self, client, va):
        claim = report(va, client, replace(FULL, reported_to="day"))

        with pytest.raises(intake.ReportTimeIsCorrected):
            answer(va, claim, "reported_at", "9:00")


class TestCorrectReport:
    @pytest.fixture
    def boss(self, desk):
        return factories.staff(Role.SUPERVISOR)

    def test_recomputes_the_deadline_with_who_and_why(self, desk, client, boss):
        claim = factories.claim(client, reported_at=NOW)

        due_at = correct(boss, client, claim, reported_at=NOW - timedelta(hours=5))

        assert due_at == NOW + timedelta(hours=19) == one(desk, "select due_at from claim")
        by, detail = one(desk, "select by_id, detail from claim_event where kind = 'report_corrected'")
        assert by == boss.staff_id
        assert detail["why"] == "The fax says so."
        assert detail["due_at"] == [(NOW + timedelta(hours=24)).isoformat(), due_at.isoformat()]
        assert one(desk, "select verb from audit_event") == "report_corrected"

    def test_is_told_where_the_deadline_is_explained(self, desk, client, boss):
        claim = factories.claim(client, reported_at=NOW)
        correct(boss, client, claim, reported_at=NOW - timedelta(hours=5))
        correct(boss, client, claim, reported_at=NOW - timedelta(hours=4), version=2)

        with transaction(boss) as tx:
            grounds = contact.explain(boss, tx, client, claim).grounds

        assert grounds == Grounds(
            one(desk, "select name from client"),
            None,
            (
                Correction(NOW, boss.name, NOW, NOW - timedelta(hours=5), "The fax says so."),
                Correction(NOW, boss.name, NOW - timedelta(hours=5), NOW - timedelta(hours=4), "The fax says so."),
            ),
        )

    def test_takes_the_policy_in_force_at_the_corrected_time(self, desk, client, boss):
        with desk.owner() as db:
            db.execute(
                "insert into sla_policy select client_id, %s, 48, clock, timezone, opens, closes, working_days, calendar"
                " from sla_policy",
                (NOW - timedelta(hours=1),),
            )
        claim = factories.claim(client, reported_at=NOW)

        assert correct(boss, client, claim, reported_at=NOW - timedelta(hours=2)) == NOW + timedelta(hours=22)

    def test_refuses_a_time_before_anything_was_promised(self, desk, client, boss):
        claim = factories.claim(client, reported_at=NOW)

        with pytest.raises(NoPolicyInForce):
            correct(boss, client, claim, reported_at=NOW.replace(year=1926))

        assert one(desk, "select reported_at from claim") == NOW

    def test_refuses_a_stale_version_and_shows_both(self, desk, client, boss):
        claim = factories.claim(client, reported_at=NOW)
        correct(boss, client, claim, reported_at=NOW - timedelta(hours=1))

        with pytest.raises(StaleClaim, match=r"you read version 1, it is now version 2.*2026-11-24 14:00 UTC"):
            correct(boss, client, claim, reported_at=NOW - timedelta(hours=2), version=1)

        assert one(desk, "select reported_at from claim") == NOW - timedelta(hours=1)

    def test_settles_the_question_and_the_flags_about_the_time(self, desk, client, boss):
        claim = report(boss, client, replace(FULL, reported_to="day", reported_at=NOW.replace(hour=6)))

        correct(boss, client, claim.claim_id, reported_at=NOW - timedelta(hours=1))

        assert one(desk, "select flags, reported_to from claim") == ([], "minute")
        assert asked(desk) == set()

    def test_refuses_a_report_after_its_first_contact(self, client, boss):
        nurse = factories.staff(Role.CLINICAL, client)
        claim = factories.claim(
            client, first_contact_at=NOW - timedelta(hours=1), first_contact_by=nurse.staff_id
        )  # fmt: skip

        with pytest.raises(intake.ContactBeforeReport):
            correct(boss, client, claim, reported_at=NOW)

    def test_refuses_the_future_and_an_empty_reason(self, client, boss):
        claim = factories.claim(client)

        with pytest.raises(ReportInTheFuture):
            correct(boss, client, claim, reported_at=NOW + timedelta(minutes=1))
        with pytest.raises(NoReason):
            correct(boss, client, claim, reported_at=NOW, reason=" ")

    def test_is_a_supervisors(self, client, va):
        with pytest.raises(NotAllowed):
            correct(va, client, factories.claim(client), reported_at=NOW)


class TestOpenClaim:
    def test_shows_the_whole_claim_and_puts_the_look_on_record(self, desk, client, va):
        made = report(va, client, replace(FULL, reporter="Dana Reed", reporter_phone="312 555 0107"))

        page = open_(va, client, made.claim_id)

        assert page.worker.name == "Jo Núñez"
        assert page.narrative.narrative == "Fell from a ladder."
        assert (page.narrative.reporter, page.narrative.reporter_phone) == ("Dana Reed", "+13125550107")
        assert page.header.due_at == NOW + timedelta(hours=24)
        assert one(desk, "select actor_id, noun, noun_id, client_id, detail from audit_event where verb = 'read'") == (
            va.staff_id, "injured_worker", page.worker.worker_id, client, {"claim": made.claim_id},
        )  # fmt: skip

    def test_the_timeline_holds_everything_latest_first(self, desk, client, va):
        made = report(va, client)
        answer(va, made, "language", "Polish")
        with desk.owner() as db:
            db.execute(
                "insert into contact_attempt (client_id, claim_id, at, by_id, party, method, outcome, note)"
                " values (%s, %s, %s, %s, 'employer', 'phone', 'reached', 'Next shift at six.')",
                (client, made.claim_id, NOW + timedelta(minutes=5), va.staff_id),
            )

        entries = open_(va, client, made.claim_id).timeline

        assert [entry.kind for entry in entries] == ["attempt", "question_answered", "reported"]
        assert (entries[0].by, entries[0].party, entries[0].note) == (va.name, "employer", "Next shift at six.")

    def test_what_is_not_yours_does_not_exist(self, client):
        with pytest.raises(NoSuchClaim):
            open_(factories.staff(Role.VA), client, factories.claim(client))

    @pytest.mark.parametrize("role", [Role.ACCOUNT_EXECUTIVE, Role.ADMINISTRATOR])
    def test_identity_is_not_for_every_role(self, client, role):
        with pytest.raises(NotAllowed):
            open_(factories.staff(role, client), client, factories.claim(client))


class TestNextWaiting:
    def after(self, actor, client, claim_id):
        page = open_(actor, client, claim_id)
        with transaction(actor) as tx:
            return intake.next_waiting(actor, tx, page.header)

    def test_is_the_one_due_after_this_then_the_first(self, client, va):
        soon, later = (factories.claim(client, due_at=NOW + timedelta(hours=h)) for h in (1, 2))

        assert self.after(va, client, soon) == (client, later)
        assert self.after(va, client, later) == (client, soon)

    def test_leaves_out_what_somebody_else_has(self, client, va):
        other = factories.staff(Role.VA, client)
        mine = factories.claim(client)
        factories.claim(client, assignee=other.staff_id)

        assert self.after(va, client, mine) is None
