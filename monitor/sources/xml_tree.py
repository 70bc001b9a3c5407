"""A feed's bytes or text in; its root element and entries out, however damaged they are.

Elements are lxml's, or those of Python's own ElementTree where nothing is asked of them that only lxml has.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from xml.etree import ElementTree

from lxml import etree

from monitor.sources.dtd_entities import with_entities
from monitor.sources.element_names import ElementNames, namespace_of
from monitor.sources.xml_repair import rebuilt, repaired

# A large text gets the strong repair at once: both would take a hostile page past its worker's five seconds.
_MENDS = (("repaired", repaired), ("rebuilt", rebuilt))
_LARGE = 3_000_000
# What may hold elements without being markup, which only lxml writes out as it was.
_HOLDER_NAMES = (
    "rss rdf feed channel items seq item entry author contributor group source image textinput skiphours skipdays "
    "urlset url sitemapindex sitemap news publication"
)
_HOLDERS = frozenset(_HOLDER_NAMES.split())
MOST_ENTRIES = 10_000
Element = Any

_ROOT = re.compile(
    r"<(?:[\w-]+:)?(rss|feed|rdf|channel|urlset|sitemapindex)(?=[\s>/])",
    re.I,
)
# Nothing but XML's own prologue before the root: no blank page, no warning of a script, no page of another kind.
_PLAIN = re.compile(
    rb"(?:\xef\xbb\xbf)?(?:\s|<\?[^<>]*\?>|<!--(?:[^-]|-(?!->))*+-->)*+"
    rb"(<(?:[\w-]+:)?(rss|feed|rdf|channel|urlset|sitemapindex)(?=[\s>/]))",
    re.I,
)
_ENTRY = re.compile(r"<((?:[\w-]+:)?(?:item|entry))(?=[\s>/])", re.I)
_ADDRESS = re.compile(r"<((?:[\w-]+:)?(?:url|sitemap))(?=[\s>/])", re.I)
_NAMESPACE = re.compile(r"""xmlns:([\w-]+)\s*=\s*(?:"([^"<>]*)"|'([^'<>]*)')""")
_PREFIX = re.compile(r"</?([A-Za-z_][\w.-]*):[\w.-]+")
_ENTRY_NAMES = frozenset({"item", "entry"})
_ADDRESS_NAMES = frozenset({"url", "sitemap"})
SITEMAPS = ("urlset", "sitemapindex")


@dataclass(frozen=True)
class FeedTree:
    """A feed's element tree: its root, its entries in order, and what had to be done to read it.

    `stated` counts what looks like entries; `document` is the XML that was read; `bases` says that some element has an
    `xml:base`."""

    root: Element
    entries: tuple[Element, ...]
    stated: int
    document: bytes
    note: str = ""
    bases: bool = False

    @property
    def channel(self) -> Element:
        """The element that holds the feed's own title: the channel where there is one, else the root."""
        return next((child for child in self.root if local(child) == "channel"), self.root)

    @cached_property
    def keys(self) -> ElementNames:
        """What the feed's elements are called."""
        tags = {self.root.tag, self.channel.tag, *(entry.tag for entry in self.entries)}
        return ElementNames(map(namespace_of, tags), self.document)


def root_of(text: str) -> re.Match[str] | None:
    """Where the root element of a feed or sitemap starts, whatever stands before it, comments passed over."""
    root = _ROOT.search(text)
    while root:
        comment = text.rfind("<!--", 0, root.start())
        end = text.find("-->", comment) if comment >= 0 else -1
        if end < root.start():
            return root
        root = _ROOT.search(text, end)
    return None


def parted(text: str) -> tuple[str, str]:
    """What stands before the root element of a feed or sitemap, and the element to its end; empty where there is none.

    The entities that the part before it declares are resolved in the element.
    """
    root = root_of(text)
    if root is None:
        return text, ""
    before, inside = text[: root.start()], text[root.start() :]
    end = inside.rfind(f"</{root[0][1:]}")
    behind = inside.find(">", end) if end >= 0 else -1
    return before, with_entities(inside[: behind + 1] if behind >= 0 else inside, before)


def plain_root(body: bytes) -> str | None:
    """The name of the root of a page that starts as a feed or sitemap should, in UTF-8 or ASCII; None for the rest."""
    root = _PLAIN.match(body)
    return root[2].decode() if root else None


def sound(body: bytes) -> FeedTree | None:
    """The tree of a page that is well-formed XML in UTF-8, as nearly all are; None where it has to be looked at."""
    root = _PLAIN.match(body)
    if root is None:
        return None
    text = body[root.start(1) :]
    return _well_formed_and_plain(text) or _well_formed(text, "")


def grow(text: str) -> FeedTree | None:
    """The tree of a text that starts at its root, by the gentlest means that reads it."""
    mended, tree = text, _well_formed(_bytes(text), "")
    for note, mend in _MENDS[len(text) > _LARGE :]:
        if tree is None:
            mended = mend(text)
            tree = _well_formed(_bytes(mended), note)
    return tree or _salvaged(mended)


def local(element: Element) -> str:
    """An element's lower-case name without its namespace; empty for a comment or an instruction."""
    tag = element.tag
    return tag.rpartition("}")[2].rpartition(":")[2].lower() if isinstance(tag, str) else ""


def _parser(*, recover: bool) -> etree.XMLParser:
    # No entity is ever expanded, nothing is loaded, and libxml2's own limits on depth and size stay on.
    return etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        recover=recover,
        remove_comments=True,
        remove_pis=True,
        strip_cdata=True,
    )


