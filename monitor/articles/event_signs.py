"""Read the signs of an event from an article: its words, names, places, topics and numbers, each by short keys.

Own design (docs/development.md). Only the title and the first words of the text are read: what an article is about
stands there, and background further on.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from hashlib import blake2b
from itertools import zip_longest
from typing import NamedTuple

from monitor.articles.language import written_language
from monitor.articles.mixed_pages import is_of_many_events
from monitor.event_values import EventSign, EventSigns, KeyKind, PackedSigns
from monitor.model import Article
from monitor.text import Tokens, tokenize
from monitor.text.amounts import amounts
from monitor.text.consonants import consonants_of
from monitor.text.forms.ordinary_words import function_words
from monitor.text.forms.script import CAPITALISED, script_of
from monitor.text.link_lines import without_link_lines
from monitor.text.nationalities import nation_of
from monitor.text.number_words import VAGUE, spelled_numbers
from monitor.text.places import places_of
from monitor.text.stems import stem
from monitor.text.topics import topic

FIRST_CHARACTERS, _FIRST_WORDS = 1_500, 110
_KIND_BITS = 3
_SHORTEST = 3
_UNSPACED = ("han", "kana")
_FIRST_UNSPACED = "\u2e80"
"""No word of these begins before."""
_SENTENCE_ENDS = tuple(".!?:»”…\n")
_TITLE_CASE = 0.6
"""Where so many of a title's words have capitals, a capital tells nothing."""
_SMALL_NUMBERS = 10
_LONG = 5
_NATIONS_HAVE_CAPITALS = ("en", "tr")
"""Languages in which what is Polish has a capital, and polish is another word."""
_NAME_KINDS = {2: KeyKind.SHORT_NAME, 3: KeyKind.SHORT_NAME, 4: KeyKind.NAME, _LONG: KeyKind.LONG_NAME}
"""By the number of consonants."""
# What the table of function words lacks of two languages: there it is of words that open sentences.
_SMALL_WORDS = """
في من على الى ان التي الذي الذين عن مع هذا هذه كما بعد قبل وقال قال قالت بين لم ما لا كان كانت ضد خلال او كل
وان انه انها
ve bir bu da de için ile olarak olan çok daha en ise gibi kadar sonra göre olduğunu dedi etti nin nın nun nün den dan
ta te ya ye na ne yi yı yu yü
number zahl число числа кількість sayısı عدد nombre número numero liczba liczby
"""
# Days and months tell when, which all articles of a day have in common.
_DAYS = """
monday tuesday wednesday thursday friday saturday sunday today yesterday tomorrow
january february march april may june july august september october november december
montag dienstag mittwoch donnerstag freitag samstag sonntag heute gestern morgen
januar februar märz mai juni juli oktober dezember
понедельник понедельника вторник вторника среда среду среды четверг четверга пятница пятницу пятницы суббота субботу
субботы воскресенье воскресенья сегодня вчера завтра января февраля марта апреля мая июня июля августа сентября
октября ноября декабря
понеділок понеділка вівторок вівторка середа середу середи четвер четверга п'ятниця п'ятницю п'ятниці субота суботу
суботи неділя неділю неділі сьогодні вчора завтра січня лютого березня квітня травня червня липня серпня вересня
жовтня листопада грудня
pazartesi salı çarşamba perşembe cuma cumartesi pazar bugün dün yarın ocak şubat mart nisan mayıs haziran temmuz
ağustos eylül ekim kasım aralık günü
الاثنين الثلاثاء الاربعاء الخميس الجمعة السبت الاحد يوم اليوم امس غدا
lundi mardi mercredi jeudi vendredi samedi dimanche aujourd'hui hier demain
janvier février mars avril juin juillet août septembre octobre novembre décembre
lunes martes miércoles jueves viernes sábado domingo hoy ayer mañana
enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre
poniedziałek wtorek środa czwartek piątek sobota niedziela dziś wczoraj jutro
"""
PAST_TITLE = 50
"""Places between title and text, so that no name goes from one into the other."""


class _TextWord(NamedTuple):
    """A word of a text: canonical, as it stands there, its place, whether it begins a sentence, and with a capital."""

    word: str
    raw: str
    position: int
    is_first: bool
    has_capital: bool


def event_signs(article: Article) -> EventSigns:
    """Return the signs of an article, the first of each that stands in it."""
    body = without_link_lines(article.body if article.body.strip() else article.lead)
    language = written_language(article.title, body, article.language)
    found: dict[int, EventSign] = {}
    for sign in (*_signs(article.title, language, None), *_signs(body[:FIRST_CHARACTERS], language, PAST_TITLE)):
        known = found.get(sign.key)
        if known is None:
            found[sign.key] = sign
        elif (sign.is_name and not known.is_name) or (sign.others and not known.others):
            # A word at the beginning of a sentence is a name if it is one further on.
            others = known.others or sign.others
            found[sign.key] = known._replace(is_name=known.is_name or sign.is_name, others=others)
    is_mixed = is_of_many_events(article.title, body)
    return EventSigns(language, article.outlet, PackedSigns.of([*found.values()]), is_mixed)


@lru_cache(maxsize=32768)
def _key(kind: KeyKind, text: str) -> int:
    digest = blake2b(f"{kind}\0{text}".encode("utf-8", "surrogatepass"), digest_size=4).digest()
    return int.from_bytes(digest) >> _KIND_BITS << _KIND_BITS | kind


