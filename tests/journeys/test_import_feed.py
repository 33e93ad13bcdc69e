"""Importing a feed in a browser: upload, map, look, import, fetch what was refused, take it back."""

from pathlib import Path

import pytest

from core.access import Role
from tests import factories, signing_in
from tests.conftest import Desk
from tests.journeys.conftest import Visit

pytestmark = pytest.mark.journey

ROWS = "".join(
    f"A-{n};Sample{n}, Ana;03/04/1985;11/20/2026;11/23/2026 09:10;IL;{'Slipped on the wet floor. ' * 8}\r\n"
    for n in range(2_000)
)
FEED = f"Claim #;Injured worker;DOB;Loss date;Notice date;St;What happened\r\n{ROWS}A-X;;;11/20/2026;11/23/2026;IL;=1+1\r\n"
"""More than a page may send in one message: files go another way."""


def test_a_feed_becomes_claims_and_can_be_taken_back(visit: Visit, desk: Desk, tmp_path: Path) -> None:
    va = signing_in.person(Role.VA, factories.client("ACME"))
    page = visit("/import_feed", as_=va)
    page.get_by_role("combobox", name="What the file holds").click()
    page.get_by_role("option", name="Claims").click()

    page.locator("input[type=file]").set_input_files(
        {"name": "feed.csv", "mimeType": "text/csv", "buffer": FEED.encode("utf-16")}
    )
    page.get_by_role("button", name="Show what would happen").click(timeout=30_000)
    page.get_by_role("button", name="Import 2,000 new claims").click(timeout=60_000)
    page.get_by_text("2,000 new claims taken in. Reported before: 0. Refused: 1.").wait_for(timeout=120_000)

    with page.expect_download() as fetched:
        page.get_by_role("button", name="Download 1 refused row").first.click()
    fetched.value.save_as(tmp_path / "refused.csv")
    assert "'=1+1" in (tmp_path / "refused.csv").read_text(encoding="utf-8-sig")

    page.get_by_role("button", name="Undo", exact=True).click()
    page.get_by_text("This deletes the 2,000 claims of this import").wait_for()
    with desk.owner() as db:
        assert db.execute("select count(*) from claim").fetchone() == (2_000,), "the first click only asks"
    page.get_by_role("button", name="Undo: take back 2,000 claims").click()
    page.get_by_text("2,000 claims taken back.").wait_for(timeout=120_000)
    with desk.owner() as db:
        assert db.execute("select count(*) from claim").fetchone() == (0,)
