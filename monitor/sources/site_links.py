"""Find the feeds and sitemaps that a site names: declared or linked in a page, listed in robots.txt, or customary."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urldefrag, urljoin

from monitor.hostnames import host_of
from monitor.model import Page
from monitor.sources.element_text import shortened
from monitor.sources.html_tree import title_and_language
from monitor.sources.links import absolute
from monitor.sources.listing import tree_of
from monitor.sources.page_refresh import refresh_address
from monitor.sources.source_input import SourceInput
from monitor.text import to_text

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

DECLARED, LINKED = "declared", "linked"

_MOST_ELEMENTS = 5_000  # of each kind that are looked at
_MOST_LINKS = 100
# RFC 4287, RFC 8288 and custom; `application/json` is the type of WordPress's own interface as well.
_FEED_TYPE = re.compile(r"(?:application|text)/(?:(?:x\.)?(?:rss|atom|rdf)(?:\+xml)?|feed\+json|xml)\s*(?:;|\Z)", re.I)
_FEED_PATH = re.compile(r"(?:\A|[/._])(?:rss\d*|feeds?|atom|rdf|rss[_-]?feeds?)(?:[/._]|\Z)", re.I)
# Not what counts readers, as `?ref=rss` does.
_FEED_QUERY = re.compile(r"(?:\A|&)(?:(?:feed|format|type|output|alt|view)=)?(?:rss\d*|feed|atom|rdf)(?:&|=|\Z)", re.I)
_FEED_LABEL = re.compile(r"\W*(?:rss|atom|feeds?)\W*", re.I)
# Services that offer to read any site's feed.
_READER_HOST = re.compile(r"(?:\A|\.)(?:feedly|inoreader|netvibes|newsblur|feedspot|feeder)\.[a-z]+\Z", re.I)
# The path and the titles of WordPress's own feeds of comments; an outlet's commentaries are articles.
_COMMENTS = re.compile(
    r"(?:\A|/)comments(?:/|\.|\Z)|feed=comments|comments (?:feed|on|for)\b|комментари[ейия]|коментар[ії]|kommentar-feed"
    r"|kommentare (?:zu|für)\b|commentaires (?:sur|pour)\b|flux des commentaires|yorum akışı|yorumlar|التعليقات"
    r"|feed (?:de|dos|dei) (?:los )?com(?:entá?r|ment)i|kanał z komentarzami",
    re.I,
)
_SITEMAP_LINE = re.compile(r"^[ \t]*sitemap[ \t]*:[ \t]*(\S+)", re.I | re.M)

_FEED_PATHS = ("rss", "feed", "rss.xml", "feed.xml", "atom.xml", "index.xml")
_SITEMAP_PATHS = ("/news-sitemap.xml", "/sitemap-news.xml", "/sitemap_news.xml", "/sitemap.xml")


class FeedLink(NamedTuple):
    """An address that is most likely a feed's: its title, and how it was found (`declared`, `linked` or another word).

    `kind` is the key of the source that it is expected to be of, whose pages may be larger than others.
    """

    url: str
    title: str = ""
    origin: str = LINKED
    kind: str = "feed"

    @property
    def is_of_comments(self) -> bool:
        """Whether it is a feed of what readers write, by its address and title."""
        return is_of_comments(self.url) or is_of_comments(self.title)


class SitePage(NamedTuple):
    """What an HTML page says of its site: title, language, and its feeds, the declared ones first.

    `refresh` is where it sends its readers on to. `wall` is the kind of wall that it is instead, which others find out.
    """

    title: str
    language: str
    links: tuple[FeedLink, ...]
    refresh: str = ""
    wall: str = ""


def is_of_comments(text: str) -> bool:
    """Whether an address or title is that of a feed of readers' comments, in the languages of our outlets."""
    return _COMMENTS.search(text) is not None


def site_page(page: Page) -> SitePage:
    """Return what an HTML page says of its site. Raises ParseError for one that is too large or too deep."""
    tree, listing_page = tree_of(SourceInput(page.url, page.body, page.headers))
    base = listing_page.base
    found: dict[str, FeedLink] = {}
    for link in (*_declared(tree, base), *_linked(tree, base)):
        if len(found) < _MOST_LINKS:
            found.setdefault(link.url, link)
    return SitePage(
        *title_and_language(tree), tuple(found.values()), refresh_address(tree, page.url, listing_page.base)
    )


def usual_feeds(url: str) -> list[str]:
    """Return the addresses at which sites have their feeds by custom, first those beside a page, then the site's."""
    folder = urljoin(url, ".")
    return list(dict.fromkeys(urljoin(home, path) for home in (folder, urljoin(url, "/")) for path in _FEED_PATHS))


def usual_sitemaps(url: str) -> list[str]:
    """Return the addresses at which sites have their sitemaps by custom."""
    return [urljoin(url, path) for path in _SITEMAP_PATHS]


def listed_sitemaps(robots_text: str, url: str) -> list[str]:
    """Return the sitemaps that the robots.txt of an address's host lists, those of news first (sitemaps.org)."""
    listed = (absolute(line, url) for line in _SITEMAP_LINE.findall(robots_text)[:_MOST_ELEMENTS])
    return sorted(dict.fromkeys(filter(None, listed)), key=_is_no_news)[:_MOST_LINKS]


def _is_no_news(address: str) -> bool:
    return "news" not in address.lower().partition("://")[2].partition("/")[2]


def _declared(tree: LexborHTMLParser, base: str) -> Iterator[FeedLink]:
    for node in tree.css("link[href]")[:_MOST_ELEMENTS]:
        rel = _attribute(node, "rel").lower().split()
        is_feed = "feed" in rel or ("alternate" in rel and _FEED_TYPE.match(_attribute(node, "type").strip()))
        if is_feed and (url := absolute(_attribute(node, "href"), base)):
            yield FeedLink(url, shortened(to_text(_attribute(node, "title")[:1_000])), DECLARED)


def _linked(tree: LexborHTMLParser, base: str) -> Iterator[FeedLink]:
    for node in tree.css("a[href]")[:_MOST_ELEMENTS]:
        href, label = _attribute(node, "href"), node.text()[:1_000]
        path, _, query = href.partition("#")[0].partition("?")
        if _FEED_PATH.search(path) or _FEED_QUERY.search(query) or _FEED_LABEL.fullmatch(label[:100]):
            url = urldefrag(absolute(href, base)).url
            if url and url != urldefrag(base).url and _is_near(host_of(url), host_of(base)):
                yield FeedLink(url, shortened(to_text(label)))


def _is_near(host: str, site: str) -> bool:
    """Whether a host may serve a site's feed: one of the same domain, or one whose name says so (feedburner)."""
    bare_host, bare_site = f".{host.removeprefix('www.')}", f".{site.removeprefix('www.')}"
    is_feed_host = "feed" in host or "rss" in host
    return (
        bare_host.endswith(bare_site)
        or bare_site.endswith(bare_host)
        or (is_feed_host and not _READER_HOST.search(host))
    )


def _attribute(node: LexborNode, name: str) -> str:
    return node.attributes.get(name) or ""
