"""Entities that a document declares for itself."""

from __future__ import annotations

import pytest

from monitor.model import Page, Parsed
from monitor.sources import parse
from monitor.sources.dtd_entities import with_entities
from tests.bench.yardstick import at_reference


def read(declared: str, title: str, root: str = "rss") -> Parsed:
    entry = f"<channel><item><title>{title}</title></item></channel>"
    if root == "urlset":
        entry = f"<url><loc>{title}</loc></url>"
    document = f"<?xml version='1.0'?><!DOCTYPE {root} [{declared}]><{root}>{entry}</{root}>"
    return parse("feed", Page("https://f.example.org/rss", 200, {}, document.encode()))


@pytest.mark.parametrize(
    ("declared", "title", "read_as"),
    [
        ('<!ENTITY ora "ОРА">', "&ora; приехала", "ОРА приехала"),
        ("<!ENTITY ora 'ОРА'>", "a &ora;&ora; &amp; b", "a ОРАОРА & b"),
        ('<!ENTITY nbsp "&#160;">', "a&nbsp;b", "a\u00a0b"),
        ('<!ENTITY a "first"><!ENTITY a "second">', "&a;", "first"),
        ('<!ENTITY a "x">', "<![CDATA[&amp;a; b]]>", "&a; b"),
        ('<!ENTITY a "&copy; Ferma">', "&a;", "© Ferma"),
    ],
)
def test_they_are_resolved(declared: str, title: str, read_as: str) -> None:
    assert " ".join(read(declared, title).entries[0].title.split(" ")) == read_as.replace("\u00a0", " ")


def test_they_are_resolved_in_sitemaps() -> None:
    parsed = read('<!ENTITY site "https://f.example.org">', "&site;/one-two-three", "urlset")
    assert parsed.entries[0].link == "https://f.example.org/one-two-three"


@pytest.mark.parametrize(
    ("declared", "title"),
    [
        ('<!ENTITY l "lol"><!ENTITY b "&l;&l;">', "&b;"),
        ('<!ENTITY b "&b;">', "&b;"),
        ('<!ENTITY f SYSTEM "file:///etc/hostname">', "&f;"),
        ('<!ENTITY % p "x"><!ENTITY f "%p;">', "&f;"),
        (f'<!ENTITY f "{"long " * 200}">', "&f;"),
    ],
)
def test_what_could_grow_or_load_stays_as_it_is(declared: str, title: str) -> None:
    assert read(declared, title).entries[0].title == title


def test_no_text_becomes_longer_than_twice_itself() -> None:
    text = "<rss>" + "&a;" * 100_000
    declared = f'<!DOCTYPE rss [<!ENTITY a "{"x" * 500}">]>'
    assert len(with_entities(text, declared)) <= 2 * len(text)
    assert at_reference(lambda: with_entities(text, "<!ENTITY " * 200_000)) < 2
