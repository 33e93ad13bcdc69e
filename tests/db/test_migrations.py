"""The schema: what the code says is what the database has, and every migration goes back."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from sqlalchemy import Engine, event
from sqlalchemy.engine import URL

from core import readiness
from core.access import Actor, Role
from db import migrate, session
from db.base import Base
from db.migrations.statements import RowsInTheWay
from tests import factories
from tests.core.contact.work import pause, reach, strike
from tests.factories import NOW

VERSIONS = migrate.MIGRATIONS / "versions"
BEFORE_SHARED_NUMBERS = "0012_audit_pages"
BEFORE_KINDS_OF_FEEDS = "0067_feed_kinds-1"
HOUR = timedelta(hours=1)


def one(desk, statement: str) -> Any:
    with desk.owner() as db:
        return db.execute(statement.encode()).fetchone()[0]


def test_migrations_are_numbered_without_a_gap_and_named_as_their_revision() -> None:
    numbers = []
    for file in sorted(VERSIONS.glob("[0-9]*.py")):
        assert re.search(rf'^revision = "{file.stem}"', file.read_text(), re.M), file.name
        numbers.append(int(file.stem[:4]))
    assert numbers == list(range(1, len(numbers) + 1))


def test_the_tables_of_the_code_are_those_of_the_database(desk) -> None:
    migrate.check(desk.owner_url)


def test_up_down_and_up_again_on_a_desk_with_data(desk) -> None:
    client = factories.client()
    va = factories.staff(Role.VA, client)
    factories.claim(client, assignee=va.staff_id)

    migrate.downgrade(desk.owner_url, "base")
    with desk.owner() as db:
        left = db.execute("select count(*) from pg_tables where schemaname = 'public'").fetchone()
        functions = db.execute("select count(*) from pg_proc where pronamespace = 'public'::regnamespace").fetchone()
    migrate.upgrade(desk.owner_url)

    assert left == (1,), "only the migration's own table is left"
    assert functions == (0,)
    migrate.check(desk.owner_url)


class TestHoursOfAWeek:
    """Before 0016 a working day opened once and closed once on the same day."""

    BEFORE = "0015_questions"

    def test_are_carried_over_and_back(self, desk) -> None:
        factories.client(clock="business")
        with desk.owner() as db:
            db.execute("update sla_policy set open_hours = '07:15-23:59'")
        migrate.downgrade(desk.owner_url, self.BEFORE)
        with desk.owner() as db:
            opened = db.execute("select opens::text, closes::text from sla_policy").fetchall()
        migrate.upgrade(desk.owner_url)

        assert opened == [("07:15:00", "23:59:00")]
        with desk.owner() as db:
            assert db.execute("select open_hours from sla_policy").fetchall() == [("07:15-23:59",)]

    @pytest.mark.parametrize("hours", ["08:00-12:00,13:00-17:00", "22:00-06:00", "00:00-24:00"])
    def test_that_could_not_be_said_before_are_not_turned_into_others(self, desk, hours: str) -> None:
        factories.client(clock="business")
        with desk.owner() as db:
            db.execute("update sla_policy set open_hours = %s", (hours,))
        with pytest.raises(Exception, match="change it before going back"):
            migrate.downgrade(desk.owner_url, self.BEFORE)
        with desk.owner() as db:
            assert db.execute("select open_hours from sla_policy").fetchall() == [(hours,)]

            db.execute("update sla_policy set clock = 'elapsed'")  # which counts by no week
        migrate.downgrade(desk.owner_url, self.BEFORE)
        migrate.upgrade(desk.owner_url)

    @pytest.mark.parametrize("hours", ["", "8:00-17:00", "08:00-25:00", "08:00-17:00,", "24:00-08:00", "always"])
    def test_are_written_as_the_code_reads_them(self, desk, hours: str) -> None:
        factories.client()
        with desk.owner() as db, pytest.raises(psycopg.errors.CheckViolation):
            db.execute("update sla_policy set open_hours = %s", (hours,))


def test_questions_get_their_reasons_and_go_back_as_one_about_each_element(desk) -> None:
    client = factories.client()
    claim = factories.claim(client)
    questions = {
        "birth_date": "By the date of birth the worker is not 14 to 90 years old.",
        "reach": "The file says 'ask for Rosa'; that is no telephone number.",
        "date_of_injury": "The file says 'at dawn'; that is no time of injury.",
        "language": "Not in the report: language.",
        "reported_at": "The time of the report is not in the file. The clock runs from the first minute of that day.",
    }
    migrate.downgrade(desk.owner_url, "0012_audit_pages")
    with desk.owner() as db:
        for element, why in questions.items():
            db.execute(
                "insert into intake_question (client_id, claim_id, element, why, opened_at) values (%s, %s, %s, %s, now())",
                (client, claim, element, why),
            )
    migrate.upgrade(desk.owner_url)
    with desk.owner() as db:
        reasons = dict(db.execute("select element, reason from intake_question").fetchall())
        db.execute(
            "insert into intake_question (client_id, claim_id, element, reason, why, opened_at)"
            " values (%s, %s, 'birth_date', 'perhaps_the_same', 'As C-1.', now())",
            (client, claim),
        )
    migrate.downgrade(desk.owner_url, "0012_audit_pages")
    with desk.owner() as db:
        left = dict(db.execute("select element, why from intake_question").fetchall())

    assert reasons == {
        "birth_date": "age_doubtful", "reach": "phone_unreadable", "date_of_injury": "time_unreadable",
        "language": "missing", "reported_at": "report_time_missing",
    }  # fmt: skip
    assert left == questions | {"birth_date": f"{questions['birth_date']} As C-1."}


class TestRowsThatDoNotFit:
    """A desk from before 0033 may have rows that no service has written, which later checks do not allow."""

    BEFORE = "0032_told_by_hand"

    def spoilt(self, desk, *, claims: int, by: str) -> list[int]:
        client = factories.client()
        made = [factories.claim(client, family_name="Secret") for _ in range(claims)]
        migrate.downgrade(desk.owner_url, self.BEFORE)
        with desk.owner() as db:
            db.execute(by.encode())
        return made

    def test_are_named_by_their_keys_and_nothing_is_half_done(self, desk) -> None:
        made = self.spoilt(desk, claims=12, by="update claim set flags = '{unheard_of}'")
        with desk.owner() as db:
            before = db.execute("select count(*) from pg_proc where pronamespace = 'public'::regnamespace").fetchone()

        with pytest.raises(RowsInTheWay) as said:
            migrate.upgrade(desk.owner_url)

        client = one(desk, "select client_id from claim limit 1")
        named = "; ".join(f"client_id {client} claim_id {claim}" for claim in made[:10])
        assert str(said.value) == f"12 rows of claim do not hold the check claim_flags_known: {named}; and 2 more."
        assert one(desk, "select version_num from alembic_version") == self.BEFORE
        assert one(desk, "select count(*) from pg_proc where pronamespace = 'public'::regnamespace") == before[0]

    def test_are_told_without_a_protected_word(self, desk) -> None:
        self.spoilt(desk, claims=1, by="update injured_worker set phone = repeat('5550199', 99)")

        with pytest.raises(RowsInTheWay) as said:
            migrate.upgrade(desk.owner_url)

        key = "client_id {} worker_id {}".format(*one(desk, "select (client_id, worker_id) from injured_worker"))
        assert str(said.value) == f"1 row of injured_worker does not hold the check injured_worker_phone_brief: {key}."

    def test_are_in_the_way_no_more_once_they_are_corrected(self, desk) -> None:
        self.spoilt(desk, claims=1, by="update claim set flags = '{unheard_of}'")
        with pytest.raises(RowsInTheWay):
            migrate.upgrade(desk.owner_url)
        with desk.owner() as db:
            db.execute("update claim set flags = '{}'")

        migrate.upgrade(desk.owner_url)

        migrate.check(desk.owner_url)

    def test_are_looked_for_by_every_later_check(self, desk) -> None:
        """What a migration adds to a table that has rows is said by a sentence, and not by the check's name alone."""
        for file in sorted(VERSIONS.glob("[0-9]*.py"))[33:]:
            assert "op.create_check_constraint" not in file.read_text(), file.name


