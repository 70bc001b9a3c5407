"""Blank what an answer repeats of the secrets that its request carried: `Invalid API key: …` is a usual error page."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator, Mapping

import httpx

_LEAST = 8
"""Characters from which on a secret is looked for: a shorter one may be a word of any text."""
_BLANK = b"..."
_SECRET_NAME = re.compile(r"key|token|secret|auth(?!or\b)|passw|credential|signature", re.I)
_SCHEME = re.compile(r"(?:basic|bearer|token)\s+", re.I)


def secrets_of(url: httpx.URL, headers: Mapping[str, str]) -> tuple[bytes, ...]:
    """Return the passwords and keys of a request: of its address, and of headers that have such by their names.

    One without a digit is none here, since it may be a word.
    """
    found = {
        *_of_address(url),
        *(_SCHEME.sub("", value) for name, value in headers.items() if _SECRET_NAME.search(name)),
    }
    sought = (one for one in found if len(one) >= _LEAST and any(map(str.isdigit, one)))
    return tuple(one.encode() for one in sorted(sought, key=len, reverse=True))


def without_echoes(body: bytes, secrets: tuple[bytes, ...]) -> bytes:
    """Return the body of an answer with three dots for each secret in it."""
    for secret in secrets:
        body = body.replace(secret, _BLANK)
    return body


def _of_address(url: httpx.URL) -> Iterator[str]:
    if url.userinfo:
        yield url.password
        yield base64.b64encode(f"{url.username}:{url.password}".encode()).decode()
