"""An empty desk gets its first administrator, who lets the first VA in."""

import os
import subprocess
import sys

import pytest
from playwright.sync_api import Page, expect

from core import instant, staff
from tests import factories
from tests.conftest import Desk
from tests.journeys.conftest import Visit
from tests.served import ROOT

pytestmark = pytest.mark.journey

FOUNDING = [sys.executable, "-m", "core", "first-administrator", "ada", "--full-name", "Ada Keys"]
ADAS, FIRST, OWN = "the founder's own words", "handed over in person", "only Vera knows these"


def sign_in(page: Page, name: str, password: str) -> None:
    page.get_by_label("Name", exact=True).fill(name)
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Sign in").click()


def test_from_an_empty_desk_to_a_va_with_a_password_of_her_own(desk: Desk, visit: Visit) -> None:
    factories.client("ACME")
    subprocess.run(FOUNDING, cwd=ROOT, env=os.environ | desk.env(), input=f"{ADAS}\n", text=True, check=True)
    administration = visit("/people")
    sign_in(administration, "ada", ADAS)

    administration.get_by_text("Add a person").click()
    administration.get_by_label("Full name").fill("Vera Sample")
    administration.get_by_label("Signs in as").fill("Vera")
    administration.get_by_label("Clients served").click()
    administration.get_by_role("option", name="ACME").click()
    administration.get_by_label("First password").fill(FIRST)
    administration.get_by_role("button", name="Add person").click()
    expect(administration.get_by_text("Vera Sample can sign in as vera.")).to_be_visible()

    # She signs in, and from then on only she knows how.
    work = visit()
    sign_in(work, "vera", FIRST)
    expect(work.get_by_role("heading", name="Choose your own password")).to_be_visible()
    expect(work.get_by_role("link", name="My work")).to_have_count(0)
    change = work.get_by_role("main").or_(work.get_by_test_id("stMain")).first
    change.get_by_label("Present password").fill("not this one")
    change.get_by_label("New password", exact=True).fill(OWN)
    change.get_by_label("New password again").fill(OWN)
    change.get_by_role("button", name="Change password").click()
    expect(change.get_by_text("The present password is not right.")).to_be_visible()
    change.get_by_label("Present password").fill(FIRST)
    change.get_by_role("button", name="Change password").click()
    expect(work.get_by_role("heading", name="My work")).to_be_visible()
    assert staff.sign_in(name="vera", password=OWN, address="192.0.2.1", browser="a browser", at=instant.now())
