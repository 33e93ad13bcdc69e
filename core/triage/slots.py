"""When a triage call can be: the free times of those who make them, and the best of these for a claim."""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property, lru_cache
from heapq import merge
from itertools import repeat
from operator import attrgetter, itemgetter
from typing import NamedTuple
from zoneinfo import ZoneInfo

from core import local_time, walltime, words
from core.local_time import Place
from core.open_hours import Stretch, stretches
from core.triage.licences import licensed
from db.queries.triage import Clinician

LASTS = timedelta(minutes=30)
"""How long a triage call is booked for."""

NOTICE = timedelta(minutes=15)
"""How long before it begins a call is booked at the latest where it is offered."""

OFFERED = 3
"""As many slots are offered."""

ENGLISH = frozenset({"", "english", "en", "eng"})
"""What stands for English, or for nothing that is known, in a worker's language."""

_DAY = timedelta(days=1)
_A_CALL_COSTS = timedelta(minutes=20)
"""By how much later a slot may be for each call that a clinician has on that half of the day, and be as good."""
_OVERTIME = timedelta(hours=2)
"""How long before and after the own hours somebody is asked for a call; a break that is shorter is left alone."""


@dataclass(frozen=True)
class Need:
    """
    What a call with a worker asks for: the state of the claim, the language, between when it is to be, where the worker
    is, and the hours that suit best there, as `open_hours.stretches` reads them.
    """

    state: str | None
    language: str | None
    since: datetime
    until: datetime
    place: Place | None
    best_hours: str | None = None

    @cached_property
    def other_language(self) -> str | None:
        """The language where it is another than English."""
        return None if (self.language or "").strip().casefold() in ENGLISH else self.language


@dataclass(frozen=True)
class Slot:
    """A time at which a clinician can make the call, and in words what speaks for it. Instants are aware, UTC."""

    clinician_id: int
    clinician: str
    clinician_timezone: str
    starts_at: datetime
    ends_at: datetime
    reasons: tuple[str, ...]


def best(need: Need, clinicians: Sequence[Clinician], *, most: int = OFFERED) -> list[Slot]:
    """
    Return at most *most* slots that are free and allowed for *need*, the best first, no two of them at one time.

    One who speaks the worker's language comes before one who needs an interpreter, and then hours that suit the worker
    best before others; then what is sooner, where each call that the clinician has on that half of the day counts as a
    delay.
    """
    alike: dict[tuple[bool, tuple[str, ...], str], list[_Calendar]] = {}
    for each in sorted(clinicians, key=attrgetter("staff_id")):
        if licensed(need.state, each.licences, compact=each.compact):
            alike.setdefault((not speaks(each, need), tuple(each.hours), each.timezone), []).append(_Calendar(each))
    times = [
        zip(repeat(interpreted), _half_hours_between(hours, timezone, need.since, need.until), repeat(calendars))
        for (interpreted, hours, timezone), calendars in alike.items()
    ]
    firsts: dict[datetime, _Ranked] = {}
    chosen: list[_Ranked] = []
    for interpreted, at, calendars in merge(*times, key=itemgetter(0, 1)):
        starts_at = at.starts_at
        if len(chosen) == most and (interpreted, False, starts_at) > chosen[-1][:3]:
            break  # none that is later comes before those that are found
        if rings(need.place, starts_at) and (found := _least_busy(calendars, at)):
            calls, clinician = found
            counts_as = starts_at + calls * _A_CALL_COSTS
            unsuited = _suits(need, starts_at) is False
            ranked = (interpreted, unsuited, counts_as, starts_at, clinician.staff_id, calls, clinician)
            if starts_at not in firsts or ranked < firsts[starts_at]:
                firsts[starts_at] = ranked
                chosen = sorted(firsts.values())[:most]
    return [_slot(clinician, starts_at, calls, need) for *_, starts_at, _, calls, clinician in chosen]


_Ranked = tuple[bool, bool, datetime, datetime, int, int, Clinician]
"""
A slot by what it is ranked: if an interpreter is needed, if it suits badly, as what it counts, when it is, whose; then
how many calls there are on that half of the day, and with whom it is.
"""


def _least_busy(calendars: Iterable["_Calendar"], at: "_Time") -> tuple[int, Clinician] | None:
    """Return the first of those free *at* a time who has the fewest calls on that half of the day, and how many."""
    found = None
    for each in calendars:
        if each.is_free(at) and (found is None or each.calls[at.half] < found[0]):
            found = each.calls[at.half], each.clinician
            if not found[0]:
                break
    return found


