"""Tell whether two texts are the same in essence: a copy, an update of the same text, or different ones.

A text is the set of its shingles, three words in a row. Of their hashes the smallest are kept: a sketch, which is
MinHash in its first form (Broder 1997, doi:10.1109/SEQUEN.1997.666900). Up to the smaller of the largest hashes that
two sketches hold, both sets are known wholly, so that Jaccard similarity and containment are counted there. Compared
are texts that share one of their few smallest hashes, their bands: half a text has about half of those of the whole.

Daily bulletins say the same words about other numbers, and templates about other names, so that the first words are
kept in order: where most agree and what the texts are about does not, they are different. A copy says no other number,
in digits or in words, or name in the place of another.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import pairwise
from typing import NamedTuple
from zlib import crc32

from monitor.articles.beginnings import is_beginning, names_beyond, names_in
from monitor.articles.language import written_language
from monitor.articles.openings import LENGTH, OtherWords, WordKind, changes, opening, spelling, spellings
from monitor.articles.update_marks import without_update_mark
from monitor.story_values import Relation, TextSignature
from monitor.text import Tokens, tokenize

WITHIN = timedelta(days=3)
"""Two texts that were published further apart are not compared."""
MIN_WORDS = 12
"""Texts of fewer words are the same by chance."""
DECIDED = 60
"""Words from which on a text decides for good which story its article is of."""

NUMBER_ALONE = "a number in its title that the other has not"
"""Why a text is an update of another; where it is all that is new, it may be what others of the story have told."""
_SKETCH = 48
_MOST_WORDS = 5000
_SHINGLE, _SHINGLE_OF_CHARACTERS = 3, 6
# Fewer different shingles than this: a text of one repeated word or line.
_MIN_SHINGLES = 8
# A text begins with so many shingles at least; so many words of a title are kept.
_HEAD, _TITLE = 24, 16
# A word of so many letters is met by these in its other forms; scripts without spaces come after the last of others.
_LONG, _LAST_SPACED = 4, "\u2e7f"
# More of its title's words than this a brief text says, a longer one any.
_MIN_SAID = 0.25
# Where words have hardly more than one letter, each is a character of a script without spaces.
_LETTERS_A_WORD = 1.6
# Published within so many hours, two texts are of one day; daily bulletins come 20 hours apart or more.
_ONE_DAY = timedelta(hours=10)
_BRIEF = 40
# A brief text that says the same so much later may be another alert, at the same outlet or at another one.
_AGAIN, _LATER = timedelta(hours=1), timedelta(hours=4)
# The share of the shorter text that the longer one has, and of all that either has; of brief texts, most.
_MIN_CONTAINED, _MIN_JACCARD, _MIN_CONTAINED_BRIEF, _MIN_JACCARD_BRIEF = 0.6, 0.25, 0.85, 0.35
# Of one text's beginning the other has so much: it is no footer or cookie notice alone that both have. An outlet that
# shows one text under titles with less in common shows its own notice instead of texts.
_MIN_HEAD, _MIN_TITLE = 0.4, 0.5
# Of what one text says in so much of the length that is known of another, that one would have said it by its end.
_SURELY_IN = 0.9
# What a title that is marked as an update begins with: the code of no word.
_UPDATED = (0,)
# So much of a text is new, in a longer text than an outlet's own first and last sentence: it says more.
_MIN_NEW, _MIN_MORE_WORDS = 0.35, 60


class Resemblance(NamedTuple):
    """What a text is to an earlier one (a copy or an update), the Jaccard similarity of both (0 to 1), and why."""

    relation: Relation
    score: float
    why: tuple[str, ...]


def text_signature(title: Tokens, body: Tokens, language: str = "") -> TextSignature | None:
    """Return the signature of a text, with its title only where it is too short; None where both are.

    The title is left out, since copies have others, and different articles the same. `language` is the declared one.
    """
    unmarked = without_update_mark(title.text)
    mark = _UPDATED if unmarked != title.text else ()
    if mark:
        title = tokenize(unmarked)
    body = _without_heading(body, title)
    words, is_short = body.words[:_MOST_WORDS], len(body.words) < MIN_WORDS
    words = [*title.words, *words] if is_short else words
    text = " ".join(words)
    is_spaced = len(text) > (_LETTERS_A_WORD + 1) * len(words)
    # Two characters say about as much as a word.
    count = len(words) if is_spaced else len(words) // 2
    if count < MIN_WORDS:
        return None
    hashes = list(map(crc32, _shingles(text, _SHINGLE if is_spaced else _SHINGLE_OF_CHARACTERS)))
    sketch = sorted(set(hashes))[:_SKETCH]
    if len(sketch) < _MIN_SHINGLES:
        return None
    beginning = set(hashes[: max(len(hashes) // 4, _HEAD)])
    head = tuple([one for one in sketch if one in beginning])
    language = written_language(title.text, body.text, language)
    titled, first = opening(title, language), opening(body, language)
    first = (titled + first)[:LENGTH] if is_short else first
    return TextSignature(count, tuple(sketch), head, mark + titled[:_TITLE], first, _is_about(title.words, words))


def _without_heading(body: Tokens, title: Tokens) -> Tokens:
    """Return a text without the title that it begins with once more: what a title says beyond its text is known so."""
    count = len(title.words)
    is_repeated = 0 < count < len(body.words) and body.words[:count] == title.words
    return tokenize(body.text[body.extent(0, count - 1)[1] :]) if is_repeated else body


def _is_about(title: Sequence[str], words: Sequence[str]) -> bool:
    """Whether a text says words of its title, in whatever form: a notice that stands for many texts hardly does."""
    titled = _beginnings(title)
    needed = len(titled) * _MIN_SAID if len(words) < _BRIEF else 0
    return len(titled & _beginnings(words)) > needed or not titled


def _beginnings(words: Sequence[str]) -> set[str]:
    """Return what longer words begin with, and each two neighbouring characters of scripts without spaces."""
    found = {word[:_LONG] for word in words if len(word) >= _LONG}
    if max(words, default="") > _LAST_SPACED:
        found |= {one + other for one, other in pairwise(words) if min(one, other) > _LAST_SPACED}
    return found


def _shingles(text: str, size: int) -> Iterator[bytes]:
    # "surrogatepass": half of a surrogate pair in a feed must not fail here.
    words = text.encode("utf-8", "surrogatepass").split()
    return map(b" ".join, zip(*(words[start:] for start in range(size)), strict=False))


def compare(new: TextSignature, old: TextSignature, apart: timedelta, *, same_outlet: bool) -> Resemblance | None:
    """Return what a text is to one that was published so long before or after it; None where it is another text."""
    is_update, (new, old) = new.title[:1] == _UPDATED, map(_unmarked, (new, old))
    if abs(apart) > WITHIN:
        return None
    shared, is_one_day = _shared(new, old), abs(apart) <= _ONE_DAY
    is_excerpt = is_one_day and min(new.words, old.words) < LENGTH and is_beginning(new.opening, old.opening)
    if not (is_excerpt or _is_same_text(new, old, shared, is_one_day=is_one_day)):
        return None
    if not _may_have_titles(new, old, same_outlet=same_outlet, is_excerpt=is_excerpt):
        return None
    changed = changes(new.opening, old.opening)
    if _is_other(changed, is_one_day=is_one_day) or (changed.places and _titles_differ(new, old)):
        return None
    is_brief = min(new.words, old.words) < _BRIEF
    more_words = new.words - old.words
    # Where a feed shows the beginning alone, its page says the rest; later it may be what has become known since.
    is_rest = old.words < DECIDED and is_excerpt and not same_outlet and abs(apart) <= _AGAIN
    news = {
        "other numbers in the same places": changed.numbers > 0,
        "other names in the same places": changed.names > 0,
        "a number amid the text that the other has not": changed.adds_number,
        "other words in the same places": is_brief and changed.words > 0,
        "other names or numbers in the title": _has_other_name(new, old) and (same_outlet or _is_unsaid(new, old)),
        "a name or number in its title alone": is_brief and _is_titled_beyond(new, old),
        "a word of its title more": not changed.added.isdisjoint(_spellings(new.title) - _spellings(old.title)),
        "a word of its title that the other has not": bool(_titled(new, len(new.opening)) - _said(old)),
        # "expected to cut", "not guilty", "will lift": what comes true drops a word of what was told for others.
        "without a word of the other's title": _lacks_word_of_title(new, old, changed),
        NUMBER_ALONE: not _title_numbers(new).issubset(_said(old)),
        "marked as an update, and says more": is_update and is_brief and shared.contained < _MIN_CONTAINED_BRIEF,
        "said again later": is_brief and abs(apart) > (_AGAIN if same_outlet else _LATER),
        f"{more_words} more words": not is_rest and 1 - shared.contained >= _MIN_NEW and more_words >= _MIN_MORE_WORDS,
    }
    said = [what for what, is_so in news.items() if is_so]
    shares = f"{max(shared.contained, shared.contains):.0%} of the shorter text, {shared.jaccard:.0%} of both"
    return Resemblance(Relation.UPDATE if said else Relation.COPY, shared.jaccard, (shares, *said))


def _unmarked(one: TextSignature) -> TextSignature:
    return one._replace(title=one.title[1:]) if one.title[:1] == _UPDATED else one


def _is_other(changed: OtherWords, *, is_one_day: bool) -> bool:
    """Whether most of what a text says in numbers, or most of what it names, is other than in the other text."""
    if changed.numbers * 2 > changed.number_places and (changed.numbers > 1 or not is_one_day):
        return True
    return changed.names > 1 and changed.names * 2 > changed.name_places


def _titles_differ(new: TextSignature, old: TextSignature) -> bool:
    """Whether each title has a word that its own text has, too, and that nothing of the other article has.

    A number that stands in the place of another is how a toll rises, and no word of another event.
    """
    texts, titles = (
        [_spellings(said) for said in pair]
        for pair in ((new.opening, old.opening), (_without_numbers(new.title), _without_numbers(old.title)))
    )
    return all(titles[one] & texts[one] - texts[1 - one] - titles[1 - one] for one in (0, 1))


def _without_numbers(title: Sequence[int]) -> list[int]:
    return [coded for coded in title if coded & WordKind.UNCASED != WordKind.NUMBER]


def _has_other_name(new: TextSignature, old: TextSignature) -> bool:
    """Whether two titles are of one template, and one has a name or number in the place of the other's."""
    if _share(new.title, old.title) < _MIN_TITLE:
        return False
    changed = changes(new.title, old.title)
    return changed.numbers + changed.names > 0


