"""My work: who opens it, and what stands beside the list."""

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from desk_board import Answer
from streamlit.testing.v1 import AppTest

from core import assignment, authorizations, closing, drafts, intake, triage, worklist
from core.access import Actor, Role
from core.authorizations import Party, Reply
from core.contact import Outcome
from core.statutes import Channel
from core.transactions import acting, transaction
from core.worklist import ASK_AGAIN, ESCALATED, TO_SUPERVISOR
from pages.parts import desk as desk_part
from pages.parts import live_lists
from pages.parts.my_work import listing
from tests import factories
from tests.core.authorizations import work as authorizations_of
from tests.core.contact.work import log
from tests.factories import NOW
from tests.pages.claim.claim_page import ask, clocks_of
from tests.statements import heard

PAGE = Path(desk_part.__file__).parent.parent / "coordination" / "my_work.py"

pytestmark = pytest.mark.usefixtures("desk")


def kept(actor: Actor, form: drafts.Form, fields: dict[str, str]) -> None:
    """Have *fields* of the form typed and not sent."""
    with transaction(actor) as tx:
        drafts.keep(actor, tx, form=form, request=drafts.new_request(at=NOW), fields=fields, at=NOW)


@pytest.fixture
def open_as(sit_down, monkeypatch) -> Callable[..., AppTest]:
    """Open the page as somebody, whose list answers what the test says, once."""

    def opened(actor: Actor, **answer: Any) -> AppTest:
        sit_down(actor)
        answers = iter([Answer(**answer)])

        def board(*args: Any, opening: Callable[[Answer], None], **named: Any) -> Answer:
            said = next(answers, Answer())
            if said.opened or said.done:
                opening(said)
            return said

        monkeypatch.setattr(listing, "board", board)
        return AppTest.from_file(str(PAGE)).run()

    return opened


@pytest.mark.parametrize("role", [Role.ACCOUNT_EXECUTIVE, Role.COMPLIANCE, Role.ADMINISTRATOR])
def test_roles_that_work_no_claims_read_one_sentence(open_as, role: Role) -> None:
    assert [error.value for error in open_as(factories.staff(role)).error] == [desk_part.NOT_YOURS]


def test_it_says_what_to_do_while_nothing_is_open(open_as, va) -> None:
    assert [info.value for info in open_as(va).info] == ["Choose a line, or press N for the most urgent."]


@pytest.mark.parametrize(
    ("kind", "own_time"), [(ESCALATED, "goes to supervisors by"), (TO_SUPERVISOR, "to be determined by")]
)
def test_what_nobody_answers_opens_with_the_request_who_is_to_know_and_what_ends_it(
    open_as, client, va, boss, kind: int, own_time: str
) -> None:
    claim = factories.claim(client, jurisdiction="CA")
    key = authorizations_of.log(va, client, claim, at=NOW - timedelta(minutes=50))
    for minutes in (45, 40, 35):
        with acting(va) as tx:
            authorizations.follow_up(
                va, tx, authorizations_of.now(va, key), party=Party.REVIEWER, how=Channel.PHONE, reply=Reply.MESSAGE,
                at=NOW - timedelta(minutes=minutes),
            )  # fmt: skip
    with acting(va) as tx:
        due_at = NOW - timedelta(minutes=5)
        key = authorizations_of.now(va, key)
        authorizations.set_due(va, tx, key, due_at=due_at, why="Agreed.", at=NOW)

    page = open_as(boss, opened=(client, claim, kind))

    assert not page.exception
    [told] = [each.value for each in page.warning if each.value.startswith("Escalated")]
    assert told.startswith(
        "Escalated after 3 follow-ups without an answer: with clinical staff since Tue 24 Nov 2026, 08:25 CST"
    )
    assert "supervisors since Tue 24 Nov 2026, 08:55 CST. Follow it up" in told
    assert any(own_time in each.value for each in page.markdown)
    assert "Log follow-up" in [button.label for button in page.button]


def test_and_that_nothing_is_left(open_as, va) -> None:
    assert [info.value for info in open_as(va, done=True).info] == ["Nothing else waits on this list."]


def test_an_opened_item_shows_whose_claim_it_is_how_to_reach_and_the_form_of_its_work(open_as, client, va) -> None:
    claim = factories.claim(client, due_at=NOW + timedelta(hours=2))

    page = open_as(va, opened=(client, claim, 1))

    assert not page.exception
    assert page.subheader[0].value.endswith(f" · C-{claim}")
    assert [button.label for button in page.button if button.label.startswith("Log")] == ["Log attempt"]
    assert "In 4 hours, after it is due" in [button.label for button in page.button]


