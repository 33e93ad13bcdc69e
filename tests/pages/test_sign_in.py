"""Where a person is led after signing in, or when a session ended under an open page."""

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from core import instant, staff
from core.access import Role
from pages.door.headers import BROWSER, SIGNED_OUT
from pages.parts import sign_in
from tests import signing_in
from tests.conftest import Desk


@pytest.mark.parametrize(
    ("at", "led_to"),
    [
        ("https://desk.example/claim?client=3&claim=7", "/claim"),
        ("https://desk.example/", "/"),
        ("https://desk.example//elsewhere.example/claim", "/"),
        ("https://desk.example/\\elsewhere.example", "/"),
        ("", "/"),
    ],
)
def test_the_address_asked_for_is_one_of_this_desk(at: str, led_to: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(type(st.context), "url", property(lambda _: at))

    assert sign_in.asked() == led_to


def test_it_is_asked_for_with_its_query(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(type(st.context), "url", property(lambda _: "https://desk.example/first_contact"))
    page = AppTest.from_string("import streamlit as st\nfrom pages.parts import sign_in\nst.text(sign_in.asked())")
    page.query_params["state"] = "New York/Ñ~"
    page.query_params["client"] = ["1", "2"]

    assert page.run().text[0].value == "/first_contact?state=New%20York%2F%C3%91~&client=1&client=2"


@pytest.mark.parametrize(
    ("cookies", "at", "why"),
    [
        ({SIGNED_OUT: "1"}, "https://desk.example/claim", "You signed out in this browser."),
        ({}, "https://desk.example/claim", "Sign in to open this page."),
        ({}, "https://desk.example/", ""),
    ],
    ids=["signed out", "a page", "nothing"],
)
def test_the_form_says_why_one_stands_there(
    cookies: dict[str, str], at: str, why: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(type(st.context), "url", property(lambda _: at))
    monkeypatch.setattr(type(st.context), "cookies", property(lambda _: cookies))

    assert sign_in.why_here() == why


def test_a_try_is_counted_where_the_front_door_saw_it_and_to_its_browser(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(type(st.context), "headers", property(lambda _: {"X-Desk-Address": "203.0.113.5"}))
    monkeypatch.setattr(type(st.context), "cookies", property(lambda _: {BROWSER: "my own"}))
    va, check = signing_in.person(Role.VA), sign_in._OwnCheck()

    assert not check.login("nobody", "wrong")
    assert check.login(va.sign_in_name, signing_in.PASSWORD)

    assert check.ticket
    assert staff.redeem(check.ticket, browser="my own", address="203.0.113.5", at=instant.now())
    with desk.owner() as db:
        tried = db.execute("select detail ->> 'address' from audit_event where verb = 'sign_in_failed'").fetchall()
    assert tried == [("203.0.113.5",)]
