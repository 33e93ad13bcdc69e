"""Handing a claim over with a note: by whoever has it, to whoever may; who reads it, and taking it back."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from core import assignment, intake, worklist
from core.access import Actor, NotAllowed, Role
from core.claims import ClaimClosed, NoSuchClaim
from core.refusal import NoReason, TooLong
from core.transactions import transaction
from tests import factories
from tests.factories import NOW

pytestmark = pytest.mark.usefixtures("desk")

NOTE = "Robin speaks Spanish and is home from three."


def hand_over(
    actor: Actor, client: int, claim: int, to: Actor, note: str = NOTE, minutes: int = 0
) -> assignment.Assigned:
    at = NOW + timedelta(minutes=minutes)
    with transaction(actor) as tx:
        return assignment.hand_over(actor, tx, client_id=client, claim_id=claim, to=to.staff_id, note=note, at=at)


def opened(actor: Actor, client: int, claim: int) -> intake.ClaimPage:
    with transaction(actor) as tx:
        return intake.open_claim(actor, tx, client, claim)


def undo(actor: Actor, done: assignment.Assigned) -> None:
    with transaction(actor) as tx:
        assignment.undo(actor, tx, moves=done.moves, at=NOW + timedelta(seconds=30))


def holder(actor: Actor, client: int, claim: int) -> int | None:
    holding = opened(actor, client, claim).holding
    return holding.staff_id if holding else None


class TestByWhoeverHasIt:
    def test_the_new_holder_reads_the_note_with_the_claim_and_on_its_timeline(self, client, va, nurse) -> None:
        claim = factories.claim(client, assignee=va.staff_id)

        hand_over(va, client, claim, nurse, f"  {NOTE} ")

        page = opened(nurse, client, claim)
        assert page.holding == (nurse.staff_id, va.name, NOW, NOTE)
        told = page.timeline[0]
        assert (told.kind, told.by, told.whose, told.to, told.note) == ("assigned", va.name, va.name, nurse.name, NOTE)

    def test_the_list_says_who_handed_it_over_and_nothing_of_the_note(self, client, va, nurse) -> None:
        claim = factories.claim(client, assignee=va.staff_id)
        hand_over(va, client, claim, nurse)

        with transaction(nurse) as tx:
            [item] = worklist.items(nurse, tx, at=NOW)

        assert (item.assignee_id, item.giver) == (nurse.staff_id, va.name)
        cells = str(worklist.MY_WORK.source.cells(item))
        assert f"Note from {va.name}; reported, not tried yet" in cells
        assert "Spanish" not in cells

    def test_it_is_recorded_and_announced_without_the_note(self, desk, client, va, nurse) -> None:
        claim = factories.claim(client, assignee=va.staff_id)
        with desk.owner() as listener:
            listener.execute("listen desk_claim")
            hand_over(va, client, claim, nurse)
            heard = [json.loads(each.payload) for each in listener.notifies(timeout=5, stop_after=1)]
            recorded = listener.execute(
                "select actor_id, verb, detail from audit_event where noun = 'claim' and noun_id = %s", (claim,)
            ).fetchall()

        assert heard == [{"client": client, "claims": [claim]}]
        assert recorded == [(va.staff_id, "assigned", {"from": va.staff_id, "to": nurse.staff_id})]

    def test_when_it_changes_hands_again_the_note_is_history(self, client, va, nurse) -> None:
        claim = factories.claim(client, assignee=va.staff_id)
        hand_over(va, client, claim, nurse)
        hand_over(nurse, client, claim, va, "He was not in.", minutes=1)

        page = opened(va, client, claim)

        assert page.holding == (va.staff_id, nurse.name, NOW + timedelta(minutes=1), "He was not in.")
        assert [entry.note for entry in page.timeline if entry.kind == "assigned"] == ["He was not in.", NOTE]

    def test_one_whose_worker_was_reached_goes_on_as_well(self, client, va, nurse) -> None:
        claim = factories.claim(
            client, assignee=va.staff_id, first_contact_at=NOW, first_contact_by=nurse.staff_id
        )  # fmt: skip

        hand_over(va, client, claim, nurse)

        assert holder(va, client, claim) == nurse.staff_id


class TestBySomebodyElse:
    def test_a_supervisor_hands_over_anybodys(self, client, va, nurse) -> None:
        claim = factories.claim(client, assignee=va.staff_id)
        boss = factories.staff(Role.SUPERVISOR)

        hand_over(boss, client, claim, nurse)

        assert opened(nurse, client, claim).holding == (nurse.staff_id, boss.name, NOW, NOTE)

    @pytest.mark.parametrize("held", [True, False])
    def test_a_colleague_hands_over_neither_that_nor_what_is_nobodys(self, client, va, nurse, held: bool) -> None:
        claim = factories.claim(client, assignee=va.staff_id if held else None)
        with pytest.raises(assignment.NotHeld):
            hand_over(nurse, client, claim, nurse)

    def test_nobody_hands_over_a_claim_of_a_client_not_worked_for(self, client, va, nurse) -> None:
        claim = factories.claim(client, assignee=va.staff_id)
        with pytest.raises(NoSuchClaim):
            hand_over(factories.staff(Role.VA), client, claim, nurse)

    @pytest.mark.parametrize("role", [Role.COMPLIANCE, Role.ACCOUNT_EXECUTIVE, Role.ADMINISTRATOR])
    def test_a_role_that_works_no_claims_hands_none_over(self, client, va, nurse, role: Role) -> None:
        claim, other = factories.claim(client, assignee=va.staff_id), factories.staff(role, client)
        with pytest.raises(NotAllowed):
            hand_over(other, client, claim, nurse)
        with pytest.raises(NotAllowed), transaction(other) as tx:
            assignment.colleagues(other, tx, client_id=client, but=None)


class TestToWhom:
    def test_those_who_serve_or_cover_the_client_and_supervisors_are_offered_by_name(
        self, desk, client, va, nurse
    ) -> None:
        covering, boss, left = (
            factories.staff(Role.VA),
            factories.staff(Role.SUPERVISOR),
            factories.staff(Role.VA, client),
        )
        factories.cover(client, covering)
        factories.staff(Role.VA, factories.client())
        factories.staff(Role.COMPLIANCE)
        with desk.owner() as db:
            db.execute("update staff set active = false where staff_id = %s", (left.staff_id,))

        with transaction(va) as tx:
            found = assignment.colleagues(va, tx, client_id=client, but=va.staff_id)

        assert {each.staff_id for each in found} == {nurse.staff_id, covering.staff_id, boss.staff_id}
        assert [each.name for each in found] == sorted(each.name for each in found)

    def test_of_a_client_not_worked_for_nobody_is(self, client, va, nurse) -> None:
        other = factories.staff(Role.VA)
        with transaction(other) as tx:
            assert assignment.colleagues(other, tx, client_id=client, but=None) == []

    def test_one_who_covers_the_client_gets_it(self, client, va) -> None:
        covering, claim = factories.staff(Role.VA), factories.claim(client, assignee=va.staff_id)
        factories.cover(client, covering)

        hand_over(va, client, claim, covering)

        seen = replace(covering, clients=frozenset({client}))
        assert opened(seen, client, claim).holding == (covering.staff_id, va.name, NOW, NOTE)

    @pytest.mark.parametrize(
        ("role", "serves", "refusal"),
        [
            (Role.VA, False, assignment.DoesNotServe),
            (Role.COMPLIANCE, True, assignment.CannotTakeClaims),
        ],
    )
    def test_nobody_else_does(self, client, va, role: Role, serves: bool, refusal: type[Exception]) -> None:
        claim = factories.claim(client, assignee=va.staff_id)
        with pytest.raises(refusal):
            hand_over(va, client, claim, factories.staff(role, *([client] if serves else [])))
        assert holder(va, client, claim) == va.staff_id


class TestRefusing:
    @pytest.mark.parametrize(("note", "refusal"), [(" ", NoReason), ("x" * 501, TooLong)])
    def test_a_note_is_needed_and_short(self, client, va, nurse, note: str, refusal: type[Exception]) -> None:
        with pytest.raises(refusal):
            hand_over(va, client, factories.claim(client, assignee=va.staff_id), nurse, note)

    def test_not_to_whoever_has_it(self, client, va) -> None:
        with pytest.raises(assignment.HeldAlready):
            hand_over(va, client, factories.claim(client, assignee=va.staff_id), va)

    def test_not_a_closed_one(self, desk, client, va, nurse) -> None:
        claim = factories.claim(client, assignee=va.staff_id)
        with desk.owner() as db:
            db.execute("update claim set closed_at = %s, closed_why = 'x' where claim_id = %s", (NOW, claim))
        with pytest.raises(ClaimClosed):
            hand_over(va, client, claim, nurse)


class TestTakingItBack:
    def test_the_giver_does_and_holds_it_from_then_on(self, desk, client, va, nurse) -> None:
        claim = factories.claim(client, assignee=va.staff_id)

        undo(va, hand_over(va, client, claim, nurse))

        assert opened(va, client, claim).holding == (va.staff_id, None, None, None)
        with desk.owner() as db:
            [[since]] = db.execute("select assigned_at from claim where claim_id = %s", (claim,)).fetchall()
        assert since == NOW + timedelta(seconds=30)

    def test_not_once_it_was_handed_on(self, client, va, nurse) -> None:
        claim, third = factories.claim(client, assignee=va.staff_id), factories.staff(Role.VA, client)
        done = hand_over(va, client, claim, nurse)
        hand_over(nurse, client, claim, third, minutes=1)
        with pytest.raises(assignment.ChangedSince):
            undo(va, done)

    def test_nobody_else_does(self, client, va, nurse) -> None:
        done = hand_over(va, client, factories.claim(client, assignee=va.staff_id), nurse)
        with pytest.raises(NotAllowed):
            undo(nurse, done)
