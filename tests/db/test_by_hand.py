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
    "cover": """
        create temporary table client_cover as
        select {me}::int as staff_id, {foreign}::int as client_id, now() as starts_at, now() + interval '1 day' as until,
               null::timestamptz as ended_at;
        create temporary view reaches as select staff_id, client_id from client_cover;
        grant select on client_cover, reaches to public
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
            db.execute("select desk_note_attempt('x', 'x', null, false, now())")

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
    """What is known by its number must keep it: nobody may choose the number of a new claim or worker."""

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
            "select desk_log_attempt(client_id, claim_id, reported_at, 'worker', 'phone', 'reached', true, null, null)"
            " from claim where claim_id = %(claim)s"
        )
        held = (
            "insert into first_contact (client_id, attempt_id, identity, explained, work_status)"
            " select client_id, attempt_id, '{full_name,employer}', '{who_we_are}', 'not_known' from contact_attempt"
        )
        with desk.app(nurse.staff_id) as db:
            _refused(db, reach, {"by": book.va.staff_id, "claim": book.claim})
            with db.transaction():
                db.execute(spoke, {"claim": book.claim})
                db.execute(held)

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
            rows = db.execute("select reporter, reporter_phone from claim_narrative order by reporter").fetchall()
            known = db.execute("select count(*) from injured_worker").fetchone()

        assert rows == [(name, name) for name in sees]
        assert known == (len(sees),)

    def test_is_written_over_only_by_whoever_keeps_what_was_told(self, desk, book: Book) -> None:
        told = ("reporter", "reporter_phone", "injury_place", "nature", "cause", "body_part", "narrative")
        with desk.owner() as db:
            db.execute("update claim_narrative set " + ", ".join(f"{column} = 'told'" for column in told))
        with desk.app(book.va.staff_id) as db:
            for column in told:
                over = f"update claim_narrative set {column} = 'something else'"
                insert = "insert into field_change (client_id, claim_id, field, was, became, why, at, by_id)"
                kept = f"{insert} values (%s, %s, '{column}', 'told', %s, 'Misheard.', now(), %s)"
                _refused(db, over, {})
                with db.transaction(force_rollback=True):
                    db.execute(kept, (book.served, book.claim, "another word", book.va.staff_id))
                    _refused(db, over, {})

                with db.transaction():
                    db.execute(kept, (book.served, book.claim, "something else", book.va.staff_id))
                    db.execute(over)


class TestADuplicateRow:
    """Whose claim is the reason why a file's row was left out: seen and written as the import is."""

    @pytest.fixture
    def imports(self, desk, book: Book) -> dict[int, int]:
        """An import of each client, with a row that repeats the client's claim, by client."""
        made = {}
        with desk.owner() as db:
            for client, claim in ((book.served, book.claim), (book.foreign, book.foreign_claim)):
                made[client] = db.execute(
                    "insert into feed_import (client_id, kind, file_name, started_at, by_id, state)"
                    " values (%s, 'claims', 'f', now(), 1, 'done') returning import_id",
                    (client,),
                ).fetchone()[0]
                db.execute("insert into import_duplicate values (%s, %s, 2, 'x', %s)", (client, made[client], claim))
        return made

    @pytest.mark.parametrize(
        ("role", "sees", "writes"),
        [
            (Role.VA, 1, True),
            (Role.CLINICAL, 1, False),
            (Role.SUPERVISOR, 2, True),
            (Role.COMPLIANCE, 2, False),
            (Role.ACCOUNT_EXECUTIVE, 0, False),
            (Role.ADMINISTRATOR, 0, False),
        ],
    )
    def test_is_seen_and_written_by_whoever_may_the_import(
        self, desk, book: Book, imports: dict[int, int], role: Role, sees: int, writes: bool
    ) -> None:
        insert = "insert into import_duplicate values (%(client)s, %(import)s, 3, 'x', %(claim)s)"
        own = {"client": book.served, "import": imports[book.served], "claim": book.claim}
        foreign = {"client": book.foreign, "import": imports[book.foreign], "claim": book.foreign_claim}
        person = factories.staff(role, book.served)
        with desk.app(person.staff_id) as db:  # whose import it is not
            _refused(db, insert, own)
        with desk.owner() as db:
            db.execute("update feed_import set by_id = %s", (person.staff_id,))
        with desk.app(person.staff_id) as db:
            assert db.execute("select count(*) from import_duplicate").fetchone() == (sees,)
            if writes:
                assert db.execute(insert, own).rowcount == 1
            else:
                _refused(db, insert, own)
            if role is not Role.SUPERVISOR:
                _refused(db, insert, foreign)

    @pytest.mark.parametrize("role", list(Role))
    def test_is_changed_by_nobody_and_taken_away_only_with_its_import(
        self, desk, book: Book, imports: dict[int, int], role: Role
    ) -> None:
        may = role in (Role.VA, Role.SUPERVISOR)
        with desk.app(factories.staff(role, book.served).staff_id) as db:
            _refused(db, "update import_duplicate set why = 'y'", {})
            assert db.execute("delete from import_duplicate").rowcount == 0
        with desk.owner() as db:
            db.execute("update feed_import set state = 'undone', undone_at = now(), undone_by = 1")
        with desk.app(factories.staff(role, book.served).staff_id) as db:
            gone = db.execute("delete from import_duplicate").rowcount

        assert gone == (0 if not may else 2 if role is Role.SUPERVISOR else 1)


