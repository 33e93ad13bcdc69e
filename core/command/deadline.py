"""`python -m core deadline`: by when the law of a state wants something decided, and why; needs no desk."""

import argparse
import json
import sys
from datetime import datetime
from typing import TYPE_CHECKING

from core import states
from core.calendars import zone
from core.command.moments import NotUnderstood, day, moment
from core.refusal import Refusal
from core.statutes import (
    SURENESS,
    Channel,
    Due,
    Events,
    Tolled,
    due,
    lapsed,
    rule_of,
    sentence,
    shipped,
    step_words,
    stretches,
    sureness,
    words,
)

if TYPE_CHECKING:
    Subparsers = argparse._SubParsersAction[argparse.ArgumentParser]

_NOT_YET = "not-yet"


def add(subparsers: "Subparsers") -> None:
    """Add the command `deadline` to the command line."""
    parser = subparsers.add_parser(
        "deadline",
        help="say by when the law wants something decided, and why",
        description="Say by when the law of a state wants something decided, and why; needs no desk. It goes by the"
        " clocks that the desk comes with, not by what an administrator set. No legal advice: see the confidence.",
    )
    parser.add_argument("--jurisdiction", required=True, help="the state, as in CA")
    parser.add_argument("--kind", required=True, help="what is decided, as in prospective")
    parser.add_argument("--received", required=True, help="when the request came, as in 2026-11-25T16:00-08:00")
    parser.add_argument(
        "--complete", help=f"when it was complete, or {_NOT_YET}; as it came, unless told; only some clocks wait for it"
    )
    parser.add_argument("--extended-on", help="the day on which it was extended, as in 2026-11-30")
    parser.add_argument("--information-received", help="when what was asked for came")
    parser.add_argument("--tolled-from", help="when the clock began to stand still, as with an examination ordered")
    parser.add_argument("--tolled-until", help="when it went on, as with the report")
    parser.add_argument("--deferred", help="since when review waits, while liability is disputed")
    parser.add_argument("--deferred-until", help="when liability was no longer disputed")
    parser.add_argument("--channel", help=f"how it came: {', '.join(Channel)}; not known, unless told")
    parser.add_argument("--postmarked-on", help="the day on which a request by mail was posted")
    parser.add_argument(
        "--network", action=argparse.BooleanOptionalAction, help="whether the claim is in a certified network"
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.set_defaults(run=run, needs_desk=False)


def run(args: argparse.Namespace) -> int:
    """Print the due date and the count; return 0, or 2 after one sentence on what was not understood or not known."""
    try:
        counted = _due(args)
    except Refusal as refusal:
        print(refusal, file=sys.stderr)
        return 2
    if args.json:
        print(json.dumps(_as_json(counted), ensure_ascii=False, indent=2))
        return 0
    first, *more = words(counted)
    print(first)
    for line in more:
        print(f"  {line}")
    rule = counted.rule
    print(f"{rule.citation}. Owner: {rule.owner}. Confidence: {sureness(rule)}.")
    print(lapsed(rule))
    return 0


def _due(args: argparse.Namespace) -> Due:
    jurisdiction = states.code(args.jurisdiction) or args.jurisdiction
    rules = shipped()
    timezone = next((rule.zone for rule in rules if rule.jurisdiction == jurisdiction), "UTC")

    def at(given: str | None, what: str) -> datetime | None:
        return None if given is None else moment(given, timezone, what)

    received_at = moment(args.received, timezone, "The request")
    complete_at = None if args.complete == _NOT_YET else at(args.complete, "The request") or received_at
    tolled_from = at(args.tolled_from, "The pause")
    events = Events(
        received_at,
        channel=_channel(args.channel),
        complete_at=complete_at,
        extended_on=None if args.extended_on is None else day(args.extended_on),
        information_received_at=at(args.information_received, "The information"),
        tolled=None if tolled_from is None else Tolled(tolled_from, at(args.tolled_until, "The pause")),
        deferred_at=at(args.deferred, "The deferral"),
        deferred_until=at(args.deferred_until, "The deferral"),
        postmarked_on=None if args.postmarked_on is None else day(args.postmarked_on),
    )
    return due(rule_of(rules, jurisdiction, args.kind, events, in_network=args.network), events)


def _channel(given: str | None) -> Channel | None:
    try:
        return None if given is None else Channel(given.lower())
    except ValueError as unclear:
        raise NotUnderstood(f"{given!r} is not a channel: write {', '.join(Channel)}.") from unclear


def _as_json(counted: Due) -> dict[str, object]:
    rule, local = counted.rule, zone(counted.zone)

    def shown(at: datetime | None) -> str | None:
        return None if at is None else at.astimezone(local).isoformat()

    return {
        "jurisdiction": rule.jurisdiction,
        "kind": rule.kind,
        "due_at": shown(counted.due_at),
        "due_on": counted.due_on.isoformat() if counted.due_on else None,
        "timed": counted.timed,
        "aim_for": counted.aim_for.isoformat() if counted.aim_for else None,
        "by_post_until": counted.by_post_until.isoformat() if counted.by_post_until else None,
        "zone": counted.zone,
        "state": counted.state.value,
        "counts_as_received_at": shown(counted.received_at),
        "rule": {
            "starts": rule.starts,
            "amount": rule.limit.amount,
            "unit": rule.limit.unit.value,
            "extension": None if rule.extension is None else str(rule.extension.limit),
            "extension_condition": None if rule.extension is None else rule.extension.words,
            "effective_from": rule.effective_from.isoformat() if rule.effective_from else None,
            "effective_to": rule.effective_to.isoformat() if rule.effective_to else None,
            "owner": rule.owner,
            "ours": rule.ours,
            "network": rule.network,
            "note": rule.note,
        },
        "citation": rule.citation,
        "confidence": SURENESS[rule.confidence],
        "extension_confidence": SURENESS[rule.extension_confidence] if rule.extension_confidence else None,
        "lapse": {"family": rule.lapse.value, "words": lapsed(rule)},
        "steps": [
            {
                "kind": steps[0].kind.value,
                "starts": shown(steps[0].starts),
                "ends": shown(steps[-1].ends),
                "words": step_words(counted, *steps),
            }
            for steps in stretches(counted)
        ],
        "remarks": list(counted.remarks),
        "words": sentence(counted),
    }
