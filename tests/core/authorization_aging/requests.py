"""Requests for authorization as tests of their aging have them: each names only what the test is about."""

from datetime import datetime, timedelta

from core import authorization_aging
from core.access import Actor
from core.authorization_aging import Left, Picture, Question
from core.transactions import transaction
from tests import factories
from tests.factories import NOW

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
EVERY = Question()


def request(
    client: int,
    *,
    due_at: datetime | None = NOW + 30 * DAY,
    jurisdiction: str = "CA",
    received_at: datetime = NOW - HOUR,
    clock: str = "running",
    ours: bool = True,
    reviewer: int | None = None,
    provider: str = "Dr. Ames",
    npi: str | None = None,
    told_at: datetime | None = None,
    claim: int | None = None,
) -> tuple[int, int]:
    """Have a request, open unless the provider was *told_at* a moment; the ids of its claim and of itself."""
    claim = claim or factories.claim(client)
    row = factories._desk.maker.execute(
        "insert into authorization_request (client_id, claim_id, jurisdiction, kind, provider_name, provider_npi,"
        " received_at, complete_at, channel, clock, ours, due_at, due_why, reviewer_id, logged_at, logged_by, outcome,"
        " decided_at, communicated_at, ended_at)"
        " values (%(client)s, %(claim)s, %(jurisdiction)s, 'prospective', %(provider)s, %(npi)s, %(received)s,"
        " %(received)s, 'fax', %(clock)s, %(ours)s, %(due)s, case when %(due)s::timestamptz is not null then 'x' end,"
        " %(reviewer)s, %(received)s, 1, case when %(told)s::timestamptz is not null then 'approved' end, %(told)s,"
        " %(told)s, %(told)s) returning request_id",
        {
            "client": client, "claim": claim, "jurisdiction": jurisdiction, "provider": provider, "npi": npi,
            "received": received_at, "clock": "stopped" if told_at else clock, "ours": ours, "due": due_at,
            "reviewer": reviewer, "told": told_at,
        },
    ).fetchone()  # fmt: skip
    return claim, row[0]


def asked(client: int, of: tuple[int, int], outcome: str, *, party: str = "reviewer", at: datetime = NOW) -> None:
    """Have a request followed up, with what became of it."""
    factories._desk.maker.execute(
        "insert into authorization_follow_up (client_id, claim_id, request_id, party, how, outcome, at, by_id, recorded_at)"
        " values (%s, %s, %s, %s, 'phone', %s, %s, 1, %s)",
        (client, *of, party, outcome, at, at),
    )


def look(actor: Actor, question: Question = EVERY, *, at: datetime = NOW) -> Picture:
    """Return what a person sees."""
    with transaction(actor) as tx:
        return authorization_aging.look(actor, tx, question, at=at)


def left(actor: Actor, *, at: datetime = NOW) -> list[Left]:
    """Return how much of their clocks the open requests have left, one for each."""
    return [left for left in Left for _ in range(look(actor, at=at).of(left) or 0)]