class TestAFormsKey:
    """It learns once which claim its form made."""

    def test_of_ones_own_learns_it_once_and_nobody_elses_ever(self, desk, book: Book) -> None:
        other = factories.staff(Role.VA, book.served)
        with desk.owner() as db:
            for person in (book.va, other):
                db.execute(
                    "insert into request_key (request, staff_id, at) values (gen_random_uuid(), %s, now())",
                    (person.staff_id,),
                )
        learn = "update request_key set client_id = %s, claim_id = %s"
        with desk.app(book.va.staff_id) as db:
            assert db.execute(learn, (book.served, book.claim)).rowcount == 1
            assert db.execute(learn, (book.served, book.claim)).rowcount == 0
            for column in ("staff_id", "at", "request"):
                _refused(db, f"update request_key set {column} = {column}", {})
            _refused(db, "delete from request_key", {})


class TestAClientsNumber:
    def test_is_not_written_without_what_it_is_found_by(self, desk, book: Book) -> None:
        with desk.app(book.va.staff_id) as db, pytest.raises(psycopg.errors.CheckViolation):
            db.execute("update claim set client_claim_number = 'A-1'")


class TestTheTimeline:
    def test_of_an_imported_claim_loses_nothing_that_was_done(self, desk, book: Book) -> None:
        """Not even while the import is undone, and nothing at all before that."""
        with desk.owner() as db:
            db.execute(
                "with made as (insert into feed_import (client_id, kind, file_name, started_at, by_id, state)"
                " values (%s, 'claims', 'f', now(), %s, 'done') returning import_id)"
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
                db.execute("update feed_import set state = 'undone', undone_at = now(), undone_by = by_id")
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


class TestAClientsOwnDays:
    """
    An administrator adds to them in their own name, and takes back what has not begun; whoever works for the client
    sees them.
    """

    ADD = (
        "insert into client_holiday (client_id, day, effective_from, closed, name, reason, set_by, set_at)"
        " values (%(client)s, %(day)s, now(), true, 'Founder', 'Agreed', %(by)s, now())"
    )

    @pytest.mark.parametrize("role", Role)
    def test_are_added_by_an_administrator_alone(self, desk, book: Book, role: Role) -> None:
        person = factories.staff(role, book.served)
        values = {"client": book.served, "day": "2026-12-24", "by": person.staff_id}
        with desk.app(person.staff_id) as db:
            if role is Role.ADMINISTRATOR:
                assert db.execute(self.ADD, values).rowcount == 1
                values = {**values, "day": "2026-12-31", "by": book.va.staff_id}
            _refused(db, self.ADD, values)

    @pytest.mark.parametrize("role", Role)
    def test_are_never_changed(self, desk, book: Book, role: Role) -> None:
        with desk.app(factories.staff(role, book.served).staff_id) as db:
            _refused(db, "update client_holiday set closed = false", {})

    @pytest.mark.parametrize("role", Role)
    def test_are_taken_back_by_an_administrator_until_they_begin(self, desk, present, book: Book, role: Role) -> None:
        with desk.owner() as db:
            for day, since in (("2026-12-24", "now()"), ("2026-12-31", "now() + interval '1 day'")):
                add = self.ADD.replace("now(), true", f"{since}, true")
                db.execute(add.encode(), {"client": book.served, "day": day, "by": book.va.staff_id})
        with desk.app(factories.staff(role, book.served).staff_id) as db:
            days = db.execute("select day::text, effective_from from client_holiday order by day").fetchall()
            gone = [
                day
                for day, since in days
                if db.execute("select desk_withdraw_closed_day(%s, %s, %s, 'x')", (book.served, day, since)).fetchone()[
                    0
                ]
            ]
            _refused(db, "delete from client_holiday", {})

        assert gone == (["2026-12-31"] if role is Role.ADMINISTRATOR else [])

    @pytest.mark.parametrize("role", Role)
    def test_are_seen_by_whoever_sees_the_promise(self, desk, book: Book, role: Role) -> None:
        with desk.owner() as db:
            for client in (book.served, book.foreign):
                db.execute(self.ADD, {"client": client, "day": "2026-12-24", "by": book.va.staff_id})
        with desk.app(factories.staff(role, book.served).staff_id) as db:
            seen = db.execute("select client_id from client_holiday order by client_id").fetchall()
            promises = db.execute("select client_id from sla_policy order by client_id").fetchall()

        assert seen == promises
        assert seen == [(book.served,)] or role in (Role.SUPERVISOR, Role.COMPLIANCE, Role.ADMINISTRATOR)


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
