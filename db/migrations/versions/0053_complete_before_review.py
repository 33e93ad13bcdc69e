"""A first contact is made once intake is complete, or says why it could not wait."""

import sqlalchemy as sa
from alembic import op

from db.migrations.statements import add_checks, run_file

revision = "0053_complete_before_review"
down_revision = "0052_one_look_at_an_attempt"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("first_contact", sa.Column("incomplete_why", sa.Text(), nullable=True))
    add_checks(
        [
            (
                "first_contact",
                "first_contact_incomplete_reasoned",
                "length(incomplete_why) <= 500 and desk_shows(incomplete_why)",
            )
        ]
    )
    run_file("0053_complete_before_review.sql")


def downgrade() -> None:
    run_file("0053_complete_before_review_down.sql")
    op.drop_column("first_contact", "incomplete_why")
