"""Whether those who look still may: everybody's session in one query, however many look."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import ARRAY, LargeBinary, bindparam, text

from core.access import Actor
from core.settings import settings
from core.staff.sessions import actor_of
from core.transactions import system_transaction

_WHO = text(
    "select t.token, w.*"
    " from unnest(:tokens) t(token) cross join lateral desk_who(t.token, :at, :idle) w where w.staff_id is not null"
).bindparams(bindparam("tokens", type_=ARRAY(LargeBinary)))


class Admission(NamedTuple):
    """
    Somebody who may look on: the person as of now, and until when that holds if nothing is done.

    By then the session will have idled out, or cover will have begun or ended.
    """

    actor: Actor
    until: datetime


def still_admitted(tokens: Sequence[bytes], *, at: datetime) -> dict[bytes, Admission]:
    """
    Return who is signed in by each of *tokens* (digests), as that person is at *at*; one who is missing is not.

    It asks and is no activity: nobody counts as seen because of it.
    """
    idle = timedelta(minutes=settings().idle_minutes)
    with system_transaction() as tx:
        rows = tx.execute(_WHO, {"tokens": sorted(set(tokens)), "at": at, "idle": idle})
        return {
            bytes(row.token): Admission(actor_of(row), min(filter(None, (row.last_seen_at + idle, row.clients_until))))
            for row in rows
        }
