"""Tell which addresses are not public, by the name of the special range that holds them.

The tables follow the IANA special-purpose registries (as of October 2025), by hand because Python 3.11's `is_global`
calls 224.0.0.1, 64:ff9b::/96, 2002::/16 and 192.0.0.8 global:
https://www.iana.org/assignments/iana-ipv4-special-registry/ and https://www.iana.org/assignments/iana-ipv6-special-registry/
"""

from __future__ import annotations

from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

Address = IPv4Address | IPv6Address

# The first network that holds an address names it, so a part of another network stands before that.
SPECIAL_V4 = tuple(
    (IPv4Network(network), name)
    for network, name in (
        ("127.0.0.0/8", "loopback"),  # RFC 1122
        ("10.0.0.0/8", "private"),  # RFC 1918
        ("172.16.0.0/12", "private"),
        ("192.168.0.0/16", "private"),
        ("169.254.0.0/16", "link-local"),  # RFC 3927; the metadata services of most clouds
        ("0.0.0.0/8", "this network"),  # RFC 791; Linux connects 0.0.0.0 to itself
        ("100.64.0.0/10", "carrier-grade NAT"),  # RFC 6598
        ("192.0.0.0/24", "protocol assignments"),  # RFC 6890; 192.0.0.192 is Oracle's metadata service
        ("192.0.2.0/24", "documentation"),  # RFC 5737
        ("198.51.100.0/24", "documentation"),
        ("203.0.113.0/24", "documentation"),
        ("192.88.99.0/24", "6to4 relay"),  # RFC 7526
        ("198.18.0.0/15", "benchmarking"),  # RFC 2544
        ("168.63.129.16/32", "cloud platform"),  # Azure's wire server, reachable from inside Azure only
        ("224.0.0.0/4", "multicast"),  # RFC 5771
        ("255.255.255.255/32", "broadcast"),  # RFC 8190
        ("240.0.0.0/4", "reserved"),  # RFC 1112
    )
)

# In the same order: parts before the whole.
SPECIAL_V6 = tuple(
    (IPv6Network(network), name)
    for network, name in (
        ("::1/128", "loopback"),  # RFC 4291
        ("::/128", "unspecified"),
        ("::ffff:0:0/96", "IPv4-mapped"),  # RFC 4291
        ("::ffff:0:0:0/96", "IPv4-translated"),  # RFC 2765
        ("::/96", "IPv4-compatible"),  # RFC 4291
        ("64:ff9b::/96", "NAT64"),  # RFC 6052
        ("64:ff9b:1::/48", "local NAT64"),  # RFC 8215
        ("100::/64", "discard-only"),  # RFC 6666
        ("100:0:0:1::/64", "dummy prefix"),  # RFC 9780
        ("2001::/32", "Teredo"),  # RFC 4380
        ("2001::/23", "protocol assignments"),  # RFC 2928: benchmarking, ORCHID and the like
        ("2001:db8::/32", "documentation"),  # RFC 3849
        ("2002::/16", "6to4"),  # RFC 3056
        ("3ffe::/16", "returned 6bone"),  # RFC 3701
        ("3fff::/20", "documentation"),  # RFC 9637
        ("5f00::/16", "segment routing"),  # RFC 9602
        ("fc00::/7", "unique local"),  # RFC 4193
        ("fe80::/10", "link-local"),  # RFC 4291
        ("fec0::/10", "site-local"),  # RFC 3879
        ("ff00::/8", "multicast"),  # RFC 4291
    )
)

# All public addresses that IANA has assigned: https://www.iana.org/assignments/ipv6-address-space/
GLOBAL_UNICAST = IPv6Network("2000::/3")

# The upper half of an ISATAP interface identifier, under any prefix (RFC 5214, 6.1).
ISATAP = (0x0000_5EFE, 0x0200_5EFE)

# Networks whose addresses hold an IPv4 address, and the number of bits to its right.
EMBEDDED = (
    (IPv6Network("::ffff:0:0/96"), 0),
    (IPv6Network("::ffff:0:0:0/96"), 0),
    (IPv6Network("64:ff9b::/96"), 0),
    (IPv6Network("2002::/16"), 80),
    (IPv6Network("::/96"), 0),
)


@lru_cache(maxsize=4096)
def parse_address(text: str) -> Address | None:
    """Return the parsed address without its zone; None for a text that is none."""
    try:
        return ip_address(text.partition("%")[0])
    except ValueError:
        return None


def special(address: Address) -> str:
    """Return the name of the special range of an address; empty for a public one."""
    if isinstance(address, IPv4Address):
        return next((name for network, name in SPECIAL_V4 if address in network), "")
    for network, name in SPECIAL_V6:
        if address in network:
            return name
    if address not in GLOBAL_UNICAST:
        return "unassigned"
    return "ISATAP" if (int(address) >> 32) & 0xFFFF_FFFF in ISATAP else ""


def embedded(address: Address) -> IPv4Address | None:
    """Return the IPv4 address inside a mapped or translated IPv6 address; None for any other."""
    # `::` and `::1` lie within ::/96, but hold no IPv4 address (RFC 4291, 2.5.5.1).
    if isinstance(address, IPv4Address) or int(address) <= 1:
        return None
    for network, shift in EMBEDDED:
        if address in network:
            return IPv4Address((int(address) >> shift) & 0xFFFF_FFFF)
    return None
