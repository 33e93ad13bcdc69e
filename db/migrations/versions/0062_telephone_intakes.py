"""An intake by telephone is begun with its claim and finished at the end of the call; its words wait until then."""

from db.migrations.statements import run_file

revision = "0062_telephone_intakes"
down_revision = "0061_asked_again"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run_file("0062_telephone_intakes.sql")


def downgrade() -> None:
    run_file("0062_telephone_intakes_down.sql")
