"""What the database checks of what is written by hand: which columns, from what to what, in whose name, and when."""

from collections.abc import Iterator
from datetime import timedelta

import psycopg
import pytest
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


@pytest.fixture
def book(desk) -> Book:
    return Book(desk)


WORKERS = {Role.VA, Role.CLINICAL, Role.SUPERVISOR}
BOSS = {Role.SUPERVISOR}
NONE: set[Role] = set()

_PAUSED = (
    "insert into clock_pause (client_id, claim_id, starts_at, reason, set_by)"
    " values ({client}, {claim}, '{now}', 'x', {me})"
)
_RESUMED = "update clock_pause set ends_at = timestamptz '{now}' + interval '3 hours', ended_by = {me} where claim_id = {claim}"
_SPOKE = "select 1 where desk_log_attempt({client}, {claim}, '{now}', 'worker', 'phone', 'reached', true, null, null) is not null"
_REACHED = "update claim set first_contact_at = '{now}', first_contact_by = {me} where claim_id = {claim}"


@pytest.mark.parametrize(
    ("change", "by"),
    [
        ("client_claim_number = 'X-1', client_number_key = 'x-1'", WORKERS),
        ("jurisdiction = 'CA'", WORKERS),
        ("date_of_injury = '2026-11-20'", WORKERS),
        ("injured_time = '09:00'", WORKERS),
        ("flags = '{{negative_lag}}'", WORKERS),
        ("version = version + 1", WORKERS),
        ("version = version + 2", NONE),
        ("version = 0", NONE),
        ("assignee_id = {me}, assigned_at = '{now}'", WORKERS),
        ("assignee_id = {colleague}, assigned_at = '{now}'", BOSS),
        ("reported_to = 'day'", BOSS),
        ("reported_at = reported_at - interval '1 hour', due_at = due_at - interval '1 hour'", BOSS),
        ("reported_at = reported_at - interval '1 hour'", NONE),
        ("due_at = '2099-01-01Z'", NONE),
        ("due_at = due_at + interval '1 minute'", NONE),
        ("due_at = due_at - interval '1 minute'", NONE),
        ("sla_effective_from = '2010-01-01Z', due_at = reported_at + interval '720 hours'", NONE),
        ("first_contact_at = '{now}', first_contact_by = {me}", NONE),
        ("emergency = true", NONE),
        ("closed_at = '{now}', closed_why = 'x'", NONE),
        ("claim_number = 'C-1'", NONE),
        ("client_id = {other}", NONE),
        ("worker_id = worker_id", NONE),
        ("channel = 'feed'", NONE),
        ("import_id = null", NONE),
        ("created_at = '{now}'", NONE),
    ],
)
def test_a_claims_columns_are_changed_by_whoever_may_and_to_what_may_be(book: Book, change: str, by: set[Role]) -> None:
    statement = f"update claim set {change} where claim_id = {{claim}}"
    done = {role for role in Role if book.does(role, statement, stays=False)}

    assert done == by


def test_a_claim_that_somebody_has_is_taken_by_nobody_else(book: Book) -> None:
    book.given("update claim set assignee_id = {colleague}, assigned_at = '{now}' where claim_id = {claim}")

    take = "update claim set assignee_id = {me}, assigned_at = '{now}' where claim_id = {claim}"
    assert not book.does(Role.VA, take)
    assert not book.does(Role.VA, "update claim set assignee_id = null, assigned_at = null where claim_id = {claim}")
    assert not book.does(Role.SUPERVISOR, "update claim set assigned_at = '2020-01-01Z' where claim_id = {claim}")
    assert book.does(Role.SUPERVISOR, take)


