"""Statutory clocks as data: their versions, who has checked them, and the days off that they skip."""

from datetime import date, datetime, time

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Identity, Index, Integer, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, Number


class StatutoryClock(Base):
    """
    By when the law of a jurisdiction wants something of a kind decided, as from a day on.

    Rows are only ever added, and withdrawn before their day. What the columns mean: `core/statutes/rule.py`.
    """

    __tablename__ = "statutory_clock"
    __table_args__ = (
        CheckConstraint("jurisdiction ~ '^[A-Z]{2}$'", name="jurisdiction_form"),
        CheckConstraint("kind ~ '^[a-z][a-z0-9_]{1,59}$'", name="kind_form"),
        CheckConstraint("desk_zone_known(zone)", name="zone_known"),
        CheckConstraint(
            "amount between 1 and 3660 and extension_amount between 1 and 3660 and "
            "extension_within_amount between 1 and 3660 and information_amount between 1 and 3660 and "
            "mail_days between 1 and 60 and by_post_days between 1 and 60",
            name="amounts_sensible",
        ),
        CheckConstraint("unit in ('hours', 'business_days', 'calendar_days')", name="unit_known"),
        CheckConstraint(
            "extension_unit in ('hours', 'business_days', 'calendar_days')",
            name="extension_unit_known",
        ),
        CheckConstraint(
            "extension_within_unit in ('hours', 'business_days', 'calendar_days')",
            name="extension_within_unit_known",
        ),
        CheckConstraint(
            "information_unit in ('hours', 'business_days', 'calendar_days')",
            name="information_unit_known",
        ),
        CheckConstraint(
            "extension_from in ('start', 'extended', 'information', 'limit')",
            name="extension_from_known",
        ),
        CheckConstraint(
            "num_nonnulls(extension_amount, extension_unit, extension_from, extension_confidence) in (0, "
            "4) and num_nonnulls(extension_within_amount, extension_within_unit) in (0, 2) and "
            "num_nonnulls(information_amount, information_unit) in (0, 2) and (extension_amount is not "
            "null or num_nonnulls(extension_within_amount, information_amount) = 0)",
            name="extension_whole",
        ),
        CheckConstraint(
            "late_channels ~ '^(any|((fax|e-mail|mail|portal|phone|person)( "
            "(fax|e-mail|mail|portal|phone|person))*)?)$'",
            name="late_channels_form",
        ),
        CheckConstraint("lapse in ('void', 'deemed', 'conditional', 'violation', 'none')", name="lapse_known"),
        CheckConstraint("confidence in ('source_read', 'knowledge')", name="confidence_known"),
        CheckConstraint("extension_confidence in ('source_read', 'knowledge')", name="extension_confidence_known"),
        CheckConstraint(
            "greatest(length(starts), length(extension_words), length(late_words), "
            "length(last_day_words), length(lapse_words), length(owner), length(citation), length(note), "
            "length(source)) <= 600 and desk_shows(starts) and desk_shows(lapse_words) and "
            "desk_shows(owner) and desk_shows(citation)",
            name="texts_brief",
        ),
        CheckConstraint("length(why) <= 300 and desk_shows(why)", name="why_brief"),
        CheckConstraint("effective_to >= effective_from", name="ends_after"),
        CheckConstraint("(withdrawn_at is null) = (withdrawn_by is null)", name="withdrawn_paired"),
        CheckConstraint(
            "(withdrawn_at is null) = (withdrawn_why is null) and length(withdrawn_why) <= 300 and "
            "desk_shows(withdrawn_why)",
            name="withdrawn_reasoned",
        ),
        CheckConstraint("withdrawn_at is null or in_force_at is null", name="withdrawn_before"),
        CheckConstraint(
            "effective_from > '1900-01-01' and effective_from < '2200-01-01' and effective_to < "
            "'2200-01-01' and proposed_at > '1900-01-01Z' and proposed_at < '2200-01-01Z'",
            name="of_our_time",
        ),
        Index(
            "statutory_clock_to_begin",
            "effective_from",
            postgresql_where=text("withdrawn_at is null and in_force_at is null"),
        ),
    )

    clock_id: Mapped[Number] = mapped_column(Identity(always=True), primary_key=True)
    jurisdiction: Mapped[str]
    kind: Mapped[str]
    network: Mapped[bool | None]
    """Only of claims in a certified network, only of others; null: of any."""
    effective_from: Mapped[date]
    """The day of its zone from which a clock that starts is counted by it."""
    effective_to: Mapped[date | None]
    from_known: Mapped[bool] = mapped_column(server_default=text("true"))
    """Whether its beginning was verified; otherwise it is kept as of before all."""
    zone: Mapped[str]
    starts: Mapped[str]
    waits: Mapped[bool] = mapped_column(server_default=text("false"))
    amount: Mapped[int] = mapped_column(Integer)
    unit: Mapped[str]
    extension_amount: Mapped[int | None] = mapped_column(Integer)
    extension_unit: Mapped[str | None]
    extension_from: Mapped[str | None]
    extension_within_amount: Mapped[int | None] = mapped_column(Integer)
    extension_within_unit: Mapped[str | None]
    extension_words: Mapped[str] = mapped_column(server_default=text("''"))
    information_amount: Mapped[int | None] = mapped_column(Integer)
    information_unit: Mapped[str | None]
    late_channels: Mapped[str] = mapped_column(server_default=text("''"))
    """By which ways a late arrival counts as one of the next working day, with blanks between them; any; none."""
    late_opens: Mapped[time | None]
    late_closes: Mapped[time | None]
    late_day_off_moves: Mapped[bool] = mapped_column(server_default=text("false"))
    late_words: Mapped[str] = mapped_column(server_default=text("''"))
    mail_days: Mapped[int | None] = mapped_column(Integer)
    defers: Mapped[bool] = mapped_column(server_default=text("false"))
    rolls: Mapped[bool] = mapped_column(server_default=text("false"))
    last_day_words: Mapped[str] = mapped_column(server_default=text("''"))
    day_ends: Mapped[time | None]
    by_post_days: Mapped[int | None] = mapped_column(Integer)
    lapse: Mapped[str]
    lapse_words: Mapped[str]
    owner: Mapped[str]
    citation: Mapped[str]
    confidence: Mapped[str]
    extension_confidence: Mapped[str | None]
    note: Mapped[str] = mapped_column(server_default=text("''"))
    source: Mapped[str] = mapped_column(server_default=text("''"))
    why: Mapped[str]
    proposed_by: Mapped[int | None] = mapped_column(ForeignKey("staff.staff_id"))
    """Null: the desk came with it."""
    proposed_at: Mapped[datetime]
    withdrawn_by: Mapped[int | None] = mapped_column(ForeignKey("staff.staff_id"))
    withdrawn_at: Mapped[datetime | None]
    withdrawn_why: Mapped[str | None]
    in_force_at: Mapped[datetime | None]
    """When its day had come."""


