"""Logging an attempt and recording the first contact."""

from datetime import UTC, datetime, timedelta

import pytest
from streamlit.testing.v1 import AppTest

from core import contact, intake
from core.access import Actor, Role
from core.refusal import Refusal
from core.transactions import transaction
from pages.parts.forms.first_contact import PAUSE_LASTS
from tests import factories
from tests.conftest import Desk
from tests.core.contact.work import reach
from tests.factories import NOW
from tests.pages.claim.claim_page import Open, ask, moment_of, one, pick, press, tick, words_of

HOUR = timedelta(hours=1)


def write(page: AppTest, label: str, text: str) -> None:
    next(each for each in page.text_input if each.label == label).input(text)


class TestLogAttempt:
    def test_a_va_logs_an_attempt_with_one_choice_and_one_button(
        self, open_page: Open, client: int, desk: Desk
    ) -> None:
        va = factories.staff(Role.VA, client)
        page = open_page(va, factories.claim(client))

        pick(page, "Outcome", contact.Outcome.VOICEMAIL)
        press(page, "Log attempt")

        assert one(desk, "select by_id, party, method, outcome from contact_attempt") == (
            va.staff_id,
            "worker",
            "phone",
            "voicemail",
        )
        assert [each.value for each in page.toast] == ["Attempt logged"]
        assert "Left a voicemail" in words_of(page)

    def test_a_wrong_number_is_told_as_one_to_ask_for_and_is_not_offered_to_be_called(
        self, open_page: Open, client: int
    ) -> None:
        page = open_page(factories.staff(Role.VA, client), factories.claim(client))
        assert len(page.get("link_button")) == 1
        pick(page, "Outcome", contact.Outcome.WRONG_NUMBER)
        press(page, "Log attempt")

        assert [each.value for each in page.toast] == [
            "Attempt logged. The number is marked as wrong: another one is to be asked for, under Intake."
        ]
        assert not page.get("link_button")
        assert ":orange[:material/phone_disabled: Wrong number or disconnected]" in words_of(page)

    def test_a_second_click_on_the_form_that_was_sent_logs_nothing(
        self, open_page: Open, client: int, desk: Desk
    ) -> None:
        claim = factories.claim(client)
        page = open_page(factories.staff(Role.VA, client), claim)
        key = f"claim.{client}.{claim}.attempt.request"
        request = page.session_state[key]
        pick(page, "Outcome", contact.Outcome.VOICEMAIL)
        press(page, "Log attempt")

        # As when the first click's run was cut off after its commit: the form still carries the key it was sent with.
        page.session_state[key] = request
        page.run()
        pick(page, "Outcome", contact.Outcome.VOICEMAIL)
        press(page, "Log attempt")

        assert [each.value for each in page.toast] == ["Already logged"]
        assert one(desk, "select count(*) from contact_attempt") == 1

    def test_an_attempt_without_an_outcome_is_not_logged(self, open_page: Open, client: int, desk: Desk) -> None:
        page = press(open_page(factories.staff(Role.VA, client), factories.claim(client)), "Log attempt")

        assert [each.value for each in page.error] == ["Choose an outcome."]
        assert one(desk, "select count(*) from contact_attempt") == 0

    def test_a_refusal_is_shown_in_its_own_words(self, open_page: Open, client: int) -> None:
        page = open_page(factories.staff(Role.VA, client), factories.claim(client))
        pick(page, "Outcome", contact.Outcome.SENT)

        press(page, "Log attempt")

        assert [each.value for each in page.error] == ["Telephone cannot end with: sent."]


class TestWhenItWasMade:
    def test_is_typed_on_the_clients_clocks(self, open_page: Open, client: int, desk: Desk) -> None:
        page = open_page(factories.staff(Role.VA, client), factories.claim(client))
        pick(page, "Outcome", contact.Outcome.NO_ANSWER)
        moment_of(page, "Made at").set_value("11/24/2026 08:30")

        press(page, "Log attempt")

        assert one(desk, "select at from contact_attempt") == NOW - timedelta(minutes=30)

    def test_is_chosen_of_two_where_the_clocks_show_it_twice(self, open_page: Open, client: int, desk: Desk) -> None:
        claim = factories.claim(client, reported_at=datetime(2026, 10, 31, 12, tzinfo=UTC))
        page = open_page(factories.staff(Role.VA, client), claim)
        pick(page, "Outcome", contact.Outcome.NO_ANSWER)
        moment_of(page, "Made at").set_value("11/1/2026 01:30")

        press(page, "Log attempt")
        assert [each.value for each in page.error] == [
            "01:30 comes twice that night: choose which of the two is meant."
        ]
        next(each for each in page.radio if "comes twice" in each.label).set_value(1)
        press(page, "Log attempt")
        next(each for each in page.text_input if each.label == "Why it is recorded so late").set_value("On paper.")
        press(page, "Log attempt")

        assert one(desk, "select at from contact_attempt") == datetime(2026, 11, 1, 7, 30, tzinfo=UTC)

    def test_before_the_report_is_refused_and_what_was_chosen_stays(
        self, open_page: Open, client: int, desk: Desk
    ) -> None:
        page = open_page(factories.staff(Role.VA, client), factories.claim(client))
        pick(page, "Outcome", contact.Outcome.NO_ANSWER)
        moment_of(page, "Made at").set_value("11/24/2026 06:00")

        press(page, "Log attempt")

        assert [each.value for each in page.error] == [contact.ReportInTheFuture.text]
        assert next(each for each in page.button_group if each.label == "Outcome").value == "no_answer"


