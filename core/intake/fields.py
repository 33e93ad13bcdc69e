"""The fields of a claim that people can set: what each is called, where it is kept, and how it is read and written."""

from collections.abc import Callable, Collection, Mapping
from datetime import date, time
from types import MappingProxyType
from typing import Any, NamedTuple

from core import calendars, email_addresses, injury_codes, open_hours, social_security, states, telephones, typed
from core.injury_codes import Vocabulary
from core.intake.elements import CONTACT_METHODS, LIMITS
from core.refusal import Refusal, TooLong, limited

REPRESENTATIVES: Mapping[str, str] = MappingProxyType({"attorney": "attorney", "other": "somebody else"})
"""Who may speak for a worker, in words."""

YES, NO = "yes", "no"


class AnswerNotUnderstood(Refusal):
    text = "This answer cannot be read."


class NoSuchField(AnswerNotUnderstood):
    text = "A claim has no such field. Open the page anew, and correct it again."


class Field(NamedTuple):
    """
    A field of a claim. `words` is what it is called, `element` what of ELEMENTS it answers, if any.

    `read` returns what is kept of the typed words, which are not empty, on a day; `empty` is what is kept of none, or
    ... where there must be some.
    """

    words: str
    table: str
    column: str
    read: Callable[[str, date], Any]
    element: str | None = None
    empty: Any = None


def read_date(answer: str, on: date) -> date:
    """
    Return the past date in *answer*, written as `typed.day` reads it; *on* is today, where the client is.

    :raises AnswerNotUnderstood: if it is none, or lies in the future.
    """
    try:
        read = typed.day(answer)
    except typed.NotADate as refusal:
        raise AnswerNotUnderstood(str(refusal)) from None
    if read is None:
        raise AnswerNotUnderstood(typed.NotADate.text)
    if read > on:
        raise AnswerNotUnderstood("This date lies in the future.")
    return read


def read_time(answer: str, _: date | None = None) -> time:
    """
    Return the time of day in *answer*, written as `typed.clock` reads it.

    :raises AnswerNotUnderstood: if it is none.
    """
    try:
        read = typed.clock(answer)
    except typed.NotATime as refusal:
        raise AnswerNotUnderstood(str(refusal)) from None
    if read is None:
        raise AnswerNotUnderstood(typed.NotATime.text)
    return read


def read_email(answer: str, _: date | None = None) -> str:
    """
    Return the e-mail address in *answer*. One that is too long is not judged: its limit says so.

    :raises AnswerNotUnderstood: if it has not the form of one.
    """
    if len(answer) <= email_addresses.LONGEST and email_addresses.readable(answer) is None:
        raise AnswerNotUnderstood("Write the e-mail address as name@example.com.")
    return answer


def read_phone(answer: str, _: date | None = None) -> str:
    """
    Return the telephone number in *answer* as E.164, read as one of the United States where it names no country.

    :raises AnswerNotUnderstood: if it has no possible number of digits.
    """
    if (number := telephones.readable(answer)) is None:
        raise AnswerNotUnderstood("Write the telephone number with its area code.")
    return number


def _read_number(answer: str, _: date) -> str:
    if social_security.holds(answer):
        raise AnswerNotUnderstood("A social security number is not kept. Give the client's own claim number.")
    return " ".join(answer.split())


def read_hours(answer: str, _: date | None = None) -> str:
    """
    Return the hours of a day in *answer*, in order, written as `open_hours.stretches` reads them.

    :raises AnswerNotUnderstood: if they are written otherwise, or overlap.
    """
    try:
        return ",".join(each.text for each in open_hours.stretches(answer))
    except (open_hours.HoursUnclear, open_hours.HoursOverlap):
        raise AnswerNotUnderstood("Write hours as in 17:00-20:00, several as in 08:00-10:00,17:00-20:00.") from None


