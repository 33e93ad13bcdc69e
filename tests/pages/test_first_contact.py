"""First contact: who opens it, what it says, which claims a choice of cells opens, and what its files hold."""

import re
from base64 import b64decode
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
from core.first_contact import TARGET, Figures, Question, Week
from pages.parts import charts, measures, periods, weeks
from pages.parts import desk as desk_part
from tests import factories
from tests.core.first_contact.one_week import seen
from tests.factories import NOW

PAGE = Path(desk_part.__file__).parent.parent / "supervision" / "first_contact.py"
READERS = [role for role in Role if Actor(0, "", "", role, "UTC").may(Action.MEASURES_READ)]

MORE_OPEN = "first_contact.more"
"""The expander of the downloads and the figures as a list, which draws what is in it when it is opened."""

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
def other() -> int:
    client = factories.client()
    for n in range(7):
        factories.claim(client, reported_at=NOW - timedelta(days=3, minutes=n + 1))
    return client


@pytest.fixture
def client() -> int:
    client = factories.client()
    for n in range(6):
        factories.claim(client, reported_at=NOW - timedelta(days=2, minutes=n + 1))  # Sunday, 08:54 to 08:59 in Chicago
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


def subtitle(page: AppTest) -> str:
    """Return what the page says it shows."""
    return pieces(page, "p")[0]


def finding(page: AppTest) -> str:
    """Return what the page says stands out."""
    return pieces(page, "h3")[0]


@pytest.mark.parametrize(("own", "shown"), [("Asia/Manila", "Manila time"), ("Asia/Kolkata", "Eastern time")])
def test_it_opens_in_ones_own_time_where_that_is_whole_hours_from_utc(
    open_as, client: int, own: str, shown: str
) -> None:
    page = open_as(factories.staff(Role.SUPERVISOR, timezone=own))

    assert not page.error
    assert subtitle(page).endswith(shown)


@pytest.mark.parametrize("role", [role for role in Role if role not in READERS])
def test_other_roles_see_one_sentence(open_as, role: Role) -> None:
    page = open_as(factories.staff(role))
    assert [error.value for error in page.error] == [desk_part.NOT_YOURS]
    assert not page.get("html")


