"""Where no time is free before the deadline: who can be asked, that it is seen at once, and how it ends."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import psycopg
import pytest

from core import closing, notices, triage
from core.access import Actor, NotAllowed, Role
from core.claims import ClaimClosed
from core.refusal import NoReason, TooLong
from core.transactions import transaction
from core.triage import RequestKind
from core.worklist import BOOK_CALL, FIND_TIME
from tests import factories
from tests.core.triage import work
from tests.core.worklist.work import items
from tests.factories import NOW

pytestmark = pytest.mark.usefixtures("desk")

CHICAGO = ZoneInfo("America/Chicago")
HOUR = timedelta(hours=1)
MORNINGS = ["08:00-09:00"] * 7
"""Hours that are over at NOW, a Tuesday at 09:00 in Chicago."""


@pytest.fixture
def dana(desk, client) -> Actor:
    """Somebody whose hours are over."""
    return work.clinician(desk, client, hours=MORNINGS)


@pytest.fixture
def claim(client) -> int:
    """A claim that is due at 13:00 in Chicago."""
    return factories.claim(client, due_at=NOW + 4 * HOUR)


def ask(actor: Actor, client: int, claim: int, kind: RequestKind, whom: Actor | None = None, note: str = "") -> int:
    with transaction(actor) as tx:
        return triage.ask(
            actor, tx, client_id=client, claim_id=claim, kind=kind, clinician_id=whom and whom.staff_id, note=note,
            at=NOW,
        )  # fmt: skip


def end(actor: Actor, client: int, claim: int, request: int, why: str = "Not today.") -> str:
    with transaction(actor) as tx:
        return triage.end_request(
            actor, tx, client_id=client, claim_id=claim, request_id=request, why=why, at=NOW + HOUR
        )


def stands(desk) -> list[tuple[str | None, str | None]]:
    with desk.owner() as db:
        return db.execute("select outcome, settled_why from call_request order by request_id").fetchall()


def full(desk, client: int, va: Actor, **more) -> Actor:
    """Make a clinician who takes one call a day, and has it."""
    person = work.clinician(desk, client, daily_calls=1, **more)
    work.book(va, client, factories.claim(client), person, datetime(2026, 11, 24, 16, 0, tzinfo=CHICAGO))
    return person


class TestWhoCanBeAsked:
    def test_is_for_overtime_whoever_may_call_and_speaks_the_language_with_the_minutes_around_the_hours(
        self, desk, client, va, dana, claim
    ) -> None:
        work.clinician(desk, client, hours=MORNINGS, licences=["OH"])

        [overtime, escalation] = work.offers(va, client, claim).asks

        assert overtime == triage.Ask(RequestKind.OVERTIME, dana.staff_id, dana.name, "90 min after Tue 09:00 CST")
        assert escalation.kind is RequestKind.ESCALATION

    def test_before_the_hours_counts_too_and_time_off_and_calls_are_taken_out(self, desk, client, va, claim) -> None:
        later = work.clinician(desk, client, hours=["13:00-17:00"] * 7)
        work.away(desk, later, NOW + 3 * HOUR, NOW + 3 * HOUR + HOUR / 2)

        [overtime, _] = work.offers(va, client, claim).asks

        assert (overtime.clinician_id, overtime.why) == (later.staff_id, "90 min before Tue 13:00 CST")

    def test_a_break_between_the_hours_is_nobodys_overtime(self, desk, client, va) -> None:
        work.clinician(desk, client, hours=["08:00-09:15,09:45-10:00"] * 7)
        claim = factories.claim(client, due_at=NOW + HOUR)

        assert [ask.kind for ask in work.offers(va, client, claim).asks] == [RequestKind.ESCALATION]

    def test_is_for_time_whoever_is_booked_until_then_also_with_an_interpreter(self, desk, client, va, claim) -> None:
        busy = full(desk, client, va)
        desk.maker.execute("update injured_worker set language = 'Polish'")

        [time, _] = work.offers(va, client, claim).asks

        assert time == triage.Ask(
            RequestKind.TIME, busy.staff_id, busy.name, "booked until the deadline, needs an interpreter for Polish"
        )

    def test_is_nobody_while_a_time_is_free(self, desk, client, va, claim) -> None:
        work.clinician(desk, client)

        assert work.offers(va, client, claim).asks == ()
        with pytest.raises(triage.TimeIsFree):
            ask(va, client, claim, RequestKind.ESCALATION)

    def test_is_supervisors_still_when_the_deadline_has_passed(self, client, va, dana) -> None:
        late = factories.claim(client, due_at=NOW - HOUR)

        assert [each.kind for each in work.offers(va, client, late).asks] == [RequestKind.ESCALATION]

    def test_is_nobody_else(self, desk, client, va, dana, claim) -> None:
        elsewhere = work.clinician(desk, client, licences=["OH"])

        for kind, whom in (
            (RequestKind.OVERTIME, elsewhere), (RequestKind.TIME, dana), (RequestKind.OVERTIME, None),
            (RequestKind.ESCALATION, dana),
        ):  # fmt: skip
            with pytest.raises(triage.NotToBeAsked):
                ask(va, client, claim, kind, whom)


class TestARequest:
    def test_is_work_of_whoever_is_asked_and_of_supervisors_at_once(self, client, va, boss, dana, claim) -> None:
        ask(va, client, claim, RequestKind.OVERTIME, dana, "The worker asked for today.")

        for person in (dana, boss):
            [item] = [each for each in items(person) if each.kind == FIND_TIME]
            assert (item.claim_id, item.due_at, item.assignee_id) == (claim, NOW + HOUR, dana.staff_id)
            assert item.elements == [va.name, dana.name]
        with transaction(boss) as tx:
            assert [each.claim_id for each in notices.notices(boss, tx).to_find] == [claim]

    def test_to_supervisors_is_on_no_other_list_whoever_has_the_claim(self, client, va, boss, dana) -> None:
        claim = factories.claim(client, due_at=NOW + HOUR / 2, assignee=va.staff_id)
        ask(va, client, claim, RequestKind.ESCALATION)

        assert FIND_TIME not in [item.kind for item in (*items(va), *items(dana))]
        [item] = [each for each in items(boss) if each.kind == FIND_TIME]
        assert (item.due_at, item.assignee_id) == (NOW + HOUR / 2, None)

    def test_takes_the_place_of_booking_until_it_is_declined(self, client, va, dana, claim) -> None:
        assert BOOK_CALL in [item.kind for item in items(va)]

        request = ask(va, client, claim, RequestKind.OVERTIME, dana)
        assert BOOK_CALL not in [item.kind for item in items(va)]

        assert end(dana, client, claim, request) == "declined"
        assert BOOK_CALL in [item.kind for item in items(va)]
        assert work.offers(va, client, claim).asks

    def test_is_the_only_one_of_its_claim(self, client, va, boss, dana, claim) -> None:
        ask(va, client, claim, RequestKind.OVERTIME, dana)

        with pytest.raises(triage.AskedAlready):
            ask(boss, client, claim, RequestKind.ESCALATION)

    def test_and_what_is_said_to_it_are_on_the_timeline_and_on_the_record(self, desk, client, va, dana, claim) -> None:
        end(dana, client, claim, ask(va, client, claim, RequestKind.OVERTIME, dana, "Only today."))

        with desk.owner() as db:
            assert db.execute(
                "select kind, by_id, detail from claim_event where kind ~ '^call_request' order by event_id"
            ).fetchall() == [
                ("call_request_made", va.staff_id, {"kind": "overtime", "to": str(dana.staff_id), "why": "Only today."}),
                ("call_request_declined", dana.staff_id,
                 {"kind": "overtime", "to": str(dana.staff_id), "why": "Not today."}),
            ]  # fmt: skip
            assert db.execute(
                "select verb, actor_id, noun_id, detail from audit_event where verb ~ '^call_request' order by event_id"
            ).fetchall() == [
                ("call_request_made", va.staff_id, claim, {"to": dana.staff_id}),
                ("call_request_declined", dana.staff_id, claim, {"to": dana.staff_id}),
            ]

    def test_has_a_short_note_and_ends_for_a_reason(self, client, va, dana, claim) -> None:
        with pytest.raises(TooLong):
            ask(va, client, claim, RequestKind.OVERTIME, dana, "x" * 301)
        request = ask(va, client, claim, RequestKind.OVERTIME, dana, "x" * 300)
        with pytest.raises(NoReason):
            end(va, client, claim, request, " ")

    def test_is_declined_by_a_supervisor_withdrawn_by_whoever_asked_and_left_alone_by_others(
        self, client, va, boss, dana, claim
    ) -> None:
        request = ask(va, client, claim, RequestKind.OVERTIME, dana)
        with pytest.raises(triage.NotYoursToEnd):
            end(factories.staff(Role.VA, client), client, claim, request)
        assert end(va, client, claim, request) == "withdrawn"

        again = ask(va, client, claim, RequestKind.ESCALATION)
        assert end(boss, client, claim, again) == "declined"
        with pytest.raises(triage.RequestSettled):
            end(boss, client, claim, again)

    def test_is_not_for_whoever_books_no_calls(self, client, dana, claim) -> None:
        with pytest.raises(NotAllowed):
            ask(factories.staff(Role.COMPLIANCE), client, claim, RequestKind.ESCALATION)


class TestItEndsByItself:
    @pytest.fixture
    def request_id(self, client, va, dana, claim) -> int:
        return ask(va, client, claim, RequestKind.OVERTIME, dana)

    def test_when_a_call_is_booked_as_a_supervisor_does_against_the_calendar(
        self, desk, client, va, boss, dana, claim, request_id
    ) -> None:
        work.book(boss, client, claim, dana, NOW + HOUR, override="Agreed by telephone.")

        assert stands(desk) == [("booked", None)]
        assert FIND_TIME not in [item.kind for item in items(boss)]
        with pytest.raises(triage.BookedAlready):
            ask(va, client, claim, RequestKind.ESCALATION)

    def test_when_the_clinician_has_set_longer_hours_and_it_is_booked(
        self, desk, client, va, dana, claim, request_id
    ) -> None:
        with transaction(dana) as tx:
            triage.set_calendar(
                dana, tx, staff_id=dana.staff_id, hours=["08:00-12:00"] * 7, languages=[], licences=["IL"],
                compact=False, daily_calls=10, version=1, at=NOW,
            )  # fmt: skip
        slot = work.offers(va, client, claim).slots[0]
        work.book(va, client, claim, dana, slot.starts_at)

        assert stands(desk) == [("booked", None)]

    def test_when_the_worker_is_reached(self, desk, client, va, dana, claim, request_id) -> None:
        factories.first_contact(client, claim, dana)

        assert stands(desk) == [("reached", None)]
        with pytest.raises(triage.ReachedAlready):
            ask(va, client, claim, RequestKind.ESCALATION)

    def test_when_the_claim_is_closed(self, desk, client, va, boss, dana, claim, request_id) -> None:
        with transaction(boss) as tx:
            closing.close(boss, tx, client_id=client, claim_id=claim, reason="Withdrawn.")

        assert stands(desk) == [("over", None)]
        with pytest.raises(ClaimClosed):
            ask(va, client, claim, RequestKind.ESCALATION)

    def test_when_the_worker_has_died(self, desk, client, claim, request_id) -> None:
        desk.maker.execute("update claim set date_of_death = date_of_injury where claim_id = %s", (claim,))

        assert stands(desk) == [("over", None)]

    def test_when_whoever_is_asked_makes_calls_no_more(self, desk, client, dana, claim, request_id) -> None:
        desk.maker.execute("update staff set active = false where staff_id = %s", (dana.staff_id,))

        assert stands(desk) == [("declined", "The clinician makes no calls any more")]


class TestByHand:
    """In the application's role, without the services."""

    ASK = (
        "insert into call_request (client_id, claim_id, kind, clinician_id, asked_at, asked_by)"
        " values (%(client)s, %(claim)s, %(kind)s, %(whom)s, now(), %(by)s)"
    )

    def does(self, desk, person: Actor, statement: str, **values: object) -> bool:
        with desk.app(person.staff_id) as db:
            try:
                return db.execute(statement, {"me": person.staff_id, **values}).rowcount > 0
            except (psycopg.errors.InsufficientPrivilege, psycopg.errors.CheckViolation):
                return False

    def test_one_asks_in_the_own_name_whoever_makes_calls_for_the_client(self, desk, client, va, boss, dana) -> None:
        stranger = work.clinician(desk, factories.client())
        said = {"client": client, "claim": factories.claim(client), "kind": "overtime", "whom": dana.staff_id,
                "by": va.staff_id}  # fmt: skip
        for lie in (
            {"by": boss.staff_id}, {"whom": stranger.staff_id}, {"whom": None}, {"kind": "escalation"},
            {"kind": "something"},
        ):  # fmt: skip
            assert not self.does(desk, va, self.ASK, **said | lie), lie
        assert self.does(desk, va, self.ASK, **said)

    def test_one_asks_for_no_time_where_none_is_needed(self, desk, client, va, boss, dana) -> None:
        reached, booked, closed = (factories.claim(client) for _ in range(3))
        factories.first_contact(client, reached, dana)
        work.book(boss, client, booked, dana, NOW + HOUR, override="Agreed.")
        desk.maker.execute("update claim set closed_at = now(), closed_why = 'x' where claim_id = %s", (closed,))

        for claim in (reached, booked, closed):
            said = {"client": client, "claim": claim, "kind": "escalation", "whom": None, "by": va.staff_id}
            assert not self.does(desk, va, self.ASK, **said)

    def test_nobody_says_how_it_ended_but_those_whom_it_concerns_and_only_once(
        self, desk, client, va, boss, dana, claim
    ) -> None:
        ask(va, client, claim, RequestKind.OVERTIME, dana)
        ended = (
            "update call_request set outcome = '{}', settled_why = 'x', settled_at = now(), settled_by = %(me)s"
            " where claim_id = %(claim)s"
        )
        other = work.clinician(desk, client)

        for person, outcome in (
            (other, "declined"), (other, "withdrawn"), (va, "declined"), (dana, "withdrawn"), (boss, "withdrawn"),
            (boss, "booked"), (va, "reached"),
        ):  # fmt: skip
            assert not self.does(desk, person, ended.format(outcome), claim=claim), (person.role, outcome)
        assert self.does(desk, dana, ended.format("declined"), claim=claim)
        assert not self.does(desk, boss, ended.format("declined"), claim=claim)

    def test_nobody_tells_of_a_request_that_is_none(self, desk, client, va, claim) -> None:
        for statement in (
            "insert into claim_event (client_id, claim_id, at, by_id, kind)"
            " values (%(client)s, %(claim)s, now(), %(me)s, 'call_request_made')",
            "insert into audit_event (actor_id, client_id, noun, noun_id, verb)"
            " values (%(me)s, %(client)s, 'claim', %(claim)s, 'call_request_made')",
        ):
            assert not self.does(desk, va, statement, client=client, claim=claim)
