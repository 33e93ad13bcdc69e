"""What people typed and files brought is read in the browser as it was typed, on every page, by everybody who sees it."""

from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from core import claim_file, files, instant
from core.access import Actor, Role
from core.claim_file import DocumentKind, Status
from core.intake import worker_name_key
from core.transactions import transaction
from pages.menu import PAGES
from tests import factories, hostile, papers, signing_in
from tests.conftest import Desk
from tests.journeys.conftest import Visit, wait_until_drawn
from tests.journeys.tables import open_row

pytestmark = pytest.mark.journey

# Each text begins with what it is, so that each place in which it stands can be told.
SHORT = "https://zq.example :smile: -> a_zq_b $zq$ **zq**"
LINES = {
    field: f"{field}: {hostile.LINE}" for field in ("address", "nature", "cause", "unasked", "why-asked", "why-closed")
} | {
    field: f"{field}: {SHORT}"
    for field in (
        "client",
        "colleague",
        "worker",
        "cover",
        "holiday",
        "why-holiday",
        "reporter",
        "place",
        "file",
        "speaks",
        "was",
        "why-corrected",
        "fax",
        "title",
        "condition",
        "to-whom",
        "why-outside",
        "who-says",
        "why-withdrawn",
        "against",
        "day-off",
        "why-day-off",
        "why-cadence",
        "why-no-cadence",
    )
}
STORIES = {field: f"{field}:\n{hostile.STORY}" for field in ("note", "narrative")}
TEXTS = LINES | STORIES | {"language": "language: https://zq.example **zq**"}

MADE_OF_WORDS = """texts => {
  const plain = words => words.replaceAll("\\u00a0", " ").split("\\n").map(line => line.trimEnd()).join("\\n")
  const all = root => [...root.querySelectorAll("*")].flatMap(node => [node, ...(node.shadowRoot ? all(node.shadowRoot) : [])])
  const kinds = "a, h1, h2, h3, h4, h5, h6, strong, em, code, pre, del, blockquote, li, hr, .katex, img, [role=img]"
  return all(document.body)
    .filter(node => node.matches(kinds))
    .filter(made => /zq/i.test(made.outerHTML.replaceAll(/class="[^"]*"/g, "")) && !texts.some(text => plain(made.textContent).includes(text)))
    .map(made => made.outerHTML.slice(0, 200))
}"""
"""Elements that only a part of a text has become."""

GOING_ON = "[data-testid=stSkeleton], [data-stale=true], [data-testid=stStatusWidget]"
"""What is there while a page is being drawn."""

READ_ALOUD = """() => [...document.querySelectorAll("[aria-label], [title], [alt]")]
  .flatMap(node => ["aria-label", "title", "alt"].map(name => node.getAttribute(name) ?? ""))
  .filter(words => /:color\\[\\]|&nbsp;/.test(words))"""
"""Names and descriptions in which markdown stands as it was written."""


def plain(words: str) -> str:
    """Return *words* without what is not seen: which spaces they are, and those at the ends of lines."""
    return "\n".join(line.rstrip() for line in words.replace("\xa0", " ").split("\n"))


def read(page: Page) -> set[str]:
    """Return the fields whose texts stand on the page; each stands there whole wherever it stands, and is only text."""
    assert page.evaluate(MADE_OF_WORDS, [plain(text) for text in TEXTS.values()]) == []
    assert page.evaluate(READ_ALOUD) == []
    words = plain(page.evaluate("document.body.innerText"))
    words += plain("\n".join(page.locator(".board").all_inner_texts()))  # in a document of its own
    # What a table draws it also holds as elements, for those who hear it.
    words += plain("\n".join(page.locator("canvas td, canvas th").all_text_contents()))
    stand = set()
    for field, text in TEXTS.items():
        assert words.count(f"{field}: http") + words.count(f"{field}:\n#") == words.count(plain(text)), field
        stand |= {field} if plain(text) in words else set()
    return stand


