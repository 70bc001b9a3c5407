"""Decide which of a page's articles are stored already: a common key says so unless other evidence contradicts it.

Outlets reuse ids and links for new articles, and give articles new ids and links. A false merge loses an alert and a
false split only sends a second mail, so ambiguous evidence makes two articles. Own design (docs/development.md).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import timedelta
from enum import StrEnum
from itertools import count
from typing import NamedTuple

from monitor.articles.feed_clocks import claimed_date
from monitor.articles.identity import story_address, url_key
from monitor.articles.richer_words import says_more
from monitor.articles.similarity import are_strangers, similarity
from monitor.articles.urls import is_live_page
from monitor.model import Article, FeedSnapshot, IdentityVerdict, KeyTarget, Memory, Resolution

# Thresholds of `similarity`. Two articles of one outlet on one subject share less than a third of their characteristic
# words; an edited or longer text keeps more than half. Where id or link and the date differ, it must be nearly all.
_MIN_RELATED, _MIN_SIMILAR, _MIN_NEARLY_EQUAL = 0.35, 0.5, 0.75
# A bulletin with fixed words comes about once a day; an outlet changes an article's date within hours.
_APART = timedelta(hours=20)
# Seconds. All articles of a day that have dates without a time have some zone's midnight, nearly always a half hour.
_HALF_HOUR = 1800
# Known words under new ids or links so often: the feed renames its page (it makes up ids at every poll, a site moved).
_MIN_RENAMED = 2


class ResolutionReason(StrEnum):
    """Why an article is a stored one (the first four) or a new one."""

    EXACT = "these very words were shown before"
    NAMED = "nothing contradicts its keys"
    SAME_MOMENT = "it was published in the same second"
    ALIKE = "it says mostly the same"
    UNKNOWN = "none of its keys is known"
    ELSEWHERE = "another entry of the page is the article that its id or link leads to"
    OTHER_WORDS = "its id or link leads to other words"
    OTHER_TIME = "the same words came at another time under another id or link"


_SAME = frozenset(
    {ResolutionReason.EXACT, ResolutionReason.NAMED, ResolutionReason.SAME_MOMENT, ResolutionReason.ALIKE}
)


class _Candidate(NamedTuple):
    """A stored article that a page's article may be, and the evidence.

    `stored` is None if it was deleted. `by_id` and `by_link`: the id or the link leads to it. `doubted`: neither does
    that only this stored article has had. `contradicted`: the id or the link is that of another article. `exact`: this
    feed showed it in the same words last time.
    """

    article_id: int
    stored: Article | None
    by_id: bool
    by_link: bool
    doubted: bool
    contradicted: bool
    exact: bool

    @property
    def is_named(self) -> bool:
        return self.by_id or self.by_link


def known_by_keys(article: Article, memory: Memory, feed_id: int) -> int | None:
    """Return the stored article that this surely is: id and link agree, or it is shown as before; None if unsure."""
    targets = [memory.targets.get(key) for key in _id_and_link_keys(article) or article.keys[:1]]
    found = {target.article_id if target else 0 for target in targets}
    id_ = found.pop()
    if found or not id_:
        return None
    if memory.shown.get((feed_id, id_)) == article.digest:
        return id_
    both = article.stated and article.address and not any(target and target.shared for target in targets)
    return id_ if both and not is_live_page(article.url) else None


class ChangedArticles(NamedTuple):
    """Which articles of a page must be stored; the lists have one value for each article of the page.

    `known`: the id of the stored article, None for a new one. `fresh`: it must be stored. `edited`: the feed showed it
    in other words before. `standing`: the ids of those that need not be. `renamed`: as in `FeedSnapshot`.
    """

    known: list[int | None]
    fresh: list[bool]
    edited: list[bool]
    standing: frozenset[int]
    renamed: bool


def select_changed(snapshot: FeedSnapshot, surely_known: Sequence[int | None], memory: Memory) -> ChangedArticles:
    """Select the articles of a page that must be stored: all that this feed did not show with the same words and keys.

    `surely_known` is what `known_by_keys` returned for each article.
    """
    page, feed_id = snapshot.articles, snapshot.feed_id
    uncertain = [article for article, id_ in zip(page, surely_known, strict=True) if id_ is None]
    standing = frozenset(id_ for id_ in surely_known if id_ is not None)
    # Negative numbers stand for the new articles, which get their ids in the transaction that stores them.
    resolved = resolve_identities(replace(snapshot, articles=uncertain, standing=standing), memory, count(-1, -1))
    resolved_ids = (None if verdict.is_new else verdict.article_id for verdict in resolved.verdicts)
    known = [next(resolved_ids) if id_ is None else id_ for id_ in surely_known]
    shown = [memory.shown.get((feed_id, id_)) if id_ else None for id_ in known]
    same = [digest == article.digest for digest, article in zip(shown, page, strict=True)]
    fresh = [not is_same or _has_new_target(one, resolved, memory) for is_same, one in zip(same, page, strict=True)]
    return ChangedArticles(
        known,
        fresh,
        [digest is not None and not is_same for digest, is_same in zip(shown, same, strict=True)],
        frozenset(id_ for id_, is_fresh in zip(known, fresh, strict=True) if id_ and not is_fresh),
        resolved.renamed,
    )


def _has_new_target(article: Article, resolved: Resolution, memory: Memory) -> bool:
    """Tell whether the article's id or link must be stored: it is new, or was that of another article.

    Ids that a feed makes up at every poll are not stored: new ones in a renamed page whose links are known.
    """
    is_made_up = resolved.renamed and article.address in memory.targets
    return not is_made_up and any(key in resolved.targets for key in _id_and_link_keys(article))


def resolve_identities(snapshot: FeedSnapshot, memory: Memory, new_ids: Iterator[int]) -> Resolution:
    """Tell stored articles from new ones, whose ids come from `new_ids`; `memory` holds all that the keys lead to."""
    return _Resolver(snapshot, memory, new_ids).resolve()


class _Resolver:
    """One page while it is resolved: what its articles added so far takes precedence over `memory`."""

    def __init__(self, snapshot: FeedSnapshot, memory: Memory, new_ids: Iterator[int]) -> None:
        self._snapshot, self._memory, self._new_ids = snapshot, memory, new_ids
        self._renamed = snapshot.renamed
        self._new_targets: dict[bytes, KeyTarget] = {}
        self._resolved: dict[int, Article] = {}

    def resolve(self) -> Resolution:
        """Find what is certain on the whole page first: it is evidence against the page's other articles."""
        page = self._snapshot.articles
        # None of a first page's keys leads anywhere, which is seen at once for all of them.
        keys = [key for article in page for key in (*article.keys, *article.crowded)]
        if self._memory.targets.keys().isdisjoint(keys) and len(set(keys)) == len(keys):
            verdicts = [self._add(article, None, ResolutionReason.UNKNOWN) for article in page]
            return Resolution(verdicts, self._new_targets, self._renamed)
        candidates = [self._candidates(article) for article in page]
        if not self._renamed and self._is_renamed(candidates):
            self._renamed = True
            candidates = [self._candidates(article) for article in page]
        certain = [_certain(article, some) if some else None for article, some in zip(page, candidates, strict=True)]
        elsewhere = self._snapshot.standing.union(id_ for id_ in certain if id_ is not None)
        verdicts = []
        for article, id_ in zip(page, certain, strict=True):
            others = elsewhere if id_ is None else elsewhere - {id_}
            # Computed again: the articles before this one on the page have added targets.
            verdicts.append(self._add(article, *_judge(article, self._candidates(article), others)))
        return Resolution(verdicts, self._new_targets, self._renamed)

    def _target(self, key: bytes) -> KeyTarget | None:
        return self._new_targets.get(key) or self._memory.targets.get(key)

    def _candidates(self, article: Article) -> list[_Candidate]:
        """Return the stored articles that keys of the article lead to, in the order of the keys."""
        keys_by_id: dict[int, list[bytes]] = {}
        for key in article.keys:
            if target := self._target(key):
                keys_by_id.setdefault(target.article_id, []).append(key)
        return [self._candidate(article, id_, keys) for id_, keys in keys_by_id.items()]

    def _candidate(self, article: Article, id_: int, keys: Sequence[bytes]) -> _Candidate:
        on_page = self._resolved.get(id_)
        stored = on_page or self._memory.articles.get(id_)
        by_id, by_link = article.stated in keys, article.address in keys or _is_at(stored, article.address)
        named = by_id or by_link
        other_id = not by_id and self._is_another(article.stated, named) and (stored is None or bool(stored.stated))
        other_link = not by_link and self._is_another(article.address, named) and (stored is None or bool(stored.url))
        doubted = not any(key in keys and not self._is_shared(key) for key in _id_and_link_keys(article))
        shown = on_page.digest if on_page else self._memory.shown.get((self._snapshot.feed_id, id_))
        return _Candidate(id_, stored, by_id, by_link, doubted, other_id or other_link, shown == article.digest)

    def _is_shared(self, key: bytes) -> bool:
        return bool((target := self._target(key)) and target.shared)

    def _is_another(self, key: bytes, is_named: bool) -> bool:
        """Tell whether the key of an id or link that does not lead to a candidate says that it is another article.

        An unknown one does, unless the page is renamed. One that leads to another article does if the candidate is
        named by the other of id and link; if only words lead to the candidate, they count for more.
        """
        return bool(key) and (is_named if self._target(key) else not self._renamed)

    def _is_renamed(self, candidates: Sequence[Sequence[_Candidate]]) -> bool:
        """Tell whether several articles are shown in the same words as before, but with unknown ids or links."""
        pairs = zip(self._snapshot.articles, candidates, strict=True)
        exact = [(article, one) for article, some in pairs for one in some if one.exact]
        unrenamed = self._snapshot.standing.union(one.article_id for _, one in exact if not one.contradicted)
        renamed = {one.article_id for article, one in exact if one.contradicted and self._has_new_name(article, one)}
        return len(renamed - unrenamed) >= _MIN_RENAMED

    def _has_new_name(self, article: Article, one: _Candidate) -> bool:
        is_unknown = any(self._target(key) is None for key in _id_and_link_keys(article))
        return is_unknown and (one.is_named or not _are_dated(article, one.stored) or _is_same_moment(article, one))

    def _add(self, article: Article, candidate: _Candidate | None, reason: ResolutionReason) -> IdentityVerdict:
        """Let the article's keys lead to it; a key that led to another article is shared and leads to a new one now."""
        id_ = candidate.article_id if candidate else next(self._new_ids)
        if reason is ResolutionReason.UNKNOWN and not article.crowded:
            self._new_targets.update(dict.fromkeys(article.keys, KeyTarget(id_, False)))
            self._resolved.setdefault(id_, article)
            return IdentityVerdict(id_, True, reason, article.story_keys)
        for key in (*article.keys, *article.crowded):
            target, is_crowded = self._target(key), key in article.crowded
            if target is None or (candidate is None and target.article_id != id_):
                self._new_targets[key] = KeyTarget(id_, is_crowded or target is not None)
            elif not target.shared and (is_crowded or target.article_id != id_):
                self._new_targets[key] = target._replace(shared=True)
        self._resolved.setdefault(id_, article)
        story_keys = article.story_keys
        if self._is_shared(article.address):
            story_keys = tuple(key for key in story_keys if key != story_address(article.url))
        more = candidate is not None and says_more(article, candidate.stored)
        return IdentityVerdict(id_, candidate is None, reason, story_keys, more)


