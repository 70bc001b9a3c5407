"""Read what a digest tells before it is rendered: which stories it lays out, and the figures beside them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from monitor.alerts import Chosen, DigestFigures, FeedReading, Standing, choose, shown_name, week_bounds
from monitor.alerts.digest_figures import CHARTED, MOST_A_DAY
from monitor.model import Alert
from monitor.store import Connection, digest_records

_ITEMS_READ = 5_000
"""Items of a reader's mails of the week that are counted by rule."""


def chosen_stories(conn: Connection, alert: Alert) -> Chosen:
    """Return the stories that a message lays out, and the counts of all; of 100,000 no text is read for that."""
    stories = {item.story_id for item in alert.items}
    moments = digest_records.moments(conn, (item.article_id for item in alert.items))
    return choose(alert.items, Standing(moments, digest_records.outlet_counts(conn, stories)))


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
    )


def _as_stored(alert: Alert, names: Iterable[str]) -> dict[str, str]:
    """Return the shown names of rules by the names under which their matches are stored."""
    stored = dict.fromkeys(match.rule for item in alert.items for match in item.matches)
    wanted = set(names)
    return {rule: shown_name(rule) for rule in stored if shown_name(rule) in wanted}
