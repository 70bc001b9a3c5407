"""Store the signatures of recent texts, and the bands by which the texts are found that may be copies of another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from struct import calcsize, pack, unpack, unpack_from

import sqlalchemy as sa

from monitor.store.column_types import from_micros, to_micros
from monitor.store.dialects import chunks, insert_many, pick
from monitor.store.tables import articles, text_bands, text_signatures
from monitor.story_values import SignedText, TextSignature

_COUNTS = "<IQBBB?"
_COUNTS_SIZE = calcsize(_COUNTS)


def of_bands(conn: sa.Connection, bands: Iterable[int]) -> dict[int, list[int]]:
    """Return the articles that are found in each of these bands, the oldest first."""
    found: dict[int, list[int]] = defaultdict(list)
    rows = pick(conn, (text_bands.c.band, text_bands.c.article_id), text_bands.c.band, list(dict.fromkeys(bands)))
    for band, article_id in sorted(rows):
        found[band].append(article_id)
    return dict(found)


def of_articles(conn: sa.Connection, ids: Collection[int]) -> dict[int, SignedText]:
    """Return the signed texts of those of these articles that have one, by article, each with its present story."""
    wanted = sorted(ids)
    a, t = articles.c, text_signatures.c
    known = {
        id_: (story_id, outlet) for id_, story_id, outlet in pick(conn, (a.id, a.story_id, a.outlet), a.id, wanted)
    }
    return {
        id_: SignedText(id_, known[id_][0], from_micros(at), known[id_][1], _unpacked(bytes(signature)))
        for id_, at, signature in pick(conn, (t.article_id, t.at, t.signature), t.article_id, wanted)
        if id_ in known
    }


def write(
    conn: sa.Connection, signed: Collection[tuple[SignedText, Sequence[int]]], before: Iterable[SignedText]
) -> None:
    """Store signed texts and the bands in which each is found; `before` are those of the same articles until now."""
    _delete(conn, [(one.article_id, one.signature) for one in before])
    rows = [(text.article_id, to_micros(text.at), _packed(text.signature)) for text, _ in signed]
    insert_many(conn, text_signatures, ("article_id", "at", "signature"), rows)
    insert_many(
        conn, text_bands, ("band", "article_id"), [(band, one.article_id) for one, found in signed for band in found]
    )


def delete_of(conn: sa.Connection, ids: Sequence[int]) -> None:
    """Delete the signatures of these articles."""
    _delete(conn, [(id_, one.signature) for id_, one in of_articles(conn, ids).items()])


def delete_older(conn: sa.Connection, before: datetime, limit: int = 500) -> int:
    """Delete up to `limit` signatures of texts published before a moment; return how many (0: done)."""
    t = text_signatures.c
    rows = conn.execute(sa.select(t.article_id, t.signature).where(t.at < before).order_by(t.at).limit(limit)).all()
    _delete(conn, [(id_, _unpacked(bytes(signature))) for id_, signature in rows])
    return len(rows)


def _delete(conn: sa.Connection, signed: Sequence[tuple[int, TextSignature]]) -> None:
    bands = [{"band_": band, "id_": id_} for id_, signature in signed for band in signature.bands]
    if bands:
        conn.execute(_DELETE_BAND, bands)
    for some in chunks([id_ for id_, _ in signed]):
        conn.execute(sa.delete(text_signatures).where(text_signatures.c.article_id.in_(some)))


_DELETE_BAND = sa.delete(text_bands).where(
    text_bands.c.band == sa.bindparam("band_"), text_bands.c.article_id == sa.bindparam("id_")
)


def _packed(signature: TextSignature) -> bytes:
    """Return a signature as four bytes for each hash of the sketch, two for each word, a bit for each of the head."""
    words, sketch, head, title, opening, is_about_title = signature
    in_head = sum(1 << at for at, one in enumerate(sketch) if one in head)
    counts = len(sketch), len(title), len(opening)
    layout = f"{_COUNTS}{len(sketch)}I{len(title) + len(opening)}H"
    return pack(layout, words, in_head, *counts, is_about_title, *sketch, *title, *opening)


def _unpacked(packed: bytes) -> TextSignature:
    words, in_head, hashes, title, opening, is_about_title = unpack_from(_COUNTS, packed)
    flat = unpack(f"<{hashes}I{title + opening}H", packed[_COUNTS_SIZE:])
    sketch, rest = flat[:hashes], flat[hashes:]
    head = tuple(one for at, one in enumerate(sketch) if in_head >> at & 1)
    return TextSignature(words, sketch, head, rest[:title], rest[title:], is_about_title)
