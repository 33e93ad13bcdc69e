"""What of a claim is changed by whom, to what, and how a new one begins."""

from datetime import timedelta

import pytest

from core import promises
from core.access import COMMAND_LINE, Actor, Role
from core.transactions import transaction
from tests import factories
from tests.db.guards.book import BOSS, NONE, REPORTED, WORKERS, Book, kept

CORRECTED = {
    "jurisdiction": ("jurisdiction", "'CA'"),
    "date_of_injury": ("date_of_injury", "'11/20/2026'"),
    "emergency": ("emergency", "'yes'"),
}
"""What is known of a new claim, and what it becomes, as it is kept."""


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
        ("emergency = true", WORKERS),
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
    first = [kept(*corrected) for column, corrected in CORRECTED.items() if change.startswith(column)]
    done = {role for role in Role if book.does(role, *first, statement, stays=False)}

    assert done == by


def test_a_claim_that_somebody_has_is_taken_by_nobody_else(book: Book) -> None:
    book.given("update claim set assignee_id = {colleague}, assigned_at = '{now}' where claim_id = {claim}")

    take = "update claim set assignee_id = {me}, assigned_at = '{now}' where claim_id = {claim}"
    assert not book.does(Role.VA, take)
    assert not book.does(Role.VA, "update claim set assignee_id = null, assigned_at = null where claim_id = {claim}")
    assert not book.does(Role.SUPERVISOR, "update claim set assigned_at = '2020-01-01Z' where claim_id = {claim}")
    assert book.does(Role.SUPERVISOR, take)


@pytest.mark.usefixtures("present")
class TestAHolder:
    GIVEN = "update claim set assignee_id = {who}, assigned_at = {at} where claim_id = {{claim}}"

    def test_takes_a_claim_now_and_has_it_again_as_of_before(self, book: Book) -> None:
        for at, by in (
            ("now()", WORKERS),
            ("now() - interval '10 minutes'", BOSS),
            ("reported_at + interval '1 minute'", BOSS),
            ("reported_at - interval '1 day'", NONE),
            ("now() + interval '10 minutes'", NONE),
            ("'infinity'", NONE),
        ):
            taken = self.GIVEN.format(who="{me}", at=at)
            assert {role for role in Role if book.does(role, taken, stays=False)} == by, at


