"""What First contact shows, to whom, and in whose time."""

import re
from base64 import b64decode
from datetime import date

import pytest
from desk_board import Square

from core import first_contact
from core.access import Role
from core.first_contact import TARGET, Figures, Question, Week
from pages.parts import desk as desk_part
from pages.parts.first_contact import heatmap, weeks
from pages.parts.first_contact.figures import summary
from tests import factories
from tests.core.first_contact.one_week import seen
from tests.factories import NOW
from tests.pages.first_contact.picture import (
    MORE_OPEN,
    READERS,
    figures,
    finding,
    subtitle,
)

pytestmark = pytest.mark.usefixtures("desk")


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


class TestThePicture:
    FEW = seen({(1, 9): Figures(20, 20, 15), (5, 22): Figures(4, 4, 4), (5, 23): Figures(4, 4, 1)})

    def test_says_the_same_in_words_and_to_the_ear(self) -> None:
        week = heatmap.week(self.FEW)
        assert [len(hours) for hours in week] == [24] * 7
        monday = "Monday, 09:00 to 09:59: 75% reached in time (20 reported, 20 decided, 5 missed), named above"
        assert (week[0][9].words, week[0][9].said, week[0][9].marked) == ("75%", monday, True)
        assert week[6][0] == Square("", "", "Sunday, 00:00 to 00:59: nothing reported")

    def test_gives_nothing_away_where_there_are_too_few(self) -> None:
        kept, missed = heatmap.week(self.FEW)[4][22:24]
        assert kept == missed._replace(said=kept.said)
        assert (missed.words, missed.colour, missed.outlined) == ("–", "", True)
        assert missed.said == (
            "Friday, 23:00 to 23:59: not shown: fewer than 5 decided here,"
            " or in an hour that could be worked out from this one"
        )
        assert missed.said == kept.said.replace("22:", "23:")

    def test_marks_the_cells_that_the_headline_names_and_no_others(self) -> None:
        drawn = seen({(1, hour): Figures(20, 20, 12 if hour < 3 else 20) for hour in range(8)})
        week = heatmap.week(drawn)
        marked = {(r + 1, c) for r, row in enumerate(week) for c, square in enumerate(row) if square.marked}
        assert marked == first_contact.finding(drawn).cells == {(1, 0), (1, 1), (1, 2)}

    def test_has_a_colour_for_every_share_that_its_legend_explains(self) -> None:
        pairs = [(heatmap.colour(n / 100), heatmap.colour(n / 100, dark=True)) for n in (0, 50, 80, 95, 100)]
        assert pairs[0] == pairs[1], "nothing is worse than half"
        explained = [meaning.colour for meaning in heatmap.LEGEND if meaning.colour]
        assert explained == [f"light-dark({light}, {dark})" for light, dark in pairs[1:]]

    @pytest.mark.parametrize(("dark", "ink"), [(False, heatmap.INK_ON_LIGHT), (True, heatmap.INK_ON_DARK)])
    def test_has_words_that_can_be_read_on_every_colour(self, dark: bool, ink: str) -> None:
        def light(colour: str) -> float:
            parts = [part / 255 for part in bytes.fromhex(colour[1:])]
            linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
            return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True)) + 0.05

        contrasts = [light(heatmap.colour(n / 100, dark=dark)) / light(ink) for n in range(101)]
        assert min(max(contrast, 1 / contrast) for contrast in contrasts) >= 4.5

    def test_is_orange_under_the_target_and_blue_over_it(self) -> None:
        def warm(on_time: int) -> bool:
            red, _, blue = bytes.fromhex(heatmap.colour(on_time / 100)[1:])
            return red > blue

        assert [warm(n) for n in (0, 60, 90, 94, 97, 100)] == [True, True, True, True, False, False]

    def test_becomes_an_image_of_its_own(self) -> None:
        made = heatmap.as_png(self.FEW, "Share of injured workers reached in time")
        assert made.startswith(b"\x89PNG")
        assert made != heatmap.as_png(seen({(1, 9): Figures(20, 20, 15)}), "Share of injured workers reached in time")


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

    html = summary(first_contact.Picture(question, NOW, (), (), (), period), "")

    assert f"<small>half were sooner, give or take 15 min{said}</small>" in html
