"""What a page that has been left still asks for: nobody is called back to it, and the next page stands."""

from types import SimpleNamespace
from typing import NamedTuple
from urllib.request import urlopen

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.runtime.scriptrunner import RerunData, ScriptRunner

from core import instant
from core.access import Role
from pages.door.turns import Turns
from tests import factories, signing_in
from tests.served import Page, Served


class Shown(NamedTuple):
    """What a browser knows of the page that it shows: its number, and those of the parts that are drawn by themselves."""

    page: str
    parts: set[str]


def shown(page: Page, address: str) -> Shown:
    """Open *address*; a run that another one overtakes, as where access has just changed, is not the last."""
    while True:
        sent = page.run(address)
        pages = [each.navigation.page_script_hash for each in sent if each.HasField("navigation")]
        parts = {each.delta.fragment_id for each in sent if each.delta.fragment_id}
        if pages and parts:
            return Shown(pages[-1], parts)


def test_a_part_of_a_page_that_was_left_is_not_drawn_over_the_next(served: Served) -> None:
    va = signing_in.person(Role.VA, factories.client())
    with served.page(cookie=served.cookies(signing_in.sign_in(va, at=instant.now()))) as page:
        left, here = shown(page, "intake"), shown(page, "import_claims")
        [part, *_] = left.parts & here.parts  # as the one that watches over the sign-in on every page

        then = []
        for _ in range(5):  # two requests that wait together become one turn, as the later of them asks
            # The browser has not heard of the next page yet when the timer of the one before asks.
            page.send(BackMsg(rerun_script={"page_script_hash": left.page, "fragment_id": part}))
            urlopen(f"{served.address}/health/live").close()  # by then the server has taken it up
            then += page.run("import_claims")

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
    taken: list[RerunData] = []
    monkeypatch.setattr(ScriptRunner, "_run_script", lambda _, turn: taken.append(turn))
    runner = Turns.__new__(Turns)  # of a runner only what a turn is judged by
    monkeypatch.setattr(runner, "_pages_manager", SimpleNamespace(current_page_script_hash="here"), raising=False)

    runner._run_script(asked)

    assert taken == [asked] * drawn
