"""Who is signed in: a row per sign-in, read on every run, so that what changes about a person holds at once."""

from datetime import datetime, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Row, TextClause, text

from core import words
from core.access import Actor, Role
from core.settings import settings
from core.staff.secrets import digest, new_token
from core.transactions import system_transaction

WARNED = timedelta(minutes=2)
"""How long before a session ends its page says so."""

IDLE, TWELVE_HOURS = "idle", "twelve hours"
"""What ends a session that nobody ends."""

_KEPT_WORDS = "what was typed into a form is kept for a day."
_OVER = {
    TWELVE_HOURS: f"You were signed out because a sign-in ends after twelve hours; {_KEPT_WORDS}",
    "signed out": f"You signed out elsewhere; {_KEPT_WORDS}",
    "password set": f"You were signed out because your password was changed; {_KEPT_WORDS}",
    "ended by an administrator": f"You were signed out by an administrator; {_KEPT_WORDS}",
    "disabled": "Your account is disabled; an administrator can enable it.",
}
"""What whoever was signed in reads where they have to sign in again, by what ended the session."""

_REDEEM = text("select session_id, staff_id from desk_ticket_redeem(:ticket, :browser, :token, :address, :at)")
_PERSON = "select session_id, staff_id, full_name, sign_in_name, role, timezone, clients, must_change"
_WHO = text(f"{_PERSON} from desk_who(:token, :at, :idle)")
_HERE = text(f"{_PERSON}, desk_touch(:token, :at) from desk_who(:token, :at, :idle)")
_END = text("select desk_end_session(:session_id, :token, :at, :why)")
_END_TICKETS = text("select desk_end_tickets(:id)")
_ENDS = text("select ends_at, why from desk_session_ends(:token, :idle)")
_OPEN = text("select session_id from staff_session where staff_id = :id and ended_at is null")


class Ending(NamedTuple):
    """When a session ends if nothing is done until then, or when it ended; and why."""

    at: datetime
    why: str


def redeem(ticket: str, *, browser: str, address: str, at: datetime) -> str | None:
    """
    Turn a ticket into a session and return its token, which is nowhere kept; None where the ticket is no good.

    A ticket is good once, for TICKET_LIFE, in the browser it was made for.
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
        return _who(tx, token, at, query=_HERE if active else _WHO)


def idle_time() -> timedelta:
    """Return how long a session lasts in which nothing is done."""
    return timedelta(minutes=settings().idle_minutes)


def ending(token: str | None) -> Ending | None:
    """Return when and why the session that *token* opened ends, or ended; None where it opened none."""
    if not token:
        return None
    with system_transaction() as tx:
        row = tx.execute(_ENDS, {"token": digest(token), "idle": idle_time()}).one_or_none()
    return Ending(row.ends_at, row.why) if row else None


def why_over(token: str | None, *, at: datetime) -> str:
    """Return in a sentence why the session of *token* is over at *at*; empty where it is not, or never was."""
    end_of_it = ending(token)
    if end_of_it is None or (end_of_it.at > at and end_of_it.why != "disabled"):
        return ""
    if end_of_it.why == IDLE:
        return f"You were signed out because nothing was done here for {words.duration(idle_time())}; {_KEPT_WORDS}"
    return _OVER.get(end_of_it.why, "")


def warning(end_of_it: Ending, timezone: str) -> str:
    """Return what a page says shortly before the session ends; times as clocks in *timezone* show them."""
    local = end_of_it.at.astimezone(ZoneInfo(timezone))
    says = f"You will be signed out at {words.zoned(local)} because"
    if end_of_it.why == IDLE:
        return f"{says} nothing was done here. Press any key to stay."
    return f"{says} a sign-in ends after twelve hours; {_KEPT_WORDS}"


def sign_out(token: str | None, *, at: datetime) -> None:
    """End the session of *token*, in every tab and on every board at once. An ended or unknown one stays as it is."""
    if not token:
        return
    with system_transaction() as tx:
        actor = _who(tx, token, at)
        if actor is not None and actor.session_id is not None:
            end(tx, session_id=actor.session_id, token=digest(token), at=at, why="signed out")


def end(tx: Connection, *, session_id: int, at: datetime, why: str, token: bytes | None = None) -> bool:
    """
    End one session, put that on the record and tell every process, so that what is open on it closes.

    It is one's own (by the digest of its *token*, or in one's own transaction) or an administrator ends it. False where
    it is neither, or has ended.
    """
    ended: bool = tx.execute(_END, {"session_id": session_id, "token": token, "at": at, "why": why}).scalar_one()
    return ended


def end_all(tx: Connection, *, staff_id: int, at: datetime, why: str, but: int | None = None) -> int:
    """
    End every open session of a person, except number *but*, and return how many those were.

    A sign-in that was granted and not yet redeemed ends too. It goes first, and makes one that is just being redeemed
    wait or be a session by now.
    """
    end_tickets(tx, staff_id=staff_id)
    ending = [number for number in tx.execute(_OPEN, {"id": staff_id}).scalars() if number != but]
    return sum(end(tx, session_id=session_id, at=at, why=why) for session_id in ending)


def end_tickets(tx: Connection, *, staff_id: int) -> None:
    """End what a person has not redeemed yet: one's own, or anybody's as an administrator."""
    tx.execute(_END_TICKETS, {"id": staff_id})


def _who(tx: Connection, token: str, at: datetime, *, query: TextClause = _WHO) -> Actor | None:
    row = tx.execute(query, {"token": digest(token), "at": at, "idle": idle_time()}).one_or_none()
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
