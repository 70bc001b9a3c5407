"""One reader of addresses and senders: what stands in <> is the address, what stands before it the name."""

from __future__ import annotations

import pytest

from monitor.text import ascii_address, is_address, split_mailbox


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("m@t.test", ""),
        ("<m@t.test>", ""),
        ("News monitor <m@t.test>", "News monitor"),
        ("News monitor<m@t.test>", "News monitor"),
        ("  News  monitor   < m@t.test > ", "News monitor"),
        ("O'Neil @ work <m@t.test>", "O'Neil @ work"),
        ("Team a@b.test <m@t.test>", "Team a@b.test"),
        ("a@b.test <m@t.test>", "a@b.test"),
        ("ACME: News <m@t.test>", "ACME: News"),
        ("Monitor, News <m@t.test>", "Monitor, News"),
        ("News; desk <m@t.test>", "News; desk"),
        ("News [EU] <m@t.test>", "News [EU]"),
        ("News (EU desk) <m@t.test>", "News (EU desk)"),
        ("A < B > C <m@t.test>", "A < B > C"),
        ('"Monitor, News" <m@t.test>', "Monitor, News"),
        (r'"Ann \"A\" \\ <x@y.test>" <m@t.test>', 'Ann "A" \\ <x@y.test>'),
        ('Ann "A" Bee <m@t.test>', 'Ann "A" Bee'),
        ("=?utf-8?B?0J3QvtCy0L7RgdGC0Lg=?= <m@t.test>", "Новости"),
        ("=?utf-8?Q?a=0D=0ABcc:?= <m@t.test>", "a Bcc:"),
        ("=?nonsense <m@t.test>", "=?nonsense"),
        ("Новости — Ёж 🦔 <m@t.test>", "Новости — Ёж 🦔"),
        ("نامه\u200cای <m@t.test>", "نامه\u200cای"),
    ],
)
def test_a_sender_is_a_name_and_an_address(text: str, name: str) -> None:
    assert split_mailbox(text) == (name, "m@t.test")


@pytest.mark.parametrize(
    "text",
    [
        *("", "<>", "News", "News <>", "News <m@t.test", "m@t.test>", "News <m@t.test> more", "News m@t.test"),
        *("News <mailto:m@t.test>", "News <m@t..test>", "News <a b@t.test>", "m@t.test (News)", "desk: m@t.test;"),
        *("A <a@b.test>, B <c@d.test>", "A <a@b.test> B <c@d.test>", "a@b.test, c@d.test", "a@b.test; News <c@d.test>"),
        *("Ann\r\nBcc: x@y.test <m@t.test>", "Ann\u2028 <m@t.test>", "Ann\x07 <m@t.test>"),
    ],
)
def test_what_is_no_sender_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"mail address|two addresses|line end"):
        split_mailbox(text)


@pytest.mark.parametrize(
    "address", ["a@b", "a.b+c@d-e.test", "пётр@пример.test", "m@straße.test", "m@उदाहरण.test", "m@نامه\u200cای.test"]
)
def test_addresses(address: str) -> None:
    assert is_address(address)


@pytest.mark.parametrize(
    "text",
    [
        *("a", "@b", "a@", ".a@b", "a.@b", "a..b@c", "a@-b", "a@b@c", "a b@c", "a@b,c", "a@a\u200cb.test"),
        *("m\u200b@t.test", "m@t.test\u200b", "\ufeffm@t.test", "m@t\u00ad.test", "m\u200d@t.test"),
    ],
)
def test_no_addresses(text: str) -> None:
    assert not is_address(text)
    with pytest.raises(ValueError, match="is not a mail address"):
        ascii_address(text)


def test_only_the_domain_is_spelled_in_ascii() -> None:
    assert ascii_address("m@straße.test") == "m@xn--strae-oqa.test"
    assert ascii_address("пётр@Пример.test") == "пётр@xn--e1afmkfd.test"
    assert ascii_address("M@T.test") == "M@T.test"
