"""Finding a claim by its number, ours or the client's, among those one may open."""

import pytest

from core import intake
from core.access import NotAllowed, Role
from core.transactions import transaction
from tests import factories
from tests.conftest import Desk


@pytest.fixture
def client(desk: Desk) -> int:
    return factories.client()


@pytest.mark.parametrize("typed", ["C-1", " c-1 ", "1", "wc 77", "WC77"])
def test_a_claim_is_found_by_either_number_however_it_is_typed(client: int, desk: Desk, typed: str) -> None:
    claim = factories.claim(client)
    factories.claim(client)
    with desk.owner() as db:
        db.execute(
            "update claim set client_claim_number = 'WC 77', client_number_key = 'wc77' where claim_id = %s", (claim,)
        )
    actor = factories.staff(Role.VA, client)

    with transaction(actor) as tx:
        [found] = intake.numbered(actor, tx, typed)

    assert (found.client_id, found.claim_id, found.claim_number) == (client, claim, f"C-{claim}")


def test_a_claim_of_others_is_not_found(client: int) -> None:
    claim = factories.claim(client)
    stranger = factories.staff(Role.VA, factories.client())

    with transaction(stranger) as tx:
        assert intake.numbered(stranger, tx, f"C-{claim}") == ()


@pytest.mark.parametrize("typed", ["", "  ", "\0", "%", "x" * 5_000])
def test_what_is_no_number_finds_nothing(client: int, typed: str) -> None:
    factories.claim(client)
    actor = factories.staff(Role.SUPERVISOR)

    with transaction(actor) as tx:
        assert intake.numbered(actor, tx, typed) == ()


def test_who_opens_no_claims_finds_none(client: int) -> None:
    executive = factories.staff(Role.ACCOUNT_EXECUTIVE, client)

    with pytest.raises(NotAllowed), transaction(executive) as tx:
        intake.numbered(executive, tx, "C-1")


def test_the_record_keeps_what_was_found_and_not_what_was_typed(client: int, desk: Desk) -> None:
    factories.claim(client)
    actor = factories.staff(Role.VA, client)

    with transaction(actor) as tx:
        intake.numbered(actor, tx, "C-1")
        intake.numbered(actor, tx, "Núñez")

    with desk.owner() as db:
        rows = db.execute("select verb, detail from audit_event where noun = 'claims_by_number' order by event_id")
        assert rows.fetchall() == [("read", {"claims": ["C-1"]}), ("read", {"claims": []})]