def test_a_number_that_two_claims_share_goes_back_and_comes_again(desk) -> None:
    client = factories.client()
    claims = [factories.claim(client), factories.claim(client)]
    with desk.owner() as db:
        db.execute("update claim set client_claim_number = 'A 1', client_number_key = 'a1'")

    migrate.downgrade(desk.owner_url, BEFORE_SHARED_NUMBERS)
    with desk.owner() as db:
        before = db.execute("select client_claim_number from claim order by claim_id").fetchall()
    migrate.upgrade(desk.owner_url)

    assert before == [("A 1",), (f"A 1 (C-{claims[1]})",)]
    with desk.owner() as db:
        keys = db.execute("select client_number_key from claim order by claim_id").fetchall()
    assert keys == [("a1",), (f"a1(c-{claims[1]})",)]


def test_a_forms_key_from_before_finds_its_claim(desk) -> None:
    client = factories.client()
    claim, request = factories.claim(client), uuid4()
    migrate.downgrade(desk.owner_url, BEFORE_SHARED_NUMBERS)
    with desk.owner() as db:
        db.execute("insert into request_key (request, staff_id, at) values (%s, 1, now())", (request,))
        db.execute("update claim_event set detail = jsonb_build_object('request', %s::text)", (str(request),))
    migrate.upgrade(desk.owner_url)

    with desk.owner() as db:
        assert db.execute("select client_id, claim_id from request_key").fetchall() == [(client, claim)]


