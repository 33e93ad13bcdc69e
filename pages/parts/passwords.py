"""Passwords on the screen: one for somebody else, from an administrator, and one's own."""

from datetime import datetime
from functools import partial

import streamlit as st

from core import staff
from core.access import Actor
from core.transactions import Connection
from pages.parts import desk, forms
from pages.parts.markdown import verbatim

GIVEN, OWN = "people.password", "password"
"""The names of the two forms. Done, each is drawn under a new key, and what was typed in it is forgotten."""

HOW_LONG = f"At least {staff.SHORTEST_PASSWORD} characters: a phrase of several words is easiest to keep in mind."
TO_BE_CHANGED = "Whoever signs in with it chooses another one first."


def new(label: str, key: str) -> str:
    """Draw a field for a new password, into which no browser puts an old one."""
    return st.text_input(label, type="password", autocomplete="new-password", key=key)


def given(person: staff.Person, *, ends: str) -> forms.Act | None:
    """Draw a new password for *person*, whose sign-ins *ends* says, and return it as an act once it is sent."""
    request = forms.request_key(GIVEN)
    with st.expander("Set a new password", key=f"{GIVEN}.{person.staff_id}.{request}", on_change="rerun") as box:
        if not box.open:
            return None
        with st.form(f"given.{person.staff_id}.{request}", border=False, width=480):
            password = new("New password", f"given.password.{person.staff_id}.{request}")
            st.caption(f"{HOW_LONG} Tell it to {verbatim(person.full_name)}. {TO_BE_CHANGED}")
            pressed = st.form_submit_button(f"Set password{ends}", key=f"given.go.{person.staff_id}.{request}")
    return partial(_give, person, password) if pressed else None


def _give(person: staff.Person, password: str, actor: Actor, tx: Connection, at: datetime) -> str:
    staff.set_password(actor, tx, staff_id=person.staff_id, password=password, at=at)
    return f"{person.full_name} has a new password."


@st.dialog("Change password", on_dismiss="rerun")
def change() -> None:
    """Ask for the present password and, twice, the new one. Closing it draws the page anew: what was typed is gone."""
    _own(desk.actor(), "Your password is changed.")


def first_of_all(person: Actor) -> None:
    """Draw nothing but a new password for *person*, who signed in with one that somebody else has set."""
    _, middle, _ = st.columns([1, 1.2, 1])
    with middle:
        st.title("Choose your own password", anchor=False)
        st.caption("Somebody else has set the present one. Nothing opens before you have chosen another.")
        _own(person, f"Welcome, {person.name}. Your password is changed.")


def _own(person: Actor, said: str) -> None:
    request = forms.request_key(OWN)
    with st.form(f"own.{request}", border=False):
        present = st.text_input(
            "Present password", type="password", autocomplete="current-password", key=f"own.present.{request}"
        )
        first = new("New password", f"own.new.{request}")
        st.caption(f"{HOW_LONG} Where else you are signed in, that ends.")
        second = new("New password again", f"own.again.{request}")
        pressed = st.form_submit_button("Change password", type="primary", key=f"own.go.{request}")
    if not pressed:
        return
    with desk.refusals_shown():
        staff.change_password(
            person, present=present, password=staff.typed_twice(first, second), address=desk.address(),
            browser=desk.browser(), at=desk.now(),
        )  # fmt: skip
        forms.renew(OWN)
        desk.done(said)
