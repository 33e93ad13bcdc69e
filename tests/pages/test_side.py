"""Lists in which nothing is cut: each column is as wide as what it holds."""

import json
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from core.access import Actor, Role
from pages import menu
from pages.parts import side
from tests import factories
from tests.conftest import Desk
from tests.pages.conftest import SitDown

LONG = "Northern Plains Agricultural Cooperative"
LEAST = 6
"""Pixels that the narrowest words of a table take a letter, by and large."""


@pytest.mark.parametrize(
    ("path", "role", "heading"),
    [
        ("administration/people", Role.ADMINISTRATOR, "Name"),
        ("administration/clients", Role.ADMINISTRATOR, "Name"),
    ],
)
def test_a_column_holds_its_longest_value(path: str, role: Role, heading: str, desk: Desk, sit_down: SitDown) -> None:
    factories.client()
    reader: Actor = factories.staff(role)
    with desk.owner() as db:
        db.execute("update client set name = %s", (LONG,))
        db.execute("update staff set full_name = %s where staff_id = %s", (LONG, factories.staff(Role.VA).staff_id))
    sit_down(reader)

    page = AppTest.from_file(str(Path(menu.__file__).parent / f"{path}.py"), default_timeout=30).run()

    assert not page.exception
    widths = {name: column.get("width") for name, column in json.loads(page.dataframe[0].proto.columns).items()}
    assert widths[heading] >= LEAST * len(LONG)
    assert widths[heading] == side.fitting(heading, [LONG])


def test_a_column_is_as_wide_as_its_heading_and_capitals_take_more() -> None:
    assert side.fitting("Time zone", []) == side.fitting("", ["Time zone"]) > side.fitting("Zone", [])
    assert side.fitting("", ["MMMM"]) > side.fitting("", ["mmmm"])
