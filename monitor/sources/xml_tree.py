"""Build a feed's element tree and find its entries, however damaged the feed is.

Elements are lxml's, or those of Python's ElementTree where nothing is needed that only lxml has.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from xml.etree import ElementTree
from xml.parsers import expat

from lxml import etree

from monitor.sources.dtd_entities import with_entities
from monitor.sources.element_names import Element, ElementNames, namespace_of
from monitor.sources.xml_repair import repair_gently, repair_strongly

# A large text gets the strong repair at once: both could take longer for a hostile page than its worker's five seconds.
_REPAIRS = (("repaired", repair_gently), ("rebuilt", repair_strongly))
_LARGE = 3_000_000  # characters or bytes
_BEGINNING = 16_384  # bytes in which the first entries of a feed show how it is written
# Elements that may have children without being markup. Only lxml can write markup out as it was.
_CONTAINER_NAMES = (
    "rss rdf feed channel items seq item entry author contributor group source image textinput skiphours skipdays"
)
_CONTAINERS = frozenset(_CONTAINER_NAMES.split())
# A picture with its caption (Media RSS); in Atom, an element named `content` that has children is markup.
_MEDIA_CONTENT = "http://search.yahoo.com/mrss/}content"
_BASE = "http://www.w3.org/XML/1998/namespace}base"
MOST_ENTRIES = 10_000

_ROOT = re.compile(
    r"<(?:[\w-]+:)?(rss|feed|rdf|channel|urlset|sitemapindex)(?=[\s>/])",
    re.I,
)
# A root with nothing but XML's own prologue before it: no script's warning and no other kind of page.
_PLAIN = re.compile(
    rb"(?:\xef\xbb\xbf)?(?:\s|<\?[^<>]*\?>|<!--(?:[^-]|-(?!->))*+-->)*+"
    rb"(<(?:[\w-]+:)?(rss|feed|rdf|channel|urlset|sitemapindex)(?=[\s>/]))",
    re.I,
)
_ENTRY = re.compile(r"<((?:[\w-]+:)?(?:item|entry))(?=[\s>/])", re.I)
_NAMESPACE = re.compile(r"""xmlns:([\w-]+)\s*=\s*(?:"([^"<>]*)"|'([^'<>]*)')""")
_PREFIX = re.compile(r"</?([A-Za-z_][\w.-]*):[\w.-]+")
_COMPLETE_TITLE = re.compile(r"</(?:\w+:)?title\s*>", re.I)
_COMPLETE_ID_OR_LINK = re.compile(r"</(?:\w+:)?(?:link|guid|id)\s*>|<(?:\w+:)?link\b[^<>]*\bhref=[^<>]*>", re.I)
_ENTRY_NAMES = frozenset({"item", "entry"})
SITEMAPS = ("urlset", "sitemapindex")


@dataclass(frozen=True)
class FeedTree:
    """A feed's element tree: its root, its entries in order, and in `note` how it was repaired.

    `stated` is the number of what looks like entries; `document` is the XML that was parsed; `has_bases`: some element
    has an `xml:base`."""

    root: Element
    entries: tuple[Element, ...]
    stated: int
    document: bytes
    note: str = ""
    has_bases: bool = False

    @property
    def channel(self) -> Element:
        """The element with the feed's own title: the channel if there is one, else the root."""
        return next((child for child in self.root if local_name(child) == "channel"), self.root)

    @cached_property
    def keys(self) -> ElementNames:
        """The keys of the feed's tags."""
        tags = {self.root.tag, self.channel.tag, *(entry.tag for entry in self.entries)}
        return ElementNames(map(namespace_of, tags), self.document)


def root_of(text: str) -> re.Match[str] | None:
    """Find the root element of a feed or sitemap, outside comments, whatever stands before it."""
    root = _ROOT.search(text)
    while root:
        comment = text.rfind("<!--", 0, root.start())
        end = text.find("-->", comment) if comment >= 0 else -1
        if end < root.start():
            return root
        root = _ROOT.search(text, end)
    return None