class TestAPauseThatAContactEnded:
    """Before 0042 a pause did not say which contact had ended it, and before 0040 a struck one gave none back."""

    @pytest.fixture
    def book(self, desk) -> tuple[Actor, Actor, int, int]:
        """A supervisor and a nurse, and a client's claim whose clock stands still until the nurse reached the worker."""
        client = factories.client()
        boss, nurse = factories.staff(Role.SUPERVISOR), factories.staff(Role.CLINICAL, client)
        claim = factories.claim(client, reported_at=NOW - 5 * HOUR)
        pause(boss, client, claim, at=NOW)
        reach(nurse, client, claim, at=NOW + 2 * HOUR, made_at=NOW - HOUR)
        session.unbind()
        return boss, nurse, client, claim

    def test_and_that_was_struck_before_is_not_given_back_by_another(self, desk, book) -> None:
        boss, nurse, client, claim = book
        migrate.downgrade(desk.owner_url, "0039_moment_in_place")
        with desk.app(boss.staff_id) as db:
            db.execute("select desk_strike_first_contact(%s, %s, 'x')", (client, claim))
        migrate.upgrade(desk.owner_url)
        session.bind(desk.app_url)
        reach(nurse, client, claim, at=NOW + 3 * HOUR, made_at=NOW - 2 * HOUR)

        strike(boss, client, claim)

        assert one(desk, "select array_agg(ends_at) from clock_pause") == [NOW]

    @pytest.mark.parametrize("kept", [True, False], ids=["recorded at a time", "recorded when nobody knows"])
    def test_and_that_stands_is_given_back_by_it(self, desk, book, kept: bool) -> None:
        boss, _, client, claim = book
        migrate.downgrade(desk.owner_url, "0041_call_again_after_a_message")
        if not kept:
            with desk.owner() as db:
                db.execute("update contact_attempt set recorded_at = null, late_why = null")
        migrate.upgrade(desk.owner_url)
        session.bind(desk.app_url)

        strike(boss, client, claim)

        assert one(desk, "select array_agg(ends_at) from clock_pause") == [None]


class TestTheApplicationKnowsWhetherTheDatabaseIsBehind:
    """It asks in its own role, so that a process that was told nothing but its own address asks too."""

    def test_a_migrated_one_is_not(self, desk) -> None:
        assert readiness.trouble() is None

    @pytest.mark.parametrize("back", ["-1", "0001_first_day", "base"])
    def test_one_that_lacks_a_migration_or_all_of_them_is(self, desk, back: str) -> None:
        migrate.downgrade(desk.owner_url, back)
        assert readiness.trouble() == (
            "The database lacks a migration: run python -m core migrate where DATABASE_URL is set."
        )

    def test_one_that_a_newer_version_has_migrated_is_not(self, desk) -> None:
        """While a new version takes over, the old one goes on until it is told to stop."""
        with desk.owner() as db:
            db.execute("update alembic_version set version_num = '9999_to_come'")
        assert readiness.trouble() is None

    @pytest.mark.parametrize(
        "statement", ["update alembic_version set version_num = 'x'", "delete from alembic_version"]
    )
    def test_it_may_look_and_no_more(self, desk, statement: str) -> None:
        with desk.app() as db, pytest.raises(psycopg.errors.InsufficientPrivilege):
            db.execute(statement)