class TestANewClaim:
    MADE = (
        "insert into claim (client_id, worker_id, date_of_injury, reported_at, channel, sla_effective_from, due_at{more})"
        " values ({{client}}, {{worker}}, '2026-11-23', '{{reported}}', '{channel}', '{promise}',"
        " timestamptz '{{reported}}' + interval '{hours} hours'{values})"
    )

    def made(self, book: Book, **how: str) -> bool:
        usual = {"channel": "form", "promise": "2020-01-01Z", "hours": "24", "more": "", "values": ""}
        return book.does(Role.VA, self.MADE.format(**usual | how))

    def test_is_due_as_was_promised_when_it_was_reported(self, book: Book) -> None:
        assert self.made(book)

    @pytest.mark.parametrize(
        "how", [{"hours": "640000"}, {"hours": "25"}, {"hours": "23"}, {"promise": "2010-01-01Z", "hours": "720"}]
    )
    def test_is_not_due_otherwise(self, book: Book, how: dict[str, str]) -> None:
        assert not self.made(book, **how)

    def test_from_before_every_promise_is_counted_by_the_first(self, book: Book) -> None:
        book.names["reported"] = "2009-05-05Z"
        assert not self.made(book)
        assert self.made(book, promise="2010-01-01Z", hours="720")

    @pytest.mark.parametrize(("hours", "made"), [("23", False), ("24", True), ("300", True), ("400", False)])
    def test_under_a_business_clock_is_due_within_the_days_that_it_can_take(
        self, book: Book, hours: str, made: bool
    ) -> None:
        book.given("update sla_policy set clock = 'business'")
        assert self.made(book, hours=hours) is made

    @pytest.mark.parametrize(("closed", "made"), [("true", True), ("false", False)])
    def test_under_a_business_clock_is_due_later_where_the_client_is_closed_longer(
        self, book: Book, closed: str, made: bool
    ) -> None:
        book.given("update sla_policy set clock = 'business'")
        book.given(
            "insert into client_holiday (client_id, day, effective_from, closed, name, reason, set_by, set_at)"
            " select {client}, day, '2020-01-01Z', " + closed + ", 'x', 'x', 1, now()"
            " from generate_series(date '2026-11-25', '2026-12-10', '1 day') day"
        )
        assert self.made(book, hours="400") is made

    def test_of_a_feed_belongs_to_an_import_of_ones_own_that_stands(self, book: Book) -> None:
        for by, state in (("{me}", "done"), ("{colleague}", "done"), ("{me}", "cancelled")):
            book.names["by"] = by.format(me=book.people[Role.VA], colleague=book.colleague)
            book.names["import"] = book.value(
                "insert into claim_import (client_id, file_name, file_digest, started_at, by_id, state)"
                f" values ({{client}}, 'f', 'd', now(), {{by}}, '{state}') returning import_id"
            )
            mine = (by, state) == ("{me}", "done")
            brought = {"more": ", import_id", "values": ", {import}"}
            assert self.made(book, channel="feed", **brought) is mine
            assert not self.made(book, channel="form", **brought)
        assert not self.made(book, channel="feed")

    @pytest.mark.parametrize(
        ("column", "value"),
        [
            ("first_contact_at", "'{now}'"), ("assignee_id", "{me}"), ("closed_at", "'{now}'"), ("claim_number", "'C-1'"),
            ("version", "7"), ("created_at", "'{now}'"),
        ],
    )  # fmt: skip
    def test_is_not_born_reached_taken_closed_or_numbered(self, book: Book, column: str, value: str) -> None:
        assert not self.made(book, more=f", {column}", values=f", {value}")


class TestAFirstContact:
    def test_is_an_attempt_of_that_moment_and_person(self, book: Book) -> None:
        assert book.does(Role.CLINICAL, _SPOKE, _REACHED)

    def test_may_be_written_before_its_attempt_in_the_same_transaction(self, book: Book) -> None:
        assert book.does(Role.CLINICAL, _REACHED, _SPOKE)

    @pytest.mark.parametrize(
        "statements",
        [
            (_REACHED,),
            (_SPOKE,),
            (_SPOKE.replace("true", "false"), _REACHED),
            (_SPOKE, _REACHED.replace("'{now}'", "timestamptz '{now}' - interval '1 hour'")),
            (_SPOKE, _REACHED.replace("'{now}'", "reported_at")),
        ],
        ids=["none", "an attempt alone", "not substantive", "before any", "at the report"],
    )
    def test_is_nothing_else(self, book: Book, statements: tuple[str, ...]) -> None:
        assert not book.does(Role.CLINICAL, *statements)

    def test_moves_no_deadline(self, book: Book) -> None:
        later = _REACHED.replace(" where", ", due_at = due_at + interval '1 hour' where")
        assert not book.does(Role.CLINICAL, _SPOKE, later)


