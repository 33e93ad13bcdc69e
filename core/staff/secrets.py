"""Tokens, their hashes, and password hashes: the only place that handles either."""

import hashlib
import secrets
from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from core import typed

_HASHER = PasswordHasher()
"""RFC 9106's second recommendation: 64 MiB, three passes, four lanes; some 50 ms here."""


def new_token() -> str:
    """Return 32 random bytes as text that fits in a cookie and in an address."""
    return secrets.token_urlsafe(32)


def digest(token: str) -> bytes:
    """Return what the database keeps of a token: 32 bytes. A random token needs no salt and no slow hash."""
    return hashlib.sha256(token.encode()).digest()


def name_key(name: str) -> str:
    """Return what lockout counts by: a hash, since people type passwords into the name field."""
    return hashlib.sha256(kept_sign_in_name(name).encode()).hexdigest()


def kept_sign_in_name(name: str) -> str:
    """Return a sign-in name as it is kept and looked up: as `typed.cleaned` leaves it, lower case, cut at 200."""
    return typed.cleaned(name).lower()[:200]


def password_hash(password: str) -> str:
    """Return the argon2id hash of *password*, with its own salt and parameters."""
    return _HASHER.hash(password)


@lru_cache(maxsize=1)
def _nobodys_hash() -> str:
    return _HASHER.hash(new_token())


def matches(known_hash: str | None, password: str) -> bool:
    """
    Tell whether *password* belongs to *known_hash*.

    Without a hash (nobody has that name) a stranger's is checked, so that the answer takes as long.
    """
    try:
        right = _HASHER.verify(known_hash or _nobodys_hash(), password)
    except (VerificationError, InvalidHashError):
        return False
    return right and known_hash is not None
