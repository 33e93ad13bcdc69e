"""First contacts, pauses and attempts."""

from collections.abc import Iterator

import pytest
from psycopg.errors import InsufficientPrivilege

from core.access import Role
from tests import factories
from tests.db.guards.book import (
    ANSWERED,
    BOSS,
    HELD,
    NONE,
    PAUSED,
    REACHED,
    RESUMED,
    SPOKE,
    WORKERS,
    Book,
)
from tests.factories import NOW


class TestAFirstContact:
    def test_is_an_attempt_of_that_moment_and_person(self, book: Book) -> None:
        assert book.does(Role.CLINICAL, SPOKE, HELD, REACHED)

    def test_may_be_written_before_its_attempt_in_the_same_transaction(self, book: Book) -> None:
        assert book.does(Role.CLINICAL, REACHED, SPOKE, HELD)

    @pytest.mark.parametrize(
        "statements",
        [
            (REACHED,),
            (SPOKE, HELD),
            (SPOKE.replace("true", "false"), REACHED),
            (SPOKE, HELD, REACHED.replace("'{now}'", "timestamptz '{now}' - interval '1 hour'")),
            (SPOKE, HELD, REACHED.replace("'{now}'", "reported_at")),
            (SPOKE, REACHED),
            (SPOKE, HELD.replace("full_name", "birth_date"), REACHED),
            (SPOKE, HELD.replace("who_we_are", ""), REACHED),
            (SPOKE, HELD.replace("{{who_we_are}}", "{{{{who_we_are}}}}"), REACHED),
            (SPOKE, HELD.replace("{{full_name,birth_date}}", "{{{{full_name,birth_date}}}}"), REACHED),
        ],
        ids=[
            "none",
            "an attempt alone",
            "not substantive",
            "before any",
            "at the report",
            "one that holds nothing",
            "one with whom it was not confirmed",
            "one that explained nothing",
            "one that explained a list of lists",
            "one confirmed by a list of lists",
        ],
    )
    def test_is_nothing_else(self, book: Book, statements: tuple[str, ...]) -> None:
        assert not book.does(Role.CLINICAL, *statements)

    def test_moves_no_deadline(self, book: Book) -> None:
        later = REACHED.replace(" where", ", due_at = due_at + interval '1 hour' where")
        assert not book.does(Role.CLINICAL, SPOKE, HELD, later)

    def test_holds_what_whoever_made_it_says(self, book: Book) -> None:
        assert not book.does(Role.VA, SPOKE, HELD, REACHED)
        assert book.does(Role.CLINICAL, SPOKE, HELD, REACHED)
        book.given("delete from first_contact")
        for role in Role:
            assert book.does(role, HELD) is (role is Role.CLINICAL), role
        book.given("delete from first_contact; update contact_attempt set by_id = {colleague}")
        assert not book.does(Role.CLINICAL, HELD), "it is a colleague's contact"


