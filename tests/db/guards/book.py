"""A client's claims and people, and what each of them does by hand."""

from datetime import timedelta

import psycopg
from psycopg.errors import InsufficientPrivilege

from core.access import Role
from tests import factories
from tests.factories import NOW

REPORTED = NOW - timedelta(hours=2)


class Book:
    """A client who is served, with a claim, a promise that came before the one in force, and a person of each role."""

    def __init__(self, desk) -> None:
        self.desk = desk
        self.client, self.other = factories.client(), factories.client()
        with desk.owner() as db:
            db.execute(
                "insert into sla_policy (client_id, effective_from, hours, clock, timezone, open_hours, working_days,"
                " calendar) select client_id, '2010-01-01Z', 720, clock, timezone, open_hours, working_days, calendar"
                " from sla_policy where client_id = %s",
                (self.client,),
            )
        self.people = {role: factories.staff(role, self.client).staff_id for role in Role}
        self.colleague = factories.staff(Role.CLINICAL, self.client).staff_id
        self.claim = factories.claim(self.client, reported_at=REPORTED)
        self.names = {
            "client": self.client, "other": self.other, "claim": self.claim, "now": NOW.isoformat(),
            "colleague": self.colleague, "reported": REPORTED.isoformat(),
        }  # fmt: skip
        self.names["worker"] = self.value("select worker_id from claim where claim_id = {claim}")

    def value(self, statement: str) -> object:
        with self.desk.owner() as db:
            return db.execute(statement.format(**self.names).encode()).fetchone()[0]

    def given(self, statement: str) -> None:
        with self.desk.owner() as db:
            db.execute(statement.format(**self.names).encode())

    def does(self, role: Role, *statements: str, stays: bool = True) -> bool:
        """Tell whether *statements* are done, in one transaction, by whoever has *role*; what is done *stays* or not."""
        me = self.people[role]
        with self.desk.app(me) as db:
            try:
                with db.transaction(force_rollback=not stays):
                    done = all(db.execute(each.format(**self.names, me=me).encode()).rowcount for each in statements)
                    db.execute("set constraints all immediate")
                    return done
            except (InsufficientPrivilege, psycopg.errors.IntegrityError):
                return False


WORKERS = {Role.VA, Role.CLINICAL, Role.SUPERVISOR}

BOSS = {Role.SUPERVISOR}

NONE: set[Role] = set()

PAUSED = (
    "insert into clock_pause (client_id, claim_id, starts_at, reason, set_by)"
    " values ({client}, {claim}, '{now}', 'x', {me})"
)

RESUMED = "update clock_pause set ends_at = timestamptz '{now}' + interval '3 hours', ended_by = {me} where claim_id = {claim}"

SPOKE = "select 1 where desk_log_attempt({client}, {claim}, '{now}', 'worker', 'phone', 'reached', true, null, null) is not null"

HELD = (
    "insert into first_contact (client_id, attempt_id, identity, explained, work_status)"
    " select client_id, attempt_id, '{{full_name,birth_date}}', '{{who_we_are}}', 'not_known' from contact_attempt"
    " where claim_id = {claim} and substantive and struck_at is null"
)

REACHED = "update claim set first_contact_at = '{now}', first_contact_by = {me} where claim_id = {claim}"


def logs_attempt(**how: str) -> str:
    """Return the call that logs an attempt: a VA's to the worker now, in vain, but for *how* it was otherwise."""
    usual = {"client": "client", "at": "'{now}'", "party": "worker", "outcome": "voicemail", "substantive": "false"}
    return (
        "select 1 where desk_log_attempt({{{client}}}, {{claim}}, {at}, '{party}', 'phone', '{outcome}', {substantive},"
        " null, null) is not null"
    ).format(**usual | how)


def kept(field: str, became: str) -> str:
    """Return the statement by which what stands in a *field* is kept, as what it *became* is about to be put there."""
    return (
        "insert into field_change (client_id, claim_id, field, was, became, why, at, by_id)"
        f" select client_id, claim_id, '{field}', desk_standing(client_id, claim_id, '{field}'), {became}, 'Misheard.',"
        " '{now}', {me} from claim where claim_id = {claim}"
    )


ENDED_BY_THE_ACT = {
    ("telephone_intake", "finish"),
    ("request_key", "made"),
    ("client_cover", "supervised_end"),
    ("file", "settle"),
    ("claim_condition", "change"),
    ("calendar_address", "renew"),
    ("clinician", "change"),
    ("triage_call", "change"),
    ("call_request", "settle"),
    ("referral", "finish"),
    ("referral_appointment", "change"),
    ("intake_requirement", "withdraw"),
    ("authorization_request", "change"),
    ("service_line", "used"),
    ("letter", "hand_out"),
    ("statutory_clock", "withdraw"),
    ("cadence", "withdraw"),
}
"""Policies whose rows are open before the act and not any more behind it, or in one's own name; the scope is the same."""

ANSWERED = "update intake_question set answered_at = '{now}', answered_by = {me}"
