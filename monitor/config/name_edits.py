"""Add forms to a name of the files, or take forms away that are somebody else's, and tell what contradicts that."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from monitor.config.append_entry import append_entry
from monitor.config.config import Config, Loaded
from monitor.config.extend_name import NameDraft, extend_name
from monitor.config.file_parser import ParsedFile
from monitor.config.folder import kind_of_file
from monitor.config.model_errors import Loc
from monitor.config.models import NameKeys
from monitor.config.remove_forms import remove_forms
from monitor.config.safe_write import CheckedEdit, checked_edit, file_to_extend
from monitor.config.values import quoted
from monitor.errors import ConfigError, Problem
from monitor.model import Form
from monitor.query import names_of
from monitor.query.weights import is_common
from monitor.text import canonical
from monitor.text.forms.name_forms import entry_for
from monitor.text.forms.readings import is_reading_of
from monitor.text.forms.script import CAPITALISED, script_of
from monitor.text.similar_names import did_you_mean

Key = Literal["also", "not"]
# From the first radical on, a letter is a word.
_IDEOGRAPHS = "\u2e80"
_NO_NAME = frozenset("[]{}<>|\\")
"""What no name has in it, but the line of a file or of a table that was copied."""
_OPPOSITE: dict[str, Key] = {"also": "not", "not": "also"}


@dataclass(frozen=True, slots=True)
class NameChange:
    """Forms that a name shall have besides its own (`key` is `also`), or shall have no more (`not`).

    `is_suggested`: they were proposed for it, and may be no forms of it yet.
    """

    name: str
    key: Key
    forms: tuple[str, ...]
    is_suggested: bool = False


@dataclass(frozen=True, slots=True)
class NameEdit:
    """The edit that a change asks for, with the `forms` that it writes and the name of their `entry`.

    `edit` is None where every form stands there already. `place` is that of an entry that exists (file:line), and empty
    for a new one. `notes` are what the user should know.
    """

    edit: CheckedEdit | None
    entry: str
    place: str
    forms: tuple[str, ...]
    notes: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class _Spelling:
    """One text of an entry: whether it is its `name` or stands in its `also` or `not`, the entry's index, the place."""

    text: str
    entry: str
    key: str
    file: ParsedFile
    number: int
    loc: Loc

    def problem(self, message: str, hint: str = "", severity: str = "error") -> Problem:
        return self.file.problem(self.loc, message, hint, severity=severity)


@dataclass(slots=True)
class _Judgement:
    """What a change comes to: the forms to write, those of them that move from the other key, errors, what to tell."""

    forms: list[str] = field(default_factory=list)
    moved: list[_Spelling] = field(default_factory=list)
    errors: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)


def edit_name(directory: Path, data: Path, before: Loaded, change: NameChange) -> NameEdit:
    """Return the edit that a change asks for; nothing is written yet.

    An entry that has the name as its own or as an `also` is extended, else a new one is added to the end of the file of
    names. Raises ConfigError where the change contradicts the files or they do not load with it; MonitorError where the
    file cannot be read or extended.
    """
    config = before.require_config()
    if errors := tuple(one for one in before.errors if kind_of_file(one.file) == "names"):
        # What a broken file holds is not known, so that an entry would be written twice.
        raise ConfigError(errors)
    entry = entry_for(change.name, config.names)
    name = entry.name if entry else change.name
    spellings = list(_spellings(config))
    verdict = _judge(change, name, spellings)
    if verdict.errors:
        raise ConfigError((*verdict.errors, *verdict.notes))
    own = next((one for one in spellings if entry and one.entry == name and one.key == "name"), None)
    forms, notes = tuple(verdict.forms), tuple(verdict.notes)
    if not forms:
        return NameEdit(None, name, "", (), notes)
    if own is None:
        path = file_to_extend(directory, "names")
        draft, place = NameDraft(name, change.key, forms), ""
        edit = checked_edit(directory, data, path, lambda text: append_entry(text, "names", draft), before)
    else:
        path, place = own.file.path, f"{own.file.path}:{own.file.line(own.loc)}"
        number, moved = own.number, [int(one.loc[-1]) for one in verdict.moved]

        def changed(text: str) -> str:
            return extend_name(remove_forms(text, number, _OPPOSITE[change.key], moved), number, change.key, forms)

        edit = checked_edit(directory, data, path, changed, before)
        _require_no_more(edit, own, change.key, forms)
    return NameEdit(edit, name, place, forms, notes)