def against(need: Need, clinician: Clinician, starts_at: datetime, ends_at: datetime) -> list[str]:
    """Return in words all that speaks against a call of this clinician then, but for another call at that time."""
    name = clinician.full_name
    said = []
    if not licensed(need.state, clinician.licences, compact=clinician.compact):
        said.append(f"{name} is not licensed in {need.state}")
    if not any(opens <= starts_at and ends_at <= closes for opens, closes in worked(clinician, starts_at, ends_at)):
        said.append(f"{name} does not work then")
    elif _meets(starts_at, ends_at, clinician.away_from, clinician.away_until):
        said.append(f"{name} is away then")
    day = starts_at.astimezone(ZoneInfo(clinician.timezone)).date()
    if _Calendar(clinician).calls_on(day) >= clinician.daily_calls:
        said.append(f"{name} has {words.counted(clinician.daily_calls, 'call')} that day, and takes no more")
    if need.place and not rings(need.place, starts_at):
        said.append(f"it is {local_time.there(need.place, starts_at).words} for the worker")
    return said


def free(clinician: Clinician, since: datetime, until: datetime) -> Iterator[datetime]:
    """
    Go through the times, aware, UTC, at which the clinician could begin a call that ends by *until*: each half hour of
    the hours worked, but for those in which the person is away, is on a call that runs into it, or has calls enough.
    """
    calendar = _Calendar(clinician)
    times = _half_hours_between(tuple(clinician.hours), clinician.timezone, since, until)
    return (each.starts_at for each in times if calendar.is_free(each))


class _Time(NamedTuple):
    """A half hour that is worked: when it begins and ends, and on which half of which day on the clinician's clocks."""

    starts_at: datetime
    ends_at: datetime
    half: tuple[date, bool]


@dataclass
class _Calendar:
    """What a clinician has."""

    clinician: Clinician

    @cached_property
    def calls(self) -> Counter[tuple[date, bool]]:
        """How many calls there are on each half of a day on the clinician's clocks."""
        zone = ZoneInfo(self.clinician.timezone)
        return Counter(_half(busy.astimezone(zone)) for busy in self.clinician.busy_from)

    def calls_on(self, day: date) -> int:
        """Return how many calls there are that day on the clinician's clocks."""
        return self.calls[day, True] + self.calls[day, False]

    def is_free(self, at: _Time) -> bool:
        """Tell whether the clinician takes one more call that day, and has nothing else then."""
        clinician, (starts_at, ends_at, (day, _)) = self.clinician, at
        return (
            self.calls_on(day) < clinician.daily_calls
            and not _meets(starts_at, ends_at, clinician.away_from, clinician.away_until)
            and not _meets(starts_at, ends_at, clinician.busy_from, clinician.busy_until)
        )


def _half_hours_between(hours: tuple[str, ...], timezone: str, since: datetime, until: datetime) -> tuple[_Time, ...]:
    """Return, in order, each half hour in which these hours of a week are worked that lies between."""
    times = _half_hours(hours, timezone, *_days(timezone, since, until))
    return times[bisect_left(times, since, key=itemgetter(0)) : bisect_right(times, until, key=itemgetter(1))]


@lru_cache(maxsize=1_000)
def _half_hours(hours: tuple[str, ...], timezone: str, first: date, last: date) -> tuple[_Time, ...]:
    """Return, in order, each half hour in which these hours of a week are worked; many people work the same."""
    zone = ZoneInfo(timezone)
    found = []
    for opens, closes in _spans(hours, timezone, first, last):
        starts_at = _half_hour(opens)
        while starts_at + LASTS <= closes:
            found.append(_Time(starts_at, starts_at + LASTS, _half(starts_at.astimezone(zone))))
            starts_at += LASTS
    return tuple(found)


