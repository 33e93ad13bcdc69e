"""The clocks that the desk comes with, read from clocks.csv beside this."""

import csv
from collections.abc import Mapping
from datetime import date, time
from functools import lru_cache
from pathlib import Path

from core.statutes.rule import AfterHours, Extension, From, Lapse, Limit, Rule, Sureness, Unit

_FILE = Path(__file__).with_name("clocks.csv")
_YES_OR_NO = {"": None, "yes": True, "no": False}


@lru_cache(maxsize=1)
def shipped() -> tuple[Rule, ...]:
    """Return every rule that the desk comes with, in the order of the file."""
    with _FILE.open(encoding="utf-8", newline="") as file:
        return tuple(from_row(row) for row in csv.DictReader(file))


def from_row(row: Mapping[str, str]) -> Rule:
    """Return the rule that a row of texts says, empty where it says nothing."""
    limit = _limit(row, "")
    assert limit is not None
    return Rule(
        jurisdiction=row["jurisdiction"],
        kind=row["kind"],
        zone=row["zone"],
        starts=row["starts"],
        limit=limit,
        lapse=Lapse(row["lapse"]),
        lapse_words=row["lapse_words"],
        owner=row["owner"],
        citation=row["citation"],
        confidence=Sureness(row["confidence"]),
        waits=row["waits"] == "yes",
        extension=_extension(row),
        extension_confidence=Sureness(row["extension_confidence"]) if row["extension_confidence"] else None,
        after_hours=AfterHours(
            channels=frozenset(row["late_channels"].split()),
            opens=_time(row["late_opens"]),
            closes=_time(row["late_closes"]),
            day_off_moves=row["late_day_off"] == "moves",
            words=row["late_words"],
        ),
        mail_days=_number(row["mail_days"]),
        deferrable=row["deferrable"] == "yes",
        rolls=row["rolls"] == "yes",
        last_day_words=row["last_day_words"],
        day_ends=_time(row["day_ends"]),
        by_post_days=_number(row["by_post_days"]),
        network=_YES_OR_NO[row["network"]],
        effective_from=_date(row["effective_from"]),
        effective_to=_date(row["effective_to"]),
        note=row["note"],
        source=row["source"],
    )


def _extension(row: Mapping[str, str]) -> Extension | None:
    limit = _limit(row, "extension_")
    if limit is None:
        return None
    return Extension(
        limit, From(row["extension_from"]), row["extension_words"],
        within=_limit(row, "extension_within_"), information=_limit(row, "information_"),
    )  # fmt: skip


def _limit(row: Mapping[str, str], of: str) -> Limit | None:
    amount = _number(row[f"{of}amount"])
    return None if amount is None else Limit(amount, Unit(row[f"{of}unit"]))


def _number(text: str) -> int | None:
    return int(text) if text else None


def _time(text: str) -> time | None:
    return time.fromisoformat(text) if text else None


def _date(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
