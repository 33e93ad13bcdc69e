"""What counts as kept or missed, and when in the week it was reported, in every grain."""

import random
from collections import Counter
from datetime import date, timedelta
from itertools import product
from statistics import median
from zoneinfo import ZoneInfo

import pytest

from core import first_contact
from core.access import Actor, Role
from core.first_contact import Question
from core.first_contact.figures import Counted, median_hours, together
from tests import factories
from tests.core.first_contact.one_week import CHICAGO, WEEK, cells, counted, fold, look, utc
from tests.factories import NOW


class TestAReportCountsUnder:
    def test_the_weekday_and_hour_of_the_clocks_in_the_chosen_zone(self, client, supervisor) -> None:
        factories.claim(client, reported_at=utc(24, 4, 30))  # a Tuesday

        assert list(cells(counted(supervisor))) == [(1, 22)], "Monday, 22:30 in Chicago"
        in_new_york = Question(WEEK.first_day, WEEK.last_day, "America/New_York")
        assert list(cells(counted(supervisor, in_new_york))) == [(1, 23)]
        in_utc = Question(WEEK.first_day, WEEK.last_day, "UTC")
        assert list(cells(counted(supervisor, in_utc))) == [(2, 4)]

    def test_one_hour_both_times_that_clocks_show_it_when_summer_time_ends(self, client, supervisor) -> None:
        factories.claim(client, reported_at=utc(1, 6, 30))  # 01:30 CDT
        factories.claim(client, reported_at=utc(1, 7, 30))  # 01:30 CST

        day = date(2026, 11, 1)
        assert cells(counted(supervisor, Question(day, day, CHICAGO))) == {(7, 1): (2, 2, 0)}
        assert list(cells(counted(supervisor, Question(day, day, "America/New_York")))) == [(7, 1), (7, 2)]

    def test_no_hour_that_clocks_skip_when_summer_time_begins(self, client, supervisor) -> None:
        factories.claim(client, reported_at=utc(8, 7, 59, month=3))  # Sunday 01:59 CST
        factories.claim(client, reported_at=utc(8, 8, 0, month=3))  # 03:00 CDT
        factories.claim(client, reported_at=utc(9, 4, 59, month=3))  # 23:59 CDT
        factories.claim(client, reported_at=utc(9, 5, 0, month=3))  # Monday 00:00 CDT

        march = counted(supervisor, Question(date(2026, 3, 8), date(2026, 3, 9), CHICAGO))
        assert list(cells(march)) == [(1, 0), (7, 1), (7, 3), (7, 23)]
        assert {w: of.reported for w, of in march.weeks.items()} == {date(2026, 3, 2): 3, date(2026, 3, 9): 1}

    def test_the_same_clock_time_in_a_period_with_both_summer_and_winter_time(self, client, supervisor) -> None:
        factories.claim(client, reported_at=utc(27, 14, month=10))  # Tuesday 09:00 CDT
        factories.claim(client, reported_at=utc(3, 15))  # Tuesday 09:00 CST

        autumn = Question(date(2026, 10, 20), date(2026, 11, 10), CHICAGO)
        assert cells(counted(supervisor, autumn)) == {(2, 9): (2, 2, 0)}

    def test_the_days_of_the_period_as_they_begin_and_end_in_that_zone(self, client, supervisor) -> None:
        factories.claim(client, reported_at=utc(20, 5, 59))  # Thursday 23:59 in Chicago
        factories.claim(client, reported_at=utc(20, 6, 0))
        factories.claim(client, reported_at=utc(21, 5, 59))
        factories.claim(client, reported_at=utc(21, 6, 0))

        friday = Question(date(2026, 11, 20), date(2026, 11, 20), CHICAGO)
        assert list(cells(counted(supervisor, friday))) == [(5, 0), (5, 23)]

    def test_the_week_that_began_on_its_monday(self, client, supervisor) -> None:
        factories.claim(client, reported_at=utc(23, 5, 59))  # Sunday 23:59 in Chicago
        factories.claim(client, reported_at=utc(23, 6, 0))

        weeks = counted(supervisor).weeks
        assert {w: of.reported for w, of in weeks.items()} == {date(2026, 11, 16): 1, date(2026, 11, 23): 1}


