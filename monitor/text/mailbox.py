"""Parse mail addresses, with or without a name: `News monitor <monitor@example.org>`."""

from __future__ import annotations

import re
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from unicodedata import category

from monitor.hostnames import ascii_host, is_domain

# RFC 5321, 4.5.3.1.1: a local part has at most 64 octets.
_LOCAL = re.compile(r"[^\s@<>()\[\],;:\"\\\x00-\x1f\x7f]{1,64}")
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')
_BRACKETED = re.compile(r"<[^<>]*@[^<>]*>")
_BREAKS = re.compile(r"[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029]")
_SEPARATOR = re.compile(r"[,;]")
_JOINERS = re.compile("[\u200c\u200d]")  # RFC 5892, appendix A


def is_address(text: str) -> bool:
    """Tell whether this is one mail address and nothing else."""
    local, at, domain = text.rpartition("@")
    fits = bool(at and _LOCAL.fullmatch(local) and is_domain(domain))
    # A dot stands between two atoms only (Dot-string in RFC 5321, 4.1.2).
    return fits and all(local.split(".")) and not invisible(text)


def invisible(text: str) -> str:
    """Return the first invisible character (Unicode category Cf) in an address, as pasted ones have; empty if none.

    No server delivers to such an address. Joiners in the domain do not count: some scripts need them (RFC 5892, A).
    """
    local, _, domain = text.rpartition("@")
    return next((one for one in local + _JOINERS.sub("", domain) if category(one) == "Cf"), "")


def ascii_address(address: str) -> str:
    """Return the address with its domain in ASCII (IDNA). Raises ValueError if it is not an address."""
    if not is_address(address):
        raise ValueError(f"{address!r} is not a mail address")
    local, _, domain = address.rpartition("@")
    return address if domain.isascii() else f"{local}@{ascii_host(domain)}"


def split_mailbox(text: str) -> tuple[str, str]:
    """Split into name and address: the address is in the last <>, and all before it is the name.

    This is not the grammar of RFC 5322, in which `ACME: News <a@example.org>` and `O'Neil @ work <a@example.org>` mean
    something else; but its quotation marks and encoded words are read. Raises ValueError that says what is wrong.
    """
    before, bracket, rest = text.strip().rpartition("<")
    address = rest.removesuffix(">").strip() if bracket else rest
    if bool(bracket) != rest.endswith(">") or not is_address(address):
        raise ValueError("is not a mail address, nor a name and an address in <>")
    if _BREAKS.search(before):
        raise ValueError("has a line end or control character in its name")
    unquoted = _QUOTED.sub("", before)
    parts = _SEPARATOR.split(unquoted)
    # An @ alone may belong to a name (O'Neil @ work); an address in <> or between commas does not.
    if _BRACKETED.search(unquoted) or (len(parts) > 1 and any(is_address(part.strip()) for part in parts)):
        raise ValueError("names two addresses where one is possible")
    return " ".join(_decoded_name(before.strip()).split()), address


def _decoded_name(name: str) -> str:
    """Return a name without its quotation marks (RFC 5322, 3.2.4), or with its encoded words decoded (RFC 2047)."""
    found = _QUOTED.fullmatch(name)
    if found:
        return re.sub(r"\\(.)", r"\1", found[1])
    if "=?" not in name:
        return name
    try:
        return str(make_header(decode_header(name)))
    except (HeaderParseError, LookupError, ValueError):
        return name
