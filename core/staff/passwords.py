"""Passwords: an administrator sets one for somebody else, everybody changes one's own."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, text
from zxcvbn import zxcvbn

from core import audit
from core.access import COMMAND_LINE, Actor
from core.refusal import Refusal
from core.staff.people import NoSuchPerson, find, unlock
from core.staff.secrets import kept_sign_in_name, password_hash
from core.staff.sessions import end_all
from core.staff.sign_in import proven
from core.transactions import transaction

SHORTEST_PASSWORD, LONGEST_PASSWORD = 15, 200
"""Characters in a new password: 15 where it is the only factor (NIST SP 800-63B-4, section 3.1.1.2)."""
_LOOKED_AT = 72
"""Characters of it that are judged."""
_SAFE = 3
"""zxcvbn's score from which on a password holds against guessing without a limit ("safely unguessable")."""
_LEAST_BESIDE_NAMES = 8
"""Characters that are left of a password without the person's own names: a year beside a name is soon tried."""
_OURS = ("mco", "desk", "first", "contact", "workers", "compensation", "claim")

_NAMED = text(
    "select staff_id, full_name from staff where sign_in_name = :name and sign_in_name <> 'command-line' for update"
)
_SET = text("select desk_set_password(:staff_id, :password_hash)")


class TooShort(Refusal):
    text = (
        f"A password has at least {SHORTEST_PASSWORD} characters. A phrase of several words is easiest to keep in mind."
    )


class PasswordTooLong(Refusal):
    text = f"A password has at most {LONGEST_PASSWORD} characters."


class TooCommon(Refusal):
    text = "This password is among the first that anybody would try. Choose another phrase."


class SamePassword(Refusal):
    text = "The new password is the present one. Choose another."


class NotTheSame(Refusal):
    text = "The new password was not typed the same both times."


class WrongPresentPassword(Refusal):
    text = "The present password is not right."


class OwnPassword(Refusal):
    text = "Your own password is changed with Change password, under your name."


def hard_to_guess(password: str, *, names: Sequence[str] = ()) -> None:
    """
    Go on only with a *password* that nobody guesses soon, who knows the person's *names* and the lists of common ones.

    :raises TooShort: if it has fewer than SHORTEST_PASSWORD characters.
    :raises PasswordTooLong: if it has more than LONGEST_PASSWORD.
    :raises TooCommon: if it is made of a common password, a row of keys, a repetition or the person's own names.
    """
    if len(password) < SHORTEST_PASSWORD:
        raise TooShort
    if len(password) > LONGEST_PASSWORD:
        raise PasswordTooLong
    own = [part for name in names for part in (name, *name.split())]
    rest = password.casefold()
    for part in own:
        rest = rest.replace(part.casefold(), "") if len(part) > 2 else rest
    if len(rest) < _LEAST_BESIDE_NAMES:
        raise TooCommon
    known = [*own, *_OURS]
    if zxcvbn(password[:_LOOKED_AT], user_inputs=known)["score"] < _SAFE:
        raise TooCommon


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

    The person changes it after signing in, before anything else.

    :raises NotAllowed, NoSuchPerson, TooShort, PasswordTooLong, TooCommon:
    :raises OwnPassword: if it is the actor's own: that one is changed by whoever knows it.
    """
    person = find(actor, tx, staff_id)
    if staff_id == actor.staff_id:
        raise OwnPassword
    hard_to_guess(password, names=[person.sign_in_name, person.full_name])
    return _set(actor, tx, staff_id, password, at)


def set_password_as_owner(*, sign_in_name: str, password: str, at: datetime) -> str:
    """
    Give whoever signs in as *sign_in_name* a password, where no administrator can sign in; return the full name.

    What is open under the old one ends, and so does a lockout. The database lets only its owner do that without being
    signed in, so the process is bound to the owner's address; on the record it is the command line's act.

    :raises NoSuchPerson, TooShort, PasswordTooLong, TooCommon:
    """
    with transaction(COMMAND_LINE) as tx:
        row = tx.execute(_NAMED, {"name": kept_sign_in_name(sign_in_name)}).one_or_none()
        if row is None:
            raise NoSuchPerson
        hard_to_guess(password, names=[sign_in_name, row.full_name])
        _set(COMMAND_LINE, tx, row.staff_id, password, at)
        unlock(tx, row.staff_id)
    return str(row.full_name)


def change_password(actor: Actor, *, present: str, password: str, address: str, at: datetime, browser: str = "") -> int:
    """
    Change one's own password. The session at hand goes on, the others end; return how many those were.

    A wrong *present* password is counted and recorded as a failed sign-in from *address*, so that whoever finds a desk
    unattended can guess no more often than at the door. Each try is a transaction of its own, and so is the change.

    :raises TooShort, PasswordTooLong, TooCommon, SamePassword, TooManyTries, WrongPresentPassword:
    """
    hard_to_guess(password, names=[actor.sign_in_name, actor.name])
    if password == present:
        raise SamePassword
    known = proven(actor.sign_in_name, present, address=address, browser=browser, at=at)
    if known is None or known.staff_id != actor.staff_id:
        raise WrongPresentPassword
    with transaction(actor) as tx:
        return _set(actor, tx, actor.staff_id, password, at)


def _set(actor: Actor, tx: Connection, staff_id: int, password: str, at: datetime) -> int:
    ended = end_all(tx, staff_id=staff_id, at=at, why="password set", but=actor.session_id)
    tx.execute(_SET, {"staff_id": staff_id, "password_hash": password_hash(password)})
    audit.record(actor, tx, verb="password_set", noun="staff", noun_id=staff_id, detail={"sessions_ended": ended})
    return ended
