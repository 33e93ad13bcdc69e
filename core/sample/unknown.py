"""What the sample's VAs were told is not known yet, and when they ask again."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import text

from core import intake, worklist
from core.access import Actor
from core.transactions import transaction


class Unknown(NamedTuple):
    """Why something is not known yet, and how long from now somebody asks again; where that is over, it is late."""

    why: str
    again: timedelta


_SAID = (
    Unknown("The employer looks it up in the file at the plant.", timedelta(hours=-2)),
    Unknown("The plant nurse who knows is in at noon.", timedelta(hours=3)),
    Unknown("The human resources office is closed until then.", timedelta(days=2)),
)
"""One for each VA, as far as there is somebody to ask about."""

_AFTER = timedelta(minutes=90)
"""How long after a report it was said."""

_SINCE = timedelta(days=7)
"""How old the report is at most: what is not known of an older one is asked elsewhere."""

_ASKED = text(
    "update intake_question set opened_at = :at where client_id = :client_id and claim_id = :claim_id"
    " and answered_at is null and element = :element returning reason"
)
"""What a report lacked was asked since it came, though the sample brought it in only now."""


def say(vas: Iterator[Actor], at: datetime) -> None:
    """Let each of *vas* say of one claim what is not known on it until when."""
    for va, (why, again) in zip(vas, _SAID, strict=False):
        when = (at + again).replace(minute=0, second=0, microsecond=0)
        with transaction(va) as tx:
            lasting = [
                item
                for item in worklist.items(va, tx, at=at)
                if item.kind == worklist.INTAKE and item.assignee_id == va.staff_id and item.giver is None
                and not item.marks and len(item.elements) == 1 and item.elements != ["reach"]
                and at - _SINCE < item.reported_at < min(when, at) - _AFTER
            ]  # fmt: skip
            for item in lasting[:1]:
                where = {"client_id": item.client_id, "claim_id": item.claim_id}
                [element] = item.elements
                reasons = tx.execute(_ASKED, {**where, "element": element, "at": item.reported_at}).scalars()
                intake.answer_questions(
                    va, tx, **where, given={}, never=[(element, reason) for reason in reasons], why=why,
                    ask_again_at=when, at=item.reported_at + _AFTER,
                )  # fmt: skip