@pytest.mark.parametrize("role", READERS)
def test_says_what_it_found_and_of_whom(open_as, client, role: Role) -> None:
    page = open_as(factories.staff(role, client))
    whose = "your 1 client" if role is Role.ACCOUNT_EXECUTIVE else "all clients"
    assert not page.exception
    assert finding(page) == "Sundays from 08:00 to 08:59 miss the promise: 0% reached in time"
    assert subtitle(page) == (
        f"Share of injured workers reached in time · {whose} · all jurisdictions"
        " · reported 27 Aug 2026 to 24 Nov 2026 · Central time"
    )
    assert figures(page) == {
        "Reached in time": "0%",
        "Median to first contact": "–",
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
    assert list(behind["First contact"]) == [f"Overdue by 24 h {n:02} min" for n in range(1, 7)]
    assert all(re.fullmatch(rf"/claim\?client={client}&claim=(\d+)#C-\1", link) for link in behind["Claim"])
    assert "Sample" not in behind.to_string(), "no worker's name"


def test_the_claims_missed_come_first_each_a_link_to_itself(open_as, choose, client) -> None:
    nurse, latest = factories.staff(Role.CLINICAL).staff_id, NOW - timedelta(days=2, seconds=30)
    factories.claim(client, reported_at=latest, first_contact_at=latest, first_contact_by=nurse)
    choose((6, 8))
    page = open_as(factories.staff(Role.SUPERVISOR))
    behind = page.dataframe[0].value
    assert [words.split()[0] for words in behind["First contact"]] == ["Overdue"] * 6 + ["Reached"]
    for address in behind["Claim"]:
        assert re.fullmatch(rf"/claim\?client={client}&claim=\d+#C-\d+", address)


def test_a_tick_stays_with_its_claim_when_another_comes_before_it(open_as, choose, client) -> None:
    choose((6, 8))
    page = open_as(factories.staff(Role.SUPERVISOR))
    page.session_state["first_contact.claims.0"] = {"selection": {"rows": [1]}}
    page.run()
    [ticked] = [button.label for button in page.button if button.label.startswith("Open claim")]

    factories.claim(client, reported_at=NOW - timedelta(days=2, seconds=30))  # the latest of all
    page.run()

    assert [button.label for button in page.button if button.label.startswith("Open claim")] == [ticked]
    assert page.session_state["first_contact.claims.0"]["selection"]["rows"] == [2]


def test_more_claims_than_fit_are_turned_through_and_each_is_shown_once(open_as, choose, client, monkeypatch) -> None:
    monkeypatch.setattr(measures, "MOST", 2)  # of the six on Sunday at eight
    choose((6, 8))
    page = open_as(factories.staff(Role.SUPERVISOR))

    def shown() -> tuple[str, list[str]]:
        [said] = [c.value for c in page.caption if c.value.startswith(("Claim ", "Claims "))]
        return said.partition(".")[0], [overdue.split()[-2] for overdue in page.dataframe[0].value["First contact"]]

    turns = [shown()]
    for _ in range(2):
        page.button(key="first_contact.next").click().run()
        turns.append(shown())
    assert not page.exception
    assert turns == [
        ("Claims 1 to 2", ["01", "02"]),
        ("Claims 3 to 4", ["03", "04"]),
        ("Claims 5 to 6", ["05", "06"]),
    ]
    assert [b.label for b in page.button] == ["Show the first claims"], "nothing follows"

    page.button(key="first_contact.first").click().run()
    assert shown() == turns[0]


def test_other_cells_begin_with_their_latest_claims(open_as, choose, client, monkeypatch) -> None:
    monkeypatch.setattr(measures, "MOST", 2)
    choose((6, 8))
    page = open_as(factories.staff(Role.SUPERVISOR))
    page.button(key="first_contact.next").click().run()
    choose((6, 8), (6, 9))
    page.run()
    assert [c.value for c in page.caption if c.value.startswith("Claims 1 to 2. ")]


def test_filters_narrow_everything(open_as, client, other) -> None:
    page = open_as(factories.staff(Role.SUPERVISOR), filters=True)
    assert figures(page)["Claims reported"] == "13"
    page.multiselect(key="measures.clients").select(other).run()
    assert figures(page)["Claims reported"] == "7"
    page.multiselect(key="measures.states").select("TX").run()
    assert page.info[0].value.startswith("No claim was reported")


def test_the_time_zone_moves_the_cells(open_as, client) -> None:
    page = open_as(factories.staff(Role.SUPERVISOR), filters=True)

    def hours() -> set[str]:
        return set(page.dataframe[0].value["Hour"])

    assert hours() == {"08:00"}
    page.selectbox(key="measures.timezone").select("America/New_York").run()
    assert hours() == {"09:00"}


class TestTheFilters:
    """They stand behind one button: what they offer is asked for, and sent to the browser, only where somebody looks."""

    FIELDS = ("multiselect", "selectbox", "date_input")

    def test_are_drawn_when_they_are_opened(self, open_as, client, monkeypatch) -> None:
        calls: list[int] = []
        offers = first_contact.choices
        monkeypatch.setattr(first_contact, "choices", lambda *who: calls.append(1) or offers(*who))
        page = open_as(factories.staff(Role.SUPERVISOR))
        assert (sum(len(page.get(kind)) for kind in self.FIELDS), len(calls)) == (0, 0)
        page.session_state[FILTERS_OPEN] = True
        page.run()
        assert (sum(len(page.get(kind)) for kind in self.FIELDS), len(calls)) == (5, 1)

    def test_keep_what_was_chosen_while_they_are_closed(self, open_as, client, other) -> None:
        page = open_as(factories.staff(Role.SUPERVISOR), filters=True)
        page.multiselect(key="measures.clients").select(other).run()
        page.date_input(key="measures.days").set_value((date(2026, 11, 1), date(2026, 11, 24))).run()
        for is_open in (False, True):
            page.session_state[FILTERS_OPEN] = is_open
            page.run()
            assert figures(page)["Claims reported"] == "7"
            assert subtitle(page).endswith("reported 1 Nov 2026 to 24 Nov 2026 · Central time")
        assert page.multiselect(key="measures.clients").value == [other]

    def test_wait_for_the_last_day_of_a_period(self, open_as, client) -> None:
        page = open_as(factories.staff(Role.SUPERVISOR), filters=True)
        page.date_input(key="measures.days").set_value((date(2026, 11, 1),)).run()
        assert [i.value for i in page.info] == ["Choose the last day of the period."]
        page.session_state[FILTERS_OPEN] = False
        page.run()
        assert figures(page)["Claims reported"] == "6", "closed, they ask what was asked last"


def test_draws_the_figures_as_a_list_only_when_opened(open_as, client) -> None:
    page = open_as(factories.staff(Role.SUPERVISOR))
    assert len(page.dataframe) == 1
    page.session_state[MORE_OPEN] = False
    page.run()
    assert len(page.dataframe) == 0


def test_draws_the_weeks_as_a_line_where_nothing_was_opened(open_as, client) -> None:
    page = open_as(factories.staff(Role.SUPERVISOR))
    page.session_state[MORE_OPEN] = False
    page.run()
    assert [html for html in page.get("html") if '<tr class="line">' in html.proto.body]


USUAL = {"from": "2026-08-27", "to": "2026-11-24", "zone": "America/Chicago"}
"""What the address says of the period and the time zone where nobody chose another."""


class TestTheAddress:
    """It holds everything that the page shows, in numbers, codes and days, and says where it was not followed."""

    def test_is_where_the_filters_begin(self, open_as, client, other) -> None:
        address = {"client": str(other), "from": "2026-11-01", "to": "2026-11-24", "zone": "America/New_York"}
        page = open_as(factories.staff(Role.SUPERVISOR), address=address)
        assert figures(page)["Claims reported"] == "7"
        assert subtitle(page).endswith("reported 1 Nov 2026 to 24 Nov 2026 · Eastern time")
        assert {name: page.query_params[name] for name in address} == address
        assert not page.warning

    def test_holds_period_and_zone_before_anybody_chose_them(self, open_as, client) -> None:
        page = open_as(factories.staff(Role.SUPERVISOR))
        assert dict(page.query_params) == USUAL

    def test_says_the_same_to_a_reader_in_another_zone(self, open_as, client) -> None:
        sent = open_as(factories.staff(Role.SUPERVISOR, timezone="Asia/Manila"))
        received = open_as(factories.staff(Role.SUPERVISOR), address=dict(sent.query_params))
        assert subtitle(received) == subtitle(sent)
        assert subtitle(sent).endswith("Manila time")
        assert not received.warning

    def test_follows_the_filters(self, open_as, client) -> None:
        page = open_as(factories.staff(Role.SUPERVISOR), filters=True)
        page.multiselect(key="measures.clients").select(client).run()
        page.multiselect(key="measures.states").select("TX").run()
        assert dict(page.query_params) == {"client": str(client), "state": "TX"} | USUAL
        page.multiselect(key="measures.states").unselect("TX").run()
        assert dict(page.query_params) == {"client": str(client)} | USUAL

    def test_says_what_the_reader_may_not_see_and_no_name_of_it(self, open_as, client, other) -> None:
        executive = factories.staff(Role.ACCOUNT_EXECUTIVE, client)
        both = open_as(executive, address={"client": [str(client), str(other)], "va": "999"})
        assert [warning.value for warning in both.warning] == [
            "This link asked about 1 client that you do not see: left out.  \n"
            "This link asked about 1 VA that you do not see: left out. Shown are all VAs that you see."
        ]
        assert figures(both)["Claims reported"] == "6"
        alone = open_as(executive, address={"client": str(other)})
        assert alone.warning[0].value.endswith("Shown are all clients that you see.")

    @pytest.mark.parametrize(
        ("address", "named"),
        [
            ({"state": "Mars"}, "state"),
            ({"client": "abc"}, "client"),
            ({"va": "Ana"}, "va"),
            ({"from": "yesterday", "to": "2026-11-24"}, "from and to"),
            ({"to": "2026-11-24"}, "from and to"),
            ({"from": "2026-11-24", "to": "2026-11-01"}, "from and to"),
            ({"zone": "Mars/Olympus"}, "zone"),
            ({"zone": "Asia/Kolkata"}, "zone"),
            ({"klient": "1"}, "“klient”"),
        ],
    )
    def test_says_what_is_wrong_in_it(self, open_as, client, address: dict[str, str], named: str) -> None:
        page = open_as(factories.staff(Role.SUPERVISOR), address=address)
        assert [warning.value for warning in page.warning] == [
            f"In this link, what it says under {named} cannot be used and is left out."
        ]
        assert (figures(page)["Claims reported"], page.exception.len) == ("6", 0)
        assert dict(page.query_params) == USUAL

    def test_is_remarked_on_until_the_reader_asks_something_else(self, open_as, client) -> None:
        page = open_as(factories.staff(Role.SUPERVISOR), address={"state": "Mars"}, filters=True)
        page.run()
        assert page.warning
        page.multiselect(key="measures.states").select("TX").run()
        assert not page.warning


class TestPeriods:
    def test_are_those_that_people_ask_for(self) -> None:
        assert periods.usual(date(2026, 3, 1)) == {
            "7 days": (date(2026, 2, 23), date(2026, 3, 1)),
            "30 days": (date(2026, 1, 31), date(2026, 3, 1)),
            "90 days": (date(2025, 12, 2), date(2026, 3, 1)),
            "This month": (date(2026, 3, 1), date(2026, 3, 1)),
            "Last month": (date(2026, 2, 1), date(2026, 2, 28)),
        }

    @pytest.mark.parametrize("filters", [False, True])
    def test_are_one_click_and_stay_in_the_address(self, open_as, client, filters: bool) -> None:
        page = open_as(factories.staff(Role.SUPERVISOR), address={"state": "IL"}, filters=filters)
        assert page.segmented_control(key="measures.preset").value == "90 days"
        page.segmented_control(key="measures.preset").set_value("This month").run()
        assert "reported 1 Nov 2026 to 24 Nov 2026" in subtitle(page)
        assert dict(page.query_params) == {"state": "IL"} | USUAL | {"from": "2026-11-01"}
        page.run()
        assert page.segmented_control(key="measures.preset").value == "This month"

    def test_are_not_marked_where_the_days_are_others(self, open_as, client) -> None:
        address = {"from": "2026-11-02", "to": "2026-11-24"}
        page = open_as(factories.staff(Role.SUPERVISOR), address=address)
        assert page.segmented_control(key="measures.preset").value is None


class TestClientsSideBySide:
    def test_are_those_chosen_the_least_kept_first(self, open_as, client, other, desk) -> None:
        nurse = factories.staff(Role.CLINICAL).staff_id
        kept = NOW - timedelta(days=3, hours=2)
        for _ in range(7):
            factories.claim(other, reported_at=kept, first_contact_at=kept, first_contact_by=nurse)
        page = open_as(factories.staff(Role.SUPERVISOR), address={"client": [str(client), str(other)]})
        [table] = [html.proto.body for html in page.get("html") if "Clients side by side" in html.proto.body]
        rows = [re.findall("<t[hd][^>]*>(.*?)</t[hd]>", row) for row in table.split("<tr>")[1:]]
        assert [row[1:] for row in rows] == [
            ["Reached in time", "Points over or under 95%", "Reported", "Missed", "Running"],
            ["0%", "−95", "6", "6", "0"],
            ["50%", "−45", "14", "7", "0"],
        ]

    def test_are_those_served_where_an_executive_chose_none(self, open_as, client, other) -> None:
        page = open_as(factories.staff(Role.ACCOUNT_EXECUTIVE, client, other))
        assert [html for html in page.get("html") if "Clients side by side" in html.proto.body]

    def test_are_explained_where_there_are_none(self, open_as, client) -> None:
        page = open_as(factories.staff(Role.SUPERVISOR))
        assert "To see clients side by side, choose 2 to 20 of them under Filters." in [c.value for c in page.caption]


@pytest.mark.parametrize("role", READERS)
def test_files_and_claims_are_offered_only_to_whom_they_belong(open_as, client, role: Role, monkeypatch) -> None:
    drawn: list[dict[str, Any]] = []
    monkeypatch.setattr(desk_board, "heatmap", lambda *_, **named: drawn.append(named) or frozenset())
    person = factories.staff(role, client)
    page = open_as(person)
    assert len(page.get("download_button")) == (2 if person.may(Action.MEASURES_EXPORT) else 0)
    [heatmap] = drawn
    assert heatmap["opens"] == heatmap["hint"].endswith("the claims behind them.") == person.may(Action.MEASURES_DRILL)


class TestThePicture:
    FEW = seen({(1, 9): Figures(20, 20, 15), (5, 22): Figures(4, 4, 4), (5, 23): Figures(4, 4, 1)})

    def test_says_the_same_in_words_and_to_the_ear(self) -> None:
        week = charts.week(self.FEW)
        assert [len(hours) for hours in week] == [24] * 7
        monday = "Monday, 09:00 to 09:59: 75% reached in time (20 reported, 20 decided, 5 missed), named above"
        assert (week[0][9].words, week[0][9].said, week[0][9].marked) == ("75%", monday, True)
        assert week[6][0] == Square("", "", "Sunday, 00:00 to 00:59: nothing reported")

    def test_gives_nothing_away_where_there_are_too_few(self) -> None:
        kept, missed = charts.week(self.FEW)[4][22:24]
        assert kept == missed._replace(said=kept.said)
        assert (missed.words, missed.colour, missed.outlined) == ("–", "", True)
        assert missed.said == (
            "Friday, 23:00 to 23:59: not shown: fewer than 5 decided here,"
            " or in an hour that could be worked out from this one"
        )
        assert missed.said == kept.said.replace("22:", "23:")

    def test_marks_the_cells_that_the_headline_names_and_no_others(self) -> None:
        drawn = seen({(1, hour): Figures(20, 20, 12 if hour < 3 else 20) for hour in range(8)})
        week = charts.week(drawn)
        marked = {(r + 1, c) for r, row in enumerate(week) for c, square in enumerate(row) if square.marked}
        assert marked == first_contact.finding(drawn).cells == {(1, 0), (1, 1), (1, 2)}

    def test_has_a_colour_for_every_share_that_its_legend_explains(self) -> None:
        pairs = [(charts.colour(n / 100), charts.colour(n / 100, dark=True)) for n in (0, 50, 80, 95, 100)]
        assert pairs[0] == pairs[1], "nothing is worse than half"
        explained = [meaning.colour for meaning in charts.LEGEND if meaning.colour]
        assert explained == [f"light-dark({light}, {dark})" for light, dark in pairs[1:]]

    @pytest.mark.parametrize(("dark", "ink"), [(False, charts.INK_ON_LIGHT), (True, charts.INK_ON_DARK)])
    def test_has_words_that_can_be_read_on_every_colour(self, dark: bool, ink: str) -> None:
        def light(colour: str) -> float:
            parts = [part / 255 for part in bytes.fromhex(colour[1:])]
            linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
            return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True)) + 0.05

        contrasts = [light(charts.colour(n / 100, dark=dark)) / light(ink) for n in range(101)]
        assert min(max(contrast, 1 / contrast) for contrast in contrasts) >= 4.5

    def test_is_orange_under_the_target_and_blue_over_it(self) -> None:
        def warm(on_time: int) -> bool:
            red, _, blue = bytes.fromhex(charts.colour(on_time / 100)[1:])
            return red > blue

        assert [warm(n) for n in (0, 60, 90, 94, 97, 100)] == [True, True, True, True, False, False]

    def test_becomes_an_image_of_its_own(self) -> None:
        made = charts.as_png(self.FEW, "Share of injured workers reached in time")
        assert made.startswith(b"\x89PNG")
        assert made != charts.as_png(seen({(1, 9): Figures(20, 20, 15)}), "Share of injured workers reached in time")


