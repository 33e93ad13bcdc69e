"""/metrics is for the machine beside us, and not through a proxy; or for whoever holds the token, from anywhere."""

from collections.abc import Iterator

import pytest
from starlette.requests import Request

from core.settings import settings
from pages.door import metrics
from tests import loops


@pytest.fixture
def token(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("DESK_METRICS_TOKEN", "a long token")
    settings.cache_clear()
    yield
    monkeypatch.undo()
    settings.cache_clear()


def asked(*, client: str | None = "127.0.0.1", host: str = "localhost:8501", **headers: str) -> int:
    """Ask for the figures from *client* at *host*; the answer's status."""
    named = {"host": host, **{name.replace("_", "-"): value for name, value in headers.items()}}
    scope = {
        "type": "http", "method": "GET", "scheme": "http", "path": "/metrics", "query_string": b"",
        "headers": [(name.encode(), value.encode()) for name, value in named.items()],
        "client": client and (client, 5),
    }  # fmt: skip
    return loops.run(metrics.show(Request(scope))).status_code


@pytest.mark.parametrize("client", ["127.0.0.1", "::1"])
def test_this_machine_is_answered(client: str) -> None:
    assert asked(client=client) == 200


@pytest.mark.parametrize(
    "from_elsewhere",
    [
        {"client": "192.0.2.7"},
        {"client": None},
        {"host": "desk.example.com"},
        {"x_forwarded_for": "127.0.0.1"},
        {"x_real_ip": "127.0.0.1"},
        {"forwarded": "for=127.0.0.1"},
        {"client": "192.0.2.7", "authorization": "Bearer "},
    ],
    ids=str,
)
def test_nobody_else_is(from_elsewhere: dict[str, str]) -> None:
    assert asked(**from_elsewhere) == 403


@pytest.mark.usefixtures("token")
def test_the_token_opens_them_from_anywhere_and_nothing_else_does() -> None:
    anywhere = {"client": "192.0.2.7", "host": "desk.example.com", "x_forwarded_for": "192.0.2.8"}

    assert asked(**anywhere, authorization="Bearer a long token") == 200
    assert [asked(**anywhere), asked(**anywhere, authorization="Bearer a long toke"), asked()] == [403] * 3
