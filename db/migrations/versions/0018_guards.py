"""Guards for every verb and every column, and arguments within limits for what acts for the owner."""

import re

from db.migrations.statements import read, run, run_file

revision = "0018_guards"
down_revision = "0017_rights_end"
branch_labels = None
depends_on = None


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
        run_file(name)


def downgrade() -> None:
    run("drop function desk_touch(bytea, timestamptz)")
    for name, file in _BEFORE.items():
        run(_definition(read(file), name))
    run_file("0018_guards_down.sql")


def _definition(file: str, name: str) -> str:
    """Return the statement in *file* that creates the function *name*."""
    found = re.search(rf"create (?:or replace )?(function {name}\(.*?\$\$.*?\$\$;)", file, re.DOTALL)
    assert found is not None, name
    return f"create or replace {found[1]}"