class TestTheWeeks:
    KEPT, MISSED, FEW = Week(date(2026, 11, 9), 0.95), Week(date(2026, 11, 16), 0.925), Week(date(2026, 11, 23), None)

    def test_have_their_figures_under_the_line(self) -> None:
        said = re.sub("<[^>]+>", "|", weeks.table((self.KEPT, self.MISSED, self.FEW)))
        cells = [cell for cell in said.split("|") if cell]
        assert cells[0] == f"Dashed: {first_contact.percent(TARGET)}, the target"
        assert [cells[n : n + 4] for n in range(1, len(cells), 4)] == [
            ["Week beginning", "9 Nov", "16 Nov", "23 Nov"],
            ["Reached in time", "95%", "93%", "too few"],
            ["Points over or under 95%", "kept", "−2", "–"],
        ]

    def test_are_drawn_over_their_columns_with_gaps_where_there_were_too_few(self) -> None:
        drawn = b64decode(weeks.line((self.KEPT, self.FEW, self.MISSED)).partition("base64,")[2].partition('"')[0])
        runs = re.findall('points="([^"]*)"', drawn.decode())
        assert [float(run.partition(",")[0]) for run in runs] == [1.0, 5.0], "middles of columns two wide"
        kept, missed = (float(run.partition(",")[2]) for run in runs)
        assert kept == float(re.findall('class="target" d="M0 ([0-9.]+)', drawn.decode())[0]) < missed

    def test_are_drawn_no_finer_than_they_are_written(self) -> None:
        drawn = {weeks.line((self.KEPT, Week(self.MISSED.starts, share))) for share in (0.9251, 0.93, 0.9349)}
        assert len(drawn) == 1, "the height of a point would tell how many claims there were"


