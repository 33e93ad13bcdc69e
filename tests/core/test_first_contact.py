"""First contact: what counts as kept, when in the week it was reported, who sees it, and what leaves the desk."""

import csv
import io
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import product
from statistics import median
from typing import Any
from zoneinfo import ZoneInfo

import psycopg
import pytest
from sqlalchemy.event import listen

from core import first_contact
from core.access import Action, Actor, NotAllowed, Role
from core.first_contact import Cell, Measures, Picture, Question, Week
from core.transactions import transaction
from db.queries.first_contact import Behind, Bin
from tests import factories
from tests.factories import NOW

CHICAGO = "America/Chicago"
WEEK = Question(date(2026, 11, 18), date(2026, 11, 24), CHICAGO)


def utc(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


def look(actor: Actor, question: Question = WEEK, *, at: datetime = NOW) -> Picture:
    with transaction(actor) as tx:
        return first_contact.look(actor, tx, question, at=at)


def cells(picture: Picture) -> dict[tuple[int, int], tuple[int, int, int]]:
    return {(c.weekday, c.hour): (c.reported, c.decided, c.on_time) for c in picture.cells}


def fold(desk) -> None:
    with desk.owner() as db:
        db.execute("select fold_facts()")


@pytest.fixture
def client(desk) -> int:
    return factories.client()


@pytest.fixture
def nurse(desk) -> int:
    return factories.staff(Role.CLINICAL).staff_id


@pytest.fixture
def supervisor(desk) -> Actor:
    return factories.staff(Role.SUPERVISOR)


class TestAReportCountsUnder:
    def test_the_weekday_and_hour_of_the_clocks_in_the_chosen_zone(self, client, supervisor) -> None:
        factories.claim(client, reported_at=utc(24, 4, 30))  # a Tuesday

        assert list(cells(look(supervisor))) == [(1, 22)], "Monday, 22:30 in Chicago"
        in_new_york = Question(WEEK.first_day, WEEK.last_day, "America/New_York")
        assert list(cells(look(supervisor, in_new_york))) == [(1, 23)]
        in_utc = Question(WEEK.first_day, WEEK.last_day, "UTC")
        assert list(cells(look(supervisor, in_utc))) == [(2, 4)]

    def test_one_hour_both_times_that_clocks_show_it_when_summer_time_ends(self, client, supervisor) -> None:
        factories.claim(client, reported_at=utc(1, 6, 30))  # 01:30 CDT
        factories.claim(client, reported_at=utc(1, 7, 30))  # 01:30 CST

        day = date(2026, 11, 1)
        assert cells(look(supervisor, Question(day, day, CHICAGO))) == {(7, 1): (2, 2, 0)}
        assert list(cells(look(supervisor, Question(day, day, "America/New_York")))) == [(7, 1), (7, 2)]

    def test_no_hour_that_clocks_skip_when_summer_time_begins(self, client, supervisor) -> None:
        factories.claim(client, reported_at=utc(8, 7, 59, month=3))  # Sunday 01:59 CST
        factories.claim(client, reported_at=utc(8, 8, 0, month=3))  # 03:00 CDT
        factories.claim(client, reported_at=utc(9, 4, 59, month=3))  # 23:59 CDT
        factories.claim(client, reported_at=utc(9, 5, 0, month=3))  # Monday 00:00 CDT

        march = look(supervisor, Question(date(2026, 3, 8), date(2026, 3, 9), CHICAGO))
        assert list(cells(march)) == [(1, 0), (7, 1), (7, 3), (7, 23)]
        assert [(w.starts, w.reported) for w in march.weeks] == [(date(2026, 3, 2), 3), (date(2026, 3, 9), 1)]

    def test_the_same_clock_time_in_a_period_with_both_summer_and_winter_time(self, client, supervisor) -> None:
        factories.claim(client, reported_at=utc(27, 14, month=10))  # Tuesday 09:00 CDT
        factories.claim(client, reported_at=utc(3, 15))  # Tuesday 09:00 CST

        autumn = Question(date(2026, 10, 20), date(2026, 11, 10), CHICAGO)
        assert cells(look(supervisor, autumn)) == {(2, 9): (2, 2, 0)}

    def test_the_days_of_the_period_as_they_begin_and_end_in_that_zone(self, client, supervisor) -> None:
        factories.claim(client, reported_at=utc(20, 5, 59))  # Thursday 23:59 in Chicago
        factories.claim(client, reported_at=utc(20, 6, 0))
        factories.claim(client, reported_at=utc(21, 5, 59))
        factories.claim(client, reported_at=utc(21, 6, 0))

        friday = Question(date(2026, 11, 20), date(2026, 11, 20), CHICAGO)
        assert list(cells(look(supervisor, friday))) == [(5, 0), (5, 23)]

    def test_the_week_that_began_on_its_monday(self, client, supervisor) -> None:
        factories.claim(client, reported_at=utc(23, 5, 59))  # Sunday 23:59 in Chicago
        factories.claim(client, reported_at=utc(23, 6, 0))

        weeks = look(supervisor).weeks
        assert [(w.starts, w.reported) for w in weeks] == [(date(2026, 11, 16), 1), (date(2026, 11, 23), 1)]


class TestAPromise:
    def only(self, picture: Picture) -> tuple[int, int, int]:
        [figures] = cells(picture).values()
        return figures

    def test_is_kept_when_the_worker_is_reached_at_the_very_due_time(self, client, nurse, supervisor) -> None:
        at = utc(22, 15)
        factories.claim(client, reported_at=at, first_contact_at=at + timedelta(hours=24), first_contact_by=nurse)
        assert self.only(look(supervisor)) == (1, 1, 1)

    def test_is_missed_a_second_later(self, client, nurse, supervisor) -> None:
        at = utc(22, 15)
        late = at + timedelta(hours=24, seconds=1)
        factories.claim(client, reported_at=at, first_contact_at=late, first_contact_by=nurse)
        assert self.only(look(supervisor)) == (1, 1, 0)

    def test_counts_for_neither_side_while_it_runs(self, client, supervisor) -> None:
        factories.claim(client, reported_at=NOW - timedelta(hours=23))
        assert self.only(look(supervisor)) == (1, 0, 0)
        assert look(supervisor).measures.share is None

    def test_is_missed_as_soon_as_it_is_due_and_nobody_was_reached(self, client, supervisor) -> None:
        factories.claim(client, reported_at=NOW - timedelta(hours=24))
        assert self.only(look(supervisor, at=NOW - timedelta(seconds=1))) == (1, 0, 0)
        assert self.only(look(supervisor, at=NOW)) == (1, 1, 0)

    @pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.COMPLIANCE, Role.ACCOUNT_EXECUTIVE])
    def test_still_runs_while_its_clock_is_paused_whoever_looks(self, desk, client, supervisor, role: Role) -> None:
        claim = factories.claim(client, reported_at=NOW - timedelta(hours=30))
        with desk.owner() as db:
            db.execute(
                "insert into clock_pause (client_id, claim_id, starts_at, reason, set_by)"
                " values (%s, %s, %s, 'No telephone', %s)",
                (client, claim, NOW - timedelta(hours=20), supervisor.staff_id),
            )
        assert self.only(look(factories.staff(role, client))) == (1, 0, 0)

    def test_is_not_counted_where_the_claim_was_withdrawn_before_anybody_was_reached(
        self, desk, client, nurse, supervisor
    ) -> None:
        at = utc(22, 15)
        withdrawn = factories.claim(client, reported_at=at)
        reached = factories.claim(client, reported_at=at, first_contact_at=at, first_contact_by=nurse)
        with desk.owner() as db:
            db.execute(
                "update claim set closed_at = %s, closed_why = 'withdrawn' where claim_id = any(%s)",
                (NOW, [withdrawn, reached]),
            )
        assert self.only(look(supervisor)) == (1, 1, 1)

    def test_moves_with_a_corrected_report(self, desk, client, supervisor) -> None:
        claim = factories.claim(client, reported_at=utc(22, 15))
        fold(desk)
        with desk.owner() as db:
            db.execute("update claim set reported_at = %s where claim_id = %s", (utc(21, 18), claim))
        assert cells(look(supervisor)) == {(6, 12): (1, 1, 0)}