class TestAPause:
    @pytest.fixture
    def paused(self, book: Book) -> Book:
        book.names["boss"] = book.people[Role.SUPERVISOR]
        book.given(_PAUSED.replace("{me}", "{boss}"))
        return book

    def test_that_is_ended_moves_the_deadline_by_what_was_paused(self, paused: Book) -> None:
        moved = "update claim set due_at = due_at + interval '3 hours' where claim_id = {claim}"
        assert not paused.does(Role.SUPERVISOR, _RESUMED)
        assert not paused.does(Role.SUPERVISOR, _RESUMED, moved.replace("3", "4"))
        assert paused.does(Role.SUPERVISOR, _RESUMED, moved)

    def test_that_has_ended_is_not_moved(self, paused: Book) -> None:
        self.test_that_is_ended_moves_the_deadline_by_what_was_paused(paused)
        for change in ("ends_at = ends_at + interval '1 day'", "ends_at = null", "ended_by = {me}"):
            assert not paused.does(Role.SUPERVISOR, f"update clock_pause set {change}")

    def test_is_ended_in_ones_own_name(self, paused: Book) -> None:
        assert not paused.does(Role.SUPERVISOR, _RESUMED.replace("{me}", "{colleague}"))

    def test_is_ended_by_clinical_staff_with_a_first_contact_only(self, paused: Book) -> None:
        ended = _RESUMED.replace("timestamptz '{now}' + interval '3 hours'", "timestamptz '{now}'").replace(
            "{now}", NOW.replace(hour=16).isoformat()
        )
        spoke, reached = (each.replace("{now}", NOW.replace(hour=16).isoformat()) for each in (_SPOKE, _REACHED))
        moved = reached.replace(" where", ", due_at = due_at + interval '1 hour' where")
        resumed = "update claim set due_at = due_at + interval '1 hour' where claim_id = {claim}"
        assert not paused.does(Role.CLINICAL, ended)
        assert not paused.does(Role.CLINICAL, ended, resumed)
        assert not paused.does(Role.CLINICAL, ended, spoke, reached)
        assert paused.does(Role.CLINICAL, ended, moved, spoke)

    @pytest.mark.parametrize("clock", ["elapsed", "business"])
    def test_that_ended_before_moves_no_deadline_at_a_first_contact(self, paused: Book, clock: str) -> None:
        paused.given("update sla_policy set clock = '" + clock + "'")
        paused.given("update clock_pause set ends_at = starts_at + interval '1 hour', ended_by = {colleague}")
        paused.given("update claim set due_at = due_at + interval '1 hour'")
        later = _REACHED.replace(" where", ", due_at = due_at + interval '1 hour' where")
        assert not paused.does(Role.CLINICAL, _SPOKE, later)
        assert not paused.does(Role.SUPERVISOR, "update claim set due_at = due_at + interval '1 hour'")
        assert paused.does(Role.CLINICAL, _SPOKE, _REACHED)

    def test_that_began_when_a_claim_was_overdue_moves_no_deadline(self, paused: Book) -> None:
        paused.given("update sla_policy set clock = 'business'")
        paused.given("update claim set reported_at = timestamptz '{now}' - interval '24 hours', due_at = '{now}'")
        moved = "update claim set due_at = due_at + interval '3 hours' where claim_id = {claim}"
        assert not paused.does(Role.SUPERVISOR, _RESUMED, moved)

    @pytest.mark.parametrize(("days", "done"), [(1, True), (10, True), (12, False)])
    def test_of_open_hours_moves_the_deadline_by_the_days_that_can_be_closed_behind_it(
        self, paused: Book, days: int, done: bool
    ) -> None:
        paused.given("update sla_policy set clock = 'business'")
        moved = f"update claim set due_at = due_at + interval '{days} days' where claim_id = {{claim}}"
        assert paused.does(Role.SUPERVISOR, _RESUMED, moved) is done

    @pytest.mark.parametrize("column", ["starts_at", "reason", "set_by", "claim_id", "client_id"])
    def test_is_what_it_began_as(self, paused: Book, column: str) -> None:
        assert not paused.does(Role.SUPERVISOR, f"update clock_pause set {column} = {column}")

    def test_does_not_begin_ended(self, book: Book) -> None:
        ended = _PAUSED.replace("set_by)", "set_by, ends_at, ended_by)").replace("{me})", "{me}, '2099-01-01Z', {me})")
        assert not book.does(Role.SUPERVISOR, ended)


class TestWhatWasToldOfAnInjury:
    def test_is_added_to(self, book: Book) -> None:
        assert book.does(Role.VA, "update claim_narrative set narrative = narrative || ' Then fell.'")

    @pytest.mark.parametrize("change", ["narrative = 'Nothing.'", "narrative = null", "reporter = 'x'", "nature = 'x'"])
    def test_is_never_written_over(self, book: Book, change: str) -> None:
        for role in Role:
            assert not book.does(role, f"update claim_narrative set {change}")

    def test_is_not_deleted(self, book: Book) -> None:
        for role in Role:
            assert not book.does(role, "delete from claim_narrative")


