"""The bytes of a mail: headers and two texts in, RFC 5322 bytes out, read back and compared before they are trusted.

Written by hand because `email.headerregistry` decodes encoded words that it finds in what it is given (a title can then
make a header), and because the same letter must give the same bytes, where `email` draws a random boundary.
"""

from __future__ import annotations

import binascii
import re
from base64 import b64encode, encodebytes
from dataclasses import dataclass

LINE = 76  # RFC 2047: a line that holds an encoded word has at most 76 characters
LONGEST_LINE = 998
_WORD = len("=?utf-8?B??=")

Header = tuple[str, str]  # a name, and a value that is ASCII and already encoded


@dataclass(frozen=True, slots=True)
class MimeDraft:
    """A mail as we mean it, before it is bytes."""

    headers: tuple[Header, ...]
    text: str
    html: str
    boundary: str


def encode(name: str, text: str) -> str:
    """A header's value: the text itself where it is short plain ASCII, else encoded words, folded."""
    if text.isascii() and text.isprintable() and "=?" not in text and len(name) + 2 + len(text) <= LINE:
        return text
    return _words(text, len(name) + 2)


def encode_mailbox(name: str, display: str, address: str) -> str:
    """`display <address>` as a header's value."""
    if display.isascii() and display.isprintable() and "=?" not in display and len(name) + len(display) < LINE - 8:
        escaped = re.sub(r'(["\\])', r"\\\1", display)
        return f'"{escaped}"\r\n <{address}>'
    return f"{_words(display, len(name) + 2)}\r\n <{address}>"


def to_bytes(draft: MimeDraft) -> bytes:
    """The finished mail: CRLF line ends, nothing but ASCII in the bodies, no line over 76 characters there."""
    head = "".join(f"{name}: {value}\r\n" for name, value in draft.headers).encode()
    parts = b"".join(
        f"--{draft.boundary}\r\n".encode() + _part(subtype, text)
        for subtype, text in (("plain", draft.text), ("html", draft.html))
    )
    kind = f'Content-Type: multipart/alternative; boundary="{draft.boundary}"\r\n\r\n'.encode()
    return head + b"MIME-Version: 1.0\r\n" + kind + parts + f"--{draft.boundary}--\r\n".encode()


def faults(raw: bytes, draft: MimeDraft) -> list[str]:
    """What a standard reader sees in the bytes that we did not mean; empty is good."""
    from email import message_from_bytes, policy
    from email.message import EmailMessage

    parsed = message_from_bytes(raw, policy=policy.default)
    assert isinstance(parsed, EmailMessage)  # noqa: S101  what policy.default makes; for the type checker
    expected = [name for name, _ in draft.headers] + ["MIME-Version", "Content-Type"]
    found = [f"headers {parsed.keys()}"] if parsed.keys() != expected else []
    found += [f"defect {defect!r}" for part in parsed.walk() for defect in part.defects]
    bodies = [part.get_content() for part in parsed.iter_parts()] if parsed.is_multipart() else []
    if [_lines(body) for body in bodies] != [_lines(draft.text), _lines(draft.html)]:
        found.append("the texts do not come back")
    if any(len(line) > LONGEST_LINE for line in raw.split(b"\r\n")) or b"\n" in raw.replace(b"\r\n", b""):
        found.append("a line is too long or badly ended")
    return found


def decoded(raw: bytes) -> list[Header]:
    """The headers as a standard reader decodes them."""
    from email import message_from_bytes, policy

    return [(name, str(value)) for name, value in message_from_bytes(raw, policy=policy.default).items()]


def _words(text: str, used: int) -> str:
    words: list[str] = []
    chunk = b""
    for char in text:
        more = char.encode("utf-8", "replace")
        if len(chunk) + len(more) > _room(used if not words else 1):
            words.append(_word(chunk))
            chunk = b""
        chunk += more
    return "\r\n ".join([*words, _word(chunk)])


def _room(used: int) -> int:
    """How many bytes of text fit in the encoded word of a line of which `used` characters are taken."""
    return (LINE - used - _WORD) // 4 * 3


def _word(chunk: bytes) -> str:
    return f"=?utf-8?B?{b64encode(chunk).decode()}?="


def _part(subtype: str, text: str) -> bytes:
    """One body in whichever safe coding is shorter: quoted-printable for mostly Latin text, else base64."""
    data = text.encode("utf-8", "replace").replace(b"\n", b"\r\n")
    printable = binascii.b2a_qp(data, istext=True)
    base64 = encodebytes(data).replace(b"\n", b"\r\n")
    coding, body = ("quoted-printable", printable) if len(printable) <= len(base64) else ("base64", base64)
    head = f'Content-Type: text/{subtype}; charset="utf-8"\r\nContent-Transfer-Encoding: {coding}\r\n\r\n'
    return head.encode() + body + (b"" if body.endswith(b"\r\n") else b"\r\n")


def _lines(text: str) -> list[str]:
    return text.replace("\r\n", "\n").rstrip("\n").split("\n")
