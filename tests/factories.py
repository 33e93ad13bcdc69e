"""People, clients and claims for tests: each function names only what the test is about."""

from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

from core.access import Actor, Role
from core.contact import Explained, FirstContact, Identity, Method, WorkStatus
from core.intake import worker_name_key

NOW = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)
"""Tuesday, 09:00 in Chicago."""

ANOTHER_PROMISE = (
    "insert into sla_policy (client_id, effective_from, hours, clock, timezone, open_hours, working_days, calendar)"
    " select client_id, %s, %s, clock, timezone, open_hours, working_days, calendar from sla_policy where client_id = %s"
)
"""One more promise, in force from a moment on, of so many hours, like the one that the client has."""

_desk: Any = None
_numbers = count(1)


def use(desk: Any) -> None:
    """Make rows in *desk* from now on."""
    global _desk
    _desk = desk


def client(code: str = "", *, hours: int = 24, clock: str = "elapsed", timezone: str = "America/Chicago") -> int:
    """Make a client with one SLA policy since 2020; its id."""
    number = next(_numbers)
    code = code or f"CLIENT-{number}"
    db = _desk.maker
    client_id: int = db.execute(
        "insert into client (code, name, timezone) values (%s, %s, %s) returning client_id",
        (code, f"Client {number}", timezone),
    ).fetchone()[0]
    db.execute(
        "insert into sla_policy (client_id, effective_from, hours, clock, timezone, open_hours, working_days, calendar)"
        " values (%s, '2020-01-01Z', %s, %s, %s, '08:00-17:00', '{1,2,3,4,5}', 'US')",
        (client_id, hours, clock, timezone),
    )
    return client_id


def staff(role: Role = Role.VA, *clients: int, name: str = "", timezone: str = "America/Chicago") -> Actor:
    """Make a person who works here and serves *clients*; the actor."""
    number = next(_numbers)
    sign_in_name = name or f"{role.value}.{number}"
    db = _desk.maker
    staff_id: int = db.execute(
        "insert into staff (sign_in_name, full_name, role, timezone) values (%s, %s, %s, %s) returning staff_id",
        (sign_in_name, f"Person {number}", role.value, timezone),
    ).fetchone()[0]
    for served in clients:
        db.execute("insert into staff_client (staff_id, client_id) values (%s, %s)", (staff_id, served))
    return Actor(staff_id, f"Person {number}", sign_in_name, role, timezone, frozenset(clients))


def cover(client_id: int, person: Actor, *, lasts: timedelta = timedelta(days=1)) -> None:
    """Let *person* cover the client from now on, by the wall clock, which is the database's."""
    db = _desk.maker
    db.execute(
        "insert into client_cover (client_id, staff_id, starts_at, until, reason, set_by)"
        " values (%s, %s, now(), now() + %s, 'On leave', 1)",
        (client_id, person.staff_id, lasts),
    )


def held(**changes: Any) -> FirstContact:
    """Return what a first contact held: enough to be one, with *changes*."""
    enough = {
        "method": Method.PHONE, "identity": [Identity.FULL_NAME, Identity.BIRTH_DATE],
        "explained": [Explained.WHO_WE_ARE], "work_status": WorkStatus.NOT_KNOWN,
    }  # fmt: skip
    return FirstContact(**enough | changes)


