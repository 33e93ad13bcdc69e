"""Logging an attempt and recording the first contact."""

import pytest

from core import contact
from core.access import Role
from pages.parts.forms.attempts import NO_FIRST_CONTACT
from tests import factories
from tests.conftest import Desk
from tests.factories import NOW
from tests.pages.claim.claim_page import Open, one, pick, press, words_of


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


class TestFirstContact:
    def test_clinical_staff_stop_the_clock(self, open_page: Open, client: int, desk: Desk) -> None:
        nurse = factories.staff(Role.CLINICAL, client)
        page = open_page(nurse, factories.claim(client))
        pick(page, "Outcome", contact.Outcome.REACHED)
        press(page, "Record first contact")

        assert one(desk, "select first_contact_at, first_contact_by from claim") == (NOW, nurse.staff_id)
        assert "Reached in 2 h" in words_of(page)
        assert "Record first contact" not in [button.label for button in page.button]

    @pytest.mark.parametrize(
        ("party", "outcome"),
        [
            (contact.Party.WORKER, None),
            (contact.Party.WORKER, contact.Outcome.VOICEMAIL),
            (contact.Party.EMPLOYER, contact.Outcome.REACHED),
        ],
    )
    def test_is_not_made_of_what_was_chosen_otherwise(
        self, open_page: Open, client: int, desk: Desk, party: contact.Party, outcome: contact.Outcome | None
    ) -> None:
        page = open_page(factories.staff(Role.CLINICAL, client), factories.claim(client))
        pick(page, "Party", party)
        pick(page, "Outcome", outcome)

        press(page, "Record first contact")

        assert [each.value for each in page.error] == [NO_FIRST_CONTACT]
        assert one(desk, "select first_contact_at from claim") is None
        assert one(desk, "select count(*) from contact_attempt") == 0

    @pytest.mark.parametrize("role", [Role.VA, Role.SUPERVISOR])
    def test_nobody_else_is_offered_it(self, open_page: Open, client: int, role: Role) -> None:
        page = open_page(factories.staff(role, client), factories.claim(client))

        assert "Record first contact" not in [button.label for button in page.button]


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
