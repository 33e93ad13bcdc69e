"""What a report of injury tells, how much of it is kept, and how."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from types import MappingProxyType
from typing import Any, Literal

from core import social_security, states, telephones, typed
from core.injury_codes import CODES, Vocabulary
from core.intake.readers import read_hours
from core.refusal import Refusal, TooLong, limited

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

NO_TREATMENT = "none"

TREATMENTS: Mapping[str, str] = MappingProxyType(
    {
        NO_TREATMENT: "none",
        "on_site": "minor, on site",
        "clinic": "clinic or doctor's office",
        "emergency": "emergency room",
        "hospital": "hospital, more than 24 hours",
        "major": "major medical care to come",
    }
)
"""Which care a worker had at first, in words: the codes 0 to 5 of the employer's first report, in their order."""

NO_LOST_TIME = "no"

LOST_TIME: Mapping[str, str] = MappingProxyType({NO_LOST_TIME: "no", "expected": "expected", "yes": "yes"})
"""Whether a worker loses time from work by the injury, in words."""

LONGEST_NUMBER = 100
"""Letters that a client's claim number has at most."""

LONGEST_REPORTER = 200
"""Letters that are kept of who reported an injury, and of where to call back."""

Exactness = Literal["minute", "day"]
"""How exactly the time of a report is known."""


class NoSuchWay(Refusal):
    text = "There is no such way to contact the worker: choose one of those that there are."


class NoSuchCode(Refusal):
    text = "There is no such code: choose one of those that there are."


LIMITS: Mapping[str, tuple[int, str]] = MappingProxyType(
    {
        "family_name": (200, "family name"),
        "given_name": (200, "given name"),
        "phone": (200, "telephone"),
        "email": (254, "e-mail"),
        "address": (500, "address"),
        "postal_code": (20, "postal code"),
        "language": (40, "language"),
        "narrative": (20_000, "what happened"),
        "body_part": (500, "part of body"),
        "nature": (500, "nature of injury"),
        "cause": (500, "cause of injury"),
        "reporter": (LONGEST_REPORTER, "reported by"),
        "reporter_phone": (LONGEST_REPORTER, "call back at"),
        "client_claim_number": (LONGEST_NUMBER, "client's claim number"),
        "injury_place": (500, "place of injury"),
        "treated_at": (500, "treated where and by whom"),
        "occupation": (200, "occupation"),
        "work_supervisor": (200, "worker's supervisor"),
        "work_supervisor_phone": (200, "telephone of the worker's supervisor"),
        "best_hours": (200, "best hours"),
    }
)
"""Each text of a report: how many characters it holds at most, and its name in words."""

LONGEST_KEY = 200
"""Characters of a name's key. Folding can make a name many times longer, and an index holds no such row."""


@dataclass(frozen=True)
class Report:
    """
    A report of injury as it arrived. Only the worker, the date of injury and the report's time are needed.

    `reported_at` is aware; `reported_to` is 'minute', or 'day' where only the day is known. `reporter` is who reported
    the injury, name and role, with `reporter_phone` to call back: good to have, and never asked for again.
    `part_code`, `nature_code` and `cause_code` are of `injury_codes`, beside what was told in words.
    `injury_place` is where it happened, unparsed: site, street, town; the worker's own address is `address`. A
    `date_of_death` means that nobody calls the worker; `date_of_hire` is only compared with the date of injury.
    `initial_treatment` is of TREATMENTS, had at `treated_at`: where and by whom; `lost_time` is of LOST_TIME. To
    `return_to_work` the worker has returned, or is expected; `work_supervisor` is whoever the worker works for there.
    """

    family_name: str
    date_of_injury: date
    reported_at: datetime
    reported_to: Exactness = "minute"
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
    part_code: str | None = None
    nature_code: str | None = None
    cause_code: str | None = None
    initial_treatment: str | None = None
    treated_at: str | None = None
    occupation: str | None = None
    lost_time: str | None = None
    last_day_worked: date | None = None
    return_to_work: date | None = None
    modified_duty: bool | None = None
    work_supervisor: str | None = None
    work_supervisor_phone: str | None = None
    best_hours: str | None = None
    interpreter: bool | None = None
    emergency: bool = False
    client_claim_number: str | None = None
    date_of_death: date | None = None
    date_of_hire: date | None = None


