"""Inflect one spelling of a name with the case endings of the languages of its script, capitalised as a name."""

from __future__ import annotations

import re
from functools import cache
from itertools import product

from monitor.model import Form
from monitor.text.forms import affixes, arabic_words, cyrillic, dictionary, greek, morphology, small_letters
from monitor.text.forms.czech_women import (
    WOMANS_SURNAME,
    eastern_womans_surname,
    foreign_womans_surname,
    womans_surname,
)
from monitor.text.forms.data_files import data_lines
from monitor.text.forms.frequent_words import is_frequent_with_other_marks, may_be_frequent
from monitor.text.forms.gazetteer import GAZETTEER
from monitor.text.forms.known_spellings import PLACE, is_arabic_given_name, is_given_name, is_place
from monitor.text.forms.name_endings import name_endings
from monitor.text.forms.ordinary_words import is_cyrillic_word, is_kind_of_being
from monitor.text.forms.particles import PARTICLES
from monitor.text.forms.polish_words import is_listed
from monitor.text.forms.script import CAPITALISED, script_of
from monitor.text.forms.spellings import GUESS, MIN_GUESS_ABROAD, WESTERN, LikelySpelling
from monitor.text.forms.translit.belarusian import is_belarusian
from monitor.text.forms.turkish_suffixes import acronym_suffixes, case_suffixes, name_suffixes
from monitor.text.forms.turkish_words import is_ordinary
from monitor.text.forms.vocatives import LANGUAGES as WITH_VOCATIVES
from monitor.text.forms.vocatives import vocatives_alone

_MIN_SUFFIX_CONFIDENCE = 0.96
_MIN_PLURAL_CONFIDENCE = 0.85
_MIN_PROOF_CONFIDENCE = 0.75
_WITH_PARTICLE = 0.95
_SHORT_WITH_PARTICLE = 0.7
_SHORTEST_PROOF = 2
"""How many letters an Arabic guess has that is proof by itself: ل is a particle, يي (Yi) none."""
_LONGEST_DOUBTFUL = 4
"""How many letters an Arabic guess has with its particle that is no proof: Carr with و is وقار (dignity)."""
_ARTICLES, _DOUBTFUL = ("ال", "وال"), 0.55
"""The Arabic article, alone and behind `and`, and what confidence a doubtful form with it has at most."""
_MIN_SUFFIX_LENGTH = 4
_MIN_ENDING_LENGTH = 3
"""The shortest names that take Turkish suffixes, and those that take other endings: Jan, Rím."""
_LEAST_OF_GUESS = 0.59
"""What a Latin guess with a Western ending has at least: less likely ones find other names only (Gołownii)."""
_NOUN_CONFIDENCE = 0.8
_ACRONYM_CONFIDENCE = 0.8
_VOCATIVE_CONFIDENCE = 0.7
_SHORTEST_TURKISH_PLACE = 4
"""How many letters a Turkish or Azerbaijani name of CLDR needs to count in other languages than its own."""
_COUNTRIES, _IN_ITS_LANGUAGE = ("sko", "cko"), ("sku", "cku")
"""The ends of Czech names of countries, and of their dative, which is the adverb of their language as well."""
_LONGEST_ACRONYM = 5
_WORDS_BETWEEN_HYPHENS = PARTICLES | {"на", "над", "под", "sur", "sous", "am", "an", "im", "ob", "on", "upon", "of"}
"""Small words between hyphens, as in Ростов-на-Дону."""
_UNCHOSEN = frozenset({GUESS, GAZETTEER})
"""The sources of spellings that nobody chose one by one: any may be an ordinary word."""
_WITH_CASES = ("ru", "uk")
"""Languages with cases; the matcher counts their names where no other language has Cyrillic letters, too."""
# Foreign names in -о have no cases (Кросетто), which Ukrainian ones in -ко and -ло have.
_foreign_in_o = re.compile("[бвдзмпрстф]о$").search
_is_said_as_word = re.compile("[AEIOUYÁÉÍÓÚŮÝ][^AEIOUYÁÉÍÓÚŮÝ]+$").search
_womans_surname = re.compile("(?:[оеёє]в|[иіїы]н)а$").search
_BELARUSIAN, _BULGARIAN = "be", "bg"
_Ending = tuple[str, str, str, float]
"""An inflected form, the language that it counts in (empty: all), the kind of its ending, and its confidence."""


