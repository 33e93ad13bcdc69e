"""Taking in a report of injury: worker, claim, clock and open questions, in one act that no missing detail blocks."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, bindparam, insert

from core import audit, claims, promises, scope, social_security, walltime
from core.access import Action, Actor
from core.intake import requirements, sameness
from core.intake.asking import questions
from core.intake.doubts import flags
from core.intake.elements import NOT_A_CLAIM_NUMBER
from core.intake.sameness import Suspect
from core.intake.told import Report, number_key, tidied, worker_name_key
from core.refusal import Refusal
from db.models.claims import Claim, ClaimNarrative
from db.models.intake import IntakeQuestion
from db.models.workers import InjuredWorker


class WorkerNotNamed(Refusal):
    text = "A claim needs at least one name of the worker."


class PerhapsReported(Refusal):
    """`suspects` are the claims of which it may be, the likeliest first."""

    text = "This may have been reported before: open the claim that there is, or save this as a second one."

    def __init__(self, suspects: Sequence[Suspect]) -> None:
        super().__init__()
        self.suspects = tuple(suspects)


class MadeForAnother(Refusal):
    """`claim_number` is the claim's that the form made."""

    text = "This form has made claim {}, of another client. Begin a new one to log this report."

    def __init__(self, claim_number: str) -> None:
        super().__init__(self.text.format(claim_number))


@dataclass(frozen=True)
class ClaimRef:
    """A claim's address and its number; `again` where this form had already made it."""

    client_id: int
    claim_id: int
    claim_number: str
    again: bool = False


_WORKER_FIELDS = (
    *("client_id", "family_name", "given_name", "family_key", "given_key", "birth_date", "phone", "email", "language"),
    *("preferred_contact", "address", "postal_code", "best_hours", "interpreter"),
)
_WORKER = (
    insert(InjuredWorker).values({name: bindparam(name) for name in _WORKER_FIELDS}).returning(InjuredWorker.worker_id)
)

_CLAIM_FIELDS = (
    *("client_id", "worker_id", "client_claim_number", "client_number_key", "jurisdiction", "date_of_injury"),
    *("injured_time", "reported_at", "reported_to", "channel", "emergency", "flags", "sla_effective_from", "due_at"),
    "date_of_death",
)
_CLAIM = (
    insert(Claim)
    .values({name: bindparam(name) for name in _CLAIM_FIELDS})
    .returning(Claim.claim_id, Claim.claim_number)
)

_NARRATIVE_FIELDS = (
    *("client_id", "claim_id", "narrative", "body_part", "nature", "cause", "reporter", "reporter_phone"),
    *("injury_place", "part_code", "nature_code", "cause_code", "initial_treatment", "treated_at", "occupation"),
    *("lost_time", "last_day_worked", "return_to_work", "modified_duty", "work_supervisor", "work_supervisor_phone"),
)
_NARRATIVE = insert(ClaimNarrative).values({name: bindparam(name) for name in _NARRATIVE_FIELDS}).inline()

_QUESTION_FIELDS = ("client_id", "claim_id", "element", "reason", "why", "opened_at")
_QUESTION = insert(IntakeQuestion).values({name: bindparam(name) for name in _QUESTION_FIELDS}).inline()


def report(
    actor: Actor, tx: Connection, *, client_id: int, report: Report, at: datetime, request: UUID,
    aware_of: Collection[int] = (),
) -> ClaimRef:  # fmt: skip
    """
    Open a claim from *report*: its clock starts at the report's time, under the policy then in force.

    Nothing but the worker, the date of injury and the report's time is needed; what else is missing or looks wrong
    becomes an open intake question. *request* is the form's own key: the same key again returns the claim it made,
    whatever changed meanwhile but the client. *aware_of* are the claims (their ids) beside which the person wants this
    one, having been told of them: that it may be the same as one of them stays an open question.

    :raises NotAllowed: if the actor does not take reports.
    :raises NoSuchClient: if the client is not among those whom the actor serves.
    :raises TooLong: if a text is beyond its limit; says which.
    :raises NoSuchWay: if the worker prefers a way of contact that there is not.
    :raises NoSuchCode: if a code, the treatment or the lost time is none of its vocabulary.
    :raises AnswerNotUnderstood: if the best hours cannot be read.
    :raises WorkerNotNamed: if the report names nobody.
    :raises PerhapsReported: if it may be of a claim that is not among *aware_of*; has all such claims.
    :raises MadeForAnother: if the form was sent before, and its claim is another client's.
    :raises NoSuchClaim: if the form was sent before, and its claim is not there for the actor.
    """
    timezone = scope.timezone(actor, tx, Action.CLAIM_REPORT, client_id, at=at)
    if not claims.first_time(actor, tx, request, at):
        made = ClaimRef(*claims.made_by(tx, request), again=True)
        if made.client_id != client_id:
            raise MadeForAnother(made.claim_number)
        return made
    no_number = social_security.holds(report.client_claim_number or "")
    report = tidied(report)
    if not (report.family_name or report.given_name):
        raise WorkerNotNamed
    claims.one_at_a_time(tx, client_id)
    suspects = sameness.suspects(tx, client_id, report)
    if any(suspect.claim_id not in aware_of for suspect in suspects):
        raise PerhapsReported(suspects)

    made = _insert(actor, tx, client_id, report, timezone, at)
    claims.keep_made(tx, request, made)
    doubts = sameness.doubts((suspect.claim_number, suspect.likeness) for suspect in suspects)
    required = requirements.required(
        tx, client_id, report.jurisdiction, on=walltime.today(timezone, at), known=vars(report)
    )
    asked = questions(report, timezone=timezone, at=at, required=required)
    to_ask = (*asked, *doubts, *[NOT_A_CLAIM_NUMBER] * no_number)
    if to_ask:
        tx.execute(
            _QUESTION,
            [
                {"client_id": client_id, "claim_id": made.claim_id, "opened_at": at, **question._asdict()}
                for question in to_ask
            ],
        )
    claims.note(actor, tx, made, "reported", at, {"channel": "form", "request": str(request)})
    audit.record(
        actor, tx, verb="reported", noun="claim", noun_id=made.claim_id, client_id=client_id,
        detail={"channel": "form", "asked": list(dict.fromkeys(each.element for each in to_ask))},
    )  # fmt: skip
    claims.announce(tx, client_id, [made.claim_id])
    return made


def _insert(actor: Actor, tx: Connection, client_id: int, report: Report, timezone: str, at: datetime) -> ClaimRef:
    policy, due_at = promises.due(promises.policies(actor, tx, client_id), report.reported_at)
    given = {**vars(report), "client_id": client_id}
    worker = {
        **given,
        "family_key": worker_name_key(report.family_name),
        "given_key": worker_name_key(report.given_name),
    }
    worker_id = tx.execute(_WORKER, {name: worker[name] for name in _WORKER_FIELDS}).scalar_one()
    claim = {
        **given, "worker_id": worker_id, "channel": "form", "client_number_key": number_key(report.client_claim_number),
        "flags": flags(report, timezone=timezone, at=at),
        "sla_effective_from": policy.effective_from, "due_at": due_at,
    }  # fmt: skip
    claim_id, claim_number = tx.execute(_CLAIM, {name: claim[name] for name in _CLAIM_FIELDS}).one()
    narrative = {**given, "claim_id": claim_id}
    tx.execute(_NARRATIVE, {name: narrative[name] for name in _NARRATIVE_FIELDS})
    return ClaimRef(client_id, claim_id, claim_number)
