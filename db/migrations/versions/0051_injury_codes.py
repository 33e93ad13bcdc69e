"""Codes for part of body, nature and cause of injury: beside the words in which they were told."""

import sqlalchemy as sa
from alembic import op

from db.migrations.statements import add_checks, run_file

revision = "0051_injury_codes"
down_revision = "0050_calendar_addresses"
branch_labels = None
depends_on = None

_CODES = ("part_code", "nature_code", "cause_code")


def upgrade() -> None:
    for code in _CODES:
        op.add_column("claim_narrative", sa.Column(code, sa.Text(), nullable=True))
    add_checks(("claim_narrative", f"claim_narrative_{code}_form", f"{code} ~ '^[0-9]{{2}}$'") for code in _CODES)
    run_file("0051_injury_codes.sql")


def downgrade() -> None:
    run_file("0051_injury_codes_down.sql")
    for code in reversed(_CODES):
        op.drop_column("claim_narrative", code)
