"""Claims that come together are counted together; a change that touches no count calls nothing."""

from db.migrations.statements import run_file

revision = "0027_counted_at_once"
down_revision = "0026_only_what_services_do"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run_file("0027_counted_at_once.sql")


def downgrade() -> None:
    run_file("0027_counted_at_once_down.sql")
