"""Look up spellings in data: places of Unicode's CLDR (through babel), our exonyms, and our given names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cache, lru_cache

from monitor.text.forms import cyrillic
from monitor.text.forms.data_files import data_lines
from monitor.text.forms.script import fold, script_of
from monitor.text.forms.spellings import LikelySpelling
from monitor.text.forms.translit import hebrew_of_letters, in_other_characters
from monitor.text.tokens import canonical

_LOCALES = (
    *("en", "ru", "uk", "tr", "ar", "zh", "zh_Hant", "de", "fr", "es", "it", "pl", "pt", "nl", "cs"),
    *("el", "bg", "he", "fa", "ja", "ko", "sr", "ka", "hy", "az", "kk", "be"),
)
# Languages whose spellings count only in their own articles: those with endings, and Persian, since its ریاض (Riyadh)
# is the same word as the Arabic for gardens, and a man's name.
_ONLY_IN_OWN_ARTICLES = frozenset({"ru", "uk", "tr", "az", "pl", "cs", "fa"})
PLACE, EXONYM = "locale data", "exonyms"
"""The sources of the spellings of CLDR with `data/countries.txt`, and of those of `data/exonyms.txt`."""
_GIVEN, _ARABIC = "given-names.txt", "given-names-arabic.txt"
_BELARUSIAN = "given-names-belarusian.txt"
_TRADITIONS = (_ARABIC, "given-names-hebrew.txt", _BELARUSIAN, "given-names-western.txt")
_PLACE_CONFIDENCE = 0.95
_GIVEN_CONFIDENCE = 0.9


@lru_cache(maxsize=4096)
def known_spellings(word: str) -> tuple[LikelySpelling, ...]:
    """Return spellings of the lower-case `word` in other scripts and languages, from all tables.

    A place that differs in its marks only is among them where it declines by them: the Czech Budapešť, not Berlín.
    """
    key = fold(word)
    found = [one for one in _places().get(key, ()) if fold(one.text) != key or _declines_by_its_end(one.text, word)]
    found += [spelling for group in _given_names().get(key, ()) for spelling in group if fold(spelling.text) != key]
    return tuple(found)


def _declines_by_its_end(place: str, word: str) -> bool:
    """Tell whether a place ends in another letter than the lower-case `word`, of which folding leaves the same."""
    return place[-1:].lower() != word[-1:]


def is_place(word: str) -> bool:
    """Tell whether CLDR or our table has a country or city of that name in any language."""
    return fold(word) in _places()


def is_locale_place(word: str) -> bool:
    """Tell whether CLDR has a country or city of that name in any language."""
    return any(one.source == PLACE for one in _places().get(fold(word), ()))


def place_names(script: str) -> list[str]:
    """Return the names in a script of the places of CLDR and of our tables, without repetition."""
    names = (one.text for several in _places().values() for one in several)
    return [text for text in dict.fromkeys(names) if script_of(text) == script]


def place_spellings() -> Iterator[tuple[str, str]]:
    """Yield (place, one of its names) for the countries and cities of CLDR and of our table, in all languages."""
    yield from ((place, name) for _, place, name in _locale_names())
    for line in data_lines("exonyms.txt"):
        names = [part.rpartition(":")[2] for part in line.split(", ")]
        yield from ((names[0], name) for name in names)


def is_given_name(word: str) -> bool:
    """Tell whether the lower-case `word` is a given name of our tables, those of Arabs and Israelis apart."""
    return fold(word) in _given_names() or fold(word) in _given_names(_BELARUSIAN)


def given_spellings(word: str) -> tuple[LikelySpelling, ...]:
    """Return spellings of a lower-case given name as `known_spellings` does, and from the tables of traditions.

    Those count beside a surname only, since many of the names are surnames and places as well.
    """
    key = fold(word)
    groups = [group for table in _TRADITIONS for group in _given_names(table).get(key, ())]
    found = [one for group in groups for one in group if fold(one.text) != key or one.language == "be"]
    return tuple(dict.fromkeys((*known_spellings(word), *found)))


def given_names() -> tuple[LikelySpelling, ...]:
    """Return every spelling of the given names of all tables."""
    groups = (
        group for table in (_GIVEN, *_TRADITIONS) for several in _given_names(table).values() for group in several
    )
    return tuple(dict.fromkeys(spelling for group in groups for spelling in group))


def given_names_of(script: str) -> tuple[LikelySpelling, ...]:
    """Return every spelling of the given names of the tradition of a script, `arabic` or `hebrew`."""
    groups = (group for several in _given_names(f"given-names-{script}.txt").values() for group in several)
    return tuple(dict.fromkeys(spelling for group in groups for spelling in group))


def is_arabic_given_name(word: str) -> bool:
    """Tell whether the lower-case `word` is a given name of the Arab and Muslim world by our table."""
    return fold(word) in _given_names(_ARABIC)


def release() -> None:
    """Free the tables; the next use reads them again (0.1 s)."""
    for function in (_places, _given_names):
        function.cache_clear()
    known_spellings.cache_clear()


@cache
def _places() -> dict[str, list[LikelySpelling]]:
    """Return, by folded name in any language, the spellings of that place in all of them."""
    by_place: dict[str, dict[tuple[str, str], LikelySpelling]] = defaultdict(dict)
    for locale, place, name in _locale_names():
        language = locale if locale in _ONLY_IN_OWN_ARTICLES else ""
        by_place[place].setdefault((fold(name), language), LikelySpelling(name, language, PLACE, _PLACE_CONFIDENCE))
    for line in data_lines("exonyms.txt"):
        for part in line.split(", "):
            language, _, name = part.rpartition(":")
            by_place[line].setdefault((fold(name), language), LikelySpelling(name, language, EXONYM, _PLACE_CONFIDENCE))
    index: dict[str, list[LikelySpelling]] = defaultdict(list)
    for spellings in by_place.values():
        for key in {text for text, _ in spellings}:
            index[key] += spellings.values()
    return dict(index)


def _locale_names() -> Iterator[tuple[str, str, str]]:
    """Yield (locale, place, its name there) for countries, also of our table, and for the cities of time zones."""
    from babel import localedata

    zones: set[str] = set()
    for locale in _LOCALES:
        data = localedata.load(locale)
        yield from ((locale, code, str(name)) for code, name in data["territories"].items() if code.isalpha())
        cities = {zone: names["city"] for zone, names in data["time_zones"].items() if "city" in names}
        zones |= {zone for zone in cities if "/" in zone and not zone.startswith("Etc/")}
        yield from ((locale, zone, str(city)) for zone, city in cities.items() if zone in zones)
    yield from (("en", zone, zone.rsplit("/", 1)[1].replace("_", " ")) for zone in zones)
    for line in data_lines("countries.txt"):
        code, _, names = line.partition(": ")
        for part in names.split(", "):
            language, _, name = part.rpartition(":")
            yield language or "en", code, name
    # babel keeps every locale that was loaded; nothing else here needs them again.
    localedata._cache.clear()


@cache
def _given_names(table: str = _GIVEN) -> dict[str, list[tuple[LikelySpelling, ...]]]:
    """Return, by folded given name in any script, the groups of spellings that it belongs to."""
    index: dict[str, list[tuple[LikelySpelling, ...]]] = defaultdict(list)
    for line in data_lines(table):
        parts = [text for part in line.split() for text in _in_all_characters(part)]
        hebrew = _in_hebrew(parts) if table == _ARABIC else []
        group = tuple(map(_spelling_of_given, [*parts, *hebrew]))
        # An article's words have canonical letters, which are fewer in Arabic: ي for ى.
        for key in {key for spelling in group for key in (fold(spelling.text), canonical(spelling.text))}:
            index[key].append(group)
    return dict(index)


def _in_hebrew(parts: list[str]) -> list[str]:
    """Return the Arabic ones among the spellings of a name letter by letter in Hebrew, if none of them is Hebrew."""
    scripts = list(map(script_of, parts))
    arabic = [part for part, script in zip(parts, scripts, strict=True) if script == "arabic"]
    return [] if "hebrew" in scripts else [text for part in arabic for text, _ in hebrew_of_letters(part)]


def _in_all_characters(part: str) -> list[str]:
    """Return a spelling, a Chinese one in simplified and in traditional characters."""
    return [part, *(in_other_characters(part) if script_of(part) == "han" else [])]


def _spelling_of_given(part: str) -> LikelySpelling:
    """Parse a spelling: `uk:дмитро` is Ukrainian; other Cyrillic ones are Russian unless their letters are not."""
    language, _, text = part.rpartition(":")
    if not language and script_of(text) == "cyrillic":
        language = cyrillic.languages_of(text)[0]
    return LikelySpelling(text, language, "given names", _GIVEN_CONFIDENCE)