class TestAStruckFirstContact:
    STRUCK = "select desk_strike_first_contact({client}, {claim}, 'mistaken')"

    @pytest.fixture
    def reached(self, book: Book) -> Book:
        assert book.does(Role.CLINICAL, SPOKE, HELD, REACHED)
        return book

    def test_is_struck_by_a_supervisor(self, reached: Book) -> None:
        assert {role for role in Role if reached.does(role, self.STRUCK, stays=False)} == BOSS

    @pytest.mark.parametrize("why", ["null", "' '", "repeat('x', 501)"])
    def test_is_struck_for_a_reason(self, reached: Book, why: str) -> None:
        assert not reached.does(Role.SUPERVISOR, self.STRUCK.replace("'mistaken'", why))

    def test_is_struck_once_and_not_on_a_closed_claim(self, reached: Book) -> None:
        reached.given("update claim set closed_at = '{now}', closed_why = 'x' where claim_id = {claim}")
        assert not reached.does(Role.SUPERVISOR, self.STRUCK)
        reached.given("update claim set closed_at = null, closed_why = null where claim_id = {claim}")
        assert reached.does(Role.SUPERVISOR, self.STRUCK)
        assert not reached.does(Role.SUPERVISOR, self.STRUCK)

    @pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.CLINICAL])
    def test_is_struck_in_no_other_way(self, reached: Book, role: Role) -> None:
        for statement in (
            "update claim set first_contact_at = null, first_contact_by = null where claim_id = {claim}",
            "update contact_attempt set struck_at = now(), struck_by = {me}, struck_why = 'x' where claim_id = {claim}",
            "update contact_attempt set substantive = false where claim_id = {claim}",
            "delete from first_contact",
            "insert into claim_event (client_id, claim_id, at, by_id, kind)"
            " values ({client}, {claim}, now(), {me}, 'first_contact_struck')",
        ):
            assert not reached.does(role, statement), statement

    def test_is_none_by_which_the_claim_was_reached(self, reached: Book) -> None:
        assert reached.does(Role.SUPERVISOR, self.STRUCK)
        assert not reached.does(Role.CLINICAL, REACHED)
        assert reached.does(Role.CLINICAL, SPOKE, HELD, REACHED)

    @pytest.mark.parametrize(
        ("due", "done"),
        [
            ("null", False),
            ("'{now}'::timestamptz + interval '22 hours'", True),
            ("'{now}'::timestamptz + interval '21 hours'", False),
            ("'{now}'::timestamptz + interval '23 hours'", False),
        ],
    )
    def test_gives_back_its_pause_with_the_deadline_that_was_promised(self, book: Book, due: str, done: bool) -> None:
        """The report came two hours ago, and its clock stood still for one of them: it is due in 22 hours without that."""
        book.given(
            "insert into clock_pause (client_id, claim_id, starts_at, reason, set_by)"
            " values ({client}, {claim}, timestamptz '{now}' - interval '1 hour', 'x', 1)"
        )
        ended = "update clock_pause set ends_at = '{now}', ended_by = {me}"
        moved = REACHED.replace(" where", ", due_at = due_at + interval '1 hour' where")
        assert book.does(Role.CLINICAL, ended, SPOKE, HELD, moved)

        struck = self.STRUCK.replace("'mistaken'", f"'mistaken', {due}")

        assert book.does(Role.SUPERVISOR, struck, "select 1 from clock_pause where ends_at is null") is done

    def test_moves_no_deadline_without_a_pause(self, reached: Book) -> None:
        moved = self.STRUCK.replace("'mistaken'", "'mistaken', '{now}'")
        assert not reached.does(Role.SUPERVISOR, moved)

    def test_has_ended_no_pause(self, reached: Book) -> None:
        told = (
            "insert into claim_event (client_id, claim_id, at, by_id, kind)"
            " values ({client}, {claim}, '{now}', {me}, 'pause_ended')"
        )
        assert reached.does(Role.SUPERVISOR, self.STRUCK)
        reached.given(
            "insert into clock_pause (client_id, claim_id, starts_at, ends_at, reason, set_by, ended_by)"
            f" values ({{client}}, {{claim}}, '{{now}}', '{{now}}', 'x', 1, {reached.people[Role.CLINICAL]})"
        )
        assert not reached.does(Role.CLINICAL, told)


