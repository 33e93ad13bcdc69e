"""What is pushed on a change, and what happens while the database is away."""

import asyncio
import json
import threading
from collections.abc import Callable
from datetime import datetime, timedelta

import psycopg
import pytest
from sqlalchemy import Connection

from core import instant, live, queue
from core.access import Actor, Role
from core.live import listener, pages_first, viewers
from core.queue import waiting
from tests import factories, loops
from tests.core.live.listeners import (
    PATIENCE,
    announced,
    hear,
    hear_news,
    hear_until,
    join,
    listening,
    run,
    signed_in,
    until,
)
from tests.factories import NOW

pytestmark = pytest.mark.usefixtures("desk")


def counting(monkeypatch, before: Callable[[Actor], object]) -> None:
    """Have *before* called with whoever reads the queue, each time that it is read."""
    source = queue.LIVE_INTAKE.source
    read = source.read

    def reading(actor: Actor, tx: Connection, at: datetime) -> live.Snapshot:
        before(actor)
        return read(actor, tx, at)

    monkeypatch.setitem(source.__dict__, "read", reading)


class TestWhatIsPushed:
    def test_a_viewer_begins_with_the_whole_list_and_then_hears_of_what_changed(self, desk) -> None:
        client = factories.client()
        untouched, claim = factories.claim(client), factories.claim(client)
        supervisor = factories.staff(Role.SUPERVISOR)

        async def scene(hub: live.Hub) -> None:
            viewer = await join(hub, supervisor, signed_in(desk, supervisor))
            first = await hear_until(viewer, "snapshot")
            assert {row[1] for row in first["rows"]} == {untouched, claim}

            announced(
                desk, client,
                ("update claim set assignee_id = %s, assigned_at = %s where claim_id = %s", (supervisor.staff_id, NOW, claim)),
            )  # fmt: skip
            change = await hear_until(viewer, "diff")

            assert (change["from"], change["v"]) == (first["v"], first["v"] + 1)
            assert [(row[1], row[2 + first["columns"].index("who")]) for row in change["rows"]] == [
                (claim, [supervisor.staff_id, supervisor.name])
            ]
            assert change["gone"] == []

        run(desk, scene)

    def test_a_claim_that_was_reached_leaves_the_list(self, desk) -> None:
        client = factories.client()
        nurse = factories.staff(Role.CLINICAL, client)
        claim = factories.claim(client)

        async def scene(hub: live.Hub) -> None:
            viewer = await join(hub, nurse, signed_in(desk, nurse))
            await hear_until(viewer, "snapshot")
            announced(
                desk, client,
                ("update claim set first_contact_at = %s, first_contact_by = %s where claim_id = %s", (NOW, nurse.staff_id, claim)),
            )  # fmt: skip
            change = await hear_until(viewer, "diff")
            assert change["gone"] == [[client, claim]]
            assert change["notes"][0][0] == "1 of 1 in time today"

        run(desk, scene)

    def test_a_change_while_everybodys_right_is_being_asked_comes_with_the_answer(self, desk, monkeypatch) -> None:
        client = factories.client()
        factories.claim(client)
        supervisor = factories.staff(Role.SUPERVISOR)
        held: list[tuple] = []

        async def scene(hub: live.Hub) -> None:
            viewer = await join(hub, supervisor, signed_in(desk, supervisor))
            await hear_until(viewer, "snapshot")
            answer = hub._schedule_answer
            monkeypatch.setattr(hub, "_schedule_answer", lambda *told: held.append(told))
            with desk.owner() as db:
                db.execute("select pg_notify('desk_access', %s)", (json.dumps({"staff": supervisor.staff_id}),))
            await until(lambda: bool(held))
            claim = factories.claim(client)
            announced(desk, client)
            await until(lambda: viewer.board.unread)

            answer(*held[0])

            shown: set[int] = set()
            async with asyncio.timeout(PATIENCE):
                while claim not in shown:  # perhaps first what was known before
                    shown |= {row[1] for row in (await hear_news(viewer)).get("rows", ())}

        monkeypatch.setattr(listener, "READ_EVERY", 3600.0)  # it waits for no reading anew
        run(desk, scene)

    def test_rows_and_counts_are_of_one_moment(self, desk, monkeypatch) -> None:
        client = factories.client()
        factories.claim(client)
        supervisor = factories.staff(Role.SUPERVISOR)
        read_queue = waiting.queue

        def overtaken(*args, **named):
            rows = read_queue(*args, **named)
            factories.claim(client)
            return rows

        monkeypatch.setattr(waiting, "queue", overtaken)

        async def scene(hub: live.Hub) -> None:
            whole = await hear_until(await join(hub, supervisor, signed_in(desk, supervisor)), "snapshot")
            assert whole["counts"]["open"] == len(whole["rows"]) == 1

        run(desk, scene)

    def test_a_change_after_a_rest_is_read_at_once(self, desk, monkeypatch) -> None:
        monkeypatch.setattr(listener, "BURST", 3600.0)
        client = factories.client()
        factories.claim(client)
        supervisor = factories.staff(Role.SUPERVISOR)

        async def scene(hub: live.Hub) -> None:
            viewer = await join(hub, supervisor, signed_in(desk, supervisor))
            await hear_until(viewer, "snapshot")
            claim = factories.claim(client)
            announced(desk, client)
            assert [row[1] for row in (await hear_until(viewer, "diff"))["rows"]] == [claim]

        run(desk, scene)

    def test_what_is_announced_within_the_rest_is_read_once(self, desk, monkeypatch) -> None:
        monkeypatch.setattr(listener, "BURST", 1.5)
        client = factories.client()
        supervisor = factories.staff(Role.SUPERVISOR)

        async def scene(hub: live.Hub) -> None:
            viewer = await join(hub, supervisor, signed_in(desk, supervisor))
            await hear_until(viewer, "snapshot")
            factories.claim(client)
            announced(desk, client)
            await hear_until(viewer, "diff")
            readings = []
            counting(monkeypatch, lambda *_: readings.append(1))
            claims = {factories.claim(client) for _ in range(3)}
            for _ in claims:
                announced(desk, client)
            assert {row[1] for row in (await hear_until(viewer, "diff"))["rows"]} == claims
            assert len(readings) == 1

        run(desk, scene)

    def test_many_viewers_of_one_scope_cost_the_reading_of_one(self, desk, monkeypatch) -> None:
        client = factories.client()
        factories.claim(client)
        supervisor = factories.staff(Role.SUPERVISOR)
        readings = []
        counting(monkeypatch, lambda *_: readings.append(1))

        async def scene(hub: live.Hub) -> None:
            token = signed_in(desk, supervisor)
            looking = [await join(hub, supervisor, token) for _ in range(20)]
            for viewer in looking:
                await hear_until(viewer, "snapshot")
            readings.clear()
            factories.claim(client)
            announced(desk, client)
            changes = [await hear_until(viewer, "diff") for viewer in looking]
            assert len({json.dumps(change) for change in changes}) == 1
            assert len(readings) == 1

        run(desk, scene)

    def test_many_who_come_while_the_first_reading_is_under_way_wait_for_it(self, desk, monkeypatch) -> None:
        factories.claim(factories.client())
        supervisor = factories.staff(Role.SUPERVISOR)
        readings, may_end = [], threading.Event()

        def held(_: Actor) -> None:
            readings.append(1)
            may_end.wait()

        counting(monkeypatch, held)

        async def scene(hub: live.Hub) -> None:
            token = signed_in(desk, supervisor)
            try:
                looking = [await join(hub, supervisor, token) for _ in range(4)]
            finally:
                may_end.set()
            await asyncio.gather(*listener._answers)
            for viewer in looking:
                await hear_until(viewer, "snapshot")
            assert len(readings) == 1

        run(desk, scene)

    def test_a_scope_is_not_read_for_a_client_outside_it(self, desk, monkeypatch) -> None:
        client, other = factories.client(), factories.client()
        va, supervisor = factories.staff(Role.VA, client), factories.staff(Role.SUPERVISOR)
        readers = []
        counting(monkeypatch, lambda actor: readers.append(actor.role))

        async def scene(hub: live.Hub) -> None:
            await hear_until(await join(hub, va, signed_in(desk, va)), "snapshot")
            everything = await join(hub, supervisor, signed_in(desk, supervisor))
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
            quick, slow = await join(hub, supervisor, token), await join(hub, supervisor, token)
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

    def test_who_comes_to_a_list_read_a_while_ago_is_told_what_time_it_is_by_now(self, desk, monkeypatch) -> None:
        monkeypatch.setattr(viewers, "HEARTBEAT", 2 * PATIENCE)
        supervisor = factories.staff(Role.SUPERVISOR)

        async def scene(hub: live.Hub) -> None:
            token = signed_in(desk, supervisor)
            await hear_until(await join(hub, supervisor, token), "snapshot")
            later = NOW + timedelta(seconds=50)
            instant.set_clock(lambda: later)
            late = await join(hub, supervisor, token)
            first = await hear_until(late, "snapshot")
            assert first["at"] == NOW.timestamp() * 1000
            assert await hear(late) == {"t": "still", "v": first["v"], "at": later.timestamp() * 1000}

        run(desk, scene)

    def test_a_change_that_waits_for_a_page_is_told_before_silence_is_broken(self, desk, monkeypatch) -> None:
        client = factories.client()
        supervisor = factories.staff(Role.SUPERVISOR)

        async def scene(hub: live.Hub) -> None:
            viewer = await join(hub, supervisor, signed_in(desk, supervisor))
            first = await hear_until(viewer, "snapshot")
            monkeypatch.setattr(viewers, "_wake", lambda *_: None)  # a page is being drawn
            monkeypatch.setattr(viewers, "HEARTBEAT", 1.0)
            waits = asyncio.ensure_future(hear(viewer))
            await asyncio.sleep(0)
            factories.claim(client)
            announced(desk, client)
            await until(lambda: viewer.board.version > first["v"])
            message = await waits
            assert message
            assert message["t"] == "diff" or message["v"] == first["v"]

        run(desk, scene)

    def test_silence_is_broken_to_say_that_nothing_changed(self, desk, monkeypatch) -> None:
        monkeypatch.setattr(viewers, "HEARTBEAT", 0.01)
        supervisor = factories.staff(Role.SUPERVISOR)

        async def scene(hub: live.Hub) -> None:
            viewer = await join(hub, supervisor, signed_in(desk, supervisor))
            first = await hear_until(viewer, "snapshot")
            assert (await hear_until(viewer, "still"))["v"] == first["v"]

        run(desk, scene)


