"""What is typed and not sent is kept for a day; whoever holds a session's token learns why it ends."""

from pathlib import Path

from alembic import op

revision = "0021_drafts"
down_revision = "0020_access_log"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parent.parent / "sql"


def upgrade() -> None:
    sql = (SQL / "0021_drafts.sql").read_text(encoding="utf-8")
    op.get_bind().exec_driver_sql(sql.replace("%", "%%"))


def downgrade() -> None:
    op.execute("drop function desk_session_ends(bytea, interval)")
    op.execute("drop function desk_forget_drafts(timestamptz)")
    op.drop_table("draft")
