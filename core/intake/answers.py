"""Answering what a report left open: with a value, or with why it cannot be had."""

from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, text

from core import audit, claims, emails, social_security, states, telephones, typed, walltime
from core.access import Action, Actor, of_claim, require
from core.claims import ClaimClosed
from core.contact.vocabulary import LONGEST_REASON
from core.intake import open_questions
from core.intake.death import record_death
from core.intake.elements import (
    CONTACT_METHODS,
    DATE_FLAGS,
    ELEMENTS,
    LIMITS,
    MISSING,
    SAME_CLAIM_ANSWERS,
    TIME_UNREADABLE,
    WRONG_NUMBER,
    age_flags,
    not_as_preferred,
    number_key,
    worker_name_key,
)
from core.intake.sameness import SAME_NUMBER, doubt, newly_sharing
from core.refusal import Refusal, limited
from db.queries.claims import Frame
from db.queries.promises import timezone_of


class NoSuchQuestion(Refusal):
    text = "This claim has no such open question. Somebody may have answered it meanwhile."


class AnswerNotUnderstood(Refusal):
    text = "This answer cannot be read."


class DeathIsCorrected(Refusal):
    text = "The date of death is corrected by a supervisor, with a reason."


class ReportTimeIsCorrected(Refusal):
    text = "The time of the report is corrected by a supervisor, with a reason."


_BORN = text("select birth_date from injured_worker where client_id = :client_id and worker_id = :worker_id")
_WORKER = text(
    "select phone, email, preferred_contact from injured_worker where client_id = :client_id and worker_id = :worker_id"
)
_NUMBERS = text(
    "select w.phone, n.reporter_phone from injured_worker w"
    " left join claim_narrative n on n.client_id = w.client_id and n.claim_id = :claim_id"
    " where w.client_id = :client_id and w.worker_id = :worker_id"
)
_SETS = {"narrative": "narrative = concat_ws(E'\\n', narrative, cast(:narrative as text))"}
"""Columns to which an answer adds: what a client told of the injury is never written over."""
_CHANGE = {
    table: f"update {table} set {{sets}} where client_id = :client_id and {key} = :{key}"
    for table, key in {"injured_worker": "worker_id", "claim": "claim_id", "claim_narrative": "claim_id"}.items()
}


def answer_question(
    actor: Actor, tx: Connection, *, client_id: int, claim_id: int, element: str, reason: str,
    answer: str | None = None, unobtainable_why: str | None = None, at: datetime,
) -> None:  # fmt: skip
    """
    Settle one open intake question, with an *answer* as the person typed it or with why it cannot be had.

    Other questions about the same element stay open, but for the one that says it is missing: an answer fills it. A
    date that looks wrong is kept, flagged and asked about, unless its flag is the very doubt that was answered.

    :raises NotAllowed: if the actor does not work intake.
    :raises AnswerNotUnderstood: if there is neither, or the answer cannot be read as what was asked for.
    :raises ReportTimeIsCorrected: for the time of the report: see `correct_report`.
    :raises DeathIsCorrected: for a date of death where one is recorded: see `correct_death`.
    :raises NoSuchClaim: if the claim is not there for the actor.
    :raises ClaimClosed: if the claim is closed.
    :raises NoSuchQuestion: if the question is not open.
    :raises TooLong: if the answer, or why it cannot be had, is beyond its limit; says which.
    """
    require(actor, Action.INTAKE_WORK, of_claim(client_id, claim_id))
    answer = typed.cleaned(answer or "")
    why = typed.cleaned(unobtainable_why or "") or None
    if not answer and not why:
        raise AnswerNotUnderstood("Give an answer, or say why it cannot be had.")
    if answer and element == "reported_at":
        raise ReportTimeIsCorrected
    limited(why or "", LONGEST_REASON, "Why it cannot be had")
    if element == "client_claim_number":
        # Before the claim itself is locked, as whoever takes an import back does.
        claims.one_at_a_time(tx, client_id)
    claim = claims.find(tx, client_id, claim_id)
    if claim.closed_at is not None:
        raise ClaimClosed
    if answer and element == "date_of_death" and claim.date_of_death is not None:
        raise DeathIsCorrected
    answered = [(element, reason)] + [(element, MISSING)] * bool(answer)
    settled = open_questions.settle(actor, tx, claim, answered, at=at, unobtainable_why=None if answer else why)
    if (element, reason) not in settled:
        raise NoSuchQuestion
    if answer:
        today = walltime.today(timezone_of(tx, client_id, at=claim.reported_at) or "UTC", at)
        table, values = _read(element, reason, answer, today)
        if reason == WRONG_NUMBER:
            _another_number(tx, claim, values)
    if answer and element == "date_of_death":
        record_death(actor, tx, client_id=client_id, claim_id=claim_id, at=at, **values)
    elif answer:
        shared = newly_sharing(tx, client_id, claim_id, values.get("client_number_key"))
        _change(tx, claim, table, values)
        if shared:
            open_questions.add(tx, claim, [doubt(SAME_NUMBER, shared)], at=at)
        if element in ("birth_date", "date_of_injury"):
            _look_again(tx, claim, values, reason, at)
        if element in ("reach", "preferred_contact") and claim.date_of_death is None:
            worker = tx.execute(_WORKER, {"client_id": client_id, "worker_id": claim.worker_id}).one()
            asked = [each for each in not_as_preferred(worker._asdict()) if each.reason != reason]
            open_questions.add(tx, claim, asked, at=at)
    how = "answered" if answer else "unobtainable"
    which = {"element": element, "reason": reason}
    said = {"answer": answer} if answer and element == "same_claim" else {}
    claims.note(actor, tx, claim, f"question_{how}", at, which | said)
    audit.record(
        actor, tx, verb=f"question_{how}", noun="claim", noun_id=claim_id, client_id=client_id, detail=which,
    )  # fmt: skip
    claims.announce(tx, client_id, [claim_id])


