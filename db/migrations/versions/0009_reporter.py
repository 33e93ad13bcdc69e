"""Who reported the injury and how to call back: beside what happened, seen by whoever sees the worker's identity."""

import sqlalchemy as sa
from alembic import op

revision = "0009_reporter"
down_revision = "0008_session_ends"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Written with the claim and then left alone: the application inserts into this table, and may update named columns.
    op.add_column("claim_narrative", sa.Column("reporter", sa.Text(), nullable=True))
    op.add_column("claim_narrative", sa.Column("reporter_phone", sa.Text(), nullable=True))
    op.create_check_constraint(op.f("claim_narrative_reporter_brief"), "claim_narrative", "length(reporter) <= 200")
    op.create_check_constraint(
        op.f("claim_narrative_reporter_phone_brief"), "claim_narrative", "length(reporter_phone) <= 200"
    )


def downgrade() -> None:
    op.drop_column("claim_narrative", "reporter_phone")
    op.drop_column("claim_narrative", "reporter")
