"""Importing a feed on screen: what was shown is what is done."""

import time
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from threading import Event
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from core import feeds
from core.access import Actor, Role
from core.feeds import Imported
from pages import menu
from tests import factories
from tests.conftest import Desk
from tests.pages.conftest import SitDown
from tests.workbooks import workbook

PAGE = str(Path(menu.__file__).parent / "coordination" / "import_claims.py")
FEED = (
    b"Claim No;Employee;Date of Injury;Date Reported\n"
    b"A-1;Ana Sample;11/20/2026;11/23/2026 09:10\n"
    b"A-2;Bo Sample;11/21/2026;11/23/2026\n"
    b"A-3;;11/21/2026;11/23/2026\n"
)

Open = Callable[[Actor], AppTest]


@pytest.fixture
def open_page(sit_down: SitDown, desk: Desk) -> Open:
    """Open the page as somebody."""

    def run(actor: Actor) -> AppTest:
        sit_down(actor)
        page = AppTest.from_file(PAGE, default_timeout=30).run()
        assert not page.exception
        return page

    return run


def upload(page: AppTest, data: bytes = FEED) -> AppTest:
    page.file_uploader[0].set_value(("feed.csv", data, "text/csv")).run()
    assert not page.exception
    return page


def press(page: AppTest, start: str) -> AppTest:
    next(button for button in page.button if button.label.startswith(start)).click().run()
    assert not page.exception
    return page


def choose(page: AppTest, code: str) -> None:
    box = page.selectbox(key="import.client")
    box.select(next(option for option in box.options if f"({code})" in option)).run()


def finish(page: AppTest) -> AppTest:
    """Wait for the import's own thread."""
    until = time.monotonic() + 20
    while page.session_state["import.running"] and not page.session_state["import.running"].over.wait(0.05):
        assert time.monotonic() < until
    page.run()
    assert not page.exception
    return page


def said(page: AppTest) -> str:
    return "\n".join(each.value for each in [*page.success, *page.error, *page.info, *page.caption, *page.text])


def claims(desk: Desk) -> int:
    with desk.owner() as db:
        return db.execute("select count(*) from claim").fetchone()[0]


def test_a_file_is_mapped_planned_and_imported(open_page: Open, desk: Desk) -> None:
    page = upload(open_page(factories.staff(Role.VA, factories.client())))
    chosen = {box.label: box.value for box in page.selectbox}
    assert chosen["Worker's full name"] == "Employee"
    assert chosen["Date reported"] == "Date Reported"

    press(page, "Show what would happen")
    assert [metric.value for metric in page.metric] == ["3", "2", "0", "1"]
    assert claims(desk) == 0

    finish(press(page, "Import 2 new claims"))
    assert "2 new claims taken in. Reported before: 0. Refused: 1." in said(page)
    assert claims(desk) == 2
    with desk.owner() as db:
        saved = db.execute("select mapping -> 'columns' ->> 'full_name' from feed_mapping").fetchone()
    assert saved == ("Employee",)


UNSHOWN = (
    b"Claim No;Employee;Date of Injury;Date Reported\n"
    b"A-1;Ana Sample;03/04/2026;04/05/2026 09:10\n"
    b"A-2;Bo Sample;03/06/2026;04/07/2026\n"
)


def injured(desk: Desk) -> list[str]:
    with desk.owner() as db:
        return [str(row[0]) for row in db.execute("select date_of_injury from claim order by claim_id")]


