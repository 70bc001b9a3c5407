"""Pages of outlets in, entries out: feeds, JSON feeds, sitemaps and listings, whatever their state. Pure.

`parse` raises ParseError only; `JOB` names the same for `isolate.Workers`. `read_html` is for the pages
of articles, `decode` for any text of strangers.
"""

from monitor.sources.decode import decode
from monitor.sources.job import Job, parse_job
from monitor.sources.parse import SOURCES, Source, parse
from monitor.sources.webpage import no_article, read_html

JOB = "monitor.sources:parse_job"

__all__ = ["JOB", "SOURCES", "Job", "Source", "decode", "no_article", "parse", "parse_job", "read_html"]
