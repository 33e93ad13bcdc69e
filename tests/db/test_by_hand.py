"""What somebody gets who types SQL in the application's role and means harm."""

from collections.abc import Callable, Iterator

import psycopg
import pytest
from psycopg import sql

from core.access import COMMAND_LINE, Actor, Role
from tests import factories

# A name that a function looks up is found among the session's own temporary tables first, unless told otherwise.
SHADOWS = {
    "a person of another role": """
        create temporary table staff as select {me}::int as staff_id, 'supervisor'::text as role, true as active;
        grant select on staff to public
    """,
    "a client more": """
        create temporary table staff_client as select {me}::int as staff_id, {foreign}::int as client_id;
        grant select on staff_client to public
    """,
    "a claim assigned": """
        create temporary table claim as select {foreign_claim}::bigint as claim_id, {foreign}::int as client_id,
               {foreign_worker}::bigint as worker_id, {me}::int as assignee_id, null::timestamptz as closed_at;
        grant select on claim to public
    """,
}


class Book:
    """A client who is served and one who is not, each with one claim; and a VA."""

    def __init__(self) -> None:
        self.served, self.foreign = factories.client(), factories.client()
        self.va: Actor = factories.staff(Role.VA, self.served)
        self.claim, self.foreign_claim = factories.claim(self.served), factories.claim(self.foreign)


@pytest.fixture
def book(desk) -> Book:
    return Book()


def _worker(desk, claim_id: int) -> int:
    with desk.owner() as db:
        return db.execute("select worker_id from claim where claim_id = %s", (claim_id,)).fetchone()[0]


class TestTemporaryTables:
    @pytest.mark.parametrize("shadow", SHADOWS)
    def test_of_ones_own_make_nobody_somebody_else(self, desk, book: Book, shadow: str) -> None:
        names = {
            "me": book.va.staff_id,
            "foreign": book.foreign,
            "foreign_claim": book.foreign_claim,
            "foreign_worker": _worker(desk, book.foreign_claim),
        }
        with desk.app(book.va.staff_id) as db:
            db.execute(SHADOWS[shadow].format(**names))
            seen = db.execute("select client_id from public.claim").fetchall()
            known = db.execute("select client_id from public.injured_worker").fetchall()

        assert seen == [(book.served,)]
        assert known == [(book.served,)]

    def test_with_a_trigger_lend_nobody_the_owners_hand(self, desk, book: Book) -> None:
        with desk.app(book.va.staff_id) as db:
            db.execute("""
                create temporary table sign_in_attempt (at timestamptz, name_key text, address text, ok bool);
                create temporary table whose (name text);
                create function pg_temp.told() returns trigger language plpgsql as $$
                  begin insert into pg_temp.whose values (current_user); return new; end $$;
                create trigger told before insert on pg_temp.sign_in_attempt
                  for each row execute function pg_temp.told();
                grant all on pg_temp.sign_in_attempt, pg_temp.whose to public;
            """)
            db.execute("select desk_note_attempt('x', 'x', false, now())")

            assert db.execute("select name from pg_temp.whose").fetchall() == []

    def test_are_looked_at_last_by_every_function(self, desk) -> None:
        with desk.owner() as db:
            careless = db.execute(
                "select proname from pg_proc where pronamespace = 'public'::regnamespace"
                " and (prosecdef or proconfig is not null)"
                " and not 'search_path=public, pg_temp' = any (coalesce(proconfig, '{}'))"
            ).fetchall()

        assert careless == []


