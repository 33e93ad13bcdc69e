"""Coming to work here, and passwords: the first administrator, everybody else, and who may change which password."""

from typing import Any

import pytest

from core import scope, staff
from core.access import COMMAND_LINE, Action, Actor, NotAllowed, Role
from core.calendars import ZoneUnknown
from core.refusal import TooLong
from core.transactions import transaction
from tests import factories, signing_in
from tests.conftest import Desk
from tests.factories import NOW
from tests.signing_in import PASSWORD

NEW = "a long new password"
HERE = "192.0.2.1"
TAKEN = "Vera.Sample"


@pytest.fixture
def administrator(desk: Desk) -> Actor:
    return signing_in.person(Role.ADMINISTRATOR)


@pytest.fixture
def va(desk: Desk) -> Actor:
    return signing_in.person(Role.VA)


def add(by: Actor, **told: Any) -> int:
    person = {
        "sign_in_name": "vera", "full_name": "Vera Sample", "role": Role.VA, "timezone": "America/Denver",
        "client_ids": frozenset(), "password": NEW,
    }  # fmt: skip
    with transaction(by) as tx:
        return staff.add(by, tx, **(person | told), at=NOW)


def first(**told: str) -> Actor:
    person = {"sign_in_name": "ada", "full_name": "Ada Keys", "timezone": "America/Chicago", "password": NEW}
    return staff.first_administrator(**(person | told))


def signed_in(name: str, password: str) -> tuple[str, Actor]:
    """Sign in by the front door; the session's token, and who that is."""
    ticket = staff.sign_in(name=name, password=password, address=HERE, browser="a browser", at=NOW)
    token = staff.redeem(ticket, browser="a browser", address=HERE, at=NOW)
    person = staff.who(token, at=NOW)
    assert token is not None
    assert person is not None
    return token, person


def opens(name: str, password: str) -> bool:
    try:
        return bool(signed_in(name, password))
    except staff.WrongSignIn:
        return False


def change(actor: Actor, *, present: str = PASSWORD, password: str = NEW) -> int:
    return staff.change_password(actor, present=present, password=password, address=HERE, at=NOW)


def give(by: Actor, to: Actor, password: str = NEW) -> int:
    with transaction(by) as tx:
        return staff.set_password(by, tx, staff_id=to.staff_id, password=password, at=NOW)


def recorded(desk: Desk, noun_id: int) -> list[tuple[int, str]]:
    with desk.owner() as db:
        return db.execute(
            "select actor_id, verb from audit_event where noun = 'staff' and noun_id = %s order by event_id", (noun_id,)
        ).fetchall()


def count(desk: Desk, table: str) -> int:
    with desk.owner() as db:
        return int(db.execute(f"select count(*) from {table}").fetchone()[0])


WRONG = [
    ("full_name", " \0 ", staff.NoFullName),
    ("sign_in_name", " ", staff.NoSignInName),
    ("timezone", "America", ZoneUnknown),
    ("timezone", "Mars/Olympus", ZoneUnknown),
    ("password", "fourteen chars", staff.TooShort),
    ("password", "long " * 41, staff.PasswordTooLong),
    ("password", "passwordpassword", staff.TooCommon),
    ("password", "qwertyuiopasdfgh", staff.TooCommon),
    ("password", "aaaaaaaaaaaaaaaaaaaaaa", staff.TooCommon),
]