class TestChoosing:
    """What the browser says is chosen is a claim about the page, and believed only where the page has such cells."""

    @pytest.fixture
    def answered(self, monkeypatch) -> Callable[..., frozenset[tuple[int, int]]]:
        filled = [[Square("75%", "#fff", "Monday at nine")] * 2] * 3

        def heard(said: object, *, opens: bool = True, squares=filled) -> frozenset[tuple[int, int]]:
            monkeypatch.setattr(desk_board, "_component", lambda: lambda **_: {"chosen": said})
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

    def test_drops_a_choice_whose_cell_is_empty_by_now(self, answered, monkeypatch) -> None:
        squares = [[Square("75%", "#fff", "Monday at nine"), Square("", "", "Monday at ten: nothing reported")]]
        assert answered([[0, 0], [0, 1]], squares=squares) == {(0, 0)}

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
    assert measures.population(Actor(0, "", "", Role.SUPERVISOR, "UTC"), question, choices) == (
        "Share of injured workers reached in time · Acme · Not known, TX · Ana Ruiz"
        " · reported 1 Nov 2026 to 2 Nov 2026 · Eastern time"
    )


@pytest.mark.parametrize(
    ("zone", "people", "said"),
    [
        (
            "America/Chicago", None,
            ". Of reports from 30 Sep 2026, 19:00 CDT to 30 Nov 2026, 18:00 CST: durations are kept by days of UTC",
        ),
        ("UTC", None, ""),
        ("America/Chicago", frozenset({4}), ""),
    ],
    ids=["beside the days of UTC", "in UTC", "of persons, whose own days hold"],
)  # fmt: skip
def test_the_median_says_of_which_reports_it_is_where_those_are_not_the_days_asked_about(zone, people, said) -> None:
    question = Question(date(2026, 10, 1), date(2026, 11, 30), zone, assignees=people)
    period = first_contact.Period(9, Figures(9, 9, 9), 2.5)

    html = measures.summary(first_contact.Picture(question, NOW, (), (), (), period), "")

    assert f"<small>half were sooner, give or take 15 min{said}</small>" in html


def _choice(number: int, name: str):
    from db.queries.first_contact import Choice

    return Choice(number, name)
