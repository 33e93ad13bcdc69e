"""Counts of the promise kept, folded by hour, so that a picture of the quarter does not read the quarter's claims."""

from datetime import date, datetime

from sqlalchemy import BigInteger, Date, Identity, Integer, SmallInteger, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base


class _Counts:
    reported: Mapped[int] = mapped_column(BigInteger, server_default=text("0"))
    """Claims reported, those withdrawn without contact left out."""
    contacted: Mapped[int] = mapped_column(BigInteger, server_default=text("0"))
    on_time: Mapped[int] = mapped_column(BigInteger, server_default=text("0"))


class FactDelta(Base):
    """A signed change of the counts, appended by the writer and folded later: nobody waits for a counter."""

    __tablename__ = "fact_delta"

    delta_id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    client_id: Mapped[int] = mapped_column(Integer)
    jurisdiction: Mapped[str] = mapped_column(Text)
    """Two-letter state, or two hyphens where it is not known."""
    hour: Mapped[datetime]
    """The hour of the report, UTC."""
    reported: Mapped[int] = mapped_column(Integer)
    contacted: Mapped[int] = mapped_column(Integer)
    on_time: Mapped[int] = mapped_column(Integer)
    bin: Mapped[int | None] = mapped_column(SmallInteger)
    """Which quarter of an hour after the report the worker was reached in, to two weeks; null where not reached."""


class ByHour(_Counts, Base):
    """Every client's counts by hour of report; only roles that see all clients read it, through a function."""

    __tablename__ = "by_hour"

    hour: Mapped[datetime] = mapped_column(primary_key=True)


class ByJurisdictionHour(_Counts, Base):
    """Every client's counts by state and hour of report; read like `by_hour`."""

    __tablename__ = "by_jurisdiction_hour"

    jurisdiction: Mapped[str] = mapped_column(primary_key=True)
    hour: Mapped[datetime] = mapped_column(primary_key=True)


class ByClientHour(_Counts, Base):
    """One client's counts by hour of report."""

    __tablename__ = "by_client_hour"

    client_id: Mapped[int] = mapped_column(Integer, primary_key=True)
    hour: Mapped[datetime] = mapped_column(primary_key=True)


class ByAllHour(_Counts, Base):
    """One client's counts by state and hour of report: for intersections only."""

    __tablename__ = "by_all_hour"

    client_id: Mapped[int] = mapped_column(Integer, primary_key=True)
    jurisdiction: Mapped[str] = mapped_column(primary_key=True)
    hour: Mapped[datetime] = mapped_column(primary_key=True)


class DurationByDay(Base):
    """How many workers were reached in which quarter-hour after the report, by UTC day: what medians are read from."""

    __tablename__ = "duration_by_day"

    day: Mapped[date] = mapped_column(Date, primary_key=True)
    bin: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    contacted: Mapped[int] = mapped_column(BigInteger, server_default=text("0"))


class DurationByJurisdictionDay(Base):
    """Every client's durations by state; only roles that see all clients read it, through a function."""

    __tablename__ = "duration_by_jurisdiction_day"

    jurisdiction: Mapped[str] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(Date, primary_key=True)
    bin: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    contacted: Mapped[int] = mapped_column(BigInteger, server_default=text("0"))


class DurationByClientDay(Base):
    """One client's durations."""

    __tablename__ = "duration_by_client_day"

    client_id: Mapped[int] = mapped_column(Integer, primary_key=True)
    day: Mapped[date] = mapped_column(Date, primary_key=True)
    bin: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    contacted: Mapped[int] = mapped_column(BigInteger, server_default=text("0"))


class DurationByAllDay(Base):
    """One client's durations by state: for intersections only."""

    __tablename__ = "duration_by_all_day"

    client_id: Mapped[int] = mapped_column(Integer, primary_key=True)
    jurisdiction: Mapped[str] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(Date, primary_key=True)
    bin: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    contacted: Mapped[int] = mapped_column(BigInteger, server_default=text("0"))
