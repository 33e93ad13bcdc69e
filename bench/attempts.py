"""Logging an attempt, with everything that belongs to it, against the bare insert."""

from itertools import cycle
from uuid import uuid4

from bench.books import Book
from bench.measure import Line, ms, rounds
from core import contact, instant
from core.access import Role
from core.contact import Method, Outcome, Party
from core.transactions import acting

OVER_BARE = 2.0

_INSERT = (
    "insert into contact_attempt (client_id, claim_id, at, by_id, party, method, outcome, substantive, note, request)"
    " values (%s, %s, %s, %s, 'worker', 'phone', 'voicemail', false, %s, %s)"
)
_NOTE = "Left a message and will try again in the afternoon."


def lines(books: list[Book], count: int) -> list[Line]:
    """Return one line for each book."""
    return [_line(book, count) for book in books]


def _line(book: Book, count: int) -> Line:
    book.bind()
    actor = book.person(Role.VA)
    with book.bare() as db:
        waiting = cycle(
            db.execute(
                "select client_id, claim_id from claim where first_contact_at is null and client_id = any (%s)"
                " order by due_at",
                (sorted(actor.clients),),
            ).fetchall()
        )
        db.commit()

        def ours() -> None:
            client_id, claim_id = next(waiting)
            with acting(actor) as tx:
                contact.log_attempt(
                    actor, tx, client_id=client_id, claim_id=claim_id, party=Party.WORKER, method=Method.PHONE,
                    outcome=Outcome.VOICEMAIL, note=_NOTE, at=instant.now(), request=uuid4(),
                )  # fmt: skip

        def bare() -> None:
            with db.transaction():
                db.execute(_INSERT, (*next(waiting), instant.now(), actor.staff_id, _NOTE, uuid4()))

        took, reference = rounds(count, ours, bare)
    what = f"Log an attempt at {book.words}: with audit, counts and policies over the bare insert"
    return Line(what, ms(took), ms(reference), took / reference, most=OVER_BARE)
