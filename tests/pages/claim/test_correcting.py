"""Correcting what is known on a claim's page, who speaks for the worker, and two people who say different things."""

from datetime import timedelta

import pytest
from streamlit.testing.v1 import AppTest

from core import contact, instant, intake
from core.access import Actor, Role
from core.transactions import transaction
from pages.parts.forms.first_contact import PERMITTED as TICK
from tests import factories
from tests.conftest import Desk
from tests.factories import NOW
from tests.pages.claim.claim_page import Open, ask, one, pick, press, tick, words_of

BESIDE = ("error", "text_input", "button")

REACH, SPEAKS = "How to reach the worker", "Representative"

PERMITTED = f":material/gavel: {TICK}"
"""The box in which the representative permits a contact with the worker."""


def begin(page: AppTest, group: str) -> AppTest:
    """Press what corrects the *group* of fields."""
    next(each for each in page.button if each.label in ("Correct", "Add") and each.help == group).click()
    page.run()
    assert not page.exception
    return page


def write(page: AppTest, label: str, text: str) -> None:
    next(each for each in page.text_input if each.label == label).input(text)


def corrected(actor: Actor, client: int, claim: int, **said: str) -> None:
    with transaction(actor) as tx:
        seen = intake.open_claim(actor, tx, client, claim).fields
        intake.correct_fields(
            actor, tx, client_id=client, claim_id=claim, seen=seen, said=said, reason="Told so.", at=NOW
        )


def answered(actor: Actor, client: int, claim: int, element: str, said: str) -> None:
    with transaction(actor) as tx:
        intake.answer_question(
            actor, tx, client_id=client, claim_id=claim, element=element, reason="missing", answer=said, at=NOW
        )


class TestCorrecting:
    def test_shows_what_it_was_beside_what_it_is_and_in_the_history(
        self, open_page: Open, client: int, desk: Desk, va: Actor
    ) -> None:
        claim = factories.claim(client)
        page = begin(open_page(va, claim, tab="Intake"), REACH)
        write(page, "Telephone", "312 555 0199")
        write(page, "Address", "12 Oak St")
        write(page, "Reason", "Misheard.")

        press(page, "Save correction")

        assert one(desk, "select phone, address from injured_worker") == ("+13125550199", "12 Oak St")
        assert [each.value for each in page.toast] == ["2 fields corrected"]
        assert ":gray[Telephone] (312) 555-0199 :small[:gray[was (312) 555-0101]]" in words_of(page)
        assert "Save correction" not in {each.label for each in page.button}, "the form is closed again"
        said = words_of(open_page(va, claim, tab="History"))
        assert "2 fields corrected" in said
        assert ":gray[Telephone] (312) 555-0199 :gray[· was (312) 555-0101]" in said
        assert ":gray[Address] 12 Oak St\n" in said.replace("  \n", "\n")
        assert "Misheard." in said

    def test_that_is_refused_keeps_what_was_typed(self, open_page: Open, client: int, desk: Desk, va: Actor) -> None:
        page = begin(open_page(va, factories.claim(client), tab="Intake"), REACH)
        write(page, "Telephone", "call the shop")
        write(page, "Reason", "Misheard.")

        press(page, "Save correction")

        assert [each.value for each in page.error] == ["Telephone: Write the telephone number with its area code."]
        drawn = [each.value if each.type == "error" else each.label for each in page.main if each.type in BESIDE]
        assert drawn.index("Save correction") == drawn.index(page.error[0].value) + 1
        assert next(each for each in page.text_input if each.label == "Telephone").value == "call the shop"
        assert one(desk, "select phone from injured_worker") == "+13125550101"

    def test_can_be_left(self, open_page: Open, client: int, va: Actor) -> None:
        page = begin(open_page(va, factories.claim(client), tab="Intake"), REACH)

        press(page, "Leave as it was")

        assert "Save correction" not in {each.label for each in page.button}

    @pytest.mark.parametrize("closed", [False, True])
    def test_is_offered_to_whoever_works_intake_on_an_open_claim(
        self, open_page: Open, client: int, desk: Desk, va: Actor, closed: bool
    ) -> None:
        claim = factories.claim(client)
        with desk.owner() as db:
            db.execute("update claim set closed_at = now(), closed_why = 'withdrawn' where %s", (closed,))

        offered = [
            "Correct" in {each.label for each in open_page(person, claim, tab="Intake").button}
            for person in (va, factories.staff(Role.COMPLIANCE))
        ]

        assert offered == [not closed, False]

    def test_that_was_written_by_hand_breaks_no_page(self, open_page: Open, client: int, desk: Desk, va: Actor) -> None:
        claim = factories.claim(client)
        with desk.owner() as db:
            for detail in ("{}", '{"fields": 7}', "[]"):
                db.execute(
                    "insert into claim_event (client_id, claim_id, at, by_id, kind, detail)"
                    " values (%s, %s, %s, %s, 'fields_corrected', %s)",
                    (client, claim, NOW, va.staff_id, detail),
                )
            for field, was in (("shoe_size", "44"), ("birth_date", "spring"), ("phone", "x"), ("emergency", "perhaps")):
                db.execute(
                    "insert into field_change (client_id, claim_id, field, was, at, by_id) values (%s, %s, %s, %s, %s, %s)",
                    (client, claim, field, was, NOW, va.staff_id),
                )

        said = words_of(open_page(va, claim, tab="History")) + words_of(open_page(va, claim, tab="Intake"))

        assert "Shoe size" in said
        assert "was spring" in said


