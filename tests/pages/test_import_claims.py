"""Importing a feed on screen: what was shown is what is done."""

import re
import time
from collections.abc import Callable
from contextlib import nullcontext
from html import unescape
from pathlib import Path
from threading import Event
from typing import Any

import pytest
import streamlit as st
from prometheus_client import REGISTRY
from streamlit.testing.v1 import AppTest

from core import feeds
from core.access import Action, Actor, Role
from core.feeds import Imported
from core.transactions import transaction
from pages import menu
from tests import factories
from tests.conftest import Desk
from tests.factories import NOW
from tests.pages.conftest import SitDown
from tests.pages.conftest import drawn as everything
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


def figures(page: AppTest) -> list[str]:
    """Return how many rows are read, new, new and overdue, reported before, and refused."""
    return re.findall(r"<dd>([\d,]+)</dd>", drawn(page))


def drawn(page: AppTest) -> str:
    return "".join(html.proto.body for html in page.get("html"))


def lines(page: AppTest, name: str) -> list[list[str]]:
    """Return the cells of each row of a table of the plan, as they read."""
    tables = re.findall(r'aria-label="([^"]*)"><table>(.*?)</table>', drawn(page))
    rows = re.findall(r"<tr>(<td.*?)</tr>", dict(tables)[name])
    return [[unescape(re.sub("<[^>]*>", "", cell)) for cell in re.findall(r"<td[^>]*>(.*?)</td>", row)] for row in rows]


def passed_over(page: AppTest) -> list[str]:
    """Return what had to be put up with in reading the file, as it is listed."""
    [notes] = re.findall('<ul class="desk-notes">(.*?)</ul>', drawn(page))
    return [unescape(note) for note in re.findall("<li>(.*?)</li>", notes)]


def meanings(page: AppTest) -> dict[str, Any]:
    """Return the choice of each column's meaning, by the heading that stands beside it."""
    headings = map(unescape, re.findall('desk-column"><b>(.*?)</b>', drawn(page)))
    boxes = [box for box in page.selectbox if box.label.startswith("Meaning of")]
    return dict(zip(headings, boxes, strict=True))


def meaning(page: AppTest, heading: str) -> Any:
    return meanings(page)[heading]


def claims(desk: Desk) -> int:
    with desk.owner() as db:
        return db.execute("select count(*) from claim").fetchone()[0]


def test_a_file_is_mapped_planned_and_imported(open_page: Open, desk: Desk) -> None:
    page = upload(open_page(factories.staff(Role.VA, factories.client())))
    assert (meaning(page, "Employee").value, meaning(page, "Date Reported").value) == ("full_name", "date_reported")

    press(page, "Show what would happen")
    assert figures(page) == ["3", "2", "1", "0", "1"]
    assert claims(desk) == 0

    finish(press(page, "Import 2 new claims"))
    assert "2 new claims taken in. Reported before: 0. Refused: 1." in said(page)
    assert claims(desk) == 2
    with desk.owner() as db:
        saved = db.execute("select mapping -> 'columns' ->> 'full_name' from feed_mapping").fetchone()
    assert saved == ("Employee",)


def test_the_plan_and_its_button_stand_above_the_columns_of_the_file(open_page: Open) -> None:
    page = upload(open_page(factories.staff(Role.VA, factories.client())))
    press(page, "Show what would happen")

    order = [
        each.label if each.type == "button" else each.value
        for each in everything(page.main)
        if each.type in ("button", "subheader")
    ]
    assert order.index("What would happen") < order.index("Import 2 new claims") < order.index("Which column is what")


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
        assert not figures(page), "nothing is planned before it is answered"
        told = [each for each in everything(page.main) if each.type in ("radio", "subheader")]
        assert told.index(asked) < next(n for n, each in enumerate(told) if each.value == "Which column is what")

        asked.set_value("dmy").run()
        assert figures(page) == ["2", "2", "2", "0", "0"]
        finish(press(page, "Import 2 new claims"))
        assert injured(desk) == ["2026-04-03", "2026-06-03"]

        again = press(upload(open_page(va), UNSHOWN.replace(b"A-", b"B-")), "Show what would happen")
        assert not again.radio, "the answer is kept for the client"
        assert figures(again)

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
    meaning(page, "Date Reported").select("")

    press(page, "Show what would happen")

    assert figures(page) == ["3", "0", "0", "0", "3"]


def test_a_saved_mapping_that_does_not_fit_the_file_is_said(open_page: Open) -> None:
    va = factories.staff(Role.VA, factories.client())
    page = upload(open_page(va))
    assert "saved" not in said(page)
    finish(press(press(page, "Show what would happen"), "Import"))

    page = upload(open_page(va), FEED.replace(b"Date of Injury", b"DOI"))

    assert "does not have: 'Date of Injury' for Date of injury" in said(page)
    assert meaning(page, "DOI").value == "date_of_injury"


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


