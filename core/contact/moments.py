"""When a contact was made: now, or at a time that is said, between the report and now."""

from datetime import datetime

from core.refusal import Refusal


class ReportInTheFuture(Refusal):
    text = (
        "The report is dated later than this contact. Change the time of the contact, or have a supervisor correct the"
        " report's time first."
    )


class ContactInTheFuture(Refusal):
    text = "This time lies in the future: say when the contact was made."


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