class TestTwoWhoCorrect:
    @pytest.fixture
    def page(self, open_page: Open, client: int, va: Actor, nurse: Actor) -> AppTest:
        claim = factories.claim(client)
        page = begin(open_page(va, claim, tab="Intake"), REACH)
        corrected(nurse, client, claim, language="Polish")
        write(page, "Language", "Czech")
        write(page, "Address", "12 Oak St")
        write(page, "Reason", "Misheard.")
        return press(page, "Save correction")

    def test_the_second_sees_both_and_loses_nothing(self, page: AppTest, desk: Desk, nurse: Actor) -> None:
        said = words_of(page)
        assert f":gray[{nurse.name} on Tue 24 Nov 2026, 09:00 CST:] Polish" in said
        assert ":gray[You:] Czech" in said
        assert {each.label: each.value for each in page.text_input}.items() >= {
            "Language": "Czech", "Address": "12 Oak St", "Reason": "Misheard.",
        }.items()  # fmt: skip
        assert one(desk, "select language, address from injured_worker") == ("Polish", None)

    @pytest.mark.parametrize(("choice", "stands"), [("Keep theirs", "Polish"), ("Put mine", "Czech")])
    def test_one_press_decides_and_the_rest_is_saved(self, page: AppTest, desk: Desk, choice: str, stands: str) -> None:
        press(page, choice)

        assert one(desk, "select language, address from injured_worker") == (stands, "12 Oak St")
        assert choice not in {each.label for each in page.button}

    def test_theirs_is_not_put_away_by_a_second_try(self, page: AppTest, desk: Desk) -> None:
        write(page, "Address", "x" * 501)
        press(page, "Save correction")
        press(page, "Keep theirs")
        assert "Address holds at most 500 characters" in page.error[0].value

        write(page, "Address", "13 Oak St")
        press(page, "Save correction")

        assert one(desk, "select language, address from injured_worker") == ("Polish", "13 Oak St")


class TestTwoWhoAnswer:
    @pytest.fixture
    def page(self, open_page: Open, client: int, desk: Desk, va: Actor, nurse: Actor) -> AppTest:
        claim = factories.claim(client)
        ask(desk, client, claim, "language", "body_part")
        page = open_page(va, claim, tab="Intake")
        answered(nurse, client, claim, "language", "Polish")
        write(page, "Language", "Czech")
        write(page, "Part of body", "wrist")
        return press(page, "Save answers")

    def test_the_second_sees_both_and_nothing_is_lost(self, page: AppTest, desk: Desk, nurse: Actor) -> None:
        said = words_of(page)
        assert f":gray[{nurse.name} on Tue 24 Nov 2026, 09:00 CST:] Polish" in said
        assert ":gray[You:] Czech" in said
        assert not page.error
        assert one(desk, "select language from injured_worker") == "Polish"

    @pytest.mark.parametrize(("choice", "stands"), [("Keep theirs", "Polish"), ("Put mine", "Czech")])
    def test_one_press_decides_and_the_other_answers_are_saved(
        self, page: AppTest, desk: Desk, choice: str, stands: str
    ) -> None:
        press(page, choice)

        assert one(desk, "select language from injured_worker") == stands
        assert one(desk, "select body_part from claim_narrative") == "wrist"
        assert "Intake is complete" in words_of(page)


