"""Expand a name: the spellings of `names.yaml`, transliterations to other scripts, and the case forms of all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

from monitor.model import Form, NameEntry
from monitor.text.forms import arabic_words, cyrillic
from monitor.text.forms.affixes import affixed
from monitor.text.forms.arab_towns import town_spellings
from monitor.text.forms.arabic_names import arabic_name_forms, split_arabic
from monitor.text.forms.belarusian_names import all_spellings, latin_names, russian_name
from monitor.text.forms.case_forms import capitalised, case_forms
from monitor.text.forms.chinese_abroad import chinese_person_abroad
from monitor.text.forms.chinese_names import chinese_person
from monitor.text.forms.chinese_places import longer_chinese_places
from monitor.text.forms.chinese_readings import pinyin_in_cyrillic
from monitor.text.forms.collected_forms import CollectedForms
from monitor.text.forms.consonant_readings import arabic_readings, hebrew_readings
from monitor.text.forms.covered_languages import covered_languages, covered_scripts, other_scripts
from monitor.text.forms.czech_transcriptions import chinese_in_czech, korean_in_czech
from monitor.text.forms.east_asian_persons import persons_typed_abroad
from monitor.text.forms.established_names import established_forms
from monitor.text.forms.gazetteer import gazetteer_spellings
from monitor.text.forms.japanese_names import in_chinese_articles, readings_of_characters
from monitor.text.forms.known_spellings import EXONYM, is_place, known_spellings
from monitor.text.forms.korean_kana import korean_abroad, korean_everywhere
from monitor.text.forms.korean_names import ROMANISED, korean_person
from monitor.text.forms.latin_variants import latin_variants, signed_variants
from monitor.text.forms.listed_surnames import with_listed_surname, without_excluded
from monitor.text.forms.name_entries import entries_by_spelling
from monitor.text.forms.person_names import person_forms, split_person, transliterated_person_forms
from monitor.text.forms.phrases import adjectival_forms, is_phrase, phrase_cases
from monitor.text.forms.plain_aliases import plain_alias_forms
from monitor.text.forms.regnal_names import is_regnal, regnal_forms
from monitor.text.forms.script import CAPITALISED, script_of, with_arabic_letters, with_plain_letters
from monitor.text.forms.slavic_phrases import joined_places, slavic_phrases
from monitor.text.forms.spellings import ALIAS, GUESS, GUESS_CONFIDENCE, LikelySpelling, as_written, guessed_spellings
from monitor.text.forms.titled_names import without_titles
from monitor.text.forms.translit import in_other_characters, is_english_surname
from monitor.text.forms.translit.belarusian import is_belarusian
from monitor.text.forms.western_phrases import LANGUAGES as WITH_PHRASES
from monitor.text.tokens import canonical

_READ_ALOUD = {"han": readings_of_characters, "hangul": korean_everywhere, "hebrew": hebrew_readings}
_LONGEST = 100
_SHORTEST_SHOUTED, _LONGEST_ACRONYM = 3, 4
_FREQUENT_WORD = 0.55
"""The confidence of a guess that is a frequent word of a script without capitals: Saleh, صالح (good)."""
_LATIN_VARIANT_FACTOR = 0.95
"""What the confidence of a spelling in plain letters or with another article is multiplied by."""


def expand_name(name: str, entries: Mapping[str, NameEntry]) -> tuple[Form, ...]:
    """Return every form of a person, place or body, the name first; `entries` add spellings and exclude forms.

    A person's titles are left aside, unless an entry has them.
    A text of more than 100 characters is no name, and is looked for as it is written.
    """
    name = " ".join(with_plain_letters(name).split())
    if not canonical(name) or len(name) > _LONGEST:
        return (Form(name),)
    name = _with_usual_capitals(name)
    if not (entry := entry_for(name, entries)):
        name = without_titles(name)
        entry = entry_for(name, entries)
    forms = CollectedForms(entry.excluded if entry else ())
    forms.add(written_forms(name, "query"))
    forms.add([] if entry else _with_lost_signs(name))
    forms.add(in_chinese_articles(name) if script_of(name) == "han" else [])
    listed = tuple(map(with_plain_letters, (entry.name, *entry.also))) if entry else (name,)
    for other in listed if entry else ():
        # A case form that the file lists (Пескова) is not a name that is declined again (Песковой).
        found = forms.found(other)
        source = "query" if other == listed[0] else ALIAS
        forms.add([found] if found else written_forms(other, source))
    spelled = with_arabic_letters(name)
    forms.add(_spellings_in_other_scripts(spelled, listed, entries))
    forms.add(_of_gazetteer(spelled, listed))
    forms.add(established_forms(name, other_scripts(listed)))
    forms.add([] if "latin" in map(script_of, listed[1:]) else arabic_readings(spelled.split()))
    every = forms.all()
    longer = longer_chinese_places([form.text for form in every])
    return (*every, *dict.fromkeys((*forms.forbidden(), *(Form(text, "", "not", 0.0) for text in longer))))


def entry_for(name: str, entries: Mapping[str, NameEntry]) -> NameEntry | None:
    """Return the entry with `name` as its name or `also` spelling, unless that is a case form of another spelling."""
    entry = _entries_by_spelling(_ById(entries)).get(canonical(name)) if entries else None
    return None if entry and _is_case_form(canonical(name), entry) else entry


@lru_cache(maxsize=512)
def _is_case_form(name: str, entry: NameEntry) -> bool:
    """Tell whether `name` is a case form of another spelling of the entry: Пескова by itself means a woman."""
    if script_of(name) != "cyrillic" or " " in name:
        return False
    others = [text.lower() for text in (entry.name, *entry.also) if script_of(text) == "cyrillic" and " " not in text]
    shorter = [text for text in others if canonical(text) != name and len(text) <= len(name)]
    cases = {canonical(form) for text in shorter for one in ("ru", "uk") for form, _ in cyrillic.name_cases(text, one)}
    return name in cases


class _ById:
    """A mapping as a cache key by its identity, since hashing thousands of entries costs more than an expansion."""

    __slots__ = ("entries",)

    def __init__(self, entries: Mapping[str, NameEntry]) -> None:
        self.entries = entries

    def __hash__(self) -> int:
        return id(self.entries)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _ById) and other.entries is self.entries


@lru_cache(maxsize=4)
def _entries_by_spelling(key: _ById) -> dict[str, NameEntry]:
    return entries_by_spelling(key.entries)


def _with_usual_capitals(name: str) -> str:
    """Return a name of several words that is typed in small letters, or wholly in capitals, as it is usually written.

    Short words in capitals are acronyms: ЦРУ США.
    """
    lengths = [len(word) for word in name.split()]
    is_shouted = name.isupper() and min(lengths) >= _SHORTEST_SHOUTED and max(lengths) > _LONGEST_ACRONYM
    return capitalised(name.lower()) if len(lengths) > 1 and (name.islower() or is_shouted) else name


def written_forms(written: str, source: str) -> list[Form]:
    """Return a user's spelling in all its cases; an alias in lower case is a word (стамбульский), not a name."""
    script = script_of(written)
    if script in CAPITALISED and source == ALIAS and written == written.lower():
        return plain_alias_forms(written, source)
    forms = _inflected(written, source)
    for text in latin_variants(written) if script == "latin" else ():
        forms += [
            form._replace(confidence=round(_LATIN_VARIANT_FACTOR * form.confidence, 2))
            for form in _inflected(text, source)
        ]
    return forms


