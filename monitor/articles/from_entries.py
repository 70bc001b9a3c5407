"""Build one article from every entry of a fetched feed page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from monitor.articles.article_text import entry_text
from monitor.articles.feed_clocks import RIGHT, ClockCorrection
from monitor.articles.identity import EntryFacts, IdentityKeys, PageContext, keys_of
from monitor.articles.language import languages_of
from monitor.articles.other_addresses import redirect_target
from monitor.articles.plausible_date import plausible_date
from monitor.model import Article, Entry
from monitor.text.link_lines import without_link_lines
from monitor.text.shortening import shorten_at_word

# The most that is kept of an article: authors and tags, and characters of each of these and of its address.
_AUTHORS, _TAGS, _LABEL_LENGTH, _URL_LENGTH = 20, 50, 200, 8000
_DATE_LENGTH = 100


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a page came from: its outlet and that one's language, the feed's address, and the feed's own statements.

    `clock` corrects the moments that it claims. `name_for_keys` is the name that keys within the outlet carry, where
    that is another than its present one.
    """

    outlet: str
    feed_url: str
    outlet_language: str = ""
    feed_link: str = ""
    feed_language: str = ""
    clock: ClockCorrection = RIGHT
    name_for_keys: str = ""


def articles_from_entries(entries: Sequence[Entry], origin: Origin, now: datetime) -> list[Article]:
    """Return one article for every entry of a page, in order, with its keys, text, dates and language."""
    page = [
        EntryFacts(entry, entry_text(entry), plausible_date(entry.published, now) or plausible_date(entry.updated, now))
        for entry in entries
    ]
    page_keys = keys_of(page, PageContext(origin.name_for_keys or origin.outlet, origin.feed_url, origin.feed_link))
    declared = [entry.language or origin.feed_language for entry in entries]
    samples = [f"{_headline(facts)}\n{without_link_lines(facts.text.body)[:500]}" for facts in page]
    languages = languages_of(declared, samples, origin.outlet_language)
    return [
        _article(facts, keys, language, origin, now)
        for facts, keys, language in zip(page, page_keys, languages, strict=True)
    ]


def _headline(facts: EntryFacts) -> str:
    """Return the title of an entry; empty where its address stands for it, which is of no language."""
    title = facts.text.title
    return "" if title[:8].lower().startswith(("http://", "https://")) else title


def _article(facts: EntryFacts, keys: IdentityKeys, language: str, origin: Origin, now: datetime) -> Article:
    entry, text = facts.entry, facts.text
    published, claimed = _times(facts, origin.clock, now)
    # The page behind Google's redirect is read, and linked to, where it is.
    link = redirect_target(entry.link) or entry.link
    is_address = len(link) <= _URL_LENGTH and link[:8].lower().startswith(("http://", "https://"))
    return Article(
        outlet=origin.outlet,
        url=link if is_address else "",
        title=text.title,
        lead=text.lead,
        body=text.body,
        language=language,
        authors=_labels(entry.authors[:_AUTHORS]),
        tags=_labels(entry.tags[:_TAGS]),
        published=published,
        updated=_corrected(entry.updated, origin.clock, now),
        seen=now,
        keys=keys.own,
        story_keys=keys.story,
        digest=text.digest,
        stated=keys.stated,
        address=keys.address,
        crowded=keys.crowded,
        published_text=shorten_at_word(entry.published_text, _DATE_LENGTH),
        claimed=claimed,
    )


def _times(facts: EntryFacts, clock: ClockCorrection, now: datetime) -> tuple[datetime | None, datetime | None]:
    """Return when an entry was published, and what it claims if that is another moment."""
    if facts.published is None or (not clock and facts.published < now):
        return facts.published, None
    entry = facts.entry
    stated = entry.published if plausible_date(entry.published, now) else entry.updated
    published = _corrected(stated, clock, now)
    claimed = _in_utc(stated) if stated else None
    return published, claimed if claimed != published else None


def _corrected(moment: datetime | None, clock: ClockCorrection, now: datetime) -> datetime | None:
    """Return when it was at a moment that a feed claims, in UTC; None where the claim is not plausible."""
    claimed = plausible_date(moment, now)
    if not clock or claimed is None or moment is None:
        return claimed
    return plausible_date(clock.true_moment(_in_utc(moment)), now)


def _in_utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)


def _labels(labels: Sequence[str]) -> tuple[str, ...]:
    return tuple([shorten_at_word(label, _LABEL_LENGTH) for label in labels]) if labels else ()
