"""The tables. Importing this package registers every one of them with `db.base.Base.metadata`."""

from db.models import audit, claims, clients, contacts, imports, measures, staff

__all__ = ["audit", "claims", "clients", "contacts", "imports", "measures", "staff"]