def claim(
    client_id: int,
    *,
    reported_at: datetime = NOW - timedelta(hours=2),
    due_at: datetime | None = None,
    family_name: str = "Sample",
    jurisdiction: str | None = "IL",
    assignee: int | None = None,
    first_contact_at: datetime | None = None,
    first_contact_by: int | None = None,
) -> int:
    """Make a claim with its worker, narrative and one timeline entry; the claim's id."""
    db = _desk.maker
    worker_id = db.execute(
        "insert into injured_worker (client_id, family_name, given_name, family_key, given_key, birth_date, phone)"
        " values (%s, %s, 'Robin', %s, 'robin', %s, '+13125550101') returning worker_id",
        (client_id, family_name, worker_name_key(family_name), date(1980, 1, 2)),
    ).fetchone()[0]
    claim_id: int = db.execute(
        "insert into claim (client_id, worker_id, jurisdiction, date_of_injury, reported_at, channel,"
        " sla_effective_from, due_at, assignee_id, assigned_at, first_contact_at, first_contact_by)"
        " select %s, %s, %s, %s, %s, 'form', p.effective_from, %s, %s::int,"
        " case when %s::int is null then null else %s end, %s, %s"
        " from sla_policy p where p.client_id = %s order by effective_from desc limit 1 returning claim_id",
        (
            client_id, worker_id, jurisdiction, reported_at.date(), reported_at,
            due_at or reported_at + timedelta(hours=24), assignee, assignee, reported_at,
            first_contact_at, first_contact_by, client_id,
        ),
    ).fetchone()[0]  # fmt: skip
    db.execute(
        "insert into claim_narrative (client_id, claim_id, narrative) values (%s, %s, 'Slipped on a wet floor.')",
        (client_id, claim_id),
    )
    db.execute(
        "insert into claim_event (client_id, claim_id, at, by_id, kind) values (%s, %s, %s, 1, 'reported')",
        (client_id, claim_id, reported_at),
    )
    return claim_id


def first_contact(client_id: int, claim_id: int, by: Actor, *, at: datetime = NOW) -> None:
    """Put a first contact on record, with what it held, as of a moment of which the services would not hear now."""
    _desk.maker.execute(
        "with attempt as (insert into contact_attempt (client_id, claim_id, at, by_id, party, method, outcome,"
        " substantive) values (%(client)s, %(claim)s, %(at)s, %(by)s, 'worker', 'phone', 'reached', true)"
        " returning attempt_id),"
        " held as (insert into first_contact (client_id, attempt_id, identity, explained, work_status)"
        " select %(client)s, attempt_id, '{full_name,birth_date}', '{who_we_are}', 'not_known' from attempt)"
        " update claim set first_contact_at = %(at)s, first_contact_by = %(by)s where claim_id = %(claim)s",
        {"client": client_id, "claim": claim_id, "at": at, "by": by.staff_id},
    )


def authorization(client_id: int, claim_id: int, *, received_at: datetime = NOW - timedelta(hours=1)) -> int:
    """Make a complete request of California for an MRI, which waits to be determined; its number."""
    request_id: int = _desk.maker.execute(
        "insert into authorization_request (client_id, claim_id, jurisdiction, kind, provider_name, received_at, channel,"
        " complete_at, clock, rule, due_at, logged_at, logged_by)"
        " values (%s, %s, 'CA', 'prospective', 'Dr. Ames', %s, 'fax', %s, 'running', 1, %s, %s, 1) returning request_id",
        (client_id, claim_id, received_at, received_at, received_at + timedelta(days=5), received_at),
    ).fetchone()[0]
    _desk.maker.execute(
        "insert into service_line (client_id, claim_id, request_id, line, words, units) values (%s, %s, %s, 1, 'MRI', 2)",
        (client_id, claim_id, request_id),
    )
    return request_id


def determination(
    client_id: int, claim_id: int, request_id: int, *, outcome: str = "approved", at: datetime = NOW
) -> int:
    """Have a request determined, approving one unit or none; the determination's number."""
    number: int = _desk.maker.execute(
        "with made as (insert into determination (client_id, claim_id, request_id, outcome, reviewer_name,"
        "   reviewer_credentials, reason, decided_at, decided_by, recorded_at)"
        "   values (%s, %s, %s, %s, 'Dr. Reed', 'MD', 'x', %s, 1, %s) returning *)"
        " insert into determination_line (client_id, claim_id, request_id, determination_id, line, outcome, units)"
        " select client_id, claim_id, request_id, determination_id, 1, outcome,"
        "   case when outcome = 'approved' then 1 end from made returning determination_id",
        (client_id, claim_id, request_id, outcome, at, at),
    ).fetchone()[0]
    return number
