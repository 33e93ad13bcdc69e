"""What a lapse means: what the law that counts the clock says, and for Ohio whether each of its conditions holds."""

from datetime import timedelta

import pytest

from core import authorizations
from core.access import Actor, NotAllowed, Role
from core.authorizations import Key, Lapsed
from core.statutes import LAPSES, Lapse
from core.transactions import acting, transaction
from tests import factories
from tests.core.authorizations.work import DAY, approved, log, look
from tests.factories import NOW

pytestmark = pytest.mark.usefixtures("desk")

LATER = NOW + 30 * DAY


def lapsed(actor: Actor, key: Key, *, at=LATER) -> Lapsed | None:
    request = look(actor, key)
    with transaction(actor) as tx:
        return authorizations.lapsed(actor, tx, request, authorizations.standing(tx, request), at=at)


def of(va: Actor, client: int, state: str, **otherwise) -> Key:
    return log(va, client, factories.claim(client, jurisdiction=state), jurisdiction=state, **otherwise)


def condition(desk, key: Key, status: str, code: str = "S33.5XXA") -> None:
    with desk.owner() as db:
        db.execute(
            "insert into claim_condition (client_id, claim_id, code, words, status, since, set_at, set_by)"
            " values (%s, %s, %s, 'Sprain', %s, '2026-11-01', now(), 1)",
            (key.client_id, key.claim_id, code, status),
        )


@pytest.mark.parametrize(
    ("state", "family"), [("CA", Lapse.VOID), ("TX", Lapse.VIOLATION), ("OH", Lapse.CONDITIONAL), ("FL", Lapse.DEEMED)]
)
def test_it_is_said_as_its_own_law_says_it(va, client, state, family):
    kinds = {"TX": "prospective", "FL": "prospective"}
    with transaction(va) as tx:
        kind = next(each.kind for each in authorizations.offered(va, tx, state))
    found = lapsed(va, of(va, client, state, kind=kinds.get(state, kind)))
    assert found is not None
    assert found.words.startswith(LAPSES[family])
    assert len(found.checks) == (4 if family is Lapse.CONDITIONAL else 0)


def test_nothing_has_lapsed_before_it_is_due_or_once_the_provider_was_told(va, nurse, client):
    key = of(va, client, "CA")
    assert lapsed(va, key, at=NOW) is None
    with acting(nurse) as tx:
        authorizations.determine(nurse, tx, key, approved(), at=NOW)
    assert lapsed(va, key) is not None
    determination = look(va, key).determinations[0].determination_id
    with acting(va) as tx:
        authorizations.tell(
            va, tx, client_id=key.client_id, claim_id=key.claim_id, request_id=key.request_id,
            determination_id=determination, party=authorizations.Party.PROVIDER,
            how=next(iter(authorizations.CHANNELS)), recipient="Dr. Ames", told_at=NOW, at=NOW,
        )  # fmt: skip
    assert lapsed(va, key) is None


def test_a_clock_that_waits_or_is_extended_by_its_law_has_not_lapsed(va, client):
    assert lapsed(va, of(va, client, "CA", complete_at=None, missing="The report.")) is None
    assert lapsed(va, of(va, client, "OH"), at=NOW + timedelta(hours=1)) is None


class TestOhio:
    def checks(self, actor: Actor, key: Key) -> list[bool]:
        found = lapsed(actor, key)
        assert found is not None
        return [check.holds for check in found.checks]

    def test_asks_four_things_and_each_is_filled_from_the_claim(self, desk, va, client):
        key = of(va, client, "OH")
        assert self.checks(va, key) == [True, False, False, True]
        condition(desk, key, "alleged")
        assert self.checks(va, key) == [True, False, False, True]
        condition(desk, key, "allowed", "S83.511A")
        assert self.checks(va, key) == [True, False, True, True]

    def test_a_claim_is_not_payable_that_is_closed_or_denied_as_a_whole(self, desk, va, client):
        key = of(va, client, "OH")
        condition(desk, key, "denied")
        assert self.checks(va, key)[3] is False
        condition(desk, key, "allowed", "S83.511A")
        assert self.checks(va, key)[3] is True
        with desk.owner() as db:
            db.execute("update claim set closed_at = now(), closed_why = 'x' where claim_id = %s", (key.claim_id,))
        assert self.checks(va, key)[3] is False


def test_it_is_a_look_at_a_claim(va, client):
    key = of(va, client, "OH")
    request = look(va, key)
    with transaction(va) as tx:
        counted = authorizations.standing(tx, request)
    nobody = factories.staff(Role.ADMINISTRATOR)
    with pytest.raises(NotAllowed), transaction(nobody) as tx:
        authorizations.lapsed(nobody, tx, request, counted, at=LATER)
