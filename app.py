"""The front door: the ASGI application. `streamlit run app.py` starts it; `make run` does that with all it needs."""

import asyncio
import gc
import logging
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

import streamlit as st
from starlette.middleware import Middleware
from starlette.routing import Route

from core.settings import settings
from db import session
from pages.door import errors, health, metrics, session_routes
from pages.door.gates import FrontDoor


async def _collect_now_and_then() -> None:
    """Collect garbage once a minute: collecting after every run is switched off, because it took most of the time."""
    while True:
        await asyncio.sleep(60)
        gc.collect()


@asynccontextmanager
async def _life(_: st.App) -> AsyncIterator[dict[str, Any]]:
    """Bind the database, start what runs beside the pages, and end all of it in the opposite order."""
    errors.silence_streamlit()
    logging.getLogger("uvicorn.access").disabled = True  # addresses carry tickets
    async with AsyncExitStack() as running:
        if address := settings().database_url_app:
            session.bind(address)
            running.callback(session.unbind)
        gc.collect()
        gc.freeze()
        collecting = asyncio.create_task(_collect_now_and_then())
        running.callback(collecting.cancel)
        yield {}


app = st.App(
    "pages/menu.py",
    lifespan=_life,
    middleware=[Middleware(FrontDoor)],
    on_script_error=errors.reported,
    routes=[
        Route("/session/start", session_routes.start),
        Route("/session/end", session_routes.end, methods=["GET", "POST"]),
        Route("/health/live", health.live),
        Route("/health/ready", health.ready),
        Route("/metrics", metrics.show),
    ],
)
