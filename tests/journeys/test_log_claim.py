"""A report by telephone, by keyboard alone: its claim is there at once, and nothing typed is lost on the way to its end."""

import time
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from core import instant
from core.access import Role
from tests import factories, signing_in
from tests.conftest import Desk
from tests.journeys.conftest import Profiles, Visit, fill_in, wait_until_drawn
from tests.journeys.test_drafts import wait_until_kept
from tests.journeys.test_idling import IDLE_MINUTES, go_away
from tests.served import PATIENCE, Served

pytestmark = pytest.mark.journey

FOCUSED = "document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.innerText ?? ''"

TOLD = (
    ("Client", ""),  # the name of it is typed
    ("Reported by", "Dana Reed, shift lead"),
    ("Call back at", "312 555 0107"),
    ("Given name", "Maria"),
    ("Family name", "Núñez"),
    ("Date of birth", "1/2/1985"),
    ("Date of injury", "11/23/2026"),
    ("State", "IL"),
    ("What happened", "Slipped on ice at the dock and broke her left wrist."),
    ("Part of body", "left wrist"),
    ("Telephone", "312 555 0199"),
    ("Prefers", "teleph"),
    ("Language", "Spanish"),
)
"""What a caller tells, by the fields as Enter goes through them: all that every report is asked for, and who calls."""


def is_at(page: Page, field: str) -> None:
    page.wait_for_function(f"field => ({FOCUSED}).startsWith(field)", arg=field)


def rows(desk: Desk, statement: str) -> list[tuple[object, ...]]:
    with desk.owner() as db:
        return db.execute(statement).fetchall()


def wait_for(desk: Desk, statement: str) -> tuple[object, ...]:
    give_up = time.monotonic() + PATIENCE
    while not (found := rows(desk, statement)):
        assert time.monotonic() < give_up, statement
        time.sleep(0.05)
    return found[0]


def test_a_report_is_taken_in_16_keys_beyond_what_is_typed_and_its_claim_is_there_midway(
    desk: Desk, visit: Visit
) -> None:
    client = factories.client()
    [(name,)] = rows(desk, f"select name from client where client_id = {client}")
    page = visit("/intake", as_=signing_in.person(Role.VA, client, factories.client()))
    expect(page.locator(".keys")).to_be_attached()
    keys = 0

    for key in ("g", "n"):
        page.keyboard.press(key)
        keys += 1
    for field, told in TOLD:
        is_at(page, field)
        page.keyboard.type(told or str(name))
        if field in ("Client", "State", "Prefers"):
            expect(page.get_by_role("option").first).to_be_visible()
        page.keyboard.press("Enter")
        keys += 1
        if field == "Date of injury":
            [number] = wait_for(desk, "select claim_number from claim")
            expect(page.get_by_text(f"{number} is begun, its clock runs.")).to_be_visible()
    is_at(page, "Save and open the claim")
    page.keyboard.press("Enter")
    keys += 1

    expect(page.get_by_role("heading", name=f"Maria Núñez · {number}")).to_be_visible()
    assert keys == 16
    assert rows(
        desk,
        "select w.family_name, w.phone, w.preferred_contact, w.language, c.jurisdiction, n.reporter, n.body_part"
        " from claim c join injured_worker w using (client_id, worker_id) join claim_narrative n using (client_id, claim_id)",
    ) == [("Núñez", "+13125550199", "phone", "Spanish", "IL", "Dana Reed, shift lead", "left wrist")]
    assert rows(desk, "select element from intake_question where answered_at is null") == []


def test_an_intake_that_is_left_in_the_middle_waits_in_my_work_with_all_its_words(desk: Desk, visit: Visit) -> None:
    client = factories.client()
    va = signing_in.person(Role.VA, client)
    page = visit("/log_claim", as_=va)
    expect(page.locator(".keys")).to_be_attached()  # what is typed is listened for
    page.get_by_label("Reported by", exact=True).fill("Dana Reed")
    wait_until_kept(desk, "Dana Reed")
    page.goto(page.url.replace("/log_claim", "/my_work"))
    page.get_by_role("link", name="Go on with the report").click()
    expect(page.get_by_label("Reported by", exact=True)).to_have_value("Dana Reed")

    page.get_by_label("Family name", exact=True).fill("Núñez")
    page.get_by_label("Date of injury", exact=True).fill("11/23/2026")
    page.keyboard.press("Enter")
    expect(page.get_by_text("is begun, its clock runs.")).to_be_visible()
    page.get_by_label("Job, optional").click()
    page.keyboard.type("welder")
    wait_until_kept(desk, "welder")  # nobody has left the field or pressed Enter
    go_away(desk, IDLE_MINUTES)
    page.goto(page.url.split("/log_claim")[0] + "/my_work")
    fill_in(page, va.sign_in_name)

    line = page.locator(".board tbody tr").filter(has_text="Finish intake")
    line.click()
    page.get_by_role("link", name="Go on with the intake").click()
    expect(page.get_by_label("Job, optional")).to_have_value("welder")
    expect(page.get_by_label("Reported by", exact=True)).to_have_value("Dana Reed")
    wait_until_drawn(page)
    page.get_by_label("Language", exact=True).fill("Spanish")
    page.keyboard.press("Control+Enter")

    expect(page.get_by_role("heading", name="Núñez")).to_be_visible()
    assert rows(desk, "select occupation, reporter from claim_narrative") == [("welder", "Dana Reed")]
    assert rows(desk, "select language from injured_worker") == [("Spanish",)]
    assert rows(desk, "select count(*) from claim") == [(1,)]


