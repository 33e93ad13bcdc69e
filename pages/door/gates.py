"""The front door: one layer around everything, which shuts what Streamlit leaves open to strangers."""

import asyncio
from hashlib import sha256
from secrets import token_urlsafe

from google.protobuf.message import DecodeError
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.requests import ClientDisconnect, HTTPConnection
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg

from core import instant, staff
from core.access import Actor
from pages.door import errors, metrics, uploads, visitors
from pages.door.headers import BROWSER, SESSION, browser_cookie, security_headers
from pages.door.streams import Stream, left, open_streams, owns_file

SHUT = ("/_stcore/metrics", "/_stcore/agent", "/_stcore/script-health-check")
"""Paths nobody is served."""
MEDIA = "/media/"
"""Where downloads and pictures are fetched: Streamlit itself asks nobody who they are."""
UNHEARD = frozenset({"clear_cache", "set_run_on_save", "load_git_info"})
"""Messages of a page that no page of ours sends; the first empties every visitor's caches."""
UNDONE = frozenset({"install_skills", "dismiss_skills_nudge"})
"""What a page of ours asks of the server no more: both write to the server's own disk."""

MOST_FRAME_BYTES = 1024 * 1024
"""
The longest message that a page may send over its socket, before sign-in and after: forms are far shorter, and files
come another way. What is longer than Streamlit's `server.maxMessageSize` is not even read to its end.
"""
TOO_LONG = 1009
"""Message too big."""
REFUSED = 1008
"""Policy violation; before the socket is open the browser sees it as 403."""

OWNER_HEADER = b"x-desk-session"
ADDRESS_HEADER = b"x-desk-address"
ORIGIN_HEADER = b"origin"
"""
Ours once the front door has looked at it, or not said. Streamlit is not told: it would ask an outside address for this
machine's own, to judge it by.
"""


