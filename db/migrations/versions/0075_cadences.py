"""How often a party is asked how a request stands is data, and what nobody answers goes on to others."""

from db.migrations.statements import run_file

revision = "0075_cadences"
down_revision = "0074_requests_by_feed"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run_file("0075_cadences.sql")


def downgrade() -> None:
    run_file("0075_cadences_down.sql")
