"""Requests for authorization by hand: decided by clinical staff alone, once, line by line; and a clock that says so."""

import pytest

from core.access import COMMAND_LINE, Role
from tests import factories
from tests.db.guards.book import NONE, WORKERS, Book
from tests.db.guards.requests import (
    ASKED,
    DENIED,
    EXTENDED,
    FOLLOWED_UP,
    REASONED,
    changed,
    determined,
    have_request,
    line,
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


class TestADetermination:
    def test_is_of_clinical_staff_who_serve_the_client(self, book: Book) -> None:
        assert who(book, determined(), line()) == {CLINICAL}
        elsewhere = {"client_id": "{other}", "claim_id": "{foreign}", "request_id": "{foreign_request}"}
        assert who(book, determined(**elsewhere), line().replace("{request}", "{foreign_request}")) == NONE

    @pytest.mark.parametrize(
        "other",
        [
            {"decided_by": "{colleague}"},
            {"recorded_at": "now() - interval '1 hour'", "decided_at": "now() - interval '1 hour'"},
            {"decided_at": "now() - interval '2 hours'"},
            {"decided_at": "now() + interval '10 seconds'"},
            {"decided_at": "'-infinity'"},
            {"outcome": "'lapsed'"},
            {"outcome": "'modified'", **REASONED},
            {"reviewer_name": "' '"},
            {"request_id": "{foreign_request}"},
            {"corrects_id": "1"},
        ],
        ids=str,
    )
    def test_is_no_other(self, book: Book, other: dict[str, str]) -> None:
        assert not book.does(CLINICAL, determined(**other), line())

    @pytest.mark.parametrize("left_out", [*REASONED])
    def test_that_denies_is_reasoned_and_signed(self, book: Book, left_out: str) -> None:
        enough = {name: value for name, value in REASONED.items() if name != left_out}
        assert book.does(CLINICAL, DENIED, line("denied", "null"), stays=False)
        assert not book.does(CLINICAL, determined(outcome="'denied'", **enough), line("denied", "null"))

    def test_decides_every_line_and_the_request_as_its_lines(self, book: Book) -> None:
        book.given(
            "insert into service_line (client_id, claim_id, request_id, line, words)"
            " values ({client}, {claim}, {request}, 2, 'CT')"
        )
        denied = line("denied", "null", "2")
        assert not book.does(CLINICAL, determined())
        assert not book.does(CLINICAL, determined(), line())
        assert not book.does(CLINICAL, determined(**REASONED), line(), denied)
        assert not book.does(CLINICAL, DENIED, line(), denied)
        put_off = determined(outcome="'deferred'", **REASONED)
        assert not book.does(CLINICAL, put_off, line(), line("deferred", "null", "2"))
        assert book.does(CLINICAL, determined(outcome="'modified'", **REASONED), line(), denied)

    @pytest.mark.parametrize(
        "what",
        [
            line(units="3"),
            line(units="0"),
            line(units="null"),
            line(number="2"),
            line(from_on="'infinity'"),
            line(until_on="'-infinity'"),
            line(from_on="'2026-12-02'", until_on="'2026-12-01'"),
        ],
    )
    def test_approves_what_was_asked_for(self, book: Book, what: str) -> None:
        assert not book.does(CLINICAL, determined(), what)

    def test_decides_its_lines_with_it_and_never_otherwise(self, book: Book, decided: None) -> None:
        book.given("delete from determination_line")
        assert who(book, line()) == NONE
        for column in ("outcome", "approved_units", "until_on", "authorization_number", "units", "words"):
            assert who(book, f"update service_line set {column} = null") == NONE, column

    def test_is_one_alone(self, book: Book) -> None:
        put_off = determined(outcome="'pended'", **REASONED)
        assert book.does(CLINICAL, put_off, line("pended", "null"))
        assert book.does(CLINICAL, put_off, line("pended", "null")), "what is put off is open"
        assert book.does(CLINICAL, DENIED, line("denied", "null"))
        assert not book.does(CLINICAL, determined(), line())
        assert not book.does(CLINICAL, put_off, line("pended", "null"))

    def test_is_corrected_by_one_that_follows_it_once(self, book: Book, decided: None) -> None:
        corrected = {**REASONED, "outcome": "'denied'", "corrects_id": "{determination}"}
        right = (determined(**corrected), line("denied", "null"))
        assert who(book, *right) == {CLINICAL}
        assert not book.does(CLINICAL, determined(**corrected | {"reason": "null"}), line("denied", "null"))
        itself = "(select max(determination_id) + 1 from determination)"
        assert not book.does(CLINICAL, determined(**corrected | {"corrects_id": itself}), line("denied", "null"))
        assert book.does(CLINICAL, *right)
        assert not book.does(CLINICAL, *right), "what was corrected already"

    def test_stays_as_it_was_made(self, book: Book, decided: None) -> None:
        for table in ("determination", "determination_line"):
            assert who(book, f"update {table} set outcome = 'denied'") == NONE, table

    def test_is_told_by_the_database_in_the_name_of_who_made_it(self, book: Book) -> None:
        assert book.does(CLINICAL, DENIED, line("denied", "null"))
        by = book.people[CLINICAL]
        for table, kind, person in (("claim_event", "kind", "by_id"), ("audit_event", "verb", "actor_id")):
            assert book.value(f"select {person} from {table} where {kind} = 'determined'") == by


class TestALapse:
    """What is determined by it is what the law of the clock that lapsed gives."""

    LAPSED = determined(outcome="'lapsed'", lapse_of="{rule}")

    @pytest.fixture(autouse=True)
    def lapsed(self, book: Book) -> None:
        self.of(book, "GA")

    def of(self, book: Book, state: str) -> None:
        book.names["rule"] = book.value(
            f"select max(clock_id) from statutory_clock where jurisdiction = '{state}' and kind = 'prospective'"
        )
        book.given(
            f"update authorization_request set jurisdiction = '{state}', rule = {{rule}}, due_at = now() - interval '1 minute'"
        )

    def test_is_determined_by_clinical_staff(self, book: Book) -> None:
        assert who(book, self.LAPSED, line("lapsed")) == {CLINICAL}

    @pytest.mark.parametrize("state", ["CA", "TX", "LA"])
    def test_gives_nothing_by_another_law(self, book: Book, state: str) -> None:
        self.of(book, state)
        assert not book.does(CLINICAL, self.LAPSED, line("lapsed"))

    @pytest.mark.parametrize(
        "otherwise",
        [
            "due_at = now() + interval '1 hour'", "due_why = 'Agreed.'", "ours = false", "rule = 1",
            "clock = 'tolled'", "complete_at = null, missing = 'x'",
        ],
    )  # fmt: skip
    def test_is_of_a_clock_that_ran_out(self, book: Book, otherwise: str) -> None:
        book.given(f"update authorization_request set {otherwise}")
        assert not book.does(CLINICAL, self.LAPSED, line("lapsed"))

    def test_names_its_clock_for_each_line(self, book: Book) -> None:
        assert not book.does(CLINICAL, determined(outcome="'lapsed'"), line("lapsed"))
        unnamed = determined(outcome="'modified'", **REASONED)
        book.given(
            ASKED.replace(" 1, 'MRI', 2", " 2, 'X-ray', 1").replace(
                "where claim_id", "where request_id = {request} and claim_id"
            )
        )
        assert not book.does(CLINICAL, unnamed, line("lapsed"), line("denied", "null", "2"))
        named = determined(outcome="'modified'", lapse_of="{rule}", **REASONED)
        assert book.does(CLINICAL, named, line("lapsed"), line("denied", "null", "2"))

    def test_of_ohio_needs_what_its_law_asks(self, book: Book) -> None:
        self.of(book, "OH")
        assert not book.does(CLINICAL, self.LAPSED, line("lapsed"))
        book.given(
            "insert into claim_condition (client_id, claim_id, words, status, since, set_at, set_by)"
            " values ({client}, {claim}, 'Sprain', 'allowed', '2026-01-01', now(), 1)"
        )
        assert not book.does(CLINICAL, self.LAPSED, line("lapsed")), "nothing proves that it was submitted"

    def test_of_florida_follows_from_a_written_request(self, book: Book) -> None:
        self.of(book, "FL")
        book.given("update authorization_request set channel = 'phone'")
        assert not book.does(CLINICAL, self.LAPSED, line("lapsed"))
        book.given("update authorization_request set channel = 'fax'")
        assert book.does(CLINICAL, self.LAPSED, line("lapsed"))

    def test_is_corrected_as_one_and_nothing_else_is(self, book: Book) -> None:
        assert book.does(CLINICAL, DENIED, line("denied", "null"))
        book.names["determination"] = book.value("select max(determination_id) from determination")
        again = determined(outcome="'lapsed'", lapse_of="{rule}", corrects_id="{determination}", reason="'x'")
        assert not book.does(CLINICAL, again, line("lapsed"))


class TestANotice:
    def test_is_of_what_is_decided_by_whoever_works_for_the_client(self, book: Book, decided: None) -> None:
        assert who(book, told()) == WORKERS

    @pytest.mark.parametrize(
        "other",
        [
            {"at": "now() - interval '20 minutes'"},
            {"at": "now() + interval '10 seconds'"},
            {"at": "'-infinity'"},
            {"by_id": "{colleague}"},
            {"recorded_at": "now() - interval '5 minutes'", "at": "now() - interval '6 minutes'"},
            {"determination_id": "{determination} + 1"},
            {"request_id": "{foreign_request}"},
            {"party": "'reviewer'"},
            {"how": "'pigeon'"},
            {"recipient": "' '"},
            {"document_id": "1"},
        ],
        ids=str,
    )
    def test_is_no_other(self, book: Book, decided: None, other: dict[str, str]) -> None:
        assert not book.does(VA, told(**other))

    def test_stops_the_clock_once_the_provider_has_it(self, book: Book, decided: None) -> None:
        clock = "select clock from authorization_request where request_id = {request}"
        assert book.does(VA, told(party="'worker'"))
        assert book.value(clock) == "running"
        assert book.does(VA, told())
        assert book.value(clock) == "stopped"

    def test_of_what_was_put_off_stops_nothing(self, book: Book) -> None:
        assert book.does(CLINICAL, determined(outcome="'pended'", **REASONED), line("pended", "null"))
        book.names["determination"] = book.value("select max(determination_id) from determination")
        assert book.does(CLINICAL, determined(), line())
        assert book.does(VA, told())
        assert book.value("select communicated_at is null from authorization_request where request_id = {request}")

    def test_leaves_a_disclosure_of_its_own(self, book: Book, decided: None) -> None:
        assert book.does(VA, told())
        assert book.value("select by_id from disclosure where recipient = 'Dr. Ames'") == book.people[VA]


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


class TestUnitsUsed:
    USED = "update service_line set used_units = {n}, used_at = now() where request_id = {{request}}"

    def test_are_those_that_were_approved(self, book: Book, decided: None) -> None:
        assert who(book, self.USED.format(n=1)) == WORKERS
        for units in ("2", "-1", "null"):
            assert not book.does(VA, self.USED.format(n=units)), units

    def test_are_used_now(self, book: Book, decided: None) -> None:
        for when in ("null", "now() - interval '1 hour'", "now() + interval '1 hour'"):
            assert not book.does(
                VA, f"update service_line set used_units = 1, used_at = {when} where request_id = {{request}}"
            )

    def test_are_none_of_what_is_not_approved(self, book: Book) -> None:
        assert not book.does(VA, self.USED.format(n=1))

    def test_are_taken_away_by_no_correction(self, book: Book, decided: None) -> None:
        denied = determined(outcome="'denied'", corrects_id="{determination}", **REASONED)
        assert book.does(VA, self.USED.format(n=1))
        assert not book.does(CLINICAL, denied, line("denied", "null"))
        assert book.does(VA, self.USED.format(n=0))
        assert book.does(CLINICAL, denied, line("denied", "null"))

    def test_are_told(self, book: Book, decided: None) -> None:
        assert book.does(VA, self.USED.format(n=1))
        assert book.value("select by_id from claim_event where detail ->> 'step' = 'used'") == book.people[VA]


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
