"""Transliterate between Arabic or Greek letters and Latin or Cyrillic ones, as news spells names.

Not through Latin letters between the others, since Γ, غ and Г, τσ and Ц, -οφ and -ов correspond directly.
"""

from __future__ import annotations

import re
from functools import lru_cache

from monitor.text.forms.script import fold, script_of
from monitor.text.forms.translit import arabic_vowels
from monitor.text.forms.translit.spelling_tables import spelling_rules

_arabic = re.compile(
    "^(?:ab[du]|db[aei]|ibn|umm|[^aeiou]awa|ben[gkhs][^aeo])|q(?!u)|[kg]h(?!t)|dh|aa|w[ai]$|ullah|allah|[ae]ddin|"
    "ou[dnmrsf]|oub$|[^aeiou]ouly$|^j[ou]m[abh]|ouch[ei]?|[aeiou][kqgbm]hr|[ai]y?y?eh$|[aeiou]h$|[^ou]wa[rnf]$|ww|yy[aeio]|[uo]nis$|"
    "[^aeiou](?:aw|ar|an|ir|ad|am|ub|af|al|at|uz|im)i$|[aeiou][rlmbs]h[aiu]|'"
).search
_foreign = re.compile(
    "[pvxäöüñçõã]|c(?!h)|[szkf]ch|tz|sz|zs|q[ui]|[eo]a|[ou]e|[aei]u|u[io]|o[io]|[ye]e|e[oy]|ay$|w[^aei]|[aeou]w(?![aei])|"
    "[^aeiou]y$|io|o$|[^aeiou]e$|e[ai]$|h[nmlr]|[^aeiou]y[^aeiou]|"
    "^(?!sh|kh|gh|dh|th|ch|db|al|el)[^aeiouy'][^aeiouy']|^(?:sh|kh|gh|th|ch)[^aeiouyw]|"
    "[lnr][dtkg]s?$|[sfc]t$|n[gk]|r[kln]$|ll$|ss$|tt$|ff$|nn$|rr$|"
    "(?:[st]on|sen|man|[eo][lrv]|on|in|ski|[iou]ch|[ieauo]s|ez|uk|k[oa]|ins|e[nl]s|ell|and|ard|ert|berg)$"
).search
"""What Arabic names in Latin letters do not have, or less often than those of other languages; own list."""
_foreign_in_cyrillic = re.compile(
    "[пёщцъ]|[аоуыэеи]о|^(?!дж|дб)[^аоуыэеияю][^аоуыэеияюь]|[^аоуыэеи]ы|"
    "(?:[оеи]в|[иы]н|ск(?:ий|а)|к[оу]|[ую]к|ич|[оы]й|[стм]он|[мл]ен|ман|ер|ель|[оу]|[лрн]д|н[гк]|кс|[нрс]т|[еоу]с|берг|ян)ь?$"
).search
"""The same in Russian and Ukrainian letters."""
_greek_ending = re.compile("(?:[αηιου]σ|[^τ]ου|εωσ|αδη|ακη)$").search
"""How most Greek surnames end in Greek letters, and few foreign ones."""
_greek_in_cyrillic = re.compile("..(?:[аиіо]с|ак[иі]|[иі]ду|пулу)$").search
"""The same in Cyrillic letters."""
_UNLIKELY_COST = 0.05
_FOREIGN_COST = 0.1
_MOST_NATIVE = 16
_MOST_PERSIAN, _SHORTEST_PERSIAN = 4, 5
"""How many letters a Persian spelling of a Cyrillic name has: too many shorter ones are words."""
_MOST_TO_HEBREW, _MOST_BY_LETTERS = 5, 3
_MOST_GREEK, _MOST_DOUBLED = 8, 5
_ABROAD_COST = 0.04
_is_unvocalised = re.compile("[^aeiou]{4}|^[^aeiou]{3}|y$").search
"""What a Latin spelling without the short vowels has, and one in -y."""
_KEPT = "aeol"
"""Double letters that Arabic names keep: Sanaa, Saeed, Mahmood, Nasrallah."""
_intensive = re.compile(r"^([^aeiouаэиу]{1,2}[aа])([^aeiouаэиу])\2([aа])(?=[^aeiouаэиу]h?i?$)").sub
_SHORTEST_WITH_ARTICLE = 5
_SHORTEST_ARABIC = 4