class TestEveryGrain:
    """Whichever of the kept counts answers, and whether or not they are folded, the answer is that of the claims."""

    STATES = ("IL", "TX", None)

    @pytest.fixture
    def book(self, desk):
        clients = [factories.client(), factories.client()]
        vas = [factories.staff(Role.VA, *clients).staff_id for _ in range(2)]
        nurse = factories.staff(Role.CLINICAL).staff_id
        dice = random.Random(7)
        made = []
        for _ in range(60):
            at = NOW - timedelta(minutes=dice.randrange(12 * 24 * 60))
            took = dice.choice([None, timedelta(minutes=dice.randrange(2000))])
            facts = {
                "client": dice.choice(clients),
                "state": dice.choice(self.STATES),
                "va": dice.choice([None, *vas]),
                "at": at,
                "reached": at + took if took else None,
            }
            made.append(facts)
            factories.claim(
                facts["client"],
                reported_at=at,
                jurisdiction=facts["state"],
                assignee=facts["va"],
                first_contact_at=facts["reached"],
                first_contact_by=nurse if took else None,
            )
        return clients, vas, made

    def test_says_the_same(self, desk, book, supervisor) -> None:
        clients, vas, made = book
        for folded in (False, True):
            if folded:
                fold(desk)
            for of_client, of_state, of_va in product(
                (None, clients[0]), (None, {"IL"}, {first_contact.NOT_KNOWN, "TX"}), (None, vas[0])
            ):
                self.check(supervisor, made, of_client, of_state, of_va)

    def check(self, supervisor: Actor, made, of_client: int | None, of_state: set[str] | None, of_va: int | None):
        question = Question(
            WEEK.first_day,
            WEEK.last_day,
            CHICAGO,
            clients=frozenset({of_client}) if of_client else None,
            jurisdictions=frozenset(of_state) if of_state else None,
            assignees=frozenset({of_va}) if of_va else None,
        )
        wanted = [
            f
            for f in made
            if question.starts <= f["at"] < question.ends
            and of_client in (None, f["client"])
            and (not of_state or (f["state"] or first_contact.NOT_KNOWN) in of_state)
            and of_va in (None, f["va"])
        ]
        expected: dict[tuple[int, int], Counter[str]] = {}
        for f in wanted:
            local = f["at"].astimezone(ZoneInfo(CHICAGO))
            due = f["at"] + timedelta(hours=24)
            kept = f["reached"] is not None and f["reached"] <= due
            cell = expected.setdefault((local.isoweekday(), local.hour), Counter())
            cell.update(reported=1, decided=int(f["reached"] is not None or due <= NOW), on_time=int(kept))

        picture = look(supervisor, question)

        assert wanted, "a question about nothing proves nothing"
        assert cells(picture) == {k: (c["reported"], c["decided"], c["on_time"]) for k, c in expected.items()}
        assert sum(w.decided for w in picture.weeks) == picture.measures.decided
        took = [(f["reached"] - f["at"]).total_seconds() / 3600 for f in wanted if f["reached"] is not None]
        if of_va and took:  # other questions take the median over UTC days, whose edges hold other claims
            assert picture.measures.median_hours == pytest.approx(median(took), abs=0.25)


