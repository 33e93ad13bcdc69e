"""The record of every act and look: append-only, by month."""

from typing import Any

from sqlalchemy import BigInteger, Column, DateTime, Identity, Index, Integer, PrimaryKeyConstraint, Table, Text, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.dialects.postgresql.base import ischema_names
from sqlalchemy.types import UserDefinedType

from db.base import Base


class Xid8(UserDefinedType[int]):
    """PostgreSQL's full transaction number."""

    cache_ok = True

    def get_col_spec(self, **_: Any) -> str:
        return "xid8"


ischema_names["xid8"] = Xid8  # so that comparing the schema knows the type


audit_event = Table(
    "audit_event",
    Base.metadata,
    Column("at", DateTime(timezone=True), server_default=text("clock_timestamp()"), nullable=False),
    Column("event_id", BigInteger, Identity(always=True), nullable=False),
    Column("txid", Xid8, server_default=text("pg_current_xact_id()"), nullable=False),
    Column("actor_id", Integer, nullable=False),
    Column("client_id", Integer),
    Column("noun", Text, nullable=False),
    Column("noun_id", BigInteger, nullable=False),
    Column("verb", Text, nullable=False),
    Column("detail", JSONB),
    PrimaryKeyConstraint("at", "event_id", name="audit_event_pkey"),
    Index("audit_event_of_record", "noun", "noun_id", "at"),
    Index("audit_event_of_actor", "actor_id", "at"),
    Index("audit_event_of_client", "client_id", "at"),
    Index("audit_event_of_verb", "verb", "at"),
    # Which searches showed a claim.
    Index(
        "audit_event_showed",
        text("(detail -> 'claims')"),
        postgresql_using="gin",
        postgresql_where=text("noun in ('search', 'opened_last')"),
    ),
    postgresql_partition_by="RANGE (at)",
)
"""Who did what to which record, and when. No foreign keys: the record must never hold up the work."""
