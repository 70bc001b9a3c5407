"""Write rows of articles and their versions, each with words of its own, without the road that leads to them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from monitor.store import Connection
from monitor.store.articles import Added
from monitor.store.tables import article_versions, articles


def write_article(conn: Connection, added: Added, now: datetime) -> None:
    """Store the first version of an article."""
    article = added.article
    row = {"id": added.article_id, "story_id": added.story_id, "outlet": article.outlet, "url": article.url}
    row |= {"title": article.title, "seen_at": now, "version_at": now, **_words(added)}
    conn.execute(sa.insert(articles), [row])


def write_version(conn: Connection, added: Added) -> None:
    """Store another version of an article, which says something else."""
    one = articles.c.id == added.article_id
    former = dict(conn.execute(sa.select(articles).where(one)).one()._mapping)
    columns = {name: former[name] for name in (one.name for one in article_versions.c) if name in former}
    conn.execute(sa.insert(article_versions), [columns | {"article_id": added.article_id}])
    conn.execute(sa.update(articles).where(one).values(version=added.version, **_words(added)))


def _words(added: Added) -> dict[str, Any]:
    words = f"{added.article_id} " + "".join(chr(97 + int(one)) for one in str(added.version)) * 3
    return {"body": words, "digest": words.encode()}
