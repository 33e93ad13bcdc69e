"""A first contact that is recorded stands, in the name of whoever made it."""

from alembic import op

from db.migrations.statements import run_file

revision = "0007_first_contact_stands"
down_revision = "0006_by_hand"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run_file("0007_first_contact_stands.sql")


def downgrade() -> None:
    op.get_bind().exec_driver_sql("drop trigger first_contact_stands on claim")
    op.get_bind().exec_driver_sql("drop function desk_first_contact_stands()")
