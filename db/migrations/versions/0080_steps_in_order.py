"""Steps of a request follow each other, and it is counted by its own law."""

from db.migrations.statements import run_file

revision = "0080_steps_in_order"
down_revision = "0079_corrections_told"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run_file("0080_steps_in_order.sql")


def downgrade() -> None:
    run_file("0080_steps_in_order_down.sql")
