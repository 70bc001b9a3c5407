"""Read what a digest tells before it is rendered: which stories it lays out, and the figures beside them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from monitor.alerts import Chosen, DigestFigures, FeedReading, Standing, choose, shown_name, week_bounds
from monitor.alerts.digest_figures import CHARTED, MOST_A_DAY
from monitor.model import Alert, Item, Match
from monitor.store import Connection, article_queries, digest_records, uptime

_ITEMS_READ = 5_000
"""Items of a reader's mails of the week that are counted by rule."""


def chosen_stories(conn: Connection, alert: Alert) -> Chosen:
    """Return the stories that a message lays out, and the counts of all; of 100,000 no text is read for that."""
    stories = {item.story_id for item in alert.items}
    moments = digest_records.moments(conn, (item.article_id for item in alert.items))
    return choose(alert.items, Standing(moments, digest_records.outlet_counts(conn, stories)))


def as_it_stands(conn: Connection, chosen: Chosen) -> Chosen:
    """Return the stories as they are now: what a digest tells was found hours before, and may have been edited since.

    Where the present version matches no longer, it is told as an edit of the latest one that did.
    """
    stored = article_queries.get(conn, [item.article_id for item in chosen.items])

    def now(item: Item) -> Item:
        current = stored[item.article_id].version if item.article_id in stored else 1
        return _present(item, article_queries.matches_of(conn, item.article_id), current) if current > 1 else item

    return replace(chosen, stories=tuple(tuple(map(now, items)) for items in chosen.stories))


def _present(item: Item, matches: Mapping[int, Sequence[Match]], current: int) -> Item:
    """Return an item as one of the current version, by the matches of each version of its article."""
    rules = {match.rule for match in item.matches}
    matching = [version for version, found in matches.items() if not rules.isdisjoint(match.rule for match in found)]
    found = max((version for version in matching if version <= current), default=item.version)
    present = {match.rule: match for match in matches.get(current, ())}
    return replace(
        item,
        version=current,
        matches=tuple(present.get(match.rule, replace(match, spans=())) for match in item.matches),
        edit_of=item.edit_of or (found if found < current else 0),
    )


def digest_figures(conn: Connection, alert: Alert, chosen: Chosen, now: datetime) -> DigestFigures:
    """Return the weeks of the most frequent rules of a digest, how outlets are read, and what was told of late."""
    bounds = week_bounds(now, alert.timezone)
    charted = _as_stored(alert, chosen.rules[:CHARTED])
    weeks = digest_records.found_by_span(conn, list(charted), bounds, MOST_A_DAY)
    told = digest_records.told_by_rule(conn, alert.recipient, bounds[0], _ITEMS_READ)
    return DigestFigures(
        {charted[rule]: counts for rule, counts in weeks.items()},
        [FeedReading(*one) for one in digest_records.feed_readings(conn)],
        {shown_name(rule): count for rule, count in told.items()},
        uptime.first(conn),
    )


def _as_stored(alert: Alert, names: Iterable[str]) -> dict[str, str]:
    """Return the shown names of rules by the names under which their matches are stored."""
    stored = dict.fromkeys(match.rule for item in alert.items for match in item.matches)
    wanted = set(names)
    return {rule: shown_name(rule) for rule in stored if shown_name(rule) in wanted}
