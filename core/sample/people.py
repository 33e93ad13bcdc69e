"""Who works at the sample MCO, for which clients, and what those were promised."""

from dataclasses import dataclass
from datetime import datetime
from secrets import token_urlsafe
from types import MappingProxyType

from sqlalchemy import Connection, text

from core import audit, clients, staff
from core.access import ROLE_NAMES, Action, Actor, Role, require
from core.clocks import BusinessWeek, Clock
from core.transactions import transaction

PASSWORD = "first-contact-24"
"""The password of every sample person. The sample is never loaded into a desk that has people of its own."""


@dataclass(frozen=True)
class SampleClient:
    """A made-up client: how it writes its feed, how many reports it sends on a working day, and its promise."""

    code: str
    name: str
    timezone: str
    a_day: float
    hours: int = 24
    clock: Clock = Clock.ELAPSED
    calendar: str = "US"
    rhythm: bool = False
    """Whether reports also arrive through the night, so that at any moment something has just arrived or is due."""


CLIENTS = (
    SampleClient("PRAIRIE", "Prairie Fabrication Co.", "America/Chicago", 6, rhythm=True),
    SampleClient("HARBOR", "Harbor Line Logistics", "America/New_York", 6, rhythm=True),
    SampleClient("MESA", "Mesa Builders Group", "America/Phoenix", 5, rhythm=True),
    SampleClient("CASCADE", "Cascade Valley Foods", "America/Los_Angeles", 5, rhythm=True),
    SampleClient("LAKESIDE", "Lakeside Mutual (carrier)", "America/New_York", 3, 9, Clock.BUSINESS, "US-OH"),
    SampleClient("SUMMIT", "Summit Care Homes", "America/Denver", 3, 48),
)

_EVERY = tuple(client.code for client in CLIENTS)

PEOPLE = (
    ("admin", "Adam Keys", Role.ADMINISTRATOR, "America/Chicago", ()),
    ("va", "Vera Sample", Role.VA, "America/Chicago", ("PRAIRIE", "HARBOR")),
    ("va2", "Victor Sample", Role.VA, "America/Phoenix", ("MESA", "CASCADE")),
    ("va3", "Vivian Sample", Role.VA, "America/Denver", ("LAKESIDE", "SUMMIT", "PRAIRIE")),
    ("supervisor", "Susan Overlook", Role.SUPERVISOR, "America/Chicago", ()),
    ("clinical", "Clara Nurse", Role.CLINICAL, "America/Chicago", _EVERY),
    ("clinical2", "Colin Nurse", Role.CLINICAL, "America/Los_Angeles", _EVERY),
    ("executive", "Alex Account", Role.ACCOUNT_EXECUTIVE, "America/New_York", ("PRAIRIE", "HARBOR")),
    ("compliance", "Connie Rule", Role.COMPLIANCE, "America/Chicago", ()),
)
"""Sign-in name, name, role, zone, clients served."""

SIGN_INS = tuple((name, ROLE_NAMES[role]) for name, _, role, _, _ in PEOPLE if not name[-1].isdigit())
"""One sign-in name for each role, with the role's name."""

VAS = MappingProxyType(
    {code: name for name, _, role, _, codes in reversed(PEOPLE) if role is Role.VA for code in codes}
)
"""Which VA takes a client's claims."""

_ACTORS = text(
    "select s.staff_id, s.full_name, s.sign_in_name, s.role, s.timezone,"
    " array_remove(array_agg(c.client_id), null) from staff s left join staff_client c using (staff_id)"
    " where s.sign_in_name = any (:names) group by s.staff_id"
)


def add_clients_and_people(at: datetime) -> None:
    """
    Add the sample's clients, with their promises, and its people to an empty desk; the administrator comes first.

    :raises DeskHasPeople: if somebody works at the desk already.
    """
    name, full_name, _, timezone, _ = PEOPLE[0]
    admin = staff.first_administrator(sign_in_name=name, full_name=full_name, timezone=timezone, password=PASSWORD)
    with transaction(admin) as tx:
        first = _fill(admin, tx, at)
        made = actors(tx)
    for person in made.values():  # as they would on their first day
        if person.staff_id != admin.staff_id:
            staff.change_password(person, present=first, password=PASSWORD, address="sample", at=at)


def _fill(admin: Actor, tx: Connection, at: datetime) -> str:
    """Add clients and people; return the first password of each."""
    require(admin, Action.PEOPLE_MANAGE)
    ids = {
        client.code: clients.add(
            admin, tx, code=client.code, name=client.name, timezone=client.timezone, hours=client.hours,
            clock=client.clock, week=BusinessWeek(client.timezone, calendar=client.calendar), at=at,
        )
        for client in CLIENTS
    }  # fmt: skip
    first = token_urlsafe(16)
    for name, full_name, role, timezone, codes in PEOPLE[1:]:
        staff.add(
            admin, tx, sign_in_name=name, full_name=full_name, role=role, timezone=timezone,
            client_ids=frozenset(ids[code] for code in codes), password=first, at=at,
        )  # fmt: skip
    audit.record(admin, tx, verb="sample_founded", noun="staff", noun_id=admin.staff_id)
    return first


def actors(tx: Connection) -> dict[str, Actor]:
    """Return the sample's people by sign-in name, empty where this desk is not the sample's."""
    rows = tx.execute(_ACTORS, {"names": [name for name, *_ in PEOPLE]}).all()
    return {row[2]: Actor(row[0], row[1], row[2], Role(row[3]), row[4], frozenset(row[5])) for row in rows}
