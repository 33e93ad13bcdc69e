"""A first contact that is recorded stands, in the name of whoever made it."""

from pathlib import Path

from alembic import op

revision = "0007_first_contact_stands"
down_revision = "0006_by_hand"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parent.parent / "sql"


def upgrade() -> None:
    sql = (SQL / "0007_first_contact_stands.sql").read_text(encoding="utf-8")
    op.get_bind().exec_driver_sql(sql.replace("%", "%%"))


def downgrade() -> None:
    op.get_bind().exec_driver_sql("drop trigger first_contact_stands on claim")
    op.get_bind().exec_driver_sql("drop function desk_first_contact_stands()")
