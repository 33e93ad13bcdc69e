"""Making a referral: who refers whom to whom for what, in the network or for a reason outside."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from core import closing, referrals
from core.access import NotAllowed, Role
from core.claims import ClaimClosed, NoSuchClaim
from core.npi import NotAnNpi
from core.referrals import Inside, Outside, OutsideWhy, State, Step
from core.refusal import NoReason, TooLong
from core.transactions import transaction
from tests import factories
from tests.core.referrals.work import LATER, of_claim, provider, refer
from tests.factories import NOW

pytestmark = pytest.mark.usefixtures("desk")

CHICAGO = ZoneInfo("America/Chicago")
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
AFTER = LATER + HOUR


@pytest.fixture
def claim(client) -> int:
    return factories.claim(client)


@pytest.fixture
def to(desk) -> Inside:
    return provider(desk, name="Mara Bone, MD")


@pytest.fixture
def made(client, va, claim, to) -> int:
    """A referral that nobody has confirmed."""
    return refer(va, client, claim, to)


def events(desk, claim: int) -> list[tuple[str, dict]]:
    with desk.owner() as db:
        return db.execute(
            "select kind, detail from claim_event where claim_id = %s and kind <> 'reported' order by event_id",
            (claim,),
        ).fetchall()


class TestAReferral:
    def test_is_on_the_claim_with_who_refers_whom_to_for_what(self, client, va, claim, to) -> None:
        refer(va, client, claim, to, referred_by="  Dr.  Ames ", referred_by_npi="1234567893", asked="Torn meniscus?")

        [whole] = of_claim(va, client, claim)

        told = whole.referral
        assert (told.referred_by, told.referred_by_npi, told.asked) == ("Dr. Ames", "1234567893", "Torn meniscus?")
        assert (told.specialty, told.provider, told.phone) == ("Orthopaedic Surgery", "Mara Bone, MD", "+13125550150")
        assert told.address == "1 Main St, Town, IL 60601"
        assert (told.made_at, told.made_by, whole.state) == (NOW, va.name, State.MADE)

    def test_is_to_be_confirmed_within_one_and_two_business_days_of_the_client(
        self, desk, client, va, claim, to
    ) -> None:
        wednesday = datetime(2026, 11, 25, 15, 0, tzinfo=CHICAGO)
        refer(va, client, claim, to, at=wednesday)

        [whole] = of_claim(va, client, claim)

        assert whole.steps == [
            (Step.CONFIRM_PROVIDER, datetime(2026, 11, 27, 15, 0, tzinfo=CHICAGO)),  # Thursday is Thanksgiving
            (Step.CONFIRM_WORKER, datetime(2026, 11, 30, 15, 0, tzinfo=CHICAGO)),
        ]

    def test_leaves_the_network_for_a_reason(self, client, va, claim) -> None:
        outside = Outside(
            "Dr. Elsewhere", OutsideWhy.NONE_NEAR, phone="(614) 555-0134", address="9 Far Rd, Columbus, OH"
        )
        refer(va, client, claim, outside)

        [whole] = of_claim(va, client, claim)

        told = whole.referral
        assert (told.provider, told.phone, told.address) == ("Dr. Elsewhere", "+16145550134", "9 Far Rd, Columbus, OH")
        assert (told.outside_why, told.provider_id, told.npi) == ("none_near", None, None)

    @pytest.mark.parametrize(
        ("outside", "refused"),
        [
            (Outside(" ", OutsideWhy.URGENT), referrals.NoOutsideProvider),
            (Outside("Dr. Far", None), NoReason),
            (Outside("Dr. Far", OutsideWhy.OTHER), NoReason),
            (Outside("Dr. Far", OutsideWhy.URGENT, phone="12"), referrals.PhoneUnreadable),
            (Outside("x" * 201, OutsideWhy.URGENT), TooLong),
        ],
    )
    def test_leaves_the_network_for_no_less(self, client, va, claim, outside: Outside, refused: type) -> None:
        with pytest.raises(refused):
            refer(va, client, claim, outside)

    def test_is_made_to_somebody_in_the_clients_network_on_the_day(self, desk, client, va, claim) -> None:
        for somebody in (
            provider(desk, panel=factories.client()), provider(desk, panel=False), provider(desk, until="2026-11-24"),
            Inside(999, 999),
        ):  # fmt: skip
            with pytest.raises(referrals.NotInNetwork):
                refer(va, client, claim, somebody)
        assert refer(va, client, claim, provider(desk, panel=client))

    def test_says_who_refers_and_for_which_specialty(self, client, va, claim, to) -> None:
        for told, refused in (
            ({"referred_by": " "}, referrals.NoTreatingProvider), ({"referred_by_npi": "1234567890"}, NotAnNpi),
            ({"code": "000000000X"}, referrals.NoSuchSpecialty), ({"asked": "x" * 501}, TooLong),
        ):  # fmt: skip
            with pytest.raises(refused):
                refer(va, client, claim, to, **told)

    def test_is_not_made_where_nobody_is_to_be_treated(self, desk, client, va, boss, claim, to) -> None:
        other = factories.claim(client)
        desk.maker.execute("update claim set date_of_death = date_of_injury where claim_id = %s", (other,))
        with transaction(boss) as tx:
            closing.close(boss, tx, client_id=client, claim_id=claim, reason="Withdrawn.")

        with pytest.raises(ClaimClosed):
            refer(va, client, claim, to)
        with pytest.raises(referrals.WorkerHasDied):
            refer(va, client, other, to)

    def test_is_made_by_those_who_work_for_the_client(self, client, boss, nurse, claim, to) -> None:
        for person in (nurse, boss):
            assert refer(person, client, claim, to)
        for role in (Role.COMPLIANCE, Role.ACCOUNT_EXECUTIVE, Role.ADMINISTRATOR):
            with pytest.raises(NotAllowed):
                refer(factories.staff(role, client), client, claim, to)
        with pytest.raises(NoSuchClaim):
            refer(factories.staff(Role.VA, factories.client()), client, claim, to)

    def test_is_told_on_the_timeline_and_on_the_record(self, desk, client, va, claim, made) -> None:
        assert events(desk, claim) == [
            ("referral_made", {"referral": made, "specialty": "Orthopaedic Surgery", "provider": "Mara Bone, MD"})
        ]
        with desk.owner() as db:
            said = db.execute(
                "select verb, actor_id, noun_id, detail from audit_event where verb like 'referral%'"
            ).fetchall()
        assert said == [("referral_made", va.staff_id, claim, {"referral": made})]

    def test_announces_its_claim(self, desk, client, va, claim, to) -> None:
        with desk.owner() as db:
            db.execute("listen desk_claim")
            refer(va, client, claim, to)

            [note] = db.notifies(timeout=5, stop_after=1)

        assert note.payload.replace(" ", "") == f'{{"client":{client},"claims":[{claim}]}}'
