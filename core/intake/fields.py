"""The fields of a claim that people can set: what each is called, where it is kept, and how what is typed is read."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from types import MappingProxyType
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, text
from sqlalchemy.dialects.postgresql import ARRAY, TEXT

from core import email_addresses, social_security, states, telephones, typed
from core.access import Actor
from core.intake.elements import CONTACT_METHODS, LIMITS, number_key, worker_name_key
from core.refusal import Refusal, TooLong, limited
from db.queries.claims import Frame

REPRESENTATIVES: Mapping[str, str] = MappingProxyType({"attorney": "attorney", "other": "somebody else"})
"""Who may speak for a worker, in words."""

YES, NO = "yes", "no"

_DAY, _CLOCK = "%m/%d/%Y", "%H:%M"


class AnswerNotUnderstood(Refusal):
    text = "This answer cannot be read."


class NoSuchField(AnswerNotUnderstood):
    text = "A claim has no such field. Open the page anew, and correct it again."


@dataclass(frozen=True)
class Both:
    """Two versions of one field, as they are kept: what somebody else put there, by whom and when, and one's own."""

    field: str
    theirs: str
    mine: str
    by: str | None
    at: datetime | None


class ChangedMeanwhile(Refusal):
    """`both` has what was changed by somebody else, field by field."""

    text = "Somebody else has changed this meanwhile. Both versions are shown: choose which one stands."

    def __init__(self, both: Collection[Both]) -> None:
        super().__init__()
        self.both = tuple(both)


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


_WORKER, _CLAIM, _STORY, _SPEAKS = "injured_worker", "claim", "claim_narrative", "representative"

FIELDS: Mapping[str, Field] = MappingProxyType(
    {
        "given_name": Field("given name", _WORKER, "given_name", _as_typed, "name", empty=""),
        "family_name": Field("family name", _WORKER, "family_name", _as_typed, "name", empty=""),
        "birth_date": Field("date of birth", _WORKER, "birth_date", read_date, "birth_date"),
        "phone": Field("telephone", _WORKER, "phone", read_phone, "reach"),
        "email": Field("e-mail", _WORKER, "email", read_email, "reach"),
        "address": Field("address", _WORKER, "address", _as_typed, "reach"),
        "postal_code": Field("postal code", _WORKER, "postal_code", _as_typed),
        "preferred_contact": Field(
            "preferred contact method", _WORKER, "preferred_contact", _one_of(CONTACT_METHODS), "preferred_contact"
        ),
        "language": Field("language", _WORKER, "language", _as_typed, "language"),
        "date_of_injury": Field("date of injury", _CLAIM, "date_of_injury", read_date, "date_of_injury", empty=...),
        "injured_time": Field("time of injury", _CLAIM, "injured_time", read_time, "date_of_injury"),
        "jurisdiction": Field("state of jurisdiction", _CLAIM, "jurisdiction", _state, "jurisdiction"),
        "client_claim_number": Field(
            "client's claim number", _CLAIM, "client_claim_number", _read_number, "client_claim_number"
        ),
        "emergency": Field(
            "sent to emergency care", _CLAIM, "emergency", _one_of((YES, NO), lambda said: said == YES), empty=False
        ),
        "injury_place": Field("place of injury", _STORY, "injury_place", _as_typed),
        "body_part": Field("part of body", _STORY, "body_part", _as_typed, "body_part"),
        "nature": Field("nature of injury", _STORY, "nature", _as_typed),
        "cause": Field("cause of injury", _STORY, "cause", _as_typed, "narrative"),
        "narrative": Field("what happened", _STORY, "narrative", _as_typed, "narrative"),
        "reporter": Field("reported by", _STORY, "reporter", _as_typed),
        "reporter_phone": Field("call back at", _STORY, "reporter_phone", read_phone, "reporter_phone"),
        "representative_kind": Field("who represents the worker", _SPEAKS, "kind", _one_of(REPRESENTATIVES)),
        "representative_name": Field("representative's name", _SPEAKS, "name", _as_typed),
        "representative_firm": Field("representative's firm", _SPEAKS, "firm", _as_typed),
        "representative_phone": Field(
            "representative's telephone", _SPEAKS, "phone", read_phone, "representative_phone"
        ),
        "representative_email": Field("representative's e-mail", _SPEAKS, "email", read_email),
        "representative_permits": Field(
            "worker may be called directly",
            _SPEAKS,
            "permits",
            _one_of((YES, NO), lambda said: said == YES),
            empty=False,
        ),
    }
)
"""Every field that can be corrected, by its name in a report: the worker, the injury, who speaks for the worker."""

SPEAKING = tuple(name for name, field in FIELDS.items() if field.table == _SPEAKS)
"""The fields that tell who speaks for the worker."""

_KNOWN_BY = ("representative_name", "representative_firm", "representative_phone", "representative_email")


def somebody_speaks(known: Mapping[str, Any]) -> bool:
    """Tell whether, of the fields that are *known*, one says who speaks for the worker; the database says the same."""
    return any(known[name] for name in _KNOWN_BY)


