"""Tell whether a page goes on where the page before ended, or articles may have come and gone between the two.

Own heuristic. A page shows the newest of a stream, so that what the two have in common reaches up to the newest of the
page before. An entry that always stands there (a pinned one, "how to subscribe") is in common, too, and proves nothing.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime, timedelta

from monitor.model import Article
from monitor.steps.poll_result import PollResult
from monitor.store import Connection, gap_filling, identities
from monitor.store.feeds import FeedState

_MOMENT = timedelta(microseconds=1)


def is_continuous(conn: Connection, state: FeedState, shown: Collection[tuple[Article, int]], size: int) -> bool:
    """Whether one of the newest of the page before is still among those articles of a page that were on it.

    `shown` are the articles, with their ids, that this feed showed before, `size` is how many the whole page has. More
    than half of a page is nobody's pinned entries: the newest may have been withdrawn then.
    """
    if 2 * len(shown) > size:
        return True
    if state.last_new_at is None or not shown:
        return False
    latest = identities.came_since(conn, state.id, {id_ for _, id_ in shown}, state.last_new_at)
    # A page may date an article otherwise than before.
    dates = [(article.published, latest[id_]) for article, id_ in shown if id_ in latest]
    return any(_may_be_newest(state, max(filter(None, both), default=None)) for both in dates)


def shown_before(
    conn: Connection, poll_result: PollResult, shown: list[tuple[Article, int]]
) -> list[tuple[Article, int]]:
    """Return those of the articles that a feed has shown that it showed before the gap which a poll looks into.

    So what a poll stored ahead of its older pages, or what came since an earlier gap, does not hide it.
    """
    since = poll_result.filling.since
    if since is None:
        return shown
    late = identities.came_since(conn, poll_result.feed.id, {id_ for _, id_ in shown}, since + _MOMENT)
    return [(one, id_) for one, id_ in shown if id_ not in late]


def state_before(conn: Connection, poll_result: PollResult) -> FeedState:
    """Return the state of a feed as it was when the gap began that a poll looks into: when it last had news."""
    state, since = poll_result.feed.state, poll_result.filling.since
    if since is None or since == state.last_ok_at:
        return state
    return replace(state, last_new_at=gap_filling.last_new(conn, state.id, since), newest_published_at=None)


def _may_be_newest(state: FeedState, published: datetime | None) -> bool:
    """Whether an article is dated as the newest of the page before, where both have dates that can be."""
    newest = state.newest_published_at
    if newest is None or published is None or state.last_ok_at is None or newest > state.last_ok_at:
        return True
    return published >= newest
