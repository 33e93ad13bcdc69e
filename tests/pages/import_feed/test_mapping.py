"""What columns mean, in which order dates are, and which sheet is read."""

import re

from streamlit.testing.v1 import AppTest

from core import feeds
from core.access import Role
from core.feeds.kinds.claims.deciding import NoPromise
from core.transactions import transaction
from tests import factories
from tests.conftest import Desk
from tests.factories import NOW
from tests.pages.conftest import drawn as everything
from tests.pages.import_feed.import_page import (
    CLAIMS,
    FEED,
    UNSHOWN,
    Open,
    claims,
    drawn,
    figures,
    finish,
    injured,
    meaning,
    meanings,
    passed_over,
    press,
    said,
    upload,
)
from tests.workbooks import workbook


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
    assert_above_the_columns(page)


def test_what_keeps_a_plan_from_being_made_is_told_above_the_columns_and_the_order_of_dates_is_chosen_there(
    open_page: Open, desk: Desk
) -> None:
    page = upload(open_page(factories.staff(Role.VA, factories.client())))
    with desk.owner() as db:
        db.execute("delete from sla_policy")

    press(page, "Show what would happen")

    assert NoPromise.text in said(page)
    assert_above_the_columns(page)
    order = [each.label for each in everything(page.main) if each.type == "selectbox"]
    assert order.index("Order of day and month") < order.index("Meaning of column 1")


def assert_above_the_columns(page: AppTest) -> None:
    """The one error stands where whoever has asked for the plan looks: above the file's columns."""
    drawn_in_order = list(everything(page.main))
    [error] = [at for at, each in enumerate(drawn_in_order) if each.type == "error"]
    assert error < next(
        n for n, each in enumerate(drawn_in_order) if getattr(each, "label", "") == "Meaning of column 1"
    )


def test_a_column_that_was_saved_with_two_meanings_keeps_both(open_page: Open, desk: Desk) -> None:
    client = factories.client()
    va = factories.staff(Role.VA, client)
    both = {"full_name": "Employee", "date_of_injury": "Date of Injury", "date_reported": "Date Reported",
            "time_reported": "Date Reported"}  # fmt: skip
    with transaction(va) as tx:
        feeds.save_mapping(va, tx, feeds.CLAIMS, client_id=client, mapping=feeds.FeedMapping(both), at=NOW)

    page = upload(open_page(va))
    assert "Also Time reported." in drawn(page)
    finish(press(press(page, "Show what would happen"), "Import"))

    with desk.owner() as db:
        [columns] = db.execute("select mapping -> 'columns' from feed_mapping").fetchone()
    assert {field: heading for field, heading in columns.items() if heading} == both


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
