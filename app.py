"""The front door: the ASGI application. `streamlit run app.py` starts it; `make run` does that with all it needs."""

import asyncio
import gc
import logging
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

import streamlit as st
from starlette.middleware import Middleware
from starlette.routing import Route, WebSocketRoute

from core import jobs
from core.lists import CHANNELS
from core.live import hub
from core.settings import settings
from db import environment, session
from pages.door import calendars, errors, health, lifeline, metrics, session_routes, streams, turns
from pages.door.gates import FrontDoor
from pages.door.live import live_socket


async def _collect_now_and_then() -> None:
    """Collect garbage once a minute: collecting after every run is switched off, because it took most of the time."""
    while True:
        await asyncio.sleep(60)
        gc.collect()


async def _ended(task: asyncio.Task[None]) -> None:
    task.cancel()
    await asyncio.wait({task})


@asynccontextmanager
async def life(_: st.App) -> AsyncIterator[dict[str, Any]]:
    """Bind the database, start what runs beside the pages, and end all of it in the opposite order."""
    environment.only_addresses_count(own_server=True)
    errors.keep_texts_out_of_the_log()
    turns.only_of_the_page_shown()
    logging.getLogger("uvicorn.access").disabled = True  # addresses carry tickets
    async with AsyncExitStack() as running:
        if (pipe := settings().desk_lifeline) is not None:
            running.callback(lifeline.hold(pipe))
        if address := settings().database_url_app:
            session.bind(address)
            running.callback(session.unbind)
        if direct := settings().database_url_direct or settings().database_url_app:
            hub.start(session.for_libpq(direct), channels=CHANNELS, on_access=[streams.access_changed])
            running.push_async_callback(hub.stop)
            if settings().desk_worker:
                running.push_async_callback(_ended, asyncio.create_task(jobs.worker()))
        gc.collect()
        gc.freeze()
        running.push_async_callback(_ended, asyncio.create_task(_collect_now_and_then()))
        yield {}


app = st.App(
    "pages/menu.py",
    lifespan=life,
    middleware=[Middleware(FrontDoor)],
    on_script_error=errors.reported,
    routes=[
        Route("/session/start", session_routes.start),
        Route("/session/left", session_routes.left, methods=["GET", "POST"]),
        Route("/session/draft", session_routes.draft, methods=["POST"]),
        Route("/session/end", session_routes.end, methods=["GET", "POST"]),
        Route("/health/live", health.live),
        Route("/health/ready", health.ready),
        Route("/{page}/_stcore/health", health.elsewhere),
        Route("/{page}/_stcore/host-config", health.elsewhere),
        Route("/calendar/{token}.ics", calendars.calls),
        Route("/metrics", metrics.show),
        WebSocketRoute("/live/{name}", live_socket),
    ],
)
