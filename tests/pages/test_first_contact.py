"""First contact: who opens it, what it says, which claims a choice of cells opens, and what its files hold."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import desk_board
import pytest
from desk_board import Square
from streamlit.testing.v1 import AppTest

from core import first_contact
from core.access import Action, Actor, Role
from core.first_contact import TARGET, Cell, Measures, Picture, Question, Week
from pages.parts import charts, measures, weeks
from pages.parts import desk as desk_part
from tests import factories
from tests.factories import NOW

PAGE = Path(desk_part.__file__).parent.parent / "supervision" / "first_contact.py"
READERS = [role for role in Role if Actor(0, "", "", role, "UTC").may(Action.MEASURES_READ)]

MORE_OPEN = "first_contact.more"
"""The expander of the downloads, the figures as a list and the weeks as a line, which draws what is in it when it is opened."""

FILTERS_OPEN = "measures.filters"
"""The button with the filters behind it, drawn when it is opened."""

pytestmark = pytest.mark.usefixtures("desk")


@pytest.fixture
def choose(monkeypatch) -> Callable[..., None]:
    """Have the heatmap answer with cells that somebody chose: weekday, from 0 for Monday, and hour."""

    def chosen(*cells: tuple[int, int]) -> None:
        monkeypatch.setattr(desk_board, "heatmap", lambda *args, **named: frozenset(cells))

    return chosen


@pytest.fixture
def open_as(sit_down) -> Callable[..., AppTest]:
    """Open the page as somebody, at NOW."""

    def opened(
        actor: Actor,
        *,
        address: dict[str, Any] | None = None,
        filters: bool = False,
    ) -> AppTest:
        sit_down(actor)
        page = AppTest.from_file(str(PAGE), default_timeout=30)
        page.query_params.update(address or {})
        page.session_state[MORE_OPEN] = True
        page.session_state[FILTERS_OPEN] = filters
        return page.run()

    return opened


@pytest.fixture
def client() -> int:
    client = factories.client()
    for n in range(6):
        factories.claim(client, reported_at=NOW - timedelta(days=2, minutes=n))  # Sunday, 08:54 to 09:00 in Chicago
    return client


def pieces(page: AppTest, tag: str) -> list[str]:
    """Return what stands in the elements of that name in the page's own HTML."""
    return [
        said
        for html in page.get("html")
        for said in re.findall(f"<{tag}[^>]*>(.*?)<(?:/{tag}|small)>", html.proto.body)
    ]


def figures(page: AppTest) -> dict[str, str]:
    """Return the period's figures by their names."""
    return dict(zip(pieces(page, "dt"), pieces(page, "dd"), strict=True))


def asked(page: AppTest) -> str:
    """Return what the page says was asked."""
    return pieces(page, "p")[0]


def finding(page: AppTest) -> str:
    """Return what the page says stands out."""
    return pieces(page, "h3")[0]


@pytest.mark.parametrize(("own", "shown"), [("Asia/Manila", "Manila time"), ("Asia/Kolkata", "New York time")])
def test_it_opens_in_ones_own_time_where_that_is_whole_hours_from_utc(
    open_as, client: int, own: str, shown: str
) -> None:
    page = open_as(factories.staff(Role.SUPERVISOR, timezone=own))

    assert not page.error
    assert asked(page).endswith(shown)


@pytest.mark.parametrize("role", [role for role in Role if role not in READERS])
def test_other_roles_see_one_sentence(open_as, role: Role) -> None:
    page = open_as(factories.staff(role))
    assert [error.value for error in page.error] == [desk_part.NOT_YOURS]
    assert not page.get("html")


@pytest.mark.parametrize("role", READERS)
def test_says_what_it_found_and_of_whom(open_as, client, role: Role) -> None:
    page = open_as(factories.staff(role, client))
    assert not page.exception
    assert finding(page) == "Sunday mornings miss the promise: 0% reached in time"
    assert asked(page) == (
        "Share of injured workers reached in time · all clients · all jurisdictions"
        " · reported 27 Aug 2026 to 24 Nov 2026 · Chicago time"
    )
    assert figures(page) == {
        "Reached in time": "0%",
        "Median to first contact": "nobody reached",
        "Claims reported": "6",
        "Promises missed": "6",
        "Still running": "0",
    }


def test_says_what_to_do_where_there_is_nothing(open_as) -> None:
    page = open_as(factories.staff(Role.SUPERVISOR))
    assert [i.value for i in page.info] == [
        "No claim was reported in this period. Choose a longer period or fewer filters."
    ]


def test_chosen_cells_open_the_claims_behind_them(open_as, choose, client) -> None:
    choose((6, 8), (0, 8))
    page = open_as(factories.staff(Role.SUPERVISOR))
    assert not page.exception
    behind = page.dataframe[0].value
    assert list(behind["First contact"]) == [f"Overdue by 24 h {n:02} min" for n in range(1, 6)]
    assert all(re.fullmatch(rf"/claim\?client={client}&claim=(\d+)#C-\1", link) for link in behind["Claim"])
    assert "Sample" not in behind.to_string(), "no worker's name"


