"""Signing in with a name and a password, and being locked out."""

from datetime import timedelta

import pytest

from core import staff
from core.access import Actor, Role
from core.staff import secrets
from core.transactions import transaction
from tests import signing_in
from tests.conftest import Desk
from tests.core.staff.signing_in import MINUTE, attempt, events, fail
from tests.factories import NOW
from tests.signing_in import PASSWORD


class TestSignIn:
    def test_a_right_password_opens_a_session_of_that_person(self, va: Actor) -> None:
        token = signing_in.sign_in(va, at=NOW)

        found = staff.who(token, at=NOW)

        assert found is not None
        assert (found.staff_id, found.role, found.clients) == (va.staff_id, Role.VA, va.clients)

    def test_a_name_is_taken_in_any_case_and_with_blanks_around_it(self, va: Actor) -> None:
        assert attempt(f"  {va.sign_in_name.upper()} ", PASSWORD)

    @pytest.mark.parametrize("name", ["nobody", "' or 1=1 --", "", "x" * 5000, "nul\0"])
    def test_a_wrong_name_and_a_wrong_password_get_the_same_words(self, va: Actor, name: str) -> None:
        with pytest.raises(staff.WrongSignIn) as stranger:
            attempt(name, PASSWORD)
        with pytest.raises(staff.WrongSignIn) as mistaken:
            attempt(va.sign_in_name, "wrong")

        assert str(stranger.value) == str(mistaken.value) == "The name or the password is not right."

    def test_an_unknown_name_costs_a_hash_like_a_known_one(self, va: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
        checked: list[bool] = []
        really = secrets.PasswordHasher.verify

        def counted(self: secrets.PasswordHasher, known: str, password: str) -> bool:
            checked.append(True)
            return really(self, known, password)

        monkeypatch.setattr(secrets.PasswordHasher, "verify", counted)
        fail("nobody", 1)
        fail(va.sign_in_name, 1)

        assert len(checked) == 2

    def test_a_disabled_person_is_told_no_more_than_a_stranger(self, va: Actor, administrator: Actor) -> None:
        with transaction(administrator) as tx:
            staff.disable(administrator, tx, staff_id=va.staff_id, at=NOW)

        with pytest.raises(staff.WrongSignIn):
            attempt(va.sign_in_name, PASSWORD)

    def test_a_failed_try_is_on_the_record(self, va: Actor, desk: Desk) -> None:
        fail(va.sign_in_name, 1)

        assert events(desk, "sign_in_failed") == [(0, 0)]

    def test_a_sign_in_is_on_the_record(self, va: Actor, desk: Desk) -> None:
        signing_in.sign_in(va, at=NOW)

        assert [actor for actor, _ in events(desk, "signed_in")] == [va.staff_id]


class TestLockout:
    @pytest.fixture(autouse=True)
    def without_the_work(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Check a stranger's password in no time: tries are counted here."""
        monkeypatch.setattr(secrets, "_nobodys_hash", lambda: signing_in.quick_hash(PASSWORD))

    def test_five_failures_by_name_lock_even_the_right_password_out(self, va: Actor) -> None:
        fail(va.sign_in_name, 5)

        with pytest.raises(staff.TooManyTries):
            attempt(va.sign_in_name, PASSWORD)

    def test_a_name_that_nobody_has_locks_the_same_way(self, desk: Desk) -> None:
        fail("nobody", 5)

        with pytest.raises(staff.TooManyTries):
            attempt("nobody", PASSWORD)

    def test_four_failures_do_not(self, va: Actor) -> None:
        fail(va.sign_in_name, 4)

        assert attempt(va.sign_in_name, PASSWORD)

    def test_a_right_password_sets_the_count_back(self, va: Actor) -> None:
        fail(va.sign_in_name, 4)
        attempt(va.sign_in_name, PASSWORD, at=NOW + MINUTE)
        fail(va.sign_in_name, 4, at=NOW + 2 * MINUTE)

        assert attempt(va.sign_in_name, PASSWORD, at=NOW + 3 * MINUTE)

    def test_it_ends_after_fifteen_minutes(self, va: Actor) -> None:
        fail(va.sign_in_name, 5)

        assert attempt(va.sign_in_name, PASSWORD, at=NOW + timedelta(minutes=15))

    def test_twenty_failures_from_one_address_lock_every_name_there_and_nowhere_else(self, va: Actor) -> None:
        for number in range(20):
            fail(f"guess {number}", 1, address="203.0.113.9")

        with pytest.raises(staff.TooManyTries):
            attempt(va.sign_in_name, PASSWORD, address="203.0.113.9")
        assert attempt(va.sign_in_name, PASSWORD)

    def test_an_administrator_clears_it(self, va: Actor, administrator: Actor) -> None:
        fail(va.sign_in_name, 5)
        with transaction(administrator) as tx:
            staff.clear_lockout(administrator, tx, staff_id=va.staff_id, at=NOW)

        assert attempt(va.sign_in_name, PASSWORD)

    def test_refused_tries_of_a_locked_name_are_one_event_with_their_count(self, va: Actor, desk: Desk) -> None:
        fail(va.sign_in_name, 5)
        for second in range(7):
            with pytest.raises(staff.TooManyTries):
                attempt(va.sign_in_name, PASSWORD, at=NOW + timedelta(seconds=second))
        with pytest.raises(staff.TooManyTries):
            attempt(va.sign_in_name, PASSWORD, address="198.51.100.4")

        assert staff.tell_refusals(at=NOW + timedelta(seconds=30)) == 0  # they may be going on
        assert staff.tell_refusals(at=NOW + 2 * MINUTE) == 2
        assert staff.tell_refusals(at=NOW + 3 * MINUTE) == 0

        assert events(desk, "refused") == [(0, 0), (0, 0)]
        with desk.owner() as db:
            told = db.execute(
                "select detail ->> 'address', (detail ->> 'tries')::int from audit_event where verb = 'refused' order by 2"
            ).fetchall()
        assert told == [("198.51.100.4", 1), ("192.0.2.1", 7)]

    def test_tries_that_go_on_are_told_every_quarter_of_an_hour(self, va: Actor, desk: Desk) -> None:
        for began, refused in ((0, 1), (15.2, 16)):
            fail(va.sign_in_name, 5, at=NOW + began * MINUTE)
            with pytest.raises(staff.TooManyTries):
                attempt(va.sign_in_name, PASSWORD, at=NOW + refused * MINUTE)

        assert staff.tell_refusals(at=NOW + 16.5 * MINUTE) == 1

    def test_a_browser_that_the_name_knows_is_let_through_to_try(self, va: Actor) -> None:
        signing_in.sign_in(va, at=NOW, browser="my own")
        fail(va.sign_in_name, 5, at=NOW + MINUTE, browser="the attacker's")
        for number in range(15):
            fail(f"guess {number}", 1, at=NOW + MINUTE, browser="the attacker's")

        with pytest.raises(staff.TooManyTries):
            attempt(va.sign_in_name, PASSWORD, at=NOW + 2 * MINUTE, browser="new to the name")
        assert attempt(va.sign_in_name, PASSWORD, at=NOW + 2 * MINUTE, browser="my own")

    def test_its_own_wrong_tries_count_against_it_all_the_same(self, va: Actor) -> None:
        signing_in.sign_in(va, at=NOW, browser="my own")
        fail(va.sign_in_name, 5, at=NOW + MINUTE, browser="my own")

        with pytest.raises(staff.TooManyTries):
            attempt(va.sign_in_name, PASSWORD, at=NOW + 2 * MINUTE, browser="my own")
        assert attempt(va.sign_in_name, PASSWORD, at=NOW + 2 * MINUTE, browser="another")

    def test_a_browser_is_known_to_one_name_only_and_no_more_once_another_sets_the_password(
        self, va: Actor, administrator: Actor
    ) -> None:
        other = signing_in.person(Role.VA)
        signing_in.sign_in(va, at=NOW, browser="my own")
        fail(other.sign_in_name, 5, at=NOW + MINUTE)
        with pytest.raises(staff.TooManyTries):
            attempt(other.sign_in_name, PASSWORD, at=NOW + MINUTE, browser="my own")

        with transaction(administrator) as tx:
            staff.set_password(administrator, tx, staff_id=va.staff_id, password="the quiet river bends", at=NOW)
        fail(va.sign_in_name, 5, at=NOW + MINUTE)

        with pytest.raises(staff.TooManyTries):
            attempt(va.sign_in_name, "the quiet river bends", at=NOW + MINUTE, browser="my own")