class TestAdding:
    def test_a_new_person_signs_in_and_is_what_was_said(self, administrator: Actor) -> None:
        served = factories.client()

        added = add(administrator, role=Role.CLINICAL, client_ids=frozenset({served}))

        _, person = signed_in("vera", NEW)
        assert (person.staff_id, person.name, person.role) == (added, "Vera Sample", Role.CLINICAL)
        assert (person.timezone, person.clients) == ("America/Denver", {served})

    def test_it_is_on_the_record_without_the_password(self, administrator: Actor, desk: Desk) -> None:
        added = add(administrator, client_ids=frozenset({factories.client()}))

        by = administrator.staff_id
        assert recorded(desk, added) == [(by, "added"), (by, "clients_set"), (by, "password_set")]
        with desk.owner() as db:
            kept = db.execute("select string_agg(a::text, '') from audit_event a").fetchone()
        assert NEW not in str(kept)

    def test_names_lose_the_blanks_around_them_and_the_sign_in_name_its_case(self, administrator: Actor) -> None:
        add(administrator, sign_in_name="  Vera ", full_name=" Vera Sample ")

        _, person = signed_in("VERA", NEW)
        assert (person.sign_in_name, person.name) == ("vera", "Vera Sample")

    @pytest.mark.parametrize("name", ["vera.sample", " VERA.SAMPLE\0", COMMAND_LINE.sign_in_name])
    def test_a_taken_name_is_refused_in_whatever_case(self, administrator: Actor, desk: Desk, name: str) -> None:
        add(administrator, sign_in_name=TAKEN)
        before = count(desk, "audit_event")

        with pytest.raises(staff.NameTaken):
            add(administrator, sign_in_name=name)

        assert count(desk, "audit_event") == before

    @pytest.mark.parametrize(("field", "told", "refusal"), WRONG)
    def test_what_is_not_understood_is_refused_and_nobody_is_added(
        self, administrator: Actor, desk: Desk, field: str, told: str, refusal: type[Exception]
    ) -> None:
        before = count(desk, "staff")

        with pytest.raises(refusal):
            add(administrator, **{field: told})

        assert count(desk, "staff") == before

    @pytest.mark.parametrize(
        ("field", "words"), [("full_name", "The full name"), ("sign_in_name", "The name to sign in with")]
    )
    def test_a_name_that_is_too_long_is_named_with_its_limit(
        self, administrator: Actor, desk: Desk, field: str, words: str
    ) -> None:
        add(administrator, **{field: "x" * 100})

        with pytest.raises(TooLong, match=f"^{words} holds at most 100 characters, and this has 6,000: shorten it.$"):
            add(administrator, **{"sign_in_name": "another", field: "x" * 6_000})

    @pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
    def test_only_an_administrator_adds_people(self, desk: Desk, role: Role) -> None:
        with pytest.raises(NotAllowed):
            add(factories.staff(role))


class TestTheFirst:
    def test_an_empty_desk_lets_one_administrator_in_who_adds_the_next(self, desk: Desk) -> None:
        made = first(sign_in_name=" Ada ")

        _, person = signed_in("ada", NEW)
        assert (person.staff_id, person.role, person.name) == (made.staff_id, Role.ADMINISTRATOR, "Ada Keys")
        assert recorded(desk, made.staff_id) == [(made.staff_id, "founded")]
        assert add(person)

    def test_a_desk_where_somebody_works_lets_nobody_in_that_way(self, va: Actor, desk: Desk) -> None:
        with pytest.raises(staff.DeskHasPeople):
            first()

        assert not opens("ada", NEW)

    def test_the_machines_own_name_is_not_to_be_had(self, desk: Desk) -> None:
        with pytest.raises(staff.NameTaken):
            first(sign_in_name=COMMAND_LINE.sign_in_name)

    @pytest.mark.parametrize(("field", "told", "refusal"), WRONG)
    def test_what_is_not_understood_leaves_the_desk_empty(
        self, desk: Desk, field: str, told: str, refusal: type[Exception]
    ) -> None:
        with pytest.raises(refusal):
            first(**{field: told})

        assert first()


class TestGivenPassword:
    def test_replaces_the_old_one_and_ends_what_is_open_under_it(
        self, va: Actor, administrator: Actor, desk: Desk
    ) -> None:
        tokens = [signing_in.sign_in(va, at=NOW) for _ in range(2)]

        assert give(administrator, va) == 2

        assert [staff.who(token, at=NOW) for token in tokens] == [None, None]
        assert not opens(va.sign_in_name, PASSWORD)
        assert opens(va.sign_in_name, NEW)
        assert recorded(desk, va.staff_id) == [(administrator.staff_id, "password_set")]

    def test_is_nobodys_own(self, administrator: Actor) -> None:
        with pytest.raises(staff.OwnPassword):
            give(administrator, administrator)

        assert opens(administrator.sign_in_name, PASSWORD)

    def test_a_short_one_is_refused_and_ends_nothing(self, va: Actor, administrator: Actor) -> None:
        token = signing_in.sign_in(va, at=NOW)

        with pytest.raises(staff.TooShort):
            give(administrator, va, "fourteen chars")

        assert staff.who(token, at=NOW)

    def test_the_machines_own_person_gets_none(self, administrator: Actor) -> None:
        with pytest.raises(staff.NoSuchPerson):
            give(administrator, COMMAND_LINE)