def test_an_intake_goes_on_where_it_was_while_the_server_is_started_anew(
    desk: Desk, visit: Visit, profiles: Profiles, served: Served
) -> None:
    client = factories.client()
    page = visit("/log_claim", as_=signing_in.person(Role.VA, client))
    expect(page.locator(".keys")).to_be_attached()  # what is typed is listened for
    page.get_by_label("Family name", exact=True).fill("Núñez")
    page.get_by_label("Date of injury", exact=True).fill("11/23/2026")
    page.keyboard.press("Enter")
    expect(page.get_by_text("is begun, its clock runs.")).to_be_visible()
    [number] = wait_for(desk, "select claim_number from claim")
    page.get_by_label("Reported by", exact=True).fill("Dana Reed")
    page.get_by_label("Job, optional").click()
    page.keyboard.type("welder")
    wait_until_kept(desk, "welder")  # nobody has left the field or pressed Enter
    assert profiles.troubles == []
    form = page.locator("[class*=st-key-draft-report]")
    before = form.get_attribute("class") or ""

    served.restart()

    expect(form).not_to_have_attribute("class", before)  # it is drawn by a server that knows of no page
    expect(page.get_by_text(f"{number} is begun, its clock runs.")).to_be_visible()
    expect(page.get_by_label("Job, optional")).to_have_value("welder")
    expect(page.get_by_label("Reported by", exact=True)).to_have_value("Dana Reed")
    expect(page.get_by_label("Family name", exact=True)).to_have_value("Núñez")
    wait_until_drawn(page)
    profiles.troubles.clear()  # what a browser logs of a server that is gone is no defect
    page.get_by_label("Language", exact=True).fill("Spanish")
    page.keyboard.press("Control+Enter")

    expect(page.get_by_role("heading", name=f"Núñez · {number}")).to_be_visible()
    assert rows(desk, "select occupation, reporter from claim_narrative") == [("welder", "Dana Reed")]
    assert rows(desk, "select family_name, language from injured_worker") == [("Núñez", "Spanish")]


def test_what_may_be_a_claim_that_there_is_stands_beside_the_form_and_makes_none_unasked(
    desk: Desk, visit: Visit
) -> None:
    client = factories.client()
    factories.claim(client)
    [(number, day)] = rows(desk, "select claim_number, to_char(date_of_injury, 'MM/DD/YYYY') from claim")
    page = visit("/log_claim", as_=signing_in.person(Role.VA, client))
    page.get_by_label("Given name", exact=True).fill("Robin")
    page.get_by_label("Family name", exact=True).fill("Sample")
    page.get_by_label("Date of injury", exact=True).fill(str(day))
    page.keyboard.press("Enter")

    expect(page.get_by_role("link", name=str(number))).to_be_visible()
    assert rows(desk, "select count(*) from claim") == [(1,)]
    page.get_by_role("button", name="It is another injury").click()
    expect(page.get_by_text("is begun, its clock runs.")).to_be_visible()
    assert rows(desk, "select count(*) from claim") == [(2,)]


def test_a_name_that_was_heard_otherwise_is_told_beside_the_form_and_holds_nothing_up(desk: Desk, visit: Visit) -> None:
    client = factories.client()
    factories.claim(client)
    [(number, day)] = rows(desk, "select claim_number, to_char(date_of_injury + 1, 'MM/DD/YYYY') from claim")
    page = visit("/log_claim", as_=signing_in.person(Role.VA, client))
    page.get_by_label("Given name", exact=True).fill("Robin")
    page.get_by_label("Family name", exact=True).fill("Sampel")
    page.get_by_label("Date of injury", exact=True).fill(str(day))
    page.keyboard.press("Enter")

    expect(page.get_by_text("is begun, its clock runs.")).to_be_visible()
    expect(page.get_by_text("Perhaps the same worker, injured within 3 days:")).to_be_visible()
    expect(page.get_by_role("link", name=str(number)).first).to_be_visible()


def test_enter_comes_to_what_is_asked_meanwhile_and_to_what_the_caller_does_not_know(desk: Desk, visit: Visit) -> None:
    client = factories.client()
    with desk.owner() as db:
        db.execute(
            "insert into intake_requirement (element, client_id, asked, only_if, effective_from, why, sureness, proposed_at)"
            " values ('lost_time', %(client)s, 'required', null, '2026-01-01', 'x', 'knowledge', '2026-01-01Z'),"
            " ('last_day_worked', %(client)s, 'only_if', 'lost_time', '2026-01-01', 'x', 'knowledge', '2026-01-01Z')",
            {"client": client},
        )
    page = visit("/log_claim", as_=signing_in.person(Role.VA, client))
    told = {"Given name": "Maria", "Family name": "Núñez", "Date of injury": "11/23/2026", "Lost time": "yes"}
    asked = (
        *("Reported by", "Call back at", "Given name", "Family name", "Date of birth", "Date of injury", "State"),
        *("What happened", "Part of body", "Lost time"),
    )
    for field in asked:
        is_at(page, field)
        page.keyboard.type(told.get(field, ""))
        page.keyboard.press("Enter")
    for field in ("Telephone", "Prefers", "Language"):
        is_at(page, field)
        page.keyboard.press("Enter")
    is_at(page, "Last day worked")
    page.keyboard.press("Enter")
    is_at(page, "Why it is not known")
    page.keyboard.type("Human resources knows.")
    page.keyboard.press("Enter")
    is_at(page, "Ask again on")
    page.keyboard.type(f"{instant.now() + timedelta(days=2):%m/%d/%Y}")
    page.keyboard.press("Enter")
    is_at(page, "Save and open the claim")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", name="Maria Núñez")).to_be_visible()
    expect(page.get_by_text("Intake is complete but for what is to be asked again")).to_be_visible()
    assert rows(desk, "select count(*) from intake_question where answered_at is null") == [(0,)]
