"""Answering what a report left open: with a value, or with why it is not known, for good or until it is asked again."""

from collections.abc import Collection, Mapping
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Connection, text

from core import audit, claims, typed, walltime
from core.access import Action, Actor, of_claim, require
from core.claims import ClaimClosed
from core.contact.vocabulary import LONGEST_REASON
from core.intake import field_changes, fields, open_questions, requirements
from core.intake.asking import not_as_preferred, spared
from core.intake.asking_again import LATEST, NothingToAskAgain, NotToAskThen
from core.intake.correction import correct_fields
from core.intake.death import injured_on_another_day, record_death
from core.intake.doubts import LOOKED_AT, age_flags
from core.intake.elements import ELEMENTS, MISSING, SAME, SAME_CLAIM_ANSWERS, TIME_UNREADABLE, TO_MERGE, WRONG_NUMBER
from core.intake.field_changes import Both, ChangedMeanwhile
from core.intake.open_questions import Key
from core.intake.readers import AnswerNotUnderstood, read_date
from core.intake.requirements import DECIDING
from core.intake.sameness import SAME_NUMBER, doubt, newly_sharing, said_to_be
from core.intake.told import number_key
from core.refusal import Refusal, TooLong, limited
from db.queries.claims import Frame


class NoSuchQuestion(Refusal):
    text = "This claim has no such open question. Somebody may have answered it meanwhile."


class DeathIsCorrected(Refusal):
    text = "The date of death is corrected by a supervisor, with a reason."


class SupervisorMerges(AnswerNotUnderstood):
    text = "A supervisor merges the two claims: that answers it. Where it is another injury, say so."


class ReportTimeIsCorrected(Refusal):
    text = "The time of the report is corrected by a supervisor, with a reason."


ANSWERED_TWICE = "Two people answered: this answer stands."
"""The reason that stands beside an answer which was put in the place of somebody else's."""

_ANSWERED = text(
    "select s.full_name, q.answered_at from intake_question q join staff s on s.staff_id = q.answered_by"
    " where q.client_id = :client_id and q.claim_id = :claim_id and q.element = :element and q.reason = :reason"
    " order by q.answered_at desc limit 1"
)


def answer_questions(
    actor: Actor, tx: Connection, *, client_id: int, claim_id: int, given: Mapping[Key, str],
    never: Collection[Key] = (), why: str = "", ask_again_at: datetime | None = None, at: datetime,
) -> int:  # fmt: skip
    """
    Settle several open questions in one act; return how many. *given* are answers as typed; of those in *never* that
    have none, *why* says why they cannot be had, for good or until *ask_again_at*.

    All of it is done, or nothing: the refusals are those of `answer_question`, of all the answers at once.

    :raises NothingToAskAgain: if there is a time to ask again, and everything is answered.
    """
    unanswered = [key for key in never if key not in given]
    if ask_again_at is not None and not unanswered:
        raise NothingToAskAgain
    if not given and not unanswered:
        raise AnswerNotUnderstood("Give an answer, or say why it cannot be had.")
    require(actor, Action.INTAKE_WORK, of_claim(client_id, claim_id))
    if any(element == "client_claim_number" for element, _ in given):
        # Before the claim itself is locked, as whoever takes an import back does.
        claims.one_at_a_time(tx, client_id)
    unread: list[str] = []
    both: list[Both] = []
    settled = 0
    where: dict[str, Any] = {"client_id": client_id, "claim_id": claim_id, "at": at}
    # What makes another question pointless is answered last: whoever answers both in one act has both kept.
    for element, reason in sorted((*given, *unanswered), key=lambda key: key[0] in DECIDING):
        said = given.get((element, reason))
        try:
            answer_question(
                actor, tx, element=element, reason=reason, answer=said, unobtainable_why=None if said else why,
                ask_again_at=None if said else ask_again_at, **where,
            )  # fmt: skip
            settled += 1
        except ChangedMeanwhile as meanwhile:
            both += meanwhile.both
        except NoSuchQuestion:
            if said or not _answered(tx, client_id, claim_id, element, reason):
                raise
        except (AnswerNotUnderstood, TooLong) as refusal:
            unread.append(str(refusal))
    if both:
        raise ChangedMeanwhile(both)
    if unread:
        raise AnswerNotUnderstood(" ".join(dict.fromkeys(unread)))
    return settled


