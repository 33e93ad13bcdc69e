"""Signing in, sessions, and what an administrator changes about people."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

import psycopg
import pytest

from core import assignment, audit, staff
from core.access import COMMAND_LINE, Action, Actor, NotAllowed, Role
from core.settings import Settings, settings
from core.staff import secrets
from core.transactions import transaction
from tests import factories, signing_in
from tests.conftest import Desk
from tests.factories import NOW
from tests.signing_in import PASSWORD

MINUTE = timedelta(minutes=1)


@pytest.fixture
def va(desk: Desk) -> Actor:
    return signing_in.person(Role.VA, factories.client("ACME"))


@pytest.fixture
def administrator(desk: Desk) -> Actor:
    return signing_in.person(Role.ADMINISTRATOR)


def attempt(
    name: str, password: str, *, at: datetime = NOW, address: str = "192.0.2.1", browser: str = "a browser"
) -> str:
    return staff.sign_in(name=name, password=password, address=address, browser=browser, at=at)


def fail(name: str, times: int, *, at: datetime = NOW, address: str = "192.0.2.1", browser: str = "a browser") -> None:
    for _ in range(times):
        with pytest.raises(staff.WrongSignIn):
            attempt(name, "wrong", at=at, address=address, browser=browser)


def events(desk: Desk, verb: str) -> list[tuple[int, int]]:
    with desk.owner() as db:
        return db.execute("select actor_id, noun_id from audit_event where verb = %s order by at", (verb,)).fetchall()


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


class TestTicket:
    def test_it_is_good_once(self, va: Actor) -> None:
        ticket = attempt(va.sign_in_name, PASSWORD)
        assert staff.redeem(ticket, browser="a browser", address="192.0.2.1", at=NOW)

        assert staff.redeem(ticket, browser="a browser", address="192.0.2.1", at=NOW) is None

    def test_it_is_worthless_in_another_browser(self, va: Actor) -> None:
        ticket = attempt(va.sign_in_name, PASSWORD)

        assert staff.redeem(ticket, browser="another", address="192.0.2.1", at=NOW) is None

    def test_it_lasts_thirty_seconds(self, va: Actor) -> None:
        ticket = attempt(va.sign_in_name, PASSWORD)

        assert staff.redeem(ticket, browser="a browser", address="192.0.2.1", at=NOW + timedelta(seconds=30)) is None

    def test_the_database_keeps_neither_ticket_nor_token_nor_password(self, va: Actor, desk: Desk) -> None:
        ticket = attempt(va.sign_in_name, PASSWORD)
        token = signing_in.sign_in(va, at=NOW)
        with desk.owner() as db:
            kept = "".join(
                str(db.execute(f"select string_agg(t::text, ' ') from {table} t").fetchone())
                for table in ("sign_in_ticket", "staff_session", "staff_credential", "sign_in_attempt", "audit_event")
            )

        for secret in (ticket, token, PASSWORD):
            assert secret not in kept
            assert secret.encode().hex() not in kept


class TestSession:
    def test_nobody_is_signed_in_by_no_token_or_a_made_up_one(self, desk: Desk) -> None:
        assert staff.who(None, at=NOW) is None
        assert staff.who("", at=NOW) is None
        assert staff.who(secrets.new_token(), at=NOW) is None

    def test_fifteen_idle_minutes_end_it(self, va: Actor) -> None:
        token = signing_in.sign_in(va, at=NOW)

        assert staff.who(token, at=NOW + timedelta(minutes=14, seconds=59))
        assert staff.who(token, at=NOW + timedelta(minutes=15)) is None

    def test_the_time_can_be_set_also_to_a_part_of_a_minute(self, va: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(settings(), "idle_minutes", Settings(idle_minutes=0.5).idle_minutes)
        token = signing_in.sign_in(va, at=NOW)

        assert staff.who(token, at=NOW + timedelta(seconds=29))
        assert staff.who(token, at=NOW + timedelta(seconds=30)) is None

    @pytest.mark.parametrize("minutes", [0, -1, 24 * 60 + 1])
    def test_it_cannot_be_set_to_never_or_at_once(self, minutes: float) -> None:
        with pytest.raises(ValueError, match="idle_minutes"):
            Settings(idle_minutes=minutes)

    def test_asking_who_is_no_activity_unless_the_person_is_active(self, va: Actor) -> None:
        token = signing_in.sign_in(va, at=NOW)
        assert staff.who(token, at=NOW + 10 * MINUTE)
        assert staff.who(token, at=NOW + 16 * MINUTE) is None

        assert staff.who(token, at=NOW + 10 * MINUTE, active=True)

        assert staff.who(token, at=NOW + 16 * MINUTE)

    def test_one_who_has_idled_out_is_not_brought_back_by_being_active(self, va: Actor) -> None:
        token = signing_in.sign_in(va, at=NOW)
        assert staff.who(token, at=NOW + 16 * MINUTE, active=True) is None
        assert staff.who(token, at=NOW + 16 * MINUTE) is None

    def test_it_ends_after_twelve_hours_however_busy(self, va: Actor) -> None:
        token = signing_in.sign_in(va, at=NOW)
        for minutes in range(0, 12 * 60, 10):
            assert staff.who(token, at=NOW + minutes * MINUTE, active=True)

        assert staff.who(token, at=NOW + timedelta(hours=12), active=True) is None

    def test_signing_out_ends_it_and_no_other(self, va: Actor) -> None:
        here, elsewhere = signing_in.sign_in(va, at=NOW), signing_in.sign_in(va, at=NOW)

        staff.sign_out(here, at=NOW)

        assert staff.who(here, at=NOW) is None
        assert staff.who(elsewhere, at=NOW)

    def test_every_process_hears_of_the_end(self, va: Actor, desk: Desk) -> None:
        token = signing_in.sign_in(va, at=NOW)
        session = staff.who(token, at=NOW)
        assert session is not None
        with desk.app() as listener:
            listener.execute("listen desk_access")
            staff.sign_out(token, at=NOW)
            heard = [each.payload for each in listener.notifies(timeout=5, stop_after=1)]

        assert heard == [f'{{"session" : {session.session_id}}}']

    def test_a_changed_role_holds_from_the_next_question(self, va: Actor, administrator: Actor) -> None:
        token = signing_in.sign_in(va, at=NOW)
        with transaction(administrator) as tx:
            staff.change_role(administrator, tx, staff_id=va.staff_id, role=Role.CLINICAL, at=NOW)

        found = staff.who(token, at=NOW)

        assert found is not None
        assert found.role is Role.CLINICAL
        assert not found.may(Action.CLAIM_REPORT)

    def test_a_disabled_person_is_out_at_once(self, va: Actor, administrator: Actor) -> None:
        token = signing_in.sign_in(va, at=NOW)
        with transaction(administrator) as tx:
            ended = staff.disable(administrator, tx, staff_id=va.staff_id, at=NOW)

        assert ended == (1, 0)
        assert staff.who(token, at=NOW) is None

    def test_enabled_again_means_signing_in_again(self, va: Actor, administrator: Actor) -> None:
        token = signing_in.sign_in(va, at=NOW)
        with transaction(administrator) as tx:
            staff.disable(administrator, tx, staff_id=va.staff_id, at=NOW)
            staff.enable(administrator, tx, staff_id=va.staff_id, at=NOW)

        assert staff.who(token, at=NOW) is None
        assert signing_in.sign_in(va, at=NOW)


class TestTheEndOfASession:
    def test_is_known_beforehand_and_said_in_the_persons_own_time(self, va: Actor) -> None:
        token = signing_in.sign_in(va, at=NOW)
        ending = staff.ending(token)

        assert ending == (NOW + 15 * MINUTE, "idle")
        assert staff.warning(ending, "America/Chicago") == (
            "You will be signed out at 09:15 CST because nothing was done here. Press any key to stay."
        )

    def test_comes_after_twelve_hours_and_no_key_helps_then(self, va: Actor) -> None:
        token = signing_in.sign_in(va, at=NOW)
        for tenth in range(0, 12 * 60, 10):
            staff.who(token, at=NOW + tenth * MINUTE, active=True)
        ending = staff.ending(token)

        assert ending == (NOW + timedelta(hours=12), "twelve hours")
        said = staff.warning(ending, "America/Chicago")
        assert said.startswith("You will be signed out at 21:00 CST because a sign-in ends after twelve hours;")
        assert "key" not in said
        assert staff.why_over(token, at=NOW + timedelta(hours=12)).startswith(
            "You were signed out because a sign-in ends after twelve hours;"
        )

    def test_is_no_end_while_the_session_lasts(self, va: Actor) -> None:
        token = signing_in.sign_in(va, at=NOW)

        assert staff.why_over(token, at=NOW + 14 * MINUTE) == ""
        assert staff.why_over(token, at=NOW + 15 * MINUTE) == (
            "You were signed out because nothing was done here for 15 min; what was typed into a form is kept for a day."
        )

    @pytest.mark.parametrize(
        ("end", "says"),
        [
            (staff.end_sessions, "You were signed out by an administrator;"),
            (partial(staff.set_password, password="another battery staple"), "your password was changed;"),
            (staff.disable, "Your account is disabled; an administrator can enable it."),
        ],
        ids=["ended", "password", "disabled"],
    )
    def test_by_an_administrator_is_said_to_who_holds_its_token(
        self, va: Actor, administrator: Actor, end: Callable[..., object], says: str
    ) -> None:
        token = signing_in.sign_in(va, at=NOW)
        with transaction(administrator) as tx:
            end(administrator, tx, staff_id=va.staff_id, at=NOW)

        assert says in staff.why_over(token, at=NOW)

    def test_of_an_account_that_is_enabled_again_is_not_laid_to_its_being_disabled(
        self, va: Actor, administrator: Actor
    ) -> None:
        token = signing_in.sign_in(va, at=NOW)
        with transaction(administrator) as tx:
            staff.disable(administrator, tx, staff_id=va.staff_id, at=NOW)
            staff.enable(administrator, tx, staff_id=va.staff_id, at=NOW)

        assert staff.why_over(token, at=NOW).startswith("You were signed out by an administrator;")

    def test_by_signing_out_elsewhere_is_said_too(self, va: Actor) -> None:
        token = signing_in.sign_in(va, at=NOW)
        staff.sign_out(token, at=NOW)

        assert staff.why_over(token, at=NOW).startswith("You signed out elsewhere;")

    def test_tells_a_stranger_nothing(self, va: Actor, administrator: Actor) -> None:
        with transaction(administrator) as tx:
            staff.disable(administrator, tx, staff_id=va.staff_id, at=NOW)

        assert staff.why_over(None, at=NOW) == staff.why_over("made up", at=NOW) == ""
        assert staff.ending("made up") is None


class TestWhatIsHeld:
    """What a person holds ends with the right to hold it: shown before, told where it goes, on the record."""

    @pytest.fixture
    def acme(self, desk: Desk) -> int:
        return factories.client("ACME")

    @pytest.fixture
    def beta(self, desk: Desk) -> int:
        return factories.client("BETA")

    @pytest.fixture
    def holder(self, acme: int, beta: int) -> Actor:
        return factories.staff(Role.VA, acme, beta)

    @pytest.fixture
    def claims(self, acme: int, beta: int, holder: Actor) -> dict[str, int]:
        return {
            "late": factories.claim(acme, assignee=holder.staff_id, due_at=NOW - MINUTE),
            "acme": factories.claim(acme, assignee=holder.staff_id),
            "beta": factories.claim(beta, assignee=holder.staff_id),
        }

    def whose(self, desk: Desk, claims: dict[str, int]) -> dict[str, int | None]:
        with desk.owner() as db:
            found = dict(db.execute("select claim_id, assignee_id from claim").fetchall())
        return {name: found[claim] for name, claim in claims.items()}

    def test_is_seen_by_client_with_how_many_are_overdue(self, administrator, holder, claims, acme, beta) -> None:
        with transaction(administrator) as tx:
            held = assignment.held(administrator, tx, holder.staff_id, at=NOW)

        assert [(each.code, each.claims, each.overdue) for each in held] == [("ACME", 2, 1), ("BETA", 1, 0)]

    def test_a_pause_since_before_the_deadline_is_not_overdue_and_one_since_after_it_is(
        self, desk, administrator, holder, acme
    ) -> None:
        for minutes in (-30, -90):
            claim = factories.claim(acme, assignee=holder.staff_id, due_at=NOW + minutes * MINUTE)
            with desk.owner() as db:
                db.execute(
                    "insert into clock_pause (client_id, claim_id, starts_at, reason, set_by) values (%s, %s, %s, 'x', 1)",
                    (acme, claim, NOW - 60 * MINUTE),
                )
        with transaction(administrator) as tx:
            [held] = assignment.held(administrator, tx, holder.staff_id, at=NOW)

        assert (held.claims, held.overdue) == (2, 1)

    def test_does_not_count_what_is_over(self, desk, administrator, holder, acme) -> None:
        nurse = factories.staff(Role.CLINICAL, acme)
        reached = factories.claim(acme, assignee=holder.staff_id, first_contact_at=NOW, first_contact_by=nurse.staff_id)
        with transaction(administrator) as tx:
            assert assignment.held(administrator, tx, holder.staff_id, at=NOW) == []
            staff.disable(administrator, tx, staff_id=holder.staff_id, at=NOW)

        assert self.whose(desk, {"reached": reached}) == {"reached": holder.staff_id}, "figures go by who had it"

    def test_goes_to_nobody_yet_when_the_person_is_disabled(self, desk, administrator, holder, claims) -> None:
        with transaction(administrator) as tx:
            done = staff.disable(administrator, tx, staff_id=holder.staff_id, at=NOW)

        assert done == (0, 3)
        assert set(self.whose(desk, claims).values()) == {None}

    def test_each_claim_says_so_on_its_timeline_and_on_the_record(self, desk, administrator, holder, claims) -> None:
        with transaction(administrator) as tx:
            staff.disable(administrator, tx, staff_id=holder.staff_id, at=NOW)

        change = {"from": holder.staff_id, "to": None, "why": "disabled"}
        with desk.owner() as db:
            told = db.execute("select claim_id, by_id, detail from claim_event where kind = 'taken_back'").fetchall()
            recorded = db.execute(
                "select noun_id, actor_id, detail from audit_event where verb = 'taken_back' and noun = 'claim'"
            ).fetchall()
        assert sorted(told, key=str) == sorted(recorded, key=str)
        assert sorted(told, key=str) == sorted(
            [(claim, administrator.staff_id, change) for claim in claims.values()], key=str
        )

    @pytest.mark.parametrize(
        "ended",
        [
            lambda **whose: staff.disable(**whose),
            lambda **whose: staff.change_role(**whose, role=Role.COMPLIANCE),
            lambda **whose: staff.set_clients(**whose, client_ids=frozenset()),
        ],
        ids=["disabled", "another role", "clients taken away"],
    )
    def test_goes_to_a_colleague_who_serves_those_clients_where_that_is_said(
        self, desk, administrator, holder, claims, acme, beta, ended
    ) -> None:
        colleague = factories.staff(Role.VA, acme, beta)
        with transaction(administrator) as tx:
            ended(actor=administrator, tx=tx, staff_id=holder.staff_id, to=colleague.staff_id, at=NOW)

        assert set(self.whose(desk, claims).values()) == {colleague.staff_id}

    def test_every_open_list_hears_of_it(self, desk, administrator, holder, claims, acme, beta) -> None:
        with desk.app() as listener:
            listener.execute("listen desk_claim")
            with transaction(administrator) as tx:
                staff.disable(administrator, tx, staff_id=holder.staff_id, at=NOW)
            heard = [json.loads(each.payload) for each in listener.notifies(timeout=5, stop_after=2)]
        assert heard == [{"client": client, "claims": None} for client in (acme, beta)]

    @pytest.mark.parametrize(
        ("role", "serves", "refusal"),
        [
            (Role.VA, "one", assignment.DoesNotServe),
            (Role.COMPLIANCE, "both", assignment.CannotTakeClaims),
            (Role.VA, "disabled", assignment.PersonDisabled),
            (Role.VA, "itself", assignment.PersonDisabled),
        ],
    )
    def test_goes_to_nobody_who_cannot_hold_all_of_it_and_nothing_is_changed_then(
        self, desk, administrator, holder, claims, acme, beta, role: Role, serves: str, refusal: type[Exception]
    ) -> None:
        to = factories.staff(role, *([acme] if serves == "one" else [acme, beta])).staff_id
        if serves == "disabled":
            with desk.owner() as db:
                db.execute("update staff set active = false where staff_id = %s", (to,))
        to = holder.staff_id if serves == "itself" else to

        with pytest.raises(refusal), transaction(administrator) as tx:
            staff.disable(administrator, tx, staff_id=holder.staff_id, to=to, at=NOW)

        assert set(self.whose(desk, claims).values()) == {holder.staff_id}
        with desk.owner() as db:
            assert db.execute("select active from staff where staff_id = %s", (holder.staff_id,)).fetchone() == (True,)

    def test_of_a_client_that_is_taken_away_goes_and_the_rest_stays(
        self, desk, administrator, holder, claims, acme, beta
    ) -> None:
        colleague = factories.staff(Role.CLINICAL, acme)
        with transaction(administrator) as tx:
            moved = staff.set_clients(
                administrator, tx, staff_id=holder.staff_id, client_ids=frozenset({beta}), to=colleague.staff_id, at=NOW
            )

        assert moved == 2
        assert self.whose(desk, claims) == {
            "late": colleague.staff_id, "acme": colleague.staff_id, "beta": holder.staff_id,
        }  # fmt: skip

    @pytest.mark.parametrize("role", [Role.ACCOUNT_EXECUTIVE, Role.COMPLIANCE, Role.ADMINISTRATOR])
    def test_goes_with_a_role_that_holds_no_claims(self, desk, administrator, holder, claims, role: Role) -> None:
        with transaction(administrator) as tx:
            assert staff.change_role(administrator, tx, staff_id=holder.staff_id, role=role, at=NOW) == 3

        assert set(self.whose(desk, claims).values()) == {None}

    @pytest.mark.parametrize("role", [Role.CLINICAL, Role.SUPERVISOR])
    def test_stays_with_a_role_that_holds_them(self, desk, administrator, holder, claims, role: Role) -> None:
        with transaction(administrator) as tx:
            assert staff.change_role(administrator, tx, staff_id=holder.staff_id, role=role, at=NOW) == 0

        assert set(self.whose(desk, claims).values()) == {holder.staff_id}

    def test_of_a_supervisor_who_becomes_a_va_goes_but_for_the_clients_served(
        self, desk, administrator, acme, beta
    ) -> None:
        boss = factories.staff(Role.SUPERVISOR, acme)
        mine, other = factories.claim(acme, assignee=boss.staff_id), factories.claim(beta, assignee=boss.staff_id)
        with transaction(administrator) as tx:
            staff.change_role(administrator, tx, staff_id=boss.staff_id, role=Role.VA, at=NOW)

        assert self.whose(desk, {"mine": mine, "other": other}) == {"mine": boss.staff_id, "other": None}

    @pytest.mark.parametrize(
        ("before", "serves", "after", "given", "left"),
        [
            (Role.SUPERVISOR, False, Role.VA, True, {"late", "acme"}),
            (Role.VA, True, Role.SUPERVISOR, False, {"late", "acme", "beta"}),
            (Role.VA, True, Role.CLINICAL, True, {"late", "acme"}),
            (Role.VA, True, Role.COMPLIANCE, True, set()),
        ],
    )
    def test_stays_where_role_and_clients_change_at_once_and_it_can_be_held_in_the_end(
        self, desk, administrator, acme, beta, before: Role, serves: bool, after: Role, given: bool, left: set[str]
    ) -> None:
        person = factories.staff(before, *((acme, beta) if serves else ()))
        claims = {
            "late": factories.claim(acme, assignee=person.staff_id),
            "acme": factories.claim(acme, assignee=person.staff_id),
            "beta": factories.claim(beta, assignee=person.staff_id),
        }
        client_ids = frozenset({acme} if given else ())
        with transaction(administrator) as tx:
            moved = staff.set_role_and_clients(
                administrator, tx, seen=1, staff_id=person.staff_id, role=after, client_ids=client_ids, at=NOW
            )

        assert {name for name, whose in self.whose(desk, claims).items() if whose} == left
        assert moved == 3 - len(left)
        with desk.owner() as db:
            held = db.execute("select count(*) from claim where assignee_id is not null").fetchone()
            role = db.execute("select role from staff where staff_id = %s", (person.staff_id,)).fetchone()
        assert (held, role) == ((len(left),), (after.value,))

    @pytest.mark.parametrize("role", list(Role))
    def test_what_is_said_beforehand_to_be_lost_is_what_is_lost(
        self, desk, administrator, holder, claims, acme, beta, role: Role
    ) -> None:
        covered = factories.client()
        factories.cover(covered, holder)
        factories.claim(covered, assignee=holder.staff_id)
        with transaction(administrator) as tx:
            said = assignment.lost(assignment.held(administrator, tx, holder.staff_id, at=NOW), role, frozenset({beta}))
            moved = staff.set_role_and_clients(
                administrator, tx, seen=1, staff_id=holder.staff_id, role=role, client_ids=frozenset({beta}), at=NOW
            )

        assert sum(each.claims for each in said) == moved

    def test_by_cover_stays_when_a_client_is_taken_away(self, desk, administrator, holder, claims, acme, beta) -> None:
        covered = factories.client()
        factories.cover(covered, holder)
        claim = factories.claim(covered, assignee=holder.staff_id)
        with transaction(administrator) as tx:
            staff.set_clients(administrator, tx, staff_id=holder.staff_id, client_ids=frozenset(), at=NOW)

        assert self.whose(desk, claims | {"covered": claim}) == dict.fromkeys(claims) | {"covered": holder.staff_id}

    @pytest.mark.parametrize(
        ("statement", "left"),
        [
            ("update staff set active = false where staff_id = %s", set()),
            ("update staff set role = 'compliance' where staff_id = %s", set()),
            ("delete from staff_client where staff_id = %s and client_id = {acme}", {"beta"}),
        ],
        ids=["disabled", "another role", "a client taken away"],
    )
    @pytest.mark.parametrize("hand", ["an administrator's", "the owner's"])
    def test_goes_back_also_where_the_right_is_ended_by_sql_typed_by_hand(
        self, desk, administrator, holder, claims, acme, statement: str, left: set[str], hand: str
    ) -> None:
        with desk.owner() if hand == "the owner's" else desk.app(administrator.staff_id) as db:
            db.execute(statement.format(acme=acme), (holder.staff_id,))

        assert {name for name, whose in self.whose(desk, claims).items() if whose} == left
        with desk.owner() as db:
            events = db.execute("select count(*) from claim_event where kind = 'taken_back'").fetchone()
        assert events == (3 - len(left),)

    @pytest.mark.parametrize("role", [role for role in Role if role not in (Role.ADMINISTRATOR, Role.SUPERVISOR)])
    def test_is_nobody_elses_to_see_or_to_move(self, desk, holder, claims, acme, beta, role: Role) -> None:
        person = factories.staff(role, acme, beta)
        with pytest.raises(NotAllowed), transaction(person) as tx:
            assignment.held(person, tx, holder.staff_id, at=NOW)
        with pytest.raises(NotAllowed), transaction(person) as tx:
            assignment.let_go(person, tx, staff_id=holder.staff_id, to=None, at=NOW)
        with desk.app(person.staff_id) as db:
            assert db.execute("select * from desk_held(%s, now())", (holder.staff_id,)).fetchall() == []
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                db.execute("select desk_let_go(%s, null)", (holder.staff_id,))

    def test_colleagues_are_those_who_can_hold_all_of_it(self, desk, administrator, holder, acme, beta) -> None:
        both, covering = factories.staff(Role.VA, acme, beta), factories.staff(Role.VA, acme)
        factories.cover(beta, covering)
        factories.staff(Role.VA, beta)
        factories.staff(Role.COMPLIANCE)
        boss, gone = factories.staff(Role.SUPERVISOR), factories.staff(Role.VA, acme, beta)
        with desk.owner() as db:
            db.execute("update staff set active = false where staff_id = %s", (gone.staff_id,))

        with transaction(administrator) as tx:
            found = assignment.receivers(administrator, tx, clients={acme, beta}, but=holder.staff_id)

        assert {each.staff_id for each in found} == {both.staff_id, covering.staff_id, boss.staff_id}


class TestPeople:
    def test_lists_role_clients_and_open_sessions(self, va: Actor, administrator: Actor) -> None:
        signing_in.sign_in(va, at=NOW)
        with transaction(administrator) as tx:
            listed = {p.staff_id: p for p in staff.people(administrator, tx, since=NOW - MINUTE)}

        assert (listed[va.staff_id].role, listed[va.staff_id].clients, listed[va.staff_id].sessions) == (
            Role.VA,
            ("ACME",),
            1,
        )

    def test_clients_are_set_as_a_whole(self, va: Actor, administrator: Actor) -> None:
        other = factories.client("OTHER")
        token = signing_in.sign_in(va, at=NOW)
        with transaction(administrator) as tx:
            staff.set_clients(administrator, tx, staff_id=va.staff_id, client_ids=frozenset({other}), at=NOW)

        found = staff.who(token, at=NOW)
        assert found is not None
        assert found.clients == {other}

    def test_ending_sessions_leaves_the_person_able_to_sign_in(self, va: Actor, administrator: Actor) -> None:
        tokens = [signing_in.sign_in(va, at=NOW) for _ in range(2)]
        with transaction(administrator) as tx:
            assert staff.end_sessions(administrator, tx, staff_id=va.staff_id, at=NOW) == 2

        assert [staff.who(token, at=NOW) for token in tokens] == [None, None]
        assert signing_in.sign_in(va, at=NOW)

    def test_nobody_shuts_the_door_on_oneself(self, administrator: Actor) -> None:
        with transaction(administrator) as tx, pytest.raises(staff.NotYourself):
            staff.disable(administrator, tx, staff_id=administrator.staff_id, at=NOW)
        with transaction(administrator) as tx, pytest.raises(staff.NotYourself):
            staff.change_role(administrator, tx, staff_id=administrator.staff_id, role=Role.VA, at=NOW)

    @pytest.mark.parametrize("staff_id", [999_999, COMMAND_LINE.staff_id])
    def test_a_person_who_is_not_there_is_refused_and_so_is_the_machines_own(
        self, administrator: Actor, staff_id: int
    ) -> None:
        with transaction(administrator) as tx, pytest.raises(staff.NoSuchPerson):
            staff.enable(administrator, tx, staff_id=staff_id, at=NOW)

    @pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
    def test_only_administrators_change_people(self, va: Actor, role: Role, desk: Desk) -> None:
        other = factories.staff(role)
        acts = [
            lambda tx: staff.people(other, tx, since=NOW),
            lambda tx: staff.clients(other, tx),
            lambda tx: staff.disable(other, tx, staff_id=va.staff_id, at=NOW),
            lambda tx: staff.enable(other, tx, staff_id=va.staff_id, at=NOW),
            lambda tx: staff.change_role(other, tx, staff_id=va.staff_id, role=Role.ADMINISTRATOR, at=NOW),
            lambda tx: staff.set_clients(other, tx, staff_id=va.staff_id, client_ids=frozenset(), at=NOW),
            lambda tx: staff.end_sessions(other, tx, staff_id=va.staff_id, at=NOW),
            lambda tx: staff.clear_lockout(other, tx, staff_id=va.staff_id, at=NOW),
            lambda tx: staff.set_password(other, tx, staff_id=va.staff_id, password="a long new one", at=NOW),
        ]
        for act in acts:
            with pytest.raises(NotAllowed), transaction(other) as tx:
                act(tx)

        assert len(events(desk, "refused")) == len(acts)

    def test_an_act_that_cannot_be_recorded_does_not_happen(
        self, va: Actor, administrator: Actor, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def fails(*_: object, **__: object) -> None:
            raise RuntimeError

        monkeypatch.setattr(audit, "record", fails)
        with pytest.raises(RuntimeError), transaction(administrator) as tx:
            staff.disable(administrator, tx, staff_id=va.staff_id, at=NOW)

        assert signing_in.sign_in(va, at=NOW)