class TestWhoSpeaksForTheWorker:
    def test_is_written_down_and_called_first(self, open_page: Open, client: int, va: Actor) -> None:
        claim = factories.claim(client)
        page = begin(open_page(va, claim, tab="Intake"), SPEAKS)
        next(each for each in page.selectbox if each.label == "Who it is").set_value("attorney")
        write(page, "Name", "Sam *Law*")
        write(page, "Firm", "Law & Daughters")
        write(page, "Telephone", "(614) 555-0134")
        assert "Reason" not in {each.label for each in page.text_input}, "nothing is corrected"

        press(page, "Add representative")

        assert [each.value for each in page.toast] == ["Representative added"]
        history = words_of(open_page(va, claim, tab="History"))
        assert "Representative added" in history
        assert "fields corrected" not in history
        said = words_of(page)
        assert "Represented by Sam *Law*, Law & Daughters (attorney)** · (614) 555-0134" in said
        assert "Call them to reach the worker and about the claim; the worker only once they permit it." in said
        assert "Worker's telephone] (312) 555-0101" in said
        [call] = page.get("link_button")
        assert (call.proto.label, call.proto.url) == (
            "Call the representative, (614) 555-0134", "tel:+16145550134",
        )  # fmt: skip

    def test_who_permits_it_leaves_the_worker_to_be_called(self, open_page: Open, client: int, va: Actor) -> None:
        claim = factories.claim(client)
        corrected(va, client, claim, representative_name="Sam Law", representative_permits="yes")

        page = open_page(va, claim)

        assert "Permits that the worker is called directly." in words_of(page)
        assert [each.proto.url for each in page.get("link_button")] == ["tel:+13125550101"]

    def test_is_called_unless_it_is_ticked_that_the_worker_may_be(
        self, open_page: Open, client: int, desk: Desk, va: Actor
    ) -> None:
        claim = factories.claim(client)
        assert PERMITTED not in {each.label for each in open_page(va, claim).checkbox}
        corrected(va, client, claim, representative_name="Sam Law")
        page = open_page(va, claim)
        assert next(each for each in page.button_group if each.label == "Party").value == "attorney"
        pick(page, "Party", "worker")
        pick(page, "Outcome", "no_answer")

        press(page, "Log attempt")
        assert [each.value for each in page.error] == [contact.ThroughRepresentative.text]
        tick(page, PERMITTED)
        press(page, "Log attempt")

        assert one(desk, "select party, permitted from contact_attempt") == ("worker", True)
        assert "The representative permitted it" in words_of(page)

    def test_is_asked_before_a_first_contact_is_recorded(
        self, open_page: Open, client: int, desk: Desk, nurse: Actor
    ) -> None:
        claim = factories.claim(client)
        corrected(nurse, client, claim, representative_name="Sam Law", representative_kind="attorney")
        page = press(open_page(nurse, claim), "Record first contact")
        for said in ("Full name", "Date of birth", "Who we are and why we call"):
            tick(page, said)
        pick(page, "Work", "off_work")

        press(page, "Record first contact")
        assert [each.value for each in page.error] == [contact.ThroughRepresentative.text]
        tick(page, PERMITTED)
        press(page, "Record first contact")

        assert one(desk, "select substantive, permitted from contact_attempt") == (True, True)

    def test_whose_number_is_wrong_is_not_offered_to_be_called(self, open_page: Open, client: int, va: Actor) -> None:
        claim = factories.claim(client)
        corrected(va, client, claim, representative_name="Sam Law", representative_phone="(614) 555-0134")
        page = open_page(va, claim)
        assert "Call them to reach the worker" in words_of(page)
        pick(page, "Outcome", "wrong_number")

        press(page, "Log attempt")

        assert not page.get("link_button")
        assert "Call them" not in words_of(page)
        assert "Their number leads to nobody: ask for another." in words_of(page)
        assert "(614) 555-0134 (wrong number or disconnected)" in words_of(page)
        assert "Telephone of the representative" in {
            each.label for each in open_page(va, claim, tab="Intake").text_input
        }

    def test_who_is_not_known_yet_is_asked_for(self, open_page: Open, client: int, desk: Desk, va: Actor) -> None:
        claim = factories.claim(client)
        with desk.owner() as db:
            db.execute("update injured_worker set preferred_contact = 'attorney'")

        page = open_page(va, claim)

        assert next(each for each in page.button_group if each.label == "Party").value == "attorney"
        assert page.warning[0].value.startswith("The worker is reached through an attorney, who is not known yet")
        assert not page.get("link_button")


