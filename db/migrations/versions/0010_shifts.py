"""First contact is told when clocks change, instead of converting every hour."""

from db.migrations.statements import read, run, run_file

revision = "0010_shifts"
down_revision = "0009_reporter"
branch_labels = None
depends_on = None

FUNCTION = "create function desk_first_contact("


def upgrade() -> None:
    run_file("0010_shifts.sql")
    _grant()


def downgrade() -> None:
    _, begins, rest = read("0004_first_contact.sql").partition(FUNCTION)
    run("drop function desk_first_contact;" + begins + rest)
    _grant()


def _grant() -> None:
    run("revoke execute on function desk_first_contact from public")
    run("grant execute on function desk_first_contact to desk_app")
