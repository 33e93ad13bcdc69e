"""How long it took until providers were told, who is slow to answer, and what leaves as a file."""

import csv
import io
from datetime import date

import pytest
from python_calamine import CalamineWorkbook

from core import authorization_aging
from core.access import Actor, NotAllowed, Role
from core.authorization_aging import AGES, LEFT, By, Cell, Question
from core.transactions import transaction
from tests import factories
from tests.core.authorization_aging.requests import DAY, EVERY, HOUR, asked, look, request
from tests.factories import NOW


@pytest.fixture
def boss(desk) -> Actor:
    return factories.staff(Role.SUPERVISOR)


@pytest.fixture
def client(desk) -> int:
    return factories.client()


def told(client: int, *hours: float, due_in: float = 100, at=NOW - HOUR, **how) -> None:
    """Have requests that took so many hours, each told at *at* and due so many hours after it began."""
    for each in hours:
        began = at - each * HOUR
        request(client, received_at=began, due_at=began + due_in * HOUR, told_at=at, **how)


class TestTurnaround:
    def look(self, actor: Actor, question: Question = EVERY, *, at=NOW):
        with transaction(actor) as tx:
            return authorization_aging.turnaround(actor, tx, question, at=at)

    def test_is_the_median_the_ninetieth_percentile_and_the_share_in_time(self, boss, client) -> None:
        told(client, *range(10, 111, 10), due_in=100)
        weeks, groups, whole = self.look(boss)
        assert (whole.told, whole.median, whole.ninetieth, round(whole.share, 4)) == (11, 60, 100, round(10 / 11, 4))
        assert [(week.week, week.told) for week in weeks] == [(date(2026, 11, 23), 11)]
        assert [(group.name, group.told) for group in groups] == [("CA", 11)]

    def test_is_told_of_thirteen_weeks_that_begin_on_monday_where_one_is(self, boss, client) -> None:
        monday = NOW.replace(day=23, hour=6)  # in Chicago
        told(client, 1, at=monday)
        told(client, 1, at=monday - HOUR / 60)
        told(client, 1, at=monday - 12 * 7 * DAY - HOUR)  # when it was summer time there
        told(client, 1, at=monday - 12 * 7 * DAY - HOUR - HOUR / 60)
        weeks, _, whole = self.look(boss)
        assert [week.week for week in weeks] == [date(2026, 8, 31), date(2026, 11, 16), date(2026, 11, 23)]
        assert whole.told == 3

    def test_shares_are_of_those_that_were_ours_to_keep(self, boss, client) -> None:
        told(client, 5, due_in=10)
        told(client, 15, due_in=10)
        told(client, 15, due_in=10, ours=False)
        request(client, received_at=NOW - DAY, due_at=None, told_at=NOW)
        *_, whole = self.look(boss)
        assert (whole.told, whole.share) == (4, 0.5)

    def test_exactly_at_the_due_time_is_in_time(self, boss, client) -> None:
        told(client, 10, due_in=10)
        assert self.look(boss)[2].share == 1

    def test_is_nothing_where_nobody_was_told(self, boss, client) -> None:
        request(client)
        assert self.look(boss) == ([], [], None)

    def test_withholds_few_from_who_opens_no_requests(self, client) -> None:
        executive = factories.staff(Role.ACCOUNT_EXECUTIVE, client)
        told(client, *[5] * 6)
        told(client, *[5] * 4, jurisdiction="NY")
        told(client, *[5] * 7, jurisdiction="TX")
        told(client, *[5] * 4, at=NOW - 14 * DAY)
        told(factories.client(), *[5] * 9)
        weeks, groups, whole = self.look(executive)
        assert whole.told == 21
        assert [(week.week, week.told) for week in weeks] == [(date(2026, 11, 23), None)]
        assert [group.name for group in groups] == ["CA"], "Texas shields New York"
        assert self.look(factories.staff(Role.ACCOUNT_EXECUTIVE, factories.client())) == ([], [], None)


class TestWhoIsSlowToAnswer:
    def look(self, actor: Actor, by: By, question: Question = EVERY):
        with transaction(actor) as tx:
            return authorization_aging.slow(actor, tx, question, by, at=NOW)

    def test_are_reviewers_by_what_they_left_unanswered_since_their_last_answer(self, boss, client) -> None:
        quick, slow = factories.staff(Role.CLINICAL, client), factories.staff(Role.CLINICAL, client)
        one, other = (request(client, reviewer=who.staff_id, received_at=NOW - 2 * DAY) for who in (quick, slow))
        for of in (one, other):
            asked(client, of, "no_answer", at=NOW - 5 * HOUR)
        asked(client, one, "answered", at=NOW - 4 * HOUR)
        asked(client, other, "promised", at=NOW - 3 * HOUR)
        asked(client, other, "message", at=NOW - 2 * HOUR, party="provider")
        told(client, 10, 20, 60, reviewer=quick.staff_id)

        found = self.look(boss, By.REVIEWER)

        assert [(each.name, each.open, each.unanswered, each.since) for each in found] == [
            (slow.name, 1, 2, NOW - 5 * HOUR), (quick.name, 1, 0, None),
        ]  # fmt: skip
        assert [(each.told, each.median) for each in found] == [(0, None), (3, 20)]

    def test_are_providers_by_number_or_name(self, boss, client) -> None:
        of = request(client, provider="Dr. Ames", npi="1234567893", received_at=NOW - DAY)
        request(client, provider="Dr. Bo", received_at=NOW - DAY)
        asked(client, of, "no_answer", party="provider")
        assert [(each.name, each.unanswered) for each in self.look(boss, By.PROVIDER)] == [
            ("Dr. Ames", 1),
            ("Dr. Bo", 0),
        ]

    def test_are_nobody_elses(self, client) -> None:
        other = factories.client()
        request(other)
        assert self.look(factories.staff(Role.VA, client), By.PROVIDER) == []


