"""A first contact holds what was confirmed and said, and can be struck; a call that was promised is to be made."""

from db.migrations.statements import run_file

revision = "0034_first_contact_as_a_form"
down_revision = "0033_what_no_service_says"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run_file("0034_first_contact_as_a_form.sql")


def downgrade() -> None:
    run_file("0034_first_contact_as_a_form_down.sql")
