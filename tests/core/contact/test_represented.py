"""A worker for whom somebody speaks is called only where that one permits it, and it stays with the contact."""

import psycopg
import pytest

from core import contact, intake
from core.access import Actor, Role
from core.contact import Method, Outcome, Party
from core.transactions import transaction
from tests import factories
from tests.conftest import Desk
from tests.core.contact.work import log, one, reach, represented

PERMITTED = "select permitted from contact_attempt order by attempt_id desc limit 1"


@pytest.fixture
def claim(client: int, va: Actor) -> int:
    made = factories.claim(client)
    represented(va, client, made)
    return made


@pytest.mark.parametrize(("method", "outcome"), [(Method.PHONE, Outcome.NO_ANSWER), (Method.LETTER, Outcome.SENT)])
def test_an_attempt_to_reach_the_worker_needs_a_word_that_it_is_permitted(
    desk: Desk, client: int, claim: int, va: Actor, method: Method, outcome: Outcome
) -> None:
    with pytest.raises(contact.ThroughRepresentative):
        log(va, client, claim, outcome, method=method)
    assert one(desk, PERMITTED) is None

    log(va, client, claim, outcome, method=method, permitted=True)

    assert one(desk, PERMITTED) is True
    with transaction(va) as tx:
        assert [each.permitted for each in intake.open_claim(va, tx, client, claim).timeline if each.party] == [True]
    assert one(desk, "select detail ->> 'permitted' from audit_event where verb = 'attempt_logged'") == "true"


def test_so_does_a_first_contact(desk: Desk, client: int, claim: int, nurse: Actor) -> None:
    with pytest.raises(contact.ThroughRepresentative):
        reach(nurse, client, claim)
    assert one(desk, "select first_contact_at from claim") is None

    reach(nurse, client, claim, permitted=True)

    assert one(desk, PERMITTED) is True


@pytest.mark.parametrize("party", [Party.ATTORNEY, Party.EMPLOYER, Party.PROVIDER])
def test_others_are_called_as_before(desk: Desk, client: int, claim: int, va: Actor, party: Party) -> None:
    log(va, client, claim, Outcome.NO_ANSWER, party=party, permitted=True)

    assert one(desk, PERMITTED) is False, "nothing had to be permitted"


@pytest.mark.parametrize(
    ("kept", "asked"),
    [
        ("insert into representative (client_id, claim_id, name) values ({client}, {claim}, 'x')", True),
        ("insert into representative (client_id, claim_id, firm) values ({client}, {claim}, 'x')", True),
        ("insert into representative (client_id, claim_id, phone) values ({client}, {claim}, '+13125550101')", True),
        ("insert into representative (client_id, claim_id, email) values ({client}, {claim}, 'x@y.example')", True),
        ("insert into representative (client_id, claim_id, kind) values ({client}, {claim}, 'attorney')", False),
        (
            "insert into representative (client_id, claim_id, name, permits) values ({client}, {claim}, 'x', true)",
            False,
        ),
        ("update injured_worker set preferred_contact = 'attorney'", True),
        ("update injured_worker set preferred_contact = 'phone'", False),
    ],
)
def test_page_and_database_know_alike_for_whom_somebody_speaks(
    desk: Desk, client: int, va: Actor, kept: str, asked: bool
) -> None:
    claim = factories.claim(client)
    with desk.owner() as db:
        db.execute(kept.format(client=client, claim=claim).encode())

    with transaction(va) as tx:
        assert intake.open_claim(va, tx, client, claim).spoken_for is asked
    if asked:
        with pytest.raises(contact.ThroughRepresentative):
            log(va, client, claim)
    else:
        log(va, client, claim)
        assert one(desk, PERMITTED) is False


def test_by_hand_it_is_refused_as_well(desk: Desk, client: int, claim: int, va: Actor) -> None:
    told = (
        "select desk_log_attempt(%s, %s, now(), 'worker', 'phone', 'no_answer', false, null, null, p_permitted => {})"
    )
    for permitted in ("false", "null"):
        with desk.app(va.staff_id) as db, pytest.raises(psycopg.errors.CheckViolation):
            db.execute(told.format(permitted).encode(), (client, claim))
    with desk.app(va.staff_id) as db:
        db.execute(told.format("true").encode(), (client, claim))


def test_of_a_worker_who_has_died_nobody_is_asked_for_permission(
    desk: Desk, client: int, claim: int, va: Actor
) -> None:
    with desk.owner() as db:
        db.execute("update claim set date_of_death = date_of_injury")

    with pytest.raises(contact.WorkerDied):
        log(va, client, claim)
    log(factories.staff(Role.VA, client), client, claim, party=Party.ATTORNEY)
