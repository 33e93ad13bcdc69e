"""What Authorization aging shows, to whom, and what opens behind it."""

import re
from pathlib import Path
from typing import Any

import desk_board
import pytest
from streamlit.testing.v1 import AppTest

from core.access import Action, Actor, Role
from core.authorization_aging import AGES, LEFT, Cell
from pages.parts import desk as desk_part
from pages.parts.authorization_aging import bars
from tests import factories
from tests.core.authorization_aging.requests import DAY, HOUR, asked, look, request
from tests.factories import NOW

PAGE = Path(desk_part.__file__).parent.parent / "supervision" / "authorization_aging.py"
MORE_OPEN, FILTERS_OPEN = "aging.more", "aging.filters"
READERS = [role for role in Role if Actor(0, "", "", role, "UTC").may(Action.AGING_READ)]
LAPSED = {"due_at": NOW - DAY, "received_at": NOW - 2 * DAY}

pytestmark = pytest.mark.usefixtures("desk")


@pytest.fixture
def client() -> int:
    return factories.client()


@pytest.fixture
def drawn(monkeypatch) -> list[dict[str, Any]]:
    """Note how the heatmap is drawn; nothing is chosen in it."""
    calls: list[dict[str, Any]] = []
    monkeypatch.setattr(desk_board, "heatmap", lambda key, **named: calls.append(named) or frozenset())
    return calls


@pytest.fixture
def open_as(sit_down):
    def opened(actor: Actor, *, more: bool = False, filters: bool = False, **address: Any) -> AppTest:
        sit_down(actor)
        page = AppTest.from_file(str(PAGE), default_timeout=30)
        page.query_params.update(address)
        page.session_state[MORE_OPEN], page.session_state[FILTERS_OPEN] = more, filters
        page.run()
        assert not page.exception
        return page

    return opened


def pieces(page: AppTest, tag: str) -> list[str]:
    return [
        re.sub("<small>.*?</small>", "", said)
        for html in page.get("html")
        for said in re.findall(f"<{tag}(?: [^>]*)?>(.*?)</{tag}>", html.proto.body)
    ]


def figures(page: AppTest) -> dict[str, str]:
    return dict(zip(pieces(page, "dt"), pieces(page, "dd"), strict=True))


class TestWhatIsOpen:
    def test_stands_in_figures_and_a_sentence(self, open_as, client, drawn) -> None:
        for state in ("CA", "CA", "NY"):
            request(client, jurisdiction=state, **LAPSED)
        request(client, due_at=NOW + HOUR)
        request(client, clock="tolled")
        page = open_as(factories.staff(Role.SUPERVISOR))
        assert figures(page) == {
            "Open": "5", "Lapsed": "3", "Under 4 hours": "1", "Today": "0", "Waiting for others": "1",
        }  # fmt: skip
        assert pieces(page, "h3") == ["3 of 5 open requests lapsed, 2 of them in CA"]
        assert pieces(page, "p")[0] == "all clients · all jurisdictions"

    def test_is_a_square_a_group_and_clock_or_age_with_its_words(self, open_as, client, drawn) -> None:
        request(client, **LAPSED)
        open_as(factories.staff(Role.SUPERVISOR))
        [heatmap] = drawn
        assert (heatmap["rows"], heatmap["columns"]) == (["CA"], [*LEFT.values(), *(f"{age} old" for age in AGES)])
        assert [square.words for square in heatmap["squares"][0]] == ["1", *[""] * 7, "1", *[""] * 4]
        assert heatmap["squares"][0][0].said == "CA, lapsed: 1 open"

    def test_says_what_to_do_where_there_is_none(self, open_as, client) -> None:
        va = open_as(factories.staff(Role.VA, client))
        assert [info.value for info in va.info] == [
            "No request for authorization is open. One is logged on its claim's page, or taken from the inbound tray."
        ]
        narrowed = open_as(factories.staff(Role.SUPERVISOR), state="TX")
        assert narrowed.info[0].value.startswith("No request for authorization is open here. Choose other clients")

    def test_with_nothing_lapsed_is_told_by_what_comes_next(self, open_as, client, drawn) -> None:
        request(client, due_at=NOW + HOUR)
        page = open_as(factories.staff(Role.SUPERVISOR))
        assert pieces(page, "h3") == ["Nothing has lapsed; 1 due within 4 hours"]

    @pytest.mark.parametrize("role", READERS)
    def test_opens_for_everybody_who_reads_it(self, open_as, client, role: Role) -> None:
        request(client, **LAPSED)
        page = open_as(factories.staff(role, client), more=True)
        assert figures(page)["Lapsed"] == ("–" if role in (Role.ACCOUNT_EXECUTIVE, Role.COMPLIANCE) else "1")

    def test_is_shut_for_an_administrator(self, open_as) -> None:
        page = open_as(factories.staff(Role.ADMINISTRATOR))
        assert [error.value for error in page.error] == [desk_part.NOT_YOURS]

    def test_leaves_what_is_beyond_the_most_pressing_groups_to_the_list(self, open_as, client, drawn) -> None:
        for n in range(27):
            request(client, provider=f"Dr. {n:02}")
        page = open_as(factories.staff(Role.SUPERVISOR), more=True, by="provider")
        assert len(drawn[0]["rows"]) == 25
        assert any("2 more have 2 open" in note for note in pieces(page, "p"))
        assert len(page.dataframe[0].value) == 28