class TestWhoSees:
    def test_an_account_executive_sees_the_counts_of_the_clients_served_and_no_others(self, desk, client) -> None:
        other = factories.client()
        executive = factories.staff(Role.ACCOUNT_EXECUTIVE, client)
        for one in (client, other):
            factories.claim(one, reported_at=utc(22, 15))
            fold(desk)
            factories.claim(one, reported_at=utc(22, 15))

        assert look(executive).measures.reported == 2
        of_other = Question(WEEK.first_day, WEEK.last_day, CHICAGO, clients=frozenset({other}))
        of_state = Question(WEEK.first_day, WEEK.last_day, CHICAGO, jurisdictions=frozenset({"IL"}))
        assert look(executive, of_other).measures.reported == 0
        assert look(executive, of_state).measures.reported == 2

    def test_the_database_holds_that_too_if_the_question_were_asked_in_anothers_scope(self, desk, client) -> None:
        from db.queries import first_contact as queries

        other = factories.client()
        executive = factories.staff(Role.ACCOUNT_EXECUTIVE, client)
        factories.claim(other, reported_at=utc(22, 15))
        extent = Question(WEEK.first_day, WEEK.last_day, CHICAGO, clients=frozenset({other})).extent(
            factories.staff(Role.SUPERVISOR)
        )
        with transaction(executive) as tx:
            assert queries.counts(tx, extent, at=NOW) == []
            assert queries.counts(tx, extent._replace(clients=None), at=NOW) == []

    @pytest.mark.parametrize("role", [Role.VA, Role.CLINICAL, Role.ADMINISTRATOR])
    def test_who_has_no_part_in_measures_sees_none(self, client, role: Role) -> None:
        with pytest.raises(NotAllowed):
            look(factories.staff(role, client))

    @pytest.mark.parametrize("role", [Role.ACCOUNT_EXECUTIVE, Role.COMPLIANCE])
    def test_the_claims_behind_stay_shut_for_roles_that_read_counts_only(self, client, role: Role) -> None:
        person = factories.staff(role, client)
        with pytest.raises(NotAllowed), transaction(person) as tx:
            first_contact.claims_behind(person, tx, WEEK, frozenset({(7, 9)}))

    def test_a_va_gets_nothing_from_the_sums_even_by_hand(self, desk, client) -> None:
        factories.claim(client, reported_at=utc(22, 15))
        va = factories.staff(Role.VA, client)
        with desk.app(va.staff_id) as db:
            assert db.execute("select * from desk_by_hour('2026-01-01Z', '2027-01-01Z')").fetchall() == []

    def test_running_promises_of_others_do_not_show_by_hand(self, desk, client) -> None:
        other = factories.client()
        factories.claim(other)
        executive = factories.staff(Role.ACCOUNT_EXECUTIVE, client)
        asked = "select * from desk_running(null, null, null, '2026-01-01Z', '2027-01-01Z', '2026-11-24T15:00Z')"
        with desk.app(executive.staff_id) as db:
            assert db.execute(asked).fetchall() == []
            factories.claim(client)
            assert len(db.execute(asked).fetchall()) == 1

    def test_filters_offer_clients_and_vas_in_scope(self, client) -> None:
        other = factories.client()
        mine, hers = factories.staff(Role.VA, client), factories.staff(Role.VA, other)
        executive, supervisor = factories.staff(Role.ACCOUNT_EXECUTIVE, client), factories.staff(Role.SUPERVISOR)

        def offered(actor: Actor) -> tuple[set[int], set[int]]:
            with transaction(actor) as tx:
                found = first_contact.choices(actor, tx)
            return {c.id for c in found.clients}, {a.id for a in found.assignees}

        assert offered(executive) == ({client}, {mine.staff_id})
        assert offered(supervisor) == ({client, other}, {mine.staff_id, hers.staff_id})


