"""What is public: the table against the registries, and against itself."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.net.ranges import EMBEDDED, SPECIAL_V4, SPECIAL_V6, embedded, parse_address, special

PUBLIC = (Path(__file__).parent.parent / "data" / "net" / "public.txt").read_text(encoding="utf-8").split()

# (address, its range): the edges of each range, and whom they have fooled.
SPECIAL = [
    ("0.0.0.0", "this network"),
    ("0.255.255.255", "this network"),
    ("10.0.0.0", "private"),
    ("10.255.255.255", "private"),
    ("100.64.0.0", "carrier-grade NAT"),
    ("100.100.100.200", "carrier-grade NAT"),
    ("127.0.0.1", "loopback"),
    ("127.255.255.255", "loopback"),
    ("168.63.129.16", "cloud platform"),
    ("169.254.169.254", "link-local"),
    ("172.16.0.0", "private"),
    ("172.31.255.255", "private"),
    ("192.0.0.8", "protocol assignments"),
    ("192.0.0.192", "protocol assignments"),
    ("192.0.2.1", "documentation"),
    ("192.88.99.1", "6to4 relay"),
    ("192.168.1.1", "private"),
    ("198.18.0.1", "benchmarking"),
    ("198.19.255.255", "benchmarking"),
    ("198.51.100.1", "documentation"),
    ("203.0.113.1", "documentation"),
    ("224.0.0.1", "multicast"),
    ("239.255.255.250", "multicast"),
    ("240.0.0.1", "reserved"),
    ("255.255.255.255", "broadcast"),
    ("::", "unspecified"),
    ("::1", "loopback"),
    ("::127.0.0.1", "IPv4-compatible"),
    ("::8.8.8.8", "IPv4-compatible"),
    ("::ffff:10.0.0.1", "IPv4-mapped"),
    ("::ffff:8.8.8.8", "IPv4-mapped"),
    ("::ffff:0:10.0.0.1", "IPv4-translated"),
    ("64:ff9b::10.0.0.1", "NAT64"),
    ("64:ff9b:1::1", "local NAT64"),
    ("64:ff9b:1:ffff:ffff:ffff:ffff:ffff", "local NAT64"),
    ("100::1", "discard-only"),
    ("100:0:0:1::1", "dummy prefix"),
    ("2001::1", "Teredo"),
    ("2001:2::1", "protocol assignments"),
    ("2001:10::1", "protocol assignments"),
    ("2001:db8::1", "documentation"),
    ("2002:7f00:1::1", "6to4"),
    ("2a02:6b8::5efe:10.0.0.1", "ISATAP"),
    ("2a02:6b8::200:5efe:10.0.0.1", "ISATAP"),
    ("3ffe::1", "returned 6bone"),
    ("3fff::1", "documentation"),
    ("4000::1", "unassigned"),
    ("5f00::1", "segment routing"),
    ("fc00::1", "unique local"),
    ("fd00:ec2::254", "unique local"),
    ("fe80::1", "link-local"),
    ("febf:ffff::1", "link-local"),
    ("fec0::1", "site-local"),
    ("ff02::1", "multicast"),
]


@pytest.mark.parametrize("text", PUBLIC)
def test_public_addresses_are_public(text: str) -> None:
    assert special(ip_address(text)) == ""


@pytest.mark.parametrize(("text", "name"), SPECIAL)
def test_special_addresses_are_named(text: str, name: str) -> None:
    assert special(ip_address(text)) == name


def addresses_in_tables() -> st.SearchStrategy[IPv4Address | IPv6Address]:
    networks = [network for network, _ in (*SPECIAL_V4, *SPECIAL_V6)]
    return st.sampled_from(networks).flatmap(
        lambda network: st.integers(int(network[0]), int(network[-1])).map(type(network[0]))
    )


@given(addresses_in_tables())
def test_every_address_of_a_listed_range_is_special(address: IPv4Address | IPv6Address) -> None:
    assert special(address)


@given(st.ip_addresses())
def test_whatever_python_knows_to_be_private_is_special(address: IPv4Address | IPv6Address) -> None:
    if not address.is_global or address.is_multicast or address.is_reserved or address.is_link_local:
        assert special(address)


@given(st.ip_addresses(v=6))
def test_only_what_iana_gave_out_is_public(address: IPv6Address) -> None:
    if not special(address):
        assert int(address) >> 125 == 0b001


@given(st.ip_addresses(v=4), st.sampled_from(EMBEDDED))
def test_an_embedded_address_is_found_and_never_public(inner: IPv4Address, place: tuple[object, int]) -> None:
    network, shift = EMBEDDED[EMBEDDED.index(place)]  # type: ignore[arg-type]
    outer = IPv6Address(int(network[0]) | int(inner) << shift)
    assert special(outer)
    assert embedded(outer) == inner or int(outer) <= 1


@given(st.integers(0, 2**64 - 1), st.ip_addresses(v=4), st.sampled_from([0x0000_5EFE, 0x0200_5EFE]))
def test_isatap_is_special_under_every_prefix(prefix: int, inner: IPv4Address, marker: int) -> None:
    assert special(IPv6Address(prefix << 64 | marker << 32 | int(inner)))


@pytest.mark.parametrize(
    ("text", "address"), [("fe80::1%eth0", "fe80::1"), ("1.2.3.4", "1.2.3.4"), ("host", None), ("", None)]
)
def test_addresses_are_read_without_their_zone(text: str, address: str | None) -> None:
    assert parse_address(text) == (ip_address(address) if address else None)
