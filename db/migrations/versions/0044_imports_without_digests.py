"""An import keeps no digest of its file: nothing read it, and rows that came before are known one by one."""

import sqlalchemy as sa
from alembic import op

from db.migrations.statements import add_checks

revision = "0044_imports_without_digests"
down_revision = "0043_doubts_by_field"
branch_labels = None
depends_on = None

_BRIEF = "claim_import_file_brief"


def upgrade() -> None:
    op.drop_constraint(op.f(_BRIEF), "claim_import", type_="check")
    op.drop_column("claim_import", "file_digest")
    add_checks([("claim_import", _BRIEF, "length(file_name) <= 200")])


def downgrade() -> None:
    op.drop_constraint(op.f(_BRIEF), "claim_import", type_="check")
    op.add_column("claim_import", sa.Column("file_digest", sa.Text(), nullable=False, server_default=""))
    op.alter_column("claim_import", "file_digest", server_default=None)
    add_checks([("claim_import", _BRIEF, "length(file_name) <= 200 and length(file_digest) <= 64")])
    op.execute("grant insert (file_digest) on claim_import to desk_app")
