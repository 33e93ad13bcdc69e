"""What is answered settles the doubts about it, and no others: a day of birth says nothing about the report's time."""

from db.migrations.statements import run_file

revision = "0043_doubts_by_field"
down_revision = "0042_what_a_contact_ended"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run_file("0043_doubts_by_field.sql")


def downgrade() -> None:
    run_file("0043_doubts_by_field_down.sql")