class TestTheClaimsBehind:
    SUNDAY_AT_NINE = frozenset({(7, 9)})

    def behind(self, actor: Actor, question: Question = WEEK, cells=SUNDAY_AT_NINE, **more) -> list[Behind]:
        with transaction(actor) as tx:
            return first_contact.claims_behind(actor, tx, question, cells, **more)

    def test_are_those_counted_in_the_cells_the_latest_first(self, desk, client, supervisor) -> None:
        nine = utc(22, 15)
        early, late = (
            factories.claim(client, reported_at=nine),
            factories.claim(client, reported_at=nine.replace(minute=59)),
        )
        factories.claim(client, reported_at=utc(22, 16))
        factories.claim(client, reported_at=utc(21, 15))
        withdrawn = factories.claim(client, reported_at=nine)
        with desk.owner() as db:
            db.execute("update claim set closed_at = now(), closed_why = 'withdrawn' where claim_id = %s", (withdrawn,))

        assert [c.claim_id for c in self.behind(supervisor)] == [late, early]
        assert cells(look(supervisor))[7, 9][0] == 2

    @pytest.mark.parametrize("folded", [False, True])
    def test_follow_the_filters(self, desk, client, supervisor, folded: bool) -> None:
        other, va = factories.client(), factories.staff(Role.VA, client)
        wanted = factories.claim(client, reported_at=utc(22, 15), jurisdiction="TX", assignee=va.staff_id)
        factories.claim(client, reported_at=utc(22, 15), jurisdiction="TX")
        unknown = factories.claim(client, reported_at=utc(22, 15), jurisdiction=None, assignee=va.staff_id)
        factories.claim(other, reported_at=utc(22, 15), jurisdiction="TX", assignee=va.staff_id)
        question = Question(
            WEEK.first_day,
            WEEK.last_day,
            CHICAGO,
            clients=frozenset({client}),
            jurisdictions=frozenset({"TX"}),
            assignees=frozenset({va.staff_id}),
        )
        in_no_state = replace(WEEK, jurisdictions=frozenset({first_contact.NOT_KNOWN}))
        if folded:
            fold(desk)
        assert [c.claim_id for c in self.behind(supervisor, question)] == [wanted]
        assert [c.claim_id for c in self.behind(supervisor, in_no_state)] == [unknown]
        assert len(self.behind(supervisor, replace(WEEK, jurisdictions=frozenset({"TX"})))) == 3
        assert len(self.behind(supervisor)) == 4

    def test_come_a_page_at_a_time_and_each_once(self, client, supervisor) -> None:
        every = {factories.claim(client, reported_at=utc(22 - n % 2, 15, n % 3)) for n in range(11)}
        both = frozenset({(7, 9), (6, 9)})
        seen: list[Behind] = []
        while page := self.behind(
            supervisor, cells=both, most=4, before=(seen[-1].reported_at, seen[-1].claim_id) if seen else None
        ):
            seen += page
        assert [len(seen), {c.claim_id for c in seen}] == [11, every]

    @pytest.mark.parametrize("of", ["a state with none", "a VA with none", "a VA of another client"])
    def test_are_looked_for_only_where_the_filter_has_any(self, client, supervisor, of: str) -> None:
        va, idle = factories.staff(Role.VA, client).staff_id, factories.staff(Role.VA, client).staff_id
        for n in range(20):
            factories.claim(factories.client(), reported_at=utc(22, 15, n))
        factories.claim(client, reported_at=utc(22, 15), assignee=va)
        filters = {
            "a state with none": {"jurisdictions": frozenset({"WY"})},
            "a VA with none": {"assignees": frozenset({idle})},
            "a VA of another client": {"assignees": frozenset({va}), "clients": frozenset({factories.client()})},
        }
        question = Question(WEEK.first_day, WEEK.last_day, CHICAGO, **filters[of])

        [places] = self.places_read(supervisor, question)

        assert places == (0 if "state" in of else 1), "not that hour of each of the 22 clients"

    def places_read(self, actor: Actor, question: Question) -> list[int]:
        """Return for each statement of one drill-down how often it went to the claims."""
        asked: list[tuple[str, object]] = []
        with transaction(actor) as tx:
            listen(tx, "before_cursor_execute", lambda *told: asked.append((told[2], told[3])))
            assert first_contact.claims_behind(actor, tx, question, self.SUNDAY_AT_NINE) == []
            plans = [
                tx.exec_driver_sql(f"explain (analyze, format json) {sql}", of).scalar() for sql, of in list(asked)
            ]
        return [
            sum(n["Actual Loops"] for n in _nodes(p[0]["Plan"]) if n.get("Relation Name") == "claim") for p in plans
        ]

    def test_tell_nothing_of_the_person(self, client, supervisor) -> None:
        factories.claim(client, reported_at=utc(22, 15), family_name="Unmistakable")
        [claim] = self.behind(supervisor)
        assert "Unmistakable" not in repr(claim)

    @pytest.mark.parametrize(
        ("due_in", "reached_after", "paused", "said"),
        [
            (timedelta(hours=9, minutes=10), None, False, "Due in 9 h 10 min"),
            (timedelta(minutes=-45), None, False, "Overdue by 45 min"),
            (timedelta(0), timedelta(hours=5, minutes=3), False, "Reached in 5 h 3 min"),
            (timedelta(hours=-3), timedelta(hours=27), False, "Reached after 27 h"),
            (timedelta(hours=-3), None, True, "Clock paused"),
        ],
    )
    def test_say_how_their_promise_stands(self, due_in, reached_after, paused, said) -> None:
        reported = NOW - timedelta(hours=27)
        reached = reported + reached_after if reached_after else None
        claim = Behind(1, 2, "C-2", "Acme", "IL", reported, NOW + due_in, reached, paused)
        assert first_contact.words(claim, at=NOW) == said


