"""What people do about contact in these tests, and what is on record of it."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from core import contact
from core.access import Actor
from core.contact import Logged, Method, Outcome, Party
from core.transactions import transaction
from tests import factories
from tests.conftest import Desk
from tests.factories import NOW


def log(
    actor: Actor, client: int, claim: int, outcome: Outcome = Outcome.VOICEMAIL, *, party: Party = Party.WORKER,
    at: datetime = NOW, **more: Any,
) -> Logged:  # fmt: skip
    with transaction(actor) as tx:
        return contact.log_attempt(
            actor, tx, client_id=client, claim_id=claim, party=party, method=Method.PHONE, outcome=outcome, note=None,
            at=at, request=uuid4(), **more,
        )  # fmt: skip


def reach(actor: Actor, client: int, claim: int, *, at: datetime = NOW, **held: Any) -> Logged:
    with transaction(actor) as tx:
        return contact.record_first_contact(
            actor, tx, client_id=client, claim_id=claim, held=factories.held(**held), at=at, request=uuid4()
        )


def strike(actor: Actor, client: int, claim: int, reason: str = "Meant for another claim.") -> datetime:
    with transaction(actor) as tx:
        return contact.strike_first_contact(actor, tx, client_id=client, claim_id=claim, reason=reason)


def one(desk: Desk, statement: str, *values: object) -> Any:
    with desk.owner() as db:
        row = db.execute(statement.encode(), values).fetchone()
        return row[0] if row and len(row) == 1 else row