def _with_lost_signs(written: str) -> list[Form]:
    """Return what a name that is typed in plain letters may be with its signs, in all its cases: Walesa, Wałęsy."""
    return [
        form._replace(confidence=round((GUESS_CONFIDENCE - cost) * form.confidence, 2))
        for text, cost in signed_variants(written)
        for form in _inflected(text, GUESS)
    ]


def _inflected(written: str, source: str) -> list[Form]:
    """Return a spelling of one or several words in all its cases."""
    words = written.split()
    if len(words) > 1:
        return _inflected_words(words, source)
    if script_of(written) == "han":
        return [Form(text, "", source) for text in (written, *in_other_characters(written))]
    return [form for spelling in as_written(written, source) for form in case_forms(spelling, written)]


def _inflected_words(words: list[str], source: str) -> list[Form]:
    """Return a name of several words in all its cases: a body or place, a name without capitals, or a person."""
    written = " ".join(words)
    script = script_of(written)
    if script in CAPITALISED and (is_phrase(words) or is_place(written)):
        return phrase_cases(written, source)
    if script not in CAPITALISED:
        particles = arabic_words.name_forms(written, guessed=False) if script == "arabic" else affixed(written, script)
        kind = "ar particle" if script == "arabic" else "particle"
        return [Form(written, "", source), *(Form(form, "", f"{source}, {kind}", 0.9) for form in particles)]
    whole = Form(written, "", source, 1.0, True)
    if is_regnal(words):
        return [whole]
    given, _ = split_person(words)
    if given:
        return [whole, *person_forms(words, source), *adjectival_forms(words, source)]
    return [whole, *(form for spelling in as_written(written, source) for form in case_forms(spelling, written))]


