"""
Which days a calendar has as holidays: that of the country, and those of its states, its district and its territories.

The rules lie beside this in holiday_rules.csv, each with its source and how sure it is. A calendar whose days are all
there is made of them alone. Of the others the package `holidays` has the days; the file says which of those are not
kept, what it lacks, and in a row named * how they move from a weekend. Where no rule is known a Saturday does not move.
"""

import csv
import re
from calendar import monthrange
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

import holidays

from core.refusal import Refusal

NO_HOLIDAYS = "NONE"
"""The calendar of a client that works every day of its week."""

_RULES = Path(__file__).with_name("holiday_rules.csv")
_CALENDAR = re.compile(r"(?P<country>[A-Z]{2})(-(?P<part>[A-Z0-9]{1,3}))?")
_ANY, _ELSEWHERE, _NOT_KEPT = "*", "listed elsewhere", "not kept"
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DAY, _WEEK = timedelta(days=1), timedelta(days=7)


class CalendarUnknown(Refusal):
    text = "This calendar of holidays is not known: name a country, or a country and a state, as in US or US-IL."


@dataclass(frozen=True)
class _Rule:
    """
    A row of the file: a holiday, when it is (in words), whether a Saturday or Sunday moves it, since which year, how
    sure that is, and its source.
    """

    holiday: str
    when: str
    moves_saturday: bool
    moves_sunday: bool
    since: int
    confidence: str
    source: str


@lru_cache(maxsize=1024)
def closures(calendar: str, working_days: frozenset[int], year: int) -> Mapping[date, str]:
    """
    Return the days of *year* on which whoever works on *working_days* (ISO weekdays) is closed, with their names.

    A holiday closes one day: its own, or where nobody works on that, the day on which the calendar observes it.

    :raises CalendarUnknown: if there is no such calendar.
    """
    closed: dict[date, str] = {}
    moved: dict[date, str] = {}
    for near in (year - 1, year, year + 1):  # A New Year's Day can be observed in the old year.
        for day, name, rule in _kept(calendar, near):
            observed = _observed(day, rule)
            if day.isoweekday() in working_days:
                closed[day] = name
            elif observed is not None and observed.isoweekday() in working_days:
                moved[observed] = f"{name} (observed)"
    return {day: name for day, name in sorted((moved | closed).items()) if day.year == year}


def is_whole(calendar: str) -> bool:
    """Tell whether the file has all days of *calendar*, each with its source, and none comes from the package."""
    rules = _rules().get(calendar, ())
    return any(rule.when not in (_ELSEWHERE, _NOT_KEPT) for rule in rules) and all(r.holiday != _ANY for r in rules)


def sources(calendar: str) -> Mapping[str, str]:
    """Return how sure each holiday is that the file has of *calendar*, and from where, by its name: 'knowledge, …'."""
    return {rule.holiday: f"{rule.confidence}, {rule.source}" for rule in _rules().get(calendar, ())}


def holidays_in_words(calendar: str) -> str:
    """Return whose holidays *calendar* keeps: 'federal holidays', 'holidays of Ohio', 'no holidays'."""
    match calendar:
        case "US":
            return "federal holidays"
        case "NONE":
            return "no holidays"
    return f"holidays of {states().get(calendar, calendar)}"


def calendars() -> tuple[str, ...]:
    """Return the calendars one can choose: the country's first, those of the states by name, that of no holidays."""
    return ("US", *sorted(states(), key=states().__getitem__), NO_HOLIDAYS)


@lru_cache(maxsize=1)
def states() -> Mapping[str, str]:
    """Return the calendars of the states, the district and the territories, with their names."""
    named = holidays.country_holidays("US").subdivisions_aliases
    return {f"US-{code}": name for name, code in named.items() if code != "UM"}  # islands where nobody lives


def _kept(calendar: str, year: int) -> Iterator[tuple[date, str, _Rule]]:
    """Yield the holidays of *year*, each with its own day and the rule by which it moves."""
    if calendar == NO_HOLIDAYS:
        return
    rules = _rules().get(calendar, ())
    general = next((rule for rule in rules if rule.holiday == _ANY), None)
    dated = [rule for rule in rules if rule.when not in (_ELSEWHERE, _NOT_KEPT)]
    if not is_whole(calendar):
        [anywhere] = _rules()[_ANY]
        left_out = {rule.holiday for rule in rules if rule.when == _NOT_KEPT}
        for day, names in _listed(calendar, year).items():
            if named := [name for name in names.split("; ") if name not in left_out]:
                yield day, "; ".join(named), general or anywhere
    for rule in dated:
        if year >= rule.since:
            yield _date(rule.when, year), rule.holiday, rule


def _observed(day: date, rule: _Rule) -> date | None:
    if day.isoweekday() == 7:
        return day + _DAY if rule.moves_sunday else None
    return day - _DAY if rule.moves_saturday and day.isoweekday() == 6 else None


def _date(when: str, year: int) -> date:
    """Return the day of *year* that is meant by 'Jul 4', '3rd Mon Jan', 'last Mon May' or 'Fri after 4th Thu Nov'."""
    match when.split():
        case [weekday, "after", *base]:
            day = _date(" ".join(base), year) + _DAY
            return day + (_DAYS.index(weekday) - day.weekday()) % 7 * _DAY
        case ["last", weekday, month]:
            number = _MONTHS.index(month) + 1
            day = date(year, number, monthrange(year, number)[1])
            return day - (day.weekday() - _DAYS.index(weekday)) % 7 * _DAY
        case [nth, weekday, month]:
            day = date(year, _MONTHS.index(month) + 1, 1)
            return day + (_DAYS.index(weekday) - day.weekday()) % 7 * _DAY + (int(nth[0]) - 1) * _WEEK
        case [month, number]:
            return date(year, _MONTHS.index(month) + 1, int(number))
    raise ValueError(when)


def _listed(calendar: str, year: int) -> Mapping[date, str]:
    """Return what the package has for *calendar*, each holiday on its own day."""
    named = _CALENDAR.fullmatch(calendar)
    if named is None:
        raise CalendarUnknown
    try:
        # A finished table: the package's own object fills itself while it is read, which threads would see.
        return dict(holidays.country_holidays(named["country"], subdiv=named["part"], years=year, observed=False))
    except NotImplementedError as unknown:
        raise CalendarUnknown from unknown


@lru_cache(maxsize=1)
def _rules() -> Mapping[str, list[_Rule]]:
    rules: dict[str, list[_Rule]] = {}
    with _RULES.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            rules.setdefault(row["calendar"], []).append(
                _Rule(
                    row["holiday"],
                    row["rule"],
                    row["saturday"] == "moves to Friday",
                    row["sunday"] == "moves to Monday",
                    int(row["since"] or 0),
                    row["confidence"],
                    row["source"],
                )
            )
    return rules
