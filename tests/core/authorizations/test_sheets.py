"""A call sheet: all that waits for one provider's office, in order, each line logged by itself."""

import pytest

from core import authorizations
from core.access import NotAllowed, Role
from core.authorizations import Office, Reply, Said
from core.transactions import acting, transaction
from tests import factories
from tests.core.authorizations.work import DAY, HOUR, THERAPY, denied, log, look, now
from tests.factories import NOW

pytestmark = pytest.mark.usefixtures("desk")

NPI = "1234567893"
LACKS = {"complete_at": None, "missing": "The report behind it."}
AMES = Office(None, "Dr. Ames", None)


@pytest.fixture
def claim(client) -> int:
    return factories.claim(client, jurisdiction="CA")


def sheet(actor, office=AMES):
    with transaction(actor) as tx:
        return authorizations.sheet(actor, tx, office)


def numbers(actor, office=AMES) -> list[int]:
    return [line.request_id for line in sheet(actor, office)]


def test_an_office_is_one_by_its_npi_whatever_its_name(va, client, claim):
    first = log(va, client, claim, provider_npi=NPI, **LACKS)
    other = log(va, client, claim, THERAPY, provider_npi=NPI, provider_name="Ames Orthopedics", **LACKS)
    log(va, client, factories.claim(client), provider_npi="1003000126", **LACKS)
    assert sorted(numbers(va, authorizations.office_of(look(va, first)))) == [first.request_id, other.request_id]


def test_and_without_one_by_name_and_telephone(va, client, claim):
    one = log(va, client, claim, provider_phone="(614) 555-0134", **LACKS)
    log(va, client, claim, THERAPY, provider_phone="(614) 555-0199", **LACKS)
    log(va, client, factories.claim(client), **LACKS)
    assert numbers(va, authorizations.office_of(look(va, one))) == [one.request_id]


def test_only_what_waits_for_the_provider_is_on_it(va, nurse, client, claim):
    waits = log(va, client, claim, **LACKS)
    log(va, client, claim, THERAPY)
    asked = log(va, client, factories.claim(client, jurisdiction="CA"))
    with acting(va) as tx:
        authorizations.extend(va, tx, asked, on=NOW, why="A report is missing.", at=NOW)
    decided = log(va, client, factories.claim(client, jurisdiction="CA"), **LACKS)
    with acting(nurse) as tx:
        authorizations.determine(nurse, tx, decided, denied(), at=NOW)
    found = {line.request_id: authorizations.awaited(line) for line in sheet(va)}
    assert found == {
        waits.request_id: "The report behind it.", asked.request_id: "The information that was asked for",
    }  # fmt: skip


def test_what_is_to_be_followed_up_first_stands_first(desk, va, client, claim):
    keys = [log(va, client, factories.claim(client, jurisdiction="CA"), **LACKS) for _ in range(3)]
    for key, hours in zip(keys, (3, 1, 2), strict=True):
        with desk.owner() as db:
            db.execute(
                "update authorization_request set follow_up_at = %s where request_id = %s",
                (NOW + hours * HOUR, key.request_id),
            )
    assert numbers(va) == [keys[1].request_id, keys[2].request_id, keys[0].request_id]


def test_it_ends_at_the_clients_whom_one_serves(va, client, claim):
    log(va, client, claim, **LACKS)
    assert numbers(factories.staff(Role.VA, factories.client())) == []
    with pytest.raises(NotAllowed):
        numbers(factories.staff(Role.COMPLIANCE))


def test_each_claim_on_it_was_looked_at(desk, va, client):
    claims = [factories.claim(client, jurisdiction="CA") for _ in range(2)]
    keys = [log(va, client, claim, **LACKS) for claim in claims]
    sheet(va)
    with desk.owner() as db:
        read = db.execute("select noun_id, detail from audit_event where verb = 'read' order by noun_id").fetchall()
    assert read == [
        (claim, {"authorization": key.request_id}) for claim, key in zip(claims, keys, strict=True)
    ]  # fmt: skip


def test_a_refused_line_undoes_none_of_the_others_and_is_named(va, nurse, client):
    keys = [log(va, client, factories.claim(client, jurisdiction="CA"), **LACKS) for _ in range(3)]
    with acting(nurse) as tx:
        authorizations.determine(nurse, tx, keys[1], denied(), at=NOW)
    done = authorizations.log_sheet(va, [Said(key, Reply.PROMISED, "By noon.") for key in keys], at=NOW)
    assert [(each.key, each.refused) for each in done] == [
        (keys[0], ""), (keys[1], authorizations.RequestDecided.text), (keys[2], ""),
    ]  # fmt: skip
    assert [len(look(va, key).follow_ups) for key in keys] == [1, 0, 1]
    assert done[0].due_at == look(va, keys[0]).frame.follow_up_at > NOW + DAY / 24


def test_what_somebody_else_has_logged_meanwhile_is_not_logged_twice(va, client, claim):
    key = log(va, client, claim, **LACKS)
    authorizations.log_sheet(va, [Said(key, Reply.MESSAGE)], at=NOW)
    [again] = authorizations.log_sheet(va, [Said(key, Reply.MESSAGE)], at=NOW)
    assert again.refused == authorizations.RequestChanged.text
    assert len(look(va, now(va, key)).follow_ups) == 1


@pytest.mark.parametrize(
    ("where", "index"),
    [
        ("provider_npi = '1234567893'", "authorization_open_by_npi"),
        ("provider_name = 'Dr. 7' and provider_phone is not distinct from null", "authorization_open_by_provider"),
    ],
)
def test_the_offices_requests_are_found_by_an_index(desk, va, client, claim, where, index):
    with desk.owner() as db:
        db.execute(
            "insert into authorization_request (client_id, claim_id, jurisdiction, kind, provider_name, received_at,"
            " channel, missing, clock, logged_at, logged_by)"
            " select %s, %s, 'CA', 'prospective', 'Dr. ' || n, %s, 'fax', 'x', 'waiting', %s, %s"
            " from generate_series(1, 1000) n",
            (client, claim, NOW, NOW, va.staff_id),
        )
        db.execute("analyze authorization_request")
    with transaction(va) as tx:
        plan = tx.exec_driver_sql(f"explain select 1 from authorization_request where {where} and ended_at is null")
        assert index in str(plan.fetchall())
