"""/calendar/…: a clinician's calls for a calendar program, which has no session but an address that is secret."""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from core import instant, triage


async def calls(request: Request) -> Response:
    """Answer the calls of whoever has the address, as text/calendar; 404 where nobody has."""
    file = await run_in_threadpool(triage.at_address, request.path_params["token"][:100], at=instant.now())
    if file is None:
        return PlainTextResponse("There is no such calendar.", 404)
    return Response(file, media_type="text/calendar", headers={"cache-control": "private, no-store"})
