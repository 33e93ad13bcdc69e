"""Whoever has a claim's page open is known to those who may open it too."""

import sqlalchemy as sa
from alembic import op

revision = "0022_claim_viewers"
down_revision = "0021_drafts"
branch_labels = None
depends_on = None

_SCOPE = "((select desk_sees_all()) or client_id = any ((select desk_identity_clients())::int[]))"
_OWN = "staff_id = (select desk_staff_id())"
_BY_NOW = "seen_at <= (select upper(desk_present()))"

STATEMENTS = (
    "alter table claim_viewer enable row level security",
    "alter table claim_viewer force row level security",
    "create policy house on claim_viewer to current_user using (true) with check (true)",
    "revoke all on claim_viewer from public",
    "grant select, delete on claim_viewer to desk_app",
    "grant insert (client_id, claim_id, staff_id, since, seen_at), update (since, seen_at) on claim_viewer to desk_app",
    f"create policy scope on claim_viewer for select to desk_app using ({_SCOPE})",
    f"create policy arrive on claim_viewer for insert to desk_app with check ({_OWN} and {_BY_NOW} and {_SCOPE})",
    f"create policy stay on claim_viewer for update to desk_app"
    f" using ({_OWN} and {_SCOPE}) with check ({_OWN} and {_SCOPE})",
    f"create policy leave on claim_viewer for delete to desk_app using ({_OWN})",
)


def upgrade() -> None:
    op.create_table(
        "claim_viewer",
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("claim_id", sa.BigInteger(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["client_id", "claim_id"],
            ["claim.client_id", "claim.claim_id"],
            name="claim_viewer_claim_fkey",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.staff_id"], name=op.f("claim_viewer_staff_id_fkey")),
        sa.PrimaryKeyConstraint("client_id", "claim_id", "staff_id", name=op.f("claim_viewer_pkey")),
    )
    op.create_index("claim_viewer_of_person", "claim_viewer", ["staff_id", "seen_at"])
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    op.drop_table("claim_viewer")
