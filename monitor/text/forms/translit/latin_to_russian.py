"""Transliterate from Latin letters to Russian, with a table for each spelling tradition that a name may be of.

Own heuristic: patterns show which traditions a name may be of, and costs prefer those whose pattern matches.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from monitor.text.forms.script import fold
from monitor.text.forms.translit.arabic_greek import looks_arabic
from monitor.text.forms.translit.english_names import russian_by_sound
from monitor.text.forms.translit.lost_signs import signed_readings, table_of
from monitor.text.forms.translit.slavic_sounds import looks_like_slavic_place
from monitor.text.forms.translit.spelling_tables import spelling_rules

# The syllables of pinyin, and those of them that hardly any other language has.
_PINYIN = (
    "(?:[zcs]h|[bpmfdtnlgkhjqxrzcsyw])?(?:[iu]ang|iong|uan|uai|iao|ian|[aeio]ng|[iu]a|[iu]e|iu|ui|uo|[aeiu]n|[ae]i|ao|ou|"
    "er|[aeiou](?![aeiou]))"
)
_TELLING_PINYIN = "zh|x|q(?!u)|[iuy]ang|eng|ong$|iao|uo|iu$|[dtgkhlj]ao|[jx]i|[jqxl]ian|(?:[zcs]h|[gkh])uan"
_PATTERNS = {
    "turkish": re.compile("[şğıİ]|oğlu$|oglu$|han$|^öz|^gül|çe"),
    "polish": re.compile("[łńśćżźąę]|sz|cz|rz|[cs]ki$|[cs]ka$"),
    "german": re.compile("[äöüß]|sch|tz|mann$|ck|berg$|stein$|ei|hl|th|ll?er$|cht|knecht|hofer$|^kn|bach$"),
    "french": re.compile(
        "[éèêëçâîô]|eau|oux?$|[aeio]t$|[^aeou]ier$|iez$|ard$|^d[eu]|^l[ea]|ch(?=e)|^ch|ois$|ette?$|gn|qu[ei]|[aeo]nde$|"
        r"au\w*in$|ffin$|ieu$|rand$|llant$|on[dt]$|[cpv]ron$|[ae]b?vre$"
    ),
    "romance": re.compile("[ñãõáíóú]|[aeioz]$|ez$|es$|os$|gh|cch|zz|cci"),
    "japanese": re.compile(
        "^(?:(?:[kgnbpmr]|sh|ch|j)?[aiueo]|[sz][aueo]|[td][aeo]|h[aieo]|[ft]s?u|y[auo]|w[ao]|[knhmrgbp]y[auo]|"
        "n(?![aiueo])|oh)+$"
    ),
    "romanian": re.compile("[țșăţş]|(?:esc|[bdgn]ean|ac|oi|ar|el|ol|at|ur|an|il|er|ic)u$|eanca$|oiu$"),
    "chinese": re.compile(f"^(?=.*(?:{_TELLING_PINYIN}))(?:{_PINYIN}){{1,3}}$"),
    "czech": re.compile("[čšžřěůďťňņļķģľĺŕđćāēīūėęįų]|[cs]ký$|ová$"),
    "unmarked": re.compile(
        "^(?=[a-z]*c(?!h))[a-z]*ova$|^[a-z]*(?:ics?|[aeiou]s|[cszjrl]ek|[cszj]ik|[cszr]ka|[csz]ak|[cszk]ov[ai]?|[cs]k[iya]|oglu|[cs]uk|sz|ch|[ns]a|"
        "u(?:ll|tt|nn|rr|hl|hn)er|o(?:ll|hl|d)er|esa|yte|iene|auskas|[cs]an|[cs]ar|[lr]ic|ar|at|ny)$"
    ),
    "hungarian": re.compile(r"[őű]|sz|zs|gy|[ln]y|ty|\wcs(?=[aeiouáéíóöüőűk]|$)|[áéíóöú].*(?:[krnmdhtyi]|th)$|^.á"),
    "scandinavian": re.compile(
        "[åøæäö]|ss?on$|sen$|qvist$|str[öo]m$|berg$|lund$|gren$|gaard$|nen$|dahl$|stad$|sj|kj|hj"
    ),
    "dutch": re.compile("ij|aa|uy|oe|^van|sma$|stra$|ink$|mans$|ders$|[iou]tte$|sch|veld|eeu|ee|dijk$|hof$"),
    "albanian": re.compile("xh|ë|gj|^q(?!u)"),
    "portuguese": re.compile("[ãõ]|(?<=[aeiou])[ln]h[aeo]"),
    "greek": re.compile("(?:[aeiou]s|aki|opoulo[su]|ou|idi|atou)$|ou|ch"),
    "arabic": re.compile(
        "^(?:a[bhl]|mu?o?[hk]|m[uo][hsj]|kh|gh|sh|q|j|h|ra|ya|sa|fa|na)|[aiu]d$|[aiu]n$|[iy]$|aa|ee|oo|kh|gh|q|[aiu]h$|ou"
    ),
    "slavic": re.compile(
        "(ov|ev|off|eff|ow|ew|in|yn|sk[iy]+|skij|sky|ski|ova|eva|ina|yna|aya|aia|aja|[iy]ch|enko|uk|yuk|iuk|"
        "[ao]k|ets|iy|yy|ii|iants|yan|ts|[sc]h[vw]ili|szwili|dze|kh.*|zh.*|shch.*|ka|ko|ik|ich|ov[iy]ch)$"
    ),
}
_COST_WITHOUT_PATTERN = {
    "japanese": 0.5,
    "romanian": 0.5,
    "chinese": 0.5,
    "czech": 0.5,
    "unmarked": 0.5,
    "hungarian": 0.5,
    "scandinavian": 0.5,
    "dutch": 0.5,
    "greek": 0.5,
    "albanian": 0.5,
    "portuguese": 0.5,
    "arabic": 0.5,
    "turkish": 0.5,
    "polish": 0.5,
    "german": 0.1,
    "french": 0.3,
    "romance": 0.2,
    "slavic": 0.08,
    "english": 0.0,
}
_COST_WITH_PATTERN = {"unmarked": 0.12, "arabic": 0.1, "greek": 0.1, "dutch": 0.07, "scandinavian": 0.03}
_MARKED = frozenset(
    {
        *("turkish", "polish", "german", "french", "romance", "czech", "hungarian", "scandinavian", "romanian"),
        *("portuguese", "albanian"),
    }
)
"""The traditions whose tables have letters with marks."""
_UNMARKED = _COST_WITHOUT_PATTERN.keys() - _MARKED
_COST_OF_ANOTHER = 0.14
_PROOFS = {
    "english": re.compile("cester$|^mc(?!h)"),
    "albanian": re.compile("xh"),
    "portuguese": re.compile("[ãõ]"),
    "greek": re.compile("tzis$|tzakis$"),
    "polish": re.compile("[łńśźżąę]|szcz|wicz$|[bgkpt]rz[aeiyóu]|^rz"),
    "turkish": re.compile("[şğı](?!.*[țăâ])"),
}
"""Letters that prove a tradition, so that the readings of others are unlikely."""
_COST_DISPROVED = 0.2
_ALSO_SLAVIC = ("slavic", "unmarked", "japanese")
"""Traditions of words that look Slavic, too: Caputova, Takaichi."""
_UNENGLISH = re.compile("^gh|gh[aiou]|q(?!u)|kh|dh|zh|aa|ii|uu|[^aeiou]j|[jvu]$")
"""Letters that English names do not have side by side, or at the end."""
_tripled, _misplaced_signs = re.compile(r"(.)\1\1+").sub, re.compile("[ьъ](?=[аоуыэьъ])").sub
_latin = re.compile("[a-zß-ɏ]").search
_MOST = 60
_OF_ARABIC = {"arabic": -0.1, "english": 0.07}
"""What a tradition costs more where the letters show that a name is Arabic."""
_IRISH = "o'"
"""What stands before Irish surnames, whose own part has its sound: O'Brien, О'Брайен."""
_SOUND_STEP = 0.07
"""What the second pronunciation of a listed surname costs."""


def looks_slavic(word: str) -> bool:
    """Tell whether a Latin spelling ends as Russian and Ukrainian names do, or as places in any convention."""
    return bool(_PATTERNS["slavic"].search(word.lower()) or looks_like_slavic_place(word))


def proved_tradition(word: str) -> str:
    """Return the only tradition that has the letters of a lower-case word (Polish for ę, szcz), or an empty text."""
    return next((tradition for tradition, proof in _PROOFS.items() if proof.search(word)), "")


@lru_cache(maxsize=1024)
def traditions(word: str) -> tuple[tuple[str, float], ...]:
    """Return the likely traditions of a word with the cost of each: low if its pattern matches."""
    plain = word.isascii()
    proved = proved_tradition(word)
    slavic, is_arabic = looks_slavic(word), looks_arabic(word)
    chosen = []
    for tradition, cost_without_pattern in _COST_WITHOUT_PATTERN.items():
        has_pattern = tradition in _PATTERNS and _PATTERNS[tradition].search(word)
        cost = _COST_WITH_PATTERN.get(tradition, 0.0) if has_pattern else cost_without_pattern
        if tradition == "english" and _UNENGLISH.search(word):
            cost += _COST_OF_ANOTHER
        # A word with marks is not the romanisation of a Cyrillic one.
        is_another = tradition in _UNMARKED if not plain else slavic and tradition not in _ALSO_SLAVIC
        cost += _COST_OF_ANOTHER if is_another else 0.0
        cost += _COST_DISPROVED if proved not in ("", tradition) else 0.0
        if is_arabic and tradition in _OF_ARABIC:
            cost += _OF_ARABIC[tradition]
        if cost < 0.4:
            chosen.append((tradition, cost))
    return tuple(chosen)


@lru_cache(maxsize=4096)
def russian_spellings(word: str) -> tuple[tuple[str, float], ...]:
    """Return lower-case Russian spellings of a Latin `word` with their costs (0 and more), cheapest first."""
    if word.lower().startswith(_IRISH) and len(word) > len(_IRISH):
        return tuple(_irish(russian_spellings(word[len(_IRISH) :])))
    by_letters = russian_by_letters(word)
    sounds = {text: round(rank * _SOUND_STEP, 2) for rank, text in enumerate(russian_by_sound(word.lower()))}
    others = tuple(pair for pair in by_letters if pair[0] not in sounds)
    return (*sounds.items(), *others) if sounds else by_letters


def _irish(spelled: Iterable[tuple[str, float]]) -> Iterator[tuple[str, float]]:
    """Yield the spellings of an Irish surname, whose last letter newsrooms often do not double: О'Нил."""
    for text, cost in spelled:
        yield f"о'{text}", cost
        if text.endswith("лл"):
            yield f"о'{text[:-1]}", cost


@lru_cache(maxsize=1024)
def russian_by_letters(word: str) -> tuple[tuple[str, float], ...]:
    """Return the spellings that the tables give, without those of the listed English surnames."""
    # Python's lower case of İ is an i with a combining dot.
    word = word.lower().replace("i̇", "i")
    found: dict[str, float] = {}
    readings = [(word if one in _MARKED else fold(word), one, cost) for one, cost in traditions(word)]
    readings += [(one.text, table_of(one.language), one.cost) for one in signed_readings(word)]
    for letters, tradition, cost in readings:
        for text, table_cost in spelling_rules("latin-russian", tradition).spell(letters):
            # Rules for single letters can triple a letter, and write a soft or hard sign before a hard vowel.
            spelled = _misplaced_signs("", _tripled(r"\1\1", text))
            if table_cost + cost < found.get(spelled, 9.0):
                found[spelled] = table_cost + cost
    cyrillic = ((text, cost) for text, cost in found.items() if not _latin(text))
    return tuple(sorted(cyrillic, key=lambda pair: pair[1])[:_MOST])
