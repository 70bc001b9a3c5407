"""One spelling with every case ending of the languages of its script, capitalised as names are."""

from __future__ import annotations

from monitor.model import Form
from monitor.text.forms import affixes, arabic_words, cyrillic, greek, morphology
from monitor.text.forms.known_spellings import is_place
from monitor.text.forms.script import CAPITALISED, PARTICLES, script_of
from monitor.text.forms.spellings import GENITIVE, LikelySpelling
from monitor.text.forms.turkish_suffixes import name_suffixes
from monitor.text.forms.western_endings import name_endings

_SUFFIXED_FROM = 0.96
_PLURAL_FROM = 0.85
_SHORTEST_SUFFIXED = 4
_LONGEST_ACRONYM = 5
_INSIDE = PARTICLES | {"на", "над", "под", "sur", "sous", "am", "an", "im", "ob", "on", "upon", "of"}
"""Small words between hyphens: Ростов-на-Дону."""
_Ending = tuple[str, str, str, float]


def cased(spelling: LikelySpelling, written: str = "") -> list[Form]:
    """The spelling itself, then its forms; `written` keeps capitals that somebody gave it (McCain)."""
    text = written or spelling.text
    capital = script_of(text) in CAPITALISED
    common = capital and _is_common(text, spelling.language)
    # Without capitals to tell them by, the Persian ریاض (Riyadh) would be found in every Arabic رياض (gardens).
    language = "fa" if spelling.language == "fa" else ""
    first = Form(titled(text) if capital else text, language, spelling.source, spelling.confidence, capital, common)
    if _is_acronym(text):
        return [first]
    return [first, *(_form(first, spelling, ending) for ending in _endings(spelling, text.lower()))]


def _is_acronym(text: str) -> bool:
    """Letters that are read one by one take no ending but after an apostrophe; МИД and the like do (МИДа)."""
    if not (text.isupper() and 1 < len(text) <= _LONGEST_ACRONYM):
        return False
    return script_of(text) != "cyrillic" or text[-1] in "АЕЁИОУЫЭЮЯІЇЄ"


def titled(text: str) -> str:
    """Capital first letters but for `von`, `bin`...; a word with capitals of its own (O'Leary, McCain) keeps them."""
    if text != text.lower():
        return text
    return " ".join(word if word in PARTICLES else _with_capitals(word) for word in text.split())


def _with_capitals(word: str) -> str:
    first, *others = word.split("-")
    parts = [first[:1].upper() + first[1:]]
    return "-".join(parts + [part if part in _INSIDE else part[:1].upper() + part[1:] for part in others])


def _is_common(text: str, language: str) -> bool:
    """Песков is also sand in the genitive plural; only the Russian dictionary tells names and words apart."""
    return language == "ru" and morphology.is_common_word(text, language)


def _form(first: Form, spelling: LikelySpelling, ending: _Ending) -> Form:
    text, language, source, sure = ending
    common = first.capital and _is_common(text, spelling.language)
    confidence = round(spelling.confidence * sure, 2)
    shown = titled(text) if first.capital else text
    return Form(shown, language, f"{spelling.source}, {source}", confidence, first.capital, common)


def _endings(spelling: LikelySpelling, text: str) -> list[_Ending]:
    """(form, language that it counts in, what it is, confidence) for each ending."""
    script = script_of(text)
    if script == "cyrillic":
        return _cyrillic(text, spelling)
    if script == "arabic":
        # A guess at a name may have left the article out: Assad, الأسد.
        guessed = spelling.confidence < _SUFFIXED_FROM
        return [(form, "", "ar particle", 0.9) for form in arabic_words.name_forms(text, article=guessed)]
    if script == "greek":
        return [(form, "", "el case", sure) for form, sure in greek.name_cases(text)]
    if script == "latin":
        return _latin(text, spelling)
    return [(form, "", "particle", affixes.SURE) for form in affixes.affixed(text, script)]


def _cyrillic(text: str, spelling: LikelySpelling) -> list[_Ending]:
    # Counted in articles of any language: outlets often declare Ukrainian and write Russian, and a capital is required.
    language = spelling.language
    if language not in ("ru", "uk"):
        return []
    found = [(form, "", f"{language} case", sure) for form, sure in cyrillic.name_cases(text, language)[1:]]
    if spelling.confidence >= _PLURAL_FROM and not is_place(text):
        found += [(form, "", f"{language} plural", sure) for form, sure in cyrillic.plural_cases(text, language)]
    return found


def _latin(text: str, spelling: LikelySpelling) -> list[_Ending]:
    """Turkish, Polish, Czech and German endings: of what was written down, and of a guess in its own language."""
    if len(text) < _SHORTEST_SUFFIXED or not (spelling.confidence >= _SUFFIXED_FROM or spelling.language):
        return []
    found: list[_Ending] = []
    if spelling.language in ("", "tr"):
        found += [(form, "tr", "tr suffix", sure) for form, sure in name_suffixes(text)]
    wanted = ("pl", "cs", GENITIVE) if spelling.language == "" else (spelling.language, GENITIVE)
    endings = name_endings(text)
    return found + [(form, one, f"{one} ending", sure) for one, form, sure in endings if one in wanted]
