"""The fields of a claim that people can set: what each is called, where it is kept, and how it is read and written."""

from collections.abc import Callable, Mapping
from datetime import date, time
from types import MappingProxyType
from typing import Any, NamedTuple

from core import typed
from core.injury_codes import Vocabulary
from core.intake.readers import (
    NO,
    YES,
    AnswerNotUnderstood,
    as_typed,
    code_of,
    one_of,
    read_date,
    read_date_ahead,
    read_email,
    read_hours,
    read_number,
    read_phone,
    read_state,
    read_time,
    read_yes_or_no,
    read_zone,
)
from core.intake.told import CONTACT_METHODS, LIMITS, LOST_TIME, TREATMENTS
from core.refusal import TooLong, limited

REPRESENTATIVES: Mapping[str, str] = MappingProxyType({"attorney": "attorney", "other": "somebody else"})
"""Who may speak for a worker, in words."""


class NoSuchField(AnswerNotUnderstood):
    text = "A claim has no such field. Open the page anew, and correct it again."


class Field(NamedTuple):
    """
    A field of a claim. `words` is what it is called, `elements` what of ELEMENTS it can answer: of several the first is
    the one that it is asked for by itself.

    `read` returns what is kept of the typed words, which are not empty, on a day; `empty` is what is kept of none, or
    ... where there must be some.
    """

    words: str
    table: str
    column: str
    read: Callable[[str, date], Any]
    elements: tuple[str, ...] = ()
    empty: Any = None


WORKER, CLAIM, STORY, SPEAKS = "injured_worker", "claim", "claim_narrative", "representative"
"""The tables that fields are kept in."""

FIELDS: Mapping[str, Field] = MappingProxyType(
    {
        "given_name": Field("given name", WORKER, "given_name", as_typed, ("name",), empty=""),
        "family_name": Field("family name", WORKER, "family_name", as_typed, ("name",), empty=""),
        "birth_date": Field("date of birth", WORKER, "birth_date", read_date, ("birth_date",)),
        "phone": Field("telephone", WORKER, "phone", read_phone, ("reach",)),
        "email": Field("e-mail", WORKER, "email", read_email, ("reach",)),
        "address": Field("address", WORKER, "address", as_typed, ("address", "reach")),
        "postal_code": Field("postal code", WORKER, "postal_code", as_typed),
        "preferred_contact": Field(
            "preferred contact method", WORKER, "preferred_contact", one_of(CONTACT_METHODS), ("preferred_contact",)
        ),
        "best_hours": Field("best hours", WORKER, "best_hours", read_hours, ("best_hours",)),
        "timezone": Field("worker's time zone", WORKER, "timezone", read_zone),
        "language": Field("language", WORKER, "language", as_typed, ("language",)),
        "interpreter": Field("interpreter needed", WORKER, "interpreter", read_yes_or_no, ("interpreter",)),
        "do_not_contact": Field("do not contact", WORKER, "do_not_contact", as_typed),
        "date_of_injury": Field("date of injury", CLAIM, "date_of_injury", read_date, ("date_of_injury",), empty=...),
        "injured_time": Field("time of injury", CLAIM, "injured_time", read_time, ("injured_time", "date_of_injury")),
        "jurisdiction": Field("state of jurisdiction", CLAIM, "jurisdiction", read_state, ("jurisdiction",)),
        "client_claim_number": Field(
            "client's claim number", CLAIM, "client_claim_number", read_number, ("client_claim_number",)
        ),
        "emergency": Field("sent to emergency care", CLAIM, "emergency", read_yes_or_no, empty=False),
        "injury_place": Field("place of injury", STORY, "injury_place", as_typed, ("injury_place",)),
        "body_part": Field("part of body", STORY, "body_part", as_typed, ("body_part",)),
        "part_code": Field("part of body code", STORY, "part_code", code_of(Vocabulary.PART), ("body_part",)),
        "nature": Field("nature of injury", STORY, "nature", as_typed, ("nature",)),
        "nature_code": Field("nature of injury code", STORY, "nature_code", code_of(Vocabulary.NATURE), ("nature",)),
        "cause": Field("cause of injury", STORY, "cause", as_typed, ("cause", "narrative")),
        "cause_code": Field("cause of injury code", STORY, "cause_code", code_of(Vocabulary.CAUSE), ("cause",)),
        "narrative": Field("what happened", STORY, "narrative", as_typed, ("narrative",)),
        "initial_treatment": Field(
            "initial treatment",
            STORY,
            "initial_treatment",
            one_of(TREATMENTS),
            ("initial_treatment",),
        ),
        "treated_at": Field("treated where and by whom", STORY, "treated_at", as_typed, ("treated_at",)),
        "occupation": Field("occupation", STORY, "occupation", as_typed, ("occupation",)),
        "lost_time": Field("lost time", STORY, "lost_time", one_of(LOST_TIME), ("lost_time",)),
        "last_day_worked": Field("last day worked", STORY, "last_day_worked", read_date, ("last_day_worked",)),
        "return_to_work": Field("return to work", STORY, "return_to_work", read_date_ahead, ("return_to_work",)),
        "modified_duty": Field("modified duty available", STORY, "modified_duty", read_yes_or_no, ("modified_duty",)),
        "work_supervisor": Field("worker's supervisor", STORY, "work_supervisor", as_typed, ("work_supervisor",)),
        "work_supervisor_phone": Field(
            "telephone of the worker's supervisor", STORY, "work_supervisor_phone", read_phone
        ),
        "reporter": Field("reported by", STORY, "reporter", as_typed),
        "reporter_phone": Field("call back at", STORY, "reporter_phone", read_phone, ("reporter_phone",)),
        "representative_kind": Field("who represents the worker", SPEAKS, "kind", one_of(REPRESENTATIVES)),
        "representative_name": Field("representative's name", SPEAKS, "name", as_typed),
        "representative_firm": Field("representative's firm", SPEAKS, "firm", as_typed),
        "representative_phone": Field(
            "representative's telephone", SPEAKS, "phone", read_phone, ("representative_phone",)
        ),
        "representative_email": Field("representative's e-mail", SPEAKS, "email", read_email),
        "representative_permits": Field(
            "worker may be called directly", SPEAKS, "permits", read_yes_or_no, empty=False
        ),
    }
)
"""Every field that can be corrected, by its name in a report: the worker, the injury, who speaks for the worker."""

SPEAKING = tuple(name for name, field in FIELDS.items() if field.table == SPEAKS)
"""The fields that tell who speaks for the worker."""

_FILLED_BY: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "name": ("given_name", "family_name"),
        "reach": ("phone", "email"),
        "date_of_injury": ("date_of_injury", "injured_time"),
    }
)


def filled_by(element: str) -> tuple[str, ...]:
    """Return the fields that an answer about *element* may be put into; none where it is only said."""
    return _FILLED_BY.get(element) or ((element,) if element in FIELDS else ())


_KNOWN_BY = ("representative_name", "representative_firm", "representative_phone", "representative_email")


def somebody_speaks(known: Mapping[str, Any]) -> bool:
    """Tell whether, of the fields that are *known*, one says who speaks for the worker; the database says the same."""
    return any(known[name] for name in _KNOWN_BY)


_LIMITS = {
    **LIMITS,
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
    if FIELDS[field].read in (read_date, read_date_ahead, read_time):
        return FIELDS[field].read(said, date.max)
    return said == YES if FIELDS[field].read is read_yes_or_no else said
