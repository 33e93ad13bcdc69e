"""Answering what a report left open: with a value, or with why it cannot be had."""

from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, text
from sqlalchemy.exc import IntegrityError

from core import audit, claims, walltime
from core.access import Action, Actor, of_claim, require
from core.intake.elements import (
    CONTACT_METHODS,
    DATE_FLAGS,
    ELEMENTS,
    JURISDICTIONS,
    LONGEST_NUMBER,
    date_flags,
    folded,
    readable_phone,
)
from core.intake.reporting import NumberTaken
from core.refusal import Refusal
from db.queries.claims import Frame
from db.queries.promises import timezone_of


class NoSuchQuestion(Refusal):
    """This claim has no such open question. Somebody may have answered it meanwhile."""


class AnswerNotUnderstood(Refusal):
    """This answer cannot be read."""


class ReportTimeIsCorrected(Refusal):
    """The time of the report is corrected by a supervisor, with a reason."""


_ANSWER = text(
    "update intake_question set answered_at = :at, answered_by = :by_id, unobtainable_why = :why"
    " where client_id = :client_id and claim_id = :claim_id and element = :element and answered_at is null"
)
_SETS = {"narrative": "narrative = concat_ws(E'\\n', narrative, cast(:narrative as text))"}
"""Columns to which an answer adds: what a client told of the injury is never written over."""
_CHANGE = {
    table: f"update {table} set {{sets}} where client_id = :client_id and {key} = :{key}"
    for table, key in {"injured_worker": "worker_id", "claim": "claim_id", "claim_narrative": "claim_id"}.items()
}


def answer_question(
    actor: Actor, tx: Connection, *, client_id: int, claim_id: int, element: str, answer: str | None = None,
    unobtainable_why: str | None = None, at: datetime,
) -> None:  # fmt: skip
    """
    Settle one open intake question, with an *answer* as the person typed it or with why it cannot be had.

    :raises NotAllowed: if the actor does not work intake.
    :raises AnswerNotUnderstood: if there is neither, or the answer cannot be read as what was asked for.
    :raises ReportTimeIsCorrected: for the time of the report: see `correct_report`.
    :raises NoSuchClaim: if the claim is not there for the actor.
    :raises NoSuchQuestion: if the question is not open.
    :raises NumberTaken: if the client claim number belongs to another claim.
    """
    require(actor, Action.INTAKE_WORK, of_claim(client_id, claim_id))
    answer, why = (answer or "").strip(), (unobtainable_why or "").strip() or None
    if not answer and not why:
        raise AnswerNotUnderstood("Give an answer, or say why it cannot be had.")
    if answer and element == "reported_at":
        raise ReportTimeIsCorrected
    claim = claims.find(tx, client_id, claim_id)
    settled = {"at": at, "by_id": actor.staff_id, "why": None if answer else why, "element": element}
    if tx.execute(_ANSWER, {**settled, "client_id": client_id, "claim_id": claim_id}).rowcount == 0:
        raise NoSuchQuestion
    if answer:
        today = walltime.today(timezone_of(tx, client_id) or "UTC", at)
        table, values = _read(element, answer, today)
        if element == "date_of_injury":
            values["flags"] = _flags_with(tx, claim, values["date_of_injury"], at)
        _change(tx, claim, table, values)
    how = "answered" if answer else "unobtainable"
    claims.note(actor, tx, claim, f"question_{how}", at, {"element": element})
    audit.record(
        actor, tx, verb=f"question_{how}", noun="claim", noun_id=claim_id, client_id=client_id,
        detail={"element": element},
    )  # fmt: skip
    claims.announce(tx, client_id, [claim_id])


def _change(tx: Connection, claim: Frame, table: str, values: dict[str, Any]) -> None:
    sets = ", ".join(_SETS.get(column, f"{column} = :{column}") for column in values)
    which = {"client_id": claim.client_id, "claim_id": claim.claim_id, "worker_id": claim.worker_id}
    try:
        tx.execute(text(_CHANGE[table].format(sets=sets)), {**values, **which})
    except IntegrityError as error:
        if "claim_client_number_key" in str(error.orig):
            raise NumberTaken from None
        raise


