"""The tab Referrals of a claim: the form that makes one, and what can be done about those that there are."""

from datetime import timedelta

import pytest
from streamlit.testing.v1 import AppTest

from core import claim_file, drafts, referrals
from core.access import Actor, Role
from core.referrals import Outside, OutsideWhy, Party, State
from core.transactions import acting
from tests import factories
from tests.conftest import Desk
from tests.core.referrals import work
from tests.core.referrals.work import LATER, provider
from tests.factories import NOW
from tests.pages.claim.claim_page import Open, press, words_of

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def claim(desk: Desk, client: int) -> int:
    claim = factories.claim(client)
    desk.maker.execute("update injured_worker set postal_code = '60601', language = 'Polish'")
    return claim


def field(page: AppTest, label: str):
    fields = [*page.text_input, *page.text_area, *page.selectbox, *page.radio, *page.toggle]
    return next(each for each in fields if each.label == label)


def fill(page: AppTest, **said: str) -> None:
    for label, text in said.items():
        field(page, label.replace("_", " ")).input(text)


def search(page: AppTest, words: str) -> None:
    field(page, "Specialty, in your words").input(words)
    page.run()
    assert not page.exception


def of(actor: Actor, client: int, claim: int) -> referrals.Whole:
    [whole] = work.of_claim(actor, client, claim)
    return whole


class TestTheFormThatRefers:
    def test_finds_by_ones_own_words_near_the_worker_who_speaks_the_language(
        self, open_page: Open, desk: Desk, client: int, va: Actor, claim: int
    ) -> None:
        provider(desk, name="Mara Bone, MD", languages=("Polish",), postal_code=work.EVANSTON)
        provider(desk, name="Other Bone, MD")
        page = open_page(va, claim, tab="Referrals")

        search(page, "bone doctor")

        assert field(page, "Specialty").value == work.ORTHOPAEDIC
        assert (field(page, "Near ZIP").value, field(page, "Language").value) == ("60601", "Polish")
        [label, outside] = field(page, "To whom").options
        assert label.startswith("Mara Bone, MD · 12.")
        assert outside == "Somebody outside of the network"

    def test_holds_what_was_typed_before_and_not_sent(
        self, open_page: Open, desk: Desk, client: int, va: Actor, claim: int
    ) -> None:
        kept = {"refer-words": "bone doctor", "refer-zip": "60201", "refer-asked": "Torn meniscus?"}
        form = drafts.Form("refer", client, claim)
        with acting(va) as tx:
            drafts.keep(va, tx, form=form, request=drafts.new_request(at=NOW), fields=kept, at=NOW)

        page = open_page(va, claim, tab="Referrals")

        for label, words in zip(
            ("Specialty, in your words", "Near ZIP", "What the specialist is asked for"), kept.values(), strict=True
        ):
            assert field(page, label).value == words

    def test_sends_the_worker_to_whom_is_chosen(
        self, open_page: Open, desk: Desk, client: int, va: Actor, claim: int
    ) -> None:
        provider(desk, name="Mara Bone, MD", languages=("Polish",))
        page = open_page(va, claim, tab="Referrals")
        search(page, "bone doctor")
        fill(page, Referred_by="Dr. Ames", What_the_specialist_is_asked_for="Torn meniscus?")

        press(page, "Refer")

        told = of(va, client, claim).referral
        assert (told.provider, told.referred_by, told.asked) == ("Mara Bone, MD", "Dr. Ames", "Torn meniscus?")
        said = words_of(page)
        assert "Orthopaedic Surgery** · Mara Bone, MD" in said
        assert "Confirm with the provider by Wed 25 Nov 2026, 09:00 CST" in said

    def test_says_how_far_the_nearest_is_and_lets_the_network_be_left_for_a_reason(
        self, open_page: Open, desk: Desk, client: int, va: Actor, claim: int
    ) -> None:
        provider(desk, name="Far Bone, MD", languages=("Polish",), postal_code=work.MILWAUKEE)
        page = open_page(va, claim, tab="Referrals")
        search(page, "bone doctor")
        assert "The nearest is Far Bone, MD · 81." in words_of(page)
        assert next(each for each in page.button if each.label == "Refer").disabled

        field(page, "To whom").set_value("Somebody outside of the network")
        page.run()
        fill(page, Name="Dr. Elsewhere", Referred_by="Dr. Ames")
        press(page, "Refer")
        assert "Say why the referral leaves the network." in words_of(page)
        field(page, "Why it leaves the network").set_value(OutsideWhy.NONE_NEAR)
        press(page, "Refer")

        assert of(va, client, claim).referral.outside_why == "none_near"
        assert "Outside the network. None near enough" in words_of(page)

    def test_says_what_is_missing(self, open_page: Open, desk: Desk, client: int, va: Actor, claim: int) -> None:
        provider(desk, languages=("Polish",))
        page = open_page(va, claim, tab="Referrals")
        search(page, "bone doctor")

        press(page, "Refer")

        assert referrals.NoTreatingProvider.text in words_of(page)
        assert work.of_claim(va, client, claim) == []

    def test_is_not_there_for_whoever_only_reads(
        self, open_page: Open, desk: Desk, client: int, va: Actor, claim: int
    ) -> None:
        work.refer(va, client, claim, provider(desk, name="Mara Bone, MD"))

        page = open_page(factories.staff(Role.COMPLIANCE), claim, tab="Referrals")

        assert "Mara Bone, MD" in words_of(page)
        assert "Refer to a specialist" not in words_of(page)
        assert [
            each.label for each in page.button if each.label in ("Put it down", "Book it", "Withdraw the referral")
        ] == []