@pytest.mark.parametrize("channel", ["desk_claim", "desk_access"])
def test_what_another_role_of_the_server_announces_is_dropped(desk, caplog, channel: str) -> None:
    """Whoever may connect may announce: the listener neither falls over it nor passes it on."""
    payloads = ["", "not json", "[" * 5000, "5", "null", "[1]", "{}", '{"client": [1]}', '{"client": "1", "staff": {}}']
    client = factories.client()
    supervisor = factories.staff(Role.SUPERVISOR)

    async def scene(hub: live.Hub) -> None:
        passed_on: list[str] = []
        hub._on_access = (passed_on.append,)
        viewer = await join(hub, supervisor, signed_in(desk, supervisor))
        await hear_until(viewer, "snapshot")
        with desk.owner() as db:
            for payload in payloads:
                db.execute("select pg_notify(%s, %s)", (channel, payload))
        factories.claim(client)
        announced(desk, client)

        await hear_until(viewer, "diff")

        assert passed_on == []

    run(desk, scene)
    assert "the live lists lost the database" not in caplog.text


def test_the_lists_hear_nothing_any_more_once_they_are_stopped(desk) -> None:
    async def scene() -> live.Hub:
        async with listening(desk) as hub:
            assert hub.reach().listening
        return hub

    assert not loops.run(scene()).reach().listening


