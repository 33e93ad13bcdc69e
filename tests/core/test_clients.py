"""Clients and their promises: who may add them, what is refused, and which claims a changed promise holds for."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from threading import Thread
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import psycopg
import pytest

from core import client_changes, clients, feeds, intake, promises
from core.access import MATRIX, Action, Actor, NotAllowed, Role, Scope
from core.calendars import BusinessWeek, WeekNotOpen, ZoneUnknown, zones
from core.clocks import Clock, NeverDue, promised
from core.holiday_calendars import CalendarUnknown, calendars
from core.intake import Report
from core.open_hours import HoursUnclear, Stretch, stretches
from core.refusal import NoReason, Refusal, TooLong
from core.transactions import acting, transaction
from tests import factories
from tests.conftest import Desk
from tests.factories import NOW

CHICAGO = BusinessWeek("America/Chicago")
TOMORROW = NOW + timedelta(days=1)
ACME: dict[str, Any] = {
    "code": "ACME-2", "name": "Acme Works", "timezone": "America/Chicago", "hours": 24, "clock": Clock.ELAPSED,
    "week": CHICAGO,
}  # fmt: skip
LATER: dict[str, Any] = {
    "hours": 9, "clock": Clock.BUSINESS, "week": BusinessWeek("America/Chicago", calendar="US-OH"),
    "effective_from": TOMORROW, "reason": "A new contract", "seen": 1,
}  # fmt: skip

FIRST_FEED = ("Sample,Ana,02/28/2004,03/01/2004,09:00,IL", "Typed,Wrong,11/20/2024,11/21/1924,09:00,IL")

_numbers = count(1)


@pytest.fixture
def administrator(desk: Desk) -> Actor:
    return factories.staff(Role.ADMINISTRATOR)


@pytest.fixture
def acme(administrator: Actor) -> int:
    return add(administrator)


def add(actor: Actor, **other: Any) -> int:
    with acting(actor) as tx:
        return clients.add(actor, tx, **{**ACME, **other}, at=NOW)


def promise(actor: Actor, to: int, **other: Any) -> None:
    with acting(actor) as tx:
        client_changes.promise(actor, tx, **{"client_id": to, "at": NOW, **LATER, **other})


def listed(actor: Actor, at: datetime = NOW) -> list[clients.Client]:
    with transaction(actor) as tx:
        return clients.listed(actor, tx, at=at)


def report(client_id: int, reported_at: datetime) -> tuple[datetime, int]:
    """Report a claim as a VA does; when it is due, and its id."""
    va = factories.staff(Role.VA, client_id)
    told = Report(family_name=f"Sample{next(_numbers)}", date_of_injury=date(2026, 11, 20), reported_at=reported_at)
    with acting(va) as tx:
        made = intake.report(va, tx, client_id=client_id, report=told, at=reported_at, request=uuid4())
    return due(va, client_id, made.claim_id), made.claim_id


def due(actor: Actor, client_id: int, claim_id: int) -> datetime:
    with transaction(actor) as tx:
        return intake.open_claim(actor, tx, client_id, claim_id).header.due_at


def events(desk: Desk, verb: str) -> list[tuple[Any, ...]]:
    with desk.owner() as db:
        return db.execute(
            "select actor_id, client_id, noun, noun_id, detail from audit_event where verb = %s order by event_id",
            (verb,),
        ).fetchall()


def stored(desk: Desk) -> tuple[int, int]:
    with desk.owner() as db:
        return db.execute("select (select count(*) from client), (select count(*) from sla_policy)").fetchone()


class TestAdding:
    def test_makes_a_client_whose_promise_holds_at_once(self, administrator: Actor, acme: int) -> None:
        (only,) = listed(administrator)

        assert (only.client_id, only.code, only.name, only.timezone) == (
            acme,
            "ACME-2",
            "Acme Works",
            "America/Chicago",
        )
        assert only.promise is not None
        assert promised(only.promise) == "24 h, true hours"
        assert (only.since, only.upcoming, only.version) == (None, None, 1)

    def test_is_on_the_record_with_what_was_promised(self, desk: Desk, administrator: Actor, acme: int) -> None:
        detail = {
            "code": "ACME-2", "name": "Acme Works", "timezone": "America/Chicago", "promise": "24 h, true hours",
        }  # fmt: skip

        assert events(desk, "added") == [(administrator.staff_id, acme, "client", acme, detail)]

    def test_says_who_set_the_promise_and_why(self, desk: Desk, administrator: Actor, acme: int) -> None:
        with desk.owner() as db:
            assert db.execute("select set_by, reason, effective_from from sla_policy").fetchall() == [
                (administrator.staff_id, "Agreed at the start", clients.BEGINNING)
            ]

    def test_lets_claims_be_reported_that_are_older_than_the_client(self, acme: int) -> None:
        reported_at = datetime(2004, 3, 1, 15, tzinfo=UTC)

        assert report(acme, reported_at)[0] == reported_at + timedelta(hours=24)

    def test_asks_of_a_first_feed_only_about_reports_older_than_any_promise(self, desk: Desk, acme: int) -> None:
        lines = ("Last Name,First Name,Date of Injury,Date Reported,Time Reported,State", *FIRST_FEED)
        feed, va = feeds.read_feed("\n".join(lines).encode()), factories.staff(Role.VA, acme)
        with transaction(va) as tx:
            mapping = feeds.mapping_for(feed, feeds.saved_mapping(va, tx, acme))
            plan = feeds.plan(va, tx, client_id=acme, feed=feed, mapping=mapping, file_name="first.csv", at=NOW)
        assert feeds.commit(va, plan, at=NOW).accepted == 2

        with desk.owner() as db:
            asked = db.execute(
                "select extract(year from reported_at)::int from claim join intake_question using (client_id, claim_id)"
                " where why like '%older than the client%'"
            )
            assert asked.fetchall() == [(1924,)]

    @pytest.mark.parametrize("code", ["", "A", "acme", "ACME 2", "ACME_2", "A" * 17, "ÄCME", "ACME\n2", "ACME\0"])
    def test_refuses_a_code_that_no_file_name_or_command_takes(
        self, desk: Desk, administrator: Actor, code: str
    ) -> None:
        with pytest.raises(clients.CodeNotSensible, match="capital letters, digits or hyphens"):
            add(administrator, code=code)

        assert stored(desk) == (0, 0)

    @pytest.mark.parametrize("code", ["AB", "A-1", "0" * 16, "  ACME  "])
    def test_takes_a_code_that_is_short_and_plain(self, administrator: Actor, code: str) -> None:
        add(administrator, code=code)

        assert [client.code for client in listed(administrator)] == [code.strip()]

    def test_refuses_a_code_that_another_client_has(self, desk: Desk, administrator: Actor, acme: int) -> None:
        with pytest.raises(clients.CodeTaken, match="choose another code"):
            add(administrator, name="Other")

        assert stored(desk) == (1, 1)
        assert len(events(desk, "added")) == 1

    @pytest.mark.parametrize("name", ["", "  \n", "\0", "x" * 81])
    def test_refuses_a_name_that_is_none(self, administrator: Actor, name: str) -> None:
        with pytest.raises(clients.NameNotSensible):
            add(administrator, name=name)

    def test_keeps_a_name_on_one_line(self, administrator: Actor) -> None:
        add(administrator, name="  Núñez \n & Søn\0s ")

        assert listed(administrator)[0].name == "Núñez & Søns"

    @pytest.mark.parametrize(
        "timezone", ["", "America", "Mars/Base", "EST5EDT6", "../etc/passwd", "posix/Asia/Tokyo", "\0"]
    )
    def test_refuses_a_zone_that_is_none(self, administrator: Actor, timezone: str) -> None:
        with pytest.raises(ZoneUnknown):
            add(administrator, timezone=timezone)

    @pytest.mark.parametrize("hours", [0, -1, 721])
    def test_refuses_hours_that_nobody_promises(self, administrator: Actor, hours: int) -> None:
        with pytest.raises(promises.HoursNotPromised, match="from 1 to 720"):
            add(administrator, hours=hours)

    @pytest.mark.parametrize("hours", [1, 720])
    def test_takes_the_least_and_the_most_hours(self, administrator: Actor, hours: int) -> None:
        add(administrator, hours=hours)

        (only,) = listed(administrator)
        assert only.promise is not None
        assert only.promise.hours == hours

    def test_refuses_a_promise_that_would_never_fall_due(self, administrator: Actor) -> None:
        with pytest.raises(NeverDue):
            add(administrator, hours=720, clock=Clock.BUSINESS, week=BusinessWeek("UTC", stretches("08:00-08:01")))

    @pytest.mark.parametrize(
        ("week", "refusal"),
        [
            ({"hours": ()}, WeekNotOpen),
            ({"hours": (Stretch(time(8), time(8)),)}, HoursUnclear),
            ({"days": frozenset()}, WeekNotOpen),
            ({"calendar": "US-XX"}, CalendarUnknown),
        ],
    )
    def test_a_week_that_is_none_does_not_get_as_far(self, week: dict[str, Any], refusal: type[Refusal]) -> None:
        with pytest.raises(refusal):
            BusinessWeek("America/Chicago", **week)


class TestChanging:
    def test_holds_from_its_moment_on(self, administrator: Actor, acme: int) -> None:
        promise(administrator, acme)

        (before,), (after,) = listed(administrator), listed(administrator, TOMORROW)
        assert before.promise is not None
        assert before.upcoming is not None
        assert after.promise == before.upcoming
        assert promised(before.promise) == "24 h, true hours"
        assert promised(before.upcoming) == "9 h, open 08:00–17:00, Mon–Fri, holidays of Ohio"
        assert (after.since, after.upcoming, after.version) == (TOMORROW, None, 2)

    def test_gives_later_claims_their_deadline_and_leaves_earlier_ones_theirs(
        self, administrator: Actor, acme: int
    ) -> None:
        earlier, earlier_claim = report(acme, NOW)
        promise(administrator, acme, hours=4, clock=Clock.ELAPSED)

        last_before, _ = report(acme, TOMORROW - timedelta(minutes=1))
        first_after, _ = report(acme, TOMORROW)

        assert earlier == NOW + timedelta(hours=24)
        assert due(factories.staff(Role.SUPERVISOR), acme, earlier_claim) == earlier
        assert last_before == TOMORROW + timedelta(hours=24, minutes=-1)
        assert first_after == TOMORROW + timedelta(hours=4)

    def test_counts_later_claims_by_the_week_that_was_chosen(self, administrator: Actor, acme: int) -> None:
        promise(administrator, acme)  # 9 h from Wednesday 09:00, of which 8 h are that day's; Thursday is a holiday

        assert report(acme, TOMORROW)[0] == datetime(2026, 11, 27, 9, tzinfo=ZoneInfo("America/Chicago"))

    @pytest.mark.parametrize(
        ("open_hours", "due_at"),
        [
            ("08:00-12:00,13:00-17:00", "2026-11-27T10:00-06:00"),
            ("22:00-06:00", "2026-11-27T23:00-06:00"),
            ("00:00-24:00", "2026-11-25T18:00-06:00"),
        ],
        ids=["with a break", "a night shift", "around the clock"],
    )
    def test_keeps_the_hours_that_were_chosen(
        self, administrator: Actor, acme: int, open_hours: str, due_at: str
    ) -> None:
        promise(administrator, acme, week=BusinessWeek("America/Chicago", stretches(open_hours), calendar="US-OH"))

        [client] = listed(administrator, TOMORROW)
        assert client.promise is not None
        assert client.promise.week.hours_text == open_hours
        assert report(acme, TOMORROW)[0] == datetime.fromisoformat(due_at)

    def test_can_begin_now(self, administrator: Actor, acme: int) -> None:
        promise(administrator, acme, effective_from=NOW)

        assert listed(administrator)[0].since == NOW

    def test_leaves_one_that_begins_later_where_it_was(self, administrator: Actor, acme: int) -> None:
        promise(administrator, acme, hours=12, effective_from=NOW + timedelta(days=9))
        promise(administrator, acme, hours=6, seen=2)

        (now,) = listed(administrator)
        assert now.upcoming is not None
        assert (now.upcoming.hours, now.version) == (6, 3)

    def test_is_on_the_record_with_before_and_after(self, desk: Desk, administrator: Actor, acme: int) -> None:
        promise(administrator, acme, reason=" Renewed\nin May ")

        detail = {
            "from": "24 h, true hours", "to": "9 h, open 08:00–17:00, Mon–Fri, holidays of Ohio",
            "effective_from": "2026-11-25T15:00:00+00:00", "reason": "Renewed in May",
        }  # fmt: skip
        assert events(desk, "promise_changed") == [(administrator.staff_id, acme, "client", acme, detail)]

    def test_is_undone_where_it_cannot_be_recorded(
        self, desk: Desk, administrator: Actor, acme: int, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def fail(*_: object, **__: object) -> None:
            raise RuntimeError("no record")

        monkeypatch.setattr(client_changes.audit, "record", fail)
        with pytest.raises(RuntimeError):
            promise(administrator, acme)

        assert stored(desk) == (1, 1)

    @pytest.mark.parametrize(
        ("wrong", "refusal", "says"),
        [
            ({"effective_from": NOW - timedelta(seconds=1)}, client_changes.BeginsInThePast, "choose a later time"),
            ({"reason": " "}, NoReason, "say why"),
            ({"reason": "\0"}, NoReason, "say why"),
            ({"reason": "x" * 301}, TooLong, "at most 300"),
            ({"hours": 0}, promises.HoursNotPromised, "change the hours"),
            ({"hours": 24, "clock": Clock.ELAPSED}, client_changes.SamePromise, "promised then already"),
            ({"client_id": 999}, clients.NoSuchClient, "choose one"),
            ({"seen": 0}, clients.ChangedMeanwhile, "look at what is promised now"),
        ],
    )
    def test_refuses_and_changes_nothing(
        self, desk: Desk, administrator: Actor, acme: int, wrong: dict[str, Any], refusal: type[Refusal], says: str
    ) -> None:
        with pytest.raises(refusal, match=says):
            promise(administrator, acme, **wrong)

        assert stored(desk) == (1, 1)
        assert events(desk, "promise_changed") == []

    def test_refuses_a_second_one_for_the_same_moment(self, desk: Desk, administrator: Actor, acme: int) -> None:
        promise(administrator, acme)
        elsewhere = TOMORROW.astimezone(ZoneInfo("Asia/Tokyo"))

        with pytest.raises(client_changes.BeginningTaken, match="choose another time"):
            promise(administrator, acme, effective_from=elsewhere, hours=6, seen=2)

        assert stored(desk) == (1, 2)

    def test_tells_the_second_of_two_who_decided_on_the_same_view(self, administrator: Actor, acme: int) -> None:
        promise(administrator, acme)

        with pytest.raises(clients.ChangedMeanwhile, match="by somebody else meanwhile"):
            promise(factories.staff(Role.ADMINISTRATOR), acme, effective_from=NOW + timedelta(days=2))

    def test_tells_the_second_of_two_at_the_same_time(self, desk: Desk, administrator: Actor, acme: int) -> None:
        other, told = factories.staff(Role.ADMINISTRATOR), []

        def second() -> None:
            try:
                promise(other, acme, effective_from=NOW + timedelta(days=2))
            except Refusal as refusal:
                told.append(type(refusal))

        waiting = Thread(target=second)
        with acting(administrator) as tx:
            client_changes.promise(administrator, tx, client_id=acme, **LATER, at=NOW)
            waiting.start()
            with _watching(desk) as blocked:
                while not blocked():
                    assert waiting.is_alive()
        waiting.join()

        assert told == [clients.ChangedMeanwhile]
        assert stored(desk) == (1, 2)


class TestPlanned:
    """A promise that has not begun can be changed or withdrawn; one that has begun stays."""

    @pytest.fixture
    def planned(self, administrator: Actor, acme: int) -> int:
        """A client that is promised 9 open hours from tomorrow on; its id."""
        promise(administrator, acme)
        return acme

    def replan(self, actor: Actor, to: int, **other: Any) -> None:
        told = {"client_id": to, "planned_from": TOMORROW, "at": NOW, **LATER, "seen": 2, **other}
        with acting(actor) as tx:
            client_changes.replan(actor, tx, **told)

    def withdraw(self, actor: Actor, of: int, **other: Any) -> None:
        with acting(actor) as tx:
            client_changes.withdraw(
                actor,
                tx,
                **{"client_id": of, "planned_from": TOMORROW, "reason": "Not signed", "seen": 2, "at": NOW, **other},
            )

    def test_can_be_withdrawn_and_what_holds_goes_on(self, desk: Desk, administrator: Actor, planned: int) -> None:
        self.withdraw(administrator, planned)

        (client,) = listed(administrator)
        assert (client.planned, client.version) == ((), 3)
        assert report(planned, TOMORROW)[0] == TOMORROW + timedelta(hours=24)
        detail = {
            "promise": "9 h, open 08:00–17:00, Mon–Fri, holidays of Ohio",
            "effective_from": "2026-11-25T15:00:00+00:00", "reason": "Not signed",
        }  # fmt: skip
        assert events(desk, "promise_withdrawn") == [(administrator.staff_id, planned, "client", planned, detail)]

    def test_is_not_withdrawn_without_a_reason(self, administrator: Actor, planned: int) -> None:
        with pytest.raises(NoReason):
            self.withdraw(administrator, planned, reason=" ")

    def test_can_be_another_from_another_time_on(self, desk: Desk, administrator: Actor, planned: int) -> None:
        later = TOMORROW + timedelta(days=5)
        self.replan(administrator, planned, hours=6, clock=Clock.ELAPSED, effective_from=later)

        (client,) = listed(administrator)
        assert [(each.effective_from, promised(each)) for each in client.planned] == [(later, "6 h, true hours")]
        assert report(planned, TOMORROW)[0] == TOMORROW + timedelta(hours=24)
        detail = {
            "from": "9 h, open 08:00–17:00, Mon–Fri, holidays of Ohio", "to": "6 h, true hours",
            "planned_from": "2026-11-25T15:00:00+00:00", "effective_from": "2026-11-30T15:00:00+00:00",
            "reason": "A new contract",
        }  # fmt: skip
        assert events(desk, "promise_replanned") == [(administrator.staff_id, planned, "client", planned, detail)]

    def test_can_begin_earlier_as_it_is(self, administrator: Actor, planned: int) -> None:
        self.replan(administrator, planned, effective_from=NOW)

        (client,) = listed(administrator)
        assert (client.since, client.planned) == (NOW, ())

    @pytest.mark.parametrize(
        ("wrong", "refusal"),
        [
            ({}, client_changes.SamePromise),
            ({"hours": 24, "clock": Clock.ELAPSED}, client_changes.SamePromise),
            ({"effective_from": NOW - timedelta(seconds=1)}, client_changes.BeginsInThePast),
            ({"planned_from": NOW}, client_changes.NoSuchPromise),
            ({"planned_from": clients.BEGINNING}, client_changes.PromiseHasBegun),
            ({"seen": 1}, clients.ChangedMeanwhile),
            ({"reason": ""}, NoReason),
        ],
    )
    def test_refuses_and_changes_nothing(
        self, desk: Desk, administrator: Actor, planned: int, wrong: dict[str, Any], refusal: type[Refusal]
    ) -> None:
        with pytest.raises(refusal):
            self.replan(administrator, planned, **wrong)

        assert listed(administrator)[0].version == 2
        assert events(desk, "promise_replanned") == []

    def test_once_begun_it_stays(self, desk: Desk, administrator: Actor, planned: int) -> None:
        with pytest.raises(client_changes.PromiseHasBegun, match="has begun and stays"):
            self.replan(administrator, planned, at=TOMORROW, effective_from=TOMORROW + timedelta(days=1))
        with pytest.raises(client_changes.PromiseHasBegun, match="has begun and stays"):
            self.withdraw(administrator, planned, at=TOMORROW)

        assert stored(desk) == (1, 2)

    def test_one_that_repeats_the_next_is_refused(self, administrator: Actor, planned: int) -> None:
        with pytest.raises(client_changes.SamePromiseFollows, match="promised next already"):
            promise(administrator, planned, effective_from=NOW, seen=2)

    def test_tells_the_second_of_two_who_withdraw(self, administrator: Actor, planned: int) -> None:
        self.withdraw(administrator, planned)

        with pytest.raises(clients.ChangedMeanwhile):
            self.withdraw(factories.staff(Role.ADMINISTRATOR), planned)


class TestEditing:
    """A name changes at once; a zone from a moment on, as a promise does."""

    def edit(self, actor: Actor, client_id: int, **other: Any) -> None:
        told = {
            "client_id": client_id, "name": "Acme Works", "timezone": None, "effective_from": TOMORROW, "seen": 1,
            "at": NOW,
        }  # fmt: skip
        with acting(actor) as tx:
            client_changes.edit(actor, tx, **{**told, **other})

    def test_of_the_name_holds_at_once_and_is_on_the_record(self, desk: Desk, administrator: Actor, acme: int) -> None:
        self.edit(administrator, acme, name=" Acme\nIron ")

        (client,) = listed(administrator)
        assert (client.name, client.version) == ("Acme Iron", 2)
        detail = {"from": "Acme Works", "to": "Acme Iron"}
        assert events(desk, "renamed") == [(administrator.staff_id, acme, "client", acme, detail)]

    def test_of_the_zone_holds_from_its_moment_on(self, desk: Desk, administrator: Actor, acme: int) -> None:
        self.edit(administrator, acme, timezone="America/Denver")

        assert [client.timezone for client in listed(administrator)] == ["America/Chicago"]
        (after,) = listed(administrator, TOMORROW)
        assert after.timezone == "America/Denver"
        assert after.promise is not None
        assert promised(after.promise) == "24 h, true hours"
        detail = {
            "from": "America/Chicago", "to": "America/Denver", "effective_from": "2026-11-25T15:00:00+00:00",
        }  # fmt: skip
        assert events(desk, "timezone_changed") == [(administrator.staff_id, acme, "client", acme, detail)]

    def test_of_the_zone_leaves_claims_reported_before_their_clock(self, administrator: Actor) -> None:
        acme = add(administrator, hours=8, clock=Clock.BUSINESS)
        before, earlier = report(acme, NOW)
        self.edit(administrator, acme, timezone="America/Denver", effective_from=NOW + timedelta(hours=1))
        after, later = report(acme, NOW + timedelta(hours=1))

        supervisor = factories.staff(Role.SUPERVISOR)
        with transaction(supervisor) as tx:
            zones_shown = [
                intake.open_claim(supervisor, tx, acme, claim).header.client_timezone for claim in (earlier, later)
            ]
        assert zones_shown == ["America/Chicago", "America/Denver"]
        assert due(supervisor, acme, earlier) == before == datetime(2026, 11, 24, 23, tzinfo=UTC)
        assert after == datetime(2026, 11, 25, 0, tzinfo=UTC), "8 h from 09:00 in Denver"

    def test_of_the_zone_takes_along_what_is_planned(self, administrator: Actor, acme: int) -> None:
        promise(administrator, acme, effective_from=TOMORROW + timedelta(days=7))
        self.edit(administrator, acme, timezone="America/Denver", seen=2)

        (client,) = listed(administrator)
        assert [(each.hours, each.week.timezone) for each in client.planned] == [
            (24, "America/Denver"), (9, "America/Denver"),
        ]  # fmt: skip

    @pytest.mark.parametrize(
        ("wrong", "refusal"),
        [
            ({}, client_changes.NothingChanged),
            ({"timezone": "America/Chicago"}, client_changes.NothingChanged),
            ({"name": ""}, clients.NameNotSensible),
            ({"timezone": "Mars/Base"}, ZoneUnknown),
            (
                {"timezone": "America/Denver", "effective_from": NOW - timedelta(seconds=1)},
                client_changes.BeginsInThePast,
            ),
            ({"name": "Acme Iron", "seen": 0}, clients.ChangedMeanwhile),
            ({"client_id": 999}, clients.NoSuchClient),
        ],
    )
    def test_refuses_and_changes_nothing(
        self, desk: Desk, administrator: Actor, acme: int, wrong: dict[str, Any], refusal: type[Refusal]
    ) -> None:
        with pytest.raises(refusal):
            self.edit(administrator, **{"client_id": acme, **wrong})

        assert stored(desk) == (1, 1)
        assert [(client.name, client.version) for client in listed(administrator)] == [("Acme Works", 1)]


@contextmanager
def _watching(desk: Desk) -> Iterator[Any]:
    """Give what tells whether a statement of the application waits for another's lock."""
    with psycopg.connect(desk.admin_url.set(drivername="postgresql").render_as_string(hide_password=False)) as db:
        db.autocommit = True
        yield lambda: db.execute(
            "select count(*) from pg_stat_activity where datname = %s and wait_event_type = 'Lock'", (desk.name,)
        ).fetchone()[0]


