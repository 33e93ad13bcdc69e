"""Two claims of one injury, as tests of merging make, merge and read them."""

from collections.abc import Collection
from datetime import datetime, timedelta

from core import intake, merging
from core.access import Actor
from core.merging import Comparison
from core.transactions import transaction
from tests import factories
from tests.conftest import Desk
from tests.factories import NOW

HOUR = timedelta(hours=1)


def two(client: int, *, assignee: int | None = None) -> tuple[int, int]:
    """Make two claims of one injury of Robin Sample, reported three hours ago and one hour ago; the earlier first."""
    earlier = factories.claim(client, reported_at=NOW - 3 * HOUR)
    return earlier, factories.claim(client, reported_at=NOW - HOUR, assignee=assignee)


def compare(boss: Actor, client: int, claim: int, number: str) -> Comparison:
    with transaction(boss) as tx:
        return merging.compare(boss, tx, client_id=client, claim_id=claim, number=number)


def merge(
    boss: Actor, client: int, claim: int, other: int, *, take: Collection[str] | None = None, at: datetime = NOW
) -> Comparison:
    """Compare two claims and merge them, unless it is said what to *take* with what stands unless somebody chooses."""
    seen = compare(boss, client, claim, f"C-{other}")
    if take is None:
        take = [each.field for each in seen.differences if each.takes_other]
    with transaction(boss) as tx:
        merging.merge(boss, tx, seen=seen, take=take, at=at)
    return seen


def unmerge(boss: Actor, client: int, claim: int, *, at: datetime = NOW + HOUR) -> None:
    with transaction(boss) as tx:
        merging.unmerge(boss, tx, client_id=client, claim_id=claim, at=at)


def opened(actor: Actor, client: int, claim: int) -> intake.ClaimPage:
    with transaction(actor) as tx:
        return intake.open_claim(actor, tx, client, claim)


def correct(actor: Actor, client: int, claim: int, *, at: datetime = NOW, **said: str) -> None:
    """Put *said* into fields of the claim, as whoever has just read them."""
    seen = opened(actor, client, claim).fields
    with transaction(actor) as tx:
        intake.correct_fields(
            actor, tx, client_id=client, claim_id=claim, seen={name: seen[name] for name in said}, said=said,
            reason="The letter says so.", at=at,
        )  # fmt: skip


def one(desk: Desk, statement: str, *values: object) -> object:
    with desk.owner() as db:
        row = db.execute(statement.encode(), values).fetchone()
        return row[0] if row and len(row) == 1 else row


def rows(desk: Desk, statement: str, *values: object) -> list[object]:
    with desk.owner() as db:
        return [row[0] if len(row) == 1 else row for row in db.execute(statement.encode(), values)]


def asked(desk: Desk, client: int, claim: int, why: str, reason: str = "same_injury") -> None:
    """Ask on the claim whether it is one reported before."""
    with desk.owner() as db:
        db.execute(
            "insert into intake_question (client_id, claim_id, element, reason, why, opened_at)"
            " values (%s, %s, 'same_claim', %s, %s, %s)",
            (client, claim, reason, why, NOW - HOUR),
        )