def _id_and_link_keys(article: Article) -> tuple[bytes, ...]:
    """Return the article's keys by id and by link, once where they are equal."""
    return tuple(key for key in dict.fromkeys((article.stated, article.address)) if key)


def _is_at(stored: Article | None, address: bytes) -> bool:
    if stored is None or not address:
        return False
    return address == (stored.address or (url_key(stored.outlet, stored.url) if stored.url else b""))


def _certain(article: Article, candidates: Sequence[_Candidate]) -> int | None:
    """Return the id of the stored article that this is whatever the rest of the page says: by its words or its link."""
    found, reason = _judge(article, candidates, frozenset())
    return found.article_id if found and (reason is ResolutionReason.EXACT or found.by_link) else None


def _judge(
    article: Article, candidates: Sequence[_Candidate], elsewhere: AbstractSet[int]
) -> tuple[_Candidate | None, ResolutionReason]:
    """Return the likeliest candidate that the evidence allows, or None, and why; other articles are `elsewhere`."""
    if not candidates:
        return None, ResolutionReason.UNKNOWN

    def likelihood(one: _Candidate) -> tuple[bool, bool, float, bool]:
        return one.exact, not one.contradicted, _similarity(article, one) if one.is_named else 0.0, one.by_link

    if len(candidates) > 1:
        candidates = sorted(candidates, key=likelihood, reverse=True)
    reasons = [_weigh(article, one, one.article_id in elsewhere) for one in candidates]
    same = (pair for pair in zip(candidates, reasons, strict=True) if pair[1] in _SAME)
    return next(same, (None, reasons[0]))