class TestACallThatIsPromised:
    def test_is_asked_for_its_time_and_told_on_the_timeline(self, open_page: Open, client: int, desk: Desk) -> None:
        page = open_page(factories.staff(Role.VA, client), factories.claim(client))
        pick(page, "Outcome", contact.Outcome.REACHED_DEFERRED)
        press(page, "Log attempt")
        assert [each.value for each in page.error] == [contact.NoTimeToCall.text]

        moment_of(page, "Call again at").set_value("11/24/2026 14:00")
        press(page, "Log attempt")

        assert one(desk, "select call_again_at from contact_attempt") == NOW + timedelta(hours=5)
        assert [each.value for each in page.toast] == ["Attempt logged. Call again Tue 24 Nov 2026, 14:00 CST."]
        assert "To call again, promised for Tue 24 Nov 2026, 14:00 CST" in words_of(page)

    def test_can_follow_a_message_with_the_time_that_stands_behind_the_button(
        self, open_page: Open, client: int, desk: Desk
    ) -> None:
        page = open_page(factories.staff(Role.VA, client), factories.claim(client))
        pick(page, "Outcome", contact.Outcome.VOICEMAIL)
        moment_of(page, "Call again at").set_value("11/24/2026 15:00")
        press(page, "Log attempt")

        assert one(desk, "select call_again_at from contact_attempt") == NOW + timedelta(hours=6)
        assert "To call again, promised for Tue 24 Nov 2026, 15:00 CST" in words_of(page)

    def test_says_all_at_once_what_is_to_be_typed_otherwise(self, open_page: Open, client: int) -> None:
        page = open_page(factories.staff(Role.VA, client), factories.claim(client))
        moment_of(page, "Made at").set_value("02/30/2026 15:00")
        moment_of(page, "Call again at").set_value("noon")

        press(page, "Log attempt")

        assert [each.value.partition(":")[0] for each in page.error] == [
            "Choose an outcome.", "Made at", "Call again at",
        ]  # fmt: skip

    def test_for_a_time_after_first_contact_is_due_is_told_so(self, open_page: Open, client: int) -> None:
        claim = factories.claim(client, due_at=NOW + timedelta(hours=2))
        page = open_page(factories.staff(Role.VA, client), claim)
        pick(page, "Outcome", contact.Outcome.REACHED_DEFERRED)
        moment_of(page, "Call again at").set_value("11/24/2026 14:00")
        press(page, "Log attempt")

        assert page.toast[0].value.endswith("That is after first contact is due, Tue 24 Nov 2026, 11:00 CST.")


