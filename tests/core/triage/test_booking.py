"""Booking the triage call: what is free is offered and booked, nobody is booked twice, and what becomes of a call."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import psycopg
import pytest

from core import closing, triage, worklist
from core.access import NotAllowed, Role
from core.claims import ClaimClosed, NoSuchClaim
from core.narrowing import Filter
from core.transactions import transaction
from core.worklist import BOOK_CALL, KINDS
from tests import factories
from tests.core.triage import work
from tests.core.triage.work import HOUR
from tests.core.worklist.work import items
from tests.factories import NOW

pytestmark = pytest.mark.usefixtures("desk")

CHICAGO = ZoneInfo("America/Chicago")
TEN = datetime(2026, 11, 24, 10, 0, tzinfo=CHICAGO)
"""An hour after NOW."""


@pytest.fixture
def dana(desk, client):
    return work.clinician(desk, client)


@pytest.fixture
def claim(client):
    return factories.claim(client)


class TestABooking:
    def test_is_on_the_claim_on_its_timeline_and_on_the_record(self, desk, client, va, dana, claim) -> None:
        work.book(va, client, claim, dana, TEN)

        (call,) = work.calls(va, client, claim)
        assert (call.clinician, call.starts_at, call.ends_at - call.starts_at) == (
            dana.name,
            TEN,
            timedelta(minutes=30),
        )
        with desk.owner() as db:
            assert db.execute("select kind, by_id from claim_event where kind ~ '^call'").fetchall() == [
                ("call_booked", va.staff_id)
            ]
            assert db.execute("select verb, actor_id, noun_id from audit_event where verb ~ '^call'").fetchall() == [
                ("call_booked", va.staff_id, claim)
            ]

    def test_is_the_only_one_of_its_claim(self, desk, client, va, dana, claim) -> None:
        work.book(va, client, claim, dana, TEN)

        with pytest.raises(triage.BookedAlready):
            work.book(va, client, claim, work.clinician(desk, client), TEN + 3 * HOUR)

    @pytest.mark.parametrize("minutes", [-15, 0, 15])
    def test_also_takes_the_half_hour_that_it_runs_into(self, client, va, dana, claim, minutes: int) -> None:
        work.book(va, client, claim, dana, TEN)

        with pytest.raises(triage.TimeTaken):
            work.book(va, client, factories.claim(client), dana, TEN + timedelta(minutes=minutes))

    def test_leaves_the_times_beside_it_free(self, client, va, dana, claim) -> None:
        work.book(va, client, claim, dana, TEN)

        work.book(va, client, factories.claim(client), dana, TEN + timedelta(minutes=30))
        work.book(va, client, factories.claim(client), dana, TEN - timedelta(minutes=30))

    def test_takes_the_time_also_for_another_client(self, desk, client, va) -> None:
        other = factories.client()
        both = work.clinician(desk, client, other)
        work.book(va, client, factories.claim(client), both, TEN)

        with pytest.raises(triage.TimeTaken):
            work.book(factories.staff(Role.VA, other), other, factories.claim(other), both, TEN)

    def test_of_two_at_once_gets_the_slot_once(self, client, va, dana) -> None:
        claims = [factories.claim(client) for _ in range(6)]

        def attempt(claim: int) -> str:
            try:
                work.book(va, client, claim, dana, TEN)
            except triage.TimeTaken:
                return "taken"
            return "booked"

        with ThreadPoolExecutor(6) as pool:
            assert sorted(pool.map(attempt, claims)) == ["booked", *["taken"] * 5]

    @pytest.mark.parametrize(
        ("starts_at", "why"),
        [
            (TEN.replace(hour=12), "does not work then"),
            (TEN.replace(hour=16, minute=45), "does not work then"),
            (TEN + timedelta(days=4), "does not work then"),
            (TEN.replace(hour=15), "is away then"),
        ],
        ids=["lunch", "runs over the end", "Saturday", "time off"],
    )
    def test_against_the_calendar_is_refused_and_says_why(self, desk, client, va, dana, claim, starts_at, why) -> None:
        work.away(desk, dana, TEN.replace(hour=14, minute=45), TEN.replace(hour=15, minute=10))

        with pytest.raises(triage.AgainstTheCalendar, match=why):
            work.book(va, client, claim, dana, starts_at)

    def test_without_a_licence_in_the_state_is_refused(self, desk, client, va, claim) -> None:
        elsewhere = work.clinician(desk, client, licences=["OH", "TX"], compact=True)

        with pytest.raises(triage.AgainstTheCalendar, match="not licensed in IL"):
            work.book(va, client, claim, elsewhere, TEN)
        work.book(va, client, factories.claim(client, jurisdiction="FL"), elsewhere, TEN)

    def test_more_than_a_days_calls_is_refused(self, desk, client, va) -> None:
        few = work.clinician(desk, client, daily_calls=1)
        work.book(va, client, factories.claim(client), few, TEN)

        with pytest.raises(triage.AgainstTheCalendar, match="1 call that day"):
            work.book(va, client, factories.claim(client), few, TEN + 3 * HOUR)
        work.book(va, client, factories.claim(client), few, TEN + timedelta(days=1))

    @pytest.mark.parametrize("starts_at", [NOW, NOW - HOUR, TEN + timedelta(days=40), TEN + timedelta(seconds=10)])
    def test_is_for_a_time_ahead_to_the_minute(self, client, va, dana, claim, starts_at) -> None:
        with pytest.raises(triage.NotAhead):
            work.book(va, client, claim, dana, starts_at)

    def test_is_with_somebody_who_makes_calls_for_the_client(self, desk, client, va, claim) -> None:
        for nobody in (work.clinician(desk, factories.client()), factories.staff(Role.CLINICAL, client), va):
            with pytest.raises(triage.NoSuchClinician):
                work.book(va, client, claim, nobody, TEN)

    def test_of_a_claim_that_is_closed_or_whose_worker_died_is_refused(self, desk, client, va, dana) -> None:
        closed, died = factories.claim(client), factories.claim(client)
        desk.maker.execute("update claim set closed_at = now(), closed_why = 'x' where claim_id = %s", (closed,))
        desk.maker.execute("update claim set date_of_death = '2026-11-20' where claim_id = %s", (died,))

        with pytest.raises(ClaimClosed):
            work.book(va, client, closed, dana, TEN)
        with pytest.raises(triage.WorkerHasDied):
            work.book(va, client, died, dana, TEN)

    @pytest.mark.parametrize(
        ("put", "why"),
        [
            ("update injured_worker set do_not_contact = 'Asked twice'", "not to be contacted"),
            ("update injured_worker set preferred_contact = 'attorney'", "speaks for the worker"),
            (
                "insert into representative (client_id, claim_id, kind, name)"
                " select client_id, claim_id, 'attorney', 'R' from claim",
                "speaks for the worker",
            ),
        ],
        ids=["not to be contacted", "through an attorney", "represented"],
    )
    def test_of_a_worker_who_is_not_to_be_called_is_refused_but_for_a_reason(
        self, desk, client, va, boss, dana, claim, put: str, why: str
    ) -> None:
        desk.maker.execute(put.encode())

        with pytest.raises(triage.AgainstTheCalendar, match=why):
            work.book(va, client, claim, dana, TEN)
        work.book(boss, client, claim, dana, TEN, override="The attorney asked for it")

    def test_is_for_those_who_work_the_client(self, client, dana, claim) -> None:
        with pytest.raises(NoSuchClaim):
            work.book(factories.staff(Role.VA, factories.client()), client, claim, dana, TEN)
        with pytest.raises(NotAllowed):
            work.book(factories.staff(Role.COMPLIANCE), client, claim, dana, TEN)


class TestASupervisor:
    def test_books_against_the_calendar_for_a_reason_that_is_kept(self, client, boss, dana, claim) -> None:
        work.book(boss, client, claim, dana, TEN.replace(hour=18), override="Agreed to stay longer")

        assert [call.override_why for call in work.calls(boss, client, claim)] == ["Agreed to stay longer"]

    def test_alone_does_so(self, client, va, dana, claim) -> None:
        with pytest.raises(NotAllowed):
            work.book(va, client, claim, dana, TEN.replace(hour=18), override="Please")

    def test_books_nobody_twice_all_the_same(self, client, boss, dana, claim) -> None:
        work.book(boss, client, claim, dana, TEN)

        with pytest.raises(triage.TimeTaken):
            work.book(boss, client, factories.claim(client), dana, TEN, override="Urgent")

    def test_has_no_reason_kept_where_the_time_is_free(self, client, boss, dana, claim) -> None:
        work.book(boss, client, claim, dana, TEN, override="Urgent")

        assert work.calls(boss, client, claim)[0].override_why is None


class TestACall:
    @pytest.fixture
    def call(self, client, va, dana, claim) -> int:
        return work.book(va, client, claim, dana, TEN)

    def test_that_is_moved_stays_the_same_and_counts_its_moves(self, desk, client, va, dana, claim, call) -> None:
        before = work.calls(va, client, claim)[0]
        other = work.clinician(desk, client)

        work.change(va, client, claim, triage.move, call, clinician_id=other.staff_id, starts_at=TEN + HOUR)

        (after,) = work.calls(va, client, claim)
        assert (after.uid, after.sequence, after.clinician_id, after.starts_at) == (
            before.uid,
            1,
            other.staff_id,
            TEN + HOUR,
        )

    def test_is_not_in_its_own_way(self, client, va, dana, claim, call) -> None:
        work.change(
            va, client, claim, triage.move, call, clinician_id=dana.staff_id, starts_at=TEN + timedelta(minutes=15)
        )

    def test_gives_its_time_back_when_it_is_moved_or_cancelled(self, client, va, dana, claim, call) -> None:
        work.change(va, client, claim, triage.move, call, clinician_id=dana.staff_id, starts_at=TEN + HOUR)
        again = work.book(va, client, second := factories.claim(client), dana, TEN)
        work.change(va, client, second, triage.cancel, again, why="The worker asked for another day")
        work.book(va, client, factories.claim(client), dana, TEN)

    def test_that_a_colleague_has_moved_is_looked_at_again(self, client, va, dana, claim, call) -> None:
        work.change(va, client, claim, triage.move, call, clinician_id=dana.staff_id, starts_at=TEN + HOUR)

        for act, more in (
            (triage.move, {"clinician_id": dana.staff_id, "starts_at": TEN + 4 * HOUR}),
            (triage.cancel, {"why": "x"}),
        ):
            with pytest.raises(triage.CallChanged):
                work.change(va, client, claim, act, call, **more)

    def test_is_cancelled_for_a_reason(self, client, va, claim, call) -> None:
        with pytest.raises(triage.NoReason):
            work.change(va, client, claim, triage.cancel, call, why="  ")

    def test_is_missed_only_once_its_time_has_come_as_the_clinician_says(self, client, va, dana, claim, call) -> None:
        with pytest.raises(NotAllowed):
            work.change(va, client, claim, triage.missed, call, at=TEN + HOUR)
        with pytest.raises(triage.NotYet):
            work.change(dana, client, claim, triage.missed, call, at=TEN - timedelta(minutes=1))
        work.change(dana, client, claim, triage.missed, call, at=TEN)

        assert [call.status for call in work.calls(va, client, claim)] == ["missed"]
        work.book(va, client, claim, dana, TEN + 4 * HOUR)

    def test_ends_once(self, client, dana, claim, call) -> None:
        work.change(dana, client, claim, triage.done, call, at=TEN)

        with pytest.raises(triage.CallChanged):
            work.change(dana, client, claim, triage.missed, call, at=TEN)

    def test_is_over_when_the_claim_is_closed(self, client, va, boss, claim, call) -> None:
        with transaction(boss) as tx:
            closing.close(boss, tx, client_id=client, claim_id=claim, reason="Reported in error")

        assert [(c.status, c.ended_why) for c in work.calls(va, client, claim)] == [
            ("cancelled", "The claim was closed")
        ]

    @pytest.mark.parametrize(("minutes", "status"), [(-10, "done"), (20, "done"), (-180, "cancelled")])
    def test_is_made_by_the_first_contact(self, client, va, dana, claim, call, minutes: int, status: str) -> None:
        factories.first_contact(client, claim, dana, at=TEN + timedelta(minutes=minutes))

        assert [call.status for call in work.calls(va, client, claim)] == [status]

    def test_is_not_made_by_a_clinician_who_is_disabled_or_does_something_else(
        self, desk, client, va, dana, claim, call
    ) -> None:
        desk.maker.execute("update staff set role = 'va' where staff_id = %s", (dana.staff_id,))

        [call] = work.calls(va, client, claim)
        assert (call.status, call.ended_why) == ("cancelled", "The clinician makes no calls any more")

    def test_is_needless_once_the_worker_was_reached(self, client, va, dana, claim, call) -> None:
        factories.first_contact(client, claim, dana, at=NOW)

        with pytest.raises(triage.ReachedAlready):
            work.book(va, client, claim, dana, TEN + HOUR)


class TestByHand:
    """In the application's role, without the services."""

    def test_nobody_tells_of_a_call_that_is_none(self, desk, client, va, claim) -> None:
        with desk.app(va.staff_id) as db:
            for statement in (
                "insert into claim_event (client_id, claim_id, at, by_id, kind) values (%(c)s, %(n)s, now(), %(me)s, 'call_booked')",
                "insert into audit_event (actor_id, client_id, noun, noun_id, verb) values (%(me)s, %(c)s, 'claim', %(n)s, 'call_booked')",
            ):
                with pytest.raises(psycopg.errors.InsufficientPrivilege):
                    db.execute(statement, {"c": client, "n": claim, "me": va.staff_id})

    @pytest.mark.parametrize(
        "change",
        [
            "starts_at = starts_at + interval '1 hour', ends_at = ends_at + interval '1 hour'",
            "status = 'done'",
            "status = 'missed'",
            "status = 'cancelled', ended_why = 'x', starts_at = starts_at - interval '1 minute'",
            "sequence = sequence + 1, override_why = 'because'",
        ],
    )
    def test_a_va_moves_no_call_unseen_and_says_of_none_that_it_was_made(
        self, desk, client, va, dana, claim, change
    ) -> None:
        work.book(va, client, claim, dana, TEN)

        with desk.app(va.staff_id) as db, pytest.raises(psycopg.errors.InsufficientPrivilege):
            db.execute(f"update triage_call set {change}, changed_at = now(), changed_by = {va.staff_id}")

    @pytest.mark.parametrize("at", ["2300-01-01 15:00Z", "294276-01-15 03:00Z"])
    def test_no_call_is_booked_or_moved_beyond_a_month(self, desk, client, va, dana, claim, at: str) -> None:
        work.book(va, client, claim, dana, TEN)
        other = factories.claim(client)
        with desk.app(va.staff_id) as db:
            for statement in (
                "update triage_call set starts_at = %(at)s, ends_at = %(at)s::timestamptz + interval '30 minutes',"
                " sequence = sequence + 1, changed_at = now(), changed_by = %(me)s",
                "insert into triage_call (client_id, claim_id, clinician_id, starts_at, ends_at, booked_at, booked_by)"
                " values (%(client)s, %(claim)s, %(dana)s, %(at)s, %(at)s::timestamptz + interval '30 minutes', now(), %(me)s)",
            ):
                with pytest.raises(psycopg.errors.InsufficientPrivilege):
                    db.execute(
                        statement,
                        {"at": at, "me": va.staff_id, "client": client, "claim": other, "dana": dana.staff_id},
                    )

    def test_no_call_is_booked_on_a_claim_that_is_being_closed(self, desk, client, va, boss, dana, claim) -> None:
        insert = (
            "insert into triage_call (client_id, claim_id, clinician_id, starts_at, ends_at, booked_at, booked_by)"
            " select %s, %s, %s, t, t + interval '30 minutes', now(), %s from date_trunc('minute', now() + interval '1 day') t"
        )
        with desk.app(boss.staff_id) as closing_it, desk.app(va.staff_id) as booking, ThreadPoolExecutor(1) as beside:
            with closing_it.transaction():
                closing_it.execute("select desk_close_claim(%s, %s, 'Withdrawn')", (client, claim))
                booked = beside.submit(booking.execute, insert, (client, claim, dana.staff_id, va.staff_id))
                with pytest.raises(TimeoutError):
                    booked.result(0.3)
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                booked.result(10)

    def test_who_books_is_who_acts(self, desk, client, va, boss, dana, claim) -> None:
        with desk.app(va.staff_id) as db, pytest.raises(psycopg.errors.InsufficientPrivilege):
            db.execute(
                "insert into triage_call (client_id, claim_id, clinician_id, starts_at, ends_at, booked_at, booked_by)"
                " values (%s, %s, %s, %s, %s, now(), %s)",
                (
                    client,
                    claim,
                    dana.staff_id,
                    TEN + timedelta(days=7),
                    TEN + timedelta(days=7, minutes=30),
                    boss.staff_id,
                ),
            )


