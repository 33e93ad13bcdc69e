"""What a page that has been left still asks for: nobody is called back to it, and the next page stands."""

import threading
from types import SimpleNamespace
from typing import NamedTuple

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.scriptrunner import RerunData, ScriptRunner
from streamlit.runtime.scriptrunner_utils.script_requests import ScriptRequests

from core import instant
from core.access import Role
from core.live import pages_first
from pages.door.turns import Turns
from tests import factories, signing_in
from tests.conftest import Desk
from tests.served import Page, Served


class Shown(NamedTuple):
    """What a browser knows of the page that it shows: its number, and those of the parts that are drawn by themselves."""

    page: str
    parts: set[str]


def shown(page: Page, address: str) -> Shown:
    """Open *address*; what is drawn first can be another page, as where access has just changed."""
    while True:
        sent = page.run(address)
        menus = [each.navigation for each in sent if each.HasField("navigation")]
        pages = {menu.page_script_hash for menu in menus}
        asked = {each.page_script_hash for menu in menus for each in menu.app_pages if each.url_pathname == address}
        parts = {each.delta.fragment_id for each in sent if each.delta.fragment_id}
        if pages == asked and parts:
            return Shown(*pages, parts)


def test_a_part_of_a_page_that_was_left_is_not_drawn_over_the_next(served: Served) -> None:
    va = signing_in.person(Role.VA, factories.client())
    with served.page(cookie=served.cookies(signing_in.sign_in(va, at=instant.now()))) as page:
        left, here = shown(page, "log_claim"), shown(page, "import_feed")
        common = left.parts & here.parts  # as the one that watches over the sign-in on every page
        assert common

        then = []
        for part in common:
            # The browser has not heard of the next page yet when the timer of the one before asks.
            page.send(BackMsg(rerun_script={"page_script_hash": left.page, "fragment_id": part}))
            with served.page(cookie=served.cookies()) as another:
                another.run()  # by then the server has taken up what was asked
            then += page.run("import_feed")

    assert left.page not in {each.new_session.page_script_hash for each in then if each.HasField("new_session")}


@pytest.mark.parametrize(
    ("asked", "drawn"),
    [
        (RerunData(page_script_hash="left", fragment_id_queue=["part"]), False),
        (RerunData(page_script_hash="here", fragment_id_queue=["part"]), True),
        (RerunData(page_script_hash="left"), True),
    ],
    ids=["a part of the page that was left", "a part of the page that is shown", "the page that was left, as a whole"],
)
def test_what_is_drawn(monkeypatch: pytest.MonkeyPatch, asked: RerunData, drawn: bool) -> None:
    taken: list[tuple[RerunData, bool]] = []
    monkeypatch.setattr(ScriptRunner, "_run_script", lambda _, turn: taken.append((turn, pages_first.going_on())))
    runner = Turns.__new__(Turns)  # of a runner only what a turn is judged by
    monkeypatch.setattr(runner, "_pages_manager", SimpleNamespace(current_page_script_hash="here"), raising=False)

    runner._run_script(asked)

    assert taken == [(asked, True)] * drawn  # what the live lists have to tell waits for it
    assert not pages_first.going_on()


@pytest.mark.parametrize("coming", [RerunData(page_script_hash="next"), RerunData(page_name="next")])
@pytest.mark.parametrize(
    "asked",
    [
        RerunData(page_script_hash="left", fragment_id="part"),
        RerunData(page_script_hash="next", fragment_id="part"),
        RerunData(page_script_hash="left", is_auto_rerun=True),
    ],
    ids=["a part of it", "a part of the next", "because access changed"],
)
def test_what_is_asked_of_the_page_that_is_being_left_does_not_keep_the_next_from_its_turn(
    coming: RerunData, asked: RerunData
) -> None:
    runner = Turns.__new__(Turns)  # of a runner only what is asked of it
    runner._requests = ScriptRequests()
    runner._join_wake_lock, runner._join_wake_coordinator = threading.Lock(), None
    assert runner.request_rerun(coming)

    assert runner.request_rerun(asked)

    turn = runner._requests.on_scriptrunner_ready().rerun_data
    assert (turn.page_script_hash, turn.page_name) == (coming.page_script_hash, coming.page_name)
    assert turn.fragment_id_queue == []


def test_a_page_that_somebody_goes_back_to_at_once_is_the_one_that_is_drawn() -> None:
    runner = Turns.__new__(Turns)
    runner._requests = ScriptRequests()
    runner._join_wake_lock, runner._join_wake_coordinator = threading.Lock(), None
    assert runner.request_rerun(RerunData(page_script_hash="next"))

    assert runner.request_rerun(RerunData(page_script_hash="left"))

    assert runner._requests.on_scriptrunner_ready().rerun_data.page_script_hash == "left"


def test_whose_access_changes_stays_on_the_page_with_its_address(served_desk: Desk, served: Served) -> None:
    client, another = factories.client(), factories.client()
    claim, va = factories.claim(client), signing_in.person(Role.VA, client)
    with served.page(cookie=served.cookies(signing_in.sign_in(va, at=instant.now()))) as page:
        page.send(BackMsg(rerun_script={"page_name": "claim", "query_string": f"client={client}&claim={claim}"}))
        before = _drawn(page)
        with served_desk.owner() as db:  # announced by the database, as an administrator's change is
            db.execute("insert into staff_client (staff_id, client_id) values (%s, %s)", (va.staff_id, another))

        after = _drawn(page)

    assert _page_of(after) == _page_of(before)
    assert f"· C-{claim}" in _texts(after)


def _drawn(page: Page) -> list[ForwardMsg]:
    """Return what was sent until a whole run has finished."""
    while True:
        sent = page.drawn()
        if any(each.HasField("navigation") for each in sent):
            return sent


def _page_of(sent: list[ForwardMsg]) -> set[str]:
    return {each.navigation.page_script_hash for each in sent if each.HasField("navigation")}


def _texts(sent: list[ForwardMsg]) -> str:
    return " ".join(each.delta.new_element.heading.body for each in sent if each.HasField("delta"))
