"""Referrals of the sample: in every state, over claims whose workers were reached, as of when its people made them."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, text

from core import intake, referrals
from core.access import Actor
from core.referrals import Outside, OutsideWhy, Party, Way
from core.transactions import transaction

_DAY = timedelta(days=1)
_PLACES = {
    "CA": "92835", "TX": "76102", "FL": "33713", "OH": "43623", "CO": "80231", "IL": "60712", "NY": "10580",
    "AZ": "85381",
}  # fmt: skip
"""A ZIP in each state of the directory around which most of its providers are: that of the workers who are referred."""

_CLAIMS = text("""
    select c.client_id, c.claim_id, c.jurisdiction, c.first_contact_at, w.family_name
      from claim c join injured_worker w using (client_id, worker_id)
     where c.client_id = any (:clients) and c.jurisdiction = any (:states) and c.closed_at is null
       and c.date_of_death is null and c.merged_into is null and c.first_contact_at < :before
       and not exists (select from referral r where (r.client_id, r.claim_id) = (c.client_id, c.claim_id))
     order by c.first_contact_at limit :most
""")

_TREATING = ("Dr. Lena Frost", "Dr. Omar Reyes", "Riverside Urgent Care", "Dr. Ida Holm", "Canal Street Clinic")


class _Plan(NamedTuple):
    """
    What becomes of a referral: made so many days ago for a specialty, confirmed by whom, with appointments so many days
    from now (before it where negative) and what became of each, and how it ended.
    """

    days: float
    code: str
    asked: str
    confirmed: str = ""
    visits: tuple[tuple[int, str], ...] = ()
    ended: str = ""
    outside: OutsideWhy | None = None


_BOTH = "provider worker"
_PLANS = (
    _Plan(16, "207X00000X", "Torn meniscus? Surgery or not.", _BOTH, ((-12, "kept"),)),
    _Plan(15, "2084N0400X", "Headaches since the fall.", _BOTH, ((-9, "kept"),), "reported"),
    _Plan(14, "225100000X", "Twelve visits, back.", _BOTH, ((-8, "missed"), (-4, "kept"))),
    _Plan(9, "207XS0106X", "Laceration of a flexor tendon.", _BOTH, ((-3, "kept"),)),
    _Plan(8, "208600000X", "Hernia.", _BOTH, (), "withdrawn"),
    _Plan(7, "207W00000X", "Metal splinter removed; sight since.", _BOTH, ((-1, "missed"),)),
    _Plan(6, "2085R0202X", "MRI of the shoulder.", _BOTH, ((-2, "moved"), (3, "booked"))),
    _Plan(5, "207X00000X", "Fracture of the wrist, follow up.", _BOTH, ((-1, "booked"),)),
    _Plan(5, "207T00000X", "Disc at L4/L5.", _BOTH, ((6, "booked"),), outside=OutsideWhy.NONE_NEAR),
    _Plan(4, "208100000X", "Plan of rehabilitation.", _BOTH, ((2, "booked"),)),
    _Plan(4, "111N00000X", "", outside=OutsideWhy.WORKERS_CHOICE),
    _Plan(3, "207X00000X", "Ankle, cast off in two weeks.", _BOTH),
    _Plan(3, "103TC0700X", "Sleeps badly since the accident.", "worker"),
    _Plan(2.5, "2084N0400X", "Numb fingers.", "provider"),
    _Plan(0.5, "207N00000X", "Rash after a solvent.", "provider"),
    _Plan(0.1, "225100000X", "Shoulder, eight visits."),
)


_BEFORE = tuple(
    plan._replace(
        confirmed=_BOTH, days=16 + 15 * ago + number % 15, visits=((-10 - 15 * ago, "kept"),), ended="reported"
    )
    for ago in (1, 2, 3)
    for number, plan in enumerate(_PLANS)
    if not plan.ended
)
"""Referrals of the weeks before: the appointment was kept, and the report is there."""


def refer_some(vas: list[Actor], at: datetime) -> None:
    """Let the VAs refer workers, in turn, as far as there are claims whose workers were reached before."""
    for number, plan in enumerate((*_PLANS, *_BEFORE)):
        for va in (*vas[number % len(vas) :], *vas[: number % len(vas)]):
            if _refer(va, plan, number, at):
                break


def _refer(va: Actor, plan: _Plan, number: int, at: datetime) -> bool:
    """Play one plan on a claim of the VA's clients; whether there was one."""
    made = at - timedelta(days=plan.days)
    with transaction(va) as tx:
        values = {"clients": sorted(va.clients), "states": list(_PLACES), "before": made, "most": 1}
        claim = tx.execute(_CLAIMS, values).first()
        if claim is None:
            return False
        where = {"client_id": claim.client_id, "claim_id": claim.claim_id}
        _move_in(va, tx, where, _PLACES[claim.jurisdiction], made)
        to = _to(va, tx, where, claim.jurisdiction, plan, made)
        referral_id = referrals.refer(
            va, tx, **where, code=plan.code, referred_by=_TREATING[number % len(_TREATING)], asked=plan.asked, to=to,
            at=made,
        )  # fmt: skip
        of = {"client_id": claim.client_id, "referral_id": referral_id}
        for hours, party in enumerate(plan.confirmed.split(), 1):
            referrals.confirm(
                va, tx, **of, party=Party(party), how=Way.FAX if party == "provider" else Way.PHONE,
                with_whom="Front desk" if party == "provider" else claim.family_name,
                at=made + timedelta(hours=hours),
            )  # fmt: skip
        _see(va, tx, of, plan, _zone(tx, of), made, at)
        if plan.ended == "withdrawn":
            referrals.withdraw(va, tx, **of, why="The worker is treated by the own surgeon.", at=made + _DAY)
        if plan.ended == "reported":
            seen = at + timedelta(days=plan.visits[-1][0])
            referrals.report_received(va, tx, **of, at=seen + 5 * _DAY)
    return True