class TestTheOrderOfDayAndMonth:
    def test_is_asked_once_where_the_file_does_not_show_it(self, open_page: Open, desk: Desk) -> None:
        va = factories.staff(Role.VA, factories.client())
        page = press(upload(open_page(va), UNSHOWN), "Show what would happen")
        [asked] = page.radio

        assert asked.label == "03/04/2026 in 'Date of Injury': 4 March 2026 or 3 April 2026?"
        assert (asked.options, asked.value) == (["4 March 2026", "3 April 2026"], None)
        assert not page.metric, "nothing is planned before it is answered"

        asked.set_value("dmy").run()
        assert [metric.value for metric in page.metric] == ["2", "2", "0", "0"]
        finish(press(page, "Import 2 new claims"))
        assert injured(desk) == ["2026-04-03", "2026-06-03"]

        again = press(upload(open_page(va), UNSHOWN.replace(b"A-", b"B-")), "Show what would happen")
        assert not again.radio, "the answer is kept for the client"
        assert again.metric

    def test_can_be_answered_otherwise_before_the_import(self, open_page: Open, desk: Desk) -> None:
        page = upload(open_page(factories.staff(Role.VA, factories.client())), UNSHOWN)
        press(page, "Show what would happen")
        page.radio[0].set_value("dmy").run()
        page.radio[0].set_value("mdy").run()

        finish(press(page, "Import 2 new claims"))

        assert injured(desk) == ["2026-03-04", "2026-03-06"]

    def test_is_not_asked_where_a_column_shows_it(self, open_page: Open) -> None:
        page = press(upload(open_page(factories.staff(Role.VA, factories.client()))), "Show what would happen")

        assert not page.radio


def test_a_mapping_corrected_by_hand_is_the_one_that_counts(open_page: Open, desk: Desk) -> None:
    page = upload(open_page(factories.staff(Role.VA, factories.client())))
    next(box for box in page.selectbox if box.label == "Date reported").select("Not in this file")

    press(page, "Show what would happen")

    assert [metric.value for metric in page.metric] == ["3", "0", "0", "3"]


def test_a_saved_mapping_that_does_not_fit_the_file_is_said(open_page: Open) -> None:
    va = factories.staff(Role.VA, factories.client())
    page = upload(open_page(va))
    assert "saved" not in said(page)
    finish(press(press(page, "Show what would happen"), "Import"))

    page = upload(open_page(va), FEED.replace(b"Date of Injury", b"DOI"))

    assert "does not have: 'Date of Injury' for Date of injury" in said(page)
    assert next(box for box in page.selectbox if box.label == "Date of injury").value == "DOI"


def test_an_import_is_undone_until_somebody_has_worked_on_it(open_page: Open, desk: Desk) -> None:
    page = upload(open_page(factories.staff(Role.VA, factories.client())))
    finish(press(press(page, "Show what would happen"), "Import"))

    press(page, "Undo: take back 2 claims")

    assert claims(desk) == 0
    assert "Undone." in said(page)
    assert not [button for button in page.button if button.label.startswith("Undo")]


