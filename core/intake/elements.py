"""What a report of injury should hold, what is said of it and of a question about it, and how it is kept."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from types import MappingProxyType
from typing import Any, Literal, NamedTuple

from core import social_security, states, telephones, typed
from core.injury_codes import CODES, Vocabulary
from core.refusal import Refusal, TooLong, limited

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
        "date_of_death": "date of death",
        "same_claim": "whether it is a claim reported before",
        "reporter_phone": "telephone of the employer",
        "representative_phone": "telephone of the representative",
    }
)
"""Every element that intake may have to ask for, in the order of a conversation, in words. A missing one never blocks
a report: it becomes an open intake question. The last seven are asked only where something looks wrong."""

BRIEFLY: Mapping[str, str] = MappingProxyType(
    {element: words.removeprefix("the worker's ").removeprefix("a ") for element, words in ELEMENTS.items()}
    | {
        "birth_date": "birth date",
        "body_part": "body part",
        "preferred_contact": "contact method",
        "jurisdiction": "state",
        "reach": "way to reach",
        "client_claim_number": "claim number",
        "date_of_injury": "injury date?",
        "reported_at": "report time?",
        "same_claim": "same claim?",
        "reporter_phone": "employer's number",
        "representative_phone": "representative's number",
    }
)
"""The elements where a list has little room."""

ABOUT_REACHING = ("reach", "preferred_contact", "language")
"""Elements that only a call to the worker needs: they are not asked of one who has died."""

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

SAME = "yes"

SAME_CLAIM_ANSWERS: Mapping[str, str] = MappingProxyType({"no": "no, another injury", SAME: "yes, the same injury"})
"""What can be said to the question whether a claim was reported before, in words."""

LONGEST_NUMBER = 100
"""Letters that a client's claim number has at most."""

LONGEST_REPORTER = 200
"""Letters that are kept of who reported an injury, and of where to call back."""


MISSING, UNREADABLE, UNCONFIRMED = "missing", "unreadable", "unconfirmed"
"""Reasons of a question: the report does not say it; it says what cannot be read; it may say it in a column that nobody
has confirmed. The other reasons are flags; a feed has more, each named where it is raised."""

PHONE_UNREADABLE, EMAIL_UNREADABLE, TIME_UNREADABLE = (f"{what}_{UNREADABLE}" for what in ("phone", "email", "time"))
"""Reasons of a question about an element that stands in two cells: which of them cannot be read."""

NOT_AS_PREFERRED = "not_as_preferred"
"""Reason of a question about how to reach a worker who prefers a way for which there is no number or address."""

UNKNOWN = "unknown"
"""How the reason of a question ends about a code of a client's file that is none of its vocabulary."""

WRONG_NUMBER = "wrong_number"
"""Reason of a question for another number: somebody called, and the one that is known leads to nobody."""

TO_MERGE = "to_merge"
"""Reason of a question that a supervisor settles: somebody said that it is the same claim, and both are still there."""

Exactness = Literal["minute", "day"]
"""How exactly the time of a report is known."""


class NoSuchWay(Refusal):
    text = "There is no such way to contact the worker: choose one of those that there are."


class NoSuchCode(Refusal):
    text = "There is no such code: choose one of those that there are."


class Question(NamedTuple):
    """
    What is to be asked of a claim: about which of ELEMENTS, for which reason, and why in words.

    Element and reason are what tells two open questions on one claim apart.
    """

    element: str
    reason: str
    why: str


NOT_A_CLAIM_NUMBER = Question(
    "client_claim_number",
    "social_security_number",
    "A social security number was given as the client's claim number. It was not kept.",
)
"""The question where a social security number stood in the place of the client's claim number."""

WRONG_NUMBERS: Mapping[str, Question] = MappingProxyType(
    {
        "worker": Question(
            "reach", WRONG_NUMBER, "The worker's number is wrong or disconnected. Ask the employer for another."
        ),
        "employer": Question(
            "reporter_phone", WRONG_NUMBER, "The employer's number to call back at is wrong or disconnected."
        ),
        "attorney": Question(
            "representative_phone",
            WRONG_NUMBER,
            "The representative's number is wrong or disconnected. Ask the firm or the employer for another.",
        ),
    }
)
"""The question that a wrong number opens, by the party whose it is; of a provider no number is kept."""

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
    :raises NoSuchCode: if a code is none of its vocabulary.
    :raises TooLong: for each text beyond its limit, in one sentence a text.
    """
    plain: dict[str, Any] = {
        name: (typed.cleaned(value) or None) if isinstance(value, str) else value
        for name, value in vars(report).items()
    }
    if social_security.holds(plain["client_claim_number"] or ""):
        plain["client_claim_number"] = None
    plain["family_name"], plain["given_name"] = plain["family_name"] or "", plain["given_name"] or ""
    for name in ("phone", "reporter_phone"):
        if phone := plain[name]:
            plain[name] = telephones.readable(phone) or phone
    if number := plain["client_claim_number"]:
        plain["client_claim_number"] = " ".join(number.split())
    plain["jurisdiction"] = states.code(plain["jurisdiction"] or "")
    if plain["preferred_contact"] not in (None, *CONTACT_METHODS):
        raise NoSuchWay
    if any(plain[each] not in (None, *CODES[each]) for each in Vocabulary):
        raise NoSuchCode
    _within_limits(plain)
    return Report(**plain)


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
