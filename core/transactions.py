"""One look or one act, one transaction, in the scope of the person."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager

from sqlalchemy import Connection

from core import audit
from core.access import Actor, NotAllowed, trying
from db import session


def transaction(actor: Actor, *, one_moment: bool = False) -> AbstractContextManager[Connection]:
    """
    Open a transaction that sees and may change only what the database grants *actor*; commit on success.

    With *one_moment* all that it reads is of one moment, whatever is committed meanwhile.

    A refusal for lack of permission is recorded, with what was tried on what, in a transaction of its own (this one is
    rolled back), then raised.
    """
    return _in_scope(actor, one_moment=one_moment)


def acting(actor: Actor) -> AbstractContextManager[Connection]:
    """
    Open a `transaction` for an act: its statements find few rows by key, so the server may keep their plans.

    Elsewhere the role plans all of them anew for the lists' sake, down to the check of each row's foreign key, which
    costs an import more than its rows. Lists are read in `transaction`.
    """
    return _in_scope(actor, plans_kept=True)


def by_key(actor: Actor) -> AbstractContextManager[Connection]:
    """
    Open a `transaction` for a search or a look at one claim: each of its statements goes by keys, and is planned once.

    Made anew for each word or claim, the plan of so many ways in would cost several times what it does.
    """
    return _in_scope(actor, planned_once=True)


def system_transaction() -> AbstractContextManager[Connection]:
    """Open a transaction with no person's scope: it sees no protected row at all (sign-in, health)."""
    return session.begin(None)


@contextmanager
def _in_scope(actor: Actor, **how: bool) -> Iterator[Connection]:
    with trying() as tried:
        try:
            with session.begin(actor.staff_id, **how) as tx:
                yield tx
        except NotAllowed as refused:
            with session.begin(actor.staff_id) as tx:
                audit.refused(actor, tx, why=type(refused).__name__, action=tried.action, subject=tried.subject)
            raise