class TestAReferral:
    @pytest.fixture
    def made(self, desk: Desk, client: int, va: Actor, claim: int) -> int:
        return work.refer(va, client, claim, provider(desk, name="Mara Bone, MD"))

    def test_is_confirmed_by_each_side(self, open_page: Open, client: int, va: Actor, claim: int, made: int) -> None:
        page = open_page(va, claim, tab="Referrals")
        provider_side, worker = (each for each in page.text_input if each.label == "With whom")
        assert (provider_side.value, worker.value) == ("Dr. Ames", "Robin Sample")
        provider_side.input("Front desk")

        press(page, "Put it down")
        assert of(va, client, claim).state is State.PROVIDER_CONFIRMED
        assert "Treating provider confirmed Tue 24 Nov 2026, 09:00 CST, Front desk, telephone" in words_of(page)
        press(page, "Put it down")

        assert of(va, client, claim).state is State.CONFIRMED

    def test_has_an_appointment_booked_moved_and_cancelled(
        self, open_page: Open, client: int, va: Actor, claim: int, made: int
    ) -> None:
        page = open_page(va, claim, tab="Referrals")
        press(page, "Book it")
        assert "Say when the appointment is." in words_of(page)
        field(page, "Begins at, Central time, CST").input("11/27/2026 10:30")
        press(page, "Book it")
        assert "Fri 27 Nov 2026, 10:30 CST" in words_of(page)

        field(page, "Begins at, Central time, CST").input("11/28/2026 11:00")
        press(page, "Move it")
        field(page, "Why").input("The surgeon is away.")
        press(page, "Cancel it")

        assert [each.status for each in of(va, client, claim).appointments] == ["cancelled", "moved"]
        assert "Sat 28 Nov 2026, 11:00 CST · cancelled: The surgeon is away." in words_of(page)

    def test_is_not_said_to_be_kept_before_its_time(
        self, open_page: Open, client: int, va: Actor, claim: int, made: int
    ) -> None:
        for party in Party:
            work.confirm(va, client, made, party)
        work.book(va, client, made)

        page = open_page(va, claim, tab="Referrals")

        assert "Kept" not in {each.label for each in page.button}
        assert "The appointment is Fri 27 Nov 2026, 09:00 CST" in words_of(page)

    def test_was_kept_and_its_report_ends_it(
        self, open_page: Open, client: int, va: Actor, claim: int, made: int
    ) -> None:
        work.book(va, client, made, NOW - HOUR, at=NOW - DAY)
        page = open_page(va, claim, tab="Referrals")

        press(page, "Kept")
        assert "Get the report by Fri 4 Dec 2026, 08:00 CST" in words_of(page)
        press(page, "Report received")

        assert of(va, client, claim).state is State.REPORTED
        assert "not on file" in words_of(page)

    def test_tells_the_worker_by_text_and_letter(
        self, open_page: Open, client: int, va: Actor, claim: int, made: int
    ) -> None:
        work.book(va, client, made)
        page = open_page(va, claim, tab="Referrals")
        assert f"Your appointment for claim C-{claim}: Fri 27 Nov 2026, 09:00 CST" in page.code[-1].value
        assert "No consent to text messages is known." in words_of(page)

        press(page, "Make the letter")

        with work.transaction(va) as tx:
            assert [each.purpose for each in claim_file.read(va, tx, client, claim).disclosures] == [
                "Letter of the appointment"
            ]

    def test_is_withdrawn_for_a_reason(self, open_page: Open, client: int, va: Actor, claim: int, made: int) -> None:
        page = open_page(va, claim, tab="Referrals")
        press(page, "Withdraw the referral")
        assert "missing" in words_of(page)

        field(page, "Why").input("The worker is well.")
        press(page, "Withdraw the referral")

        assert of(va, client, claim).state is State.WITHDRAWN

    def test_is_told_in_the_history(
        self, open_page: Open, desk: Desk, client: int, va: Actor, claim: int, made: int
    ) -> None:
        work.confirm(va, client, made, Party.PROVIDER)
        booked = work.book(va, client, made)
        work.change(va, client, made, referrals.move, booked, starts_at=LATER + DAY, why="Closed.")
        work.end(
            va,
            client,
            work.refer(va, client, claim, Outside("Dr. Far", OutsideWhy.URGENT)),
            referrals.withdraw,
            why="Well.",
        )

        said = words_of(open_page(va, claim, tab="History"))

        for told in (
            "Referred to Orthopaedic Surgery, Mara Bone, MD",
            "Referral confirmed by the treating provider: Front desk, telephone",
            "Appointment booked: Fri 27 Nov 2026, 09:00 CST",
            "Appointment moved: from Fri 27 Nov 2026, 09:00 CST to Sat 28 Nov 2026, 09:00 CST. Orthopaedic Surgery, Mara Bone, MD",
            "Dr. Far. Left the network: it could not wait",
            "Referral withdrawn: Orthopaedic Surgery, Dr. Far. Well.",
        ):
            assert told in said, told


def test_another_worker_finds_nothing_of_the_first(
    open_page: Open, desk: Desk, client: int, va: Actor, claim: int
) -> None:
    work.refer(va, client, claim, provider(desk, name="Mara Bone, MD"))

    assert "No referral is made on this claim yet." in words_of(open_page(va, factories.claim(client), tab="Referrals"))