def split_at_root(text: str) -> tuple[str, str]:
    """Split a text into what stands before the root element of a feed or sitemap, and the element; empty if none.

    Entities that the first part declares are replaced in the element.
    """
    root = root_of(text)
    if root is None:
        return text, ""
    before, inside = text[: root.start()], text[root.start() :]
    end = inside.rfind(f"</{root[0][1:]}")
    close = inside.find(">", end) if end >= 0 else -1
    return before, with_entities(inside[: close + 1] if close >= 0 else inside, before)


def plain_root(body: bytes) -> str | None:
    """Return the root's name of a page that starts as a feed or sitemap should, in UTF-8 or ASCII; else None."""
    root = _PLAIN.match(body)
    return root[2].decode() if root else None


def parse_sound(body: bytes) -> FeedTree | None:
    """Parse a page that is well-formed XML in UTF-8, as nearly all are; return None for any other."""
    root = _PLAIN.match(body)
    if root is None:
        return None
    start = root.start(1)
    return _parse_with_expat(body, start) or _parse_with_lxml(body[start:], "")


def sound_document(body: bytes) -> bytes | None:
    """Return a page from its root on, if it starts as a feed or sitemap should, in UTF-8 or ASCII; else None."""
    root = _PLAIN.match(body)
    return body[root.start(1) :] if root else None


def parse_damaged(text: str) -> FeedTree | None:
    """Parse a text that starts at its root, with the gentlest repair that works; as a last resort entry by entry."""
    body = _bytes(text)
    # In another charset than UTF-8, most are well-formed as well.
    repaired, tree = text, _parse_with_expat(body, 0) or _parse_with_lxml(body, "")
    for note, repair in _REPAIRS[len(text) > _LARGE :]:
        if tree is None:
            repaired = repair(text)
            tree = _parse_with_lxml(_bytes(repaired), note)
    return tree or _salvage(repaired)


def local_name(element: Element) -> str:
    """Return an element's lower-case name without its namespace; empty for a comment or an instruction."""
    tag = element.tag
    return _local_name(tag) if isinstance(tag, str) else ""


@lru_cache(maxsize=512)
def _local_name(tag: str) -> str:
    return tag.rpartition("}")[2].rpartition(":")[2].lower()


def _parser(*, recover: bool) -> etree.XMLParser:
    # Against hostile XML: no entity is expanded, nothing is loaded, and libxml2's limits on depth and size stay on.
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


def _parse_recovering(text: str) -> Element | None:
    return _parse(_bytes(text), _RECOVERING)


def _parse(body: bytes, parser: etree.XMLParser) -> Element | None:
    try:
        return etree.fromstring(body, parser)
    except (etree.XMLSyntaxError, ValueError):
        return None


def _parse_with_expat(body: bytes, start: int) -> FeedTree | None:
    """Parse with Expat, which takes two thirds of libxml2's time, and whose elements are read in half of it.

    It reads from the root on, which is at `start`, so that no document type can declare an entity.
    """
    if len(body) > _LARGE:
        return None
    # Atom's inline markup (RFC 4287, 3.1.1) would only be parsed twice.
    beginning = body[start : start + _BEGINNING]
    if b'"xhtml"' in beginning or b"'xhtml'" in beginning:
        return None
    try:
        root = _expat_tree(memoryview(body)[start:])
    except (expat.ExpatError, ValueError):
        return None
    if root is None:
        return None
    entries = _entries_in_place(root)
    if not entries or _has_markup(root) or len(entries) != len(list(root.iter(entries[0].tag))):
        return None
    return FeedTree(root, tuple(entries[:MOST_ENTRIES]), len(entries), body)


def _expat_tree(document: memoryview) -> Element | None:
    """Return the root of a document in UTF-8, with tags as `namespace}name`; None where an element has an `xml:base`.

    Raises ExpatError if it is not well-formed. ElementTree's own parser takes a third more time for long texts, of
    which each line and reference is a text to it.
    """
    names: dict[str, str] = {}  # of all elements and attributes
    builder, parser = ElementTree.TreeBuilder(), expat.ParserCreate("utf-8", "}", names)
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = builder.start, builder.end
    parser.CharacterDataHandler = builder.data
    parser.Parse(document, True)
    return None if _BASE in names else builder.close()


