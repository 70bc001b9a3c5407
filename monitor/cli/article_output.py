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
    from monitor.reports.search_hits import SearchHit

REPORT_INTERVAL = 5.0
"""Seconds between two lines that report progress."""
_COLUMNS = ("id", "seen", "published", "outlet", "language", "title", "url", "terms", "quote")
# A cell that begins so is a formula for spreadsheets, and titles come from strangers.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def show_hit(hit: SearchHit, console: Console) -> None:
    """Print one article in a few lines: time and outlet, title, the sentence that matched, address."""
    from rich.text import Text

    # As they are ordered: an article of the past of a feed by its publication.
    at = min(hit.published or hit.seen, hit.seen)
    source = f"{when(at)}  {clean(hit.outlet)}" + (f"  {hit.language}" if hit.language else "")
    line = Text.assemble((source, "dim"), "  ", _highlighted(hit.heading))
    console.print(line, soft_wrap=True)
    for quote in hit.quotes:
        console.print(Text("    ").append_text(_highlighted(quote)), soft_wrap=True)
    if hit.url:
        console.print(Text(f"    {printable(hit.url)}", "dim"), soft_wrap=True)


def _highlighted(quote: Quote) -> Text:
    from rich.text import Text

    text = Text()
    for part in quote.parts:
        text.append(printable(part.text), "bold reverse" if part.marked else "")
    return text


def as_row(hit: SearchHit) -> list[str]:
    """Return one article as the cells of a CSV row, none of which a spreadsheet takes for a formula."""
    quote = next((quote.text for quote in hit.quotes), "")
    seen = hit.seen.isoformat(timespec="seconds")
    published = hit.published.isoformat(timespec="seconds") if hit.published else ""
    terms = ", ".join(hit.terms)
    cells = (hit.id, seen, published, hit.outlet, hit.language, hit.title, hit.url, terms, quote)
    return [_without_formula(printable(str(cell))) for cell in cells]


def _without_formula(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def write_csv(hits: Iterable[SearchHit]) -> int:
    """Print articles as CSV with a header, each as it is found; return how many.

    With a byte order mark, by which Excel recognises UTF-8, and the line ends of RFC 4180.
    """
    sys.stdout.write("\ufeff")
    writer = csv.writer(sys.stdout, lineterminator="\r\n")
    writer.writerow(_COLUMNS)
    return sum(writer.writerow(as_row(hit)) > 0 for hit in hits)


def write_jsonl(hits: Iterable[SearchHit]) -> int:
    """Print articles as JSON, one on each line, each as it is found; return how many."""
    count = 0
    for count, hit in enumerate(hits, 1):  # noqa: B007
        print(json_text(hit))
    return count


def write_json(hits: Iterable[SearchHit]) -> int:
    """Print articles as one JSON list; return how many."""
    from monitor.cli.output import print_json

    records = list(hits)
    print_json(records)
    return len(records)


def show_hits(hits: Iterable[SearchHit]) -> int:
    """Print articles for a person, each as it is found; return how many."""
    from rich.console import Console

    console = Console(highlight=False)
    count = 0
    for count, hit in enumerate(hits, 1):  # noqa: B007
        show_hit(hit, console)
    return count


def with_candidates(judged: Iterator[Any], total: int) -> Iterator[Any]:
    """Say on a terminal how many candidates there are, and pass them on with progress."""
    if sys.stderr.isatty():
        print(f"{total:,} candidates; Ctrl-C stops and shows what is known", file=sys.stderr)
    return with_progress(judged, total)


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
