"""
Every table, verb and role: what becomes of a statement typed by hand in the application's role.

A new table is one more row of `TABLES`, and a new column is named in it where it may be written; otherwise a test here
says which one is missing.
"""

import re
from collections.abc import Iterator
from datetime import timedelta

import psycopg
import pytest

from core.access import Role
from db.models import Base
from tests import factories
from tests.core.referrals import work
from tests.db.cells import (
    ADMINISTRATOR,
    DONE,
    EXECUTIVE,
    NO_ROW,
    PEOPLE,
    REFUSED,
    TABLES,
    VA,
    May,
    Person,
)
from tests.factories import NOW


class World:
    """A client who is served and one who is not, with a row in every table for each; and one person of every role."""

    def __init__(self, desk) -> None:
        self.desk = desk
        self.clients = [{"client": factories.client(), "bare": factories.client()} for _ in range(2)]
        self.served, self.foreign = self.clients
        mine = tuple(self.served.values())
        self.people = {role: factories.staff(role, *mine).staff_id for role in Role} | {None: 0}
        both = tuple(client for each in self.clients for client in each.values())
        self.va = factories.staff(VA, *(client for client in both if client not in (c["bare"] for c in self.clients)))
        with desk.owner() as db:
            for names in self.clients:
                self._fill(db, names)
            for staff_id in self.people.values():
                if staff_id:
                    db.execute("insert into request_key values (gen_random_uuid(), %s, now())", (staff_id,))
                    for names in self.clients:
                        db.execute(
                            "insert into claim_viewer values (%s, %s, %s, now(), now())",
                            (names["client"], names["claim"], staff_id),
                        )
                        db.execute(
                            "insert into work_mark values (%s, %s, 1, %s, now(), now() + interval '1 hour', null)",
                            (names["client"], names["claim"], staff_id),
                        )
                    db.execute(
                        "insert into staff_session (token_hash, staff_id, issued_at, last_seen_at)"
                        " values (sha256(%s), %s, now(), now())",
                        (str(staff_id).encode(), staff_id),
                    )
            db.execute("select fold_facts()")
            for names in self.clients:
                names["untold"] = factories.claim(names["client"])
                db.execute("delete from claim_narrative where claim_id = %s", (names["untold"],))
                db.execute(factories.ANOTHER_PROMISE, ("2100-01-01Z", 36, names["client"]))

    def _fill(self, db: psycopg.Connection, names: dict[str, object]) -> None:
        client = names["client"]
        names |= {
            "claim": factories.claim(client), "imported": factories.claim(client), "paused": factories.claim(client),
            "colleague": self.va.staff_id, "reported": NOW.isoformat(), "due": (NOW + timedelta(hours=24)).isoformat(),
        }  # fmt: skip
        names["worker"] = db.execute("select worker_id from claim where claim_id = %s", (names["claim"],)).fetchone()[0]
        factories.first_contact(client, factories.claim(client), self.va)
        for name in ("import_id", "empty_import", "requests_import"):
            names[name] = db.execute(
                "insert into feed_import (client_id, kind, file_name, started_at, by_id, state)"
                " values (%s, 'claims', 'f', now(), 1, 'done') returning import_id",
                (client,),
            ).fetchone()[0]
        names["loner"] = db.execute(
            "insert into injured_worker (client_id, family_name, given_name, family_key, given_key)"
            " values (%s, 'Lone', 'R', 'lone', 'r') returning worker_id",
            (client,),
        ).fetchone()[0]
        for name in ("waiting", "stamped", "filed"):
            names[name] = db.execute(
                "insert into file (client_id, kind, name, size, digest, uploaded_at, uploaded_by, received_at, stamped_by)"
                " values (%s, 'text', 'f', 1, sha256(%s::bytea), now(), 1, case when %s then now() end, case when %s then 1 end)"
                " returning file_id",
                (client, name.encode(), name != "waiting", name != "waiting"),
            ).fetchone()[0]
        for name in ("request", "decided", "incomplete"):
            names[name] = factories.authorization(client, names["claim"])
        names["brought"] = factories.authorization(client, factories.claim(client))
        names["determination"] = factories.determination(client, names["claim"], names["decided"])
        names["clinician"], names["unset"] = (factories.staff(Role.CLINICAL, client).staff_id for _ in range(2))
        for staff_id in filter(None, self.people.values()):
            db.execute(
                "insert into draft (staff_id, form, client_id, claim_id, request, fields, saved_at)"
                " values (%s, 'attempt', %s, %s, gen_random_uuid(), '{}', now())",
                (staff_id, client, names["claim"]),
            )
        for statement in (
            "update claim set import_id = {import_id} where claim_id = {imported}",
            "update authorization_request set import_id = {requests_import} where request_id = {brought}",
            "insert into import_refusal values ({client}, {import_id}, 1, 'x', 'x', 'x', '[]')",
            "insert into import_duplicate values ({client}, {import_id}, 1, 'x', {claim}),"
            " ({client}, {empty_import}, 1, 'x', {claim})",
            "insert into client_cover (client_id, staff_id, starts_at, until, reason, set_by)"
            " values ({client}, {colleague}, now(), now() + interval '1 day', 'leave', 1)",
            "insert into client_holiday values ({client}, '2026-12-23', now(), true, 'x', 'x', 1, now()),"
            " ({client}, '2026-12-23', '2100-01-01Z', true, 'x', 'x', 1, now())",
            "insert into intake_requirement (element, client_id, asked, effective_from, why, sureness, proposed_by,"
            " proposed_at) values ('occupation', {client}, 'required', '2100-01-01', 'x', 'knowledge', 1, now())",
            "insert into cadence (party, effective_from, left_hours, every_hours, last_hours, undated_hours, promised_hours,"
            " opens, closes, unanswered, share, why, proposed_by, proposed_at) values ('reviewer', '2100-01-01', '{{24}}',"
            " '{{4}}', 1, 48, 24, '08:00', '17:00', 3, 25, 'x', 1, now())",
            "insert into statutory_clock (jurisdiction, kind, effective_from, zone, starts, amount, unit, lapse, lapse_words,"
            " owner, citation, confidence, why, proposed_by, proposed_at) values ('KY', 'prospective', '2100-01-01',"
            " 'America/New_York', 'x', 1, 'hours', 'none', 'x', 'payer', 'x', 'knowledge', 'x', 1, now())",
            "insert into statutory_clock_check (clock_id, against, checked_by, checked_at) values (1, 'x', 1, now())",
            "insert into statutory_holiday (jurisdiction, day, effective_from, closed, name, reason, set_by, set_at)"
            " values ('KY', '2026-12-23', now(), true, 'x', 'x', 1, now())",
            "insert into clinician (staff_id, hours, set_at, set_by)"
            " values ({clinician}, array_fill('00:00-24:00'::text, array[7]), now(), 1)",
            "insert into calendar_address values ({clinician}, sha256('{clinician}'), now())",
            "insert into time_off (staff_id, starts_at, ends_at, set_at, set_by)"
            " values ({clinician}, now(), now() + interval '1 day', now(), 1)",
            "insert into representative (client_id, claim_id, kind, name) values ({client}, {claim}, 'attorney', 'R')",
            "insert into triage_call (client_id, claim_id, clinician_id, starts_at, ends_at, booked_at, booked_by)"
            " select {client}, {claim}, {clinician}, t, t + interval '30 minutes', now(), 1"
            " from date_trunc('minute', now() + interval '2 days') t",
            "insert into telephone_intake (client_id, claim_id, request, begun_at, begun_by)"
            " values ({client}, {imported}, gen_random_uuid(), now(), 1)",
            "insert into call_request (client_id, claim_id, kind, clinician_id, asked_at, asked_by)"
            " values ({client}, {claim}, 'overtime', {clinician}, now(), 1)",
            "insert into hand_over values ({client}, {claim}, now(), {colleague}, 1, 'x')",
            "insert into feed_mapping values ({client}, '{{}}', 1, now(), 'claims')",
            "insert into intake_question (client_id, claim_id, element, why, opened_at)"
            " values ({client}, {claim}, 'reach', 'x', now()), ({client}, {imported}, 'reach', 'x', now())",
            "insert into clock_pause (client_id, claim_id, starts_at, reason, set_by)"
            f" values ({{client}}, {{paused}}, '{NOW.isoformat()}', 'x', 1)",
            "insert into file_content values ({client}, {filed}, 'x')",
            "insert into claim_document (client_id, claim_id, file_id, kind, title, added_at, added_by)"
            " values ({client}, {claim}, {filed}, 'letter', 'A letter', now(), 1)",
            "update authorization_request set complete_at = null, missing = 'x', clock = 'waiting' where request_id = {incomplete}",
            "insert into letter (client_id, claim_id, request_id, party, language, template, version, document_id, made_at,"
            " made_by) select client_id, claim_id, {incomplete}, 'provider', 'en', 'return_letter', 1, document_id, now(), 1"
            " from claim_document where client_id = {client} and claim_id = {claim}",
            "insert into disclosure (client_id, claim_id, digest, recipient, purpose, at, by_id)"
            " values ({client}, {claim}, sha256('x'), 'Dr. Ames', 'treatment', now(), 1)",
            "insert into claim_condition (client_id, claim_id, words, status, since, set_at, set_by)"
            " values ({client}, {claim}, 'Strain', 'alleged', '2026-11-23', now(), 1)",
            "insert into field_change (client_id, claim_id, field, was, became, at, by_id)"
            " values ({client}, {claim}, 'language', 'Polish', 'Spanish', now(), 1)",
            "insert into contact_consent (client_id, worker_id, claim_id, channel, number, answer, words, at, by_id)"
            " values ({client}, {worker}, {claim}, 'text', '+13125550101', 'given', 'Yes.', now(), 1)",
            "insert into determination_notice (client_id, claim_id, request_id, determination_id, party, how, recipient, at,"
            " by_id, recorded_at)"
            " values ({client}, {claim}, {decided}, {determination}, 'worker', 'mail', 'R. Sample', now(), 1, now())",
            "insert into authorization_follow_up (client_id, claim_id, request_id, party, how, outcome, at, by_id, recorded_at)"
            " values ({client}, {claim}, {request}, 'provider', 'phone', 'no_answer', now(), 1, now())",
            "insert into contact_attempt (client_id, claim_id, at, by_id, party, method, outcome)"
            " values ({client}, {claim}, now(), 1, 'worker', 'phone', 'voicemail')",
        ):
            db.execute(statement.format(**names).encode())
        self._refer(db, names)

    def _refer(self, db: psycopg.Connection, names: dict[str, object]) -> None:
        known = db.execute("select provider_id, location_id from provider_location").fetchone()
        names["provider"], names["location"] = known or vars(work.provider(self.desk, languages=("Polish",))).values()
        for statement in (
            "insert into network_panel (client_id, provider_id, effective_from) values ({client}, {provider}, '2020-01-01')",
            "insert into referral (client_id, claim_id, taxonomy_code, specialty, referred_by, provider_id, location_id, made_at,"
            " made_by, confirm_provider_by, confirm_worker_by)"
            " values ({client}, {claim}, '207X00000X', 'Orthopaedic Surgery', 'Dr. Ames', {provider}, {location}, now(), 1,"
            " now() + interval '1 day', now() + interval '2 days')",
        ):
            db.execute(statement.format(**names).encode())
        names["referral"] = db.execute("select max(referral_id) from referral").fetchone()[0]
        for statement in (
            "insert into referral_confirmation (client_id, referral_id, party, at, how, with_whom, recorded_at, by_id)"
            " values ({client}, {referral}, 'provider', now(), 'phone', 'R', now(), 1)",
            "insert into referral_appointment (client_id, referral_id, starts_at, timezone, booked_at, booked_by)"
            " select {client}, {referral}, date_trunc('minute', now() + interval '3 days'), 'America/Chicago', now(), 1",
        ):
            db.execute(statement.format(**names).encode())


