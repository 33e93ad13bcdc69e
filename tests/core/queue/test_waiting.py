"""What a scope's list and figures show."""

import json
from datetime import timedelta

import pytest

from core import contact, intake, queue, worklist
from core.access import NotAllowed, Role
from core.clocks import soon_below
from core.live import milliseconds, snapshots
from core.queue.lists import STAGES
from core.transactions import acting, transaction
from tests import factories
from tests.core.live.listeners import snapshot, tally
from tests.factories import NOW

pytestmark = pytest.mark.usefixtures("desk")


class TestTheQueue:
    def test_the_most_urgent_claim_comes_first_and_what_is_over_is_not_on_it(self) -> None:
        client = factories.client()
        nurse = factories.staff(Role.CLINICAL, client)
        later = factories.claim(client, due_at=NOW + timedelta(hours=9))
        sooner = factories.claim(client, due_at=NOW + timedelta(hours=1))
        factories.claim(client, first_contact_at=NOW, first_contact_by=nurse.staff_id)

        assert list(snapshot(nurse).rows) == [(client, sooner), (client, later)]

    def test_a_va_sees_her_clients_and_a_supervisor_all(self) -> None:
        client, other = factories.client(), factories.client()
        mine, theirs = factories.claim(client), factories.claim(other)
        va, supervisor = factories.staff(Role.VA, client), factories.staff(Role.SUPERVISOR)

        assert set(snapshot(va).rows) == {(client, mine)}
        assert set(snapshot(supervisor).rows) == {(client, mine), (other, theirs)}

    def test_a_claim_handed_over_from_another_client_is_not_on_the_list_of_the_scope(self) -> None:
        client, other = factories.client(), factories.client()
        va = factories.staff(Role.VA, client)
        factories.claim(other, assignee=va.staff_id)

        assert snapshot(va).rows == {}

    @pytest.mark.parametrize("role", [Role.ACCOUNT_EXECUTIVE, Role.COMPLIANCE, Role.ADMINISTRATOR])
    def test_other_roles_have_no_list(self, role: Role) -> None:
        with pytest.raises(NotAllowed):
            snapshot(factories.staff(role, factories.client()))

    def test_no_word_about_the_worker_is_on_it(self) -> None:
        client = factories.client()
        factories.claim(client, family_name="Obviously")

        message = snapshots.whole(queue.LIVE_INTAKE.source, snapshot(factories.staff(Role.SUPERVISOR)), 1, clients=None)

        assert "Obviously" not in message
        assert "Robin" not in message

    def test_a_row_says_who_has_it_what_is_missing_and_what_was_tried_last(self, desk) -> None:
        client = factories.client()
        va = factories.staff(Role.VA, client)
        claim = factories.claim(client, assignee=va.staff_id)
        with desk.owner() as db:
            db.execute(
                "insert into intake_question (client_id, claim_id, element, reason, why, opened_at) values"
                " (%(k)s, %(c)s, 'language', 'missing', 'x', %(at)s),"
                " (%(k)s, %(c)s, 'reach', 'phone_unreadable', 'x', %(before)s),"
                " (%(k)s, %(c)s, 'reach', 'email_unreadable', 'x', %(at)s)",
                {"k": client, "c": claim, "at": NOW, "before": NOW - timedelta(hours=1)},
            )
            for hours, outcome in ((3, "no_answer"), (1, "voicemail")):
                db.execute(
                    "insert into contact_attempt (client_id, claim_id, at, by_id, party, method, outcome)"
                    " values (%s, %s, %s, %s, 'worker', 'phone', %s)",
                    (client, claim, NOW - timedelta(hours=hours), va.staff_id, outcome),
                )

        row = snapshot(va).rows[client, claim]

        assert row.assignee == va.name
        assert row.missing == ["reach", "language"]
        assert (row.last_party, row.last_method, row.last_outcome) == ("worker", "phone", "voicemail")
        assert row.last_at == NOW - timedelta(hours=1)

    def test_its_stage_is_the_first_that_holds(self) -> None:
        bare = queue.Waiting(
            1, 1, "C-1", "Client", None, NOW, NOW, None, [], None, None, None, None, None, None, [], None
        )
        asked = bare._replace(missing=["reach"])
        tried = asked._replace(last_at=NOW)
        paused = tried._replace(paused_at=NOW)

        assert [queue.stage(row) for row in (bare, asked, tried, paused)] == list(STAGES)

    def test_no_more_than_asked_for_and_then_the_most_urgent(self) -> None:
        client = factories.client()
        claims = [factories.claim(client, due_at=NOW + timedelta(hours=hours)) for hours in (3, 1, 2)]

        found = snapshot(factories.staff(Role.SUPERVISOR), most=2)

        assert [claim for _, claim in found.rows] == [claims[1], claims[2]]
        assert found.counts["open"] == 3


