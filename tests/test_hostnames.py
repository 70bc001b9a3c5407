"""Hosts as browsers spell them: IDNA 2008 with UTS 46, where IDNA 2003 names other domains."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.hostnames import ascii_host, ascii_url, host_of, is_domain, plain_spelling, site_of


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("straße.test", "xn--strae-oqa.test"),
        ("STRAẞE.test", "xn--strae-oqa.test"),
        ("faß.test", "xn--fa-hia.test"),
        ("οδός.test", "xn--pxavk3b.test"),  # the final sigma stays
        ("ΟΔΟΣ.test", "xn--pxavbq.test"),  # a capital one becomes the usual letter, wherever it stands
        ("نامه\u200cای.test", "xn--mgba3gch31f060k.test"),  # a non-joiner
        ("क्\u200dष.test", "xn--11b2ezcw70k.test"),  # a joiner
        ("उदाहरण.test", "xn--p1b6ci4b4b3a.test"),
        ("Пример。РФ.", "xn--e1afmkfd.xn--p1ai."),
        ("ｅｘａｍｐｌｅ.test", "example.test"),
        ("soft\u00adhyphen.tést", "softhyphen.xn--tst-bma"),
        ("foo_bar.пример.test", "foo_bar.xn--e1afmkfd.test"),
        ("💩.test", "xn--ls8h.test"),
        ("WWW.Example.Test", "www.example.test"),
        ("xn--strae-oqa.test", "xn--strae-oqa.test"),
        ("[::1]", "[::1]"),
    ],
)
def test_a_host_has_one_spelling_in_ascii(written: str, asked: str) -> None:
    assert ascii_host(written) == asked
    assert ascii_host(asked) == asked


@pytest.mark.parametrize(
    "wrong",
    [
        "a\u200cb.test",
        "good.test／.evil.ü",
        "ü@evil.test",
        "ü" * 64 + ".test",
        "\u0301a.test",
        "ü\ud800.test",
        "א1a.test",
    ],
)
def test_what_can_be_no_host_is_refused(wrong: str) -> None:
    assert not is_domain(wrong)
    with pytest.raises(ValueError, match=r"."):
        ascii_host(wrong)


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("https://straße.test/ß?ß#ß", "https://xn--strae-oqa.test/ß?ß#ß"),
        ("HTTPS://ann:pß@straße.test:8443/", "HTTPS://ann:pß@xn--strae-oqa.test:8443/"),
        ("http://a.test/ß", "http://a.test/ß"),
        ("http://[::1]/ß", "http://[::1]/ß"),
        ("http://a\u200cb.test/", "http://a\u200cb.test/"),
        ("/straße", "/straße"),
        ("mailto:ann@straße.test", "mailto:ann@straße.test"),
    ],
)
def test_only_the_host_of_an_address_changes(written: str, asked: str) -> None:
    assert ascii_url(written) == asked


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://example.org/rss", "example.org"),
        ("https://example.org./rss", "example.org"),
        ("https://EXAMPLE.Org.:8443/rss", "example.org"),
        ("http://me:pass@Example.org", "example.org"),
        ("https://Straße.test./rss", "xn--strae-oqa.test"),
        ("https://XN--STRAE-OQA.test/rss", "xn--strae-oqa.test"),
        ("http://[::1]:80/", "::1"),
        ("http://[bad/", ""),
        ("http://a\u200cb.test/", ""),
        (f"https://{'a.' * 126}b:8443/rss", "a." * 126 + "b"),
        (f"https://{'a.' * 126}bc/rss", ""),
        ("http://a\x00b.test/", ""),
        ("", ""),
    ],
)
def test_every_spelling_of_an_address_names_one_host(url: str, host: str) -> None:
    assert host_of(url) == host


@given(st.text())
def test_any_text_gives_ascii_or_a_refusal(text: str) -> None:
    try:
        assert ascii_host(text).isascii()
    except ValueError:
        assert not text.isascii()
    assert isinstance(ascii_url(f"http://{text}"), str)


def test_what_can_be_no_domain_is_spelled_in_lower_case() -> None:
    assert plain_spelling("Straße.Test") == "xn--strae-oqa.test"
    assert plain_spelling("Ж／x") == "ж／x"


@pytest.mark.parametrize(
    ("url", "site"),
    [
        ("https://feeds.bbc.co.uk/x", "bbc.co.uk"),
        ("https://bbc.co.uk/x", "bbc.co.uk"),
        ("https://sport.news.example.org/n/1", "example.org"),
        ("https://www.rt.de/", "rt.de"),
        ("https://notexample.org/n/1", "notexample.org"),
        ("https://www.aa.com.tr/tr", "aa.com.tr"),
        ("news.test", "news.test"),
        ("https://feeds.news.test:8443/rss", "news.test"),
        ("http://10.0.0.7:8080/rss", "10.0.0.7"),
        ("http://[2001:db8::1]/rss", "2001:db8::1"),
        ("http://[::1", ""),
        ("\x1b[31m", ""),
        ("", ""),
    ],
)
def test_a_site_is_what_feeds_and_pages_share(url: str, site: str) -> None:
    assert site_of(url) == site