class TestWork:
    @pytest.mark.parametrize(
        ("told", "permits", "why"),
        [
            ("update injured_worker set preferred_contact = 'attorney'", False, "represented"),
            ("update representative set name = 'A. Lawyer'", False, "represented"),
            ("update representative set name = 'A. Lawyer', permits = true", True, "reported"),
            ("update representative set kind = 'attorney'", False, "reported"),
        ],
        ids=["prefers the attorney", "represented", "permitted", "nobody is known"],
    )
    def test_to_book_a_call_with_who_is_represented_is_to_agree_it_with_the_representative(
        self, desk, client, va, dana, claim, told: str, permits: bool, why: str
    ) -> None:
        desk.maker.execute("insert into representative (client_id, claim_id) values (%s, %s)", (client, claim))
        desk.maker.execute(told)

        [item] = [each for each in items(va) if each.kind == BOOK_CALL]

        assert item.why == why
        said = next(kind for kind in KINDS if kind.arm.number == BOOK_CALL).why(item)
        assert ("agree the triage call with the representative" in said[1]) is (why == "represented")

    def test_ones_own_call_within_the_hour_is_next_before_what_is_overdue(self, desk, client, va, dana) -> None:
        overdue, called = factories.claim(client, due_at=NOW - HOUR), factories.claim(client)
        work.book(va, client, called, dana, NOW + HOUR / 2)
        other = factories.claim(client, due_at=NOW + HOUR)

        def after(person, claim: int, at: datetime) -> tuple[int, int] | None:
            with transaction(person) as tx:
                return worklist.following(
                    person, tx, client_id=client, claim_id=claim, everybody=True, only=Filter(), at=at
                )

        assert after(dana, other, NOW) == (client, called)
        assert after(dana, called, NOW) == (client, overdue)
        assert after(dana, other, NOW - HOUR) == (client, overdue), "not yet"
        assert after(va, other, NOW) == (client, overdue), "it is dana's"

    def test_is_to_book_a_call_and_then_to_make_it_and_both_by_their_times(self, client, va, dana, claim) -> None:
        assert [(item.kind, item.due_at) for item in items(va)] == [(4, NOW + 2 * HOUR), (1, NOW + 22 * HOUR)]

        work.book(va, client, claim, dana, TEN)

        (item,) = items(va)
        assert (item.kind, item.due_at, item.assignee_id) == (5, TEN, dana.staff_id)

    def test_is_to_book_another_where_the_worker_missed_it(self, client, va, dana, claim) -> None:
        call = work.book(va, client, claim, dana, TEN)
        work.change(dana, client, claim, triage.missed, call, at=TEN)

        assert [(item.kind, item.why) for item in items(va)] == [(4, "missed"), (1, "reported")]

    def test_books_nothing_where_nobody_makes_calls(self, client, va, claim) -> None:
        assert [item.kind for item in items(va)] == [1]
