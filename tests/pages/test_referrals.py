"""The page Referrals, and referrals as work of My work: what is open beside the list is worked there."""

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from core.access import Actor, Role
from core.referrals import Party, State
from core.worklist import APPOINTMENT, CONFIRM_REFERRAL
from pages import menu
from tests import factories
from tests.conftest import Desk
from tests.core.referrals import work
from tests.core.referrals.work import provider
from tests.factories import NOW
from tests.pages.claim.claim_page import press, words_of
from tests.pages.conftest import SitDown

PAGES = Path(menu.__file__).parent / "coordination"

Open = Callable[..., AppTest]


@pytest.fixture
def open_page(sit_down: SitDown) -> Open:
    def run(person: Actor, name: str = "referrals", **state: object) -> AppTest:
        sit_down(person)
        page = AppTest.from_file(str(PAGES / f"{name}.py"), default_timeout=30)
        for key, value in state.items():
            page.session_state[key.replace("_", ".")] = value
        page.run()
        assert not page.exception
        return page

    return run


@pytest.fixture
def claim(client: int) -> int:
    return factories.claim(client, family_name="Openname", first_contact_at=NOW, first_contact_by=1)


@pytest.fixture
def made(desk: Desk, client: int, va: Actor, claim: int) -> int:
    return work.refer(va, client, claim, provider(desk, name="Mara Bone, MD"))


class TestThePage:
    def test_asks_for_a_line_and_names_nobody(self, open_page: Open, va: Actor, made: int) -> None:
        page = open_page(va)

        assert "Choose a line, or press N for what is due first." in words_of(page)
        assert "Openname" not in words_of(page)

    def test_has_the_line_that_is_open_worked_beside_the_list(
        self, open_page: Open, client: int, va: Actor, claim: int, made: int
    ) -> None:
        page = open_page(va, referrals_open=(client, claim, made))
        assert "Openname" in words_of(page)
        assert "Orthopaedic Surgery** · Mara Bone, MD" in words_of(page)

        press(page, "Put it down")

        [whole] = work.of_claim(va, client, claim)
        assert whole.state is State.PROVIDER_CONFIRMED

    def test_puts_the_look_at_the_worker_on_the_record(
        self, open_page: Open, desk: Desk, client: int, va: Actor, claim: int, made: int
    ) -> None:
        open_page(va, referrals_open=(client, claim, made))

        with desk.owner() as db:
            looks = db.execute(
                "select count(*) from audit_event where verb = 'read' and noun = 'injured_worker'"
            ).fetchone()
        assert looks == (1,)

    def test_shows_nothing_of_anothers_client(self, open_page: Open, client: int, claim: int, made: int) -> None:
        other = factories.staff(Role.VA, factories.client())

        page = open_page(other, referrals_open=(client, claim, made))

        assert "There is no such claim among those you serve." in words_of(page)
        assert "Bone" not in words_of(page)


class TestMyWork:
    def test_has_a_referral_confirmed_beside_the_list(
        self, open_page: Open, client: int, va: Actor, claim: int, made: int
    ) -> None:
        page = open_page(va, "my_work", work_open=(client, claim, CONFIRM_REFERRAL))
        assert "referral to be confirmed by Wed 25 Nov 2026, 09:00 CST" in words_of(page)

        press(page, "Put it down")

        assert work.of_claim(va, client, claim)[0].confirmed(Party.PROVIDER)

    def test_has_the_appointment_booked_there_and_no_other_referral(
        self, open_page: Open, desk: Desk, client: int, va: Actor, claim: int, made: int
    ) -> None:
        work.refer(va, client, claim, provider(desk, name="Not Yet, MD"))
        for party in Party:
            work.confirm(va, client, made, party)

        page = open_page(va, "my_work", work_open=(client, claim, APPOINTMENT))
        assert "Mara Bone, MD" in words_of(page)
        assert "Not Yet, MD" not in words_of(page)
        next(each for each in page.text_input if each.label == "Begins at, Central time, CST").input("11/27/2026 10:30")
        press(page, "Book it")

        assert any(whole.state is State.BOOKED for whole in work.of_claim(va, client, claim))