class TestFirstContact:
    def opened(self, open_page: Open, client: int, claim: int) -> AppTest:
        return press(open_page(factories.staff(Role.CLINICAL, client), claim), "Record first contact")

    def filled(self, page: AppTest) -> AppTest:
        for item in ("Full name", "Date of birth", "Who we are and why we call"):
            tick(page, item)
        pick(page, "Work", contact.WorkStatus.RESTRICTED)
        return page

    def test_clinical_staff_stop_the_clock_by_a_form_of_its_own(self, open_page: Open, client: int, desk: Desk) -> None:
        page = self.filled(self.opened(open_page, client, factories.claim(client)))
        next(each for each in page.text_area if each.label == "Care so far, optional").set_value("Saw *a* doctor.")

        press(page, "Record first contact")

        assert one(desk, "select first_contact_at from claim") == NOW
        assert one(desk, "select identity, explained, care, work_status from first_contact") == (
            ["full_name", "birth_date"], ["who_we_are"], "Saw *a* doctor.", "restricted",
        )  # fmt: skip
        said = words_of(page)
        assert "Reached in 2 h" in said
        assert "Identity by] Full name; date of birth" in said
        assert "Care so far] Saw *a* doctor." in said
        assert "Work] With restrictions" in said
        assert "Record first contact" not in [button.label for button in page.button]
        assert "Log attempt" in [button.label for button in page.button]

    def test_what_is_missing_is_answered_in_its_form_in_one_act(self, open_page: Open, client: int, desk: Desk) -> None:
        claim = factories.claim(client)
        ask(desk, client, claim, "language", "body_part", "preferred_contact")
        page = self.filled(self.opened(open_page, client, claim))
        write(page, "Language", "Polish")
        write(page, "Part of body", "left wrist")
        press(page, "Record first contact")
        assert any("preferred contact method" in each.value for each in page.error), "one is left"
        assert one(desk, "select count(*) from intake_question where answered_at is not null") == 0

        next(each for each in page.selectbox if each.label == "Preferred contact method").set_value("phone")
        press(page, "Record first contact")

        assert one(desk, "select first_contact_at from claim") == NOW
        assert one(desk, "select incomplete_why from first_contact") is None
        assert one(desk, "select language, preferred_contact from injured_worker") == ("Polish", "phone")
        assert one(desk, "select count(*) from intake_question where answered_at is null") == 0

    def test_what_stays_open_says_why_and_what_was_answered_is_kept_all_the_same(
        self, open_page: Open, client: int, desk: Desk
    ) -> None:
        claim = factories.claim(client)
        ask(desk, client, claim, "language", "client_claim_number")
        page = self.filled(self.opened(open_page, client, claim))
        assert "Client's claim number" not in [each.label for each in page.text_input], "no worker knows it"
        write(page, "Language", "Polish")
        write(page, "Why the call could not wait for it", "Before surgery.")
        press(page, "Record first contact")

        assert one(desk, "select incomplete_why from first_contact") == "Before surgery."
        assert one(desk, "select array_agg(element) from intake_question where answered_at is null") == [
            "client_claim_number"
        ]

    def test_is_not_recorded_with_an_answer_that_cannot_be_read_or_that_another_gave_otherwise(
        self, open_page: Open, client: int, desk: Desk, va: Actor
    ) -> None:
        claim = factories.claim(client)
        ask(desk, client, claim, "birth_date", "language")
        page = self.filled(self.opened(open_page, client, claim))
        write(page, "Date of birth", "last spring")
        write(page, "Language", "Polish")
        press(page, "Record first contact")
        assert [each.value for each in page.error if "MM/DD/YYYY" in each.value]
        assert one(desk, "select count(*) from intake_question where answered_at is not null") == 0

        with transaction(va) as tx:
            intake.answer_questions(
                va, tx, client_id=client, claim_id=claim, given={("language", "missing"): "Czech"}, at=NOW
            )
        write(page, "Date of birth", "02/03/1980")
        press(page, "Record first contact")
        assert [each.value for each in page.error if "Somebody else has answered" in each.value]
        assert one(desk, "select first_contact_at from claim") is None
        write(page, "Language", "")
        press(page, "Record first contact")
        assert one(desk, "select first_contact_at from claim") == NOW
        assert one(desk, "select language from injured_worker") == "Czech"

    def test_the_time_of_the_call_is_asked(self, open_page: Open, client: int, desk: Desk) -> None:
        page = self.filled(self.opened(open_page, client, factories.claim(client)))
        moment_of(page, "Time of the call").set_value("11/24/2026 08:15")

        press(page, "Record first contact")

        assert one(desk, "select first_contact_at from claim") == NOW - timedelta(minutes=45)

    @pytest.mark.parametrize(
        ("left_out", "refusal"),
        [
            ("Date of birth", contact.IdentityNotConfirmed),
            ("Who we are and why we call", contact.NothingExplained),
        ],
    )
    def test_is_not_made_of_less_than_it_must_hold(
        self, open_page: Open, client: int, desk: Desk, left_out: str, refusal: type[Refusal]
    ) -> None:
        page = self.filled(self.opened(open_page, client, factories.claim(client)))
        tick(page, left_out, ticked=False)

        press(page, "Record first contact")

        assert [each.value for each in page.error] == [refusal.text]
        assert one(desk, "select first_contact_at from claim") is None
        assert next(each for each in page.checkbox if each.label == "Full name").value

    def test_says_all_at_once_what_is_to_be_said_otherwise(self, open_page: Open, client: int, desk: Desk) -> None:
        page = self.opened(open_page, client, factories.claim(client))
        moment_of(page, "Time of the call").set_value("02/30/2026 09:00")
        next(each for each in page.text_area if each.label == "Care so far, optional").set_value("x" * 2001)

        press(page, "Record first contact")

        lacking = (contact.IdentityNotConfirmed, contact.NothingExplained, contact.WorkNotSaid)
        first, *others = [each.value for each in page.error]
        assert first.startswith("Time of the call: ")
        assert others[:3] == [refusal.text for refusal in lacking]
        assert others[3].startswith("The care so far holds at most")
        assert len(others) == 4

    def test_is_made_of_nothing_that_was_chosen_for_an_attempt(self, open_page: Open, client: int) -> None:
        """With the one form open there is no other: no party and no outcome could be meant beside the worker reached."""
        page = open_page(factories.staff(Role.CLINICAL, client), factories.claim(client))
        pick(page, "Party", contact.Party.EMPLOYER)

        press(page, "Record first contact")

        assert {each.label for each in page.button_group} == {"Method", "Work"}
        assert "Log attempt" not in [button.label for button in page.button]
        press(page, "Log an attempt instead")
        assert "Log attempt" in [button.label for button in page.button]

    @pytest.mark.parametrize("role", [Role.VA, Role.SUPERVISOR])
    def test_nobody_else_is_offered_it(self, open_page: Open, client: int, role: Role) -> None:
        page = open_page(factories.staff(role, client), factories.claim(client))

        assert "Record first contact" not in [button.label for button in page.button]


