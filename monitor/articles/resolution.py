"""The articles of one page in, the pieces that they are out: a key is believed unless page or memory contradicts it.

Ids and links come back with other pieces, and pieces with other ids and links. A false merge loses an alert and a
false split only sends a second mail, so where the evidence can be read both ways it is read as two pieces.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import timedelta
from enum import StrEnum
from itertools import count
from typing import NamedTuple

from monitor.articles.identity import story_address, url_key
from monitor.articles.similarity import are_strangers, similarity
from monitor.articles.urls import is_standing_page
from monitor.model import Article, Lead, Memory, Recognised, Showing, Verdict

# Two pieces of one outlet on one subject share less than a third of the words that tell texts apart; an edit, or a
# text that grew, keeps more than half. Where a name is another and the time is too, it must be nearly all.
_RELATED, _ALIKE, _NEARLY = 0.35, 0.5, 0.75
# A bulletin with fixed words comes about once a day; a piece is dated anew within hours.
_APART = timedelta(hours=20)
# A date without a time is midnight somewhere, on the half hour in nearly every zone, for all that came out that day.
_SHARED_MOMENT = 1800
# A feed that makes up its ids at every poll, or a site that moved, renames its whole page: two entries at least.
_RENAMED = 2


class ResolutionReason(StrEnum):
    """Why an article is a known piece (the first four) or a new one."""

    EXACT = "these very words were shown before"
    NAMED = "nothing contradicts its keys"
    SAME_MOMENT = "it was published in the same second"
    ALIKE = "it says mostly the same"
    UNKNOWN = "none of its keys is known"
    ELSEWHERE = "another entry of the page is the piece that its id or link leads to"
    OTHER_WORDS = "its id or link leads to other words"
    OTHER_TIME = "the same words came at another time under another id or link"


_SAME = frozenset(
    {ResolutionReason.EXACT, ResolutionReason.NAMED, ResolutionReason.SAME_MOMENT, ResolutionReason.ALIKE}
)


class _Candidate(NamedTuple):
    """A piece that keys of an article lead to, and how.

    `doubted`: no id or link leads there that only this piece has had. `contradicted`: its id or its link names another
    piece. `exact`: this feed showed the piece in these very words last.
    """

    article_id: int
    piece: Article | None
    by_id: bool
    by_link: bool
    doubted: bool
    contradicted: bool
    exact: bool

    @property
    def is_named(self) -> bool:
        return self.by_id or self.by_link


def known_by_keys(article: Article, memory: Memory, feed_id: int) -> int | None:
    """The piece that an article is if nothing need be weighed: its id and its link agree, or all is as shown before."""
    leads = [memory.leads.get(name) for name in _names(article) or article.keys[:1]]
    pieces = {lead.article_id if lead else 0 for lead in leads}
    id_ = pieces.pop()
    if pieces or not id_:
        return None
    if memory.shown.get((feed_id, id_)) == article.digest:
        return id_
    both = article.stated and article.address and not any(lead and lead.shared for lead in leads)
    return id_ if both and not _is_placed(article) else None


class ChangedArticles(NamedTuple):
    """What of a page is to be kept and what is as it was: `known` are the pieces that entries are, None for new ones.

    `edited` are those that the feed showed in other words; `standing` the pieces of the entries that are not kept.
    """

    known: list[int | None]
    fresh: list[bool]
    edited: list[bool]
    standing: frozenset[int]
    renamed: bool


def select_changed(showing: Showing, plain: Sequence[int | None], memory: Memory) -> ChangedArticles:
    """Weigh what is not plain of a whole page, and tell what is to be kept: all that its feed did not show just so."""
    page, feed_id = showing.articles, showing.feed_id
    rest = [article for article, id_ in zip(page, plain, strict=True) if id_ is None]
    standing = frozenset(id_ for id_ in plain if id_ is not None)
    found = resolve_identities(replace(showing, articles=rest, standing=standing), memory, count(-1, -1))
    weighed = (None if verdict.is_new else verdict.article_id for verdict in found.verdicts)
    known = [next(weighed) if id_ is None else id_ for id_ in plain]
    shown = [memory.shown.get((feed_id, id_)) if id_ else None for id_ in known]
    same = [words == article.digest for words, article in zip(shown, page, strict=True)]
    fresh = [not is_same or _teaches(one, found, memory) for is_same, one in zip(same, page, strict=True)]
    return ChangedArticles(
        known,
        fresh,
        [words is not None and not is_same for words, is_same in zip(shown, same, strict=True)],
        frozenset(id_ for id_, is_fresh in zip(known, fresh, strict=True) if id_ and not is_fresh),
        found.renamed,
    )


def _teaches(article: Article, found: Recognised, memory: Memory) -> bool:
    """Whether known words stand under an id or link that is new to them, or that another piece had.

    Ids that are made up at every poll are not worth to be kept: new ones in a renamed page whose links are known.
    """
    made_up = found.renamed and article.address in memory.leads
    return not made_up and any(name in found.leads for name in _names(article))


def resolve_identities(showing: Showing, memory: Memory, free: Iterator[int]) -> Recognised:
    """Tell known pieces from new ones, which take numbers from `free`; `memory` holds all that the keys lead to."""
    return _Reading(showing, memory, free).read()


class _Reading:
    """A showing on its way: what its articles taught so far lies over what was known before."""

    def __init__(self, showing: Showing, memory: Memory, free: Iterator[int]) -> None:
        self._showing, self._memory, self._free = showing, memory, free
        self._renamed = showing.renamed
        self._learned: dict[bytes, Lead] = {}
        self._met: dict[int, Article] = {}

    def read(self) -> Recognised:
        """Weigh the page as a whole first: what is certain of one entry speaks against the others."""
        page = self._showing.articles
        met = [self._candidates(article) for article in page]
        if not self._renamed and self._is_renamed(met):
            self._renamed = True
            met = [self._candidates(article) for article in page]
        certain = [_certain(article, some) for article, some in zip(page, met, strict=True)]
        elsewhere = self._showing.standing.union(id_ for id_ in certain if id_ is not None)
        verdicts = []
        for article, id_ in zip(page, certain, strict=True):
            others = elsewhere if id_ is None else elsewhere - {id_}
            verdicts.append(self._learn(article, *_judge(article, self._candidates(article), others)))
        return Recognised(verdicts, self._learned, self._renamed)

    def _lead(self, key: bytes) -> Lead | None:
        return self._learned.get(key) or self._memory.leads.get(key)

    def _candidates(self, article: Article) -> list[_Candidate]:
        """The pieces that keys of the article lead to, in the order of the keys."""
        agreed: dict[int, list[bytes]] = {}
        for key in article.keys:
            if lead := self._lead(key):
                agreed.setdefault(lead.article_id, []).append(key)
        return [self._candidate(article, id_, keys) for id_, keys in agreed.items()]

    def _candidate(self, article: Article, id_: int, keys: Sequence[bytes]) -> _Candidate:
        piece = self._met.get(id_) or self._memory.pieces.get(id_)
        by_id, by_link = article.stated in keys, article.address in keys or _is_at(piece, article.address)
        named = by_id or by_link
        other_id = not by_id and self._is_another(article.stated, named) and (piece is None or bool(piece.stated))
        other_link = not by_link and self._is_another(article.address, named) and (piece is None or bool(piece.url))
        doubted = not any(key in keys and not self._is_shared(key) for key in _names(article))
        met = self._met.get(id_)
        shown = met.digest if met else self._memory.shown.get((self._showing.feed_id, id_))
        return _Candidate(id_, piece, by_id, by_link, doubted, other_id or other_link, shown == article.digest)

    def _is_shared(self, key: bytes) -> bool:
        lead = self._lead(key)
        return lead is not None and lead.shared

    def _is_another(self, name: bytes, named: bool) -> bool:
        """Whether an id or a link that does not lead to a piece says that the article is another one.

        One that was never met does, unless the page's names changed. One that leads to another piece does if the
        other name leads here; if only words lead here, they count for more than a name that came with others.
        """
        return bool(name) and (named if self._lead(name) else not self._renamed)

    def _is_renamed(self, met: Sequence[Sequence[_Candidate]]) -> bool:
        """Whether pieces stand here in the very words that were shown before, but under names never met."""
        pairs = zip(self._showing.articles, met, strict=True)
        exact = [(article, one) for article, some in pairs for one in some if one.exact]
        kept = self._showing.standing.union(one.article_id for _, one in exact if not one.contradicted)
        renamed = {one.article_id for article, one in exact if one.contradicted and self._has_new_name(article, one)}
        return len(renamed - kept) >= _RENAMED

    def _has_new_name(self, article: Article, one: _Candidate) -> bool:
        unmet = any(self._lead(name) is None for name in _names(article))
        return unmet and (one.is_named or not _are_dated(article, one.piece) or _is_same_moment(article, one))

    def _learn(self, article: Article, candidate: _Candidate | None, reason: ResolutionReason) -> Verdict:
        """Let the article's keys lead to its piece; one that led to another is shared now and follows the new piece."""
        id_ = candidate.article_id if candidate else next(self._free)
        for key in (*article.keys, *article.crowded):
            lead, crowded = self._lead(key), key in article.crowded
            if lead is None or (candidate is None and lead.article_id != id_):
                self._learned[key] = Lead(id_, crowded or lead is not None)
            elif not lead.shared and (crowded or lead.article_id != id_):
                self._learned[key] = lead._replace(shared=True)
        self._met.setdefault(id_, article)
        story_keys = article.story_keys
        if self._is_shared(article.address):
            story_keys = tuple(key for key in story_keys if key != story_address(article.url))
        return Verdict(id_, candidate is None, reason, story_keys)