def _becomes(db: psycopg.Connection, cell: May, names: dict[str, object]) -> str:
    """Try *cell* in a transaction that is rolled back; what became of its statement."""
    try:
        with db.transaction(force_rollback=True):
            db.execute(cell.first.format(**names).encode())
            rows = db.execute(cell.statement.format(**names).encode()).rowcount
            if rows:
                db.execute(cell.after.format(**names).encode())
            db.execute("set constraints all immediate")
    except (psycopg.errors.InsufficientPrivilege, psycopg.errors.IntegrityError):
        return REFUSED
    except psycopg.errors.ObjectNotInPrerequisiteState:  # a view that nobody can write into
        return REFUSED
    return DONE if rows else NO_ROW


_ANYTHING = {
    "select": "select from {table}",
    "insert": "insert into {table} default values",
    "update": "update {table} set {column} = {column}",
    "delete": "delete from {table}",
}


def _expected(verb: str, cell: May, person: Person, *, served: bool) -> str:
    if person in cell.all or (served and person in cell.served):
        return DONE
    if verb == "insert" or (served and person in cell.refused):
        return REFUSED
    return NO_ROW


def _wrong(world: World, table: str, person: Person) -> Iterator[str]:
    """Yield each cell of *table* that is not as it should be, for one person."""
    who = person.value if person else "nobody"
    with world.desk.app(world.people[person] or None) as db:
        for verb, anything in _ANYTHING.items():
            cell: May | None = getattr(TABLES[table], verb)
            column = db.execute(_FIRST_COLUMN, (_relation(table),)).fetchone()[0]
            for names in world.clients:
                known = {**names, "table": _relation(table), "column": column, "me": world.people[person]}
                if cell is None:
                    expected, got = REFUSED, _becomes(db, May(statement=anything), known)
                else:
                    expected = _expected(verb, cell, person, served=names is world.served)
                    got = _becomes(db, cell, known)
                if got != expected:
                    yield f"{verb} {table} as {who}, {'served' if names is world.served else 'foreign'}: {got}"


