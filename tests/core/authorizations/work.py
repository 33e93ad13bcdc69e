"""Requests for authorization for tests: as they are asked for, logged and looked at."""

from datetime import datetime, timedelta
from typing import Any

from core import authorizations
from core.access import Actor
from core.authorizations import Asked, Decision, Key, Line, LineDecided, Outcome, Request
from core.statutes import Channel
from core.transactions import acting, transaction
from tests.factories import NOW

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
RECEIVED = NOW - HOUR
"""Tuesday 24 November 2026, 08:00 in Chicago, 06:00 in Los Angeles."""

MRI = Line("MRI of the lumbar spine", "72148", "Lower back")
THERAPY = Line("Physical therapy", "97110", "Lower back", units=12)


def asked(*lines: Line, **otherwise: Any) -> Asked:
    """Return a complete request of California for *lines* (an MRI where there are none), as far as not said otherwise."""
    usual: dict[str, Any] = {
        "jurisdiction": "CA", "kind": "prospective", "provider_name": "Dr. Ames", "received_at": RECEIVED,
        "channel": Channel.FAX, "lines": lines or (MRI,), "complete_at": RECEIVED,
    }  # fmt: skip
    return Asked(**usual | otherwise)


def log(actor: Actor, client: int, claim: int, *lines: Line, at: datetime = NOW, although: tuple[int, ...] = (),
        **otherwise: Any) -> Key:  # fmt: skip
    """Log a request, and return it as it is seen then."""
    with acting(actor) as tx:
        request_id = authorizations.log(
            actor, tx, client_id=client, claim_id=claim, asked=asked(*lines, **otherwise), at=at, although=although
        )
    return Key(client, claim, request_id, 1)


def look(actor: Actor, key: Key) -> Request:
    """Return the request as it stands."""
    with transaction(actor) as tx:
        return authorizations.opened(
            actor, tx, client_id=key.client_id, claim_id=key.claim_id, request_id=key.request_id
        )


def now(actor: Actor, key: Key) -> Key:
    """Return the key of the request as it stands now."""
    return key._replace(version=look(actor, key).frame.version)


def approved(*lines: int, units: int = 1) -> Decision:
    """Return what approves these lines, the first where none is named."""
    return Decision(
        [LineDecided(line, Outcome.APPROVED, units) for line in lines or (1,)], "Pat Reviewer, RN", decided_at=NOW
    )


def denied(*lines: int, reason: str = "Not medically necessary by the guideline.") -> Decision:
    """Return what denies these lines, the first where none is named."""
    return Decision(
        [LineDecided(line, Outcome.DENIED) for line in lines or (1,)], "Dr. Reed", NOW,
        reviewer_credentials="MD, orthopedics", reason=reason,
    )  # fmt: skip