def _read(element: str, answer: str, today: date) -> tuple[str, dict[str, Any]]:
    try:
        return read_answer(element, answer, on=today)
    except AnswerNotUnderstood as unread:
        raise AnswerNotUnderstood(f"{ELEMENTS.get(element, element).capitalize()}: {unread}") from None


def read_answer(element: str, answer: str, *, on: date) -> tuple[str, dict[str, Any]]:
    """
    Return the table and the columns that *answer* fills; *on* is today, where the client is.

    :raises AnswerNotUnderstood: if it cannot be read; says what to write instead.
    """
    match element:
        case "name":
            given_name, _, family_name = answer.rpartition(" ")
            if not given_name:
                raise AnswerNotUnderstood("Write given name and family name with a blank between them.")
            return "injured_worker", {
                "given_name": given_name, "family_name": family_name,
                "given_key": folded(given_name), "family_key": folded(family_name),
            }  # fmt: skip
        case "birth_date":
            return "injured_worker", {"birth_date": read_date(answer, on=on)}
        case "reach":
            return "injured_worker", {"email": answer} if "@" in answer else {"phone": read_phone(answer)}
        case "preferred_contact" if answer in CONTACT_METHODS:
            return "injured_worker", {"preferred_contact": answer}
        case "language":
            return "injured_worker", {"language": answer}
        case "jurisdiction" if answer.upper() in JURISDICTIONS:
            return "claim", {"jurisdiction": answer.upper()}
        case "body_part" | "narrative":
            return "claim_narrative", {element: answer}
        case "client_claim_number" if len(number := " ".join(answer.split())) <= LONGEST_NUMBER:
            return "claim", {"client_claim_number": number}
        case "date_of_injury":
            day, _, clock = answer.partition(" ")
            told = {"injured_time": read_time(clock)} if clock else {}
            return "claim", {"date_of_injury": read_date(day, on=on), **told}
    raise AnswerNotUnderstood(f"This cannot be read as {ELEMENTS.get(element, 'what was asked for')}.")


def read_date(answer: str, *, on: date) -> date:
    """
    Return the past date in *answer*, written 1980-01-31 or 1/31/1980; *on* is today, where the client is.

    :raises AnswerNotUnderstood: if it is none, or lies in the future.
    """
    for form in ("%Y-%m-%d", "%m/%d/%Y"):
        try:
            read = datetime.strptime(answer, form).replace(tzinfo=ZoneInfo("UTC")).date()
        except ValueError:
            continue
        if read > on:
            raise AnswerNotUnderstood("This date lies in the future.")
        return read
    raise AnswerNotUnderstood("Write the date as 1/31/1980 or 1980-01-31.")


def read_time(answer: str) -> time:
    """
    Return the time of day in *answer*, written 14:30.

    :raises AnswerNotUnderstood: if it is none.
    """
    try:
        return datetime.strptime(answer.strip(), "%H:%M").replace(tzinfo=ZoneInfo("UTC")).time()
    except ValueError:
        raise AnswerNotUnderstood("Write the time as 14:30.") from None


def read_phone(answer: str) -> str:
    """
    Return the telephone number in *answer* as E.164, read as one of the United States where it names no country.

    :raises AnswerNotUnderstood: if it has no possible number of digits.
    """
    if (number := readable_phone(answer)) is None:
        raise AnswerNotUnderstood("Write the telephone number with its area code.")
    return number


def _flags_with(tx: Connection, claim: Frame, injured: date, at: datetime) -> list[str]:
    zone = timezone_of(tx, claim.client_id) or "UTC"
    found = date_flags(injured, claim.reported_at, claim.reported_to, timezone=zone, at=at)
    return found + [flag for flag in claim.flags if flag not in DATE_FLAGS]
