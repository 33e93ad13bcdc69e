"""The declarative base: constraint names, and the types that every table uses."""

from datetime import datetime
from typing import Annotated, Any, ClassVar

from sqlalchemy import BigInteger, DateTime, ForeignKeyConstraint, Identity, MetaData, Text
from sqlalchemy.orm import DeclarativeBase, mapped_column

# Named by rule, so that a migration can drop a constraint and a service can translate it.
NAMES = {
    "ix": "%(table_name)s_%(column_0_N_name)s",
    "uq": "%(table_name)s_%(column_0_N_name)s_key",
    "ck": "%(table_name)s_%(constraint_name)s",
    "fk": "%(table_name)s_%(column_0_N_name)s_fkey",
    "pk": "%(table_name)s_pkey",
}


class Base(DeclarativeBase):
    """What every table of the desk descends from."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map: ClassVar[dict[Any, Any]] = {str: Text(), datetime: DateTime(timezone=True)}


Number = Annotated[int, mapped_column(BigInteger, Identity(always=True))]
"""A number that the database gives out."""

PHI = {"phi": True}
"""Marks a column that identifies a worker or tells of health: no table with one is read by who sees figures alone."""


def of_claim(name: str) -> ForeignKeyConstraint:
    """Return the constraint by which a row belongs to the claim that its `client_id` and `claim_id` name."""
    return ForeignKeyConstraint(["client_id", "claim_id"], ["claim.client_id", "claim.claim_id"], name=name)
