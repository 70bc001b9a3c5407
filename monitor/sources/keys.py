"""An XML tag in; the short name under which a field of a feed is looked up out."""

from __future__ import annotations

from functools import lru_cache

_PREFIX_OF = {
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://purl.org/dc/terms/": "dcterms",
    "http://purl.org/rss/1.0/modules/content/": "content",
    "http://search.yahoo.com/mrss/": "media",
    "http://search.yahoo.com/mrss": "media",
    "http://www.itunes.com/dtds/podcast-1.0.dtd": "itunes",
    "http://www.google.com/schemas/sitemap-news/0.9": "news",
    "http://www.google.com/schemas/sitemap-image/1.1": "image",
    "http://rssnamespace.org/feedburner/ext/1.0": "feedburner",
    "http://news.yandex.ru": "yandex",
    "http://turbo.yandex.ru": "turbo",
    "http://www.w3.org/1999/xhtml": "xhtml",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf",
    "http://www.w3.org/xml/1998/namespace": "xml",
}
_KNOWN = frozenset(_PREFIX_OF.values())
# Addresses of dialects, old and new, whose names stand for themselves; and prefixes met without any declaration.
_CORE = ("purl.org/rss/", "my.netscape.com/", "backend.userland.com/", "www.w3.org/2005/atom", "purl.org/atom/")
_CORE_PREFIXES = frozenset({"rss", "r", "atom", "a10", "rss2", "ns0", "sm"})


@lru_cache(maxsize=4096)
def key_of(tag: str, own: str) -> str:
    """The key of a tag such as `{http://purl.org/dc/elements/1.1/}date`: `dc:date`, or `title` in the feed's own words.

    `own` is the namespace of the root element, whose names are the feed's own whatever it is called.
    """
    namespace, brace, name = tag.rpartition("}")
    name = name.lower()
    if not brace:
        prefix, _, name = name.rpartition(":")
        return name if not prefix or prefix in _CORE_PREFIXES else f"{prefix}:{name}"
    address = namespace[1:].lower()
    prefix = _PREFIX_OF.get(address) or _PREFIX_OF.get(address.rstrip("/") + "/", "")
    if prefix:
        return f"{prefix}:{name}"
    if namespace[1:] == own or any(core in address for core in _CORE):
        return name
    prefix = _customary(address)
    return f"{prefix}:{name}" if prefix else name


def namespace_of(tag: str) -> str:
    """The namespace address of a tag, empty where it has none."""
    return tag[1:].partition("}")[0] if tag[:1] == "{" else ""


def _customary(address: str) -> str:
    """A prefix that was used but never declared is known by its custom; any other namespace is not ours to read."""
    if address.startswith("urn:prefix:"):
        prefix = address[11:]
        return "" if prefix in _CORE_PREFIXES else prefix
    if "atom" in address or "rss" in address:
        return ""
    return next((prefix for prefix in ("itunes", "yandex", "turbo") if prefix in address), "x")
