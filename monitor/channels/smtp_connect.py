"""A host name and port in, a connected socket out: every address of the host is tried, not only the first."""

from __future__ import annotations

import socket

from monitor.hostnames import ascii_host
from monitor.net import system_resolver

HEAD_START = 0.25  # seconds before the next address is tried beside the ones before (RFC 8305, section 5)

Target = tuple[int, int, int, str, tuple[str, int] | tuple[str, int, int, int]]
"""One address as `socket.getaddrinfo` describes it."""


async def targets(host: str, port: int) -> list[Target]:
    """Every address of the host, in the system's order of preference; an OSError when it has none."""
    found = await system_resolver()(ascii_host(host))
    return [_target(address, port) for address in dict.fromkeys(found)]


async def dial(found: list[Target]) -> socket.socket:
    """The first connection that stands, of attempts that begin a moment apart and change between IPv6 and IPv4.

    An OSError tells why there is none. How long to wait is for the caller to say.
    """
    from aiohappyeyeballs import start_connection

    return await start_connection(found, happy_eyeballs_delay=HEAD_START, interleave=1)


def others(found: list[Target], sock: socket.socket) -> list[Target]:
    """The addresses that a connection does not lead to: what is left to try when it comes to nothing."""
    try:
        peer = sock.getpeername()
    except OSError:
        return found[1:]
    return [target for target in found if target[4] != peer]


def _target(address: str, port: int) -> Target:
    numeric = socket.AI_NUMERICHOST | socket.AI_NUMERICSERV
    [target, *_] = socket.getaddrinfo(address, port, type=socket.SOCK_STREAM, flags=numeric)
    return target  # type: ignore[return-value]
