"""Index stored articles by canonical tokens, and search it for articles that may match a query.

The result are candidates: they hold every article that matches and every one not indexed yet; the matcher decides.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import TSQUERY

from monitor.search_values import Candidates
from monitor.store.article_queries import StoredArticle, get
from monitor.store.codec import clean
from monitor.store.dialects import chunks, insert_many, is_postgres, take_ids
from monitor.store.tables import articles, search_docs, search_pending

_MAX_LENGTH = 200  # characters of a token that are indexed; a longer one is searched by its beginning
_MAX_BYTES = 500_000  # bytes of different tokens that PostgreSQL takes for one article (its limit is twice that)
_WILD = re.compile(r"[*?]")
# Letters of New Tai Lue and Vedic that FTS5's older Unicode tables take for separators.
_SPACES_TO_FTS5 = re.compile("[\u19b0-\u19c0\u19c8\u19c9\u1cf2\u1cf3]")


@dataclass(frozen=True, slots=True)
class IndexedDocument:
    """An article version and its canonical tokens, separated by spaces."""

    article_id: int
    version: int
    tokens: str


def pending(conn: sa.Connection, limit: int) -> list[StoredArticle]:
    """Return up to `limit` articles to be indexed: edited ones first, then new ones in the order of ids."""
    edited = list(conn.execute(sa.select(search_pending.c.article_id).limit(limit)).scalars())
    new = sa.select(articles.c.id).where(articles.c.id > _indexed_up_to()).order_by(articles.c.id)
    fresh = list(conn.execute(new.limit(limit - len(edited))).scalars()) if len(edited) < limit else []
    return list(get(conn, [*edited, *fresh]).values())


def _indexed_up_to() -> sa.ScalarSelect[int]:
    return sa.select(sa.func.coalesce(sa.func.max(search_docs.c.article_id), 0)).scalar_subquery()


def index(conn: sa.Connection, documents: Sequence[IndexedDocument]) -> None:
    """Index documents; they replace what the index holds of their articles."""
    if not documents:
        return
    for part in chunks([one.article_id for one in documents]):
        _remove_documents(conn, part)
    ids = take_ids(conn, "documents", len(documents))
    numbered = list(zip(ids, documents, strict=True))
    insert_many(
        conn, search_docs, ("doc_id", "article_id", "version"), [(n, d.article_id, d.version) for n, d in numbered]
    )
    if is_postgres(conn):
        rows = [{"doc_id": number, "tokens": _lexemes(one.tokens)} for number, one in numbered]
        conn.execute(_INSERT_LEXEMES, rows)
    else:
        conn.execute(_INSERT_TOKENS, [{"doc_id": number, "tokens": _shortened(one.tokens)} for number, one in numbered])
    seen = [{"id_": one.article_id, "seen": one.version} for one in documents]
    conn.execute(sa.delete(search_pending).where(search_pending.c.article_id == sa.bindparam("id_"), _UP_TO_DATE), seen)


# An article that was edited again after it was read here stays to be indexed.
_UP_TO_DATE = search_pending.c.version <= sa.bindparam("seen", type_=sa.Integer)
_INSERT_LEXEMES = sa.text(
    "INSERT INTO search_tokens (doc_id, tokens) VALUES (:doc_id, array_to_tsvector(CAST(:tokens AS text[])))"
)
_INSERT_TOKENS = sa.text("INSERT INTO search_tokens (rowid, tokens) VALUES (:doc_id, :tokens)")


def _remove_documents(conn: sa.Connection, ids: Sequence[int]) -> None:
    """Remove documents; contentless FTS5 keeps their tokens until `reset`, but nothing refers to them."""
    stale = sa.delete(search_docs).where(search_docs.c.article_id.in_(ids)).returning(search_docs.c.doc_id)
    gone = list(conn.execute(stale).scalars())
    if is_postgres(conn) and gone:
        conn.execute(sa.text("DELETE FROM search_tokens WHERE doc_id = ANY(:gone)"), {"gone": gone})


def remove(conn: sa.Connection, ids: Sequence[int]) -> None:
    """Remove deleted articles from the index."""
    for part in chunks(ids):
        _remove_documents(conn, part)
        conn.execute(sa.delete(search_pending).where(search_pending.c.article_id.in_(part)))


def reset(conn: sa.Connection) -> None:
    """Empty the index; until an article is indexed again, it is a candidate of every search."""
    for table in (search_docs, search_pending):
        conn.execute(sa.delete(table))
    if is_postgres(conn):
        conn.execute(sa.text("DELETE FROM search_tokens"))
    else:
        conn.execute(sa.text("INSERT INTO search_tokens (search_tokens) VALUES ('delete-all')"))


def _shortened(tokens: str) -> str:
    return " ".join(token[:_MAX_LENGTH] for token in clean(tokens).split())


def _lexemes(tokens: str) -> list[str]:
    different = dict.fromkeys(_shortened(tokens).split())
    lexemes, size = [], 0
    for token in different:
        size += len(token.encode())
        if size > _MAX_BYTES:
            break
        lexemes.append(token)
    return lexemes


# --- search --------------------------------------------------------------------------------------------------


def search_candidates(conn: sa.Connection, search: Candidates, *, limit: int | None = None) -> list[int]:
    """Return the ids of the articles that may match, the newest first: those of the past of a feed by publication."""
    published, seen = articles.c.published_at, articles.c.seen_at
    at = sa.case((published < seen, published), else_=seen)
    query = sa.select(articles.c.id).where(*_bounds(search)).order_by(at.desc(), articles.c.id.desc())
    expression = _expression(search.all_of, is_tsquery=is_postgres(conn))
    if expression:
        unknown = sa.or_(articles.c.id > _indexed_up_to(), articles.c.id.in_(sa.select(search_pending.c.article_id)))
        query = query.where(sa.or_(articles.c.id.in_(_found(conn, expression)), unknown))
    return list(conn.execute(query if limit is None else query.limit(limit)).scalars())


def _bounds(search: Candidates) -> list[sa.ColumnElement[bool]]:
    bounds: list[sa.ColumnElement[bool]] = []
    if search.outlets:
        bounds.append(articles.c.outlet.in_(search.outlets))
    if search.languages:
        bounds.append(articles.c.language.in_(search.languages))
    if search.since:
        bounds.append(articles.c.seen_at >= search.since)
    if search.until:
        bounds.append(articles.c.seen_at < search.until)
    return bounds


def _found(conn: sa.Connection, expression: str) -> sa.Select[int]:
    tokens = sa.table("search_tokens", sa.column("doc_id"), sa.column("rowid"), sa.column("tokens"))
    if is_postgres(conn):
        is_found = tokens.c.tokens.op("@@")(sa.cast(sa.literal(expression), TSQUERY))
        return sa.select(search_docs.c.article_id).join(tokens, tokens.c.doc_id == search_docs.c.doc_id).where(is_found)
    is_found = sa.literal_column("search_tokens").op("MATCH")(expression)
    return sa.select(search_docs.c.article_id).join(tokens, tokens.c.rowid == search_docs.c.doc_id).where(is_found)


def _expression(groups: Sequence[Sequence[str]], *, is_tsquery: bool) -> str:
    """Return the query for all of these groups, each of which is found by any of its patterns.

    A group with a pattern that cannot be searched is left out, since it excludes nothing.
    """
    pattern, either, both = (_tsquery_pattern, " | ", " & ") if is_tsquery else (_fts5_pattern, " OR ", " AND ")
    expression = [[pattern(member) for member in group] for group in groups]
    return both.join(f"({either.join(group)})" for group in expression if group and all(group))


def _parts(pattern: str) -> list[tuple[str, bool]]:
    """Split a pattern into tokens, each with whether it is only the beginning of a token."""
    found = []
    for word in clean(pattern).split():
        wild = _WILD.search(word)
        prefix = word[: wild.start()] if wild else word
        found.append((prefix[:_MAX_LENGTH], wild is not None or len(prefix) > _MAX_LENGTH))
    return [
        (prefix, is_prefix) for prefix, is_prefix in found if any(map(str.isalnum, _SPACES_TO_FTS5.sub("", prefix)))
    ]


def _fts5_pattern(pattern: str) -> str:
    parts = _parts(pattern)
    whole = len(parts) == len(pattern.split()) and not any(is_prefix for _, is_prefix in parts[:-1])
    if parts and whole:
        return _fts5_phrase(" ".join(prefix for prefix, _ in parts), is_prefix=parts[-1][1])
    # With a shortened token inside, positions cannot be searched: the phrase asks for all of its tokens.
    members = [_fts5_phrase(prefix, is_prefix=is_prefix) for prefix, is_prefix in parts]
    return f"({' AND '.join(members)})" if members else ""


def _fts5_phrase(words: str, *, is_prefix: bool) -> str:
    return '"' + words.replace('"', '""') + '"' + (" *" if is_prefix else "")


def _tsquery_pattern(pattern: str) -> str:
    """Return the tsquery of a pattern; the vectors hold no positions, so that a phrase asks for all of its tokens."""
    members = []
    for prefix, is_prefix in _parts(pattern):
        quoted = prefix.replace("\\", "\\\\").replace("'", "''")
        members.append(f"'{quoted}'" + (":*" if is_prefix else ""))
    return f"({' & '.join(members)})" if members else ""
