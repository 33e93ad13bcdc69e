"""The gates by themselves: what passes, and what is not heard."""

import pytest
from starlette.requests import ClientDisconnect
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg

from pages.door import errors, streams, visitors
from pages.door.gates import ADDRESS_HEADER, OWNER_HEADER, UNDONE, UNHEARD, FrontDoor
from tests import loops


def frame(**kind: object) -> Message:
    return {"type": "websocket.receive", "bytes": BackMsg(**kind).SerializeToString()}


def asks_the_server_to_write(what: str) -> Message:
    request = BackMsg()
    getattr(request.backend_operation_request, what).SetInParent()
    return {"type": "websocket.receive", "bytes": request.SerializeToString()}


LEFT: Message = {"type": "websocket.disconnect", "code": 1000}


class Inner:
    """Stands where Streamlit stands: notes what it is let to hear."""

    def __init__(self) -> None:
        self.heard: list[Message] = []
        self.scope: Scope = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.scope = scope
        while True:
            message = await receive()
            self.heard.append(message)
            if message["type"] == "websocket.disconnect":
                return

    def header(self, name: bytes) -> list[bytes]:
        return [value for key, value in self.scope["headers"] if key == name]


def through(
    *messages: Message, sent: list[tuple[bytes, bytes]] | None = None, origin: bytes = b"https://desk.example"
) -> Inner:
    """Pass *messages* of one page through the front door; what arrived inside."""
    inner, waiting = Inner(), list(messages)
    page = [(b"host", b"desk.example"), (b"origin", origin)]

    async def receive() -> Message:
        return waiting.pop(0)

    async def send(_: Message) -> None:
        return None

    scope = {
        "type": "websocket",
        "path": "/_stcore/stream",
        "headers": [*page, *(sent or [])],
        "client": ("192.0.2.7", 5),
    }
    loops.run(FrontDoor(inner)(scope, receive, send))
    return inner


class TestMessages:
    @pytest.mark.parametrize("kind", sorted(UNHEARD))
    def test_what_no_page_of_ours_says_is_not_heard(self, kind: str) -> None:
        inner = through(frame(**{kind: True}), frame(rerun_script={}), LEFT)

        assert [message["type"] for message in inner.heard] == ["websocket.receive", "websocket.disconnect"]
        assert BackMsg.FromString(inner.heard[0]["bytes"]).WhichOneof("type") == "rerun_script"

    @pytest.mark.parametrize("what", sorted(UNDONE))
    def test_nothing_is_installed_at_a_browsers_asking(self, what: str) -> None:
        inner = through(asks_the_server_to_write(what), asks_the_server_to_write("deferred_file"), LEFT)

        requests = [message["bytes"] for message in inner.heard if message["type"] == "websocket.receive"]
        assert [BackMsg.FromString(each).backend_operation_request.WhichOneof("payload") for each in requests] == [
            "deferred_file"
        ]

    def test_these_are_messages_that_streamlit_still_has(self) -> None:
        assert {field.name for field in BackMsg.DESCRIPTOR.fields} >= UNHEARD

    def test_nonsense_is_passed_on_to_streamlit_which_closes(self) -> None:
        inner = through({"type": "websocket.receive", "bytes": b"\xff\xff\xff"}, LEFT)

        assert inner.heard[0]["bytes"] == b"\xff\xff\xff"


class TestWhereAPageComesFrom:
    """Streamlit asks an outside address who this machine is, to judge an Origin that it is told and does not know."""

    @pytest.mark.parametrize("origin", [b"https://desk.example", b"https://DESK.example"])
    def test_streamlit_is_not_told_by_a_socket(self, origin: bytes) -> None:
        inner = through(LEFT, origin=origin)

        assert inner.scope
        assert inner.header(b"origin") == []

    def test_nor_by_a_request(self) -> None:
        told: list[Scope] = []

        async def inner(scope: Scope, receive: Receive, send: Send) -> None:
            told.append(scope)
            await Response()(scope, receive, send)

        async def receive() -> Message:
            return {"type": "http.request", "body": b""}

        async def send(_: Message) -> None:
            return None

        page = [(b"host", b"desk.example"), (b"origin", b"https://DESK.example"), (b"accept", b"*/*")]
        loops.run(FrontDoor(inner)({"type": "http", "method": "GET", "path": "/x", "headers": page}, receive, send))

        assert [dict(scope["headers"]).keys() for scope in told] == [{b"host", b"accept"}]