class TestAQuestion:
    ANSWERED = "update intake_question set answered_at = '{now}', answered_by = {me}"

    @pytest.fixture(autouse=True)
    def question(self, book: Book) -> None:
        book.given(
            "insert into intake_question (client_id, claim_id, element, why, opened_at)"
            " values ({client}, {claim}, 'reach', 'x', '{now}')"
        )

    def test_is_answered_once_and_in_ones_own_name(self, book: Book) -> None:
        assert not book.does(Role.VA, self.ANSWERED.replace("{me}", "{colleague}"))
        assert book.does(Role.VA, self.ANSWERED)
        assert not book.does(Role.CLINICAL, self.ANSWERED)
        assert not book.does(Role.VA, "update intake_question set answered_at = null, answered_by = null")

    def test_is_not_born_answered(self, book: Book) -> None:
        assert not book.does(
            Role.VA,
            "insert into intake_question (client_id, claim_id, element, why, opened_at, answered_at, answered_by)"
            " values ({client}, {claim}, 'language', 'x', '{now}', '{now}', {me})",
        )


class TestInOnesOwnName:
    @pytest.mark.parametrize(
        ("role", "statement"),
        [
            (
                Role.VA,
                "insert into claim_event (client_id, claim_id, at, by_id, kind)"
                " values ({client}, {claim}, '{now}', {who}, 'assigned')",
            ),
            (Role.SUPERVISOR, _PAUSED.replace("{me}", "{who}")),
            (
                Role.VA,
                "insert into feed_mapping (client_id, mapping, saved_by, saved_at) values ({client}, '{{}}', {who}, '{now}')"
                " on conflict (client_id) do update set saved_by = excluded.saved_by",
            ),
            (
                Role.VA,
                "insert into claim_import (client_id, file_name, file_digest, started_at, by_id, state)"
                " values ({client}, 'f', 'd', '{now}', {who}, 'done')",
            ),
            (
                Role.ADMINISTRATOR,
                "insert into sla_policy (client_id, effective_from, hours, clock, timezone, open_hours, working_days,"
                " calendar, set_by) values ({client}, '{now}', 48, 'elapsed', 'UTC', '08:00-17:00', '{{1}}', 'US', {who})",
            ),
            (Role.VA, "insert into request_key (request, staff_id, at) values (gen_random_uuid(), {who}, '{now}')"),
            (Role.VA, "insert into audit_event (actor_id, noun, noun_id, verb) values ({who}, 'claim', 1, 'read')"),
        ],
        ids=["event", "pause", "mapping", "import", "promise", "request", "record"],
    )
    def test_a_row_is_written(self, book: Book, role: Role, statement: str) -> None:
        book.names["who"] = book.colleague
        assert not book.does(role, statement)
        book.names["who"] = book.people[role]
        assert book.does(role, statement)

    def test_a_saved_mapping_is_changed(self, book: Book) -> None:
        book.given("insert into feed_mapping values ({client}, '{{}}', {colleague}, '{now}')")
        assert not book.does(Role.VA, "update feed_mapping set mapping = '{{}}'")
        assert not book.does(Role.VA, "update feed_mapping set saved_by = {colleague}")
        assert book.does(Role.VA, "update feed_mapping set mapping = '{{}}', saved_by = {me}")

    def test_nothing_is_moved_to_another_client(self, book: Book) -> None:
        book.given("insert into feed_mapping values ({client}, '{{}}', {colleague}, '{now}')")
        for table in ("feed_mapping", "claim_import", "claim", "injured_worker", "claim_narrative", "clock_pause"):
            for role in (Role.VA, Role.SUPERVISOR):
                assert not book.does(role, f"update {table} set client_id = {{other}}")

    def test_a_correction_is_told_by_a_supervisor(self, book: Book) -> None:
        corrected = (
            "insert into claim_event (client_id, claim_id, at, by_id, kind)"
            " values ({client}, {claim}, '{now}', {me}, 'report_corrected')"
        )
        assert not book.does(Role.VA, corrected)
        assert book.does(Role.SUPERVISOR, corrected)


ENDED_BY_THE_ACT = {
    ("request_key", "made"),
    ("client_cover", "supervised_end"),
    ("file", "settle"),
    ("claim_condition", "change"),
}
"""Policies whose rows are open before the act and not any more behind it, or in one's own name; the scope is the same."""