class TestAPause:
    @pytest.fixture
    def paused(self, book: Book) -> Book:
        book.names["boss"] = book.people[Role.SUPERVISOR]
        book.given(PAUSED.replace("{me}", "{boss}"))
        return book

    def test_that_is_ended_moves_the_deadline_by_what_was_paused(self, paused: Book) -> None:
        moved = "update claim set due_at = due_at + interval '3 hours' where claim_id = {claim}"
        assert not paused.does(Role.SUPERVISOR, RESUMED)
        assert not paused.does(Role.SUPERVISOR, RESUMED, moved.replace("3", "4"))
        assert paused.does(Role.SUPERVISOR, RESUMED, moved)

    def test_that_has_ended_is_not_moved(self, paused: Book) -> None:
        self.test_that_is_ended_moves_the_deadline_by_what_was_paused(paused)
        for change in ("ends_at = ends_at + interval '1 day'", "ends_at = null", "ended_by = {me}"):
            assert not paused.does(Role.SUPERVISOR, f"update clock_pause set {change}")

    def test_is_of_a_clock_that_runs(self, book: Book) -> None:
        for over, runs in (
            (
                "first_contact_at = '{now}', first_contact_by = {colleague}",
                "first_contact_at = null, first_contact_by = null",
            ),
            ("closed_at = '{now}', closed_why = 'x'", "closed_at = null, closed_why = null"),
            ("date_of_death = '2026-11-24'", "date_of_death = null"),
        ):
            book.given(f"update claim set {over} where claim_id = {{claim}}")
            assert not book.does(Role.SUPERVISOR, PAUSED), over
            book.given(f"update claim set {runs} where claim_id = {{claim}}")
        assert book.does(Role.SUPERVISOR, PAUSED)

    def test_is_not_ended_on_a_closed_claim(self, paused: Book) -> None:
        paused.given("update claim set closed_at = '{now}', closed_why = 'x' where claim_id = {claim}")
        moved = "update claim set due_at = due_at + interval '3 hours' where claim_id = {claim}"
        assert not paused.does(Role.SUPERVISOR, RESUMED, moved)

    def test_is_ended_in_ones_own_name(self, paused: Book) -> None:
        assert not paused.does(Role.SUPERVISOR, RESUMED.replace("{me}", "{colleague}"))

    def test_ends_with_a_first_contact(self, paused: Book) -> None:
        moved = "update claim set due_at = due_at + interval '3 hours' where claim_id = {claim}"
        assert not paused.does(Role.CLINICAL, SPOKE, HELD, REACHED)
        assert paused.does(Role.SUPERVISOR, RESUMED, moved)
        assert paused.does(Role.CLINICAL, SPOKE, HELD, REACHED)

    def test_is_ended_by_clinical_staff_with_a_first_contact_only(self, paused: Book) -> None:
        ended = RESUMED.replace("timestamptz '{now}' + interval '3 hours'", "timestamptz '{now}'").replace(
            "{now}", NOW.replace(hour=16).isoformat()
        )
        spoke, reached = (each.replace("{now}", NOW.replace(hour=16).isoformat()) for each in (SPOKE, REACHED))
        moved = reached.replace(" where", ", due_at = due_at + interval '1 hour' where")
        resumed = "update claim set due_at = due_at + interval '1 hour' where claim_id = {claim}"
        assert not paused.does(Role.CLINICAL, ended)
        assert not paused.does(Role.CLINICAL, ended, resumed)
        assert not paused.does(Role.CLINICAL, ended, spoke, HELD, reached)
        assert paused.does(Role.CLINICAL, ended, moved, spoke, HELD)

    @pytest.mark.parametrize("clock", ["elapsed", "business"])
    def test_that_ended_before_moves_no_deadline_at_a_first_contact(self, paused: Book, clock: str) -> None:
        paused.given("update sla_policy set clock = '" + clock + "'")
        paused.given("update clock_pause set ends_at = starts_at + interval '1 hour', ended_by = {colleague}")
        paused.given("update claim set due_at = due_at + interval '1 hour'")
        later = REACHED.replace(" where", ", due_at = due_at + interval '1 hour' where")
        assert not paused.does(Role.CLINICAL, SPOKE, HELD, later)
        assert not paused.does(Role.SUPERVISOR, "update claim set due_at = due_at + interval '1 hour'")
        assert paused.does(Role.CLINICAL, SPOKE, HELD, REACHED)

    def test_that_began_when_a_claim_was_overdue_moves_no_deadline(self, paused: Book) -> None:
        paused.given("update sla_policy set clock = 'business'")
        paused.given("update claim set reported_at = timestamptz '{now}' - interval '24 hours', due_at = '{now}'")
        moved = "update claim set due_at = due_at + interval '3 hours' where claim_id = {claim}"
        assert not paused.does(Role.SUPERVISOR, RESUMED, moved)

    @pytest.mark.parametrize(("days", "done"), [(1, True), (10, True), (12, False)])
    def test_of_open_hours_moves_the_deadline_by_the_days_that_can_be_closed_behind_it(
        self, paused: Book, days: int, done: bool
    ) -> None:
        paused.given("update sla_policy set clock = 'business'")
        moved = f"update claim set due_at = due_at + interval '{days} days' where claim_id = {{claim}}"
        assert paused.does(Role.SUPERVISOR, RESUMED, moved) is done

    @pytest.mark.parametrize("column", ["starts_at", "reason", "set_by", "claim_id", "client_id"])
    def test_is_what_it_began_as(self, paused: Book, column: str) -> None:
        assert not paused.does(Role.SUPERVISOR, f"update clock_pause set {column} = {column}")

    def test_does_not_begin_ended(self, book: Book) -> None:
        ended = PAUSED.replace("set_by)", "set_by, ends_at, ended_by)").replace("{me})", "{me}, '2099-01-01Z', {me})")
        assert not book.does(Role.SUPERVISOR, ended)


