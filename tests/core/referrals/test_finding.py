"""Finding a provider: by specialty, miles, language, and whether new patients are taken; in the client's network alone."""

import pytest

from core import npi, referrals, zip_places
from core.access import NotAllowed, Role
from core.claims import NoSuchClaim
from tests import factories
from tests.core.referrals import work
from tests.core.referrals.work import CHICAGO, EVANSTON, HAND, MILWAUKEE, near, provider

pytestmark = pytest.mark.usefixtures("desk")


@pytest.fixture
def claim(client) -> int:
    return factories.claim(client)


def names(found: list[referrals.Listed]) -> list[str]:
    return [each.name for each in found]


class TestProvidersNearAWorker:
    def test_are_listed_the_nearest_first_with_the_miles_in_a_straight_line(self, desk, client, va, claim) -> None:
        provider(desk, name="Far", postal_code=EVANSTON)
        provider(desk, name="Near", postal_code=CHICAGO)
        provider(desk, name="Beyond", postal_code=MILWAUKEE)

        found = near(va, client, claim)

        assert names(found) == ["Near", "Far"]
        assert found[0].miles == pytest.approx(0, abs=0.1)
        assert found[1].miles == pytest.approx(12, abs=1)
        assert names(near(va, client, claim, within=100)) == ["Near", "Far", "Beyond"]

    def test_are_of_the_specialty_and_take_new_patients_unless_all_are_asked_for(self, desk, client, va, claim) -> None:
        provider(desk, name="Hand", code=HAND)
        provider(desk, name="Full", accepting=False)
        provider(desk, name="Open")

        assert names(near(va, client, claim)) == ["Open"]
        assert set(names(near(va, client, claim, codes=[HAND, work.ORTHOPAEDIC], accepting=False))) == {
            "Hand",
            "Full",
            "Open",
        }

    def test_speak_the_language_that_is_asked_for_in_whatever_letters(self, desk, client, va, claim) -> None:
        provider(desk, name="Polish", languages=("Polish", "Spanish"))
        provider(desk, name="English")

        [found] = near(va, client, claim, language="polish")

        assert (found.name, found.languages) == ("Polish", ["Polish", "Spanish"])

    def test_are_in_the_mcos_network_or_on_the_clients_own_panel(self, desk, client, va, claim) -> None:
        provider(desk, name="Ours")
        provider(desk, name="Theirs", panel=client)
        provider(desk, name="Another's", panel=factories.client())
        provider(desk, name="Nobody's", panel=False)

        found = near(va, client, claim)

        assert {each.name: each.own_panel for each in found} == {"Ours": False, "Theirs": True}

    def test_are_those_of_today(self, desk, client, va, claim) -> None:
        provider(desk, name="Gone", until="2026-11-24")
        provider(desk, name="To come", since="2026-11-25")
        provider(desk, name="Last day", until="2026-11-25")

        assert names(near(va, client, claim)) == ["Last day"]

    def test_are_those_of_the_state_by_name_where_no_zip_is_known(self, desk, client, va, claim) -> None:
        provider(desk, name="B", postal_code=EVANSTON)
        provider(desk, name="A")
        provider(desk, name="Next state", postal_code=MILWAUKEE, state="WI")

        found = near(va, client, claim, postal_code="")

        assert [(each.name, each.miles) for each in found] == [("A", None), ("B", None)]

    def test_are_twenty_at_most(self, desk, client, va, claim) -> None:
        for _ in range(21):
            provider(desk)

        assert len(near(va, client, claim)) == 20

    @pytest.mark.parametrize("postal_code", ["99999", "6060", "Chicago"])
    def test_are_not_looked_for_at_a_place_that_there_is_not(self, client, va, claim, postal_code: str) -> None:
        with pytest.raises(referrals.NoSuchPlace):
            near(va, client, claim, postal_code=postal_code)

    def test_are_looked_for_somewhere(self, client, va, claim) -> None:
        with pytest.raises(referrals.NowhereToLook):
            near(va, client, claim, postal_code="", state=None)

    def test_are_shown_to_whoever_refers(self, client, va, claim) -> None:
        for role in (Role.COMPLIANCE, Role.ACCOUNT_EXECUTIVE, Role.ADMINISTRATOR):
            with pytest.raises(NotAllowed):
                near(factories.staff(role, client), client, claim)
        with pytest.raises(NoSuchClaim):
            near(factories.staff(Role.VA, factories.client()), client, claim)


class TestASpecialty:
    @pytest.mark.parametrize(
        ("typed", "code"),
        [
            ("orthopedic", "207X00000X"), ("Orthopaedic Surgery", "207X00000X"), ("bone doctor", "207X00000X"),
            ("hand surgon", "207XS0106X"), ("PT", "225100000X"), ("physical therpy", "225100000X"),
            ("pain", "208VP0014X"), ("mri", "2085R0202X"), ("eye doctor", "207W00000X"), ("neurologist", "2084N0400X"),
            ("concussion", "2084N0400X"),
        ],
    )  # fmt: skip
    def test_is_found_by_what_people_call_it_also_with_a_slip(self, typed: str, code: str) -> None:
        assert referrals.find(typed)[0].code == code

    def test_is_not_found_by_what_is_none(self) -> None:
        assert referrals.find("zebra keeper") == []
        assert referrals.named("000000000X") == "000000000X"

    def test_is_listed_with_all_others_where_nothing_is_typed(self) -> None:
        assert (
            len(referrals.find("  "))
            == len(referrals.specialties())
            == len({each.words for each in referrals.find("")})
        )


class TestAnNpi:
    @pytest.mark.parametrize("good", ["1234567893", "1558598797", "2000000002"])
    def test_is_ten_digits_of_which_the_last_checks_the_others(self, desk, good: str) -> None:
        assert npi.read(f" {good[:4]} {good[4:]} ") == good
        with desk.owner() as db:
            assert db.execute("select desk_npi_checks(%s)", (good,)).fetchone() == (True,)

    @pytest.mark.parametrize(
        "bad", ["1234567890", "123456789", "12345678933", "3234567893", "12345x7893", "１２３４５６７８９３"]
    )
    def test_is_refused_where_it_was_mistyped(self, desk, bad: str) -> None:
        with pytest.raises(npi.NotAnNpi):
            npi.read(bad)
        with desk.owner() as db:
            assert db.execute("select desk_npi_checks(%s)", (bad,)).fetchone() == (False,)

    def test_finds_every_digit_that_is_wrong_and_nearly_all_that_changed_places(self, desk) -> None:
        good = "1558598797"
        wrong = {good[:at] + digit + good[at + 1 :] for at in range(10) for digit in "0123456789"} - {good}

        assert not any(map(npi.checks, wrong))
        with desk.owner() as db:
            assert db.execute(
                "select bool_or(desk_npi_checks(n)) from unnest(%s::text[]) n", (sorted(wrong),)
            ).fetchone() == (False,)

    def test_may_be_left_out(self) -> None:
        assert npi.read("  ") is None


def test_a_zip_code_is_somewhere_or_none() -> None:
    assert zip_places.spot("60601-1234") == zip_places.spot("60601")
    assert zip_places.spot("60601") == pytest.approx((41.886, -87.618), abs=0.01)
    assert zip_places.spot("00000") is None
