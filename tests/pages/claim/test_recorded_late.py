"""The forms ask why a contact is recorded so late only where it is, and the timeline says so."""

from datetime import timedelta

from streamlit.testing.v1 import AppTest

from core import contact
from core.access import Role
from core.transactions import transaction
from tests import factories
from tests.conftest import Desk
from tests.core.contact.work import pause
from tests.factories import NOW
from tests.pages.claim.claim_page import Open, moment_of, one, pick, press, tick, words_of

HOUR = timedelta(hours=1)


def whys(page: AppTest) -> list[str]:
    return [each.label for each in page.text_input if each.label == "Why it is recorded so late"]


def say_why(page: AppTest, why: str) -> None:
    next(each for each in page.text_input if each.label == "Why it is recorded so late").set_value(why)


def test_a_first_contact_that_turns_an_overdue_claim_into_one_in_time_says_why(
    open_page: Open, client: int, desk: Desk
) -> None:
    nurse, claim = factories.staff(Role.CLINICAL, client), factories.claim(client, reported_at=NOW - 26 * HOUR)
    page = press(open_page(nurse, claim), "Record first contact")
    for item in ("Full name", "Date of birth", "Who we are and why we call"):
        tick(page, item)
    pick(page, "Work", contact.WorkStatus.RESTRICTED)
    moment_of(page, "Time of the call").set_value("11/24/2026 06:30")
    assert not whys(page)
    press(page, "Record first contact")
    assert [each.value for each in page.error] == [contact.LatenessNotExplained.text]

    say_why(page, "The line was *down*.")
    press(page, "Record first contact")

    assert one(desk, "select first_contact_at from claim") == NOW - 2.5 * HOUR
    assert "Recorded 2 h 30 min later: The line was *down*." in words_of(page)


def test_so_it_does_where_the_clock_was_paused_when_that_was_too_late(open_page: Open, client: int, desk: Desk) -> None:
    nurse, claim = factories.staff(Role.CLINICAL, client), factories.claim(client, reported_at=NOW - 26 * HOUR)
    pause(factories.staff(Role.SUPERVISOR), client, claim, at=NOW - HOUR)
    page = press(open_page(nurse, claim), "Record first contact")
    moment_of(page, "Time of the call").set_value("11/24/2026 06:30")

    press(page, "Record first contact")

    assert contact.LatenessNotExplained.text in [each.value for each in page.error]
    assert whys(page)


def test_a_first_contact_is_told_at_once_of_all_that_it_lacks(open_page: Open, client: int) -> None:
    nurse, claim = factories.staff(Role.CLINICAL, client), factories.claim(client, reported_at=NOW - 26 * HOUR)
    page = press(open_page(nurse, claim), "Record first contact")
    moment_of(page, "Time of the call").set_value("11/24/2026 06:30")

    press(page, "Record first contact")

    lacking = (
        contact.IdentityNotConfirmed, contact.NothingExplained, contact.WorkNotSaid, contact.LatenessNotExplained,
    )  # fmt: skip
    assert [each.value for each in page.error] == [refusal.text for refusal in lacking]


def test_a_pause_that_began_when_the_claim_was_overdue_excuses_nothing(
    open_page: Open, client: int, desk: Desk
) -> None:
    nurse, claim = factories.staff(Role.CLINICAL, client), factories.claim(client, reported_at=NOW - 26 * HOUR)
    boss = factories.staff(Role.SUPERVISOR)
    with transaction(boss) as tx:
        contact.pause_clock(boss, tx, client_id=client, claim_id=claim, reason="Surgery.", at=NOW - HOUR)
    page = press(open_page(nurse, claim), "Record first contact")
    for item in ("Full name", "Date of birth", "Who we are and why we call"):
        tick(page, item)
    pick(page, "Work", contact.WorkStatus.RESTRICTED)
    moment_of(page, "Time of the call").set_value("11/24/2026 06:30")
    press(page, "Record first contact")

    say_why(page, "The line was down.")
    press(page, "Record first contact")

    assert one(desk, "select late_why from contact_attempt") == "The line was down."


def test_an_attempt_of_the_day_before_says_why(open_page: Open, client: int, desk: Desk) -> None:
    va, claim = factories.staff(Role.VA, client), factories.claim(client, reported_at=NOW - 96 * HOUR)
    page = open_page(va, claim)
    pick(page, "Outcome", contact.Outcome.VOICEMAIL)
    moment_of(page, "Made at").set_value("11/21/2026 09:00")
    press(page, "Log attempt")
    assert [each.value for each in page.error] == [contact.LatenessNotExplained.text]

    say_why(page, "Written down on paper.")
    press(page, "Log attempt")

    assert one(desk, "select late_why from contact_attempt") == "Written down on paper."
    assert "Recorded 3 days later: Written down on paper." in words_of(page)
    assert not whys(page)


def test_an_attempt_of_this_shift_is_not_asked_about(open_page: Open, client: int, desk: Desk) -> None:
    page = open_page(factories.staff(Role.VA, client), factories.claim(client, reported_at=NOW - 30 * HOUR))
    pick(page, "Outcome", contact.Outcome.VOICEMAIL)
    moment_of(page, "Made at").set_value("11/24/2026 06:00")

    press(page, "Log attempt")

    assert not whys(page)
    assert one(desk, "select at from contact_attempt") == NOW - 3 * HOUR
