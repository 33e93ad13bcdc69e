"""Feeds are of kinds: an import and a saved mapping of one each, and a duplicate that names whatever it repeats."""

from alembic import op
from sqlalchemy import text

from db.migrations.statements import run, run_file

revision = "0067_feed_kinds"
down_revision = "0066_statutory_clocks"
branch_labels = None
depends_on = None


_WITH = text(
    "select pg_get_functiondef(p.oid) from pg_proc p join pg_namespace n on n.oid = p.pronamespace"
    " where n.nspname = 'public' and p.prokind = 'f' and strpos(p.prosrc, :before) > 0"
    " and p.proname like :only order by p.proname"
)
_STANDS, _OF_CLAIMS = "i.state = 'done')", "i.state = 'done' and i.kind = 'claims')"
"""What an import must be whose claims come in, before and since."""


def upgrade() -> None:
    run_file("0067_feed_kinds.sql")
    _rewrite("claim_import", "feed_import")
    _rewrite(_STANDS, _OF_CLAIMS, only="desk_claims_begin")


def downgrade() -> None:
    run_file("0067_feed_kinds_down.sql")
    _rewrite("feed_import", "claim_import")
    _rewrite(_OF_CLAIMS, _STANDS, only="desk_claims_begin")


def _rewrite(before: str, after: str, *, only: str = "%") -> None:
    """Replace each function, or the one that is named, by itself with *after* for *before*, whatever it has become."""
    bodies = op.get_bind().execute(_WITH, {"before": before, "only": only}).scalars().all()
    for body in bodies:
        run(body.replace(before, after))
