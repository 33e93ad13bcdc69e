"""What the sample's people said when they reached somebody: what first contacts held, and what became of attempts."""

from datetime import datetime, timedelta
from random import Random
from typing import NamedTuple
from uuid import uuid4

from sqlalchemy import Connection, text

from core import contact, worklist
from core.access import Actor
from core.contact import Explained, FirstContact, Identity, Method, Outcome, Party, WorkStatus
from core.sample.arrivals import Arrival
from core.transactions import transaction

_CARE = (
    "Urgent care on the day of injury, ice and rest. Next visit in a week.",
    "Emergency room, X-ray without a finding. Sees the family doctor on Thursday.",
    "First aid at work. Wants to see a provider: told how to find one in the network.",
    "Two visits of physical therapy. Pain is less.",
    None,
)
_WORK = (
    (WorkStatus.RESTRICTED, "No lifting above 10 lb until the next visit."),
    (WorkStatus.OFF_WORK, "Taken off work for three days."),
    (WorkStatus.FULL_DUTY, None),
    (WorkStatus.NOT_KNOWN, None),
)
_NOTES = ("Calls in the evening are best.", "Asked twice when the check comes: told whom to call.", None, None)

_DEFERRED = 5
"""Every so manieth minute of an attempt is one in which somebody asks to be called later."""

# Rather one whose promise is not over yet: then the true contact that follows is in time.
_REACHED_LAST = text(
    "select client_id, claim_id from claim where first_contact_at < :before and closed_at is null"
    " order by due_at > :at desc, first_contact_at desc limit 1"
)


class Came(NamedTuple):
    """What came of an attempt, and for when a call was promised."""

    outcome: str
    call_again_at: datetime | None


def held(one: Arrival) -> dict[str, object]:
    """Return what the first contact with this claim's worker held, by the columns' names."""
    random = Random(f"contact of {one.number}")
    identity = [item.value for item in random.sample(list(Identity), random.choice((2, 2, 3)))]
    explained = [point.value for point in Explained if point is Explained.WHO_WE_ARE or random.random() < 0.8]
    work_status, work_note = random.choice(_WORK)
    return {
        "identity": identity, "explained": explained, "care": random.choice(_CARE), "work_status": work_status.value,
        "work_note": work_note, "note": random.choice(_NOTES),
    }  # fmt: skip


def came(one: Arrival, when: datetime) -> Came:
    """Return what came of the attempt of *when*: whoever asked to be called later was promised the next one."""
    if when.minute % _DEFERRED == 0:
        return Came("reached_deferred", min(each for each in (*one.tries, one.reached_at) if each > when))
    return Came(("voicemail", "no_answer")[when.minute % 2], None)


def mistake(supervisor: Actor, clinician: Actor, at: datetime) -> None:
    """Strike a first contact that was put on the wrong claim, and record the one that was made after it."""
    with transaction(supervisor) as tx:
        found = tx.execute(_REACHED_LAST, {"at": at, "before": at - timedelta(minutes=30)}).first()
        if found is None:
            return
        where = {"client_id": found.client_id, "claim_id": found.claim_id}
        contact.strike_first_contact(supervisor, tx, **where, reason="Meant for another claim of the same morning.")
    true = FirstContact(
        Method.PHONE, [Identity.FULL_NAME, Identity.BIRTH_DATE], list(Explained), WorkStatus.RESTRICTED,
        care="Urgent care, a brace for the wrist.", made_at=at - timedelta(minutes=12),
        late_why="It stood on the other claim until then.",
    )  # fmt: skip
    with transaction(clinician) as tx:
        contact.record_first_contact(clinician, tx, **where, held=true, at=at, request=uuid4())


def wrong_number(va: Actor, tx: Connection, at: datetime) -> None:
    """Log a wrong number where time is left, so that another is asked for."""
    for item in [item for item in worklist.items(va, tx, at=at) if item.due_at > at][-3:-2]:
        contact.log_attempt(
            va, tx, client_id=item.client_id, claim_id=item.claim_id, party=Party.WORKER, method=Method.PHONE,
            outcome=Outcome.WRONG_NUMBER, note="A shop answered.", at=at, request=uuid4(),
        )  # fmt: skip
