"""Clients, and what was promised to them."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Identity, Integer, SmallInteger, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base

_STRETCH = r"([01]\d|2[0-3]):[0-5]\d-(([01]\d|2[0-3]):[0-5]\d|24:00)"
OPEN_HOURS = f"^{_STRETCH}(,{_STRETCH})*$"
"""How open hours are written."""


class Client(Base):
    """An employer or an insurance carrier that buys the MCO's programme."""

    __tablename__ = "client"
    __table_args__ = (
        CheckConstraint("code ~ '^[A-Z0-9-]{2,16}$'", name="code_form"),
        CheckConstraint("length(name) between 1 and 80", name="name_brief"),
    )

    client_id: Mapped[int] = mapped_column(Integer, Identity(always=True), primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    """Short name used on the command line and in file names."""
    name: Mapped[str]
    timezone: Mapped[str]
    """IANA zone in which the client's dates and times are meant before any promise; afterwards it is the promise's."""
    created_at: Mapped[datetime] = mapped_column(server_default=text("clock_timestamp()"))
    version: Mapped[int] = mapped_column(Integer, server_default=text("1"))
    """Counts the changes of its name and its promises, so that whoever decided on an older view is told."""


class SlaPolicy(Base):
    """
    A client's promise from a moment on: hours to first contact, and which clock counts them, in which zone.

    Rows are never changed; one that has not begun can be deleted, the client's first excepted.
    """

    __tablename__ = "sla_policy"
    __table_args__ = (
        CheckConstraint("hours > 0 and hours <= 720", name="hours_sensible"),
        CheckConstraint("clock in ('elapsed', 'business')", name="clock_known"),
        CheckConstraint(f"open_hours ~ '{OPEN_HOURS}'", name="open_hours_form"),
        CheckConstraint("desk_hours_apart(open_hours)", name="open_hours_sound"),
        CheckConstraint("effective_from > '1900-01-01Z' and effective_from < '2200-01-01Z'", name="of_our_time"),
        CheckConstraint("length(reason) <= 300 and desk_shows(reason)", name="reason_brief"),
        CheckConstraint("working_days <@ '{1,2,3,4,5,6,7}'::smallint[] and working_days <> '{}'", name="working_days"),
        CheckConstraint("array_ndims(working_days) = 1", name="working_days_plain_list"),
    )

    client_id: Mapped[int] = mapped_column(ForeignKey("client.client_id"), primary_key=True)
    effective_from: Mapped[datetime] = mapped_column(primary_key=True)
    hours: Mapped[int] = mapped_column(Integer)
    clock: Mapped[str]
    timezone: Mapped[str]
    open_hours: Mapped[str]
    """The stretches of hours that begin on a working day: 08:00-12:00,13:00-17:00."""
    working_days: Mapped[list[int]] = mapped_column(ARRAY(SmallInteger))
    """ISO weekdays, Monday is 1."""
    calendar: Mapped[str]
    """Whose holidays: US, or US- and a state; NONE for no holidays."""
    set_by: Mapped[int | None] = mapped_column(ForeignKey("staff.staff_id"))
    reason: Mapped[str | None]


class ClientHoliday(Base):
    """
    A day that a client closes, or works though its calendar has a holiday, for what is reported from a moment on.

    Rows are only ever added: for a day, the latest one effective by then holds.
    """

    __tablename__ = "client_holiday"
    __table_args__ = (
        CheckConstraint("length(name) between 1 and 80", name="name_brief"),
        CheckConstraint("length(reason) <= 300 and desk_shows(reason)", name="reason_brief"),
        CheckConstraint(
            "day > '1900-01-01' and day < '2200-01-01' and effective_from > '1900-01-01Z'"
            " and effective_from < '2200-01-01Z' and set_at > '1900-01-01Z' and set_at < '2200-01-01Z'",
            name="of_our_time",
        ),
    )

    client_id: Mapped[int] = mapped_column(ForeignKey("client.client_id"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    effective_from: Mapped[datetime] = mapped_column(primary_key=True)
    closed: Mapped[bool]
    name: Mapped[str]
    """What the day is closed for, or which holiday is worked."""
    reason: Mapped[str]
    set_by: Mapped[int] = mapped_column(ForeignKey("staff.staff_id"))
    set_at: Mapped[datetime]
