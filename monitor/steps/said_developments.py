"""Read which developments copies repeat, and to whom something tells these."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from monitor.store import Connection, deliveries, story_records
from monitor.store.articles import Added
from monitor.story_values import Relation


def said_developments(
    conn: Connection, added: Iterable[Added], alerted: Collection[tuple[str, int]]
) -> tuple[dict[int, int], frozenset[tuple[str, int]]]:
    """Return by article the development that it copies or tells again, and each (recipient, development) of these told.

    Articles of stories that nobody was told of (`alerted`: recipient, story) are left out, and edits. What says the
    same as the beginning of a story is known to whom knows the story, and left out, too.
    """
    known = {story for _, story in alerted}
    story_of = {
        one.article_id: one.story_id
        for one in added
        if one.relation in (Relation.COPY, Relation.RETOLD) and one.story_id in known and not one.is_edit
    }
    alike = story_records.alike(conn, story_of)
    developments = story_records.developments(conn, set(alike.values()))
    says = {id_: of for id_, of in alike.items() if of in developments}
    stories = {story_of[id_] for id_ in says}
    told = deliveries.told_of_stories(conn, {pair for pair in alerted if pair[1] in stories})
    same = story_records.alike(conn, {id_ for _, id_ in told})
    return says, frozenset((who, same[id_]) for who, id_ in told if same[id_] in developments)
