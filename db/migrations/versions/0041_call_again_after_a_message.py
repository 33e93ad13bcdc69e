"""A call is promised also where a message was left, or where somebody who was reached says when to call."""

from alembic import op

from db.migrations.statements import add_checks

revision = "0041_call_again_after_a_message"
down_revision = "0040_permitted_and_given_back"
branch_labels = None
depends_on = None

LATER = "call_again_at is null or call_again_at > at and call_again_at < '2200-01-01Z' and outcome"
PROMISING = "in ('reached', 'reached_deferred', 'voicemail', 'third_person')"


def upgrade() -> None:
    _allow(PROMISING)


def downgrade() -> None:
    # A promise after another outcome had no place before: the attempt stays, and the time is told by its note alone.
    op.execute(
        "update contact_attempt set call_again_at = null, called_attempt_id = null"
        " where call_again_at is not null and outcome <> 'reached_deferred'"
    )
    _allow("= 'reached_deferred'")


def _allow(outcomes: str) -> None:
    op.drop_constraint(op.f("contact_attempt_call_again_later"), "contact_attempt", type_="check")
    add_checks([("contact_attempt", "contact_attempt_call_again_later", f"{LATER} {outcomes}")])