def _names(article: Article) -> tuple[bytes, ...]:
    """Its keys by id and by link, once where they are one."""
    return tuple(name for name in dict.fromkeys((article.stated, article.address)) if name)


def _is_placed(article: Article) -> bool:
    """Whether all that names the article is the address of a page on which pieces come and go."""
    return article.stated in (b"", article.address) and is_standing_page(article.url)


def _is_at(piece: Article | None, address: bytes) -> bool:
    if piece is None or not address:
        return False
    return address == (piece.address or (url_key(piece.outlet, piece.url) if piece.url else b""))


def _certain(article: Article, candidates: Sequence[_Candidate]) -> int | None:
    """The piece that an article is whatever the rest of the page says: by its very words, or at its link."""
    found, reason = _judge(article, candidates, frozenset())
    return found.article_id if found and (reason is ResolutionReason.EXACT or found.by_link) else None


def _judge(
    article: Article, candidates: Sequence[_Candidate], elsewhere: AbstractSet[int]
) -> tuple[_Candidate | None, ResolutionReason]:
    """The first candidate, from the likeliest on, that the evidence allows, or none; and why."""
    if not candidates:
        return None, ResolutionReason.UNKNOWN
    if len(candidates) > 1:
        candidates = sorted(candidates, key=lambda one: _speaking_for(article, one), reverse=True)
    reasons = [_weigh(article, one, one.article_id in elsewhere) for one in candidates]
    for candidate, reason in zip(candidates, reasons, strict=True):
        if reason in _SAME:
            return candidate, reason
    return None, reasons[0]


