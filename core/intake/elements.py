"""What a report of injury should hold, and the questions that are open while it does not."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Literal, NamedTuple
from zoneinfo import ZoneInfo

from core import emails, social_security, states, telephones, typed, walltime
from core.refusal import Refusal, TooLong, limited
from core.words import quoted

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

SAME_CLAIM_ANSWERS: Mapping[str, str] = MappingProxyType({"no": "no, another injury", "yes": "yes, the same injury"})
"""What can be said to the question whether a claim was reported before, in words."""

TIME_UNREAD = "report_time_unread"
"""The flag of a report whose time stands in a file and was not read: what stands there is quoted where it is asked."""

DATE_FLAGS = (
    *("future_injury", "negative_lag", "future_date", "report_time_missing", TIME_UNREAD, "report_time_midnight"),
)
"""The flags that speak of dates; a corrected report is looked at for these anew."""

LOOKED_AT: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "birth_date": ("age_doubtful",),
        "date_of_injury": (*DATE_FLAGS, "age_doubtful"),
        "injured_time": DATE_FLAGS,
    }
)
"""The fields whose change settles doubts or raises them, each with the flags that are looked at anew."""

_CANNOT_BE = ("future_injury", "negative_lag", "future_date")
"""The flags of dates that are likely typed wrong: a person is told before the report is kept."""

DEATH_FLAGS = ("death_in_future", "death_before_injury")
"""The flags that speak of a date of death."""

YOUNGEST, OLDEST = 14, 90
"""Ages at injury between which a birth date is believed without asking."""

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

WRONG_NUMBER = "wrong_number"
"""Reason of a question for another number: somebody called, and the one that is known leads to nobody."""

_ABSENT = (MISSING, "report_time_missing", TIME_UNREAD)
_STANDING = (UNREADABLE, UNCONFIRMED)
"""How the reasons end that are asked where something stands which was not read."""


Exactness = Literal["minute", "day"]
"""How exactly the time of a report is known."""


class NoSuchWay(Refusal):
    text = "There is no such way to contact the worker: choose one of those that there are."


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
    emergency: bool = False
    client_claim_number: str | None = None
    date_of_death: date | None = None
    date_of_hire: date | None = None


def missing(report: Report) -> list[str]:
    """Return the elements that intake still has to ask for, in the order of ELEMENTS; doubts are not among them."""
    there = {
        "name": report.family_name and report.given_name,
        "birth_date": report.birth_date,
        **_reaching(vars(report)),
        "jurisdiction": report.jurisdiction in states.NAMES,
        "body_part": report.body_part,
        "narrative": report.narrative or report.cause,
    }
    unasked = ABOUT_REACHING if report.date_of_death else ()
    return [element for element, value in there.items() if not value and element not in unasked]


def lacking(worker: Mapping[str, Any]) -> tuple[Question, ...]:
    """Return the questions about reaching a *worker* of whom so much is known, by the names of a report."""
    asked = [_missing_question(element) for element, value in _reaching(worker).items() if not value]
    return together([*asked, *not_as_preferred(worker)], ())


def not_as_preferred(worker: Mapping[str, Any]) -> list[Question]:
    """Return the question that is open where a *worker* prefers a way that leads nowhere, by the names of a report."""
    preferred = worker["preferred_contact"]
    field = _FIELD_OF.get(preferred)
    if field is None or _readable(worker, field):
        return []
    why = f"The worker prefers {CONTACT_METHODS[preferred]}, and there is no {_WAYS[field][1]} for it."
    return [Question("reach", NOT_AS_PREFERRED, why)]


def _unread(report: Report) -> list[Question]:
    """Return what is asked about each way to reach the worker that the report gives and that leads nowhere."""
    said = vars(report)
    return [
        Question("reach", f"{field}_{UNREADABLE}", f"The report says {quoted(said[field])}; that is no {words}.")
        for field, (read, words) in _WAYS.items()
        if said[field] and not read(said[field])
    ]


_WAYS: Mapping[str, tuple[Callable[[str], str | None], str]] = MappingProxyType(
    {"phone": (telephones.readable, "telephone number"), "email": (emails.readable, "e-mail address")}
)
"""Ways to reach a worker that can be told to lead nowhere: what reads one, and what it is called."""

_FIELD_OF = MappingProxyType({"phone": "phone", "text": "phone", "email": "email"})
"""Which of these ways each of CONTACT_METHODS takes that takes one."""


def _readable(known: Mapping[str, Any], field: str) -> str | None:
    return _WAYS[field][0](known[field]) if known[field] else None


def _reaching(known: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "reach": _readable(known, "phone") or _readable(known, "email") or known["address"],
        "preferred_contact": known["preferred_contact"],
        "language": known["language"],
    }


def _missing_question(element: str) -> Question:
    return Question(element, MISSING, f"Not in the report: {ELEMENTS[element]}.")


def date_flags(
    injured: date, reported_at: datetime, reported_to: str, *, injured_time: time | None = None,
    time_unread: bool = False, timezone: str, at: datetime,
) -> list[str]:  # fmt: skip
    """
    Return what looks wrong in a claim's dates, by name; nothing is corrected.

    Days are the client's, in *timezone*, and so is *injured_time*; *at* is the moment of looking. *time_unread* tells
    that a report of which only the day is known came with a time that was not read.
    """
    zone = ZoneInfo(timezone)
    reported, now = reported_at.astimezone(zone), _shown(at, timezone)
    of_day, midnight = reported_to == "day", reported.time() == time(0)
    # Instants are compared in UTC: in one zone a repeated hour would be compared by the wall.
    if injured < reported.date() and reported_at <= at and not (of_day or midnight):
        return []  # as nearly every claim; an import asks this of every row

    def follows(other: datetime, *, timed: bool) -> bool:
        """Tell whether the injury is later than *other*: on one day by the minute, where both have a time."""
        if injured_time is None or not timed or injured != other.date():
            return injured > other.date()
        return walltime.meant(injured, injured_time, zone).first.replace(second=0, microsecond=0) > other

    checks = {
        "future_injury": follows(now, timed=True),
        "negative_lag": follows(reported, timed=not (of_day or midnight)),
        "future_date": reported_at > at,
        "report_time_missing": of_day and not time_unread,
        TIME_UNREAD: of_day and time_unread,
        "report_time_midnight": not of_day and midnight,
    }
    return [name for name, holds in checks.items() if holds]


@lru_cache(maxsize=100)
def _shown(at: datetime, timezone: str) -> datetime:
    """Return *at* as clocks in *timezone* show it; an import asks it of one moment for every row."""
    return at.astimezone(ZoneInfo(timezone))


def flags(report: Report, *, timezone: str, at: datetime, time_unread: bool = False) -> list[str]:
    """Return everything that looks wrong in *report*, by name; the arguments are those of `date_flags`."""
    raised = date_flags(
        report.date_of_injury, report.reported_at, report.reported_to, injured_time=report.injured_time,
        time_unread=time_unread, timezone=timezone, at=at,
    )  # fmt: skip
    raised += age_flags(report.birth_date, report.date_of_injury)
    raised += death_flags(report.date_of_death, report.date_of_injury, timezone=timezone, at=at)
    if report.date_of_hire and report.date_of_hire > report.date_of_injury:
        raised.append("hired_after_injury")
    return raised


def doubtful_dates(report: Report, *, timezone: str, at: datetime) -> tuple[str, ...]:
    """Return in sentences which dates of *report* cannot be, for whoever types it; arguments as in `date_flags`."""
    raised = [flag for flag in flags(report, timezone=timezone, at=at) if flag in _CANNOT_BE]
    return tuple(question.why for question in doubts(raised))


def death_flags(died: date | None, injured: date, *, timezone: str, at: datetime) -> list[str]:
    """Return what looks wrong in a date of death, by name; days and moment are those of `date_flags`."""
    if died is None:
        return []
    checks = {"death_in_future": died > at.astimezone(ZoneInfo(timezone)).date(), "death_before_injury": died < injured}
    return [name for name, holds in checks.items() if holds]


def age_flags(born: date | None, injured: date) -> list[str]:
    """Return what looks wrong in a worker's age at injury, by name."""
    if born is None:
        return []
    age = injured.year - born.year - ((injured.month, injured.day) < (born.month, born.day))
    return [] if YOUNGEST <= age <= OLDEST else ["age_doubtful"]


