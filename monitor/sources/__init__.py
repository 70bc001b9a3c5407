"""Read entries from feeds, JSON feeds, sitemaps and listings, however damaged; pure.

`parse` raises ParseError only. `read_html` reads the pages of articles, `decode` bytes of any other text.
"""

from monitor.sources.decode import decode
from monitor.sources.parse import SOURCES, parse
from monitor.sources.source_input import Source
from monitor.sources.webpage import no_article, read_html

__all__ = ["SOURCES", "Source", "decode", "no_article", "parse", "read_html"]
