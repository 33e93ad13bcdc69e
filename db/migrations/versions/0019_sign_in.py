"""A lockout spares the browsers that a name knows, refusals are counted, and a password set by another is changed."""

from db.migrations.statements import run_file

revision = "0019_sign_in"
down_revision = "0018_guards"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run_file("0019_sign_in.sql")


def downgrade() -> None:
    run_file("0019_sign_in_down.sql")
