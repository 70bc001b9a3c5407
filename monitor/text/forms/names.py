"""Names to forms: what `names.yaml` lists, what sounds alike in other scripts, and every case ending of it all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import lru_cache

from monitor.model import Form, NameEntry
from monitor.text.forms import cyrillic, people
from monitor.text.forms.known import known_spellings
from monitor.text.forms.phrases import phrase_cases
from monitor.text.forms.script import CAPITALISED, fold, script_of
from monitor.text.forms.spellings import Spelling, as_written, guessed
from monitor.text.forms.turkish import name_suffixes
from monitor.text.forms.western import name_endings

_SUFFIXED_FROM = 0.8
_ARABIC_PARTICLES = ("و", "ب", "ل", "ك", "ف")
_LANGUAGE_NOTES = {"ru": "ru case", "uk": "uk case"}


def expand_name(name: str, entries: Mapping[str, NameEntry]) -> tuple[Form, ...]:
    """Every form of a person, place or body, the name itself first; `entries` add spellings and take forms away."""
    name = " ".join(name.split())
    entry = entry_for(name, entries)
    listed = [name, *(entry.also if entry else ())]
    forms = _Forms(entry.excluded if entry else ())
    for rank, written in enumerate(listed):
        source = "names.yaml" if rank else "query"
        forms.add(written_forms(written, source), keep=True)
    forms.add(_guesses(name, listed))
    return forms.all()


def entry_for(name: str, entries: Mapping[str, NameEntry]) -> NameEntry | None:
    """The entry that has `name` as its name or among its `also` spellings."""
    if not entries:
        return None
    return _spelled(tuple(entries.values())).get(fold(name))


@lru_cache(maxsize=4)
def _spelled(entries: tuple[NameEntry, ...]) -> dict[str, NameEntry]:
    index = {fold(other): entry for entry in reversed(entries) for other in entry.also}
    return index | {fold(entry.name): entry for entry in entries}


class _Forms:
    """Collects forms: one for each folded text and language, the surest, in the order in which they came."""

    def __init__(self, excluded: Iterable[str]) -> None:
        self._excluded = frozenset(fold(text) for text in excluded)
        self._found: dict[tuple[str, str], Form] = {}

    def add(self, forms: Iterable[Form], *, keep: bool = False) -> None:
        """Take the forms in; with `keep` the first of them stays even if another entry would not have it."""
        for form in forms:
            text = fold(form.text)
            if text in self._excluded:
                continue
            everywhere = self._found.get((text, ""))
            if everywhere and everywhere.confidence >= form.confidence:
                continue
            known = self._found.get((text, form.language))
            if known is None:
                self._found[text, form.language] = form
            elif form.confidence > known.confidence:
                self._found[text, form.language] = replace(form, text=known.text)

    def all(self) -> tuple[Form, ...]:
        """What was collected, without a language's form where the same one counts in every language."""
        return tuple(self._found.values())


def written_forms(written: str, source: str) -> list[Form]:
    """A spelling that somebody wrote, in all its cases; in lower case it is a word (стамбульский), no name."""
    script = script_of(written)
    if script in CAPITALISED and written == written.lower() and source != "query":
        return phrase_cases(written, source)
    words = written.split()
    if len(words) > 1:
        return people.phrase_forms(words, source)
    return [form for spelling in as_written(written, source) for form in cased(spelling, written)]


def cased(spelling: Spelling, written: str = "") -> list[Form]:
    """One spelling with every case ending of its script's languages, capitalised as names are."""
    text = written or spelling.text
    capital = script_of(text) in CAPITALISED
    first = Form(_titled(text) if capital else text, "", spelling.source, spelling.confidence, capital)
    return [first, *(_ending(first, spelling, pair) for pair in _endings(spelling, text.lower()))]


def _ending(first: Form, spelling: Spelling, ending: tuple[str, str, str, float]) -> Form:
    text, language, source, sure = ending
    confidence = round(spelling.confidence * sure, 2)
    text = _titled(text) if first.capital else text
    return Form(text, language, f"{spelling.source}, {source}", confidence, first.capital)


def _endings(spelling: Spelling, text: str) -> list[tuple[str, str, str, float]]:
    """(form, language that it counts in, what it is, confidence) for each ending."""
    script = script_of(text)
    if script == "cyrillic":
        return _cyrillic_endings(text, spelling.language)
    if script == "arabic":
        return [(particle + text, "", "ar particle", 0.9) for particle in _ARABIC_PARTICLES]
    if script == "latin":
        return _latin_endings(text, spelling)
    return []


def _cyrillic_endings(text: str, language: str) -> list[tuple[str, str, str, float]]:
    # Counted in articles of any language: outlets often declare Ukrainian and write Russian, and a capital is required.
    cases = [(form, "", f"{language} case", sure) for form, sure in cyrillic.name_cases(text, language)[1:]]
    return cases + [(form, "", f"{language} plural", sure) for form, sure in cyrillic.plural_cases(text, language)]


def _latin_endings(text: str, spelling: Spelling) -> list[tuple[str, str, str, float]]:
    if spelling.confidence < _SUFFIXED_FROM:
        return []
    found = []
    if spelling.language in ("", "tr"):
        found += [(form, "tr", "tr suffix", sure) for form, sure in name_suffixes(text)]
    if spelling.language in ("", "pl", "cs"):
        found += [(form, language, f"{language} ending", sure) for language, form, sure in name_endings(text)]
    return found


def _guesses(name: str, listed: list[str]) -> list[Form]:
    words = name.split()
    known = _known_scripts(listed)
    if len(words) > 1:
        return people.guessed_forms(words, known)
    found = [*known_spellings(name.lower()), *guessed(name.lower(), known)]
    return [form for spelling in found for form in cased(spelling)]


def _known_scripts(listed: list[str]) -> frozenset[str]:
    """The scripts that the file covers; Cyrillic is covered for ru and uk apart, by what letters can tell."""
    scripts = {script_of(written) for written in listed[1:]}
    languages = {language for written in listed[1:] for language in cyrillic.languages_of(written)}
    return frozenset(scripts | (languages if "cyrillic" in scripts else set()))


def _titled(text: str) -> str:
    """Capital first letters of each part; what has capitals of its own inside (O'Leary, McCain) keeps them."""
    if text != text.lower():
        return text
    return "-".join(part[:1].upper() + part[1:] for part in text.split("-"))
