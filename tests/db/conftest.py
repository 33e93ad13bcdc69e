"""What tests of the database share."""

import re

import pytest

from db import migrate


@pytest.fixture
def present(desk) -> None:
    """Give the desk its own clock back: in other tests every time is the present."""
    for name, file in (
        ("desk_present", "0018_guards.sql"),
        ("desk_begun", "0023_planned_promises.sql"),
        ("desk_moment", "0039_moment_in_place.sql"),
    ):
        written = (migrate.MIGRATIONS / "sql" / file).read_text(encoding="utf-8")
        function = re.search(rf"create (?:or replace )?(function {name}\(.*?;)$", written, re.DOTALL | re.MULTILINE)
        assert function is not None
        with desk.owner() as db:
            db.execute(f"create or replace {function[1]}".encode())
