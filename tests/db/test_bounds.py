"""What the functions that act for the owner take from whoever calls them."""

import psycopg
import pytest

from core.access import COMMAND_LINE, Role
from tests import factories

HASH = "'\\x" + "ab" * 32 + "'"


def _session(desk, staff_id: int, seen: str = "now()") -> None:
    with desk.owner() as db:
        db.execute(
            f"insert into staff_session (token_hash, staff_id, issued_at, last_seen_at) values ({HASH}, %s, {seen}, {seen})",
            (staff_id,),
        )


def _seen(desk) -> object:
    with desk.owner() as db:
        return db.execute("select last_seen_at from staff_session").fetchone()[0]


class TestBeingSeen:
    @pytest.fixture(autouse=True)
    def opened(self, desk, present) -> None:
        _session(desk, factories.staff(Role.VA).staff_id, "now() - interval '10 minutes'")

    @pytest.mark.parametrize("at", ["'2099-01-01Z'", "'infinity'", "now() + interval '2 hours'", "'-infinity'", "null"])
    def test_is_of_now(self, desk, at: str) -> None:
        before = _seen(desk)
        with desk.app() as db:
            db.execute(f"select desk_touch({HASH}, {at})")
        assert _seen(desk) == before

    def test_is_of_whoever_holds_the_token(self, desk) -> None:
        before = _seen(desk)
        with desk.app() as db:
            with pytest.raises(psycopg.errors.UndefinedFunction):
                db.execute("select desk_touch(1::bigint, now())")
            db.execute(f"select desk_touch({HASH.replace('ab', 'cd')}, now())")
            assert _seen(desk) == before

            db.execute(f"select desk_touch({HASH}, now())")
        assert _seen(desk) > before

    def test_does_not_outlast_twelve_hours(self, desk) -> None:
        with desk.owner() as db:
            db.execute("update staff_session set issued_at = now() - interval '13 hours'")
        before = _seen(desk)
        with desk.app() as db:
            db.execute(f"select desk_touch({HASH}, now())")
        assert _seen(desk) == before


@pytest.mark.usefixtures("present")
class TestTimesToldToTheOwnersFunctions:
    """Each is moved into the present: nobody is locked out until 2099, and no ticket is good that long."""

    @pytest.mark.parametrize("at", ["2099-01-01Z", "infinity", "1999-01-01Z", "-infinity"])
    def test_of_a_failed_sign_in(self, desk, at: str) -> None:
        with desk.app() as db:
            db.execute("select desk_note_attempt(%s, %s, null, false, %s)", ("k" * 9999, "a" * 9999, at))
        with desk.owner() as db:
            rows = db.execute(
                "select at between now() - interval '70 minutes' and now() + interval '70 minutes', length(name_key),"
                " length(address) from sign_in_attempt"
            ).fetchall()
        assert rows == [(True, 64, 100)]

    @pytest.mark.parametrize("at", ["2099-01-01Z", "infinity"])
    def test_of_a_tickets_end(self, desk, at: str) -> None:
        va = factories.staff(Role.VA)
        with desk.app() as db:
            db.execute(f"select desk_ticket_new(%s, {HASH}, {HASH}, %s)", (va.staff_id, at))
        with desk.owner() as db:
            rows = db.execute("select expires_at < now() + interval '70 minutes' from sign_in_ticket").fetchall()
        assert rows == [(True,)]

    def test_of_a_ticket_redeemed_long_before_it_ended(self, desk) -> None:
        va = factories.staff(Role.VA)
        with desk.owner() as db:
            db.execute(
                f"insert into sign_in_ticket values ({HASH}, %s, {HASH}, now() - interval '2 hours')", (va.staff_id,)
            )
        with desk.app() as db:
            got = db.execute(f"select * from desk_ticket_redeem({HASH}, {HASH}, {HASH}, 'a', '-infinity')").fetchall()
        assert got == []

    def test_of_a_sessions_end_and_why_it_ended(self, desk) -> None:
        va = factories.staff(Role.VA)
        _session(desk, va.staff_id)
        with desk.app(va.staff_id) as db:
            db.execute(
                f"select desk_end_session(session_id, {HASH}, '2099-01-01Z', repeat('x', 9999)) from staff_session"
            )
        with desk.owner() as db:
            rows = db.execute(
                "select ended_at < now() + interval '70 minutes', length(ended_why) from staff_session"
            ).fetchall()
        assert rows == [(True, 100)]


