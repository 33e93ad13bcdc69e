"""The application may read which migration the database has: whether it is ready depends on that."""

from alembic import op

revision = "0005_readable_version"
down_revision = "0004_first_contact"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.get_bind().exec_driver_sql("grant select on alembic_version to desk_app")


def downgrade() -> None:
    op.get_bind().exec_driver_sql("revoke select on alembic_version from desk_app")
