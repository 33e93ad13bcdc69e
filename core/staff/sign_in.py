"""Signing in: the check, the count of failures, and the ticket that a browser turns into its cookie."""

from datetime import datetime, timedelta
from threading import Lock
from typing import NamedTuple

from sqlalchemy import Connection, text

from core.refusal import Refusal
from core.staff.secrets import digest, kept_sign_in_name, matches, name_key, new_token
from core.transactions import system_transaction

MINUTE = timedelta(minutes=1)
WINDOW = 15 * MINUTE
"""How long a failure counts."""
MOST_BY_NAME = 5
MOST_BY_ADDRESS = 20
MOST_BY_BROWSER = 5
"""Tries by a browser that has signed in by the name before: others' tries do not count against it."""
QUIET = MINUTE
"""How long after the last of many refused tries they become one event."""
TICKET_LIFE = timedelta(seconds=30)

_FAILURES = text(
    "select by_name, by_address, by_browser, known from desk_failures(:name, :name_key, :address, :browser, :since)"
)
_CREDENTIAL = text("select staff_id, password_hash, active from desk_credential(:name)")
_NOTE = text("select desk_note_attempt(:name_key, :address, :browser, :ok, :at)")
_NOTE_REFUSAL = text("select desk_note_refusal(:name_key, :address, :at)")
_TELL_REFUSALS = text("select desk_tell_refusals(:quiet_since, :long_since)")
_TICKET = text("select desk_ticket_new(:staff_id, :ticket, :browser, :expires_at)")

_one_at_a_time = Lock()
"""Failures are counted, then the password is checked, then the failure is noted: parallel tries must not all pass the
count. It also bounds the memory that hashing takes. Each further process adds at most one try to the limit."""


class Credential(NamedTuple):
    """What a password was checked against."""

    staff_id: int
    password_hash: str
    active: bool


class WrongSignIn(Refusal):
    text = "The name or the password is not right."


class TooManyTries(Refusal):
    text = f"Too many tries. Wait {WINDOW // MINUTE} minutes, or ask an administrator to clear the lock."


def sign_in(*, name: str, password: str, address: str, browser: str, at: datetime) -> str:
    """
    Check *name* and *password* and return a ticket: one use, within TICKET_LIFE, in *browser* (its cookie's token).

    Every try is counted in the database, by name and by network address, and is on the record. A wrong name and a
    wrong password get the same words after the same work.

    :raises WrongSignIn: if they do not match, or the person is disabled.
    :raises TooManyTries: after MOST_BY_NAME failures by name or MOST_BY_ADDRESS by address within WINDOW, whatever is
        typed then; in a browser that has signed in by that name before, after MOST_BY_BROWSER failures of its own and
        whatever others tried.
    """
    known = proven(name, password, address=address, browser=browser, at=at)
    if known is None:
        raise WrongSignIn
    return _ticket(name, known, browser, at)


def proven(name: str, password: str, *, address: str, browser: str, at: datetime) -> Credential | None:
    """
    Return what *name* and *password* agree with, None where they do not match or the person is disabled.

    The try is counted and on the record whatever becomes of it: that happens in transactions of its own.

    :raises TooManyTries: as `sign_in` says.
    """
    who = {"name_key": name_key(name), "address": address, "browser": digest(browser) if browser else None}
    with _one_at_a_time:
        with system_transaction() as tx:
            failed = tx.execute(_FAILURES, {**who, "name": kept_sign_in_name(name), "since": at - WINDOW}).one()
            known = _credential(tx, name)
            if failed.known:
                locked = failed.by_browser >= MOST_BY_BROWSER
            else:
                locked = failed.by_name >= MOST_BY_NAME or failed.by_address >= MOST_BY_ADDRESS
            if locked:
                tx.execute(_NOTE_REFUSAL, {**who, "at": at})
        if locked:
            raise TooManyTries
        right = matches(known.password_hash if known else None, password)
        granted = known is not None and right and known.active
        with system_transaction() as tx:
            tx.execute(_NOTE, {**who, "ok": granted, "at": at})
    return known if granted else None


def tell_refusals(*, at: datetime) -> int:
    """
    Put tries that were refused while locked on the record: one event, with its count, for each name and address.

    They are told once they have stopped for QUIET, and once in WINDOW while they go on. Return how many events.
    """
    with system_transaction() as tx:
        events: int = tx.execute(_TELL_REFUSALS, {"quiet_since": at - QUIET, "long_since": at - WINDOW}).scalar_one()
    return events


def _credential(tx: Connection, name: str) -> Credential | None:
    row = tx.execute(_CREDENTIAL, {"name": kept_sign_in_name(name)}).one_or_none()
    return None if row is None else Credential(*row)


def _ticket(name: str, known: Credential, browser: str, at: datetime) -> str:
    ticket = new_token()
    with system_transaction() as tx:
        tx.execute(
            _TICKET,
            {
                "staff_id": known.staff_id,
                "ticket": digest(ticket),
                "browser": digest(browser),
                "expires_at": at + TICKET_LIFE,
            },
        )
        # Checking took a while. The ticket's foreign key has waited for whoever is changing this person, and whoever
        # comes now finds the ticket: so this look is the last that matters.
        if _credential(tx, name) != known:
            raise WrongSignIn
    return ticket