class TestNumbersOfAnotherClientsRows:
    """Policies know an assigned claim, and its worker, by number: nobody may choose the number of a new one."""

    def test_are_not_given_to_a_claim_of_ones_own(self, desk, book: Book) -> None:
        with desk.app(book.va.staff_id) as db:
            _refused(
                db,
                "insert into claim (client_id, claim_id, worker_id, date_of_injury, reported_at, channel,"
                " sla_effective_from, due_at, assignee_id, assigned_at) overriding system value"
                " select client_id, %(foreign)s, worker_id, date_of_injury, reported_at, channel, sla_effective_from,"
                " due_at, %(me)s, reported_at from claim",
                {"foreign": book.foreign_claim, "me": book.va.staff_id},
            )
            assert db.execute("select client_id from claim").fetchall() == [(book.served,)]

    def test_are_not_given_to_a_worker_of_ones_own(self, desk, book: Book) -> None:
        with desk.app(book.va.staff_id) as db:
            _refused(
                db,
                "insert into injured_worker (client_id, worker_id, family_name, given_name, family_key, given_key)"
                " overriding system value values (%(client)s, %(foreign)s, 'A', 'B', 'a', 'b')",
                {"client": book.served, "foreign": _worker(desk, book.foreign_claim)},
            )


def _refused(db: psycopg.Connection, statement: str, values: dict[str, object]) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        db.execute(statement, values)


class TestAFirstContact:
    def test_is_not_taken_away_again(self, desk, book: Book) -> None:
        nurse = factories.staff(Role.CLINICAL, book.served)
        factories.claim(book.served, first_contact_at=factories.NOW, first_contact_by=nurse.staff_id)
        for person in (book.va, nurse):
            with desk.app(person.staff_id) as db:
                _refused(db, "update claim set first_contact_at = null, first_contact_by = null", {})

    def test_is_recorded_in_ones_own_name(self, desk, book: Book) -> None:
        nurse = factories.staff(Role.CLINICAL, book.served)
        reach = "update claim set first_contact_at = reported_at, first_contact_by = %(by)s where claim_id = %(claim)s"
        spoke = (
            "insert into contact_attempt (client_id, claim_id, at, by_id, party, method, outcome, substantive)"
            " select client_id, claim_id, reported_at, %(by)s, 'worker', 'phone', 'reached', true from claim"
            " where claim_id = %(claim)s"
        )
        with desk.app(nurse.staff_id) as db:
            _refused(db, reach, {"by": book.va.staff_id, "claim": book.claim})
            db.execute(spoke, {"by": nurse.staff_id, "claim": book.claim})

            assert db.execute(reach, {"by": nurse.staff_id, "claim": book.claim}).rowcount == 1


class TestWhoReportedAnInjury:
    """It is protected as the worker is: whoever sees the one sees the other, in the same claims."""

    @pytest.mark.parametrize(
        ("role", "sees"),
        [
            (Role.VA, ["served"]),
            (Role.CLINICAL, ["served"]),
            (Role.SUPERVISOR, ["foreign", "served"]),
            (Role.COMPLIANCE, ["foreign", "served"]),
            (Role.ACCOUNT_EXECUTIVE, []),
            (Role.ADMINISTRATOR, []),
        ],
    )
    def test_is_seen_by_whoever_sees_the_worker(self, desk, book: Book, role: Role, sees: list[str]) -> None:
        with desk.owner() as db:
            for claim, name in ((book.claim, "served"), (book.foreign_claim, "foreign")):
                db.execute(
                    "update claim_narrative set reporter = %s, reporter_phone = %s where claim_id = %s",
                    (name, name, claim),
                )
        person = factories.staff(role, book.served)
        with desk.app(person.staff_id) as db:
            told = db.execute("select reporter, reporter_phone from claim_narrative order by reporter").fetchall()
            known = db.execute("select count(*) from injured_worker").fetchone()

        assert told == [(name, name) for name in sees]
        assert known == (len(sees),)

    def test_is_not_changed_once_it_is_told(self, desk, book: Book) -> None:
        with desk.app(book.va.staff_id) as db:
            for column in ("reporter", "reporter_phone"):
                _refused(db, f"update claim_narrative set {column} = 'somebody else'", {})