def form_problem(config: Config, change: NameChange, form: str) -> str:
    """Return what is wrong with a form that stands nowhere in the entry yet, or an empty string.

    It is the name itself, has no word, has signs that no name has, is a word of nearly every article without a capital,
    or is no form of the name nor has one inside it, so that `not` changes nothing but what is suggested.
    """
    text = canonical(form)
    if not text or text == canonical(change.name):
        return f"{quoted(form)} {'is the name itself' if text else 'has no word in it'}"
    if change.key == "also" and (signs := [sign for sign in form if sign in _NO_NAME]):
        return f"{quoted(form)} cannot be a name, with {signs[0]} in it; write only the form, as an article has it"
    if change.key == "also" and form == form.lower() and (found_in := _found_everywhere(text)):
        return f"{quoted(form)} {found_in}, and each would count as {change.name}; a name is written with its capital"
    if change.key == "also" or change.is_suggested:
        return ""
    texts = _forms(config, change.name)
    if _holds_one(text, texts) or any(is_reading_of(one, form) for one in _forms_of(config, change.name)):
        return ""
    hint = did_you_mean(form, texts.values()) or "monitor forms lists them"
    return f"{quoted(form)} is no form of {quoted(change.name)}, so that taking it away changes nothing; {hint}"


def unchanged_reason(config: Config, change: NameChange) -> str:
    """Return why no active rule looks for other forms after a change of the configuration, as a sentence's end."""
    if not _askers(config, change.name):
        return f"name({change.name}) in a rule asks for this name"
    if change.key == "also":
        return "they found what was added already"
    texts = _forms(config, change.name)
    form = next((one for one in change.forms if canonical(one) not in texts), "")
    if not form:
        return "the rules with this name have other spellings of it"
    if any(is_reading_of(one, form) for one in _forms_of(config, change.name)):
        return (
            f"{quoted(form)} counts no more, but other words do that the same form of {quoted(change.name)} stands for"
        )
    if _holds_one(canonical(form), texts):
        return f"{quoted(form)} is no form of {quoted(change.name)}, but has one inside, which no longer counts there"
    return f"{quoted(form)} is no form of {quoted(change.name)}: it is only not proposed again"


def _forms(config: Config, name: str) -> dict[str, str]:
    """Return the forms of a name by canonical text."""
    return {canonical(form.text): form.text for form in _forms_of(config, name)}


def _forms_of(config: Config, name: str) -> list[Form]:
    """Return the forms of a name, of Zabka also those of Żabka if a rule or an entry writes it so."""
    entry = entry_for(name, config.names)
    names = dict.fromkeys((name, *([entry.name] if entry else []), *_askers(config, name)))
    return [form for one in names for form in config.scope.names(one) if form.confidence]


def _askers(config: Config, name: str) -> list[str]:
    """Return how active rules write a name or another spelling of its entry."""
    entry = entry_for(name, config.names)
    spellings = {canonical(text) for text in (name, *((entry.name, *entry.also) if entry else ()))}
    asked = (one for rule in config.compiled.values() for one in names_of(rule.text, config.scope))
    return [one for one in asked if canonical(one) in spellings]


def _holds_one(text: str, texts: Collection[str]) -> bool:
    """Tell whether a canonical text is one of others, or has one of them inside."""
    return any(f" {inside} " in f" {text} " for inside in texts)


def form_warning(change: NameChange, form: str) -> str:
    """Return what a form to be added finds besides the name, or an empty string."""
    if change.key != "also":
        return ""
    if found_in := _found_everywhere(canonical(form)):
        return f"{quoted(form)} {found_in}: each that begins a sentence counts as {change.name}"
    if len(canonical(form)) == 1:
        return f"{quoted(form)} is one character: it counts as {change.name} inside longer words too"
    if script_of(form) in CAPITALISED and form == form.lower():
        return f"{quoted(form)} in small letters counts as a plain word, with a capital or without"
    return ""


