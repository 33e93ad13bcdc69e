"""First contact in one call; durations in four grains, like hours; what still runs read by client."""

import sqlalchemy as sa
from alembic import op

from db.migrations.statements import run_file

revision = "0004_first_contact"
down_revision = "0003_scope"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # What was kept by client and state keeps its rows and takes the name that says so.
    _renamed("duration_by_client_day", "duration_by_all_day")
    op.create_table(
        "duration_by_jurisdiction_day",
        sa.Column("jurisdiction", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("bin", sa.SmallInteger(), nullable=False),
        sa.Column("contacted", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.PrimaryKeyConstraint("jurisdiction", "day", "bin", name=op.f("duration_by_jurisdiction_day_pkey")),
    )
    op.create_table(
        "duration_by_client_day",
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("bin", sa.SmallInteger(), nullable=False),
        sa.Column("contacted", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.PrimaryKeyConstraint("client_id", "day", "bin", name=op.f("duration_by_client_day_pkey")),
    )
    run_file("0004_first_contact.sql")


def downgrade() -> None:
    op.get_bind().exec_driver_sql("drop function desk_first_contact, desk_durations_by_jurisdiction")
    op.drop_table("duration_by_client_day")
    op.drop_table("duration_by_jurisdiction_day")
    _renamed("duration_by_all_day", "duration_by_client_day")
    run_file("0004_first_contact_before.sql")


def _renamed(table: str, name: str) -> None:
    op.rename_table(table, name)
    op.get_bind().exec_driver_sql(f"alter index {table}_pkey rename to {name}_pkey")
