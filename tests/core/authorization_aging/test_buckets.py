"""How open requests are told apart by the time that their clock leaves, and by their age."""

from datetime import UTC, datetime, timedelta

import pytest

from core.access import Actor, Role
from core.authorization_aging import AGES, Left
from core.authorizations import AUTHORIZATIONS
from core.transactions import transaction
from tests import factories
from tests.core.authorization_aging.requests import DAY, HOUR, left, look, request
from tests.factories import NOW

SECOND = timedelta(seconds=1)


@pytest.fixture
def boss(desk) -> Actor:
    return factories.staff(Role.SUPERVISOR)


@pytest.fixture
def client(desk) -> int:
    return factories.client()


def utc(month: int, day: int, hour: int, minute: int = 0, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=UTC)


class TestTheClockLeft:
    """In California, where it is 07:00 on Tuesday 24 November; Thursday is Thanksgiving, and Friday a holiday too."""

    @pytest.mark.parametrize(
        ("due_at", "expected"),
        [
            (NOW - SECOND, Left.LAPSED),
            (NOW, Left.SOON),
            (NOW + 4 * HOUR - SECOND, Left.SOON),
            (NOW + 4 * HOUR, Left.TODAY),
            (utc(11, 25, 8) - SECOND, Left.TODAY),
            (utc(11, 25, 8), Left.DAYS),
            (None, Left.UNDATED),
        ],
        ids=str,
    )
    def test_is_told_at_its_bounds(self, boss, client, due_at, expected) -> None:
        request(client, due_at=due_at)
        assert left(boss) == [expected]

    def test_passes_over_holidays_and_the_weekend(self, boss, client) -> None:
        in_two_days = utc(12, 1, 8)  # Wednesday and Monday: Thanksgiving and the day after are none in California
        request(client, due_at=in_two_days - SECOND)
        request(client, due_at=in_two_days)
        assert left(boss) == [Left.DAYS, Left.MORE]

    def test_counts_business_days_of_the_requests_own_state(self, boss, client) -> None:
        friday = utc(11, 27, 18)  # a business day in New York, where Wednesday is the first
        request(client, jurisdiction="NY", due_at=friday)
        request(client, jurisdiction="NY", due_at=friday + 3 * DAY)
        assert left(boss) == [Left.DAYS, Left.MORE]

    @pytest.mark.parametrize(
        ("state", "midnight"), [("NY", utc(11, 25, 5)), ("HI", utc(11, 25, 10)), ("AZ", utc(11, 25, 7))]
    )
    def test_has_a_day_that_ends_where_the_laws_clock_is(self, boss, client, state, midnight) -> None:
        request(client, jurisdiction=state, due_at=midnight - SECOND)
        request(client, jurisdiction=state, due_at=midnight)
        assert left(boss) == [Left.TODAY, Left.DAYS]

    @pytest.mark.parametrize(
        ("at", "ends"),
        [
            (utc(11, 1, 6, 30), utc(11, 2, 8)),  # clocks go back: the day has 25 hours and began at 07:00
            (utc(3, 8, 9, 0), utc(3, 9, 7)),  # clocks go forward: it has 23
        ],
        ids=["back", "forward"],
    )
    def test_has_a_day_of_as_many_hours_as_the_wall_has(self, boss, client, at, ends) -> None:
        at = max(at, ends - 20 * HOUR)
        request(client, received_at=at - HOUR, due_at=ends - SECOND)
        request(client, received_at=at - HOUR, due_at=ends)
        assert left(boss, at=at) == [Left.TODAY, Left.DAYS]

    def test_of_under_four_hours_goes_over_midnight(self, boss, client) -> None:
        late = utc(11, 25, 7)  # 23:00 in California
        request(client, received_at=NOW, due_at=late + 2 * HOUR)
        assert left(boss, at=late) == [Left.SOON]

    @pytest.mark.parametrize(
        "waits",
        [{"clock": "waiting", "due_at": None}, {"clock": "tolled"}, {"clock": "deferred"}, {"ours": False}],
        ids=str,
    )
    def test_is_not_ours_while_it_waits_for_others_and_never_lapses(self, boss, client, waits) -> None:
        request(client, **{"due_at": NOW - DAY, "received_at": NOW - 2 * DAY} | waits)
        assert left(boss) == [Left.OTHERS]

    @pytest.mark.parametrize("clock", ["extended", "waiting"])
    def test_runs_on_where_it_was_extended_or_is_to_be_sent_back(self, boss, client, clock) -> None:
        request(client, due_at=NOW - DAY, received_at=NOW - 2 * DAY, clock=clock)
        assert left(boss) == [Left.LAPSED]

    def test_has_lapsed_where_the_list_of_authorizations_says_overdue(self, boss, client) -> None:
        for n, clock in enumerate(("waiting", "running", "extended", "tolled", "deferred")):
            for ours in (True, False):
                for due_at in (None, NOW - DAY, NOW, NOW + DAY):
                    request(client, clock=clock, ours=ours, due_at=due_at, received_at=NOW - (2 + n) * DAY)
        with transaction(boss) as tx:
            overdue = AUTHORIZATIONS.source.read(boss, tx, NOW).counts["overdue"]
        assert (left(boss).count(Left.LAPSED), overdue) == (3, 3)

    def test_passes_over_a_day_that_was_added_to_the_states_list(self, desk, boss, client) -> None:
        monday, tuesday = utc(12, 1, 8), utc(12, 2, 8)
        request(client, due_at=tuesday - SECOND)
        assert left(boss) == [Left.MORE]
        with desk.owner() as db:
            db.execute(
                "insert into statutory_holiday (jurisdiction, day, effective_from, closed, name, reason, set_by, set_at)"
                " values ('CA', %s, %s, true, 'Day of mourning', 'x', 1, %s)",
                (monday.date() - DAY, NOW, NOW),
            )
        assert left(boss) == [Left.DAYS]

    def test_is_none_of_a_request_that_has_ended(self, boss, client) -> None:
        request(client, due_at=NOW - DAY, received_at=NOW - 2 * DAY, told_at=NOW)
        assert left(boss) == []


@pytest.mark.parametrize(
    ("age", "expected"),
    [
        (timedelta(0), 0), (DAY - SECOND, 0), (DAY + SECOND, 1), (3 * DAY + SECOND, 2), (7 * DAY + SECOND, 3),
        (14 * DAY + SECOND, 4), (28 * DAY - SECOND, 4), (28 * DAY + SECOND, 5),
    ],
    ids=str,
)  # fmt: skip
def test_the_age_is_counted_from_receipt(boss, client, age, expected) -> None:
    request(client, received_at=NOW - age)
    ages = [AGES[n] for n, counts in enumerate(look(boss).ages) if sum(counts)]
    assert ages == [AGES[expected]]
