"""Text from feeds, made fit for mails."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.text.safe_text import direction, header_text, safe_link, shorten, visible


@pytest.mark.parametrize(
    ("given", "clean"),
    [
        ("Песков — «да»", "Песков — «да»"),
        ("a\r\nb\tc\x00d\u2028e", "a b c d e"),
        ("evil\u202egnp.exe\u2066\u200f", "evilgnp.exe"),
        ("so\u00adft ze\u200bro \ufeff", "soft zero "),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("👩\u200d👧", "👩\u200d👧"),
        ("5\u00a0000", "5\u00a0000"),
        ("\ud800x\ufffe", "x"),
        ("e" + "\u0301" * 50, "e" + "\u0301" * 8),
    ],
)
def test_only_what_may_be_seen_stays(given: str, clean: str) -> None:
    assert visible(given) == clean


@given(st.text())
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    once = visible(text)
    assert visible(once) == once
    assert not any(unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp") for char in once)


@given(st.text(), st.integers(10, 200))
def test_a_header_is_one_short_line_without_encoded_words(text: str, cap: int) -> None:
    clean = header_text(text, cap)
    assert len(clean) <= cap
    assert "=?" not in clean
    assert clean.splitlines() in ([], [clean])


def test_an_encoded_word_that_appears_only_after_cleaning_is_broken_too() -> None:
    assert "=?" not in header_text("=\u200b?utf-8?Q?=0A?=")


def test_a_cut_does_not_part_a_letter_from_its_marks() -> None:
    assert shorten("abcde\u0301fgh", 7) == "abcde\u0301…"
    assert shorten("abcde\u0301fgh", 6) == "abcd…"
    assert shorten("abc", 3) == "abc"


@pytest.mark.parametrize(
    ("url", "link"),
    [
        ("https://example.org/a?b=c#d", "https://example.org/a?b=c#d"),
        ("  http://example.org:8080/  ", "http://example.org:8080/"),
        ("https://пример.example/статья", "https://xn--e1afmkfd.example/%D1%81%D1%82%D0%B0%D1%82%D1%8C%D1%8F"),
        ("https://straße.example/a", "https://xn--strae-oqa.example/a"),
        ("https://ΟΔΟΣ.example/", "https://xn--pxavbq.example/"),
        (
            "https://نامه\u200cای.example/می\u200cشود",
            "https://xn--mgba3gch31f060k.example/%D9%85%DB%8C%E2%80%8C%D8%B4%D9%88%D8%AF",
        ),
        ("https://example.org／.evil.example/ü", ""),
        ("https://a\u200cb.example/", ""),
        ("https://exa\u00a0mple.org/", ""),
        ("https://example.org/100%25?q=a b", ""),
        ('https://example.org/"onclick=x', "https://example.org/%22onclick=x"),
        ("https://[2001:db8::1]/x", "https://[2001:db8::1]/x"),
        ("javascript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("ftp://example.org/", ""),
        ("//example.org/x", ""),
        ("https://", ""),
        ("https://good.example.org@evil.example.org/", ""),
        ("https://good.example.org\\@evil.example.org/", ""),
        ("https://example.org/\u202egpj", ""),
        ("https://example.org/\r\nx", ""),
        ("https://example.org:99999/", ""),
        ("https://exa<mple.org/", ""),
        ("https://[::1/", ""),
        ("https://" + "a" * 3000, ""),
        ("", ""),
    ],
)
def test_links_lead_to_the_web_or_nowhere(url: str, link: str) -> None:
    assert safe_link(url) == link


@given(st.text(max_size=80).map("https://example.org/".__add__) | st.text(max_size=80))
def test_any_text_is_a_plain_link_or_none(url: str) -> None:
    link = safe_link(url)
    assert link == "" or (link.isascii() and link.startswith(("http://", "https://")) and " " not in link)


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("محادثات", "ar", "rtl"),
        ("NATO: محادثات إسطنبول", "ar", "rtl"),
        ("Istanbul talks", "ar", "ltr"),
        ("שיחות", "", "rtl"),
        ("שיחות", "en", "rtl"),
        ("The talks (محادثات) go on", "en", "ltr"),
        ("Песков", "ru", "ltr"),
        ("مذاکرات", "fa-IR", "rtl"),
        ("مذاکرات", "ur", "rtl"),
        ("123", "he", "ltr"),
    ],
)
def test_direction(text: str, language: str, expected: str) -> None:
    assert direction(text, language) == expected
