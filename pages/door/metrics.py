"""/metrics: figures for Prometheus, for the machine beside us or whoever holds the token."""

import hmac

from prometheus_client import CONTENT_TYPE_LATEST, Counter, Gauge, generate_latest
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from core import readiness
from core.settings import settings
from pages.door.streams import open_streams

answers = Counter("desk_http_answers", "Answers of the front door, by class of status", ["status"])
sign_ins = Counter("desk_sign_ins", "Tries to sign in, by result", ["result"])
_pages = Gauge("desk_open_pages", "Pages open in browsers, by whether somebody is signed in", ["signed_in"])
_ready = Gauge("desk_ready", "1 where the database answers and is migrated")

_LOOPBACK = frozenset({"127.0.0.1", "::1"})
_FORWARDED = ("forwarded", "x-forwarded-for", "x-real-ip")


def answered(status: int) -> None:
    """Count one answer."""
    answers.labels(f"{status // 100}xx").inc()


async def show(request: Request) -> Response:
    """Answer with every figure, or with 403 where the asker is neither this machine nor holds DESK_METRICS_TOKEN."""
    if not _may(request):
        return PlainTextResponse("Not here.", 403)
    signed_in = sum(1 for stream in open_streams if stream.session_id is not None)
    _pages.labels("yes").set(signed_in)
    _pages.labels("no").set(len(open_streams) - signed_in)
    _ready.set(0 if await run_in_threadpool(readiness.trouble) else 1)
    return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)


def _may(request: Request) -> bool:
    token = settings().desk_metrics_token
    if token:
        given = request.headers.get("authorization", "")
        return hmac.compare_digest(given.encode(), f"Bearer {token}".encode())
    # A proxy on this machine makes every visitor look local: what it forwards is not.
    forwarded = any(name in request.headers for name in _FORWARDED)
    named = request.url.hostname in _LOOPBACK | {"localhost"}
    return named and not forwarded and request.client is not None and request.client.host in _LOOPBACK
