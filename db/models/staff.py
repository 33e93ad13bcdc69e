"""Who works here, whom they serve, and their sign-ins."""

from datetime import datetime

from sqlalchemy import BigInteger, Boolean, CheckConstraint, ForeignKey, Identity, Index, Integer, LargeBinary, text
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, Number

NOT_COMMAND_LINE = "staff_id <> 1"
"""Nobody signs in as the first row of staff, in whose name the machine's own operator acts."""

ROLES = "'va', 'supervisor', 'clinical', 'account_executive', 'compliance', 'administrator'"


class Staff(Base):
    """A person who works here."""

    __tablename__ = "staff"
    __table_args__ = (
        CheckConstraint(f"role in ({ROLES})", name="role_known"),
        CheckConstraint("sign_in_name = lower(sign_in_name)", name="sign_in_name_folded"),
    )

    staff_id: Mapped[int] = mapped_column(Integer, Identity(always=True), primary_key=True)
    sign_in_name: Mapped[str] = mapped_column(unique=True)
    full_name: Mapped[str]
    role: Mapped[str]
    timezone: Mapped[str]
    active: Mapped[bool] = mapped_column(Boolean, server_default=text("true"))
    created_at: Mapped[datetime] = mapped_column(server_default=text("clock_timestamp()"))
    version: Mapped[int] = mapped_column(Integer, server_default=text("1"))


class StaffClient(Base):
    """Which clients a person serves."""

    __tablename__ = "staff_client"

    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.staff_id"), primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("client.client_id"), primary_key=True)


class ClientCover(Base):
    """
    That a person works for a client until a date without serving it, why, and who said so.

    It holds from `starts_at` until before `until`, or until it was ended earlier.
    """

    __tablename__ = "client_cover"
    __table_args__ = (
        CheckConstraint("until > starts_at and until - starts_at <= interval '93 days'", name="passing"),
        CheckConstraint("length(reason) <= 200 and desk_shows(reason)", name="reasoned"),
        CheckConstraint("(ended_at is null) = (ended_by is null)", name="ended_paired"),
        CheckConstraint("starts_at > '1900-01-01Z' and until < '2200-01-01Z'", name="of_our_time"),
        Index("client_cover_one_open", "staff_id", "client_id", unique=True, postgresql_where=text("ended_at is null")),
    )

    client_id: Mapped[int] = mapped_column(ForeignKey("client.client_id"), primary_key=True)
    cover_id: Mapped[Number] = mapped_column(primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.staff_id"))
    starts_at: Mapped[datetime]
    until: Mapped[datetime]
    reason: Mapped[str]
    set_by: Mapped[int] = mapped_column(ForeignKey("staff.staff_id"))
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[int | None] = mapped_column(ForeignKey("staff.staff_id"))


class StaffCredential(Base):
    """A person's password hash. The application's role has no grant here; only definer functions read it."""

    __tablename__ = "staff_credential"
    __table_args__ = (
        CheckConstraint(NOT_COMMAND_LINE, name="not_the_command_line"),
        CheckConstraint("length(password_hash) <= 500", name="hash_brief"),
    )

    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.staff_id"), primary_key=True)
    password_hash: Mapped[str]
    changed_at: Mapped[datetime] = mapped_column(server_default=text("clock_timestamp()"))
    must_change: Mapped[bool] = mapped_column(Boolean, server_default=text("false"))


class StaffSession(Base):
    """One sign-in: the hash of the random token that the cookie carries, and how long it is good for."""

    __tablename__ = "staff_session"
    __table_args__ = (
        CheckConstraint("(ended_at is null) = (ended_why is null)", name="ended_paired"),
        CheckConstraint("octet_length(token_hash) = 32", name="token_hashed"),
        CheckConstraint(NOT_COMMAND_LINE, name="not_the_command_line"),
        Index("staff_session_open", "staff_id", postgresql_where=text("ended_at is null")),
    )

    session_id: Mapped[Number] = mapped_column(primary_key=True)
    token_hash: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.staff_id"))
    address: Mapped[str | None]
    issued_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    ended_why: Mapped[str | None]


class SignInTicket(Base):
    """A sign-in that was granted and not yet turned into a cookie: one use, seconds, bound to one browser."""

    __tablename__ = "sign_in_ticket"
    __table_args__ = (CheckConstraint(NOT_COMMAND_LINE, name="not_the_command_line"),)

    ticket_hash: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.staff_id"))
    browser_hash: Mapped[bytes] = mapped_column(LargeBinary)
    expires_at: Mapped[datetime]


class SignInAttempt(Base):
    """A try to sign in, by a hash of the name tried and by address: what lockout counts."""

    __tablename__ = "sign_in_attempt"
    __table_args__ = (
        Index("sign_in_attempt_by_name", "name_key", "at"),
        Index("sign_in_attempt_by_address", "address", "at"),
    )

    attempt_id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    at: Mapped[datetime]
    name_key: Mapped[str]
    address: Mapped[str]
    ok: Mapped[bool] = mapped_column(Boolean)
    browser_hash: Mapped[bytes | None] = mapped_column(LargeBinary)


class KnownBrowser(Base):
    """A browser in which a person has signed in before: others' failed tries do not shut it out."""

    __tablename__ = "known_browser"
    __table_args__ = (CheckConstraint("octet_length(browser_hash) = 32", name="browser_hash_check"),)

    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.staff_id"), primary_key=True)
    browser_hash: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    last_at: Mapped[datetime]


class SignInRefusal(Base):
    """Tries that were refused while locked, by name and address, until they are told as one event."""

    __tablename__ = "sign_in_refusal"

    name_key: Mapped[str] = mapped_column(primary_key=True)
    address: Mapped[str] = mapped_column(primary_key=True)
    first_at: Mapped[datetime]
    last_at: Mapped[datetime]
    tries: Mapped[int] = mapped_column(Integer, server_default=text("1"))
