"""Names to forms: what `names.yaml` lists, what sounds alike in other scripts, and every case ending of it all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

from monitor.model import Form, NameEntry
from monitor.text.forms import arabic_words, cyrillic
from monitor.text.forms.affixes import affixed
from monitor.text.forms.cased import cased
from monitor.text.forms.known_spellings import is_place, known_spellings
from monitor.text.forms.latin_variants import plainly
from monitor.text.forms.person_names import guessed_forms, person_forms, split_person, with_given_name
from monitor.text.forms.phrases import is_phrase, phrase_cases
from monitor.text.forms.script import CAPITALISED, script_of
from monitor.text.forms.spellings import ALIAS, LikelySpelling, as_written, guessed
from monitor.text.tokens import canonical

_LEAST = 0.5
_PLAIN = 0.95


def expand_name(name: str, entries: Mapping[str, NameEntry]) -> tuple[Form, ...]:
    """Every form of a person, place or body, the name itself first; `entries` add spellings and take forms away."""
    name = " ".join(name.split())
    if not canonical(name):
        return (Form(name),)
    entry = entry_for(name, entries)
    forms = _Forms(entry.excluded if entry else ())
    forms.add(written_forms(name, "query"))
    listed = (entry.name, *entry.also) if entry else (name,)
    for other in listed if entry else ():
        # A case form that the file writes out (Пескова) is not a name to decline once more (Песковой).
        found = forms.found(other)
        source = "query" if other == listed[0] else ALIAS
        forms.add([found] if found else written_forms(other, source))
    forms.add(_guesses(name, listed, entries))
    return (*forms.all(), *forms.forbidden())


def entry_for(name: str, entries: Mapping[str, NameEntry]) -> NameEntry | None:
    """The entry that has `name` as its name or among its `also` spellings, case forms that it writes out apart."""
    entry = _spelled(_Same(entries)).get(canonical(name)) if entries else None
    return None if entry and _is_case_form(canonical(name), entry) else entry


@lru_cache(maxsize=512)
def _is_case_form(name: str, entry: NameEntry) -> bool:
    """Whether `name` is listed as a case of another spelling: Пескова, asked for by itself, is a woman."""
    if script_of(name) != "cyrillic" or " " in name:
        return False
    others = [text.lower() for text in (entry.name, *entry.also) if script_of(text) == "cyrillic" and " " not in text]
    shorter = [text for text in others if canonical(text) != name and len(text) <= len(name)]
    cases = {canonical(form) for text in shorter for one in ("ru", "uk") for form, _ in cyrillic.name_cases(text, one)}
    return name in cases


class _Same:
    """A mapping as a cache key by identity, since hashing thousands of entries costs more than expanding a name."""

    __slots__ = ("entries",)

    def __init__(self, entries: Mapping[str, NameEntry]) -> None:
        self.entries = entries

    def __hash__(self) -> int:
        return id(self.entries)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.entries is self.entries


@lru_cache(maxsize=4)
def _spelled(same: _Same) -> dict[str, NameEntry]:
    entries = list(same.entries.values())
    index = {canonical(other): entry for entry in reversed(entries) for other in entry.also}
    return index | {canonical(entry.name): entry for entry in entries}


class _Forms:
    """Collects forms: one for each canonical text and language, the surest, in the order in which they came."""

    def __init__(self, excluded: Iterable[str]) -> None:
        self._excluded = {canonical(text): text for text in excluded}
        self._found: dict[tuple[str, str], Form] = {}
        self._texts: set[str] = set()

    def found(self, text: str) -> Form | None:
        """`text` as a sure form of every language, where it has been found as some form already."""
        known = canonical(text) in self._texts
        return Form(text, "", ALIAS, 1.0, script_of(text) in CAPITALISED) if known else None

    def add(self, forms: Iterable[Form]) -> None:
        """Take in what is sure enough and nobody excluded."""
        for form in forms:
            text = canonical(form.text)
            if form.confidence < _LEAST or not text or text in self._excluded:
                continue
            everywhere = self._found.get((text, ""))
            if everywhere is None or everywhere.confidence < form.confidence:
                self._take((text, form.language), form)

    def _take(self, key: tuple[str, str], form: Form) -> None:
        self._texts.add(key[0])
        known = self._found.get(key)
        if known is None or form.confidence > known.confidence:
            self._found[key] = form._replace(text=known.text) if known else form

    def all(self) -> tuple[Form, ...]:
        """What was collected, without a language's form where the same one counts in every language."""
        everywhere = {text: form.confidence for (text, language), form in self._found.items() if not language}
        return tuple(
            form
            for (text, language), form in self._found.items()
            if not language or everywhere.get(text, 0.0) < form.confidence
        )

    def forbidden(self) -> list[Form]:
        """What is excluded and holds a form: 白俄罗斯 is Belarus, and 俄罗斯 inside it is not Russia."""
        longer = [(text, f" {key} ") for key, text in self._excluded.items() if " " in key]
        return [Form(text, "", "not", 0.0) for text, key in longer if any(f" {form} " in key for form in self._texts)]


