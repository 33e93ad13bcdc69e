"""What is typed and not sent is kept for a day; whoever holds a session's token learns why it ends."""

from alembic import op

from db.migrations.statements import run_file

revision = "0021_drafts"
down_revision = "0020_access_log"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run_file("0021_drafts.sql")


def downgrade() -> None:
    op.execute("drop function desk_session_ends(bytea, interval)")
    op.execute("drop function desk_forget_drafts(timestamptz)")
    op.drop_table("draft")