class TestTheCallThatLogsAnAttempt:
    """It is the owner's, beneath the policies: it asks itself what they ask of an attempt inserted by hand."""

    CALL = (
        "select 1 where desk_log_attempt({{{client}}}, {{claim}}, {at}, '{party}', 'phone', '{outcome}', {substantive},"
        " null, null) is not null"
    )

    def logged(self, **how: str) -> str:
        usual = {"client": "client", "at": "'{now}'", "party": "worker", "outcome": "voicemail", "substantive": "false"}
        return self.CALL.format(**usual | how)

    def test_is_answered_to_whoever_works_on_the_clients_claims(self, book: Book) -> None:
        assert {role for role in Role if book.does(role, self.logged())} == WORKERS
        assert book.value("select count(*) from contact_attempt") == len(WORKERS)
        assert book.value("select count(*) from audit_event e join contact_attempt a on a.by_id = e.actor_id"
                          " and a.attempt_id = (e.detail ->> 'attempt')::int where e.verb = 'attempt_logged'"
                          " and e.noun_id = {claim}") == len(WORKERS)  # fmt: skip

    def test_records_a_first_contact_for_clinical_staff_alone(self, book: Book) -> None:
        reached = self.logged(outcome="reached", substantive="true")
        assert {role for role in Role if book.does(role, reached, HELD, REACHED)} == {Role.CLINICAL}
        assert book.value("select verb from audit_event") == "first_contact_recorded"
        for role in BOSS | {Role.VA}:  # refused by the call itself, before their claim could be without the contact
            with book.desk.app(book.people[role]) as db, pytest.raises(InsufficientPrivilege, match="not theirs"):
                db.execute(reached.format(**book.names).encode())

    def test_is_refused_on_a_client_whom_one_does_not_serve(self, book: Book) -> None:
        theirs = factories.claim(book.other)
        logged = self.logged(client="other").replace("{claim}", str(theirs))
        assert {role for role in Role if book.does(role, logged)} == BOSS
        assert {role for role in Role if book.does(role, self.logged(client="other"))} == NONE, "it is not their claim"

    def test_is_refused_to_whoever_may_no_longer_sign_in(self, book: Book) -> None:
        book.given("update staff set active = false where role = 'va'")
        assert not book.does(Role.VA, self.logged())

    def test_records_no_first_contact_of_a_closed_claim(self, book: Book) -> None:
        book.given("update claim set closed_at = '{now}', closed_why = 'x' where claim_id = {claim}")
        reached = self.logged(outcome="reached", substantive="true").format(**book.names)
        with book.desk.app(book.people[Role.CLINICAL]) as db, pytest.raises(InsufficientPrivilege, match="not theirs"):
            db.execute(reached.encode())
        assert book.does(Role.CLINICAL, self.logged())

    def test_is_refused_for_a_worker_who_has_died(self, book: Book) -> None:
        book.given("update claim set date_of_death = '2026-11-24' where claim_id = {claim}")
        assert not book.does(Role.VA, self.logged())
        assert book.does(Role.VA, self.logged(party="employer"))


def test_an_attempt_comes_in_by_its_call_alone(book: Book) -> None:
    tried = (
        "insert into contact_attempt (client_id, claim_id, at, by_id, party, method, outcome)"
        " values ({client}, {claim}, '{reported}', {me}, 'worker', 'phone', 'voicemail')"
    )
    assert {role for role in Role if book.does(role, tried)} == NONE


@pytest.mark.parametrize(
    ("method", "outcome", "fits"),
    [
        ("letter", "voicemail", False),
        ("email", "no_answer", False),
        ("in_person", "sent", False),
        ("letter", "sent", True),
    ],
)
def test_an_attempt_ends_as_its_method_can(book: Book, method: str, outcome: str, fits: bool) -> None:
    logged = TestTheCallThatLogsAnAttempt().logged(outcome=outcome).replace("'phone'", f"'{method}'")
    assert book.does(Role.VA, logged) is fits


def test_a_first_contact_of_a_claim_that_was_never_paused_moves_no_deadline(book: Book) -> None:
    assert not book.does(
        Role.CLINICAL,
        "update claim set first_contact_at = '{now}', first_contact_by = {me}, due_at = due_at + interval '1 hour'",
    )


