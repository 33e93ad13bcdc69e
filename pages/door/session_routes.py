"""/session/start and /session/end: where a ticket becomes a cookie, and where it ends."""

import re

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from core import instant, staff
from pages.door.headers import BROWSER, SESSION, no_session_cookie, session_cookie
from pages.door.visitors import address

_OWN_PATH = re.compile(r"/[a-z0-9_]*(\?([A-Za-z0-9_=&.-]|%[0-9A-F]{2})*)?")


async def start(request: Request) -> Response:
    """Redeem the ticket of this browser, hand out a session's cookie, and go where the person wanted to go."""
    if not _from_here(request, "none"):
        return _not_from_here()
    token = await run_in_threadpool(
        staff.redeem,
        request.query_params.get("ticket", ""),
        browser=request.cookies.get(BROWSER, ""),
        address=address(request.scope),
        at=instant.now(),
    )
    if token is None:
        return RedirectResponse("/", 303)  # the sign-in form, again
    answer = RedirectResponse(own_path(request.query_params.get("to")), 303)
    answer.headers.append("set-cookie", session_cookie(token))
    return answer


async def end(request: Request) -> Response:
    """End the session in every tab and on every board, and take the cookie away."""
    if not _from_here(request):
        return _not_from_here()
    await run_in_threadpool(staff.sign_out, request.cookies.get(SESSION), at=instant.now())
    answer = RedirectResponse("/", 303)
    answer.headers.append("set-cookie", no_session_cookie())
    answer.headers["clear-site-data"] = '"cache", "storage"'
    return answer


def own_path(wanted: str | None) -> str:
    """Return *wanted* where it is a page of ours, else the first page; never another site."""
    return wanted if wanted and _OWN_PATH.fullmatch(wanted) else "/"


def _from_here(request: Request, *also: str) -> bool:
    """Tell whether the browser says that one of our own pages (or one of *also*) sent it here."""
    return request.headers.get("sec-fetch-site") in {"same-origin", *also}


def _not_from_here() -> Response:
    return PlainTextResponse("Open the desk's own page for that.", 403)
