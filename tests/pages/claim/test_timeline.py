"""What the timeline tells, what others do meanwhile, and which claim is next."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import event
from streamlit.testing.v1 import AppTest

from core import assignment, contact, intake
from core.access import Actor, Role
from core.claims import NoSuchClaim
from core.contact import Method, Outcome, Party
from core.transactions import transaction
from pages.parts import live_lists
from tests import factories
from tests.conftest import Desk
from tests.factories import NOW
from tests.pages.claim.claim_page import Act, Open, ask, assigned, press, words_of


def test_a_claim_that_was_taken_back_says_why_on_its_timeline(open_page: Open, client: int, desk: Desk) -> None:
    va = factories.staff(Role.VA, client)
    claim = factories.claim(client, assignee=va.staff_id)
    with desk.owner() as db:
        db.execute("update staff set active = false where staff_id = %s", (va.staff_id,))

    said = words_of(open_page(factories.staff(Role.SUPERVISOR), claim, tab="History"))

    assert f"Taken back from {va.name} to nobody yet: {va.name} may not sign in any more" in said
    assert "with nobody yet" in said


def test_next_goes_to_the_claim_due_after_this_one_within_what_the_list_was_narrowed_to(
    open_page: Open, client: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[tuple[object, ...]] = []
    monkeypatch.setattr(live_lists, "open_claim", lambda *claim: opened.append(claim))
    va = factories.staff(Role.VA, client)
    here, between, there = (factories.claim(client, due_at=NOW + timedelta(hours=hours)) for hours in (1, 2, 3))
    assigned(va, client, there)

    page = open_page(va, here)
    press(page, "Next")
    page.query_params["list_figure"] = "mine"
    page.query_params["list_who"] = "'; drop table claim"
    page.run()
    press(page, "Next")

    assert opened == [(client, between, {}), (client, there, {"figure": "mine"})]


def test_next_follows_my_work_where_one_came_from_there(
    open_page: Open, client: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[tuple[object, ...]] = []
    monkeypatch.setattr(live_lists, "open_claim", lambda *claim: opened.append(claim))
    va, other = factories.staff(Role.VA, client), factories.staff(Role.VA, client)
    here, theirs, mine = (factories.claim(client, due_at=NOW + timedelta(hours=hours)) for hours in (1, 2, 3))
    assigned(other, client, theirs)
    assigned(va, client, mine)

    page = open_page(va, here)
    for of_what in ("own", "all"):
        page.query_params["list_work"] = of_what
        page.run()
        press(page, "Next")

    assert opened == [(client, mine, {"work": "own"}), (client, theirs, {"work": "all"})]


def test_next_stays_within_the_kind_of_work_to_which_my_work_was_narrowed(
    open_page: Open, client: int, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[tuple[object, ...]] = []
    monkeypatch.setattr(live_lists, "open_claim", lambda *claim: opened.append(claim))
    here, _, to_ask = (factories.claim(client, due_at=NOW + timedelta(hours=hours)) for hours in (1, 2, 30))
    for claim in (here, to_ask):
        ask(desk, client, claim, "language")

    page = open_page(factories.staff(Role.VA, client), here)
    page.query_params["list_work"], page.query_params["list_what"] = "own", "intake"
    page.run()
    press(page, "Next")

    assert opened == [(client, to_ask, {"what": "intake", "work": "own"})]


def test_next_says_so_where_no_other_claim_waits(open_page: Open, client: int) -> None:
    page = open_page(factories.staff(Role.VA, client), factories.claim(client))

    press(page, "Next")

    assert "No other claim waits." in words_of(page)


def test_everybody_else_who_has_the_claim_open_is_named(open_page: Open, client: int) -> None:
    claim = factories.claim(client)
    va, nurse, boss = (
        factories.staff(Role.VA, client),
        factories.staff(Role.CLINICAL, client),
        factories.staff(Role.SUPERVISOR),
    )

    assert "Also open" not in words_of(open_page(va, claim))
    assert f"Also open with {va.name}" in words_of(open_page(nurse, claim))
    assert f"Also open with {va.name}, {nurse.name}" in words_of(open_page(boss, claim))


class TestTheTimelineSays:
    def test_who_handed_it_from_whom_to_whom(self, open_page: Open, client: int) -> None:
        boss, va, nurse = (factories.staff(role, client) for role in (Role.SUPERVISOR, Role.VA, Role.CLINICAL))
        claim = factories.claim(client)
        with transaction(boss) as tx:
            assignment.assign(boss, tx, claims=[(client, claim)], to=va.staff_id, at=NOW)
            given = assignment.assign(boss, tx, claims=[(client, claim)], to=nurse.staff_id, at=NOW)
            assignment.undo(boss, tx, moves=given.moves, at=NOW)

        entries = [
            each.value.replace("\\", "")
            for each in open_page(boss, claim, tab="History").markdown
            if "CST · " in each.value
        ]

        when = f":gray[:material/swap_horiz: Tue 24 Nov 2026, 09:00 CST · {boss.name}]  \n"
        assert entries[:3] == [
            f"{when}Handing over undone from {nurse.name} to {va.name}",
            f"{when}Handed over from {va.name} to {nurse.name}",
            f"{when}Handed over from nobody to {va.name}",
        ]

    def test_who_took_it(self, open_page: Open, client: int) -> None:
        va, claim = factories.staff(Role.VA, client), factories.claim(client)
        with transaction(va) as tx:
            assignment.assign(va, tx, claims=[(client, claim)], to=va.staff_id, at=NOW)

        assert f"{va.name}]  \nTaken; nobody had it" in words_of(open_page(va, claim, tab="History"))

    def test_why_the_clock_was_paused(self, open_page: Open, client: int) -> None:
        boss, claim = factories.staff(Role.SUPERVISOR), factories.claim(client)
        with transaction(boss) as tx:
            contact.pause_clock(boss, tx, client_id=client, claim_id=claim, reason="In *surgery*.", at=NOW)

        assert "Clock paused. In *surgery*." in words_of(open_page(boss, claim, tab="History"))

    def test_why_something_cannot_be_had(self, open_page: Open, client: int, desk: Desk) -> None:
        va, claim = factories.staff(Role.VA, client), factories.claim(client)
        ask(desk, client, claim, "language")
        with transaction(va) as tx:
            intake.answer_question(
                va, tx, client_id=client, claim_id=claim, element="language", reason="missing",
                unobtainable_why="Nobody there knows", at=NOW,
            )  # fmt: skip

        assert "Cannot be had: language. Nobody there knows" in words_of(open_page(va, claim, tab="History"))


class TestWhatOthersDoMeanwhile:
    def logged(self, actor: Actor, client: int, claim: int) -> None:
        with transaction(actor) as tx:
            contact.log_attempt(
                actor, tx, client_id=client, claim_id=claim, party=Party.EMPLOYER, method=Method.PHONE,
                outcome=Outcome.NO_ANSWER, note="Robin is in *surgery*.", at=NOW, request=uuid4(),
            )  # fmt: skip

    def looked(self, open_page: Open, actor: Actor, claim: int, monkeypatch: pytest.MonkeyPatch, does: Act) -> AppTest:
        """Open the claim; another does something between its drawing and the next look at what is new."""
        newest = intake.newest

        def later(*asked: Any) -> intake.Newest:
            does()
            monkeypatch.setattr(intake, "newest", newest)
            return newest(*asked)

        monkeypatch.setattr(intake, "newest", later)
        return open_page(actor, claim)

    def test_is_said_in_one_line_without_a_protected_word_and_shown_when_asked(
        self, open_page: Open, client: int, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        va, nurse, claim = (
            factories.staff(Role.VA, client),
            factories.staff(Role.CLINICAL, client),
            factories.claim(client),
        )
        page = self.looked(open_page, va, claim, monkeypatch, lambda: self.logged(nurse, client, claim))
        [said] = [each.value for each in page.markdown if ":material/update:" in each.value]
        assert said == f":material/update: {nurse.name} logged a contact attempt at 09:00 CST."
        assert "surgery" not in words_of(page), "the timeline is not drawn anew unasked"

        press(page, "Show it")

        assert "surgery" in words_of(page)
        assert ":material/update:" not in words_of(page)

    def test_names_the_first_contact_and_how_much_is_new(
        self, open_page: Open, client: int, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        va, nurse, claim = (
            factories.staff(Role.VA, client),
            factories.staff(Role.CLINICAL, client),
            factories.claim(client),
        )

        def does() -> None:
            self.logged(nurse, client, claim)
            with transaction(nurse) as tx:
                contact.record_first_contact(
                    nurse, tx, client_id=client, claim_id=claim, held=factories.held(), at=NOW, request=uuid4()
                )

        said = words_of(self.looked(open_page, va, claim, monkeypatch, does))

        assert f"{nurse.name} recorded first contact at 09:00 CST. 2 entries are new." in said

    def test_names_a_contact_that_was_recorded_last_and_made_before_what_else_happened(
        self, open_page: Open, client: int, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        va, nurse = factories.staff(Role.VA, client), factories.staff(Role.CLINICAL, client)
        claim = factories.claim(client, reported_at=NOW - timedelta(hours=2))
        with transaction(va) as tx:
            assignment.assign(va, tx, claims=[(client, claim)], to=va.staff_id, at=NOW - timedelta(minutes=1))

        def does() -> None:
            with transaction(nurse) as tx:
                contact.record_first_contact(
                    nurse, tx, client_id=client, claim_id=claim,
                    held=factories.held(made_at=NOW - timedelta(minutes=10)), at=NOW, request=uuid4(),
                )  # fmt: skip

        said = words_of(self.looked(open_page, va, claim, monkeypatch, does))

        assert f"{nurse.name} recorded first contact at 09:00 CST." in said

    def test_nothing_is_said_where_nothing_happened(self, open_page: Open, client: int) -> None:
        assert ":material/update:" not in words_of(open_page(factories.staff(Role.VA, client), factories.claim(client)))

    def test_costs_one_statement(self, client: int) -> None:
        va, claim = factories.staff(Role.VA, client), factories.claim(client)
        asked: list[str] = []
        with transaction(va) as tx:
            event.listen(tx, "before_cursor_execute", lambda *call: asked.append(call[2]))
            intake.newest(va, tx, client, claim)

        assert len(asked) == 1

    def test_is_not_told_of_a_claim_that_is_not_theirs(self, client: int) -> None:
        stranger, claim = factories.staff(Role.VA), factories.claim(client)
        with transaction(stranger) as tx, pytest.raises(NoSuchClaim):
            intake.newest(stranger, tx, client, claim)