_UNSAID = Report("", date.min, datetime.min.replace(tzinfo=UTC))


def report_of(known: dict[str, Any]) -> Report:
    """
    Return the report of which so much is *known*, by the names of its fields; the needed ones are among them.

    It is the same as `Report(**known)`. That sets each field by itself, each past a guard: a file has 20,000 rows.
    """
    report = object.__new__(Report)
    vars(report).update(vars(_UNSAID) | known)
    return report


def tidied(report: Report) -> Report:
    """
    Return *report* as it is kept: blanks cut, telephones as `telephones.readable` where they can be read, an unknown
    state left out, and no social security number anywhere.

    :raises NoSuchWay: if the worker prefers a way that is none of CONTACT_METHODS.
    :raises NoSuchCode: if a code, the treatment or the lost time is none of its vocabulary.
    :raises AnswerNotUnderstood: if the best hours cannot be read.
    :raises TooLong: for each text beyond its limit, in one sentence a text.
    """
    plain: dict[str, Any] = {
        name: (typed.cleaned(value) or None) if isinstance(value, str) else value
        for name, value in vars(report).items()
    }
    if social_security.holds(plain["client_claim_number"] or ""):
        plain["client_claim_number"] = None
    plain["family_name"], plain["given_name"] = plain["family_name"] or "", plain["given_name"] or ""
    for name in ("phone", "reporter_phone", "work_supervisor_phone"):
        if phone := plain[name]:
            plain[name] = telephones.readable(phone) or phone
    if number := plain["client_claim_number"]:
        plain["client_claim_number"] = " ".join(number.split())
    plain["jurisdiction"] = states.code(plain["jurisdiction"] or "")
    if plain["preferred_contact"] not in (None, *CONTACT_METHODS):
        raise NoSuchWay
    if any(plain[name] not in (None, *known) for name, known in _CODED.items()):
        raise NoSuchCode
    if (hours := plain["best_hours"]) and len(hours) <= LIMITS["best_hours"][0]:  # of others their limit is told
        plain["best_hours"] = read_hours(hours)
    _within_limits(plain)
    return Report(**plain)


_CODED: Mapping[str, Mapping[str, Any]] = MappingProxyType(
    {"initial_treatment": TREATMENTS, "lost_time": LOST_TIME, **{each: CODES[each] for each in Vocabulary}}
)
"""The fields that hold one of a vocabulary, with it."""


def _within_limits(plain: Mapping[str, Any]) -> None:
    over = []
    for name, (most, words) in LIMITS.items():
        try:
            limited(plain[name] or "", most, words.capitalize())
        except TooLong as refusal:
            over.append(str(refusal))
    if over:
        raise TooLong(" ".join(over))


_GRAPHEME_JOINER = "\u034f"
"""It stands among the accents, and is none: pasted names have it inside, where nobody sees it."""


_BETWEEN_WORDS = re.compile(r"[\W_]+")


def worker_name_key(name: str) -> str:
    """Return *name* for comparison: no case, no accents, no punctuation, single blanks; LONGEST_KEY letters at most."""
    plain = name
    if not name.isascii():
        letters = unicodedata.normalize("NFKD", name).replace(_GRAPHEME_JOINER, "")
        plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    plain = plain.casefold()
    return (plain if plain.isalnum() else _BETWEEN_WORDS.sub(" ", plain).strip())[:LONGEST_KEY]


def number_key(number: str | None) -> str | None:
    """Return a client's claim number for comparison: no case, no blanks; None where there is no number."""
    return "".join((number or "").split()).casefold() or None
