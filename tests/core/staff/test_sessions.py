"""A ticket becomes a session, which idles, ends, and says why."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest

from core import staff
from core.access import Action, Actor, Role
from core.settings import Settings, settings
from core.staff import secrets
from core.transactions import transaction
from tests import signing_in
from tests.conftest import Desk
from tests.core.staff.signing_in import MINUTE, attempt
from tests.factories import NOW
from tests.signing_in import PASSWORD


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
