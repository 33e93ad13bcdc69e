"""What intake asks for is data: by element, client and state, from a day on; what changes reaches claims that wait."""

from db.migrations.statements import run_file

revision = "0064_intake_requirements"
down_revision = "0063_asked_for_a_time"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run_file("0064_intake_requirements.sql")


def downgrade() -> None:
    run_file("0064_intake_requirements_down.sql")