class TestEveryTable:
    def test_is_forced_under_row_level_security_and_has_a_policy(self, desk) -> None:
        with desk.owner() as db:
            open_tables = db.execute(
                "select c.relname from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')"
                " and not c.relispartition and c.relname not like 'procrastinate\\_%' and c.relname <> 'alembic_version'"
                " and not (c.relrowsecurity and c.relforcerowsecurity)"
            ).fetchall()
        assert open_tables == []

    def test_that_grows_with_claims_has_the_client_leading_its_key(self) -> None:
        for table in Base.metadata.sorted_tables:
            if "client_id" in table.primary_key.columns:
                leading = next(iter(table.primary_key.columns)).name
                assert leading == "client_id" or table.name == "staff_client", table.name

    def test_is_empty_for_the_application_when_nobody_is_acting(self, desk) -> None:
        client = factories.client()
        factories.staff(Role.VA, client)
        factories.claim(client)
        with desk.app() as db:
            for table in Base.metadata.sorted_tables:
                try:
                    seen = db.execute(f"select count(*) from {table.name}").fetchone()
                except psycopg.errors.InsufficientPrivilege:
                    continue
                assert seen == (0,), table.name


class TestTheApplicationRole:
    def test_owns_nothing_and_can_bypass_nothing(self, desk) -> None:
        with desk.owner() as db:
            row = db.execute(
                "select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb,"
                " (select count(*) from pg_class where relowner = r.oid),"
                " (select count(*) from pg_auth_members where member = r.oid) from pg_roles r where rolname = 'desk_app'"
            ).fetchone()
        assert row == (False, False, False, False, 0, 0)

    @pytest.mark.parametrize(
        "statement",
        [
            "select * from staff_credential",
            "select token_hash from staff_session",
            "select * from sign_in_ticket",
            "update audit_event set verb = 'x'",
            "delete from audit_event",
            "truncate audit_event",
            "select * from audit_event",
            "insert into audit_event (at, actor_id, noun, noun_id, verb) values (now(), 0, 'x', 0, 'x')",
            "drop table claim",
            "alter table claim disable row level security",
            "set role desk_owner",
            "create table mine (x int)",
        ],
    )
    def test_is_refused(self, desk, statement: str) -> None:
        supervisor = factories.staff(Role.SUPERVISOR)
        with desk.app(supervisor.staff_id) as db, pytest.raises(psycopg.errors.InsufficientPrivilege):
            db.execute(statement)

    def test_cannot_write_the_record_in_another_persons_name(self, desk) -> None:
        one, other = factories.staff(Role.VA), factories.staff(Role.VA)
        with desk.app(one.staff_id) as db, pytest.raises(psycopg.errors.InsufficientPrivilege):
            db.execute(
                "insert into audit_event (actor_id, noun, noun_id, verb) values (%s, 'claim', 1, 'read')",
                (other.staff_id,),
            )


class TestTheApplicationsRole:
    """On a server of one's own; the role belongs to the whole server, so here another name is made."""

    @pytest.fixture
    def name(self, desk) -> Iterator[str]:
        yield (name := f"app_{desk.name}")
        with psycopg.connect(_plain(desk.admin_url), autocommit=True) as admin:
            admin.execute(f"drop role if exists {name}".encode())

    def test_is_made_with_a_password_that_is_not_in_the_statement(self, desk, name: str) -> None:
        said: list[str] = []

        def heard(_: object, __: object, statement: str, values: object, *___: object) -> None:
            said.append(f"{statement} {values}")

        event.listen(Engine, "before_cursor_execute", heard)
        try:
            assert migrate.make_role(desk.admin_url, name, "not-told")
        finally:
            event.remove(Engine, "before_cursor_execute", heard)

        assert any("create role" in each for each in said)
        assert not [each for each in said if "not-told" in each]
        with psycopg.connect(_plain(desk.admin_url.set(username=name, password="not-told"))) as db:
            assert db.execute("select current_user").fetchone() == (name,)

    def test_keeps_the_password_that_it_has(self, desk, name: str) -> None:
        migrate.make_role(desk.admin_url, name, "the-first")

        assert not migrate.make_role(desk.admin_url, name, "another")

        with psycopg.connect(_plain(desk.admin_url.set(username=name, password="the-first"))) as db:
            assert db.execute("select current_user").fetchone() == (name,)


