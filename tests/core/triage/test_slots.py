"""Which times are offered for a triage call: free ones before the deadline, the best first, each with its reasons."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import local_time, triage
from core.access import Role
from core.triage import slots
from core.triage.licences import COMPACT
from core.triage.slots import LASTS, Need, against, best, free
from db.queries.triage import Clinician
from tests import factories
from tests.core.triage import work
from tests.factories import NOW

CHICAGO, NEW_YORK = ZoneInfo("America/Chicago"), ZoneInfo("America/New_York")
TEN = datetime(2026, 11, 24, 10, 0, tzinfo=CHICAGO)
HALF = timedelta(minutes=30)


def clinician(staff_id: int = 1, **changes) -> Clinician:
    usual = {
        "full_name": f"Nurse {staff_id}", "timezone": "America/Chicago", "hours": work.WEEKDAYS, "languages": [],
        "licences": ["IL"], "compact": False, "daily_calls": 10, "away_from": [], "away_until": [], "busy_from": [],
        "busy_until": [],
    }  # fmt: skip
    return Clinician(staff_id, **usual | changes)


def busy(*begins: datetime) -> dict[str, list[datetime]]:
    return {"busy_from": list(begins), "busy_until": [at + LASTS for at in begins]}


def need(
    *, state: str | None = "IL", language: str | None = None, since: datetime = TEN, hours: float = 24,
    best_hours: str | None = None,
) -> Need:  # fmt: skip
    return Need(state, language, since, since + timedelta(hours=hours), local_time.place(state), best_hours)


class TestFree:
    def test_is_each_half_hour_that_ends_within_the_hours(self) -> None:
        times = [at.astimezone(CHICAGO) for at in free(clinician(), TEN, TEN + 4 * work.HOUR)]

        assert [f"{at:%H:%M}" for at in times] == ["10:00", "10:30", "11:00", "11:30", "13:00", "13:30"]

    def test_begins_on_the_half_hour_and_not_before_it_is_asked_for(self) -> None:
        assert next(free(clinician(), TEN + timedelta(minutes=1), TEN + 4 * work.HOUR)) == TEN + HALF

    @pytest.mark.parametrize(
        ("day", "hours", "expected"),
        [
            # 02:00 to 03:00 does not occur: the night shift is an hour shorter.
            (datetime(2026, 3, 8, tzinfo=CHICAGO), 14, 14),
            # 01:00 to 02:00 comes twice: it is an hour longer.
            (datetime(2026, 11, 1, tzinfo=CHICAGO), 18, 18),
            (datetime(2026, 11, 8, tzinfo=CHICAGO), 16, 16),
        ],
        ids=["clocks go forward", "clocks go back", "another night"],
    )
    def test_hours_are_wall_time_on_both_sides_of_a_clock_change(self, day, hours: int, expected: int) -> None:
        night = clinician(hours=["", "", "", "", "", "22:00-06:00", ""])  # from Saturday into Sunday
        since = day - timedelta(hours=2)

        times = list(free(night, since, since + timedelta(hours=12)))

        assert len(times) == expected
        assert times[0].astimezone(CHICAGO).hour == 22
        assert (times[-1] + LASTS).astimezone(CHICAGO).hour == 6


class TestBest:
    def test_speaks_the_language_is_licensed_there_and_has_few_calls(self) -> None:
        spanish = clinician(1, languages=["Spanish"], **busy(TEN - work.HOUR, TEN - 2 * work.HOUR))

        offered = best(need(language="spanish"), [clinician(2), spanish])

        assert [slot.clinician for slot in offered] == ["Nurse 1"] * 3
        assert offered[0].reasons == ("speaks spanish", "licensed in IL", "2 calls that morning")

    def test_needs_an_interpreter_where_nobody_speaks_it(self) -> None:
        assert best(need(language="Polish"), [clinician()])[0].reasons[0] == "needs an interpreter for Polish"

    def test_are_of_different_times_for_the_worker_to_choose_from(self) -> None:
        offered = best(need(), [clinician(1), clinician(2)])

        assert len({slot.starts_at for slot in offered}) == 3

    def test_spares_who_has_many_calls(self) -> None:
        loaded = clinician(1, **busy(*(TEN - n * HALF for n in range(1, 4))))

        assert best(need(), [loaded, clinician(2)])[0].clinician == "Nurse 2"

    def test_leaves_out_who_has_no_licence_there(self) -> None:
        assert best(need(state="TX"), [clinician()]) == []
        (reasons, *_) = (slot.reasons for slot in best(need(state="TX"), [clinician(compact=True)]))
        assert "licensed in TX by the compact" in reasons

    def test_leaves_out_when_nobody_is_called_where_the_worker_is(self) -> None:
        early = clinician(hours=["05:00-11:00"] * 7, licences=["CA"])

        offered = best(need(state="CA", since=TEN.replace(hour=5), hours=6), [early])

        assert [f"{slot.starts_at.astimezone(CHICAGO):%H:%M}" for slot in offered] == ["10:00", "10:30"]

    @pytest.mark.parametrize("state", sorted(COMPACT))
    def test_a_multistate_licence_holds_in_the_compact(self, state: str) -> None:
        assert slots.licensed(state, ["OH"], compact=True)
        assert state == "OH" or not slots.licensed(state, ["OH"], compact=False)


spans = st.lists(
    st.tuples(st.integers(0, 600), st.integers(15, 240)).map(
        lambda span: (TEN + timedelta(minutes=span[0]), TEN + timedelta(minutes=span[0] + span[1]))
    ),
    max_size=4,
)


class TestWhatIsOffered:
    @given(spans, spans, st.integers(1, 6))
    def test_can_be_booked_and_what_is_left_out_cannot(self, away, taken, most: int) -> None:
        of_day = clinician(
            away_from=[span[0] for span in away], away_until=[span[1] for span in away],
            busy_from=[span[0] for span in taken], busy_until=[span[1] for span in taken], daily_calls=most,
        )  # fmt: skip
        wanted = need(hours=9)
        times = set(free(of_day, wanted.since, wanted.until))
        for minute in range(0, 9 * 60, 30):
            at = TEN + timedelta(minutes=minute)
            meets = any(begin < at + LASTS and end > at for begin, end in taken)
            can = not against(wanted, of_day, at, at + LASTS) and not meets and at + LASTS <= wanted.until
            assert (at in times) == can, at


@pytest.mark.usefixtures("desk")
class TestOffers:
    def test_are_before_the_deadline(self, desk, client, va) -> None:
        work.clinician(desk, client)
        claim = factories.claim(client, due_at=NOW + 2 * work.HOUR)

        offered = work.offers(va, client, claim)

        assert [f"{slot.starts_at.astimezone(CHICAGO):%H:%M}" for slot in offered.slots] == ["09:30", "10:00", "10:30"]

    def test_that_there_are_none_says_who_could_be_asked_and_what_is_behind_the_deadline(
        self, desk, client, va
    ) -> None:
        full, elsewhere = work.clinician(desk, client), work.clinician(desk, client, licences=["OH"])
        asleep = work.clinician(desk, client, hours=["20:00-23:00"] * 7)
        for hour in (15, 16):
            for minute in (0, 30):
                work.book(va, client, factories.claim(client), full, NOW.replace(hour=hour, minute=minute) + HALF)
        claim = factories.claim(client, due_at=NOW + 2 * work.HOUR)

        offered = work.offers(va, client, claim)

        assert offered.slots == ()
        assert offered.later[0].starts_at == NOW + timedelta(hours=2, minutes=30)
        assert set(offered.asked) == {
            f"{full.name}: booked until the deadline",
            f"{elsewhere.name}: not licensed in IL",
            f"{asleep.name}: does not work before the deadline",
        }

    def test_tell_nothing_of_other_clients_calls_but_that_the_time_is_taken(self, desk, client, va) -> None:
        other = factories.client()
        both = work.clinician(desk, client, other)
        theirs = factories.staff(Role.VA, other)
        work.book(theirs, other, factories.claim(other), both, TEN)

        claim = factories.claim(client, due_at=NOW + 2 * work.HOUR)

        assert TEN not in [slot.starts_at for slot in work.offers(va, client, claim).slots]
        with pytest.raises(triage.TimeTaken):
            work.book(va, client, claim, both, TEN)


STARTS = st.lists(st.integers(0, 40).map(lambda n: TEN + n * HALF), unique=True, max_size=6)


class TestTheBestOfAll:
    """What is not looked at any more, because nothing better can come, changes nothing of what is offered."""

    @staticmethod
    def ranked(asked: Need, clinicians: list[Clinician]) -> list[tuple[int, datetime]]:
        """Rank every free time of everybody by what is said of it, and take the first at each of three times."""
        rows = []
        for each in clinicians:
            zone = ZoneInfo(each.timezone)
            for at in free(each, asked.since, asked.until):
                local = at.astimezone(zone)
                same_half = [
                    call for call in each.busy_from
                    if (call.astimezone(zone).date(), call.astimezone(zone).hour < 12) == (local.date(), local.hour < 12)
                ]  # fmt: skip
                if local_time.there(asked.place, at).rings:
                    speaks = not asked.language or asked.language in each.languages
                    suits = not asked.best_hours or 13 <= at.astimezone(CHICAGO).hour < 15
                    counts_as = at + timedelta(minutes=20) * len(same_half)
                    rows.append((not speaks, not suits, counts_as, at, each.staff_id))
        chosen: dict[datetime, int] = {}
        for *_, at, staff_id in sorted(rows):
            chosen.setdefault(at, staff_id)
        return [(staff_id, at) for at, staff_id in list(chosen.items())[:3]]

    @given(
        st.lists(
            st.builds(
                lambda number, begins, **changes: clinician(number, daily_calls=4, **busy(*sorted(begins)), **changes),
                st.integers(1, 99),
                STARTS,
                languages=st.sampled_from([[], ["Spanish"]]),
                timezone=st.sampled_from(["America/Chicago", "America/New_York"]),
                hours=st.sampled_from([work.WEEKDAYS, ["08:00-18:00"] * 7, ["12:00-20:00"] * 7]),
            ),
            min_size=1, max_size=6, unique_by=lambda each: each.staff_id,
        ),
        st.builds(
            need,
            language=st.sampled_from([None, "Spanish"]),
            hours=st.integers(1, 40),
            best_hours=st.sampled_from([None, "13:00-15:00"]),
        ),
    )  # fmt: skip
    def test_is_offered(self, clinicians: list[Clinician], asked: Need) -> None:
        offered = [(each.clinician_id, each.starts_at) for each in best(asked, clinicians)]

        assert offered == self.ranked(asked, clinicians)
