"""Open requests for authorization counted by age and by the clock left, and how long those took that were answered."""

from db.migrations.statements import run_file

revision = "0071_authorization_aging"
down_revision = "0070_letters"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run_file("0071_authorization_aging.sql")


def downgrade() -> None:
    run_file("0071_authorization_aging_down.sql")
