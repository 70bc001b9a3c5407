"""What the SMTP peer is told to do, what it shows for itself, and what it tells afterwards."""

from __future__ import annotations

import base64
import json
import re
import ssl
import sys
from dataclasses import dataclass
from pathlib import Path

PHASES = ("connect", "ehlo", "starttls", "auth", "mail", "rcpt", "data", "body", "dot", "rset", "quit")
_FAULT = re.compile(
    r"(?P<phase>\w+)(:(?P<address>[^=]+))?=(?P<action>[1-5]\d\d|[a-z]+(:[\d.]+)?)(x(?P<times>\d+))?(%(?P<chance>[\d.]+))?"
)


@dataclass
class Fault:
    """One thing that goes wrong, how often and how likely."""

    phase: str
    action: str
    address: str = ""
    times: int = sys.maxsize
    chance: float = 1.0

    def applies(self, phase: str, address: str) -> bool:
        """Whether this fault is about such a moment and not used up."""
        return self.phase == phase and self.address in ("", address) and self.times > 0

    @classmethod
    def parse(cls, text: str) -> Fault:
        """The fault that a text such as `rcpt:a@example.org=550x2%0.5` names."""
        found = _FAULT.fullmatch(text.strip())
        if not found or found["phase"] not in PHASES:
            raise ValueError(f"not a fault: {text!r}")
        times, chance = int(found["times"] or sys.maxsize), float(found["chance"] or 1)
        return cls(found["phase"], found["action"], found["address"] or "", times, chance)


@dataclass(frozen=True)
class Accepted:
    """One message that the server took responsibility for; `answered` is false where the client was not told."""

    sender: str
    recipients: tuple[str, ...]
    raw: bytes
    tls: bool
    user: str
    answered: bool

    def as_json(self) -> str:
        """One line of the record file."""
        return json.dumps({**self.__dict__, "raw": base64.b64encode(self.raw).decode()})


def certificate(name: str = "localhost") -> tuple[ssl.SSLContext, bytes]:
    """A server's context for that name, and the private authority (PEM) that vouches for it."""
    import trustme

    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(name).configure_cert(context)
    return context, authority.cert_pem.bytes()


def read_record(path: Path) -> list[Accepted]:
    """The messages in a record file, in the order in which they were accepted."""
    lines = [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []
    return [
        Accepted(**{**line, "raw": base64.b64decode(line["raw"]), "recipients": tuple(line["recipients"])})
        for line in lines
    ]
