"""Determinations by hand: by clinical staff alone, once, line by line; by lapse where a law gives that; and who is told."""

import pytest

from core.access import Role
from tests import factories
from tests.db.guards.book import NONE, WORKERS, Book
from tests.db.guards.requests import (
    ASKED,
    DENIED,
    REASONED,
    determined,
    have_request,
    line,
    told,
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