def decide(
    actor: Actor, tx: Connection, *, client_id: int, claim_id: int, mine: Collection[Both], given: Mapping[Key, str],
    never: Collection[Key] = (), why: str = "", ask_again_at: datetime | None = None, at: datetime,
) -> None:  # fmt: skip
    """
    End what `ChangedMeanwhile` began: put one's own of *mine*, which are shown in both versions, in the place of the
    other, and settle the rest as `answer_questions` does, all of it or nothing.

    The refusals are those of `correct_fields` and `answer_questions`.
    """
    require(actor, Action.INTAKE_WORK, of_claim(client_id, claim_id))
    if "client_claim_number" in {each.field for each in mine} | {element for element, _ in given}:
        # Before the claim itself is locked, as whoever takes an import back does.
        claims.one_at_a_time(tx, client_id)
    where: dict[str, Any] = {"client_id": client_id, "claim_id": claim_id, "at": at}
    if mine:
        seen, said = ({each.field: each.theirs for each in mine}, {each.field: each.mine for each in mine})
        correct_fields(actor, tx, seen=seen, said=said, reason=ANSWERED_TWICE, **where)
    if given or never:
        answer_questions(actor, tx, given=given, never=never, why=why, ask_again_at=ask_again_at, **where)


def answer_question(
    actor: Actor, tx: Connection, *, client_id: int, claim_id: int, element: str, reason: str,
    answer: str | None = None, unobtainable_why: str | None = None, ask_again_at: datetime | None = None, at: datetime,
) -> None:  # fmt: skip
    """
    Settle one open intake question, with an *answer* as the person typed it or with why it cannot be had: for good, or
    until *ask_again_at*. So what waits to be asked again is answered, given up, or asked at another time, for which the
    reason that stands needs not be said again.

    Other questions about the same element stay open, but for the one that says it is missing: an answer fills it; what
    the answer makes pointless is not asked any more. A date that looks wrong is kept, flagged and asked about, unless
    its flag is the very doubt that was answered.

    :raises NotAllowed: if the actor does not work intake.
    :raises AnswerNotUnderstood: if there is neither, or the answer cannot be read as what was asked for.
    :raises NotToAskThen: if *ask_again_at* is not later than *at*, or later than LATEST.
    :raises SupervisorMerges: for what waits to be merged, unless it is another injury.
    :raises ReportTimeIsCorrected: for the time of the report: see `correct_report`.
    :raises DeathIsCorrected: for a date of death where one is recorded: see `correct_death`.
    :raises NoSuchClaim: if the claim is not there for the actor.
    :raises ClaimClosed: if the claim is closed.
    :raises NoSuchQuestion: if the question is not open.
    :raises ChangedMeanwhile: if it was answered by somebody else, and otherwise; has both versions.
    :raises TooLong: if the answer, or why it cannot be had, is beyond its limit; says which.
    """
    require(actor, Action.INTAKE_WORK, of_claim(client_id, claim_id))
    answer = typed.cleaned(answer or "")
    why = typed.cleaned(unobtainable_why or "") or None
    if not answer and not why and ask_again_at is None:
        raise AnswerNotUnderstood("Give an answer, or say why it cannot be had.")
    if ask_again_at is not None and not at < ask_again_at <= at + LATEST:
        raise NotToAskThen
    if answer and element == "reported_at":
        raise ReportTimeIsCorrected
    if answer == SAME and reason == TO_MERGE:
        raise SupervisorMerges
    limited(why or "", LONGEST_REASON, "Why it cannot be had")
    if element == "client_claim_number":
        # Before the claim itself is locked, as whoever takes an import back does.
        claims.one_at_a_time(tx, client_id)
    claim = claims.find(tx, client_id, claim_id)
    if claim.closed_at is not None:
        raise ClaimClosed
    if answer and element == "date_of_death" and claim.date_of_death is not None:
        raise DeathIsCorrected
    if not answer and ask_again_at is not None:
        unknown = open_questions.unknown(tx, claim, (element, reason))
        why = why or (unknown[0] if unknown else None)
        if why is None:
            raise AnswerNotUnderstood("Say why it is not known yet.")
        if unknown == (why, ask_again_at):  # somebody has said just so
            return
    today = walltime.today(claims.zone(tx, claim), at)
    values = _read(element, reason, answer, today) if answer else {}
    before = field_changes.standing(tx, claim) if values and element != "date_of_death" else {}
    if reason == WRONG_NUMBER and any(before[field] == number for field, number in values.items()):
        raise AnswerNotUnderstood("This is the number that leads to nobody. Give another one.")
    if element == "narrative" and answer:  # what a client told of the injury is never written over
        told = before["narrative"]
        values = {"narrative": f"{told}\n{answer}" if told else answer}
    answered = [(element, reason), *((each, MISSING) for each in (element, *spared(values)) if answer)]
    if answer:
        why = ask_again_at = None
    settled = open_questions.settle(actor, tx, claim, answered, at=at, unobtainable_why=why, ask_again_at=ask_again_at)
    if (element, reason) not in settled:
        _is_settled(tx, claim, element, reason, before, values)
        return
    if answer and element == "date_of_death":
        record_death(actor, tx, client_id=client_id, claim_id=claim_id, at=at, **values)
    elif answer:
        shared = newly_sharing(tx, client_id, claim_id, number_key(values.get("client_claim_number")))
        field_changes.change(actor, tx, claim, before, values, why=None, at=at)
        after = before | values
        if shared:
            open_questions.add(tx, claim, [doubt(SAME_NUMBER, shared)], at=at)
        if element in LOOKED_AT:
            claim = _look_again(tx, claim, after, element, reason, at)
        if element == "date_of_injury":
            injured_on_another_day(actor, tx, claim, at=at)
        if element == "same_claim" and answer == SAME:
            open_questions.add(tx, claim, [said_to_be(open_questions.why(tx, claim, (element, reason)))], at=at)
        if element in ("reach", "preferred_contact") and claim.date_of_death is None:
            asked = [each for each in not_as_preferred(after) if each.reason != reason]
            open_questions.add(tx, claim, asked, at=at)
    what: claims.EventKind = "question_answered" if answer else "question_unobtainable"
    which = {"element": element, "reason": reason}
    if ask_again_at is not None:
        which |= {"ask_again_at": ask_again_at.astimezone(UTC).isoformat()}
    said = {"answer": answer} if answer and element == "same_claim" else {}
    claims.note(actor, tx, claim, what, at, which | said)
    audit.record(
        actor, tx, verb=what, noun="claim", noun_id=claim_id, client_id=client_id, detail=which,
    )  # fmt: skip
    requirements.ask_anew(tx, client_id, claim_id, changed=values, at=at)
    claims.announce(tx, client_id, [claim_id])


