"""What a report of injury should hold, and the questions that are open while it does not."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

import phonenumbers

from core import social_security

ELEMENTS: Mapping[str, str] = MappingProxyType(
    {
        "name": "the worker's full name",
        "birth_date": "date of birth",
        "reach": "a way to reach the worker",
        "preferred_contact": "preferred contact method",
        "language": "language",
        "jurisdiction": "state of jurisdiction",
        "body_part": "part of body",
        "narrative": "what happened",
        "client_claim_number": "client's claim number",
        "date_of_injury": "date of injury",
        "reported_at": "time of the report",
    }
)
"""Every element that intake may have to ask for, in the order of a conversation, in words. A missing one never blocks
a report: it becomes an open intake question. The last three are asked only where they look wrong."""

CONTACT_METHODS: Mapping[str, str] = MappingProxyType(
    {
        "phone": "telephone",
        "text": "text message",
        "email": "e-mail",
        "letter": "letter",
        "attorney": "through attorney",
    }
)
"""How a worker may prefer to be contacted, in words."""

JURISDICTIONS = (
    *("AL", "AK", "AZ", "AR", "CA", "CO", "CT", "DE", "DC", "FL", "GA", "GU", "HI", "ID", "IL", "IN", "IA", "KS"),
    *("KY", "LA", "ME", "MD", "MA", "MI", "MN", "MS", "MO", "MT", "NE", "NV", "NH", "NJ", "NM", "NY", "NC", "ND"),
    *("OH", "OK", "OR", "PA", "PR", "RI", "SC", "SD", "TN", "TX", "UT", "VT", "VA", "VI", "WA", "WV", "WI", "WY"),
)
"""Postal codes of the states, the district and the territories that have a compensation law of their own."""

DATE_FLAGS = ("future_injury", "negative_lag", "future_date", "report_time_missing", "report_time_midnight")
"""The flags that speak of dates; a corrected report is looked at for these anew."""

YOUNGEST, OLDEST = 14, 90
"""Ages at injury between which a birth date is believed without asking."""

LONGEST_NUMBER = 100
"""Letters that a client's claim number has at most."""

NOT_A_CLAIM_NUMBER = "A social security number was given as the client's claim number. It was not kept."
"""Why the client's claim number is asked for where a social security number stood in its place."""

LONGEST_PLACE = 500
"""Letters that are kept of where an injury happened."""

LONGEST_REPORTER = 200
"""Letters that are kept of who reported an injury, and of where to call back."""

_WRITTEN_OUT = re.compile(r"\+1[2-9]\d{2}[2-9]\d{6}")


@dataclass(frozen=True)
class Report:
    """
    A report of injury as it arrived. Only the worker, the date of injury and the report's time are needed.

    `reported_at` is aware; `reported_to` is 'minute', or 'day' where only the day is known. `reporter` is who reported
    the injury, name and role as told, with `reporter_phone` to call back: good to have, and never asked for again.
    `injury_place` is where it happened, as told: site, street, town. The worker's own address is `address`.
    """

    family_name: str
    date_of_injury: date
    reported_at: datetime
    reported_to: str = "minute"
    given_name: str = ""
    birth_date: date | None = None
    phone: str | None = None
    email: str | None = None
    address: str | None = None
    postal_code: str | None = None
    language: str | None = None
    preferred_contact: str | None = None
    jurisdiction: str | None = None
    injured_time: time | None = None
    narrative: str | None = None
    body_part: str | None = None
    nature: str | None = None
    cause: str | None = None
    reporter: str | None = None
    reporter_phone: str | None = None
    injury_place: str | None = None
    emergency: bool = False
    client_claim_number: str | None = None


def missing(report: Report) -> list[str]:
    """Return the elements that intake still has to ask for, in the order of ELEMENTS; doubts are not among them."""
    there = {
        "name": report.family_name and report.given_name,
        "birth_date": report.birth_date,
        "reach": (report.phone and readable_phone(report.phone)) or report.email or report.address,
        "preferred_contact": report.preferred_contact,
        "language": report.language,
        "jurisdiction": report.jurisdiction in JURISDICTIONS,
        "body_part": report.body_part,
        "narrative": report.narrative or report.cause,
    }
    return [element for element, value in there.items() if not value]


