"""Encode a mail's headers and two bodies as the bytes of RFC 5322 and 2045, and read them back to verify them.

Own encoder because `email.headerregistry` decodes encoded words inside its input, so that a title could make a header,
and because the same mail must give the same bytes, while `email` draws a random boundary.
"""

from __future__ import annotations

import binascii
import re
from base64 import b64encode, encodebytes
from dataclasses import dataclass

LINE_LENGTH = 76  # RFC 2047, section 2: a line with an encoded word has at most 76 characters
MAX_LINE_LENGTH = 998  # RFC 5322, 2.1.1
_WORD_OVERHEAD = len("=?utf-8?B??=")

Header = tuple[str, str]  # a name, and a value that is ASCII and already encoded


@dataclass(frozen=True, slots=True)
class MimeDraft:
    """A mail before it is encoded; header values are encoded already."""

    headers: tuple[Header, ...]
    text: str
    html: str
    boundary: str


def encode(name: str, text: str) -> str:
    """Return a header's value: the text itself if it is short ASCII, else folded encoded words (RFC 2047)."""
    # A title that contains `=?` could be taken for an encoded word.
    if text.isascii() and text.isprintable() and "=?" not in text and len(name) + 2 + len(text) <= LINE_LENGTH:
        return text
    return _encoded_words(text, len(name) + 2)


def encode_mailbox(name: str, display: str, address: str) -> str:
    """Return `display <address>` as a header's value."""
    if (
        display.isascii()
        and display.isprintable()
        and "=?" not in display
        and len(name) + len(display) < LINE_LENGTH - 8
    ):
        escaped = re.sub(r'(["\\])', r"\\\1", display)
        return f'"{escaped}"\r\n <{address}>'
    return f"{_encoded_words(display, len(name) + 2)}\r\n <{address}>"


def to_bytes(draft: MimeDraft) -> bytes:
    """Return the finished mail: lines end in CRLF; the bodies are ASCII in lines of at most 76 characters."""
    head = "".join(f"{name}: {value}\r\n" for name, value in draft.headers).encode()
    parts = b"".join(
        f"--{draft.boundary}\r\n".encode() + _part(subtype, text)
        for subtype, text in (("plain", draft.text), ("html", draft.html))
    )
    kind = f'Content-Type: multipart/alternative; boundary="{draft.boundary}"\r\n\r\n'.encode()
    return head + b"MIME-Version: 1.0\r\n" + kind + parts + f"--{draft.boundary}--\r\n".encode()


def read_back_errors(raw: bytes, draft: MimeDraft) -> list[str]:
    """Return how the mail that Python's `email` parses from the bytes differs from the draft; empty if it does not."""
    from email import message_from_bytes, policy
    from email.message import EmailMessage

    parsed = message_from_bytes(raw, policy=policy.default)
    assert isinstance(parsed, EmailMessage)  # noqa: S101  policy.default returns one; for the type checker
    expected = [name for name, _ in draft.headers] + ["MIME-Version", "Content-Type"]
    errors = [f"headers {parsed.keys()}"] if parsed.keys() != expected else []
    errors += [f"defect {defect!r}" for part in parsed.walk() for defect in part.defects]
    bodies = [part.get_content() for part in parsed.iter_parts()] if parsed.is_multipart() else []
    if [_lines(body) for body in bodies] != [_lines(draft.text), _lines(draft.html)]:
        errors.append("the texts do not come back")
    if any(len(line) > MAX_LINE_LENGTH for line in raw.split(b"\r\n")) or b"\n" in raw.replace(b"\r\n", b""):
        errors.append("a line is too long or badly ended")
    return errors


def decoded_headers(raw: bytes) -> list[Header]:
    """Return the headers as Python's `email` decodes them."""
    from email import message_from_bytes, policy

    return [(name, str(value)) for name, value in message_from_bytes(raw, policy=policy.default).items()]


def mailbox_text(display: str, address: str) -> str:
    """Return `display <address>` as a mail program shows the header From."""
    return decoded_headers(f"From: {encode_mailbox('From', display, address)}\r\n\r\n".encode())[0][1]


def _encoded_words(text: str, used: int) -> str:
    """Return a text as folded encoded words, of which the first stands in a line with `used` characters."""
    words: list[str] = []
    chunk = b""
    for char in text:  # by characters: RFC 2047, section 5 (3) forbids to split one between two encoded words
        encoded = char.encode("utf-8", "replace")
        # Base64 writes 4 characters for 3 bytes.
        if len(chunk) + len(encoded) > (LINE_LENGTH - used - _WORD_OVERHEAD) // 4 * 3:
            words.append(_encoded_word(chunk))
            chunk = b""
            used = 1  # a folded line begins with the blank that continues the header (RFC 5322, 2.2.3)
        chunk += encoded
    return "\r\n ".join([*words, _encoded_word(chunk)])


def _encoded_word(chunk: bytes) -> str:
    return f"=?utf-8?B?{b64encode(chunk).decode()}?="


def _part(subtype: str, text: str) -> bytes:
    """Encode one body in the shorter transfer encoding: quoted-printable for mostly Latin text, else base64."""
    # "replace": half of a surrogate pair, which UTF-8 cannot express, becomes a question mark.
    # `b2a_qp` breaks lines as the first line ends, and with a bare LF where none does: so one always does.
    data = (text.rstrip("\n") + "\n").encode("utf-8", "replace").replace(b"\n", b"\r\n")
    # `istext`: the line ends of a text are not encoded (RFC 2045, 6.7, rule 4).
    printable = binascii.b2a_qp(data, istext=True)
    base64 = encodebytes(data).replace(b"\n", b"\r\n")
    coding, body = ("quoted-printable", printable) if len(printable) <= len(base64) else ("base64", base64)
    head = f'Content-Type: text/{subtype}; charset="utf-8"\r\nContent-Transfer-Encoding: {coding}\r\n\r\n'
    return head.encode() + body + (b"" if body.endswith(b"\r\n") else b"\r\n")


def _lines(text: str) -> list[str]:
    return text.replace("\r\n", "\n").rstrip("\n").split("\n")
