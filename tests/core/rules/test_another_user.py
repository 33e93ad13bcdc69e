"""The room of rules with a user made up for it: limits on parking, by town and street. It knows of no other."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, text

from core import rules
from core.access import Action, Actor, NotAllowed, Role
from core.refusal import NoReason, TooLong
from core.rules import Draft, Kind, Place, Standing
from core.transactions import transaction
from tests import factories
from tests.conftest import Desk
from tests.factories import NOW

TODAY = date(2026, 11, 24)
TABLE = """
    create table parking_rule (
      parking_id bigint generated always as identity primary key, matter text not null, town text, street text,
      minutes int, effective_from date not null, why text not null, proposed_by int, proposed_at timestamptz not null,
      withdrawn_by int, withdrawn_at timestamptz, withdrawn_why text, in_force_at timestamptz);
    grant select, insert, update on parking_rule to desk_app
"""


def _today(tx: Connection, place: Place, at: datetime) -> date:
    return at.date() + timedelta(days=place[0] == "Eastville")


def _moves(tx: Connection, draft: Draft, at: datetime) -> int:
    """Return how many rules say something else."""
    return int(
        tx.execute(
            text("select count(*) from parking_rule where minutes is distinct from :minutes"),
            {"minutes": draft.says[0]},
        ).scalar_one()
    )


def _begin(tx: Connection, at: datetime) -> int:
    due = text("update parking_rule set in_force_at = :at where in_force_at is null and effective_from <= :on")
    return tx.execute(due, {"at": at, "on": at.date()}).rowcount


PARKING: Kind[int] = Kind(
    noun="parking", action=Action.COVER_SET, table="parking_rule", key="parking_id", about="matter",
    places=("town", "street"), says=("minutes",), ends=(None,), today=_today, moves=_moves, begin=_begin,
)  # fmt: skip


@pytest.fixture
def warden(desk: Desk) -> Iterator[Actor]:
    """Somebody who may set such rules. The table goes with the desk."""
    with desk.owner() as db:
        db.execute(TABLE.encode())
    yield factories.staff(Role.SUPERVISOR)
    with desk.owner() as db:
        db.execute("drop table parking_rule")


def draft(minutes: int | None = 30, place: Place = (None, None), since: date = TODAY, why: str = "As agreed.") -> Draft:
    return Draft("cars", place, (minutes,), since, why)


def propose(actor: Actor, what: Draft, at: datetime = NOW) -> int:
    with transaction(actor) as tx:
        return rules.propose(PARKING, actor, tx, what, at=at)


def allowed(actor: Actor, place: Place, on: date = TODAY) -> int | None:
    with transaction(actor) as tx:
        said = rules.begun(PARKING, tx, on=on, only={"town": place[0]})
    held = rules.holding(PARKING, said, "cars", place, on)
    return held.says[0] if held else None


def standings(actor: Actor, on: date = TODAY) -> list[Standing]:
    with transaction(actor) as tx:
        known = rules.versions(PARKING, actor, tx, "cars")
    return [rules.standing(each, known, on) for each in known]


class TestWhatHolds:
    def test_is_the_most_specific_and_its_first_place_tells_most(self, warden: Actor) -> None:
        for minutes, place in ((30, (None, None)), (10, (None, "High St")), (60, ("Westville", None))):
            propose(warden, draft(minutes, place))

        assert allowed(warden, ("Northville", "Low St")) == 30
        assert allowed(warden, ("Northville", "High St")) == 10
        assert allowed(warden, ("Westville", "High St")) == 60
        assert allowed(warden, ("Westville", None)) == 60
        propose(warden, draft(5, ("Westville", "High St")))
        assert allowed(warden, ("Westville", "High St")) == 5
        assert allowed(warden, ("Westville", None)) == 60, "a street that is not known is none of them"

    def test_is_of_equals_what_began_last_and_of_one_day_what_was_set_last(self, warden: Actor) -> None:
        for minutes, since in (
            (30, TODAY),
            (20, TODAY + timedelta(days=2)),
            (25, TODAY),
            (15, TODAY + timedelta(days=9)),
        ):
            propose(warden, draft(minutes, since=since))

        days = {0: 25, 1: 25, 2: 20, 8: 20, 9: 15}
        assert {day: allowed(warden, (None, None), TODAY + timedelta(days=day)) for day in days} == days

    def test_is_left_to_the_wider_ones_where_it_ends(self, warden: Actor) -> None:
        propose(warden, draft(30))
        propose(warden, draft(60, ("Westville", None)))
        propose(warden, draft(None, ("Westville", None), TODAY + timedelta(days=1)))

        assert allowed(warden, ("Westville", "Low St")) == 60
        assert allowed(warden, ("Westville", "Low St"), TODAY + timedelta(days=1)) == 30

    def test_is_nothing_before_anything_began(self, warden: Actor) -> None:
        propose(warden, draft(30, since=TODAY + timedelta(days=1)))
        assert allowed(warden, (None, None)) is None


class TestAVersion:
    def test_stands_as_planned_in_force_replaced_or_withdrawn(self, warden: Actor) -> None:
        later = TODAY + timedelta(days=3)
        propose(warden, draft(30))
        propose(warden, draft(20, since=later))
        taken_back = propose(warden, draft(10, since=later + timedelta(days=1)))
        with transaction(warden) as tx:
            rules.withdraw(PARKING, warden, tx, number=taken_back, why="Not agreed.", at=NOW)

        assert standings(warden) == [Standing.IN_FORCE, Standing.PLANNED, Standing.WITHDRAWN]
        assert standings(warden, later) == [Standing.REPLACED, Standing.IN_FORCE, Standing.WITHDRAWN]

    def test_says_who_set_it_when_and_why(self, warden: Actor) -> None:
        number = propose(warden, draft(why=" As\nagreed. "))
        with transaction(warden) as tx:
            [version] = rules.versions(PARKING, warden, tx)

        assert (version.number, version.by, version.at, version.why) == (number, warden.name, NOW, "As agreed.")
        assert (version.withdrawn_at, version.begun_at) == (None, None)

    def test_begins_today_or_later_where_it_is(self, warden: Actor) -> None:
        for place, since in (((None, None), TODAY - timedelta(days=1)), (("Eastville", None), TODAY)):
            with pytest.raises(rules.BeginsBeforeToday):
                propose(warden, draft(place=place, since=since))
        assert propose(warden, draft(place=("Eastville", None), since=TODAY + timedelta(days=1)))

    def test_says_something_else_than_the_one_before_it(self, warden: Actor) -> None:
        propose(warden, draft(30))
        with pytest.raises(rules.SaysTheSame):
            propose(warden, draft(30, since=TODAY + timedelta(days=5)))
        assert propose(warden, draft(30, ("Westville", None))), "of another place it is a rule of its own"

    def test_has_a_reason_of_some_length(self, warden: Actor) -> None:
        for why, refusal in ((" ", NoReason), ("x" * (rules.LONGEST_WHY + 1), TooLong)):
            with pytest.raises(refusal):
                propose(warden, draft(why=why))

    def test_moves_what_it_moves_and_nothing_is_kept_of_asking(self, warden: Actor) -> None:
        propose(warden, draft(30))
        with transaction(warden) as tx:
            assert rules.moves(PARKING, warden, tx, draft(20), at=NOW) == 1
            assert rules.moves(PARKING, warden, tx, draft(30), at=NOW) == 0
            assert len(rules.versions(PARKING, warden, tx)) == 1

    def test_begins_once_on_its_day(self, warden: Actor) -> None:
        propose(warden, draft(30))
        propose(warden, draft(20, since=TODAY + timedelta(days=1)))

        assert [rules.begin(PARKING, at=NOW + timedelta(days=day)) for day in (0, 0, 1, 1)] == [1, 0, 1, 0]


class TestWithdrawing:
    def test_is_of_what_is_planned_alone(self, warden: Actor) -> None:
        begun, planned = propose(warden, draft(30)), propose(warden, draft(20, since=TODAY + timedelta(days=1)))
        for number, at in ((begun, NOW), (planned, NOW + timedelta(days=1)), (999, NOW)):
            with pytest.raises(rules.HasBegun), transaction(warden) as tx:
                rules.withdraw(PARKING, warden, tx, number=number, why="No.", at=at)

        for _ in range(2):
            with transaction(warden) as tx:
                try:
                    rules.withdraw(PARKING, warden, tx, number=planned, why="Not agreed.", at=NOW)
                except rules.HasBegun:
                    continue
                known = rules.versions(PARKING, warden, tx)
        assert [(each.withdrawn_by, each.withdrawn_why) for each in known if each.withdrawn_at] == [
            (warden.name, "Not agreed.")
        ]
        assert allowed(warden, (None, None), TODAY + timedelta(days=1)) == 30


def test_only_who_sets_such_rules_reads_proposes_or_withdraws_them(warden: Actor) -> None:
    clerk = factories.staff(Role.VA)
    acts: list[Any] = [
        lambda tx: rules.versions(PARKING, clerk, tx),
        lambda tx: rules.moves(PARKING, clerk, tx, draft(), at=NOW),
        lambda tx: rules.propose(PARKING, clerk, tx, draft(), at=NOW),
        lambda tx: rules.withdraw(PARKING, clerk, tx, number=1, why="No.", at=NOW),
    ]
    for act in acts:
        with pytest.raises(NotAllowed), transaction(clerk) as tx:
            act(tx)
