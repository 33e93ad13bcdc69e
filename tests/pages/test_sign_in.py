"""Where a person is led after signing in, or when a session ended under an open page."""

import pytest
import streamlit as st

from pages.parts import sign_in


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
