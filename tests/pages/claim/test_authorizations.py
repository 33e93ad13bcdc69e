"""A claim's requests for authorization on its page: logged, followed up, completed, determined, told and appealed."""

from dataclasses import replace
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from core import authorizations, claim_file
from core.access import Actor, Role
from core.authorizations import LineDecided, Outcome
from core.claim_file import DocumentKind
from core.transactions import acting
from tests import factories, papers
from tests.conftest import Desk
from tests.core.authorizations.work import DAY, MRI, THERAPY, approved, denied, log, look
from tests.factories import NOW
from tests.pages.claim.claim_page import Open, one, pick, press, words_of

STANDS = "select clock, outcome, version from authorization_request order by request_id desc limit 1"


@pytest.fixture
def claim(client: int) -> int:
    return factories.claim(client, jurisdiction="CA")


def fields(page: AppTest, **typed: str) -> None:
    """Type into the fields with these labels, blanks written as underscores."""
    for name, words in typed.items():
        label = name.replace("_", " ")
        [field] = [each for each in (*page.text_input, *page.text_area) if each.label.startswith(label)]
        field.input(words)


def table(page: AppTest) -> str:
    return "".join(each.proto.body for each in page.get("html"))


def opened(open_page: Open, actor: Actor, claim: int) -> AppTest:
    return open_page(actor, claim, tab="Authorizations")


def test_a_claim_without_one_says_what_to_do(open_page: Open, va: Actor, claim: int) -> None:
    assert "No request for authorization is on this claim yet" in words_of(opened(open_page, va, claim))


def test_a_request_that_came_as_a_document_stands_beside_the_form_into_which_it_is_typed(
    open_page: Open, desk: Desk, va: Actor, client: int, claim: int
) -> None:
    with acting(va) as tx:
        document = claim_file.add(
            va, tx, client_id=client, claim_id=claim, name="fax.pdf", data=papers.PDF, received_at=NOW,
            kind=DocumentKind.AUTHORIZATION_REQUEST, title="Fax", at=NOW,
        )  # fmt: skip
    page = open_page(va, claim, tab="Authorizations")
    page.query_params["document"] = str(document)
    page.run()

    assert "The request as it came" in [each.label for each in page.selectbox]
    assert one(
        desk, f"select count(*) from audit_event where detail @> '{{\"document\": {document}}}' and verb = 'read'"
    )


def test_a_va_logs_a_request_and_sees_its_clock(open_page: Open, desk: Desk, va: Actor, claim: int) -> None:
    page = press(opened(open_page, va, claim), "Log a request")
    fields(page, Requesting_provider="Dr. Ames", Treatment_1="MRI of the lumbar spine", Code="72148")
    press(page, "Log the request")
    assert one(desk, STANDS) == ("running", None, 1)
    page = opened(open_page, va, claim)
    said = words_of(page)
    assert "Prospective: MRI of the lumbar spine" in said
    assert "due Thu 3 Dec 2026, to the end of the day, Pacific time" in said
    assert "72148" in table(page)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"Treatment_1": "MRI"}, "Say who asks"),
        ({"Requesting_provider": "Dr. Ames"}, "Say what is asked for"),
        ({"Requesting_provider": "Dr. Ames", "Treatment_1": "MRI", "Units": "some"}, "Treatment 1: The units"),
        ({"Requesting_provider": "Dr. Ames", "Treatment_1": "MRI", "NPI": "1234567890"}, "This is no NPI"),
    ],
)
def test_what_is_wrong_is_said_beside_the_button(
    open_page: Open, va: Actor, claim: int, typed: dict[str, str], said: str
) -> None:
    page = press(opened(open_page, va, claim), "Log a request")
    fields(page, **typed)
    press(page, "Log the request")
    assert said in words_of(page)


def test_what_was_asked_for_before_is_shown_and_logged_at_the_second_press(
    open_page: Open, desk: Desk, va: Actor, client: int, claim: int
) -> None:
    log(va, client, claim)
    page = press(opened(open_page, va, claim), "Log a request")
    fields(page, Requesting_provider="Dr. Ames", Treatment_1=MRI.words)
    press(page, "Log the request")
    assert "The same was asked for before" in words_of(page)
    press(page, "Log the request")
    assert one(desk, "select count(*) from authorization_request") == 2


def test_a_follow_up_is_logged(open_page: Open, desk: Desk, va: Actor, client: int, claim: int) -> None:
    log(va, client, claim)
    page = opened(open_page, va, claim)
    pick(page, "What came of it", "promised")
    press(page, "Log follow-up  L" if any(b.label.endswith("L") for b in page.button) else "Log follow-up")
    assert one(desk, "select party, outcome from authorization_follow_up") == ("reviewer", "promised")


def test_what_was_missing_comes_and_the_clock_starts(
    open_page: Open, desk: Desk, va: Actor, client: int, claim: int
) -> None:
    log(va, client, claim, complete_at=None, missing="The report behind it.")
    page = opened(open_page, va, claim)
    assert "Missing: The report behind it." in words_of(page).replace("*", "")
    press(page, "Complete")
    assert one(desk, STANDS) == ("running", None, 2)