@pytest.mark.usefixtures("present")
class TestThePresent:
    @pytest.fixture(params=["now() - interval '2 hours'", "now() + interval '2 hours'", "'2099-01-01Z'"])
    def another_time(self, request) -> Iterator[str]:
        return request.param

    def test_is_when_things_happen(self, book: Book, another_time: str) -> None:
        book.given("update claim set reported_at = now() - interval '1 day', due_at = now() where claim_id = {claim}")
        book.given(
            "insert into intake_question (client_id, claim_id, element, why, opened_at)"
            " values ({client}, {claim}, 'reach', 'x', '{now}')"
        )
        for role, statement in (
            (Role.SUPERVISOR, PAUSED),
            (
                Role.VA,
                "insert into claim_event (client_id, claim_id, at, by_id, kind)"
                " values ({client}, {claim}, '{now}', {me}, 'assigned')",
            ),
            (Role.VA, ANSWERED),
        ):
            assert not book.does(role, statement.replace("'{now}'", another_time)), statement
            assert book.does(role, statement.replace("'{now}'", "now()")), statement

    def test_and_what_lies_between_it_and_the_report_is_when_an_attempt_was_made(self, book: Book) -> None:
        book.given("update claim set reported_at = now() - interval '1 hour', due_at = now() where claim_id = {claim}")
        called = TestTheCallThatLogsAnAttempt().logged()
        for moment, done in (
            ("'2099-01-01Z'", False),
            ("now() + interval '2 minutes'", False),
            ("now() - interval '61 minutes'", False),
            ("null", False),
            ("now() - interval '59 minutes'", True),
            ("now()", True),
        ):
            assert book.does(Role.VA, called.replace("'{now}'", moment)) is done, moment

    def test_is_when_an_attempt_was_made_on_a_claim_whose_report_is_dated_ahead(self, book: Book) -> None:
        book.given("update claim set reported_at = now() + interval '1 hour' where claim_id = {claim}")
        assert book.does(Role.VA, TestTheCallThatLogsAnAttempt().logged().replace("'{now}'", "now()"))

    @pytest.mark.parametrize(
        ("when", "done"),
        [
            ("null", True),
            ("- interval '5 minutes'", False),
            ("interval '29 days'", True),
            ("interval '31 days'", False),
        ],
    )
    def test_is_what_a_promised_call_lies_ahead_of_by_thirty_days_at_most(
        self, book: Book, when: str, done: bool
    ) -> None:
        later = TestTheCallThatLogsAnAttempt().logged(outcome="reached_deferred").replace("'{now}'", "now()")
        assert book.does(Role.VA, later.replace("null, null)", f"null, null, now() + {when})")) is done

    def test_and_what_lies_between_it_and_the_report_is_when_a_worker_was_reached(self, book: Book) -> None:
        book.given("update claim set reported_at = now() - interval '1 day', due_at = now() where claim_id = {claim}")
        for moment, done in (
            ("now() - interval '25 hours'", False),
            ("now() + interval '30 minutes'", False),
            ("now() - interval '30 minutes'", True),
        ):
            all_of_it = [each.replace("'{now}'", moment) for each in (SPOKE, HELD, REACHED)]
            assert book.does(Role.CLINICAL, *all_of_it) is done, moment

    @pytest.mark.parametrize(
        ("due", "made", "said_without_why"),
        [
            ("now() + interval '1 day'", "now() - interval '11 hours'", True),
            ("now() + interval '1 day'", "now() - interval '13 hours'", False),
            ("now() - interval '1 hour'", "now() - interval '2 hours'", False),
            ("now() - interval '2 hours'", "now() - interval '1 hour'", True),
        ],
        ids=["within a shift", "long ago", "in time, recorded when overdue", "late"],
    )
    def test_is_when_a_contact_is_recorded_that_does_not_say_why_so_late(
        self, book: Book, due: str, made: str, said_without_why: bool
    ) -> None:
        book.given(
            f"update claim set reported_at = now() - interval '20 hours', due_at = {due} where claim_id = {{claim}}"
        )
        all_of_it = [each.replace("'{now}'", made) for each in (SPOKE, HELD, REACHED)]
        blank, unseen, why = (
            [each.replace("null, null)", f"null, null, p_late_why => '{said}')") for each in all_of_it]
            for said in (" ", "\n\t\u200b", "The line was down.")
        )
        another_day = [each.replace("null, null)", f"null, null, null, {made})") for each in all_of_it]
        assert not book.does(Role.CLINICAL, *another_day), "it is recorded now"
        assert book.does(Role.CLINICAL, *blank, stays=False) is said_without_why
        assert book.does(Role.CLINICAL, *unseen, stays=False) is said_without_why
        assert book.does(Role.CLINICAL, *all_of_it, stays=False) is said_without_why
        assert book.does(Role.CLINICAL, *why)
        kept = book.value("select late_why from contact_attempt where claim_id = {claim}")
        assert kept == (None if said_without_why else "The line was down.")

    def test_is_not_only_when_a_pause_ends_that_a_contact_ends(self, book: Book) -> None:
        """It ended when the contact was made, also where that is recorded later; and the deadline moves with it."""
        book.given(
            "update claim set reported_at = now() - interval '5 hours', due_at = now() + interval '19 hours'"
            " where claim_id = {claim}"
        )
        book.given(
            "insert into clock_pause (client_id, claim_id, starts_at, reason, set_by)"
            " values ({client}, {claim}, now() - interval '3 hours', 'x', 1)"
        )
        starts = "(select starts_at from clock_pause)"
        ended = "update clock_pause set ends_at = starts_at + interval '2 hours', ended_by = {me}"
        made = f"{starts} + interval '2 hours'"
        spoke, reached = (each.replace("'{now}'", made) for each in (SPOKE, REACHED))
        moved = reached.replace(" where", ", due_at = due_at + interval '2 hours' where")
        again = "update claim set due_at = due_at + interval '1 hour' where claim_id = {claim}"
        assert not book.does(Role.CLINICAL, ended)
        assert not book.does(Role.CLINICAL, ended, moved.replace("2 hours' where", "3 hours' where"), spoke, HELD)
        told = (
            "insert into claim_event (client_id, claim_id, at, by_id, kind)"
            " values ({client}, {claim}, now(), {me}, 'pause_ended')"
        )
        assert not book.does(Role.CLINICAL, told), "no contact has ended it"
        assert book.does(Role.CLINICAL, ended, moved, told, spoke, HELD)
        assert not book.does(Role.CLINICAL, again)

    def test_is_when_a_clock_stops_and_goes_on(self, book: Book) -> None:
        for moment, done in (("now() - interval '30 minutes'", False), ("now()", True)):
            assert book.does(Role.SUPERVISOR, PAUSED.replace("'{now}'", moment)) is done
        for moment in ("now() - interval '30 minutes'", "now() + interval '30 minutes'"):
            ended = f"update clock_pause set ends_at = greatest(starts_at, {moment}), ended_by = {{me}}"
            assert book.does(Role.SUPERVISOR, ended, stays=False) is ("- interval" in moment)

    def test_is_the_latest_time_of_a_report_that_nobody_doubts(self, book: Book) -> None:
        made = (
            "insert into claim (client_id, worker_id, date_of_injury, reported_at, channel, sla_effective_from, due_at, flags)"
            " values ({{client}}, {{worker}}, '2026-11-23', now() + interval '{ahead}', 'form', '2020-01-01Z',"
            " now() + interval '{ahead}' + interval '24 hours', '{flags}')"
        )
        assert not book.does(Role.VA, made.format(ahead="2 minutes", flags="{{}}"))
        assert book.does(Role.VA, made.format(ahead="2 minutes", flags="{{future_date}}"))
        assert book.does(Role.VA, made.format(ahead="0 minutes", flags="{{}}"))
        moved = (
            "update claim set reported_at = now() + interval '{ahead}', due_at = now() + interval '{ahead}' + interval '24 hours'"
            " where claim_id = {{claim}}"
        )
        assert not book.does(Role.SUPERVISOR, moved.format(ahead="2 minutes"))
        assert book.does(Role.SUPERVISOR, moved.format(ahead="0 minutes"))

    def test_is_the_earliest_beginning_of_a_promise_but_the_first(self, book: Book) -> None:
        promised = (
            "insert into sla_policy (client_id, effective_from, hours, clock, timezone, open_hours, working_days,"
            " calendar, set_by) values ({which}, {since}, 9, 'elapsed', 'UTC', '08:00-17:00', '{{{{1}}}}', 'US', {{me}})"
        )
        assert not book.does(Role.ADMINISTRATOR, promised.format(which="{client}", since="'2024-01-01Z'"))
        assert not book.does(
            Role.ADMINISTRATOR, promised.format(which="{client}", since="now() - interval '5 minutes'")
        )
        assert book.does(Role.ADMINISTRATOR, promised.format(which="{client}", since="now()"))
        book.names["new"] = book.value(
            "insert into client (code, name, timezone) values ('NEW', 'New', 'UTC') returning client_id"
        )
        assert book.does(Role.ADMINISTRATOR, promised.format(which="{new}", since="'2000-01-01Z'"))
