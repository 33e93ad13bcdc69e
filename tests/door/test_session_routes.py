"""What an open page says of its person, on the running server: that they are there, and what they have typed so far."""

import json
from datetime import timedelta
from http.client import HTTPConnection
from typing import Any

import pytest

from core import instant, staff
from core.access import Actor, Role
from core.drafts import new_request
from pages.door.session_routes import MOST_DRAFT_BYTES
from tests import factories, signing_in
from tests.conftest import Desk
from tests.served import Served

WORDS = "Called Robin, no answer"


def ask(
    served: Served, method: str, path: str, token: str = "", body: bytes | None = None, **headers: str
) -> tuple[int, str]:
    """Send a request as a page of the desk does, but for what *headers* say otherwise; its status and its body."""
    said = {"Cookie": served.cookies(token), "Sec-Fetch-Site": "same-origin", "Content-Type": "application/json"}
    said |= {name.replace("_", "-"): value for name, value in headers.items()}
    link = HTTPConnection("localhost", served.port, timeout=30)
    link.request(method, path, body, said)
    answer = link.getresponse()
    return answer.status, answer.read().decode()


def typed(**more: Any) -> bytes:
    return json.dumps(
        {"form": "report", "request": str(new_request(at=instant.now())), "fields": {"narrative": WORDS}, **more}
    ).encode()


def kept(desk: Desk, person: Actor) -> list[tuple[Any, ...]]:
    with desk.owner() as db:
        return db.execute(
            "select form, fields from draft where fields is not null and staff_id = %s", (person.staff_id,)
        ).fetchall()


@pytest.mark.slow
def test_words_are_kept_for_who_is_signed_in_and_from_a_page_of_ours_only(served: Served, served_desk: Desk) -> None:
    client = factories.client()
    va = signing_in.person(Role.VA, client)
    foreign = factories.client()
    token = signing_in.sign_in(va, at=instant.now())
    too_long = typed(fields={"narrative": "x" * MOST_DRAFT_BYTES})
    not_theirs = typed(form="attempt", client=foreign, claim=factories.claim(foreign))
    refused = [
        ask(served, "POST", "/session/draft", "", typed()),
        ask(served, "POST", "/session/draft", "made up", typed()),
        ask(served, "POST", "/session/draft", token, typed(), Sec_Fetch_Site="cross-site"),
        ask(served, "POST", "/session/draft", token, typed(), Sec_Fetch_Site="none"),
        ask(served, "POST", "/session/draft", token, typed(), Origin="https://elsewhere.example"),
        ask(served, "POST", "/session/draft", token, typed(), Content_Type="text/plain"),
        ask(served, "POST", "/session/draft", token, too_long),
        ask(served, "POST", "/session/draft", token, WORDS.encode()),
        ask(served, "POST", "/session/draft", token, typed(fields={"narrative": [WORDS]})),
        ask(served, "POST", "/session/draft", token, typed(staff=1)),
        ask(served, "POST", "/session/draft", token, typed(form="nothing")),
        ask(served, "POST", "/session/draft", token, not_theirs),
    ]

    assert [status for status, _ in refused] == [403, 403, 403, 403, 403, 415, 413, 400, 400, 400, 409, 409]
    assert kept(served_desk, va) == []

    assert ask(served, "POST", "/session/draft", token, typed(), Origin=served.address) == (204, "")

    assert kept(served_desk, va) == [("report", {"narrative": WORDS})]
    assert WORDS not in served.log() + "".join(body for _, body in refused)


@pytest.mark.slow
def test_who_does_something_stays_and_who_only_has_a_page_open_does_not(served: Served, served_desk: Desk) -> None:
    token = signing_in.sign_in(signing_in.person(Role.VA), at=instant.now() - timedelta(minutes=14))

    status, body = ask(served, "GET", "/session/left", token)
    told = json.loads(body)

    assert status == 200
    assert 0 < told["seconds"] <= 60
    assert told["warns"] == 120
    assert told["stays"] is True
    assert "Press any key to stay." in told["says"]
    before = staff.ending(token)
    assert ask(served, "POST", "/session/draft", token, typed())[0] == 204
    assert staff.ending(token) == before, "a page can keep words by itself"

    assert ask(served, "POST", "/session/left", token, Sec_Fetch_Site="cross-site")[0] == 403
    assert staff.ending(token) == before

    told = json.loads(ask(served, "POST", "/session/left", token)[1])

    assert told["seconds"] == 15 * 60
    assert json.loads(ask(served, "POST", "/session/left", "made up")[1]) == {"seconds": 0}
