"""Find the story that an article is nearest to of those stored before it, for whoever asks why it began one itself."""

from __future__ import annotations

from monitor.articles import Events, event_keys, event_signs, likeliest_articles
from monitor.event_values import KnownEvents, NearStory
from monitor.steps.story_memory import StoryMemory
from monitor.store import Connection, event_records
from monitor.store.article_queries import StoredArticle


def nearest_story(conn: Connection, stored: StoredArticle, memory: StoryMemory) -> NearStory | None:
    """Return the nearest other story, by how rare what both say is now; None where none is near, or nothing is known.

    The article is compared with the few that its most telling words and names lead to, as when it came, and with those
    of their stories that were stored before it.
    """
    memory.learn_all(conn)
    signs, rarity = event_signs(stored.article), memory.rarity
    keys = event_keys(signs, rarity)
    newest = event_records.newest(conn, keys)
    by_key = {key: [id_ for id_ in ids if id_ < stored.id] for key, ids in newest.items()}
    texts = event_records.of_stories_of(conn, {*likeliest_articles(keys, by_key, rarity), stored.id})
    own = texts.get(stored.id)
    if own is None:
        return None
    earlier = {id_: text for id_, text in texts.items() if id_ < stored.id}
    # What is stored of signs has no words; a vector of what the text means is stored alone.
    text = own._replace(signs=signs._replace(meaning=own.signs.meaning))
    return Events(KnownEvents(by_key, earlier), rarity).nearest(text)