class TestAPromise:
    def only(self, of: Counted) -> tuple[int, int, int]:
        [figures] = cells(of).values()
        return figures

    def test_is_kept_when_the_worker_is_reached_at_the_very_due_time(self, client, nurse, supervisor) -> None:
        at = utc(22, 15)
        factories.claim(client, reported_at=at, first_contact_at=at + timedelta(hours=24), first_contact_by=nurse)
        assert self.only(counted(supervisor)) == (1, 1, 1)

    def test_is_missed_a_second_later(self, client, nurse, supervisor) -> None:
        at = utc(22, 15)
        late = at + timedelta(hours=24, seconds=1)
        factories.claim(client, reported_at=at, first_contact_at=late, first_contact_by=nurse)
        assert self.only(counted(supervisor)) == (1, 1, 0)

    def test_counts_for_neither_side_while_it_runs(self, client, supervisor) -> None:
        factories.claim(client, reported_at=NOW - timedelta(hours=23))
        assert self.only(counted(supervisor)) == (1, 0, 0)
        assert look(supervisor).period.figures is None

    def test_is_missed_once_it_was_due_and_nobody_was_reached(self, client, supervisor) -> None:
        factories.claim(client, reported_at=NOW - timedelta(hours=24))
        assert self.only(counted(supervisor, at=NOW)) == (1, 0, 0)
        assert self.only(counted(supervisor, at=NOW + timedelta(seconds=1))) == (1, 1, 0)

    @pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.COMPLIANCE, Role.ACCOUNT_EXECUTIVE])
    def test_still_runs_while_its_clock_is_paused_whoever_looks(self, desk, client, supervisor, role: Role) -> None:
        claim = factories.claim(client, reported_at=NOW - timedelta(hours=30))
        with desk.owner() as db:
            db.execute(
                "insert into clock_pause (client_id, claim_id, starts_at, reason, set_by)"
                " values (%s, %s, %s, 'No telephone', %s)",
                (client, claim, NOW - timedelta(hours=20), supervisor.staff_id),
            )
        assert self.only(counted(factories.staff(role, client))) == (1, 0, 0)

    @pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.COMPLIANCE, Role.ACCOUNT_EXECUTIVE])
    def test_missed_stays_missed_when_its_clock_is_paused_afterwards(
        self, desk, client, supervisor, role: Role
    ) -> None:
        claim = factories.claim(client, reported_at=NOW - timedelta(hours=30))
        with desk.owner() as db:
            db.execute(
                "insert into clock_pause (client_id, claim_id, starts_at, reason, set_by)"
                " values (%s, %s, %s, 'No telephone', %s)",
                (client, claim, NOW - timedelta(hours=6), supervisor.staff_id),
            )
        assert self.only(counted(factories.staff(role, client))) == (1, 1, 0)

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
        assert self.only(counted(supervisor)) == (1, 1, 1)

    def test_moves_with_a_corrected_report(self, desk, client, supervisor) -> None:
        claim = factories.claim(client, reported_at=utc(22, 15))
        fold(desk)
        with desk.owner() as db:
            db.execute("update claim set reported_at = %s where claim_id = %s", (utc(21, 18), claim))
        assert cells(counted(supervisor)) == {(6, 12): (1, 1, 0)}


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

        answer = counted(supervisor, question)

        assert wanted, "a question about nothing proves nothing"
        assert cells(answer) == {k: (c["reported"], c["decided"], c["on_time"]) for k, c in expected.items()}
        assert together(answer.weeks.values()) == together(answer.cells.values())
        took = [(f["reached"] - f["at"]).total_seconds() / 3600 for f in wanted if f["reached"] is not None]
        if of_va and took:  # other questions take the median over UTC days, whose edges hold other claims
            assert median_hours(answer.bins) == pytest.approx(median(took), abs=0.25)
