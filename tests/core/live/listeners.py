"""A listener on the test's desk, and what its viewers hear."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from secrets import token_bytes
from typing import Any

from core import live, queue
from core.access import Actor
from core.lists import CHANNELS
from core.transactions import transaction
from db import session
from tests import loops
from tests.factories import NOW

PATIENCE = 30.0
"""Seconds after which a message that does not come is a failure."""


def snapshot(actor: Actor, *, most: int = live.MOST) -> live.Snapshot:
    with transaction(actor) as tx:
        return queue.read(actor, tx, NOW, most=most)


def tally(actor: Actor) -> queue.Tally:
    with transaction(actor) as tx:
        return queue.tally(actor, tx, at=NOW)


def signed_in(desk, actor: Actor, *, at: datetime = NOW) -> bytes:
    """Open a session for *actor* at *at*; the digest of its token."""
    digest = token_bytes(32)
    with desk.owner() as db:
        db.execute(
            "insert into staff_session (token_hash, staff_id, issued_at, last_seen_at) values (%s, %s, %s, %s)",
            (digest, actor.staff_id, at, at),
        )
    return digest


@asynccontextmanager
async def listening(desk) -> AsyncIterator[live.Hub]:
    hub = live.Hub()
    hub.start(session.libpq_address(), channels=CHANNELS)
    try:
        async with asyncio.timeout(PATIENCE):
            while not hub.reach().listening:  # its first reading of everything is no test's
                await asyncio.sleep(0.01)
        yield hub
    finally:
        await hub.stop()


async def join(hub: live.Hub, actor: Actor, token: bytes) -> live.Viewer:
    """Let *actor* look at Intake."""
    return await hub.join(actor, token, queue.INTAKE)


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


async def until(holds: Callable[[], bool]) -> None:
    """Wait until *holds* does."""
    async with asyncio.timeout(PATIENCE):
        while not holds():
            await asyncio.sleep(0.01)


def run(desk, scene: Callable[[live.Hub], Awaitable[None]]) -> None:
    async def play() -> None:
        async with listening(desk) as hub:
            await scene(hub)

    loops.run(play())


def announced(desk, client: int, *statements: tuple[str, tuple[Any, ...]]) -> None:
    with desk.owner() as db, db.transaction():
        for sql, values in statements:
            db.execute(sql, values)
        db.execute("select pg_notify('desk_claim', %s)", (json.dumps({"client": client, "claims": None}),))
