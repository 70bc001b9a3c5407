"""Implement `monitor names`: give names further forms, take forms away, and suggest spellings that articles show."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from monitor.cli.options import CONFIG, DATA, RELOAD_NOTE, AsJson, ConfigDir, DataDir, DryRun
from monitor.cli.since_option import Since
from monitor.cli.usage import CommandGroup

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from monitor.config import Config, Loaded
    from monitor.config.name_edits import Key, NameChange
    from monitor.config.safe_write import CheckedEdit

app = typer.Typer(
    help="The names of names.yaml: list them, add forms, take wrong ones away.",
    cls=CommandGroup,
    no_args_is_help=True,
    add_completion=False,
)

_WIDTH = 100
"""Columns of the listed spellings, fewer on a narrower terminal; scripts of wide characters take more."""

Name = Annotated[str, typer.Argument(metavar="NAME", help="The name, or a spelling of it that the files list.")]
New = Annotated[bool, typer.Option("--new", help="The name is a new one, although it is much like one that is known.")]
Forms = Annotated[list[str], typer.Argument(metavar="FORM", help="A form as an article writes it.")]


@app.command("list")
def listing(
    names: Annotated[
        list[str] | None, typer.Argument(metavar="[NAME]", help="Only names with these spellings.")
    ] = None,
    config: ConfigDir = CONFIG,
    data: DataDir = DATA,
    as_json: AsJson = False,
) -> None:
    """List the names of the files, with the spellings that they add and take away, and their places."""
    from shutil import get_terminal_size
    from textwrap import wrap

    from monitor.cli.output import print_json
    from monitor.cli.query_argument import read_usable
    from monitor.reports.config_lists import list_names
    from monitor.text import clean

    loaded = read_usable(config, data)
    found = list_names(loaded.require_config(), names or ())
    if names and not found:
        _tell_unlisted(loaded, names[0])
    if as_json:
        print_json(found)
        return
    width = min(get_terminal_size((_WIDTH, 0)).columns, _WIDTH)
    for one in found:
        print(clean(f"{one.name}  ({one.place})"))
        for label, spellings in (("also", one.also), ("not", one.not_)):
            for line in wrap(
                clean(", ".join(spellings)), width, initial_indent=f"  {label:<6}", subsequent_indent=" " * 8
            ):
                print(line)


def _tell_unlisted(loaded: Loaded, name: str) -> None:
    """Tell that a rule has a name for which the files list nothing; BadParameter where none has it.

    Exits with 2 where a file of names has errors, which are printed already: what it lists is not known.
    """
    from monitor.config.folder import kind_of_file
    from monitor.reports.name_suggestions import watched_names
    from monitor.text import canonical, clean
    from monitor.text.shell_words import shell_word
    from monitor.text.similar_names import did_you_mean

    config = loaded.require_config()
    watched = watched_names(config)
    if canonical(name) not in map(canonical, watched):
        if any(kind_of_file(one.file) == "names" for one in loaded.errors):
            raise typer.Exit(2)
        hint = did_you_mean(name, [*watched, *config.names]) or f"see {config.files_of('names')}"
        raise typer.BadParameter(f"there is no name {name!r}; {hint}", param_hint="NAME")
    term = shell_word(f'name("{name}")' if " " in name else f"name({name})")
    print(clean(f"the files list nothing for {name}; monitor forms {term} shows its forms"), file=sys.stderr)


@app.command("not")
def exclude(
    name: Name,
    forms: Forms,
    config: ConfigDir = CONFIG,
    data: DataDir = DATA,
    dry_run: DryRun = False,
    new: New = False,
    suggested: Annotated[
        bool, typer.Option("--suggested", help="Also words that are no form yet: `suggest` never proposes them again.")
    ] = False,
) -> None:
    """Take forms away from a name that are somebody else's, in names.yaml."""
    change = _asked_change(name, "not", forms, is_suggested=suggested)
    _change(change, (config, data), dry_run=dry_run, is_new=new)


@app.command("also")
def add(
    name: Name,
    forms: Forms,
    config: ConfigDir = CONFIG,
    data: DataDir = DATA,
    dry_run: DryRun = False,
    new: New = False,
) -> None:
    """Give a name further spellings, in names.yaml; declined like the name; other languages keep theirs."""
    _change(_asked_change(name, "also", forms), (config, data), dry_run=dry_run, is_new=new)