def written_forms(written: str, source: str) -> list[Form]:
    """A spelling that somebody wrote, in all its cases; in lower case it is a word (стамбульский), no name."""
    script = script_of(written)
    if script in CAPITALISED and source == ALIAS and written == written.lower():
        return phrase_cases(written, source)
    others = plainly(written) if script == "latin" else ()
    return [*_written_forms(written, source), *(form for text in others for form in _less_sure(text, source))]


def _less_sure(text: str, source: str) -> list[Form]:
    """The forms of a spelling in plain letters; what counts only beside the given name stays below what counts."""
    return [form._replace(confidence=round(_PLAIN * form.confidence, 2)) for form in _written_forms(text, source)]


def _written_forms(written: str, source: str) -> list[Form]:
    words = written.split()
    if len(words) > 1:
        return _several_words(words, source)
    return [form for spelling in as_written(written, source) for form in cased(spelling, written)]


def _several_words(words: list[str], source: str) -> list[Form]:
    written = " ".join(words)
    script = script_of(written)
    if script in CAPITALISED and (is_phrase(words) or is_place(written)):
        return phrase_cases(written, source)
    if script not in CAPITALISED:
        particles = arabic_words.name_forms(written, article=False) if script == "arabic" else affixed(written, script)
        kind = "ar particle" if script == "arabic" else "particle"
        return [Form(written, "", source), *(Form(form, "", f"{source}, {kind}", 0.9) for form in particles)]
    whole = Form(written, "", source, 1.0, True)
    given, _ = split_person(words)
    if given:
        return [whole, *person_forms(words, source)]
    return [whole, *(form for spelling in as_written(written, source) for form in cased(spelling, written))]


def _guesses(name: str, listed: tuple[str, ...], entries: Mapping[str, NameEntry]) -> list[Form]:
    words = name.split()
    known = _known_scripts(listed)
    if len(words) > 1:
        given, family = split_person(words)
        if given and entry_for(family, entries) and len(listed) == 1:
            return with_given_name(given, expand_name(family, entries))
        places = [form for spelling in known_spellings(name.lower()) for form in _place(spelling)]
        return places or ([] if is_phrase(words) else guessed_forms(words, known))
    found = list(known_spellings(name.lower()))
    heard = guessed(name.lower(), known | _known_scripts([spelling.text for spelling in found]))
    return [form for spelling in (*found, *heard) for form in cased(spelling)]


def _place(spelling: LikelySpelling) -> list[Form]:
    words = spelling.text.split()
    return _several_words(words, spelling.source) if len(words) > 1 else cased(spelling)


def _known_scripts(listed: Iterable[str]) -> frozenset[str]:
    """The scripts that somebody has spelled the name in; Cyrillic counts for ru and uk apart, as letters can tell."""
    spelled = [(script_of(written), written) for written in listed]
    scripts = {script for script, _ in spelled if script != "latin"}
    if len(spelled) == 1 and len(cyrillic.languages_of(spelled[0][1])) > 1:
        return frozenset(scripts)  # Путин may be Russian: its Ukrainian spelling is another
    languages = {one for script, text in spelled if script == "cyrillic" for one in cyrillic.languages_of(text)}
    return frozenset(scripts | languages)