@pytest.mark.parametrize(
    ("client", "address"),
    [
        (("192.0.2.7", 5), "192.0.2.7"),
        (("2001:DB8:0:0::7", 5), "2001:db8::7"),
        (("not an address\nof any kind", 5), "unknown"),
        (("", 0), "unknown"),
        (None, "unknown"),
    ],
)
def test_an_address_is_one_or_unknown(client: tuple[str, int] | None, address: str) -> None:
    assert visitors.address({"type": "http", "client": client}) == address


class TestOwner:
    def test_a_browser_cannot_say_whose_page_it_is_nor_where_it_is(self) -> None:
        forged = [(OWNER_HEADER, b"somebody"), (ADDRESS_HEADER, b"10.0.0.1"), (OWNER_HEADER, b"again")]

        inner = through(LEFT, sent=forged)

        assert len(inner.header(OWNER_HEADER)) == 1
        assert inner.header(OWNER_HEADER)[0] not in (b"somebody", b"again")
        assert inner.header(ADDRESS_HEADER) == [b"192.0.2.7"]

    def test_the_same_cookies_are_the_same_owner_and_no_cookies_are_nobody(self) -> None:
        cookie = [(b"cookie", b"__Host-browser=one")]

        assert through(LEFT, sent=cookie).header(OWNER_HEADER) == through(LEFT, sent=cookie).header(OWNER_HEADER)
        assert through(LEFT).header(OWNER_HEADER) != through(LEFT).header(OWNER_HEADER)

    def test_a_page_that_left_is_forgotten(self) -> None:
        through(LEFT)

        assert not streams.open_streams


def answered(answer: ASGIApp, *headers: tuple[bytes, bytes]) -> Response | None:
    """Return *answer* to a request with *headers* as it leaves the front door; None where nothing does."""
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    async def receive() -> Message:
        return {"type": "http.request", "body": b""}

    scope = {"type": "http", "method": "GET", "path": "/anything", "headers": headers, "client": ("192.0.2.7", 5)}
    loops.run(FrontDoor(answer)(scope, receive, send))
    if not sent:
        return None
    told = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return Response(status_code=sent[0]["status"], headers=told)


def kept(answer: Response) -> str:
    """Return what *answer* says, as it leaves, of its being kept."""
    left = answered(answer)
    assert left
    return left.headers["cache-control"]


class TestARequest:
    def test_that_says_in_two_ways_how_long_it_is_goes_no_further(self) -> None:
        answer = answered(Response("let in"), (b"content-length", b"10"), (b"transfer-encoding", b"chunked"))

        assert answer
        assert (answer.status_code, answer.headers["connection"]) == (400, "close")

    def test_that_is_broken_off_is_no_defect(self, monkeypatch: pytest.MonkeyPatch) -> None:
        noted: list[Exception] = []
        monkeypatch.setattr(errors, "noted", noted.append)

        async def left(*_: object) -> None:
            raise ClientDisconnect

        assert answered(left) is None
        assert not noted


class TestWhatABrowserKeeps:
    def test_is_no_page_and_no_file_of_the_desk(self) -> None:
        page, file = Response("<html>", media_type="text/html"), Response("Row,Field", media_type="text/csv")

        assert kept(page) == "no-store"
        assert kept(file) == "no-store"

    def test_are_the_scripts_that_are_the_same_for_everybody(self) -> None:
        script = Response("1", media_type="text/javascript", headers={"cache-control": "public, immutable"})

        assert kept(script) == "public, immutable"