class TestAPasswordThatAnotherHasSet:
    def test_opens_nothing_until_it_is_changed(self, administrator: Actor) -> None:
        client = factories.client()
        add(administrator, role=Role.SUPERVISOR)
        token, person = signed_in("vera", NEW)

        assert person.must_change_password
        assert not any(person.may(action) for action in Action)
        with transaction(person) as tx, pytest.raises(NotAllowed):
            scope.clients(person, tx, Action.CLAIM_REPORT)

        change(person, present=NEW, password="the quiet river bends")

        person = staff.who(token, at=NOW)
        assert person is not None
        assert not person.must_change_password
        with transaction(person) as tx:
            assert [found.client_id for found in scope.clients(person, tx, Action.CLAIM_REPORT)] == [client]

    def test_is_not_made_of_the_persons_own_names(self, administrator: Actor) -> None:
        named = {"sign_in_name": "vera", "full_name": "Wilhelmina Oyelaran"}
        for made_of_them in ("Wilhelmina Oyelaran", "oyelaran-wilhelmina-2026"):
            with pytest.raises(staff.TooCommon):
                add(administrator, password=made_of_them, **named)
        add(administrator, **named)
        _, person = signed_in("vera", NEW)

        with pytest.raises(staff.TooCommon):
            give(administrator, person, "Wilhelmina Oyelaran")
        with pytest.raises(staff.TooCommon):
            change(person, present=NEW, password="Wilhelmina Oyelaran")

    def test_is_not_kept_by_choosing_it_again(self, administrator: Actor) -> None:
        add(administrator)
        _, person = signed_in("vera", NEW)

        with pytest.raises(staff.SamePassword):
            change(person, present=NEW, password=NEW)

    def test_that_one_has_chosen_oneself_is_ones_own(self, desk: Desk) -> None:
        first()
        _, person = signed_in("ada", NEW)

        assert not person.must_change_password


class TestOwnPassword:
    def test_goes_on_here_and_ends_what_is_open_elsewhere(self, va: Actor, desk: Desk) -> None:
        elsewhere = signing_in.sign_in(va, at=NOW)
        here, person = signed_in(va.sign_in_name, PASSWORD)

        assert change(person) == 1

        assert staff.who(here, at=NOW)
        assert staff.who(elsewhere, at=NOW) is None
        assert not opens(va.sign_in_name, PASSWORD)
        assert opens(va.sign_in_name, NEW)
        assert recorded(desk, va.staff_id) == [(va.staff_id, "password_set")]

    def test_ends_nobody_elses_session(self, va: Actor, administrator: Actor) -> None:
        token = signing_in.sign_in(va, at=NOW)

        change(administrator)

        assert staff.who(token, at=NOW)

    def test_whoever_does_not_know_the_present_one_changes_nothing(self, va: Actor) -> None:
        with pytest.raises(staff.WrongPresentPassword):
            change(va, present="wrong")

        assert opens(va.sign_in_name, PASSWORD)

    def test_somebody_elses_password_is_not_ones_own(self, va: Actor, administrator: Actor) -> None:
        signing_in.give_password(other := factories.staff(Role.VA), "somebody else's")

        with pytest.raises(staff.WrongPresentPassword):
            change(other)

        assert opens(other.sign_in_name, "somebody else's")

    def test_guessing_it_locks_like_guessing_at_the_door_and_is_on_the_record(self, va: Actor, desk: Desk) -> None:
        for _ in range(5):
            with pytest.raises(staff.WrongPresentPassword):
                change(va, present="wrong")

        with pytest.raises(staff.TooManyTries):
            change(va)
        with pytest.raises(staff.TooManyTries):
            opens(va.sign_in_name, PASSWORD)
        with desk.owner() as db:
            failed = db.execute("select count(*) from audit_event where verb = 'sign_in_failed'").fetchone()
        assert failed == (5,)

    def test_a_short_new_one_is_refused_before_anything_is_counted(self, va: Actor, desk: Desk) -> None:
        with pytest.raises(staff.TooShort):
            change(va, present="wrong", password="fourteen chars")

        assert count(desk, "sign_in_attempt") == 0

    def test_it_is_typed_the_same_both_times(self) -> None:
        assert staff.typed_twice(NEW, NEW) == NEW
        with pytest.raises(staff.NotTheSame):
            staff.typed_twice(NEW, NEW + " ")
