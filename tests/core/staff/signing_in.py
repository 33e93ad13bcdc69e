"""Tries to sign in, and what they leave on the record."""

from datetime import datetime, timedelta

import pytest

from core import staff
from tests.conftest import Desk
from tests.factories import NOW

MINUTE = timedelta(minutes=1)


def attempt(
    name: str, password: str, *, at: datetime = NOW, address: str = "192.0.2.1", browser: str = "a browser"
) -> str:
    return staff.sign_in(name=name, password=password, address=address, browser=browser, at=at)


def fail(name: str, times: int, *, at: datetime = NOW, address: str = "192.0.2.1", browser: str = "a browser") -> None:
    for _ in range(times):
        with pytest.raises(staff.WrongSignIn):
            attempt(name, "wrong", at=at, address=address, browser=browser)


def events(desk: Desk, verb: str) -> list[tuple[int, int]]:
    with desk.owner() as db:
        return db.execute("select actor_id, noun_id from audit_event where verb = %s order by at", (verb,)).fetchall()