@pytest.fixture
def client(desk: Desk) -> int:
    """A client with a claim, its worker, story, attempt, question, file, cover, closed day, rule and import, all named badly."""
    at = instant.now() - timedelta(hours=1)
    client = factories.client()
    claim = factories.claim(client, reported_at=at)
    colleague = factories.staff(Role.VA, client)
    with desk.owner() as db:
        for statement in (
            "update client set name = %(client)s",
            "update staff set full_name = %(colleague)s where staff_id = %(id)s",
            "update injured_worker set family_name = %(worker)s, family_key = %(worker-key)s, given_name = '', given_key = '',"
            " address = %(address)s, language = %(language)s",
            "update claim_narrative set narrative = %(narrative)s, nature = %(nature)s, cause = %(cause)s,"
            " reporter = %(reporter)s, injury_place = %(place)s",
            "update claim set assignee_id = %(id)s, assigned_at = %(at)s",
            "insert into contact_attempt (client_id, claim_id, at, by_id, party, method, outcome, note)"
            " values (%(of)s, %(claim)s, %(at)s, %(id)s, 'employer', 'phone', 'reached', %(note)s)",
            "insert into claim_event (client_id, claim_id, at, by_id, kind, detail)"
            " values (%(of)s, %(claim)s, %(at)s, %(id)s, 'reopened', jsonb_build_object('why', %(why-closed)s::text))",
            "insert into intake_question (client_id, claim_id, element, why, opened_at)"
            " values (%(of)s, %(claim)s, 'same_claim', %(why-asked)s, %(at)s),"
            " (%(of)s, %(claim)s, 'reported_at', %(unasked)s, %(at)s)",
            "insert into representative (client_id, claim_id, name, permits) values (%(of)s, %(claim)s, %(speaks)s, true)",
            "insert into claim_event (client_id, claim_id, at, by_id, kind, detail)"
            " values (%(of)s, %(claim)s, %(at)s, %(id)s, 'fields_corrected', '{\"fields\": [\"address\"]}')",
            "insert into field_change (client_id, claim_id, field, was, became, why, at, by_id)"
            " values (%(of)s, %(claim)s, 'address', %(was)s, %(address)s, %(why-corrected)s, %(at)s, %(id)s)",
            "insert into client_cover (client_id, staff_id, starts_at, until, reason, set_by)"
            " values (%(of)s, %(id)s, %(at)s, %(at)s + interval '7 days', %(cover)s, %(id)s)",
            "insert into client_holiday (client_id, day, effective_from, closed, name, reason, set_by, set_at)"
            " values (%(of)s, (%(at)s + interval '9 days')::date, %(at)s, true, %(holiday)s, %(why-holiday)s, %(id)s,"
            " %(at)s)",
            "insert into intake_requirement (element, client_id, asked, effective_from, why, sureness, proposed_by,"
            " proposed_at, in_force_at) values ('occupation', %(of)s, 'required', %(at)s::date - 1, %(who-says)s,"
            " 'knowledge', %(id)s, %(at)s, %(at)s)",
            "insert into intake_requirement (element, client_id, asked, effective_from, why, sureness, proposed_by,"
            " proposed_at, withdrawn_by, withdrawn_at, withdrawn_why) values ('occupation', %(of)s, 'not_asked', '2100-01-01',"
            " 'x', 'knowledge', %(id)s, %(at)s, %(id)s, %(at)s, %(why-withdrawn)s)",
            "insert into statutory_clock_check (clock_id, against, checked_by, checked_at) select clock_id, %(against)s, %(id)s,"
            " %(at)s from statutory_clock where jurisdiction = 'AZ' and kind = 'prospective'",
            "insert into statutory_holiday (jurisdiction, day, effective_from, closed, name, reason, set_by, set_at)"
            " values ('AZ', date_trunc('week', make_date(extract(year from %(at)s)::int, 3, 10))::date, %(at)s, true,"
            " %(day-off)s, %(why-day-off)s, %(id)s, %(at)s)",
            "insert into cadence (party, effective_from, left_hours, every_hours, last_hours, undated_hours, promised_hours, opens,"
            " closes, unanswered, share, why, proposed_by, proposed_at, withdrawn_by, withdrawn_at, withdrawn_why)"
            " values ('provider', '2100-01-01', '{24}', '{4}', 1, 48, 24, '08:00', '17:00', 3, 25, %(why-cadence)s, %(id)s,"
            " %(at)s, %(id)s, %(at)s, %(why-no-cadence)s)",
            "insert into feed_import (client_id, kind, file_name, started_at, by_id, state)"
            " values (%(of)s, 'claims', %(file)s, %(at)s, %(id)s, 'cancelled')",
        ):
            named = {"worker-key": worker_name_key(TEXTS["worker"]), "id": colleague.staff_id}
            db.execute(statement, {**TEXTS, **named, "of": client, "claim": claim, "at": at})
    _file_badly_named(desk, colleague, client, claim)
    return client