def _speaking_for(article: Article, one: _Candidate) -> tuple[bool, bool, float, bool]:
    return one.exact, not one.contradicted, _alike(article, one) if one.is_named else 0.0, one.by_link


def _weigh(article: Article, one: _Candidate, elsewhere: bool) -> ResolutionReason:
    if not one.is_named:
        return _by_words(article, one)
    return _torn(article, one, elsewhere) if one.contradicted else _by_name(article, one, elsewhere)


def _by_words(article: Article, one: _Candidate) -> ResolutionReason:
    """Words alone lead to the piece: believed from another id or link only in the same second."""
    if one.contradicted:
        return ResolutionReason.SAME_MOMENT if _is_same_moment(article, one) else ResolutionReason.OTHER_TIME
    if _are_apart(article, one.piece):
        return ResolutionReason.OTHER_TIME
    return ResolutionReason.EXACT if one.exact else ResolutionReason.NAMED


def _by_name(article: Article, one: _Candidate, elsewhere: bool) -> ResolutionReason:
    """Id and link lead to the piece, or one does and the other is not there to contradict it."""
    if one.exact:
        return ResolutionReason.EXACT
    placed = _is_placed(article)
    if not one.doubted and one.by_id and one.by_link and not placed:
        return ResolutionReason.NAMED
    if elsewhere and one.by_id:
        return ResolutionReason.ELSEWHERE
    if one.doubted:
        return ResolutionReason.ALIKE if _alike(article, one) >= _ALIKE else _by_moment(article, one)
    if _are_dated(article, one.piece):
        other = not _is_same_moment(article, one) and _alike(article, one) < _RELATED
    else:
        other = placed and one.piece is not None and are_strangers(article, one.piece)
    return ResolutionReason.OTHER_WORDS if other else ResolutionReason.NAMED


def _torn(article: Article, one: _Candidate, elsewhere: bool) -> ResolutionReason:
    """Id or link leads to the piece and the other to another one: time and words decide."""
    if one.by_id and elsewhere:
        return ResolutionReason.ELSEWHERE
    apart = _are_apart(article, one.piece)
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
    needed = _NEARLY if _are_dated(article, one.piece) else _ALIKE
    return ResolutionReason.ALIKE if _alike(article, one) >= needed else ResolutionReason.OTHER_WORDS


def _by_moment(article: Article, one: _Candidate) -> ResolutionReason:
    return ResolutionReason.SAME_MOMENT if _is_same_moment(article, one) else ResolutionReason.OTHER_WORDS


def _alike(article: Article, one: _Candidate) -> float:
    return similarity(article, one.piece) if one.piece else 0.0


def _are_dated(article: Article, piece: Article | None) -> bool:
    return article.published is not None and piece is not None and piece.published is not None


def _are_apart(article: Article, piece: Article | None) -> bool:
    if article.published is None or piece is None or piece.published is None:
        return False
    return abs(article.published - piece.published) >= _APART


def _is_same_moment(article: Article, one: _Candidate) -> bool:
    """Whether both came out in one second that hardly another piece shares; else they must say mostly the same, too.

    So must they where the languages differ: a translation keeps the second.
    """
    piece = one.piece
    if article.published is None or piece is None or piece.published is None:
        return False
    second = int(article.published.timestamp())
    if second != int(piece.published.timestamp()):
        return False
    translated = article.language and piece.language and article.language != piece.language
    return (second % _SHARED_MOMENT != 0 and not translated) or _alike(article, one) >= _ALIKE