class FrontDoor:
    """Plain ASGI, so that it stands before web sockets too."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
        elif visitors.cookies_too_long(scope):
            await _turn_away(scope, receive, send, PlainTextResponse("These cookies are too long.", 431))
        elif visitors.two_lengths(scope):
            refusal = PlainTextResponse("Say once how long this is.", 400, headers={"connection": "close"})
            await _turn_away(scope, receive, send, refusal)
        elif visitors.from_our_page(scope) is False:
            await _turn_away(scope, receive, send, PlainTextResponse("Open the desk's own page for that.", 403))
        elif scope["type"] == "http":
            await self._page(scope, receive, send)
        elif scope["path"].endswith("/_stcore/stream"):
            await self._stream(scope, receive, send)
        else:
            with visitors.counted(_whose_socket(scope)) as room:
                if room:
                    await self.app(scope, receive, send)
                else:
                    await _turn_away(scope, receive, send)

    async def _page(self, scope: Scope, receive: Receive, send: Send) -> None:
        cookies = HTTPConnection(scope).cookies
        scope = dict(scope, headers=_without(scope, ORIGIN_HEADER))
        answered = False

        async def with_headers(message: Message) -> None:
            nonlocal answered
            if message["type"] == "http.response.start":
                answered = True
                _dress(message, cookies)
                metrics.answered(message["status"])
            await send(message)

        try:
            if refusal := await _refused(scope, cookies.get(SESSION)):
                await refusal(scope, receive, with_headers)
            else:
                await self.app(scope, receive, with_headers)
        except ClientDisconnect:
            return  # whoever sent this has gone before its end
        except Exception as defect:
            reference = errors.noted(defect)
            if not answered:
                await PlainTextResponse(errors.sentence(reference), 500)(scope, receive, with_headers)

    async def _stream(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Tie the page to the browser's cookies, and listen only to what a page of ours says."""
        cookies = HTTPConnection(scope).cookies
        actor = await _signed_in(cookies.get(SESSION))
        with visitors.counted(_whose_socket(scope, stranger=actor is None)) as room:
            # A browser names the page that opens a socket. Whatever does not is none.
            if not room or visitors.from_our_page(scope) is None:
                await _turn_away(scope, receive, send)
                return
            stream = Stream(actor.staff_id if actor else None, actor.session_id if actor else None)
            await self._tied(stream, dict(scope, headers=_with_owner(scope, cookies)), receive, send)

    async def _tied(self, stream: Stream, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve the page of *stream*, seeing what goes either way."""
        open_streams.add(stream)
        heard: asyncio.Task[Message] | None = None
        nudged: asyncio.Task[bytes] | None = None

        async def sifted() -> Message:
            nonlocal heard, nudged
            while True:
                heard = heard or asyncio.ensure_future(receive())
                nudged = nudged or asyncio.ensure_future(stream.waiting.get())
                await asyncio.wait((heard, nudged), return_when=asyncio.FIRST_COMPLETED)
                if heard.done():
                    message, heard = heard.result(), None
                    if _too_long(message):
                        await send({"type": "websocket.close", "code": TOO_LONG})
                        return {"type": "websocket.disconnect", "code": TOO_LONG}
                    if not _unheard(stream, message):
                        return message
                elif nudged.done():
                    frame, nudged = nudged.result(), None
                    return {"type": "websocket.receive", "bytes": frame}

        async def seen(message: Message) -> None:
            if message["type"] == "websocket.send" and message.get("bytes"):
                message = dict(message, bytes=stream.sent(message["bytes"]))
            await send(message)

        try:
            await self.app(scope, sifted, seen)
        finally:
            left(stream)
            for task in (heard, nudged):
                if task is not None:
                    task.cancel()


async def _signed_in(token: str | None) -> Actor | None:
    return await run_in_threadpool(staff.who, token, at=instant.now()) if token else None


async def _refused(scope: Scope, token: str | None) -> Response | None:
    """Return the answer to a request that does not reach Streamlit; None for one that does."""
    path: str = scope["path"]
    not_here = PlainTextResponse("Not here.", 403)
    if path.startswith(SHUT):
        return not_here
    if path.startswith(MEDIA):
        person = await _signed_in(token)
        return None if person and owns_file(person, path.removeprefix(MEDIA)) else not_here
    if path.startswith(uploads.PATH):
        return uploads.refused(scope, await _signed_in(token))
    return None


async def _turn_away(scope: Scope, receive: Receive, send: Send, answer: Response | None = None) -> None:
    """Answer a request whose cookies are not even looked at, or refuse a socket before it opens."""
    if scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.close", "code": REFUSED})
        return

    async def with_headers(message: Message) -> None:
        if message["type"] == "http.response.start":
            _dress(message, {BROWSER: ""})
            metrics.answered(message["status"])
        await send(message)

    if answer is not None:
        await answer(scope, receive, with_headers)


def _whose_socket(scope: Scope, *, stranger: bool = False) -> dict[str, str]:
    """Return by what a socket is counted: its network address, and its sign-in or that there is none."""
    address, token = visitors.address(scope), HTTPConnection(scope).cookies.get(SESSION)
    more = {"stranger": address} if stranger or not token else {"session": sha256(token.encode()).hexdigest()}
    return {"address": address, **more}


def _dress(message: Message, cookies: dict[str, str]) -> None:
    headers = MutableHeaders(scope=message)
    for name, value in security_headers():
        headers[name.decode()] = value.decode()
    # Streamlit's own cookie, which its script must be able to read, is no more for plain http than ours are.
    cookies_set = [value for value in headers.getlist("set-cookie") if "; Secure" not in value]
    if cookies_set:
        message["headers"] = [
            (name, value + b"; Secure" if name.lower() == b"set-cookie" and b"; Secure" not in value else value)
            for name, value in message["headers"]
        ]
        headers = MutableHeaders(scope=message)
    page = headers.get("content-type", "").startswith("text/html")
    if page or "cache-control" not in headers:  # a downloaded file says nothing of being kept: it is not
        headers["cache-control"] = "no-store"
    if page and BROWSER not in cookies:
        headers.append("set-cookie", browser_cookie(token_urlsafe(32)))


def _with_owner(scope: Scope, cookies: dict[str, str]) -> list[tuple[bytes, bytes]]:
    """
    Say whose socket this is, in headers that only the front door can set.

    Streamlit lets a dropped page be taken up again only by the same owner. A socket with neither cookie is nobody's
    and cannot be taken up at all.
    """
    known = cookies.get(SESSION, "") + "." + cookies.get(BROWSER, "")
    owner = known if known != "." else token_urlsafe(32)
    others = _without(scope, OWNER_HEADER, ADDRESS_HEADER, ORIGIN_HEADER)
    mark = sha256(owner.encode()).hexdigest().encode()
    return [*others, (OWNER_HEADER, mark), (ADDRESS_HEADER, visitors.address(scope).encode())]


def _without(scope: Scope, *names: bytes) -> list[tuple[bytes, bytes]]:
    """Return the headers of *scope* but those of *names*."""
    return [header for header in scope["headers"] if header[0] not in names]


def _too_long(message: Message) -> bool:
    return len(message.get("bytes") or message.get("text") or "") > MOST_FRAME_BYTES


def _unheard(stream: Stream, message: Message) -> bool:
    """Tell whether *message* is one that is kept from Streamlit; what it says of the page is noted with *stream*."""
    frame = message.get("bytes")
    if message["type"] != "websocket.receive" or not frame:
        return False
    try:
        said = BackMsg.FromString(frame)
    except DecodeError:
        return False  # Streamlit closes the connection itself
    stream.heard(said)
    kind = said.WhichOneof("type")
    return kind in UNHEARD or (
        kind == "backend_operation_request" and said.backend_operation_request.WhichOneof("payload") in UNDONE
    )
