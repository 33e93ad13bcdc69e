"""What cannot be made one soundly is refused, in words that say what to do first."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import psycopg
import pytest

from core import closing, contact, intake, merging
from core.access import Actor, Role
from core.claims import ClaimClosed, NoSuchClaim
from core.transactions import transaction
from tests import factories
from tests.conftest import Desk
from tests.core.merging.two import HOUR, compare, correct, merge, one, two
from tests.core.triage import work as calls
from tests.factories import NOW


def reached(desk: Desk, client: int, claim: int) -> None:
    factories.first_contact(client, claim, factories.staff(Role.CLINICAL, client), at=NOW - HOUR / 2)


def died(client: int, claim: int, days: int = 1) -> None:
    boss = factories.staff(Role.SUPERVISOR)
    with transaction(boss) as tx:
        intake.record_death(
            boss, tx, client_id=client, claim_id=claim, date_of_death=(NOW - timedelta(days=days)).date(), at=NOW
        )


def paused(client: int, claim: int) -> None:
    boss = factories.staff(Role.SUPERVISOR)
    with transaction(boss) as tx:
        contact.pause_clock(boss, tx, client_id=client, claim_id=claim, reason="In surgery.", at=NOW)


def closed(client: int, claim: int) -> None:
    boss = factories.staff(Role.SUPERVISOR)
    with transaction(boss) as tx:
        closing.close(boss, tx, client_id=client, claim_id=claim, reason="Withdrawn")


def renamed(client: int, claim: int) -> None:
    correct(
        factories.staff(Role.VA, client), client, claim, given_name="Jo", family_name="Roe", birth_date="03/04/1975"
    )


def call_booked(desk: Desk, client: int, claim: int) -> None:
    calls.book(factories.staff(Role.VA, client), client, claim, calls.clinician(desk, client), NOW + HOUR)


def represented(client: int, claim: int, name: str) -> None:
    correct(factories.staff(Role.VA, client), client, claim, representative_name=name)


def _both_represented(desk: Desk, client: int, earlier: int, later: int) -> None:
    represented(client, earlier, "Ann Law")
    represented(client, later, "Bo Court")


def _both_reached(desk: Desk, client: int, earlier: int, later: int) -> None:
    reached(desk, client, earlier)
    reached(desk, client, later)


def _reached_and_paused(desk: Desk, client: int, earlier: int, later: int) -> None:
    reached(desk, client, later)
    paused(client, earlier)


def _others_merged(desk: Desk, client: int, earlier: int, later: int) -> None:
    merge(factories.staff(Role.SUPERVISOR), client, later, factories.claim(client, reported_at=NOW))


def _merged(desk: Desk, client: int, earlier: int, later: int) -> None:
    merge(factories.staff(Role.SUPERVISOR), client, later, factories.claim(client, reported_at=NOW - 9 * HOUR))


Before = Callable[[Desk, int, int, int], None]


@pytest.mark.parametrize(
    ("before", "refusal"),
    [
        (_both_reached, merging.BothReached),
        (lambda desk, client, earlier, later: died(client, later), merging.DeathsDiffer),
        (lambda desk, client, earlier, later: (died(client, earlier, 2), died(client, later)), merging.DeathsDiffer),
        (_reached_and_paused, merging.ClockPaused),
        (lambda desk, client, earlier, later: call_booked(desk, client, later), merging.CallBooked),
        (lambda desk, client, earlier, later: closed(client, earlier), ClaimClosed),
        (lambda desk, client, earlier, later: closed(client, later), ClaimClosed),
        (lambda desk, client, earlier, later: renamed(client, later), merging.AnotherWorker),
        (_both_represented, merging.TwoRepresentatives),
        (_others_merged, merging.OthersMergedInto),
        (_merged, merging.MergedAlready),
    ],
    ids=["both reached", "one died", "died on two days", "reached and paused", "a call is booked", "the kept one closed", "the other closed",
         "two workers", "two representatives", "has others merged into it", "merged already"],
)  # fmt: skip
def test_two_claims_are_not_merged(
    desk: Desk, client: int, boss: Actor, before: Before, refusal: type[Exception]
) -> None:
    earlier, later = two(client)
    before(desk, client, earlier, later)
    merged = one(desk, "select count(*) from claim where merged_into is not null")

    for claim, other in ((earlier, later), (later, earlier)):
        with pytest.raises(refusal):
            compare(boss, client, claim, f"C-{other}")

    assert one(desk, "select count(*) from claim where merged_into is not null") == merged


@pytest.mark.parametrize(
    ("before", "refusal"),
    [
        (_both_reached, merging.BothReached),
        (lambda desk, client, earlier, later: closed(client, later), ClaimClosed),
        (lambda desk, client, earlier, later: renamed(client, later), merging.AnotherWorker),
    ],
    ids=["reached", "closed", "renamed"],
)
def test_nor_where_that_became_so_after_they_were_compared(
    desk: Desk, client: int, boss: Actor, before: Before, refusal: type[Exception]
) -> None:
    earlier, later = two(client)
    seen = compare(boss, client, earlier, f"C-{later}")
    before(desk, client, earlier, later)

    with pytest.raises(refusal), transaction(boss) as tx:
        merging.merge(boss, tx, seen=seen, take=[], at=NOW)


@pytest.mark.parametrize("typed", ["", "C-999", "{own}", "{foreign}", "Z-9"])
def test_a_number_leads_to_another_claim_of_the_same_client_or_nowhere(client: int, boss: Actor, typed: str) -> None:
    own, foreign = factories.claim(client), factories.claim(factories.client())

    with pytest.raises(merging.NoOtherClaim):
        compare(boss, client, own, typed.format(own=f"C-{own}", foreign=f"C-{foreign}"))


@pytest.mark.parametrize("typed", ["C-{0}", "c-{0}", " {0} ", "z -2"])
def test_a_number_is_read_however_it_is_typed(client: int, boss: Actor, va: Actor, typed: str) -> None:
    earlier, later = two(client)
    correct(va, client, later, client_claim_number="Z-2")

    assert compare(boss, client, earlier, typed.format(later)).other.claim_id == later


def test_a_number_that_several_claims_have_is_not_guessed(client: int, boss: Actor, va: Actor) -> None:
    own, *others = (factories.claim(client) for _ in range(3))
    for claim in others:
        correct(va, client, claim, client_claim_number="Z-2")

    with pytest.raises(merging.SeveralClaims):
        compare(boss, client, own, "Z-2")


def test_a_claim_that_is_nowhere_is_not_there(client: int, boss: Actor) -> None:
    with pytest.raises(NoSuchClaim):
        compare(boss, client, 999, f"C-{factories.claim(client)}")


def test_whoever_speaks_for_the_worker_is_not_left_out(client: int, boss: Actor) -> None:
    earlier, later = two(client)
    represented(client, later, "Ann Law")

    with pytest.raises(merging.RepresentativeLost):
        merge(boss, client, earlier, later, take=[])
    merge(boss, client, earlier, later)


def test_that_the_worker_wishes_for_no_contact_is_not_left_out(client: int, boss: Actor, va: Actor) -> None:
    earlier, later = two(client)
    correct(va, client, later, do_not_contact="Asked twice not to be called.")

    with pytest.raises(merging.WishLost):
        merge(boss, client, earlier, later, take=[])
    merge(boss, client, earlier, later, take=["do_not_contact"])


def test_a_report_is_not_corrected_behind_one_that_was_merged_into_its_claim(
    desk: Desk, client: int, boss: Actor
) -> None:
    earlier, later = two(client)
    merge(boss, client, earlier, later)
    change = {"client_id": client, "claim_id": earlier, "seen": NOW - 3 * HOUR, "reason": "The fax says so.", "at": NOW}

    with pytest.raises(intake.MergedBefore), transaction(boss) as tx:
        intake.correct_report(boss, tx, reported_at=NOW - HOUR / 2, **change)
    with transaction(boss) as tx:
        intake.correct_report(boss, tx, reported_at=NOW - 2 * HOUR, **change)


class TestByHand:
    """What the service refuses the database refuses as well."""

    @pytest.mark.parametrize("role", [role for role in Role if role is not Role.SUPERVISOR])
    def test_nobody_but_a_supervisor_merges_or_undoes_it(
        self, desk: Desk, client: int, boss: Actor, role: Role
    ) -> None:
        earlier, later = two(client)
        third = factories.claim(client, reported_at=NOW)
        merge(boss, client, earlier, third)
        for call, values in (
            ("desk_merge_claims(%s, %s, %s, %s)", (client, earlier, later, NOW)),
            ("desk_unmerge_claims(%s, %s, %s)", (client, third, NOW)),
        ):
            person = factories.staff(role, client)
            with desk.app(person.staff_id) as db, pytest.raises(psycopg.errors.InsufficientPrivilege):
                db.execute(f"select {call}".encode(), values)

    def test_a_claim_is_not_merged_into_a_later_one(self, desk: Desk, client: int, boss: Actor) -> None:
        earlier, later = two(client)
        with desk.app(boss.staff_id) as db, pytest.raises(psycopg.errors.InsufficientPrivilege):
            db.execute("select desk_merge_claims(%s, %s, %s, %s)", (client, later, earlier, NOW))

    @pytest.mark.parametrize(
        "before",
        [
            _both_reached,
            _reached_and_paused,
            lambda desk, client, earlier, later: died(client, later),
            lambda desk, client, earlier, later: call_booked(desk, client, later),
        ],
        ids=["both reached", "reached and paused", "one died", "a call is booked"],
    )
    def test_nor_what_says_different_things_of_one_worker(
        self, desk: Desk, client: int, boss: Actor, before: Before
    ) -> None:
        earlier, later = two(client)
        before(desk, client, earlier, later)
        with desk.app(boss.staff_id) as db, pytest.raises(psycopg.errors.CheckViolation):
            db.execute("select desk_merge_claims(%s, %s, %s, %s)", (client, earlier, later, NOW))

    @pytest.mark.parametrize(
        "act",
        [
            "update claim set version = version + 1 where claim_id = {claim}",
            "select desk_reopen_claim({client}, {claim}, 'x')",
            "insert into claim_event (client_id, claim_id, at, by_id, kind)"
            " values ({client}, {claim}, now(), {me}, 'network_set')",
            "update claim_narrative set cause = 'x' where claim_id = {claim}",
            "insert into representative (client_id, claim_id, firm) values ({client}, {claim}, 'x')",
            "update intake_question set answered_at = now(), answered_by = {me} where claim_id = {claim}",
            "insert into field_change (client_id, claim_id, field, became, why, at, by_id)"
            " values ({client}, {claim}, 'cause', 'x', 'x', now(), {me})",
            "insert into claim_condition (client_id, claim_id, words, status, since, set_at, set_by)"
            " values ({client}, {claim}, 'Sprain', 'alleged', '2026-11-23', now(), {me})",
            "update claim set merged_into = null where claim_id = {claim}",
        ],
    )
    def test_a_merged_claim_stays_as_it_was(self, desk: Desk, client: int, boss: Actor, act: str) -> None:
        earlier, later = two(client)
        with desk.owner() as db:
            db.execute(
                "insert into intake_question (client_id, claim_id, element, why, opened_at)"
                " values (%s, %s, 'language', 'x', %s)",
                (client, later, NOW),
            )
        act = act.format(client=client, claim=later, me=boss.staff_id)
        if "merged_into" not in act and "reopen" not in act:
            with desk.app(boss.staff_id) as db:
                db.autocommit = False
                db.execute(act.encode())  # it can be done while the claim is one of its own
                db.rollback()
        merge(boss, client, earlier, later)
        with desk.app(boss.staff_id) as db, pytest.raises(psycopg.errors.InsufficientPrivilege):
            db.execute(act.encode())

    def test_no_attempt_is_logged_on_it(self, desk: Desk, client: int, boss: Actor) -> None:
        earlier, later = two(client)
        merge(boss, client, earlier, later)
        with desk.app(boss.staff_id) as db, pytest.raises(psycopg.errors.CheckViolation):
            db.execute(
                "select desk_log_attempt(%s, %s, %s, 'employer', 'phone', 'no_answer', false, null, %s)",
                (client, later, NOW, uuid4()),
            )