def _nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for below in plan.get("Plans", ()):
        yield from _nodes(below)


class TestMedian:
    def test_is_that_of_the_quarter_hours(self) -> None:
        assert first_contact.median_hours([Bin(0, 1), Bin(4, 2), Bin(40, 1)]) == pytest.approx(1.125)

    def test_lies_within_its_quarter_hour_by_how_many_come_before(self) -> None:
        assert first_contact.median_hours([Bin(8, 4)]) == pytest.approx(2.125)

    def test_of_nobody_is_nothing(self) -> None:
        assert first_contact.median_hours([]) is None

    @pytest.mark.parametrize("folded", [False, True])
    def test_is_read_from_the_claims_of_the_period(self, desk, client, nurse, supervisor, folded: bool) -> None:
        for hours in (1, 5, 30):
            at = utc(22, 15)
            reached = at + timedelta(hours=hours, minutes=7)
            factories.claim(client, reported_at=at, first_contact_at=reached, first_contact_by=nurse)
        if folded:
            fold(desk)
        for jurisdictions in (None, frozenset({"IL"})):
            for clients in (None, frozenset({client})):
                question = Question(
                    WEEK.first_day, WEEK.last_day, CHICAGO, clients=clients, jurisdictions=jurisdictions
                )
                assert look(supervisor, question).measures.median_hours == pytest.approx(5.125, abs=0.13)