def test_a_password_hash_is_short(desk) -> None:
    va = factories.staff(Role.VA)
    with desk.app(va.staff_id) as db, pytest.raises(psycopg.errors.CheckViolation):
        db.execute("select desk_set_password(%s, repeat('x', 9999))", (va.staff_id,))


@pytest.mark.parametrize("batch", ["-1", "null"])
def test_nothing_is_folded_of_no_number(desk, batch: str) -> None:
    factories.claim(factories.client())
    with desk.app() as db:
        assert db.execute(f"select fold_facts({batch})").fetchone() == (0,)


@pytest.mark.usefixtures("present")
def test_words_of_today_are_not_forgotten(desk) -> None:
    va = factories.staff(Role.VA)
    with desk.owner() as db:
        db.execute(
            "insert into draft (staff_id, form, request, fields, saved_at)"
            " select %s, form, gen_random_uuid(), '{}', now() - ago"
            " from (values ('report', interval '22 hours'), ('search', '26 hours')) typed (form, ago)",
            (va.staff_id,),
        )
    with desk.app() as db:
        assert db.execute("select desk_forget_drafts('infinity')").fetchone() == (1,)
    with desk.owner() as db:
        assert db.execute("select form from draft").fetchall() == [("report",)]


@pytest.mark.usefixtures("present")
def test_refusals_are_not_told_before_they_are_over(desk) -> None:
    tell = "select desk_tell_refusals('infinity', 'infinity')"
    with desk.app() as db:
        db.execute("select desk_note_refusal('key', 'a', now() + interval '30 minutes')")
        assert db.execute(tell).fetchone() == (0,)
        db.execute("select desk_note_refusal('another', 'a', now() - interval '30 minutes')")
        assert db.execute(tell).fetchone() == (1,)


@pytest.mark.usefixtures("present")
def test_of_the_claims_opened_last_no_more_are_told_than_are_shown(desk) -> None:
    va = factories.staff(Role.VA)
    with desk.app(va.staff_id) as db:
        db.execute(
            "insert into audit_event (actor_id, noun, noun_id, verb, detail)"
            " select %s, 'injured_worker', n, 'read', jsonb_build_object('claim', n) from generate_series(1, 25) n",
            (va.staff_id,),
        )
        assert len(db.execute("select * from desk_opened_last(2147483647)").fetchall()) == 20


def test_the_record_is_not_read_backwards(desk) -> None:
    with desk.app(factories.staff(Role.COMPLIANCE).staff_id) as db:
        assert db.execute("select * from desk_audit_lines(-1)").fetchall() == []


class TestTheCommandLine:
    """It acts as the first row of staff, which nobody signs in as."""

    def test_is_the_first_row(self, desk) -> None:
        with desk.owner() as db:
            rows = db.execute("select staff_id from staff where sign_in_name = 'command-line'").fetchall()
        assert rows == [(COMMAND_LINE.staff_id,)]

    @pytest.mark.parametrize(
        "statement",
        [
            "insert into staff_credential (staff_id, password_hash) values (1, 'x')",
            f"insert into staff_session (token_hash, staff_id, issued_at, last_seen_at) values ({HASH}, 1, now(), now())",
            f"insert into sign_in_ticket values ({HASH}, 1, {HASH}, now())",
            "select desk_set_password(1, 'x')",
            f"select desk_ticket_new(1, {HASH}, {HASH}, now())",
        ],
    )
    def test_has_no_password_and_no_way_in_not_even_by_the_owners_hand(self, desk, statement: str) -> None:
        with desk.owner() as db, pytest.raises(psycopg.errors.CheckViolation):
            db.execute(statement)

    @pytest.mark.parametrize("change", ["active = false", "role = 'administrator'", "version = version + 1"])
    def test_stays_what_it_is(self, desk, change: str) -> None:
        with desk.app(factories.staff(Role.ADMINISTRATOR).staff_id) as db:
            assert db.execute(f"update staff set {change} where staff_id = 1").rowcount == 0


@pytest.mark.parametrize("change", ["active = false", "role = 'va'"])
def test_an_administrator_does_not_shut_out_or_demote_the_one_who_acts(desk, change: str) -> None:
    me, other = factories.staff(Role.ADMINISTRATOR), factories.staff(Role.ADMINISTRATOR)
    with desk.app(me.staff_id) as db:
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            db.execute(f"update staff set {change} where staff_id = %s", (me.staff_id,))
        assert db.execute(f"update staff set {change} where staff_id = %s", (other.staff_id,)).rowcount == 1


