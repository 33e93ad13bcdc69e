"""How many statements each page asks the database when it is opened: the same however many rows there are."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from core.access import Role
from pages import menu
from tests import factories
from tests.conftest import Desk
from tests.pages.conftest import SitDown
from tests.statements import heard

STATEMENTS = {
    "supervision/live_intake": (Role.SUPERVISOR, 2),
    "supervision/first_contact": (Role.SUPERVISOR, 2),
    "supervision/authorization_aging": (Role.SUPERVISOR, 2),
    "supervision/cover": (Role.SUPERVISOR, 2),
    "coordination/my_work": (Role.SUPERVISOR, 3),
    "coordination/intake": (Role.SUPERVISOR, 0),
    "coordination/authorizations": (Role.SUPERVISOR, 0),
    "coordination/log_claim": (Role.SUPERVISOR, 1),
    "coordination/import_feed": (Role.SUPERVISOR, 0),
    "coordination/tray": (Role.SUPERVISOR, 3),
    "coordination/claim": (Role.SUPERVISOR, 6),
    "coordination/triage_calls": (Role.SUPERVISOR, 3),
    "coordination/referrals": (Role.SUPERVISOR, 0),
    "compliance/access_log": (Role.COMPLIANCE, 4),
    "administration/status": (Role.ADMINISTRATOR, 2),
    "administration/people": (Role.ADMINISTRATOR, 2),
    "administration/clients": (Role.ADMINISTRATOR, 4),
    "administration/intake_elements": (Role.ADMINISTRATOR, 2),
    "administration/clocks": (Role.ADMINISTRATOR, 2),
}
"""Of every page: who opens it here, and the statements of one run, those that set up the transactions left out."""


def test_every_page_has_its_number() -> None:
    assert set(STATEMENTS) == {entry.path for section in menu.PAGES.values() for entry in section}


@pytest.mark.parametrize("path", STATEMENTS)
def test_a_page_costs_so_many_statements_however_much_there_is(desk: Desk, sit_down: SitDown, path: str) -> None:
    role, number = STATEMENTS[path]
    client, other = factories.client(), factories.client()
    claim = factories.claim(client)
    sit_down(factories.staff(role, client, other))

    few = _asked(path, client, claim)
    for _ in range(3):
        another = factories.client()
        factories.staff(Role.VA, client, another)
        factories.claim(client)
        factories.claim(another)
    many = _asked(path, client, claim)

    assert (few, many) == (number, number)


def _asked(path: str, client: int, claim: int) -> int:
    """Open the page, and once more; return how many statements the second run asked, when what is kept is there."""
    page = AppTest.from_file(str(Path(menu.__file__).parent / f"{path}.py"), default_timeout=30)
    if path == "coordination/claim":
        page.query_params.update({"client": str(client), "claim": str(claim)})
    page.run()
    with heard() as said:
        page.run()
    assert not page.exception
    return len(said)
