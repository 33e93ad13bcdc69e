"""A change of a client's closed days that is planned can be withdrawn until it begins, as a planned promise can."""

from alembic import op

revision = "0028_planned_closed_days"
down_revision = "0027_counted_at_once"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        "create policy withdraw on client_holiday for delete to desk_app"
        " using ((select desk_manages()) and not desk_begun(effective_from))"
    )
    op.execute("grant delete on client_holiday to desk_app")


def downgrade() -> None:
    op.execute("revoke delete on client_holiday from desk_app")
    op.execute("drop policy withdraw on client_holiday")
