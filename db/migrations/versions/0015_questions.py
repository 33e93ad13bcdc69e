"""Questions are told apart by element and reason; a claim whose worker has died waits for no first contact."""

import re

from alembic import op

from db.migrations.statements import run_file

revision = "0015_questions"
down_revision = "0014_same_claim"
branch_labels = None
depends_on = None


COUNTING = ("desk_fact_changed", "desk_running", "desk_first_contact")
"""Functions that know which claims wait or count: each asks for the date of death wherever it asks for the closing."""

ALIVE = {r"(\w+\.|)closed_at is null": r"\1closed_at is null and \1date_of_death is null",
         r"(old|new)\.closed_at\)": r"\1.closed_at, \1.date_of_death)"}  # fmt: skip
AS_BEFORE = {r" and (\w+\.|)date_of_death is null": "", r", (old|new)\.date_of_death\)": ")"}


def upgrade() -> None:
    run_file("0015_questions.sql")
    run_file("0015_deaths.sql")
    _rewrite(ALIVE)


def downgrade() -> None:
    run_file("0015_deaths_down.sql")
    _rewrite(AS_BEFORE)
    op.get_bind().exec_driver_sql(
        "alter table claim drop column date_of_death, drop column death_seen_at, drop column death_seen_by"
    )
    run_file("0015_questions_down.sql")


def _rewrite(changes: dict[str, str]) -> None:
    """Replace each counting function by itself with *changes* (pattern to replacement), whatever it has become."""
    for name in COUNTING:
        body: str = op.get_bind().exec_driver_sql(f"select pg_get_functiondef('{name}'::regproc)").scalar_one()
        for pattern, replacement in changes.items():
            body = re.sub(pattern, replacement, body, flags=re.IGNORECASE)
        op.get_bind().exec_driver_sql(body.replace("%", "%%"))
