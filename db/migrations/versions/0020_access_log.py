"""The record is read by person, claim, worker, client, kind and period; a visit's repeated looks are one line."""

from alembic import op

from db.migrations.statements import run_file

revision = "0020_access_log"
down_revision = "0019_sign_in"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("audit_event_of_client", "audit_event", ["client_id", "at"])
    op.create_index("audit_event_of_verb", "audit_event", ["verb", "at"])
    run_file("0020_access_log.sql")


def downgrade() -> None:
    run_file("0020_access_log_down.sql")
    op.drop_index("audit_event_of_verb", table_name="audit_event")
    op.drop_index("audit_event_of_client", table_name="audit_event")
