"""Choosing cells, and the claims behind them."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import desk_board
import pytest
from desk_board import Square

from core.access import Action, Role
from pages.parts.first_contact import figures
from tests import factories
from tests.factories import NOW
from tests.pages.first_contact.picture import (
    READERS,
)

pytestmark = pytest.mark.usefixtures("desk")


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
    monkeypatch.setattr(figures, "MOST", 2)  # of the six on Sunday at eight
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
    monkeypatch.setattr(figures, "MOST", 2)
    choose((6, 8))
    page = open_as(factories.staff(Role.SUPERVISOR))
    page.button(key="first_contact.next").click().run()
    choose((6, 8), (6, 9))
    page.run()
    assert [c.value for c in page.caption if c.value.startswith("Claims 1 to 2. ")]


@pytest.mark.parametrize("role", READERS)
def test_files_and_claims_are_offered_only_to_whom_they_belong(open_as, client, role: Role, monkeypatch) -> None:
    drawn: list[dict[str, Any]] = []
    monkeypatch.setattr(desk_board, "heatmap", lambda *_, **named: drawn.append(named) or frozenset())
    person = factories.staff(role, client)
    page = open_as(person)
    assert len(page.get("download_button")) == (2 if person.may(Action.MEASURES_EXPORT) else 0)
    [heatmap] = drawn
    assert heatmap["opens"] == heatmap["hint"].endswith("the claims behind them.") == person.may(Action.MEASURES_DRILL)


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
