"""What a client says of itself in AUTH, in any of the ways that mail servers take."""

from __future__ import annotations

import base64
from collections.abc import Callable


def credentials(words: list[str], ask: Callable[[str], str]) -> tuple[str, str]:
    """User and password (or access token) of an AUTH command; `ask` sends a prompt and returns the next line."""
    way = words[1].upper()
    first = words[2] if len(words) > 2 else ask(PROMPTS[way])
    if way == "LOGIN":
        return _text(first), _text(ask("UGFzc3dvcmQ6"))
    if way == "XOAUTH2":
        user, bearer, *_ = _text(first).split("\x01")
        return user.removeprefix("user="), bearer.removeprefix("auth=Bearer ")
    user, _, word = _text(first).removeprefix("\0").partition(" " if way == "CRAM-MD5" else "\0")
    return user, word


PROMPTS = {"PLAIN": "", "LOGIN": "VXNlcm5hbWU6", "CRAM-MD5": "PHBlZXJAbG9jYWxob3N0Pg==", "XOAUTH2": ""}


def _text(word: str) -> str:
    return base64.b64decode(word).decode()
