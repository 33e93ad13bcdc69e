"""The request of a claim that a work item is about."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from core import authorizations
from core.access import Actor
from core.authorizations import Request
from core.authorizations.expiring import runs_out
from core.intake import ClaimPage
from core.worklist import DETERMINE, ESCALATED, RUNNING_OUT, TELL, TELL_CORRECTION, TO_SUPERVISOR
from pages.parts import desk
from pages.parts.authorizations.card import card
from pages.parts.forms.acts import Sent

_NEVER = datetime.max.replace(tzinfo=UTC)


def of_work(actor: Actor, page: ClaimPage, *, kind: int, now: datetime) -> Sent | None:
    """Draw the request that work of this *kind* is due of first; return what was sent."""
    with desk.looking(actor) as tx:
        found = authorizations.of_claim_page(actor, tx, client_id=page.header.client_id, claim_id=page.header.claim_id)
        due = [each for each in found if _is(each, kind, now)]
        one = min(due, key=lambda each: _due(each, kind), default=None)
        counted = authorizations.standing(tx, one) if one else None
        lapse = authorizations.lapsed(actor, tx, one, counted, at=now) if one and counted else None
    return card(actor, one, counted, lapse, now=now) if one and counted else None


def _is(request: Request, kind: int, now: datetime) -> bool:
    frame = request.frame
    if kind == RUNNING_OUT:
        today = now.astimezone(ZoneInfo(frame.timezone)).date()
        return any(runs_out(line, today) for line in request.lines)
    if kind == TELL_CORRECTION:
        return frame.to_tell_at is not None
    if frame.ended_at is not None:
        return False
    if kind == TELL:
        return frame.decided_at is not None
    if kind in (ESCALATED, TO_SUPERVISOR):
        since = frame.to_clinical_at if kind == ESCALATED else frame.to_supervisor_at
        return frame.decided_at is None and since is not None and since <= now
    return frame.decided_at is None and (kind == DETERMINE or frame.follow_up_at is not None)


def _due(request: Request, kind: int) -> datetime:
    frame = request.frame
    if kind == TO_SUPERVISOR:
        return frame.due_at or frame.to_supervisor_at or _NEVER
    by = {
        DETERMINE: frame.due_at,
        TELL: frame.due_at,
        TELL_CORRECTION: frame.to_tell_at,
        ESCALATED: frame.to_supervisor_at,
    }
    return by.get(kind, frame.follow_up_at) or _NEVER