class TestTheRowsBehind:
    def test_open_from_a_cell_of_the_heatmap(self, open_as, client, monkeypatch) -> None:
        claim, _ = request(client, **LAPSED)
        request(client)
        monkeypatch.setattr(desk_board, "heatmap", lambda *_, **__: frozenset({(0, 0)}))
        page = open_as(factories.staff(Role.SUPERVISOR))
        rows = page.dataframe[0].value
        assert (len(rows), rows["Clock left"][0]) == (1, "Lapsed")
        assert rows["Claim"][0] == f"/claim?client={client}&claim={claim}&tab=Authorizations#C-{claim}"

    def test_open_from_a_segment_of_the_bars(self) -> None:
        chosen = [{"age": "1–2 days", "clock": "Lapsed"}, {"age": "Ages", "clock": "Lapsed"}, {"vlPoint": 1}]
        assert bars.cells(chosen) == [Cell(age=1, clock=0)]

    def test_each_segment_of_the_bars_is_one_of_its_age_and_clock(self, client) -> None:
        request(client, **LAPSED)
        request(client)
        rows = bars.chart(look(factories.staff(Role.SUPERVISOR)), opens=True).data.values
        assert [(row["age"], row["clock"], row["open"]) for row in rows] == [
            ("Under 1 day", "More", 1), ("1–2 days", "Lapsed", 1),
        ]  # fmt: skip

    def test_stay_shut_for_an_account_executive(self, open_as, client, drawn) -> None:
        for _ in range(6):
            request(client, **LAPSED)
        page = open_as(factories.staff(Role.ACCOUNT_EXECUTIVE, client), more=True)
        assert (drawn[0]["opens"], drawn[0]["columns"]) == (False, list(LEFT.values()))
        assert [button.proto.label for button in page.get("download_button")] == [
            "Download figures (CSV)", "Download figures (Excel)",
        ]  # fmt: skip


class TestTheAddress:
    def test_holds_what_is_asked_in_ids_and_codes(self, open_as, client, drawn) -> None:
        other = factories.client()
        request(client, **LAPSED)
        request(other, **LAPSED)
        page = open_as(factories.staff(Role.SUPERVISOR), filters=True)
        assert dict(page.query_params) == {"view": "open", "by": "jurisdiction"}
        page.multiselect(key="aging.clients").select(other).run()
        page.multiselect(key="aging.states").select("CA").run()
        page.segmented_control(key="aging.by").set_value("client").run()
        asked = {"view": "open", "by": "client", "client": str(other), "state": "CA"}
        assert dict(page.query_params) == asked
        again = open_as(factories.staff(Role.SUPERVISOR), **asked)
        assert figures(again)["Open"] == "1"
        assert len(drawn[-1]["rows"]) == 1

    @pytest.mark.parametrize("odd", [{"by": "worker"}, {"view": "x"}, {"client": "all"}, {"state": "Mars"}])
    def test_leaves_out_what_cannot_be_asked(self, open_as, client, drawn, odd) -> None:
        request(client, **LAPSED)
        page = open_as(factories.staff(Role.SUPERVISOR), **odd)
        assert dict(page.query_params) == {"view": "open", "by": "jurisdiction"}
        assert figures(page)["Open"] == "1"

    def test_tells_an_executive_nothing_by_person_and_nothing_of_others(self, open_as, client, drawn) -> None:
        other = factories.client()
        for _ in range(6):
            request(other, **LAPSED)
        executive = factories.staff(Role.ACCOUNT_EXECUTIVE, client)
        page = open_as(executive, by="provider", view="slow", client=str(other))
        assert dict(page.query_params) == {"view": "open", "by": "jurisdiction"}
        assert page.info[0].value.startswith("No request for authorization of your clients is open.")


def test_turnaround_is_told_by_week_and_by_group(open_as, client) -> None:
    for n in range(4):
        at = NOW - n * 7 * DAY
        request(client, received_at=at - 48 * HOUR, due_at=at - HOUR * (n % 2), told_at=at)
    page = open_as(factories.staff(Role.SUPERVISOR), view="turnaround")
    assert figures(page) == {
        "Providers told": "4",
        "Half within": "2 days",
        "9 of 10 within": "2 days",
        "In time": "50%",
    }
    assert pieces(page, "h3") == [
        "9 of 10 providers are told within 2 days, 50% in time",
        "Week by week",
        "By jurisdiction",
    ]
    assert "9 Nov 2026" in pieces(page, "td")
    empty = open_as(factories.staff(Role.SUPERVISOR), view="turnaround", state="TX")
    assert empty.info[0].value.startswith("Too few providers were told")


def test_who_is_slow_is_told_by_what_was_left_unanswered(open_as, client) -> None:
    of = request(client, provider="Dr. <Ames>", received_at=NOW - DAY)
    asked(client, of, "no_answer", party="provider")
    page = open_as(factories.staff(Role.CLINICAL, client), view="slow")
    assert pieces(page, "td")[:3] == ["Dr. &lt;Ames&gt;", "1", "1"]
    assert "No open request waits for a reviewer." in pieces(page, "p")
