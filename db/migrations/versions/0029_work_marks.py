"""A person can put a work item aside until later; and what is still asked on claims is found in its order."""

import sqlalchemy as sa
from alembic import op

revision = "0029_work_marks"
down_revision = "0028_planned_closed_days"
branch_labels = None
depends_on = None

_SCOPE = "((select desk_sees_all()) or client_id = any ((select desk_clients())::int[]))"
_OWN = "staff_id = (select desk_staff_id())"
_THEIRS = f"{_OWN} and (select desk_works()) and {_SCOPE}"

STATEMENTS = (
    "alter table work_mark enable row level security",
    "alter table work_mark force row level security",
    "create policy house on work_mark to current_user using (true) with check (true)",
    "revoke all on work_mark from public",
    "grant select, delete on work_mark to desk_app",
    "grant insert (client_id, claim_id, kind, staff_id, set_at, until, reason), update (set_at, until, reason)"
    " on work_mark to desk_app",
    f"create policy scope on work_mark for select to desk_app using ((select desk_works()) and {_SCOPE})",
    f"create policy put_aside on work_mark for insert to desk_app with check ({_THEIRS})",
    f"create policy put_off on work_mark for update to desk_app using ({_THEIRS}) with check ({_THEIRS})",
    f"create policy take_up on work_mark for delete to desk_app using ({_OWN})",
    "create trigger put_aside_now before insert or update of set_at on work_mark for each row"
    " when (current_user = 'desk_app' and not new.set_at <@ desk_present())"
    " execute function desk_refused('work is put aside from now on')",
)


def upgrade() -> None:
    op.create_table(
        "work_mark",
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("claim_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.SmallInteger(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.CheckConstraint("until > set_at and until <= set_at + interval '31 days'", name=op.f("work_mark_passing")),
        sa.CheckConstraint("length(btrim(reason)) between 1 and 200", name=op.f("work_mark_reasoned")),
        sa.ForeignKeyConstraint(
            ["client_id", "claim_id"],
            ["claim.client_id", "claim.claim_id"],
            name="work_mark_claim_fkey",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.staff_id"], name=op.f("work_mark_staff_id_fkey")),
        sa.PrimaryKeyConstraint("client_id", "claim_id", "kind", "staff_id", name=op.f("work_mark_pkey")),
    )
    op.create_index("work_mark_of_person", "work_mark", ["staff_id", "until"])
    op.create_index(
        "intake_question_waiting",
        "intake_question",
        ["opened_at", "client_id", "claim_id"],
        postgresql_where=sa.text("answered_at is null"),
    )
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    op.drop_index("intake_question_waiting", "intake_question")
    op.drop_table("work_mark")
