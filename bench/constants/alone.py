"""Two pages of constants on Streamlit alone, with neither door nor database: what a page turn is compared with."""

import streamlit as st
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route


async def ready(_: Request) -> PlainTextResponse:
    """Say that the server is up, as the desk's does."""
    return PlainTextResponse("ready")


app = st.App("alone_menu.py", routes=[Route("/health/ready", ready)])
