"""What is known of a claim is written over only where what stood there was kept, and what is kept is what stood there."""

from alembic import op

from db.migrations.statements import add_checks, run_file

revision = "0037_kept_before_changed"
down_revision = "0036_handing_over"
branch_labels = None
depends_on = None

CHECKS = (
    ("field_change", "field_change_reasoned", "length(btrim(why)) >= 1"),
    ("first_contact", "first_contact_plain_lists", "array_ndims(identity) = 1 and array_ndims(explained) = 1"),
    ("claim", "claim_flags_plain_list", "array_ndims(flags) = 1"),
    ("sla_policy", "sla_policy_working_days_plain_list", "array_ndims(working_days) = 1"),
)


def upgrade() -> None:
    run_file("0037_kept_before_changed.sql")
    add_checks(CHECKS)


def downgrade() -> None:
    for table, name, _ in CHECKS:
        op.drop_constraint(op.f(name), table, type_="check")
    run_file("0037_kept_before_changed_down.sql")
