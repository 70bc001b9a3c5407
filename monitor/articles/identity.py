"""Entries of one page in, the keys out by which each is known again: in its outlet, and as a story anywhere.

A key that two entries share says that they are one piece, unless more is known of them (`recognition`). What several
different pieces are likely to share gives no key at all, and what several pieces of the page share is not believed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from typing import NamedTuple

from monitor.articles.article_text import LONG, ArticleText, bare, squeeze, weight
from monitor.articles.urls import fold_url, names_a_page
from monitor.model import Entry

_NO_ID = frozenset({"", "-", "0", "-1", "#", "null", "none", "nil", "undefined", "nan", "false", "true", "n/a", "id"})
# How far words name a piece that has another id and link: a title of 5 words, or title and text of 3, do so with the
# very second of publication ("News in brief" returns). Words that have neither id nor link are a daily bulletin's up
# to 40 and name it with its date: two dates within 10 hours always share a mark, two that are 20 hours apart never do.
_HEADING, _TITLE, _SHORT = 3, 5, 8
_DATE_STEP = 10 * 3600
# The same few words are no news elsewhere: a text makes one story of two outlets' pieces from here on.
_TELLS_A_STORY = 12


@dataclass(frozen=True, slots=True)
class PageContext:
    """Where entries come from and when: the outlet, the feed's address, the site that the feed says it belongs to."""

    outlet: str
    feed_url: str
    feed_link: str
    at: datetime


class EntryFacts(NamedTuple):
    """One entry with what identity is made of."""

    entry: Entry
    text: ArticleText
    published: datetime | None


class IdentityKeys(NamedTuple):
    """The names of one piece: `own` in its outlet, `story` wherever the same address or text turns up.

    `stated` and `address` are those of its own that its id and its link gave; `crowded` are not its own alone.
    """

    own: tuple[bytes, ...]
    story: tuple[bytes, ...]
    stated: bytes = b""
    address: bytes = b""
    crowded: tuple[bytes, ...] = ()


def keys_of(pieces: Sequence[EntryFacts], page: PageContext) -> list[IdentityKeys]:
    """The keys of every piece of one page, in order; each has at least one of its own."""
    fronts = {fold_url(page.feed_url), fold_url(page.feed_link)}
    links = [_link(piece.entry.link, fronts) for piece in pieces]
    crowded = _ambiguous(links, lambda at: (pieces[at].text.title, pieces[at].published or pieces[at].text.digest))
    own = ["" if link in crowded else link for link in links]
    ids = _ids(pieces, [link or piece.text.title for link, piece in zip(own, pieces, strict=True)], fronts)
    stated = _names(ids, own, page)
    headings = [_heading(piece) for piece in pieces]
    repeated = _ambiguous(headings, lambda at: pieces[at].text.digest)
    return [
        _keys(piece, stated[at], (links[at], own[at]), "" if headings[at] in repeated else headings[at], page)
        for at, piece in enumerate(pieces)
    ]


def _link(stated: str, fronts: set[str]) -> str:
    """A folded address, empty where it names no piece: a front page, or none."""
    link = fold_url(stated) if stated else ""
    return link if link and link not in fronts and names_a_page(link) else ""


def _pinned(stated: str) -> str:
    """A folded address with the fragment that folding takes away, empty where it has none: `/notes#monday`."""
    link, _, fragment = stated.partition("#")
    return f"{fold_url(link)}#{fragment}" if fragment.strip() and "#" not in fold_url(stated) else ""


def _ids(pieces: Sequence[EntryFacts], tellers: Sequence[str], fronts: set[str]) -> list[str]:
    """Each piece's stated id, empty where it names none: no word, a front page, a place in the list, or shared.

    Where none is stated, a link's fragment is one: several pieces of a running page have its address in common.
    """
    ids = [piece.entry.id.strip() or _pinned(piece.entry.link) for piece in pieces]
    if len(ids) > 1 and any(ids == [str(start + at) for at in range(len(ids))] for start in (0, 1)):
        return [""] * len(ids)
    shared = _ambiguous(ids, tellers.__getitem__)
    return [stated if stated not in shared and _is_id(stated, fronts) else "" for stated in ids]


def _names(ids: Sequence[str], links: Sequence[str], page: PageContext) -> list[bytes]:
    """The key of each piece by its stated id, empty where it states none.

    An id that is a plain address names the piece as its link does, in whichever feed and as either it turns up; not
    one with a query or fragment, of which folding may leave too little, nor one that is another piece's link here.
    """
    plain = [fold_url(stated) if _is_plain_address(stated) else "" for stated in ids]
    shared = _ambiguous(plain, ids.__getitem__)
    shared |= set(links) & {at for at, link in zip(plain, links, strict=True) if at != link}
    return [_name(stated, at if at not in shared else "", page) for stated, at in zip(ids, plain, strict=True)]


