"""People who can sign in, and people who have: what tests of the front door and journeys start from."""

from datetime import datetime
from functools import lru_cache

from argon2 import PasswordHasher

from core import staff
from core.access import Actor, Role
from tests import factories

PASSWORD = "correct horse battery"


@lru_cache(maxsize=4)
def quick_hash(password: str) -> str:
    """Return a hash that is checked in no time: a hash says itself how much work it is."""
    return PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(password)


def person(role: Role, *clients: int, name: str = "", password: str = PASSWORD) -> Actor:
    """Make a person with a password; the actor."""
    made = factories.staff(role, *clients, name=name)
    give_password(made, password)
    return made


def give_password(actor: Actor, password: str) -> None:
    """Give *actor* a password, as the owner would."""
    db = factories._desk.maker
    db.execute(
        "insert into staff_credential (staff_id, password_hash) values (%s, %s)",
        (actor.staff_id, quick_hash(password)),
    )


def sign_in(actor: Actor, *, at: datetime, browser: str = "a browser", address: str = "192.0.2.1") -> str:
    """Sign *actor* in and return the session's token."""
    ticket = staff.sign_in(name=actor.sign_in_name, password=PASSWORD, address=address, browser=browser, at=at)
    token = staff.redeem(ticket, browser=browser, address=address, at=at)
    assert token is not None
    return token