def test_what_may_be_changed_may_be_left_behind_in_the_same_scope(desk) -> None:
    with desk.owner() as db:
        apart = db.execute(
            "select polrelid::regclass::text, polname from pg_policy where polpermissive and polcmd = 'w'"
            " and pg_get_expr(polqual, polrelid) is distinct from pg_get_expr(polwithcheck, polrelid)"
        ).fetchall()
    assert set(apart) == ENDED_BY_THE_ACT


class TestAnImport:
    UNDONE = (
        "update claim_import set state = 'undone', undone_at = '{now}', undone_by = {me} where import_id = {import}"
    )
    GONE = (
        *(f"delete from {table} where claim_id = {{claim}}" for table in ("claim_narrative", "claim_event", "claim")),
        "delete from injured_worker where worker_id = {worker}",
    )

    @pytest.fixture(autouse=True)
    def brought(self, book: Book) -> None:
        book.names["import"] = book.value(
            "insert into claim_import (client_id, file_name, file_digest, started_at, by_id, state)"
            " values ({client}, 'f', 'd', '{now}', {colleague}, 'done') returning import_id"
        )
        book.given("update claim set import_id = {import} where claim_id = {claim}")

    def test_is_undone_with_its_claims(self, book: Book) -> None:
        assert book.does(Role.VA, self.UNDONE, *self.GONE)

    @pytest.mark.parametrize("statement", GONE)
    def test_keeps_every_part_of_its_claims_until_then(self, book: Book, statement: str) -> None:
        for role in Role:
            assert not book.does(role, statement)

    def test_is_not_undone_without_them(self, book: Book) -> None:
        assert not book.does(Role.VA, self.UNDONE)

    def test_is_not_undone_by_clinical_staff_or_in_another_name(self, book: Book) -> None:
        assert not book.does(Role.CLINICAL, self.UNDONE, *self.GONE)
        assert not book.does(Role.VA, self.UNDONE.replace("{me}", "{colleague}"), *self.GONE)

    @pytest.mark.parametrize(
        "work",
        [
            "update claim set version = 2",
            "update claim set assignee_id = {colleague}, assigned_at = '{now}'",
            "insert into claim_event (client_id, claim_id, at, by_id, kind) values ({client}, {claim}, '{now}', 1, 'assigned')",
        ],
    )
    def test_is_not_undone_once_somebody_has_worked_on_it(self, book: Book, work: str) -> None:
        book.given(work)
        assert not book.does(Role.VA, self.UNDONE, *self.GONE)

    def test_is_not_done_again_or_told_otherwise(self, book: Book) -> None:
        for change in ("state = 'cancelled'", "accepted = 7", "by_id = {me}", "file_name = 'x'"):
            assert not book.does(Role.VA, f"update claim_import set {change}")


class TestTheCallThatLogsAnAttempt:
    """It is the owner's, beneath the policies: it asks itself what they ask of an attempt inserted by hand."""

    CALL = (
        "select 1 where desk_log_attempt({{{client}}}, {{claim}}, {at}, '{party}', 'phone', '{outcome}', {substantive},"
        " null, null) is not null"
    )

    def logged(self, **how: str) -> str:
        usual = {"client": "client", "at": "'{now}'", "party": "worker", "outcome": "voicemail", "substantive": "false"}
        return self.CALL.format(**usual | how)

    def test_is_answered_to_whoever_works_on_the_clients_claims(self, book: Book) -> None:
        assert {role for role in Role if book.does(role, self.logged())} == WORKERS
        assert book.value("select count(*) from contact_attempt") == len(WORKERS)
        assert book.value("select count(*) from audit_event e join contact_attempt a on a.by_id = e.actor_id"
                          " and a.attempt_id = (e.detail ->> 'attempt')::int where e.verb = 'attempt_logged'"
                          " and e.noun_id = {claim}") == len(WORKERS)  # fmt: skip

    def test_records_a_first_contact_for_clinical_staff_alone(self, book: Book) -> None:
        reached = self.logged(outcome="reached", substantive="true")
        assert {role for role in Role if book.does(role, reached, _REACHED)} == {Role.CLINICAL}
        assert book.value("select verb from audit_event") == "first_contact_recorded"
        for role in BOSS | {Role.VA}:  # refused by the call itself, before their claim could be without the contact
            with book.desk.app(book.people[role]) as db, pytest.raises(InsufficientPrivilege, match="not theirs"):
                db.execute(reached.format(**book.names).encode())

    def test_is_refused_on_a_client_whom_one_does_not_serve(self, book: Book) -> None:
        theirs = factories.claim(book.other)
        logged = self.logged(client="other").replace("{claim}", str(theirs))
        assert {role for role in Role if book.does(role, logged)} == BOSS
        assert {role for role in Role if book.does(role, self.logged(client="other"))} == NONE, "it is not their claim"

    def test_is_refused_to_whoever_may_no_longer_sign_in(self, book: Book) -> None:
        book.given("update staff set active = false where role = 'va'")
        assert not book.does(Role.VA, self.logged())

    def test_records_no_first_contact_of_a_closed_claim(self, book: Book) -> None:
        book.given("update claim set closed_at = '{now}', closed_why = 'x' where claim_id = {claim}")
        reached = self.logged(outcome="reached", substantive="true").format(**book.names)
        with book.desk.app(book.people[Role.CLINICAL]) as db, pytest.raises(InsufficientPrivilege, match="not theirs"):
            db.execute(reached.encode())
        assert book.does(Role.CLINICAL, self.logged())

    def test_is_refused_for_a_worker_who_has_died(self, book: Book) -> None:
        book.given("update claim set date_of_death = '2026-11-24' where claim_id = {claim}")
        assert not book.does(Role.VA, self.logged())
        assert book.does(Role.VA, self.logged(party="employer"))


