"""Who has a claim open, as its page says it and takes it back."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from core.access import Actor
from core.transactions import acting
from pages.parts import desk as at_desk
from tests import factories
from tests.conftest import Desk
from tests.pages.conftest import SitDown


def page(client: int, claim: int) -> None:
    """Show the claim, or, where the address says so, what is no claim."""
    import streamlit

    from pages.parts import desk, onlookers

    if "elsewhere" in streamlit.query_params:
        onlookers.leave(desk.actor())
    else:
        onlookers.others(client, claim)


@contextmanager
def cut_short(*args: Any) -> Iterator[Any]:
    """Commit, and have the person's next click end the run right behind that."""
    with acting(*args) as tx:
        yield tx
    st.stop()


def test_who_leaves_before_the_page_stands_has_the_claim_open_no_more(
    desk: Desk, sit_down: SitDown, monkeypatch: pytest.MonkeyPatch, client: int, va: Actor
) -> None:
    def viewers() -> list[Any]:
        with desk.owner() as db:
            return db.execute("select staff_id from claim_viewer").fetchall()

    sit_down(va)
    with monkeypatch.context() as once:
        once.setattr(at_desk, "acting", cut_short)
        opened = AppTest.from_function(page, args=(client, factories.claim(client))).run()
    assert viewers() == [(va.staff_id,)]

    opened.query_params["elsewhere"] = "yes"
    opened.run()

    assert viewers() == []