def picture(*of: Cell) -> Picture:
    whole = Measures(sum(c.reported for c in of), sum(c.decided for c in of), sum(c.on_time for c in of), None)
    return Picture(WEEK, NOW, of, (), whole)


class TestShares:
    def test_need_five_decided_promises(self) -> None:
        assert Cell(1, 9, 9, 4, 4).too_few
        assert Cell(1, 9, 9, 4, 4).share is None
        assert Cell(1, 9, 9, 5, 4).share == 0.8
        assert Week(date(2026, 11, 16), 4, 4, 4).share is None

    def test_are_rounded_down_so_that_a_miss_is_never_shown_as_kept(self) -> None:
        said = [first_contact.percent(s) for s in (0, 0.29, 0.949, 0.95, 0.999, 1)]
        assert said == ["0%", "29%", "94%", "95%", "99%", "100%"]

    def test_are_not_shown_where_there_are_too_few(self) -> None:
        assert [first_contact.shown(c) for c in (Cell(1, 9, 4, 4, 4), Cell(1, 9, 5, 5, 4))] == ["n < 5", "80%"]

    def test_of_an_empty_period_say_so(self) -> None:
        assert first_contact.finding(picture()) == "No promise was decided in this period"

    def test_name_the_part_of_the_week_that_costs_most(self) -> None:
        found = first_contact.finding(
            picture(Cell(1, 8, 40, 40, 28), Cell(1, 9, 40, 40, 32), Cell(3, 2, 5, 5, 3), Cell(4, 14, 100, 100, 100))
        )
        assert found == "Monday mornings miss the promise: 75% reached in time"

    def test_say_that_the_promise_is_kept(self) -> None:
        found = first_contact.finding(picture(Cell(1, 8, 40, 40, 39)))
        assert found == "The promise is kept all week: 97% reached in time"


