"""A client's closed days: what the list shows, who may change it, and which claims a change holds for."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from core import client_changes, clients, closed_days, intake, scope
from core.access import MATRIX, Action, Actor, NotAllowed, Role, Scope
from core.calendars import BusinessWeek
from core.clocks import Clock, sentence
from core.closed_days import ListedDay
from core.open_hours import stretches
from core.refusal import NoReason, Refusal, TooLong
from core.transactions import acting, transaction
from tests import factories
from tests.conftest import Desk
from tests.core.clients.agreements import add, events, report
from tests.factories import NOW

FRIDAY = date(2026, 11, 27)
THANKSGIVING = date(2026, 11, 26)
TOMORROW = NOW + timedelta(days=1)
WEEK = BusinessWeek("America/Chicago")


@pytest.fixture
def administrator(desk: Desk) -> Actor:
    return factories.staff(Role.ADMINISTRATOR)


@pytest.fixture
def acme(administrator: Actor) -> int:
    return add(administrator, hours=9, clock=Clock.BUSINESS, week=WEEK)


def close(actor: Actor, client_id: int, **other: Any) -> None:
    told = {"day": FRIDAY, "name": "Founder's Day", "effective_from": NOW, "reason": "Agreed", "at": NOW, **other}
    with acting(actor) as tx:
        closed_days.add(actor, tx, client_id=client_id, **told)


def work(actor: Actor, client_id: int, **other: Any) -> None:
    told = {"day": THANKSGIVING, "effective_from": NOW, "reason": "Agreed", "at": NOW, **other}
    with acting(actor) as tx:
        closed_days.take_out(actor, tx, client_id=client_id, **told)


def withdraw(actor: Actor, client_id: int, **other: Any) -> None:
    told = {
        "client_id": client_id, "day": FRIDAY, "effective_from": TOMORROW, "reason": "Not agreed", "at": NOW, **other,
    }  # fmt: skip
    with acting(actor) as tx:
        closed_days.withdraw(actor, tx, **told)


def listed(actor: Actor, client_id: int, at: datetime = NOW) -> list[ListedDay]:
    with transaction(actor) as tx:
        return closed_days.listed(actor, tx, client_id=client_id, at=at)


class TestTheList:
    def test_shows_the_calendars_days_of_the_coming_two_years(self, administrator: Actor, acme: int) -> None:
        days = listed(administrator, acme)

        assert [(each.day, each.name) for each in days[:3]] == [
            (THANKSGIVING, "Thanksgiving Day"),
            (date(2026, 12, 25), "Christmas Day"),
            (date(2027, 1, 1), "New Year's Day"),
        ]
        assert days[-1].day == date(2028, 11, 23)
        assert len(days) == 23
        assert {(each.closed, each.change) for each in days} == {(True, None)}

    def test_begins_on_the_clients_own_day(self, administrator: Actor, acme: int) -> None:
        in_chicago_still_thanksgiving = datetime(2026, 11, 27, 5, 59, tzinfo=UTC)

        assert listed(administrator, acme, at=in_chicago_still_thanksgiving)[0].day == THANKSGIVING

    def test_is_that_of_the_week_that_the_client_works(self, administrator: Actor) -> None:
        all_week = BusinessWeek("America/Chicago", stretches("00:00-24:00"), frozenset(range(1, 8)))
        never_closed = BusinessWeek("America/Chicago", calendar="NONE")
        saturdays = add(administrator, code="SEVEN", hours=9, clock=Clock.BUSINESS, week=all_week)
        always = add(administrator, code="ALWAYS", hours=9, clock=Clock.BUSINESS, week=never_closed)

        assert date(2027, 12, 25) in {each.day for each in listed(administrator, saturdays)}
        assert listed(administrator, always) == []

    def test_is_there_also_where_true_hours_are_promised(self, administrator: Actor) -> None:
        client = add(administrator, code="TRUE")
        close(administrator, client)

        assert [each.day for each in listed(administrator, client)[:2]] == [THANKSGIVING, FRIDAY]

    def test_says_what_was_added_and_taken_out_by_whom_and_why(self, administrator: Actor, acme: int) -> None:
        close(administrator, acme, effective_from=TOMORROW, reason=" As\nagreed ")
        work(administrator, acme)

        first, second = listed(administrator, acme)[:2]

        assert (first.day, first.name, first.closed) == (THANKSGIVING, "Thanksgiving Day", False)
        assert (second.day, second.name, second.closed) == (FRIDAY, "Founder's Day", True)
        assert second.change is not None
        assert (second.change.set_by, second.change.reason, second.change.effective_from) == (
            administrator.name,
            "As agreed",
            TOMORROW,
        )

    def test_of_a_client_that_is_not_there_is_empty(self, administrator: Actor) -> None:
        assert listed(administrator, 999) == []


class TestAChange:
    """Nine open hours from Wednesday 09:00 end on Friday 09:00: Thursday is Thanksgiving."""

    REPORTED = datetime(2026, 11, 25, 15, tzinfo=UTC)

    def test_that_closes_a_day_holds_for_what_is_reported_from_then_on(self, administrator: Actor, acme: int) -> None:
        close(administrator, acme, effective_from=self.REPORTED)

        before, _ = report(acme, self.REPORTED - timedelta(minutes=1))
        after, _ = report(acme, self.REPORTED)

        assert before == datetime(2026, 11, 27, 14, 59, tzinfo=UTC)
        assert after == datetime(2026, 11, 30, 15, tzinfo=UTC)

    def test_that_takes_a_day_out_holds_for_what_is_reported_from_then_on(
        self, administrator: Actor, acme: int
    ) -> None:
        work(administrator, acme, effective_from=self.REPORTED)

        before, _ = report(acme, self.REPORTED - timedelta(minutes=1))
        after, _ = report(acme, self.REPORTED)

        assert before == datetime(2026, 11, 27, 14, 59, tzinfo=UTC)
        assert after == datetime(2026, 11, 26, 15, tzinfo=UTC)

    def test_leaves_deadlines_that_are_fixed_and_what_explains_them(
        self, desk: Desk, administrator: Actor, acme: int
    ) -> None:
        due_at, claim_id = report(acme, NOW)
        close(administrator, acme, day=date(2026, 11, 25), effective_from=NOW + timedelta(seconds=1))
        supervisor = factories.staff(Role.SUPERVISOR)
        with transaction(supervisor) as tx:
            explained = intake.open_claim(supervisor, tx, acme, claim_id).deadline()

        with desk.owner() as db:
            assert db.execute("select due_at from claim").fetchone() == (due_at,)
        assert explained.due_at == due_at == datetime(2026, 11, 25, 15, tzinfo=UTC)

    def test_is_told_where_a_deadline_is_explained(self, administrator: Actor, acme: int) -> None:
        close(administrator, acme)
        _, claim_id = report(acme, self.REPORTED)
        supervisor = factories.staff(Role.SUPERVISOR)
        with transaction(supervisor) as tx:
            due = intake.open_claim(supervisor, tx, acme, claim_id).deadline()

        assert "24 h holiday (Founder's Day, the client's own list)" in sentence(due, "America/Chicago")
        assert {step.by for step in due.steps if "Founder" in step.rule} == {administrator.name}

    def test_is_undone_by_another(self, administrator: Actor, acme: int) -> None:
        close(administrator, acme)
        work(administrator, acme, day=FRIDAY, effective_from=NOW + timedelta(hours=1))

        assert report(acme, NOW + timedelta(hours=1))[0] == datetime(2026, 11, 25, 16, tzinfo=UTC)
        assert report(acme, self.REPORTED)[0] == datetime(2026, 11, 27, 15, tzinfo=UTC)

    def test_that_is_planned_can_be_withdrawn_and_says_why_on_the_record(
        self, desk: Desk, administrator: Actor, acme: int
    ) -> None:
        close(administrator, acme, effective_from=TOMORROW)

        withdraw(administrator, acme)

        assert {each.change for each in listed(administrator, acme)} == {None}
        assert report(acme, self.REPORTED)[0] == datetime(2026, 11, 27, 15, tzinfo=UTC)
        detail = {
            "day": "2026-11-27", "name": "Founder's Day", "reason": "Not agreed",
            "effective_from": "2026-11-25T15:00:00+00:00",
        }  # fmt: skip
        assert events(desk, "closed_day_withdrawn") == [(administrator.staff_id, acme, "client", acme, detail)]

    @pytest.mark.parametrize(
        ("wrong", "refusal"),
        [
            ({"reason": ""}, NoReason),
            ({"at": TOMORROW}, closed_days.ChangeHasBegun),
            ({"day": THANKSGIVING}, closed_days.ChangeHasBegun),
        ],
    )
    def test_is_withdrawn_by_no_half_told_or_late_word(
        self, administrator: Actor, acme: int, wrong: dict[str, Any], refusal: type[Refusal]
    ) -> None:
        close(administrator, acme, effective_from=TOMORROW)
        with pytest.raises(refusal):
            withdraw(administrator, acme, **wrong)

        assert [each.change.day for each in listed(administrator, acme) if each.change] == [FRIDAY]

    def test_is_on_the_record(self, desk: Desk, administrator: Actor, acme: int) -> None:
        close(administrator, acme)
        work(administrator, acme, effective_from=TOMORROW)

        detail = {
            "day": "2026-11-27", "name": "Founder's Day", "reason": "Agreed",
            "effective_from": "2026-11-24T15:00:00+00:00",
        }  # fmt: skip
        assert events(desk, "closed_day_added") == [(administrator.staff_id, acme, "client", acme, detail)]
        detail = {
            "day": "2026-11-26", "name": "Thanksgiving Day", "reason": "Agreed",
            "effective_from": "2026-11-25T15:00:00+00:00",
        }  # fmt: skip
        assert events(desk, "closed_day_taken_out") == [(administrator.staff_id, acme, "client", acme, detail)]

    @pytest.mark.parametrize(
        ("act", "wrong", "refusal", "says"),
        [
            (
                close,
                {"effective_from": NOW - timedelta(seconds=1)},
                client_changes.BeginsInThePast,
                "choose a later time",
            ),
            (close, {"reason": " "}, NoReason, "say why"),
            (close, {"reason": "x" * 301}, TooLong, "at most 300"),
            (close, {"name": "\0"}, clients.NameNotSensible, "write what it is closed for"),
            (close, {"name": "x" * 81}, clients.NameNotSensible, "at most 80"),
            (close, {"day": THANKSGIVING}, closed_days.AlreadyClosed, "closed already: Thanksgiving Day"),
            (close, {"day": date(2026, 11, 28)}, closed_days.DayNotWorked, "does not work"),
            (close, {"day": date(2026, 11, 23)}, closed_days.DayNotListed, "coming two years"),
            (close, {"day": date(2028, 11, 24)}, closed_days.DayNotListed, "coming two years"),
            (close, {"effective_from": NOW + timedelta(days=4)}, closed_days.DayNotListed, "not before the change"),
            (close, {"client_id": 999}, scope.NoSuchClient, "choose one"),
            (work, {"day": FRIDAY}, closed_days.NotClosed, "worked already"),
            (work, {"day": date(2026, 11, 28)}, closed_days.NotClosed, "worked already"),
            (
                work,
                {"effective_from": NOW - timedelta(seconds=1)},
                client_changes.BeginsInThePast,
                "choose a later time",
            ),
        ],
    )
    def test_is_refused_and_changes_nothing(
        self,
        desk: Desk,
        administrator: Actor,
        acme: int,
        act: Any,
        wrong: dict[str, Any],
        refusal: type[Refusal],
        says: str,
    ) -> None:
        with pytest.raises(refusal, match=says):
            act(administrator, **{"client_id": acme, **wrong})

        with desk.owner() as db:
            assert db.execute("select count(*) from client_holiday").fetchone() == (0,)
        assert events(desk, "closed_day_added") == []

    def test_of_the_same_day_at_the_same_time_is_refused_the_second_time(self, administrator: Actor, acme: int) -> None:
        close(administrator, acme)

        with pytest.raises(closed_days.AlreadyClosed, match="Founder's Day"):
            close(administrator, acme, effective_from=TOMORROW)
        with pytest.raises(client_changes.BeginningTaken, match="choose another time"):
            work(administrator, acme, day=FRIDAY)


class TestWhoMay:
    @pytest.mark.parametrize("role", list(Role))
    def test_the_services_answer_as_the_matrix_says(self, administrator: Actor, acme: int, role: Role) -> None:
        person = factories.staff(role, acme)
        for act in (lambda: listed(person, acme), lambda: close(person, acme), lambda: work(person, acme)):
            if MATRIX[role][Action.CLIENTS_MANAGE] is Scope.ALL:
                act()
            else:
                with pytest.raises(NotAllowed):
                    act()