def _is_unsaid(new: TextSignature, old: TextSignature) -> bool:
    """Whether neither text says what its title alone has: a warning whose region stands in its title."""
    titles = _spellings(new.title), _spellings(old.title)
    own = titles[0] - titles[1], titles[1] - titles[0]
    is_short = min(new.words, old.words) < DECIDED
    return is_short and not (own[0] & _spellings(new.opening) or own[1] & _spellings(old.opening))


def _lacks_word_of_title(new: TextSignature, old: TextSignature, changed: OtherWords) -> bool:
    """Whether a text lacks a word of the other's title amid what both say; one before or after that tells nothing."""
    lacking = _titled(old, int(len(new.opening) * _SURELY_IN)) - _said(new)
    return bool(lacking) and bool(changed.places or changed.added or changes(old.opening, new.opening).added)


def _titled(one: TextSignature, first: int) -> set[int]:
    """Return the words of a title that are among so many first words of its text."""
    return _spellings(one.title) & _spellings(one.opening[:first])


def _title_numbers(one: TextSignature) -> set[int]:
    return {spelling(coded) for coded in one.title if coded & WordKind.UNCASED == WordKind.NUMBER}


def _said(one: TextSignature) -> set[int]:
    """Return all that is known of what an article says."""
    return _spellings(one.title) | _spellings(one.opening)