class StatutoryClockCheck(Base):
    """That a person has compared a clock with the law: who, when, against what. Rows are only ever added."""

    __tablename__ = "statutory_clock_check"
    __table_args__ = (
        CheckConstraint("length(against) <= 300 and desk_shows(against)", name="against_brief"),
        CheckConstraint("checked_at > '1900-01-01Z' and checked_at < '2200-01-01Z'", name="of_our_time"),
        Index("statutory_clock_check_clock", "clock_id"),
    )

    check_id: Mapped[Number] = mapped_column(Identity(always=True), primary_key=True)
    clock_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("statutory_clock.clock_id"))
    against: Mapped[str]
    checked_by: Mapped[int] = mapped_column(ForeignKey("staff.staff_id"))
    checked_at: Mapped[datetime]


class StatutoryHoliday(Base):
    """
    A day off that a jurisdiction has besides its list, or has not though it stands there, for clocks that start later.

    Rows are only ever added: for a day, the latest one effective by a clock's start holds.
    """

    __tablename__ = "statutory_holiday"
    __table_args__ = (
        CheckConstraint("jurisdiction ~ '^[A-Z]{2}$'", name="jurisdiction_form"),
        CheckConstraint("length(name) <= 80 and desk_shows(name)", name="name_brief"),
        CheckConstraint("length(reason) <= 300 and desk_shows(reason)", name="reason_brief"),
        CheckConstraint("extract(isodow from day) < 6", name="on_a_weekday"),
        CheckConstraint(
            "day > '1900-01-01' and day < '2200-01-01' and effective_from > '1900-01-01Z' and "
            "effective_from < '2200-01-01Z' and set_at > '1900-01-01Z' and set_at < '2200-01-01Z'",
            name="of_our_time",
        ),
        UniqueConstraint("jurisdiction", "day", "effective_from", name="statutory_holiday_once"),
    )

    holiday_id: Mapped[Number] = mapped_column(Identity(always=True), primary_key=True)
    jurisdiction: Mapped[str]
    day: Mapped[date]
    effective_from: Mapped[datetime]
    closed: Mapped[bool]
    name: Mapped[str]
    reason: Mapped[str]
    set_by: Mapped[int] = mapped_column(ForeignKey("staff.staff_id"))
    set_at: Mapped[datetime]
