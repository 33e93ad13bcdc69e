"""A lockout spares the browsers that a name knows, refusals are counted, and a password set by another is changed."""

from pathlib import Path

from alembic import op

revision = "0019_sign_in"
down_revision = "0018_guards"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parent.parent / "sql"


def upgrade() -> None:
    op.get_bind().exec_driver_sql((SQL / "0019_sign_in.sql").read_text(encoding="utf-8"))


def downgrade() -> None:
    op.get_bind().exec_driver_sql((SQL / "0019_sign_in_down.sql").read_text(encoding="utf-8"))