class TestTheFigures:
    def test_open_unassigned_due_soon_and_overdue(self) -> None:
        client = factories.client()
        va = factories.staff(Role.VA, client)
        for minutes in (-30, 0, 239, 240):
            due_at = NOW + timedelta(minutes=minutes)
            factories.claim(client, due_at=due_at, reported_at=due_at - timedelta(hours=24))
        factories.claim(client, due_at=NOW + timedelta(hours=20), assignee=va.staff_id)

        stands = tally(va)

        assert (stands.open, stands.unassigned, stands.soon, stands.overdue) == (5, 4, 2, 1)

    @pytest.mark.parametrize("promised", [2, 8, 16, 24, 72])
    def test_soon_is_one_rule_for_the_figure_the_rows_and_the_page(self, promised: int) -> None:
        client = factories.client()
        wall = timedelta(hours=promised)
        for minutes in (10, 29, 30, 119, 120, 239, 240, 300):
            due_at = NOW + timedelta(minutes=minutes)
            factories.claim(client, due_at=due_at, reported_at=due_at - wall)

        found = snapshot(factories.staff(Role.SUPERVISOR))
        sent = json.loads(snapshots.whole(queue.LIVE_INTAKE.source, found, 1, clients=None))
        clocks = [row[2 + sent["columns"].index("due")] for row in sent["rows"]]

        by_the_rule = sum(row.due_at - NOW < soon_below(wall) for row in found.rows.values())
        assert by_the_rule == {2: 2, 8: 4, 16: 6, 24: 6, 72: 6}[promised]
        assert found.counts["soon"] == by_the_rule
        assert sum(due - sent["at"] < soon for due, soon, *_ in clocks) == by_the_rule

    def test_a_paused_claim_is_neither_due_nor_overdue(self, desk) -> None:
        client = factories.client()
        supervisor = factories.staff(Role.SUPERVISOR)
        for minutes in (-30, 30):
            claim = factories.claim(client, due_at=NOW + timedelta(minutes=minutes))
            with desk.owner() as db:
                db.execute(
                    "insert into clock_pause (client_id, claim_id, starts_at, reason, set_by) values (%s, %s, %s, 'x', %s)",
                    (client, claim, NOW - timedelta(hours=1), supervisor.staff_id),
                )

        stands = tally(supervisor)

        assert (stands.open, stands.soon, stands.overdue, stands.decided_today) == (2, 0, 0, 0)

    def test_a_claim_paused_when_it_was_overdue_stays_overdue(self, desk) -> None:
        client, due_at = factories.client(), NOW - timedelta(minutes=30)
        supervisor = factories.staff(Role.SUPERVISOR)
        claim = factories.claim(client, due_at=due_at)
        before = snapshot(supervisor).rows, tally(supervisor)
        for starts_at in (due_at, NOW):
            with desk.owner() as db:
                db.execute("delete from clock_pause")
                db.execute(
                    "insert into clock_pause (client_id, claim_id, starts_at, reason, set_by) values (%s, %s, %s, 'x', %s)",
                    (client, claim, starts_at, supervisor.staff_id),
                )

            stands = tally(supervisor)
            rows = {key: row._replace(paused_late_at=None) for key, row in snapshot(supervisor).rows.items()}

            assert (rows, stands) == before
            assert (stands.overdue, stands.decided_today, stands.decided_week) == (1, 1, 1)

    def test_a_pause_that_came_too_late_or_by_a_correction_does_is_told_beside_the_overdue(self, desk) -> None:
        client, supervisor = factories.client(), factories.staff(Role.SUPERVISOR)
        claim = factories.claim(client, due_at=NOW + timedelta(hours=1))
        with acting(supervisor) as tx:
            contact.pause_clock(supervisor, tx, client_id=client, claim_id=claim, reason="Attorney.", at=NOW)
        [paused] = snapshot(supervisor).rows.values()
        with acting(supervisor) as tx:
            intake.correct_report(
                supervisor, tx, client_id=client, claim_id=claim, reported_at=NOW - timedelta(days=2),
                reason="As on the fax.", seen=NOW - timedelta(hours=2), at=NOW,
            )  # fmt: skip

        [late] = snapshot(supervisor).rows.values()

        assert (paused.paused_at, paused.paused_late_at) == (NOW, None)
        assert (late.paused_at, late.paused_late_at, late.due_at < NOW) == (None, NOW, True)
        assert queue.LIVE_INTAKE.source.cells(late)[0][2:] == (None, milliseconds(NOW))
        with transaction(supervisor) as tx:
            [item] = [each for each in worklist.items(supervisor, tx, at=NOW) if each.kind == 1]
        assert worklist.MY_WORK.source.cells(item)[0][2:] == (None, milliseconds(NOW))

    @pytest.mark.parametrize(("timezone", "decided"), [("America/Chicago", 0), ("UTC", 2)])
    def test_what_is_decided_today_is_decided_on_the_clients_day(self, timezone: str, decided: int) -> None:
        client = factories.client(timezone=timezone)
        nurse = factories.staff(Role.CLINICAL, client)
        late_in_the_evening = NOW.replace(hour=4)  # of the day before in Chicago
        factories.claim(client, due_at=late_in_the_evening)
        factories.claim(client, first_contact_at=late_in_the_evening, first_contact_by=nurse.staff_id,
                        reported_at=late_in_the_evening - timedelta(hours=2))  # fmt: skip

        stands = tally(nurse)

        assert (stands.decided_today, stands.decided_week) == (decided, 2)

    def test_promises_count_when_they_are_kept_or_missed_whichever_comes_first(self) -> None:
        client = factories.client()
        nurse = factories.staff(Role.CLINICAL, client)
        hour = timedelta(hours=1)

        def reached(reported: timedelta, after: timedelta) -> None:
            at = NOW - reported
            factories.claim(client, reported_at=at, first_contact_at=at + after, first_contact_by=nurse.staff_id)

        reached(4 * hour, 2 * hour)  # kept, today
        reached(49 * hour, 24 * hour)  # kept at the very last, yesterday
        reached(30 * hour, 29 * hour)  # missed six hours ago, today (03:00 in Chicago)
        reached(60 * hour, 59 * hour)  # missed the day before yesterday, though reached today
        reached(240 * hour, 2 * hour)  # kept before the week
        reached(200 * hour, 199 * hour)  # missed before the week, reached today
        factories.claim(client, reported_at=NOW - 26 * hour)  # not reached, missed two hours ago
        factories.claim(client, reported_at=NOW - 2 * hour)  # undecided

        stands = tally(nurse)

        assert (stands.kept_today, stands.decided_today) == (1, 3)
        assert (stands.kept_week, stands.decided_week) == (2, 5)