class TestWhereTheWorkerIs:
    @pytest.mark.parametrize(
        ("state", "said"),
        [
            ("OH", "awake: 10:00 EST in OH"),
            ("TN", "awake: 09:00 CST or 10:00 EST in TN"),
            ("HI", "asleep: 05:00 HST in HI: outside of 08:00 to 21:00"),
            (None, ":gray[Local time not known: neither ZIP nor state is]"),
        ],
    )
    def test_the_time_stands_beside_the_number(
        self, open_page: Open, client: int, desk: Desk, va: Actor, state: str | None, said: str
    ) -> None:
        claim = factories.claim(client)
        with desk.owner() as db:
            db.execute("update claim set jurisdiction = %s", (state,))

        assert said in words_of(open_page(va, claim))

    def test_nobody_is_called_late_in_one_of_two_zones(
        self, open_page: Open, client: int, desk: Desk, va: Actor
    ) -> None:
        claim = factories.claim(client)
        with desk.owner() as db:
            db.execute("update claim set jurisdiction = 'TN'")
        page = open_page(va, claim)
        instant.set_clock(lambda: NOW + timedelta(hours=11, minutes=30))

        page.run()

        assert "asleep: 20:30 CST or 21:30 EST in TN" in words_of(page)


class TestHowToReachTheWorker:
    @pytest.fixture
    def claim(self, client: int) -> int:
        return factories.claim(client)

    def choose(self, page: AppTest, label: str, value: str) -> None:
        next(each for each in page.selectbox if each.label == label).set_value(value)

    def consents(self, page: AppTest, answer: str, words: str) -> AppTest:
        begin(page, REACH)
        self.choose(page, "Consent to text messages", answer)
        write(page, "Text messages, in the worker's words", words)
        return press(page, "Save correction")

    def test_is_said_in_one_form_and_stands_in_the_first_lines(
        self, open_page: Open, client: int, claim: int, va: Actor
    ) -> None:
        page = begin(open_page(va, claim, tab="Intake"), REACH)
        write(page, "Best hours", "17:00-20:00")
        self.choose(page, "Interpreter needed", "yes")
        self.choose(page, "Consent to voicemails", "refused")
        write(page, "Voicemails, in the worker's words", "No messages, please.")
        write(page, "Reason", "Said so.")
        press(page, "Save correction")

        assert [each.value for each in page.toast] == ["Consent put down, 2 fields corrected"]
        said = words_of(open_page(va, claim))
        for line in (":gray[Best hours] 17:00–20:00", ":gray[Interpreter] needed", ":gray[Voicemails] refused"):
            assert line in said

    def test_shows_consent_with_its_words_and_all_that_was_said_before(
        self, open_page: Open, client: int, claim: int, va: Actor
    ) -> None:
        self.consents(open_page(va, claim, tab="Intake"), "given", "Sure.")
        page = self.consents(open_page(va, claim, tab="Intake"), "revoked", "STOP")

        assert [each.value for each in page.toast] == ["Consent put down"]
        said = words_of(page)
        assert ":gray[Text messages] revoked :small[:gray[Tue 24 Nov 2026, 09:00 CST: “STOP”]]" in said
        assert "Text messages: given, (312) 555-0101" in said.replace("  \n", "\n")
        assert "“Sure.”" in said
        history = words_of(open_page(va, claim, tab="History"))
        assert "Consent to text messages revoked: “STOP”" in history
        corrected(va, client, claim, phone="(614) 555-0134")
        said = words_of(open_page(va, claim, tab="Intake"))
        assert ":gray[Text messages]" not in said, "of the new number nothing was said"
        assert "(312) 555-0101, not the number now" in said

    def test_shows_both_where_another_put_down_other_consent_meanwhile(
        self, open_page: Open, client: int, claim: int, desk: Desk, va: Actor, nurse: Actor
    ) -> None:
        mine = begin(open_page(va, claim, tab="Intake"), REACH)
        self.consents(open_page(nurse, claim, tab="Intake"), "revoked", "STOP")
        self.choose(mine, "Consent to text messages", "given")
        write(mine, "Text messages, in the worker's words", "Yes.")
        press(mine, "Save correction")

        assert f":gray[{nurse.name} on Tue 24 Nov 2026, 09:00 CST:] Revoked" in words_of(mine)
        assert ":gray[You:] Given" in words_of(mine)
        press(mine, "Put mine")
        assert one(desk, "select array_agg(answer order by consent_id) from contact_consent") == ["revoked", "given"]

    def test_warns_of_a_text_message_without_consent_and_asks_why(
        self, open_page: Open, client: int, claim: int, desk: Desk, va: Actor
    ) -> None:
        page = open_page(va, claim)
        pick(page, "Method", contact.Method.TEXT)
        pick(page, "Outcome", contact.Outcome.SENT)
        press(page, "Log attempt")

        assert "Consent to text messages on this number is not known." in words_of(page)
        assert [each.value for each in page.error] == [contact.WithoutConsent.text]
        write(page, "Why without the worker's consent", "Asked for it by e-mail.")
        press(page, "Log attempt")
        assert ":material/front_hand: All the same, because: Asked for it by e-mail." in words_of(page)

    def test_refuses_a_text_message_after_a_revocation(
        self, open_page: Open, client: int, claim: int, desk: Desk, va: Actor
    ) -> None:
        self.consents(open_page(va, claim, tab="Intake"), "revoked", "STOP")
        page = open_page(va, claim)
        pick(page, "Method", contact.Method.TEXT)
        pick(page, "Outcome", contact.Outcome.SENT)
        press(page, "Log attempt")

        assert [each.value for each in page.error] == [contact.TextRevoked.text]
        assert one(desk, "select count(*) from contact_attempt") == 0

    def test_says_that_nobody_contacts_the_worker_and_asks_why_it_is_done(
        self, open_page: Open, client: int, claim: int, desk: Desk, va: Actor
    ) -> None:
        corrected(va, client, claim, do_not_contact="Asked for letters only.")
        page = open_page(va, claim)

        assert "**Do not contact the worker.** Asked for letters only." in words_of(page)
        assert not page.get("link_button")
        pick(page, "Outcome", contact.Outcome.NO_ANSWER)
        press(page, "Log attempt")
        assert [each.value for each in page.error if "Say why" in each.value] == [contact.NotToBeContacted.text]
        write(page, "Why the worker is contacted all the same", "Called us back.")
        press(page, "Log attempt")
        assert one(desk, "select against_why from contact_attempt") == "Called us back."

    def test_asks_apart_why_it_is_done_at_all_and_why_without_consent(
        self, open_page: Open, client: int, claim: int, desk: Desk, va: Actor
    ) -> None:
        self.consents(open_page(va, claim, tab="Intake"), "refused", "No texts.")
        corrected(va, client, claim, do_not_contact="Asked for letters only.")
        page = open_page(va, claim)
        pick(page, "Method", contact.Method.TEXT)
        pick(page, "Outcome", contact.Outcome.SENT)
        press(page, "Log attempt")
        write(page, "Why the worker is contacted all the same", "Called us back")
        press(page, "Log attempt")

        refusals = [each.value for each in page.error if "Say why" in each.value]
        assert refusals == [contact.WithoutConsent.text]
        assert one(desk, "select count(*) from contact_attempt") == 0
        write(page, "Why without the worker's consent", "Said so on the telephone.")
        press(page, "Log attempt")
        assert one(desk, "select against_why from contact_attempt") == (
            "Called us back. Without consent to text messages: Said so on the telephone."
        )

    def test_says_where_the_time_is_known_from(self, open_page: Open, client: int, claim: int, va: Actor) -> None:
        corrected(va, client, claim, postal_code="79936")
        page = open_page(va, claim, tab="Intake")

        drawn = "".join(each.proto.body for each in page.get("html"))
        assert "<span>08:00 MST</span> <small>from ZIP 79936</small>" in drawn
        begin(page, REACH)
        zone = next(each for each in page.selectbox if each.label == "Time zone")
        assert zone.placeholder == "Mountain time, from ZIP 79936"
