"""The fields of a claim on its page: in which groups they stand, what each is called, and how its value is read."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import NamedTuple

from core import telephones, typed, words
from core.contact import CONSENT_WORDS, Consent
from core.injury_codes import CODES, Vocabulary
from core.intake import CONTACT_METHODS, FIELDS, LOST_TIME, REPRESENTATIVES, SPEAKING, TREATMENTS
from pages.parts.markdown import verbatim

FOLDED_FROM = 6
"""Lines from which on a text is folded."""

_LINE = 90
"""Letters of a line, about."""


class Group(NamedTuple):
    """Fields that are told and corrected together, and the name of their form."""

    title: str
    form: str
    fields: tuple[str, ...]


REACH = "fields_reach"
"""The name of the form that says how to reach the worker."""

GROUPS = (
    Group("The worker", "fields_worker", ("given_name", "family_name", "birth_date")),
    Group(
        "How to reach the worker",
        REACH,
        (
            "phone",
            "email",
            "preferred_contact",
            "best_hours",
            "timezone",
            "language",
            "interpreter",
            "address",
            "postal_code",
            "do_not_contact",
        ),
    ),
    Group(
        "The injury",
        "fields_injury",
        (
            *("date_of_injury", "injured_time", "injury_place", "body_part", "part_code", "nature", "nature_code"),
            *("cause", "cause_code", "narrative", "emergency", "initial_treatment", "treated_at"),
        ),
    ),
    Group(
        "Work",
        "fields_work",
        (
            *("occupation", "lost_time", "last_day_worked", "return_to_work", "modified_duty"),
            *("work_supervisor", "work_supervisor_phone"),
        ),
    ),
    Group("The report", "fields_claim", ("jurisdiction", "client_claim_number", "reporter", "reporter_phone")),
    Group(
        "Representative",
        "fields_representative",
        SPEAKING,
    ),
)

_LABELS: Mapping[str, str] = MappingProxyType(
    {
        "representative_kind": "Who it is",
        "representative_name": "Name",
        "representative_firm": "Firm",
        "representative_phone": "Telephone",
        "representative_email": "E-mail",
        "representative_permits": "Permits that the worker is called directly",
        "work_supervisor": "Supervisor at work",
        "work_supervisor_phone": "Supervisor's telephone",
        "emergency": "Sent to emergency care at intake",
        "jurisdiction": "State",
        "timezone": "Time zone",
        "do_not_contact": "Do not contact, because",
        "consent_text": "Consent to text messages",
        "consent_voicemail": "Consent to voicemails",
    }
)
"""Of the fields whose place says the rest."""


def label(field: str) -> str:
    """Return what the field is called within its group."""
    return _LABELS.get(field) or named(field)


def named(field: str) -> str:
    """Return what the field is called by itself."""
    words_of_it = FIELDS[field].words if field in FIELDS else field.replace("_", " ")
    return words_of_it[:1].upper() + words_of_it[1:]


def shown(field: str, written: str) -> str:
    """Return markdown of what is *written* in the field, as people read it; of an empty one a dash."""
    match field:
        case _ if not written:
            return "—"
        case "phone" | "reporter_phone" | "representative_phone" | "work_supervisor_phone":
            return verbatim(telephones.grouped(written))
        case "birth_date" | "date_of_injury" | "last_day_worked" | "return_to_work":
            return _day(written)
        case "timezone":
            return verbatim(words.zone(written))
        case "consent_text" | "consent_voicemail":
            return CONSENT_WORDS[Consent(written)] if written in set(Consent) else verbatim(written)
        case "preferred_contact":
            return verbatim(CONTACT_METHODS.get(written, written))
        case "representative_kind":
            return REPRESENTATIVES.get(written, written)
        case "initial_treatment":
            return verbatim(TREATMENTS.get(written, written))
        case "lost_time":
            return verbatim(LOST_TIME.get(written, written))
        case "part_code" | "nature_code" | "cause_code":
            return verbatim(coded(Vocabulary(field), written))
    return verbatim(written)


def coded(vocabulary: Vocabulary, code: str) -> str:
    """Return the *code* as people read it: `Wrist (34)`."""
    known = CODES[vocabulary].get(code)
    return known.told if known else code


def _day(written: str) -> str:
    """Return a day in words; what was not written by this desk's services as it is."""
    try:
        return words.day(datetime.strptime(f"{written} +0000", f"{typed.DAY} %z"))
    except ValueError:
        return verbatim(written)


def cut(text: str) -> str | None:
    """Return the first lines of a long *text*, cut between words; None where all of it is short enough."""
    lines, left = [], FOLDED_FROM
    for line in text.splitlines():
        room = left * _LINE
        if len(line) > room:
            lines.append(line[:room].rpartition(" ")[0] or line[:room])
            left = 0
        elif left:
            lines.append(line)
            left -= max(1, -(-len(line) // _LINE))
        if left <= 0:
            break
    short = "\n".join(lines)
    return f"{short} …" if len(short) < len(text.rstrip()) else None
