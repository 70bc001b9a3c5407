"""Try a rule on the stored articles: what it would have matched, how many mails that makes, what it gains and loses."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, fields, replace
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

from monitor.config import Config, load
from monitor.query import Compiled
from monitor.reports.search_hits import SearchHit, search_hit
from monitor.steps.backtest import Bar, languages_without_match, mails_per_day, per_day, tally
from monitor.steps.parallel_match import Judged, match_in_parallel
from monitor.steps.past_matches import ArchiveExtent, CountedMatch, Span, candidates, extent, found
from monitor.store import Store, config_files

Progress = Callable[[Iterator[Judged], int], Iterator[Judged]]
"""Passes judged candidates on, of which there are so many, and may show how far it is; it may be interrupted."""


@dataclass(frozen=True, slots=True)
class TriedRule:
    """A query to try, the one before it (None: none), the span of its past, and how many articles to show."""

    compiled: Compiled
    earlier: Compiled | None
    span: Span
    limit: int


@dataclass(frozen=True, slots=True)
class ArchivePast:
    """How much past there is: its first moment of all, the span that was tried, and what lies in that."""

    first: datetime | None
    since: datetime
    until: datetime
    articles: int
    outlets: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialReport:
    """What a query would have matched in the past.

    `days` count the matches within the span by days of `timezone`, or by weeks; `older` ones came out before it.
    Fewer `judged` than `candidates`: it was interrupted, and the newest were judged. `mails_a_day` is None for an
    archive of less than an hour. `silent_languages` are watched and without a match.
    """

    query: str
    past: ArchivePast
    candidates: int
    judged: int
    matches: int
    timezone: str
    days: tuple[Bar, ...]
    older: int
    outlets: Mapping[str, int]
    languages: Mapping[str, int]
    silent_languages: tuple[str, ...]
    mails_a_day: float | None
    newest: tuple[SearchHit, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedTrialReport(TrialReport):
    """A trial beside the rule as it was: the ids of articles `gained` and `lost`, and the newest of each."""

    gained: tuple[int, ...]
    lost: tuple[int, ...]
    newest_gained: tuple[SearchHit, ...]
    newest_lost: tuple[SearchHit, ...]


def try_rule(
    store: Store, config: Config, tried: TriedRule, now: datetime, progress: Progress = lambda judged, _: judged
) -> TrialReport:
    """Match the archive by a rule, and by the one before it; an interrupt ends it with the results so far."""
    with store.reading() as conn:
        archive = extent(conn, tried.span)
    rules = [rule for rule in (tried.compiled, tried.earlier) if rule]
    ids = candidates(store, rules, tried.span)
    hits: tuple[list[CountedMatch], ...] = tuple([] for _ in rules)
    judged = 0
    with suppress(KeyboardInterrupt):
        for judged, found_by in enumerate(progress(match_in_parallel(store, config, rules, ids, now), len(ids)), 1):  # noqa: B007
            for hit, of_rule in zip(found_by, hits, strict=True):
                if hit is not None:
                    of_rule.append(hit)
    report = _report(config, tried, _past(archive, tried.span, now), hits[0], (len(ids), judged))

    def newest(some: Sequence[CountedMatch], rule: Compiled) -> tuple[SearchHit, ...]:
        shown = [hit.id for hit in some[: tried.limit]]
        return tuple(search_hit(one) for one in found(store, config, rule, shown, now))

    report = replace(report, newest=newest(hits[0], tried.compiled))
    if tried.earlier is None:
        return report
    gained, lost = _without(hits[0], hits[1]), _without(hits[1], hits[0])
    return ComparedTrialReport(
        **{field.name: getattr(report, field.name) for field in fields(report)},
        gained=tuple(hit.id for hit in gained),
        lost=tuple(hit.id for hit in lost),
        newest_gained=newest(gained, tried.compiled),
        newest_lost=newest(lost, tried.earlier),
    )


def last_good_query(store: Store, rule: str, text: str, data: Path) -> str:
    """Return the query of a rule as it was last in force, where that is another than `text`; else an empty string."""
    with store.reading() as conn:
        stored_files = config_files.load(conn)
    if not rule or not stored_files or any(text in content for content in stored_files.values()):
        return ""
    with TemporaryDirectory() as folder:
        known = load(Path(folder), data=data, fallback=stored_files).config
    return known.rules[rule].query.strip("\n") if known and rule in known.rules else ""


def _past(archive: ArchiveExtent, span: Span, now: datetime) -> ArchivePast:
    """Return the part of a span in which there is an archive."""
    begin = max(span[0] or archive.first, archive.first) if archive.first else now
    end = max(begin, min(span[1] or now, now))
    return ArchivePast(archive.first, begin, end, archive.articles, archive.outlets)


def _report(
    config: Config, tried: TriedRule, past: ArchivePast, hits: Sequence[CountedMatch], counts: tuple[int, int]
) -> TrialReport:
    """Return the figures of these matches; `counts` are those of candidates and of judged ones."""
    span, zone = (past.since, past.until), ZoneInfo(config.settings.timezone)
    watched = {outlet.language.partition("-")[0].lower() for outlet in config.outlets.values()}
    silent = languages_without_match(watched, {hit.language for hit in hits}) if past.articles else ()
    return TrialReport(
        query=tried.compiled.text,
        past=past,
        candidates=counts[0],
        judged=counts[1],
        matches=len(hits),
        timezone=zone.key,
        days=tuple(per_day([hit.when for hit in hits], span, zone)),
        older=sum(hit.when < past.since for hit in hits),
        outlets=dict(tally(hit.outlet for hit in hits)),
        languages=dict(tally(hit.language for hit in hits)),
        silent_languages=tuple(silent),
        mails_a_day=mails_per_day([(hit.story_id, hit.when) for hit in hits], span),
    )


def _without(hits: Sequence[CountedMatch], others: Sequence[CountedMatch]) -> list[CountedMatch]:
    known = {hit.id for hit in others}
    return [hit for hit in hits if hit.id not in known]
