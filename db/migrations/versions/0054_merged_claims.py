"""Two claims that are of one injury: the one reported later is closed, and leads to the other."""

import sqlalchemy as sa
from alembic import op

from db.migrations.statements import add_checks, run_file

revision = "0054_merged_claims"
down_revision = "0053_complete_before_review"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("claim", sa.Column("merged_into", sa.BigInteger()))
    op.create_foreign_key(
        "claim_merged_into_fkey", "claim", "claim", ["client_id", "merged_into"], ["client_id", "claim_id"]
    )
    add_checks(
        [("claim", "claim_merged_closed", "merged_into is null or closed_at is not null and merged_into <> claim_id")]
    )
    op.create_index(
        "claim_merged", "claim", ["client_id", "merged_into"], postgresql_where=sa.text("merged_into is not null")
    )
    op.create_index(
        "intake_question_to_merge",
        "intake_question",
        ["client_id", "claim_id"],
        postgresql_where=sa.text("answered_at is null and reason = 'to_merge'"),
    )
    run_file("0054_merged_claims.sql")


def downgrade() -> None:
    run_file("0054_merged_claims_down.sql")
    op.drop_index("intake_question_to_merge", "intake_question")
    op.drop_index("claim_merged", "claim")
    op.drop_constraint(op.f("claim_merged_closed"), "claim", type_="check")
    op.drop_constraint("claim_merged_into_fkey", "claim", type_="foreignkey")
    op.drop_column("claim", "merged_into")
