"""The letters of a request, as its card draws them: shown with what is to be checked, made, and handed out."""

import pytest
from streamlit.testing.v1 import AppTest

from core import authorizations
from core.access import Actor, Role
from core.authorizations import Key
from core.transactions import acting
from tests import factories
from tests.conftest import Desk
from tests.core.authorizations.work import denied, log, look
from tests.factories import NOW
from tests.pages.conftest import SitDown


def mounted(client_id: int, claim_id: int, request_id: int) -> None:
    import streamlit as st

    from core import authorizations
    from pages.parts import desk as at_desk
    from pages.parts.authorizations import letters
    from pages.parts.forms.acts import perform

    actor, now = at_desk.actor(), at_desk.now()
    with at_desk.looking(actor) as tx:
        request = authorizations.opened(actor, tx, client_id=client_id, claim_id=claim_id, request_id=request_id)
    sent = letters.letters(actor, request, now)
    if sent:
        with sent.beside:
            done = perform(actor, sent, now)
        if done:
            st.rerun()


@pytest.fixture
def claim(desk: Desk, client: int) -> int:
    return factories.claim(client, jurisdiction="CA")


@pytest.fixture
def decided(va: Actor, nurse: Actor, client: int, claim: int) -> Key:
    key = log(va, client, claim)
    with acting(nurse) as tx:
        authorizations.determine(nurse, tx, key, denied(), at=NOW)
    return key


def draw(sit_down: SitDown, actor: Actor, key: Key) -> AppTest:
    sit_down(actor)
    page = AppTest.from_function(mounted, args=key[:3], default_timeout=30).run()
    assert not page.exception
    return page


def press(page: AppTest, label: str, n: int = 0) -> AppTest:
    [each for each in page.button if each.label == label][n].click()
    page.run()
    assert not page.exception
    return page


def drawn(page: AppTest) -> str:
    return "\n".join(each.value for each in [*page.markdown, *page.caption, *page.warning])


def rows(desk: Desk, statement: str) -> list[tuple[object, ...]]:
    with desk.owner() as db:
        return db.execute(statement).fetchall()


def test_are_ready_once_it_is_determined(sit_down: SitDown, va: Actor, decided: Key) -> None:
    page = draw(sit_down, va, decided)

    assert "Treating provider, English" in drawn(page)
    assert "Injured worker, English" in drawn(page)
    assert drawn(page).count("Ready since Tue 24 Nov 2026, 09:00 CST") == 2
    assert len(page.get("download_button")) == 2


def test_are_shown_with_what_is_to_be_checked_and_each_look_is_on_the_record(
    desk: Desk, sit_down: SitDown, va: Actor, decided: Key
) -> None:
    page = draw(sit_down, va, decided)
    looks = "select count(*) from audit_event where verb = 'read' and detail ? 'document'"
    assert rows(desk, looks) == [(0,)]

    press(page, "Preview")
    page.run()

    assert rows(desk, looks) == [(1,)]
    [warning] = page.warning
    assert "To be checked by a person" in warning.value
    assert "LC 4610.5(h)(1)" in warning.value
    assert "source read" in warning.value
    press(page, "Close")
    assert not page.warning


def test_are_handed_out_to_whom_and_how(desk: Desk, sit_down: SitDown, va: Actor, decided: Key) -> None:
    page = draw(sit_down, va, decided)

    press(page, "Record that it went out", n=1)
    assert "Say who was told" in page.error[0].value
    [whom] = [each for each in page.text_input if each.label == "Whom" and not each.value]
    whom.set_value("Robin Sample")
    press(page, "Record that it went out", n=1)

    assert rows(desk, "select party, how, recipient, document_id is not null from determination_notice") == [
        ("worker", "mail", "Robin Sample", True)
    ]
    page.run()
    assert "by mail to Robin Sample" in drawn(page)


def test_of_an_incomplete_request_is_made_shown_and_handed_out(
    desk: Desk, sit_down: SitDown, va: Actor, client: int, claim: int
) -> None:
    key = log(va, client, claim, complete_at=None, missing="The report behind it.")
    page = draw(sit_down, va, key)

    press(page, "Preview")
    assert "as it would be made now" in drawn(page)
    assert rows(desk, "select 1 from letter") == []
    press(page, "Make the letter")
    page.run()
    assert rows(desk, "select party, template, document_id is not null from letter") == [
        ("provider", "return_letter", True)
    ]
    press(page, "Record that it went out")
    page.run()

    assert look(va, key).frame.returned_at == NOW
    assert "Record that it went out" not in [each.label for each in page.button]


def test_compliance_reads_them_and_is_offered_no_act(sit_down: SitDown, decided: Key) -> None:
    page = draw(sit_down, factories.staff(Role.COMPLIANCE), decided)

    assert "Treating provider, English" in drawn(page)
    assert {each.label for each in page.button} == {"Preview"}


def test_a_request_without_any_shows_nothing(sit_down: SitDown, va: Actor, client: int, claim: int) -> None:
    page = draw(sit_down, va, log(va, client, claim))

    assert "Letters" not in drawn(page)
