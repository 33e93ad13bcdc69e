"""Whether those who look still may: everybody's session in one query, however many look."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ARRAY, LargeBinary, bindparam, text

from core.access import Actor
from core.settings import settings
from core.staff.sessions import actor_of
from core.transactions import system_transaction

_WHO = text(
    "select t.token, w.session_id, w.staff_id, w.full_name, w.sign_in_name, w.role, w.timezone, w.clients"
    " from unnest(:tokens) t(token) cross join lateral desk_who(t.token, :at, :idle) w where w.staff_id is not null"
).bindparams(bindparam("tokens", type_=ARRAY(LargeBinary)))


def still_admitted(tokens: Sequence[bytes], *, at: datetime) -> dict[bytes, Actor]:
    """
    Return who is signed in by each of *tokens* (digests), as that person is at *at*; one who is missing is not.

    It asks and is no activity: nobody counts as seen because of it.
    """
    values = {"tokens": sorted(set(tokens)), "at": at, "idle": timedelta(minutes=settings().idle_minutes)}
    with system_transaction() as tx:
        return {bytes(row.token): actor_of(row) for row in tx.execute(_WHO, values)}
