"""The desk with two pages of constants beside its own: the least that a turn can be in it."""

import streamlit as st
from starlette.middleware import Middleware
from starlette.routing import Route

from app import life
from pages.door import health
from pages.door.gates import FrontDoor

app = st.App(
    "beside_menu.py",
    lifespan=life,
    middleware=[Middleware(FrontDoor)],
    routes=[Route("/health/ready", health.ready)],
)