@pytest.mark.parametrize(("role", "reaches"), [(Role.VA, False), (Role.CLINICAL, True)])
def test_a_promised_call_opens_with_the_forms_of_a_call_and_is_late_by_its_own_time(
    open_as, client, role: Role, reaches: bool
) -> None:
    person, claim = factories.staff(role, client), factories.claim(client, due_at=NOW + timedelta(hours=20))
    log(person, client, claim, Outcome.REACHED_DEFERRED, call_again_at=NOW + timedelta(hours=2))

    page = open_as(person, opened=(client, claim, 3))

    labels = [button.label for button in page.button]
    assert "Log attempt" in labels
    assert ("Record first contact" in labels) is reaches
    assert {"In 1 hour", "In 4 hours, after it is due"} <= set(labels)


def test_a_promised_call_tells_its_own_time_alone_and_what_is_to_ask(open_as, desk, client, va) -> None:
    claim = factories.claim(client, due_at=NOW + timedelta(hours=20))
    log(va, client, claim, Outcome.REACHED_DEFERRED, call_again_at=NOW + timedelta(hours=2))
    ask(desk, client, claim, "language")

    page = open_as(va, opened=(client, claim, 3))

    assert clocks_of(page) == ["soon: Due in 2 h"]
    said = [each.value for each in page.markdown]
    assert "call promised for Tue 24 Nov 2026, 11:00 CST" in said
    assert ":material/help_center: **1 open question** :gray[language]" in said


def test_an_intake_tells_its_own_due_time_alone_and_in_whose_time_that_is(open_as, desk, client) -> None:
    claim = factories.claim(client, due_at=NOW + timedelta(hours=2))
    with desk.owner() as db:
        db.execute(
            "insert into intake_question (client_id, claim_id, element, why, opened_at)"
            " values (%s, %s, 'language', 'Not in the report.', %s)",
            (client, claim, NOW - timedelta(hours=21)),
        )
    near, far = (factories.staff(Role.VA, client, timezone=zone) for zone in ("America/Chicago", "Asia/Tokyo"))

    page = open_as(near, opened=(client, claim, 2))

    assert clocks_of(page) == ["soon: Due in 3 h"]
    said = [each.value for each in page.markdown if "due" in each.value.lower()]
    assert said == ["intake due Tue 24 Nov 2026, 12:00 CST"]
    assert not any("Times here" in caption.value for caption in page.caption)
    assert "Times here are the client's, Central time, CST; those of the list are yours, Tokyo time, JST." in [
        caption.value for caption in open_as(far, opened=(client, claim, 2)).caption
    ]


def test_what_is_to_be_asked_again_opens_with_why_it_is_not_known_and_its_form_and_is_done_there(
    open_as, desk, client, va
) -> None:
    claim = factories.claim(client, due_at=NOW + timedelta(hours=20))
    ask(desk, client, claim, "language")
    with transaction(va) as tx:
        intake.answer_question(
            va, tx, client_id=client, claim_id=claim, element="language", reason="missing",
            unobtainable_why="The nurse is on leave.", ask_again_at=NOW + timedelta(hours=3), at=NOW,
        )  # fmt: skip

    page = open_as(va, opened=(client, claim, ASK_AGAIN))

    assert clocks_of(page) == ["soon: Due in 3 h"]
    assert "to ask again Tue 24 Nov 2026, 12:00 CST" in [each.value for each in page.markdown]
    told = f"Not known: The nurse is on leave ({va.name}). Ask again Tue 24 Nov 2026, 12:00 CST."
    assert told in [each.value for each in page.caption]
    next(field for field in page.text_input if field.label == "Language").input("Polish")
    next(button for button in page.button if button.label == "Save answers").click().run()
    assert [toast.value for toast in page.toast] == ["1 of 1 question settled"]
    with transaction(va) as tx:
        assert ASK_AGAIN not in [item.kind for item in worklist.items(va, tx, at=NOW)]


def test_an_intake_is_snoozed_past_its_own_due_time_where_that_is_said(open_as, desk, client, va) -> None:
    claim = factories.claim(client, due_at=NOW + timedelta(hours=20))
    with desk.owner() as db:
        db.execute(
            "insert into intake_question (client_id, claim_id, element, why, opened_at)"
            " values (%s, %s, 'language', 'Not in the report.', %s)",
            (client, claim, NOW - timedelta(hours=21)),
        )
    page = open_as(va, opened=(client, claim, 2))

    next(button for button in page.button if button.label == "In 4 hours, after it is due").click().run()

    assert not page.exception
    assert not page.error
    with desk.owner() as db:
        assert db.execute("select kind, until from work_mark").fetchall() == [(2, NOW + timedelta(hours=4))]


