"""Coming to work here: the first administrator of an empty desk, and everybody whom an administrator adds."""

from datetime import datetime

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from core import audit, typed
from core.access import Action, Actor, Role, Subject, require
from core.calendars import zone
from core.refusal import Refusal, limited
from core.staff.passwords import hard_to_guess, set_password
from core.staff.people import set_clients
from core.staff.secrets import kept_sign_in_name, password_hash
from core.transactions import system_transaction

_FIRST = text("select desk_first_administrator(:sign_in_name, :full_name, :timezone, :password_hash)")
_ADD = text(
    "insert into staff (sign_in_name, full_name, role, timezone) values (:sign_in_name, :full_name, :role, :timezone)"
    " on conflict (sign_in_name) do nothing returning staff_id"
)


LONGEST_NAME = 100
"""Characters that a person's name has at most, and the one to sign in with."""


class NameTaken(Refusal):
    text = "Somebody signs in by that name already: choose another one."


class NoSignInName(Refusal):
    text = "Give the name to sign in with."


class NoFullName(Refusal):
    text = "Give the full name."


class DeskHasPeople(Refusal):
    text = "Somebody works here already: an administrator adds people, on the page People."


def first_administrator(*, sign_in_name: str, full_name: str, timezone: str, password: str) -> Actor:
    """
    Make the first person of an empty desk, an administrator, who then adds everybody else. The database lets it be
    done once, and records it.

    :raises DeskHasPeople: if somebody works here already.
    :raises NameTaken, NoSignInName, NoFullName, ZoneUnknown, TooLong, TooShort, PasswordTooLong, TooCommon:
    """
    person = _checked(sign_in_name, full_name, timezone, password)
    try:
        with system_transaction() as tx:
            staff_id: int = tx.execute(_FIRST, {**person, "password_hash": password_hash(password)}).scalar_one()
    except DBAPIError as error:
        refusal = _REFUSALS.get(getattr(error.orig, "sqlstate", ""))
        if refusal is None:
            raise
        raise refusal from None
    return Actor(staff_id, person["full_name"], person["sign_in_name"], Role.ADMINISTRATOR, timezone)


def add(
    actor: Actor, tx: Connection, *, sign_in_name: str, full_name: str, role: Role, timezone: str,
    client_ids: frozenset[int], password: str, at: datetime,
) -> int:  # fmt: skip
    """
    Let somebody new work here, in *role*, for these clients, who signs in with *password* at first; the person's id.

    :raises NotAllowed: if the actor does not manage people.
    :raises NoSuchClient: if there is no such client.
    :raises NameTaken, NoSignInName, NoFullName, ZoneUnknown, TooLong, TooShort, PasswordTooLong, TooCommon:
    """
    require(actor, Action.PEOPLE_MANAGE, Subject("staff"))
    person = _checked(sign_in_name, full_name, timezone, password)
    staff_id: int | None = tx.execute(_ADD, {**person, "role": role.value}).scalar_one_or_none()
    if staff_id is None:
        raise NameTaken
    audit.record(actor, tx, verb="added", noun="staff", noun_id=staff_id, detail={"role": role.value})
    set_clients(actor, tx, staff_id=staff_id, client_ids=client_ids, at=at)
    set_password(actor, tx, staff_id=staff_id, password=password, at=at)
    return staff_id


_REFUSALS: dict[str, type[Refusal]] = {"42501": DeskHasPeople, "23505": NameTaken}
"""What the database's answers mean, by their SQLSTATE; the only name taken in an empty desk is its command line's."""


def _checked(sign_in_name: str, full_name: str, timezone: str, password: str) -> dict[str, str]:
    limited(sign_in_name.strip(), LONGEST_NAME, "The name to sign in with")
    limited(full_name.strip(), LONGEST_NAME, "The full name")
    person = {"sign_in_name": kept_sign_in_name(sign_in_name), "full_name": typed.cleaned(full_name)}
    if not person["full_name"]:
        raise NoFullName
    if not person["sign_in_name"]:
        raise NoSignInName
    zone(timezone)
    hard_to_guess(password, names=[person["sign_in_name"], person["full_name"]])
    return {**person, "timezone": timezone}
