"""What the door bears, at the very numbers that the operating guide names."""

import asyncio
from collections.abc import Sequence
from typing import Any, NamedTuple

import pytest
from starlette.responses import Response
from starlette.types import Message, Receive, Scope, Send
from streamlit import config

from core.access import Actor, Role
from pages.door import gates, streams, uploads, visitors
from pages.door.gates import FrontDoor
from pages.door.headers import SESSION
from tests import loops
from tests.served import ROOT

LEFT: Message = {"type": "websocket.disconnect", "code": 1000}
PAGE, LIST = "/_stcore/stream", "/live/intake"
OURS = [(b"host", b"desk.example"), (b"origin", b"https://desk.example")]
MEGABYTE = 1024 * 1024


class Inner:
    """Stands where Streamlit stands: notes what is let in."""

    def __init__(self) -> None:
        self.heard: list[Message] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            self.heard.append({"type": "http"})
            await Response()(scope, receive, send)
            return
        while not self.heard or self.heard[-1]["type"] != "websocket.disconnect":
            self.heard.append(await receive())


class Socket(NamedTuple):
    """A web socket as it is asked for."""

    token: str = ""
    path: str = PAGE
    address: str = "192.0.2.7"
    headers: Sequence[tuple[bytes, bytes]] = OURS

    def scope(self) -> Scope:
        cookie = [(b"cookie", f"{SESSION}={self.token}".encode())] if self.token else []
        return {
            "type": "websocket", "path": self.path, "client": (self.address, 5), "headers": [*self.headers, *cookie],
        }  # fmt: skip


