"""The time of a report is corrected with who and why, and the deadline follows it."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from core import intake
from core.access import NotAllowed, Role
from core.clocks import Correction, Grounds, NoPolicyInForce
from core.contact import ReportInTheFuture
from core.intake import Both, ChangedMeanwhile, CorrectedAlready
from core.refusal import NoReason, TooLong
from core.transactions import transaction
from tests import factories
from tests.core.intake.reports import FULL, asked, correct, doubt, one, reasons, report
from tests.factories import NOW


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
        correct(boss, client, claim, reported_at=NOW - timedelta(hours=4))

        with transaction(boss) as tx:
            grounds = intake.open_claim(boss, tx, client, claim).deadline().grounds

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
            db.execute(factories.ANOTHER_PROMISE, (NOW - timedelta(hours=1), 48, client))
        claim = factories.claim(client, reported_at=NOW)

        assert correct(boss, client, claim, reported_at=NOW - timedelta(hours=2)) == NOW + timedelta(hours=22)

    def test_refuses_a_time_before_anything_was_promised(self, desk, client, boss):
        claim = factories.claim(client, reported_at=NOW)

        with pytest.raises(NoPolicyInForce):
            correct(boss, client, claim, reported_at=NOW.replace(year=1926))

        assert one(desk, "select reported_at from claim") == NOW

    def test_shows_both_times_where_somebody_else_has_corrected_it_since(self, desk, client, boss):
        claim = factories.claim(client, reported_at=NOW)
        correct(boss, client, claim, reported_at=NOW - timedelta(hours=1))

        with pytest.raises(ChangedMeanwhile) as meanwhile:
            correct(factories.staff(Role.SUPERVISOR), client, claim, reported_at=NOW - timedelta(hours=2), seen=NOW)

        theirs, mine = "2026-11-24T14:00:00+00:00", "2026-11-24T13:00:00+00:00"
        assert meanwhile.value.both == (Both("reported_at", theirs, mine, boss.name, NOW),)
        assert one(desk, "select reported_at from claim") == NOW - timedelta(hours=1)

    def test_shows_both_times_where_it_never_was_what_one_has_seen(self, client, boss):
        claim = factories.claim(client, reported_at=NOW)

        with pytest.raises(ChangedMeanwhile) as meanwhile:
            correct(boss, client, claim, reported_at=NOW - timedelta(hours=2), seen=NOW - timedelta(hours=1))

        assert [(each.by, each.at) for each in meanwhile.value.both] == [(None, None)]

    def test_says_that_somebody_else_has_corrected_it_to_the_same(self, desk, client, boss):
        claim = factories.claim(client, reported_at=NOW)
        correct(boss, client, claim, reported_at=NOW - timedelta(hours=1))

        with pytest.raises(CorrectedAlready):
            correct(boss, client, claim, reported_at=NOW - timedelta(hours=1), seen=NOW)

    def test_is_not_kept_by_what_else_happens_to_the_claim(self, desk, client, boss):
        claim = factories.claim(client, reported_at=NOW)
        with desk.owner() as db:
            db.execute("update claim set version = 5")

        assert correct(boss, client, claim, reported_at=NOW - timedelta(hours=1), seen=NOW) == NOW + timedelta(hours=23)

    def test_settles_the_question_and_the_flags_about_the_time(self, desk, client, boss):
        claim = report(boss, client, replace(FULL, reported_to="day", reported_at=NOW.replace(hour=6)))

        correct(boss, client, claim.claim_id, reported_at=NOW - timedelta(hours=1))

        assert one(desk, "select flags, reported_to from claim") == ([], "minute")
        assert asked(desk) == set()

    def test_closes_only_what_it_answers(self, desk, client, boss):
        claim = report(boss, client, replace(FULL, date_of_injury=NOW.date(), reported_at=NOW - timedelta(days=2)))
        doubt(desk, claim, "date_of_injury", "time_unreadable", "The file says 'at dawn'; that is no time of injury.")
        doubt(desk, claim, "date_of_injury", "either_order")
        doubt(desk, claim, "reported_at", "unreadable")
        doubt(desk, claim, "reported_at", "before_first_policy")

        correct(boss, client, claim.claim_id, reported_at=NOW - timedelta(hours=1))

        assert reasons(desk) == {("date_of_injury", "time_unreadable"), ("date_of_injury", "either_order")}

    def test_asks_about_a_date_of_injury_that_it_puts_in_doubt(self, desk, client, boss):
        claim = report(boss, client, FULL)

        correct(boss, client, claim.claim_id, reported_at=NOW - timedelta(days=3))

        assert reasons(desk) == {("date_of_injury", "negative_lag")}
        assert one(desk, "select flags from claim") == ["negative_lag"]

    def test_asks_about_a_time_of_injury_that_it_puts_in_doubt(self, desk, client, boss):
        claim = report(boss, client, replace(FULL, date_of_injury=date(2026, 11, 24), injured_time=time(8, 30)))

        correct(boss, client, claim.claim_id, reported_at=datetime(2026, 11, 24, 14, 29, tzinfo=UTC))

        assert reasons(desk) == {("date_of_injury", "negative_lag")}

    def test_asks_anew_where_the_report_moves_and_the_injury_is_after_it_again(self, desk, client, boss):
        claim = report(boss, client, FULL)
        correct(boss, client, claim.claim_id, reported_at=NOW - timedelta(days=3))
        with desk.owner() as db:
            db.execute("update intake_question set answered_at = %s, answered_by = 1", (NOW,))

        correct(boss, client, claim.claim_id, reported_at=NOW - timedelta(days=3))
        assert reasons(desk) == set()

        correct(boss, client, claim.claim_id, reported_at=NOW - timedelta(days=4))
        assert reasons(desk) == {("date_of_injury", "negative_lag")}

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
        with pytest.raises(TooLong, match=r"^The reason for the correction holds at most 500 characters"):
            correct(boss, client, claim, reported_at=NOW, reason="x" * 501)

    def test_is_a_supervisors(self, client, va):
        with pytest.raises(NotAllowed):
            correct(va, client, factories.claim(client), reported_at=NOW)


def test_a_social_security_number_is_taken_out_of_the_reason(desk, client):
    correct(
        factories.staff(Role.SUPERVISOR, client), client, factories.claim(client),
        reported_at=NOW - timedelta(hours=1), reason="The fax of 900-12-7001 says so.",
    )  # fmt: skip

    assert one(desk, "select detail ->> 'why' from claim_event where kind = 'report_corrected'") == (
        "The fax of (number removed) says so."
    )