class TestHandingOver:
    GIVE = "update claim set assignee_id = {colleague}, assigned_at = '{now}' where claim_id = {claim}"
    TAKE_BACK = "update claim set assignee_id = {me}, assigned_at = '{now}' where claim_id = {claim}"
    NOTE = (
        "insert into hand_over (client_id, claim_id, given_at, given_by, to_id, note)"
        " values ({client}, {claim}, '{now}', {me}, {colleague}, 'Calls back at three.')"
    )

    def _has(self, book: Book, role: Role) -> None:
        book.given(
            f"update claim set assignee_id = {book.people[role]}, assigned_at = '{{now}}' where claim_id = {{claim}}"
        )

    def test_whoever_has_a_claim_hands_it_over_and_a_supervisor_anybodys(self, book: Book) -> None:
        self._has(book, Role.VA)

        assert {role for role in Role if book.does(role, self.NOTE, self.GIVE, stays=False)} == {
            Role.VA,
            Role.SUPERVISOR,
        }
        assert {role for role in Role if book.does(role, self.NOTE, stays=False)} == {Role.VA, Role.SUPERVISOR}

    def test_never_to_somebody_who_may_not_have_it(self, book: Book) -> None:
        self._has(book, Role.VA)
        book.names["outsider"] = factories.staff(Role.VA, book.other).staff_id
        book.names["reader"] = book.people[Role.COMPLIANCE]

        for who in ("outsider", "reader"):
            assert not book.does(Role.VA, self.GIVE.replace("colleague", who))
            assert not book.does(Role.SUPERVISOR, self.GIVE.replace("colleague", who))

    def test_the_giver_takes_it_back_from_whoever_has_it_by_that_and_nobody_else_does(self, book: Book) -> None:
        self._has(book, Role.VA)
        assert book.does(Role.VA, self.NOTE, self.GIVE)

        assert not book.does(Role.CLINICAL, self.TAKE_BACK)
        assert not book.does(
            Role.VA, "update claim set assignee_id = null, assigned_at = null where claim_id = {claim}"
        )
        assert book.does(Role.VA, self.TAKE_BACK, stays=False)
        book.given("update claim set assigned_at = assigned_at + interval '1 second' where claim_id = {claim}")
        assert not book.does(Role.VA, self.TAKE_BACK)

    def test_a_note_stays_as_it_was_written_and_is_in_ones_own_name(self, book: Book) -> None:
        self._has(book, Role.VA)

        assert not book.does(Role.VA, self.NOTE.replace("{me}", "{colleague}"))
        assert book.does(Role.VA, self.NOTE)
        assert not book.does(Role.VA, "update hand_over set note = 'x'")
        assert not book.does(Role.SUPERVISOR, "delete from hand_over")


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

    def test_is_due_on_days_of_one_minute_of_which_some_have_none(self, book: Book) -> None:
        book.given(
            "update sla_policy set clock = 'business', open_hours = '02:30-02:31', working_days = '{{1,2,3,4,5,6,7}}',"
            " calendar = 'NONE', hours = 120 where client_id = {client}"
        )
        va = book.people[Role.VA]
        with transaction(Actor(va, "VA", "va", Role.VA, "UTC", frozenset({book.client}))) as tx:
            known = promises.policies(COMMAND_LINE, tx, book.client)
            _, due_at = promises.due(known, REPORTED)

        minutes = (due_at - REPORTED) / timedelta(minutes=1)
        assert minutes / 1440 > 120 * 60 + 15, "clocks are set forward every year, over 02:30"
        assert self.made(book, hours=f"{minutes / 60:.6f}")

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
        for by, state, kind in (
            ("{me}", "done", "claims"),
            ("{colleague}", "done", "claims"),
            ("{me}", "cancelled", "claims"),
            ("{me}", "done", "visits"),
        ):
            book.names["by"] = by.format(me=book.people[Role.VA], colleague=book.colleague)
            book.names["import"] = book.value(
                "insert into feed_import (client_id, kind, file_name, started_at, by_id, state)"
                f" values ({{client}}, '{kind}', 'f', now(), {{by}}, '{state}') returning import_id"
            )
            mine = (by, state, kind) == ("{me}", "done", "claims")
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


class TestAnImport:
    UNDONE = "update feed_import set state = 'undone', undone_at = '{now}', undone_by = {me} where import_id = {import}"
    GONE = (
        *(f"delete from {table} where claim_id = {{claim}}" for table in ("claim_narrative", "claim_event", "claim")),
        "delete from injured_worker where worker_id = {worker}",
    )

    @pytest.fixture(autouse=True)
    def brought(self, book: Book) -> None:
        book.names["import"] = book.value(
            "insert into feed_import (client_id, kind, file_name, started_at, by_id, state)"
            " values ({client}, 'claims', 'f', '{now}', {colleague}, 'done') returning import_id"
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

    def test_is_not_undone_while_rows_of_another_were_left_out_because_of_it(self, book: Book) -> None:
        book.names["later"] = book.value(
            "insert into feed_import (client_id, kind, file_name, started_at, by_id, state)"
            " values ({client}, 'claims', 'g', '{now}', {colleague}, 'done') returning import_id"
        )
        book.given(
            "insert into import_duplicate (client_id, import_id, row_number, of_id, of_import, why)"
            " values ({client}, {later}, 2, {claim}, {import}, 'x')"
        )
        assert not book.does(Role.VA, self.UNDONE, *self.GONE)
        book.given("delete from import_duplicate")
        assert book.does(Role.VA, self.UNDONE, *self.GONE)

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
            assert not book.does(Role.VA, f"update feed_import set {change}")


@pytest.mark.parametrize(
    "change", ["due_at = '-infinity'", "date_of_injury = 'infinity'", "date_of_injury = '2300-01-01'"]
)
def test_no_claim_is_of_another_age(book: Book, change: str) -> None:
    for role in (Role.VA, Role.SUPERVISOR):
        assert not book.does(role, f"update claim set {change}")
