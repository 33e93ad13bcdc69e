"""Hours of a working day as stretches, each client's own closed days, and one rule for a clock that stands still."""

import sqlalchemy as sa
from alembic import op

from db.migrations.statements import run_file

revision = "0016_business_hours"
down_revision = "0015_questions"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "client_holiday",
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("effective_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed", sa.Boolean(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("set_by", sa.Integer(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("length(name) between 1 and 80", name=op.f("client_holiday_name_brief")),
        sa.CheckConstraint("length(reason) between 1 and 300", name=op.f("client_holiday_reason_brief")),
        sa.ForeignKeyConstraint(["client_id"], ["client.client_id"], name=op.f("client_holiday_client_id_fkey")),
        sa.ForeignKeyConstraint(["set_by"], ["staff.staff_id"], name=op.f("client_holiday_set_by_fkey")),
        sa.PrimaryKeyConstraint("client_id", "day", "effective_from", name=op.f("client_holiday_pkey")),
    )
    run_file("0016_business_hours.sql")


def downgrade() -> None:
    run_file("0016_business_hours_down.sql")
    op.drop_table("client_holiday")
