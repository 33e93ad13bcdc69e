"""Going away from the desk: the session idles out before everybody's eyes, however much the page refreshes itself."""

from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from core import assignment, instant
from core.access import Role
from core.settings import Settings
from core.transactions import transaction
from tests import factories, signing_in
from tests.conftest import Desk
from tests.journeys.conftest import Visit, fill_in

pytestmark = pytest.mark.journey

IDLE_MINUTES = Settings().idle_minutes
SOON = timedelta(seconds=3)
"""How long before its end the last is waited for."""


def seen(desk: Desk) -> Any:
    with desk.owner() as db:
        return db.execute("select last_seen_at from staff_session").fetchone()[0]


def go_away(desk: Desk, minutes: float) -> None:
    """Let it be so many minutes longer ago that the one who is signed in was seen."""
    with desk.owner() as db:
        db.execute("update staff_session set last_seen_at = last_seen_at - make_interval(secs => %s)", (minutes * 60,))


def come_back_into_sight(page: Page) -> None:
    """Have the page ask how long the sign-in is still good, as it does by itself when that is about to end."""
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


def test_the_page_warns_before_the_end_and_what_a_person_does_stays_but_not_what_a_board_does_by_itself(
    desk: Desk, visit: Visit
) -> None:
    client = factories.client()
    claim = factories.claim(client, reported_at=instant.now())
    chief, va = factories.staff(Role.SUPERVISOR), factories.staff(Role.VA, client)
    supervisor = signing_in.person(Role.SUPERVISOR)
    page = visit("/live_intake", as_=supervisor)
    who = page.locator(".board td[data-column=who]")
    expect(who).to_have_text("Nobody yet")
    expect(page.locator(".desk-leaving")).to_be_attached()
    warning = page.get_by_role("alert").filter(has_text="because nothing was done here. Press any key to stay.")

    def nearly_leave() -> Any:
        go_away(desk, IDLE_MINUTES - 1)
        away = seen(desk)
        come_back_into_sight(page)
        expect(warning).to_be_visible()
        assert seen(desk) == away, "the warning itself is nothing that a person does"
        return away

    for stay in (
        lambda: page.keyboard.press("j"),
        lambda: page.mouse.wheel(0, 100),
        # By itself: a pointer that is pressed anywhere stays already.
        lambda: page.get_by_role("button", name="Stay").dispatch_event("click"),
    ):
        away = nearly_leave()

        stay()

        expect(warning).to_be_hidden()
        assert seen(desk) > away

    # Others go on working, and the board shows it, as long as the one who went away may look.
    away = nearly_leave()
    for to in (va, None, va):
        with transaction(chief) as tx:
            assignment.assign(chief, tx, claims=[(client, claim)], to=to.staff_id if to else None, at=instant.now())
        expect(who).to_have_text(to.name if to else "Nobody yet")
    assert seen(desk) == away, "nothing that the page did by itself was taken for the person"

    end = instant.now() + SOON
    go_away(desk, (away + timedelta(minutes=IDLE_MINUTES) - end) / timedelta(minutes=1))
    left = seen(desk)
    come_back_into_sight(page)
    expect(page.get_by_label("Password", exact=True)).to_be_visible()
    expect(page.locator(".board tbody tr")).to_have_count(0)
    assert instant.now() >= end, "not before the time was up"
    assert seen(desk) == left

    # Where the page has not asked since, as on a machine that slept, the next key finds it out.
    fill_in(page, supervisor.sign_in_name)
    expect(who).to_have_text(va.name)
    expect(page.locator(".desk-leaving")).to_be_attached()
    go_away(desk, IDLE_MINUTES)

    page.keyboard.press("j")

    expect(page.get_by_label("Password", exact=True)).to_be_visible()
    expect(page.locator(".board tbody tr")).to_have_count(0)
