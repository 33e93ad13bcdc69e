"""Correcting, pausing and closing."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from core import instant, intake
from core.access import Action, Actor, Role
from core.transactions import transaction
from pages.parts.forms.closing import CLOSES
from tests import factories
from tests.conftest import Desk
from tests.factories import NOW
from tests.pages.claim.claim_page import Open, ask, one, press, words_of
from tests.pages.conftest import above


def reported(page: AppTest) -> Any:
    return next(field for field in page.text_input if field.label.startswith("Reported at, Central time, C"))


def corrected(boss: Actor, client: int, claim: int, hours: int, *, seen: int) -> None:
    """Have *boss*, who has *seen* that the report came so many hours ago, correct that to *hours*."""
    with transaction(boss) as tx:
        intake.correct_report(
            boss, tx, client_id=client, claim_id=claim, reported_at=NOW - timedelta(hours=hours),
            seen=NOW - timedelta(hours=seen), reason="The letter says so.", at=NOW,
        )  # fmt: skip


class TestSupervision:
    def test_a_corrected_report_moves_the_deadline(self, open_page: Open, client: int, desk: Desk) -> None:
        page = open_page(factories.staff(Role.SUPERVISOR), factories.claim(client))
        reported(page).set_value("11/24/2026 05:00")
        next(f for f in page.text_input if f.label == "Reason").input("The fax says so.")

        press(page, "Correct report")

        assert one(desk, "select reported_at from claim") == NOW - timedelta(hours=4)
        assert "due Wed 25 Nov 2026, 05:00 CST" in words_of(page)
        assert "The fax says so." in words_of(page)
        assert "since the start: 24 h, true hours. The time of the report was corrected by Person" in words_of(page)

    @pytest.mark.parametrize(
        ("typed", "says"),
        [
            ("", "Say when the report was received."),
            (
                "02/30/2026 09:05",
                "Reported at: There is no such day in the calendar: month first, then day, then year.",
            ),
        ],
    )
    def test_a_report_at_no_time_is_told_and_moves_nothing(
        self, open_page: Open, client: int, desk: Desk, typed: str, says: str
    ) -> None:
        page = open_page(factories.staff(Role.SUPERVISOR), factories.claim(client))
        reported(page).set_value(typed)
        next(f for f in page.text_input if f.label == "Reason").input("The fax says so.")

        press(page, "Correct report")

        assert says in [each.value for each in page.error]
        assert one(desk, "select reported_at from claim") == NOW - timedelta(hours=2)

    @pytest.mark.parametrize("hour", [6, 7], ids=["the first", "the second"])
    def test_a_report_at_a_time_that_comes_twice_keeps_which_of_the_two(
        self, open_page: Open, client: int, desk: Desk, hour: int
    ) -> None:
        reported_at = datetime(2026, 11, 1, hour, 30, 20, tzinfo=UTC)
        page = open_page(factories.staff(Role.SUPERVISOR), factories.claim(client, reported_at=reported_at))
        [asked] = page.radio
        assert asked.label == "01:30 comes twice that night"
        assert asked.value == hour - 6
        next(f for f in page.text_input if f.label == "Reason").input("Only the reason.")

        press(page, "Correct report")
        assert one(desk, "select reported_at from claim") == reported_at

        page.radio[0].set_value(7 - hour)
        next(f for f in page.text_input if f.label == "Reason").input("It was the other.")
        press(page, "Correct report")
        assert one(desk, "select reported_at from claim") == reported_at.replace(hour=13 - hour, second=0)

    def test_a_time_that_comes_twice_is_asked_which_of_the_two(self, open_page: Open, client: int, desk: Desk) -> None:
        claim = factories.claim(client)
        page = open_page(factories.staff(Role.SUPERVISOR), claim)
        reported(page).set_value("11/1/2026 1:30 am")
        next(f for f in page.text_input if f.label == "Reason").input("The fax says so.")

        press(page, "Correct report")

        assert "01:30 comes twice that night: choose which of the two is meant." in [e.value for e in page.error]
        assert one(desk, "select count(*) from claim_event where kind = 'report_corrected'") == 0
        page.radio[0].set_value(1)
        press(page, "Correct report")
        assert one(desk, "select reported_at from claim") == datetime(2026, 11, 1, 7, 30, tzinfo=UTC)

    @pytest.mark.parametrize(
        ("choice", "stands", "told"),
        [("Keep theirs", 5, "Kept as it is"), ("Put mine", 4, "Report corrected. Due Wed 25 Nov 2026, 05:00 CST.")],
    )
    def test_a_time_that_somebody_else_corrected_meanwhile_is_shown_beside_ones_own_and_nothing_typed_is_lost(
        self, open_page: Open, client: int, desk: Desk, choice: str, stands: int, told: str
    ) -> None:
        claim, colleague = factories.claim(client), factories.staff(Role.SUPERVISOR)
        page = open_page(factories.staff(Role.SUPERVISOR), claim)
        corrected(colleague, client, claim, 5, seen=2)
        reported(page).set_value("11/24/2026 05:00")
        next(f for f in page.text_input if f.label == "Reason").input("The fax says so.")

        press(page, "Correct report")

        assert (
            f"**Reported at**  \n:gray[{colleague.name} on Tue 24 Nov 2026, 09:00 CST:] Tue 24 Nov 2026, 04:00 CST  \n"
            ":gray[You:] Tue 24 Nov 2026, 05:00 CST"
        ) in words_of(page)
        assert reported(page).value == "11/24/2026 05:00"
        assert next(f for f in page.text_input if f.label == "Reason").value == "The fax says so."
        press(page, choice)
        assert [each.value for each in page.toast] == [told]
        assert one(desk, "select reported_at from claim") == NOW - timedelta(hours=stands)
        assert "changed this while you typed" not in words_of(page)
        assert reported(page).value == f"11/24/2026 {9 - stands:02}:00"

    def test_ones_own_time_is_put_in_the_place_of_the_one_that_was_shown_beside_it_and_of_no_later_one(
        self, open_page: Open, client: int, desk: Desk
    ) -> None:
        claim, one_more, another = factories.claim(client), *(factories.staff(Role.SUPERVISOR) for _ in range(2))
        page = open_page(factories.staff(Role.SUPERVISOR), claim)
        corrected(one_more, client, claim, 5, seen=2)
        reported(page).set_value("11/24/2026 05:00")
        next(f for f in page.text_input if f.label == "Reason").input("The fax says so.")
        press(page, "Correct report")
        corrected(another, client, claim, 7, seen=5)

        press(page, "Put mine")

        assert one(desk, "select reported_at from claim") == NOW - timedelta(hours=7)
        assert f":gray[{another.name} on Tue 24 Nov 2026, 09:00 CST:] Tue 24 Nov 2026, 02:00 CST" in words_of(page)
        press(page, "Put mine")
        assert one(desk, "select reported_at from claim") == NOW - timedelta(hours=4)

    def test_ones_own_time_that_cannot_be_read_is_told_and_both_stay(
        self, open_page: Open, client: int, desk: Desk
    ) -> None:
        claim = factories.claim(client)
        page = open_page(factories.staff(Role.SUPERVISOR), claim)
        corrected(factories.staff(Role.SUPERVISOR), client, claim, 5, seen=2)
        reported(page).set_value("11/24/2026 05:00")
        next(f for f in page.text_input if f.label == "Reason").input("The fax says so.")
        press(page, "Correct report")
        reported(page).set_value("02/30/2026 09:05")
        press(page, "Correct report")

        press(page, "Put mine")

        assert [each.value for each in page.error] == [
            "Reported at: There is no such day in the calendar: month first, then day, then year."
        ]
        assert "changed this while you typed" in words_of(page)
        assert one(desk, "select reported_at from claim") == NOW - timedelta(hours=5)

    @pytest.mark.parametrize(
        ("lacking", "gone", "left"),
        [
            (Action.REPORT_CORRECT, "Correct report", "Pause clock"),
            (Action.CLOCK_PAUSE, "Pause clock", "Correct report"),
        ],
    )
    def test_correcting_and_pausing_are_drawn_each_for_whoever_may(
        self, open_page: Open, client: int, monkeypatch: pytest.MonkeyPatch, lacking: Action, gone: str, left: str
    ) -> None:
        may = Actor.may
        monkeypatch.setattr(Actor, "may", lambda actor, action: action is not lacking and may(actor, action))

        page = open_page(factories.staff(Role.SUPERVISOR), factories.claim(client))

        labels = {button.label for button in page.button}
        assert left in labels
        assert gone not in labels

    def test_pauses_and_resumes(self, open_page: Open, client: int, desk: Desk) -> None:
        page = open_page(factories.staff(Role.SUPERVISOR), factories.claim(client))
        next(f for f in page.text_input if f.label == "Reason for the pause").input("In surgery.")
        press(page, "Pause clock")
        assert "Paused since Tue 24 Nov 2026, 09:00 CST" in words_of(page)

        instant.set_clock(lambda: NOW + timedelta(hours=1))
        press(page, "Resume clock")

        assert "due Wed 25 Nov 2026, 08:00 CST" in words_of(page)


class TestClosing:
    def reason(self, page: AppTest, said: str) -> None:
        next(f for f in page.text_input if f.label == "Reason" and "closing" in (f.key or "")).input(said)

    def test_says_what_it_does_asks_why_and_then_nothing_is_offered_but_reopening(
        self, open_page: Open, client: int, desk: Desk
    ) -> None:
        claim = factories.claim(client)
        ask(desk, client, claim, "language")
        boss = factories.staff(Role.SUPERVISOR)
        page = open_page(boss, claim)
        assert CLOSES in words_of(page)
        self.reason(page, "Withdrawn *by the client*.")

        press(page, "Close claim now")

        assert [each.value for each in page.toast] == ["Claim closed"]
        said = words_of(page)
        assert "Withdrawn *by the client*. Nothing is due or asked. 1 open question would be asked again." in said
        assert "Closed" in said
        assert "due Wed" not in said
        assert not {"Pause clock", "Close claim now"} & {button.label for button in page.button}
        assert "Save answers" not in {each.label for each in open_page(boss, claim, tab="Intake").button}

        self.reason(page, "By mistake")
        press(page, "Reopen claim now")

        assert "Due in 22 h" in words_of(page)
        assert {"Pause clock", "Close claim now"} <= {button.label for button in page.button}
        assert "Save answers" in {each.label for each in open_page(boss, claim, tab="Intake").button}
        said = words_of(open_page(boss, claim, tab="History"))
        assert "Claim closed. Withdrawn *by the client*." in said
        assert "Claim reopened. By mistake" in said

    def test_without_a_reason_it_is_refused_in_words(self, open_page: Open, client: int, desk: Desk) -> None:
        page = press(open_page(factories.staff(Role.SUPERVISOR), factories.claim(client)), "Close claim now")

        assert [each.value for each in page.error] == ["The reason is missing: say why, in at most 200 characters."]
        assert one(desk, "select closed_at from claim") is None
        assert above(page, "Close claim now") == "error"

    @pytest.mark.parametrize("role", [Role.VA, Role.CLINICAL, Role.COMPLIANCE])
    def test_nobody_else_is_offered_it(self, open_page: Open, client: int, role: Role) -> None:
        page = open_page(factories.staff(role, client), factories.claim(client))

        assert not [button for button in page.button if "Close claim" in button.label]

    def test_no_first_contact_is_offered_on_a_closed_claim(self, open_page: Open, client: int, desk: Desk) -> None:
        claim = factories.claim(client)
        with desk.owner() as db:
            db.execute("update claim set closed_at = now(), closed_why = 'withdrawn'")
        page = open_page(factories.staff(Role.CLINICAL, client), claim)

        assert "Record first contact" not in [button.label for button in page.button]
