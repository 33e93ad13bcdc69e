"""What is known of a claim can be corrected, and what stood there before stays; a worker may have a representative."""

from db.migrations.statements import run_file

revision = "0035_fields_corrected"
down_revision = "0034_first_contact_as_a_form"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run_file("0035_fields_corrected.sql")


def downgrade() -> None:
    run_file("0035_fields_corrected_down.sql")
