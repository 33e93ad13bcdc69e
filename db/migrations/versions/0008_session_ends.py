"""A sign-in ends twelve hours after it began, however busy it was."""

from pathlib import Path

from alembic import op

revision = "0008_session_ends"
down_revision = "0007_first_contact_stands"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parent.parent / "sql"


def upgrade() -> None:
    op.get_bind().exec_driver_sql((SQL / "0008_session_ends.sql").read_text(encoding="utf-8"))


def downgrade() -> None:
    op.get_bind().exec_driver_sql((SQL / "0008_session_ends_down.sql").read_text(encoding="utf-8"))
