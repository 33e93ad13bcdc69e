"""Whoever has a claim hands it to a colleague, with a note; and takes it back while the colleague still has it so."""

import sqlalchemy as sa
from alembic import op

from db.migrations.statements import run_file

revision = "0036_handing_over"
down_revision = "0035_fields_corrected"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "hand_over",
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("claim_id", sa.BigInteger(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("given_by", sa.Integer(), nullable=False),
        sa.Column("to_id", sa.Integer(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.CheckConstraint("length(btrim(note)) >= 1 and length(note) <= 500", name=op.f("hand_over_note_brief")),
        sa.ForeignKeyConstraint(
            ["client_id", "claim_id"], ["claim.client_id", "claim.claim_id"], name="hand_over_claim_fkey"
        ),
        sa.ForeignKeyConstraint(["given_by"], ["staff.staff_id"], name=op.f("hand_over_given_by_fkey")),
        sa.ForeignKeyConstraint(["to_id"], ["staff.staff_id"], name=op.f("hand_over_to_id_fkey")),
        sa.PrimaryKeyConstraint("client_id", "claim_id", "given_at", name=op.f("hand_over_pkey")),
    )
    run_file("0036_handing_over.sql")


def downgrade() -> None:
    run_file("0036_handing_over_down.sql")
    op.drop_table("hand_over")
