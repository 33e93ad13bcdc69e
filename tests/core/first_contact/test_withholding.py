"""No figure of fewer than five is shown, nor can it be computed from what is."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.first_contact import FEWEST, Figures, Picture, Question
from core.first_contact.figures import together
from core.first_contact.withholding import withheld
from tests.core.first_contact.one_week import CHICAGO, seen

MONDAY = date(2026, 11, 2)
MONTH = Question(MONDAY, MONDAY + timedelta(days=27), CHICAGO)
NOBODY = Figures()

ONE = st.sampled_from([Figures(1, 0, 0), Figures(1, 1, 0), Figures(1, 1, 1)])
PLACES = st.tuples(st.integers(1, 7), st.sampled_from([0, 9, 10, 23]))


@st.composite
def books(draw: st.DrawFn) -> tuple[dict[tuple[int, int], Figures], dict[str, Figures]]:
    """Draw claims, and return them counted by weekday and hour, and by client: the same claims twice."""
    places = draw(st.lists(PLACES, min_size=1, max_size=6, unique=True))
    claims = draw(st.lists(st.tuples(st.sampled_from(places), st.sampled_from("ABCD"), ONE), min_size=1, max_size=60))
    cells: dict[tuple[int, int], Figures] = {}
    clients = dict.fromkeys(draw(st.sampled_from(["ABCD", "ABCDEF"])), NOBODY)
    for place, client, one in claims:
        cells[place] = cells.get(place, NOBODY) + one
        clients[client] += one
    return cells, clients


def pinned(hidden: Sequence[Figures], shown: Iterable[Figures], picture: Picture) -> list[str]:
    """
    Return which counts of *hidden* parts follow from the *shown* ones and the period's figures.

    The reader subtracts, knows that no count is below zero, and where no hidden part is empty is granted to know it.
    """
    period, of_shown, counts = picture.period, together(shown), []
    least = 1 if all(part.reported for part in hidden) else 0
    if hidden and period.reported is not None:
        rest = period.reported - of_shown.reported
        if len(hidden) == 1 or rest == least * len(hidden):
            counts.append("reported")
    if hidden and period.figures is not None:
        rest = period.figures.decided - of_shown.decided
        if len(hidden) == 1 or rest == 0:
            counts.append("decided")
        if rest < FEWEST:
            counts.append("so few together that their share tells of each")
    return counts


class TestWhatIsShown:
    @given(books())
    def test_gives_no_hidden_count_away_by_subtraction(self, book) -> None:
        cells, clients = book
        picture = seen(cells, question=MONTH, clients=clients)
        for whole, parts in (
            (cells, {(c.weekday, c.hour): c.figures for c in picture.cells}),
            (clients, {c.name: c.figures for c in picture.clients}),
        ):
            shown = [figures for figures in parts.values() if figures is not None]
            hidden = [whole.get(key, NOBODY) for key, figures in parts.items() if figures is None]
            assert set(whole) <= set(parts)
            assert all(figures.decided >= FEWEST for figures in shown)
            assert pinned(hidden, shown, picture) == []

    @given(books())
    def test_withholds_no_more_than_few_and_their_shields(self, book) -> None:
        cells, _ = book
        hidden = withheld(list(cells.values()), blank=True)
        few = {n for n, part in enumerate(cells.values()) if part.decided < FEWEST}
        assert few <= hidden
        assert bool(hidden) == bool(few)
        assert len(hidden - few) <= 1, "one shield is enough"

    @given(books())
    def test_of_a_period_with_few_is_nothing(self, book) -> None:
        cells, _ = book
        whole = together(cells.values())
        period = seen(cells).period
        assert (period.figures is None) == (whole.decided < FEWEST)
        assert (period.reported is None) == (whole.reported < FEWEST)


def test_clients_stand_side_by_side_the_least_kept_first_and_the_withheld_last() -> None:
    kept, half, missed, few = Figures(50, 50, 50), Figures(50, 50, 25), Figures(50, 50, 0), Figures(3, 3, 3)
    clients = {"Ames": kept, "Bly": few, "Cobb": half, "Dunn": few, "Eads": missed}

    picture = seen({(1, 9): together(clients.values())}, clients=clients)

    assert [client.name for client in picture.clients] == ["Eads", "Cobb", "Ames", "Bly", "Dunn"]


class TestAShield:
    @pytest.mark.parametrize(
        ("cells", "hidden"),
        [
            pytest.param({(1, 9): 3, (2, 9): 8, (3, 9): 6}, {(1, 9), (3, 9)}, id="one alone takes the smallest along"),
            pytest.param({(1, 9): 2, (2, 9): 2, (3, 9): 6}, {(1, 9), (2, 9), (3, 9)}, id="two that are few together"),
            pytest.param({(1, 9): 4, (2, 9): 3, (3, 9): 6}, {(1, 9), (2, 9)}, id="two that hide each other"),
            pytest.param(
                {(day, 9): 1 for day in range(1, 7)},
                {(1, 0), *((day, 9) for day in range(1, 7))},
                id="one claim in each: an empty hour makes it uncertain which",
            ),
        ],
    )
    def test_stands_beside_what_could_be_computed(self, cells, hidden) -> None:
        picture = seen({place: Figures(n, n, n) for place, n in cells.items()}, question=MONTH)
        assert {(c.weekday, c.hour) for c in picture.cells if c.figures is None} == hidden

    def test_is_no_hour_outside_the_period(self) -> None:
        tuesday = Question(date(2026, 11, 3), date(2026, 11, 3), CHICAGO)
        picture = seen({(2, hour): Figures(1, 1, 1) for hour in range(6)}, question=tuesday)
        assert {c.weekday for c in picture.cells} == {2}
        assert len(picture.cells) == 7

    def test_is_needed_among_clients_too(self) -> None:
        big, small = Figures(50, 50, 49), Figures(2, 2, 0)
        picture = seen({(1, 9): big + small}, clients={"Big": big, "Small": small})
        assert [(c.name, c.figures) for c in picture.clients] == [("Big", None), ("Small", None)]


WEEKS = {MONDAY: Figures(30, 30, 27), MONDAY + timedelta(days=7): Figures(30, 4, 4)}


class TestWeeks:
    def test_show_a_share_and_no_count(self) -> None:
        cells = {(1, 9): Figures(60, 34, 31)}
        weeks = seen(cells, question=MONTH, weeks=WEEKS).weeks
        assert [(w.starts, w.share) for w in weeks] == [(MONDAY, 0.9), (MONDAY + timedelta(days=7), None)]
        assert not [value for value in chain(*(vars(w).values() for w in weeks)) if isinstance(value, int)]

    @pytest.mark.parametrize(("days", "weeks"), [(7, 0), (8, 2)])
    def test_are_none_where_each_is_a_sum_of_cells(self, days: int, weeks: int) -> None:
        wednesday = MONDAY + timedelta(days=2)
        question = Question(wednesday, wednesday + timedelta(days=days - 1), CHICAGO)
        assert len(seen({(1, 9): Figures(60, 34, 31)}, question=question, weeks=WEEKS).weeks) == weeks


@pytest.mark.parametrize(("reached", "hours"), [(4, None), (5, 2.125)])
def test_a_median_of_few_is_withheld(reached: int, hours: float | None) -> None:
    assert seen({(1, 9): Figures(9, 9, 9)}, reached=reached).period.median_hours == hours