class TestFiles:
    def read(self, file: bytes) -> list[list[str]]:
        return list(csv.reader(file.decode("utf-8-sig").splitlines()))

    def test_hold_what_is_on_screen(self, boss, client) -> None:
        request(client, due_at=NOW - DAY, received_at=NOW - 2 * DAY)
        request(client, jurisdiction="NY", due_at=None)
        with transaction(boss) as tx:
            file = authorization_aging.figures_exported(boss, tx, EVERY, form="csv", at=NOW)
        head, *rows = self.read(file)
        assert head == ["Jurisdiction", *LEFT.values(), *AGES]
        assert rows == [[str(cell) for cell in row] for row in authorization_aging.figures(look(boss))]
        assert rows[0] == ["CA", "1", "0", "0", "0", "0", "0", "0", "0", "1", "0", "0", "0", "0"]
        assert [row[0] for row in rows] == ["CA", "NY", "All"]

    def test_of_requests_hold_the_rows_behind_what_was_chosen(self, boss, client) -> None:
        request(client, due_at=NOW - DAY, received_at=NOW - 2 * DAY)
        request(client)
        with transaction(boss) as tx:
            file = authorization_aging.rows_exported(boss, tx, EVERY, [Cell("CA", clock=0)], form="csv", at=NOW)
            shown = authorization_aging.behind(boss, tx, EVERY, [Cell("CA", clock=0)], at=NOW)
        head, *rows = self.read(file)
        assert head == list(authorization_aging.ROW_HEADINGS)
        assert rows == [list(authorization_aging.row(each, boss.timezone)) for each in shown]
        assert (len(rows), rows[0][-1]) == (1, "Lapsed")

    def test_are_workbooks_with_the_same_rows_as_well(self, boss, client) -> None:
        request(client, provider="=1+1", due_at=NOW - DAY, received_at=NOW - 2 * DAY)
        with transaction(boss) as tx:
            book = authorization_aging.rows_exported(boss, tx, EVERY, [Cell()], form="xlsx", at=NOW)
            again = authorization_aging.rows_exported(boss, tx, EVERY, [Cell()], form="xlsx", at=NOW)
            text = authorization_aging.rows_exported(boss, tx, EVERY, [Cell()], form="csv", at=NOW)
        sheet = CalamineWorkbook.from_object(io.BytesIO(book)).get_sheet_by_index(0).to_python()
        assert sheet == [[cell.replace("'=", "=") for cell in row] for row in self.read(text)]
        assert (sheet[1][4], book) == ("=1+1", again)

    def test_are_on_the_record(self, desk, boss, client) -> None:
        request(client)
        question = Question(clients=frozenset({client}), states=frozenset({"CA"}))
        with transaction(boss) as tx:
            authorization_aging.figures_exported(boss, tx, question, form="csv", at=NOW)
            authorization_aging.rows_exported(boss, tx, question, [Cell()], form="csv", at=NOW)
        with desk.owner() as db:
            events = db.execute(
                "select verb, noun, detail from audit_event where noun = 'authorization_aging' order by event_id"
            ).fetchall()
        known = {"form": "csv", "clients": [client], "jurisdictions": ["CA"]}
        assert events == [
            ("exported", "authorization_aging", known | {"shown": "figures", "rows": 2}),
            ("exported", "authorization_aging", known | {"shown": "requests", "rows": 1}),
        ]

    def test_leave_with_who_exports_measures_alone(self, client) -> None:
        for role in (Role.VA, Role.CLINICAL, Role.COMPLIANCE):
            person = factories.staff(role, client)
            with pytest.raises(NotAllowed), transaction(person) as tx:
                authorization_aging.figures_exported(person, tx, EVERY, form="csv", at=NOW)
        executive = factories.staff(Role.ACCOUNT_EXECUTIVE, client)
        for _ in range(5):
            request(client)
        request(client, due_at=None)
        with transaction(executive) as tx:
            file = authorization_aging.figures_exported(executive, tx, EVERY, form="csv", at=NOW)
        assert authorization_aging.WITHHELD in file.decode()
        with pytest.raises(NotAllowed), transaction(executive) as tx:
            authorization_aging.rows_exported(executive, tx, EVERY, [Cell()], form="csv", at=NOW)
