"""Allow or refuse connections by address, host and port: to public addresses, and to what the operator allowed.

The gate is asked where sockets are made, so that no redirect, name or odd spelling of an address bypasses it.
"""

from __future__ import annotations

import re
import socket
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import IPv4Network, IPv6Network, ip_network

from monitor.errors import RefusedError
from monitor.hostnames import plain_spelling
from monitor.net.ranges import Address, embedded, parse_address, special

ANYWHERE = ("0.0.0.0/0", "::/0")
"""The allowances of a client that calls only hosts of the configuration (webhooks, alarm addresses)."""

_HOST = re.compile(r"[a-z0-9_]([a-z0-9_.-]*[a-z0-9_])?", re.IGNORECASE)
_NUMBER = r"(0x[0-9a-f]*|[0-9]+)"
# Every form that inet_aton takes is an address to the system's resolver, so that it is one to the gate, too.
_NUMERIC = re.compile(rf"{_NUMBER}(\.{_NUMBER}){{0,3}}\.?", re.IGNORECASE)
_ENDS_IN_NUMBER = re.compile(rf"(^|\.){_NUMBER}$")
_BRACKETED = re.compile(r"\[([^\]]+)\](?::(\d+))?")
_LOOPBACK_NAME = re.compile(r"(.+\.)?localhost")  # RFC 6761
_LOCAL_NAME = re.compile(r".+\.(local|internal)")  # RFC 6762; ICANN set .internal aside in 2024


@dataclass(frozen=True, slots=True)
class Allowance:
    """One entry of `private_hosts_allowed`: a network, or a host with one port or (None) every port."""

    host: str = ""
    port: int | None = None
    network: IPv4Network | IPv6Network | None = None

    @property
    def is_vain(self) -> bool:
        """Whether its host can be none: it ends in a number, as addresses alone do (URL standard), and is none."""
        return _ENDS_IN_NUMBER.search(self.host) is not None and parse_address(self.host) is None

    def covers(self, address: Address, host: str, port: int) -> bool:
        """Whether the operator allowed a connection to `address` that was requested as `host` and `port`."""
        if self.network is None:
            return host == self.host and self.port in (None, port)
        return address in self.network


def allowance(entry: str) -> Allowance:
    """Parse one entry of `private_hosts_allowed`; raise ValueError that says what is wrong with it."""
    text = entry.strip()
    if "/" in text:
        try:
            return Allowance(network=ip_network(text))
        except ValueError as error:
            raise ValueError(f"{text} is not a network: {error}") from None
    if bracketed := _BRACKETED.fullmatch(text):
        host, port = bracketed[1], bracketed[2] or ""
    elif parse_address(text) is not None:
        host, port = text, ""
    else:
        host, _, port = text.partition(":")
    host = plain_host(host)
    if parse_address(host) is None and not _HOST.fullmatch(host):
        raise ValueError(f"{entry!r} is not a host, host:port or network such as 10.0.0.0/8")
    # `isdigit` alone is true of superscripts, which `int` refuses, and of digits of every script.
    if port and not (port.isascii() and port.isdigit() and 0 < int(port) < 65536):
        raise ValueError(f"{entry!r} has no port between 1 and 65535")
    return Allowance(host, int(port) if port else None)


@lru_cache(maxsize=4096)
def plain_host(host: str) -> str:
    """Return the spelling of a host: lower case, ASCII, no final dot, brackets or zone; addresses as Python has."""
    # Stripped twice, since UTS 46 turns wide dots into dots and superscripts into digits.
    normalised = plain_spelling(host.strip("[].")).strip("[].")
    address = literal(normalised)
    return str(address) if address is not None else normalised


@lru_cache(maxsize=4096)
def literal(host: str) -> Address | None:
    """Return the address that a host spells in any form of inet_aton (decimal, octal, hex, short); None for a name."""
    normalised = host.strip("[]")
    if not _NUMERIC.fullmatch(normalised):
        return parse_address(normalised)
    try:
        return parse_address(socket.inet_ntoa(socket.inet_aton(normalised.rstrip("."))))
    except OSError:
        return None


class Gate:
    """Decides which connections are made: to public addresses, and to what the operator allowed."""

    def __init__(self, allowed: Iterable[str] = ()) -> None:
        self.entries = tuple(entry.strip() for entry in allowed)
        self._allowances = tuple(allowance(entry) for entry in self.entries)

    def check(self, address: str, host: str, port: int) -> None:
        """Raise RefusedError, with the line to paste, unless the connection may be made."""
        reason = self.reason(address, host, port)
        if reason:
            requested = plain_host(host)
            where = requested if requested == address else f"{requested} ({address})"
            raise RefusedError(f"{where} is {reason}, not public", self.paste(address, requested, port))

    def reason(self, address: str, host: str, port: int) -> str:
        """Return the special range that forbids a connection to `address` requested as `host` and `port`, or empty."""
        parsed = parse_address(address)
        if parsed is None:
            return "no address"
        kind = special(parsed)
        return kind if kind and not self._allowed(parsed, plain_host(host), port) else ""

    def check_unresolved(self, host: str, port: int) -> None:
        """Raise RefusedError where the spelling of a host shows that every connection to it will be refused."""
        requested = plain_host(host)
        address = "127.0.0.1" if _LOOPBACK_NAME.fullmatch(requested) else requested
        if literal(address) is not None:
            self.check(address, host, port)
        # An allowed network may hold the address that the name leads to.
        elif _LOCAL_NAME.fullmatch(requested) and not any(
            one.network or (one.host == requested and one.port in (None, port)) for one in self._allowances
        ):
            raise RefusedError(f"{requested} is a local name, not public", self.paste("", requested, port))

    def _allowed(self, address: Address, host: str, port: int) -> bool:
        covering = [one for one in self._allowances if one.covers(address, host, port)]
        inner = embedded(address)
        if inner is None or any(one.network is None for one in covering):
            return bool(covering)
        # An allowed network of a translator (NAT64) covers only public or allowed IPv4 addresses behind it.
        return bool(covering) and (not special(inner) or self._allowed(inner, host, port))

    def paste(self, address: str, host: str, port: int) -> str:
        """Return the line of `monitor.yaml` that would allow what was refused, with the present entries."""
        parsed = parse_address(address)
        inner = embedded(parsed) if parsed else None
        if parsed and special(parsed) == "NAT64" and inner and not special(inner):
            entry = "64:ff9b::/96"  # in an IPv6-only network every outlet is reached through the translator
        else:
            name = f"[{host}]" if ":" in host else host
            entry = name if port in (80, 443) else f"{name}:{port}"
        quoted = [one if re.fullmatch(r"[\w./-]+", one) else f'"{one}"' for one in (*self.entries, entry)]
        return f"private_hosts_allowed: [{', '.join(quoted)}]"
