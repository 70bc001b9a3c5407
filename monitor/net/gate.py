"""The address gate: the address about to be connected to, and the host and port asked for, in; a yes or a reason out.

It is asked where the socket is made, so that neither a redirect, nor a name, nor an odd spelling can go round it.
"""

from __future__ import annotations

import re
import socket
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import IPv4Network, IPv6Network, ip_network

from monitor.errors import RefusedError
from monitor.hostnames import ascii_host
from monitor.net.ranges import Address, embedded, read, special

ANYWHERE = ("0.0.0.0/0", "::/0")
"""The allowances of a client that only calls hosts which the operator wrote down (webhooks, alarm addresses)."""

_HOST = re.compile(r"[a-z0-9_]([a-z0-9_.-]*[a-z0-9_])?", re.IGNORECASE)
_NUMBER = r"(0x[0-9a-f]*|[0-9]+)"
_NUMERIC = re.compile(rf"{_NUMBER}(\.{_NUMBER}){{0,3}}\.?", re.IGNORECASE)
_BRACKETED = re.compile(r"\[([^\]]+)\](?::(\d+))?")


@dataclass(frozen=True, slots=True)
class Allowance:
    """One entry of `private_hosts_allowed`: a network, or a host with one port or (None) every port."""

    host: str = ""
    port: int | None = None
    network: IPv4Network | IPv6Network | None = None

    def covers(self, address: Address, host: str, port: int) -> bool:
        """Whether a connection to `address`, asked for as `host` and `port`, is what the operator allowed."""
        if self.network is None:
            return host == self.host and self.port in (None, port)
        return address in self.network


def allowance(entry: str) -> Allowance:
    """Read one entry of `private_hosts_allowed`; a ValueError says what is wrong with it."""
    text = entry.strip()
    if "/" in text:
        return Allowance(network=_network(text))
    bracketed = _BRACKETED.fullmatch(text)
    if bracketed:
        host, port = bracketed[1], bracketed[2] or ""
    elif read(text) is not None:
        host, port = text, ""
    else:
        host, _, port = text.partition(":")
    return Allowance(_known_host(host, entry), _port(port, entry))


def _network(text: str) -> IPv4Network | IPv6Network:
    try:
        return ip_network(text)
    except ValueError as error:
        raise ValueError(f"{text} is not a network: {error}") from None


def _known_host(host: str, entry: str) -> str:
    plain = plain_host(host)
    if read(plain) is None and not _HOST.fullmatch(plain):
        raise ValueError(f"{entry!r} is not a host, host:port or network such as 10.0.0.0/8")
    return plain


def _port(text: str, entry: str) -> int | None:
    if not text:
        return None
    if not text.isascii() or not text.isdigit() or not 0 < int(text) < 65536:
        raise ValueError(f"{entry!r} has no port between 1 and 65535")
    return int(text)


@lru_cache(maxsize=4096)
def plain_host(host: str) -> str:
    """One spelling for each host: lower case, ASCII, no final dot, brackets or zone; addresses as Python prints."""
    # Stripped again afterwards: UTS 46 makes digits of superscripts, and dots of their wide forms.
    plain = _ascii(host.strip("[].")).strip("[].")
    address = literal(plain)
    return str(address) if address is not None else plain


def _ascii(host: str) -> str:
    try:
        return ascii_host(host)
    except ValueError:
        return host.lower()


@lru_cache(maxsize=4096)
def literal(host: str) -> Address | None:
    """The address that a host spells, in any way C libraries read (decimal, octal, hex, short); None for a name."""
    plain = host.strip("[]")
    if not _NUMERIC.fullmatch(plain):
        return read(plain)
    try:
        return read(socket.inet_ntoa(socket.inet_aton(plain.rstrip("."))))
    except OSError:
        return None


class Gate:
    """Which connections outlets, pages and feeds may cause: to public addresses, and to what the operator allowed."""

    def __init__(self, allowed: Iterable[str] = ()) -> None:
        self.entries = tuple(entry.strip() for entry in allowed)
        self._allowances = tuple(allowance(entry) for entry in self.entries)

    def check(self, address: str, host: str, port: int) -> None:
        """Return when the connection may be made, else raise a RefusedError that carries the line to paste."""
        reason = self.reason(address, host, port)
        if reason:
            asked = plain_host(host)
            where = asked if asked == address else f"{asked} ({address})"
            raise RefusedError(f"{where} is {reason}, not public", self.paste(address, asked, port))

    def reason(self, address: str, host: str, port: int) -> str:
        """The special range that forbids a connection to `address`, asked for as `host` and `port`; empty to go on."""
        known = read(address)
        if known is None:
            return "no address"
        kind = special(known)
        return kind if kind and not self._allowed(known, plain_host(host), port) else ""

    def _allowed(self, address: Address, host: str, port: int) -> bool:
        covering = [one for one in self._allowances if one.covers(address, host, port)]
        inner = embedded(address)
        if inner is None or any(one.network is None for one in covering):
            return bool(covering)
        # A network of translators is allowed for what lies behind it: that must be public, or allowed in its own right.
        return bool(covering) and (not special(inner) or self._allowed(inner, host, port))

    def paste(self, address: str, host: str, port: int) -> str:
        """The whole line of `monitor.yaml` that would allow what was refused, with the entries already there."""
        known = read(address)
        inner = embedded(known) if known else None
        if known and special(known) == "NAT64" and inner and not special(inner):
            entry = "64:ff9b::/96"  # an IPv6-only network: every outlet is reached through the translator
        else:
            name = f"[{host}]" if ":" in host else host
            entry = name if port in (80, 443) else f"{name}:{port}"
        return f"private_hosts_allowed: [{', '.join(_quoted(one) for one in (*self.entries, entry))}]"


def _quoted(entry: str) -> str:
    return entry if re.fullmatch(r"[\w./-]+", entry) else f'"{entry}"'
