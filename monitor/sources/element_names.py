"""An XML tag in; the short name under which a field of a feed is looked up out.

Namespaces are known by what their addresses have in common, since outlets write them with https, without the slash at
the end, in capitals or with an old version; then by the prefix that custom gives them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from html import unescape

# What an address says in lower case; the first that fits counts. Nothing marks names that stand for themselves.
_MODULES = (
    ("purl.org/dc/terms", "dcterms"),
    ("purl.org/dc/", "dc"),
    ("purl.org/metadata/dublin_core", "dc"),
    ("modules/content", "content"),
    ("modules/rss091", ""),
    ("purl.org/rss/1.0/modules/", "x"),
    ("purl.org/rss/modules/", "x"),
    ("mrss", "media"),
    ("media-rss", "media"),
    ("podcast-1.0.dtd", "itunes"),
    ("itunes", "itunes"),
    ("schemas/play-podcasts", "itunes"),
    ("sitemap-news", "news"),
    ("sitemap-image", "image"),
    ("sitemap-video", "video"),
    ("feedburner", "feedburner"),
    ("turbo.yandex", "turbo"),
    ("yandex", "yandex"),
    ("w3.org/1999/xhtml", "xhtml"),
    ("22-rdf-syntax-ns", "rdf"),
    ("xml/1998/namespace", "xml"),
    ("purl.org/rss/", ""),
    ("purl.org/net/rss", ""),
    ("my.netscape.com/", ""),
    ("channel.netscape.com/", ""),
    ("backend.userland.com/rss", ""),
    ("blogs.law.harvard.edu/tech/rss", ""),
    ("cyber.law.harvard.edu/rss", ""),
    ("rssboard.org/rss-specification", ""),
    ("w3.org/2005/atom", ""),
    ("purl.org/atom/", ""),
    ("sitemaps.org/schemas/sitemap/", ""),
    ("google.com/schemas/sitemap/", ""),
)
_PREFIXES = {
    **{prefix: prefix for prefix in ("dc", "dcterms", "content", "media", "itunes", "news", "image", "video")},
    **{prefix: prefix for prefix in ("feedburner", "yandex", "turbo", "xhtml", "rdf", "xml")},
    **dict.fromkeys(("rss", "r", "atom", "a10", "rss2", "ns0", "sm"), ""),
}
# Names of feeds and sitemaps themselves, which an outlet's default namespace changes nothing about, whatever it is.
_OWN = (
    "author authors category channel comments copyright description enclosure entry expirationdate guid icon id "
    "image item items language lastbuilddate lastmod link loc logo managingeditor name pubdate published rights "
    "source sitemap subtitle summary title updated url urlset"
)
_OWN_NAMES = frozenset(_OWN.split())
# Elements of Dublin Core that its newer vocabulary has over again with the same meaning (DCMI Metadata Terms, 3).
_DC_TERMS = frozenset({"creator", "description", "identifier", "language", "rights", "source", "subject", "title"})
_DECLARED = re.compile(rb"""xmlns:([A-Za-z_][\w.-]*)\s*=\s*(?:"([^"<>]*)"|'([^'<>]*)')""")
# Whole texts, in whatever vocabulary they come: rbc_news:full-text, rambler:fulltext, mailru:full-text, bare.
_FULL_TEXT = frozenset({"full-text", "fulltext", "full_text"})
_UNDECLARED = "urn:prefix:"
"""With a prefix behind it, the address of one that is used and never declared."""


class ElementNames(dict[str, str]):
    """The key of each tag of one feed: `dc:date` for `{http://purl.org/dc/elements/1.1/}date`, `title` in the feed's
    own words, `x:title` in a namespace that nobody knows.

    `own` are the namespaces of the feed's root, channel and entries, whose names are its own whatever they are called;
    `document` says by which prefixes it declares its namespaces.
    """

    def __init__(self, own: Iterable[str], document: bytes) -> None:
        super().__init__()
        self._own = frozenset(own)
        self._document = document
        self._prefixes: dict[str, str] | None = None

    def __missing__(self, tag: str) -> str:
        key = self[tag] = self._key(tag)
        return key

    def _key(self, tag: str) -> str:
        address, name = namespace_of(tag), tag.rpartition("}")[2].lower()
        if not address:
            prefix, colon, name = name.rpartition(":")
            prefix = _customary(prefix) if colon else ""
        else:
            prefix = self._prefix(address)
        if name in _FULL_TEXT:
            return "full-text"
        if prefix == "dcterms" and name in _DC_TERMS:
            prefix = "dc"
        if not prefix or (address in self._own and (prefix == "x" or name in _OWN_NAMES)):
            return name
        return f"{prefix}:{name}"

    def _prefix(self, address: str) -> str:
        if address.startswith(_UNDECLARED):
            return _customary(address[len(_UNDECLARED) :])
        known = _known(address)
        if known is not None:
            return known
        if self._prefixes is None:
            # Looked for when it is needed: nearly all feeds write no namespace that is not in the table.
            self._prefixes = _declared(self._document)
        prefix = _customary(self._prefixes.get(address, "x"))
        return "" if prefix == "x" and ("atom" in address.lower() or "rss" in address.lower()) else prefix


@lru_cache(maxsize=512)
def _known(address: str) -> str | None:
    """The prefix of a namespace that its address tells, None for the rest."""
    folded = address.lower()
    return next((prefix for part, prefix in _MODULES if part in folded), None)


def _customary(prefix: str) -> str:
    return _PREFIXES.get(prefix.lower(), "x")


def _declared(document: bytes) -> dict[str, str]:
    """The prefix of each namespace that a document declares, by address; one that custom knows before any other."""
    found: dict[str, str] = {}
    for prefix, double, single in _DECLARED.findall(document):
        address, name = (double or single).decode("utf-8", "replace"), prefix.decode()
        if name.lower() in _PREFIXES or address not in found:
            found[unescape(address)] = name
    return found


def namespace_of(tag: str) -> str:
    """The namespace address of a tag, empty where it has none."""
    return tag[1:].partition("}")[0] if tag[:1] == "{" else ""
