"""Compute the keys by which an entry is recognised later, within its outlet, and its address at any outlet.

Two entries with a common key are one article unless `resolution` finds evidence against it. What different articles
are likely to share gives no key, and neither does what several entries of the page share. Own design (development.md).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from hashlib import blake2b
from typing import NamedTuple

from monitor.articles.article_text import LONG, ArticleText, letters_and_digits, word_count
from monitor.articles.urls import fold_url, names_a_page
from monitor.model import Entry

# What templates and content management systems write as an id where they have none.
_NO_ID = frozenset({"", "-", "0", "-1", "#", "null", "none", "nil", "undefined", "nan", "false", "true", "n/a", "id"})
# Words that identify an article which comes back under another id and link: a title of 5 words, or title and text of 3,
# do so together with the exact second of publication ("News in brief" returns daily); 8 words do so without a date.
_MIN_WORDS, _MIN_TITLE_WORDS, _MIN_UNDATED_WORDS = 3, 5, 8
# An entry without id and link of fewer than `LONG` words may be a daily bulletin: its text identifies it with its date.
# Each date is in two overlapping steps: dates within 10 hours always share one, dates 20 hours apart never do.
_DATE_STEP = 10 * 3600


@dataclass(frozen=True, slots=True)
class PageContext:
    """Where entries come from: the outlet, the feed's address, and the site's that the feed names."""

    outlet: str
    feed_url: str
    feed_link: str


class EntryFacts(NamedTuple):
    """One entry with the facts that its keys are computed from."""

    entry: Entry
    text: ArticleText
    published: datetime | None


class IdentityKeys(NamedTuple):
    """The keys of one entry, 16 bytes each: `own` find it in its outlet, `story` the same address anywhere.

    `stated` and `address` are the own keys from its id and its link, empty where there is none; `crowded` is the key of
    an address that other entries of the page have too.
    """

    own: tuple[bytes, ...]
    story: tuple[bytes, ...]
    stated: bytes = b""
    address: bytes = b""
    crowded: tuple[bytes, ...] = ()


def keys_of(entries: Sequence[EntryFacts], page: PageContext) -> list[IdentityKeys]:
    """Return the keys of every entry of one page, in order; each has at least one own key."""
    front_pages = {fold_url(page.feed_url), fold_url(page.feed_link)}
    links = [_link(facts.entry.link, front_pages) for facts in entries]
    crowded = _ambiguous(links, lambda at: (entries[at].text.title, entries[at].published or entries[at].text.digest))
    own = ["" if link in crowded else link for link in links]
    ids = _ids(entries, [link or facts.text.title for link, facts in zip(own, entries, strict=True)], front_pages)
    addresses = [_key("url", page.outlet, link) if link else b"" for link in own]
    stated = _id_keys(ids, own, addresses, page)
    headings = [_heading(facts) for facts in entries]
    repeated = _ambiguous(headings, lambda at: entries[at].text.digest)
    return [
        _keys(
            facts,
            (stated[at], addresses[at]),
            (links[at], own[at]),
            "" if headings[at] in repeated else headings[at],
            page,
        )
        for at, facts in enumerate(entries)
    ]


def _link(stated: str, front_pages: set[str]) -> str:
    """Fold an entry's address; empty where it has none or that of a front page, which identifies no article."""
    link = fold_url(stated) if stated else ""
    return link if link and link not in front_pages and names_a_page(link) else ""


def _url_with_fragment(stated: str) -> str:
    """Fold an address but keep the fragment that folding removes (`/notes#monday`); empty where it has none."""
    link, _, fragment = stated.partition("#")
    return f"{fold_url(link)}#{fragment}" if fragment.strip() and "#" not in fold_url(stated) else ""


def _ids(entries: Sequence[EntryFacts], distinct_by: Sequence[str], front_pages: set[str]) -> list[str]:
    """Return each entry's id; empty where it is a placeholder, a front page, a position in the list, or shared.

    Where no id is stated, the link's fragment is one: the entries of a live page have its address in common.
    """
    ids = [facts.entry.id.strip() or _url_with_fragment(facts.entry.link) for facts in entries]
    if len(ids) > 1 and ids[0] in ("0", "1") and ids == [str(int(ids[0]) + at) for at in range(len(ids))]:
        return [""] * len(ids)
    shared = _ambiguous(ids, distinct_by.__getitem__)
    return [stated if stated not in shared and _is_id(stated, front_pages) else "" for stated in ids]


def _id_keys(ids: Sequence[str], links: Sequence[str], link_keys: Sequence[bytes], page: PageContext) -> list[bytes]:
    """Return the key of each entry's id, empty where it states none.

    An id that is an address gives the same key as a link to that address, in whichever feed. Not so one with a query or
    fragment, since folding may remove what tells it from others, nor one that is the link of another entry here.
    """
    plain = [one if one.startswith(("http:", "https:")) and "?" not in one and "#" not in one else "" for one in ids]
    addresses = list(map(fold_url, plain))
    shared = _ambiguous(addresses, ids.__getitem__)
    shared |= set(links) & {address for address, link in zip(addresses, links, strict=True) if address != link}
    keys = []
    for stated, address, link, link_key in zip(ids, addresses, links, link_keys, strict=True):
        if address and address not in shared:
            keys.append(link_key if address == link else _key("url", page.outlet, address))
        elif stated:
            feed = "" if _is_global(stated) else fold_url(page.feed_url)
            keys.append(_key("id", page.outlet, f"{feed}\0{stated}"))
        else:
            keys.append(b"")
    return keys


