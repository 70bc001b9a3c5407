"""Run a rule, and the version before it, over the stored articles."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.cli.query_argument import QueryArgument
    from monitor.cli.since_option import Span
    from monitor.query import Compiled
    from monitor.steps.past_matches import ArchiveExtent, CountedMatch, PastMatch
    from monitor.store import Store


@dataclass(slots=True)
class Trial:
    """The result of trying a rule: the archive, what the rule matches, and what the rule before it matched.

    `articles` holds only those that are shown, by id, because a rule may match a hundred thousand.
    """

    argument: QueryArgument
    extent: ArchiveExtent
    span: tuple[datetime, datetime]
    hits: list[CountedMatch]
    before: list[CountedMatch] | None = None
    candidates: int = 0
    judged: int = 0
    articles: dict[int, PastMatch] = field(default_factory=dict)

    def newest(self, hits: list[CountedMatch], limit: int) -> list[PastMatch]:
        """Return the newest of these matches with their texts."""
        return [self.articles[hit.id] for hit in hits[:limit] if hit.id in self.articles]

    @property
    def gained(self) -> list[CountedMatch]:
        """What the rule matches and the one before it did not."""
        return _without(self.hits, self.before or [])

    @property
    def lost(self) -> list[CountedMatch]:
        """What the rule before it matched and this one does not."""
        return _without(self.before or [], self.hits)


def _without(hits: list[CountedMatch], others: list[CountedMatch]) -> list[CountedMatch]:
    known = {hit.id for hit in others}
    return [hit for hit in hits if hit.id not in known]


def run_trial(store: Store, argument: QueryArgument, earlier: Compiled | None, span: Span, limit: int) -> Trial:
    """Match the archive by a rule, and by the one before it; Ctrl-C ends it with the results so far.

    The newest `limit` of what is matched, gained and lost are loaded with their texts.
    """
    from monitor.run.startup import utc_now
    from monitor.steps.past_matches import candidates, extent

    now = utc_now()
    with store.reading() as conn:
        archive = extent(conn, span)
    begin = max(span[0] or archive.first, archive.first) if archive.first else now
    trial = Trial(argument, archive, (begin, max(begin, min(span[1] or now, now))), [], [] if earlier else None)
    rules = [rule for rule in (argument.compiled, earlier) if rule]
    ids = candidates(store, rules, span)
    trial.candidates = len(ids)
    with suppress(KeyboardInterrupt):
        for judged in _judge(store, trial, rules, ids):
            trial.judged += 1
            for hit, found in zip(judged, (trial.hits, trial.before), strict=False):
                if hit is not None and found is not None:
                    found.append(hit)
    _load_articles(store, trial, argument.compiled, [*trial.hits[:limit], *trial.gained[:limit]])
    if earlier:
        _load_articles(store, trial, earlier, trial.lost[:limit])
    return trial


def _load_articles(store: Store, trial: Trial, rule: Compiled, hits: Sequence[CountedMatch]) -> None:
    from monitor.run.startup import utc_now
    from monitor.steps.past_matches import found

    ids = list(dict.fromkeys(hit.id for hit in hits))
    matches = found(store, trial.argument.config, rule, ids, utc_now())
    trial.articles.update((match.stored.id, match) for match in matches)


def _judge(store: Store, trial: Trial, rules: Sequence[Compiled], ids: Sequence[int]) -> Iterator[Any]:
    from monitor.cli.article_output import with_progress
    from monitor.run.startup import utc_now
    from monitor.steps.parallel_match import match_in_parallel

    if sys.stderr.isatty():
        print(f"{len(ids):,} candidates; Ctrl-C stops and shows what is known", file=sys.stderr)
    return with_progress(match_in_parallel(store, trial.argument.config, rules, ids, utc_now()), len(ids))
