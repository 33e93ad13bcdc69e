"""A claim's file, as its page mounts it: documents, conditions, summary; and what goes to somebody outside."""

from datetime import date, datetime, time, timedelta

import pytest
from streamlit.testing.v1 import AppTest

from core import claim_file, instant
from core.access import Actor, Role
from core.claim_file import DocumentKind
from core.transactions import transaction
from tests import factories
from tests.conftest import Desk
from tests.factories import NOW
from tests.pages.conftest import SitDown, above, as_typed


def mounted(client_id: int, claim_id: int) -> None:
    from core import intake
    from pages.parts import claim_file as parts
    from pages.parts import desk as at_desk

    actor = at_desk.actor()
    with at_desk.looking(actor) as tx:
        page = intake.open_claim(actor, tx, client_id, claim_id)
    parts.draw(actor, page)


@pytest.fixture
def claim(desk: Desk) -> tuple[int, int]:
    client = factories.client()
    return client, factories.claim(client)


def draw(sit_down: SitDown, actor: Actor, claim: tuple[int, int]) -> AppTest:
    sit_down(actor)
    page = AppTest.from_function(mounted, args=claim, default_timeout=30).run()
    assert not page.exception
    return page


def write(page: AppTest, label: str, value: object) -> None:
    kinds = [*page.text_input, *page.selectbox]
    [*_, field] = [each for each in kinds if each.label.startswith(label)]
    field.set_value(as_typed(value))


def press(page: AppTest, label: str) -> AppTest:
    [*_, button] = [each for each in page.button if each.label == label]
    button.click()
    page.run()
    assert not page.exception
    return page


def rows(desk: Desk, statement: str) -> list[tuple[object, ...]]:
    with desk.owner() as db:
        return db.execute(statement).fetchall()


def test_a_document_is_added_in_the_clients_own_time(desk: Desk, sit_down: SitDown, claim) -> None:
    page = draw(sit_down, factories.staff(Role.CLINICAL, claim[0]), claim)

    page.file_uploader[0].set_value(("letter.txt", b"Dear all", "text/plain"))
    write(page, "Received", datetime.combine(date(2026, 11, 24), time(8, 0)))
    write(page, "Kind", "letter")
    press(page, "Add document")

    assert rows(desk, "select kind, title from claim_document") == [("letter", "Letter")]
    assert rows(desk, "select received_at from file") == [(NOW - timedelta(hours=1),)]


def test_a_condition_is_added_and_the_network_set(desk: Desk, sit_down: SitDown, claim) -> None:
    page = draw(sit_down, factories.staff(Role.VA, claim[0]), claim)

    write(page, "Condition", "Sprained ankle")
    write(page, "ICD-10-CM code, optional", "s93401a")
    press(page, "Add condition")
    write(page, "Certified network", True)
    page.run()
    press(page, "Save")

    assert rows(desk, "select code, words, status from claim_condition") == [("S93.401A", "Sprained ankle", "alleged")]
    assert rows(desk, "select certified_network from claim") == [(True,)]


def test_the_summary_goes_outside_only_once_it_is_said_to_whom_and_why(desk: Desk, sit_down: SitDown, claim) -> None:
    page = draw(sit_down, factories.staff(Role.VA, claim[0]), claim)

    press(page, "Record and get the file")
    assert "Say to whom it goes" in page.error[0].value
    assert above(page, "Record and get the file") == "error"
    assert rows(desk, "select 1 from disclosure") == []
    assert not page.get("download_button")
    write(page, "To whom", "Dr. Ames")
    write(page, "Why", "Treatment")
    press(page, "Record and get the file")

    assert rows(desk, "select recipient, purpose, document_id from disclosure") == [("Dr. Ames", "Treatment", None)]
    assert len(page.get("download_button")) == 1


def test_a_summary_shown_is_of_the_moment_it_was_asked_for(desk: Desk, sit_down: SitDown, claim) -> None:
    page = draw(sit_down, factories.staff(Role.VA, claim[0]), claim)
    looks = "select count(*) from audit_event where detail ->> 'shown' = 'summary'"
    assert rows(desk, looks) == [(0,)]

    press(page, "Show summary")
    page.run()
    assert rows(desk, looks) == [(1,)]

    instant.set_clock(lambda: NOW + timedelta(minutes=1))
    press(page, "Show summary")
    assert rows(desk, looks) == [(2,)]


def test_compliance_reads_and_is_offered_no_act(desk: Desk, sit_down: SitDown, claim) -> None:
    va = factories.staff(Role.VA, claim[0])
    with transaction(va) as tx:
        document = claim_file.add(
            va, tx, client_id=claim[0], claim_id=claim[1], name="x", data=b"Dear all", received_at=NOW,
            kind=DocumentKind.LETTER, title="A letter", at=NOW,
        )  # fmt: skip
    page = draw(sit_down, factories.staff(Role.COMPLIANCE), claim)
    name = f"claim.{claim[0]}.{claim[1]}.documents.list"

    page.session_state[name] = {"selection": {"rows": [0]}}
    page.run()

    assert [each.value for each in page.code] == ["Dear all"]
    assert {each.label for each in page.button} == {"Show summary"}
    assert rows(desk, "select detail from audit_event where detail ? 'document' and verb = 'read'") == [
        ({"document": document},)
    ]
