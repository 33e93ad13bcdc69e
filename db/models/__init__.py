"""The tables. Importing this package registers every one of them with `db.base.Base.metadata`."""

from db.base import Base
from db.models import (
    audit,
    authorizations,
    claims,
    clients,
    contacts,
    drafts,
    files,
    imports,
    letters,
    measures,
    providers,
    referrals,
    requirements,
    staff,
    statutes,
    triage,
    work,
)

__all__ = [
    "Base",
    "audit",
    "authorizations",
    "claims",
    "clients",
    "contacts",
    "drafts",
    "files",
    "imports",
    "letters",
    "measures",
    "providers",
    "referrals",
    "requirements",
    "staff",
    "statutes",
    "triage",
    "work",
]
