"""The front door: one layer around everything, which shuts what Streamlit leaves open to strangers."""

import asyncio
from hashlib import sha256
from secrets import token_urlsafe

from google.protobuf.message import DecodeError
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg

from core import instant, staff
from core.access import Actor
from pages.door import errors, metrics
from pages.door.headers import BROWSER, SESSION, browser_cookie, security_headers
from pages.door.streams import Stream, open_streams

SHUT = ("/_stcore/metrics", "/_stcore/agent", "/_stcore/script-health-check")
"""Paths nobody is served."""
SIGNED_IN_ONLY = ("/media/", "/_stcore/upload_file")
"""Paths that ask nobody who they are, unless we do: downloads, pictures, uploads."""
UNHEARD = frozenset({"clear_cache", "set_run_on_save", "load_git_info"})
"""Messages of a page that no page of ours sends; the first empties every visitor's caches."""

OWNER_HEADER = b"x-desk-session"
ADDRESS_HEADER = b"x-desk-address"


class FrontDoor:
    """Plain ASGI, so that it stands before web sockets too."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            await self._page(scope, receive, send)
        elif scope["type"] == "websocket" and scope["path"].endswith("/_stcore/stream"):
            await self._stream(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    async def _page(self, scope: Scope, receive: Receive, send: Send) -> None:
        cookies = HTTPConnection(scope).cookies
        answered = False

        async def with_headers(message: Message) -> None:
            nonlocal answered
            if message["type"] == "http.response.start":
                answered = True
                _dress(message, cookies)
                metrics.answered(message["status"])
            await send(message)

        try:
            if await _refused(scope["path"], cookies.get(SESSION)):
                await PlainTextResponse("Not here.", 403)(scope, receive, with_headers)
            else:
                await self.app(scope, receive, with_headers)
        except Exception as defect:
            reference = errors.noted(defect)
            if not answered:
                await PlainTextResponse(errors.sentence(reference), 500)(scope, receive, with_headers)

    async def _stream(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Tie the page to the browser's cookies, and listen only to what a page of ours says."""
        cookies = HTTPConnection(scope).cookies
        actor = await _signed_in(cookies.get(SESSION))
        scope = dict(scope, headers=_with_owner(scope, cookies))
        stream = Stream(actor.staff_id if actor else None, actor.session_id if actor else None)
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
                    if not _unheard(message):
                        return message
                elif nudged.done():
                    frame, nudged = nudged.result(), None
                    return {"type": "websocket.receive", "bytes": frame}

        try:
            await self.app(scope, sifted, send)
        finally:
            open_streams.discard(stream)
            for task in (heard, nudged):
                if task is not None:
                    task.cancel()


async def _signed_in(token: str | None) -> Actor | None:
    return await run_in_threadpool(staff.who, token, at=instant.now()) if token else None


async def _refused(path: str, token: str | None) -> bool:
    if path.startswith(SHUT):
        return True
    return path.startswith(SIGNED_IN_ONLY) and await _signed_in(token) is None


def _dress(message: Message, cookies: dict[str, str]) -> None:
    headers = MutableHeaders(scope=message)
    for name, value in security_headers():
        headers[name.decode()] = value.decode()
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
    address = scope["client"][0] if scope.get("client") else "unknown"
    others = [each for each in scope["headers"] if each[0] not in (OWNER_HEADER, ADDRESS_HEADER)]
    mark = sha256(owner.encode()).hexdigest().encode()
    return [*others, (OWNER_HEADER, mark), (ADDRESS_HEADER, address.encode())]


def _unheard(message: Message) -> bool:
    frame = message.get("bytes")
    if message["type"] != "websocket.receive" or not frame:
        return False
    try:
        return BackMsg.FromString(frame).WhichOneof("type") in UNHEARD
    except DecodeError:
        return False  # Streamlit closes the connection itself