class TestTheTimeline:
    def test_of_an_imported_claim_loses_nothing_that_was_done(self, desk, book: Book) -> None:
        """Not even while the import is undone, and nothing at all before that."""
        with desk.owner() as db:
            db.execute(
                "with made as (insert into claim_import (client_id, file_name, file_digest, started_at, by_id, state)"
                " values (%s, 'f', 'd', now(), %s, 'done') returning import_id)"
                " update claim set import_id = made.import_id from made where claim_id = %s",
                (book.served, book.va.staff_id, book.claim),
            )
            db.execute(
                "insert into claim_event (client_id, claim_id, at, by_id, kind) values (%s, %s, now(), 1, 'assigned')",
                (book.served, book.claim),
            )
        with desk.app(book.va.staff_id) as db:
            db.execute("delete from claim_event")
            assert db.execute("select kind from claim_event").fetchall() == [("reported",), ("assigned",)]

            with db.transaction(force_rollback=True):
                db.execute("update claim_import set state = 'undone', undone_at = now(), undone_by = by_id")
                db.execute("delete from claim_event")
                assert db.execute("select kind from claim_event").fetchall() == [("assigned",)]

    def test_is_not_written_in_another_persons_name(self, desk, book: Book) -> None:
        other = factories.staff(Role.CLINICAL, book.served)
        with desk.app(book.va.staff_id) as db:
            _refused(
                db,
                "insert into claim_event (client_id, claim_id, at, by_id, kind) values (%s, %s, now(), %s, 'reported')",
                (book.served, book.claim, other.staff_id),
            )


@pytest.fixture
def stranger(desk) -> Iterator[Callable[[], psycopg.Connection]]:
    """Another role of the same server, which may connect and no more; what opens a connection of it."""
    name = f"stranger_{desk.name}"
    with _admin(desk) as db:
        db.execute(sql.SQL("create role {} login password 'stranger'").format(sql.Identifier(name)))
    address = desk.app_url.set(drivername="postgresql", username=name, password="stranger")
    yield lambda: psycopg.connect(address.render_as_string(hide_password=False), autocommit=True)
    with _admin(desk) as db:
        db.execute(sql.SQL("drop role {}").format(sql.Identifier(name)))


def _admin(desk) -> psycopg.Connection:
    address = desk.admin_url.set(drivername="postgresql").render_as_string(hide_password=False)
    return psycopg.connect(address, autocommit=True)


@pytest.mark.parametrize(
    "statement",
    [
        "select * from desk_credential('va')",
        "select desk_first_administrator('me', 'Me', 'UTC', 'x')",
        "select desk_ticket_new(1, 'x', 'x', now())",
        "select * from desk_by_hour('-infinity', 'infinity')",
        "select fold_facts()",
    ],
)
def test_another_role_of_the_server_calls_nothing_of_ours(stranger, statement: str) -> None:
    with stranger() as db, pytest.raises(psycopg.errors.InsufficientPrivilege):
        db.execute(statement)


class TestAPassword:
    @pytest.mark.parametrize("me", [None, COMMAND_LINE.staff_id, 999_999])
    def test_is_set_by_nobody_who_is_not_signed_in(self, desk, me: int | None) -> None:
        administrator = factories.staff(Role.ADMINISTRATOR)
        self._is_refused(desk, me, administrator.staff_id)

    @pytest.mark.parametrize("role", Role)
    def test_is_set_by_nobody_who_is_disabled_not_even_ones_own(self, desk, role: Role) -> None:
        me, other = factories.staff(role).staff_id, factories.staff(Role.VA).staff_id
        with desk.owner() as db:
            db.execute("update staff set active = false where staff_id = %s", (me,))
        self._is_refused(desk, me, other)
        self._is_refused(desk, me, me)

    def _is_refused(self, desk, me: int | None, whose: int) -> None:
        with desk.app(me) as db, pytest.raises(psycopg.errors.InsufficientPrivilege):
            db.execute("select desk_set_password(%s, 'x')", (whose,))


def test_only_the_application_may_call_what_acts_for_the_owner(desk) -> None:
    with desk.owner() as db:
        open_to_all = db.execute(
            "select proname from pg_proc where pronamespace = 'public'::regnamespace and prosecdef"
            " and has_function_privilege('public', oid, 'execute')"
        ).fetchall()
    assert open_to_all == []
