"""Requests for authorization by hand: as they are logged, changed and followed up, and by whom."""

import pytest

from core.access import COMMAND_LINE, Role
from tests import factories
from tests.db.guards.book import NONE, WORKERS, Book
from tests.db.guards.requests import (
    ASKED,
    EXTENDED,
    FOLLOWED_UP,
    changed,
    have_request,
    logged,
    told,
    tried,
    who,
)

VA, CLINICAL, BOSS = Role.VA, Role.CLINICAL, Role.SUPERVISOR
TIMES = ("information_asked_at", "information_at", "tolled_at", "resumed_at", "deferred_at", "taken_up_at")
STEPS = dict(zip(TIMES, ("extended", "informed", "tolled", "resumed", "deferred", "taken_up"), strict=True))


@pytest.fixture(autouse=True)
def request_of(book: Book, present: None) -> None:
    have_request(book)


@pytest.fixture
def decided(book: Book) -> None:
    """Have the request approved, one of two units."""
    at = book.value("select now() - interval '10 minutes'")
    book.names["determination"] = factories.determination(book.client, book.claim, book.names["request"], at=at)


class TestARequest:
    def test_is_logged_by_whoever_works_for_the_client(self, book: Book) -> None:
        assert who(book, logged(), ASKED) == WORKERS
        elsewhere = {"client_id": "{other}", "claim_id": "{foreign}"}
        assert who(book, logged(**elsewhere), ASKED.replace("{claim}", "{foreign}")) == {BOSS}

    @pytest.mark.parametrize(
        "other",
        [
            {"logged_by": "{colleague}"},
            {"logged_at": "now() - interval '1 hour'", "received_at": "now() - interval '2 hours'"},
            {"received_at": "now() + interval '1 second'"},
            {"received_at": "'-infinity'"},
            {"complete_at": "now() + interval '1 second'"},
            {"complete_at": "now() - interval '1 day'"},
            {"complete_at": "null"},
            {"clock": "'stopped'"},
            {"clock": "'tolled'"},
            {"clock": "'perhaps'"},
            {"due_at": "'infinity'"},
            {"due_at": "'-infinity'"},
            {"rule": "null"},
            {"follow_up_at": "'infinity'"},
            {"postmarked_on": "'-infinity'"},
            {"reviewer_id": "{stranger}"},
            {"reviewer_id": "{me}"},
            {"holder_id": "{stranger}"},
            {"channel": "'pigeon'"},
            {"kind": "'Prospective review'"},
            {"provider_name": "' '"},
            {"provider_npi": "'3123456789'"},
            {"outcome": "'approved'", "decided_at": "now()"},
            {"communicated_at": "now()"},
            {"ended_at": "now()"},
            {"tolled_at": "now()"},
            {"document_id": "1"},
        ],
        ids=str,
    )
    def test_is_no_other(self, book: Book, other: dict[str, str]) -> None:
        assert book.does(VA, logged(), ASKED, stays=False)
        assert not book.does(VA, logged(**other), ASKED)

    def test_asks_for_something(self, book: Book) -> None:
        assert who(book, logged()) == NONE

    def test_is_of_an_open_claim(self, book: Book) -> None:
        other = factories.claim(book.client)
        book.given(
            f"update claim set closed_at = now(), closed_why = 'x', closed_by = 1, merged_into = {other} where claim_id = {{claim}}"
        )
        assert who(book, logged(), ASKED) == NONE
        book.given("update claim set merged_into = null where claim_id = {claim}")
        assert who(book, logged(), ASKED) == NONE

    def test_is_about_another_one_that_was_decided_before_it_came(self, book: Book, decided: None) -> None:
        book.names["undecided"] = factories.authorization(book.client, book.claim)
        assert book.does(VA, logged(about_id="{request}"), ASKED, stays=False)
        assert not book.does(VA, logged(about_id="{undecided}"), ASKED)
        assert not book.does(VA, logged(about_id="{foreign_request}"), ASKED)
        early = {"received_at": "now() - interval '30 minutes'"}
        assert not book.does(VA, logged(about_id="{request}", **early), ASKED)

    def test_is_asked_for_no_more_later(self, book: Book) -> None:
        more = ASKED.replace(", 1, 'MRI'", ", 2, 'CT'")
        assert who(book, more) == NONE
        assert who(book, logged(), ASKED, more) == WORKERS

    def test_is_never_taken_away(self, book: Book, decided: None) -> None:
        for table in ("authorization_request", "service_line", "determination", "determination_line"):
            assert who(book, f"delete from {table}") == NONE, table