def _found_everywhere(text: str) -> str:
    """Return in words why nearly every article holds a canonical text that has no meaning by itself, or ""."""
    if len(text) == 1 and text < _IDEOGRAPHS:
        return "is a single letter or digit, which most articles hold as a word"
    return "is in nearly every article of its language" if is_common(text) else ""


def spelling_place(config: Config, entry: str, text: str) -> str:
    """Return the place (file:line:column) of a text in the entry of this name, or an empty string."""
    own = (one for one in _spellings(config) if one.entry == entry and canonical(one.text) == canonical(text))
    problems = (one.problem("") for one in own)
    return next((f"{problem.file}:{problem.line}:{problem.column}" for problem in problems), "")


def entry_places(config: Config) -> dict[str, str]:
    """Return the file and line (file:line) of every entry, by its name."""
    own = (one for one in _spellings(config) if one.key == "name")
    return {one.entry: f"{one.file.path}:{one.file.line(one.loc)}" for one in own}


def _spellings(config: Config) -> Iterator[_Spelling]:
    """Yield every text of every entry of the files."""
    for parsed_file in config.memo.parsed_files.values():
        for (section, number), entry in parsed_file.entries("names"):
            loc = (section, number)
            yield _Spelling(entry.name, entry.name, "name", parsed_file, int(number), (*loc, "name"))
            for key, texts in (("also", entry.also), ("not", entry.excluded)):
                for item, text in enumerate(texts):
                    yield _Spelling(text, entry.name, key, parsed_file, int(number), (*loc, key, item))


def _judge(change: NameChange, name: str, spellings: list[_Spelling]) -> _Judgement:
    """Compare each form with what the files say of it."""
    verdict = _Judgement()
    first = {canonical(form): form for form in reversed(change.forms)}
    for form in (form for form in change.forms if first[canonical(form)] == form):
        text = canonical(form)
        alike = [one for one in spellings if canonical(one.text) == text]
        # One form may stand there in several spellings: Russland, Rußland.
        owned = [one for one in alike if one.entry == name]
        own = owned[0] if owned else None
        other = next((one for one in alike if one.entry != name and one.key != "not"), None)
        if own is None:
            verdict.forms.append(form)
            if other and change.key == "also":
                verdict.notes.append(
                    other.problem(f"{quoted(form)} belongs to the entry {other.entry} too", "", "warning")
                )
        elif own.key == _OPPOSITE[change.key]:
            verdict.forms.append(form)
            verdict.moved += [one for one in owned if one.key == own.key]
            message = f"{quoted(form)} leaves the “{own.key}” of {name}: it cannot be in its “{change.key}” as well"
            verdict.notes.append(own.problem(message, severity="hint"))
        elif own.key == "name" and change.key == "not":
            verdict.errors.append(own.problem(f"{quoted(form)} is the name itself", "remove the entry, or rename it"))
        else:
            message = f"{quoted(form)} stands in the entry {name} already"
            verdict.notes.append(own.problem(message, severity="hint"))
    return verdict


def _require_no_more(edit: CheckedEdit, own: _Spelling, key: Key, forms: tuple[str, ...]) -> None:
    """Raise ConfigError where an edit changes more of the file than the forms of one entry."""
    (after,) = (one for one in edit.config.memo.parsed_files.values() if one.path == own.file.path)
    expected = [
        _with_forms(one, key, forms) if loc[-1] == own.number else one for loc, one in own.file.entries("names")
    ]
    if [entry for _, entry in after.entries("names")] != expected:
        hint = f"write it by hand, for example because of an anchor: {key}: {', '.join(forms)}"
        raise ConfigError((own.problem(f"the entry {own.entry} cannot be extended by a command", hint),))


def _with_forms(entry: NameKeys, key: Key, forms: tuple[str, ...]) -> NameKeys:
    field_name, other = ("excluded", "also") if key == "not" else ("also", "excluded")
    texts = {canonical(form) for form in forms}
    kept = tuple(text for text in getattr(entry, other) if canonical(text) not in texts)
    return entry.model_copy(update={field_name: (*getattr(entry, field_name), *forms), other: kept})
