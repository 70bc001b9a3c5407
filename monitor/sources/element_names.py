"""Map the XML tags of a feed to short keys such as `dc:date`, by which its fields are looked up.

A namespace is recognised by a part of its address, since outlets write it with https, without the final slash, in
capitals or in an old version; else by its customary prefix.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from html import unescape
from typing import Any

Element = Any
"""An element of a tree: lxml's or that of Python's ElementTree, which have no type in common."""

# Parts of namespace addresses, in lower case, with our prefix; the first match counts. An empty prefix is for the
# vocabularies of feeds and sitemaps themselves. Own table, from the vocabularies' specifications and from real feeds.
_PREFIX_BY_ADDRESS = (
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
_CUSTOMARY_PREFIXES = {
    **{prefix: prefix for prefix in ("dc", "dcterms", "content", "media", "itunes", "news", "image", "video")},
    **{prefix: prefix for prefix in ("feedburner", "yandex", "turbo", "xhtml", "rdf", "xml")},
    **dict.fromkeys(("rss", "r", "atom", "a10", "rss2", "ns0", "sm"), ""),
}
# Element names of RSS, Atom and sitemaps, which keep their meaning in whatever default namespace an outlet declares.
_FEED_NAMES_TEXT = (
    "author authors category channel comments copyright description enclosure entry expirationdate guid icon id "
    "image item items language lastbuilddate lastmod link loc logo managingeditor name pubdate published rights "
    "source sitemap subtitle summary title updated url urlset"
)
_FEED_NAMES = frozenset(_FEED_NAMES_TEXT.split())
# Elements of Dublin Core that its newer vocabulary repeats with the same meaning (DCMI Metadata Terms, section 3).
_DC_TERMS = frozenset({"creator", "description", "identifier", "language", "rights", "source", "subject", "title"})
_DECLARED = re.compile(rb"""xmlns:([A-Za-z_][\w.-]*)\s*=\s*(?:"([^"<>]*)"|'([^'<>]*)')""")
# Full texts in any vocabulary: rbc_news:full-text, rambler:fulltext, mailru:full-text, or without a prefix.
_FULL_TEXT = frozenset({"full-text", "fulltext", "full_text"})
_UNDECLARED = "urn:prefix:"
"""Followed by a prefix, the namespace address that `xml_tree` gives a prefix which is used but never declared."""


class ElementNames(dict[str, str]):
    """The key of each tag of one feed: `dc:date` for `{http://purl.org/dc/elements/1.1/}date`, `title` in the feed's
    own namespace, `x:title` in an unknown one. Missing keys are computed and cached.

    `own` are the namespaces of the feed's root, channel and entries; `document` is the XML, in which prefixes are
    declared.
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
            prefix = _customary_prefix(prefix) if colon else ""
        else:
            prefix = self._prefix(address)
        if name in _FULL_TEXT:
            return "full-text"
        if prefix == "dcterms" and name in _DC_TERMS:
            prefix = "dc"
        if not prefix or (address in self._own and (prefix == "x" or name in _FEED_NAMES)):
            return name
        return f"{prefix}:{name}"

    def _prefix(self, address: str) -> str:
        if address.startswith(_UNDECLARED):
            return _customary_prefix(address[len(_UNDECLARED) :])
        known = known_prefix(address)
        if known is not None:
            return known
        if self._prefixes is None:
            # Only when needed: nearly all feeds have no namespace that is missing from the table.
            self._prefixes = _declared_prefixes(self._document)
        prefix = _customary_prefix(self._prefixes.get(address, "x"))
        return "" if prefix == "x" and ("atom" in address.lower() or "rss" in address.lower()) else prefix


@lru_cache(maxsize=512)
def known_prefix(address: str) -> str | None:
    """Return the prefix of a namespace by its address, None for an unknown one."""
    folded = address.lower()
    return next((prefix for part, prefix in _PREFIX_BY_ADDRESS if part in folded), None)


def _customary_prefix(prefix: str) -> str:
    return _CUSTOMARY_PREFIXES.get(prefix.lower(), "x")


def _declared_prefixes(document: bytes) -> dict[str, str]:
    """Return the prefix of each namespace that a document declares, by address, preferring a customary prefix."""
    found: dict[str, str] = {}
    for prefix, double, single in _DECLARED.findall(document):
        address, name = (double or single).decode("utf-8", "replace"), prefix.decode()
        if name.lower() in _CUSTOMARY_PREFIXES or address not in found:
            found[unescape(address)] = name
    return found


def namespace_of(tag: str) -> str:
    """Return the namespace address of a tag, empty if it has none."""
    return tag.rpartition("}")[0].lstrip("{")