@app.command("suggest")
def suggest(
    name: Annotated[str, typer.Argument(metavar="NAME", help="One name; without it, every name of active rules.")] = "",
    config: ConfigDir = CONFIG,
    data: DataDir = DATA,
    since: Since = "30d",
    as_json: AsJson = False,
) -> None:
    """Propose spellings of names that stored articles show and no form finds; nothing is added by itself."""
    from monitor.cli.options import parse_option
    from monitor.cli.output import print_json
    from monitor.cli.query_argument import require_config
    from monitor.cli.since_option import span_of
    from monitor.cli.suggestion_output import show_suggestions
    from monitor.config.values import parse_name
    from monitor.reports.name_suggestions import meant_name, suggest_spellings, watched_names
    from monitor.run.startup import utc_now
    from monitor.store import Store

    found = require_config(config, data)
    now = utc_now()
    span = span_of(since, now, found.settings.timezone)
    names = [parse_option("NAME", " ".join(name.split()), parse_name)] if name else watched_names(found)
    if name and (meant := meant_name(found, names[0])):
        print(f"hint: no rule and no entry has the name {names[0]!r}; did you mean {meant}?", file=sys.stderr)
    with Store.open(found.settings.database_url(), read_only=True) as store:
        reports = suggest_spellings(store, found, names, span, now)
        if as_json:
            print_json(list(reports))
        else:
            show_suggestions(reports)


def _asked_change(name: str, key: Key, forms: Sequence[str], *, is_suggested: bool = False) -> NameChange:
    """Return the change that the arguments ask for; BadParameter where one is no name."""
    from monitor.cli.options import parse_option
    from monitor.config.name_edits import NameChange
    from monitor.config.values import parse_name, quoted
    from monitor.text import clean
    from monitor.text.name_lists import several_forms

    name = parse_option("NAME", " ".join(name.split()), parse_name)
    asked: list[str] = []
    for text in forms:
        # A form without a word is refused as such.
        several = several_forms(text) or (text.strip(),)
        if len(several) > 1:
            note = (
                f"hint: {quoted(' '.join(text.split()))} is {len(several)} forms, as commas or line breaks divide them"
            )
            print(clean(f"{note}: {'; '.join(several)}"), file=sys.stderr)
        asked += [parse_option("FORM", form, parse_name) for form in several]
    return NameChange(name, key, tuple(asked), is_suggested)


def _change(change: NameChange, folders: tuple[Path, Path], *, dry_run: bool, is_new: bool) -> None:
    """Write a change of a name, or show it; tell what rules look for then, and how to undo it."""
    from monitor.config.name_edits import edit_name, form_problem, form_warning
    from monitor.reports.name_suggestions import meant_name
    from monitor.run.config_folder import read_config
    from monitor.text import clean

    loaded = read_config(*folders)
    before = loaded.require_config()
    if not is_new and (meant := meant_name(before, change.name)):
        message = f"no rule and no entry has the name {change.name!r}; did you mean {meant}? --new gives it an entry"
        raise typer.BadParameter(message, param_hint="NAME")
    made = edit_name(*folders, loaded, change)
    for form in made.forms:
        if problem := form_problem(before, change, form):
            raise typer.BadParameter(problem, param_hint="FORM")
    warnings = [f"warning: {warning}" for form in made.forms if (warning := form_warning(change, form))]
    for note in (*made.notes, *warnings):
        print(clean(str(note)), file=sys.stderr)
    if made.edit is None:
        print(clean(f"nothing changed: {', '.join(change.forms)} stands in the entry {made.entry} already"))
        return
    if dry_run:
        _print_diff(made.edit)
    else:
        made.edit.write()
        entry = f"the entry {made.entry} ({made.place})" if made.place else f"a new entry {made.entry}"
        print(clean(f"wrote {change.key}: {', '.join(made.forms)} to {entry} of {made.edit.file}; {RELOAD_NOTE}"))
        undone = f"take {', '.join(made.forms)} out of" if made.place else f"remove the entry {made.entry} from"
        print(clean(f"to undo: {undone} {made.place or made.edit.file} again"))
    _print_effect(before, made.edit.config, change)


def _print_diff(edit: CheckedEdit) -> None:
    """Print the change of the file as a unified diff."""
    from difflib import unified_diff

    from monitor.text import clean

    old, new = (text.splitlines() for text in (edit.before, edit.text))
    for line in unified_diff(old, new, str(edit.file), "would be written", lineterm=""):
        print(clean(line))


def _print_effect(before: Config, after: Config, change: NameChange) -> None:
    """Print for each rule which forms come and go."""
    from monitor.config.name_edits import unchanged_reason
    from monitor.steps.form_changes import changed_forms
    from monitor.text import clean

    changes = changed_forms(before, after)
    for of_rule in changes:
        print(clean(str(of_rule)))
    if not changes:
        print(clean(f"no active rule looks for other forms than before; {unchanged_reason(before, change)}"))
