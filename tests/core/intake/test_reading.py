"""A claim is read whole, with the look on record."""

from dataclasses import replace
from datetime import timedelta

import pytest

from core.access import NotAllowed, Role
from core.claims import NoSuchClaim
from tests import factories
from tests.core.intake.reports import FULL, answer, one, open_, report
from tests.factories import NOW


class TestOpenClaim:
    def test_shows_the_whole_claim_and_puts_the_look_on_record(self, desk, client, va):
        made = report(
            va, client, replace(FULL, reporter="Dana Reed", reporter_phone="312 555 0107", injury_place=" Dock 4 ")
        )

        page = open_(va, client, made.claim_id)

        assert page.worker.name == "Jo Núñez"
        assert page.narrative.narrative == "Fell from a ladder."
        assert (page.narrative.reporter, page.narrative.reporter_phone) == ("Dana Reed", "+13125550107")
        assert page.narrative.injury_place == "Dock 4"
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
