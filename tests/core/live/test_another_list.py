"""A list that nobody of the room knows: what it takes to have one more."""

from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import Connection, text

from core import live
from core.access import Action, Actor, Role
from core.live import Column, Condition, Figure, Kind, LiveList, Narrow, Source, milliseconds, viewers
from tests import factories
from tests.core.live.listeners import announced, hear_until, run, signed_in
from tests.factories import NOW

pytestmark = pytest.mark.usefixtures("desk")

_SERVED = text("select client_id, name from client where client_id = any (desk_clients()) order by client_id")


def read(actor: Actor, tx: Connection, at: datetime) -> live.Snapshot:
    rows = {(row.client_id,): row.name for row in tx.execute(_SERVED)}
    return live.Snapshot(rows, {"all": len(rows)}, [], at)


def cells(name: Any) -> tuple[Any, ...]:
    return ((milliseconds(NOW), 0, None), (name, []))


CLIENTS = LiveList(
    "clients", "Clients served", frozenset({Action.QUEUE_WATCH}),
    Source(
        "clients", "desk_claim",
        (Column("due", "Due", Kind.CLOCK, 9), Column("name", "Client", Kind.LINK, 0, narrow=Narrow.HEAD)), read, cells,
    ),
    (Figure("all", "clients", Condition.ALL),), "client", "You serve no client.", ("name",),
)  # fmt: skip


def test_is_read_for_its_scope_and_pushed_as_it_changes(desk) -> None:
    client = factories.client()
    va = factories.staff(Role.VA, client)

    async def scene(hub: live.Hub) -> None:
        viewer = await hub.join(va, signed_in(desk, va), CLIENTS)
        first = await hear_until(viewer, "snapshot")
        assert (first["columns"], first["counts"]) == (["due", "name"], {"all": 1})
        announced(desk, client, ("update client set name = 'Renamed Works' where client_id = %s", (client,)))
        assert (await hear_until(viewer, "diff"))["rows"] == [
            [client, [milliseconds(NOW), 0, None], ["Renamed Works", []]]
        ]

    run(desk, scene)


def test_ends_for_one_whose_role_does_not_include_it(desk) -> None:
    somebody = factories.staff(Role.COMPLIANCE)

    async def scene(hub: live.Hub) -> None:
        await hear_until(await hub.join(somebody, signed_in(desk, somebody), CLIENTS), "bye")

    run(desk, scene)


def test_that_cannot_be_read_says_so_until_it_can_and_leaves_the_others_as_they_are(desk, caplog, monkeypatch) -> None:
    monkeypatch.setattr(viewers, "HEARTBEAT", 0.01)
    unreadable = [True]

    def fails(actor: Actor, tx: Connection, at: datetime) -> live.Snapshot:
        if unreadable:
            raise ValueError("unreadable")
        return read(actor, tx, at)

    broken = LiveList(
        "broken", "Broken", CLIENTS.rights, Source("broken", "desk_claim", CLIENTS.source.columns, fails, cells),
        CLIENTS.figures, "client", "Nothing.", ("name",),
    )  # fmt: skip
    client = factories.client()
    va = factories.staff(Role.VA, client)

    async def scene(hub: live.Hub) -> None:
        token = signed_in(desk, va)
        left_behind = await hub.join(va, token, broken)
        viewer = await hub.join(va, token, CLIENTS)
        await hear_until(viewer, "snapshot")
        assert (await hear_until(left_behind, "stale"))["since"] == milliseconds(NOW)
        assert (await hear_until(left_behind, "stale"))["since"] == milliseconds(
            NOW
        )  # nor says silence that it is live
        announced(desk, client, ("update client set name = 'Renamed Works' where client_id = %s", (client,)))
        assert (await hear_until(viewer, "diff"))["rows"]
        unreadable.clear()
        announced(desk, client)
        await hear_until(left_behind, "snapshot")
        await hear_until(left_behind, "still")

    run(desk, scene)
    assert "the live lists lost the database" not in caplog.text
