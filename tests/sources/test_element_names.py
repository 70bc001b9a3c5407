"""Fields are found by what namespaces are, not by how their addresses happen to be written."""

from __future__ import annotations

import pytest

from monitor.model import Entry, Page
from monitor.sources import parse, xml_tree
from monitor.sources.element_names import ElementNames

_CONTENT = "http://purl.org/rss/1.0/modules/content/"


def read(document: str, kind: str = "feed") -> list[Entry]:
    return list(parse(kind, Page("https://f.example.org/all.xml", 200, {}, document.encode())).entries)


def rss(inside: str, attributes: str = "") -> Entry:
    return read(f"<rss {attributes}><channel><title>T</title><item>{inside}</item></channel></rss>")[0]


@pytest.mark.parametrize(
    ("address", "name", "key"),
    [
        (_CONTENT, "encoded", "content:encoded"),
        ("https://purl.org/rss/1.0/modules/content", "encoded", "content:encoded"),
        ("HTTP://PURL.ORG/RSS/1.0/MODULES/CONTENT/", "encoded", "content:encoded"),
        ("https://purl.org/dc/elements/1.1", "creator", "dc:creator"),
        ("http://purl.org/dc/elements/1.0/", "Creator", "dc:creator"),
        ("http://purl.org/dc/terms", "issued", "dcterms:issued"),
        ("http://purl.org/dc/terms/", "creator", "dc:creator"),
        ("http://search.yahoo.com/mrss", "text", "media:text"),
        ("http://www.rssboard.org/media-rss", "text", "media:text"),
        ("http://www.itunes.com/DTDs/Podcast-1.0.dtd", "summary", "itunes:summary"),
        ("https://www.google.com/schemas/sitemap-news/0.9/", "title", "news:title"),
        ("https://www.w3.org/2005/Atom/", "summary", "summary"),
        ("http://purl.org/atom/ns#", "summary", "summary"),
        ("https://purl.org/rss/1.0", "title", "title"),
        ("http://my.netscape.com/rdf/simple/0.9", "title", "title"),
        ("http://purl.org/net/rss1.1#", "title", "title"),
        ("http://purl.org/rss/1.0/modules/slash/", "comments", "x:comments"),
        ("urn:nobody", "title", "x:title"),
    ],
)
def test_an_address_is_folded(address: str, name: str, key: str) -> None:
    assert ElementNames([""], b"")[f"{{{address}}}{name}"] == key


@pytest.mark.parametrize("prefix", ["content", "Content"])
def test_an_unknown_address_goes_by_its_customary_prefix(prefix: str) -> None:
    attributes = f"xmlns:{prefix}='http://cms.example.net/ext'"
    assert rss(f"<title>A</title><{prefix}:encoded>Words</{prefix}:encoded>", attributes).content == "Words"


def test_an_undeclared_prefix_goes_by_custom() -> None:
    assert rss("<title>A</title><content:encoded>Words</content:encoded>").content == "Words"


@pytest.mark.parametrize("address", ["http://whatever.example.net", "http://www.w3.org/1999/xhtml", "urn:z"])
@pytest.mark.parametrize("element", ["rss", "channel", "item"])
def test_an_odd_default_namespace_empties_nothing(address: str, element: str) -> None:
    item = "<item><title>A</title><link>https://f.example.org/1</link><description>Words</description></item>"
    document = f"<rss><channel><title>T</title>{item}</channel></rss>"
    [entry] = read(document.replace(f"<{element}>", f"<{element} xmlns='{address}'>"))
    assert (entry.title, entry.link, entry.summary) == ("A", "https://f.example.org/1", "Words")


@pytest.mark.parametrize("address", ["https://www.w3.org/2005/Atom", "http://www.w3.org/2005/atom/", "urn:x"])
@pytest.mark.parametrize("prefix", ["", "atom:", "q:"])
def test_atom_by_any_prefix(address: str, prefix: str) -> None:
    document = (
        f"<{prefix}feed xmlns{prefix and ':'}{prefix[:-1]}='{address}'><{prefix}entry><{prefix}title>A</{prefix}title>"
        f"<{prefix}link href='/1'/><{prefix}summary>Words</{prefix}summary></{prefix}entry></{prefix}feed>"
    )
    [entry] = read(document)
    assert (entry.title, entry.link, entry.summary) == ("A", "https://f.example.org/1", "Words")


def test_an_id_of_rdf_by_any_address() -> None:
    item = "<item rdf:about='https://f.example.org/1'><title>A</title></item>"
    spaces = "xmlns='https://purl.org/rss/1.0/' xmlns:rdf='https://www.w3.org/1999/02/22-rdf-syntax-ns#'"
    assert read(f"<rdf:RDF {spaces}>{item}</rdf:RDF>")[0].id == "https://f.example.org/1"


@pytest.mark.parametrize(
    ("own", "news"),
    [
        ("https://www.sitemaps.org/schemas/sitemap/0.9", "https://www.google.com/schemas/sitemap-news/0.9"),
        ("http://www.sitemaps.org/schemas/sitemap/0.9/", "http://www.google.com/schemas/sitemap-news/0.9/"),
        ("http://www.google.com/schemas/sitemap/0.84", "urn:nobody"),
    ],
)
def test_a_news_sitemap_by_any_address(own: str, news: str) -> None:
    inside = "<news:title>Порт открыт</news:title><news:publication_date>2026-11-16</news:publication_date>"
    url = f"<url><loc>https://f.example.org/1</loc><news:news>{inside}</news:news></url>"
    [entry] = read(f"<urlset xmlns='{own}' xmlns:news='{news}'>{url}</urlset>", "sitemap")
    assert (entry.title, entry.published_text) == ("Порт открыт", "2026-11-16")


@pytest.mark.parametrize("prefix", ["rbc_news", "rambler", "mailru", "yandex", "RBC"])
@pytest.mark.parametrize("name", ["full-text", "fulltext", "Full-Text"])
@pytest.mark.parametrize("declared", [True, False])
def test_full_text_for_partners_is_content(prefix: str, name: str, declared: bool) -> None:
    attributes = f"xmlns:{prefix}='https://partner.example.net'" if declared else ""
    inside = f"<title>A</title><description>Lead</description><{prefix}:{name}>Whole</{prefix}:{name}>"
    entry = rss(inside, attributes)
    assert (entry.summary, entry.content) == ("Lead", "Whole")


@pytest.mark.parametrize("fulltext", ["<full-text>Whole</full-text>", "<fulltext xmlns='urn:q'>Whole</fulltext>"])
def test_full_text_without_a_prefix_is_content(fulltext: str) -> None:
    assert rss(f"<title>A</title><description>Lead</description>{fulltext}").content == "Whole"


def test_markup_in_full_text_that_breaks_the_feed_is_kept_apart() -> None:
    text = "<rbc_news:full-text><p>Whole<br>text</rbc_news:full-text>"
    assert rss(f"<title>A</title>{text}", "xmlns:rbc_news='https://www.rbc.ru'").content == "Whole\ntext"


def test_both_parsers_find_the_same_names(monkeypatch: pytest.MonkeyPatch) -> None:
    inside = "<title>A</title><media:text>B</media:text><q:full-text>C</q:full-text><z:description>D</z:description>"
    attributes = "xmlns:media='urn:1' xmlns:q='urn:2' xmlns:z='urn:3'"
    quickly = rss(inside, attributes)
    monkeypatch.setattr(xml_tree, "_parse_with_expat", lambda *_: None)
    assert rss(inside, attributes) == quickly
    assert (quickly.summary, quickly.content) == ("D", "C\nB")