def date_flags(injured: date, reported_at: datetime, reported_to: str, *, timezone: str, at: datetime) -> list[str]:
    """
    Return what looks wrong in a claim's dates, by name; nothing is corrected.

    Days are the client's, in *timezone*; *at* is the moment of looking.
    """
    reported, now = reported_at.astimezone(ZoneInfo(timezone)), at.astimezone(ZoneInfo(timezone))
    found = {
        "future_injury": injured > now.date(),
        "negative_lag": injured > reported.date(),
        "future_date": reported > now,
        "report_time_missing": reported_to == "day",
        "report_time_midnight": reported_to != "day" and reported.time() == time(0),
    }
    return [name for name, holds in found.items() if holds]


def flags(report: Report, *, timezone: str, at: datetime) -> list[str]:
    """Return everything that looks wrong in *report*, by name; the arguments are those of `date_flags`."""
    found = date_flags(report.date_of_injury, report.reported_at, report.reported_to, timezone=timezone, at=at)
    if report.birth_date is not None and not _age_believable(report.birth_date, report.date_of_injury):
        found.append("age_doubtful")
    return found


def questions(report: Report, *, timezone: str, at: datetime) -> dict[str, str]:
    """Return every intake question to open, element to why, in words that never hold the value."""
    return asked(report, flags(report, timezone=timezone, at=at))


def asked(report: Report, found: Sequence[str]) -> dict[str, str]:
    """Return every intake question to open where the flags *found* were raised; otherwise as `questions`."""
    opened = {element: f"Not in the report: {ELEMENTS[element]}." for element in missing(report)}
    for flag in found:
        element, why = DOUBTS[flag]
        opened.setdefault(element, why)
    return opened


DOUBTS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "future_injury": ("date_of_injury", "The date of injury lies in the future."),
        "negative_lag": ("date_of_injury", "The date of injury is after the day of the report."),
        "future_date": ("reported_at", "The time of the report lies in the future."),
        "report_time_missing": ("reported_at", "The report came with a day and no time."),
        "report_time_midnight": (
            "reported_at",
            "The report's time is exactly midnight, which is often a missing time.",
        ),
        "age_doubtful": ("birth_date", f"By the date of birth the worker is not {YOUNGEST} to {OLDEST} years old."),
    }
)
"""Each flag: which element it puts in doubt, and why in words."""


def tidied(report: Report) -> Report:
    """
    Return *report* as it is kept: blanks cut, telephones as `readable_phone` where they can be read, an unknown state
    left out, of the reporter and the place no more than the table holds, and no social security number anywhere.
    """
    plain: dict[str, Any] = {
        name: (social_security.removed(value.replace("\0", "")).strip() or None) if isinstance(value, str) else value
        for name, value in vars(report).items()
    }
    if social_security.holds(plain["client_claim_number"] or ""):
        plain["client_claim_number"] = None
    plain["family_name"], plain["given_name"] = plain["family_name"] or "", plain["given_name"] or ""
    for name in ("phone", "reporter_phone"):
        if phone := plain[name]:
            plain[name] = readable_phone(phone) or phone
    for name, longest in (
        *(("reporter", LONGEST_REPORTER), ("reporter_phone", LONGEST_REPORTER)), ("injury_place", LONGEST_PLACE),
    ):  # fmt: skip
        plain[name] = (plain[name] or "")[:longest] or None
    state = (plain["jurisdiction"] or "").upper()
    plain["jurisdiction"] = state if state in JURISDICTIONS else None
    return Report(**plain)


def readable_phone(number: str) -> str | None:
    """
    Return *number* as E.164, read as one of the United States where it names no country; None if it is none.

    An extension stays behind it, as in `+13125550101 ext. 4`.
    """
    if _WRITTEN_OUT.fullmatch(number):  # as nearly every one is kept; an import asks this of every row
        return number
    try:
        read = phonenumbers.parse(number, "US")
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(read):
        return None
    extension = f" ext. {read.extension}" if read.extension else ""
    return phonenumbers.format_number(read, phonenumbers.PhoneNumberFormat.E164) + extension


def folded(name: str) -> str:
    """Return *name* for comparison: no case, no accents, no punctuation, single blanks."""
    plain = "".join(letter for letter in unicodedata.normalize("NFKD", name) if not unicodedata.combining(letter))
    return re.sub(r"[\W_]+", " ", plain.casefold()).strip()


def _age_believable(born: date, on: date) -> bool:
    age = on.year - born.year - ((on.month, on.day) < (born.month, born.day))
    return YOUNGEST <= age <= OLDEST
