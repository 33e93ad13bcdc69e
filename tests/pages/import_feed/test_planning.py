"""What would happen, shown before it does."""

import re
from contextlib import nullcontext

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from core.access import Action, Actor, Role
from core.feeds.kinds.claims.previewing import KEPT_ASIDE
from tests import factories
from tests.pages.conftest import drawn as everything
from tests.pages.import_feed.import_page import (
    FEED,
    Open,
    drawn,
    figures,
    finish,
    lines,
    passed_over,
    press,
    said,
    upload,
)


def test_the_plan_and_its_button_stand_above_the_columns_of_the_file(open_page: Open) -> None:
    page = upload(open_page(factories.staff(Role.VA, factories.client())))
    press(page, "Show what would happen")

    order = [
        each.label if each.type == "button" else each.value
        for each in everything(page.main)
        if each.type in ("button", "subheader")
    ]
    assert order.index("What would happen") < order.index("Import 2 new claims") < order.index("Which column is what")


def test_it_says_when_the_file_is_read_and_planned(open_page: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    monkeypatch.setattr(st, "spinner", lambda text: told.append(text) or nullcontext())

    page = upload(open_page(factories.staff(Role.VA, factories.client())))
    assert told == ["Reading the file…"]
    press(page, "Show what would happen")
    assert told == ["Reading the file…", "Planning…"]


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
            ["4", "<i>Sample, Cy", "Date of injury", "The date of injury is not a date that can be read: the file says 'when?'.",
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
        asked = "birth date, way to reach, contact method, language, state, body part, what happened"
        assert [row[:5] for row in lines(page, "Reported before and new")] == [
            ["3", "New claim", "Sample, Bo", "Overdue by 1 h, Tue 24 Nov 2026, 08:00 CST", asked],
            ["2", "New claim", "Sample, Ana", "Tue 24 Nov 2026, 09:10 CST", asked],
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


def test_of_a_long_file_the_first_five_hundred_rows_of_each_sort_are_drawn_and_all_are_counted(
    open_page: Open,
) -> None:
    feed = ["Claim No;Employee;Date of Injury;Date Reported"]
    for n in range(501):
        feed.append(f"A-{n};Ana {chr(65 + n // 26)}{chr(97 + n % 26)}le;11/20/2026;11/23/2026 10:10")
        feed.append(f"B-{n};;11/20/2026;11/23/2026 10:10")
    page = upload(open_page(factories.staff(Role.VA, factories.client())), "\n".join(feed).encode())
    press(page, "Show what would happen")

    assert figures(page) == ["1,002", "501", "0", "0", "501"]
    for table in ("Refused rows", "Reported before and new"):
        assert len(lines(page, table)) == 500
        assert f"{table}, the first 500 of 501</h3>" in drawn(page)


def test_what_cannot_be_read_is_told_by_its_row_with_what_happens_to_it(open_page: Open) -> None:
    feed = (
        b"Claim No;Employee;Date of Injury;Date Reported;DOB;Phone;State\n"
        b"A-1;Ana Sample;11/20/2026;11/23/2026 09:10;02/30/1980;555 12;IL\n"
        b"A-2;Bo Sample;11/21/2026;11/23/2026 09:10;03/04/1985;217-555-0110;ZZ\n"
        b"A-3;Cy Samplewood;11/22/2026;11/23/2026 09:10;05/06/1975;217-555-0133;IL\n"
    )
    page = upload(open_page(factories.staff(Role.VA, factories.client())), feed)
    press(page, "Show what would happen")

    assert [[row[0], row[-1]] for row in lines(page, "Reported before and new")] == [
        ["2", "The file says '555 12'; that is no telephone number. The file says '02/30/1980'; that is no date of birth."
              f" {KEPT_ASIDE}"],
        ["3", f"The file says 'ZZ'; that is no state. {KEPT_ASIDE}"],
        ["4", ""],
    ]  # fmt: skip


def test_what_stands_around_a_table_is_named_line_by_line_in_ordinary_ink(open_page: Open) -> None:
    page = upload(open_page(factories.staff(Role.VA, factories.client())), b"Weekly <claims>\n" + FEED + b"Total;3\n")

    assert passed_over(page) == [
        "Passed over above the table: row 1 'Weekly <claims>'.", "Passed over as totals: row 6 'Total 3'.",
    ]  # fmt: skip
    assert "Weekly" not in said(page)


def test_a_file_that_is_no_table_is_refused_in_one_sentence(open_page: Open) -> None:
    page = upload(open_page(factories.staff(Role.VA, factories.client())), b"%PDF-1.7")

    assert "This is a PDF" in said(page)
