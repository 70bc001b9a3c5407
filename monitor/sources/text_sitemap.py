"""Read a sitemap that is a text file with one address a line (sitemaps.org, "Text file")."""

from __future__ import annotations

import re
from itertools import islice

from monitor.model import Parsed
from monitor.sources.links import is_web
from monitor.sources.sitemap import LARGEST, TOO_MANY, parsed_addresses
from monitor.sources.sitemap_stream import MOST_ADDRESSES
from monitor.sources.source_input import Source, SourceInput

_LINE = re.compile(r"[^\r\n]+")
_PATH = re.compile(r"\.txt(?:\.gz)?(?:\?|\Z)", re.I)
_TRIED = 10  # lines by which such a file is recognised


def parse_text_sitemap(source: SourceInput) -> Parsed:
    """Parse a text file into entries, of which only the addresses are known; other lines are noted as lost."""
    lines = (match[0].strip("\ufeff\x00 \t") for match in _LINE.finditer(source.text))
    listed = list(islice(filter(None, lines), MOST_ADDRESSES + 1))
    notes = source.notes
    if len(listed) > MOST_ADDRESSES:
        notes = (*notes, TOO_MANY)
    # An address in a text file is absolute: anything else is no address.
    addresses = [{"loc": line if is_web(line) else ""} for line in listed[:MOST_ADDRESSES]]
    return parsed_addresses(addresses, source.url, notes)


def _is_text_sitemap(source: SourceInput) -> bool:
    """Whether a page has nothing but addresses in its first lines, and several of them unless it is a .txt file."""
    if source.root:
        return False
    lines = [match[0].strip("\ufeff\x00 \t") for match in islice(_LINE.finditer(source.text), _TRIED)]
    lines = [line for line in lines if line]
    are_addresses = all(is_web(line) and " " not in line for line in lines)
    return are_addresses and len(lines) > (0 if _PATH.search(source.url) else 1)


SOURCE = Source("sitemap", "text files with an address a line", parse_text_sitemap, _is_text_sitemap, largest=LARGEST)
