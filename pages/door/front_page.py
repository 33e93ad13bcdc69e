"""
Streamlit's own page at each of the desk's addresses, told where its server is.

By itself its script asks below the address of the page first, as at /claim/_stcore/health, and is not found there.
"""

from functools import lru_cache
from pathlib import Path

import streamlit
from starlette.convertors import StringConvertor, register_url_convertor
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

WHERE = "/session/server.js"
"""Where the script is that says it; an inline one would not be run."""

_SAYS = "window.__streamlit = { BACKEND_BASE_URL: location.origin }"


class _Address(StringConvertor):
    """The address of a page, "" for the first: no file's, which has a dot, and nothing below another."""

    regex = "[a-z0-9_-]*"


register_url_convertor("address", _Address())


async def page(request: Request) -> Response:
    """Return the page, which is the same at every address."""
    return HTMLResponse(_page())


async def where(request: Request) -> Response:
    """Return the script."""
    return Response(_SAYS, media_type="text/javascript", headers={"cache-control": "max-age=86400"})


@lru_cache(maxsize=1)
def _page() -> str:
    whole = (Path(streamlit.__file__).parent / "static" / "index.html").read_text(encoding="utf-8")
    return whole.replace("<head>", f'<head>\n    <script src="{WHERE}"></script>', 1)
