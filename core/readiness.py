"""Whether this process can do its work: the database answers, and it has the tables this code expects."""

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from core.settings import settings
from core.transactions import system_transaction
from db import migrate
from db.session import NoDatabase

_ANSWERS = text("select current_setting('server_version'), to_regprocedure('desk_who(bytea, timestamptz, interval)')")

_up_to_date: set[str] = set()


def trouble() -> str | None:
    """Return in one sentence why the desk is not ready, or None where it is."""
    try:
        with system_transaction() as tx:
            _, migrated = tx.execute(_ANSWERS).one()
    except NoDatabase:
        return "No database was named: set DATABASE_URL and DATABASE_URL_APP, or use make run."
    except SQLAlchemyError:
        return "The database does not answer."
    if migrated is None or _behind():
        return "The database lacks a migration: run alembic upgrade head, or make run."
    return None


def server_version() -> str:
    """Return the version of the PostgreSQL server in its own words."""
    with system_transaction() as tx:
        version, _ = tx.execute(_ANSWERS).one()
    return str(version).partition(" ")[0]


def _behind() -> bool:
    """Compare with the code's migrations where the owner's address is known; once they agree, they stay so."""
    owner = settings().database_url
    if owner is not None and owner not in _up_to_date:
        if migrate.pending(owner):
            return True
        _up_to_date.add(owner)
    return False