def _plain(address: URL) -> str:
    return address.set(drivername="postgresql").render_as_string(hide_password=False)


def test_the_record_stands_even_against_its_owner(desk) -> None:
    va = factories.staff(Role.VA)
    with desk.app(va.staff_id) as db:
        db.execute(
            "insert into audit_event (actor_id, noun, noun_id, verb) values (%s, 'claim', 1, 'read')", (va.staff_id,)
        )
    with desk.owner() as db:
        for statement in ("update audit_event set verb = 'x'", "delete from audit_event", "truncate audit_event"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                db.execute(statement)


def test_every_operator_that_filters_a_protected_table_is_leakproof(desk) -> None:
    """Under a policy only leakproof operators reach an index: the ones our queries filter by."""
    wanted = [("=", "int4"), ("=", "int8"), ("=", "text"), ("<", "timestamptz"), (">=", "timestamptz"), ("=", "date")]
    with desk.owner() as db:
        for name, kind in wanted:
            row = db.execute(
                "select p.proleakproof from pg_operator o join pg_proc p on p.oid = o.oprcode"
                " where o.oprname = %s and o.oprleft = %s::regtype and o.oprright = %s::regtype",
                (name, kind, kind),
            ).fetchone()
            assert row == (True,), (name, kind)


def test_addresses_are_read_for_the_driver_we_use() -> None:
    from db.session import as_url

    assert as_url("postgresql://a:b@c/d").drivername == "postgresql+psycopg"
    assert isinstance(as_url("postgresql://a@/d?host=/tmp"), URL)


def test_imports_are_of_claims_before_there_are_kinds_and_go_back_without_those_of_others(desk) -> None:
    client = factories.client()
    claims = [factories.claim(client) for _ in range(2)]
    migrate.downgrade(desk.owner_url, BEFORE_KINDS_OF_FEEDS)
    with desk.owner() as db:
        for name in ("first", "second"):
            db.execute(
                "insert into claim_import (client_id, file_name, started_at, by_id, state)"
                " values (%s, %s, now(), 1, 'done')",
                (client, name),
            )
        db.execute("update claim set import_id = 1, channel = 'feed' where claim_id = %s", (claims[0],))
        for row, claim in enumerate(claims):
            db.execute(
                "insert into import_duplicate (client_id, import_id, row_number, claim_id, why) values (%s, 2, %s, %s, 'x')",
                (client, row, claim),
            )
        db.execute("insert into feed_mapping values (%s, '{}', 1, now())", (client,))
    migrate.upgrade(desk.owner_url)
    with desk.owner() as db:
        kinds = db.execute("select kind from feed_import union all select kind from feed_mapping").fetchall()
        repeated = db.execute("select of_id, of_import from import_duplicate order by row_number").fetchall()
        db.execute(
            "insert into feed_mapping (client_id, kind, mapping, saved_by, saved_at) values (%s, 'visits', '{}', 1, now())",
            (client,),
        )
        db.execute(
            "insert into feed_import (client_id, kind, file_name, started_at, by_id, state)"
            " values (%s, 'visits', 'third', now(), 1, 'done')",
            (client,),
        )
        db.execute(
            "insert into import_duplicate (client_id, import_id, row_number, of_id, of_import, why) values (%s, 3, 1, 99, 3, 'x')",
            (client,),
        )
        db.execute("insert into import_refusal values (%s, 3, 2, 'x', 'x', 'x', '[]')", (client,))
    migrate.downgrade(desk.owner_url, BEFORE_KINDS_OF_FEEDS)
    with desk.owner() as db:
        left = db.execute("select file_name from claim_import order by import_id").fetchall()
        mapped = db.execute("select count(*) from feed_mapping").fetchone()
        known = db.execute("select claim_id from import_duplicate order by row_number").fetchall()
    migrate.upgrade(desk.owner_url)

    assert kinds == [("claims",)] * 3
    assert repeated == [(claims[0], 1), (claims[1], None)]
    assert left == [("first",), ("second",)]
    assert mapped == (1,)
    assert known == [(claim,) for claim in claims]
