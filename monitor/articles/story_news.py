"""Find what a later article of a story says that its earlier ones did not: names, places and numbers, as written.

Signs are those by which events are known (`event_signs`), read sentence by sentence. What is named is what a title or a
sentence has and no sentence of the earlier articles.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from typing import NamedTuple

from monitor.articles.bylines import without_byline
from monitor.articles.event_signs import (
    PAST_TITLE,
    event_signs,
    exact_keys,
    is_calendar_word,
    is_function_word,
)
from monitor.articles.excerpt_ends import breaks_in_sentence
from monitor.articles.language import written_language
from monitor.event_values import EventSign, KeyKind, kind_of
from monitor.model import Article
from monitor.story_values import StoryNews
from monitor.text import Tokens, sentences, tokenize
from monitor.text.amounts import amounts
from monitor.text.link_lines import without_link_lines
from monitor.text.number_words import spelled_numbers

NAMED = 6
"""The most names, places and numbers that are told."""
_TITLE, _TEXT, _EARLIER_TEXT = 300, 3_000, 6_000
_LONGEST, _IN_NAME = 60, 4
"""The most characters of what is named, and words of a name."""
_NUMBERS = (KeyKind.NUMBER, KeyKind.SMALL_NUMBER)
_HARDLY_NUMBERS = ("2",)
"""What is said in words of too much to be news."""
_TITLE_CASE = 0.6
_FEWEST_WORDS = 4
_COUNTED, _FURTHER_ON = 4, 0.15
"""The most new signs that speak for a sentence, and what it loses for each sentence before it."""
_NOUNS_HAVE_CAPITALS = ("de", "lb")
_WITHIN_NAME = re.compile(r"[ \u00a0'’-]{1,2}")
_UNIT = re.compile(r"[ \u00a0-]([^\W\d_]{2,24})(?!\w)")
_PART_OF_MORE = re.compile(r"[./:-]\d|[^\W\d_]")
_CUT = " \n\t….])}»”\"'’"
"""What may stand after the place where a text was cut."""
_CURRENCIES = "$€£¥₴₽₺"


class _Written(NamedTuple):
    """Something new in a text: the key of its sign, and the bounds of how it is written there."""

    key: int
    start: int
    end: int


class _Told(NamedTuple):
    """What earlier articles said: the keys of its signs, and whether a capital tells a name that they would have."""

    keys: Set[int]
    tells_names: bool


def news_of(article: Article, earlier: Sequence[Article]) -> StoryNews:
    """Return what an article says that these did not; nothing where that cannot be named.

    Names are compared within a language alone, since they are written otherwise in the next one; places and numbers
    are met in any.
    """
    if not earlier:
        return StoryNews()
    language = _language(article)
    tells_names = language not in _NOUNS_HAVE_CAPITALS and language in map(_language, earlier)
    signs = (sign for one in earlier for text in _texts(one, _EARLIER_TEXT) for sign in _signs(text, one))
    keys = {key for sign in signs for key in sign.keys}
    texts = list(_texts(article._replace(body=_whole_words(_body(article)), lead=""), _TEXT))
    found = {text: list(_new_in(text, article, _Told(keys, tells_names))) for text in texts}
    title = article.title[:_TITLE]
    best = _most_telling({text: new for text, new in found.items() if text not in title})
    first = [text for text in (title, best) if text in found]
    named = _named([(text, found[text]) for text in dict.fromkeys([*first, *texts])])
    return StoryNews(named, best) if named else StoryNews()


def _language(article: Article) -> str:
    return written_language(article.title, article.body, article.language)


def _texts(article: Article, cap: int) -> Iterator[str]:
    """Yield the title of an article and its first sentences."""
    yield article.title[:_TITLE]
    body = _body(article)
    beginning = body.strip()[:cap]
    for start, end in sentences(beginning):
        # What was cut off would be another name or number.
        if end < len(beginning) or len(beginning) < cap:
            yield beginning[start:end]


def _body(article: Article) -> str:
    """Return what an article says below its title; who wrote it and from where is no news."""
    return without_byline(without_link_lines(article.body if article.body.strip() else article.lead))


def _whole_words(text: str) -> str:
    """Return a text that may break off within a word without that word, and without the name that it may be of."""
    if not breaks_in_sentence(text):
        return text
    words = text.rstrip(_CUT).rsplit(None, _IN_NAME)[:-1]
    while len(words) > 1 and words[-1][0].isupper():
        words.pop()
    return text[: text.rfind(words[-1]) + len(words[-1])] if words else text


def _signs(text: str, article: Article) -> Sequence[EventSign]:
    return event_signs(article._replace(title="", lead="", body=text)).signs


def _new_in(text: str, article: Article, told: _Told) -> Iterator[_Written]:
    """Yield what a text says that was not told, in no order."""
    new = [sign for sign in _signs(text, article) if told.keys.isdisjoint((*sign.keys, *exact_keys(sign.key)))]
    if not new:
        return
    words = tokenize(text)
    tells_names = told.tells_names and not _is_in_title_case(words.written)
    for sign in new:
        is_place = any(kind_of(key) == KeyKind.PLACE for key in sign.others) and not _is_small(words, sign)
        if is_place or (tells_names and sign.is_name):
            at = sign.position - PAST_TITLE
            start, end = words.spans[at] if is_place else _whole_name(text, words.words, words.spans, at)
            yield _Written(sign.key, start, end)
    numbers = {sign.text: sign.key for sign in new if kind_of(sign.key) in _NUMBERS}
    yield from _new_numbers(words, _language(article), numbers)


def _is_small(words: Tokens, sign: EventSign) -> bool:
    """Tell whether a word is written small: the Russian for Bulgarian, which is read as no name of a place."""
    return words.written[sign.position - PAST_TITLE][:1].islower()


def _is_in_title_case(written: Sequence[str]) -> bool:
    """Tell whether most words have capitals, which then tell no name."""
    words = [word for word in written if word[:1].isalpha()]
    return sum(word[:1].isupper() for word in words) > _TITLE_CASE * len(words)


def _whole_name(text: str, words: Sequence[str], spans: Sequence[tuple[int, int]], at: int) -> tuple[int, int]:
    """Return the bounds of a name with the words beside it that have capitals as well."""
    first = last = at
    while last + 1 < len(spans) and last - first + 1 < _IN_NAME and _is_of_name(text, words, spans, last + 1, last):
        last += 1
    while first > 0 and last - first + 1 < _IN_NAME and _is_of_name(text, words, spans, first - 1, first - 1):
        first -= 1
    return spans[first][0], spans[last][1]


def _is_of_name(text: str, words: Sequence[str], spans: Sequence[tuple[int, int]], at: int, before: int) -> bool:
    """Tell whether a word has a capital, and nothing but a blank or hyphen stands between `before` and the next."""
    gap = text[spans[before][1] : spans[before + 1][0]]
    return text[spans[at][0]].isupper() and not is_function_word(words[at]) and bool(_WITHIN_NAME.fullmatch(gap))


def _new_numbers(tokens: Tokens, language: str, keys: dict[str, int]) -> Iterator[_Written]:
    """Yield the numbers of a text that have these keys, each with the word that it counts; no dates."""
    text = tokens.text
    for said in spelled_numbers(tokens, language) if keys else ():
        if said.number in keys and not said.is_vague and said.number not in _HARDLY_NUMBERS:
            start, end = tokens.extent(said.first, said.after - 1)
            yield _Written(keys[said.number], start, _end_of_unit(text, end, language))
    for amount in amounts(text) if keys else ():
        key = keys.get(f"{amount.value:.6g}")
        end = amount.end + (text[amount.end : amount.end + 1] == "%")
        is_whole = not _PART_OF_MORE.match(text, end) and text[max(0, amount.start - 1)] not in "./-"
        if key is None or not is_whole or _is_beside_calendar_word(text, amount.start, end):
            continue
        if amount.start > 0 and text[amount.start - 1] in _CURRENCIES:
            yield _Written(key, amount.start - 1, end)
        else:
            yield _Written(key, amount.start, _end_of_unit(text, end, language))


def _end_of_unit(text: str, end: int, language: str) -> int:
    """Return where the word ends that a number up to `end` counts; `end` where none follows."""
    unit = _UNIT.match(text, end)
    if unit is None or is_function_word(unit[1].lower()):
        return end
    return unit.end() if unit[1][0].isupper() or language not in _NOUNS_HAVE_CAPITALS else end


def _is_beside_calendar_word(text: str, start: int, end: int) -> bool:
    beside = [*tokenize(text[max(0, start - 24) : start]).words[-1:], *tokenize(text[end : end + 24]).words[:1]]
    return any(map(is_calendar_word, beside))


def _most_telling(found: dict[str, list[_Written]]) -> str:
    """Return the sentence that says most anew, of those about alike the first; empty where none says anything."""
    best, most = "", 0.0
    for number, (text, new) in enumerate(found.items()):
        worth = min(_COUNTED, len({one.key for one in new})) - _FURTHER_ON * number
        if new and worth > most and len(tokenize(text).words) >= _FEWEST_WORDS:
            best, most = text, worth
    return best


def _named(found: Sequence[tuple[str, Sequence[_Written]]]) -> tuple[str, ...]:
    """Return what is new as it is written, each once, in the order of these texts."""
    named: dict[str, str] = {}
    known: set[int] = set()
    for text, new in found:
        shown = [one for one in new if one.key not in known]
        known |= {one.key for one in shown}
        whole = {(one.start, one.end) for one in shown if one.end - one.start <= _LONGEST}
        for start, end in sorted(whole):
            if not any((a, b) != (start, end) and a <= start and end <= b for a, b in whole):
                named.setdefault(text[start:end].casefold(), text[start:end])
    return tuple(named.values())[:NAMED]
