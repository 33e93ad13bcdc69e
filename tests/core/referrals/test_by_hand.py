"""What the database itself refuses of referrals, by SQL typed by hand in the application's role."""

import psycopg
import pytest
from psycopg.errors import CheckViolation, InsufficientPrivilege, UniqueViolation

from core import referrals
from core.access import Role
from core.referrals import Party
from tests import factories
from tests.core.referrals import work
from tests.factories import NOW

pytestmark = pytest.mark.usefixtures("desk")


@pytest.fixture
def claim(client) -> int:
    return factories.claim(client)


@pytest.fixture
def made(desk, client, va, claim) -> int:
    return work.refer(va, client, claim, work.provider(desk))


def tries(desk, va, statement: str, **names: object) -> int:
    with desk.app(va.staff_id) as db:
        return db.execute(statement, {"me": va.staff_id, "now": NOW, **names}).rowcount


REFER = (
    "insert into referral (client_id, claim_id, taxonomy_code, specialty, referred_by, provider_id, location_id, made_at, made_by,"
    " confirm_provider_by, confirm_worker_by) select %(client)s, %(claim)s, '207X00000X', 'Surgery', 'Dr. Ames', provider_id,"
    " location_id, %(now)s, %(me)s, %(now)s + interval '1 day', %(now)s + interval '1 day' from provider_location"
    " where provider_id = %(provider)s"
)
SAID = (
    "update referral_appointment set status = %(status)s, changed_at = %(now)s, changed_by = %(me)s, changed_why = 'x'"
    " where referral_id = %(referral)s"
)
REPORTED = (
    "update referral set outcome = 'reported', ended_at = %(now)s, ended_by = %(me)s, report_received_at = %(now)s"
    " where referral_id = %(referral)s"
)


def test_nobody_is_referred_to_somebody_outside_of_the_clients_network_as_if_inside(desk, client, va, claim) -> None:
    for panel in (False, factories.client()):
        with pytest.raises(InsufficientPrivilege):
            tries(desk, va, REFER, client=client, claim=claim, provider=work.provider(desk, panel=panel).provider_id)


def test_nobody_is_referred_of_a_closed_claim(desk, client, va, claim) -> None:
    to = work.provider(desk)
    desk.maker.execute(
        "update claim set closed_at = reported_at, closed_by = 1, closed_why = 'x' where claim_id = %s", (claim,)
    )

    with pytest.raises(InsufficientPrivilege):
        tries(desk, va, REFER, client=client, claim=claim, provider=to.provider_id)


def test_an_appointment_is_kept_no_sooner_than_it_is(desk, client, va, made) -> None:
    work.book(va, client, made)

    with pytest.raises(InsufficientPrivilege):
        tries(desk, va, SAID, referral=made, status="kept")
    assert tries(desk, va, SAID, referral=made, status="kept", now=work.LATER) == 1
    assert tries(desk, va, SAID, referral=made, status="missed", now=work.LATER) == 0


def test_a_report_comes_after_the_appointment_was_kept(desk, client, va, made) -> None:
    with pytest.raises(InsufficientPrivilege):
        tries(desk, va, REPORTED, referral=made)
    work.change(va, client, made, referrals.kept, work.book(va, client, made), at=work.LATER)

    assert tries(desk, va, REPORTED, referral=made, now=work.LATER) == 1


@pytest.mark.parametrize(
    "column", ["provider_confirmed_at", "worker_confirmed_at", "visit_status", "made_by", "outside_why"]
)
def test_what_follows_from_other_tables_is_written_by_nobody(desk, va, made, column: str) -> None:
    with pytest.raises(InsufficientPrivilege):
        tries(desk, va, f"update referral set {column} = null where referral_id = %(referral)s", referral=made)


