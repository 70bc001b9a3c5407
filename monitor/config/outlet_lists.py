"""Parse a list of outlets that another program wrote: OPML, CSV, or one address a line."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from monitor.config.addresses import parse_site, parse_url
from monitor.config.models import ADDRESS_KEYS
from monitor.config.rule_csv import decode_file, read_rows
from monitor.config.values import MAX_NAME_CHARS, parse_country, parse_language, parse_line, parse_name, quoted, reason
from monitor.sources import recognised_address

if TYPE_CHECKING:
    from lxml import etree

_COLUMNS = ("name", "url", "language", "country", "groups", "title", "kind")
_SYNONYMS = {
    **dict.fromkeys(("feed", "feed url", "xmlurl", "rss", "address", "link"), "url"),
    **dict.fromkeys(("outlet", "source", "site"), "name"),
    **dict.fromkeys(("group", "category", "categories", "tags", "folder"), "groups"),
    **dict.fromkeys(("lang",), "language"),
}
_KINDS = tuple(dict.fromkeys(ADDRESS_KEYS.values()))
_LIST_SIGNS = re.compile(r"[,;|\n]")
_FEED_SCHEME = re.compile(r"feed:(?://)?(?=https?:)|feed:(?=//)", re.I)
_OPML = re.compile(r"\s*(?:<\?xml|<!--|<opml\b|<!DOCTYPE\s+opml)", re.I)
_DEEPEST = 50  # outlines within each other


@dataclass(frozen=True, slots=True)
class ListedAddress:
    """An address of a list, its line (from 1), and what the list says of the outlet that it is of."""

    line: int
    url: str
    name: str = ""
    title: str = ""
    kind: str = "feed"
    language: str = ""
    country: str = ""
    groups: tuple[str, ...] = ()


@dataclass(slots=True)
class OutletList:
    """The addresses of a list, and what is wrong with the others, each with its line."""

    addresses: list[ListedAddress] = field(default_factory=list)
    problems: list[tuple[int, str]] = field(default_factory=list)

    def add(self, line: int, cells: Mapping[str, str], groups: Sequence[str]) -> None:
        """Add an address by the texts of its columns, or note what is wrong with them."""
        try:
            self.addresses.append(_listed(line, cells, groups))
        except ValueError as error:
            self.problems.append((line, reason(error)))


_AROUND = " \t<>\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
"""What stands around an address that was pasted from a mail or a page: brackets, and characters that nobody sees."""


def parse_outlet_list(raw: bytes) -> OutletList:
    """Return what a list holds, whichever of the three forms it has."""
    text = decode_file(raw)
    if _OPML.match(text):
        return _parse_opml(text)
    found = OutletList()
    for line, cells, groups in _rows(text, found.problems):
        found.add(line, cells, groups)
    if not found.addresses and not found.problems:
        found.problems.append((1, "the list holds no address"))
    return found


def _listed(line: int, cells: Mapping[str, str], groups: Sequence[str]) -> ListedAddress:
    """Return an address by the texts of its columns; raise ValueError for the first that cannot be read."""
    kind, url = _address(cells.get("kind", "").lower() or "feed", cells.get("url", ""))
    return ListedAddress(
        line,
        url,
        _optional(parse_name, cells.get("name", "")),
        _optional(parse_line, cells.get("title", "")),
        kind,
        _optional(parse_language, cells.get("language", "")),
        _optional(parse_country, cells.get("country", "")),
        tuple(dict.fromkeys(parse_name(name) for group in groups if (name := group_name(group)))),
    )


def _address(kind: str, written: str) -> tuple[str, str]:
    """Return the kind of an address and the address itself; one of a channel, or `@NAME`, tells its kind by itself."""
    if kind not in _KINDS:
        raise ValueError(f"{quoted(kind)} is no kind of address (known: {', '.join(_KINDS)})")
    if kind == "telegram" and "/" not in written:
        written = f"@{written.removeprefix('@')}"
    is_channel = written.startswith("@")
    url = parse_site(written) if is_channel else parse_url(_FEED_SCHEME.sub(_scheme, written, count=1))
    recognised, address = recognised_address(url)
    return (recognised, address) if recognised != "feed" else (kind, url)


def group_name(text: str) -> str:
    """Return the name of a group as rules write it: `state-media` for `State media`."""
    return "-".join(text.casefold().split())[:MAX_NAME_CHARS]


def _optional(parse: Callable[[str], str], text: str) -> str:
    return parse(" ".join(text.split())) if text.strip() else ""


def _scheme(found: re.Match[str]) -> str:
    # feed://host/path is http://host/path, feed:https://host/path what stands behind it.
    return "" if found.string[found.end() :].lower().startswith("http") else "http:"


# --- CSV and plain lines ---------------------------------------------------------------------------------------


def _rows(text: str, problems: list[tuple[int, str]]) -> Iterator[tuple[int, Mapping[str, str], Sequence[str]]]:
    """Yield the line, the cells by column and the groups of each row; lines that begin with # are comments."""
    without_comments = "\n".join("" if line.lstrip().startswith("#") else line for line in text.split("\n"))
    rows, bad_rows = read_rows(without_comments)
    problems += map(_numbered, bad_rows)
    columns: Sequence[str] = ()
    for number, (line, written) in enumerate(rows):
        cells = [cell.strip(_AROUND) for cell in written]
        if not number and (columns := _header(cells)):
            continue
        row = {name: cell.strip() for name, cell in zip(columns or _columns_of(cells), cells, strict=False)}
        yield line, row, _LIST_SIGNS.split(row.get("groups", ""))


