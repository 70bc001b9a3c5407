"""Tell whether the page behind an article was read, and why it was not or gave nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from monitor.alerts import FRESH
from monitor.articles import is_excerpt
from monitor.config import Config
from monitor.config.new_outlets import with_place
from monitor.model import Fulltext
from monitor.page_values import SELECTORS, ArticlePage
from monitor.sources import WHOLE_TEXTS
from monitor.steps.blocked_pages import is_blocked, is_given_up
from monitor.steps.page_requests import PAGES_A_POLL
from monitor.store import (
    Connection,
    article_pages,
    article_queries,
    article_texts,
    backfills,
    fulltext_queue,
    page_yields,
)
from monitor.store.article_queries import Sighting, StoredArticle
from monitor.store.backfills import Backfill
from monitor.text import clean, when


class PageState(StrEnum):
    """Whether the page behind an article was read; REFUSED is one that was asked for and gave no text.

    GONE is one that is not there, whether it was read before or not.
    """

    READ = "read"
    GONE = "gone"
    WAITING = "waiting"
    REFUSED = "refused"
    UNREAD = "not read"


@dataclass(frozen=True, slots=True)
class PageOutcome:
    """What became of the page behind an article, the reason where it gave no text, and when it was found gone.

    `title`, `language` and `picture` are what it stated when it was read last; `selected` are the parts that `article:`
    of its outlet found, `missed` those that it asked for in vain. `has_text` says that a text of it is kept.
    """

    state: PageState
    reason: str = ""
    gone_since: datetime | None = None
    title: str = ""
    language: str = ""
    picture: str = ""
    selected: tuple[str, ...] = ()
    missed: tuple[str, ...] = ()
    has_text: bool = False


def page_outcome(conn: Connection, config: Config, stored: StoredArticle, sightings: Sequence[Sighting]) -> PageOutcome:
    """Return what became of the page of an article that these feeds showed."""
    outcome = _outcome(conn, config, stored, sightings)
    read = article_texts.read_pages(conn, [stored.id]).get(stored.id)
    page = read.page if read else ArticlePage()
    facts = page.facts
    return replace(
        outcome,
        reason=clean(outcome.reason),
        title=clean(facts.title),
        language=clean(facts.language),
        picture=clean(facts.picture),
        selected=page.selected,
        missed=page.missed,
        has_text=bool(page.text),
    )


def _outcome(conn: Connection, config: Config, stored: StoredArticle, sightings: Sequence[Sighting]) -> PageOutcome:
    due, refusal = fulltext_queue.due_of(conn, stored.id), article_texts.refusal(conn, stored.id)
    is_read = stored.id in article_texts.page_texts(conn, [stored.id])
    if due and ((why := _why_waiting(conn, sightings)) or not (refusal or is_read)):
        return PageOutcome(PageState.WAITING, why)
    reason = with_place(config, stored.article.outlet, refusal) + (f", read again {when(due)}" if due else "")
    if gone := article_pages.gone_since(conn, stored.id):
        return PageOutcome(PageState.GONE, reason, gone)
    if is_read:
        return PageOutcome(PageState.READ)
    if refusal:
        return PageOutcome(PageState.REFUSED, reason)
    return PageOutcome(PageState.UNREAD, _why_unread(conn, config, stored, sightings))


def _why_waiting(conn: Connection, sightings: Sequence[Sighting]) -> str:
    """Return since when the outlet refuses pages, and when one is tried again; empty where it does not."""
    blocked = [past for one in sightings if is_blocked(past := page_yields.get(conn, one.feed_id))]
    if not blocked or blocked[0].blocked_since is None:
        return ""
    again = f", tried again {when(blocked[0].probe_at)}" if blocked[0].probe_at else ""
    return f"refused since {when(blocked[0].blocked_since)} ({blocked[0].reason}){again}"


def _why_unread(conn: Connection, config: Config, stored: StoredArticle, sightings: Sequence[Sighting]) -> str:
    outlet = config.outlets.get(stored.article.outlet)
    if outlet is None:
        return "its outlet is not watched now"
    kinds = {feed.url: feed.kind for feed in outlet.feeds}
    if any(kinds.get(one.url) in WHOLE_TEXTS for one in sightings):
        return "the feed gives whole texts"
    if outlet.fulltext is Fulltext.NEVER:
        return "its outlet says fulltext: never, and no rule with wait: text asked for it"
    if outlet.fulltext is Fulltext.AUTO and not is_excerpt(stored.article):
        return "the feed gives its whole text"
    pasts = [page_yields.get(conn, one.feed_id) for one in sightings]
    if outlet.fulltext is Fulltext.AUTO and (useless := list(filter(is_given_up, pasts))):
        worst = useless[0]
        return f"the last {worst.fruitless} pages of its feed gave nothing ({worst.reason}), so that one a day is tried"
    return _why_unrequested(conn, stored, sightings)


def _why_unrequested(conn: Connection, stored: StoredArticle, sightings: Sequence[Sighting]) -> str:
    """Return why no page was asked for although the outlet's pages are read."""
    if past := _past(conn, stored, sightings):
        return f"it came with the past of its feed, asked for {when(past.asked_at)}, whose pages are not read"
    if sightings:
        before, at_once = article_queries.sightings_with(conn, sightings[0])
        if not before:
            return "it came in the backlog of a first poll, of which only the pages of what rules found then are read"
        if at_once > PAGES_A_POLL:
            return f"it came in a burst of {at_once:,} articles, of which the newest {PAGES_A_POLL} are read"
    return "pages were not read when it came: its outlet said so, or its pages gave nothing"


def way_text(selected: Sequence[str], missed: Sequence[str]) -> str:
    """Return in which way a page was read: by which selectors of its outlet, or as any page."""
    by_selectors = f"{SELECTORS} gave its {', '.join(selected)}" if selected else ""
    in_vain = f"{SELECTORS} finds no {', '.join(missed)}, so that the general way is taken" if missed else ""
    return "; ".join(filter(None, (by_selectors, in_vain))) or "read in the general way"


def _past(conn: Connection, stored: StoredArticle, sightings: Sequence[Sighting]) -> Backfill | None:
    """Return the reading of a feed's past that brought an article which was old when it was seen, if any."""
    published = stored.article.published
    if published is None or published >= stored.seen - FRESH:
        return None
    feeds = {one.feed_id for one in sightings}
    return next(
        (
            one
            for one in backfills.all_of_them(conn)
            if one.feed_id in feeds and one.asked_at <= stored.seen <= (one.finished_at or stored.seen)
        ),
        None,
    )
