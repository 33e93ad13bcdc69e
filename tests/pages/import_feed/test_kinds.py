"""Which kind of feed a file is, where a person may take in more than one."""

import pytest

from core.access import Role
from core.feeds import CLAIMS, KINDS
from pages.parts.import_feed import kinds
from tests import factories
from tests.conftest import Desk
from tests.core.feeds_import.importing import rows
from tests.core.feeds_kinds.visits import VISITS, laid_out
from tests.pages.import_feed.import_page import Open, figures, finish, lines, meaning, press, said, upload

DATA = b"Visit #;Visited on;Site\nV-1;11/20/2026;North\nV-1;11/20/2026;North\nV-3;;North\n"


@pytest.fixture
def client(desk: Desk) -> int:
    client_id = factories.client()
    laid_out(desk, client_id, "North")
    return client_id


@pytest.fixture
def two(_one_kind: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kinds, "KINDS", (CLAIMS, VISITS))


def test_it_is_not_asked_where_there_is_one(open_page: Open, client: int) -> None:
    page = open_page(factories.staff(Role.VA, client))

    assert [box.label for box in page.selectbox] == ["Client"]
    assert page.file_uploader[0].label == "Claim feed"


def test_who_may_take_in_claims_and_requests_is_asked(
    open_page: Open, client: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kinds, "KINDS", KINDS)
    page = open_page(factories.staff(Role.VA, client))
    assert [box.options for box in page.selectbox] == [["Claims", "Requested treatments"]]

    page.selectbox(key="import.kind").select("authorizations").run()
    assert page.file_uploader[0].label == "Requested treatment feed"


@pytest.mark.usefixtures("two")
def test_it_is_asked_first_and_then_all_is_of_that_kind(open_page: Open, desk: Desk, client: int) -> None:
    page = open_page(factories.staff(Role.VA, client))
    assert [(box.label, box.options) for box in page.selectbox] == [("What the file holds", ["Claims", "Visits"])]
    assert not page.file_uploader

    page.selectbox(key="import.kind").select("visits").run()
    assert page.file_uploader[0].label == "Visit feed"
    upload(page, DATA)
    assert meaning(page, "Visited on").value == "day"
    press(page, "Show what would happen")
    assert figures(page) == ["3", "1", "0", "1", "1"]
    assert lines(page, "Refused rows") == [
        ["4", "V-3", "Day of the visit", "The day of the visit is missing.",
         "Ask the client for the day of the visit, and send the row again."]
    ]  # fmt: skip
    assert lines(page, "Reported before and new")[0] == ["2", "New visit", "V-1", "Soon, 20 Nov 2026", ""]

    finish(press(page, "Import 1 new visit"))
    assert "1 new visit taken in. Reported before: 1. Refused: 1." in said(page)
    assert page.selectbox(key="import.kind").value == "visits"
    assert rows(desk, "select number from visit") == [("V-1",)]

    press(page, "Undo: take back 1 visit")
    assert rows(desk, "select number from visit") == []
    page.selectbox(key="import.kind").select("claims").run()
    assert "None yet. The first one will stand here, and can be undone until somebody works on its claims." in said(
        page
    )
