"""/session/…: where a ticket becomes a cookie, how long that is good, what is typed meanwhile, and where it ends."""

import re
from datetime import timedelta
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response

from core import drafts, instant, staff
from core.refusal import Refusal
from core.transactions import acting
from pages.door.headers import BROWSER, SESSION, no_session_cookie, session_cookie, signed_out_cookie
from pages.door.visitors import address

MOST_DRAFT_BYTES = 64 * 1024
"""The longest message about a form's words: a browser sends no longer one from a page that is being left."""

_BEAT = timedelta(seconds=30)
"""How often a page says, at most, that its reader does something."""

_OWN_PATH = re.compile(r"/[a-z0-9_]*(\?([A-Za-z0-9_=&.~-]|%[0-9A-F]{2})*)?")


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
    answer.headers.append("set-cookie", signed_out_cookie(out=False))
    return answer


async def end(request: Request) -> Response:
    """End the session in every tab and on every board, and take the cookie away."""
    if not _from_here(request):
        return _not_from_here()
    await run_in_threadpool(staff.sign_out, request.cookies.get(SESSION), at=instant.now())
    answer = RedirectResponse("/", 303)
    answer.headers.append("set-cookie", no_session_cookie())
    answer.headers.append("set-cookie", signed_out_cookie(out=True))
    answer.headers["clear-site-data"] = '"cache", "storage"'
    return answer


async def left(request: Request) -> Response:
    """
    Say how long the session is still good; a POST says first that the person did something.

    The answer is `seconds`, 0 where nobody is signed in. Else it says also from how many seconds on the page warns
    (`warns`), with what words (`says`), whether doing something prolongs it (`stays`), and how many seconds pass, at
    least, between two times that the page says so (`beat`).
    """
    if not _from_here(request):
        return _not_from_here()
    token, at = request.cookies.get(SESSION), instant.now()
    person = await run_in_threadpool(staff.who, token, at=at, active=request.method == "POST")
    ending = await run_in_threadpool(staff.ending, token) if person else None
    if person is None or ending is None:
        return JSONResponse({"seconds": 0})
    idle = staff.idle_time()
    return JSONResponse(
        {
            "seconds": (ending.at - at).total_seconds(),
            "warns": min(staff.WARNED, idle / 2).total_seconds(),
            "says": staff.warning(ending, person.timezone),
            "stays": ending.why == staff.IDLE,
            "beat": min(_BEAT, idle / 8).total_seconds(),
        }
    )


class _Typed(BaseModel):
    """What a page says was typed into which of its forms."""

    model_config = ConfigDict(extra="forbid", strict=True)

    form: Annotated[str, Field(max_length=40)]
    client: Annotated[int, Field(gt=0, lt=2**31)] | None = None
    claim: Annotated[int, Field(gt=0, lt=2**63)] | None = None
    request: Annotated[UUID, Field(strict=False)]
    fields: dict[str, str]


async def draft(request: Request) -> Response:
    """
    Keep what the person has typed into a form so far. It is no activity by itself: the page says that on its own.

    Nothing of what was typed is in any answer or in the log.
    """
    if not _from_here(request):
        return _not_from_here()
    if request.headers.get("content-type") != "application/json":
        return PlainTextResponse("Say it in JSON.", 415)
    person = await run_in_threadpool(staff.who, request.cookies.get(SESSION), at=instant.now())
    if person is None:
        return PlainTextResponse("Nobody is signed in.", 403)
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > MOST_DRAFT_BYTES:
            return PlainTextResponse("This is more than a form can hold.", 413)
    try:
        typed = _Typed.model_validate_json(body)
    except ValidationError:
        return PlainTextResponse("This is not what a form holds.", 400)

    def kept() -> None:
        with acting(person) as tx:
            drafts.keep(
                person, tx, form=drafts.Form(typed.form, typed.client, typed.claim), request=typed.request,
                fields=typed.fields, at=instant.now(),
            )  # fmt: skip

    try:
        await run_in_threadpool(kept)
    except Refusal as refusal:
        return PlainTextResponse(str(refusal), 409)
    return Response(status_code=204)


def own_path(wanted: str | None) -> str:
    """Return *wanted* where it is a page of ours, else the first page; never another site."""
    return wanted if wanted and _OWN_PATH.fullmatch(wanted) else "/"


def _from_here(request: Request, *also: str) -> bool:
    """Tell whether the browser says that one of our own pages (or one of *also*) sent it here."""
    return request.headers.get("sec-fetch-site") in {"same-origin", *also}


def _not_from_here() -> Response:
    return PlainTextResponse("Open the desk's own page for that.", 403)
