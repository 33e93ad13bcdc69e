"""A wall time is one instant, two, or none; and what day it is depends on where."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import walltime
from core.calendars import ZoneUnknown, first_instant

CHICAGO = ZoneInfo("America/Chicago")
ZONES = ("America/Chicago", "America/Havana", "America/Phoenix", "Australia/Lord_Howe", "Pacific/Apia", "UTC")


class TestWhatAWallTimeMeans:
    def test_is_one_instant_on_most_days(self) -> None:
        assert walltime.meant(date(2026, 11, 24), time(9), CHICAGO) == (
            datetime(2026, 11, 24, 15, tzinfo=UTC),
            None,
            False,
        )
        assert walltime.doubt(date(2026, 11, 24), time(9), CHICAGO) == ""

    def test_is_two_in_the_hour_that_comes_twice(self) -> None:
        assert walltime.meant(date(2026, 11, 1), time(1, 30), CHICAGO) == (
            datetime(2026, 11, 1, 6, 30, tzinfo=UTC), datetime(2026, 11, 1, 7, 30, tzinfo=UTC), False,
        )  # fmt: skip

    def test_is_two_whichever_of_the_two_was_asked_first(self) -> None:
        walltime.meant.cache_clear()

        second = walltime.meant(date(2026, 11, 1), time(1, 30, fold=1), CHICAGO)

        assert second == (datetime(2026, 11, 1, 6, 30, tzinfo=UTC), datetime(2026, 11, 1, 7, 30, tzinfo=UTC), False)
        assert walltime.meant(date(2026, 11, 1), time(1, 30), CHICAGO) == second

    def test_is_the_end_of_the_skip_in_the_hour_that_never_comes(self) -> None:
        assert walltime.meant(date(2026, 3, 8), time(2, 30), CHICAGO) == (
            datetime(2026, 3, 8, 8, tzinfo=UTC),
            None,
            True,
        )

    @given(
        day=st.dates(date(2000, 1, 1), date(2030, 12, 31)),
        clock=st.times().map(lambda at: at.replace(microsecond=0)),
        zone=st.sampled_from(ZONES),
    )
    def test_is_that_of_the_one_rule_and_every_other_instant_that_clocks_show(
        self, day: date, clock: time, zone: str
    ) -> None:
        local = ZoneInfo(zone)

        told = walltime.meant(day, clock, local)

        assert told.first == first_instant(local, day, clock)
        wall = datetime.combine(day, clock)
        every = {
            at for fold in (0, 1)
            if (at := wall.replace(tzinfo=local, fold=fold).astimezone(UTC)).astimezone(local).replace(tzinfo=None) == wall
        }  # fmt: skip
        assert ({told.first, told.second} - {None} if not told.skipped else set()) == every


class TestToday:
    @pytest.mark.parametrize(
        ("zone", "day"), [("America/Chicago", 24), ("UTC", 25), ("Pacific/Guam", 25), ("Pacific/Honolulu", 24)]
    )
    def test_is_the_day_where_clocks_are_those_of_the_zone(self, zone: str, day: int) -> None:
        assert walltime.today(zone, datetime(2026, 11, 25, 3, tzinfo=UTC)) == date(2026, 11, day)

    def test_is_nowhere_in_no_zone(self) -> None:
        with pytest.raises(ZoneUnknown):
            walltime.today("Mars/Olympus", datetime(2026, 11, 25, tzinfo=UTC) + timedelta())
