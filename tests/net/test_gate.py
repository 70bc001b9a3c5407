"""The gate's rules: what an allowance opens, and what it leaves shut."""

from __future__ import annotations

from contextlib import nullcontext

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from monitor.errors import RefusedError
from monitor.net import ANYWHERE, Allowance, Gate, allowance
from monitor.net.gate import literal, plain_host


def test_a_public_address_needs_no_allowance() -> None:
    Gate().check("8.8.8.8", "dns.google", 443)


def test_a_host_is_allowed_under_its_own_name_only() -> None:
    gate = Gate(["intranet.example"])
    assert gate.reason("10.0.0.5", "intranet.example", 80) == ""
    assert gate.reason("10.0.0.5", "intranet.example", 8443) == ""
    assert gate.reason("10.0.0.5", "other.example", 80) == "private"
    assert gate.reason("10.0.0.5", "10.0.0.5", 80) == "private"
    assert gate.reason("10.0.0.5", "sub.intranet.example", 80) == "private"


def test_a_host_with_a_port_is_allowed_on_that_port_only() -> None:
    gate = Gate(["intranet.example:8080", "[fd00::5]:81"])
    assert gate.reason("10.0.0.5", "intranet.example", 8080) == ""
    assert gate.reason("10.0.0.5", "intranet.example", 80) == "private"
    assert gate.reason("fd00::5", "fd00::5", 81) == ""
    assert gate.reason("fd00::5", "fd00::5", 80) == "unique local"


def test_an_address_is_allowed_when_asked_for_literally() -> None:
    gate = Gate(["10.0.0.5", "fd00::5"])
    assert gate.reason("10.0.0.5", "10.0.0.5", 80) == ""
    assert gate.reason("fd00::5", "[FD00:0::5]", 80) == ""
    assert gate.reason("10.0.0.5", "rebound.example", 80) == "private"


def test_a_network_is_allowed_under_every_name_and_port() -> None:
    gate = Gate(["10.1.0.0/16", "fd00::/8"])
    assert gate.reason("10.1.2.3", "any.example", 8080) == ""
    assert gate.reason("fd12::1", "any.example", 80) == ""
    assert gate.reason("10.2.0.1", "any.example", 80) == "private"
    assert gate.reason("::ffff:10.1.2.3", "any.example", 80) == "IPv4-mapped"


def test_a_network_of_translators_opens_only_the_public_addresses_behind_it() -> None:
    gate = Gate(["64:ff9b::/96"])
    assert gate.reason("64:ff9b::8.8.8.8", "news.example", 443) == ""
    assert gate.reason("64:ff9b::10.0.0.1", "news.example", 443) == "NAT64"
    assert gate.reason("64:ff9b::169.254.169.254", "news.example", 80) == "NAT64"
    both = Gate(["64:ff9b::/96", "10.0.0.0/8"])
    assert both.reason("64:ff9b::10.0.0.1", "news.example", 443) == ""


@given(st.ip_addresses())
def test_anywhere_is_anywhere(address: object) -> None:
    assert Gate(ANYWHERE).reason(str(address), "hook.example", 443) == ""


@given(st.ip_addresses(), st.sampled_from(["", "a.example", "127.0.0.1"]))
def test_what_is_refused_can_be_pasted_and_then_goes_through(address: object, name: str) -> None:
    host = name or str(address)
    try:
        Gate(["kept.example:81"]).check(str(address), host, 8080)
    except RefusedError as refused:
        entries = yaml.safe_load(refused.paste)["private_hosts_allowed"]
        assert entries[0] == "kept.example:81"
        assert Gate(entries).reason(str(address), host, 8080) == ""


@given(st.ip_addresses())
def test_what_a_literal_address_will_meet_is_known_before_it_is_asked_for(address: object) -> None:
    gate = Gate(["10.0.0.0/8"])
    reason = gate.reason(str(address), str(address), 80)
    with pytest.raises(RefusedError, match=reason) if reason else nullcontext():
        gate.check_unresolved(str(address), 80)