def _change(tx: Connection, claim: Frame, table: str, values: dict[str, Any]) -> None:
    if not values:  # the answer is on the timeline, and nowhere else
        return
    sets = ", ".join(_SETS.get(column, f"{column} = :{column}") for column in values)
    which = {"client_id": claim.client_id, "claim_id": claim.claim_id, "worker_id": claim.worker_id}
    tx.execute(text(_CHANGE[table].format(sets=sets)), {**values, **which})


def _another_number(tx: Connection, claim: Frame, values: dict[str, Any]) -> None:
    which = {"client_id": claim.client_id, "claim_id": claim.claim_id, "worker_id": claim.worker_id}
    known = tx.execute(_NUMBERS, which).one()._asdict()
    if any(known[column] == number for column, number in values.items()):
        raise AnswerNotUnderstood("This is the number that leads to nobody. Give another one.")


def _look_again(tx: Connection, claim: Frame, values: dict[str, Any], reason: str, at: datetime) -> None:
    """Flag the dates anew with the *values* that an answer brought; what was just answered, *reason*, is not asked."""
    claim = claim._replace(**{name: values[name] for name in ("date_of_injury", "injured_time") if name in values})
    born = tx.execute(_BORN, {"client_id": claim.client_id, "worker_id": claim.worker_id}).scalar_one()
    raised = [*open_questions.date_flags_of(tx, claim, at=at), *age_flags(born, claim.date_of_injury)]
    open_questions.flag(tx, claim, raised, among=(*DATE_FLAGS, "age_doubtful"), answered=reason, at=at)


def _read(element: str, reason: str, answer: str, today: date) -> tuple[str, dict[str, Any]]:
    if reason == TIME_UNREADABLE and " " not in answer:
        return "claim", {"injured_time": read_time(answer)}
    try:
        if (element, reason) == ("reach", WRONG_NUMBER):
            return "injured_worker", {"phone": read_phone(answer)}
        table, values = read_answer(element, answer, on=today)
    except AnswerNotUnderstood as unread:
        raise AnswerNotUnderstood(f"{ELEMENTS.get(element, element).capitalize()}: {unread}") from None
    for column, (most, words) in LIMITS.items():
        limited(values.get(column) or "", most, words.capitalize())
    return table, values


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
                "given_key": worker_name_key(given_name), "family_key": worker_name_key(family_name),
            }  # fmt: skip
        case "birth_date":
            return "injured_worker", {"birth_date": read_date(answer, on=on)}
        case "date_of_death":
            return "claim", {"date_of_death": read_date(answer, on=on)}
        case "reporter_phone":
            return "claim_narrative", {"reporter_phone": read_phone(answer)}
        case "reach":
            return "injured_worker", {"email": read_email(answer)} if "@" in answer else {"phone": read_phone(answer)}
        case "preferred_contact" if answer in CONTACT_METHODS:
            return "injured_worker", {"preferred_contact": answer}
        case "language":
            return "injured_worker", {"language": answer}
        case "jurisdiction" if state := states.code(answer):
            return "claim", {"jurisdiction": state}
        case "body_part" | "narrative":
            return "claim_narrative", {element: answer}
        case "client_claim_number" if social_security.holds(answer):
            raise AnswerNotUnderstood("A social security number is not kept. Give the client's own claim number.")
        case "client_claim_number":
            return "claim", {"client_claim_number": " ".join(answer.split()), "client_number_key": number_key(answer)}
        case "same_claim" if answer in SAME_CLAIM_ANSWERS:
            return "claim", {}
        case "date_of_injury":
            day, _, clock = answer.partition(" ")
            time_of_injury = {"injured_time": read_time(clock)} if clock else {}
            return "claim", {"date_of_injury": read_date(day, on=on), **time_of_injury}
    raise AnswerNotUnderstood(f"This cannot be read as {ELEMENTS.get(element, 'what was asked for')}.")


def read_date(answer: str, *, on: date) -> date:
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


def read_time(answer: str) -> time:
    """
    Return the time of day in *answer*, written 14:30.

    :raises AnswerNotUnderstood: if it is none.
    """
    try:
        return datetime.strptime(answer.strip(), "%H:%M").replace(tzinfo=ZoneInfo("UTC")).time()
    except ValueError:
        raise AnswerNotUnderstood("Write the time as 14:30.") from None


def read_email(answer: str) -> str:
    """
    Return the e-mail address in *answer*. One that is too long is not judged: its limit says so.

    :raises AnswerNotUnderstood: if it has not the form of one.
    """
    if len(answer) <= emails.LONGEST and emails.readable(answer) is None:
        raise AnswerNotUnderstood("Write the e-mail address as name@example.com.")
    return answer


def read_phone(answer: str) -> str:
    """
    Return the telephone number in *answer* as E.164, read as one of the United States where it names no country.

    :raises AnswerNotUnderstood: if it has no possible number of digits.
    """
    if (number := telephones.readable(answer)) is None:
        raise AnswerNotUnderstood("Write the telephone number with its area code.")
    return number
