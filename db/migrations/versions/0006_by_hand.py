"""Less for whoever types SQL by hand: no borrowed names, no chosen numbers, nobody else's timeline."""

from db.migrations.statements import run_file

revision = "0006_by_hand"
down_revision = "0005_readable_version"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run_file("0006_by_hand.sql")


def downgrade() -> None:
    run_file("0006_by_hand_down.sql")
