"""What a row says of the worker, of what happened, and of who reported it; what cannot be read is quoted and asked."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, TypeVar

from core import email_addresses, injury_codes, social_security, states, telephones
from core.feeds.kinds.claims import values
from core.feeds.kinds.claims.dating import DatesOfClaim
from core.feeds.kinds.claims.questions import HALF_READ, ask
from core.feeds.quoting import half_read, unread
from core.feeds.values import postal_code, yes
from core.injury_codes import Vocabulary
from core.intake.elements import NOT_A_CLAIM_NUMBER, UNKNOWN, UNREADABLE, Question
from core.intake.told import LIMITS, LONGEST_NUMBER
from core.words import quoted

T = TypeVar("T")

_ROUNDED = re.compile(r"\d(\.\d+)?e\+?\d+", re.IGNORECASE)
_PLACE = frozenset(("injury_place", "injury_street", "injury_city", "injury_state", "injury_postal_code"))
"""The fields that tell where it happened."""


def worker(given: dict[str, str], dates: DatesOfClaim, wrong: list[Question]) -> dict[str, Any]:
    """Return what the row says of the worker beside the name."""
    born = dates.moment(given, "birth_date")
    if born is None and given.get("birth_date", ""):
        wrong.append(Question("birth_date", UNREADABLE, unread(given["birth_date"], "date of birth")))
    elif born and born.unread:
        ask(wrong, "birth_date", HALF_READ, half_read(given["birth_date"], born.unread))
    code = given.get("postal_code", "")
    address = ", ".join([given[field] for field in ("address", "city") if field in given])
    return {
        "birth_date": born.day if born else None,
        # Kept as typed where it cannot be read, as the form keeps it: an "ask for Rosa" may still reach the worker.
        "phone": checked(given, "phone", "reach", telephones.readable, "telephone number", wrong)
        or kept(given.get("phone", ""), "phone", "reach", wrong),
        "email": checked(given, "email", "reach", email_addresses.readable, "e-mail address", wrong),
        "postal_code": postal_code(code) or kept(code, "postal_code", "reach", wrong),
        "address": kept(address, "address", "reach", wrong),
        "language": checked(given, "language", "language", values.language, "language", wrong),
        "preferred_contact": checked(
            given,
            "preferred_contact",
            "preferred_contact",
            values.contact_method,
            "preferred contact method",
            wrong,
        ),
    }


def days_beside(given: dict[str, str], dates: DatesOfClaim, today: date, wrong: list[Question]) -> dict[str, Any]:
    """Return the days of the worker's hire and death; of a death that cannot be read it is asked."""
    if "date_of_death" not in given and "date_of_hire" not in given:
        return {}
    died, hired = (dates.moment(given, field) for field in ("date_of_death", "date_of_hire"))
    if died is None and (cell := given.get("date_of_death")):
        wrong.append(Question("date_of_death", UNREADABLE, unread(cell, "date of death")))
    if died and not _can_be_a_death(died.day, today):  # 01/01/1900 and 12/31/2099 stand where nothing is known
        wrong.append(Question("date_of_death", UNREADABLE, unread(given["date_of_death"], "date of death")))
        died = None
    return {"date_of_death": died.day if died else None, "date_of_hire": hired.day if hired else None}


def _can_be_a_death(day: date, today: date) -> bool:
    return today - timedelta(days=70 * 366) < day <= today + timedelta(days=1)


def story(given: dict[str, str], wrong: list[Question]) -> dict[str, Any]:
    """Return what the row says of the claim, of what happened and where."""
    return {
        "narrative": kept(given.get("narrative", ""), "narrative", "narrative", wrong),
        "jurisdiction": checked(given, "jurisdiction", "jurisdiction", states.code, "state", wrong),
        "body_part": kept(given.get("body_part", ""), "body_part", "body_part", wrong),
        "nature": kept(given.get("nature", ""), "nature", "narrative", wrong),
        "cause": kept(given.get("cause", ""), "cause", "narrative", wrong),
        **_codes(given, wrong),
        "injury_place": kept(_injury_place(given), "injury_place", "narrative", wrong),
        "emergency": yes(given.get("emergency", "")),
        "client_claim_number": _claim_number(given, wrong),
    }


