"""What a provider hears of a referral is a disclosure."""

from db.migrations.statements import run_file

revision = "0078_referrals_disclosed"
down_revision = "0077_appeals_after_a_merge"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run_file("0078_referrals_disclosed.sql")


def downgrade() -> None:
    run_file("0078_referrals_disclosed_down.sql")
