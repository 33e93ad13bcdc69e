"""An open question is told from another by its element and its reason: two about one element both stay."""

from pathlib import Path

from alembic import op

revision = "0015_questions"
down_revision = "0012_audit_pages"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parent.parent / "sql"


def upgrade() -> None:
    op.get_bind().exec_driver_sql((SQL / "0015_questions.sql").read_text(encoding="utf-8").replace("%", "%%"))


def downgrade() -> None:
    op.get_bind().exec_driver_sql((SQL / "0015_questions_down.sql").read_text(encoding="utf-8").replace("%", "%%"))