class TestAChange:
    def test_is_by_whoever_works_for_the_client(self, book: Book) -> None:
        assert who(book, EXTENDED) == WORKERS
        assert who(book, EXTENDED.replace("{request}", "{foreign_request}")) == {BOSS}

    @pytest.mark.parametrize(
        "other",
        [
            {"version": "version"},
            {"version": "version + 2"},
            {"version": "version - 1"},
            {"changed_by": "{colleague}"},
            {"changed_by": "null"},
            {"changed_at": "now() - interval '1 hour'"},
            {"changed_at": "'infinity'"},
            {"change": "'forgotten'"},
            {"change": "null"},
            {"change_why": "' '"},
        ],
        ids=str,
    )
    def test_counts_and_is_ones_own_of_now(self, book: Book, other: dict[str, str]) -> None:
        assert not book.does(VA, changed("information_asked_at = now()", **other))

    @pytest.mark.parametrize("column", [*TIMES, "complete_at"])
    def test_puts_a_time_that_has_come_since_the_request_came_and_leaves_it(self, book: Book, column: str) -> None:
        step = {**STEPS, "complete_at": "completed"}[column]
        before = {"information_at": "information_asked_at", "resumed_at": "tolled_at", "taken_up_at": "deferred_at"}
        why = ", deferred_why = 'x'" if column == "deferred_at" else ""
        if column == "complete_at":
            book.given("update authorization_request set complete_at = null, missing = 'x'")
        if column in before:
            book.given(f"update authorization_request set {before[column]} = now() - interval '30 minutes'")
        for at in ("now() + interval '10 minutes'", "now() - interval '2 hours'", "'infinity'", "'-infinity'", "null"):
            assert not book.does(VA, changed(f"{column} = {at}{why}", step)), at
        assert book.does(VA, changed(f"{column} = now(){why}", step))
        for at in ("null", "now()", "now() - interval '1 minute'"):
            assert not book.does(VA, changed(f"{column} = {at}{why}", step)), at

    @pytest.mark.parametrize(
        "to",
        [
            "tolled_at = now()",
            "due_why = 'x'",
            "missing = 'x'",
            "reviewer_id = {colleague}",
            "information_asked_at = now(), deferred_at = now()",
            "clock = 'stopped'",
            "due_at = due_at + interval '1 day'",
        ],
    )
    def test_says_by_its_step_what_it_changes(self, book: Book, to: str) -> None:
        assert not book.does(VA, changed(to))

    def test_moves_no_date_without_saying_so(self, book: Book) -> None:
        later = "due_at = due_at + interval '30 days'"
        for step in ("followed_up", "extended", "completed", "resumed"):
            assert not book.does(VA, tried(), changed(f"{later}, follow_up_at = now()", step)), step
        assert not book.does(VA, changed(later, "due_moved")), "that is the desk itself"
        book.people[BOSS] = COMMAND_LINE.staff_id
        assert book.does(BOSS, changed(later, "due_moved"))
        assert not book.does(BOSS, changed("due_at = due_at", "due_moved")), "it did not move"
        assert book.value("select count(*) from claim_event where detail ->> 'step' = 'due_moved'") == 1

    def test_moves_its_next_follow_up_with_a_reason_and_moves_something(self, book: Book) -> None:
        reasoned = {"change_why": "'x'"}
        later = changed("follow_up_at = now() + interval '1 day'", "follow_up_moved", **reasoned)
        assert not book.does(VA, changed("follow_up_at = now() + interval '1 day'", "follow_up_moved")), "why?"
        assert not book.does(VA, changed("unanswered = unanswered", "follow_up_moved", **reasoned)), "it did not move"
        assert not book.does(VA, changed("due_at = now()", "follow_up_moved", **reasoned)), "a date that is due"
        assert book.does(VA, later)
        assert book.does(VA, changed("to_clinical_at = now(), unanswered = 3", "follow_up_moved", **reasoned))
        moved = "select count(*) from claim_event where detail ->> 'step' = 'follow_up_moved'"
        assert book.value(moved) == 1, "what stays when it was is not told"

    def test_says_that_somebody_was_asked_where_somebody_was(self, book: Book) -> None:
        next_time = FOLLOWED_UP
        assert not book.does(VA, next_time)
        assert book.does(VA, tried(), next_time)
        assert not book.does(VA, next_time), "once for each time"

    def test_gives_it_to_those_who_serve_the_client(self, book: Book) -> None:
        book.names |= {"helper": book.people[VA], "reader": book.people[Role.COMPLIANCE]}
        for reviewer, done in (("{colleague}", True), ("{stranger}", False), ("{helper}", False), ("1", False)):
            assert book.does(VA, changed(f"reviewer_id = {reviewer}", "assigned"), stays=False) is done, reviewer
        for holder, done in (("{helper}", True), ("{colleague}", True), ("{stranger}", False), ("{reader}", False)):
            assert book.does(VA, changed(f"holder_id = {holder}", "assigned"), stays=False) is done, holder

    @pytest.mark.parametrize(
        "column",
        ["outcome", "decided_at", "communicated_at", "ended_at", "received_at", "kind", "jurisdiction", "logged_by"],
    )
    def test_writes_nothing_that_a_determination_or_the_receipt_says(self, book: Book, column: str) -> None:
        assert who(book, changed(f"{column} = {column}")) == NONE

    def test_is_of_what_is_not_decided(self, book: Book, decided: None) -> None:
        assert who(book, EXTENDED) == NONE
        assert book.does(VA, told())
        assert who(book, EXTENDED) == NONE

    def test_leaves_a_request_where_it_is(self, book: Book) -> None:
        for column, other in (("client_id", "{other}"), ("claim_id", "{foreign}"), ("version", "1")):
            assert who(book, f"update authorization_request set {column} = {other}") == NONE