def _claim_number(given: dict[str, str], wrong: list[Question]) -> str | None:
    number = " ".join(given.get("client_claim_number", "").split())
    if social_security.holds(number):
        wrong.append(NOT_A_CLAIM_NUMBER)
        return None
    if _ROUNDED.fullmatch(number):
        # 1.23457E+11 stands for a million claims: as a number of one it would make the others its duplicates.
        why = f"The file says {quoted(number)}: a spreadsheet has rounded the number; ask for it in full."
        wrong.append(Question("client_claim_number", "rounded", why))
        return None
    if number.endswith(".0") and number[:-2].isdigit():
        number = number[:-2]
    if len(number) > LONGEST_NUMBER:
        why = f"The file says {quoted(number)}; that is too long for a claim number."
        wrong.append(Question("client_claim_number", "too_long", why))
        return None
    return number or None


def checked(
    given: dict[str, str],
    field: str,
    element: str,
    read: Callable[[str], T | None],
    words: str,
    wrong: list[Question],
) -> T | None:
    """Return what *read* makes of the cell of *field*; where it makes nothing, *element* is asked about."""
    cell = given.get(field)
    if not cell:
        return None
    value = read(cell)
    if value is None:
        reason = f"{field}_{UNREADABLE}" if element == "reach" else UNREADABLE
        wrong.append(Question(element, reason, unread(cell, words)))
    return value


def _injury_place(given: dict[str, str]) -> str:
    """Return where it happened, in one line, as the file says it."""
    if _PLACE.isdisjoint(given):
        return ""
    state_and_zip = " ".join(part for field in ("injury_state", "injury_postal_code") if (part := given.get(field)))
    parts = [given.get(field, "") for field in ("injury_place", "injury_street", "injury_city")]
    return ", ".join(" ".join(part.split()) for part in [*parts, state_and_zip] if part)


def reporter(given: dict[str, str], wrong: list[Question]) -> dict[str, Any]:
    """Return who reported and where to call back: never asked for, so a number that cannot be read stands as it is."""
    if "reporter" not in given and "reporter_phone" not in given:
        return {}
    phone = given.get("reporter_phone", "")
    return {
        "reporter": kept(" ".join(given.get("reporter", "").split()), "reporter", "narrative", wrong),
        "reporter_phone": telephones.readable(phone) or kept(phone, "reporter_phone", "narrative", wrong),
    }


def _codes(given: dict[str, str], wrong: list[Question]) -> dict[str, str | None]:
    """Return the codes of the injury that the row has; one that is none of its vocabulary is quoted and asked about."""
    codes: dict[str, str | None] = {}
    for field, (element, words) in _CODED.items():
        cell = given.get(field, "")
        if not cell.strip("0."):  # 00 stands where no code was chosen
            continue
        codes[field.value] = injury_codes.code(field, cell)
        if codes[field.value] is None:
            wrong.append(Question(element, f"{field}_{UNKNOWN}", unread(cell, words)))
    return codes


_CODED = {
    Vocabulary.PART: ("body_part", "code of a part of the body"),
    Vocabulary.NATURE: ("narrative", "code of a nature of injury"),
    Vocabulary.CAUSE: ("narrative", "code of a cause of injury"),
}
"""About which element it is asked where a code is none of its vocabulary, and what it is called."""


def kept(text: str, field: str, element: str, wrong: list[Question]) -> str | None:
    """Return as much of *text* as a claim holds of *field*; where that is not all, *element* is asked about."""
    if not text:
        return None
    most, words = LIMITS[field]
    if len(text) > most:
        why = f"{words.capitalize()} runs over {most:,} letters in the file; the first are kept."
        wrong.append(Question(element, f"{field}_too_long", why))
    return text[:most]
