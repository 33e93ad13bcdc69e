"""The desk with two pages of constants in the place of its own, behind the same door: the least a page turn can be."""

import streamlit as st
from starlette.middleware import Middleware
from starlette.routing import Route

from app import life
from pages.door import health
from pages.door.gates import FrontDoor

app = st.App(
    "constants_menu.py",
    lifespan=life,
    middleware=[Middleware(FrontDoor)],
    routes=[Route("/health/ready", health.ready)],
)
