"""Where an injury happened: beside what happened, apart from the worker's own address."""

import sqlalchemy as sa
from alembic import op

revision = "0013_place_of_injury"
down_revision = "0012_audit_pages"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Written with the claim and then left alone, as who reported it: the application may update named columns only.
    op.add_column("claim_narrative", sa.Column("injury_place", sa.Text(), nullable=True))
    op.create_check_constraint(
        op.f("claim_narrative_injury_place_brief"), "claim_narrative", "length(injury_place) <= 500"
    )


def downgrade() -> None:
    op.drop_column("claim_narrative", "injury_place")