class TestWhoMay:
    @pytest.mark.parametrize("role", list(Role))
    def test_the_services_answer_as_the_matrix_says(self, desk: Desk, administrator: Actor, role: Role) -> None:
        acme = add(administrator)
        person = factories.staff(role, acme)
        acts = (
            lambda: listed(person),
            lambda: add(person, code="OTHER"),
            lambda: promise(person, acme),
            lambda: TestPlanned().replan(person, acme, hours=10),
            lambda: TestPlanned().withdraw(person, acme, seen=3),
            lambda: TestEditing().edit(person, acme, name="Acme Iron", seen=4),
        )
        for act in acts:
            if MATRIX[role][Action.CLIENTS_MANAGE] is Scope.ALL:
                act()
            else:
                with pytest.raises(NotAllowed):
                    act()
        with desk.owner() as db:
            refused = db.execute(
                "select count(*) from audit_event where verb = 'refused' and actor_id = %s", (person.staff_id,)
            )
            assert refused.fetchone() == (0 if role is Role.ADMINISTRATOR else len(acts),)


class TestChoices:
    def test_every_calendar_offered_can_be_kept(self) -> None:
        assert calendars()[0] == "US"
        for calendar in calendars():
            BusinessWeek("UTC", calendar=calendar)

    def test_every_zone_offered_is_known_to_the_database(self, desk: Desk) -> None:
        with desk.owner() as db:
            for name in zones():
                db.execute("select now() at time zone %s", (name,))

        assert len(zones()) == len(set(zones()))