def _file_badly_named(desk: Desk, va: Actor, client: int, claim: int) -> None:
    """Put a file into the tray, and a document, a condition and a disclosure on the claim, all named badly."""
    of: dict[str, Any] = {"client_id": client, "claim_id": claim, "at": instant.now()}
    outside = {"recipient": TEXTS["to-whom"], "purpose": TEXTS["why-outside"]}
    condition = {"code": "", "words": TEXTS["condition"], "status": Status.ALLEGED, "since": factories.NOW.date()}
    document = {
        "title": TEXTS["title"],
        "kind": DocumentKind.OTHER,
        "name": "x.txt",
        "data": b"Seen.",
        "received_at": of["at"],
    }
    with transaction(va) as tx:
        waiting = files.keep(va, tx, client_id=client, name="fax.pdf", data=papers.PDF, at=of["at"])
        claim_file.add_condition(va, tx, **of, **condition)
        number = claim_file.add(va, tx, **of, **document)
        claim_file.hand_out_document(va, tx, **of, document_id=number, **outside)
    with desk.owner() as db:
        db.execute("update file set name = %s where file_id = %s", (TEXTS["fax"], waiting))


def test_stay_text_on_every_page_for_everybody(desk: Desk, client: int, visit: Visit) -> None:
    person = signing_in.person(Role.SUPERVISOR)
    page = visit("/live_intake", as_=person)
    page.set_viewport_size({"width": 4_000, "height": 1_600})  # a table holds the columns that are seen
    origin = page.url.partition("/live_intake")[0]
    read_on: dict[str, set[str]] = {}

    def go(role: Role, path: str, shows: str) -> None:
        with desk.owner() as db:
            db.execute("update staff set role = %s where staff_id = %s", (role.value, person.staff_id))
            db.execute("delete from staff_client where staff_id = %s", (person.staff_id,))
            if role in (Role.VA, Role.CLINICAL):
                db.execute("insert into staff_client values (%s, %s)", (person.staff_id, client))
        page.goto(origin + path)
        look(path, shows)

    def look(path: str, shows: str) -> None:
        expect(page.get_by_text(shows).first).to_be_attached()
        wait_until_drawn(page)
        expect(page.locator(GOING_ON)).to_have_count(0)
        folded = page.get_by_role("button", name="Show all")
        for left in range(folded.count(), 0, -1):
            folded.first.click()
            expect(folded).to_have_count(left - 1)
        wait_until_drawn(page)
        expect(page.locator(GOING_ON)).to_have_count(0)
        read_on[path] = read_on.get(path, set()) | read(page)

    def ids(statement: str) -> tuple[int, ...]:
        with desk.owner() as db:
            return db.execute(statement).fetchone()

    [claim] = ids("select claim_id from claim")
    the_claim = f"/claim?client={client}&claim={claim}"

    look("/live_intake", "client: https")
    go(Role.SUPERVISOR, the_claim, "narrative:")
    go(Role.SUPERVISOR, f"{the_claim}&tab=History", "why-closed:")
    go(Role.SUPERVISOR, "/cover", "cover: https")
    [colleague] = ids("select by_id from contact_attempt")
    go(Role.SUPERVISOR, f"/first_contact?client={client}&va={colleague}", "client: https")
    go(Role.COMPLIANCE, "/access_log", "client: https")
    go(Role.VA, "/intake", "client: https")
    go(Role.VA, f"{the_claim}&tab=Intake", "why-asked:")
    go(Role.VA, f"{the_claim}&tab=Documents", "title: https")
    go(Role.CLINICAL, "/my_work", "client: https")
    page.keyboard.press("s")
    page.get_by_role("combobox", name="Find anything").fill("worker")
    look("/my_work", "worker: https")
    go(Role.VA, "/log_claim", "Family name")
    go(Role.CLINICAL, "/authorizations", "No request for authorization is open")
    go(Role.CLINICAL, "/referrals", "No referral")
    go(Role.SUPERVISOR, "/authorization_aging", "client")
    go(Role.VA, "/tray", "fax: https")
    go(Role.CLINICAL, "/triage_calls", "Nobody makes triage calls")
    go(Role.VA, "/import_feed", "What the file holds")
    page.get_by_role("combobox", name="What the file holds").click()
    page.get_by_role("option", name="Claims").click()
    look("/import_feed", "file: https")
    headings = f"Claim,Worker,{SHORT} heading,Loss date,Notice date"
    feed = f'{headings}\n"A-1","Sample, Ana","{SHORT}",11/20/2026,"{SHORT}"\n'
    page.locator("input[type=file]").set_input_files(
        {"name": "feed.csv", "mimeType": "text/csv", "buffer": feed.encode()}
    )
    page.get_by_role("button", name="Show what would happen").click()
    look("/import_feed", "What would happen")
    go(Role.ADMINISTRATOR, "/status", "Pages open")
    go(Role.ADMINISTRATOR, "/clients", "client: https")
    open_row(page, "client: ")
    page.get_by_text("Closed days", exact=True).click()
    look("/clients", "holiday: https")
    go(Role.ADMINISTRATOR, "/intake_elements", "client: https")
    open_row(page, "client: ")
    look("/intake_elements", "why-withdrawn: https")
    go(Role.ADMINISTRATOR, "/clocks", "Incomplete request return")
    open_row(page)
    look("/clocks", "against: https")
    page.get_by_text("Days off", exact=True).click()
    look("/clocks", "day-off: https")
    page.get_by_text("Follow-ups", exact=True).click()
    look("/clocks", "why-no-cadence: https")
    go(Role.ADMINISTRATOR, "/people", "colleague: https")
    open_row(page, "colleague: ")
    look("/people", "Disable 1 person")
    page.get_by_role("button", name="Disable 1 person").click()
    look("/people", "can no longer sign in")

    assert set().union(*read_on.values()) == set(TEXTS)
    every_page = {f"/{entry.address}" for listed in PAGES.values() for entry in listed}
    assert {path.partition("?")[0] for path in read_on} == every_page
    assert {"worker", "narrative", "note", "speaks", "colleague"} <= read_on[the_claim]
    assert {"was", "why-corrected", "why-closed"} <= read_on[f"{the_claim}&tab=History"]
    assert {"client", "colleague"} <= read_on["/live_intake"]
    assert {"client", "colleague", "who-says", "why-withdrawn"} <= read_on["/intake_elements"]
    assert {"against", "colleague", "day-off", "why-day-off", "why-cadence", "why-no-cadence"} <= read_on["/clocks"]
    assert {"client", "colleague"} <= read_on["/people"] | read_on["/access_log"]