def _zone(answer: str, _: date) -> str:
    if answer not in calendars.zones():
        raise AnswerNotUnderstood(calendars.ZoneUnknown.text)
    return answer


def _as_typed(answer: str, _: date) -> str:
    return answer


def _one_of(options: Collection[str], kept: Callable[[str], Any] = str) -> Callable[[str, date], Any]:
    def read(answer: str, _: date) -> Any:
        if answer not in options:
            raise AnswerNotUnderstood("Choose one of those that there are.")
        return kept(answer)

    return read


def _state(answer: str, _: date) -> str:
    if (code := states.code(answer)) is None:
        raise AnswerNotUnderstood("Choose one of the states.")
    return code


def _code(vocabulary: Vocabulary) -> Callable[[str, date], str]:
    def read(answer: str, _: date) -> str:
        if (code := injury_codes.code(vocabulary, answer)) is None:
            raise AnswerNotUnderstood("Choose one of the codes.")
        return code

    return read


WORKER, CLAIM, STORY, SPEAKS = "injured_worker", "claim", "claim_narrative", "representative"
"""The tables that fields are kept in."""

FIELDS: Mapping[str, Field] = MappingProxyType(
    {
        "given_name": Field("given name", WORKER, "given_name", _as_typed, "name", empty=""),
        "family_name": Field("family name", WORKER, "family_name", _as_typed, "name", empty=""),
        "birth_date": Field("date of birth", WORKER, "birth_date", read_date, "birth_date"),
        "phone": Field("telephone", WORKER, "phone", read_phone, "reach"),
        "email": Field("e-mail", WORKER, "email", read_email, "reach"),
        "address": Field("address", WORKER, "address", _as_typed, "reach"),
        "postal_code": Field("postal code", WORKER, "postal_code", _as_typed),
        "preferred_contact": Field(
            "preferred contact method", WORKER, "preferred_contact", _one_of(CONTACT_METHODS), "preferred_contact"
        ),
        "best_hours": Field("best hours", WORKER, "best_hours", read_hours),
        "timezone": Field("worker's time zone", WORKER, "timezone", _zone),
        "language": Field("language", WORKER, "language", _as_typed, "language"),
        "interpreter": Field("interpreter needed", WORKER, "interpreter", _one_of((YES, NO), lambda said: said == YES)),
        "do_not_contact": Field("do not contact", WORKER, "do_not_contact", _as_typed),
        "date_of_injury": Field("date of injury", CLAIM, "date_of_injury", read_date, "date_of_injury", empty=...),
        "injured_time": Field("time of injury", CLAIM, "injured_time", read_time, "date_of_injury"),
        "jurisdiction": Field("state of jurisdiction", CLAIM, "jurisdiction", _state, "jurisdiction"),
        "client_claim_number": Field(
            "client's claim number", CLAIM, "client_claim_number", _read_number, "client_claim_number"
        ),
        "emergency": Field(
            "sent to emergency care", CLAIM, "emergency", _one_of((YES, NO), lambda said: said == YES), empty=False
        ),
        "injury_place": Field("place of injury", STORY, "injury_place", _as_typed),
        "body_part": Field("part of body", STORY, "body_part", _as_typed, "body_part"),
        "part_code": Field("part of body code", STORY, "part_code", _code(Vocabulary.PART), "body_part"),
        "nature": Field("nature of injury", STORY, "nature", _as_typed),
        "nature_code": Field("nature of injury code", STORY, "nature_code", _code(Vocabulary.NATURE)),
        "cause": Field("cause of injury", STORY, "cause", _as_typed, "narrative"),
        "cause_code": Field("cause of injury code", STORY, "cause_code", _code(Vocabulary.CAUSE)),
        "narrative": Field("what happened", STORY, "narrative", _as_typed, "narrative"),
        "reporter": Field("reported by", STORY, "reporter", _as_typed),
        "reporter_phone": Field("call back at", STORY, "reporter_phone", read_phone, "reporter_phone"),
        "representative_kind": Field("who represents the worker", SPEAKS, "kind", _one_of(REPRESENTATIVES)),
        "representative_name": Field("representative's name", SPEAKS, "name", _as_typed),
        "representative_firm": Field("representative's firm", SPEAKS, "firm", _as_typed),
        "representative_phone": Field(
            "representative's telephone", SPEAKS, "phone", read_phone, "representative_phone"
        ),
        "representative_email": Field("representative's e-mail", SPEAKS, "email", read_email),
        "representative_permits": Field(
            "worker may be called directly",
            SPEAKS,
            "permits",
            _one_of((YES, NO), lambda said: said == YES),
            empty=False,
        ),
    }
)
"""Every field that can be corrected, by its name in a report: the worker, the injury, who speaks for the worker."""

