"""A struck contact gives back the pause that it ended itself; what nobody did to a claim is not put on the record."""

from alembic import op

from db.migrations.statements import add_checks, run_file

revision = "0042_what_a_contact_ended"
down_revision = "0041_call_again_after_a_message"
branch_labels = None
depends_on = None

REASONED = "contact_attempt_late_reasoned"


def upgrade() -> None:
    run_file("0042_what_a_contact_ended.sql")
    op.drop_constraint(op.f(REASONED), "contact_attempt", type_="check")
    add_checks([("contact_attempt", REASONED, "length(btrim(late_why)) between 1 and 500 and desk_shows(late_why)")])


def downgrade() -> None:
    op.drop_constraint(op.f(REASONED), "contact_attempt", type_="check")
    add_checks([("contact_attempt", REASONED, "length(btrim(late_why)) between 1 and 500")])
    run_file("0042_what_a_contact_ended_down.sql")
