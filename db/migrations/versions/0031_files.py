"""A claim has documents and conditions; what waits for its claim lies in a tray; what goes outside is on the record."""

from db.migrations.statements import run_file

revision = "0031_files"
down_revision = "0030_search"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run_file("0031_files.sql")


def downgrade() -> None:
    run_file("0031_files_down.sql")
