"""Files are made when they are asked for, outside of any run: who asks is found out then, not when the page was drawn."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from core import feeds, instant, staff
from core.access import Actor, NotAllowed, Role
from core.transactions import acting
from pages import menu
from pages.door.headers import SESSION
from pages.parts import desk as at_desk
from pages.parts.import_feed import kinds
from tests import claim_feeds, factories, signing_in
from tests.conftest import Desk
from tests.factories import NOW

SECTIONS = Path(menu.__file__).parent
REFUSED = b"Claim No;Employee;Date of Injury;Date Reported\nA-3;;11/21/2026;11/23/2026\n"

Files = list[Callable[[], bytes]]


class Browser:
    """A page open in a browser: whose session it is, and the files that it offers."""

    def __init__(self, page: str, person: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
        self.person = person
        self.token = signing_in.sign_in(person, at=NOW)
        self.files: Files = []
        monkeypatch.setattr(type(st.context), "cookies", property(lambda _: {SESSION: self.token}))
        monkeypatch.setattr(st, "download_button", lambda _, made, *__, **___: self.files.append(made))
        drawn = AppTest.from_file(str(SECTIONS / page), default_timeout=30)
        drawn.session_state["first_contact.more"] = True  # its downloads are drawn when asked for
        assert not drawn.run().exception


@pytest.fixture(
    params=[
        ("coordination/import_feed.py", Role.SUPERVISOR),
        ("supervision/first_contact.py", Role.SUPERVISOR),
        ("compliance/access_log.py", Role.COMPLIANCE),
    ],
    ids=lambda param: param[0],
)
def browser(request: pytest.FixtureRequest, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Browser:
    """A page that offers files, open before somebody of its role."""
    instant.set_clock(lambda: NOW)
    client = factories.client()
    factories.claim(client, reported_at=NOW - timedelta(days=3))
    page, role = request.param
    monkeypatch.setattr(kinds, "KINDS", (feeds.CLAIMS,))  # nobody is asked what a file holds
    person = signing_in.person(role)
    _refused_rows(person if role is Role.SUPERVISOR else factories.staff(Role.SUPERVISOR), client)
    return Browser(page, person, monkeypatch)


def _refused_rows(actor: Actor, client: int) -> None:
    feed = claim_feeds.read_feed(REFUSED)
    with acting(actor) as tx:
        plan = feeds.plan(
            actor,
            tx,
            feeds.CLAIMS,
            client_id=client,
            feed=feed,
            mapping=claim_feeds.mapping_for(feed),
            file_name="feed.csv",
            at=NOW,
        )
    feeds.commit(actor, plan, at=NOW)


def test_a_file_is_made_for_whoever_is_signed_in(browser: Browser) -> None:
    assert browser.files
    assert all(make() for make in browser.files)


def test_no_file_is_made_once_the_session_has_ended(browser: Browser) -> None:
    staff.sign_out(browser.token, at=NOW)

    for make in browser.files:
        with pytest.raises(at_desk.SignedOut):
            make()


def test_no_file_is_made_after_the_session_idled_out(browser: Browser) -> None:
    instant.set_clock(lambda: NOW + timedelta(minutes=16))

    for make in browser.files:
        with pytest.raises(at_desk.SignedOut):
            make()


def test_no_file_is_made_for_a_role_that_was_taken_away(browser: Browser, desk: Desk) -> None:
    with desk.owner() as db:
        db.execute("update staff set role = 'administrator' where staff_id = %s", (browser.person.staff_id,))

    for make in browser.files:
        with pytest.raises(NotAllowed):
            make()