def test_a_page_loaded_anew_finds_the_running_import_with_its_progress_and_cancel(
    open_page: Open, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit, go_on = feeds.commit, Event()

    def slow(*args: Any, **more: Any) -> Imported:
        go_on.wait(20)
        return commit(*args, **more)

    monkeypatch.setattr(feeds, "commit", slow)
    first, second = factories.client("ACME"), factories.client("ZENITH")
    va = factories.staff(Role.VA, first, second)
    page = open_page(va)
    choose(page, "ZENITH")
    press(press(upload(page), "Show what would happen"), "Import")

    anew = open_page(va)
    colleague = open_page(factories.staff(Role.VA, first, second))

    assert [button.label for button in anew.button] == ["Cancel the import"]
    assert [box.label for box in colleague.selectbox] == ["Client"], "it is nobody else's"
    press(anew, "Cancel")
    go_on.set()
    finish(anew)
    assert "was cancelled" in said(anew)
    assert anew.selectbox(key="import.client").value.code == "ZENITH"
    assert claims(desk) == 0


def test_it_says_when_the_file_is_read_and_planned(open_page: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    monkeypatch.setattr(st, "spinner", lambda text: told.append(text) or nullcontext())

    page = upload(open_page(factories.staff(Role.VA, factories.client())))
    assert told == ["Reading the file…"]
    press(page, "Show what would happen")
    assert told == ["Reading the file…", "Planning…"]


@pytest.mark.parametrize(("injured", "height"), [("11/20/2026", 0), ("11/29/2026", 66)])
def test_rows_are_high_where_a_reason_runs_over_several_lines(open_page: Open, injured: str, height: int) -> None:
    row = f"A-1;Ana Sample;{injured};11/23/2026 00:00" if height else f"A-1;Ana Sample;{injured};11/23/2026 09:10"
    page = upload(open_page(factories.staff(Role.VA, factories.client())), FEED.splitlines()[0] + f"\n{row}\n".encode())

    press(page, "Show what would happen")

    assert page.dataframe[-1].proto.row_height == height


def test_an_import_that_holds_an_earlier_one_is_undone_first(open_page: Open, desk: Desk) -> None:
    page = open_page(factories.staff(Role.VA, factories.client()))
    for _ in range(2):
        finish(press(press(upload(page), "Show what would happen"), "Import" if not claims(desk) else "Keep"))

    press(page, "Undo: take back 2 claims")
    assert "Rows were left out because the claims of this import were there already: feed.csv of" in said(page)
    assert claims(desk) == 2

    press(page, "Undo: take back 0 claims")
    press(page, "Undo: take back 2 claims")
    assert claims(desk) == 0


def test_an_undo_is_asked_for_before_it_is_done(open_page: Open) -> None:
    page = upload(open_page(factories.staff(Role.VA, factories.client())))
    finish(press(press(page, "Show what would happen"), "Import"))

    [asking] = page.get("popover")
    assert [each.label for each in asking.button] == ["Undo: take back 2 claims"]
    assert [each.value for each in asking.markdown] == [
        "This deletes the 2 claims of this import, with their workers, stories and open questions."
    ]


def test_the_client_stays_chosen_when_the_import_is_over(open_page: Open, desk: Desk) -> None:
    first, second = factories.client("ACME"), factories.client("ZENITH")
    page = open_page(factories.staff(Role.VA, first, second))
    choose(page, "ZENITH")
    finish(press(press(upload(page), "Show what would happen"), "Import"))
    page.run()

    assert page.selectbox(key="import.client").value.code == "ZENITH"
    press(page, "Undo: take back 2 claims")
    assert claims(desk) == 0
    assert "taken in" not in said(page)


def test_worked_on_imports_offer_no_undo(open_page: Open, desk: Desk) -> None:
    page = upload(open_page(factories.staff(Role.VA, factories.client())))
    finish(press(press(page, "Show what would happen"), "Import"))
    with desk.owner() as db:
        db.execute("update claim set assignee_id = 1, assigned_at = now()")

    page.run()

    assert "Somebody has worked on its claims." in said(page)
    assert not [button for button in page.button if button.label.startswith("Undo")]


def test_columns_that_have_names_of_ours_or_each_others_are_all_shown(open_page: Open) -> None:
    page = upload(
        open_page(factories.staff(Role.VA, factories.client())),
        b"Row,Employee,Phone,Phone,Date of injury\n7,Ana Sample,1,2,1/1/2026\n",
    )

    shown = page.dataframe[0].value
    assert list(shown.columns) == ["Row of the file", "Row", "Employee", "Phone", "Phone (2)", "Date of injury"]
    assert shown.iloc[0].tolist() == [2, "7", "Ana Sample", "1", "2", "1/1/2026"]
    assert "2 columns have the heading" in said(page)


def test_what_stands_around_a_table_is_named(open_page: Open) -> None:
    page = upload(
        open_page(factories.staff(Role.VA, factories.client())), b"Search criteria: all\n" + FEED + b"Total;3\n"
    )

    told = said(page)
    assert "Passed over above the table: row 1 'Search criteria: all'." in told
    assert "Passed over as totals: row 6 'Total 3'." in told


CLAIMS = [line.split(";") for line in FEED.decode().splitlines()]


def test_the_sheet_of_a_workbook_is_chosen(open_page: Open, desk: Desk) -> None:
    data = workbook({"Figures": [["Plant", "Claims"], ["North", 3]], "Claims": CLAIMS, "Last year": CLAIMS[:2]})
    page = upload(open_page(factories.staff(Role.VA, factories.client())), data)
    sheet = next(box for box in page.selectbox if box.label == "Sheet")
    assert (sheet.value, sheet.options) == (None, ["Figures", "Claims", "Last year"])
    assert "More than one sheet" in said(page)

    sheet.select("Claims").run()
    assert "3 rows, sheet Claims" in said(page)
    press(page, "Show what would happen")
    assert [metric.value for metric in page.metric] == ["3", "2", "0", "1"]

    next(box for box in page.selectbox if box.label == "Sheet").select("Last year").run()
    assert not page.metric, "what was planned for one sheet is not done with another"
    finish(press(press(page, "Show what would happen"), "Import 1 new claim"))
    assert claims(desk) == 1
    assert "feed.csv, sheet Last year" in said(page)


def test_the_only_sheet_of_a_workbook_is_read_unasked(open_page: Open) -> None:
    page = upload(open_page(factories.staff(Role.VA, factories.client())), workbook({"Claims": CLAIMS}))

    assert "3 rows, sheet Claims" in said(page)
    assert "Sheet" not in [box.label for box in page.selectbox]


def test_another_sheet_can_be_chosen_where_one_was_read_or_refused(open_page: Open) -> None:
    sheets = {"Claims": CLAIMS, "Read me": [["One row for each claim."]], "Empty": []}
    page = upload(open_page(factories.staff(Role.VA, factories.client())), workbook(sheets))
    assert "3 rows, sheet Claims" in said(page)

    for name, told in (("Empty", "no words in it"), ("Claims", "3 rows, sheet Claims")):
        next(box for box in page.selectbox if box.label == "Sheet").select(name).run()
        assert told in said(page)


def test_a_file_that_is_no_table_is_refused_in_one_sentence(open_page: Open) -> None:
    page = upload(open_page(factories.staff(Role.VA, factories.client())), b"%PDF-1.7")

    assert "This is a PDF" in said(page)


def test_somebody_without_clients_is_told_who_gives_them(open_page: Open) -> None:
    assert "An administrator gives clients" in said(open_page(factories.staff(Role.VA)))


def test_data_that_moved_since_the_preview_is_said(open_page: Open, desk: Desk) -> None:
    va = factories.staff(Role.VA, factories.client())
    first, second = upload(open_page(va)), upload(open_page(va))
    press(first, "Show what would happen")
    press(second, "Show what would happen")
    finish(press(second, "Import"))

    finish(press(first, "Import"))

    assert "The data moved" in said(first)
    assert claims(desk) == 2


class TestWhatIsOnlyOffered:
    FEED = b"Employee,Address,DOI,Date Employer Notified\nAna Sample,12 Oak St,11/20/2026,11/23/2026 09:10\n"

    def test_is_not_used_until_it_is_ticked(self, open_page: Open) -> None:
        page = upload(open_page(factories.staff(Role.VA, factories.client())), self.FEED)
        assert [box.label for box in page.checkbox] == ["Date reported", "Worker's address"]
        why = [each.value for each in page.markdown]
        assert "Date Employer Notified. The heading does not say that the injury was reported here then." in why
        assert "Address. The heading does not say whose address it is." in why

        press(page, "Show what would happen")
        assert [metric.value for metric in page.metric] == ["1", "0", "0", "1"]

        for box in page.checkbox:
            box.check()
        press(page, "Show what would happen")
        assert [metric.value for metric in page.metric] == ["1", "1", "0", "0"]

    def test_is_saved_as_any_other_column_once_it_was_used(self, open_page: Open, desk: Desk) -> None:
        page = upload(open_page(factories.staff(Role.VA, factories.client())), self.FEED)
        for box in page.checkbox:
            box.check()
        finish(press(press(page, "Show what would happen"), "Import 1 new claim"))

        with desk.owner() as db:
            assert db.execute("select address from injured_worker").fetchone() == ("12 Oak St",)
            saved = db.execute("select mapping -> 'columns' ->> 'date_reported' from feed_mapping").fetchone()
        assert saved == ("Date Employer Notified",)
