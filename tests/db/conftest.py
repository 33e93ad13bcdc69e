"""What tests of the database share."""

import re

import pytest

from db import migrate


@pytest.fixture
def present(desk) -> None:
    """Give the desk its own clock back: in other tests every time is the present."""
    written = (migrate.MIGRATIONS / "sql" / "0018_guards.sql").read_text(encoding="utf-8")
    found = re.search(r"create (function desk_present\(.*?\$\$.*?\$\$;)", written, re.DOTALL)
    assert found is not None
    with desk.owner() as db:
        db.execute(f"create or replace {found[1]}".encode())
