"""Entries of one page in, the keys out by which each is known again: in its outlet, and as a story anywhere.

Two entries that share any key are one piece. A false merge loses an article, a false split only sends a second mail,
so everything that several different pieces are seen or likely to share gives no key at all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b

from monitor.articles.texts import Text, squeeze, weight
from monitor.articles.urls import fold_url, names_a_page
from monitor.model import Entry

_NO_ID = frozenset({"", "-", "0", "-1", "#", "null", "none", "nil", "undefined", "nan", "false", "true", "n/a", "id"})
# Fewer words are a heading that returns ("News in brief"): they name no piece.
_WORDS_IN_OUTLET, _WORDS_ANYWHERE = 8, 12
# A short text may be a daily bulletin's fixed words, so it names a piece only together with its date: two dates
# within 10 hours always share a mark, two that are 20 hours apart never do.
_WORDS_WITHOUT_DATE = 40
_DATE_STEP = 10 * 3600


@dataclass(frozen=True, slots=True)
class Page:
    """Where entries come from: the outlet, the feed's address, and the site that the feed says it belongs to."""

    outlet: str
    feed_url: str
    feed_link: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """One entry with what identity is made of."""

    entry: Entry
    text: Text
    published: datetime | None


@dataclass(frozen=True, slots=True)
class Keys:
    """The names of one piece: `own` in its outlet, `story` wherever the same address or text turns up."""

    own: tuple[bytes, ...]
    story: tuple[bytes, ...]


def keys_of(pieces: Sequence[Piece], page: Page) -> list[Keys]:
    """The keys of every piece of one page, in order; each has at least one of its own."""
    titles = [squeeze(piece.text.title) for piece in pieces]
    fronts = {fold_url(page.feed_url), fold_url(page.feed_link)}
    links = _links(pieces, titles, fronts)
    ids = _ids(
        pieces,
        [link.encode("utf-8", "surrogatepass") or title for link, title in zip(links, titles, strict=True)],
        fronts,
    )
    return [
        _keys(piece, title, link, stated, page)
        for piece, title, link, stated in zip(pieces, titles, links, ids, strict=True)
    ]


def _links(pieces: Sequence[Piece], titles: Sequence[bytes], fronts: set[str]) -> list[str]:
    """Each piece's folded address, empty where it names none: a front page, or one link under several titles."""
    links = [fold_url(piece.entry.link) if piece.entry.link else "" for piece in pieces]
    shared = _ambiguous(links, titles)
    return [link if link not in shared and link not in fronts and names_a_page(link) else "" for link in links]


def _ids(pieces: Sequence[Piece], tellers: Sequence[bytes], fronts: set[str]) -> list[str]:
    """Each piece's stated id, empty where it names none: no word, a front page, a place in the list, or shared."""
    ids = [piece.entry.id.strip() for piece in pieces]
    if len(ids) > 1 and any(ids == [str(start + at) for at in range(len(ids))] for start in (0, 1)):
        return [""] * len(ids)
    shared = _ambiguous(ids, tellers)
    return [stated if stated not in shared and _is_id(stated, fronts) else "" for stated in ids]


def _is_id(stated: str, fronts: set[str]) -> bool:
    if stated.casefold() in _NO_ID:
        return False
    if not stated.startswith(("http:", "https:")):
        return True
    return (folded := fold_url(stated)) not in fronts and names_a_page(folded)


def _ambiguous(names: Sequence[str], tellers: Sequence[bytes]) -> set[str]:
    """The names that stand for pieces told apart by something else."""
    first: dict[str, bytes] = {}
    return {name for name, teller in zip(names, tellers, strict=True) if first.setdefault(name, teller) != teller}


def _keys(piece: Piece, title: bytes, link: str, stated: str, page: Page) -> Keys:
    own, story = [], []
    if stated:
        own.append(_key("id", page.outlet if _is_global(stated) else page.outlet + "\0" + page.feed_url, stated))
    if link:
        own.append(_key("url", page.outlet, link))
        story.append(_key("url", "", link))
    words = weight(piece.text.title, piece.text.body)
    if words >= _WORDS_IN_OUTLET:
        for mark in _text_marks(piece, title, dated=words < _WORDS_WITHOUT_DATE):
            own.append(_key("text", page.outlet, mark))
            if words >= _WORDS_ANYWHERE:
                story.append(_key("text", "", mark))
    if not own:
        # Nothing names it: then only an entry in every way equal is the same.
        own.append(
            _key(
                "entry",
                page.outlet,
                f"{piece.entry.link}\0{piece.entry.published_text}\0{_text_marks(piece, title, dated=False)}",
            )
        )
    return Keys(tuple(own), tuple(story))


def _is_global(stated: str) -> bool:
    """Whether an id reads as unique beyond its feed: an address, a tag, a UUID or anything else that long."""
    return len(stated) >= 16 or "://" in stated or stated.lower().startswith(("tag:", "urn:"))


def _text_marks(piece: Piece, title: bytes, *, dated: bool) -> list[str]:
    text = blake2b(title + b"\0" + squeeze(piece.text.body), digest_size=16).hexdigest()
    if not dated or piece.published is None:
        return [text]
    step = int(piece.published.timestamp()) // _DATE_STEP
    return [f"{text}/{step}", f"{text}/{step + 1}"]


def _key(kind: str, scope: str, name: str) -> bytes:
    return blake2b(f"{kind}\0{scope}\0{name}".encode("utf-8", "surrogatepass"), digest_size=16).digest()
