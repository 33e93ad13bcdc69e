"""The inbound tray on screen: dropped, looked at beside its form, filed on the claim that was seen; and then the next."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from core import files
from core.access import Actor, Role
from core.transactions import transaction
from pages import menu
from tests import factories, papers
from tests.conftest import Desk
from tests.factories import NOW
from tests.pages.conftest import SitDown, as_typed

MENU = str(Path(menu.__file__))

Open = Callable[[Actor], AppTest]


@pytest.fixture
def open_tray(sit_down: SitDown, desk: Desk) -> Open:
    """Open the tray as somebody, from the menu as a person does."""

    def run(actor: Actor) -> AppTest:
        sit_down(actor)
        page = AppTest.from_file(MENU, default_timeout=30).run()
        page.switch_page("coordination/tray.py").run()
        assert not page.exception
        return page

    return run


def drop(actor: Actor, client: int, *contents: bytes) -> None:
    for number, data in enumerate(contents, 1):
        with transaction(actor) as tx:
            files.keep(actor, tx, client_id=client, name=f"fax-{number}", data=data, at=NOW)


def write(page: AppTest, label: str, value: object) -> None:
    kinds = [*page.text_input, *page.selectbox]
    next(each for each in kinds if each.label.startswith(label)).set_value(as_typed(value))


def press(page: AppTest, label: str) -> AppTest:
    next(each for each in page.button if each.label == label).click()
    page.run()
    assert not page.exception
    return page


def said(page: AppTest) -> str:
    return "\n".join(each.value for each in [*page.markdown, *page.caption, *page.error, *page.info, *page.success])


def rows(desk: Desk, statement: str) -> list[tuple[object, ...]]:
    with desk.owner() as db:
        return db.execute(statement).fetchall()


def test_an_empty_tray_says_what_to_do(open_tray: Open, va: Actor) -> None:
    assert "is dropped here" in said(open_tray(va))


def test_what_is_dropped_waits_and_what_is_not_kept_says_why(open_tray: Open, desk: Desk, va: Actor) -> None:
    page = open_tray(va)

    page.file_uploader[0].set_value(
        [("a.pdf", papers.PDF, "application/pdf"), ("evil_*.pdf", papers.HTML, "application/pdf")]
    ).run()

    assert not page.exception
    assert "1 file for " in page.success[0].value
    assert r"evil\_\*.pdf: This is a web page" in page.error[0].value
    assert rows(desk, "select name, kind from file") == [("a.pdf", "pdf")]


def test_what_was_just_dropped_is_open_and_behind_it_the_oldest(open_tray: Open, va: Actor, client: int) -> None:
    claim = factories.claim(client)
    drop(va, client, b"First.", b"Second.")
    page = open_tray(va)

    page.file_uploader[0].set_value([("c.txt", b"Third.", "text/plain")]).run()
    assert [each.value for each in page.code] == ["Third."]

    write(page, "Claim number", f"C-{claim}")
    page.run()
    write(page, "Kind", "work_status")
    press(page, "File document")
    assert [each.value for each in page.code] == ["First."]


def test_a_file_is_filed_on_the_claim_whose_worker_was_seen_and_the_next_is_open(
    open_tray: Open, desk: Desk, va: Actor, client: int
) -> None:
    claim = factories.claim(client, family_name="Núñez")
    drop(va, client, b"First.", b"Second.")
    page = open_tray(va)
    assert [each.value for each in page.code] == ["First."]

    write(page, "Claim number", f"C-{claim}")
    page.run()
    assert "**Robin Núñez**" in said(page)
    write(page, "Kind", "work_status")
    write(page, "Received", datetime.combine(date(2026, 11, 24), time(8, 30)))  # the client's clock, CST
    press(page, "File document")

    assert rows(desk, "select kind, title, claim_id from claim_document") == [("work_status", "Work status", claim)]
    [(received,)] = rows(desk, "select received_at from file where stamped_by is not null")
    assert received == datetime(2026, 11, 24, 14, 30, tzinfo=UTC)
    assert [each.value for each in page.code] == ["Second."]
    [(looks,)] = rows(desk, "select count(*) from audit_event where verb = 'read' and noun = 'file'")
    assert looks == 2


def test_nothing_is_filed_before_the_claim_was_seen_and_the_kind_chosen(
    open_tray: Open, desk: Desk, va: Actor, client: int
) -> None:
    drop(va, client, papers.picture("TIFF", pages=2))
    page = open_tray(va)

    press(page, "File document")

    assert [each.value for each in page.error] == [
        "Write the claim's number, and see whose it is.",
        "Choose what it is.",
    ]
    assert rows(desk, "select 1 from claim_document") == []


def test_a_claim_of_another_client_is_not_filed_on(open_tray: Open, desk: Desk) -> None:
    mine, other = factories.client(), factories.client()
    va = factories.staff(Role.VA, mine, other)
    drop(va, mine, b"First.")
    page = open_tray(va)

    write(page, "Claim number", f"C-{factories.claim(other)}")
    page.run()

    assert "That is a claim of" in page.error[0].value


def test_what_is_of_no_claim_is_set_aside(open_tray: Open, desk: Desk, va: Actor, client: int) -> None:
    drop(va, client, b"Buy now.")
    page = open_tray(va)

    write(page, "Reason", "Advertising")
    press(page, "Set file aside")

    assert rows(desk, "select set_aside_why from file") == [("Advertising",)]
    assert "Nothing waits" in said(page)