_LIMITS = {
    **LIMITS,
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
            return f"{kept:{_DAY}}"
        case time():
            return f"{kept:{_CLOCK}}"
    return str(kept)


def standing(tx: Connection, claim: Frame) -> dict[str, Any]:
    """Return what stands in every field of *claim*, and hold it until the transaction ends."""
    where = {"client_id": claim.client_id, "claim_id": claim.claim_id, "worker_id": claim.worker_id}
    tx.execute(_HELD, where)
    return dict(tx.execute(_STANDING, where).mappings().one())


_HELD = text(
    "select 1 from injured_worker where client_id = :client_id and worker_id = :worker_id for no key update"
)  # a worker may have another claim, which somebody else corrects at this moment
_STANDING = text(
    "select w.given_name, w.family_name, w.birth_date, w.phone, w.email, w.address, w.postal_code,"
    " w.preferred_contact, w.language, c.date_of_injury, c.injured_time, c.jurisdiction, c.client_claim_number,"
    " c.emergency, n.injury_place, n.body_part, n.nature, n.cause, n.narrative, n.reporter, n.reporter_phone,"
    " r.kind as representative_kind, r.name as representative_name, r.firm as representative_firm,"
    " r.phone as representative_phone, r.email as representative_email,"
    " coalesce(r.permits, false) as representative_permits"
    " from claim c"
    " join injured_worker w on w.client_id = c.client_id and w.worker_id = c.worker_id"
    " left join claim_narrative n on n.client_id = c.client_id and n.claim_id = c.claim_id"
    " left join representative r on r.client_id = c.client_id and r.claim_id = c.claim_id"
    " where c.client_id = :client_id and c.claim_id = :claim_id"
)


def change(
    actor: Actor, tx: Connection, claim: Frame, before: Mapping[str, Any], after: Mapping[str, Any], *,
    why: str | None, at: datetime,
) -> None:  # fmt: skip
    """
    Put *after* into the fields of *claim* in the place of what stood there *before*, which stays beside it with *why*.

    The other columns that follow from a field are written with it.
    """
    new = {name: value for name, value in after.items() if value != before[name]}
    if not new:
        return
    tx.execute(
        _KEEP,
        [
            {
                "client_id": claim.client_id, "claim_id": claim.claim_id, "field": name,
                "was": written(before[name]) or None, "became": written(value) or None, "why": why, "at": at,
                "by_id": actor.staff_id,
            }
            for name, value in new.items()
        ],
    )  # fmt: skip
    for table in dict.fromkeys(FIELDS[name].table for name in new):
        columns = {FIELDS[name].column: value for name, value in new.items() if FIELDS[name].table == table}
        _write(tx, claim, table, columns | _following(columns if table in (_WORKER, _CLAIM) else {}))


_KEEP = text(
    "insert into field_change (client_id, claim_id, field, was, became, why, at, by_id)"
    " values (:client_id, :claim_id, :field, :was, :became, :why, :at, :by_id)"
)


def _following(columns: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is written beside these columns: keys, by which one is found and compared."""
    keys = {"given_name": "given_key", "family_name": "family_key"}
    following: dict[str, Any] = {keys[name]: worker_name_key(value) for name, value in columns.items() if name in keys}
    if "client_claim_number" in columns:
        following["client_number_key"] = number_key(columns["client_claim_number"])
    return following


def _write(tx: Connection, claim: Frame, table: str, columns: Mapping[str, Any]) -> None:
    where = {"client_id": claim.client_id, "claim_id": claim.claim_id, "worker_id": claim.worker_id}
    sets = ", ".join(f"{column} = :{column}" for column in columns)
    if table in (_STORY, _SPEAKS):  # not every claim has a row there
        names, values = ", ".join(columns), ", ".join(f":{column}" for column in columns)
        sql = (
            f"insert into {table} (client_id, claim_id, {names}) values (:client_id, :claim_id, {values})"
            f" on conflict (client_id, claim_id) do update set {sets}"
        )
    else:
        key = "worker_id" if table == _WORKER else "claim_id"
        sql = f"update {table} set {sets} where client_id = :client_id and {key} = :{key}"
    tx.execute(text(sql), {**columns, **where})


def both(tx: Connection, claim: Frame, now: Mapping[str, Any], mine: Mapping[str, Any]) -> tuple[Both, ...]:
    """Return both versions of each field of which *mine* differs from what stands *now*, with who put that there."""
    differing = [name for name, value in mine.items() if value != now[name]]
    if not differing:
        return ()
    where = {"client_id": claim.client_id, "claim_id": claim.claim_id, "fields": differing}
    last = {row.field: row for row in tx.execute(_LAST, where)}
    return tuple(
        Both(
            name, written(now[name]), written(mine[name]),
            last[name].full_name if name in last else None, last[name].at if name in last else None,
        )
        for name in differing
    )  # fmt: skip


_LAST = text(
    "select distinct on (f.field) f.field, f.at, s.full_name from field_change f join staff s on s.staff_id = f.by_id"
    " where f.client_id = :client_id and f.claim_id = :claim_id and f.field = any (:fields)"
    " order by f.field, f.change_id desc"
).bindparams(bindparam("fields", type_=ARRAY(TEXT)))