def _is_id(stated: str, front_pages: set[str]) -> bool:
    if stated.casefold() in _NO_ID:
        return False
    if not stated.startswith(("http:", "https:")):
        return True
    return (folded := fold_url(stated)) not in front_pages and names_a_page(folded)


def _ambiguous(names: Sequence[str], distinct_by: Callable[[int], object]) -> set[str]:
    """Return the names that several entries share which differ in `distinct_by`, called with an entry's index."""
    if len(set(names)) == len(names):
        return set()
    first_index: dict[str, int] = {}
    pairs = [(name, first_index.setdefault(name, at), at) for at, name in enumerate(names) if name]
    return {name for name, first, at in pairs if first != at and distinct_by(first) != distinct_by(at)}


def url_key(outlet: str, url: str) -> bytes:
    """Return the key of an article's address within its outlet, the same for all spellings of the address."""
    return _key("url", outlet, fold_url(url))


def address_keys(outlet: str, url: str) -> list[bytes]:
    """Return the keys by which an outlet's article is found from an address, the most specific first."""
    anchored = _url_with_fragment(url)
    by_address = url_key(outlet, url)
    return [_key("id", outlet, f"\0{anchored}"), by_address] if anchored else [by_address]


def story_address(url: str) -> bytes:
    """Return the story key of an article's address, the same for every outlet that links to it."""
    return _key("url", "", fold_url(url))


def _keys(
    facts: EntryFacts, named: tuple[bytes, bytes], links: tuple[str, str], heading: str, page: PageContext
) -> IdentityKeys:
    (stated, address), (link, own_link) = named, links
    own = [key for key in dict.fromkeys((stated, address)) if key]
    story = [_key("url", "", own_link)] if own_link else []
    if link and (anchored := _url_with_fragment(facts.entry.link)):
        own.append(_key("id", page.outlet, f"\0{anchored}"))
    # Whether the entry has a link or an id, even a shared one: its text keys must not depend on the rest of the page.
    is_named = bool(link or facts.entry.id)
    if heading and is_named:
        own.append(_key("title", page.outlet, heading))
    elif marks := _text_marks(facts, is_named=is_named):
        own += [_key("text", page.outlet, mark) for mark in marks]
    elif not (stated and address):
        # Too little identifies the entry: only one that is equal in every way is taken as the same.
        whole = f"{facts.entry.link}\0{facts.entry.published_text}\0{facts.text.digest.hex()}"
        own.append(_key("entry", page.outlet, whole))
    crowded = (_key("url", page.outlet, link),) if link and not own_link else ()
    return IdentityKeys(tuple(dict.fromkeys(own)), tuple(story), stated, address, crowded)


def _heading(facts: EntryFacts) -> str:
    """Return title and second of publication, which identify an entry under another id and link; empty if too short."""
    if facts.published is None or word_count(facts.text.title, "", _MIN_TITLE_WORDS) < _MIN_TITLE_WORDS:
        return ""
    title = blake2b(_squeezed_title(facts.text.title), digest_size=16).hexdigest()
    return f"{title}@{int(facts.published.timestamp())}"


# A title's heading and its text key are computed one after the other for all entries of a page.
@lru_cache(maxsize=128)
def _squeezed_title(title: str) -> bytes:
    return letters_and_digits(title.casefold())


def _text_marks(facts: EntryFacts, *, is_named: bool) -> list[str]:
    """Return what identifies title and text, with the second or day of publication if short; empty if too short."""
    published = facts.published
    words = word_count(facts.text.title, facts.text.body, _MIN_UNDATED_WORDS if is_named else LONG)
    if words < _MIN_WORDS or (words < _MIN_UNDATED_WORDS and published is None):
        return []
    # Only the title's case is folded, since outlets set titles in capitals and not whole texts: folding the case of a
    # text takes as long as everything else here.
    squeezed = _squeezed_title(facts.text.title) + letters_and_digits(facts.text.body)
    text = blake2b(squeezed, digest_size=16).hexdigest()
    if published is None or (words >= LONG and not is_named):
        return [text]
    return (
        [f"{text}@{int(published.timestamp())}"] if is_named or words < _MIN_UNDATED_WORDS else _dated(text, published)
    )


def _dated(text: str, moment: datetime) -> list[str]:
    step = int(moment.timestamp()) // _DATE_STEP
    return [f"{text}/{step}", f"{text}/{step + 1}"]


def _is_global(stated: str) -> bool:
    """Tell whether an id looks unique beyond its feed: an address, a tag (RFC 4151), a UUID or anything that long."""
    return len(stated) >= 16 or "://" in stated or stated.lower().startswith(("tag:", "urn:"))


def _key(kind: str, scope: str, name: str) -> bytes:
    # "surrogatepass": half of a surrogate pair in a feed must not fail here.
    return blake2b(f"{kind}\0{scope}\0{name}".encode("utf-8", "surrogatepass"), digest_size=16).digest()