def _weigh(article: Article, one: _Candidate, elsewhere: bool) -> ResolutionReason:
    if not one.is_named:
        return _weigh_words(article, one)
    return _weigh_contradicted(article, one, elsewhere) if one.contradicted else _weigh_named(article, one, elsewhere)


def _weigh_words(article: Article, one: _Candidate) -> ResolutionReason:
    """Weigh a candidate that only words lead to; with another id or link, both must be published in the same second."""
    if one.contradicted:
        return ResolutionReason.SAME_MOMENT if _is_same_moment(article, one) else ResolutionReason.OTHER_TIME
    if _are_apart(article, one.stored):
        return ResolutionReason.OTHER_TIME
    return ResolutionReason.EXACT if one.exact else ResolutionReason.NAMED


def _weigh_named(article: Article, one: _Candidate, elsewhere: bool) -> ResolutionReason:
    """Weigh a candidate that id and link lead to, or one of them while the other is missing."""
    if one.exact:
        return ResolutionReason.EXACT
    # On a page that stays, an id that is no address may stay as well: what comes a day later may be another article.
    has_one_name = article.stated in (b"", article.address)
    on_live_page = is_live_page(article.url) and (has_one_name or _are_apart(article, one.stored))
    if not one.doubted and one.by_id and one.by_link and not on_live_page:
        return ResolutionReason.NAMED
    if elsewhere and one.by_id:
        return ResolutionReason.ELSEWHERE
    if one.doubted:
        if _similarity(article, one) >= _MIN_SIMILAR:
            return ResolutionReason.ALIKE
        return ResolutionReason.SAME_MOMENT if _is_same_moment(article, one) else ResolutionReason.OTHER_WORDS
    if _are_dated(article, one.stored):
        is_other = not _is_same_moment(article, one) and _similarity(article, one) < _MIN_RELATED
    else:
        is_other = on_live_page and one.stored is not None and are_strangers(article, one.stored)
    return ResolutionReason.OTHER_WORDS if is_other else ResolutionReason.NAMED


