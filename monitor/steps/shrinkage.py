"""Notice that an outlet gives far less than is usual: its pages less text, its feed fewer entries, words or dates."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import median_low

from monitor.articles import UsualAmount, is_as_usual, usual_amount_from_text
from monitor.page_values import SELECTORS, ArticlePage
from monitor.sources import NOTHING_FOUND
from monitor.steps.parse_page import ParsedPage
from monitor.store import Connection, page_yields
from monitor.store.feeds import FeedState
from monitor.text import counted, when

ENTRIES, SUMMARIES, DATES = "entries", "summaries", "dates"
_LEAST_ENTRIES = 3
"""Entries that a page must show, so that one odd entry is not taken for all."""


def note_page(conn: Connection, feed_id: int, url: str, reason: str, page: ArticlePage) -> None:
    """Store how much text the page of a feed's article gave, none for a `reason`, and whether that has fallen.

    A page in which a selector of the outlet finds nothing counts as one that gave none.
    """
    amount = 0 if page.missed else len(page.text)
    known = usual_amount_from_text(page_yields.get(conn, feed_id).lengths).with_amount(amount)
    said = None if known.well else ""
    if known.has_fallen and said == "":
        said = f"{_fallen(known.usual, reason, page)}: {url}"
    page_yields.note_length(conn, feed_id, known.as_text(), said)


def _fallen(usual: int, reason: str, page: ArticlePage) -> str:
    if page.missed:
        return f"{SELECTORS} finds no {', '.join(page.missed)} in the last pages of its articles"
    if reason.startswith(SELECTORS):
        return f"{reason}, in the last pages of its articles"
    gave = f"gave no text ({reason})" if reason else f"gave only {len(page.text):,} characters"
    return f"the last pages of its articles {gave}, where {usual:,} characters are usual"


def feed_amounts(state: FeedState, parsed: ParsedPage | None) -> tuple[str, str]:
    """Return what is usual of a feed's page once it was read, as a text to be stored, and what has fallen far below it.

    A page that did not change (None) goes on to show what it showed.
    """
    if parsed is None and all(map(is_as_usual, state.amounts.split())):
        return state.amounts, ""
    known = _amounts_from_text(state.amounts)
    low = {name: amount.below[-1] for name, amount in known.items() if amount.below and not amount.well}
    for name, amount in _shown(state, parsed) if parsed else low.items():
        known[name] = known.get(name, UsualAmount()).with_amount(amount)
    fallen = [_SAID[name].format(one.below[-1], one.usual) for name, one in known.items() if one.has_fallen]
    said = f"{' and '.join(fallen)} ({state.url})" if fallen else ""
    return " ".join(f"{name}={amount.as_text()}" for name, amount in known.items()), said


_SAID = {
    ENTRIES: "its page lists {} articles, where {} are usual",
    SUMMARIES: "characters of an article in its feed: {:,}, where {:,} are usual",
    DATES: "its feed dates {} % of its articles, where {} % are usual",
}


def _shown(state: FeedState, parsed: ParsedPage) -> Iterator[tuple[str, int]]:
    """Yield the amounts that a feed's page shows; an empty one is told of in another way."""
    shown = parsed.articles
    # How many entries a feed shows may depend on the day; a listing has its places.
    if state.kind == "page" and shown:
        yield ENTRIES, len(shown)
    if len(shown) >= _LEAST_ENTRIES:
        yield SUMMARIES, median_low(len(article.body) for article in shown)
        yield DATES, 100 * sum(article.published is not None for article in shown) // len(shown)


def lost_articles(state: FeedState, error: object) -> str:
    """Return what a listing showed before it lost all its articles, and what to do; empty for any other error."""
    if state.kind != "page" or not state.last_ok_at or getattr(error, "reason", "") != NOTHING_FOUND:
        return ""
    listed = _amounts_from_text(state.amounts).get(ENTRIES, UsualAmount()).amounts
    showed = f"listed {counted(listed[-1], 'article')}" if listed else "was read"
    return (
        f"; it {showed} until {when(state.last_ok_at)}: the page has changed; `monitor outlets check` shows what it "
        "gives, `select:` says where its articles are"
    )


def _amounts_from_text(text: str) -> dict[str, UsualAmount]:
    pairs = (part.partition("=") for part in text.split())
    return {name: usual_amount_from_text(amount) for name, _, amount in pairs if name in _SAID}