def test_an_attempt_comes_in_by_its_call_alone(book: Book) -> None:
    tried = (
        "insert into contact_attempt (client_id, claim_id, at, by_id, party, method, outcome)"
        " values ({client}, {claim}, '{reported}', {me}, 'worker', 'phone', 'voicemail')"
    )
    assert {role for role in Role if book.does(role, tried)} == NONE


@pytest.mark.parametrize(
    ("method", "outcome", "fits"),
    [
        ("letter", "voicemail", False),
        ("email", "no_answer", False),
        ("in_person", "sent", False),
        ("letter", "sent", True),
    ],
)
def test_an_attempt_ends_as_its_method_can(book: Book, method: str, outcome: str, fits: bool) -> None:
    logged = TestTheCallThatLogsAnAttempt().logged(outcome=outcome).replace("'phone'", f"'{method}'")
    assert book.does(Role.VA, logged) is fits


@pytest.mark.usefixtures("present")
class TestThePresent:
    @pytest.fixture(params=["now() - interval '2 hours'", "now() + interval '2 hours'", "'2099-01-01Z'"])
    def another_time(self, request) -> Iterator[str]:
        return request.param

    def test_is_when_things_happen(self, book: Book, another_time: str) -> None:
        book.given("update claim set reported_at = now() - interval '1 day', due_at = now() where claim_id = {claim}")
        book.given(
            "insert into intake_question (client_id, claim_id, element, why, opened_at)"
            " values ({client}, {claim}, 'reach', 'x', '{now}')"
        )
        for role, statement in (
            (Role.SUPERVISOR, _PAUSED),
            (
                Role.VA,
                "insert into claim_event (client_id, claim_id, at, by_id, kind)"
                " values ({client}, {claim}, '{now}', {me}, 'assigned')",
            ),
            (Role.VA, TestAQuestion.ANSWERED),
        ):
            assert not book.does(role, statement.replace("'{now}'", another_time)), statement
            assert book.does(role, statement.replace("'{now}'", "now()")), statement

    def test_is_when_an_attempt_was_made(self, book: Book) -> None:
        called = TestTheCallThatLogsAnAttempt().logged()
        for another in ("'2099-01-01Z'", "now() + interval '2 minutes'", "now() - interval '5 minutes'", "null"):
            assert not book.does(Role.VA, called.replace("'{now}'", another))
        assert book.does(Role.VA, called.replace("'{now}'", "now()"))

    def test_is_when_a_worker_was_reached(self, book: Book) -> None:
        book.given("update claim set reported_at = now() - interval '1 day', due_at = now() where claim_id = {claim}")
        for moment, done in (
            ("now() - interval '30 minutes'", False),
            ("now() + interval '30 minutes'", False),
            ("now()", True),
        ):
            both = [each.replace("'{now}'", moment) for each in (_SPOKE, _REACHED)]
            assert book.does(Role.CLINICAL, *both) is done, moment

    def test_is_when_a_clock_stops_and_goes_on(self, book: Book) -> None:
        for moment, done in (("now() - interval '30 minutes'", False), ("now()", True)):
            assert book.does(Role.SUPERVISOR, _PAUSED.replace("'{now}'", moment)) is done
        for moment in ("now() - interval '30 minutes'", "now() + interval '30 minutes'"):
            ended = f"update clock_pause set ends_at = greatest(starts_at, {moment}), ended_by = {{me}}"
            assert book.does(Role.SUPERVISOR, ended, stays=False) is ("- interval" in moment)

    def test_is_the_latest_time_of_a_report_that_nobody_doubts(self, book: Book) -> None:
        made = (
            "insert into claim (client_id, worker_id, date_of_injury, reported_at, channel, sla_effective_from, due_at, flags)"
            " values ({{client}}, {{worker}}, '2026-11-23', now() + interval '{ahead}', 'form', '2020-01-01Z',"
            " now() + interval '{ahead}' + interval '24 hours', '{flags}')"
        )
        assert not book.does(Role.VA, made.format(ahead="2 minutes", flags="{{{{}}}}"))
        assert book.does(Role.VA, made.format(ahead="2 minutes", flags="{{{{future_date}}}}"))
        assert book.does(Role.VA, made.format(ahead="0 minutes", flags="{{{{}}}}"))
        moved = (
            "update claim set reported_at = now() + interval '{ahead}', due_at = now() + interval '{ahead}' + interval '24 hours'"
            " where claim_id = {{claim}}"
        )
        assert not book.does(Role.SUPERVISOR, moved.format(ahead="2 minutes"))
        assert book.does(Role.SUPERVISOR, moved.format(ahead="0 minutes"))

    def test_is_the_earliest_beginning_of_a_promise_but_the_first(self, book: Book) -> None:
        promised = (
            "insert into sla_policy (client_id, effective_from, hours, clock, timezone, open_hours, working_days,"
            " calendar, set_by) values ({which}, {since}, 9, 'elapsed', 'UTC', '08:00-17:00', '{{{{1}}}}', 'US', {{me}})"
        )
        assert not book.does(Role.ADMINISTRATOR, promised.format(which="{client}", since="'2024-01-01Z'"))
        assert not book.does(
            Role.ADMINISTRATOR, promised.format(which="{client}", since="now() - interval '5 minutes'")
        )
        assert book.does(Role.ADMINISTRATOR, promised.format(which="{client}", since="now()"))
        book.names["new"] = book.value(
            "insert into client (code, name, timezone) values ('NEW', 'New', 'UTC') returning client_id"
        )
        assert book.does(Role.ADMINISTRATOR, promised.format(which="{new}", since="'2000-01-01Z'"))


