"""A planned promise can be withdrawn, and a repeated one is none; what is said of a client is counted by a version."""

import sqlalchemy as sa
from alembic import op

from db.migrations.statements import run_file

revision = "0023_planned_promises"
down_revision = "0022_claim_viewers"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("client", sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False))
    op.create_check_constraint(op.f("client_name_brief"), "client", "length(name) between 1 and 80")
    run_file("0023_planned_promises.sql")


def downgrade() -> None:
    run_file("0023_planned_promises_down.sql")
    op.drop_constraint(op.f("client_name_brief"), "client")
    op.drop_column("client", "version")
