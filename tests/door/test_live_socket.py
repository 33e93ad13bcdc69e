"""/live over a real web socket: who is let in, what arrives, and how it ends."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
import uvicorn
import websockets
from starlette.applications import Starlette
from starlette.routing import WebSocketRoute
from websockets.asyncio.client import ClientConnection

from core import instant, staff
from core.access import Actor, Role
from core.lists import CHANNELS
from core.live import hub
from core.staff.secrets import digest, new_token
from db import session
from pages.door.headers import SESSION
from pages.door.live import live_socket
from tests import factories, loops

pytestmark = pytest.mark.usefixtures("desk")

PATIENCE = 30.0
"""Seconds after which a message that does not come is a failure."""


def signed_in(desk, actor: Actor) -> str:
    """Open a session for *actor*; its token."""
    token = new_token()
    with desk.owner() as db:
        db.execute(
            "insert into staff_session (token_hash, staff_id, issued_at, last_seen_at) values (%s, %s, %s, %s)",
            (digest(token), actor.staff_id, instant.now(), instant.now()),
        )
    return token


@asynccontextmanager
async def served() -> AsyncIterator[int]:
    """Serve the socket as the front door does; the port."""
    app = Starlette(routes=[WebSocketRoute("/live/{name}", live_socket)])
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="critical", lifespan="off"))
    serving = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.01)
    hub.start(session.libpq_address(), channels=CHANNELS)
    try:
        async with asyncio.timeout(PATIENCE):
            while not hub.reach().listening:  # it then says so to every board, which is no test's
                await asyncio.sleep(0.01)
        yield server.servers[0].sockets[0].getsockname()[1]
    finally:
        await hub.stop()
        server.should_exit = True
        await serving


def run(scene: Callable[[int], Awaitable[None]]) -> None:
    async def play() -> None:
        async with served() as port:
            await scene(port)

    loops.run(play())


def connect(port: int, token: str | None, *, origin: str | None = "", name: str = "intake") -> websockets.connect:
    headers = {"cookie": f"{SESSION}={token}"} if token else {}
    origin = f"http://127.0.0.1:{port}" if origin == "" else origin
    return websockets.connect(f"ws://127.0.0.1:{port}/live/{name}", origin=origin, additional_headers=headers)


async def hear(socket: ClientConnection) -> dict[str, Any]:
    async with asyncio.timeout(PATIENCE):
        return json.loads(await socket.recv())


async def refused(port: int, token: str | None, *, origin: str | None = "", name: str = "intake") -> int:
    with pytest.raises(websockets.InvalidStatus) as answer:
        async with connect(port, token, origin=origin, name=name):
            pass
    return answer.value.response.status_code


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.VA, Role.CLINICAL])
def test_whoever_has_a_list_receives_the_claims_of_her_scope(desk, role: Role) -> None:
    client = factories.client()
    claim = factories.claim(client)
    token = signed_in(desk, factories.staff(role, client))

    async def scene(port: int) -> None:
        async with connect(port, token) as socket:
            first = await hear(socket)
        assert first["t"] == "snapshot"
        assert [row[:2] for row in first["rows"]] == [[client, claim]]

    run(scene)


@pytest.mark.parametrize("name", ["live_intake", "no_list"])
def test_a_list_that_the_role_does_not_include_or_that_there_is_not_is_refused(desk, name: str) -> None:
    token = signed_in(desk, factories.staff(Role.VA, factories.client()))

    async def scene(port: int) -> None:
        assert await refused(port, token, name=name) == 403

    run(scene)


@pytest.mark.parametrize("role", [Role.COMPLIANCE, Role.ACCOUNT_EXECUTIVE, Role.ADMINISTRATOR])
def test_a_role_without_a_list_is_not_let_in(desk, role: Role) -> None:
    token = signed_in(desk, factories.staff(role, factories.client()))

    async def scene(port: int) -> None:
        assert await refused(port, token) == 403

    run(scene)


def test_nobody_is_let_in_without_a_session_of_this_desk() -> None:
    async def scene(port: int) -> None:
        assert await refused(port, None) == 403
        assert await refused(port, "made-up") == 403

    run(scene)


@pytest.mark.parametrize("origin", ["https://elsewhere.example", "null", None])
def test_a_page_of_another_site_is_not_let_in_with_a_borrowed_cookie(desk, origin: str | None) -> None:
    token = signed_in(desk, factories.staff(Role.SUPERVISOR))

    async def scene(port: int) -> None:
        assert await refused(port, token, origin=origin) == 403

    run(scene)


def test_a_change_arrives(desk) -> None:
    client = factories.client()
    token = signed_in(desk, factories.staff(Role.SUPERVISOR))

    async def scene(port: int) -> None:
        async with connect(port, token) as socket:
            await hear(socket)
            claim = factories.claim(client)
            with desk.owner() as db:
                db.execute("select pg_notify('desk_claim', %s)", (json.dumps({"client": client, "claims": [claim]}),))
            assert [row[:2] for row in (await hear(socket))["rows"]] == [[client, claim]]

    run(scene)


def test_signing_out_anywhere_says_goodbye_and_closes(desk) -> None:
    token = signed_in(desk, factories.staff(Role.SUPERVISOR))

    async def scene(port: int) -> None:
        async with connect(port, token) as socket:
            await hear(socket)
            await asyncio.to_thread(staff.sign_out, token, at=instant.now())
            assert await hear(socket) == {"t": "bye"}
            with pytest.raises(websockets.ConnectionClosed):
                await hear(socket)
            assert socket.close_code == 1008

    run(scene)


def test_looking_is_no_activity(desk) -> None:
    token = signed_in(desk, factories.staff(Role.SUPERVISOR))
    with desk.owner() as db:
        before = db.execute("select last_seen_at from staff_session").fetchone()[0]

    async def scene(port: int) -> None:
        async with connect(port, token) as socket:
            await hear(socket)

    run(scene)
    with desk.owner() as db:
        assert db.execute("select last_seen_at from staff_session").fetchone()[0] == before


def test_a_viewer_who_left_is_forgotten(desk) -> None:
    token = signed_in(desk, factories.staff(Role.SUPERVISOR))

    async def scene(port: int) -> None:
        async with connect(port, token) as socket:
            await hear(socket)
            assert hub.reach().viewers == 1
            await socket.send("whatever a browser says is not listened to")
        async with asyncio.timeout(PATIENCE):
            while hub.reach().viewers:
                await asyncio.sleep(0.01)
        assert hub.reach().scopes == 0

    run(scene)