def _spellings(coded: Sequence[int]) -> set[int]:
    return set(spellings(coded))


class _Shared(NamedTuple):
    """The share of each text that the other one has, and that of both."""

    contained: float
    contains: float
    jaccard: float


def _shared(new: TextSignature, old: TextSignature) -> _Shared:
    largest = _known_up_to(new, old)
    mine, theirs = bisect_right(new.sketch, largest), bisect_right(old.sketch, largest)
    common = len(set(new.sketch).intersection(old.sketch))
    return _Shared(common / (mine or 1), common / (theirs or 1), common / (mine + theirs - common or 1))


def _known_up_to(new: TextSignature, old: TextSignature) -> int:
    """Return the hash up to which both sketches hold all that their texts have."""
    return min(one.sketch[-1] if len(one.sketch) == _SKETCH else 1 << 32 for one in (new, old))


def _head_share(new: TextSignature, old: TextSignature) -> float:
    """Return the share of one text's beginning that the other text has, the larger of both; 1 where none is known."""
    largest = _known_up_to(new, old)
    heads = [
        len(head.intersection(text.sketch)) / len(head)
        for of, text in ((new, old), (old, new))
        if (head := {one for one in of.head if one <= largest})
    ]
    return max(heads, default=1.0)


def _is_same_text(new: TextSignature, old: TextSignature, shared: _Shared, *, is_one_day: bool) -> bool:
    is_brief = min(new.words, old.words) < _BRIEF
    contained, jaccard = (_MIN_CONTAINED_BRIEF, _MIN_JACCARD_BRIEF) if is_brief else (_MIN_CONTAINED, _MIN_JACCARD)
    if max(shared.contained, shared.contains) < contained or shared.jaccard < jaccard:
        return False
    return (is_one_day or not is_brief) and _head_share(new, old) >= _MIN_HEAD


def _is_titled_beyond(new: TextSignature, old: TextSignature) -> bool:
    """Whether a title of which its text says hardly a word has a name or number of its own, or none of the text's."""
    if (new.is_about_title and old.is_about_title) or _share(new.title, old.title) >= _MIN_TITLE:
        return False
    return names_beyond(new.title, old.opening, old.title) or not names_in(new.title, old.opening)


def _may_have_titles(new: TextSignature, old: TextSignature, *, same_outlet: bool, is_excerpt: bool) -> bool:
    """Whether one text may have both titles: a notice under several titles says nothing of either.

    What another outlet says word for word is told of where it says one of its titles. Of one outlet, brief texts of a
    template differ in what they are about, which their titles say.
    """
    if same_outlet and min(new.words, old.words) < _BRIEF:
        return _spellings(new.title) == _spellings(old.title)
    said = new.is_about_title, old.is_about_title
    is_brief = min(new.words, old.words) < _BRIEF and not is_excerpt
    is_about = all(said) if is_brief else any(said)
    return (is_about and not same_outlet) or _share(new.title, old.title) >= _MIN_TITLE


def _share(one: Sequence[int], other: Sequence[int]) -> float:
    """Return the share of the shorter title's words that the longer one has; all of it where that is empty."""
    words, others = _spellings(one), _spellings(other)
    return len(words & others) / min(len(words), len(others)) if words and others else 1.0