def case_forms(spelling: LikelySpelling, written: str = "") -> list[Form]:
    """Return the spelling itself, then its forms; `written` has the capitals that a user wrote (McCain)."""
    text = written or spelling.text
    script = script_of(text)
    capital = script in CAPITALISED
    common = _is_common(text, spelling) or (spelling.source != GUESS and _is_common_as_written(text))
    language = spelling.language if _counts_only_at_home(spelling) else ""
    is_arabic = script == "arabic" and spelling.language != "fa"
    language = _home(text) if is_arabic and spelling.source in _UNCHOSEN else language
    first = Form(
        capitalised(text) if capital else text, language, spelling.source, spelling.confidence, capital, common
    )
    forms = [_unless_english(first, spelling) if script == "latin" else first]
    endings = _of_acronym(text) if _is_acronym(text) else _endings(spelling, text.lower())
    for inflected, language, ending, share in endings:
        # Of a name that is an ordinary Turkish word its cases are ordinary, too: Birlik, Birliğin.
        common = _is_common(inflected, spelling, language) or (first.common and (language == "tr" or not capital))
        # Without its accent the surname of a woman is the possessive of a man's: Noemova archa.
        common = common or ending == WOMANS_SURNAME
        shown = capitalised(inflected) if capital else inflected
        confidence = round(spelling.confidence * share, 2)
        form = Form(shown, language, f"{spelling.source}, {ending}", confidence, capital, common)
        forms.append(_unless_english(form, spelling) if script == "latin" else form)
    if spelling.language not in _WITH_CASES or script != "cyrillic":
        return forms
    return [form._replace(capital=False) if _proves_in_small_letters(form, text.lower()) else form for form in forms]


def _proves_in_small_letters(form: Form, name: str) -> bool:
    is_sure = form.confidence >= _MIN_PROOF_CONFIDENCE and not form.common
    return is_sure and small_letters.is_proof(form.text.lower(), name)


def _unless_english(form: Form, spelling: LikelySpelling) -> Form:
    """Give no confidence to a guess that is an English word with a capital of its own: Герман, German."""
    is_lost = _is_guess(spelling) and form.text.lower() in _english_capitals()
    return form._replace(confidence=0.0) if is_lost else form


@cache
def _english_capitals() -> frozenset[str]:
    return frozenset(word for line in data_lines("capitals.en.txt") for word in line.split())


def _counts_only_at_home(spelling: LikelySpelling) -> bool:
    """Tell whether a spelling counts in articles of its own language only, since in others it is another word.

    Arabic script has no capitals: the Persian ریاض (Riyadh) would be found in every Arabic رياض (gardens). A short
    guess is often a name elsewhere: the Turkish Soçi (Sochi) is an Italian word, and Şam (Damascus) a Czech one, sám.
    """
    shortest = MIN_GUESS_ABROAD if spelling.source in _UNCHOSEN else 0
    if spelling.source == PLACE and spelling.language in ("tr", "az"):
        shortest = _SHORTEST_TURKISH_PLACE
    is_short = len(spelling.text) < shortest and script_of(spelling.text) == "latin"
    return spelling.language in ("fa", "bg") or spelling.only_at_home or is_short


def _is_unchosen_latin(spelling: LikelySpelling) -> bool:
    return spelling.source in _UNCHOSEN and script_of(spelling.text) == "latin"


def _is_turkish_guess(spelling: LikelySpelling) -> bool:
    return spelling.source == GUESS and spelling.language == "tr"


def _is_common_as_written(text: str) -> bool:
    """Tell whether a name as its user writes it is a Turkish word, or with other marks a Polish or Czech one."""
    if script_of(text) != "latin":
        return is_ordinary(text)
    word = text.lower()
    return (
        is_ordinary(text)
        or is_frequent_with_other_marks(word)
        or (word.isascii() and word.endswith("a") and is_listed(word))
    )


def _is_acronym(text: str) -> bool:
    """Tell whether a name is an acronym without endings; Cyrillic ones like МИД take endings (МИДа)."""
    if not (text.isupper() and 1 < len(text) <= _LONGEST_ACRONYM):
        return False
    return script_of(text) != "cyrillic" or text[-1] in "АЕЁИОУЫЭЮЯІЇЄ"


def _of_acronym(text: str) -> list[_Ending]:
    """Return an acronym in Latin letters with the endings that are written without a hyphen or an apostrophe.

    Those are Turkish ones, which few write so, Korean particles, and Czech and Polish ones of acronyms that are said
    as words: ČEZu.
    """
    if script_of(text) != "latin":
        return []
    found = [(form, "tr", "tr suffix", _ACRONYM_CONFIDENCE) for form in acronym_suffixes(text)]
    found += [(form, "ko", "particle", _ACRONYM_CONFIDENCE) for form in affixes.acronym_affixed(text)]
    if not _is_said_as_word(text):
        return found
    western = product(("pl", "cs"), ("u", "em"))
    return found + [(text + end, one, f"{one} ending", _ACRONYM_CONFIDENCE) for one, end in western]


