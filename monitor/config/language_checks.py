"""Warn of outlets in languages whose endings nothing knows, so that rules find a word there only as it is written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from monitor.config.cross_file_problems import ProblemReport
from monitor.config.outlet_entries import OutletIndex
from monitor.query import Compiled, Scope, names_of, words_of
from monitor.text.forms.languages import SCRIPTS_WITHOUT_FORMS
from monitor.text.forms.script import script_of

_MOST_NAMED = 3
_EXAMPLES = {"cyrillic": "Орбан*", "armenian": "Օրբան*", "georgian": "ორბან*"}
"""What stands in the hint where the rules have nothing in the letters of the language."""


def check_languages(index: OutletIndex, compiled: Mapping[str, Compiled], scope: Scope, report: ProblemReport) -> None:
    """Warn once of each such language that an active outlet declares, with the rules that read it and a wildcard."""
    for language, (parsed_file, loc) in index.first_of_language.items():
        if (script := SCRIPTS_WITHOUT_FORMS.get(language)) is None:
            continue
        outlets = frozenset(one.name for one in index.outlets.values() if one.language == language)
        readers = [one for one in compiled.values() if (read := one.matcher.outlets()) is None or read & outlets]
        words = {
            one.name: _without_wildcard((*names_of(one.text, scope), *words_of(one.text, scope)), script)
            for one in readers
        }
        affected = [name for name, found in words.items() if found]
        if affected:
            word = next((word for name in affected for word in words[name] if script_of(word) == script), "")
            name = _language_name(language)
            message = f"no endings of {name} are known: words and names are found in it only as they are written"
            report.warn(parsed_file, loc, message, f"in {_listed(affected)}, {_advice(word, script)}")


def _without_wildcard(words: Iterable[str], script: str) -> list[str]:
    """Return the words and names that no wildcard of the query covers; one of another script is covered by any."""
    found = [word for word in dict.fromkeys(words) if word.strip()]
    wildcards = [word.partition("*")[0].casefold() for word in found if "*" in word and script_of(word) == script]
    return [
        word
        for word in found
        if "*" not in word
        and not (
            any(word.split()[-1].casefold().startswith(stem) for stem in wildcards)
            if script_of(word) == script
            else wildcards
        )
    ]


def _advice(word: str, script: str) -> str:
    """Return what to write; `word` is one of the rules in the script of the language, or empty where they have none."""
    if word:
        return f"write a wildcard beside them: {word.split()[-1]}*"
    example = _EXAMPLES.get(script, "Orbán*")
    return f"write their spelling in its letters beside them, with a wildcard: as {example} for Orbán"


def _language_name(code: str) -> str:
    from babel import Locale

    name = Locale("en").languages.get(code)
    return f"{name} (“{code}”)" if name else f"“{code}”"


def _listed(names: list[str]) -> str:
    more = f" and {len(names) - _MOST_NAMED} more" if len(names) > _MOST_NAMED else ""
    quoted = [f"“{name}”" for name in names[:_MOST_NAMED]]
    return ("rule " if len(names) == 1 else "rules ") + ", ".join(quoted) + more
