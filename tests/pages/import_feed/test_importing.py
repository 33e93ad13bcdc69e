"""A file is mapped, planned, imported, and taken back."""

import re
from threading import Event
from typing import Any

import pytest
from prometheus_client import REGISTRY

from core import feeds
from core.access import Role
from core.feeds import Imported
from tests import factories
from tests.conftest import Desk
from tests.pages.import_feed.import_page import (
    Open,
    choose,
    claims,
    figures,
    finish,
    meaning,
    press,
    said,
    upload,
)


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


def test_what_the_one_before_did_goes_once_another_file_is_chosen(open_page: Open, desk: Desk) -> None:
    page = upload(open_page(factories.staff(Role.VA, factories.client())))
    finish(press(press(page, "Show what would happen"), "Import"))
    assert [each.value.partition(".")[0] for each in page.success] == ["2 new claims taken in"]

    upload(page, b"Claim No;Employee;Date of Injury;Date Reported\nA-9;Di Sample;11/20/2026;11/23/2026 09:10\n")

    assert not page.success
    assert "Read 3, new 2" in said(page), "it stands among the earlier imports"


def test_an_import_that_fails_is_a_defect_with_its_reference_place_and_count(
    open_page: Open, desk: Desk, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, wordless: None
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

    assert "Somebody has worked on a claim of this import, or begun to write on one." in said(page)
    assert not [button for button in page.button if button.label.startswith("Undo")]


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
