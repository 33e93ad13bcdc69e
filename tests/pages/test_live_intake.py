"""Live intake and Intake: who opens them, and what a selection can be made to do."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from desk_board import Answer
from desk_board.heard import answer as heard
from desk_board.heard import keys_of
from streamlit.testing.v1 import AppTest

from core import assignment, instant, triage
from core.access import Actor, Role
from core.transactions import transaction
from pages.parts import desk as desk_part
from pages.parts import live_lists
from tests import factories
from tests.core.merging.two import asked, merge, two
from tests.factories import NOW

PAGES = Path(desk_part.__file__).parent.parent
LIVE, INTAKE = PAGES / "supervision" / "live_intake.py", PAGES / "coordination" / "intake.py"

pytestmark = pytest.mark.usefixtures("desk")


@pytest.fixture
def open_as(monkeypatch) -> Callable[..., AppTest]:
    """Open a page as somebody, whose list answers what the test says."""

    def opened(page: Path, actor: Actor | None, **answer: Any) -> AppTest:
        monkeypatch.setattr(desk_part, "signed_in", lambda **_: actor)
        answers = iter([Answer(**answer)])
        lasting = Answer(selected=answer.get("selected", ()))
        monkeypatch.setattr(live_lists, "board", lambda *args, **named: next(answers, lasting))
        return AppTest.from_file(str(page)).run()

    return opened


def whose(desk, claim: int) -> int | None:
    with desk.owner() as db:
        return db.execute("select assignee_id from claim where claim_id = %s", (claim,)).fetchone()[0]


def choose(page: AppTest, somebody: Actor) -> AppTest:
    """Choose who gets the selected claims."""
    field = page.selectbox[0]
    return field.select(next(option for option in field.options if option.startswith(somebody.name))).run()


def test_claims_of_several_clients_say_who_serves_only_some_of_them(open_as) -> None:
    one, other = factories.client(), factories.client()
    factories.staff(Role.VA, one, other)
    some = factories.staff(Role.VA, one)
    both = ((one, factories.claim(one)), (other, factories.claim(other)))

    page = open_as(LIVE, factories.staff(Role.SUPERVISOR), selected=both)

    assert "1 person serves only some of these clients." in [each.value for each in page.caption]
    assert not any(option.startswith(some.name) for option in page.selectbox[0].options)
    alone = open_as(LIVE, factories.staff(Role.SUPERVISOR), selected=both[:1])
    assert not [each for each in alone.caption if "only some" in each.value]


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.SUPERVISOR])
def test_live_intake_shows_other_roles_one_sentence(open_as, role: Role) -> None:
    page = open_as(LIVE, factories.staff(role))
    assert [error.value for error in page.error] == [desk_part.NOT_YOURS]
    assert not page.button
    assert not page.title


@pytest.mark.parametrize("role", [Role.ACCOUNT_EXECUTIVE, Role.COMPLIANCE, Role.ADMINISTRATOR])
def test_intake_shows_roles_without_a_queue_one_sentence(open_as, role: Role) -> None:
    page = open_as(INTAKE, factories.staff(role))
    assert [error.value for error in page.error] == [desk_part.NOT_YOURS]


@pytest.mark.parametrize("page", [LIVE, INTAKE])
def test_the_list_itself_is_drawn(monkeypatch, page: Path) -> None:
    supervisor = factories.staff(Role.SUPERVISOR)
    monkeypatch.setattr(desk_part, "signed_in", lambda **_: supervisor)
    assert not AppTest.from_file(str(page)).run().exception


def test_nobody_sees_anything_but_where_to_sign_in(open_as) -> None:
    assert [error.value for error in open_as(LIVE, None).error] == [desk_part.SIGN_IN_FIRST]


def test_without_a_selection_it_says_what_to_do(open_as) -> None:
    page = open_as(LIVE, factories.staff(Role.SUPERVISOR))
    assert [caption.value for caption in page.caption] == ["Select claims to assign them."]
    assert not page.button


def test_a_selection_is_handed_to_the_person_who_is_chosen(desk, open_as) -> None:
    client = factories.client()
    claims = [(client, factories.claim(client)) for _ in range(3)]
    va = factories.staff(Role.VA, client)
    page = open_as(LIVE, factories.staff(Role.SUPERVISOR), selected=tuple(claims))

    assert [button.label for button in page.button] == ["Assign 3 claims"]
    choose(page, va).button[0].click().run()

    assert [whose(desk, claim) for _, claim in claims] == [va.staff_id] * 3
    assert [toast.value for toast in page.toast] == [f"3 claims with {va.name}."]


def test_nobody_is_proposed_and_nothing_is_given_until_somebody_is_chosen(desk, open_as) -> None:
    client = factories.client()
    nurse = factories.staff(Role.CLINICAL, client)
    page = open_as(LIVE, factories.staff(Role.SUPERVISOR), selected=((client, factories.claim(client)),))

    assert page.selectbox[0].value is None
    assert page.button[0].disabled
    assert not choose(page, nurse).button[0].disabled


def test_who_is_chosen_stays_chosen_where_the_number_of_waiting_claims_changes(desk, open_as) -> None:
    client = factories.client()
    first, second = factories.claim(client), factories.claim(client)
    va, supervisor = factories.staff(Role.VA, client), factories.staff(Role.SUPERVISOR)
    factories.staff(Role.CLINICAL, client)
    page = choose(open_as(LIVE, supervisor, selected=((client, first),)), va)
    with transaction(supervisor) as tx:
        assignment.assign(supervisor, tx, claims=[(client, second)], to=va.staff_id, at=factories.NOW)

    page.run().button[0].click().run()

    assert whose(desk, first) == va.staff_id


@pytest.mark.parametrize(
    "change", ["update staff set active = false where staff_id = %s", "delete from staff_client where staff_id = %s"]
)
def test_one_who_was_disabled_or_lost_the_client_since_the_list_was_drawn_gets_nothing_and_it_says_so(
    desk, open_as, change: str
) -> None:
    client = factories.client()
    claim, va = factories.claim(client), factories.staff(Role.VA, client)
    factories.staff(Role.CLINICAL, client)
    page = choose(open_as(LIVE, factories.staff(Role.SUPERVISOR), selected=((client, claim),)), va)
    with desk.owner() as db:
        db.execute(change, (va.staff_id,))

    page.button[0].click().run()

    assert whose(desk, claim) is None
    assert [each.value for each in page.warning] == [
        f"{va.name} cannot be given these claims any more. Choose somebody else."
    ]
    assert not [option for option in page.selectbox[0].options if option.startswith(va.name)]


class TestUndoing:
    """The list is told to answer a selection once; after the act it is empty, as a browser does it."""

    @pytest.fixture
    def handed_out(self, open_as, monkeypatch) -> Callable[[Actor, list[tuple[int, int]], Actor], AppTest]:
        def hand_out(supervisor: Actor, claims: list[tuple[int, int]], va: Actor) -> AppTest:
            page = open_as(LIVE, supervisor, selected=tuple(claims))
            choose(page, va).button[0].click().run()
            monkeypatch.setattr(live_lists, "board", lambda *args, **named: Answer())
            return page.run()

        return hand_out

    def test_an_assignment_is_offered_for_undoing_and_undone(self, desk, handed_out) -> None:
        client = factories.client()
        had, gets = factories.staff(Role.VA, client), factories.staff(Role.VA, client)
        claims = [(client, factories.claim(client, assignee=had.staff_id)), (client, factories.claim(client))]

        page = handed_out(factories.staff(Role.SUPERVISOR), claims, gets)
        assert f"2 claims with {gets.name}." in page.caption[0].value
        assert [button.label for button in page.button] == ["Undo assignment"]
        page.button[0].click().run()

        assert [whose(desk, claim) for _, claim in claims] == [had.staff_id, None]
        assert [toast.value for toast in page.toast] == ["Undone: 2 claims back where they were."]
        assert not page.button

    def test_it_is_refused_in_words_where_a_claim_was_handed_on_since(self, desk, handed_out) -> None:
        client = factories.client()
        gets, other = factories.staff(Role.VA, client), factories.staff(Role.VA, client)
        claim = factories.claim(client)
        page = handed_out(factories.staff(Role.SUPERVISOR), [(client, claim)], gets)
        with transaction(second := factories.staff(Role.SUPERVISOR)) as tx:
            assignment.assign(second, tx, claims=[(client, claim)], to=other.staff_id, at=factories.NOW)

        page.button[0].click().run()

        assert [error.value for error in page.error] == [
            "One of these claims has changed since it was handed out; nothing was undone."
        ]
        assert whose(desk, claim) == other.staff_id
        assert not page.run().button, "there is nothing left to try"

    def test_it_is_offered_for_a_while_only(self, handed_out) -> None:
        client = factories.client()
        instant.set_clock(lambda: factories.NOW)
        page = handed_out(
            factories.staff(Role.SUPERVISOR), [(client, factories.claim(client))], factories.staff(Role.VA, client)
        )
        assert page.button

        instant.set_clock(lambda: factories.NOW + live_lists.UNDO_OFFERED + timedelta(seconds=1))

        assert not page.run().button

    def test_a_va_gives_back_what_she_took(self, desk, open_as) -> None:
        client = factories.client()
        claim = factories.claim(client)
        page = open_as(INTAKE, factories.staff(Role.VA, client), act="take", keys=((client, claim),))
        assert [button.label for button in page.button] == ["Undo assignment"]

        page.button[0].click().run()

        assert whose(desk, claim) is None


def test_a_claim_reached_in_the_meantime_is_refused_in_words(open_as) -> None:
    client = factories.client()
    nurse = factories.staff(Role.CLINICAL, client)
    over = factories.claim(client, first_contact_at=factories.NOW, first_contact_by=nurse.staff_id)
    page = open_as(LIVE, factories.staff(Role.SUPERVISOR), selected=((client, over),))

    choose(page, nurse).button[0].click().run()

    assert [error.value for error in page.error] == [
        "A selected claim was reached or closed in the meantime, or its worker has died; nothing was assigned."
    ]


def test_a_va_takes_a_claim_that_nobody_has(desk, open_as) -> None:
    client = factories.client()
    claim = factories.claim(client)
    va = factories.staff(Role.VA, client)

    page = open_as(INTAKE, va, act="take", keys=((client, claim),))

    assert not page.exception
    assert whose(desk, claim) == va.staff_id


def test_a_va_is_told_when_somebody_was_quicker(desk, open_as) -> None:
    client = factories.client()
    va, other = factories.staff(Role.VA, client), factories.staff(Role.VA, client)
    claim = factories.claim(client, assignee=other.staff_id)

    page = open_as(INTAKE, va, act="take", keys=((client, claim),))

    assert [error.value for error in page.error] == [
        f"This claim is with {other.name} already. Whoever has a claim, or a supervisor, can hand it over."
    ]
    assert whose(desk, claim) == other.staff_id


class TestWhatTheBrowserSays:
    """What comes from a browser can be forged: only numbers are a row's key."""

    @pytest.mark.parametrize("said", [None, "1", 7, [[]], [[1, "2"]], [["1", 2]], [[True, 2]], [[2**80, 1]], [None]])
    def test_what_is_no_row_of_numbers_is_left_out(self, said: Any) -> None:
        assert keys_of(said) == ()

    def test_keys_are_kept_and_of_them_those_of_claims(self) -> None:
        keys = keys_of([[3, 17], "x", [3, 18, 2], [3, 18, 1], [4]])

        assert keys == ((3, 17), (3, 18, 2), (3, 18, 1), (4,))
        assert live_lists.claims(keys) == ((3, 17), (3, 18))

    def test_what_was_selected_before_the_page_emptied_the_selection_counts_no_more(self) -> None:
        said = {"selected": {"cleared": 1, "keys": [[3, 17]]}}

        assert heard(said, 1).selected == ((3, 17),)
        assert heard(said, 2).selected == ()