def questions(report: Report, *, timezone: str, at: datetime) -> tuple[Question, ...]:
    """Return every intake question to open; only what cannot be read is quoted."""
    return questions_of(report, flags(report, timezone=timezone, at=at))


def questions_of(report: Report, raised: Sequence[str]) -> tuple[Question, ...]:
    """Return every intake question to open on *report*, for which the flags *raised* were raised already."""
    reach = () if report.date_of_death else (*not_as_preferred(vars(report)),)
    unread = () if report.date_of_death else _unread(report)
    asked = _asked((*missing(report),), (*raised,), reach)
    return together(asked, unread) if unread else asked


@lru_cache(maxsize=10_000)
def _asked(lacking: tuple[str, ...], raised: tuple[str, ...], reach: tuple[Question, ...]) -> tuple[Question, ...]:
    return together((*map(_missing_question, lacking), *doubts(raised), *reach), ())


def doubts(raised: Sequence[str]) -> tuple[Question, ...]:
    """
    Return the question of each flag in *raised*: the flag is its reason.

    An injury in the future is after its report too: that is not asked beside it.
    """
    implied = ("negative_lag",) if "future_injury" in raised else ()
    return tuple(Question(DOUBTS[flag][0], flag, DOUBTS[flag][1]) for flag in raised if flag not in implied)


