"""A client's number is compared by a key and may be shared; a duplicate row and a form's key name their claim."""

import sqlalchemy as sa
from alembic import op

from db.migrations.statements import run_file

revision = "0014_same_claim"
down_revision = "0013_place_of_injury"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index("claim_client_number_key", table_name="claim")
    op.add_column("claim", sa.Column("client_number_key", sa.Text(collation="C"), nullable=True))
    op.create_table(
        "import_duplicate",
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("import_id", sa.BigInteger(), nullable=False),
        sa.Column("row_number", sa.Integer(), nullable=False),
        sa.Column("claim_id", sa.BigInteger(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["client_id", "import_id"],
            ["claim_import.client_id", "claim_import.import_id"],
            name="import_duplicate_import_fkey",
        ),
        sa.ForeignKeyConstraint(
            ["client_id", "claim_id"], ["claim.client_id", "claim.claim_id"], name="import_duplicate_claim_fkey"
        ),
        sa.PrimaryKeyConstraint("client_id", "import_id", "row_number", name=op.f("import_duplicate_pkey")),
    )
    op.create_index("import_duplicate_of_claim", "import_duplicate", ["client_id", "claim_id"])
    op.add_column("request_key", sa.Column("client_id", sa.Integer(), nullable=True))
    op.add_column("request_key", sa.Column("claim_id", sa.BigInteger(), nullable=True))
    op.create_foreign_key(
        "request_key_claim_fkey", "request_key", "claim", ["client_id", "claim_id"], ["client_id", "claim_id"]
    )
    op.create_check_constraint(
        op.f("request_key_claim_paired"), "request_key", "(client_id is null) = (claim_id is null)"
    )
    op.create_index(
        "request_key_claim", "request_key", ["client_id", "claim_id"], postgresql_where=sa.text("claim_id is not null")
    )
    run_file("0014_same_claim.sql")
    op.create_check_constraint(
        op.f("claim_client_number_keyed"), "claim", "(client_claim_number is null) = (client_number_key is null)"
    )
    op.create_index(
        "claim_client_number",
        "claim",
        ["client_id", "client_number_key"],
        postgresql_where=sa.text("client_number_key is not null"),
    )
    op.create_index("claim_injured", "claim", ["client_id", "date_of_injury"])


def downgrade() -> None:
    op.drop_index("claim_injured", table_name="claim")
    op.drop_index("claim_client_number", table_name="claim", postgresql_where=sa.text("client_number_key is not null"))
    op.drop_constraint(op.f("claim_client_number_keyed"), "claim")
    op.drop_index("request_key_claim", table_name="request_key", postgresql_where=sa.text("claim_id is not null"))
    run_file("0014_same_claim_down.sql")
    op.drop_column("request_key", "claim_id")
    op.drop_column("request_key", "client_id")
    op.drop_table("import_duplicate")
    op.drop_column("claim", "client_number_key")
    op.create_index(
        "claim_client_number_key",
        "claim",
        ["client_id", "client_claim_number"],
        unique=True,
        postgresql_where=sa.text("client_claim_number is not null"),
    )
