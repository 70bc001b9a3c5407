"""Text for logs, mails and terminals without the credentials that its addresses hold."""

from __future__ import annotations

import re

# Names of parameters as feeds, signed links and single sign-on have them; "key" and "auth" only as words of their own,
# or keyword= and author= would be hidden too. Under any name a long hexadecimal number is as good as a password: the
# feed= of Reddit's private feeds, a UUID.
_HOLDS = (
    "token|secret|passw|pwd|credential|signature|authoriz|session_?id|sessid|bearer|hmac|jwt"
    "|(?:api|access|private|feed|rss|licen[cs]e|subscription|user|app|auth|account|client|secure|member)[_.-]?key"
)
_WORD = "key|auth|hash|sig|sign|pass|sid"
_NAME = (
    rf"(?:[\w.-]{{0,40}}(?:{_HOLDS})[\w.-]{{0,40}}|(?:[\w.-]{{0,40}}[_.-])?(?:{_WORD})"
    r"|[\w.-]{1,40}(?=(?:=|%3D)(?:[0-9a-f]{20}|[0-9a-f]{8}-[0-9a-f]{4}-)))"
)
_PARAMETER = re.compile(rf"((?:[?&;#]|%3F|%26){_NAME}(?:=|%3D))(?:(?!%26)[^&\s#\"'<>);])+", re.IGNORECASE)
_USER = re.compile(r"(://)[^/\s?#]+@")


def without_credentials(text: str) -> str:
    """The text with user names, passwords, tokens and keys of the addresses in it replaced by an ellipsis."""
    if "://" in text:
        text = _USER.sub(r"\1…@", text)
    return _PARAMETER.sub(r"\1…", text) if "=" in text or "%3" in text else text
