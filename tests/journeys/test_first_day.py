"""The main job, whole: a report comes in on the telephone, everybody sees it at once, and a nurse stops the clock."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from core import instant
from core.access import Role
from tests import factories, signing_in
from tests.conftest import Desk
from tests.journeys.conftest import Visit

pytestmark = pytest.mark.journey


BESIDE = """() => {
  const box = part => document.querySelector(`[data-testid=${part}]`)?.getBoundingClientRect()
  return box("stToast")?.right <= box("stSidebar").right
}"""
"""What was done is said beside the page, where it covers nothing of it."""


def hold(page: Page) -> None:
    """Fill in what a first contact holds."""
    for said in ("Full name", "Date of birth", "Who we are and why we call"):
        page.get_by_test_id("stCheckbox").filter(has_text=said).locator("label").click()
    page.get_by_role("radio", name="Full duty").click()
    page.get_by_role("textbox", name="Why the call could not wait for it").fill("He is on his way to the hospital.")


def test_a_report_becomes_a_first_contact_before_the_supervisors_eyes(desk: Desk, visit: Visit) -> None:
    client = factories.client()
    va = signing_in.person(Role.VA, client)
    nurse = signing_in.person(Role.CLINICAL, client)
    watching = visit("/live_intake", as_=signing_in.person(Role.SUPERVISOR))
    expect(watching.locator(".figure.open b")).to_have_text("0")

    # The VA logs what the caller knows: a name and a day are enough.
    working = visit("/log_claim", as_=va)
    working.get_by_label("Family name").fill("Sampleton")
    working.get_by_label("Date of injury", exact=True).click()
    working.keyboard.type(f"{instant.now() - timedelta(days=2):%m%d%Y}")
    working.get_by_role("button", name="Save and open the claim").click()
    expect(working.get_by_role("heading", name="Sampleton")).to_be_visible()
    expect(working.get_by_role("button", name="Log attempt")).to_be_visible()
    expect(working.get_by_role("button", name="Record first contact")).to_have_count(0)

    # The supervisor sees it without asking, and no name of the worker.
    expect(watching.locator(".board tbody tr")).to_have_count(1)
    expect(watching.locator(".board")).not_to_contain_text("Sampleton")
    key = watching.locator(".board tbody tr").get_attribute("data-key") or ""
    claim = int(key.split("/")[1])

    # The VA leaves a voicemail: an attempt, no contact; the clock runs on.
    working.get_by_text("Left a voicemail", exact=True).click()
    working.get_by_role("button", name="Log attempt").click()
    working.wait_for_function(BESIDE)
    expect(watching.locator("td[data-column=last]")).to_contain_text("Voicemail")

    # Every due time explains itself, and the nurse reaches the worker: the clock stops.
    calling = visit(f"/claim?client={client}&claim={claim}", as_=nurse)
    calling.get_by_role("button", name="Why this time").click()
    expect(calling.get_by_text("24 h", exact=False).first).to_be_visible()
    calling.keyboard.press("Escape")
    calling.get_by_role("button", name="Record first contact").click()
    hold(calling)
    expect(working.get_by_text(f"Also open with {nurse.name}")).to_be_visible()
    stood = working.get_by_text("Last attempts", exact=True).bounding_box()
    calling.get_by_role("button", name="Record first contact").click()
    expect(calling.get_by_text("Reached in", exact=False).first).to_be_visible()
    expect(watching.locator(".board tbody tr")).to_have_count(0)
    expect(working.get_by_text(f"{nurse.name} recorded first contact at")).to_be_visible()
    assert working.get_by_text("Last attempts", exact=True).bounding_box() == stood, "what is read stays where it was"

    # It was meant for another claim: the supervisor strikes it where it is shown, and the nurse reaches this worker too.
    watching.goto(f"{calling.url}&tab=Contact")
    watching.get_by_role("button", name="Strike this contact").click()
    watching.get_by_role("textbox", name="Reason").fill("Meant for another claim.")
    watching.get_by_role("button", name="Strike first contact").click()
    expect(watching.get_by_text("Meant for another claim.")).to_be_visible()
    calling.reload()
    calling.get_by_role("button", name="Record first contact").click()
    hold(calling)
    calling.get_by_role("button", name="Record first contact").click()
    expect(calling.get_by_text("Reached in", exact=False).first).to_be_visible()
    calling.get_by_role("link", name="Intake").click()
    expect(calling.get_by_role("heading", name="Intake")).to_be_visible()

    with desk.owner() as db:
        kept = db.execute(
            "select first_contact_at <= due_at, first_contact_by from claim where claim_id = %s", (claim,)
        ).fetchone()
        acts = [
            (actor, verb)
            for actor, verb in db.execute(
                "select actor_id, verb from audit_event where noun in ('claim', 'injured_worker') order by at, event_id"
            )
        ]
    assert kept == (True, nurse.staff_id)
    assert (va.staff_id, "attempt_logged") in acts
    assert acts.count((nurse.staff_id, "first_contact_recorded")) == 2
    assert "first_contact_struck" in [verb for _, verb in acts]
    assert {(va.staff_id, "read"), (nurse.staff_id, "read")} <= set(acts)
