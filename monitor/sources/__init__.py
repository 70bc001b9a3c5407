"""Pages of outlets in, entries out: feeds, JSON feeds, sitemaps and listings, whatever their state. Pure.

`parse` raises ParseError only; `JOB` names the same for `isolate.Workers`.
"""

from monitor.sources.job import Job, parse_job
from monitor.sources.parse import SOURCES, Source, parse

JOB = "monitor.sources:parse_job"

__all__ = ["JOB", "SOURCES", "Job", "Source", "parse", "parse_job"]
