"""Whether this process can do its work: the database answers, and it has the tables this code expects."""

from sqlalchemy.exc import SQLAlchemyError

from core.transactions import system_transaction
from db import migrate
from db.session import NoDatabase


def trouble() -> str | None:
    """Return in one sentence why the desk is not ready, or None where it is."""
    try:
        with system_transaction() as tx:
            behind = migrate.behind(tx)
    except NoDatabase:
        return "No database was named: set DATABASE_URL and DATABASE_URL_APP, or use make run."
    except SQLAlchemyError:
        return "The database does not answer."
    if behind:
        return "The database lacks a migration: run python -m core migrate where DATABASE_URL is set."
    return None