def capitalised(text: str) -> str:
    """Capitalise the words of a name except `von`, `bin` and the like; a text with capitals (McCain) stays.

    By itself such a word is a given name (Al, Ван).
    """
    if text != text.lower():
        return text
    if text.isalpha():
        return text[:1].upper() + text[1:]
    words = text.split()
    return " ".join(word if word in PARTICLES and len(words) > 1 else _capitalise_word(word) for word in words)


def _capitalise_word(word: str) -> str:
    """Capitalise a word and the words that hyphens join to it: Ростов-на-Дону."""
    first, *others = word.split("-")
    parts = [first[:1].upper() + first[1:]]
    return "-".join(
        parts + [part if part in _WORDS_BETWEEN_HYPHENS else part[:1].upper() + part[1:] for part in others]
    )


def _is_common(text: str, spelling: LikelySpelling, language: str = "") -> bool:
    """Tell whether a form is also a common word (Песков: of sands), by the Russian dictionary.

    A guess is one if any Cyrillic language has the word, since it counts in all of them.
    A guess in Latin letters may be one in some language: the matcher asks the word list of the article's. So may a case
    form of a `language` with a list, except of places of CLDR.
    In Arabic, where no capital tells a name, a guess that is a frequent word or another place counts as one, too:
    روسيا is Russia, not Rousseau.
    """
    script = script_of(text)
    if script == "latin":
        return spelling.source in _UNCHOSEN or (spelling.source != PLACE and _may_be_word(text, spelling, language))
    if script == "greek":
        return spelling.source in _UNCHOSEN and greek.is_frequent(text)
    if script == "arabic":
        if spelling.source in _UNCHOSEN:
            is_short = len(text) < _SHORTEST_PROOF or (spelling.language == "fa" and arabic_words.is_persian(text))
            return is_short or arabic_words.is_frequent(text) or (text == spelling.text and is_place(text))
        return _is_guess(spelling) and arabic_words.is_frequent(text) and not is_place(spelling.text)
    if spelling.source in _UNCHOSEN and spelling.language in cyrillic.LANGUAGES and is_cyrillic_word(text):
        return True
    # Кличка, a nickname of dogs, is a case of the Ukrainian Кличко alone.
    is_with_cases = spelling.language in _WITH_CASES
    if is_with_cases and morphology.is_common_word(text, "ru") and not small_letters.is_only_name(text):
        return True
    # The Ukrainian dictionary does not tell places from other nouns, only from kinds of beings (кравець, a tailor) and
    # verbs: Мали (Mali, they had).
    may_be_being = is_with_cases or spelling.language == _BULGARIAN
    if may_be_being and is_kind_of_being(text) and not small_letters.is_only_name(text):
        return True
    return is_with_cases and spelling.source not in _UNCHOSEN and morphology.is_verb(text, "uk")


def _may_be_word(form: str, spelling: LikelySpelling, language: str) -> bool:
    """Tell whether a case form of a name in Latin letters may be a word of its language: Rady, bosakiem.

    Turecku, of Turecko, is one behind po only, where no sentence begins.
    """
    name = spelling.text.lower()
    if language == "pl" and is_listed(name):
        return True
    return may_be_frequent(form, language) and not (name.endswith(_COUNTRIES) and form.endswith(_IN_ITS_LANGUAGE))


def _is_guess(spelling: LikelySpelling) -> bool:
    """Tell whether a spelling is transliterated, not written by somebody."""
    return spelling.confidence < _MIN_SUFFIX_CONFIDENCE


def _endings(spelling: LikelySpelling, text: str) -> list[_Ending]:
    """Return the forms of a lower-case spelling with each ending of the languages of its script."""
    script = script_of(text)
    if script == "cyrillic":
        return _russian_or_ukrainian(text, spelling)
    if script == "arabic":
        return [] if spelling.language == "fa" and spelling.source == GUESS else _with_arabic_particles(text, spelling)
    if script == "greek":
        return [(form, "", "el case", confidence) for form, confidence in greek.name_cases(text)]
    if script == "latin":
        return _turkish_or_western(text, spelling)
    guessed = _is_guess(spelling) and not is_place(text)
    forms = affixes.guess_affixed(text, script, spelling.rank) if guessed else affixes.affixed(text, script)
    return [(form, "", "particle", affixes.CONFIDENCE) for form in forms]