def _is_settled(
    tx: Connection, claim: Frame, element: str, reason: str, now: Mapping[str, Any], mine: Mapping[str, Any]
) -> None:
    """Go on where the question was answered just so by somebody else; refuse where otherwise, or where it never was."""
    by = _answered(tx, claim.client_id, claim.claim_id, element, reason)
    if by is None or not now:
        raise NoSuchQuestion
    both = [
        each if each.by else Both(each.field, each.theirs, each.mine, *by)
        for each in field_changes.both(tx, claim, now, mine)
    ]
    if both:
        raise ChangedMeanwhile(both)


def _answered(tx: Connection, client_id: int, claim_id: int, element: str, reason: str) -> tuple[str, datetime] | None:
    """Return who settled the question last, and when; None where nobody has."""
    where = {"client_id": client_id, "claim_id": claim_id, "element": element, "reason": reason}
    row = tx.execute(_ANSWERED, where).one_or_none()
    return (row.full_name, row.answered_at) if row else None


def _look_again(
    tx: Connection, claim: Frame, after: Mapping[str, Any], element: str, reason: str, at: datetime
) -> Frame:
    """
    Flag anew what an answer about *element* settles or raises, with what stands *after* it; return the claim with that.
    What was just answered, *reason*, is not asked.
    """
    claim = claim._replace(date_of_injury=after["date_of_injury"], injured_time=after["injured_time"])
    raised = [*open_questions.date_flags_of(tx, claim, at=at), *age_flags(after["birth_date"], claim.date_of_injury)]
    return open_questions.flag(tx, claim, raised, among=LOOKED_AT[element], answered=reason, at=at)


def _read(element: str, reason: str, answer: str, today: date) -> dict[str, Any]:
    """Return what the answer puts into which fields; of a death its date, and of what is only said nothing."""
    match element:
        case "date_of_injury" if reason == TIME_UNREADABLE and " " not in answer:
            return {"injured_time": fields.read("injured_time", answer, on=today)}
        case "date_of_injury":
            day, _, clock = answer.partition(" ")
            at = {"injured_time": fields.read("injured_time", clock, on=today)} if clock else {}
            return {"date_of_injury": fields.read("date_of_injury", day, on=today), **at}
        case "name":
            given_name, _, family_name = answer.rpartition(" ")
            if not given_name:
                raise AnswerNotUnderstood(
                    "The worker's full name: Write given name and family name with a blank between them."
                )
            names = {"given_name": given_name, "family_name": family_name}
            return {name: fields.read(name, said, on=today) for name, said in names.items()}
        case "date_of_death":
            return {"date_of_death": _dated(answer, today)}
        case "reach":
            field = "email" if "@" in answer and reason != WRONG_NUMBER else "phone"
            return {field: fields.read(field, answer, on=today)}
        case "same_claim" if answer in SAME_CLAIM_ANSWERS:
            return {}
        case _ if element in fields.FIELDS:
            return {element: fields.read(element, answer, on=today)}
    raise AnswerNotUnderstood(f"This cannot be read as {ELEMENTS.get(element, 'what was asked for')}.")


def _dated(answer: str, today: date) -> date:
    try:
        return read_date(answer, today)
    except AnswerNotUnderstood as unread:
        raise AnswerNotUnderstood(f"{ELEMENTS['date_of_death'].capitalize()}: {unread}") from None
