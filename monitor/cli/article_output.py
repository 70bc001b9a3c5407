"""Print found articles: with highlighted matches on a terminal, as CSV, or as JSON."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterable, Iterator
from time import monotonic
from typing import TYPE_CHECKING, Any

from monitor.cli.output import json_text
from monitor.text import clean, printable, when

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from monitor.alert_view import Quote
    from monitor.steps.past_matches import PastMatch

REPORT_INTERVAL = 5.0
"""Seconds between two lines that report progress."""
_QUOTE_CHARS = 240
_COLUMNS = ("id", "seen", "published", "outlet", "language", "title", "url", "terms", "quote")
# A cell that begins so is a formula for spreadsheets, and titles come from strangers.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def show_hit(hit: PastMatch, console: Console) -> None:
    """Print one article in a few lines: time and outlet, title, the sentence that matched, address."""
    from rich.text import Text

    from monitor.alerts.quotes import heading, quotations

    article, matches = hit.stored.article, (hit.match,)
    source = f"{when(hit.stored.seen)}  {clean(article.outlet)}" + (f"  {hit.language}" if hit.language else "")
    line = Text.assemble((source, "dim"), "  ", _highlighted(heading(article, matches)))
    console.print(line, soft_wrap=True)
    for quote in quotations(article, matches, 1, _QUOTE_CHARS):
        console.print(Text("    ").append_text(_highlighted(quote)), soft_wrap=True)
    if article.url:
        console.print(Text(f"    {printable(article.url)}", "dim"), soft_wrap=True)


def _highlighted(quote: Quote) -> Text:
    from rich.text import Text

    text = Text()
    for part in quote.parts:
        text.append(printable(part.text), "bold reverse" if part.marked else "")
    return text


def as_record(hit: PastMatch) -> dict[str, Any]:
    """Return one article for JSON; spans count characters of the field that they name."""
    article = hit.stored.article
    return {
        "id": hit.stored.id,
        "story": hit.stored.story_id,
        "version": hit.stored.version,
        "seen": hit.stored.seen.isoformat(),
        "published": article.published.isoformat() if article.published else None,
        "outlet": article.outlet,
        "language": hit.language,
        "title": article.title,
        "lead": article.lead,
        "url": article.url,
        "matches": [
            {"field": span.field, "start": span.start, "end": span.end, "term": span.term} for span in hit.match.spans
        ],
    }


def as_row(hit: PastMatch) -> list[str]:
    """Return one article as the cells of a CSV row, none of which a spreadsheet takes for a formula."""
    from monitor.alerts.quotes import quotations

    article = hit.stored.article
    quote = next((quote.text for quote in quotations(article, (hit.match,), 1, _QUOTE_CHARS)), "")
    terms = ", ".join(dict.fromkeys(span.term for span in hit.match.spans))
    seen = hit.stored.seen.isoformat(timespec="seconds")
    published = article.published.isoformat(timespec="seconds") if article.published else ""
    cells = (hit.stored.id, seen, published, article.outlet, hit.language, article.title, article.url, terms, quote)
    return [_without_formula(printable(str(cell))) for cell in cells]


def _without_formula(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def write_csv(hits: Iterable[PastMatch]) -> int:
    """Print articles as CSV with a header, each as it is found; return how many.

    With a byte order mark, by which Excel recognises UTF-8, and the line ends of RFC 4180.
    """
    sys.stdout.write("\ufeff")
    writer = csv.writer(sys.stdout, lineterminator="\r\n")
    writer.writerow(_COLUMNS)
    return sum(writer.writerow(as_row(hit)) > 0 for hit in hits)


def write_jsonl(hits: Iterable[PastMatch]) -> int:
    """Print articles as JSON, one on each line, each as it is found; return how many."""
    count = 0
    for count, hit in enumerate(hits, 1):  # noqa: B007
        print(json_text(as_record(hit)))
    return count


def write_json(hits: Iterable[PastMatch]) -> int:
    """Print articles as one JSON list; return how many."""
    from monitor.cli.output import print_json

    records = [as_record(hit) for hit in hits]
    print_json(records)
    return len(records)


def show_hits(hits: Iterable[PastMatch]) -> int:
    """Print articles for a person, each as it is found; return how many."""
    from rich.console import Console

    console = Console(highlight=False)
    count = 0
    for count, hit in enumerate(hits, 1):  # noqa: B007
        show_hit(hit, console)
    return count


def with_progress(judged: Iterable[Any], total: int) -> Iterator[Any]:
    """Pass the items on, and report progress on the standard error where it takes a while.

    A terminal gets a progress bar, anything else a line every few seconds.
    """
    from rich.console import Console
    from rich.progress import Progress

    console = Console(stderr=True)
    if not console.is_terminal:
        yield from _with_progress_lines(judged, total)
        return
    with Progress(console=console, transient=True) as bar:
        task = bar.add_task("articles", total=total)
        for item in judged:
            bar.advance(task)
            yield item


def _with_progress_lines(judged: Iterable[Any], total: int) -> Iterator[Any]:
    reported_at = monotonic()
    for number, item in enumerate(judged, 1):
        yield item
        if monotonic() - reported_at >= REPORT_INTERVAL:
            reported_at = monotonic()
            print(f"{number:,} of {total:,} candidates judged", file=sys.stderr, flush=True)
