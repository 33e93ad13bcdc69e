"""Who is asking, asked more cheaply: the functions of the policies no longer call one another."""

from db.migrations.statements import run_file

revision = "0003_scope"
down_revision = "0002_jobs"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run_file("0003_scope.sql")


def downgrade() -> None:
    run_file("0003_scope_down.sql")