def test_more_claims_than_fit_are_turned_through_and_each_is_shown_once(open_as, choose, client, monkeypatch) -> None:
    monkeypatch.setattr(measures, "MOST", 2)  # of the five on Sunday at eight
    choose((6, 8))
    page = open_as(factories.staff(Role.SUPERVISOR))

    def shown() -> tuple[str, list[str]]:
        [said] = [c.value for c in page.caption if c.value.startswith(("Claim ", "Claims "))]
        return said, [overdue.split()[-2] for overdue in page.dataframe[0].value["First contact"]]

    turns = [shown()]
    for _ in range(2):
        page.button(key="first_contact.next").click().run()
        turns.append(shown())
    assert not page.exception
    assert turns == [
        ("Claims 1 to 2, the latest report first.", ["01", "02"]),
        ("Claims 3 to 4, the latest report first.", ["03", "04"]),
        ("Claim 5, the latest report first.", ["05"]),
    ]
    assert [b.label for b in page.button] == ["Show the latest claims"], "nothing follows"

    page.button(key="first_contact.latest").click().run()
    assert shown() == turns[0]


def test_other_cells_begin_with_their_latest_claims(open_as, choose, client, monkeypatch) -> None:
    monkeypatch.setattr(measures, "MOST", 2)
    choose((6, 8))
    page = open_as(factories.staff(Role.SUPERVISOR))
    page.button(key="first_contact.next").click().run()
    choose((6, 8), (6, 9))
    page.run()
    assert "Claims 1 to 2, the latest report first." in [c.value for c in page.caption]


def test_filters_narrow_everything(open_as, client) -> None:
    other = factories.client()
    factories.claim(other, reported_at=NOW - timedelta(days=3))
    page = open_as(factories.staff(Role.SUPERVISOR), filters=True)
    assert figures(page)["Claims reported"] == "7"
    page.multiselect(key="measures.clients").select(other).run()
    assert figures(page)["Claims reported"] == "1"
    page.multiselect(key="measures.states").select("TX").run()
    assert page.info[0].value.startswith("No claim was reported")


def test_the_time_zone_moves_the_cells(open_as, client) -> None:
    page = open_as(factories.staff(Role.SUPERVISOR), filters=True)

    def hours() -> set[str]:
        return set(page.dataframe[0].value["Hour"])

    assert hours() == {"08:00", "09:00"}
    page.selectbox(key="measures.timezone").select("America/New_York").run()
    assert hours() == {"09:00", "10:00"}


class TestTheFilters:
    """They stand behind one button: what they offer is asked for, and sent to the browser, only where somebody looks."""

    FIELDS = ("multiselect", "selectbox", "date_input")

    def test_are_drawn_when_they_are_opened(self, open_as, client, monkeypatch) -> None:
        asked = []
        offers = first_contact.choices
        monkeypatch.setattr(first_contact, "choices", lambda *who: asked.append(1) or offers(*who))
        page = open_as(factories.staff(Role.SUPERVISOR))
        assert (sum(len(page.get(kind)) for kind in self.FIELDS), len(asked)) == (0, 0)
        page.session_state[FILTERS_OPEN] = True
        page.run()
        assert (sum(len(page.get(kind)) for kind in self.FIELDS), len(asked)) == (5, 1)

    def test_keep_what_was_chosen_while_they_are_closed(self, open_as, client) -> None:
        other = factories.client()
        factories.claim(other, reported_at=NOW - timedelta(days=3))
        page = open_as(factories.staff(Role.SUPERVISOR), filters=True)
        page.multiselect(key="measures.clients").select(other).run()
        page.date_input(key="measures.days").set_value((date(2026, 11, 1), date(2026, 11, 24))).run()
        for is_open in (False, True):
            page.session_state[FILTERS_OPEN] = is_open
            page.run()
            assert figures(page)["Claims reported"] == "1"
            assert asked(page).endswith("reported 1 Nov 2026 to 24 Nov 2026 · Chicago time")
        assert page.multiselect(key="measures.clients").value == [other]

    def test_wait_for_the_last_day_of_a_period(self, open_as, client) -> None:
        page = open_as(factories.staff(Role.SUPERVISOR), filters=True)
        page.date_input(key="measures.days").set_value((date(2026, 11, 1),)).run()
        assert [i.value for i in page.info] == ["Choose the last day of the period."]
        page.session_state[FILTERS_OPEN] = False
        page.run()
        assert figures(page)["Claims reported"] == "6", "closed, they ask what was asked last"


