"""Guards for every verb and every column, and arguments within limits for what acts for the owner."""

import re
from pathlib import Path

from alembic import op

revision = "0018_guards"
down_revision = "0017_rights_end"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parent.parent / "sql"

_BEFORE = {
    "desk_claim_guard": "0001_access.sql",
    "desk_first_contact_stands": "0007_first_contact_stands.sql",
    "desk_note_attempt": "0001_sign_in.sql",
    "desk_ticket_new": "0001_sign_in.sql",
    "desk_ticket_redeem": "0011_way_in.sql",
    "desk_touch": "0001_sign_in.sql",
    "desk_end_session": "0001_sign_in.sql",
    "desk_first_administrator": "0001_sign_in.sql",
    "desk_audit_recent": "0012_audit_pages.sql",
    "desk_audit_months": "0001_audit.sql",
    "fold_facts": "0004_first_contact.sql",
}
"""Functions that were replaced, and the file that says what they were."""


def upgrade() -> None:
    for name in ("0018_guards.sql", "0018_bounds.sql"):
        _run(_read(name))


def downgrade() -> None:
    _run("drop function desk_touch(bytea, timestamptz)")
    for name, file in _BEFORE.items():
        _run(_definition(_read(file), name))
    _run(_read("0018_guards_down.sql"))


def _definition(file: str, name: str) -> str:
    """Return the statement in *file* that creates the function *name*."""
    found = re.search(rf"create (?:or replace )?(function {name}\(.*?\$\$.*?\$\$;)", file, re.DOTALL)
    assert found is not None, name
    return f"create or replace {found[1]}"


def _read(name: str) -> str:
    return (SQL / name).read_text(encoding="utf-8")


def _run(sql: str) -> None:
    op.get_bind().exec_driver_sql(sql.replace("%", "%%"))
