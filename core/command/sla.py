"""`python -m core sla`: when a promise would fall due, and why, for any report time; needs no desk."""

import argparse
import json
import sys
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from core.calendars import DAY_NAMES, USUAL_HOURS, zone
from core.clocks import BusinessWeek, Clock, Deadline, Policy, deadline, sentence, words
from core.command.moments import NotUnderstood, moment
from core.open_hours import hours_text, stretches
from core.refusal import Refusal

if TYPE_CHECKING:
    Subparsers = argparse._SubParsersAction[argparse.ArgumentParser]


def add(subparsers: "Subparsers") -> None:
    """Add the command `sla` to the command line."""
    parser = subparsers.add_parser(
        "sla",
        help="say when a promise falls due, and why",
        description="Say when a promise falls due, and why, for any report time; needs no desk.",
    )
    parser.add_argument("--reported", required=True, help="when the report came, as in 2026-11-01T01:30-05:00")
    parser.add_argument("--hours", default="24", help="hours promised, 24 unless told")
    parser.add_argument("--clock", default=Clock.ELAPSED.value, help="elapsed (the default) or business")
    parser.add_argument("--timezone", required=True, help="the client's zone, as in America/Chicago")
    parser.add_argument(
        "--open",
        default=hours_text(USUAL_HOURS),
        help=f"open hours of a working day, {hours_text(USUAL_HOURS)} unless told; also"
        " 08:00-12:00,13:00-17:00, a night shift 22:00-06:00, or 00:00-24:00",
    )
    parser.add_argument("--days", default="mon-fri", help="working days, as in mon-fri or mon,wed,sat")
    parser.add_argument("--calendar", default="US", help="whose holidays: US, or US- and a state, as in US-IL, or none")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.set_defaults(run=run, needs_desk=False)


def run(args: argparse.Namespace) -> int:
    """Print the deadline and its steps; return 0, or 2 after one sentence on what was not understood."""
    try:
        due = _deadline(args)
    except Refusal as refusal:
        print(refusal, file=sys.stderr)
        return 2
    if args.json:
        print(json.dumps(_as_json(due), ensure_ascii=False, indent=2))
    else:
        print(sentence(due, args.timezone))
        for step in due.steps:
            print(f"  {words(step, args.timezone)}")
    return 0


def _deadline(args: argparse.Namespace) -> Deadline:
    timezone: str = args.timezone
    zone(timezone)
    reported_at = moment(args.reported, timezone, "The report")
    week = BusinessWeek(timezone, stretches(args.open), _days(args.days), args.calendar.upper())
    policy = Policy(_number(args.hours), _clock(args.clock), week, effective_from=reported_at)
    return deadline(policy, reported_at)


def _as_json(due: Deadline) -> dict[str, object]:
    timezone = due.policy.week.timezone
    local = zone(timezone)
    steps = [
        {
            "kind": step.kind.value,
            "starts": step.starts.astimezone(local).isoformat(),
            "ends": step.ends.astimezone(local).isoformat(),
            "minutes": _minutes(step.wall.total_seconds()),
            "rule": step.rule,
            "words": words(step, timezone),
        }
        for step in due.steps
    ]
    return {
        "due_at": due.due_at.astimezone(local).isoformat(),
        "reported_at": due.reported_at.astimezone(local).isoformat(),
        "counted_minutes": _minutes(due.counted.total_seconds()),
        "wall_minutes": _minutes(due.wall.total_seconds()),
        "steps": steps,
        "words": sentence(due, timezone),
    }


def _minutes(seconds: float) -> int | float:
    minutes = seconds / 60
    return int(minutes) if minutes.is_integer() else minutes


def _number(given: str) -> Decimal:
    try:
        hours = Decimal(given)
    except InvalidOperation as unclear:
        raise NotUnderstood(f"{given!r} is not a number of hours: write it as in 24 or 1.5.") from unclear
    if not hours.is_finite():
        raise NotUnderstood(f"{given!r} is not a number of hours: write it as in 24 or 1.5.")
    return hours


def _clock(given: str) -> Clock:
    try:
        return Clock(given.lower())
    except ValueError as unclear:
        raise NotUnderstood(f"{given!r} is not a clock: write elapsed or business.") from unclear


def _days(given: str) -> frozenset[int]:
    """Return ISO weekdays from 'mon-fri', 'mon,wed,sat'; 'fri-mon' goes on over the weekend."""
    days: set[int] = set()
    for part in given.split(","):
        first, until, last = part.partition("-")
        start = _day(first, given)
        end = _day(last, given) if until else start
        days.update((start + ahead - 1) % 7 + 1 for ahead in range((end - start) % 7 + 1))
    return frozenset(days)


def _day(name: str, given: str) -> int:
    try:
        return DAY_NAMES.index(name.strip().capitalize()) + 1
    except ValueError as unclear:
        raise NotUnderstood(f"{given!r} is not working days: write them as in mon-fri or mon,wed,sat.") from unclear
