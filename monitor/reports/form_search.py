"""Tell of a text which form of a query it holds, and which just missed it, by the functions that match articles."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from monitor.articles.language import detect
from monitor.config import Config
from monitor.config.name_edits import spelling_place
from monitor.model import Article, Form, NameEntry, Outlet
from monitor.query import (
    Compiled,
    Document,
    FormTrace,
    document,
    explain_failure,
    nearest_forms,
    needs,
    places_of,
    query_forms,
    trace_forms,
)
from monitor.text import canonical
from monitor.text.forms.name_forms import entry_for, written_forms
from monitor.text.forms.readings import READINGS
from monitor.text.forms.spellings import ALIAS
from monitor.text.shell_words import shell_word

_MAX_NEAR = 5
# What people wrote or Unicode lists; a surname alone is no other name than the full one that it is of.
_KNOWN_SOURCES = ("query", "names.yaml", "locale data", "given names", "surname")


@dataclass(frozen=True, slots=True)
class TracedForm:
    """A form that a text holds or nearly holds, and the word and term of the query that it is of.

    `outcome` is `found`, `missed` or `near`; `text` is what stands there, and `reason` why that was missed, how it
    differs, or which other sign makes a weak form count. A form that `not:` takes away or `also:` adds has its `place`
    (file:line:column). `correction` is the command that takes a guessed form of a name away, or adds what is near or a
    guess too weak to count alone.
    """

    outcome: str
    text: str
    form: str
    language: str
    source: str
    confidence: float
    needs: str
    reason: str
    term: str
    via: str
    word: str
    place: str = ""
    correction: str = ""


@dataclass(frozen=True, slots=True)
class TracedText:
    """A text with its language (`guessed` or given), and what it holds of a query.

    `failed` are the smallest parts of the query that it fails, each with the reason; there are none where it `matches`.
    """

    text: str
    language: str
    guessed: bool
    matches: bool
    failed: tuple[str, ...]
    forms: tuple[TracedForm, ...]


def trace_text(config: Config, compiled: Compiled, text: str, language: str, now: datetime) -> TracedText:
    """Return what a text, as the body of an article in `language` (empty to guess it), holds of a query.

    What stands in several places is told once. The nearest forms are told where nothing is found or missed.
    """
    guessed = language or detect(text)
    article = document(Article("text", "", "", body=text, language=guessed), Outlet("text", "", ()))
    traces = trace_forms(compiled.text, config.scope, article, now)
    held = [*(_traced(config, trace) for trace in traces), *_taken_away(config, compiled.text, article)]
    nearest = () if held else nearest_forms(compiled.text, config.scope, article)[:_MAX_NEAR]
    forms = held or [_traced(config, trace) for trace in nearest]
    failed = tuple(f"{failure.part}: {failure.reason}" for failure in explain_failure(compiled, article, now))
    return TracedText(text, guessed, not language, compiled.is_match(article, now), failed, tuple(dict.fromkeys(forms)))


def _traced(config: Config, trace: FormTrace) -> TracedForm:
    form, of_word = trace.form, trace.of_word
    return TracedForm(
        trace.outcome,
        trace.text,
        form.text,
        form.language,
        form.source,
        form.confidence,
        ", ".join(needs(form)),
        trace.reason,
        of_word.term,
        of_word.via,
        of_word.word,
        _also_place(config, of_word.word, form) if of_word.is_name else "",
        correction(trace),
    )


def correction(trace: FormTrace) -> str:
    """Return the command that takes a guessed form away that is found, or adds what is near or too weak; or ""."""
    name, form = trace.of_word.word, trace.form
    if not trace.of_word.is_name or (trace.outcome == "missed" and not trace.is_weak_guess):
        return ""
    if trace.outcome in ("near", "missed"):
        # A longer word (Peskovsky) is more likely another name than a spelling.
        is_longer = trace.outcome == "near" and canonical(form.text) in canonical(trace.text)
        return "" if is_longer else f"monitor names also {shell_word(name)} {shell_word(trace.text)}"
    guessed = form.source.partition(",")[0] not in _KNOWN_SOURCES
    # A form that is read stands for other words, too, of which this may be the only wrong one.
    wrong = trace.text if form.source in READINGS else form.text
    return f"monitor names not {shell_word(name)} {shell_word(wrong)}" if guessed else ""


def _also_place(config: Config, name: str, form: Form) -> str:
    """Return where the files add the spelling that a form is or is inflected from, or "" for any other form."""
    if form.source.partition(",")[0] != ALIAS:
        return ""
    entries, text = _entries(config, name), canonical(form.text)
    for entry in entries:
        for also in entry.also:
            if any(canonical(one.text) == text for one in written_forms(also, ALIAS)):
                return spelling_place(config, entry.name, also)
    # With a given name before it: the entry of the family name.
    return next((spelling_place(config, entry.name, entry.name) for entry in entries), "")


def _taken_away(config: Config, query: str, article: Document) -> Iterator[TracedForm]:
    """Yield what the text holds of the forms that `not:` takes away; longer ones are among the forms themselves."""
    for of_word in query_forms(query, config.scope):
        known = {canonical(form.text) for form in of_word.forms}
        for entry in _entries(config, of_word.word) if of_word.is_name else ():
            for form in entry.excluded:
                for text in () if canonical(form) in known else places_of(form, article):
                    reason, place = f"not: of {entry.name} takes it away", spelling_place(config, entry.name, form)
                    origin = (of_word.term, of_word.via, of_word.word)
                    yield TracedForm("missed", text, form, "", "not", 0.0, "never", reason, *origin, place)


def _entries(config: Config, name: str) -> list[NameEntry]:
    """Return the entries of a name and, where it has several words, of the family name that ends it."""
    found = (entry_for(part, config.names) for part in dict.fromkeys((name, name.split()[-1])))
    return [entry for entry in found if entry is not None]