def _numbered(problem: str) -> tuple[int, str]:
    line, _, said = problem.removeprefix("line ").partition(": ")
    return int(line), said


def _header(cells: Sequence[str]) -> list[str]:
    """Return the columns that a first row names, or nothing where it is a row of the list."""
    names = [" ".join(cell.casefold().split()) for cell in cells]
    columns = [_SYNONYMS.get(name, name) for name in names]
    return columns if "url" in columns else []


def _columns_of(cells: Sequence[str]) -> Sequence[str]:
    """Return the columns of a list without a header: the address comes first or second."""
    is_address_first = len(cells) == 1 or "://" in cells[0]
    return ("url", "name", *_COLUMNS[2:]) if is_address_first else _COLUMNS


# --- OPML ------------------------------------------------------------------------------------------------------


def _parse_opml(text: str) -> OutletList:
    """Parse OPML 2.0 (Winer 2007): outlines with an address are outlets, those around them are groups."""
    from lxml import etree

    found = OutletList()
    # The text is decoded already, whatever its declaration says.
    options = {"encoding": "utf-8", "resolve_entities": False, "remove_comments": True, "remove_pis": True}
    parser = etree.XMLParser(**options)
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError as error:
        found.problems.append((error.lineno or 1, f"this is no XML: {str(error).partition(', line')[0]}"))
        return found
    for outline, groups in _outlines(root):
        cells = {name.lower(): value for name, value in outline.attrib.items()}
        if url := cells.get("xmlurl") or cells.get("url", ""):
            found.add(outline.sourceline or 1, _opml_cells(cells, url), [*groups, *_categories(cells)])
    if not found.addresses and not found.problems:
        found.problems.append((1, "the list holds no address (an outline with xmlUrl)"))
    return found


def _outlines(root: etree._Element) -> Iterator[tuple[etree._Element, tuple[str, ...]]]:
    """Yield every outline with the names of those around it."""
    waiting: list[tuple[etree._Element, tuple[str, ...]]] = [(root, ())]
    while waiting:
        element, groups = waiting.pop()
        is_outline = str(element.tag).lower() == "outline"
        if is_outline:
            yield element, groups
            groups = (*groups, element.get("text") or element.get("title") or "")
        if len(groups) <= _DEEPEST:
            waiting += [(child, groups) for child in reversed(element)]


def _opml_cells(cells: Mapping[str, str], url: str) -> dict[str, str]:
    """Return the columns that an outline states; a name that is too long is cut, a language that is none left out."""
    name = " ".join((cells.get("text") or cells.get("title", "")).split())
    title = " ".join(cells.get("title", "").split())
    kind = cells.get("type", "").lower()
    try:
        language = parse_language(cells.get("language", ""))
    except ValueError:
        language = ""
    return {
        "url": url,
        "name": name[:MAX_NAME_CHARS].strip(),
        "title": "" if title == name else title,
        "kind": kind if kind in _KINDS else "feed",
        "language": language,
        "country": cells.get("country", ""),
    }


def _categories(cells: Mapping[str, str]) -> list[str]:
    """Return the categories of an outline: `/press/daily,politics` are three."""
    return [part for category in cells.get("category", "").split(",") for part in category.split("/")]