def _without_doubles(word: str, kept: str = "") -> str:
    """Return the word with double letters but the `kept` ones written once.

    Neither Arabic nor, in foreign names, Greek doubles them.
    """
    return "".join(letter for at, letter in enumerate(word) if at == 0 or letter in kept or letter != word[at - 1])


def looks_arabic(word: str) -> bool:
    """Tell whether a Latin spelling has what foreign names in Latin letters rarely have, so that it may be Arabic."""
    return _arabic(fold(word)) is not None


def may_be_arabic(word: str) -> bool:
    """Tell whether a Latin or Cyrillic spelling has nothing that Arabic names hardly have (Haftar, Басра)."""
    foreign = _foreign if script_of(word) == "latin" else _foreign_in_cyrillic
    return len(word) >= _SHORTEST_ARABIC and foreign(fold(word)) is None


@lru_cache(maxsize=4096)
def arabic_spellings(word: str) -> tuple[tuple[str, float], ...]:
    """Return Arabic spellings of a Latin or Cyrillic `word`, the name of a foreigner, with their costs."""
    if script_of(word) == "cyrillic":
        return cyrillic_arabic_greek_spellings(word, "cyrillic", "arabic")
    return _from_latin(word, "latin-arabic", 8)


@lru_cache(maxsize=4096)
def native_arabic_spellings(word: str) -> tuple[tuple[str, float], ...]:
    """Return Arabic spellings of a Latin or Cyrillic `word`, an Arabic name, with their costs.

    The vowel behind a double consonant is long, as in Fattah, Abbas and Nawwaf (Ryding, chapter 5: the noun of
    profession).
    """
    word = _intensive(r"\1\2\3\3", fold(word) if script_of(word) == "cyrillic" else word)
    if script_of(word) == "cyrillic":
        spelled = spelling_rules("cyrillic-arabic", "native").spell(_without_doubles(word, "ал"), _MOST_NATIVE)
    else:
        spelled = list(_from_latin(word, "latin-arabic", _MOST_NATIVE, "native"))
    return tuple((text.strip("_").replace("_", " "), cost) for text, cost in spelled)


def hebrew_of_arabic(word: str) -> dict[str, float]:
    """Return Hebrew spellings of a Latin `word`, an Arabic name, by the letters of its Arabic ones, with costs."""
    found: dict[str, float] = {}
    for arabic, cost in native_arabic_spellings(word)[:_MOST_TO_HEBREW]:
        for text, more in hebrew_of_letters(arabic):
            found[text] = min(found.get(text, 9.0), round(cost + more, 2))
    return found


def hebrew_of_letters(word: str) -> list[tuple[str, float]]:
    """Return the likeliest Hebrew spellings of an Arabic word, letter by letter, with their costs."""
    return spelling_rules("arabic-hebrew").spell(word, _MOST_BY_LETTERS)


@lru_cache(maxsize=4096)
def romanised_spellings(word: str) -> tuple[tuple[str, float], ...]:
    """Return the Latin spellings of an Arabic name in English, French and German, with their costs."""
    found: dict[str, float] = {}
    for language in ("english", "french", "german"):
        for text, cost in romanised_in(word, language, 8):
            found[text] = min(found.get(text, 9.0), cost)
    found.pop(word, None)
    return tuple(sorted(found.items(), key=lambda pair: pair[1]))


@lru_cache(maxsize=4096)
def persian_spellings(word: str) -> tuple[tuple[str, float], ...]:
    """Return the Persian spellings of a Latin `word`, a foreigner's name, or of a Cyrillic one, with their costs."""
    if script_of(word) == "cyrillic":
        spelled = spelling_rules("cyrillic-arabic", "persian").spell(fold(word), _MOST_PERSIAN)
        return tuple((text, cost) for text, cost in spelled if len(text) >= _SHORTEST_PERSIAN)
    return _from_latin(word, "latin-arabic", _MOST_PERSIAN, "persian")


def romanised_in(word: str, language: str, most: int) -> tuple[tuple[str, float], ...]:
    """Return at most `most` spellings of an Arabic name in one language (`czech`) with their costs."""
    return _from_latin(word, "romanised-latin", most, language)


