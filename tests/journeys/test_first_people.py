"""An empty desk gets its first administrator, who lets the first VA in."""

import pytest
from playwright.sync_api import expect

from core import instant, staff
from core.access import Actor, Role
from tests import factories
from tests.commands import command
from tests.conftest import Desk
from tests.journeys.conftest import Visit
from tests.signing_in import PASSWORD

pytestmark = pytest.mark.journey

ADA = Actor(0, "Ada Keys", "ada", Role.ADMINISTRATOR, "UTC")
VERA = Actor(0, "Vera Sample", "vera", Role.VA, "UTC")
"""As whom they sign in: of a person that is not made yet no more is known."""

OWN = "only Vera knows these"


def test_from_an_empty_desk_to_a_va_with_a_password_of_her_own(desk: Desk, visit: Visit) -> None:
    factories.client("ACME")
    founded = command(
        desk.env(), "first-administrator", ADA.sign_in_name, "--full-name", ADA.name, said=f"{PASSWORD}\n"
    )
    assert founded.returncode == 0, founded.stderr

    administration = visit("/people", as_=ADA)
    administration.get_by_text("Add a person").click()
    administration.get_by_label("Full name").fill(VERA.name)
    administration.get_by_label("Signs in as").fill("Vera")
    administration.get_by_label("Clients served").click()
    administration.get_by_role("option", name="ACME").click()
    administration.get_by_label("First password").fill(PASSWORD)
    administration.get_by_role("button", name="Add person").click()
    expect(administration.get_by_text("Vera Sample can sign in as vera.")).to_be_visible()

    # She signs in, and from then on only she knows how.
    work = visit(as_=VERA)
    expect(work.get_by_role("heading", name="Choose your own password")).to_be_visible()
    expect(work.get_by_role("link", name="My work")).to_have_count(0)
    change = work.get_by_role("main").or_(work.get_by_test_id("stMain")).first
    change.get_by_label("Present password").fill("not this one")
    change.get_by_label("New password", exact=True).fill(OWN)
    change.get_by_label("New password again").fill(OWN)
    change.get_by_role("button", name="Change password").click()
    expect(change.get_by_text("The present password is not right.")).to_be_visible()
    change.get_by_label("Present password").fill(PASSWORD)
    change.get_by_role("button", name="Change password").click()
    expect(work.get_by_role("heading", name="My work")).to_be_visible()
    assert staff.sign_in(name="vera", password=OWN, address="192.0.2.1", browser="a browser", at=instant.now())