_FIRST_COLUMN = (
    "select attname from pg_attribute where attrelid = %s::regclass and attnum > 0 and attidentity = '' and not attisdropped"
    " order by attnum limit 1"
)


def _relation(table: str) -> str:
    return f"audit_event_{NOW:%Y%m}" if table == "audit_event_month" else table


def test_every_table_has_its_cells(desk) -> None:
    with desk.owner() as db:
        rows = db.execute(
            "select relname from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v', 'm', 'f')"
        ).fetchall()
    assert {re.sub(r"^audit_event_\d{6}$", "audit_event_month", name) for (name,) in rows} == set(TABLES)


def test_every_cell_holds(desk, record_property) -> None:
    world = World(desk)
    with desk.owner() as db:
        db.execute(f"create table if not exists {_relation('audit_event_month')} partition of audit_event for values"
                   f" from ('{NOW:%Y-%m-01}Z') to ('{(NOW + timedelta(days=31)):%Y-%m-01}Z')".encode())  # fmt: skip

    wrong = [cell for table in TABLES for person in PEOPLE for cell in _wrong(world, table, person)]

    assert wrong == []
    cells = len(TABLES) * len(PEOPLE) * len(_ANYTHING)
    record_property("says", f"every verb: {cells} cells held by SQL in the application's role")


def test_what_tells_of_a_worker_is_in_no_table_for_those_who_see_no_worker() -> None:
    told = {table.name for table in Base.metadata.tables.values() if any(c.info.get("phi") for c in table.columns)}
    assert "claim_narrative" in told

    open_to = {name: cells.select.all | cells.select.served for name, cells in TABLES.items() if cells.select}

    assert {name: roles for name in told if (roles := open_to.get(name, set()) & {EXECUTIVE, ADMINISTRATOR})} == {}


@pytest.mark.parametrize("table", TABLES)
def test_no_column_can_be_written_but_those_named(desk, table: str) -> None:
    if table == "audit_event_month":
        return
    with desk.owner() as db:
        for verb, named in (("insert", TABLES[table].inserts), ("update", TABLES[table].updates)):
            columns = {
                name
                for name, granted in db.execute(
                    "select attname, has_column_privilege('desk_app', attrelid, attnum, %s) from pg_attribute"
                    " where attrelid = %s::regclass and attnum > 0 and not attisdropped",
                    (verb, table),
                )
                if granted or named == "*"
            }
            assert named == "*" or columns == set(named.split()), verb
