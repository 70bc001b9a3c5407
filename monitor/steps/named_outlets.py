"""Read which outlets a message names that have its stories besides."""

from __future__ import annotations

from collections.abc import Sequence

from monitor.model import Alert, Article, Item
from monitor.store import Connection, article_queries, delivery_parts
from monitor.store.delivery_parts import PART


def named_outlets(conn: Connection, alert: Alert, items: Sequence[Item]) -> dict[int, list[Article]]:
    """Return by story the first article of each outlet that has it by now and that a message with these items may name.

    Not of outlets whose article of it the reader's address refuses, since it might refuse this message for naming that,
    and none where the message is what is left of one that was refused.
    """
    stories = {item.story_id for item in items}
    if len(stories) == 1 and alert.thread.startswith(PART):
        return {}
    refused = delivery_parts.refused_outlets(conn, alert.recipient, stories)
    found = article_queries.first_of_outlets(conn, stories)
    return {story: [one for one in all_ if (story, one.outlet) not in refused] for story, all_ in found.items()}


def names_others(conn: Connection, alert: Alert) -> bool:
    """Tell whether a message names an outlet of which it tells no article."""
    own = set(article_queries.outlets_of(conn, {item.article_id for item in alert.items}).values())
    named = named_outlets(conn, alert, alert.items)
    return any(one.outlet not in own for articles in named.values() for one in articles)