def _place_forms(place: LikelySpelling) -> list[Form]:
    """Return a place of our tables in its cases, of several words in those of its own language."""
    words = place.text.split()
    if len(words) > 1 and place.language in WITH_PHRASES:
        return phrase_cases(place.text, place.source, [place.language])
    if len(words) > 1 and script_of(place.text) == "latin":
        return phrase_cases(place.text, place.source, [])
    return _inflected_words(words, place.source) if len(words) > 1 else case_forms(place)


def _spellings_in_other_scripts(name: str, listed: tuple[str, ...], entries: Mapping[str, NameEntry]) -> list[Form]:
    """Return known and transliterated spellings in the scripts and languages that no `listed` spelling covers."""
    words = name.split()
    if len(canonical(name)) == 1 and script_of(name) in CAPITALISED:
        # The letter X is no Кс, nor Q a К.
        return []
    if is_regnal(words):
        return regnal_forms(words)
    if at_home := _read_aloud(words, listed):
        return at_home
    if is_belarusian(name):
        return _spellings_of_belarusian(name, listed, entries)
    known = covered_scripts(name, listed) | covered_languages(name, listed[1:])
    at_home = persons_typed_abroad(words, known)
    if len(words) > 1:
        guessed = _guesses_of_several_words(words, known) + at_home
        given, family = split_person(words)
        entry = entry_for(family, entries) if given else None
        if entry is None:
            return guessed
        return with_listed_surname(given, expand_name(family, entries), without_excluded(entry.excluded, guessed))
    if arabic := split_arabic(name.lower()):
        return _doubtful_where_ordinary(arabic_name_forms(arabic, known))
    found = known_spellings(name.lower())
    # Davis is a place in the locale data, and many a person's name as well.
    listed_scripts = frozenset() if is_english_surname(name.lower()) else _scripts_and_languages(found)
    joined = joined_places(name, known) if "-" in name else []
    told = {"ru", "uk"} if joined else set()
    transliterated = all_spellings(name.lower(), known | listed_scripts | told)
    forms = [*joined, *(form for place in found for form in _place_forms(place))]
    forms += [form for spelling in transliterated for form in case_forms(spelling)]
    forms += _spellings_of_exonyms(found, known)
    return _doubtful_words(forms) + at_home


def _spellings_of_belarusian(name: str, listed: tuple[str, ...], entries: Mapping[str, NameEntry]) -> list[Form]:
    """Return the Russian spelling of a name in Belarusian Cyrillic in its cases, and what that is in other scripts."""
    russian = capitalised(russian_name(name))
    forms = [
        form._replace(confidence=round(GUESS_CONFIDENCE * form.confidence, 2)) for form in written_forms(russian, GUESS)
    ]
    forms += [Form(capitalised(text), "", GUESS, GUESS_CONFIDENCE, True) for text in latin_names(name)]
    return forms + _spellings_in_other_scripts(russian, (russian, *listed[1:]), entries)


def _read_aloud(words: list[str], listed: Iterable[str]) -> list[Form]:
    """Return a person typed in Chinese characters, Hangul or Hebrew in other letters, unless a spelling is listed."""
    name = " ".join(words)
    if is_place(name) or not {script_of(text) for text in listed}.isdisjoint({"latin", "cyrillic"}):
        return []
    read = _READ_ALOUD.get(script_of(name))
    return read(name) if read else []


