"""What a page that has been left still asks for: nobody is called back to it, and the next page stands."""

from typing import NamedTuple

from streamlit.proto.BackMsg_pb2 import BackMsg

from core import instant
from core.access import Role
from tests import factories, signing_in
from tests.served import Page, Served


class Shown(NamedTuple):
    """What a browser knows of the page that it shows: its number, and that of a part which is drawn by itself."""

    page: str
    part: str


def shown(page: Page, address: str) -> Shown:
    """Open *address*; a run that another one overtakes, as where access has just changed, is not the last."""
    while True:
        sent = page.run(address)
        pages = [each.navigation.page_script_hash for each in sent if each.HasField("navigation")]
        parts = [each.delta.fragment_id for each in sent if each.delta.fragment_id]
        if pages and parts:
            return Shown(pages[-1], parts[-1])


def test_a_part_of_a_page_that_was_left_is_not_drawn_over_the_next(served: Served) -> None:
    va = signing_in.person(Role.VA, factories.client())
    with served.page(cookie=served.cookies(signing_in.sign_in(va, at=instant.now()))) as page:
        left = shown(page, "intake")

        # The browser has not heard of the next page yet when the timer of the one before, or a second key, asks.
        page.send(BackMsg(rerun_script={"page_name": "import_claims"}))
        page.send(BackMsg(rerun_script={"page_script_hash": left.page, "fragment_id": left.part}))
        then = page.drawn() + page.run("import_claims")

    begun = [each.new_session.page_script_hash for each in then if each.HasField("new_session")]
    assert len(begun) >= 2
    assert left.page not in begun


def test_a_part_of_the_page_that_is_shown_is_drawn_again(served: Served) -> None:
    va = signing_in.person(Role.VA, factories.client())
    with served.page(cookie=served.cookies(signing_in.sign_in(va, at=instant.now()))) as page:
        here = shown(page, "intake")

        page.send(BackMsg(rerun_script={"page_script_hash": here.page, "fragment_id": here.part}))
        again = page.drawn()

    assert here.part in {each.delta.fragment_id for each in again if each.HasField("delta")}
