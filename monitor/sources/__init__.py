"""Pages of outlets in, entries out: feeds, JSON feeds, sitemaps and listings, whatever their state. Pure.

`parse` raises ParseError only. `read_html` is for the pages of articles, `decode` for any text of strangers.
"""

from monitor.sources.decode import decode
from monitor.sources.parse import SOURCES, Source, parse
from monitor.sources.webpage import no_article, read_html

__all__ = ["SOURCES", "Source", "decode", "no_article", "parse", "read_html"]