_EVER = "'-infinity', 'infinity'"
EXTREMES = {
    "desk_ask_of_claim": "select 1 where desk_ask_of_claim(2147483647, 9223372036854775807, 'infinity') > 0",
    "desk_day_begun": "select 1 where desk_day_begun(2147483647, '-infinity')",
    "desk_requirement_preview": "select * from desk_requirement_preview('occupation', null, null, 'required', null, 'infinity', 'infinity')",
    "desk_requirements_begin": "select 1 where desk_requirements_begin('infinity') > 0",
    "desk_cadences_begin": "select 1 where desk_cadences_begin('infinity') > 2",  # those that the desk comes with
    "desk_statutory_clocks_begin": "select 1 where desk_statutory_clocks_begin('infinity') > 0",
    "desk_audit_months": "select 1 where desk_audit_months(2000000000) > 12",
    "desk_another_administrator": "select 1 where desk_another_administrator(2147483647) is null",
    "desk_audit_lines": "select * from desk_audit_lines(2000000000, 'infinity', 9223372036854775807, '-infinity', 'infinity', null, null, array_fill(1::bigint, array[100000]))",
    "desk_authorization_aging": "select * from desk_authorization_aging('provider', null, null, 'infinity', array_fill('IL'::text, array[100000]), '{}', '{}', array_fill('-infinity'::timestamptz, array[100000]))",
    "desk_authorization_turnaround": "select * from desk_authorization_turnaround('client', array_fill(1, array[100000]), null, '-infinity', 'infinity', 'UTC')",
    "desk_by_assignee_hour": f"select * from desk_by_assignee_hour(null, null, array_fill(1, array[100000]), {_EVER})",
    "desk_by_hour": f"select * from desk_by_hour({_EVER})",
    "desk_by_jurisdiction_hour": f"select * from desk_by_jurisdiction_hour(array['IL'], {_EVER})",
    "desk_calendar_at": f"select * from desk_calendar_at({HASH}, '-infinity')",
    "desk_calendar_known": "select 1 where desk_calendar_known(2147483647, repeat('x', 100000))",
    "desk_clear_lockout": "select 1 where desk_clear_lockout(2147483647)",
    "desk_done": "select 1 where desk_done(2147483647, repeat('x', 9999), 9223372036854775807, repeat('x', 9999), '{}')",
    "desk_credential": "select * from desk_credential(repeat('x', 100000))",
    "desk_durations": f"select * from desk_durations({_EVER})",
    "desk_durations_by_assignee": f"select * from desk_durations_by_assignee(null, null, array_fill(1, array[100000]), {_EVER})",
    "desk_durations_by_jurisdiction": f"select * from desk_durations_by_jurisdiction(array['IL'], {_EVER})",
    "desk_end_session": f"select 1 where desk_end_session(9223372036854775807, {HASH}, 'infinity', 'x')",
    "desk_clinicians": "select * from desk_clinicians(2147483647, '-infinity', 'infinity')",
    "desk_intake_open": "select 1 where desk_intake_open(2147483647, 9223372036854775807)",
    "desk_is_clinical": "select 1 where desk_is_clinical(2147483647)",
    "desk_may_call": "select 1 where desk_may_call(2147483647, 2147483647)",
    "desk_sets_calendar": "select 1 where desk_sets_calendar(2147483647)",
    "desk_close_claim": "select 1 where desk_close_claim(2147483647, 9223372036854775807, repeat('x', 9999))",
    "desk_merge_claims": "select 1 where desk_merge_claims(2147483647, 9223372036854775807, 9223372036854775807, 'infinity')",
    "desk_unmerge_claims": "select 1 where desk_unmerge_claims(2147483647, 9223372036854775807, 'infinity')",
    "desk_end_tickets": "select 1 from (select desk_end_tickets(2147483647)) done where false",
    "desk_failures": f"select * from desk_failures('x', 'x', 'x', {HASH}, '-infinity') where by_name + by_address > 0 or known",
    "desk_first_administrator": "select desk_first_administrator('x', 'x', 'UTC', 'x')",
    "desk_note_attempt": "select 1 from (select desk_note_attempt('x', 'x', null, true, 'infinity')) done where false",
    "desk_note_refusal": "select 1 from (select desk_note_refusal(repeat('k', 9999), repeat('a', 9999), 'infinity')) done where false",
    "desk_promise_counts": "select 1 where not desk_promise_counts(2147483647, '-infinity', 'infinity')",
    "desk_pause_ends": "select 1 where desk_pause_ends(2147483647, 9223372036854775807, 'infinity', 'infinity')",
    "desk_strike_first_contact": "select 1 where desk_strike_first_contact(2147483647, 9223372036854775807, repeat('x', 9999))",
    "desk_promise_planned": "select 1 where desk_promise_planned(2147483647, 'infinity')",
    "desk_promised": "select 1 where desk_promised(2147483647)",
    "desk_running": "select * from desk_running(null, null, null, '-infinity', 'infinity', '-infinity')",
    "desk_forget_drafts": "select 1 where desk_forget_drafts('infinity') > 0",
    "desk_log_attempt": "select desk_log_attempt(2147483647, 9223372036854775807, '-infinity', 'worker', 'phone', 'reached', true, repeat('x', 9999), gen_random_uuid(), 'infinity', 'infinity', repeat('x', 9999))",
    "desk_session_ends": f"select * from desk_session_ends({HASH}, '100 years')",
    "desk_held": "select * from desk_held(2147483647, 'infinity')",
    "desk_let_go": "select 1 where desk_let_go(2147483647, 2147483647) > 0",
    "desk_may_hold": "select 1 where desk_may_hold(2147483647, 2147483647)",
    "desk_opened_last": "select * from desk_opened_last(2147483647)",
    "desk_receivers": "select * from desk_receivers(2147483647)",
    "desk_rehearsed_reports": "select * from desk_rehearsed_reports(2147483647, '-infinity', 'infinity')",
    "desk_rehearsed_requests": "select * from desk_rehearsed_requests('CA', '-infinity', 'infinity')",
    "desk_rehearsed_follow_ups": "select * from desk_rehearsed_follow_ups('reviewer', '-infinity', 'infinity')",
    "desk_open_clocks": "select * from desk_open_clocks('CA', 'prospective')",
    "desk_reviewers": "select * from desk_reviewers(2147483647)",
    "desk_reopen_claim": "select 1 where desk_reopen_claim(2147483647, 9223372036854775807, repeat('x', 9999))",
    "desk_set_password": "select desk_set_password(2147483647, 'x')",
    "desk_take_up": "select 1 where desk_take_up(2147483647, 9223372036854775807, 2147483647, repeat('x', 9999))",
    "desk_taker": "select * from desk_taker(2147483647)",
    "desk_tell_refusals": "select 1 where desk_tell_refusals('infinity', 'infinity') > 0",
    "desk_ticket_new": f"select desk_ticket_new(2147483647, {HASH}, {HASH}, 'infinity')",
    "desk_ticket_redeem": f"select * from desk_ticket_redeem({HASH}, {HASH}, {HASH}, 'x', '-infinity')",
    "desk_told": "select 1 where desk_told(2147483647, 9223372036854775807, repeat('x', 9999))",
    "desk_touch": f"select 1 from (select desk_touch({HASH}, 'infinity')) done where false",
    "desk_words_begun": "select desk_words_begun(2147483647)",
    "desk_who": f"select * from desk_who({HASH}, '-infinity', '100 years')",
    "desk_withdraw_closed_day": "select 1 where desk_withdraw_closed_day(2147483647, 'infinity', 'infinity', 'x')",
    "fold_facts": "select 1 where fold_facts(2147483647) > 200000",
}
"""Each function that the application may call and that acts for the owner, with the most that one can ask of it."""


def test_every_function_that_acts_for_the_owner_is_asked_for_the_most(desk) -> None:
    with desk.owner() as db:
        known = db.execute(
            "select distinct proname from pg_proc where pronamespace = 'public'::regnamespace and prosecdef and pronargs > 0"
            " and has_function_privilege('desk_app', oid, 'execute')"
        ).fetchall()
    assert sorted(name for (name,) in known) == sorted(EXTREMES)


@pytest.mark.usefixtures("present")
@pytest.mark.parametrize("name", EXTREMES)
def test_the_most_that_can_be_asked_is_nothing(desk, name: str) -> None:
    """Somebody who serves no client asks: nothing comes back, and it is refused where it would do something."""
    factories.claim(factories.client())
    with desk.app(factories.staff(Role.VA).staff_id) as db:
        try:
            assert db.execute(EXTREMES[name]).fetchall() == []
        except (psycopg.errors.InsufficientPrivilege, psycopg.errors.ForeignKeyViolation):
            return
