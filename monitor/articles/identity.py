"""Entries of one page in, the keys out by which each is known again: in its outlet, and as a story anywhere.

Two entries that share any key are one piece. A false merge loses an article, a false split only sends a second mail,
so everything that several different pieces are seen or likely to share gives no key at all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from typing import NamedTuple

from monitor.articles.texts import LONG, Text, bare, squeeze, weight
from monitor.articles.urls import fold_url, names_a_page
from monitor.model import Entry

_NO_ID = frozenset({"", "-", "0", "-1", "#", "null", "none", "nil", "undefined", "nan", "false", "true", "n/a", "id"})
# How far a title and text name a piece, by their words. A heading that returns ("News in brief") does so only with the
# very second of publication; a short text may be a daily bulletin's fixed words and does so with its date: two dates
# within 10 hours always share a mark, two that are 20 hours apart never do. A long text does so by itself.
_HEADING, _SHORT = 3, 8
_DATE_STEP = 10 * 3600
# The same few words are no news elsewhere: a text makes one story of two outlets' pieces from here on.
_TELLS_A_STORY = 12


@dataclass(frozen=True, slots=True)
class Page:
    """Where entries come from: the outlet, the feed's address, and the site that the feed says it belongs to."""

    outlet: str
    feed_url: str
    feed_link: str = ""


class Piece(NamedTuple):
    """One entry with what identity is made of."""

    entry: Entry
    text: Text
    published: datetime | None


class Keys(NamedTuple):
    """The names of one piece: `own` in its outlet, `story` wherever the same address or text turns up."""

    own: tuple[bytes, ...]
    story: tuple[bytes, ...]


def keys_of(pieces: Sequence[Piece], page: Page) -> list[Keys]:
    """The keys of every piece of one page, in order; each has at least one of its own."""
    titles = [piece.text.title for piece in pieces]
    fronts = {fold_url(page.feed_url), fold_url(page.feed_link)}
    links = _links(pieces, titles, fronts)
    tellers = [link or title for link, title in zip(links, titles, strict=True)]
    ids = _ids(pieces, tellers, fronts)
    names = _names(ids, links, page)
    return [_keys(piece, link, name, page) for piece, link, name in zip(pieces, links, names, strict=True)]


def _links(pieces: Sequence[Piece], titles: Sequence[str], fronts: set[str]) -> list[str]:
    """Each piece's folded address, empty where it names none: a front page, or one link under several titles."""
    links = [fold_url(piece.entry.link) if piece.entry.link else "" for piece in pieces]
    shared = _ambiguous(links, titles)
    return [link if link not in shared and link not in fronts and names_a_page(link) else "" for link in links]


def _ids(pieces: Sequence[Piece], tellers: Sequence[str], fronts: set[str]) -> list[str]:
    """Each piece's stated id, empty where it names none: no word, a front page, a place in the list, or shared."""
    ids = [piece.entry.id.strip() for piece in pieces]
    if len(ids) > 1 and any(ids == [str(start + at) for at in range(len(ids))] for start in (0, 1)):
        return [""] * len(ids)
    shared = _ambiguous(ids, tellers)
    return [stated if stated not in shared and _is_id(stated, fronts) else "" for stated in ids]


def _names(ids: Sequence[str], links: Sequence[str], page: Page) -> list[bytes | None]:
    """The key of each piece by its stated id, None where it states none.

    An id that is a plain address names the piece as its link does, in whichever feed and as either it turns up; not
    one with a query or fragment, of which folding may leave too little, nor one that is another piece's link here.
    """
    plain = [fold_url(stated) if _is_plain_address(stated) else "" for stated in ids]
    shared = _ambiguous(plain, ids) | (set(links) & {at for at, link in zip(plain, links, strict=True) if at != link})
    return [_name(stated, at if at not in shared else "", page) for stated, at in zip(ids, plain, strict=True)]


def _name(stated: str, address: str, page: Page) -> bytes | None:
    if address:
        return _key("url", page.outlet, address)
    feed = "" if _is_global(stated) else fold_url(page.feed_url)
    return _key("id", page.outlet, f"{feed}\0{stated}") if stated else None


def _is_plain_address(stated: str) -> bool:
    return stated.startswith(("http:", "https:")) and "?" not in stated and "#" not in stated


def _is_id(stated: str, fronts: set[str]) -> bool:
    if stated.casefold() in _NO_ID:
        return False
    if not stated.startswith(("http:", "https:")):
        return True
    return (folded := fold_url(stated)) not in fronts and names_a_page(folded)


def _ambiguous(names: Sequence[str], tellers: Sequence[str]) -> set[str]:
    """The names that stand for pieces told apart by something else."""
    first: dict[str, str] = {}
    return {name for name, teller in zip(names, tellers, strict=True) if first.setdefault(name, teller) != teller}


def url_key(outlet: str, url: str) -> bytes:
    """The key that a piece of an outlet has by its address, however the address is spelled."""
    return _key("url", outlet, fold_url(url))


def _keys(piece: Piece, link: str, name: bytes | None, page: Page) -> Keys:
    own, story = [name] if name else [], []
    if link:
        address = _key("url", page.outlet, link)
        if address != name:
            own.append(address)
        story.append(_key("url", "", link))
    words = weight(piece.text.title, piece.text.body)
    for mark in _text_marks(piece, words):
        own.append(_key("text", page.outlet, mark))
        if words >= _TELLS_A_STORY:
            story.append(_key("text", "", mark))
    if not own:
        # Nothing names it: then only an entry in every way equal is the same.
        whole = f"{piece.entry.link}\0{piece.entry.published_text}\0{piece.text.digest.hex()}"
        own.append(_key("entry", page.outlet, whole))
    return Keys(tuple(own), tuple(story))


def _is_global(stated: str) -> bool:
    """Whether an id reads as unique beyond its feed: an address, a tag, a UUID or anything else that long."""
    return len(stated) >= 16 or "://" in stated or stated.lower().startswith(("tag:", "urn:"))


def _text_marks(piece: Piece, words: int) -> list[str]:
    """What title and text are known by, more narrowly the fewer words they have."""
    if words < _HEADING or (words < _SHORT and piece.published is None):
        return []
    # Outlets write titles in capitals, not whole texts: folding the case of a text costs as much as all else here.
    text = blake2b(squeeze(piece.text.title) + bare(piece.text.body), digest_size=16).hexdigest()
    if words >= LONG or piece.published is None:
        return [text]
    second = int(piece.published.timestamp())
    if words < _SHORT:
        return [f"{text}@{second}"]
    return [f"{text}/{second // _DATE_STEP}", f"{text}/{second // _DATE_STEP + 1}"]


def _key(kind: str, scope: str, name: str) -> bytes:
    return blake2b(f"{kind}\0{scope}\0{name}".encode("utf-8", "surrogatepass"), digest_size=16).digest()
