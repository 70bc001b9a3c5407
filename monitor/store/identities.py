"""Store which article each identity key leads to, and load what recognition compares articles with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from datetime import datetime

import sqlalchemy as sa

from monitor.model import Article, KeyTarget, Memory
from monitor.store import outlet_names
from monitor.store.column_types import Row
from monitor.store.dialects import chunks, insert_many, pick, upsert
from monitor.store.tables import article_texts, articles, identities, sightings

# Characters of a body that are loaded; as many are enough to compare two.
_BODY_LENGTH = 2000
# Articles among which those of one feed are sought: no index leads to them, and they are mostly the newest.
_SEARCHED = 200_000


def known(conn: sa.Connection, keys: Iterable[bytes]) -> dict[bytes, int]:
    """Return the article id of each of these keys that is stored."""
    return {key: target.article_id for key, target in _targets(conn, keys).items()}


def load_memory(conn: sa.Connection, batch: Iterable[Article]) -> Memory:
    """Return where the keys of these articles lead, and under which digests feeds last showed those articles."""
    targets = _targets(conn, [key for article in batch for key in (*article.keys, *article.crowded)])
    return Memory(
        targets, {}, shown_digests(conn, {target.article_id for target in targets.values()}) if targets else {}
    )


def load_articles(conn: sa.Connection, memory: Memory, batch: Iterable[Article]) -> None:
    """Add to the memory the stored articles that keys of these articles lead to; None for a deleted one.

    They have their feeds' words, without what their pages say: a page shows its feed's words again. Their outlet is
    the name that their keys carry, which is another where it was renamed.
    """
    ids = {memory.targets[key].article_id for article in batch for key in article.keys if key in memory.targets}
    wanted = sorted(ids - memory.articles.keys())
    memory.articles.update(dict.fromkeys(wanted))
    names = outlet_names.names_for_keys(conn) if wanted else {}
    for some in chunks(wanted):
        memory.articles.update(
            (row.id, _article(row, names)) for row in conn.execute(_ARTICLES.where(articles.c.id.in_(some)))
        )


_A, _T = articles.c, article_texts.c
_FEED_BODY = sa.func.substr(sa.func.coalesce(_T.text, _A.body), 1, _BODY_LENGTH).label("body")
_TITLES = article_texts.alias()
_FEED_TITLE = sa.func.coalesce(_TITLES.c.text, _A.title).label("title")
_ARTICLES = (
    sa.select(
        *(_A.id, _A.outlet, _A.url, _FEED_TITLE, _A.lead, _FEED_BODY, _A.language, _A.published_at, _A.digest),
        *(_A.stated, _A.claimed_at, _A.seen_at),
    )
    .outerjoin_from(articles, article_texts, sa.and_(_T.article_id == _A.id, _T.source == "feed"))
    .outerjoin(_TITLES, sa.and_(_TITLES.c.article_id == _A.id, _TITLES.c.source == "feed title"))
)


def _article(row: Row, names: Mapping[str, str]) -> Article:
    words = {name: getattr(row, name) for name in ("url", "title", "lead", "body", "language")}
    words["outlet"] = names.get(row.outlet, row.outlet)
    times = {"published": row.published_at, "claimed": row.claimed_at, "seen": row.seen_at}
    return Article(**words, **times, digest=bytes(row.digest), stated=bytes(row.stated or b""))


def _targets(conn: sa.Connection, keys: Iterable[bytes]) -> dict[bytes, KeyTarget]:
    columns = (identities.c.key, identities.c.article_id, identities.c.shared)
    rows = pick(conn, columns, identities.c.key, list(dict.fromkeys(keys)))
    return {bytes(key): KeyTarget(id_, bool(shared)) for key, id_, shared in rows}


def shown_digests(conn: sa.Connection, ids: Set[int]) -> dict[tuple[int, int], bytes]:
    """Return by (feed, article) the digest under which the feed last showed the article."""
    s = sightings.c
    rows = pick(conn, (s.feed_id, s.article_id, s.digest), s.article_id, sorted(ids))
    return {(feed, id_): bytes(digest) for feed, id_, digest in rows}


def shown_last(conn: sa.Connection, feed_id: int, most: int) -> dict[int, Article]:
    """Return those articles that a feed showed last, by id, in its words; they are sought among the newest of all."""
    s = sightings.c
    newest = sa.select(sa.func.max(s.article_id)).scalar_subquery()
    shown = sa.select(s.article_id).where(s.feed_id == feed_id, s.article_id > newest - _SEARCHED)
    ids = list(conn.execute(shown.order_by(s.article_id.desc()).limit(most)).scalars())
    names = outlet_names.names_for_keys(conn) if ids else {}
    rows = [row for some in chunks(ids) for row in conn.execute(_ARTICLES.where(articles.c.id.in_(some)))]
    return {row.id: _article(row, names) for row in rows}


def came_since(conn: sa.Connection, feed_id: int, ids: Iterable[int], since: datetime) -> dict[int, datetime | None]:
    """Return those of these articles that a feed showed first at that moment or later, with when they are dated."""
    s = sightings.c
    query = sa.select(s.article_id, _A.published_at).join(articles, _A.id == s.article_id)
    query = query.where(s.feed_id == feed_id, s.first_seen_at >= since)
    return {id_: at for some in chunks(sorted(ids)) for id_, at in conn.execute(query.where(s.article_id.in_(some)))}


def write(conn: sa.Connection, targets: Mapping[bytes, KeyTarget], before: Set[bytes]) -> None:
    """Store where keys lead from now on; those in `before` are stored already."""
    insert_many(conn, identities, _COLUMNS, [(key, *target) for key, target in targets.items() if key not in before])
    changed: Sequence[tuple[bytes, KeyTarget]] = [(key, target) for key, target in targets.items() if key in before]
    rows = [{"key": key, "article_id": target.article_id, "shared": target.shared} for key, target in changed]
    upsert(conn, identities, rows, ["article_id", "shared"])


def add_aliases(conn: sa.Connection, article_id: int, keys: Iterable[bytes]) -> None:
    """Let the keys of another address of an article lead to it, as far as they lead to none yet.

    They are shared from the start: a page may name the address of another article, whose words then tell it apart.
    """
    new = dict.fromkeys(keys)
    present = _targets(conn, new)
    insert_many(conn, identities, _COLUMNS, [(key, article_id, True) for key in new if key not in present])


_COLUMNS = ("key", "article_id", "shared")
