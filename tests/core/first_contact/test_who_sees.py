"""Who sees which counts, and the claims behind them."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.event import listen

from core import first_contact
from core.access import Actor, NotAllowed, Role
from core.first_contact import Question
from core.first_contact.figures import together
from core.transactions import transaction
from db.queries.first_contact import Behind
from tests import factories
from tests.core.first_contact.one_week import CHICAGO, WEEK, cells, counted, fold, look, utc
from tests.factories import NOW


class TestWhoSees:
    def test_an_account_executive_sees_the_counts_of_the_clients_served_and_no_others(self, desk, client) -> None:
        other = factories.client()
        executive = factories.staff(Role.ACCOUNT_EXECUTIVE, client)
        for one in (client, other):
            factories.claim(one, reported_at=utc(22, 15))
            fold(desk)
            factories.claim(one, reported_at=utc(22, 15))

        assert reported(executive) == 2
        of_other = Question(WEEK.first_day, WEEK.last_day, CHICAGO, clients=frozenset({other}))
        of_state = Question(WEEK.first_day, WEEK.last_day, CHICAGO, jurisdictions=frozenset({"IL"}))
        assert reported(executive, of_other) == 0
        assert reported(executive, of_state) == 2

    def test_the_database_holds_that_too_if_the_question_were_asked_in_anothers_scope(self, desk, client) -> None:
        from db.queries import first_contact as queries

        other = factories.client()
        executive = factories.staff(Role.ACCOUNT_EXECUTIVE, client)
        factories.claim(other, reported_at=utc(22, 15))
        extent = Question(WEEK.first_day, WEEK.last_day, CHICAGO, clients=frozenset({other})).extent(
            factories.staff(Role.SUPERVISOR)
        )
        with transaction(executive) as tx:
            assert queries.counts(tx, extent, at=NOW) == []
            assert queries.counts(tx, extent._replace(clients=None), at=NOW) == []

    @pytest.mark.parametrize("role", [Role.VA, Role.CLINICAL, Role.ADMINISTRATOR])
    def test_who_has_no_part_in_measures_sees_none(self, client, role: Role) -> None:
        with pytest.raises(NotAllowed):
            look(factories.staff(role, client))

    @pytest.mark.parametrize("role", [Role.ACCOUNT_EXECUTIVE, Role.COMPLIANCE])
    def test_the_claims_behind_stay_shut_for_roles_that_read_counts_only(self, client, role: Role) -> None:
        person = factories.staff(role, client)
        with pytest.raises(NotAllowed), transaction(person) as tx:
            first_contact.claims_behind(person, tx, WEEK, frozenset({(7, 9)}), at=NOW)

    def test_a_va_gets_nothing_from_the_sums_even_by_hand(self, desk, client) -> None:
        factories.claim(client, reported_at=utc(22, 15))
        va = factories.staff(Role.VA, client)
        with desk.app(va.staff_id) as db:
            assert db.execute("select * from desk_by_hour('2026-01-01Z', '2027-01-01Z')").fetchall() == []

    def test_running_promises_of_others_do_not_show_by_hand(self, desk, client) -> None:
        other = factories.client()
        factories.claim(other)
        executive = factories.staff(Role.ACCOUNT_EXECUTIVE, client)
        running = "select * from desk_running(null, null, null, '2026-01-01Z', '2027-01-01Z', '2026-11-24T15:00Z')"
        with desk.app(executive.staff_id) as db:
            assert db.execute(running).fetchall() == []
            factories.claim(client)
            assert len(db.execute(running).fetchall()) == 1

    def test_an_account_executive_is_answered_about_persons_and_reads_none_of_their_claims(self, desk, client) -> None:
        other, va, nurse = factories.client(), factories.staff(Role.VA, client), factories.staff(Role.CLINICAL, client)
        executive, supervisor = factories.staff(Role.ACCOUNT_EXECUTIVE, client), factories.staff(Role.SUPERVISOR)
        reported = utc(22, 15)
        for one in (client, other):
            for reached in (None, reported + timedelta(minutes=20)):
                factories.claim(
                    one,
                    reported_at=reported,
                    assignee=va.staff_id,
                    first_contact_at=reached,
                    first_contact_by=nurse.staff_id if reached else None,
                )
        of_her = replace(WEEK, assignees=frozenset({va.staff_id}))
        theirs = counted(executive, of_her)

        assert [(c.reported, c.on_time) for c in theirs.cells.values()] == [(2, 1)]
        assert theirs.bins == [(1, 1)]
        assert counted(executive, replace(of_her, jurisdictions=frozenset({"WY"}))).cells == {}
        assert [c.reported for c in counted(supervisor, of_her).cells.values()] == [4]
        assert counted(supervisor, replace(of_her, clients=frozenset({client}))).bins == theirs.bins
        with desk.app(executive.staff_id) as db:
            assert db.execute("select date_of_death, closed_why from claim").fetchall() == []
            asked = f"'{{{va.staff_id}}}', '2026-01-01Z', '2027-01-01Z'"
            by_hand = f"select sum(reported) from desk_by_assignee_hour(null, null, {asked})"
            assert db.execute(by_hand.encode()).fetchone() == (2,)

    def test_filters_offer_clients_and_vas_in_scope(self, client) -> None:
        other = factories.client()
        mine, hers = factories.staff(Role.VA, client), factories.staff(Role.VA, other)
        executive, supervisor = factories.staff(Role.ACCOUNT_EXECUTIVE, client), factories.staff(Role.SUPERVISOR)

        def offered(actor: Actor) -> tuple[set[int], set[int]]:
            with transaction(actor) as tx:
                choices = first_contact.choices(actor, tx)
            return {c.id for c in choices.clients}, {a.id for a in choices.assignees}

        assert offered(executive) == ({client}, {mine.staff_id})
        assert offered(supervisor) == ({client, other}, {mine.staff_id, hers.staff_id})


def reported(actor: Actor, question: Question = WEEK) -> int:
    return together(counted(actor, question).cells.values()).reported


class TestTheClaimsBehind:
    SUNDAY_AT_NINE = frozenset({(7, 9)})

    def behind(self, actor: Actor, question: Question = WEEK, cells=SUNDAY_AT_NINE, at=NOW, **more) -> list[Behind]:
        with transaction(actor) as tx:
            return first_contact.claims_behind(actor, tx, question, cells, at=at, **more)

    def test_are_those_counted_in_the_cells_the_latest_first(self, desk, client, supervisor) -> None:
        nine = utc(22, 15)
        early, late = (
            factories.claim(client, reported_at=nine),
            factories.claim(client, reported_at=nine.replace(minute=59)),
        )
        factories.claim(client, reported_at=utc(22, 16))
        factories.claim(client, reported_at=utc(21, 15))
        withdrawn = factories.claim(client, reported_at=nine)
        with desk.owner() as db:
            db.execute("update claim set closed_at = now(), closed_why = 'withdrawn' where claim_id = %s", (withdrawn,))

        assert [c.claim_id for c in self.behind(supervisor)] == [late, early]
        assert cells(counted(supervisor))[7, 9][0] == 2

    @pytest.mark.parametrize("folded", [False, True])
    def test_follow_the_filters(self, desk, client, supervisor, folded: bool) -> None:
        other, va = factories.client(), factories.staff(Role.VA, client)
        wanted = factories.claim(client, reported_at=utc(22, 15), jurisdiction="TX", assignee=va.staff_id)
        factories.claim(client, reported_at=utc(22, 15), jurisdiction="TX")
        unknown = factories.claim(client, reported_at=utc(22, 15), jurisdiction=None, assignee=va.staff_id)
        factories.claim(other, reported_at=utc(22, 15), jurisdiction="TX", assignee=va.staff_id)
        question = Question(
            WEEK.first_day,
            WEEK.last_day,
            CHICAGO,
            clients=frozenset({client}),
            jurisdictions=frozenset({"TX"}),
            assignees=frozenset({va.staff_id}),
        )
        in_no_state = replace(WEEK, jurisdictions=frozenset({first_contact.NOT_KNOWN}))
        if folded:
            fold(desk)
        assert [c.claim_id for c in self.behind(supervisor, question)] == [wanted]
        assert [c.claim_id for c in self.behind(supervisor, in_no_state)] == [unknown]
        assert len(self.behind(supervisor, replace(WEEK, jurisdictions=frozenset({"TX"})))) == 3
        assert len(self.behind(supervisor)) == 4

    def test_come_a_page_at_a_time_and_each_once(self, client, supervisor) -> None:
        every = {factories.claim(client, reported_at=utc(22 - n % 2, 15, n % 3)) for n in range(11)}
        both = frozenset({(7, 9), (6, 9)})
        seen: list[Behind] = []
        while page := self.behind(supervisor, cells=both, most=4, last=seen[-1] if seen else None):
            seen += page
        assert [len(seen), {c.claim_id for c in seen}] == [11, every]

    @pytest.mark.parametrize("of", ["a state with none", "a VA with none", "a VA of another client"])
    def test_are_looked_for_only_where_the_filter_has_any(self, client, supervisor, of: str) -> None:
        va, idle = factories.staff(Role.VA, client).staff_id, factories.staff(Role.VA, client).staff_id
        for n in range(20):
            factories.claim(factories.client(), reported_at=utc(22, 15, n))
        factories.claim(client, reported_at=utc(22, 15), assignee=va)
        filters = {
            "a state with none": {"jurisdictions": frozenset({"WY"})},
            "a VA with none": {"assignees": frozenset({idle})},
            "a VA of another client": {"assignees": frozenset({va}), "clients": frozenset({factories.client()})},
        }
        question = Question(WEEK.first_day, WEEK.last_day, CHICAGO, **filters[of])

        for places in self.places_read(supervisor, question):  # once for those missed, once for the others
            assert places == (0 if "state" in of else 1), "not that hour of each of the 22 clients"

    def places_read(self, actor: Actor, question: Question) -> list[int]:
        """Return for each statement of one drill-down how often it went to the claims."""
        statements: list[tuple[str, object]] = []
        with transaction(actor) as tx:
            listen(tx, "before_cursor_execute", lambda *event: statements.append((event[2], event[3])))
            assert first_contact.claims_behind(actor, tx, question, self.SUNDAY_AT_NINE, at=NOW) == []
            plans = [
                tx.exec_driver_sql(f"explain (analyze, format json) {sql}", of).scalar() for sql, of in list(statements)
            ]
        return [
            sum(n["Actual Loops"] for n in _nodes(p[0]["Plan"]) if n.get("Relation Name") == "claim") for p in plans
        ]

    @pytest.mark.parametrize(
        ("paused", "said"), [(timedelta(hours=1), "Clock paused"), (timedelta(0), "Overdue by 2 days")]
    )
    def test_paused_when_they_were_overdue_stay_overdue(self, desk, client, supervisor, paused, said) -> None:
        claim = factories.claim(client, reported_at=utc(22, 15))
        with desk.owner() as db:
            db.execute(
                "insert into clock_pause (client_id, claim_id, starts_at, reason, set_by)"
                " select client_id, claim_id, due_at - %s, 'x', %s from claim where claim_id = %s",
                (paused, supervisor.staff_id, claim),
            )

        [behind] = self.behind(supervisor, at=utc(25, 15))

        assert first_contact.words(behind, at=utc(25, 15)) == said
        assert behind.missed == (said != "Clock paused")

    def test_tell_nothing_of_the_person(self, client, supervisor) -> None:
        factories.claim(client, reported_at=utc(22, 15), family_name="Unmistakable")
        [claim] = self.behind(supervisor)
        assert "Unmistakable" not in repr(claim)

    @pytest.mark.parametrize(
        ("due_in", "reached_after", "paused", "said"),
        [
            (timedelta(hours=9, minutes=10), None, False, "Due in 9 h 10 min"),
            (timedelta(minutes=-45), None, False, "Overdue by 45 min"),
            (timedelta(0), timedelta(hours=5, minutes=3), False, "Reached in 5 h 03 min"),
            (timedelta(hours=-3), timedelta(hours=27), False, "Reached after 27 h"),
            (timedelta(hours=-3), None, True, "Clock paused"),
        ],
    )
    def test_say_how_their_promise_stands(self, due_in, reached_after, paused, said) -> None:
        reported = NOW - timedelta(hours=27)
        reached = reported + reached_after if reached_after else None
        claim = Behind(1, 2, "C-2", "Acme", "IL", reported, NOW + due_in, reached, paused, missed=False)
        assert first_contact.words(claim, at=NOW) == said


def _nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for below in plan.get("Plans", ()):
        yield from _nodes(below)