def test_an_import_that_fails_is_a_defect_with_its_reference_place_and_count(
    open_page: Open, desk: Desk, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: Any, **__: Any) -> Imported:
        raise ValueError("Robin Sample")

    monkeypatch.setattr(feeds, "commit", fail)
    page = upload(open_page(factories.staff(Role.VA, factories.client())))
    before = REGISTRY.get_sample_value("desk_defects_total") or 0

    finish(press(press(page, "Show what would happen"), "Import"))

    [reference] = re.findall(r"The import stopped and took nothing in. Reference (\w+)\.", said(page))
    assert f"defect {reference}: ValueError at running.py" in caplog.text
    assert "Robin" not in caplog.text
    assert REGISTRY.get_sample_value("desk_defects_total") == before + 1


def test_it_says_when_the_file_is_read_and_planned(open_page: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    monkeypatch.setattr(st, "spinner", lambda text: told.append(text) or nullcontext())

    page = upload(open_page(factories.staff(Role.VA, factories.client())))
    assert told == ["Reading the file…"]
    press(page, "Show what would happen")
    assert told == ["Reading the file…", "Planning…"]


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


def test_each_column_is_a_row_with_what_stands_in_it_and_its_meaning(open_page: Open) -> None:
    page = upload(
        open_page(factories.staff(Role.VA, factories.client())),
        b"Row,Employee,Phone,Phone,Date of injury,Shift\n"
        b"7,Ana Sample,312-555-0101,2,1/1/2026,\n"
        b"7,<b>Bo</b>  Sample,,3,1/2/2026,\n"
        b"8,A name that is longer than twenty-eight letters,,3,1/3/2026,\n"
        b"9,Di Sample,,3,1/4/2026,\n",
    )

    rows = re.findall(r'<div class="desk-column"><b>(.*?)</b><span>(.*?)</span></div>', drawn(page))
    assert rows == [
        ("Row", "7 · 8 · 9"),
        ("Employee", "Ana Sample · &lt;b&gt;Bo&lt;/b&gt; Sample · A name that is longer than …"),
        ("Phone", "312-555-0101"),
        ("Phone (2)", "2 · 3"),
        ("Date of injury", "1/1/2026 · 1/2/2026 · 1/3/2026"),
        ("Shift", "empty"),
    ]
    assert {heading: box.value for heading, box in meanings(page).items()} == {
        "Row": "",
        "Employee": "full_name",
        "Phone": "phone",
        "Phone (2)": "",
        "Date of injury": "date_of_injury",
        "Shift": "",
    }
    assert any("2 columns have the heading" in note for note in passed_over(page))


def test_two_columns_of_one_meaning_are_named_and_nothing_is_planned(open_page: Open) -> None:
    page = upload(open_page(factories.staff(Role.VA, factories.client())))
    meaning(page, "Claim No").select("full_name")

    press(page, "Show what would happen")

    assert "Two columns are said to be Worker's full name: 'Claim No' and 'Employee'. Choose one" in said(page)
    assert not figures(page)


def test_a_column_that_was_saved_with_two_meanings_keeps_both(open_page: Open, desk: Desk) -> None:
    client = factories.client()
    va = factories.staff(Role.VA, client)
    both = {"full_name": "Employee", "date_of_injury": "Date of Injury", "date_reported": "Date Reported",
            "time_reported": "Date Reported"}  # fmt: skip
    with transaction(va) as tx:
        feeds.save_mapping(va, tx, client_id=client, mapping=feeds.FeedMapping(both), at=NOW)

    page = upload(open_page(va))
    assert "Also Time reported." in drawn(page)
    finish(press(press(page, "Show what would happen"), "Import"))

    with desk.owner() as db:
        [columns] = db.execute("select mapping -> 'columns' from feed_mapping").fetchone()
    assert {field: heading for field, heading in columns.items() if heading} == both


class TestThePlan:
    FEED = (
        b"Claim No;Employee;Date of Injury;Date Reported;Adjuster;$Wage\n"
        b"A-1;Ana Sample;11/20/2026;11/23/2026 09:10;Lee;1\n"
        b"A-2;Bo Sample;11/21/2026;11/23/2026 08:00;Lee;2\n"
        b"A-3;Cy <i>Sample;when?;11/23/2026;Lee;3\n"
        b"A-4;;11/21/2026;11/23/2026;Lee;4\n"
        b"A-5;Di Sample;11/21/2026;11/23/2026 09:10;Lee;5;6\n"
    )

    def planned(self, open_page: Open) -> AppTest:
        page = upload(open_page(factories.staff(Role.VA, factories.client())), self.FEED)
        return press(page, "Show what would happen")

    def test_names_whoever_is_refused_with_what_was_wrong_and_what_to_do(self, open_page: Open) -> None:
        page = self.planned(open_page)
        assert lines(page, "Refused rows") == [
            ["4", "<i>Sample, Cy", "Date of injury", "The date of injury is not a date that can be read.",
             "Write the date as MM/DD/YYYY, and send the row again."],
            ["5", "cannot be read", "Worker's name", "The worker's name cannot be told.",
             "Ask the client for the worker's name, and send the row again."],
            ["6", "Sample, Di", "The whole row",
             "The row has more cells than the file has headings: any of its values may stand wrong.",
             "Put quotation marks around each text that holds a delimiter, and send the row again."],
        ]  # fmt: skip

        finish(press(page, "Import 2 new claims"))
        assert len(lines(page, "Refused rows")) == 3, "they stay in sight once the others are in"

    def test_says_how_many_claims_are_overdue_on_arrival_and_marks_them(self, open_page: Open) -> None:
        page = self.planned(open_page)

        assert figures(page) == ["5", "2", "1", "0", "3"]
        assert [each.value.partition(":")[0] for each in page.warning] == ["1 new claim would arrive already overdue"]
        assert [row[:5] for row in lines(page, "Reported before and new")] == [
            ["3", "New claim", "Sample, Bo", "Overdue by 1 h, Tue 24 Nov 2026, 08:00 CST", "7 questions"],
            ["2", "New claim", "Sample, Ana", "Tue 24 Nov 2026, 09:10 CST", "7 questions"],
        ]

    def test_names_the_columns_that_are_not_used(self, open_page: Open) -> None:
        assert "2 columns not used: Adjuster, $Wage." in said(self.planned(open_page)).replace("\\", "")

    def test_links_each_claims_number_to_the_claim_and_nothing_else(self, open_page: Open) -> None:
        client = factories.client()
        va = factories.staff(Role.VA, client)
        finish(press(press(upload(open_page(va)), "Show what would happen"), "Import"))

        page = press(
            upload(open_page(va), FEED + b"A-1;Somebody Else;11/01/2026;11/23/2026 09:10\n"), "Show what would happen"
        )

        why = [row[-1] for row in lines(page, "Reported before and new")]
        assert why[:2] == [f"The same client claim number as claim C-{n}." for n in (1, 2)]
        assert why[2].startswith("This number is also on C-1: is it right?")
        assert re.findall(r'<a href="([^"]*)" target="_blank">(.*?)</a>', drawn(page)) == [
            (f"/claim?client={client}&amp;claim={n}", f"C-{n}") for n in (1, 2, 1)
        ]

    def test_links_nothing_for_somebody_who_opens_no_claim(
        self, open_page: Open, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        va = factories.staff(Role.VA, factories.client())
        finish(press(press(upload(open_page(va)), "Show what would happen"), "Import"))
        may = Actor.may
        monkeypatch.setattr(Actor, "may", lambda self, action: action is not Action.CLAIM_READ and may(self, action))

        page = press(upload(open_page(va)), "Show what would happen")

        assert "claim C-1." in drawn(page)
        assert "<a " not in drawn(page)


def test_what_stands_around_a_table_is_named_line_by_line_in_ordinary_ink(open_page: Open) -> None:
    page = upload(open_page(factories.staff(Role.VA, factories.client())), b"Weekly <claims>\n" + FEED + b"Total;3\n")

    assert passed_over(page) == [
        "Passed over above the table: row 1 'Weekly <claims>'.", "Passed over as totals: row 6 'Total 3'.",
    ]  # fmt: skip
    assert "Weekly" not in said(page)


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
    assert figures(page) == ["3", "2", "1", "0", "1"]

    next(box for box in page.selectbox if box.label == "Sheet").select("Last year").run()
    assert not figures(page), "what was planned for one sheet is not done with another"
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

    def test_is_not_used_until_it_is_chosen(self, open_page: Open) -> None:
        page = upload(open_page(factories.staff(Role.VA, factories.client())), self.FEED)
        assert re.findall("<small>(.*?)</small>", drawn(page)) == [
            "Perhaps Worker&#x27;s address. The heading does not say whose address it is. Choose it to use it.",
            "Perhaps Date reported. The heading does not say that the injury was reported here then."
            " Choose it to use it.",
        ]
        offered = meaning(page, "Date Employer Notified")
        assert (offered.value, offered.options[:2]) == ("", ["Not used", "Date reported"])

        press(page, "Show what would happen")
        assert figures(page) == ["1", "0", "0", "0", "1"]

        meaning(page, "Date Employer Notified").select("date_reported")
        press(page, "Show what would happen")
        assert figures(page) == ["1", "1", "0", "0", "0"]

    def test_is_saved_as_any_other_column_once_it_was_used(self, open_page: Open, desk: Desk) -> None:
        page = upload(open_page(factories.staff(Role.VA, factories.client())), self.FEED)
        meaning(page, "Address").select("address")
        meaning(page, "Date Employer Notified").select("date_reported")
        finish(press(press(page, "Show what would happen"), "Import 1 new claim"))

        with desk.owner() as db:
            assert db.execute("select address from injured_worker").fetchone() == ("12 Oak St",)
            saved = db.execute("select mapping -> 'columns' ->> 'date_reported' from feed_mapping").fetchone()
        assert saved == ("Date Employer Notified",)
