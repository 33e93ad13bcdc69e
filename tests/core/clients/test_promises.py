"""Changing what is promised, planning it, and moving a client to another name or zone."""

from datetime import UTC, datetime, timedelta
from threading import Thread
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from core import client_changes, clients, intake, promises, scope
from core.access import MATRIX, Action, Actor, NotAllowed, Role, Scope
from core.calendars import BusinessWeek, ZoneUnknown
from core.clocks import Clock, promised
from core.open_hours import stretches
from core.refusal import NoReason, Refusal, TooLong
from core.transactions import acting, transaction
from tests import factories
from tests.conftest import Desk
from tests.core.clients.agreements import LATER, TOMORROW, add, due, events, listed, promise, report, stored, watching
from tests.factories import NOW


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
            ({"client_id": 999}, scope.NoSuchClient, "choose one"),
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
            with watching(desk) as blocked:
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
            ({"client_id": 999}, scope.NoSuchClient),
        ],
    )
    def test_refuses_and_changes_nothing(
        self, desk: Desk, administrator: Actor, acme: int, wrong: dict[str, Any], refusal: type[Refusal]
    ) -> None:
        with pytest.raises(refusal):
            self.edit(administrator, **{"client_id": acme, **wrong})

        assert stored(desk) == (1, 1)
        assert [(client.name, client.version) for client in listed(administrator)] == [("Acme Works", 1)]


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