class TestManyViewers:
    """A change goes to a few browsers at a time, so that somebody's page can go between them."""

    @staticmethod
    async def told(number: int) -> list[asyncio.Future[str | None]]:
        """Have a board of so many viewers show a change; what each of them hears, once a turn of the loop has passed."""
        board = viewers.Board(queue.LIVE_INTAKE.source, None)
        supervisor = Actor(1, "Sam", "sam", Role.SUPERVISOR, "UTC")
        board.viewers = {viewers.Viewer(supervisor, b"", queue.INTAKE, board, behind=False) for _ in range(number)}
        hearing = [asyncio.ensure_future(viewer.next()) for viewer in board.viewers]
        await asyncio.sleep(0)
        board.show(live.Snapshot({}, {}, [], NOW), 2, "a change")
        await asyncio.sleep(0)
        return hearing

    def test_hear_of_a_change_a_few_at_a_time(self, monkeypatch) -> None:
        monkeypatch.setattr(viewers, "BETWEEN", PATIENCE)

        async def scene() -> int:
            hearing = await self.told(3 * viewers.AT_ONCE)
            return sum(each.done() for each in hearing)

        assert loops.run(scene()) == viewers.AT_ONCE

    def test_hear_of_it_all_of_them(self) -> None:
        async def scene() -> list[str | None]:
            return await asyncio.gather(*await self.told(3 * viewers.AT_ONCE - 1))

        assert loops.run(scene()) == ["a change"] * (3 * viewers.AT_ONCE - 1)

    def test_hear_of_it_once_the_page_is_drawn_that_somebody_asked_for(self, monkeypatch) -> None:
        monkeypatch.setattr(pages_first, "AT_MOST", PATIENCE)

        async def scene() -> tuple[int, list[str | None]]:
            with pages_first.drawing():
                hearing = await self.told(3)
                before = sum(each.done() for each in hearing)
            return before, await asyncio.gather(*hearing)

        assert loops.run(scene()) == (0, ["a change"] * 3)

    def test_and_at_last_however_long_that_takes(self) -> None:
        async def scene() -> list[str | None]:
            with pages_first.drawing():
                return await asyncio.gather(*await self.told(3))

        assert loops.run(scene()) == ["a change"] * 3


