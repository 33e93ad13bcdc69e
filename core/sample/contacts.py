"""What the sample's people said when they reached somebody: what first contacts held, and what became of attempts."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random
from typing import NamedTuple
from uuid import uuid4

from sqlalchemy import Connection, text

from core import contact, intake, worklist
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


_OF_VA = text(
    "select client_id, claim_id from claim c where assignee_id = :va and closed_at is null and date_of_death is null"
    " and case when :reached then first_contact_at is not null else first_contact_at is null and due_at > :later end"
    " and not exists (select from contact_attempt a where (a.client_id, a.claim_id) = (c.client_id, c.claim_id)"
    "   and a.request is not null)"
    " and not exists (select from hand_over h where (h.client_id, h.claim_id) = (c.client_id, c.claim_id))"
    " and not exists (select from work_mark m where (m.client_id, m.claim_id) = (c.client_id, c.claim_id))"
    " order by due_at desc, claim_id limit 1"
)

_SPEAKS = (
    {
        "representative_name": "Morgan Makebelieve", "representative_firm": "Makebelieve & Pretend",
        "representative_phone": "(312) 555-0190", "representative_permits": "no",
    },
    {
        "representative_name": "Robin Standin", "representative_firm": "Standin Law Office",
        "representative_phone": "(614) 555-0191", "representative_permits": "yes",
    },
)  # fmt: skip
"""Who speaks for a worker who waits for the first contact, and for one who was reached."""


_UNTOLD = text(
    "select c.client_id, c.claim_id from claim c join injured_worker w using (client_id, worker_id)"
    " where c.assignee_id = :va and c.closed_at is null and c.date_of_death is null and c.first_contact_at is null"
    " and w.phone is not null and c.due_at > :later"
    " and not exists (select from representative r where (r.client_id, r.claim_id) = (c.client_id, c.claim_id))"
    " and not exists (select from contact_attempt a where (a.client_id, a.claim_id) = (c.client_id, c.claim_id)"
    "   and a.request is not null)"
    " and not exists (select from hand_over h where (h.client_id, h.claim_id) = (c.client_id, c.claim_id))"
    " and not exists (select from work_mark m where (m.client_id, m.claim_id) = (c.client_id, c.claim_id))"
    " order by c.due_at desc, c.claim_id desc limit 4"
)

Wish = tuple[dict[str, str], dict[str, str], str]
"""How a worker wishes to be reached, what that worker consents to, and in which words."""

WISHES: tuple[Wish, ...] = (
    (
        {"language": "Spanish", "interpreter": "yes", "best_hours": "17:00-20:00"},
        {"text": "given", "voicemail": "given"},
        "Sure, text me, I am mostly on the line.",
    ),
    ({"best_hours": "08:00-09:30,12:00-13:00", "interpreter": "no"}, {"voicemail": "refused"}, "We share that phone."),
    ({"postal_code": "79936", "best_hours": "16:00-19:00"}, {"text": "revoked"}, "STOP"),
    ({"do_not_contact": "Asked that nobody calls until the funeral in the family is over."}, {}, ""),
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
        incomplete_why="The worker called back at once, before the employer had answered.",
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


def represent(va: Actor, tx: Connection, at: datetime) -> None:
    """Write down who speaks for two workers; who permits no direct call has been tried."""
    for reached, speaks in zip((False, True), _SPEAKS, strict=True):
        row = tx.execute(_OF_VA, {"va": va.staff_id, "reached": reached, "later": at + timedelta(hours=2)}).first()
        if row is None:
            continue
        where = {"client_id": row.client_id, "claim_id": row.claim_id}
        said = {"representative_kind": "attorney", **speaks}
        seen = dict.fromkeys(said, "") | {"representative_permits": intake.NO}
        intake.correct_fields(va, tx, **where, seen=seen, said=said, reason="", at=at)
        if not reached:
            contact.log_attempt(
                va, tx, **where, party=Party.ATTORNEY, method=Method.PHONE, outcome=Outcome.VOICEMAIL,
                note="The office calls back.", at=at, request=uuid4(),
            )  # fmt: skip


def reachable(va: Actor, tx: Connection, wishes: Iterator[Wish], at: datetime) -> None:
    """Write down for a VA's workers the next of *wishes*, as far as there are workers; who revokes had consented."""
    rows = tx.execute(_UNTOLD, {"va": va.staff_id, "later": at + timedelta(hours=2)}).all()
    for row, (said, consents, words) in zip(rows, wishes, strict=False):
        where = {"client_id": row.client_id, "claim_id": row.claim_id}
        seen = intake.open_claim(va, tx, **where).fields
        intake.correct_fields(va, tx, **where, seen=seen, said=said, reason="Told on the telephone.", at=at)
        stood = {channel: "given" for channel, answer in consents.items() if answer == "revoked"}
        for before, now, told in (({}, stood, "Yes, that is fine."), (stood, consents, words)):
            if now:
                contact.capture_consent(va, tx, **where, seen=before, said=now, words=dict.fromkeys(now, told), at=at)
