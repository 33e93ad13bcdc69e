"""The live lists: what a scope shows, what is pushed on a change, and what happens to those who may not look any more."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from datetime import timedelta
from secrets import token_bytes
from typing import Any

import psycopg
import pytest

from core import instant, live
from core.access import Actor, NotAllowed, Role
from core.live import snapshots, viewers
from core.transactions import transaction
from db import session
from tests import factories
from tests.factories import NOW

pytestmark = pytest.mark.usefixtures("desk")

PATIENCE = 30.0
"""Seconds after which a message that does not come is a failure."""


@pytest.fixture(autouse=True)
def at_nine(desk) -> Iterator[None]:
    instant.set_clock(lambda: NOW)
    yield
    instant.set_clock(None)


def snapshot(actor: Actor, *, most: int = live.MOST) -> live.Snapshot:
    with transaction(actor) as tx:
        return live.read(actor, tx, at=NOW, most=most)


def signed_in(desk, actor: Actor) -> bytes:
    """Open a session for *actor*; the digest of its token."""
    digest = token_bytes(32)
    with desk.owner() as db:
        db.execute(
            "insert into staff_session (token_hash, staff_id, issued_at, last_seen_at) values (%s, %s, %s, %s)",
            (digest, actor.staff_id, NOW, NOW),
        )
    return digest


@asynccontextmanager
async def listening(desk) -> AsyncIterator[live.Hub]:
    hub = live.Hub()
    hub.start(session.libpq_address())
    try:
        async with asyncio.timeout(PATIENCE):
            while not hub.standing().listening:  # its first reading of everything is no test's
                await asyncio.sleep(0.01)
        yield hub
    finally:
        await hub.stop()


async def hear(viewer: live.Viewer) -> dict[str, Any] | None:
    async with asyncio.timeout(PATIENCE):
        message = await viewer.next()
    return None if message is None else json.loads(message)


async def hear_news(viewer: live.Viewer) -> dict[str, Any]:
    """Return the next message that says more than that nothing changed: the listener says so too when it begins."""
    while (message := await hear(viewer)) is not None:
        if message["t"] != "still":
            return message
    raise AssertionError("the board ended")


async def hear_until(viewer: live.Viewer, kind: str) -> dict[str, Any]:
    while (message := await hear(viewer)) is not None:
        if message["t"] == kind:
            return message
    raise AssertionError(f"the board ended before it was told {kind}")


def run(desk, scene: Callable[[live.Hub], Awaitable[None]]) -> None:
    async def play() -> None:
        async with listening(desk) as hub:
            await scene(hub)

    asyncio.run(play())


def announced(desk, client: int, *statements: tuple[str, tuple[Any, ...]]) -> None:
    with desk.owner() as db, db.transaction():
        for sql, values in statements:
            db.execute(sql, values)
        db.execute("select pg_notify('desk_claim', %s)", (json.dumps({"client": client, "claims": None}),))


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

        message = snapshots.whole(snapshot(factories.staff(Role.SUPERVISOR)), 1)

        assert "Obviously" not in message
        assert "Robin" not in message

    def test_a_row_says_who_has_it_what_is_missing_and_what_was_tried_last(self, desk) -> None:
        client = factories.client()
        va = factories.staff(Role.VA, client)
        claim = factories.claim(client, assignee=va.staff_id)
        with desk.owner() as db:
            db.execute(
                "insert into intake_question (client_id, claim_id, element, why, opened_at) values"
                " (%(k)s, %(c)s, 'language', 'x', %(at)s), (%(k)s, %(c)s, 'reach', 'x', %(before)s)",
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
        bare = live.Waiting(1, 1, "C-1", "Client", None, NOW, NOW, None, [], None, None, None, None, None, None)
        asked = bare._replace(missing=["reach"])
        tried = asked._replace(last_at=NOW)
        paused = tried._replace(paused_at=NOW)

        assert [snapshots.stage(row) for row in (bare, asked, tried, paused)] == [
            "ready", "intake", "attempted", "paused"
        ]  # fmt: skip

    def test_no_more_than_asked_for_and_then_the_most_urgent(self) -> None:
        client = factories.client()
        claims = [factories.claim(client, due_at=NOW + timedelta(hours=hours)) for hours in (3, 1, 2)]

        found = snapshot(factories.staff(Role.SUPERVISOR), most=2)

        assert [claim for _, claim in found.rows] == [claims[1], claims[2]]
        assert found.tally.open == 3


class TestTheFigures:
    def test_open_unassigned_due_within_four_hours_and_overdue(self) -> None:
        client = factories.client()
        va = factories.staff(Role.VA, client)
        for minutes in (-30, 0, 239, 240):
            factories.claim(client, due_at=NOW + timedelta(minutes=minutes))
        factories.claim(client, due_at=NOW + timedelta(hours=20), assignee=va.staff_id)

        tally = snapshot(va).tally

        assert (tally.open, tally.unassigned, tally.soon, tally.overdue) == (5, 4, 2, 1)

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

        tally = snapshot(supervisor).tally

        assert (tally.open, tally.soon, tally.overdue, tally.decided_today) == (2, 0, 0, 0)

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

        tally = snapshot(nurse).tally

        assert (tally.kept_today, tally.decided_today) == (1, 3)
        assert (tally.kept_week, tally.decided_week) == (2, 5)


class TestWhatIsPushed:
    def test_a_viewer_begins_with_the_whole_list_and_then_hears_of_what_changed(self, desk) -> None:
        client = factories.client()
        untouched, claim = factories.claim(client), factories.claim(client)
        supervisor = factories.staff(Role.SUPERVISOR)

        async def scene(hub: live.Hub) -> None:
            viewer = await hub.join(supervisor, signed_in(desk, supervisor))
            first = await hear_until(viewer, "snapshot")
            assert {row[1] for row in first["rows"]} == {untouched, claim}

            announced(
                desk, client,
                ("update claim set assignee_id = %s, assigned_at = %s where claim_id = %s", (supervisor.staff_id, NOW, claim)),
            )  # fmt: skip
            change = await hear_until(viewer, "diff")

            assert (change["from"], change["v"]) == (first["v"], first["v"] + 1)
            assert [(row[1], row[first["columns"].index("who")]) for row in change["rows"]] == [
                (claim, supervisor.name)
            ]
            assert change["gone"] == []

        run(desk, scene)

    def test_a_claim_that_was_reached_leaves_the_list(self, desk) -> None:
        client = factories.client()
        nurse = factories.staff(Role.CLINICAL, client)
        claim = factories.claim(client)

        async def scene(hub: live.Hub) -> None:
            viewer = await hub.join(nurse, signed_in(desk, nurse))
            await hear_until(viewer, "snapshot")
            announced(
                desk, client,
                ("update claim set first_contact_at = %s, first_contact_by = %s where claim_id = %s", (NOW, nurse.staff_id, claim)),
            )  # fmt: skip
            change = await hear_until(viewer, "diff")
            assert change["gone"] == [[client, claim]]
            assert change["counts"]["kept_today"] == 1

        run(desk, scene)

    def test_rows_and_counts_are_of_one_moment(self, desk, monkeypatch) -> None:
        client = factories.client()
        factories.claim(client)
        supervisor = factories.staff(Role.SUPERVISOR)
        queue = snapshots.queue

        def overtaken(*args, **named):
            rows = queue(*args, **named)
            factories.claim(client)
            return rows

        monkeypatch.setattr(snapshots, "queue", overtaken)

        async def scene(hub: live.Hub) -> None:
            whole = await hear_until(await hub.join(supervisor, signed_in(desk, supervisor)), "snapshot")
            assert whole["counts"]["open"] == len(whole["rows"]) == 1

        run(desk, scene)

    def test_many_viewers_of_one_scope_cost_the_reading_of_one(self, desk, monkeypatch) -> None:
        client = factories.client()
        factories.claim(client)
        supervisor = factories.staff(Role.SUPERVISOR)
        readings = []
        read = snapshots.read
        monkeypatch.setattr(snapshots, "read", lambda *args, **named: readings.append(1) or read(*args, **named))

        async def scene(hub: live.Hub) -> None:
            token = signed_in(desk, supervisor)
            looking = [await hub.join(supervisor, token) for _ in range(20)]
            for viewer in looking:
                await hear_until(viewer, "snapshot")
            readings.clear()
            factories.claim(client)
            announced(desk, client)
            changes = [await hear_until(viewer, "diff") for viewer in looking]
            assert len({json.dumps(change) for change in changes}) == 1
            assert len(readings) == 1

        run(desk, scene)

    def test_a_scope_is_not_read_for_a_client_outside_it(self, desk, monkeypatch) -> None:
        client, other = factories.client(), factories.client()
        va, supervisor = factories.staff(Role.VA, client), factories.staff(Role.SUPERVISOR)
        readers = []
        read = snapshots.read
        monkeypatch.setattr(
            snapshots, "read", lambda actor, tx, **named: readers.append(actor.role) or read(actor, tx, **named)
        )

        async def scene(hub: live.Hub) -> None:
            await hear_until(await hub.join(va, signed_in(desk, va)), "snapshot")
            everything = await hub.join(supervisor, signed_in(desk, supervisor))
            await hear_until(everything, "snapshot")
            readers.clear()
            factories.claim(other)
            announced(desk, other)
            await hear_until(everything, "diff")
            assert readers == [Role.SUPERVISOR]

        run(desk, scene)

    def test_a_slow_viewer_gets_a_fresh_list_and_holds_nobody_up(self, desk) -> None:
        client = factories.client()
        factories.claim(client)
        supervisor = factories.staff(Role.SUPERVISOR)

        async def scene(hub: live.Hub) -> None:
            token = signed_in(desk, supervisor)
            quick, slow = await hub.join(supervisor, token), await hub.join(supervisor, token)
            await hear_until(quick, "snapshot")
            await hear_until(slow, "snapshot")
            for _ in range(viewers.WAITING + 1):
                factories.claim(client)
                announced(desk, client)
                newest = await hear_until(quick, "diff")
            fresh = await hear(slow)
            assert (fresh["t"], fresh["v"]) == ("snapshot", newest["v"])
            assert len(fresh["rows"]) == viewers.WAITING + 2

        run(desk, scene)

    def test_silence_is_broken_to_say_that_nothing_changed(self, desk, monkeypatch) -> None:
        monkeypatch.setattr(viewers, "HEARTBEAT", 0.01)
        supervisor = factories.staff(Role.SUPERVISOR)

        async def scene(hub: live.Hub) -> None:
            viewer = await hub.join(supervisor, signed_in(desk, supervisor))
            first = await hear_until(viewer, "snapshot")
            assert (await hear_until(viewer, "still"))["v"] == first["v"]

        run(desk, scene)


class TestWhoMayLook:
    def test_a_revoked_session_is_told_goodbye_and_sees_nothing_more(self, desk) -> None:
        client = factories.client()
        supervisor = factories.staff(Role.SUPERVISOR)
        token = signed_in(desk, supervisor)

        async def scene(hub: live.Hub) -> None:
            viewer = await hub.join(supervisor, token)
            await hear_until(viewer, "snapshot")
            with desk.owner() as db, db.transaction():
                number = db.execute(
                    "update staff_session set ended_at = %s, ended_why = 'test' where token_hash = %s returning session_id",
                    (NOW, token),
                ).fetchone()[0]
                db.execute(
                    "select pg_notify('desk_access', %s)",
                    (json.dumps({"staff": supervisor.staff_id, "session": number}),),
                )
            await hear_until(viewer, "bye")
            factories.claim(client)
            announced(desk, client)
            assert await hear(viewer) is None

        run(desk, scene)

    def test_a_person_who_was_disabled_is_told_goodbye(self, desk) -> None:
        va = factories.staff(Role.VA, factories.client())

        async def scene(hub: live.Hub) -> None:
            viewer = await hub.join(va, signed_in(desk, va))
            await hear_until(viewer, "snapshot")
            with desk.owner() as db:
                db.execute("update staff set active = false where staff_id = %s", (va.staff_id,))
            await hear_until(viewer, "bye")

        run(desk, scene)

    def test_a_role_without_a_list_is_told_goodbye(self, desk) -> None:
        va = factories.staff(Role.VA, factories.client())

        async def scene(hub: live.Hub) -> None:
            viewer = await hub.join(va, signed_in(desk, va))
            await hear_until(viewer, "snapshot")
            with desk.owner() as db:
                db.execute("update staff set role = 'compliance' where staff_id = %s", (va.staff_id,))
            await hear_until(viewer, "bye")

        run(desk, scene)

    def test_other_clients_empty_the_board_before_their_claims_come(self, desk) -> None:
        client, other = factories.client(), factories.client()
        factories.claim(client)
        theirs = factories.claim(other)
        va = factories.staff(Role.VA, client)

        async def scene(hub: live.Hub) -> None:
            viewer = await hub.join(va, signed_in(desk, va))
            await hear_until(viewer, "snapshot")
            with desk.owner() as db, db.transaction():
                db.execute("delete from staff_client where staff_id = %s", (va.staff_id,))
                db.execute("insert into staff_client (staff_id, client_id) values (%s, %s)", (va.staff_id, other))
            assert (await hear_news(viewer))["t"] == "empty"
            assert [row[1] for row in (await hear_until(viewer, "snapshot"))["rows"]] == [theirs]

        run(desk, scene)

    def test_colleagues_of_the_scope_do_not_lose_a_row_when_one_of_them_leaves_it(self, desk) -> None:
        client = factories.client()
        claim = factories.claim(client)
        leaves, stays = factories.staff(Role.SUPERVISOR), factories.staff(Role.SUPERVISOR)

        async def scene(hub: live.Hub) -> None:
            left = await hub.join(leaves, signed_in(desk, leaves))
            here = await hub.join(stays, signed_in(desk, stays))
            await hear_until(left, "snapshot")
            await hear_until(here, "snapshot")
            with desk.owner() as db, db.transaction():
                db.execute("update staff set role = 'va' where staff_id = %s", (leaves.staff_id,))
                new = db.execute("select max(claim_id) + 1 from claim").fetchone()[0]
                db.execute("select pg_notify('desk_claim', %s)", (json.dumps({"client": client, "claims": [new]}),))
            assert (await hear_until(left, "snapshot"))["rows"] == []
            factories.claim(client)
            announced(desk, client)
            change = await hear_until(here, "diff")
            assert change["gone"] == []
            assert (client, claim) in hub._boards[None].latest.rows

        run(desk, scene)

    def test_one_who_idled_out_is_shown_no_later_change_and_is_told_goodbye(self, desk) -> None:
        client = factories.client()
        supervisor = factories.staff(Role.SUPERVISOR)

        async def scene(hub: live.Hub) -> None:
            viewer = await hub.join(supervisor, signed_in(desk, supervisor))
            await hear_until(viewer, "snapshot")
            instant.set_clock(lambda: NOW + timedelta(minutes=15))
            factories.claim(client)
            announced(desk, client)
            assert (await hear_news(viewer))["t"] == "bye"

        run(desk, scene)

    def test_one_who_did_something_meanwhile_looks_on(self, desk) -> None:
        client = factories.client()
        supervisor = factories.staff(Role.SUPERVISOR)

        async def scene(hub: live.Hub) -> None:
            viewer = await hub.join(supervisor, signed_in(desk, supervisor))
            await hear_until(viewer, "snapshot")
            with desk.owner() as db:
                db.execute("update staff_session set last_seen_at = last_seen_at + interval '10 minutes'")
            instant.set_clock(lambda: NOW + timedelta(minutes=15))
            claim = factories.claim(client)
            announced(desk, client)
            while [client, claim] not in [row[:2] for row in (await hear_news(viewer)).get("rows", [])]:
                pass

        run(desk, scene)

    def test_a_token_that_is_no_good_at_the_door_is_no_good_here(self, desk) -> None:
        supervisor = factories.staff(Role.SUPERVISOR)

        async def scene(hub: live.Hub) -> None:
            assert (await hear(await hub.join(supervisor, token_bytes(32))))["t"] == "bye"

        run(desk, scene)


class TestALostDatabase:
    def test_boards_are_told_that_they_are_stale_and_catch_up(self, desk) -> None:
        client = factories.client()
        factories.claim(client)
        supervisor = factories.staff(Role.SUPERVISOR)

        async def scene(hub: live.Hub) -> None:
            viewer = await hub.join(supervisor, signed_in(desk, supervisor))
            first = await hear_until(viewer, "snapshot")
            # Only the server's administrator sees what another role's connection does.
            with psycopg.connect(
                desk.admin_url.set(drivername="postgresql").render_as_string(hide_password=False)
            ) as db:
                db.execute(
                    "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database()"
                    " and query ilike 'listen%' and pid <> pg_backend_pid()"
                )
            late = factories.claim(client)  # nobody listens, nothing is announced
            assert (await hear_until(viewer, "stale"))["since"] == int(NOW.timestamp() * 1000)
            change = await hear_until(viewer, "diff")
            assert [row[1] for row in change["rows"]] == [late]
            assert change["from"] == first["v"]
            await hear_until(viewer, "still")
            assert hub.standing().stale_since is None

        run(desk, scene)


def test_every_access_notification_is_passed_on(desk) -> None:
    va = factories.staff(Role.VA, factories.client())

    async def scene() -> None:
        heard: asyncio.Queue[str] = asyncio.Queue()
        hub = live.Hub()
        hub.start(session.libpq_address(), on_access=[heard.put_nowait])
        supervisor = factories.staff(Role.SUPERVISOR)
        viewer = await hub.join(supervisor, signed_in(desk, supervisor))
        await hear_until(viewer, "snapshot")
        try:
            # The listener may still be on its way: say it until it is heard.
            for _ in range(100):
                with desk.owner() as db:
                    db.execute("update staff set version = version + 1 where staff_id = %s", (va.staff_id,))
                try:
                    async with asyncio.timeout(0.5):
                        assert json.loads(await heard.get()) == {"staff": va.staff_id}
                    return
                except TimeoutError:
                    continue
            raise AssertionError("nothing was passed on")
        finally:
            await hub.stop()

    asyncio.run(scene())