def _guesses_of_several_words(words: list[str], known: frozenset[str]) -> list[Form]:
    """Return the known and transliterated spellings of a person, place or body of several words."""
    if at_home := _at_home(words, known):
        abroad = [] if known & {"kana", "ru", "uk"} else korean_abroad(at_home)
        chinese = [] if known & {"ru", "uk"} else pinyin_in_cyrillic(words)
        elsewhere = known | {script_of(form.text) for form in at_home} | ({"kana", "ru", "uk"} if abroad else set())
        # A name in pinyin may be a Korean's as well: Wang Yi.
        elsewhere |= {"ru", "uk"} if chinese and not any(form.source == ROMANISED for form in at_home) else set()
        czech = [] if "cs" in known else chinese_in_czech(words) + korean_in_czech(at_home)
        return at_home + abroad + chinese + czech + transliterated_person_forms(words, elsewhere)
    given, _ = split_person(words)
    name = " ".join(words).lower()
    arabic = split_arabic(name)
    found = known_spellings(name)
    places = [form for place in found for form in _place_forms(place)]
    if others := _spellings_of_exonyms(found, known):
        return places + others
    if arabic and not places:
        places = arabic_name_forms(arabic, known)
    if places and not given:
        return places
    places += [] if places else slavic_phrases(words, known)
    if gazetteer_spellings(name):
        return places
    return places + ([] if is_phrase(words) else transliterated_person_forms(words, known))


def _doubtful_where_ordinary(forms: list[Form]) -> list[Form]:
    """Return the forms of a name with the article, those that are frequent words as doubtful: الشارع (the street).

    The likeliest one stays, since Arabic surnames often are words: الشرع.
    """
    surest = max((form.confidence for form in forms if not form.capital), default=0.0)
    return [
        form._replace(confidence=min(form.confidence, _FREQUENT_WORD))
        if form.common and not form.capital and form.confidence < surest
        else form
        for form in forms
    ]


def _of_gazetteer(name: str, listed: tuple[str, ...]) -> list[Form]:
    """Return the spellings of a place of the gazetteer in what scripts and languages no `listed` spelling covers."""
    found = [*gazetteer_spellings(name), *town_spellings(name)]
    known = other_scripts(listed) | covered_languages(name, listed[1:]) if found else frozenset()
    return _doubtful_words(
        form
        for place in found
        if place.language not in known and script_of(place.text) not in known
        for form in _gazetteer_forms(place)
    )


def _gazetteer_forms(place: LikelySpelling) -> list[Form]:
    """Return a place of the gazetteer in its cases, as sure as the gazetteer is."""
    words = place.text.split()
    if len(words) == 1:
        return case_forms(place)
    is_capitalised = script_of(place.text) in CAPITALISED
    own = [place.language] if place.language in WITH_PHRASES else []
    forms = phrase_cases(place.text, place.source, own) if is_capitalised else _inflected_words(words, place.source)
    return [form._replace(confidence=round(form.confidence * place.confidence, 2)) for form in forms]


def _doubtful_words(forms: Iterable[Form]) -> list[Form]:
    """Return forms, of which those that are frequent words of a script without capitals are no proof."""
    return [
        form._replace(confidence=min(form.confidence, _FREQUENT_WORD)) if form.common and not form.capital else form
        for form in forms
    ]


def _spellings_of_exonyms(found: Iterable[LikelySpelling], known: frozenset[str]) -> list[Form]:
    """Return the guesses from the Cyrillic names of a place of the table of exonyms: Lwów, Львів, Lwiw."""
    forms: list[Form] = []
    for place in found:
        if place.source == EXONYM and place.language in ("ru", "uk"):
            words = place.text.split()
            others = known | {"ru", "uk"}
            forms += slavic_phrases(words, others) if len(words) > 1 else []
            forms += [form for one in guessed_spellings(place.text.lower(), others) for form in case_forms(one)]
    return forms


def _at_home(words: list[str], known: frozenset[str]) -> list[Form]:
    """Return a Chinese or Korean person in characters, Hangul or Hebrew, by the syllables of the Latin name."""
    chinese = [] if "han" in known else chinese_person(words)
    abroad = [form for form in chinese_person_abroad(words) if script_of(form.text) not in known]
    return chinese + ([] if "hangul" in known else korean_person(words)) + abroad


def _scripts_and_languages(places: Iterable[LikelySpelling]) -> frozenset[str]:
    """Return the scripts in which the tables have a place, for Cyrillic the languages that its letters allow."""
    texts = [place.text for place in places]
    languages = {one for text in texts if script_of(text) == "cyrillic" for one in cyrillic.languages_of(text)}
    return other_scripts(texts) | languages
