"""The tabs of a claim's page: only the open one is computed, the address says which, and each holds its own."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from core import assignment, contact, intake
from core.access import Actor, Role
from core.contact import Method, Outcome, Party
from core.transactions import transaction
from pages.parts.claim_tabs import TABS
from pages.parts.fields import cut
from tests import factories
from tests.conftest import Desk
from tests.core.triage import work as triage
from tests.factories import NOW
from tests.pages.claim.claim_page import Open, ask, pick, press, words_of
from tests.statements import heard

COST = {
    "Overview": 10, "Contact": 10, "Intake": 10, "Calls": 12, "Authorizations": 10, "Referrals": 11, "Documents": 11,
    "History": 9,
}  # fmt: skip
"""How many statements the page with each tab open costs."""


@pytest.mark.parametrize("tab", TABS)
def test_each_costs_so_many_statements(open_page: Open, client: int, desk: Desk, va: Actor, tab: str) -> None:
    claim = factories.claim(client)
    ask(desk, client, claim, "language")
    with heard() as said:
        open_page(va, claim, tab=tab)

    assert len(said) == COST[tab]


def test_the_first_is_open_unless_the_address_names_another(open_page: Open, client: int, va: Actor) -> None:
    claim = factories.claim(client)

    for tab in (None, "Nowhere"):
        assert "Log attempt" in {each.label for each in open_page(va, claim, tab=tab).button}
    history = open_page(va, claim, tab="History")

    assert "Log attempt" not in {each.label for each in history.button}
    assert "Report taken in" in words_of(history)


def test_another_claim_begins_at_the_first(open_page: Open, client: int, va: Actor) -> None:
    page = open_page(va, factories.claim(client), tab="History")

    page.query_params["claim"] = str(factories.claim(client))
    del page.query_params["tab"]
    page.run()

    assert "Log attempt" in {each.label for each in page.button}


def test_the_overview_says_what_is_missing_and_who_was_tried_last(
    open_page: Open, client: int, desk: Desk, va: Actor
) -> None:
    claim = factories.claim(client)
    ask(desk, client, claim, "language", "body_part")
    for outcome in (Outcome.WRONG_NUMBER, Outcome.NO_ANSWER, Outcome.VOICEMAIL, Outcome.REACHED_DEFERRED):
        logged(va, client, claim, outcome)

    said = words_of(open_page(va, claim))

    assert ":material/help_center: **3 open questions** :gray[body part, language, way to reach]" in said
    assert all(words in said for words in ("No answer", "Left a voicemail", "called later"))
    assert said.count("Wrong number") == 1, "beside the number, and not among the last attempts"
    assert words_of(open_page(va, claim, tab="Contact")).count("Wrong number") == 2


def test_calls_says_who_asked_to_be_called_later_and_invents_nothing(open_page: Open, client: int, va: Actor) -> None:
    claim = factories.claim(client)
    assert "Nobody waits for a call that was promised, and no triage call is over." in words_of(
        open_page(va, claim, tab="Calls")
    )
    logged(va, client, claim, Outcome.NO_ANSWER)
    logged(va, client, claim, Outcome.REACHED_DEFERRED)

    said = words_of(open_page(va, claim, tab="Calls"))

    assert "Reached, asked to be called later" in said
    assert "No answer" not in said


class TestTheTriageCall:
    @pytest.fixture
    def dana(self, desk: Desk, client: int) -> Actor:
        return triage.clinician(desk, client)

    def test_is_booked_at_one_of_the_times_that_are_offered_with_their_reasons(
        self, open_page: Open, client: int, desk: Desk, va: Actor, dana: Actor
    ) -> None:
        claim = factories.claim(client)
        page = open_page(va, claim, tab="Calls")
        [times] = page.radio
        assert [time.partition(",")[0] for time in times.options] == ["Tue 24 Nov 2026"] * 3 + ["Another time"]

        times.set_value(times.options[1])
        press(page, "Book call")

        [call] = triage.calls(va, client, claim)
        assert call.starts_at == NOW + timedelta(hours=1)
        assert f"Tue 24 Nov 2026, 10:00 CST** · with {dana.name}" in words_of(open_page(va, claim, tab="Calls"))

    def test_once_booked_says_of_which_claim_and_when_on_both_clocks(
        self, open_page: Open, client: int, desk: Desk, va: Actor, dana: Actor
    ) -> None:
        desk.maker.execute("update clinician set licences = '{NY}'")
        claim = factories.claim(client, jurisdiction="NY")
        page = open_page(va, claim, tab="Calls")

        press(page, "Book call")

        assert [each.value for each in page.toast] == [
            f"C-{claim}: triage call booked for Tue 24 Nov 2026, 09:30 CST (worker 10:30 EST in NY), with {dana.name}"
        ]

    def test_that_somebody_else_has_taken_meanwhile_is_said_and_the_next_is_offered(
        self, open_page: Open, client: int, desk: Desk, va: Actor, dana: Actor
    ) -> None:
        claim = factories.claim(client)
        page = open_page(va, claim, tab="Calls")
        triage.book(va, client, factories.claim(client), dana, NOW + timedelta(minutes=30))

        press(page, "Book call")

        assert "This clinician has another call at that time" in page.error[0].value
        assert not triage.calls(va, client, claim)
        assert "09:30" not in "".join(page.radio[0].options)
        press(page, "Book call")
        assert [call.starts_at for call in triage.calls(va, client, claim)] == [NOW + timedelta(hours=1)]

    def test_where_no_time_is_free_says_who_could_be_asked(
        self, open_page: Open, client: int, desk: Desk, va: Actor
    ) -> None:
        elsewhere = triage.clinician(desk, client, licences=["OH"])
        said = words_of(open_page(va, factories.claim(client), tab="Calls"))

        assert "No time is free before the deadline" in said
        assert f"{elsewhere.name}: not licensed in IL" in said

    def test_is_moved_and_ended_by_whom_it_is_for(
        self, open_page: Open, client: int, desk: Desk, va: Actor, dana: Actor
    ) -> None:
        claim = factories.claim(client)
        triage.book(va, client, claim, dana, NOW + timedelta(minutes=30))

        assert {"Move call", "Cancel call"} <= {each.label for each in open_page(va, claim, tab="Calls").button}
        assert "Call made" not in {each.label for each in open_page(va, claim, tab="Calls").button}
        page = open_page(dana, claim, tab="Calls")
        press(page, "Call made")
        assert [call.status for call in triage.calls(va, client, claim)] == ["done"]


class TestTheHistory:
    def test_is_narrowed_to_a_kind(self, open_page: Open, client: int, va: Actor) -> None:
        claim = factories.claim(client)
        logged(va, client, claim, Outcome.NO_ANSWER)
        page = open_page(va, claim, tab="History")
        shown = next(group for group in page.button_group if group.label == "Show")
        assert shown.options == ["Everything", "Contact", "Intake"]

        pick(page, "Show", "Contact")
        page.run()

        said = words_of(page)
        assert "No answer" in said
        assert "Report taken in" not in said

    def test_tells_answers_that_were_given_together_as_one(
        self, open_page: Open, client: int, desk: Desk, va: Actor
    ) -> None:
        claim = factories.claim(client)
        ask(desk, client, claim, "language", "body_part", "birth_date")
        with transaction(va) as tx:
            intake.answer_questions(
                va, tx, client_id=client, claim_id=claim, at=NOW,
                given={("language", "missing"): "Polish", ("body_part", "missing"): "wrist"},
                never=[("birth_date", "missing")], why="Nobody knows",
            )  # fmt: skip

        page = open_page(va, claim, tab="History")

        [together] = [each.value for each in page.markdown if "Answered: language" in each.value]
        assert "Answered: part of body" in together
        assert "Cannot be had: date of birth. Nobody knows" in together

    def test_folds_a_long_note_until_it_is_asked_for(self, open_page: Open, client: int, va: Actor) -> None:
        claim = factories.claim(client)
        logged(va, client, claim, Outcome.NO_ANSWER, note=f"{'word ' * 300}the end")
        page = open_page(va, claim, tab="History")
        assert "the end" not in words_of(page)

        press(page, "Show all")

        assert "the end" in words_of(page)


class TestTheNoteWithWhichAClaimWasHandedOver:
    def test_stands_on_the_overview_for_as_long_as_whoever_got_it_has_the_claim(
        self, desk: Desk, open_page: Open, client: int, va: Actor
    ) -> None:
        claim = factories.claim(client, assignee=va.staff_id)
        nurse, third = (factories.staff(Role.CLINICAL, client) for _ in range(2))
        assert self.notes(open_page, va, claim) == []
        self.hand_over(va, client, claim, nurse, "Speaks *Spanish*.")

        [note] = self.notes(open_page, nurse, claim)
        assert note.startswith(f"**Note from {va.name}**, who handed this over, Tue 24 Nov 2026, ")
        assert note.endswith("Speaks \\*Spanish\\*.")
        assert self.notes(open_page, nurse, claim, tab="History") == []

        with desk.owner() as db:
            db.execute("update claim set closed_at = now(), closed_why = 'withdrawn'")
        assert self.notes(open_page, nurse, claim) == []
        with desk.owner() as db:
            db.execute("update claim set closed_at = null, closed_why = null")
        self.hand_over(nurse, client, claim, third, "At home.", NOW + timedelta(minutes=1))
        [note] = self.notes(open_page, third, claim)
        assert note.endswith("At home.")

    def notes(self, open_page: Open, person: Actor, claim: int, tab: str | None = None) -> list[str]:
        return [each.value for each in open_page(person, claim, tab=tab).info if "handed this over" in each.value]

    def hand_over(self, actor: Actor, client: int, claim: int, to: Actor, note: str, at: datetime = NOW) -> None:
        with transaction(actor) as tx:
            assignment.hand_over(actor, tx, client_id=client, claim_id=claim, to=to.staff_id, note=note, at=at)


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("A line.", None),
        ("\n".join("123456"), None),
        ("\n".join("1234567"), "1\n2\n3\n4\n5\n6 …"),
        ("word " * 107, None),
        ("word " * 109, ("word " * 108).strip() + " …"),
    ],
)
def test_six_lines_of_a_text_are_shown(text: str, short: str | None) -> None:
    assert cut(text) == short


def logged(actor: Actor, client: int, claim: int, outcome: Outcome, note: str = "") -> None:
    later = NOW + timedelta(hours=1) if outcome is Outcome.REACHED_DEFERRED else None
    with transaction(actor) as tx:
        contact.log_attempt(
            actor, tx, client_id=client, claim_id=claim, party=Party.WORKER, method=Method.PHONE, outcome=outcome,
            note=note, at=NOW, request=uuid4(), call_again_at=later,
        )  # fmt: skip
