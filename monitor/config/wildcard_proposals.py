"""Propose wildcards for what a rule looks for, in languages whose endings nothing knows: Orbán* for name(Orbán)."""

from __future__ import annotations

from collections.abc import Iterable

from monitor.model import Form
from monitor.query import Scope, names_of, words_of
from monitor.text.forms.languages import SCRIPTS_WITHOUT_FORMS
from monitor.text.forms.script import script_of
from monitor.text.forms.translit import armenian_or_georgian

_SHORTEST_STEM = 3
"""A wildcard wants as many letters before it."""
_MOST = 3
_ENDINGS = {
    "ka": ("ი",),
    **dict.fromkeys(("fi", "et"), ("nen",)),
    **dict.fromkeys(("bs", "hr", "sl", "lt", "lv"), ("a", "e", "o")),
    **dict.fromkeys(("be", "mk", "sr"), ("а", "я", "е", "о")),
}
"""Endings of the nominative that other cases replace: Moskva, Moskvi; Heikkinen, Heikkisen (own list)."""


def words_without_wildcard(query: str, scope: Scope, language: str) -> list[str]:
    """Return the names and words of a query that no wildcard covers in a language; any covers other scripts."""
    script = SCRIPTS_WITHOUT_FORMS[language]
    found = [word for word in dict.fromkeys((*names_of(query, scope), *words_of(query, scope))) if word.strip()]
    wildcards = [word.partition("*")[0].casefold() for word in found if "*" in word and script_of(word) == script]
    return [word for word in found if "*" not in word and not _is_covered(word, wildcards, script)]


def _is_covered(word: str, wildcards: Iterable[str], script: str) -> bool:
    if script_of(word) != script:
        return any(True for _ in wildcards)
    return any(word.split()[-1].casefold().startswith(stem) for stem in wildcards)


def proposed_wildcards(query: str, scope: Scope, language: str) -> list[str]:
    """Return at most three wildcards for the names of a query, or for its words in the script of a language."""
    words, names = words_without_wildcard(query, scope, language), frozenset(names_of(query, scope))
    script = SCRIPTS_WITHOUT_FORMS[language]
    spellings = [_spelling(word, scope, script) for word in words if word in names]
    spellings = spellings or [word for word in words if script_of(word) == script]
    stems = dict.fromkeys(_stem(spelling, language) for spelling in spellings)
    return [f"{stem}*" for stem in stems if len(stem) >= _SHORTEST_STEM][:_MOST]


def _spelling(name: str, scope: Scope, script: str) -> str:
    """Return the last word of a name in a script, transliterated from its Russian spelling where no form is in it."""
    if script_of(name) == script:
        return name.split()[-1]
    forms = [form for form in scope.names(name) if form.language in ("", "ru")]
    if script in ("armenian", "georgian"):
        if own := _first_in(forms, script):
            return own
        return armenian_or_georgian(_first_in(forms, "cyrillic"), script)
    return _first_in(forms, script)


def _first_in(forms: Iterable[Form], script: str) -> str:
    return next((form.text.split()[-1] for form in forms if script_of(form.text) == script), "")


def _stem(word: str, language: str) -> str:
    """Return what a word's cases have in common."""
    ending = next((one for one in _ENDINGS.get(language, ()) if word.endswith(one)), "")
    return word.removesuffix(ending)


def language_name(code: str) -> str:
    """Return the English name of a language with its code: Hungarian (“hu”)."""
    from babel import Locale

    name = Locale("en").languages.get(code)
    return f"{name} (“{code}”)" if name else f"“{code}”"
