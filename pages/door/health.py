"""/health/live and /health/ready: whether to restart this process, and whether to send it visitors."""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from core import readiness


async def live(request: Request) -> Response:
    """Answer at all: the process runs and its event loop turns."""
    return PlainTextResponse("alive")


async def ready(request: Request) -> Response:
    """Answer 200 where the database answers and is migrated, else 503 and one sentence."""
    trouble = await run_in_threadpool(readiness.trouble)
    return PlainTextResponse(trouble or "ready", 503 if trouble else 200)