_STRICT = _parser(recover=False)
_RECOVERING = _parser(recover=True)


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "replace")


def _loose(text: str) -> Element | None:
    return _parse(_bytes(text), _RECOVERING)


def _parse(body: bytes, parser: etree.XMLParser) -> Element | None:
    try:
        return etree.fromstring(body, parser)
    except (etree.XMLSyntaxError, ValueError):
        return None


def _well_formed_and_plain(body: bytes) -> FeedTree | None:
    """The tree by Expat, which builds it in two thirds of libxml2's time with elements that are read in half of it.

    Nothing stands before the root here, so that no document type can declare an entity.
    """
    if len(body) > _LARGE or b"xml:base" in body:
        return None
    try:
        root = ElementTree.XML(body)
    except (ElementTree.ParseError, ValueError):
        return None
    entries = _direct(root, _names(root))
    holds_markup = any(len(element) and local(element) not in _HOLDERS for element in root.iter())
    if holds_markup or not entries or len(entries) != sum(1 for _ in root.iter(entries[0].tag)):
        return None
    return FeedTree(root, tuple(entries[:MOST_ENTRIES]), len(entries), body)


def _well_formed(body: bytes, note: str) -> FeedTree | None:
    root = _parse(body, _STRICT)
    return None if root is None else _tree(root, body, note)


def _tree(root: Element, body: bytes, note: str) -> FeedTree:
    names = _names(root)
    entries = _direct(root, names)
    stated = body.count(b"<item") + body.count(b"<entry")
    if len(entries) < stated:
        found = [element for element in root.iter() if local(element) in names]
        if len(found) > len(entries):
            entries, note = found, note or "entries in odd places"
    return FeedTree(root, tuple(entries[:MOST_ENTRIES]), len(entries), body, note, b"xml:base" in body)


def _names(root: Element) -> frozenset[str]:
    """What entries are called under such a root."""
    return _ADDRESS_NAMES if local(root) in SITEMAPS else _ENTRY_NAMES


def _direct(root: Element, names: frozenset[str]) -> list[Element]:
    """Entries where every dialect puts them: under the root or under a channel."""
    entries = []
    for child in root:
        name = local(child)
        if name in names:
            entries.append(child)
        elif name in ("channel", "items"):
            entries += [element for element in child if local(element) in names]
    return entries


def _salvaged(text: str) -> FeedTree | None:
    """Every entry read on its own, so that a broken one costs one; what stands before the first is the head.

    A text that ends inside an entry gives that entry only where it says which piece it is: half a title is none.
    """
    root_match = _ROOT.match(text)
    entry = _ADDRESS if root_match and root_match[1].lower() in SITEMAPS else _ENTRY
    starts = _entry_starts(text, entry)
    spaces = _namespaces(text)
    head = text[: starts[0]] if starts else text
    root = _loose(head)
    if root is None:
        root = _loose(f"<rss{spaces}>")
    note = "salvaged entry by entry"
    if starts and _is_nameless(text[starts[-1] :], entry):
        text, note = text[: starts.pop()], f"{note}; cut inside an entry"
    entries = []
    for start, end in zip(starts, [*starts[1:], len(text)], strict=False):
        wrapped = _loose(f"<rss{spaces}>{_cut_after_entry(text[start:end], entry)}</rss>")
        if wrapped is not None:
            entries += list(wrapped)[:1]
        if len(entries) >= MOST_ENTRIES:
            break
    if root is None:
        return None
    body = _bytes(text)
    return FeedTree(root, tuple(entries), len(starts), body, note, b"xml:base" in body)


def _is_nameless(chunk: str, entry: re.Pattern[str]) -> bool:
    """Whether the last entry has no end, and was cut before its title and an id or a link were whole."""
    name = entry.match(chunk)
    if name is None or f"</{name[1]}" in chunk:
        return False
    return not (_WHOLE_TITLE.search(chunk) and _WHOLE_NAME.search(chunk))


_WHOLE_TITLE = re.compile(r"</(?:\w+:)?(?:title|loc)\s*>", re.I)
_WHOLE_NAME = re.compile(r"</(?:\w+:)?(?:link|guid|id|loc)\s*>|<(?:\w+:)?link\b[^<>]*\bhref=[^<>]*>", re.I)


def _cut_after_entry(chunk: str, entry: re.Pattern[str]) -> str:
    name = entry.match(chunk)
    end = chunk.rfind(f"</{name[1]}") if name else -1
    return chunk[:end] + f"</{name[1]}>" if name and end >= 0 else chunk


def _entry_starts(text: str, entry: re.Pattern[str]) -> list[int]:
    """Where entries start, those inside CDATA not counted."""
    starts, position, closed = [], 0, True
    while match := entry.search(text, position):
        start = text.rfind("<![CDATA[", position, match.start()) if closed else -1
        end = text.find("]]>", start) if start >= 0 else -1
        closed = start < 0 or end >= 0
        position = match.end()
        if end > match.start():
            position = end
            continue
        starts.append(match.start())
    return starts


def _namespaces(text: str) -> str:
    """Declarations for every prefix in use, as the text declares them or by their customary address."""
    declared = {match[1]: match[2] or match[3] or "" for match in _NAMESPACE.finditer(text)}
    for prefix in set(_PREFIX.findall(text)) - {"xml", "xmlns"}:
        declared.setdefault(prefix, f"urn:prefix:{prefix}")
    declarations = [f' xmlns:{prefix}="{_quoted(address)}"' for prefix, address in declared.items() if prefix != "xml"]
    return "".join(declarations)


def _quoted(address: str) -> str:
    return address.replace("&", "&amp;").replace('"', "")
