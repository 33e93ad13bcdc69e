"""The time of a report is corrected with who and why, and the deadline follows it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from core import contact, intake
from core.access import NotAllowed, Role
from core.claims import StaleClaim
from core.clocks import Correction, Grounds, NoPolicyInForce
from core.contact import NoReason, ReportInTheFuture
from core.transactions import transaction
from tests import factories
from tests.core.intake.taking import FULL, asked, correct, one, report
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

        with pytest.raises(StaleClaim, match=r"you read version 1, it is now version 2.*Tue 24 Nov 2026, 08:00 CST"):
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
