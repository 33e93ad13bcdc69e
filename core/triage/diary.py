"""The calls of some days, with the hours of those who make them: what a calendar on a page shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from core import walltime
from core.access import Action, Actor, require
from core.triage import slots
from db.queries import triage as queries
from db.queries.triage import Clinician, DiaryCall

Span = tuple[datetime, datetime]


@dataclass(frozen=True)
class Diary:
    """
    The days from *first* on, as many as *days*, on clocks in the reader's zone: who makes calls, and the calls that the
    reader may see. Instants are aware, UTC.
    """

    first: date
    days: int
    timezone: str
    clinicians: tuple[Clinician, ...]
    calls: tuple[DiaryCall, ...]

    def begins(self, day: date) -> datetime:
        """Return when the day begins on the reader's clocks."""
        return walltime.meant(day, time(0), ZoneInfo(self.timezone)).first

    def worked(self, clinician: Clinician) -> list[Span]:
        """Return when the clinician works within these days, time off taken out."""
        since, until = self.begins(self.first), self.begins(self.first + timedelta(days=self.days))
        spans = slots.worked(clinician, since, until)
        for away in zip(clinician.away_from, clinician.away_until, strict=True):
            spans = [part for span in spans for part in _without(span, away)]
        return spans

    def taken(self, clinician: Clinician) -> list[Span]:
        """Return when the clinician is on booked calls that the reader does not see: those of other clients."""
        shown = {call.starts_at for call in self.calls if call.clinician_id == clinician.staff_id}
        busy = zip(clinician.busy_from, clinician.busy_until, strict=True)
        return [span for span in busy if span[0] not in shown]


def diary(actor: Actor, tx: Connection, *, first: date, days: int) -> Diary:
    """
    Return the diary of so many days from *first* on, on clocks in the actor's zone.

    :raises NotAllowed: if the actor books no calls.
    """
    require(actor, Action.CALL_BOOK)
    empty = Diary(first, days, actor.timezone, (), ())
    since, until = empty.begins(first), empty.begins(first + timedelta(days=days))
    return Diary(
        first, days, actor.timezone, tuple(queries.clinicians(tx, None, since=since, until=until)),
        tuple(queries.diary(tx, since=since, until=until)),
    )  # fmt: skip


def _without(span: Span, away: Span) -> Sequence[Span]:
    """Return what is left of *span* where *away* is taken out of it."""
    parts = ((span[0], min(span[1], away[0])), (max(span[0], away[1]), span[1]))
    return [part for part in parts if part[0] < part[1]]
