"""What `fulltext: auto` costs a day with the shipped outlets: `python -m tests.bench.fulltext_day`.

An estimate from samples (`MONITOR_TEST_DATA`): how many articles a day feeds carry by their own dates, and how many of
them as an excerpt, from 95 feeds; CPU and text of a page from 181 news pages. Each shipped outlet counts as the mean
feed of the sample. Feeds whose pages add nothing are counted as if they were read on.
`tests.bench.replay` runs the monitor on so many pages.
"""

from __future__ import annotations

import gzip
import os
import statistics
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from monitor.articles import is_excerpt
from monitor.config import load
from monitor.errors import ParseError
from monitor.model import Article, Page
from monitor.steps.extract_page import ExtractJob, extract
from monitor.steps.parse_page import ParseJob, parse_page, parsed_page_of
from tests.bench.yardstick import Yardstick

CONFIG = Path(__file__).parents[2] / "config"
NOW = datetime(2100, 1, 1, tzinfo=UTC)
"""Later than every date of the samples, so that none is corrected."""
MOST_A_DAY = 500.0
"""Articles a day that a feed is believed to carry: a few entries of one minute say nothing of a day."""


def main() -> None:
    """Print the figures."""
    folder = Path(os.environ["MONITOR_TEST_DATA"])
    outlets = len(load(CONFIG).require_config().outlets)
    rates = [rate for one in sample_feeds(folder / "feeds" / "sample") if (rate := pages_a_day(one)) is not None]
    mean, median = statistics.mean(rates), statistics.median(rates)
    a_day = outlets * mean
    pages = [gzip.decompress(path.read_bytes()) for path in sorted((folder / "pages").rglob("*.html.gz"))]
    answers: list[str | ParseError] = []
    stick = Yardstick()
    spent = stick.cpu(lambda: answers.extend(map(extracted, pages))) / len(pages)
    # The page's text is stored by itself, and in the article's new version together with what the feed says.
    stored = 2 * statistics.mean(len(text.encode()) for text in answers if isinstance(text, str))
    fetched = statistics.mean(len(gzip.compress(page)) for page in pages)
    sys.stdout.write(
        f"{len(rates)} feeds with dates: {mean:.0f} excerpts a day (median {median:.0f})\n"
        f"{outlets} outlets: {a_day:,.0f} pages a day, as many requests\n"
        f"CPU      {a_day * spent / 60:,.0f} minutes a day ({stick.note(spent * 1000, 'ms', 0)} a page)\n"
        f"disk     {a_day * stored / 1e6:,.0f} MB a day before indexes ({stored / 1000:.1f} kB a page)\n"
        f"traffic  {a_day * fetched / 1e6:,.0f} MB a day, compressed ({fetched / 1000:.0f} kB a page)\n"
    )


def extracted(body: bytes) -> str | ParseError:
    """Return the text that a page worker makes of a page."""
    found = extract(
        ExtractJob(Page("https://a.test/1", 200, {"content-type": "text/html"}, body), Article("a", "", ""))
    )
    return found if isinstance(found, ParseError) else str(found[0])


def sample_feeds(folder: Path) -> Iterator[tuple[Article, ...]]:
    """Yield the articles of each sampled feed that can be parsed."""
    for path in sorted(folder.glob("*.xml")):
        page = Page(f"https://{path.stem}.test/rss", 200, {"content-type": "application/xml"}, path.read_bytes())
        answer = parsed_page_of(parse_page(ParseJob("feed", page, page.url, path.stem, "", (), NOW)))
        if not isinstance(answer, Exception):
            yield answer.articles


def pages_a_day(articles: tuple[Article, ...]) -> float | None:
    """Return how many excerpts a day a feed carries by the middle half of its dates; None where it has too few."""
    dates = sorted(article.published for article in articles if article.published)
    if len(dates) < 8:
        return None
    quarter = len(dates) // 4
    middle = dates[-1 - quarter] - dates[quarter]
    days = max(middle.total_seconds() / 86_400, 1 / 86_400)
    rate = min((len(dates) - 2 * quarter - 1) / days, MOST_A_DAY)
    return rate * sum(map(is_excerpt, articles)) / len(articles)


if __name__ == "__main__":
    main()