@pytest.mark.parametrize(
    "change", ["due_at = '-infinity'", "date_of_injury = 'infinity'", "date_of_injury = '2300-01-01'"]
)
def test_no_claim_is_of_another_age(book: Book, change: str) -> None:
    for role in (Role.VA, Role.SUPERVISOR):
        assert not book.does(role, f"update claim set {change}")


def test_a_first_contact_of_a_claim_that_was_never_paused_moves_no_deadline(book: Book) -> None:
    assert not book.does(
        Role.CLINICAL,
        "update claim set first_contact_at = '{now}', first_contact_by = {me}, due_at = due_at + interval '1 hour'",
    )


@pytest.mark.parametrize("kind", ["closed", "reopened", "taken_back", "first_contact_recorded", "clock_paused"])
def test_a_va_tells_no_timeline_what_only_others_do(book: Book, kind: str) -> None:
    assert not book.does(
        Role.VA,
        "insert into claim_event (client_id, claim_id, at, by_id, kind)"
        f" values ({{client}}, {{claim}}, '{{now}}', {{me}}, '{kind}')",
    )


@pytest.mark.usefixtures("present")
class TestAPromise:
    """A promise that has begun never changes; one that has not can go, and nothing is promised twice over."""

    PLANNED = (
        "insert into sla_policy (client_id, effective_from, hours, clock, timezone, open_hours, working_days, calendar)"
        " select {{{client}}}, now() + interval '{begins}', 36, clock, timezone, open_hours, working_days, calendar"
        " from sla_policy where hours = 720"
    )
    WITHDRAWN = "delete from sla_policy where client_id = {client} and hours = 36"
    PROMISED = (
        "insert into sla_policy (client_id, effective_from, hours, clock, timezone, open_hours, working_days, calendar,"
        " set_by) values ({{client}}, now() + interval '{begins}', {hours}, '{clock}', '{zone}', '{open}', '{{{{1,2,3,4,5}}}}',"
        " 'US', {{me}})"
    )

    def planned(self, begins: str, of: str = "client") -> str:
        return self.PLANNED.format(begins=begins, client=of)

    def promised(self, **other: object) -> str:
        usual = {"begins": "1 day", "hours": 24, "clock": "elapsed", "zone": "America/Chicago", "open": "08:00-17:00"}
        return self.PROMISED.format(**{**usual, **other})

    def test_is_withdrawn_before_it_begins_by_an_administrator_alone(self, book: Book) -> None:
        book.given(self.planned("1 minute"))
        for role in set(Role) - {Role.ADMINISTRATOR}:
            assert not book.does(role, self.WITHDRAWN)

        assert book.does(Role.ADMINISTRATOR, self.WITHDRAWN)

    def test_stays_once_it_has_begun(self, book: Book) -> None:
        book.given(self.planned("-1 second"))

        assert not book.does(Role.ADMINISTRATOR, self.WITHDRAWN)

    def test_stays_where_it_is_the_first_of_its_client(self, book: Book) -> None:
        book.given("delete from sla_policy where client_id = {other}")
        book.given(self.planned("1 day", of="other"))

        assert not book.does(Role.ADMINISTRATOR, self.WITHDRAWN.replace("{client}", "{other}"))

    @pytest.mark.parametrize(
        "column", ["hours = 1", "effective_from = now() + interval '2 days'", "client_id = {other}"]
    )
    def test_is_never_another_in_its_own_row(self, book: Book, column: str) -> None:
        book.given(self.planned("1 day"))

        assert not book.does(Role.ADMINISTRATOR, f"update sla_policy set {column} where hours = 36")

    def test_that_repeats_the_one_before_is_none(self, book: Book) -> None:
        assert not book.does(Role.ADMINISTRATOR, self.promised())
        assert not book.does(Role.ADMINISTRATOR, self.promised(open="09:00-17:00")), "true hours know no week"
        for other in ({"hours": 23}, {"clock": "business"}, {"zone": "America/Denver"}):
            assert book.does(Role.ADMINISTRATOR, self.promised(**other), stays=False)

    def test_of_open_hours_that_repeats_the_one_before_is_none(self, book: Book) -> None:
        book.given("update sla_policy set clock = 'business' where client_id = {client}")

        assert not book.does(Role.ADMINISTRATOR, self.promised(clock="business"))
        assert book.does(Role.ADMINISTRATOR, self.promised(clock="business", open="09:00-17:00"), stays=False)

    def test_that_the_next_one_repeats_is_none(self, book: Book) -> None:
        book.given(self.planned("2 days"))

        assert not book.does(Role.ADMINISTRATOR, self.promised(hours=36))
        assert book.does(Role.ADMINISTRATOR, self.promised(hours=35))

    @pytest.mark.parametrize(
        ("zone", "calendar", "done"),
        [("America/Denver", "US-IL", True), ("America/Nowhere", "US", False), ("EST5EDT4", "US", False),
         ("America/Denver", "US-ZZ", False), ("America/Denver", "", False)],
    )  # fmt: skip
    def test_is_of_a_zone_and_a_calendar_that_there_are(self, book: Book, zone: str, calendar: str, done: bool) -> None:
        promised = self.promised(zone=zone).replace("'US'", f"'{calendar}'")
        assert book.does(Role.ADMINISTRATOR, promised) is done

    def test_of_a_calendar_that_was_kept_before_goes_on(self, book: Book) -> None:
        book.given("update sla_policy set calendar = 'CA-ON' where client_id = {client}")
        assert book.does(Role.ADMINISTRATOR, self.promised(hours=35).replace("'US'", "'CA-ON'"))

    def test_is_made_to_a_client_of_a_zone_that_there_is(self, book: Book) -> None:
        added = "insert into client (code, name, timezone) values ('N{number}', 'New', '{zone}')"
        assert not book.does(Role.ADMINISTRATOR, added.format(number=1, zone="Nowhere"))
        assert book.does(Role.ADMINISTRATOR, added.format(number=2, zone="UTC"))

    def test_is_counted_with_the_client(self, book: Book) -> None:
        assert not book.does(Role.ADMINISTRATOR, "update client set version = version + 2 where client_id = {client}")
        assert book.does(Role.ADMINISTRATOR, "update client set version = version + 1 where client_id = {client}")
        assert not book.does(Role.ADMINISTRATOR, "update client set timezone = 'UTC' where client_id = {client}")
        assert not book.does(Role.ADMINISTRATOR, "update client set name = repeat('x', 81) where client_id = {client}")