def test_a_local_name_is_refused_without_asking_for_it() -> None:
    for name in ("localhost", "a.localhost", "Printer.local.", "cms.internal"):
        with pytest.raises(RefusedError, match="not public") as refused:
            Gate(["cms.internal:81"]).check_unresolved(name, 8080)
        Gate(yaml.safe_load(refused.value.paste)["private_hosts_allowed"]).check_unresolved(name, 8080)
    Gate().check_unresolved("local", 80)
    Gate(["127.0.0.0/8"]).check_unresolved("localhost", 80)
    Gate(["10.0.0.0/8"]).check_unresolved("cms.internal", 80)
    with pytest.raises(RefusedError, match="loopback"):
        Gate(["10.0.0.0/8"]).check_unresolved("localhost", 80)


def test_the_line_to_paste_names_no_more_than_was_asked() -> None:
    with pytest.raises(RefusedError) as refused:
        Gate(["10.9.0.0/16"]).check("10.0.0.5", "Intranet.Example.", 8080)
    assert refused.value.paste == 'private_hosts_allowed: [10.9.0.0/16, "intranet.example:8080"]'
    assert str(refused.value) == "refused: intranet.example (10.0.0.5) is private, not public"
    with pytest.raises(RefusedError) as refused:
        Gate().check("::1", "::1", 443)
    assert refused.value.paste == 'private_hosts_allowed: ["[::1]"]'
    # In an IPv6-only network every outlet is reached through the translator, and not this one alone.
    with pytest.raises(RefusedError) as refused:
        Gate().check("64:ff9b::8.8.8.8", "news.example", 443)
    assert refused.value.paste == 'private_hosts_allowed: ["64:ff9b::/96"]'


def test_nonsense_in_the_place_of_an_address_is_refused() -> None:
    assert Gate(ANYWHERE).reason("/run/docker.sock", "x.example", 80) == "no address"


@pytest.mark.parametrize(
    ("entry", "meant"),
    [
        ("intranet.example", Allowance("intranet.example")),
        (" Intranet.Example. ", Allowance("intranet.example")),
        ("пример.рф:81", Allowance("xn--e1afmkfd.xn--p1ai", 81)),
        ("straße.test", Allowance("xn--strae-oqa.test")),
        ("10.0.0.5", Allowance("10.0.0.5")),
        ("10.0.0.5:8080", Allowance("10.0.0.5", 8080)),
        ("::1", Allowance("::1")),
        ("[::1]:80", Allowance("::1", 80)),
        ("localhost", Allowance("localhost")),
    ],
)
def test_entries_are_read(entry: str, meant: Allowance) -> None:
    assert allowance(entry) == meant


@pytest.mark.parametrize(
    "entry",
    ["", "10.0.0.5/8", "10.0.0.0/33", "http://x.example", "a b", "x:0", "x:99999", "x:http", "*.example", "x:²"],
)
def test_entries_that_mean_nothing_are_errors(entry: str) -> None:
    with pytest.raises(ValueError, match=r"is not a|has no port"):
        allowance(entry)


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("2130706433", "127.0.0.1"),
        ("0x7f000001", "127.0.0.1"),
        ("017700000001", "127.0.0.1"),
        ("127.1", "127.0.0.1"),
        ("0177.0.0.0x1", "127.0.0.1"),
        ("127.0.0.1.", "127.0.0.1"),
        ("0", "0.0.0.0"),
        ("[::1]", "::1"),
        ("[fe80::1%25eth0]", "fe80::1"),
        ("256.0.0.1", None),
        ("1.2.3.4.5", None),
        ("a.example", None),
    ],
)
def test_odd_spellings_are_read_as_the_system_reads_them(host: str, address: str | None) -> None:
    found = literal(host)
    assert (str(found) if found else None) == address


@settings(derandomize=True, max_examples=500)
@given(st.text(max_size=60))
@example("\u00b9")
@example("1\u3002\uff12")
@example("\uff3bA].")
def test_any_host_has_one_plain_spelling(host: str) -> None:
    plain = plain_host(host)
    assert plain_host(plain) == plain


@pytest.mark.parametrize(
    ("entry", "is_vain"),
    [
        *((entry, True) for entry in ("300.1.1.1", "10.0.0.256:80", "1.2.3.4.5", "cms.7")),
        *(
            (entry, False)
            for entry in ("10.0.0.7:80", "127.1", "0x7f000001", "[::1]:80", "10.0.0.0/8", "cms7", "7.cms")
        ),
    ],
)
def test_what_ends_in_a_number_is_an_address_or_nothing(entry: str, is_vain: bool) -> None:
    assert allowance(entry).is_vain is is_vain
