"""
What no service says is refused: other days and moments, events that did not happen, longer texts, keys of other names.

And a search is found in the access log by the claims that it showed.
"""

from alembic import op

from db.migrations.statements import add_checks, run_file

revision = "0033_what_no_service_says"
down_revision = "0032_told_by_hand"
branch_labels = None
depends_on = None

LENGTHS = (
    ("injured_worker", "family_name", 200),
    ("injured_worker", "given_name", 200),
    ("injured_worker", "phone", 200),
    ("injured_worker", "email", 254),
    ("injured_worker", "address", 500),
    ("injured_worker", "postal_code", 20),
    ("injured_worker", "language", 40),
    ("claim", "client_claim_number", 100),
    ("claim_narrative", "narrative", 200_000),
    ("claim_narrative", "body_part", 500),
    ("claim_narrative", "nature", 500),
    ("claim_narrative", "cause", 500),
    ("intake_question", "unobtainable_why", 500),
    ("sla_policy", "reason", 300),
)
CHECKS = (
    *((table, f"{table}_{column}_brief", f"length({column}) <= {most}") for table, column, most in LENGTHS),
    (
        "injured_worker",
        "injured_worker_preferred_known",
        "preferred_contact in ('phone', 'text', 'email', 'letter', 'attorney')",
    ),
    *(
        (
            "injured_worker",
            f"injured_worker_{half}_keyed",
            f"length({half}_key) <= 200 and desk_name_keyed({half}_name, {half}_key)",
        )
        for half in ("family", "given")
    ),
    (
        "claim",
        "claim_client_number_folded",
        "length(client_number_key) <= 300 and (octet_length(client_claim_number) > length(client_claim_number)"
        " or client_number_key = lower(replace(client_claim_number, ' ', '') collate \"C\"))",
    ),
    (
        "claim",
        "claim_flags_known",
        "flags <@ array['future_injury', 'negative_lag', 'future_date', 'report_time_missing', 'report_time_unread',"
        " 'report_time_midnight', 'hired_after_injury', 'death_in_future', 'death_before_injury', 'age_doubtful']"
        " and cardinality(flags) <= 12",
    ),
    ("clock_pause", "clock_pause_reasoned", "length(btrim(reason)) between 1 and 500"),
    ("sla_policy", "sla_policy_open_hours_sound", "desk_hours_apart(open_hours)"),
    ("sla_policy", "sla_policy_of_our_time", "effective_from > '1900-01-01Z' and effective_from < '2200-01-01Z'"),
    (
        "client_holiday",
        "client_holiday_of_our_time",
        "day > '1900-01-01' and day < '2200-01-01' and effective_from > '1900-01-01Z'"
        " and effective_from < '2200-01-01Z' and set_at > '1900-01-01Z' and set_at < '2200-01-01Z'",
    ),
    ("client_cover", "client_cover_of_our_time", "starts_at > '1900-01-01Z' and until < '2200-01-01Z'"),
    ("work_mark", "work_mark_kind_numbered", "kind between 1 and 99"),
    ("claim_import", "claim_import_counts_are_numbers", "least(accepted, refused, duplicates) >= 0"),
    ("claim_import", "claim_import_file_brief", "length(file_name) <= 200 and length(file_digest) <= 64"),
)


def upgrade() -> None:
    run_file("0033_what_no_service_says.sql")
    add_checks(CHECKS)
    run_file("0033_searches_told.sql")
    op.execute(
        "create index audit_event_showed on audit_event using gin ((detail -> 'claims'))"
        " where noun in ('search', 'opened_last')"
    )


def downgrade() -> None:
    op.drop_index("audit_event_showed", "audit_event")
    run_file("0033_searches_told_down.sql")
    for table, name, _ in CHECKS:
        op.drop_constraint(op.f(name), table, type_="check")
    run_file("0033_what_no_service_says_down.sql")