def test_draws_the_figures_as_a_list_and_the_weeks_as_a_line_only_when_opened(open_as, client) -> None:
    page = open_as(factories.staff(Role.SUPERVISOR))
    assert (len(page.dataframe), len(page.get("vega_lite_chart"))) == (1, 1)
    page.session_state[MORE_OPEN] = False
    page.run()
    assert (len(page.dataframe), len(page.get("vega_lite_chart"))) == (0, 0)


class TestTheAddress:
    """It keeps what was asked, in numbers, codes and days."""

    def test_is_where_the_filters_begin(self, open_as, client) -> None:
        other = factories.client()
        factories.claim(other, reported_at=NOW - timedelta(days=3))
        address = {"client": str(other), "from": "2026-11-01", "to": "2026-11-24", "zone": "America/New_York"}
        page = open_as(factories.staff(Role.SUPERVISOR), address=address)
        assert figures(page)["Claims reported"] == "1"
        assert asked(page).endswith("reported 1 Nov 2026 to 24 Nov 2026 · New York time")
        assert {name: page.query_params[name] for name in address} == address

    def test_follows_the_filters_and_forgets_what_is_as_at_first(self, open_as, client) -> None:
        page = open_as(factories.staff(Role.SUPERVISOR), filters=True)
        assert dict(page.query_params) == {}
        page.multiselect(key="measures.clients").select(client).run()
        page.multiselect(key="measures.states").select("TX").run()
        assert dict(page.query_params) == {"client": str(client), "state": "TX"}
        page.multiselect(key="measures.states").unselect("TX").run()
        assert dict(page.query_params) == {"client": str(client)}

    def test_is_passed_over_where_it_names_what_the_person_is_not_offered(self, open_as, client) -> None:
        other = factories.client()
        factories.claim(other, reported_at=NOW - timedelta(days=3))
        executive = factories.staff(Role.ACCOUNT_EXECUTIVE, client)
        told = {
            "client": str(other),
            "state": "Mars",
            "va": "Ana",
            "from": "yesterday",
            "to": "2026-11-24",
            "zone": "x",
        }
        page = open_as(executive, address=told)
        assert (figures(page)["Claims reported"], page.error.len, page.exception.len) == ("6", 0, 0)
        assert dict(page.query_params) == {}


@pytest.mark.parametrize("role", READERS)
def test_files_and_claims_are_offered_only_to_whom_they_belong(open_as, client, role: Role, monkeypatch) -> None:
    drawn: list[dict[str, Any]] = []
    monkeypatch.setattr(desk_board, "heatmap", lambda *_, **named: drawn.append(named) or frozenset())
    person = factories.staff(role, client)
    page = open_as(person)
    assert len(page.get("download_button")) == (2 if person.may(Action.MEASURES_EXPORT) else 0)
    [heatmap] = drawn
    assert heatmap["opens"] == heatmap["hint"].endswith("the claims behind them.") == person.may(Action.MEASURES_DRILL)


def picture(*cells: Cell, weeks: tuple[Week, ...] = ()) -> Picture:
    whole = Measures(sum(c.reported for c in cells), sum(c.decided for c in cells), sum(c.on_time for c in cells), 3.0)
    question = Question(date(2026, 11, 1), date(2026, 11, 24), "America/Chicago")
    return Picture(question, NOW, cells, weeks, whole)


def drawn_with(drawn: dict[str, Any]) -> list[list[dict[str, Any]]]:
    """Return the rows that *drawn* brings along, dataset by dataset."""
    return [data if isinstance(data, list) else data.to_pylist() for data in drawn["datasets"].values()]