@lru_cache(maxsize=4096)
def greek_by_sound(word: str) -> tuple[tuple[str, float], ...]:
    """Return Greek spellings of a Latin `word`, the name of a foreigner, with their costs."""
    return _from_latin(word, "latin-greek", 8)


def _from_latin(word: str, pair: str, most: int, table: str = "news") -> tuple[tuple[str, float], ...]:
    """Return spellings of a Latin word; a letter with a mark is folded unless the table has a line for it (č, ş)."""
    rules = spelling_rules(pair, table)
    letters = "".join(letter if letter in rules.letters else fold(letter) for letter in word.lower())
    once = letters if pair == "romanised-latin" else _without_doubles(letters, _KEPT if table == "native" else "")
    return tuple(rules.spell(once, most))


@lru_cache(maxsize=4096)
def latin_from(word: str, script: str) -> tuple[tuple[str, float], ...]:
    """Return Latin spellings of a word of `script` (`arabic` or `greek`) with their costs, cheapest first.

    Of Arabic, French and German write sh otherwise than English: Charaa, Scharaa.
    """
    english = [(text, cost) for text, cost in _spelled(word, script, "latin", 20) if text.isascii()]
    abroad = [
        (text, round(cost + _ABROAD_COST, 2))
        for one, cost in english
        if script == "arabic" and "sh" in one and not _is_unvocalised(one)
        for language in ("french", "german")
        for text, _ in _from_latin(one, "romanised-latin", 1, language)
    ]
    return tuple(sorted([*english, *abroad], key=lambda pair: pair[1]))


@lru_cache(maxsize=4096)
def cyrillic_arabic_greek_spellings(word: str, source: str, target: str) -> tuple[tuple[str, float], ...]:
    """Return lower-case spellings of a word of one script in another, with their costs."""
    if source == "arabic":
        return tuple(_spelled(word, source, target, 10))
    if source == "cyrillic" and target == "greek" and _greek_in_cyrillic(fold(word)):
        native = spelling_rules("cyrillic-greek", "native").spell(fold(word), _MOST_GREEK)
        foreign = _spelled(_without_doubles(fold(word)), source, target, _MOST_GREEK)
        return (*native, *((text, round(cost + _FOREIGN_COST, 2)) for text, cost in foreign))
    if source == "greek" and target == "cyrillic" and _without_doubles(fold(word)) != fold(word):
        kept = _spelled(fold(word), source, target, _MOST_DOUBLED)
        return (*kept, *_spelled(_without_doubles(fold(word)), source, target, _MOST_DOUBLED))
    return tuple(_spelled(_without_doubles(fold(word)), source, target, 8))


def _spelled(word: str, source: str, target: str, most: int) -> list[tuple[str, float]]:
    """Return spellings of a word by one table; of an Arabic one both as a foreign name and as a native one.

    A native name has short vowels, which are not written, and perhaps the article, which foreign newsrooms leave out.
    """
    letters = fold(word)
    if source == "greek" and target == "latin" and _greek_ending(letters):
        native = spelling_rules("greek-latin", "native").spell(letters, _MOST_NATIVE)
        foreign = spelling_rules("greek-latin").spell(letters, most)
        return native + [(text, round(cost + _FOREIGN_COST, 2)) for text, cost in foreign]
    if source != "arabic":
        return spelling_rules(f"{source}-{target}").spell(letters, most)
    bare = letters[2:] if letters.startswith("ال") and len(letters) >= _SHORTEST_WITH_ARTICLE else letters
    is_native = bare != letters or arabic_vowels.is_native(word)
    found: dict[str, float] = {}
    readings = [("news", bare, _UNLIKELY_COST if is_native else 0.0)]
    vocalised = arabic_vowels.vocalised(bare)
    readings += [("native", text, 0.0 if is_native else _UNLIKELY_COST) for text in vocalised]
    if target == "latin" and (is_native or len(vocalised) > 1):
        readings.append(("french", vocalised[-1], _UNLIKELY_COST))
    if target == "latin" and (persian := arabic_vowels.vocalised_before_ian(bare)):
        readings.append(("persian", persian, 0.0))
    for table, reading, cost in readings:
        for text, table_cost in spelling_rules(f"arabic-{target}", table).spell(reading, most):
            found[text] = min(found.get(text, 9.0), round(cost + table_cost, 2))
    return sorted(found.items(), key=lambda pair: pair[1])
