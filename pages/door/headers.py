"""What every answer carries: the headers that tell a browser what this page may do, and the two cookies' form."""

import re
from base64 import b64encode
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

import streamlit

SESSION = "__Host-desk"
"""Cookie of a sign-in: a random token and nothing else."""
BROWSER = "__Host-browser"
"""Cookie of a browser, signed in or not: what a ticket is bound to, and by which a name knows it again."""

SIGNED_OUT = "__Host-out"
"""Cookie of a browser in which somebody signed out, until somebody signs in or it is closed: that it was so."""

BROWSER_DAYS = 400
"""How long a browser is known: the longest that browsers keep a cookie. The database forgets it after as many."""

_INLINE_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)


@lru_cache(maxsize=1)
def content_security_policy() -> str:
    """
    Return the strictest policy under which every page runs.

    Streamlit's page has inline scripts, which change with its version: their hashes are taken from the installed file.
    Its style engine needs inline styles; its tables need WebAssembly.
    """
    page = (Path(streamlit.__file__).parent / "static" / "index.html").read_text(encoding="utf-8")
    hashes = [b64encode(sha256(script.encode()).digest()).decode() for script in _INLINE_SCRIPT.findall(page)]
    scripts = " ".join(["'self'", "'wasm-unsafe-eval'", *(f"'sha256-{each}'" for each in hashes)])
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src {scripts}",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "connect-src 'self'",
            "frame-src 'self'",
            "manifest-src 'self'",
            "base-uri 'none'",
            "form-action 'self'",
            "object-src 'none'",
            "frame-ancestors 'none'",
        )
    )


@lru_cache(maxsize=1)
def security_headers() -> tuple[tuple[bytes, bytes], ...]:
    """Return the headers that every answer carries, names in lower case."""
    return tuple(
        (name.encode(), value.encode())
        for name, value in {
            "content-security-policy": content_security_policy(),
            "x-content-type-options": "nosniff",
            "x-frame-options": "DENY",
            "referrer-policy": "same-origin",
            "strict-transport-security": "max-age=31536000",
            "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
            "cross-origin-opener-policy": "same-origin",
            "cross-origin-resource-policy": "same-origin",
        }.items()
    )


def session_cookie(token: str) -> str:
    """
    Return the Set-Cookie value of a sign-in; it ends with the browser, or sooner with the row behind it.

    Secure always: a browser takes it from https and from http on this very machine, and from nowhere else.
    """
    return f"{SESSION}={token}; Path=/; HttpOnly; Secure; SameSite=Strict"


def no_session_cookie() -> str:
    """Return the Set-Cookie value that takes the sign-in's cookie away."""
    return f"{SESSION}=; Path=/; HttpOnly; Secure; SameSite=Strict; Max-Age=0"


def signed_out_cookie(*, out: bool) -> str:
    """Return the Set-Cookie value that tells every tab of this browser that one signed out, or takes that back."""
    return f"{SIGNED_OUT}={'1' if out else ''}; Path=/; HttpOnly; Secure; SameSite=Strict{'' if out else '; Max-Age=0'}"


def browser_cookie(token: str) -> str:
    """
    Return the Set-Cookie value that tells this browser from others, for BROWSER_DAYS.

    Lax, so that arriving by a link brings it along instead of being given another one.
    """
    return f"{BROWSER}={token}; Path=/; HttpOnly; Secure; SameSite=Lax; Max-Age={BROWSER_DAYS * 24 * 3600}"
