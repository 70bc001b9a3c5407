"""Remove credentials in addresses from text for logs, mails and terminals, and tell them by their names."""

from __future__ import annotations

import re

# Names of parameters as feeds, signed links and single sign-on have them (own list); "key" and "auth" only as whole
# words, or keyword= and author= would be hidden, too. Under any name a long hexadecimal number may be a secret: the
# feed= of Reddit's private feeds, a UUID.
_NAME_PARTS = (
    "token|secret|passw|pwd|credential|signature|authoriz|session_?id|sessid|bearer|hmac|jwt"
    "|(?:api|access|private|feed|rss|licen[cs]e|subscription|user|app|auth|account|client|secure|member)[_.-]?key"
)
_NAME_WORDS = "key|auth|hash|sig|sign|pass|sid"
_NAME = (
    rf"(?:[\w.-]{{0,40}}(?:{_NAME_PARTS})[\w.-]{{0,40}}|(?:[\w.-]{{0,40}}[_.-])?(?:{_NAME_WORDS})"
    r"|[\w.-]{1,40}(?=(?:=|%3D)(?:[0-9a-f]{20}|[0-9a-f]{8}-[0-9a-f]{4}-)))"
)
_SECRET_NAME = re.compile(rf"(?:[\w.-]*(?:{_NAME_PARTS})[\w.-]*|(?:[\w.-]*[_.-])?(?:{_NAME_WORDS}))", re.IGNORECASE)
_PARAMETER = re.compile(rf"((?:[?&;#]|%3F|%26){_NAME}(?:=|%3D))(?:(?!%26)[^&\s#\"'<>);])+", re.IGNORECASE)
_USER = re.compile(r"(://)[^/\s?#]+@")


def without_credentials(text: str) -> str:
    """Replace user names, passwords, tokens and keys in the addresses of a text by an ellipsis."""
    if "://" in text:
        text = _USER.sub(r"\1…@", text)
    return _PARAMETER.sub(r"\1…", text) if "=" in text or "%3" in text else text


def names_secret(name: str) -> bool:
    """Tell whether a parameter or header of this name holds a password, token or key."""
    return _SECRET_NAME.fullmatch(name) is not None
