"""What is held ends with the right to hold it; dated cover; closing and reopening; an administrator always stays."""

import sqlalchemy as sa
from alembic import op

from db.migrations.statements import run_file

revision = "0017_rights_end"
down_revision = "0016_business_hours"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "client_cover",
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("cover_id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("set_by", sa.Integer(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.Integer(), nullable=True),
        sa.CheckConstraint("(ended_at is null) = (ended_by is null)", name=op.f("client_cover_ended_paired")),
        sa.CheckConstraint("length(btrim(reason)) between 1 and 200", name=op.f("client_cover_reasoned")),
        sa.CheckConstraint(
            "until > starts_at and until - starts_at <= interval '93 days'", name=op.f("client_cover_passing")
        ),
        sa.ForeignKeyConstraint(["client_id"], ["client.client_id"], name=op.f("client_cover_client_id_fkey")),
        sa.ForeignKeyConstraint(["ended_by"], ["staff.staff_id"], name=op.f("client_cover_ended_by_fkey")),
        sa.ForeignKeyConstraint(["set_by"], ["staff.staff_id"], name=op.f("client_cover_set_by_fkey")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.staff_id"], name=op.f("client_cover_staff_id_fkey")),
        sa.PrimaryKeyConstraint("client_id", "cover_id", name=op.f("client_cover_pkey")),
    )
    op.create_index(
        "client_cover_one_open",
        "client_cover",
        ["staff_id", "client_id"],
        unique=True,
        postgresql_where=sa.text("ended_at is null"),
    )
    op.add_column("claim", sa.Column("closed_by", sa.Integer(), nullable=True))
    op.create_foreign_key(op.f("claim_closed_by_fkey"), "claim", "staff", ["closed_by"], ["staff_id"])
    # Of claims closed before it is not known by whom.
    op.create_check_constraint(op.f("claim_closed_by_closed"), "claim", "closed_by is null or closed_at is not null")
    run_file("0017_rights_end.sql")


def downgrade() -> None:
    run_file("0017_rights_end_down.sql")
    op.drop_constraint(op.f("claim_closed_by_closed"), "claim")
    op.drop_column("claim", "closed_by")
    op.drop_table("client_cover")
