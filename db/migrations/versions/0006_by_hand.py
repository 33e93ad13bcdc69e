"""Less for whoever types SQL by hand: no borrowed names, no chosen numbers, nobody else's timeline."""

from pathlib import Path

from alembic import op

revision = "0006_by_hand"
down_revision = "0005_readable_version"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parent.parent / "sql"


def upgrade() -> None:
    _run("0006_by_hand.sql")


def downgrade() -> None:
    _run("0006_by_hand_down.sql")


def _run(name: str) -> None:
    op.get_bind().exec_driver_sql((SQL / name).read_text(encoding="utf-8").replace("%", "%%"))