def test_an_item_whose_claim_is_closed_meanwhile_says_when_and_why_and_no_due_time(open_as, client, va) -> None:
    claim, boss = factories.claim(client), factories.staff(Role.SUPERVISOR)
    with acting(boss) as tx:
        closing.close(boss, tx, client_id=client, claim_id=claim, reason="Withdrawn.")

    page = open_as(va, opened=(client, claim, 1))

    [said] = [info.value for info in page.info]
    assert re.fullmatch(r"Closed since \w+ \d+ \w+ \d+, \d\d:\d\d CST: Withdrawn\. Nothing is due or asked\.", said)
    assert not any("due Wed" in each.value for each in page.markdown)


def test_who_has_done_the_last_of_the_list_has_its_claim_open_no_more(open_as, desk, monkeypatch, client, va) -> None:
    page = open_as(va, opened=(client, factories.claim(client), 1))
    with desk.owner() as db:
        assert db.execute("select staff_id from claim_viewer").fetchall() == [(va.staff_id,)]
    over = Answer(done=True)
    monkeypatch.setattr(listing, "board", lambda *args, opening, **named: opening(over) or over)

    page.run()

    with desk.owner() as db:
        assert db.execute("select staff_id from claim_viewer").fetchall() == []


@pytest.mark.parametrize("narrow", [False, True])
def test_the_claims_page_keeps_to_what_the_list_was_narrowed_when_its_item_was_opened(
    open_as, monkeypatch, client, va, narrow: bool
) -> None:
    led: list[tuple[Any, ...]] = []
    monkeypatch.setattr(live_lists, "open_claim", lambda *where: led.append(where))
    claim = factories.claim(client)

    page = open_as(va, opened=(client, claim, 1), narrow=narrow, filter={"what": "first_contact"})
    if not narrow:
        page.button(key="work.page").click().run()

    assert led == [(client, claim, {"what": "first_contact", "work": "own"})]


def test_an_item_of_another_client_is_refused_in_a_sentence(open_as, va) -> None:
    other = factories.client()

    page = open_as(va, opened=(other, factories.claim(other), 1))

    assert [error.value for error in page.error] == ["There is no such claim among those you serve."]
    assert not page.subheader


def test_a_supervisor_opens_anybodys(open_as, client, va) -> None:
    page = open_as(factories.staff(Role.SUPERVISOR))

    assert page.selectbox[0].options[0] == "Everybody's work"
    assert va.name in page.selectbox[0].options


@pytest.mark.parametrize(("role", "everybody"), [(Role.VA, False), (Role.CLINICAL, True)])
def test_a_va_sees_what_is_hers_or_nobodys_and_who_makes_the_first_contact_what_others_have_too(
    open_as, monkeypatch, client, role: Role, everybody: bool
) -> None:
    person, drawn = factories.staff(role, client), {}
    page = open_as(person)
    monkeypatch.setattr(listing, "board", lambda *args, **named: drawn.update(named) or Answer())

    page.run()

    assert (drawn["me"], drawn["everybody"]) == (person.staff_id, everybody)


def test_a_supervisor_sees_somebodys_list_as_that_person_would_and_whose_it_is(
    open_as, monkeypatch, client, va
) -> None:
    other = factories.client()
    nurse = factories.staff(Role.CLINICAL, client, other)
    page, drawn = open_as(factories.staff(Role.SUPERVISOR)), {}
    monkeypatch.setattr(listing, "board", lambda *args, **named: drawn.update(named) or Answer())

    page.selectbox[0].select(va.staff_id).run()
    assert (drawn["me"], drawn["everybody"], drawn["clients"]) == (va.staff_id, False, {client})
    assert page.caption[0].value.startswith(f"{va.name}'s list: what is this person's and nobody's of the clients")

    page.selectbox[0].select(nurse.staff_id).run()
    assert (drawn["me"], drawn["everybody"], drawn["clients"]) == (nurse.staff_id, True, {client, other})


def test_why_an_item_is_skipped_is_there_again_and_gone_once_it_is(open_as, desk, client, va) -> None:
    claim = factories.claim(client, due_at=NOW + timedelta(hours=9))
    kept(va, drafts.Form("skip", client, claim), {"skip-why": "Line is busy."})
    page = open_as(va, opened=(client, claim, 1))

    next(each for each in page.button if each.label == "Skip for now").click().run()

    assert [toast.value.partition(": ")[2] for toast in page.toast] == ["Line is busy."]
    with desk.owner() as db:
        assert db.execute("select reason, fields from work_mark, draft").fetchall() == [("Line is busy.", None)]


def test_an_item_without_a_reason_is_not_skipped(open_as, client, va) -> None:
    page = open_as(va, opened=(client, factories.claim(client), 1))

    next(each for each in page.button if each.label == "Skip for now").click().run()

    assert [error.value.split(":")[0] for error in page.error] == ["The reason is missing"]