class TestAStruckFirstContact:
    def test_that_ended_a_pause_is_said_to_give_it_back(self, open_page: Open, client: int) -> None:
        claim, boss = factories.claim(client), factories.staff(Role.SUPERVISOR)
        with transaction(boss) as tx:
            contact.pause_clock(boss, tx, client_id=client, claim_id=claim, reason="Surgery.", at=NOW - HOUR)
        reach(factories.staff(Role.CLINICAL, client), client, claim)
        page = open_page(boss, claim)
        assert PAUSE_LASTS in words_of(page)
        next(each for each in page.text_input if "strike.why" in (each.key or "")).set_value("Meant for C-7.")

        press(page, "Strike first contact")

        assert page.toast[0].value.endswith(PAUSE_LASTS)
        assert "Paused since Tue 24 Nov 2026, 08:00 CST" in words_of(page)
        assert "Pause ended by the first contact that was struck" in words_of(open_page(boss, claim, tab="History"))

    def test_stays_marked_and_the_clock_goes_on(self, open_page: Open, client: int, desk: Desk) -> None:
        claim, boss = factories.claim(client), factories.staff(Role.SUPERVISOR)
        factories.first_contact(client, claim, factories.staff(Role.CLINICAL, client))
        page = open_page(boss, claim)
        next(each for each in page.text_input if "strike.why" in (each.key or "")).set_value("Meant for C-7.")

        press(page, "Strike first contact")

        assert one(desk, "select first_contact_at from claim") is None
        said = words_of(page)
        assert "~~First contact. Worker, telephone: Reached~~" in said
        assert f"Struck by {boss.name} on" in said
        assert "Meant for C-7." in said
        assert "Due in 22 h" in said
        assert "Strike first contact" not in [button.label for button in page.button]

    @pytest.mark.parametrize("tab", ["Contact", "History"])
    def test_is_struck_where_it_is_shown(self, open_page: Open, client: int, desk: Desk, tab: str) -> None:
        claim, boss = factories.claim(client), factories.staff(Role.SUPERVISOR)
        factories.first_contact(client, claim, factories.staff(Role.CLINICAL, client))
        page = open_page(boss, claim, tab=tab)
        next(each for each in page.text_input if "strike.why" in (each.key or "")).set_value("Meant for C-7.")

        press(page, "Strike first contact")

        assert one(desk, "select struck_why from contact_attempt") == "Meant for C-7."
        assert "Strike first contact" not in [button.label for button in page.button]

    @pytest.mark.parametrize("role", [Role.VA, Role.CLINICAL, Role.COMPLIANCE])
    def test_is_struck_by_nobody_else(self, open_page: Open, client: int, role: Role) -> None:
        claim = factories.claim(client)
        factories.first_contact(client, claim, factories.staff(Role.CLINICAL, client))

        for tab in ("Overview", "Contact", "History"):
            page = open_page(factories.staff(role, client), claim, tab=tab)
            assert "Strike first contact" not in [button.label for button in page.button]


class TestTheFormOfAnAttempt:
    def test_says_how_long_a_note_may_be(self, open_page: Open, client: int) -> None:
        page = open_page(factories.staff(Role.VA, client), factories.claim(client))

        assert next(f for f in page.text_area if f.label == "Note, optional").placeholder == "At most 4,000 characters"

    @pytest.mark.parametrize("closed", [False, True])
    def test_is_what_is_done_next_on_an_open_claim_only(
        self, open_page: Open, client: int, desk: Desk, closed: bool
    ) -> None:
        claim = factories.claim(client)
        with desk.owner() as db:
            db.execute("update claim set closed_at = now(), closed_why = 'withdrawn' where %s", (closed,))
        page = open_page(factories.staff(Role.VA, client), claim)

        button = next(each for each in page.button if each.label == "Log attempt")
        assert button.proto.type == ("secondary" if closed else "primary")