def overtime(clinician: Clinician, need: Need) -> list[tuple[datetime, bool, int]]:
    """
    Return where the clinician's hours begin and end, whether it is before that, and how many minutes are free there
    for calls that *need* asks for, within two hours and outside of all other hours.
    """
    hours = worked(clinician, need.since - _OVERTIME, need.until + _OVERTIME)
    found = []
    for opens, closes in hours:
        for begins, ends, edge in ((opens - _OVERTIME, opens, opens), (closes, closes + _OVERTIME, closes)):
            if any(begins < span[1] and ends > span[0] for span in hours if span != (opens, closes)):
                continue
            number, starts_at = 0, _half_hour(max(begins, need.since))
            while (ends_at := starts_at + LASTS) <= min(ends, need.until):
                taken = _meets(starts_at, ends_at, clinician.away_from, clinician.away_until) or _meets(
                    starts_at, ends_at, clinician.busy_from, clinician.busy_until
                )
                number += not taken and rings(need.place, starts_at)
                starts_at = ends_at
            if number:
                found.append((edge, edge == opens, number * int(LASTS.total_seconds() // 60)))
    return found


def _days(timezone: str, since: datetime, until: datetime) -> tuple[date, date]:
    """Return the days from which on, and to which, hours are looked at: a night's shift begins the day before."""
    zone = ZoneInfo(timezone)
    return since.astimezone(zone).date() - _DAY, until.astimezone(zone).date()


def worked(clinician: Clinician, since: datetime, until: datetime) -> list[tuple[datetime, datetime]]:
    """Return the spans, in UTC, in which the clinician works that meet the time between; what touches is one."""
    spans = _spans(tuple(clinician.hours), clinician.timezone, *_days(clinician.timezone, since, until))
    return [span for span in spans if span[0] < until and span[1] > since]


@lru_cache(maxsize=1_000)
def _spans(hours: tuple[str, ...], timezone: str, first: date, last: date) -> tuple[tuple[datetime, datetime], ...]:
    zone = ZoneInfo(timezone)
    spans: list[tuple[datetime, datetime]] = []
    for number in range((last - first).days + 1):
        day = first + number * _DAY
        if of_day := hours[day.weekday()]:
            for stretch in stretches(of_day):
                opens, closes = _span(day, stretch, zone)
                if spans and opens <= spans[-1][1]:
                    spans[-1] = (spans[-1][0], max(closes, spans[-1][1]))
                else:
                    spans.append((opens, closes))
    return tuple(spans)


def _span(day: date, stretch: Stretch, zone: ZoneInfo) -> tuple[datetime, datetime]:
    opens = walltime.meant(day, stretch.starts, zone).first
    return opens, walltime.meant(day + _DAY * stretch.runs_on, stretch.ends, zone).first


def _half_hour(at: datetime) -> datetime:
    """Return the first half or full hour that is not before *at*."""
    return at + (datetime.min.replace(tzinfo=UTC) - at.astimezone(UTC)) % LASTS


def _meets(starts_at: datetime, ends_at: datetime, begins: Iterable[datetime], ends: Iterable[datetime]) -> bool:
    return any(begin < ends_at and end > starts_at for begin, end in zip(begins, ends, strict=True))


def _half(local: datetime) -> tuple[date, bool]:
    return local.date(), local.time() < time(12)


@lru_cache(maxsize=10_000)
def rings(place: Place | None, at: datetime) -> bool:
    """Tell whether people are called at *at* where the worker is."""
    return place is None or local_time.there(place, at).rings


def _suits(need: Need, at: datetime) -> bool | None:
    """Tell whether a call at *at* lies in the hours that suit the worker best; None where these are not known."""
    if not need.best_hours or need.place is None:
        return None
    zone = ZoneInfo(need.place.zones[0])
    today = at.astimezone(zone).date()
    spans = [_span(day, each, zone) for each in stretches(need.best_hours) for day in (today - _DAY, today)]
    return any(opens <= at and at + LASTS <= closes for opens, closes in spans)


def speaks(clinician: Clinician, need: Need) -> bool:
    """Tell whether the clinician speaks the worker's language."""
    wanted = need.other_language
    return wanted is None or wanted.strip().casefold() in (each.casefold() for each in clinician.languages)


def _slot(clinician: Clinician, starts_at: datetime, calls: int, need: Need) -> Slot:
    reasons = []
    if wanted := need.other_language:
        reasons.append(f"speaks {wanted}" if speaks(clinician, need) else f"needs an interpreter for {wanted}")
    if need.state:
        by_compact = "" if need.state in clinician.licences else " by the compact"
        reasons.append(f"licensed in {need.state}{by_compact}")
    if _suits(need, starts_at):
        reasons.append("in the worker's best hours")
    _, early = _half(starts_at.astimezone(ZoneInfo(clinician.timezone)))
    half = "morning" if early else "afternoon"
    reasons.append(f"{words.counted(calls, 'call')} that {half}" if calls else f"no call yet that {half}")
    return Slot(
        clinician.staff_id, clinician.full_name, clinician.timezone, starts_at, starts_at + LASTS, tuple(reasons)
    )
