"""Warn of outlets in languages whose endings nothing knows, so that rules find a word there only as it is written."""

from __future__ import annotations

from collections.abc import Mapping

from monitor.config.cross_file_problems import ProblemReport
from monitor.config.outlet_entries import OutletIndex
from monitor.config.wildcard_proposals import language_name, proposed_wildcards, words_without_wildcard
from monitor.query import Compiled, Scope
from monitor.text import counted
from monitor.text.forms.languages import SCRIPTS_WITHOUT_FORMS

_MOST_NAMED = 3
_EXAMPLES = {"cyrillic": "Орбан*", "armenian": "Օրբան*", "georgian": "ორბან*"}
"""What stands in the hint where the rules have nothing to propose."""


def check_languages(index: OutletIndex, compiled: Mapping[str, Compiled], scope: Scope, report: ProblemReport) -> None:
    """Warn once of each such language that an active outlet declares, with wildcards for the rules that read it."""
    for language, (parsed_file, loc) in index.first_of_language.items():
        if language not in SCRIPTS_WITHOUT_FORMS:
            continue
        outlets = frozenset(one.name for one in index.outlets.values() if one.language == language)
        readers = [one for one in compiled.values() if (read := one.matcher.outlets()) is None or read & outlets]
        affected = [one for one in readers if words_without_wildcard(one.text, scope, language)]
        if affected:
            message = f"no endings of {language_name(language)} are known: words and names are found in it only as "
            report.warn(parsed_file, loc, f"{message}they are written", _advice(affected, scope, language))


def _advice(affected: list[Compiled], scope: Scope, language: str) -> str:
    """Return the wildcards to write into each of the first rules, or an example where there are none."""
    named = affected[:_MOST_NAMED]
    proposals = {one.name: proposed_wildcards(one.text, scope, language) for one in named}
    if not any(proposals.values()):
        example = _EXAMPLES.get(SCRIPTS_WITHOUT_FORMS[language], "Orbán*")
        rules = ", ".join(f"“{name}”" for name in proposals)
        return f"in {rules}, write names in its letters beside them, with a wildcard: as {example} for Orbán"
    advice = "; ".join(f"“{name}”: OR {' OR '.join(found)}" for name, found in proposals.items() if found)
    more = len(affected) - len(named)
    rest = f"; for {counted(more, 'more rule')}, see `monitor forms --rule NAME`" if more else ""
    return f"add wildcards to rule {advice}{rest}"
