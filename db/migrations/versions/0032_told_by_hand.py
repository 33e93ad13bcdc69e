"""What somebody writes by hand breaks no page: questions about what there is, of our time, and brief events."""

from alembic import op

revision = "0032_told_by_hand"
down_revision = "0031_files"
branch_labels = None
depends_on = None

CHECKS = (
    (
        "intake_question",
        "intake_question_element_known",
        "element in ('name', 'birth_date', 'reach', 'preferred_contact', 'language', 'jurisdiction', 'body_part',"
        " 'narrative', 'client_claim_number', 'date_of_injury', 'reported_at', 'date_of_death', 'same_claim')",
    ),
    (
        "intake_question",
        "intake_question_of_our_time",
        "opened_at > '1900-01-01Z' and opened_at < '2200-01-01Z'",
    ),
    ("claim_event", "claim_event_kind_form", "kind ~ '^[a-z_]{1,40}$'"),
    ("claim_event", "claim_event_detail_brief", "octet_length(detail::text) <= 20000"),
    ("work_mark", "work_mark_reason_brief", "length(reason) <= 200"),
)


def upgrade() -> None:
    for table, name, condition in CHECKS:
        op.create_check_constraint(op.f(name), table, condition)


def downgrade() -> None:
    for table, name, _ in CHECKS:
        op.drop_constraint(op.f(name), table, type_="check")
