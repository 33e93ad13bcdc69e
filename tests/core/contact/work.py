"""What people do about contact in these tests, and what is on record of it."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from core import contact, intake
from core.access import Actor
from core.contact import Logged, Method, Outcome, Party
from core.transactions import transaction
from tests import factories
from tests.conftest import Desk
from tests.factories import NOW


def log(
    actor: Actor, client: int, claim: int, outcome: Outcome = Outcome.VOICEMAIL, *, party: Party = Party.WORKER,
    method: Method = Method.PHONE, note: str | None = None, at: datetime = NOW, request: UUID | None = None, **more: Any,
) -> Logged:  # fmt: skip
    with transaction(actor) as tx:
        return contact.log_attempt(
            actor, tx, client_id=client, claim_id=claim, party=party, method=method, outcome=outcome, note=note, at=at,
            request=request or uuid4(), **more,
        )  # fmt: skip


def reach(
    actor: Actor, client: int, claim: int, *, at: datetime = NOW, request: UUID | None = None, **held: Any
) -> Logged:
    with transaction(actor) as tx:
        return contact.record_first_contact(
            actor, tx, client_id=client, claim_id=claim, held=factories.held(**held), at=at, request=request or uuid4()
        )


def pause(
    actor: Actor, client: int, claim: int, *, at: datetime = NOW, reason: str = "The worker is in surgery."
) -> None:
    with transaction(actor) as tx:
        contact.pause_clock(actor, tx, client_id=client, claim_id=claim, reason=reason, at=at)


def resume(actor: Actor, client: int, claim: int, *, at: datetime) -> datetime:
    with transaction(actor) as tx:
        return contact.resume_clock(actor, tx, client_id=client, claim_id=claim, at=at)


def represented(actor: Actor, client: int, claim: int, **said: str) -> None:
    """Put down who speaks for the worker: somebody with a name and a number, but for what is *said* otherwise."""
    with transaction(actor) as tx:
        known = intake.open_claim(actor, tx, client, claim).fields
        at_first = {"representative_name": "Sam Law", "representative_phone": "(614) 555-0134"}
        said = said if known["representative_name"] else at_first | said
        intake.correct_fields(
            actor, tx, client_id=client, claim_id=claim, seen=known, said=said, reason="A letter.", at=NOW
        )


def strike(actor: Actor, client: int, claim: int, reason: str = "Meant for another claim.") -> datetime:
    with transaction(actor) as tx:
        return contact.strike_first_contact(actor, tx, client_id=client, claim_id=claim, reason=reason)


def one(desk: Desk, statement: str, *values: object) -> Any:
    with desk.owner() as db:
        row = db.execute(statement.encode(), values).fetchone()
        return row[0] if row and len(row) == 1 else row


def count(desk: Desk, table: str) -> int:
    return int(one(desk, f"select count(*) from {table}"))


def state(desk: Desk, claim: int) -> tuple[Any, ...]:
    """Everything that an act on *claim* could change, counted or copied."""
    return (
        one(desk, "select due_at, first_contact_at, version from claim where claim_id = %s", claim),
        [
            count(desk, table)
            for table in ("contact_attempt", "claim_event", "audit_event", "clock_pause", "fact_delta")
        ],
    )
