"""
/health/live and /health/ready: whether to restart this process, and whether to send it visitors.

And what a page is told that asks for Streamlit's server below its own address.
"""

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


async def elsewhere(request: Request) -> Response:
    """
    Answer Streamlit's script, which asks below the address of its page before it asks at the root, that it is not here.

    It goes on to the root from whatever is no success; of a 404 every browser would note an error.
    """
    return PlainTextResponse("The server is asked at /_stcore.", 300)
