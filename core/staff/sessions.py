"""Who is signed in: a row per sign-in, read on every run, so that what changes about a person holds at once."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, TextClause, text

from core.access import Actor, Role
from core.settings import settings
from core.staff.secrets import digest, new_token
from core.transactions import system_transaction

_REDEEM = text("select session_id, staff_id from desk_ticket_redeem(:ticket, :browser, :token, :address, :at)")
_PERSON = "select session_id, staff_id, full_name, sign_in_name, role, timezone, clients, must_change"
_WHO = text(f"{_PERSON} from desk_who(:token, :at, :idle)")
_HERE = text(f"{_PERSON}, desk_touch(:token, :at) from desk_who(:token, :at, :idle)")
_END = text("select desk_end_session(:session_id, :token, :at, :why)")
_END_TICKETS = text("select desk_end_tickets(:id)")
_OPEN = text("select session_id from staff_session where staff_id = :id and ended_at is null")


def redeem(ticket: str, *, browser: str, address: str, at: datetime) -> str | None:
    """
    Turn a ticket into a session and return its token, which is nowhere kept; None where the ticket is no good.

    A ticket is good once, for 30 seconds, in the browser it was made for.
    """
    token = new_token()
    with system_transaction() as tx:
        made = tx.execute(
            _REDEEM,
            {
                "ticket": digest(ticket),
                "browser": digest(browser),
                "token": digest(token),
                "address": address,
                "at": at,
            },
        ).one_or_none()
        if made is None or made.session_id is None:
            return None
    return token


def who(token: str | None, *, at: datetime, active: bool = False) -> Actor | None:
    """
    Return the person whose session *token* opened, as that person is now.

    None where there is no such session, it has ended, idled too long or begun twelve hours ago, or the person is
    disabled. Asking is no activity, unless it is said that the person is *active*: then idling is counted from *at*.
    """
    if not token:
        return None
    with system_transaction() as tx:
        return _who(tx, token, at, asked=_HERE if active else _WHO)


def sign_out(token: str | None, *, at: datetime) -> None:
    """End the session of *token*, in every tab and on every board at once. An ended or unknown one stays as it is."""
    if not token:
        return
    with system_transaction() as tx:
        actor = _who(tx, token, at)
        if actor is not None and actor.session_id is not None:
            end(tx, session_id=actor.session_id, token=digest(token), at=at, why="signed out")


def end(tx: Connection, *, session_id: int, at: datetime, why: str, token: bytes | None = None) -> None:
    """
    End one session, put that on the record and tell every process, so that what is open on it closes.

    It is one's own (by the digest of its *token*, or in one's own transaction) or an administrator ends it.
    """
    tx.execute(_END, {"session_id": session_id, "token": token, "at": at, "why": why})


def end_all(tx: Connection, *, staff_id: int, at: datetime, why: str, but: int | None = None) -> int:
    """
    End every open session of a person, except number *but*, and return how many those were.

    A sign-in that was granted and not yet redeemed ends too. It goes first, and makes one that is just being redeemed
    wait or be a session by now.
    """
    end_tickets(tx, staff_id=staff_id)
    ending = [number for number in tx.execute(_OPEN, {"id": staff_id}).scalars() if number != but]
    for session_id in ending:
        end(tx, session_id=session_id, at=at, why=why)
    return len(ending)


def end_tickets(tx: Connection, *, staff_id: int) -> None:
    """End what a person has not redeemed yet: one's own, or anybody's as an administrator."""
    tx.execute(_END_TICKETS, {"id": staff_id})


def _who(tx: Connection, token: str, at: datetime, *, asked: TextClause = _WHO) -> Actor | None:
    idle = timedelta(minutes=settings().idle_minutes)
    row = tx.execute(asked, {"token": digest(token), "at": at, "idle": idle}).one_or_none()
    if row is None or row.staff_id is None:
        return None
    return actor_of(row)


def actor_of(row: Row[Any]) -> Actor:
    """Return the person of a row of `desk_who`."""
    return Actor(
        staff_id=row.staff_id,
        name=row.full_name,
        sign_in_name=row.sign_in_name,
        role=Role(row.role),
        timezone=row.timezone,
        clients=frozenset(row.clients or ()),
        session_id=row.session_id,
        must_change_password=row.must_change,
    )