class TestAQuestion:
    def test_ends_no_earlier_than_it_begins(self) -> None:
        with pytest.raises(first_contact.EndsBeforeItBegins):
            Question(date(2026, 11, 2), date(2026, 11, 1), CHICAGO)

    def test_is_asked_in_whole_hours(self) -> None:
        with pytest.raises(first_contact.NotInWholeHours):
            Question(date(2026, 11, 1), date(2026, 11, 2), "Asia/Kolkata")

    def test_is_asked_in_whole_hours_on_every_day_of_it(self) -> None:
        # Summer time adds half an hour to half an hour there: its winter, in the middle, is not in whole hours.
        with pytest.raises(first_contact.NotInWholeHours):
            Question(date(2026, 1, 1), date(2026, 11, 24), "Australia/Lord_Howe")
        assert Question(date(2026, 11, 1), date(2026, 11, 24), "Australia/Lord_Howe").starts == utc(31, 13, month=10)

    @pytest.mark.parametrize("zone", first_contact.ZONES)
    def test_can_be_asked_in_every_zone_offered(self, zone: str) -> None:
        assert Question(date(2026, 3, 8), date(2026, 3, 8), zone).starts.minute == 0

    def test_has_a_day_of_25_hours_when_summer_time_ends(self) -> None:
        question = Question(date(2026, 11, 1), date(2026, 11, 1), CHICAGO)
        assert question.ends - question.starts == timedelta(hours=25)
        assert question.hours_of(frozenset({(7, 1)})) == [utc(1, 7), utc(1, 6)]

    def test_has_no_hour_that_clocks_skip_when_it_begins(self) -> None:
        question = Question(date(2026, 3, 8), date(2026, 3, 8), CHICAGO)
        assert question.hours_of(frozenset({(7, 2)})) == []
        assert question.hours_of(frozenset({(7, 3)})) == [utc(8, 8, month=3)]


class TestAFile:
    def export(self, actor: Actor, form: str = "csv") -> Picture:
        with transaction(actor) as tx:
            return first_contact.exported(actor, tx, WEEK, form=form, at=NOW)

    def test_holds_what_the_table_on_screen_holds(self, client, supervisor) -> None:
        for _ in range(5):
            factories.claim(client, reported_at=utc(22, 15))
        factories.claim(client, reported_at=utc(21, 15))

        written = first_contact.as_csv(self.export(supervisor))

        heading, *lines = csv.reader(io.StringIO(written.decode("utf-8-sig")))
        assert tuple(heading) == first_contact.HEADINGS
        assert lines == [[str(v) for v in row] for row in first_contact.rows(look(supervisor))]
        assert lines == [
            ["Saturday", "09:00", "1", "1", "0", "1", "n < 5"],
            ["Sunday", "09:00", "5", "5", "0", "5", "0%"],
        ]

    def test_holds_no_more_than_the_person_sees(self, client) -> None:
        executive = factories.staff(Role.ACCOUNT_EXECUTIVE, client)
        factories.claim(factories.client(), reported_at=utc(22, 15))
        assert first_contact.rows(self.export(executive)) == []

    @pytest.mark.parametrize("form", ["csv", "png"])
    def test_is_put_on_the_record(self, desk, supervisor, form: str) -> None:
        self.export(supervisor, form)
        with desk.owner() as db:
            row = db.execute("select actor_id, noun, detail->>'form', detail->>'from' from audit_event").fetchone()
        assert row == (supervisor.staff_id, "first_contact", form, "2026-11-18")

    def test_does_not_leave_if_the_record_cannot_be_written(self, desk, client, supervisor) -> None:
        with desk.owner() as db:
            db.execute("drop policy own_hand on audit_event")
        with pytest.raises(Exception, match="row-level security") as failed:
            self.export(supervisor)
        assert isinstance(failed.value.__cause__, psycopg.errors.InsufficientPrivilege)

    def test_is_not_for_who_only_reads(self, supervisor) -> None:
        compliance = factories.staff(Role.COMPLIANCE)
        assert not compliance.may(Action.MEASURES_EXPORT)
        with pytest.raises(NotAllowed):
            self.export(compliance)
