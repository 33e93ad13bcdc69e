"""
What is still done by hand and by no service is refused: contacts dated back, deadlines moved, promises of nowhere.

An attempt comes in by `desk_log_attempt` alone. As a grant beside it, an insert could only be bounded as the loosest of
its users needs: the sample MCO plays months in one go. It does so as the owner now, as whoever keeps the database, and
nobody who has only the application's password can.
"""

from db.migrations.statements import run_file

revision = "0026_only_what_services_do"
down_revision = "0025_attempts"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run_file("0026_contacts.sql")
    run_file("0026_deadlines.sql")
    run_file("0026_promises.sql")


def downgrade() -> None:
    run_file("0026_promises_down.sql")
    run_file("0026_deadlines_down.sql")
    run_file("0026_contacts_down.sql")