class TestChangingHands:
    def test_what_is_nobodys_is_taken(self, open_as, desk, client, va) -> None:
        claim = factories.claim(client)
        page = open_as(va, opened=(client, claim, 1))

        assert "Hand over" not in [button.label for button in page.button]
        page.button(key="handing.take").click().run()

        with desk.owner() as db:
            assert db.execute("select assignee_id from claim").fetchall() == [(va.staff_id,)]
        assert "handing.take" not in [button.key for button in page.button]

    def test_whoever_comes_second_is_told_who_was_quicker(self, open_as, client, va) -> None:
        claim, quicker = factories.claim(client), factories.staff(Role.VA, client)
        page = open_as(va, opened=(client, claim, 1))
        with transaction(quicker) as tx:
            assignment.assign(quicker, tx, claims=[(client, claim)], to=quicker.staff_id, at=NOW)

        page.button(key="handing.take").click().run()

        assert [error.value.partition(" already")[0] for error in page.error] == [f"This claim is with {quicker.name}"]

    def test_whoever_has_it_hands_it_over_with_a_note_that_stands_beside_the_item_then(
        self, open_as, client, va
    ) -> None:
        claim, nurse = factories.claim(client, assignee=va.staff_id), factories.staff(Role.CLINICAL, client)
        page = open_as(va, opened=(client, claim, 1))

        next(each for each in page.selectbox if each.label == "To").select(nurse.name)
        next(each for each in page.text_area if each.label == "Note to the colleague").input("Speaks Spanish.")
        next(each for each in page.button if each.label == "Hand over").click().run()

        assert [error.value for error in page.error] == []
        assert [toast.value for toast in page.toast] == [f"C-{claim} is with {nurse.name}."]
        notes = [info.value for info in open_as(nurse, opened=(client, claim, 1)).info]
        assert [note.endswith("Speaks Spanish.") and va.name in note for note in notes] == [True]

    def test_without_a_note_or_a_colleague_it_is_not(self, open_as, client, va) -> None:
        claim, nurse = factories.claim(client, assignee=va.staff_id), factories.staff(Role.CLINICAL, client)
        page = open_as(va, opened=(client, claim, 1))

        next(each for each in page.button if each.label == "Hand over").click().run()
        assert [error.value for error in page.error] == ["Choose to whom it goes."]
        next(each for each in page.selectbox if each.label == "To").select(nurse.name)
        next(each for each in page.button if each.label == "Hand over").click().run()
        assert [error.value.split(":")[0] for error in page.error] == ["The note is missing"]

    def test_what_was_typed_of_the_note_is_there_again_and_gone_once_it_is_handed_over(
        self, open_as, desk, client, va
    ) -> None:
        claim, nurse = factories.claim(client, assignee=va.staff_id), factories.staff(Role.CLINICAL, client)
        words = {"handing-to": nurse.name, "handing-note": "Speaks Spanish."}
        kept(va, drafts.Form("hand_over", client, claim), words)

        page = open_as(va, opened=(client, claim, 1))

        assert next(each.value for each in page.selectbox if each.label == "To").name == nurse.name
        next(each for each in page.button if each.label == "Hand over").click().run()
        assert [toast.value for toast in page.toast] == [f"C-{claim} is with {nurse.name}."]
        with desk.owner() as db:
            assert db.execute("select note, fields from hand_over, draft").fetchall() == [("Speaks Spanish.", None)]

    def test_a_colleague_is_not_offered_to_hand_over_what_another_has(self, open_as, client, va) -> None:
        claim = factories.claim(client, assignee=factories.staff(Role.VA, client).staff_id)

        page = open_as(va, opened=(client, claim, 1))

        assert not {"Hand over", "Take"} & {button.label for button in page.button}


def test_the_page_with_an_item_open_costs_so_many_statements(open_as, client, va) -> None:
    claim = factories.claim(client)
    with heard() as said:
        open_as(va, opened=(client, claim, 1))

    assert len(said) == 11


def test_a_request_for_a_time_opens_with_what_was_asked_and_the_form_that_books(open_as, client, va) -> None:
    claim, boss = factories.claim(client, due_at=NOW + timedelta(hours=4)), factories.staff(Role.SUPERVISOR)
    with transaction(va) as tx:
        triage.ask(va, tx, client_id=client, claim_id=claim, kind=triage.RequestKind.ESCALATION, at=NOW)

    page = open_as(boss, opened=(client, claim, 7))

    assert not page.exception
    assert any("Escalated to supervisors" in info.value for info in page.info)
    assert "time to be found by Tue 24 Nov 2026, 10:00 CST" in [each.value for each in page.markdown]
    assert {"Book call", "Decline request"} <= {button.label for button in page.button}
