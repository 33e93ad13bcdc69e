"""Nobody says by hand that something was done which was not; a reason is one where something of it can be seen."""

from collections.abc import Iterable

from alembic import op

from db.migrations.statements import add_checks, run_file

revision = "0045_what_was_done"
down_revision = "0044_imports_without_digests"
branch_labels = None
depends_on = None

REASONS = (
    ("claim_condition", "words_brief", "words", 300),
    ("claim_document", "title_brief", "title", 200),
    ("client_cover", "reasoned", "reason", 200),
    ("client_holiday", "reason_brief", "reason", 300),
    ("clock_pause", "reasoned", "reason", 500),
    ("contact_attempt", "late_reasoned", "late_why", 500),
    ("contact_attempt", "struck_reasoned", "struck_why", 500),
    ("disclosure", "purpose_brief", "purpose", 500),
    ("disclosure", "recipient_brief", "recipient", 200),
    ("field_change", "reasoned", "why", 500),
    ("file", "set_aside_reasoned", "set_aside_why", 200),
    ("hand_over", "note_brief", "note", 500),
    ("intake_question", "unobtainable_why_brief", "unobtainable_why", 500),
    ("sla_policy", "reason_brief", "reason", 300),
    ("work_mark", "reasoned", "reason", 200),
)
"""Texts that say something: their table and check, the column, and how many characters it holds at most."""
BEFORE = {
    "client_holiday": "length(reason) between 1 and 300",
    "late_why": "length(btrim(late_why)) between 1 and 500 and desk_shows(late_why)",
    "field_change": "length(btrim(why)) >= 1",
    "hand_over": "length(btrim(note)) >= 1 and length(note) <= 500",
    "intake_question": "length(unobtainable_why) <= 500",
    "sla_policy": "length(reason) <= 300",
}
"""What a check said before, by its table or column, where it was not that something is left without blanks."""
SAID_TWICE = (
    ("work_mark", "work_mark_reason_brief", "length(reason) <= 200"),
    (
        "field_change",
        "field_change_brief",
        "length(was) <= 200000 and length(became) <= 200000 and length(why) <= 500",
    ),
)


def upgrade() -> None:
    for table, name, _ in SAID_TWICE:
        op.drop_constraint(op.f(name), table, type_="check")
    add_checks([("field_change", "field_change_brief", "length(was) <= 200000 and length(became) <= 200000")])
    _replace(
        (table, f"{table}_{name}", f"length({of}) <= {most} and desk_shows({of})") for table, name, of, most in REASONS
    )
    run_file("0045_what_was_done.sql")


def downgrade() -> None:
    run_file("0045_what_was_done_down.sql")
    _replace(
        (
            table,
            f"{table}_{name}",
            BEFORE.get(of) or BEFORE.get(table) or f"length(btrim({of})) between 1 and {most}",
        )
        for table, name, of, most in REASONS
    )
    op.drop_constraint(op.f("field_change_brief"), "field_change", type_="check")
    add_checks(SAID_TWICE)


def _replace(checks: Iterable[tuple[str, str, str]]) -> None:
    for table, name, condition in checks:
        op.drop_constraint(op.f(name), table, type_="check")
        add_checks([(table, name, condition)])
