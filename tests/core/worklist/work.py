"""What the tests of work items share."""

from datetime import datetime, timedelta

from core import worklist
from core.access import Actor
from core.transactions import transaction
from core.worklist import Item
from tests import factories
from tests.factories import NOW

HOUR = timedelta(hours=1)


def items(actor: Actor, **more: object) -> list[Item]:
    with transaction(actor) as tx:
        return worklist.items(actor, tx, at=NOW, **more)


def due(client: int, hours: float, **more: object) -> int:
    """Make a claim of *client*, reported an hour ago and due in so many."""
    return factories.claim(client, reported_at=NOW - HOUR, due_at=NOW + hours * HOUR, **more)


def asked(desk, client: int, claim: int, *elements: str, at: datetime = NOW) -> None:
    """Open a question about each of *elements*."""
    with desk.owner() as db:
        for element in elements:
            db.execute(
                "insert into intake_question (client_id, claim_id, element, why, opened_at) values (%s, %s, %s, 'x', %s)",
                (client, claim, element, at),
            )
