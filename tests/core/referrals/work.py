"""A small directory of providers, and referrals to them, for tests."""

from datetime import datetime, timedelta
from itertools import count

from core import referrals, zip_places
from core.access import Actor
from core.referrals import Inside, Party, Way
from core.transactions import transaction
from tests.factories import NOW

ORTHOPAEDIC, HAND, PHYSICAL_THERAPY = "207X00000X", "207XS0106X", "225100000X"
CHICAGO, EVANSTON, MILWAUKEE = "60601", "60201", "53202"
"""Evanston is 12 miles from the middle of Chicago, Milwaukee 81."""

LATER = NOW + timedelta(days=3)

_numbers = count(1)


def npi(number: int) -> str:
    """Return an NPI that nobody has: of so far unused ones, with its check digit."""
    digits = f"2{number:08d}"
    doubled = sum(sum(map(int, str(int(each) * 2))) for each in digits[::2])
    return f"{digits}{-(24 + doubled + sum(map(int, digits[1::2]))) % 10}"


def provider(
    desk, *, code: str = ORTHOPAEDIC, postal_code: str = CHICAGO, state: str = "IL", name: str = "", accepting: bool = True,
    languages: tuple[str, ...] = (), panel: int | bool | None = None, until: str | None = None, since: str = "2020-01-01",
    timezone: str = "America/Chicago",
) -> Inside:  # fmt: skip
    """Make a provider with a location; in the MCO's network, or on a client's own *panel*, or (False) in none."""
    number = next(_numbers)
    db = desk.maker
    provider_id = db.execute(
        "insert into provider (npi, kind, name) values (%s, 'individual', %s) returning provider_id",
        (npi(number), name or f"Dr. Number {number}"),
    ).fetchone()[0]
    spot = zip_places.spot(postal_code)
    location_id = db.execute(
        "insert into provider_location (provider_id, address, city, state, postal_code, latitude, longitude, timezone, phone,"
        " accepting_new_patients, effective_from, effective_until)"
        " values (%s, '1 Main St', 'Town', %s, %s, %s, %s, %s, '+13125550150', %s, %s, %s) returning location_id",
        (provider_id, state, postal_code, *spot, timezone, accepting, since, until),
    ).fetchone()[0]
    db.execute("insert into provider_specialty values (%s, %s, true)", (provider_id, code))
    for language in languages:
        db.execute("insert into provider_language values (%s, %s)", (provider_id, language))
    if panel is not False:
        db.execute(
            "insert into network_panel (client_id, provider_id, effective_from, effective_until) values (%s, %s, %s, %s)",
            (panel, provider_id, since, until),
        )
    return Inside(provider_id, location_id)


def refer(actor: Actor, client: int, claim: int, to, *, at: datetime = NOW, **more) -> int:
    """Refer the claim's worker."""
    told = {"code": ORTHOPAEDIC, "referred_by": "Dr. Ames", **more}
    with transaction(actor) as tx:
        return referrals.refer(actor, tx, client_id=client, claim_id=claim, to=to, at=at, **told)


def confirm(actor: Actor, client: int, referral: int, party: Party, *, at: datetime = NOW, **more) -> None:
    """Say that a side confirmed."""
    told = {"how": Way.PHONE, "with_whom": "Front desk", **more}
    with transaction(actor) as tx:
        referrals.confirm(actor, tx, client_id=client, referral_id=referral, party=party, at=at, **told)


def book(actor: Actor, client: int, referral: int, starts_at: datetime = LATER, *, at: datetime = NOW, **more) -> int:
    """Book the appointment."""
    told = {"timezone": "America/Chicago", **more}
    with transaction(actor) as tx:
        return referrals.book(actor, tx, client_id=client, referral_id=referral, starts_at=starts_at, at=at, **told)


def change(actor: Actor, client: int, referral: int, act, appointment: int, *, at: datetime = NOW, **more):
    """Do *act* of `core.referrals` to an appointment."""
    with transaction(actor) as tx:
        return act(actor, tx, client_id=client, referral_id=referral, appointment_id=appointment, at=at, **more)


def end(actor: Actor, client: int, referral: int, act, *, at: datetime = NOW, **more) -> None:
    """Do *act* of `core.referrals` that ends a referral."""
    with transaction(actor) as tx:
        act(actor, tx, client_id=client, referral_id=referral, at=at, **more)


def of_claim(actor: Actor, client: int, claim: int) -> list[referrals.Whole]:
    """Return the claim's referrals."""
    with transaction(actor) as tx:
        return referrals.of_claim(actor, tx, client, claim)


def near(actor: Actor, client: int, claim: int, **more) -> list[referrals.Listed]:
    """Return the providers found for the claim: orthopaedic surgeons near the middle of Chicago unless said."""
    told = {
        "codes": [ORTHOPAEDIC], "postal_code": CHICAGO, "state": "IL", "within": 30, "language": None, "accepting": True,
        "at": NOW, **more,
    }  # fmt: skip
    with transaction(actor) as tx:
        return referrals.find_providers(actor, tx, client_id=client, claim_id=claim, **told)