def _with_arabic_particles(text: str, spelling: LikelySpelling) -> list[_Ending]:
    """Return a name with attached particles, and a guessed Arabic one with the article that it may lack: Assad, الأسد.

    With an article, a given name is an ordinary word (الباسل, the brave), which is no proof, as frequent words are.
    """
    guessed = _is_guess(spelling)
    forms = arabic_words.name_forms(text, guessed=guessed, takes_article=guessed and spelling.takes_article)
    if not guessed:
        return [(form, "", "ar particle", _WITH_PARTICLE) for form in forms]
    found: list[_Ending] = []
    for form in forms:
        share = _WITH_PARTICLE if len(form) > _LONGEST_DOUBTFUL else _SHORT_WITH_PARTICLE
        has_added_article = form.startswith(_ARTICLES) and not text.startswith(_ARTICLES[0])
        if has_added_article and (is_arabic_given_name(text) or arabic_words.is_frequent(text)):
            found.append((form, _home(form), "ar particle", min(share, _DOUBTFUL / spelling.confidence)))
        elif not arabic_words.is_frequent(form):
            found.append((form, _home(form), "ar particle", share))
    return found


def _home(form: str) -> str:
    """Return the language that a guess in Arabic letters counts in: only its own if it is an ordinary Persian word."""
    return "ar" if arabic_words.is_persian(form) else ""


def _russian_or_ukrainian(text: str, spelling: LikelySpelling) -> list[_Ending]:
    """Return the cases, and the plural unless the spelling is a guess or a place.

    They count in articles of any language, since outlets often declare Ukrainian and write Russian; a capital is
    required, which an ordinary word of the other language rarely has. But Борисова is a case of Борисов only in
    languages with cases: in Bulgarian it is a woman.
    """
    language = spelling.language
    if language == _BELARUSIAN:
        # Захарова is a case of Захароў, and in Russian the woman.
        return [
            (form, "" if is_belarusian(form) else language, "be ending", share)
            for form, share in cyrillic.name_cases(text, language)[1:]
        ]
    if language not in ("ru", "uk") or (spelling.source == GUESS and _foreign_in_o(text)):
        return []
    found = [
        (form, home, f"{language} case", confidence)
        for form, confidence in cyrillic.name_cases(text, language)[1:]
        for home in (_WITH_CASES if _womans_surname(form) else ("",))
    ]
    if spelling.confidence >= _MIN_PLURAL_CONFIDENCE and not is_place(text):
        found += [
            (form, "", f"{language} plural", confidence) for form, confidence in cyrillic.plural_cases(text, language)
        ]
    return found


def _turkish_or_western(text: str, spelling: LikelySpelling) -> list[_Ending]:
    """Return Turkish, Polish, Czech and German endings, for written spellings, or a guess in its own language."""
    # The genitive of a short guess is too many other words: Han for Khan, and so Hans.
    shortest = _MIN_SUFFIX_LENGTH if spelling.source == GUESS else _MIN_ENDING_LENGTH
    if len(text) < shortest or (_is_guess(spelling) and not spelling.language):
        return []
    found: list[_Ending] = []
    if spelling.language in ("", "tr") and len(text) >= _MIN_SUFFIX_LENGTH:
        suffixes = case_suffixes(text) if spelling.source == GUESS else name_suffixes(text)
        found += [(form, "tr", "tr suffix", confidence) for form, confidence in suffixes]
    if _is_turkish_guess(spelling):
        return found
    # Other languages write the German genitive -s behind names, too.
    own = ("cs", "sk") if spelling.language == "cs" else (spelling.language,)
    wanted = ("pl", "cs", "de", "sk", "ro") if spelling.language in ("", WESTERN) else (*own, "de")
    endings = name_endings(text)
    least = _LEAST_OF_GUESS / spelling.confidence if spelling.source == GUESS else 0.0
    found += [(form, one, f"{one} ending", share) for one, form, share in endings if one in wanted and share >= least]
    for one in WITH_VOCATIVES if not is_place(text) else ():
        called = vocatives_alone(text, one) if one in wanted else []
        found += [(form, one, f"{one} vocative", _VOCATIVE_CONFIDENCE) for form in called]
    if "cs" in wanted and not (is_place(text) or is_given_name(text)):
        womans = eastern_womans_surname if spelling.source == GUESS else foreign_womans_surname
        womans = womans_surname if spelling.only_at_home else womans
        found += [(form, "cs", WOMANS_SURNAME, _NOUN_CONFIDENCE) for form in womans(text)]
    for one in ("pl", "cs", "de") if spelling.source != GUESS else ():
        forms = dictionary.noun_forms(text, one) if one in wanted else []
        found += [(form, one, f"{one} dictionary", _NOUN_CONFIDENCE) for form in forms]
    return found
