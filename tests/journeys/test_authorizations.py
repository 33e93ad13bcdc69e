"""Requests for authorization in browsers: from what is missing to an appeal, and two reviewers at one request."""

from datetime import timedelta
from hashlib import sha256

import pytest
from playwright.sync_api import Page, expect

from core import authorizations
from core.access import Actor, Role
from core.transactions import acting
from tests import factories, signing_in
from tests.conftest import Desk
from tests.core.authorizations.work import approved, log, look
from tests.factories import NOW
from tests.journeys.conftest import Visit

pytestmark = pytest.mark.journey


def requests_of(client: int, claim: int) -> str:
    return f"/claim?client={client}&claim={claim}&tab=Authorizations"


def choose(page: Page, *names: str) -> None:
    for name in names:
        page.get_by_role("radio", name=name, exact=True).click()


def fill(page: Page, name: str, words: str) -> None:
    page.get_by_role("textbox", name=name).fill(words)


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name).click()


@pytest.mark.parametrize("begins_at", [NOW], ids=["in the morning"])
def test_a_request_goes_from_what_is_missing_to_its_determination_and_an_appeal(desk: Desk, visit: Visit) -> None:
    client = factories.client()
    va, nurse = signing_in.person(Role.VA, client), signing_in.person(Role.CLINICAL, client)
    claim = factories.claim(client, jurisdiction="OH")
    page = visit(requests_of(client, claim), as_=va)
    press(page, "Log a request")
    fill(page, "Requesting provider", "Dr. Ames")
    fill(page, "Treatment 1", "MRI of the knee")
    page.get_by_text("The request is complete").click()
    fill(page, "What is missing, where it is not", "The report of the last visit.")
    press(page, "Log the request")
    expect(page.get_by_role("heading", name="Prospective: MRI of the knee")).to_be_visible()
    expect(page.get_by_text("Missing: The report of the last visit.")).to_be_visible()

    page.get_by_role("button", name="Complete").first.click()
    page.get_by_role("button", name="Complete").last.click()
    expect(page.get_by_text("Missing: The report of the last visit.")).to_have_count(0)
    choose(page, "Promised to answer")
    press(page, "Log follow-up")
    expect(page.get_by_text("Reviewing physician, telephone: promised to answer")).to_be_visible()

    theirs = visit(requests_of(client, claim), as_=nurse)
    choose(theirs, "Denied")
    fill(theirs, "Credentials", "MD, orthopedics")
    fill(theirs, "Reason, unless all is approved", "Conservative care was not tried.")
    press(theirs, "Determine")
    expect(theirs.get_by_text("Denied, reviewed by")).to_be_visible()

    page.reload()
    letter = page.locator("[class*=st-key-letter-][class*=-row]").filter(has_text="Treating provider, English")
    letter.get_by_role("button", name="Preview").click()
    expect(page.get_by_text("To be checked by a person before it goes out:")).to_be_visible()
    with page.expect_download() as saved:
        letter.get_by_role("button", name="Download").click()
    letter.get_by_role("button", name="Hand out").click()
    page.get_by_role("button", name="Record that it went out").click()
    expect(page.get_by_text("Treating provider told by mail: Dr. Ames")).to_be_visible()
    expect(page.locator(".desk-clock").filter(has_text="Denied, told")).to_be_visible()
    assert sha256(saved.value.path().read_bytes()).digest() == _handed_out(desk)

    press(page, "Log a request")
    page.get_by_role("combobox", name="What it is").click()
    page.get_by_role("option", name="About request").click()
    fill(page, "Requesting provider", "Dr. Ames")
    fill(page, "Treatment 1", "MRI of the knee, disputed")
    press(page, "Log the request")
    expect(page.get_by_role("heading", name="Dispute decision: MRI of the knee, disputed")).to_be_visible()


@pytest.mark.parametrize("begins_at", [NOW], ids=["in the morning"])
def test_of_two_reviewers_the_second_is_told_and_keeps_what_was_typed(desk: Desk, visit: Visit) -> None:
    client = factories.client()
    one, other = (signing_in.person(Role.CLINICAL, client) for _ in range(2))
    va = factories.staff(Role.VA, client)
    claim = factories.claim(client, jurisdiction="CA")
    key = log(va, client, claim)
    page = visit(requests_of(client, claim), as_=one)
    choose(page, "Denied")
    fill(page, "Credentials", "MD")
    fill(page, "Reason, unless all is approved", "The guideline asks for six weeks of care first.")
    _approve(other, key)

    press(page, "Determine")

    expect(page.get_by_text("Somebody else has determined this request meanwhile")).to_be_visible()
    expect(page.get_by_role("textbox", name="Reason for the correction")).to_have_value(
        "The guideline asks for six weeks of care first."
    )
    assert look(va, key).frame.outcome == "approved"
    press(page, "Save the correction")
    expect(page.get_by_text("approved, 1 unit → denied, no units")).to_be_visible()
    press(page, "Save the correction")
    expect(page.get_by_text("Determination corrected")).to_be_visible()
    assert [each.outcome for each in look(va, key).determinations] == ["denied", "approved"]


@pytest.mark.parametrize("begins_at", [NOW], ids=["in the morning"])
def test_the_most_urgent_request_is_opened_by_one_key_and_the_next_once_it_is_told(desk: Desk, visit: Visit) -> None:
    client = factories.client()
    nurse = signing_in.person(Role.CLINICAL, client)
    va = factories.staff(Role.VA, client)
    first, second = (factories.claim(client, jurisdiction="CA") for _ in range(2))
    log(va, client, second)
    log(va, client, first, kind="expedited", received_at=NOW - timedelta(hours=5), complete_at=NOW - timedelta(hours=5))
    page = visit("/authorizations", as_=nurse)
    expect(page.locator(".board tbody tr")).to_have_count(2)
    page.keyboard.press("n")
    expect(page.get_by_role("heading", name="Expedited: MRI of the lumbar spine")).to_be_visible()
    choose(page, "Withdrawn")
    fill(page, "Reason, unless all is approved", "Taken back by telephone.")
    press(page, "Determine")
    expect(page.get_by_role("heading", name="Prospective: MRI of the lumbar spine")).to_be_visible()
    expect(page.locator(".board tbody tr")).to_have_count(1)


def _approve(nurse: Actor, key: authorizations.Key) -> None:
    with acting(nurse) as tx:
        authorizations.determine(nurse, tx, key, approved(), at=NOW)


def _handed_out(desk: Desk) -> bytes:
    """Return the digest of the only document that went outside, as the claim's file holds it."""
    with desk.owner() as db:
        [(digest, kind)] = db.execute(
            "select f.digest, d.kind from disclosure o join claim_document d using (client_id, claim_id, document_id)"
            " join file f using (client_id, file_id) where o.digest = f.digest"
        ).fetchall()
    assert kind == "letter"
    return bytes(digest)
