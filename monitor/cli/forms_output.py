"""Print the forms of a query by script, the most likely first, and what a text holds of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monitor.cli.output import table
from monitor.query.query_forms import INITIAL
from monitor.text import clean

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from monitor.reports.config_lists import ListedForm
    from monitor.reports.form_search import TracedForm, TracedText

_FEW = 3
_SECOND_SIGN = "second sign: counts only beside another sign of the name, as the full one"


def print_forms(found: Sequence[ListedForm], *, every: bool) -> None:
    """Print forms grouped by the term they are of and by script and language; without `every` a few of each group."""
    for title, groups in _by_term(found).items():
        print(clean(title))
        rows: list[tuple[str, ...]] = []
        for label, forms in groups.items():
            ranked = sorted(forms, key=lambda one: (one.source.endswith(INITIAL), -one.confidence))
            shown = ranked if every or len(ranked) == _FEW + 1 else ranked[:_FEW]
            rows += ((label, f"{one.confidence:.2f}", one.form, one.source, _needs(one)) for one in shown)
            if len(shown) < len(ranked):
                rows.append((label, "", f"and {len(ranked) - len(shown)} more: --all", "", ""))
        table(("script", "sure", "form", "source", "counts only"), rows)
        print()
    if any("another sign" in one.needs for one in found):
        print(_SECOND_SIGN)


def _by_term(found: Sequence[ListedForm]) -> dict[str, dict[str, list[ListedForm]]]:
    """Return the forms by term and by script and language: scripts as they come, in each what counts anywhere first."""
    terms: dict[str, dict[str, dict[str, list[ListedForm]]]] = {}
    for one in found:
        title = one.term + (f": {one.word}" if one.word not in one.term else "") + (f" in {one.via}" if one.via else "")
        scripts = terms.setdefault(title, {})
        scripts.setdefault(_script(one.form), {}).setdefault(one.language, []).append(one)
    return {
        title: {
            f"{script}, {language}" if language else script: languages[language]
            for script, languages in scripts.items()
            for language in sorted(languages)
        }
        for title, scripts in terms.items()
    }


def _script(form: str) -> str:
    from monitor.text.forms.script import script_of

    return (script_of(form) or "signs").capitalize()


def _needs(one: ListedForm) -> str:
    """Return in a few words what a form needs to count."""
    if one.confidence <= 0:
        return "never"
    signs = ("capital",) if "capital" in one.needs else ()
    return ", ".join((*signs, "second sign") if "another sign" in one.needs else signs)


def trace_lines(traced: TracedText) -> Iterator[str]:
    """Yield what a text holds of a query as lines."""
    guess = f"{traced.language}, guessed" if traced.language else "unknown: forms of every language count"
    yield f"language   {f'{guess} (--language says it)' if traced.guessed else traced.language}"
    yield f"the query  {'matches' if traced.matches else 'does not match'}"
    if any(one.outcome == "found" for one in traced.forms):
        yield from (f"           {failure}" for failure in traced.failed[:_FEW])
    for one in traced.forms:
        yield from _form_lines(one)
    if not traced.forms:
        yield "no form is there, nor one that is near"


def _form_lines(one: TracedForm) -> Iterator[str]:
    where = one.term + (f" in {one.via}" if one.via else "")
    yield f"{one.outcome:<10} “{one.text}”{f': {one.reason}' if one.reason else ''}"
    language = f"{one.language}, " if one.language else ""
    sure = f", sure {one.confidence:.2f}" if one.confidence else f", {one.place}"
    yield f"           by the form {one.form} of {where}: {language}{one.source}{sure}"
    if one.outcome == "found" and one.place:
        yield f"           wrong? {one.place} adds it (also:)"
    if one.correction:
        yield f"           wrong? {one.correction}" if one.outcome == "found" else f"           {one.correction}"
