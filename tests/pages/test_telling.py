"""The form that records who was told of a determination, how and when."""

import pytest
from streamlit.testing.v1 import AppTest

from core import authorizations
from core.access import Actor
from core.authorizations import Decision, Key, LineDecided, Outcome
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
    from pages.parts.authorizations.doing import form_of
    from pages.parts.authorizations.telling import telling
    from pages.parts.forms.acts import perform, refused

    actor, now = at_desk.actor(), at_desk.now()
    with at_desk.looking(actor) as tx:
        request = authorizations.opened(actor, tx, client_id=client_id, claim_id=claim_id, request_id=request_id)
    refused(form_of(request, "telling")[1])
    sent = telling(actor, request, now)
    if sent:
        with sent.beside:
            done = perform(actor, sent, now)
        if done:
            st.success(done)


@pytest.fixture
def key(desk: Desk, va: Actor, client: int) -> Key:
    return log(va, client, factories.claim(client, jurisdiction="CA"))


def decide(nurse: Actor, key: Key, decision: Decision) -> None:
    with acting(nurse) as tx:
        authorizations.determine(nurse, tx, key, decision, at=NOW)


def draw(sit_down: SitDown, actor: Actor, key: Key) -> AppTest:
    sit_down(actor)
    page = AppTest.from_function(mounted, args=key[:3], default_timeout=30).run()
    assert not page.exception
    return page


def record(page: AppTest, **fields: str) -> AppTest:
    """Choose and type what is said, and send the form."""
    for label, said in fields.items():
        found = [each for each in (*page.button_group, *page.text_input) if each.label.split(",")[0] == label]
        found[0].set_value(said)
    next(button for button in page.button if button.label == "Record").click()
    page.run()
    assert not page.exception
    return page


def told(va: Actor, key: Key) -> list[tuple[str, str, str]]:
    return [(each.party, each.how, each.recipient) for each in look(va, key).notices]


def test_says_who_was_told_how_and_when(sit_down: SitDown, va: Actor, nurse: Actor, key: Key) -> None:
    decide(nurse, key, denied())
    page = draw(sit_down, va, key)
    record(page, Told="worker", By="phone", Whom="Robin Sample, at home", **{"Told at": "11/24/2026 09:00"})
    assert told(va, key) == [("worker", "phone", "Robin Sample, at home")]
    assert look(va, key).notices[0].at == NOW
    assert [each.value for each in page.success] == ["Injured worker told by telephone"]
    assert look(va, key).frame.communicated_at is None


def test_offers_the_provider_first_and_says_that_this_stops_the_clock(
    sit_down: SitDown, va: Actor, nurse: Actor, key: Key
) -> None:
    decide(nurse, key, denied())
    page = draw(sit_down, va, key)
    assert "The clock stops once the provider was told" in page.caption[0].value
    record(page)
    assert told(va, key) == [("provider", "fax", "Dr. Ames")]
    assert look(va, key).frame.clock == "stopped"
    after = draw(sit_down, va, key)
    assert not after.caption
    assert after.button_group[0].value == "worker"
    assert after.text_input[0].value == ""  # who is told next is not the provider


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"Whom": "  "}, "Say who was told"),
        ({"Whom": "Front desk", "Told at": "11/25/2026 09:00"}, "not later than now"),
        ({"Whom": "Front desk", "Told at": "11/23/2026 09:00"}, "after the decision"),
        ({"Whom": "Front desk", "Told at": "at noon"}, "Write day and time"),
    ],
)
def test_keeps_what_was_typed_where_it_is_refused(
    sit_down: SitDown, va: Actor, nurse: Actor, key: Key, fields: dict[str, str], said: str
) -> None:
    decide(nurse, key, denied())
    page = record(draw(sit_down, va, key), Told="attorney", By="mail", **fields)
    assert said in " ".join(each.value for each in page.error)
    assert {each.label.split(",")[0]: each.value for each in page.text_input} == {"Told at": "", **fields}
    assert [each.value for each in page.button_group] == ["attorney", "mail"]
    assert told(va, key) == []


def test_is_not_there_before_something_is_decided_nor_for_what_was_withdrawn(
    sit_down: SitDown, va: Actor, nurse: Actor, key: Key
) -> None:
    assert not draw(sit_down, va, key).button
    decide(
        nurse, key, Decision([LineDecided(1, Outcome.WITHDRAWN)], "Dr. Reed", NOW, reason="Taken back by telephone.")
    )
    assert not draw(sit_down, va, key).button
