"""Which stored articles may satisfy a query: an index of canonical tokens, filled apart from the polls.

Its answers are candidates: every article that matches is among them, and the live matcher has the last word. What is
not indexed yet is always among them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import TSQUERY

from monitor.model import Article, Candidates
from monitor.store.article_queries import StoredArticle, get
from monitor.store.codec import clean
from monitor.store.dialects import chunks, insert_many, is_postgres, take_ids
from monitor.store.tables import articles, search_docs, search_pending

_LONGEST = 200  # characters of a token that are indexed; a longer one is looked for by its beginning
_MOST = 500_000  # bytes of different tokens that PostgreSQL takes for one article (its limit is twice that)
_WILD = re.compile(r"[*?]")
# Letters of New Tai Lue and Vedic that SQLite's older tables take for marks between words.
_SPACES_TO_FTS5 = re.compile("[\u19b0-\u19c0\u19c8\u19c9\u1cf2\u1cf3]")


@dataclass(frozen=True, slots=True)
class IndexedDocument:
    """An article version and its canonical tokens, joined by spaces."""

    article_id: int
    version: int
    tokens: str


def pending(conn: sa.Connection, limit: int) -> list[StoredArticle]:
    """Return articles that the index does not know as they are now: edited ones first, then new ones in order."""
    edited = list(conn.execute(sa.select(search_pending.c.article_id).limit(limit)).scalars())
    new = sa.select(articles.c.id).where(articles.c.id > _indexed_up_to()).order_by(articles.c.id)
    fresh = list(conn.execute(new.limit(limit - len(edited))).scalars()) if len(edited) < limit else []
    return list(get(conn, [*edited, *fresh]).values())


def _indexed_up_to() -> sa.ScalarSelect[int]:
    return sa.select(sa.func.coalesce(sa.func.max(search_docs.c.article_id), 0)).scalar_subquery()


def index(conn: sa.Connection, documents: Sequence[IndexedDocument]) -> None:
    """Put documents in the place of what the index knew of their articles."""
    if not documents:
        return
    for some in chunks([one.article_id for one in documents]):
        _forget(conn, some)
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


_UP_TO_DATE = search_pending.c.version <= sa.bindparam("seen", type_=sa.Integer)
_INSERT_LEXEMES = sa.text(
    "INSERT INTO search_tokens (doc_id, tokens) VALUES (:doc_id, array_to_tsvector(CAST(:tokens AS text[])))"
)
_INSERT_TOKENS = sa.text("INSERT INTO search_tokens (rowid, tokens) VALUES (:doc_id, :tokens)")


def _forget(conn: sa.Connection, ids: Sequence[int]) -> None:
    """Take documents out; FTS5 without content keeps their words until it is made anew, but nothing leads to them."""
    stale = sa.delete(search_docs).where(search_docs.c.article_id.in_(ids)).returning(search_docs.c.doc_id)
    gone = list(conn.execute(stale).scalars())
    if is_postgres(conn) and gone:
        conn.execute(sa.text("DELETE FROM search_tokens WHERE doc_id = ANY(:gone)"), {"gone": gone})


def forget(conn: sa.Connection, ids: Sequence[int]) -> None:
    """Take deleted articles out of the index."""
    for some in chunks(ids):
        _forget(conn, some)
        conn.execute(sa.delete(search_pending).where(search_pending.c.article_id.in_(some)))


def reset(conn: sa.Connection) -> None:
    """Empty the index: every article waits to be indexed, and is a candidate of every search until it is."""
    for table in (search_docs, search_pending):
        conn.execute(sa.delete(table))
    if is_postgres(conn):
        conn.execute(sa.text("DELETE FROM search_tokens"))
    else:
        conn.execute(sa.text("INSERT INTO search_tokens (search_tokens) VALUES ('delete-all')"))


def index_pending(conn: sa.Connection, limit: int, canonical: Callable[[Article], str]) -> int:
    """Index up to `limit` articles in one go, for commands; the daemon tokenises outside: `pending`, then `index`."""
    stored = pending(conn, limit)
    index(conn, [IndexedDocument(one.id, one.version, canonical(one.article)) for one in stored])
    return len(stored)


def _shortened(tokens: str) -> str:
    return " ".join(token[:_LONGEST] for token in clean(tokens).split())


def _lexemes(tokens: str) -> list[str]:
    different = dict.fromkeys(_shortened(tokens).split())
    kept, size = [], 0
    for token in different:
        size += len(token.encode())
        if size > _MOST:
            break
        kept.append(token)
    return kept


# --- asking --------------------------------------------------------------------------------------------------


def search_candidates(conn: sa.Connection, wanted: Candidates, *, limit: int | None = None) -> list[int]:
    """Return the ids of the articles that may match, the newest first."""
    query = sa.select(articles.c.id).where(*_bounds(wanted)).order_by(articles.c.seen_at.desc(), articles.c.id.desc())
    spelled = (_tsquery if is_postgres(conn) else _fts5)(wanted.all_of)
    if spelled:
        unknown = sa.or_(articles.c.id > _indexed_up_to(), articles.c.id.in_(sa.select(search_pending.c.article_id)))
        query = query.where(sa.or_(articles.c.id.in_(_found(conn, spelled)), unknown))
    return list(conn.execute(query if limit is None else query.limit(limit)).scalars())


def _bounds(wanted: Candidates) -> list[sa.ColumnElement[bool]]:
    bounds: list[sa.ColumnElement[bool]] = []
    if wanted.outlets:
        bounds.append(articles.c.outlet.in_(wanted.outlets))
    if wanted.languages:
        bounds.append(articles.c.language.in_(wanted.languages))
    if wanted.since:
        bounds.append(articles.c.seen_at >= wanted.since)
    if wanted.until:
        bounds.append(articles.c.seen_at < wanted.until)
    return bounds


def _found(conn: sa.Connection, spelled: str) -> sa.Select[int]:
    tokens = sa.table("search_tokens", sa.column("doc_id"), sa.column("rowid"), sa.column("tokens"))
    if is_postgres(conn):
        met = tokens.c.tokens.op("@@")(sa.cast(sa.literal(spelled), TSQUERY))
        return sa.select(search_docs.c.article_id).join(tokens, tokens.c.doc_id == search_docs.c.doc_id).where(met)
    met = sa.literal_column("search_tokens").op("MATCH")(spelled)
    return sa.select(search_docs.c.article_id).join(tokens, tokens.c.rowid == search_docs.c.doc_id).where(met)


def _fts5(groups: Sequence[Sequence[str]]) -> str:
    return _spelled(groups, _fts5_pattern, (" OR ", " AND "))


def _tsquery(groups: Sequence[Sequence[str]]) -> str:
    return _spelled(groups, _tsquery_pattern, (" | ", " & "))


def _spelled(groups: Sequence[Sequence[str]], pattern: Callable[[str], str], words: tuple[str, str]) -> str:
    """Join groups; one with a member that the index cannot tell bounds nothing."""
    spelled = [[pattern(member) for member in group] for group in groups]
    return words[1].join(f"({words[0].join(group)})" for group in spelled if group and all(group))


def _parts(pattern: str) -> list[tuple[str, bool]]:
    """Cut a pattern into tokens, each with whether only its beginning is known."""
    found = []
    for word in clean(pattern).split():
        wild = _WILD.search(word)
        begin = word[: wild.start()] if wild else word
        found.append((begin[:_LONGEST], wild is not None or len(begin) > _LONGEST))
    return [(begin, cut) for begin, cut in found if any(map(str.isalnum, _SPACES_TO_FTS5.sub("", begin)))]


def _fts5_pattern(pattern: str) -> str:
    parts = _parts(pattern)
    whole = len(parts) == len(pattern.split()) and not any(cut for _, cut in parts[:-1])
    if parts and whole:
        return _fts5_phrase(" ".join(begin for begin, _ in parts), cut=parts[-1][1])
    # A token cut short in the middle of a phrase: its places say nothing then.
    members = [_fts5_phrase(begin, cut=cut) for begin, cut in parts]
    return f"({' AND '.join(members)})" if members else ""


def _fts5_phrase(words: str, *, cut: bool) -> str:
    return '"' + words.replace('"', '""') + '"' + (" *" if cut else "")


def _tsquery_pattern(pattern: str) -> str:
    """Lexemes keep no places here, so that a phrase asks for all of its tokens."""
    members = [_quoted(begin) + (":*" if cut else "") for begin, cut in _parts(pattern)]
    return f"({' & '.join(members)})" if members else ""


def _quoted(lexeme: str) -> str:
    return "'" + lexeme.replace("\\", "\\\\").replace("'", "''") + "'"