class TestThePicture:
    TWO = (Cell(1, 9, 20, 20, 15), Cell(5, 23, 4, 4, 1))

    def test_says_the_same_in_words_and_to_the_ear(self) -> None:
        week = charts.week(picture(*self.TWO))
        assert [len(hours) for hours in week] == [24] * 7
        assert (week[0][9].words, week[0][9].said) == (
            "75%",
            "Monday, 09:00 to 09:59: 75% reached in time (20 reported, 20 decided, 5 missed)",
        )
        assert (week[4][23].words, week[4][23].said) == (
            "n < 5",
            "Friday, 23:00 to 23:59: too few decided for a share (4 reported, 4 decided, 3 missed)",
        )
        assert week[6][0] == Square("", "", "Sunday, 00:00 to 00:59: nothing reported")

    def test_gives_no_share_away_where_there_are_too_few(self) -> None:
        none, all_of_them = Cell(5, 23, 4, 4, 0), Cell(5, 23, 4, 4, 4)
        assert charts.colour(none) == charts.colour(all_of_them)
        assert charts.colour(none) not in [charts.colour(Cell(1, 9, 100, 100, n)) for n in range(101)]

    def test_has_a_colour_for_every_share_that_its_legend_explains(self) -> None:
        shares = {charts.colour(Cell(1, 9, 100, 100, n)): n for n in (0, 50, 80, 95, 100)}
        few = charts.colour(Cell(1, 9, 4, 4, 4))
        assert [colour for colour, _ in charts.LEGEND] == [*shares, few]
        assert list(shares.values()) == [50, 80, 95, 100], "nothing is worse than half"

    def test_is_orange_under_the_target_and_blue_over_it(self) -> None:
        def warm(on_time: int) -> bool:
            red, _, blue = bytes.fromhex(charts.colour(Cell(1, 9, 100, 100, on_time))[1:])
            return red > blue

        assert [warm(n) for n in (0, 60, 90, 94, 97, 100)] == [True, True, True, True, False, False]

    def test_becomes_an_image_of_its_own(self) -> None:
        made = charts.as_png(picture(*self.TWO), "Share of injured workers reached in time")
        assert made.startswith(b"\x89PNG")
        assert made != charts.as_png(picture(self.TWO[0]), "Share of injured workers reached in time")

    def test_of_the_weeks_names_its_target_and_leaves_out_too_few(self) -> None:
        weeks = (Week(date(2026, 11, 9), 9, 9, 9), Week(date(2026, 11, 16), 4, 4, 4))
        drawn = charts.trend(picture(*self.TWO, weeks=weeks))
        words = [d.get("words") for data in drawn_with(drawn) for d in data]
        assert sorted(words) == ["100%", f"Target {first_contact.percent(TARGET)}"]

    def test_of_the_weeks_has_its_table(self) -> None:
        kept, missed = Week(date(2026, 11, 9), 1200, 100, 95), Week(date(2026, 11, 16), 90, 50, 46)
        few = Week(date(2026, 11, 23), 4, 4, 4)
        said = re.sub("<[^>]+>", "|", weeks.table(picture(*self.TWO, weeks=(kept, missed, few))))
        cells = [cell for cell in said.split("|") if cell]
        assert [cells[n : n + 4] for n in range(0, len(cells), 4)] == [
            ["Week beginning", "9 Nov", "16 Nov", "23 Nov"],
            ["Reached in time", "95%", "92%", "too few"],
            ["Against 95%", "kept", "−3", "–"],
            ["Reported", "1,200", "90", "4"],
            ["Missed", "5", "4", "0"],
        ]

    def test_of_no_week_is_still_drawn(self) -> None:
        assert drawn_with(charts.trend(picture()))

    def test_is_made_once_and_filled_anew(self) -> None:
        week = Week(date(2026, 11, 9), 9, 9, 9)
        first, second = charts.trend(picture(weeks=(week,))), charts.trend(picture(weeks=(week,)))
        first["layer"].clear()
        assert len(second["layer"]) == 3


class TestChoosing:
    """What the browser says is chosen is a claim about the page, and believed only where the page has such cells."""

    @pytest.fixture
    def answered(self, monkeypatch) -> Callable[..., frozenset[tuple[int, int]]]:
        def heard(said: object, *, opens: bool = True) -> frozenset[tuple[int, int]]:
            monkeypatch.setattr(desk_board, "_component", lambda: lambda **_: {"chosen": said})
            squares = [[Square("75%", "#fff", "Monday at nine")] * 2] * 3
            return desk_board.heatmap(
                "cells",
                label="Share",
                down="Weekday",
                across="Hour",
                rows=["Mon", "Tue", "Wed"],
                columns=["09", "10"],
                squares=squares,
                legend=[],
                hint="",
                opens=opens,
            )

        return heard

    def test_returns_the_cells_by_row_and_column(self, answered) -> None:
        assert answered([[0, 1], [2, 0]]) == {(0, 1), (2, 0)}

    @pytest.mark.parametrize("forged", [None, "all", {}, [[3, 0]], [[0, 2]], [[-1, 0]], [["0", "1"]], [[0]], [0, 1]])
    def test_takes_nothing_that_is_no_cell(self, answered, forged) -> None:
        assert answered(forged) == frozenset()

    def test_takes_nothing_from_who_opens_no_claims(self, answered) -> None:
        assert answered([[0, 1]], opens=False) == frozenset()


def test_the_subtitle_names_what_was_filtered() -> None:
    question = Question(
        date(2026, 11, 1),
        date(2026, 11, 2),
        "America/New_York",
        frozenset({1}),
        frozenset({"TX", "--"}),
        frozenset({4}),
    )
    choices = first_contact.Choices(clients=[_choice(1, "Acme")], assignees=[_choice(4, "Ana Ruiz")])
    assert measures.population(question, choices) == (
        "Share of injured workers reached in time · Acme · Not known, TX · Ana Ruiz"
        " · reported 1 Nov 2026 to 2 Nov 2026 · New York time"
    )


def _choice(number: int, name: str):
    from db.queries.first_contact import Choice

    return Choice(number, name)