def _move_in(va: Actor, tx: Connection, where: dict[str, int], postal_code: str, at: datetime) -> None:
    """Have the worker's ZIP be known."""
    known = intake.open_claim(va, tx, **where).fields["postal_code"]
    if not known:
        intake.correct_fields(
            va, tx, **where, seen={"postal_code": ""}, said={"postal_code": postal_code},
            reason="Told on the telephone.", at=at,
        )  # fmt: skip


def _to(
    va: Actor, tx: Connection, where: dict[str, int], state: str, plan: _Plan, at: datetime
) -> referrals.Inside | Outside:
    if plan.outside is None:
        found = referrals.find_providers(
            va, tx, **where, codes=[plan.code], postal_code=_PLACES[state], state=state, within=300, language=None,
            accepting=True, at=at,
        )  # fmt: skip
        if found:
            return referrals.Inside(found[0].provider_id, found[0].location_id)
    why = plan.outside or OutsideWhy.NONE_OF_SPECIALTY
    return Outside("Dr. Una Fern", why, phone="(312) 555-0199", address="20 Placeholder Road")


def _zone(tx: Connection, of: dict[str, int]) -> str:
    row = tx.execute(
        text("select l.timezone from referral r left join provider_location l using (provider_id, location_id)"
             " where r.client_id = :client_id and r.referral_id = :referral_id"), of,
    ).one()  # fmt: skip
    return row.timezone or "America/Chicago"


def _see(
    va: Actor, tx: Connection, of: dict[str, Any], plan: _Plan, timezone: str, made: datetime, at: datetime
) -> None:
    """Book the appointments of the plan, each after what became of the one before."""
    said, moving = made + timedelta(hours=4), None
    for starts_at, became in _visits(plan, timezone, at):
        if moving is None:
            visit = {"appointment_id": referrals.book(va, tx, **of, starts_at=starts_at, timezone=timezone, at=said)}
        else:
            visit = {"appointment_id": referrals.move(
                va, tx, **of, appointment_id=moving, starts_at=starts_at, why="The office had to move it.", at=said
            )}  # fmt: skip
        moving = None
        if became == "kept":
            said = starts_at + timedelta(hours=2)
            referrals.kept(va, tx, **of, **visit, at=said)
        elif became == "missed":
            said = starts_at + timedelta(hours=1)
            referrals.missed(va, tx, **of, **visit, why="No ride that day.", at=said)
        elif became == "moved":
            said, moving = starts_at - timedelta(hours=3), visit["appointment_id"]


def _visits(plan: _Plan, timezone: str, at: datetime) -> Iterator[tuple[datetime, str]]:
    """Yield when the appointments of the plan are, at half past ten on clocks there, and what became of each."""
    today = at.astimezone(ZoneInfo(timezone)).date()
    for days, became in plan.visits:
        starts_at = datetime.combine(today + days * _DAY, time(10, 30), ZoneInfo(timezone))
        yield starts_at, became
