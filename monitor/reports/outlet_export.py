"""Write the outlets of a configuration as OPML, the list of feeds that other programs read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from xml.sax.saxutils import quoteattr

from monitor.config import Config
from monitor.model import Feed, Outlet
from monitor.text import printable, without_credentials


@dataclass(frozen=True, slots=True)
class OutletExport:
    """The OPML of all active outlets, and the names of those with an address that is left out for its credentials."""

    opml: str
    left_out: tuple[str, ...] = ()


def export_outlets(config: Config) -> OutletExport:
    """Return the outlets as OPML 2.0 (Winer 2007), by their first group, which is an outline around them.

    All groups are in `category`. Programs take what has `xmlUrl` for a feed: other kinds have `url` instead.
    """
    outlets = sorted(config.outlets.values(), key=lambda outlet: (_first_group(outlet), outlet.name))
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<opml version="2.0">',
        "  <head><title>Outlets of the monitor</title></head>",
        "  <body>",
    ]
    for group, members in groupby(outlets, key=_first_group):
        outlines = [_outline(outlet, feed) for outlet in members for feed in _open_feeds(outlet)]
        lines += _in_group(group, outlines) if group and outlines else [f"    {line}" for line in outlines]
    left_out = tuple(outlet.name for outlet in outlets if len(list(_open_feeds(outlet))) < len(outlet.feeds))
    return OutletExport("\n".join([*lines, "  </body>", "</opml>"]) + "\n", left_out)


def _first_group(outlet: Outlet) -> str:
    return min(outlet.groups, default="")


def _open_feeds(outlet: Outlet) -> Iterator[Feed]:
    """Yield the feeds whose addresses hold no credentials."""
    yield from (feed for feed in outlet.feeds if without_credentials(feed.url) == feed.url)


def _in_group(group: str, outlines: Sequence[str]) -> list[str]:
    return [f"    <outline{_attributes({'text': group})}>", *(f"      {line}" for line in outlines), "    </outline>"]


def _outline(outlet: Outlet, feed: Feed) -> str:
    is_feed = feed.kind == "feed"
    stated = {
        "type": "rss" if is_feed else feed.kind,
        "text": outlet.name,
        "title": outlet.title,
        "xmlUrl" if is_feed else "url": feed.url,
        "language": outlet.language,
        "country": outlet.country,
        "category": ",".join(f"/{group}" for group in sorted(outlet.groups)),
    }
    return f"<outline{_attributes(stated)}/>"


def _attributes(stated: Mapping[str, str]) -> str:
    return "".join(f" {name}={quoteattr(printable(text))}" for name, text in stated.items() if text)