class TestAFollowUp:
    def test_is_by_whoever_works_for_the_client(self, book: Book) -> None:
        assert who(book, tried(), FOLLOWED_UP) == WORKERS

    @pytest.mark.parametrize(
        "other",
        [
            {"by_id": "{colleague}"},
            {"recorded_at": "now() - interval '5 minutes'", "at": "now() - interval '6 minutes'"},
            {"at": "now() + interval '10 seconds'"},
            {"at": "now() - interval '2 hours'"},
            {"at": "'-infinity'"},
            {"request_id": "{foreign_request}"},
            {"party": "'worker'"},
            {"outcome": "'sang'"},
            {"note": "' '"},
        ],
        ids=str,
    )
    def test_is_no_other(self, book: Book, other: dict[str, str]) -> None:
        assert not book.does(VA, tried(**other), FOLLOWED_UP)

    def test_is_of_what_waits_for_a_determination(self, book: Book, decided: None) -> None:
        assert who(book, tried(), FOLLOWED_UP) == NONE


class TestReviewers:
    def test_are_named_to_whoever_works_for_the_client(self, book: Book) -> None:
        assert who(book, "select * from desk_reviewers({client})") == WORKERS
        factories.staff(CLINICAL, book.other)
        assert who(book, "select * from desk_reviewers({other})") == {BOSS}


class TestOfAFeed:
    UNDONE = "update feed_import set state = 'undone', undone_at = now(), undone_by = {me} where import_id = {import}"
    GONE = tuple(
        f"delete from {table} where request_id = {{request}}" for table in ("service_line", "authorization_request")
    )

    @pytest.fixture(autouse=True)
    def brought(self, book: Book) -> None:
        book.names["import"] = book.value(
            "insert into feed_import (client_id, kind, file_name, started_at, by_id, state)"
            " values ({client}, 'authorizations', 'f', now(), {colleague}, 'done') returning import_id"
        )
        book.given("update authorization_request set import_id = {import} where request_id = {request}")

    def test_comes_with_an_import_of_ones_own_that_is_of_requests_and_done(self, book: Book) -> None:
        begun = (
            "insert into feed_import (client_id, kind, file_name, started_at, by_id, state)"
            " values ({{client}}, '{0}', 'mine', now(), {{me}}, '{1}')"
        )
        mine = logged(import_id="(select import_id from feed_import where file_name = 'mine')")

        assert who(book, begun.format("authorizations", "done"), mine, ASKED) == {VA, BOSS}
        assert who(book, begun.format("claims", "done"), mine, ASKED) == NONE
        assert who(book, begun.format("authorizations", "cancelled"), mine, ASKED) == NONE
        assert who(book, logged(import_id="{import}"), ASKED) == NONE

    def test_goes_with_its_import_and_so_does_what_the_timeline_says_of_it(self, book: Book) -> None:
        said = "select count(*) from claim_event where kind = 'authorization_logged' and claim_id = {claim}"
        assert book.value(said) == 1
        assert who(book, self.UNDONE, *self.GONE) == {VA, BOSS}
        assert book.does(VA, self.UNDONE, *self.GONE)
        assert book.value(said) == 0

    def test_stays_with_its_lines_until_then(self, book: Book) -> None:
        for statements in (self.GONE, self.GONE[:1]):
            assert who(book, *statements) == NONE

    def test_and_its_import_are_undone_as_a_whole_in_ones_own_name(self, book: Book) -> None:
        assert who(book, self.UNDONE) == NONE
        assert who(book, self.UNDONE, *self.GONE[:1]) == NONE
        assert who(book, self.UNDONE.replace("{me}", "{colleague}"), *self.GONE) == NONE

    def test_stays_once_somebody_has_worked_on_it(self, book: Book) -> None:
        at = book.value("select now() - interval '10 minutes'")
        for work in ("change", "decide"):
            if work == "change":
                book.given("update authorization_request set version = 2 where request_id = {request}")
            else:
                book.given("update authorization_request set version = 1 where request_id = {request}")
                factories.determination(book.client, book.claim, book.names["request"], at=at)
            assert who(book, self.UNDONE, *self.GONE) == NONE, work

    def test_logged_by_hand_goes_with_no_import(self, book: Book) -> None:
        book.names["by_hand"] = factories.authorization(book.client, book.claim)
        gone = tuple(each.replace("{request}", "{by_hand}") for each in self.GONE)
        assert who(book, self.UNDONE, *self.GONE, *gone) == NONE
