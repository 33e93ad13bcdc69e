"""Passwords: an administrator sets one for somebody else, everybody changes one's own."""

from datetime import datetime

from sqlalchemy import Connection, text

from core import audit
from core.access import COMMAND_LINE, Actor
from core.refusal import Refusal
from core.staff.people import NoSuchPerson, find, unlock
from core.staff.secrets import folded, password_hash
from core.staff.sessions import end_all
from core.staff.sign_in import proven
from core.transactions import transaction

SHORTEST = 12
"""Characters in a new password; NIST SP 800-63B asks for length and nothing else."""

_NAMED = text(
    "select staff_id, full_name from staff where sign_in_name = :name and sign_in_name <> 'command-line' for update"
)
_SET = text("select desk_set_password(:staff_id, :password_hash)")


class TooShort(Refusal):
    """A password has at least 12 characters."""


class NotTheSame(Refusal):
    """The new password was not typed the same both times."""


class WrongPresentPassword(Refusal):
    """The present password is not right."""


class OwnPassword(Refusal):
    """Your own password is changed with Change password, under your name."""


def long_enough(password: str) -> None:
    """
    Go on only with a *password* that nobody guesses soon.

    :raises TooShort: if it has fewer than 12 characters.
    """
    if len(password) < SHORTEST:
        raise TooShort


def typed_twice(first: str, second: str) -> str:
    """
    Return a new password that nobody could see while typing it.

    :raises NotTheSame: if the two differ.
    """
    if first != second:
        raise NotTheSame
    return first


def set_password(actor: Actor, tx: Connection, *, staff_id: int, password: str, at: datetime) -> int:
    """
    Give somebody else a password, as an administrator. What is open under the old one ends; return how much that was.

    :raises NotAllowed, NoSuchPerson, TooShort:
    :raises OwnPassword: if it is the actor's own: that one is changed by whoever knows it.
    """
    find(actor, tx, staff_id)
    if staff_id == actor.staff_id:
        raise OwnPassword
    long_enough(password)
    return _set(actor, tx, staff_id, password, at)


def set_password_as_owner(*, sign_in_name: str, password: str, at: datetime) -> str:
    """
    Give whoever signs in as *sign_in_name* a password, where no administrator can sign in; return the full name.

    What is open under the old one ends, and so does a lockout. The database lets only its owner do that without being
    signed in, so the process is bound to the owner's address; on the record it is the command line's act.

    :raises NoSuchPerson, TooShort:
    """
    long_enough(password)
    with transaction(COMMAND_LINE) as tx:
        found = tx.execute(_NAMED, {"name": folded(sign_in_name)}).one_or_none()
        if found is None:
            raise NoSuchPerson
        _set(COMMAND_LINE, tx, found.staff_id, password, at)
        unlock(COMMAND_LINE, tx, found.staff_id, sign_in_name)
    return str(found.full_name)


def change_password(actor: Actor, *, present: str, password: str, address: str, at: datetime) -> int:
    """
    Change one's own password. The session at hand goes on, the others end; return how many those were.

    A wrong *present* password is counted and recorded as a failed sign-in from *address*, so that whoever finds a desk
    unattended can guess no more often than at the door. Each try is a transaction of its own, and so is the change.

    :raises TooShort, TooManyTries, WrongPresentPassword:
    """
    long_enough(password)
    known = proven(actor.sign_in_name, present, address=address, at=at)
    if known is None or known.staff_id != actor.staff_id:
        raise WrongPresentPassword
    with transaction(actor) as tx:
        return _set(actor, tx, actor.staff_id, password, at)


def _set(actor: Actor, tx: Connection, staff_id: int, password: str, at: datetime) -> int:
    ended = end_all(tx, staff_id=staff_id, at=at, why="password set", but=actor.session_id)
    tx.execute(_SET, {"staff_id": staff_id, "password_hash": password_hash(password)})
    audit.record(actor, tx, verb="password_set", noun="staff", noun_id=staff_id, detail={"sessions_ended": ended})
    return ended