def test_an_appointment_is_on_clocks_where_the_location_is(desk, client, va, made) -> None:
    with pytest.raises(InsufficientPrivilege):
        tries(
            desk, va, "insert into referral_appointment (client_id, referral_id, starts_at, timezone, booked_at, booked_by)"
            " values (%(client)s, %(referral)s, %(later)s, 'UTC', %(now)s, %(me)s)", client=client, referral=made, later=work.LATER,
        )  # fmt: skip


def test_a_side_confirms_once_in_ones_own_name_and_stays(desk, client, va, made) -> None:
    work.confirm(va, client, made, Party.PROVIDER)
    confirm = (
        "insert into referral_confirmation (client_id, referral_id, party, at, how, with_whom, recorded_at, by_id)"
        " values (%(client)s, %(referral)s, %(party)s, %(now)s, 'phone', 'x', %(now)s, %(by)s)"
    )

    with pytest.raises(UniqueViolation):
        tries(desk, va, confirm, client=client, referral=made, party="provider", by=va.staff_id)
    with pytest.raises(InsufficientPrivilege):
        tries(desk, va, confirm, client=client, referral=made, party="worker", by=1)
    for verb in ("delete from referral_confirmation", "update referral_confirmation set words = 'y'"):
        with pytest.raises(InsufficientPrivilege):
            tries(desk, va, verb)


def test_a_side_confirms_after_the_referral_was_made(desk, client, va, made) -> None:
    confirm = (
        "insert into referral_confirmation (client_id, referral_id, party, at, how, with_whom, recorded_at, by_id)"
        " values (%(client)s, %(referral)s, 'worker', %(now)s + %(after)s * interval '1 minute', 'phone', 'x', %(now)s, %(me)s)"
    )

    with pytest.raises(InsufficientPrivilege):
        tries(desk, va, confirm, client=client, referral=made, after=-1)
    assert tries(desk, va, confirm, client=client, referral=made, after=0) == 1


def test_an_ended_referral_is_neither_confirmed_nor_booked(desk, client, va, made) -> None:
    work.end(va, client, made, referrals.withdraw, why="Well.")

    for statement in (
        "insert into referral_confirmation (client_id, referral_id, party, at, how, with_whom, recorded_at, by_id)"
        " values (%(client)s, %(referral)s, 'worker', %(now)s, 'phone', 'x', %(now)s, %(me)s)",
        "insert into referral_appointment (client_id, referral_id, starts_at, timezone, booked_at, booked_by)"
        " values (%(client)s, %(referral)s, %(later)s, 'America/Chicago', %(now)s, %(me)s)",
    ):
        with pytest.raises(InsufficientPrivilege):
            tries(desk, va, statement, client=client, referral=made, later=work.LATER)


@pytest.mark.parametrize("verb", ["referral_made", "referral_confirmed", "appointment_kept", "referral_reported"])
def test_nobody_tells_by_hand_what_did_not_happen(desk, client, va, claim, verb: str) -> None:
    for statement in (
        "insert into claim_event (client_id, claim_id, at, by_id, kind) values (%(client)s, %(claim)s, %(now)s, %(me)s, %(verb)s)",
        "insert into audit_event (actor_id, client_id, noun, noun_id, verb) values (%(me)s, %(client)s, 'claim', %(claim)s, %(verb)s)",
    ):
        with pytest.raises(InsufficientPrivilege):
            tries(desk, va, statement, client=client, claim=claim, verb=verb)


def test_a_provider_has_an_npi_that_was_not_mistyped(desk) -> None:
    with desk.owner() as db, pytest.raises(CheckViolation):
        db.execute("insert into provider (npi, kind, name) values ('1234567890', 'individual', 'x')")


def test_the_directory_is_written_by_nobody(desk, client) -> None:
    work.provider(desk)
    for role in Role:
        person = factories.staff(role, client)
        for table in ("provider", "provider_location", "provider_specialty", "provider_language", "network_panel"):
            with desk.app(person.staff_id) as db, pytest.raises(psycopg.errors.InsufficientPrivilege):
                db.execute(f"delete from {table}")
