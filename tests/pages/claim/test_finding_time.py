"""Where no time is free for a claim's call: the page offers who could be asked, and says what was asked."""

from datetime import timedelta

import pytest
from streamlit.testing.v1 import AppTest

from core.access import Actor, Role
from tests import factories
from tests.conftest import Desk
from tests.core.triage import work as triage
from tests.factories import NOW
from tests.pages.claim.claim_page import Open, one, press, words_of

STANDS = "select kind, clinician_id, note, outcome from call_request order by request_id desc limit 1"


@pytest.fixture
def dana(desk: Desk, client: int) -> Actor:
    """Somebody whose hours are over."""
    return triage.clinician(desk, client, hours=["08:00-09:00"] * 7)


@pytest.fixture
def claim(client: int) -> int:
    return factories.claim(client, due_at=NOW + timedelta(hours=4))


def sent(page: AppTest, whom: str, note: str = "") -> AppTest:
    """Choose whom to ask, and send the request."""
    choice = next(each for each in page.radio if each.label == "Ask for a time")
    choice.set_value(next(option for option in choice.options if whom in option))
    next(each for each in page.text_input if each.label == "Note, optional").input(note)
    page.run()
    return press(page, "Send request")


def test_one_asks_for_overtime_with_a_note_and_the_page_says_so(
    open_page: Open, client: int, desk: Desk, va: Actor, dana: Actor, claim: int
) -> None:
    page = open_page(va, claim, tab="Calls")
    assert (
        "90 min after Tue 09:00 CST"
        in next(each for each in page.radio if each.label == "Ask for a time").proto.captions
    )
    assert next(button for button in page.button if button.label == "Send request").disabled

    sent(page, f"Ask {dana.name} for overtime", "Any time before one.")

    assert one(desk, STANDS) == ("overtime", dana.staff_id, "Any time before one.", None)
    said = words_of(open_page(va, claim, tab="Calls"))
    asked = f"Asked {dana.name} for overtime at Tue 24 Nov 2026, 09:00 CST, by {va.name}: “Any time before one.”"
    assert asked in said
    assert asked in words_of(open_page(va, claim))
    assert f"No time free for the triage call: Asked {dana.name} for overtime" in words_of(
        open_page(va, claim, tab="History")
    )


def test_what_is_asked_is_not_asked_twice_and_a_call_can_be_booked_all_the_same(
    open_page: Open, client: int, va: Actor, dana: Actor, claim: int
) -> None:
    sent(open_page(va, claim, tab="Calls"), "Escalate")

    page = open_page(va, claim, tab="Calls")

    assert "Escalated to supervisors at Tue 24 Nov 2026, 09:00 CST" in words_of(page)
    assert [each.label for each in page.radio] == ["The first times behind the deadline"]
    assert {"Book call", "Withdraw request"} <= {each.label for each in page.button}


def test_whoever_is_asked_reads_how_to_say_yes_and_declines_with_a_reason(
    open_page: Open, client: int, desk: Desk, va: Actor, dana: Actor, claim: int
) -> None:
    sent(open_page(va, claim, tab="Calls"), "overtime")
    page = open_page(dana, claim, tab="Calls")
    assert "To say yes, set these hours on Triage calls" in words_of(page)

    press(page, "Decline request")
    assert [each.value for each in page.error] == ["The reason is missing: say why, in at most 300 characters."]
    next(each for each in page.text_input if each.label == "Reason").input("At the dentist.")
    press(page, "Decline request")

    assert one(desk, STANDS) == ("overtime", dana.staff_id, None, "declined")
    page = open_page(va, claim, tab="Calls")
    assert "Ask for a time" in [each.label for each in page.radio], "somebody else can be asked"
    assert "Request for a time declined. At the dentist." in words_of(open_page(va, claim, tab="History"))


def test_a_supervisor_asks_no_supervisor_and_reads_that_she_can_book_all_the_same(
    open_page: Open, client: int, va: Actor, boss: Actor, dana: Actor, claim: int
) -> None:
    [choice] = [each for each in open_page(boss, claim, tab="Calls").radio if each.label == "Ask for a time"]
    assert choice.options == [f"Ask {dana.name} for overtime"]

    sent(open_page(va, claim, tab="Calls"), "Escalate")

    assert "book a call: with a reason also against the calendar" in words_of(open_page(boss, claim, tab="Calls"))


def test_others_of_the_client_do_not_end_it(open_page: Open, client: int, va: Actor, dana: Actor, claim: int) -> None:
    sent(open_page(va, claim, tab="Calls"), "overtime")

    labels = {each.label for each in open_page(factories.staff(Role.VA, client), claim, tab="Calls").button}

    assert not labels & {"Decline request", "Withdraw request"}
