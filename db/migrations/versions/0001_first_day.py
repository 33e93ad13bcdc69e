"""The house: people, clients, claims, contacts, feeds, counts and the record, each behind its policy."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from db.migrations.statements import run_file
from db.models.audit import Xid8

revision = "0001_first_day"
down_revision = None
branch_labels = None
depends_on = None


def _application_role() -> None:
    # On a server of our own the role is there already; elsewhere the owner makes it if it may.
    op.get_bind().exec_driver_sql(
        "do $$ begin if not exists (select from pg_roles where rolname = 'desk_app') then"
        " create role desk_app login nosuperuser nobypassrls nocreatedb nocreaterole; end if; end $$"
    )
    op.get_bind().exec_driver_sql("grant usage on schema public to desk_app")


def upgrade() -> None:
    _application_role()
    op.create_table(
        "audit_event",
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False),
        sa.Column("event_id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("txid", Xid8(), server_default=sa.text("pg_current_xact_id()"), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=True),
        sa.Column("noun", sa.Text(), nullable=False),
        sa.Column("noun_id", sa.BigInteger(), nullable=False),
        sa.Column("verb", sa.Text(), nullable=False),
        sa.Column("detail", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.PrimaryKeyConstraint("at", "event_id", name="audit_event_pkey"),
        postgresql_partition_by="RANGE (at)",
    )
    op.create_index("audit_event_of_actor", "audit_event", ["actor_id", "at"], unique=False)
    op.create_index("audit_event_of_record", "audit_event", ["noun", "noun_id", "at"], unique=False)
    op.create_table(
        "by_all_hour",
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("jurisdiction", sa.Text(), nullable=False),
        sa.Column("hour", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reported", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("contacted", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("on_time", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.PrimaryKeyConstraint("client_id", "jurisdiction", "hour", name=op.f("by_all_hour_pkey")),
    )
    op.create_table(
        "by_client_hour",
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("hour", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reported", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("contacted", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("on_time", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.PrimaryKeyConstraint("client_id", "hour", name=op.f("by_client_hour_pkey")),
    )
    op.create_table(
        "by_hour",
        sa.Column("hour", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reported", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("contacted", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("on_time", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.PrimaryKeyConstraint("hour", name=op.f("by_hour_pkey")),
    )
    op.create_table(
        "by_jurisdiction_hour",
        sa.Column("jurisdiction", sa.Text(), nullable=False),
        sa.Column("hour", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reported", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("contacted", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("on_time", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.PrimaryKeyConstraint("jurisdiction", "hour", name=op.f("by_jurisdiction_hour_pkey")),
    )
    op.create_table(
        "client",
        sa.Column("client_id", sa.Integer(), sa.Identity(always=True), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("timezone", sa.Text(), nullable=False),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False
        ),
        sa.CheckConstraint("code ~ '^[A-Z0-9-]{2,16}$'", name=op.f("client_code_form")),
        sa.PrimaryKeyConstraint("client_id", name=op.f("client_pkey")),
        sa.UniqueConstraint("code", name=op.f("client_code_key")),
    )
    op.create_table(
        "duration_by_client_day",
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("jurisdiction", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("bin", sa.SmallInteger(), nullable=False),
        sa.Column("contacted", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.PrimaryKeyConstraint("client_id", "jurisdiction", "day", "bin", name=op.f("duration_by_client_day_pkey")),
    )
    op.create_table(
        "duration_by_day",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("bin", sa.SmallInteger(), nullable=False),
        sa.Column("contacted", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.PrimaryKeyConstraint("day", "bin", name=op.f("duration_by_day_pkey")),
    )
    op.create_table(
        "fact_delta",
        sa.Column("delta_id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("jurisdiction", sa.Text(), nullable=False),
        sa.Column("hour", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reported", sa.Integer(), nullable=False),
        sa.Column("contacted", sa.Integer(), nullable=False),
        sa.Column("on_time", sa.Integer(), nullable=False),
        sa.Column("bin", sa.SmallInteger(), nullable=True),
        sa.PrimaryKeyConstraint("delta_id", name=op.f("fact_delta_pkey")),
    )
    op.create_table(
        "sign_in_attempt",
        sa.Column("attempt_id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("name_key", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("ok", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("attempt_id", name=op.f("sign_in_attempt_pkey")),
    )
    op.create_index("sign_in_attempt_by_address", "sign_in_attempt", ["address", "at"], unique=False)
    op.create_index("sign_in_attempt_by_name", "sign_in_attempt", ["name_key", "at"], unique=False)
    op.create_table(
        "staff",
        sa.Column("staff_id", sa.Integer(), sa.Identity(always=True), nullable=False),
        sa.Column("sign_in_name", sa.Text(), nullable=False),
        sa.Column("full_name", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("timezone", sa.Text(), nullable=False),
        sa.Column("active", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False
        ),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.CheckConstraint(
            "role in ('va', 'supervisor', 'clinical', 'account_executive', 'compliance', 'administrator')",
            name=op.f("staff_role_known"),
        ),
        sa.CheckConstraint("sign_in_name = lower(sign_in_name)", name=op.f("staff_sign_in_name_folded")),
        sa.PrimaryKeyConstraint("staff_id", name=op.f("staff_pkey")),
        sa.UniqueConstraint("sign_in_name", name=op.f("staff_sign_in_name_key")),
    )
    op.create_table(
        "claim_import",
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("import_id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("file_digest", sa.Text(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("read", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("accepted", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("refused", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("duplicates", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_by", sa.Integer(), nullable=True),
        sa.CheckConstraint("(state = 'undone') = (undone_at is not null)", name=op.f("claim_import_undone_state")),
        sa.CheckConstraint(
            "state = 'running' or read = accepted + refused + duplicates", name=op.f("claim_import_counts_add_up")
        ),
        sa.CheckConstraint(
            "state in ('running', 'done', 'cancelled', 'undone')", name=op.f("claim_import_state_known")
        ),
        sa.CheckConstraint("(undone_at is null) = (undone_by is null)", name=op.f("claim_import_undone_paired")),
        sa.ForeignKeyConstraint(["by_id"], ["staff.staff_id"], name=op.f("claim_import_by_id_fkey")),
        sa.ForeignKeyConstraint(["client_id"], ["client.client_id"], name=op.f("claim_import_client_id_fkey")),
        sa.ForeignKeyConstraint(["undone_by"], ["staff.staff_id"], name=op.f("claim_import_undone_by_fkey")),
        sa.PrimaryKeyConstraint("client_id", "import_id", name=op.f("claim_import_pkey")),
    )
    op.create_table(
        "feed_mapping",
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("mapping", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("saved_by", sa.Integer(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["client.client_id"], name=op.f("feed_mapping_client_id_fkey")),
        sa.ForeignKeyConstraint(["saved_by"], ["staff.staff_id"], name=op.f("feed_mapping_saved_by_fkey")),
        sa.PrimaryKeyConstraint("client_id", name=op.f("feed_mapping_pkey")),
    )
    op.create_table(
        "injured_worker",
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("worker_id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("family_name", sa.Text(), nullable=False),
        sa.Column("given_name", sa.Text(), nullable=False),
        sa.Column("family_key", sa.Text(collation="C"), nullable=False),
        sa.Column("given_key", sa.Text(collation="C"), nullable=False),
        sa.Column("birth_date", sa.Date(), nullable=True),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("preferred_contact", sa.Text(), nullable=True),
        sa.Column("address", sa.Text(), nullable=True),
        sa.Column("postal_code", sa.Text(), nullable=True),
        sa.CheckConstraint("family_name <> '' or given_name <> ''", name=op.f("injured_worker_named")),
        sa.ForeignKeyConstraint(["client_id"], ["client.client_id"], name=op.f("injured_worker_client_id_fkey")),
        sa.PrimaryKeyConstraint("client_id", "worker_id", name=op.f("injured_worker_pkey")),
    )
    op.create_index(
        "injured_worker_known", "injured_worker", ["client_id", "family_key", "given_key", "birth_date"], unique=False
    )
    op.create_table(
        "request_key",
        sa.Column("request", sa.Uuid(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.staff_id"], name=op.f("request_key_staff_id_fkey")),
        sa.PrimaryKeyConstraint("request", name=op.f("request_key_pkey")),
    )
    op.create_table(
        "sign_in_ticket",
        sa.Column("ticket_hash", sa.LargeBinary(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("browser_hash", sa.LargeBinary(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.staff_id"], name=op.f("sign_in_ticket_staff_id_fkey")),
        sa.PrimaryKeyConstraint("ticket_hash", name=op.f("sign_in_ticket_pkey")),
    )
    op.create_table(
        "sla_policy",
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("effective_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("hours", sa.Integer(), nullable=False),
        sa.Column("clock", sa.Text(), nullable=False),
        sa.Column("timezone", sa.Text(), nullable=False),
        sa.Column("opens", sa.Time(), nullable=False),
        sa.Column("closes", sa.Time(), nullable=False),
        sa.Column("working_days", postgresql.ARRAY(sa.SmallInteger()), nullable=False),
        sa.Column("calendar", sa.Text(), nullable=False),
        sa.Column("set_by", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.CheckConstraint("clock in ('elapsed', 'business')", name=op.f("sla_policy_clock_known")),
        sa.CheckConstraint(
            "working_days <@ '{1,2,3,4,5,6,7}'::smallint[] and working_days <> '{}'",
            name=op.f("sla_policy_working_days"),
        ),
        sa.CheckConstraint("hours > 0 and hours <= 720", name=op.f("sla_policy_hours_sensible")),
        sa.CheckConstraint("opens < closes", name=op.f("sla_policy_opens_before_closing")),
        sa.ForeignKeyConstraint(["client_id"], ["client.client_id"], name=op.f("sla_policy_client_id_fkey")),
        sa.ForeignKeyConstraint(["set_by"], ["staff.staff_id"], name=op.f("sla_policy_set_by_fkey")),
        sa.PrimaryKeyConstraint("client_id", "effective_from", name=op.f("sla_policy_pkey")),
    )
    op.create_table(
        "staff_client",
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["client.client_id"], name=op.f("staff_client_client_id_fkey")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.staff_id"], name=op.f("staff_client_staff_id_fkey")),
        sa.PrimaryKeyConstraint("staff_id", "client_id", name=op.f("staff_client_pkey")),
    )
    op.create_table(
        "staff_credential",
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=False),
        sa.Column(
            "changed_at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False
        ),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.staff_id"], name=op.f("staff_credential_staff_id_fkey")),
        sa.PrimaryKeyConstraint("staff_id", name=op.f("staff_credential_pkey")),
    )
    op.create_table(
        "staff_session",
        sa.Column("session_id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("address", sa.Text(), nullable=True),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_why", sa.Text(), nullable=True),
        sa.CheckConstraint("(ended_at is null) = (ended_why is null)", name=op.f("staff_session_ended_paired")),
        sa.CheckConstraint("octet_length(token_hash) = 32", name=op.f("staff_session_token_hashed")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.staff_id"], name=op.f("staff_session_staff_id_fkey")),
        sa.PrimaryKeyConstraint("session_id", name=op.f("staff_session_pkey")),
        sa.UniqueConstraint("token_hash", name=op.f("staff_session_token_hash_key")),
    )
    op.create_index(
        "staff_session_open", "staff_session", ["staff_id"], unique=False, postgresql_where=sa.text("ended_at is null")
    )
    op.create_table(
        "claim",
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("claim_id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("claim_number", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("client_claim_number", sa.Text(), nullable=True),
        sa.Column("worker_id", sa.BigInteger(), nullable=False),
        sa.Column("jurisdiction", sa.Text(), nullable=True),
        sa.Column("date_of_injury", sa.Date(), nullable=False),
        sa.Column("injured_time", sa.Time(), nullable=True),
        sa.Column("reported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reported_to", sa.Text(), server_default=sa.text("'minute'"), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("emergency", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("flags", postgresql.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("sla_effective_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("assignee_id", sa.Integer(), nullable=True),
        sa.Column("assigned_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("first_contact_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("first_contact_by", sa.Integer(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_why", sa.Text(), nullable=True),
        sa.Column("import_id", sa.BigInteger(), nullable=True),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False
        ),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.CheckConstraint("channel in ('form', 'feed')", name=op.f("claim_channel_known")),
        sa.CheckConstraint("jurisdiction ~ '^[A-Z]{2}$'", name=op.f("claim_jurisdiction_form")),
        sa.CheckConstraint("reported_to in ('minute', 'day')", name=op.f("claim_reported_to_known")),
        sa.CheckConstraint("(assignee_id is null) = (assigned_at is null)", name=op.f("claim_assigned_paired")),
        sa.CheckConstraint("(closed_at is null) = (closed_why is null)", name=op.f("claim_closed_paired")),
        sa.CheckConstraint(
            "(first_contact_at is null) = (first_contact_by is null)", name=op.f("claim_first_contact_paired")
        ),
        sa.CheckConstraint("first_contact_at >= reported_at", name=op.f("claim_first_contact_after_report")),
        sa.ForeignKeyConstraint(["assignee_id"], ["staff.staff_id"], name=op.f("claim_assignee_id_fkey")),
        sa.ForeignKeyConstraint(
            ["client_id", "import_id"], ["claim_import.client_id", "claim_import.import_id"], name="claim_import_fkey"
        ),
        sa.ForeignKeyConstraint(
            ["client_id", "sla_effective_from"],
            ["sla_policy.client_id", "sla_policy.effective_from"],
            name="claim_policy_fkey",
        ),
        sa.ForeignKeyConstraint(
            ["client_id", "worker_id"],
            ["injured_worker.client_id", "injured_worker.worker_id"],
            name="claim_worker_fkey",
        ),
        sa.ForeignKeyConstraint(["client_id"], ["client.client_id"], name=op.f("claim_client_id_fkey")),
        sa.ForeignKeyConstraint(["first_contact_by"], ["staff.staff_id"], name=op.f("claim_first_contact_by_fkey")),
        sa.PrimaryKeyConstraint("client_id", "claim_id", name=op.f("claim_pkey")),
    )
    op.create_index(
        "claim_assigned",
        "claim",
        ["assignee_id", "reported_at"],
        unique=False,
        postgresql_where=sa.text("assignee_id is not null"),
    )
    op.create_index(
        "claim_client_number_key",
        "claim",
        ["client_id", "client_claim_number"],
        unique=True,
        postgresql_where=sa.text("client_claim_number is not null"),
    )
    op.create_index("claim_number_key", "claim", ["client_id", "claim_number"], unique=True)
    op.create_index(
        "claim_of_import",
        "claim",
        ["client_id", "import_id"],
        unique=False,
        postgresql_where=sa.text("import_id is not null"),
    )
    op.create_index(
        "claim_reached",
        "claim",
        ["first_contact_at"],
        unique=False,
        postgresql_where=sa.text("first_contact_at is not null"),
    )
    op.create_index("claim_reported", "claim", ["client_id", "reported_at"], unique=False)
    op.create_index(
        "claim_waiting",
        "claim",
        ["due_at", "claim_id"],
        unique=False,
        postgresql_where=sa.text("first_contact_at is null and closed_at is null"),
    )
    op.create_index(
        "claim_waiting_by_client",
        "claim",
        ["client_id", "due_at", "claim_id"],
        unique=False,
        postgresql_where=sa.text("first_contact_at is null and closed_at is null"),
    )
    op.create_index("claim_worker", "claim", ["client_id", "worker_id", "date_of_injury"], unique=False)
    op.create_table(
        "import_refusal",
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("import_id", sa.BigInteger(), nullable=False),
        sa.Column("row_number", sa.Integer(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("remedy", sa.Text(), nullable=False),
        sa.Column("cells", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.ForeignKeyConstraint(
            ["client_id", "import_id"],
            ["claim_import.client_id", "claim_import.import_id"],
            name="import_refusal_import_fkey",
        ),
        sa.PrimaryKeyConstraint("client_id", "import_id", "row_number", name=op.f("import_refusal_pkey")),
    )
    op.create_table(
        "claim_event",
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("claim_id", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("detail", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["staff.staff_id"], name=op.f("claim_event_by_id_fkey")),
        sa.ForeignKeyConstraint(
            ["client_id", "claim_id"], ["claim.client_id", "claim.claim_id"], name="claim_event_claim_fkey"
        ),
        sa.PrimaryKeyConstraint("client_id", "event_id", name=op.f("claim_event_pkey")),
    )
    op.create_index("claim_event_of_claim", "claim_event", ["client_id", "claim_id", "at"], unique=False)
    op.create_table(
        "claim_narrative",
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("claim_id", sa.BigInteger(), nullable=False),
        sa.Column("narrative", sa.Text(), nullable=True),
        sa.Column("body_part", sa.Text(), nullable=True),
        sa.Column("nature", sa.Text(), nullable=True),
        sa.Column("cause", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["client_id", "claim_id"], ["claim.client_id", "claim.claim_id"], name="claim_narrative_claim_fkey"
        ),
        sa.PrimaryKeyConstraint("client_id", "claim_id", name=op.f("claim_narrative_pkey")),
    )
    op.create_table(
        "clock_pause",
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("pause_id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("claim_id", sa.BigInteger(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("set_by", sa.Integer(), nullable=False),
        sa.Column("ended_by", sa.Integer(), nullable=True),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("clock_pause_ends_after_start")),
        sa.ForeignKeyConstraint(
            ["client_id", "claim_id"], ["claim.client_id", "claim.claim_id"], name="clock_pause_claim_fkey"
        ),
        sa.ForeignKeyConstraint(["ended_by"], ["staff.staff_id"], name=op.f("clock_pause_ended_by_fkey")),
        sa.ForeignKeyConstraint(["set_by"], ["staff.staff_id"], name=op.f("clock_pause_set_by_fkey")),
        sa.PrimaryKeyConstraint("client_id", "pause_id", name=op.f("clock_pause_pkey")),
    )
    op.create_index(
        "clock_pause_one_open",
        "clock_pause",
        ["client_id", "claim_id"],
        unique=True,
        postgresql_where=sa.text("ends_at is null"),
    )
    op.create_table(
        "contact_attempt",
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("attempt_id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("claim_id", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("party", sa.Text(), nullable=False),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("substantive", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("request", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "method in ('phone', 'text', 'email', 'letter', 'in_person')", name=op.f("contact_attempt_method_known")
        ),
        sa.CheckConstraint(
            "not substantive or (party = 'worker' and method in ('phone', 'in_person') and outcome = 'reached')",
            name=op.f("contact_attempt_substantive_is_live"),
        ),
        sa.CheckConstraint(
            "outcome in ('reached', 'reached_deferred', 'voicemail', 'no_answer', 'wrong_number', 'sent', 'refused', 'third_person')",
            name=op.f("contact_attempt_outcome_known"),
        ),
        sa.CheckConstraint(
            "party in ('worker', 'employer', 'provider', 'attorney')", name=op.f("contact_attempt_party_known")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["staff.staff_id"], name=op.f("contact_attempt_by_id_fkey")),
        sa.ForeignKeyConstraint(
            ["client_id", "claim_id"], ["claim.client_id", "claim.claim_id"], name="contact_attempt_claim_fkey"
        ),
        sa.PrimaryKeyConstraint("client_id", "attempt_id", name=op.f("contact_attempt_pkey")),
    )
    op.create_index("contact_attempt_of_claim", "contact_attempt", ["client_id", "claim_id", "at"], unique=False)
    op.create_index(
        "contact_attempt_request_key",
        "contact_attempt",
        ["client_id", "request"],
        unique=True,
        postgresql_where=sa.text("request is not null"),
    )
    op.create_table(
        "intake_question",
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("claim_id", sa.BigInteger(), nullable=False),
        sa.Column("element", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by", sa.Integer(), nullable=True),
        sa.Column("unobtainable_why", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "(answered_at is null) = (answered_by is null)", name=op.f("intake_question_answered_paired")
        ),
        sa.CheckConstraint(
            "unobtainable_why is null or answered_at is not null", name=op.f("intake_question_unobtainable_answered")
        ),
        sa.ForeignKeyConstraint(["answered_by"], ["staff.staff_id"], name=op.f("intake_question_answered_by_fkey")),
        sa.ForeignKeyConstraint(
            ["client_id", "claim_id"], ["claim.client_id", "claim.claim_id"], name="intake_question_claim_fkey"
        ),
        sa.PrimaryKeyConstraint("client_id", "claim_id", "element", name=op.f("intake_question_pkey")),
    )
    op.create_index(
        "intake_question_open",
        "intake_question",
        ["client_id", "claim_id"],
        unique=False,
        postgresql_where=sa.text("answered_at is null"),
    )
    for name in ("0001_access.sql", "0001_sign_in.sql", "0001_audit.sql", "0001_measures.sql"):
        run_file(name)


def downgrade() -> None:
    op.drop_index("intake_question_open", table_name="intake_question", postgresql_where=sa.text("answered_at is null"))
    op.drop_table("intake_question")
    op.drop_index(
        "contact_attempt_request_key", table_name="contact_attempt", postgresql_where=sa.text("request is not null")
    )
    op.drop_index("contact_attempt_of_claim", table_name="contact_attempt")
    op.drop_table("contact_attempt")
    op.drop_index("clock_pause_one_open", table_name="clock_pause", postgresql_where=sa.text("ends_at is null"))
    op.drop_table("clock_pause")
    op.drop_table("claim_narrative")
    op.drop_index("claim_event_of_claim", table_name="claim_event")
    op.drop_table("claim_event")
    op.drop_table("import_refusal")
    op.drop_index("claim_worker", table_name="claim")
    op.drop_index(
        "claim_waiting_by_client",
        table_name="claim",
        postgresql_where=sa.text("first_contact_at is null and closed_at is null"),
    )
    op.drop_index(
        "claim_waiting", table_name="claim", postgresql_where=sa.text("first_contact_at is null and closed_at is null")
    )
    op.drop_index("claim_reported", table_name="claim")
    op.drop_index("claim_reached", table_name="claim", postgresql_where=sa.text("first_contact_at is not null"))
    op.drop_index("claim_of_import", table_name="claim", postgresql_where=sa.text("import_id is not null"))
    op.drop_index("claim_number_key", table_name="claim")
    op.drop_index(
        "claim_client_number_key", table_name="claim", postgresql_where=sa.text("client_claim_number is not null")
    )
    op.drop_index("claim_assigned", table_name="claim", postgresql_where=sa.text("assignee_id is not null"))
    op.drop_table("claim")
    op.drop_index("staff_session_open", table_name="staff_session", postgresql_where=sa.text("ended_at is null"))
    op.drop_table("staff_session")
    op.drop_table("staff_credential")
    op.drop_table("staff_client")
    op.drop_table("sla_policy")
    op.drop_table("sign_in_ticket")
    op.drop_table("request_key")
    op.drop_index("injured_worker_known", table_name="injured_worker")
    op.drop_table("injured_worker")
    op.drop_table("feed_mapping")
    op.drop_table("claim_import")
    op.drop_table("staff")
    op.drop_index("sign_in_attempt_by_name", table_name="sign_in_attempt")
    op.drop_index("sign_in_attempt_by_address", table_name="sign_in_attempt")
    op.drop_table("sign_in_attempt")
    op.drop_table("fact_delta")
    op.drop_table("duration_by_day")
    op.drop_table("duration_by_client_day")
    op.drop_table("client")
    op.drop_table("by_jurisdiction_hour")
    op.drop_table("by_hour")
    op.drop_table("by_client_hour")
    op.drop_table("by_all_hour")
    op.drop_index("audit_event_of_record", table_name="audit_event")
    op.drop_index("audit_event_of_actor", table_name="audit_event")
    op.drop_table("audit_event")
    op.get_bind().exec_driver_sql(
        "do $$ declare f regprocedure; begin"
        " for f in select oid::regprocedure from pg_proc where pronamespace = 'public'::regnamespace"
        " and (proname like 'desk\\_%%' or proname = 'fold_facts')"
        " loop execute 'drop function ' || f; end loop; end $$"
    )
    op.get_bind().exec_driver_sql("revoke usage on schema public from desk_app")
