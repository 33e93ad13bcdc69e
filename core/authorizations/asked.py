"""What is asked for by a request for authorization, as somebody wrote it down, and as it is kept."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from core import email_addresses, npi, telephones, typed
from core.refusal import Refusal, limited
from core.statutes import Channel

LONGEST_PROVIDER, LONGEST_SERVICE, LONGEST_BODY_PART = 200, 300, 200
LONGEST_MISSING, LONGEST_DUE_WHY = 1000, 300
"""Characters of what is written down; the database says the same."""

MOST_LINES, MOST_UNITS = 50, 9999
"""Lines of one request, and units of one line; the database says the same."""

LONGEST_AGO = timedelta(days=3650)
"""How long ago a request may have been received that is logged; the database says the same."""

LONGEST_BY_HAND = timedelta(days=1096)
"""How far ahead a date is set by hand; the database says the same."""

_CODE = re.compile(r"[0-9]{4}[0-9A-Z]|[A-Z][0-9]{4}")


class NoProvider(Refusal):
    text = "Say who asks: the name of the provider or of the practice."


class ProviderPhoneNotUnderstood(Refusal):
    text = "This is no telephone or fax number that can be dialled: area code and number, as (614) 555-0134."


class ProviderEmailNotUnderstood(Refusal):
    text = "This is no e-mail address: write it as office@practice.example."


class NothingAskedFor(Refusal):
    text = "Say what is asked for: at least one treatment, in words."


class TooManyLines(Refusal):
    text = f"A request holds at most {MOST_LINES} treatments: log the others as a second one."


class ServiceCodeNotUnderstood(Refusal):
    text = "This is no CPT or HCPCS code: five signs, as 97110, 0232T or E0720. Leave it empty where none is given."


class UnitsNotSensible(Refusal):
    text = f"The units of a treatment are a whole number from 1 to {MOST_UNITS:,}."


class WhenReceived(Refusal):
    text = "Say when it was received, by the receiver's own stamp."


class ReceivedLongAgo(Refusal):
    text = f"It was received more than {LONGEST_AGO.days // 365} years ago: correct the date."


class ReceivedLater(Refusal):
    text = "It cannot have been received later than now. Give the time of the receiver's stamp."


class CompleteBeforeReceived(Refusal):
    text = "It cannot have been complete before it was received, or later than now."


class DueFarOff(Refusal):
    text = f"A date is set by hand at most {LONGEST_BY_HAND.days // 365} years ahead: correct it."


class MissingWhat(Refusal):
    text = "Say what is missing for it to be complete: it goes into the letter to the provider."


class PostmarkedLater(Refusal):
    text = "The postmark cannot be later than the receipt."


@dataclass(frozen=True)
class Line:
    """A treatment as it was asked for: in words, by its CPT or HCPCS code where one is given, and how many units."""

    words: str
    code: str = ""
    body_part: str = ""
    units: int = 1


@dataclass(frozen=True)
class Asked:
    """
    A request as somebody writes it down. Instants are aware; `received_at` is the receiver's own stamp.

    `complete_at` is None while something is `missing`. `due_at`, with `due_why`, is a date set by hand.
    """

    jurisdiction: str
    kind: str
    provider_name: str
    received_at: datetime | None
    channel: Channel
    lines: Sequence[Line]
    complete_at: datetime | None = None
    missing: str = ""
    provider_npi: str = ""
    provider_phone: str = ""
    provider_fax: str = ""
    provider_email: str = ""
    postmarked_on: date | None = None
    document_id: int | None = None
    about_id: int | None = None
    due_at: datetime | None = None
    due_why: str = ""


def columns(asked: Asked, *, at: datetime) -> dict[str, Any]:
    """
    Return the columns of a request as they are kept; nothing of its clock.

    :raises NoProvider, NotAnNpi, ProviderPhoneNotUnderstood, ProviderEmailNotUnderstood: of who asks.
    :raises WhenReceived, ReceivedLater, ReceivedLongAgo, CompleteBeforeReceived, PostmarkedLater: of its times.
    :raises DueFarOff: if it is due by hand years from now.
    :raises MissingWhat: if it is not complete and nothing is missing.
    :raises TooLong: if something is.
    """
    provider = limited(typed.one_line(asked.provider_name), LONGEST_PROVIDER, "The provider")
    if not provider:
        raise NoProvider
    missing = limited(typed.cleaned(asked.missing), LONGEST_MISSING, "What is missing")
    if asked.received_at is None or asked.received_at.year <= 1900:
        raise WhenReceived
    if asked.received_at > at:
        raise ReceivedLater
    if asked.received_at < at - LONGEST_AGO:
        raise ReceivedLongAgo
    if asked.complete_at is not None and not asked.received_at <= asked.complete_at <= at:
        raise CompleteBeforeReceived
    if asked.due_at is not None and asked.due_at > at + LONGEST_BY_HAND:
        raise DueFarOff
    if asked.complete_at is None and not missing:
        raise MissingWhat
    if asked.postmarked_on is not None and not date(1900, 1, 2) <= asked.postmarked_on <= asked.received_at.date():
        raise PostmarkedLater
    return {
        "about_id": asked.about_id, "jurisdiction": asked.jurisdiction, "kind": asked.kind,
        "provider_npi": npi.read(asked.provider_npi), "provider_name": provider,
        "provider_phone": _dialled(asked.provider_phone), "provider_fax": _dialled(asked.provider_fax),
        "provider_email": _written(asked.provider_email), "received_at": asked.received_at,
        "channel": asked.channel.value, "postmarked_on": asked.postmarked_on, "document_id": asked.document_id,
        "complete_at": asked.complete_at, "missing": missing or None,
    }  # fmt: skip


def lines(asked: Sequence[Line]) -> list[Mapping[str, Any]]:
    """
    Return the lines of a request as they are kept.

    :raises NothingAskedFor, TooManyLines, ServiceCodeNotUnderstood, UnitsNotSensible, TooLong:
    """
    if not asked:
        raise NothingAskedFor
    if len(asked) > MOST_LINES:
        raise TooManyLines
    return [_line(number, line) for number, line in enumerate(asked, 1)]


def _line(number: int, line: Line) -> Mapping[str, Any]:
    words = limited(typed.one_line(line.words), LONGEST_SERVICE, f"Treatment {number}")
    if not words:
        raise NothingAskedFor(f"Treatment {number} has no words: say what is asked for.")
    code = "".join(line.code.upper().split())
    if code and _CODE.fullmatch(code) is None:
        raise ServiceCodeNotUnderstood(f"Treatment {number}: {ServiceCodeNotUnderstood.text}")
    if not 1 <= line.units <= MOST_UNITS:
        raise UnitsNotSensible(f"Treatment {number}: {UnitsNotSensible.text}")
    part = limited(typed.one_line(line.body_part), LONGEST_BODY_PART, f"The body part of treatment {number}")
    return {"line": number, "code": code or None, "words": words, "body_part": part or None, "units": line.units}


def _dialled(number: str) -> str | None:
    if not number.strip():
        return None
    if (read := telephones.readable(number)) is None:
        raise ProviderPhoneNotUnderstood
    return read


def _written(address: str) -> str | None:
    if not address.strip():
        return None
    if (read := email_addresses.readable(address.strip())) is None:
        raise ProviderEmailNotUnderstood
    return read