def _has_markup(root: Element) -> bool:
    """Tell whether an element that should hold text alone has children."""
    parents = [root]
    for element in parents:
        if local_name(element) not in _CONTAINERS and element.tag != _MEDIA_CONTENT:
            return True
        # Asked first at the speed of C, since an entry's children mostly have none.
        if any(map(len, element)):
            parents += [child for child in element if len(child)]
    return False


def _parse_with_lxml(body: bytes, note: str) -> FeedTree | None:
    root = _parse(body, _STRICT)
    if root is None:
        return None
    entries = _entries_in_place(root)
    stated = body.count(b"<item") + body.count(b"<entry")
    if len(entries) < stated:
        found = [element for element in root.iter() if local_name(element) in _ENTRY_NAMES]
        if len(found) > len(entries):
            entries, note = found, note or "entries in odd places"
    return FeedTree(root, tuple(entries[:MOST_ENTRIES]), len(entries), body, note, b"xml:base" in body)


def _entries_in_place(root: Element) -> list[Element]:
    """Return the entries where the standards put them: under the root, or under a channel or `items` in it."""
    entries = []
    for child in root:
        name = local_name(child)
        if name in _ENTRY_NAMES:
            entries.append(child)
        elif name in ("channel", "items"):
            entries += [element for element in child if local_name(element) in _ENTRY_NAMES]
    return entries


def _salvage(text: str) -> FeedTree | None:
    """Parse every entry on its own, so that a broken one costs only itself; what stands before the first is the head.

    Of a text that ends inside an entry, that entry counts only if its title and its id or link are complete.
    """
    starts = _entry_starts(text)
    spaces = _namespaces(text)
    head = text[: starts[0]] if starts else text
    root = _parse_recovering(head)
    if root is None:
        root = _parse_recovering(f"<rss{spaces}>")
    note = "salvaged entry by entry"
    if starts and _is_incomplete(text[starts[-1] :]):
        text, note = text[: starts.pop()], f"{note}; cut inside an entry"
    entries = []
    for start, end in zip(starts, [*starts[1:], len(text)], strict=False):
        wrapped = _parse_recovering(f"<rss{spaces}>{_cut_after_entry(text[start:end])}</rss>")
        if wrapped is not None:
            entries += list(wrapped)[:1]
        if len(entries) >= MOST_ENTRIES:
            break
    if root is None:
        return None
    body = _bytes(text)
    return FeedTree(root, tuple(entries), len(starts), body, note, b"xml:base" in body)


def _is_incomplete(chunk: str) -> bool:
    """Tell whether the last entry has no end tag, and was cut before its title and an id or link were complete."""
    name = _ENTRY.match(chunk)
    if name is None or f"</{name[1]}" in chunk:
        return False
    return not (_COMPLETE_TITLE.search(chunk) and _COMPLETE_ID_OR_LINK.search(chunk))


def _cut_after_entry(chunk: str) -> str:
    name = _ENTRY.match(chunk)
    end = chunk.rfind(f"</{name[1]}") if name else -1
    return chunk[:end] + f"</{name[1]}>" if name and end >= 0 else chunk


def _entry_starts(text: str) -> list[int]:
    """Return where entries start, except inside CDATA."""
    starts, position, closed = [], 0, True
    while match := _ENTRY.search(text, position):
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
    """Return declarations for every prefix in use, as the text declares them or with an address made of the prefix."""
    declared = {match[1]: match[2] or match[3] or "" for match in _NAMESPACE.finditer(text)}
    for prefix in set(_PREFIX.findall(text)) - {"xml", "xmlns"}:
        declared.setdefault(prefix, f"urn:prefix:{prefix}")
    addresses = {prefix: text.replace("&", "&amp;").replace('"', "") for prefix, text in declared.items()}
    return "".join(f' xmlns:{prefix}="{address}"' for prefix, address in addresses.items() if prefix != "xml")
