"""The steps of a request for authorization by hand: in their order, and counted by its own law."""

import pytest

from core.access import Role
from tests import factories
from tests.db.guards.book import WORKERS, Book
from tests.db.guards.requests import (
    ASKED,
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

VA, CLINICAL = Role.VA, Role.CLINICAL
BY_HAND = {"rule": "null", "due_why": "'Agreed.'"}


@pytest.fixture(autouse=True)
def request_of(book: Book, present: None) -> None:
    have_request(book)
    for name, state, kind in (
        ("usual", "CA", "prospective"), ("of_another_kind", "CA", "expedited"), ("elsewhere", "NY", "mtg_variance"),
        ("sent_back", "CA", "incomplete_request_return"), ("of_georgia", "GA", "prospective"),
    ):  # fmt: skip
        book.names[name] = book.value(
            f"select max(clock_id) from statutory_clock where jurisdiction = '{state}' and kind = '{kind}'"
        )


class TestTheRule:
    @pytest.mark.parametrize("rule", ["of_another_kind", "elsewhere", "sent_back", "of_georgia"])
    def test_is_of_the_requests_own_law(self, book: Book, rule: str) -> None:
        assert book.does(VA, logged(rule="{usual}"), ASKED, stays=False)
        assert not book.does(VA, logged(rule=f"{{{rule}}}"), ASKED)
        book.given("update authorization_request set rule = null, due_why = 'x' where request_id = {request}")
        extended = "information_asked_at = now(), rule = {{{0}}}"
        assert book.does(VA, changed(extended.format("usual")), stays=False)
        assert not book.does(VA, changed(extended.format(rule)))

    def test_of_sending_back_counts_until_it_is_complete(self, book: Book) -> None:
        waits = {"clock": "'waiting'", "complete_at": "null", "missing": "'x'"}
        assert book.does(VA, logged(rule="{sent_back}", **waits), ASKED)
        book.given(
            "update authorization_request set complete_at = null, missing = 'x', clock = 'waiting', rule = {sent_back}"
        )
        runs = "complete_at = now(), clock = 'running'"
        assert not book.does(VA, changed(runs, "completed"))
        assert book.does(VA, changed(f"{runs}, rule = {{usual}}", "completed"))

    def test_gives_nothing_of_another_law_by_a_lapse(self, book: Book) -> None:
        book.given(
            "update authorization_request set rule = {of_georgia}, due_at = now() - interval '1 minute'"
            " where request_id = {request}"
        )
        lapsed = (determined(outcome="'lapsed'", lapse_of="{of_georgia}"), line("lapsed"))
        assert not book.does(CLINICAL, *lapsed)
        book.given("update authorization_request set jurisdiction = 'GA' where request_id = {request}")
        assert book.does(CLINICAL, *lapsed)

    def test_says_whose_clock_it_is(self, book: Book) -> None:
        assert book.does(VA, logged(**BY_HAND), ASKED, stays=False)
        assert not book.does(VA, logged(ours="false", **BY_HAND), ASKED)
        assert not book.does(VA, changed("information_asked_at = now(), ours = false"))


class TestWhatIsLogged:
    @pytest.mark.parametrize(
        "other",
        [
            {"kind": "'wishful'", **BY_HAND},
            {"kind": "'mtg_variance'", **BY_HAND},
            {"received_at": "now() - interval '3651 days'"},
            {"due_at": "now() - interval '1 hour'"},
            {"due_at": "now() + interval '4 years'"},
            {"due_at": "now() + interval '4 years'", **BY_HAND},
            {"due_at": "now() - interval '1 hour'", **BY_HAND},
        ],
        ids=str,
    )
    def test_is_known_to_its_law_and_of_our_time(self, book: Book, other: dict[str, str]) -> None:
        assert book.does(VA, logged(**BY_HAND), ASKED, stays=False)
        assert not book.does(VA, logged(**other), ASKED)


class TestAStep:
    @pytest.mark.parametrize(
        ("to", "step", "first"),
        [
            ("information_at = now()", "informed", "information_asked_at"),
            ("resumed_at = now()", "resumed", "tolled_at"),
            ("taken_up_at = now()", "taken_up", "deferred_at"),
        ],
    )
    def test_follows_what_it_ends(self, book: Book, to: str, step: str, first: str) -> None:
        assert not book.does(VA, changed(to, step))
        book.given(f"update authorization_request set {first} = now() + interval '1 minute'")
        assert not book.does(VA, changed(to, step))
        book.given(f"update authorization_request set {first} = now() - interval '1 minute'")
        assert book.does(VA, changed(to, step))

    def test_that_stops_or_extends_a_clock_is_reasoned(self, book: Book) -> None:
        for to, step in (("information_asked_at", "extended"), ("tolled_at", "tolled")):
            assert not book.does(VA, changed(f"{to} = now()", step, change_why="null"))
            assert book.does(VA, changed(f"{to} = now()", step), stays=False)
        assert not book.does(VA, changed("deferred_at = now()", "deferred"))
        assert book.does(VA, changed("deferred_at = now(), deferred_why = 'x'", "deferred"))

    def test_extends_no_clock_that_waits(self, book: Book) -> None:
        book.given("update authorization_request set complete_at = null, missing = 'x', clock = 'waiting'")
        assert not book.does(VA, changed("information_asked_at = now()"))

    def test_of_who_has_it_or_what_is_missing_moves_no_date(self, book: Book) -> None:
        later = "due_at = due_at + interval '1 hour'"
        assert not book.does(VA, changed(f"reviewer_id = {{colleague}}, {later}", "assigned"))
        assert book.does(VA, changed("reviewer_id = {colleague}", "assigned"))
        book.given("update authorization_request set complete_at = null, missing = 'x', clock = 'waiting'")
        assert not book.does(VA, changed(f"missing = 'y', {later}", "returned"))
        assert book.does(VA, changed("missing = 'y'", "returned"))


class TestADateByHand:
    def test_is_one_with_its_reason_and_within_our_time(self, book: Book) -> None:
        said = "due_at = {0}, due_why = {1}"
        for at, why in (
            ("now() + interval '1 day'", "null"), ("null", "'x'"), ("now() + interval '4 years'", "'x'"),
            ("now() - interval '2 hours'", "'x'"),
        ):  # fmt: skip
            assert not book.does(VA, changed(said.format(at, why), "due_set")), (at, why)
        assert book.does(VA, changed(said.format("now() + interval '1 day'", "'x'"), "due_set"))
        assert not book.does(VA, changed("information_asked_at = now(), due_at = now()")), "by hand it stands"
        assert book.does(VA, changed(said.format("now() + interval '5 days'", "null"), "due_set"))


class TestAFollowUp:
    def test_is_a_step_of_its_request(self, book: Book) -> None:
        assert who(book, tried(), FOLLOWED_UP) == WORKERS
        assert not book.does(VA, tried())


class TestACorrection:
    def test_is_decided_after_what_it_corrects_was_told(self, book: Book) -> None:
        at = book.value("select now() - interval '10 minutes'")
        book.names["determination"] = factories.determination(book.client, book.claim, book.names["request"], at=at)
        corrected = {**REASONED, "outcome": "'denied'", "corrects_id": "{determination}"}
        early = {**corrected, "decided_at": "now() - interval '8 minutes'"}
        assert book.does(CLINICAL, determined(**early), line("denied", "null"), stays=False), "nobody was told"
        assert book.does(VA, told(at="now() - interval '5 minutes'"))
        assert not book.does(CLINICAL, determined(**early), line("denied", "null"))
        assert book.does(CLINICAL, determined(**corrected), line("denied", "null"))
