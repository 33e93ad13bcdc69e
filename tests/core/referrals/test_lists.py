"""Open referrals as a list and as work: what is due first, whatever it is, and how many left the network."""

from datetime import timedelta

import pytest

from core import closing, referrals, worklist
from core.access import Action, NotAllowed, Role
from core.live import Snapshot
from core.referrals import Outside, OutsideWhy, Party, Step
from core.transactions import transaction
from core.worklist import APPOINTMENT, CONFIRM_REFERRAL, REFERRAL_REPORT
from tests import factories
from tests.core.merging.two import merge, two
from tests.core.referrals import work
from tests.core.referrals.work import LATER, book, change, confirm, provider, refer
from tests.factories import NOW

pytestmark = pytest.mark.usefixtures("desk")

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
AFTER = LATER + HOUR


@pytest.fixture
def claim(client) -> int:
    return factories.claim(client, first_contact_at=NOW, first_contact_by=1)


def listed(actor, *, at=NOW) -> Snapshot:
    with transaction(actor) as tx:
        return referrals.REFERRALS.source.read(actor, tx, at)


def cells(actor, *, at=NOW) -> list[dict]:
    columns = [column.name for column in referrals.REFERRALS.source.columns]
    return [
        dict(zip(columns, referrals.REFERRALS.source.cells(row), strict=True))
        for row in listed(actor, at=at).rows.values()
    ]


def items(actor, *, at=NOW) -> list[tuple[int, str]]:
    """Return the work that referrals are, by its kind and why it is there."""
    with transaction(actor) as tx:
        found = worklist.items(actor, tx, at=at)
    return [(item.kind, item.why) for item in found if item.kind in (CONFIRM_REFERRAL, APPOINTMENT, REFERRAL_REPORT)]


def ways(desk, va, client: int, claim: int) -> list[int]:
    """Make a referral in every state in which something is still to do; their numbers."""
    made = [refer(va, client, claim, provider(desk)) for _ in range(8)]
    for referral, parties in zip(made, ((), ("provider",), ("worker",), *[("provider", "worker")] * 5), strict=True):
        for party in parties:
            confirm(va, client, referral, Party(party))
    for referral, act, more in (
        (made[4], None, {}), (made[5], referrals.missed, {}), (made[6], referrals.kept, {}),
        (made[7], referrals.cancel, {"why": "x"}),
    ):  # fmt: skip
        booked = book(va, client, referral)
        if act:
            change(va, client, referral, act, booked, at=AFTER, **more)
    return made


class TestTheList:
    def test_has_every_open_referral_by_what_is_due_first_as_the_states_say(self, desk, client, va, claim) -> None:
        made = ways(desk, va, client, claim)
        whole = {each.referral.referral_id: each for each in work.of_claim(va, client, claim)}

        rows = list(listed(va, at=AFTER).rows.items())

        assert {key for key, _ in rows} == {(client, claim, referral) for referral in made}
        assert [row.due_at for _, row in rows] == sorted(row.due_at for _, row in rows)
        for key, row in rows:
            assert row.due_at == whole[key[2]].steps[0].due_at, whole[key[2]].state

    def test_says_what_is_next_to_whom_for_what_and_nothing_of_the_worker(self, desk, client, va) -> None:
        claim = factories.claim(client, family_name="Secretname", assignee=va.staff_id)
        refer(va, client, claim, provider(desk, name="Mara Bone, MD"), asked="Hidden words")

        [row] = cells(va)

        assert (row["step"], row["state"], row["specialty"]) == (Step.CONFIRM_PROVIDER, "made", "Orthopaedic Surgery")
        assert (row["provider"], row["who"]) == ("Mara Bone, MD", (va.staff_id, va.name))
        assert not any(word in str(row) for word in ("Secretname", "Hidden"))

    def test_is_of_the_clients_served(self, desk, client, va, boss, claim) -> None:
        other = factories.client()
        refer(boss, other, factories.claim(other), provider(desk))
        refer(va, client, claim, provider(desk))

        assert len(listed(va).rows) == 1
        assert len(listed(boss).rows) == 2
        assert listed(factories.staff(Role.VA, factories.client())).rows == {}
        for role in (Role.ACCOUNT_EXECUTIVE, Role.COMPLIANCE, Role.ADMINISTRATOR):
            with pytest.raises(NotAllowed):
                listed(factories.staff(role, client))

    def test_has_nothing_that_has_ended(self, desk, client, va, claim) -> None:
        work.end(va, client, refer(va, client, claim, provider(desk)), referrals.withdraw, why="Well.")

        assert listed(va).rows == {}

    def test_has_one_of_a_merged_claim_on_the_claim_that_is_kept(self, desk, client, va, boss) -> None:
        earlier, later = two(client)
        made = refer(va, client, later, provider(desk))
        merge(boss, client, earlier, later)

        assert list(listed(va).rows) == [(client, earlier, made)]
        assert items(va) == [(CONFIRM_REFERRAL, "both")]

    def test_counts_those_that_are_open_due_soon_and_overdue(self, desk, client, va, claim) -> None:
        for _ in range(2):
            refer(va, client, claim, provider(desk))

        assert listed(va).counts == {"open": 2, "overdue": 0, "soon": 0, "unassigned": 2}
        assert listed(va, at=NOW + DAY - HOUR).counts["soon"] == 2
        assert listed(va, at=NOW + DAY + HOUR).counts["overdue"] == 2

    def test_counts_over_more_than_it_holds(self, desk, client, va, claim) -> None:
        for _ in range(3):
            refer(va, client, claim, provider(desk))

        with transaction(va) as tx:
            read = referrals.lists.read(va, tx, NOW, most=2)

        assert (len(read.rows), read.counts["open"], "unassigned" in read.counts) == (2, 3, False)

    def test_says_how_many_left_the_network_of_late_and_why(self, desk, client, va, claim) -> None:
        for why in (OutsideWhy.NONE_NEAR, OutsideWhy.NONE_NEAR, OutsideWhy.URGENT):
            made = refer(va, client, claim, Outside("Dr. Far", why))
        work.end(va, client, made, referrals.withdraw, why="Well.")
        refer(va, client, claim, provider(desk))
        refer(va, client, claim, Outside("Dr. Long", OutsideWhy.URGENT), at=NOW - 91 * DAY)

        [(figure, whole)] = listed(va).notes

        assert figure == "3 of 4 outside the network, 90 days"
        assert (
            whole
            == "Referrals outside of the network, of 4 referrals in 90 days: none near enough 2; it could not wait 1"
        )