def test_deaths_not_yet_acknowledged_stand_above_the_list_each_with_its_claim(open_as, desk) -> None:
    client, boss = factories.client(), factories.staff(Role.SUPERVISOR)
    claim = factories.claim(client)
    assert not open_as(LIVE, boss).error
    with desk.owner() as db:
        db.execute("update claim set date_of_death = '2026-11-24'")

    said = open_as(LIVE, boss).error[0].value

    assert said.startswith(f"1 claim with a date of death not yet acknowledged: [C-{claim}](/claim?client={client}")
    with desk.owner() as db:
        db.execute("update claim set death_seen_at = now(), death_seen_by = %s", (boss.staff_id,))
    assert not open_as(LIVE, boss).error


def test_claims_that_are_said_to_be_reported_before_stand_above_the_list_until_they_are_merged(open_as, desk) -> None:
    client, boss = factories.client(), factories.staff(Role.SUPERVISOR)
    earlier, later = two(client)
    assert not open_as(LIVE, boss).warning
    asked(desk, client, later, f"Said to be the same injury as C-{earlier}.", "to_merge")

    [said] = open_as(LIVE, boss).warning

    assert said.value.startswith(f"1 claim is said to be a claim reported before: [C-{later}](/claim?client={client}")
    merge(boss, client, earlier, later)
    assert not open_as(LIVE, boss).warning


def test_a_claim_for_whose_call_somebody_is_asked_for_a_time_stands_above_the_list(open_as, client, va) -> None:
    claim = factories.claim(client, due_at=NOW + timedelta(hours=4))
    with transaction(va) as tx:
        triage.ask(va, tx, client_id=client, claim_id=claim, kind=triage.RequestKind.ESCALATION, at=NOW)

    [said] = [each.value for each in open_as(LIVE, factories.staff(Role.SUPERVISOR)).error]

    assert said.startswith("1 claim without a time for the triage call:")
    assert f"(/claim?client={client}&claim={claim})" in said
