"""A rule as a row of values: what the file and the table of the clocks have under the same names."""

from collections.abc import Mapping
from datetime import date, time
from types import MappingProxyType
from typing import Any

from core.statutes.rule import AfterHours, Extension, From, Lapse, Limit, Rule, Sureness, Unit

SAYS: Mapping[str, type] = MappingProxyType(
    {
        "zone": str, "starts": str, "waits": bool, "amount": int, "unit": str, "extension_amount": int,
        "extension_unit": str, "extension_from": str, "extension_within_amount": int, "extension_within_unit": str,
        "extension_words": str, "information_amount": int, "information_unit": str, "late_channels": str,
        "late_opens": time, "late_closes": time, "late_day_off_moves": bool, "late_words": str, "mail_days": int,
        "defers": bool, "rolls": bool, "last_day_words": str, "day_ends": time, "by_post_days": int, "lapse": str,
        "lapse_words": str, "owner": str, "citation": str, "effective_to": date,
    }
)  # fmt: skip
"""What a version of a clock says, by the names of its columns."""

MORE: Mapping[str, type] = MappingProxyType(
    {"confidence": str, "extension_confidence": str, "note": str, "source": str, "from_known": bool}
)
"""What is known beside that: how sure it is, from where, and whether the day from which it holds was verified."""

BEFORE_ALL = date(1901, 1, 1)
"""From when a rule is kept whose own beginning was not verified."""


def as_row(rule: Rule) -> dict[str, Any]:
    """Return what *rule* says and what is known beside it; what `as_rule` reads."""
    extension, late = rule.extension, rule.after_hours
    return {
        "zone": rule.zone, "starts": rule.starts, "waits": rule.waits, **_limit("", rule.limit),
        **_limit("extension_", extension.limit if extension else None),
        "extension_from": extension.counted_from.value if extension else None,
        **_limit("extension_within_", extension.within if extension else None),
        "extension_words": extension.words if extension else "",
        **_limit("information_", extension.information if extension else None),
        "late_channels": " ".join(sorted(late.channels)), "late_opens": late.opens, "late_closes": late.closes,
        "late_day_off_moves": late.day_off_moves, "late_words": late.words, "mail_days": rule.mail_days,
        "defers": rule.deferrable, "rolls": rule.rolls, "last_day_words": rule.last_day_words,
        "day_ends": rule.day_ends, "by_post_days": rule.by_post_days, "lapse": rule.lapse.value,
        "lapse_words": rule.lapse_words, "owner": rule.owner, "citation": rule.citation,
        "effective_to": rule.effective_to, "confidence": rule.confidence.value,
        "extension_confidence": rule.extension_confidence.value if rule.extension_confidence else None,
        "note": rule.note, "source": rule.source, "from_known": rule.effective_from is not None,
    }  # fmt: skip


def as_rule(
    jurisdiction: str, kind: str, network: bool | None, since: date | None, row: Mapping[str, Any],
    number: int | None = None,
) -> Rule:  # fmt: skip
    """Return the rule that a *row* of values says, which holds from *since* on."""
    limit, extension = _read(row, ""), _read(row, "extension_")
    if limit is None:
        raise ValueError("a clock has a limit")
    sure = row["extension_confidence"]
    return Rule(
        jurisdiction, kind, row["zone"], row["starts"], limit, Lapse(row["lapse"]), row["lapse_words"], row["owner"],
        row["citation"], Sureness(row["confidence"]), waits=row["waits"],
        extension=Extension(
            extension, From(row["extension_from"]), row["extension_words"],
            within=_read(row, "extension_within_"), information=_read(row, "information_"),
        ) if extension else None,
        extension_confidence=Sureness(sure) if sure else None,
        after_hours=AfterHours(
            frozenset(row["late_channels"].split()), row["late_opens"], row["late_closes"], row["late_day_off_moves"],
            row["late_words"],
        ),
        mail_days=row["mail_days"], deferrable=row["defers"], rolls=row["rolls"],
        last_day_words=row["last_day_words"], day_ends=row["day_ends"], by_post_days=row["by_post_days"],
        network=network, effective_from=since if row["from_known"] else None, effective_to=row["effective_to"],
        note=row["note"], source=row["source"], number=number,
    )  # fmt: skip


def _limit(of: str, limit: Limit | None) -> dict[str, Any]:
    return {f"{of}amount": limit.amount if limit else None, f"{of}unit": limit.unit.value if limit else None}


def _read(row: Mapping[str, Any], of: str) -> Limit | None:
    return Limit(row[f"{of}amount"], Unit(row[f"{of}unit"])) if row[f"{of}amount"] is not None else None
