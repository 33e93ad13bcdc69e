"""When a contact was made: now, or at a time that is said, between the report and now; and why it is recorded late."""

from datetime import datetime, timedelta

from core import typed
from core.contact.vocabulary import LONGEST_REASON
from core.refusal import Refusal


class ReportInTheFuture(Refusal):
    text = (
        "The report is dated later than this contact. Change the time of the contact, or have a supervisor correct the"
        " report's time first."
    )


class ContactInTheFuture(Refusal):
    text = "This time lies in the future: say when the contact was made."


class LatenessNotExplained(Refusal):
    text = "Say why this is recorded so late. The reason stays beside it on the timeline."


RECORDED_WITHIN = timedelta(hours=12)
"""
A shift and its handover: what somebody did in that time they still know. Of what was made longer ago whoever reads the
record must know why it comes so late. The database says the same.
"""


def made(said: datetime | None, *, reported_at: datetime, at: datetime) -> datetime:
    """
    Return when a contact was made that is recorded *at* a moment: then, unless another time was *said*.

    :raises ContactInTheFuture: if it is later than *at*.
    :raises ReportInTheFuture: if it is earlier than the report.
    """
    moment = said or at
    if moment > at:
        raise ContactInTheFuture
    if moment < reported_at:
        raise ReportInTheFuture
    return moment


def is_late(made_at: datetime | None, *, at: datetime, due_at: datetime | None = None) -> bool:
    """
    Tell whether a contact that was made at *made_at* (None for now) and is recorded *at* a moment says why so late:
    more than RECORDED_WITHIN after it, or after a due time by which it was made.

    *due_at* is that of the clock which the contact stops; None where it stops none, or that stands still.
    """
    if made_at is None:
        return False
    return at - made_at > RECORDED_WITHIN or (due_at is not None and made_at <= due_at < at)


def explained(why: str, made_at: datetime, *, at: datetime, due_at: datetime | None = None) -> str | None:
    """
    Return *why* a contact is recorded late as it is kept, or None where it is not late; the others as in `is_late`.

    :raises LatenessNotExplained: if it is late, and nothing says why.
    :raises TooLong: if that is longer than LONGEST_REASON.
    """
    if not is_late(made_at, at=at, due_at=due_at):
        return None
    if not typed.cleaned(why):
        raise LatenessNotExplained
    return typed.reason(why, LONGEST_REASON, "Why it is recorded late")