def _name(stated: str, address: str, page: PageContext) -> bytes:
    if address:
        return _key("url", page.outlet, address)
    feed = "" if _is_global(stated) else fold_url(page.feed_url)
    return _key("id", page.outlet, f"{feed}\0{stated}") if stated else b""


def _is_plain_address(stated: str) -> bool:
    return stated.startswith(("http:", "https:")) and "?" not in stated and "#" not in stated


def _is_id(stated: str, fronts: set[str]) -> bool:
    if stated.casefold() in _NO_ID:
        return False
    if not stated.startswith(("http:", "https:")):
        return True
    return (folded := fold_url(stated)) not in fronts and names_a_page(folded)


def _ambiguous(names: Sequence[str], teller: Callable[[int], object]) -> set[str]:
    """The names that stand for pieces told apart by something else, which is asked of those that share a name."""
    first: dict[str, int] = {}
    pairs = [(name, first.setdefault(name, at), at) for at, name in enumerate(names) if name]
    return {name for name, met, at in pairs if met != at and teller(met) != teller(at)}


def url_key(outlet: str, url: str) -> bytes:
    """The key that a piece of an outlet has by its address, however the address is spelled."""
    return _key("url", outlet, fold_url(url))


def address_keys(outlet: str, url: str) -> list[bytes]:
    """The keys by which a piece of an outlet is found from its address, the narrowest first."""
    return [_key("id", outlet, f"\0{pinned}") for pinned in (_pinned(url),) if pinned] + [url_key(outlet, url)]


def story_address(url: str) -> bytes:
    """The story key that a piece has by its address, whatever outlet links to it."""
    return _key("url", "", fold_url(url))


def _keys(piece: EntryFacts, stated: bytes, links: tuple[str, str], heading: str, page: PageContext) -> IdentityKeys:
    link, own_link = links
    address = _key("url", page.outlet, own_link) if own_link else b""
    own = [key for key in dict.fromkeys((stated, address)) if key]
    story = [_key("url", "", own_link)] if own_link else []
    if link and (pinned := _pinned(piece.entry.link)):
        own.append(_key("id", page.outlet, f"\0{pinned}"))
    words = weight(piece.text.title, piece.text.body)
    text = _text(piece) if words >= _HEADING else ""
    # The rest of the page does not count here: a piece has the same marks in whatever company it stands.
    is_named = bool(link or piece.entry.id)
    if heading and is_named:
        own.append(_key("title", page.outlet, heading))
    elif marks := _marks(piece.published, words, text, is_named=is_named):
        own += [_key("text", page.outlet, mark) for mark in marks]
    elif not (stated and address):
        # Too little names it: then an entry in every way equal is the same, whatever else its page holds.
        whole = f"{piece.entry.link}\0{piece.entry.published_text}\0{piece.text.digest.hex()}"
        own.append(_key("entry", page.outlet, whole))
    if words >= _TELLS_A_STORY:
        story += [_key("text", "", mark) for mark in _dated(text, piece.published or page.at)]
    crowded = (_key("url", page.outlet, link),) if link and not own_link else ()
    return IdentityKeys(tuple(dict.fromkeys(own)), tuple(story), stated, address, crowded)


def _heading(piece: EntryFacts) -> str:
    """What a piece is known by when it comes again under another id and link: its title and second of publication."""
    if piece.published is None or weight(piece.text.title, "") < _TITLE:
        return ""
    title = blake2b(squeeze(piece.text.title), digest_size=16).hexdigest()
    return f"{title}@{int(piece.published.timestamp())}"


def _text(piece: EntryFacts) -> str:
    # Outlets write titles in capitals, not whole texts: folding the case of a text costs as much as all else here.
    return blake2b(squeeze(piece.text.title) + bare(piece.text.body), digest_size=16).hexdigest()


def _marks(published: datetime | None, words: int, text: str, *, is_named: bool) -> list[str]:
    """What title and text are known by, more narrowly the fewer words they have; none if that is too few."""
    if words < _HEADING or (words < _SHORT and published is None):
        return []
    if published is None or (words >= LONG and not is_named):
        return [text]
    return [f"{text}@{int(published.timestamp())}"] if is_named or words < _SHORT else _dated(text, published)


def _dated(text: str, moment: datetime) -> list[str]:
    step = int(moment.timestamp()) // _DATE_STEP
    return [f"{text}/{step}", f"{text}/{step + 1}"]


def _is_global(stated: str) -> bool:
    """Whether an id reads as unique beyond its feed: an address, a tag, a UUID or anything else that long."""
    return len(stated) >= 16 or "://" in stated or stated.lower().startswith(("tag:", "urn:"))


def _key(kind: str, scope: str, name: str) -> bytes:
    return blake2b(f"{kind}\0{scope}\0{name}".encode("utf-8", "surrogatepass"), digest_size=16).digest()
