"""A rehearsal of rules made up for it, days to return a book by kind: what would have been late, and what is withheld."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from functools import cache
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection

from core.access import Action, Actor, NotAllowed, Role
from core.rules import Case, Count, Rehearsal, Rehearsed, rehearse
from core.rules.withholding import Shown, Tally, of_client, together
from core.transactions import transaction
from tests import factories
from tests.conftest import Desk
from tests.factories import NOW

DAY = timedelta(days=1)
Loan = Case[str]


def _due(loan: Loan, days: Mapping[str, int]) -> datetime | None:
    return loan.started_at + days[loan.of] * DAY if loan.of in days else None


def loan(client: int, out: int, back: int | None, kind: str = "novel", days: int | None = 20) -> Loan:
    """Return a book lent so many days before NOW, returned that long after, due *days* after it was lent."""
    lent = NOW - out * DAY
    return Case(client, lent, None if back is None else lent + back * DAY, lent + days * DAY if days else None, kind)


def rehearsed(actor: Actor, loans: list[Loan], days: int, *, now: int = 20) -> Rehearsal:
    def cases(tx: Connection, which: str, since: datetime, until: datetime) -> Iterator[Loan]:
        return (each for each in loans if since <= each.started_at < until)

    kind = Rehearsed[str, str, Mapping[str, int]]("book", Action.RULES_MANAGE, cases, _due)
    with transaction(actor) as tx:
        return rehearse(kind, actor, tx, "all", as_is={"novel": now}, changed={"novel": days}, at=NOW)


@pytest.fixture
def librarian(desk: Desk) -> Actor:
    return factories.staff(Role.ADMINISTRATOR)


def exactly(*numbers: int) -> Shown:
    return Shown(*(Count(each, each) for each in numbers))


class TestWhatWouldHaveBeenLate:
    def test_under_the_rules_as_they_are_is_what_was(self, librarian: Actor, client: int) -> None:
        loans = [loan(client, 60, back) for back in range(30)] + [loan(client, 30, None)] * 5
        found = rehearsed(librarian, loans, 20)
        # Returned on day 21 to 29, and five that are still out after 30 days.
        assert found.whole == exactly(35, 14, 14, 0, 0)
        assert found.as_given == Count(0, 0)

    def test_is_late_otherwise_where_the_rule_is_otherwise(self, librarian: Actor, client: int) -> None:
        loans = [loan(client, 60, back) for back in range(30)] + [loan(client, 12, None)] * 6
        assert rehearsed(librarian, loans, 10).whole == exactly(36, 9, 25, 16, 0)
        assert rehearsed(librarian, loans, 29).whole == exactly(36, 9, 0, 0, 9)

    def test_is_in_time_at_its_very_date(self, librarian: Actor, client: int) -> None:
        assert rehearsed(librarian, [loan(client, 60, 20)] * 5, 20).whole == exactly(5, 0, 0, 0, 0)
        assert rehearsed(librarian, [loan(client, 20, None)] * 5, 20).whole == exactly(5, 0, 0, 0, 0)

    def test_is_of_what_began_in_the_last_90_days(self, librarian: Actor, client: int) -> None:
        loans = [loan(client, 90, 30)] * 5 + [loan(client, 91, 30)] * 5 + [loan(client, 0, None)] * 5
        assert rehearsed(librarian, loans, 20).whole == exactly(5, 5, 5, 0, 0)

    def test_leaves_what_was_given_another_date_as_it_was_and_says_so(self, librarian: Actor, client: int) -> None:
        loans = [loan(client, 60, 15)] * 5 + [loan(client, 60, 15, days=40)] * 6 + [loan(client, 60, 45, days=40)] * 5
        found = rehearsed(librarian, loans, 10)
        assert (found.whole, found.as_given) == (exactly(16, 5, 10, 5, 0), Count(11, 11))

    def test_is_nothing_of_what_has_no_date(self, librarian: Actor, client: int) -> None:
        loans = [loan(client, 60, None, "map", days=None)] * 5
        assert rehearsed(librarian, loans, 1).whole == exactly(5, 0, 0, 0, 0)

    def test_is_told_by_client_in_the_order_of_their_names(self, librarian: Actor, desk: Desk) -> None:
        clients = [factories.client(), factories.client()]
        loans = [loan(clients[1], 60, 15)] * 6 + [loan(clients[0], 60, 5)] * 5
        found = rehearsed(librarian, loans, 10)
        assert [shown for _, shown in found.clients] == [exactly(5, 0, 0, 0, 0), exactly(6, 0, 6, 6, 0)]
        assert [name for name, _ in found.clients] == sorted(name for name, _ in found.clients)

    @pytest.mark.parametrize("role", sorted(set(Role) - {Role.ADMINISTRATOR}))
    def test_is_told_to_whoever_sets_such_rules_alone(self, client: int, role: Role) -> None:
        with pytest.raises(NotAllowed):
            rehearsed(factories.staff(role, client), [], 10)


class TestFew:
    def test_are_shown_as_such_and_what_would_tell_them_as_a_range(self) -> None:
        assert of_client(Tally(140, 12, 15, 3, 0)) == Shown(
            Count(140, 140), Count(12, 12), Count(13, 16), Count(1, 4), Count(0, 0)
        )
        assert of_client(Tally(140, 10, 2, 0, 8)) == Shown(
            Count(140, 140), Count(10, 10), Count(1, 4), Count(0, 0), Count(6, 9)
        )
        assert str(of_client(Tally(140, 12, 15, 3, 0)).would) == "13 to 16"

    def test_cases_of_a_client_tell_nothing_of_them(self) -> None:
        some = Count(0, 4)
        assert of_client(Tally(3, 3, 3, 0, 0)) == of_client(Tally(1, 0, 0, 0, 0)) == Shown(
            Count(1, 4), some, some, some, some
        )  # fmt: skip

    def test_of_one_client_are_not_told_by_the_sum(self) -> None:
        tallies = [Tally(140, 12, 15, 3, 0), Tally(50, 10, 20, 10, 0)]
        assert _together(tallies) == Shown(Count(190, 190), Count(22, 22), Count(33, 36), Count(11, 14), Count(0, 0))

    def test_of_several_clients_are_summed_where_that_tells_of_none(self) -> None:
        assert _together([Tally(50, 0, 3, 3, 0), Tally(50, 0, 3, 3, 0)]).newly == Count(6, 6)
        assert _together([Tally(50, 0, 4, 4, 0), Tally(50, 0, 4, 4, 0)]).newly == Count(2, 8), "each would be 4"
        assert _together([Tally(50, 0, 1, 1, 0), Tally(50, 0, 2, 2, 0)]).newly == Count(2, 8), "still few"

    @settings(deadline=None, max_examples=60)
    @given(st.lists(st.tuples(*[st.integers(0, 6)] * 3), min_size=1, max_size=2))
    def test_cannot_be_computed_from_what_is_shown(self, parts: list[tuple[int, int, int]]) -> None:
        """Whatever is 1 to 4 could be something else by all that is shown of the clients and of their sum."""
        tallies = [_tally(*part) for part in parts]
        whole = _together(tallies)
        possible = [
            others for others in product(*(_possible(of_client(each)) for each in tallies))
            if _is_within(Tally(*map(sum, zip(*others, strict=True))), whole)
        ]  # fmt: skip
        assert tuple(tallies) in possible
        for n, each in enumerate(tallies):
            for field, number in enumerate(each):
                if number in range(1, 5):
                    assert len({others[n][field] for others in possible}) > 1, (tallies, Tally._fields[field])


def _together(tallies: list[Tally]) -> Shown:
    return together([(of_client(each), each) for each in tallies])


def _tally(both: int, newly: int, no_longer: int) -> Tally:
    return Tally(30, both + no_longer, both + newly, newly, no_longer)


def _is_within(tally: Tally, shown: Shown) -> bool:
    return all(least <= number <= most for number, (least, most) in zip(tally, shown, strict=True))


@cache
def _possible(shown: Shown) -> list[Tally]:
    """Return every tally of 30 cases that is within what is *shown* of a client."""
    return [each for cells in product(range(9), repeat=3) if _is_within(each := _tally(*cells), shown)]