def test_clinical_staff_determine_line_by_line_and_others_have_no_such_form(
    open_page: Open, desk: Desk, va: Actor, nurse: Actor, client: int, claim: int
) -> None:
    key = log(va, client, claim, MRI, THERAPY)
    assert not [each for each in opened(open_page, va, claim).button if each.label == "Determine"]
    page = opened(open_page, nurse, claim)
    pick(page, "Treatment 1", "approved")
    pick(page, "Treatment 2", "denied")
    fields(page, **{"Credentials": "MD, orthopedics", "Reason,_unless": "Two weeks of care do not meet the guideline."})
    press(page, "Determine")
    assert [line.outcome for line in look(va, key).lines] == ["approved", "denied"]


def test_telling_the_provider_stops_the_clock(
    open_page: Open, desk: Desk, va: Actor, nurse: Actor, client: int, claim: int
) -> None:
    key = log(va, client, claim)
    with acting(nurse) as tx:
        authorizations.determine(nurse, tx, key, approved(), at=NOW)
    press(opened(open_page, va, claim), "Record")
    assert one(desk, STANDS) == ("stopped", "approved", 1)
    assert "Approved, told" in str(clock_words(opened(open_page, va, claim)))


def test_somebody_else_has_decided_meanwhile(
    open_page: Open, desk: Desk, va: Actor, nurse: Actor, client: int, claim: int
) -> None:
    key = log(va, client, claim)
    page = opened(open_page, nurse, claim)
    pick(page, "Treatment 1", "approved")
    other = factories.staff(Role.CLINICAL, client)
    with acting(other) as tx:
        authorizations.determine(other, tx, key, denied(), at=NOW)
    press(page, "Determine")
    assert "Somebody else has determined this request meanwhile" in words_of(page)
    assert [each for each in page.button if each.label == "Save the correction"]
    assert look(va, key).frame.outcome == "denied"


def correcting(open_page: Open, nurse: Actor, claim: int) -> AppTest:
    return press(opened(open_page, nurse, claim), "Correct the determination")


def test_a_correction_shows_what_stands_and_what_it_changes_before_it_is_saved(
    open_page: Open, va: Actor, nurse: Actor, client: int, claim: int
) -> None:
    key = log(va, client, claim, THERAPY, MRI)
    with acting(nurse) as tx:
        lines = [
            LineDecided(1, Outcome.MODIFIED, 6, "A trial", authorization_number="A-1"),
            LineDecided(2, Outcome.APPROVED, 1),
        ]
        half = replace(denied(), lines=lines)
        authorizations.determine(nurse, tx, key, half, at=NOW)
    page = correcting(open_page, nurse, claim)
    assert "As it stands: modified, 6 units" in words_of(page)
    stood = {each.label: each.value for each in reversed(page.text_input)}
    assert (stood["Units"], stood["Number"], stood["Modified with, or why not"]) == ("6", "A-1", "A trial")

    pick(page, "Treatment 1", "denied")
    fields(page, Credentials="MD", Reason_for_the_correction="The wrong line was ticked.")
    press(page, "Save the correction")
    assert "Treatment 1: modified, 6 units → denied, no units" in words_of(page)
    assert "Treatment 2 stays as it is: approved, 1 unit" in words_of(page)
    assert look(va, key).lines[0].approved_units == 6
    press(page, "Save the correction")
    assert look(va, key).lines[0].outcome == "denied"


def test_a_correction_of_a_denial_begins_with_what_was_asked_for(
    open_page: Open, va: Actor, nurse: Actor, client: int, claim: int
) -> None:
    key = log(va, client, claim, THERAPY)
    with acting(nurse) as tx:
        authorizations.determine(nurse, tx, key, denied(), at=NOW)
    page = correcting(open_page, nurse, claim)
    assert "As it stands: denied, no units" in words_of(page)
    pick(page, "Treatment 1", "approved")
    fields(page, Reason_for_the_correction="The report came after all.")
    press(page, "Save the correction")
    assert "Treatment 1: denied, no units → approved, 12 units" in words_of(page)
    press(page, "Save the correction")
    assert look(va, key).lines[0].approved_units == 12


def test_what_a_lapse_gives_is_offered_where_its_law_gives_something(
    open_page: Open, va: Actor, nurse: Actor, client: int
) -> None:
    old = {"received_at": NOW - 20 * DAY, "complete_at": NOW - 20 * DAY}
    keys = {
        state: log(va, client, factories.claim(client, jurisdiction=state), jurisdiction=state, **old)
        for state in ("CA", "GA")
    }
    offers = {state: str(opened(open_page, nurse, key.claim_id).button_group[0].options) for state, key in keys.items()}
    assert "by lapse" not in offers["CA"]
    assert "Authorized by lapse" in offers["GA"]
    page = opened(open_page, nurse, keys["GA"].claim_id)
    pick(page, "Treatment 1", "lapsed")
    press(page, "Determine")
    assert look(va, keys["GA"]).frame.outcome == "lapsed"
    assert f"put on record by {nurse.name}" in words_of(opened(open_page, nurse, keys["GA"].claim_id))


def clock_words(page: AppTest) -> list[Any]:
    return [each.proto.body for each in page.get("html") if "desk-clock" in each.proto.body]