@pytest.fixture(autouse=True)
def nobody_but_ana_and_ben(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the tokens that begin with ana or ben be sign-ins, and no others."""

    async def signed_in(token: str | None) -> Actor | None:
        return Actor(4, "", "", Role.VA, "UTC", session_id=9) if (token or "").startswith(("ana", "ben")) else None

    monkeypatch.setattr(gates, "_signed_in", signed_in)


def opened(*sockets: Socket) -> list[bool]:
    """Ask for *sockets* one after the other, none closed before the last; which are let in."""

    async def scene() -> list[bool]:
        closing = asyncio.Event()
        inners = [Inner() for _ in sockets]

        async def ask(socket: Socket, inner: Inner) -> None:
            async def receive() -> Message:
                if not inner.heard:
                    return {"type": "websocket.connect"}
                await closing.wait()
                return LEFT

            async def send(_: Message) -> None:
                return None

            await FrontDoor(inner)(socket.scope(), receive, send)

        asked = []
        for socket, inner in zip(sockets, inners, strict=True):
            asked.append(asyncio.create_task(ask(socket, inner)))
            for _ in range(3):
                await asyncio.sleep(0)
        for _ in range(10):
            await asyncio.sleep(0)
        let_in = [bool(inner.heard) for inner in inners]
        closing.set()
        await asyncio.gather(*asked)
        return let_in

    return loops.run(scene())


class TestSockets:
    def test_are_forty_of_one_sign_in_pages_and_lists_together(self) -> None:
        ana = [Socket("ana"), Socket("ana", LIST)] * 20

        assert opened(*ana, Socket("ana"), Socket("ana", LIST), Socket("ben")) == [True] * 40 + [False, False, True]

    def test_are_a_hundred_of_strangers_from_one_address_whatever_cookie_they_make_up(self) -> None:
        strangers = [Socket(f"made up {n}" if n % 2 else "") for n in range(102)]
        others = [Socket("ana"), Socket(address="192.0.2.8")]

        assert opened(*strangers, *others) == [True] * 100 + [False] * 2 + [True] * 2

    def test_are_a_thousand_from_one_address_whoever_is_there(self) -> None:
        an_office = [Socket(f"ana {n // 40}") for n in range(1001)]

        assert opened(*an_office, Socket("ben", address="192.0.2.8")) == [True] * 1000 + [False, True]

    def test_are_a_pages_only_where_it_says_once_that_it_is_ours(self) -> None:
        [host, origin] = OURS
        unsaid, foreign = Socket(headers=[host]), (b"origin", b"https://elsewhere.example")

        assert opened(unsaid, Socket(headers=[*OURS, foreign]), Socket(headers=[host, foreign, origin])) == [False] * 3


class TestAMessage:
    @pytest.mark.parametrize("token", ["", "ana"])
    @pytest.mark.parametrize(("kind", "letter"), [("bytes", b"\x00"), ("text", "x")])
    def test_of_a_page_is_a_megabyte_at_the_most(self, token: str, kind: str, letter: Any) -> None:
        at_most, longer = ({"type": "websocket.receive", kind: letter * n} for n in (MEGABYTE, MEGABYTE + 1))
        inner, waiting, sent = Inner(), [at_most, longer, LEFT], []

        async def receive() -> Message:
            return waiting.pop(0)

        async def send(message: Message) -> None:
            sent.append(message)

        loops.run(FrontDoor(inner)(Socket(token).scope(), receive, send))

        assert inner.heard[0] == at_most
        assert [message["type"] for message in inner.heard[1:]] == ["websocket.disconnect"]
        assert sent == [{"type": "websocket.close", "code": 1009}]


class TestCookies:
    @pytest.mark.parametrize("kind", ["http", "websocket"])
    @pytest.mark.parametrize(("length", "let_in"), [(8 * 1024, True), (8 * 1024 + 1, False)])
    def test_are_eight_kilobytes_at_the_most_in_however_many_headers(
        self, kind: str, length: int, let_in: bool
    ) -> None:
        inner, sent = Inner(), []

        async def receive() -> Message:
            return LEFT

        async def send(message: Message) -> None:
            sent.append(message)

        cookies = [(b"cookie", b"a=" + b"x" * (part - 2)) for part in (4000, length - 4000)]
        scope = {"type": kind, "path": PAGE, "method": "GET", "headers": [*OURS, *cookies], "client": None}
        loops.run(FrontDoor(inner)(scope, receive, send))

        assert bool(inner.heard) == let_in
        assert let_in or sent[0].get("status", sent[0].get("code")) == (431 if kind == "http" else 1008)


class TestUploads:
    @pytest.fixture(autouse=True)
    def nothing_taken_yet(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(uploads, "_taken", {})

    def put(self, size: int, session: int = 9) -> int:
        """Send *size* bytes into a page of one's own; the answer's status."""
        page = streams.Stream(4, session, page_id="p")
        streams.open_streams.add(page)
        try:
            scope = {
                "method": "PUT",
                "path": "/_stcore/upload_file/p/1",
                "headers": [(b"content-length", str(size).encode())],
            }
            answer = uploads.refused(scope, Actor(4, "", "", Role.VA, "UTC", session_id=session))
        finally:
            streams.open_streams.discard(page)
        return answer.status_code if answer else 200

    def test_are_four_hundred_megabytes_an_hour_of_one_sign_in(self, monkeypatch: pytest.MonkeyPatch) -> None:
        now = 100_000.0
        monkeypatch.setattr(uploads.time, "monotonic", lambda: now)
        file = 20 * MEGABYTE

        assert [self.put(file) for _ in range(20)] == [200] * 20
        assert [self.put(1), self.put(file, session=10)] == [429, 200]

        now += 3601

        assert self.put(file) == 200

    def test_are_four_hundred_files_an_hour_of_one_sign_in(self) -> None:
        assert [self.put(1) for _ in range(400)] == [200] * 400
        assert [self.put(1), self.put(1, session=10)] == [429, 200]


def test_the_operating_guide_names_these_numbers() -> None:
    guide = " ".join((ROOT / "docs" / "operating.md").read_text().split())

    for named in (
        f"| Cookie header of {visitors.MOST_COOKIE_BYTES // 1024} kB |",
        f"| one message over a page's socket, {gates.MOST_FRAME_BYTES // MEGABYTE} MB |",
        "| open sockets: {address:,} from one address, {stranger} from one address without sign-in, {session} of one"
        " sign-in |".format(**visitors.SOCKETS),
        f"| a file of {config.get_option('server.maxUploadSize')} MB, whose length is said |",
        f"| {uploads.QUOTA_BYTES // MEGABYTE} MB and {uploads.QUOTA_FILES} files an hour, of one sign-in |",
        "| uploads only by roles that import or file documents, into an open page of the same sign-in |",
    ):
        assert named in guide