def test_a_change_is_read_once_the_page_is_drawn_that_somebody_asked_for(desk, monkeypatch) -> None:
    client, supervisor, meanwhile = factories.client(), factories.staff(Role.SUPERVISOR), []
    claim, waits, wait = factories.claim(client), threading.Event(), pages_first.wait
    monkeypatch.setattr(pages_first, "wait", lambda: (waits.set(), wait()))

    async def scene(hub: live.Hub) -> None:
        viewer = await join(hub, supervisor, signed_in(desk, supervisor))
        await hear_until(viewer, "snapshot")
        counting(monkeypatch, lambda _: meanwhile.append(pages_first.going_on()))
        monkeypatch.setattr(pages_first, "AT_MOST", PATIENCE)
        with pages_first.drawing():
            announced(
                desk, client,
                ("update claim set assignee_id = %s, assigned_at = %s where claim_id = %s", (supervisor.staff_id, NOW, claim)),
            )  # fmt: skip
            await until(waits.is_set)
        await hear_until(viewer, "diff")

    run(desk, scene)
    assert meanwhile == [False]


class TestALostDatabase:
    def test_boards_are_told_that_they_are_stale_and_catch_up(self, desk) -> None:
        client = factories.client()
        factories.claim(client)
        supervisor = factories.staff(Role.SUPERVISOR)

        async def scene(hub: live.Hub) -> None:
            viewer = await join(hub, supervisor, signed_in(desk, supervisor))
            first = await hear_until(viewer, "snapshot")
            unheard = factories.claim(client)  # as if reported while nobody listened: it is not announced
            # Only the server's administrator sees what another role's connection does.
            with psycopg.connect(
                desk.admin_url.set(drivername="postgresql").render_as_string(hide_password=False)
            ) as db:
                db.execute(
                    "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database()"
                    " and query ilike 'listen%' and pid <> pg_backend_pid()"
                )
            assert (await hear_until(viewer, "stale"))["since"] == int(NOW.timestamp() * 1000)
            change = await hear_until(viewer, "diff")
            assert [row[1] for row in change["rows"]] == [unheard]
            assert change["from"] == first["v"]
            await hear_until(viewer, "still")
            assert hub.reach().stale_since is None

        run(desk, scene)