def is_of_unread_time(question: Question) -> bool:
    """Tell whether *question* is about a time of the report that stands in a file and was not read."""
    return question.element == "reported_at" and question.reason.endswith(_STANDING)


def together(questions: Iterable[Question], unread: Iterable[Question]) -> tuple[Question, ...]:
    """
    Return the *questions* of a report and those about what is *unread* in a file, one for each element and reason.

    Of two for one reason the words of *unread* stand, which quote the file; and what stands there and cannot be read
    is not also said to be missing. Whoever is asked how to reach the worker at all is not also asked how the worker
    would like to be.
    """
    by_reason = {(each.element, each.reason): each for each in (*questions, *unread)}
    stands = {element for element, reason in by_reason if reason.endswith(_STANDING)}
    if any(element == "reach" and reason != NOT_AS_PREFERRED for element, reason in by_reason):
        by_reason.pop(("reach", NOT_AS_PREFERRED), None)
    return tuple(each for each in by_reason.values() if not (each.element in stands and each.reason in _ABSENT))


DOUBTS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "future_injury": ("date_of_injury", "The injury lies in the future."),
        "negative_lag": ("date_of_injury", "The injury is later than the report of it."),
        "future_date": ("reported_at", "The time of the report lies in the future."),
        "report_time_missing": ("reported_at", "The report came with a day and no time."),
        TIME_UNREAD: ("reported_at", "The time of the report was not read."),
        "report_time_midnight": (
            "reported_at",
            "The report's time is exactly midnight, which is often a missing time.",
        ),
        "hired_after_injury": ("date_of_injury", "The worker was hired after the date of injury."),
        "death_in_future": ("date_of_death", "The date of death lies in the future."),
        "death_before_injury": ("date_of_death", "The date of death is before the date of injury."),
        "age_doubtful": ("birth_date", f"By the date of birth the worker is not {YOUNGEST} to {OLDEST} years old."),
    }
)
"""Each flag: which element it puts in doubt, and why in words."""


def tidied(report: Report) -> Report:
    """
    Return *report* as it is kept: blanks cut, telephones as `telephones.readable` where they can be read, an unknown
    state left out, and no social security number anywhere.

    :raises NoSuchWay: if the worker prefers a way that is none of CONTACT_METHODS.
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


def worker_name_key(name: str) -> str:
    """Return *name* for comparison: no case, no accents, no punctuation, single blanks; LONGEST_KEY letters at most."""
    letters = unicodedata.normalize("NFKD", name).replace(_GRAPHEME_JOINER, "")
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return re.sub(r"[\W_]+", " ", plain.casefold()).strip()[:LONGEST_KEY]


def number_key(number: str | None) -> str | None:
    """Return a client's claim number for comparison: no case, no blanks; None where there is no number."""
    return "".join((number or "").split()).casefold() or None
