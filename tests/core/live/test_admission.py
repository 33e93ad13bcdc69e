"""Who may look, and what happens to those who may not look any more."""

import asyncio
import json
from dataclasses import replace
from datetime import timedelta
from secrets import token_bytes

import pytest

from core import instant, live, queue
from core.access import Role
from core.lists import CHANNELS
from core.live import listener
from db import session
from tests import factories, loops
from tests.core.live.listeners import announced, hear, hear_news, hear_until, join, run, signed_in
from tests.factories import NOW

pytestmark = pytest.mark.usefixtures("desk")


class TestWhoMayLook:
    def test_a_revoked_session_is_told_goodbye_and_sees_nothing_more(self, desk) -> None:
        client = factories.client()
        supervisor = factories.staff(Role.SUPERVISOR)
        token = signed_in(desk, supervisor)

        async def scene(hub: live.Hub) -> None:
            viewer = await join(hub, supervisor, token)
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

    def test_one_whose_right_could_not_be_asked_at_first_is_shown_the_list_once_it_can_be(
        self, desk, monkeypatch
    ) -> None:
        asked = listener.still_admitted
        token = signed_in(desk, factories.staff(Role.VA, factories.client()))
        va = asked([token], at=instant.now())[token][0]

        def away(*_: object, **__: object) -> None:
            raise ConnectionError

        async def scene(hub: live.Hub) -> None:
            monkeypatch.setattr(listener, "still_admitted", away)
            viewer = await join(hub, va, token)
            monkeypatch.setattr(listener, "still_admitted", asked)
            monkeypatch.setattr(listener, "ASK_EVERY", 0.0)
            await hear_until(viewer, "snapshot")

        run(desk, scene)

    def test_a_person_who_was_disabled_is_told_goodbye(self, desk) -> None:
        va = factories.staff(Role.VA, factories.client())

        async def scene(hub: live.Hub) -> None:
            viewer = await join(hub, va, signed_in(desk, va))
            await hear_until(viewer, "snapshot")
            with desk.owner() as db:
                db.execute("update staff set active = false where staff_id = %s", (va.staff_id,))
            await hear_until(viewer, "bye")

        run(desk, scene)

    def test_a_role_without_a_list_is_told_goodbye(self, desk) -> None:
        va = factories.staff(Role.VA, factories.client())

        async def scene(hub: live.Hub) -> None:
            viewer = await join(hub, va, signed_in(desk, va))
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
            viewer = await join(hub, va, signed_in(desk, va))
            await hear_until(viewer, "snapshot")
            with desk.owner() as db, db.transaction():
                db.execute("delete from staff_client where staff_id = %s", (va.staff_id,))
                db.execute("insert into staff_client (staff_id, client_id) values (%s, %s)", (va.staff_id, other))
            assert (await hear_news(viewer))["t"] == "empty"
            assert [row[1] for row in (await hear_until(viewer, "snapshot"))["rows"]] == [theirs]

        run(desk, scene)

    def test_cover_brings_a_clients_claims_and_takes_them_away_when_its_time_is_over(self, desk) -> None:
        """With nobody doing anything: by the clock on the wall, which the database goes by."""
        instant.set_clock(None)
        client, other = factories.client(), factories.client()
        factories.claim(client)
        covered = factories.claim(other)
        va = factories.staff(Role.VA, client)

        async def scene(hub: live.Hub) -> None:
            viewer = await join(hub, va, signed_in(desk, va, at=instant.now()))
            assert covered not in [row[1] for row in (await hear_until(viewer, "snapshot"))["rows"]]
            factories.cover(other, va, lasts=timedelta(seconds=2))
            assert covered in [row[1] for row in (await hear_until(viewer, "snapshot"))["rows"]]
            assert (await hear_news(viewer))["t"] == "empty"
            assert covered not in [row[1] for row in (await hear_until(viewer, "snapshot"))["rows"]]

        run(desk, scene)

    def test_cover_that_is_ended_empties_the_board_at_once(self, desk) -> None:
        instant.set_clock(None)
        client = factories.client()
        factories.claim(client)
        va = factories.staff(Role.VA)
        factories.cover(client, va)

        async def scene(hub: live.Hub) -> None:
            seen = replace(va, clients=frozenset({client}))
            viewer = await join(hub, seen, signed_in(desk, va, at=instant.now()))
            assert len((await hear_until(viewer, "snapshot"))["rows"]) == 1
            with desk.owner() as db:
                db.execute("update client_cover set ended_at = now(), ended_by = 1")
            assert (await hear_news(viewer))["t"] == "empty"
            assert (await hear_until(viewer, "snapshot"))["rows"] == []

        run(desk, scene)

    def test_colleagues_of_the_scope_do_not_lose_a_row_when_one_of_them_leaves_it(self, desk) -> None:
        client = factories.client()
        claim = factories.claim(client)
        leaves, stays = factories.staff(Role.SUPERVISOR), factories.staff(Role.SUPERVISOR)

        async def scene(hub: live.Hub) -> None:
            left = await join(hub, leaves, signed_in(desk, leaves))
            here = await join(hub, stays, signed_in(desk, stays))
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
            assert (client, claim) in hub._boards[queue.LIVE_INTAKE.source, None].latest.rows

        run(desk, scene)

    def test_one_who_idled_out_is_shown_no_later_change_and_is_told_goodbye(self, desk) -> None:
        client = factories.client()
        supervisor = factories.staff(Role.SUPERVISOR)

        async def scene(hub: live.Hub) -> None:
            viewer = await join(hub, supervisor, signed_in(desk, supervisor))
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
            viewer = await join(hub, supervisor, signed_in(desk, supervisor))
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
            assert (await hear(await join(hub, supervisor, token_bytes(32))))["t"] == "bye"

        run(desk, scene)


def test_every_access_notification_is_passed_on(desk) -> None:
    va = factories.staff(Role.VA, factories.client())

    async def scene() -> None:
        heard: asyncio.Queue[str] = asyncio.Queue()
        hub = live.Hub()
        hub.start(session.libpq_address(), channels=CHANNELS, on_access=[heard.put_nowait])
        supervisor = factories.staff(Role.SUPERVISOR)
        viewer = await join(hub, supervisor, signed_in(desk, supervisor))
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

    loops.run(scene())
