"""The entries of one page in, the articles that they are versions of out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from monitor.articles.article_text import shorten, text_of
from monitor.articles.identity import EntryFacts, IdentityKeys, PageContext, keys_of
from monitor.articles.language import languages_of
from monitor.articles.plausible_date import plausible_date
from monitor.model import Article, Entry

_AUTHORS, _TAGS, _LABEL, _URL = 20, 50, 200, 8000


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a page came from: the outlet and its language, the feed's address, and what the feed says of itself."""

    outlet: str
    feed_url: str
    outlet_language: str = ""
    feed_link: str = ""
    feed_language: str = ""


def articles_from_entries(entries: Sequence[Entry], origin: Origin, now: datetime) -> list[Article]:
    """One article for every entry of a page, in order, with its keys, text, dates and language."""
    pieces = [_piece(entry, now) for entry in entries]
    keys = keys_of(pieces, PageContext(origin.outlet, origin.feed_url, origin.feed_link, now))
    declared = [entry.language or origin.feed_language for entry in entries]
    samples = [f"{piece.text.title}\n{piece.text.body[:500]}" for piece in pieces]
    languages = languages_of(declared, samples, origin.outlet_language)
    return [
        _article(piece, names, language, origin.outlet, now)
        for piece, names, language in zip(pieces, keys, languages, strict=True)
    ]


def _piece(entry: Entry, now: datetime) -> EntryFacts:
    return EntryFacts(entry, text_of(entry), plausible_date(entry.published, now) or plausible_date(entry.updated, now))


def _article(piece: EntryFacts, keys: IdentityKeys, language: str, outlet: str, now: datetime) -> Article:
    entry, text = piece.entry, piece.text
    return Article(
        outlet=outlet,
        url=_address(entry.link),
        title=text.title,
        lead=text.lead,
        body=text.body,
        language=language,
        authors=_labels(entry.authors[:_AUTHORS]),
        tags=_labels(entry.tags[:_TAGS]),
        published=piece.published,
        updated=plausible_date(entry.updated, now),
        seen=now,
        keys=keys.own,
        story_keys=keys.story,
        digest=text.digest,
        stated=keys.stated,
        address=keys.address,
        crowded=keys.crowded,
    )


def _address(link: str) -> str:
    return link if len(link) <= _URL and link[:8].lower().startswith(("http://", "https://")) else ""


def _labels(labels: Sequence[str]) -> tuple[str, ...]:
    return tuple([shorten(label, _LABEL) for label in labels])