def _signs(text: str, language: str, past_title: int | None) -> Iterator[EventSign]:
    """Yield the signs of the title (None) or of the text, whose places are counted from `past_title` on."""
    is_title, offset = past_title is None, past_title or 0
    tokens = tokenize(text)
    words = _words(tokens, offset)
    is_title_case = is_title and _is_title_case(words)
    small_words = _function_words()
    numbers = [one for one in spelled_numbers(tokens, language) if one.first < _FIRST_WORDS]
    of_numbers = {offset + at for one in numbers for at in range(one.first, one.after)}
    for one, following in zip_longest(words, words[1:]):
        if one.word[0].isdecimal() or one.position in of_numbers:
            continue
        if one.word >= _FIRST_UNSPACED and script_of(one.word) in _UNSPACED:
            if following and script_of(following.word) in _UNSPACED:
                pair = one.word + following.word
                yield EventSign(_key(KeyKind.WORD, pair), (), False, is_title, one.position, pair)
        elif one.word not in small_words:
            has_capital = one.has_capital
            key, others = _keys_of(
                one.word, language, has_capital, has_capital and len(one.raw) > 1 and one.raw.isupper()
            )
            if key:
                is_name = has_capital and (
                    not one.is_first or bool(following and following.has_capital and not is_title_case)
                )
                yield EventSign(key, others, is_name, is_title, one.position, one.word)
    for number, at in [*_in_digits(tokens), *((one.number, one.first) for one in numbers)]:
        yield EventSign(number_key(number), (), False, is_title, offset + at, number)


def _in_digits(tokens: Tokens) -> Iterator[tuple[str, int]]:
    """Yield the numbers of a text that are written in digits, each with its word."""
    spans = tokens.spans
    for value, start, _ in amounts(tokens.text):
        yield f"{value:.6g}", max(0, bisect_right(spans, (start, len(tokens.text))) - 1)


def place_key(place: str) -> int:
    """Return the key of a place, by the code that CLDR has for a country."""
    return _key(KeyKind.PLACE, place)


def topic_key(topic_: str) -> int:
    """Return the key of a topic of `news-topics.txt`."""
    return _key(KeyKind.TOPIC, topic_)


def number_key(number: str) -> int:
    """Return the key of a number in digits, or of a vague one as `dozens`."""
    is_great = number[0].isdigit() and float(number) >= _SMALL_NUMBERS
    return _key(KeyKind.NUMBER if is_great else KeyKind.SMALL_NUMBER, number)


def exact_keys(key: int) -> frozenset[int]:
    """Return the keys of the numbers that a vague one (`dozens`) may stand for; none for any other key."""
    return _exact_keys().get(key, frozenset())


@cache
def _exact_keys() -> dict[int, frozenset[int]]:
    return {
        number_key(vague): frozenset(number_key(f"{value:.6g}") for value in values) for vague, values in VAGUE.items()
    }


def _is_title_case(words: Sequence[_TextWord]) -> bool:
    capitals = sum(one.has_capital for one in words)
    return capitals > _TITLE_CASE * max(1, sum(one.raw[:1].isalpha() for one in words))


def _words(tokens: Tokens, offset: int) -> list[_TextWord]:
    text = tokens.text
    words, spans = tokens.words[:_FIRST_WORDS], tokens.spans[:_FIRST_WORDS]
    found, end = [], 0
    for position, (word, (first, after)) in enumerate(zip(words, spans, strict=True), offset):
        between, raw = text[end:first], text[first:after]
        is_first = not end or (between != " " and between.strip()[-1:] in _SENTENCE_ENDS)
        found.append(_TextWord(word, raw, position, is_first, raw[:1].isupper()))
        end = after
    return found


@lru_cache(maxsize=32768)
def _keys_of(word: str, language: str, has_capital: bool, is_acronym: bool) -> tuple[int, tuple[int, ...]]:
    """Return the key of a word, 0 where it is too short to say anything, and those that meet it in other languages."""
    beginning = stem(word, language)
    if len(beginning) < _SHORTEST and not is_acronym:
        return 0, ()
    return _key(KeyKind.WORD, beginning), _others(word, beginning, language, has_capital)


def _others(word: str, beginning: str, language: str, has_capital: bool) -> tuple[int, ...]:
    """Return the keys by which a word is met in other languages."""
    script = script_of(word)
    keys: dict[int, None] = {}
    if nation := nation_of(word, language) if has_capital or language not in _NATIONS_HAVE_CAPITALS else "":
        keys[_key(KeyKind.PLACE, nation)] = None
    if has_capital or script not in CAPITALISED:
        keys |= dict.fromkeys(_key(KeyKind.PLACE, place) for place in places_of(word, beginning))
        spellings = (word,) if script == "latin" else (beginning, word) if script == "arabic" else (beginning,)
        for row in (row for spelling in spellings for row in consonants_of(spelling)):
            keys[_key(_NAME_KINDS[min(len(row.lstrip("AH")), _LONG)], row)] = None
    if about := topic(word, language):
        keys[_key(KeyKind.TOPIC, about)] = None
    return tuple(keys)


def is_nationality(word: str, language: str) -> bool:
    """Tell whether a canonical word is said of a country, and is no name of it: Greek."""
    return bool(nation_of(word, language)) and not places_of(word, stem(word, language))


def is_function_word(word: str) -> bool:
    """Tell whether a canonical word is a sign of nothing: a function word, a day or a month."""
    return word in _function_words()


def is_calendar_word(word: str) -> bool:
    """Tell whether a canonical word is a day or a month, so that a number beside it is of a date."""
    return word in _calendar_words()


@cache
def _function_words() -> frozenset[str]:
    return frozenset(tokenize(" ".join((*function_words(), _SMALL_WORDS))).words) | _calendar_words()


@cache
def _calendar_words() -> frozenset[str]:
    return frozenset(tokenize(_DAYS).words)