SPEAKING = tuple(name for name, field in FIELDS.items() if field.table == SPEAKS)
"""The fields that tell who speaks for the worker."""

_KNOWN_BY = ("representative_name", "representative_firm", "representative_phone", "representative_email")


def somebody_speaks(known: Mapping[str, Any]) -> bool:
    """Tell whether, of the fields that are *known*, one says who speaks for the worker; the database says the same."""
    return any(known[name] for name in _KNOWN_BY)


_LIMITS = {
    **LIMITS,
    "best_hours": (200, "best hours"),
    "do_not_contact": (500, "do not contact"),
    "representative_name": (200, "representative's name"),
    "representative_firm": (200, "representative's firm"),
    "representative_phone": (200, "representative's telephone"),
    "representative_email": (254, "representative's e-mail"),
}


def read(field: str, answer: str, *, on: date) -> Any:
    """
    Return what is kept of *answer* in *field*; *on* is today, where the client is.

    :raises AnswerNotUnderstood: if it cannot be read; says of which field, and what to write instead.
    :raises NoSuchField: if there is no such field.
    :raises TooLong: if it is beyond the field's limit.
    """
    if field not in FIELDS:
        raise NoSuchField
    what, answer = FIELDS[field], typed.cleaned(answer)
    if not answer:
        if what.empty is ...:
            raise AnswerNotUnderstood(f"{what.words.capitalize()}: it cannot be left empty.")
        return what.empty
    try:
        kept = what.read(answer, on)
    except AnswerNotUnderstood as unread:
        raise AnswerNotUnderstood(f"{what.words.capitalize()}: {unread}") from None
    if field in _LIMITS:
        limited(kept, _LIMITS[field][0], _LIMITS[field][1].capitalize())
    return kept


def read_all(said: Mapping[str, str], *, on: date) -> dict[str, Any]:
    """
    Return what is kept of each of *said*, by field; *on* is as in `read`.

    :raises AnswerNotUnderstood: for each that cannot be read or is too long, in one sentence a field.
    """
    kept: dict[str, Any] = {}
    wrong = []
    for field, answer in said.items():
        try:
            kept[field] = read(field, answer, on=on)
        except (AnswerNotUnderstood, TooLong) as refusal:
            wrong.append(str(refusal))
    if wrong:
        raise AnswerNotUnderstood(" ".join(wrong))
    return kept


def written(kept: Any) -> str:
    """Return what is *kept* in a field as one could type it again: an empty field is empty, a day is 01/31/1980."""
    match kept:
        case None:
            return ""
        case bool():
            return YES if kept else NO
        case date():
            return f"{kept:{typed.DAY}}"
        case time():
            return f"{kept:{typed.CLOCK}}"
    return str(kept)


def kept(field: str, said: str | None) -> Any:
    """Return what was kept in *field* where *said* is how it was `written`: the way back."""
    if not said:
        return None if FIELDS[field].empty is ... else FIELDS[field].empty
    if FIELDS[field].read in (read_date, read_time):
        return FIELDS[field].read(said, date.max)
    return said == YES if FIELDS[field].empty is False else said