class TestWork:
    def test_is_to_confirm_to_have_an_appointment_and_to_get_the_report(self, desk, client, va) -> None:
        states = {
            (): (CONFIRM_REFERRAL, "both"), ("provider",): (CONFIRM_REFERRAL, "worker"),
            ("worker",): (CONFIRM_REFERRAL, "provider"), ("provider", "worker"): (APPOINTMENT, "none"),
        }  # fmt: skip
        for parties in states:
            made = refer(va, client, factories.claim(client, first_contact_at=NOW, first_contact_by=1), provider(desk))
            for party in parties:
                confirm(va, client, made, Party(party))

        assert sorted(items(va)) == sorted(states.values())

    @pytest.mark.parametrize(
        ("act", "more", "left"),
        [
            (None, {}, [(APPOINTMENT, "booked")]), (referrals.missed, {}, [(APPOINTMENT, "missed")]),
            (referrals.cancel, {"why": "x"}, [(APPOINTMENT, "cancelled")]), (referrals.kept, {}, [(REFERRAL_REPORT, "kept")]),
        ],
    )  # fmt: skip
    def test_goes_by_what_became_of_the_appointment(self, desk, client, va, claim, act, more, left) -> None:
        made = refer(va, client, claim, provider(desk))
        for party in Party:
            confirm(va, client, made, party)
        booked = book(va, client, made)
        if act:
            change(va, client, made, act, booked, at=AFTER, **more)

        assert items(va, at=AFTER) == left

    def test_is_one_item_of_a_claim_due_when_the_first_is(self, desk, client, va, claim) -> None:
        refer(va, client, claim, provider(desk), at=NOW + HOUR)
        refer(va, client, claim, provider(desk), code=work.HAND)

        with transaction(va) as tx:
            [item] = [each for each in worklist.items(va, tx, at=NOW) if each.kind == CONFIRM_REFERRAL]

        assert item.elements == ["Hand Surgery", "Orthopaedic Surgery"]
        assert item.due_at == NOW + DAY
        assert worklist.MY_WORK.source.cells(item)[3][1] == "By provider and worker: Hand Surgery +1"

    def test_ends_with_the_referral_and_with_the_claim(self, desk, client, va, boss, claim) -> None:
        refer(va, client, claim, provider(desk))
        assert items(va) == [(CONFIRM_REFERRAL, "both")]

        with transaction(boss) as tx:
            closing.close(boss, tx, client_id=client, claim_id=claim, reason="Over.")

        assert items(va) == []

    def test_is_put_aside_until_something_new_happens(self, desk, client, va, claim) -> None:
        made = refer(va, client, claim, provider(desk))
        with transaction(va) as tx:
            worklist.skip(va, tx, client_id=client, claim_id=claim, kind=CONFIRM_REFERRAL, reason="At lunch.", at=NOW)

        def aside(at) -> list:
            with transaction(va) as tx:
                return worklist.item(va, tx, client_id=client, claim_id=claim, kind=CONFIRM_REFERRAL, at=at).marks

        assert aside(NOW)
        confirm(va, client, made, Party.PROVIDER, at=NOW + HOUR)
        assert aside(NOW + HOUR) == []


def test_the_list_is_for_those_who_refer() -> None:
    assert referrals.REFERRALS.rights == {Action.REFERRAL_MAKE}