def _weigh_contradicted(article: Article, one: _Candidate, elsewhere: bool) -> ResolutionReason:
    """Weigh a candidate that either id or link leads to while the other says another article: by time and words."""
    if one.by_id and elsewhere:
        return ResolutionReason.ELSEWHERE
    apart = _are_apart(article, one.stored)
    if one.exact and (one.by_id or not apart):
        return ResolutionReason.EXACT
    if one.doubted:
        return ResolutionReason.OTHER_WORDS
    if _is_same_moment(article, one):
        return ResolutionReason.SAME_MOMENT
    if elsewhere:
        return ResolutionReason.ELSEWHERE
    if one.by_link and apart:
        return ResolutionReason.OTHER_TIME
    needed = _MIN_NEARLY_EQUAL if _are_dated(article, one.stored) else _MIN_SIMILAR
    return ResolutionReason.ALIKE if _similarity(article, one) >= needed else ResolutionReason.OTHER_WORDS


def _similarity(article: Article, one: _Candidate) -> float:
    return similarity(article, one.stored) if one.stored else 0.0


def _are_dated(article: Article, stored: Article | None) -> bool:
    return article.published is not None and stored is not None and stored.published is not None


def _are_apart(article: Article, stored: Article | None) -> bool:
    one, other = claimed_date(article), claimed_date(stored)
    return one is not None and other is not None and abs(one - other) >= _APART


def _is_same_moment(article: Article, one: _Candidate) -> bool:
    """Tell whether both were published in one second; on the half hour, they must also have mostly the same words.

    So they must where the languages differ, since a translation may keep the original's second.
    """
    stored, moment, other = one.stored, claimed_date(article), claimed_date(one.stored)
    if stored is None or moment is None or other is None or int(moment.timestamp()) != int(other.timestamp()):
        return False
    is_translated = article.language and stored.language and article.language != stored.language
    is_odd = int(moment.timestamp()) % _HALF_HOUR != 0
    return (is_odd and not is_translated) or _similarity(article, one) >= _MIN_SIMILAR
