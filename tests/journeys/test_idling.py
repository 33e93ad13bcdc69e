"""Going away from the desk: the session idles out before everybody's eyes, however much the page refreshes itself."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from core import assignment, instant
from core.access import Role
from core.settings import Settings
from core.transactions import transaction
from tests import factories, signing_in
from tests.conftest import Desk
from tests.journeys.conftest import Visit
from tests.served import Served, serve

pytestmark = pytest.mark.journey

IDLE_MINUTES = Settings().idle_minutes
IDLE_SECONDS = 15
"""How long one may be away where that is waited for."""


def seen(desk: Desk) -> Any:
    with desk.owner() as db:
        return db.execute("select last_seen_at from staff_session").fetchone()[0]


def go_away(desk: Desk, minutes: float) -> None:
    """Let it be so many minutes longer ago that the one who is signed in was seen."""
    with desk.owner() as db:
        db.execute("update staff_session set last_seen_at = last_seen_at - make_interval(secs => %s)", (minutes * 60,))


class TestWhereOneMayBeAwayForAMomentOnly:
    @pytest.fixture
    def served(self, desk: Desk, tmp_path: Path) -> Iterator[Served]:
        """The real server, told how long that is."""
        with serve(desk, tmp_path, env={"IDLE_MINUTES": str(IDLE_SECONDS / 60)}, forked=True) as running:
            yield running

    def test_a_board_that_refreshes_itself_empties_and_asks_for_the_sign_in(self, desk: Desk, visit: Visit) -> None:
        client = factories.client()
        claim = factories.claim(client, reported_at=instant.now())
        chief, va = factories.staff(Role.SUPERVISOR), factories.staff(Role.VA, client)
        page = visit("/live_intake", as_=signing_in.person(Role.SUPERVISOR))
        who = page.locator(".board td[data-column=who]")
        expect(who).to_have_text("Nobody yet")
        left = seen(desk)

        # Others go on working, and the board shows it, as long as the one who went away may look.
        refreshed = 0
        for to in [va, None] * 200:
            if instant.now() > left + timedelta(seconds=IDLE_SECONDS - 2):
                break
            with transaction(chief) as tx:
                assignment.assign(chief, tx, claims=[(client, claim)], to=to.staff_id if to else None, at=instant.now())
            expect(who).to_have_text(to.name if to else "Nobody yet")
            refreshed += 1
        assert refreshed > 2

        expect(page.get_by_label("Password", exact=True)).to_be_visible()
        expect(page.locator(".board tbody tr")).to_have_count(0)
        assert instant.now() >= left + timedelta(seconds=IDLE_SECONDS), "not before the time was up"
        assert seen(desk) == left, "nothing that the page did by itself was taken for the person"


def test_the_next_key_after_it_finds_the_sign_in(desk: Desk, visit: Visit) -> None:
    page = visit("/people", as_=signing_in.person(Role.ADMINISTRATOR))
    expect(page.get_by_role("heading", name="People")).to_be_visible()
    go_away(desk, IDLE_MINUTES)

    page.keyboard.press("j")

    expect(page.get_by_label("Password", exact=True)).to_be_visible()
    expect(page.get_by_role("heading", name="People")).to_have_count(0)


def test_somebody_who_works_stays(desk: Desk, visit: Visit) -> None:
    page = visit("/people", as_=signing_in.person(Role.ADMINISTRATOR))
    expect(page.get_by_role("heading", name="People")).to_be_visible()
    for name in ["Status", "People", "Status"]:
        go_away(desk, IDLE_MINUTES * 0.6)
        page.get_by_role("link", name=name).click()
        expect(page.get_by_role("heading", name=name)).to_be_visible()


def test_the_page_warns_before_the_end_and_a_key_or_scrolling_stays(desk: Desk, visit: Visit) -> None:
    page = visit("/people", as_=signing_in.person(Role.ADMINISTRATOR))
    expect(page.get_by_role("heading", name="People")).to_be_visible()
    expect(page.locator(".desk-leaving")).to_be_attached()
    warning = page.get_by_role("alert").filter(has_text="because nothing was done here. Press any key to stay.")

    for stay in (
        lambda: page.keyboard.press("j"),
        lambda: page.mouse.wheel(0, 100),
        lambda: page.get_by_role("button", name="Stay").click(),
    ):
        go_away(desk, IDLE_MINUTES - 1)
        away = seen(desk)
        come_back_into_sight(page)
        expect(warning).to_be_visible()
        assert seen(desk) == away, "the warning itself is nothing that a person does"

        stay()

        expect(warning).to_be_hidden()
        assert seen(desk) > away

    go_away(desk, IDLE_MINUTES)
    come_back_into_sight(page)
    expect(page.get_by_label("Password", exact=True)).to_be_visible()


def come_back_into_sight(page: Page) -> None:
    """Have the page ask how long the sign-in is still good, as it does by itself when that is about to end."""
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
