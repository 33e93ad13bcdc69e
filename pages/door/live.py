"""/live/NAME: the web socket of a live list. Who may look is asked before it opens, and again whenever that changes."""

import asyncio

from starlette.concurrency import run_in_threadpool
from starlette.websockets import WebSocket, WebSocketDisconnect, WebSocketState

from core import instant, staff
from core.lists import LISTS
from core.live import hub
from core.live.viewers import Viewer
from core.staff.secrets import digest
from pages.door.headers import SESSION
from pages.door.visitors import from_our_page

REFUSED = 1008
"""Policy violation; before the socket is open the browser sees it as 403."""


async def live_socket(websocket: WebSocket) -> None:
    """
    Send the rows of the list that the address names, in this person's scope, and every change, until one of us leaves.

    Looking is no activity: the session idles on. Nothing that the browser sends is listened to.
    """
    live_list = LISTS.get(websocket.path_params["name"])
    token = websocket.cookies.get(SESSION)
    actor = (
        await run_in_threadpool(staff.who, token, at=instant.now())
        if token and from_our_page(websocket.scope)
        else None
    )
    if token is None or actor is None or live_list is None or not live_list.may_watch(actor):
        await websocket.close(REFUSED)
        return
    await websocket.accept()
    viewer = await hub.join(actor, digest(token), live_list)
    tasks = [asyncio.ensure_future(_send(websocket, viewer)), asyncio.ensure_future(_until_left(websocket))]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        hub.leave(viewer)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    if websocket.application_state is WebSocketState.CONNECTED and websocket.client_state is WebSocketState.CONNECTED:
        await websocket.close(REFUSED if viewer.over else 1000)


async def _send(websocket: WebSocket, viewer: Viewer) -> None:
    try:
        while (message := await viewer.next()) is not None:
            await websocket.send_text(message)
    except WebSocketDisconnect:
        return


async def _until_left(websocket: WebSocket) -> None:
    while (await websocket.receive())["type"] != "websocket.disconnect":
        pass
