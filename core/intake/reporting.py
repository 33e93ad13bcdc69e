"""Taking in a report of injury: worker, claim, clock and open questions, in one act that no missing detail blocks."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, bindparam, insert, text
from sqlalchemy.exc import IntegrityError

from core import audit, claims, promises, social_security
from core.access import Action, Actor, NotAllowed, of_client, require
from core.intake.elements import NOT_A_CLAIM_NUMBER, Report, flags, folded, questions, tidied
from core.refusal import Refusal
from db.models.claims import Claim, ClaimNarrative, InjuredWorker, IntakeQuestion
from db.queries import promises as queries
from db.queries.promises import ClientRow, timezone_of


class NoSuchClient(NotAllowed):
    """There is no such client among those you serve."""


class WorkerNotNamed(Refusal):
    """A claim needs at least one name of the worker."""


class NumberTaken(Refusal):
    """Another claim of this client has this client claim number already."""


@dataclass(frozen=True)
class ClaimRef:
    """A claim's address and its number; `again` where this form had already made it."""

    client_id: int
    claim_id: int
    claim_number: str
    again: bool = False


_WORKER_FIELDS = (
    *("client_id", "family_name", "given_name", "family_key", "given_key", "birth_date", "phone", "email", "language"),
    *("preferred_contact", "address", "postal_code"),
)
_WORKER = (
    insert(InjuredWorker).values({name: bindparam(name) for name in _WORKER_FIELDS}).returning(InjuredWorker.worker_id)
)

_CLAIM_FIELDS = (
    *("client_id", "worker_id", "client_claim_number", "jurisdiction", "date_of_injury", "injured_time", "reported_at"),
    *("reported_to", "channel", "emergency", "flags", "sla_effective_from", "due_at"),
)
_CLAIM = (
    insert(Claim)
    .values({name: bindparam(name) for name in _CLAIM_FIELDS})
    .returning(Claim.claim_id, Claim.claim_number)
)

_NARRATIVE_FIELDS = (
    *("client_id", "claim_id", "narrative", "body_part", "nature", "cause", "reporter", "reporter_phone"),
    "injury_place",
)
_NARRATIVE = insert(ClaimNarrative).values({name: bindparam(name) for name in _NARRATIVE_FIELDS}).inline()

_QUESTION_FIELDS = ("client_id", "claim_id", "element", "why", "opened_at")
_QUESTION = insert(IntakeQuestion).values({name: bindparam(name) for name in _QUESTION_FIELDS}).inline()

# The report's time leads the way: an index read, and the timeline's first entry knows which form it came from.
_REPORTED_BEFORE = text(
    "select c.claim_id, c.claim_number from claim c join claim_event e using (client_id, claim_id)"
    " where c.client_id = :client_id and c.reported_at = :reported_at"
    " and e.kind = 'reported' and e.detail ->> 'request' = :request"
)


def clients(actor: Actor, tx: Connection) -> list[ClientRow]:
    """
    Return the clients for whom *actor* may take reports, by name.

    :raises NotAllowed: if the actor does not take reports.
    """
    require(actor, Action.CLAIM_REPORT)
    return [client for client in queries.clients(tx) if actor.scope is None or client.client_id in actor.scope]


def report(actor: Actor, tx: Connection, *, client_id: int, report: Report, at: datetime, request: UUID) -> ClaimRef:
    """
    Open a claim from *report*: its clock starts at the report's time, under the policy then in force.

    Nothing but the worker, the date of injury and the report's time is needed; what else is missing or looks wrong
    becomes an open intake question. *request* is the form's own key: the same key again returns the claim it made.

    :raises NotAllowed: if the actor does not take reports.
    :raises WorkerNotNamed: if the report names nobody.
    :raises NoSuchClient: if the client is not among those whom the actor serves.
    :raises NumberTaken: if the client claim number belongs to another claim.
    """
    require(actor, Action.CLAIM_REPORT, of_client(client_id))
    no_number = social_security.holds(report.client_claim_number or "")
    report = tidied(report)
    if not (report.family_name or report.given_name):
        raise WorkerNotNamed
    timezone = timezone_of(tx, client_id)
    if timezone is None or (actor.scope is not None and client_id not in actor.scope):
        raise NoSuchClient
    if not claims.first_time(actor, tx, request, at):
        return _before(tx, client_id, report, request)

    made = _insert(actor, tx, client_id, report, timezone, at)
    asked = questions(report, timezone=timezone, at=at)
    if no_number:
        asked["client_claim_number"] = NOT_A_CLAIM_NUMBER
    if asked:
        tx.execute(
            _QUESTION,
            [
                {"client_id": client_id, "claim_id": made.claim_id, "element": element, "why": why, "opened_at": at}
                for element, why in asked.items()
            ],
        )
    claims.note(actor, tx, made, "reported", at, {"channel": "form", "request": str(request)})
    audit.record(
        actor, tx, verb="reported", noun="claim", noun_id=made.claim_id, client_id=client_id,
        detail={"channel": "form", "asked": list(asked)},
    )  # fmt: skip
    claims.announce(tx, client_id, [made.claim_id])
    return made


def _insert(actor: Actor, tx: Connection, client_id: int, report: Report, timezone: str, at: datetime) -> ClaimRef:
    policy, due_at = promises.due(promises.policies(actor, tx, client_id), report.reported_at)
    given = {**vars(report), "client_id": client_id}
    worker = {**given, "family_key": folded(report.family_name), "given_key": folded(report.given_name)}
    worker_id = tx.execute(_WORKER, {name: worker[name] for name in _WORKER_FIELDS}).scalar_one()
    claim = {
        **given, "worker_id": worker_id, "channel": "form",
        "flags": flags(report, timezone=timezone, at=at),
        "sla_effective_from": policy.effective_from, "due_at": due_at,
    }  # fmt: skip
    try:
        claim_id, claim_number = tx.execute(_CLAIM, {name: claim[name] for name in _CLAIM_FIELDS}).one()
    except IntegrityError as error:
        if "claim_client_number_key" in str(error.orig):
            raise NumberTaken from None
        raise
    narrative = {**given, "claim_id": claim_id}
    tx.execute(_NARRATIVE, {name: narrative[name] for name in _NARRATIVE_FIELDS})
    return ClaimRef(client_id, claim_id, claim_number)


def _before(tx: Connection, client_id: int, report: Report, request: UUID) -> ClaimRef:
    row = tx.execute(
        _REPORTED_BEFORE, {"client_id": client_id, "reported_at": report.reported_at, "request": str(request)}
    ).one()
    return ClaimRef(client_id, row.claim_id, row.claim_number, again=True)
