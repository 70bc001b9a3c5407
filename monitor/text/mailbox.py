"""`News monitor <monitor@example.org>`: the one reader of mail addresses and of senders with a name."""

from __future__ import annotations

import re
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from unicodedata import category

from monitor.hostnames import ascii_host, is_domain

_LOCAL = re.compile(r"[^\s@<>()\[\],;:\"\\\x00-\x1f\x7f]{1,64}")
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')
_BRACKETED = re.compile(r"<[^<>]*@[^<>]*>")
_BREAKS = re.compile(r"[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029]")
_SEPARATOR = re.compile(r"[,;]")
_JOINERS = re.compile("[\u200c\u200d]")  # RFC 5892, appendix A


def is_address(text: str) -> bool:
    """Say whether this is one mail address and nothing else."""
    local, at, domain = text.rpartition("@")
    fits = bool(at and _LOCAL.fullmatch(local) and is_domain(domain))
    return fits and not local.startswith(".") and ".." not in local and not invisible(text)


def invisible(text: str) -> str:
    """The first character that cannot be seen and came with the address from a page or a letter; empty without one.

    No server delivers to such an address. The joiners are looked at with the domain, some of whose scripts need them.
    """
    local, _, domain = text.rpartition("@")
    return next((one for one in local + _JOINERS.sub("", domain) if category(one) == "Cf"), "")


def ascii_address(address: str) -> str:
    """The address as mail servers spell it, its domain in ASCII; a ValueError where it is none."""
    if not is_address(address):
        raise ValueError(f"{address!r} is not a mail address")
    local, _, domain = address.rpartition("@")
    return address if domain.isascii() else f"{local}@{ascii_host(domain)}"


def split_mailbox(text: str) -> tuple[str, str]:
    """Name and address: what stands in the last <> is the address, what stands before it the name, whatever it holds.

    Not the grammar of mail headers, by which `ACME: News <a@example.org>` and `O'Neil @ work <a@example.org>` are other
    addresses; their quotation marks and encoded words are understood. A ValueError says what is wrong.
    """
    before, bracket, rest = text.strip().rpartition("<")
    address = rest.removesuffix(">").strip() if bracket else rest
    if bool(bracket) != rest.endswith(">") or not is_address(address):
        raise ValueError("is not a mail address, nor a name and an address in <>")
    if _BREAKS.search(before):
        raise ValueError("has a line end or control character in its name")
    if _holds_address(_QUOTED.sub("", before)):
        raise ValueError("names two addresses where one is possible")
    return " ".join(_unquoted(before.strip()).split()), address


def _unquoted(name: str) -> str:
    found = _QUOTED.fullmatch(name)
    if found:
        return re.sub(r"\\(.)", r"\1", found[1])
    return _decoded(name) if "=?" in name else name


def _decoded(name: str) -> str:
    try:
        return str(make_header(decode_header(name)))
    except (HeaderParseError, LookupError, ValueError):
        return name


def _holds_address(before: str) -> bool:
    """Whether a list of addresses begins before the last one, rather than a name that has an @ in it."""
    parts = _SEPARATOR.split(before)
    return bool(_BRACKETED.search(before)) or (len(parts) > 1 and any(is_address(part.strip()) for part in parts))
