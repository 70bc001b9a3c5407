"""Implement `monitor rules`: list and add rules, and translate or import those of other systems."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from monitor.cli.options import CONFIG, DATA, AsJson, ConfigDir, DataDir
from monitor.cli.query_argument import QUERY_HELP
from monitor.cli.usage import CommandGroup
from monitor.text import counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.cli.query_argument import QueryArgument
    from monitor.cli.rule_csv import CsvRule
    from monitor.config import Config, Loaded
    from monitor.config.append_entry import RuleDraft
    from monitor.query.foreign import ForeignNames, Translation
    from monitor.reports.config_lists import ListedRule

app = typer.Typer(
    help="The rules: list them, add one, bring them from another system.",
    cls=CommandGroup,
    no_args_is_help=True,
    add_completion=False,
)

From = Annotated[str, typer.Option("--from", metavar="SYSTEM", help="meltwater, factiva, lexis or google.")]
To = Annotated[list[str] | None, typer.Option("--to", metavar="WHO", help="A person, a team or a mail address.")]
RELOAD_NOTE = "a running monitor follows within seconds"

DryRun = Annotated[bool, typer.Option("--dry-run", help="Show what would be written, and write nothing.")]


@app.command("list")
def listing(config: ConfigDir = CONFIG, data: DataDir = DATA, as_json: AsJson = False) -> None:
    """List the rules of the configuration: who is told, when, and what of."""
    from monitor.cli.output import print_json, table
    from monitor.cli.query_argument import require_config
    from monitor.reports.config_lists import list_rules

    found = list_rules(require_config(config, data))
    if as_json:
        print_json(found)
        return
    rows = [
        (one.rule, ", ".join(one.to), _times(one), "yes" if one.active else "no", _first_line(one.query))
        for one in found
    ]
    table(("rule", "to", "send", "active", "query"), rows)


def _times(rule: ListedRule) -> str:
    """Return when the rule's mails are sent, and to whom where that differs."""
    if len(rule.send) == 1:
        return rule.send[0]
    readers = {send: [route.to for route in rule.routes if route.send == send] for send in rule.send}
    return "; ".join(f"{send} ({', '.join(to)})" for send, to in readers.items())


def _first_line(query: str) -> str:
    """Return the first line that is no comment, with a sign where there are more."""
    lines = [line.strip() for line in query.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    return (lines[0] + (" …" if len(lines) > 1 else "")) if lines else ""


@app.command()
def add(
    name: Annotated[str, typer.Argument(metavar="NAME", help="The rule's name.")],
    query: Annotated[str, typer.Argument(metavar="QUERY", help=QUERY_HELP)],
    to: To = None,
    send: Annotated[str, typer.Option("--send", metavar="WHEN", help="at once, hourly, daily 08:00 …")] = "",
    config: ConfigDir = CONFIG,
    data: DataDir = DATA,
    dry_run: DryRun = False,
) -> None:
    """Try a rule on what is stored, show the mails a day that it makes, and write it to the files."""
    from monitor.atomic_files import replace_file
    from monitor.cli.options import parse_option
    from monitor.cli.query_argument import compile_argument
    from monitor.cli.rule_import import existing_place, recipient_problem
    from monitor.config.append_entry import RuleDraft
    from monitor.config.cadence import parse_cadence
    from monitor.config.values import parse_name

    loaded, built_config = _loaded(config, data)
    name = parse_option("NAME", " ".join(name.split()), parse_name)
    if send:
        parse_option("--send", send, parse_cadence)
    if place := existing_place(built_config, name):
        raise typer.BadParameter(f"“{name}” is in {place} already", param_hint="NAME")
    if not to:
        raise typer.BadParameter("nobody is told; give --to and a person, a team or a mail address", param_hint="--to")
    for word in to:
        if problem := recipient_problem(built_config, word):
            raise typer.BadParameter(problem, param_hint="--to")
    argument = compile_argument(query, built_config)
    draft = RuleDraft(name, argument.text, tuple(to), send)
    path, text = _file_with_rule(config, data, loaded, draft)
    _print_trial(argument)
    if dry_run:
        print("\n".join(["", f"would be written to {path}:", *draft.lines()]))
        return
    replace_file(path, text)
    print(f"\nwrote the rule “{name}” to {path}; {RELOAD_NOTE}")
    print(f"to undo: take the rule out of {path} again")


def _loaded(config: Path, data: Path) -> tuple[Loaded, Config]:
    from monitor.errors import ConfigError
    from monitor.run.startup import read_config

    loaded = read_config(config, data)
    if loaded.config is None:
        raise ConfigError(loaded.problems)
    return loaded, loaded.config


def _print_trial(argument: QueryArgument) -> None:
    """Print what the last month would have matched; without a database there is nothing to try on."""
    from monitor.cli.article_output import with_candidates
    from monitor.cli.since_option import span_of
    from monitor.cli.try_output import print_trial
    from monitor.errors import StoreError
    from monitor.reports.trial import TriedRule, try_rule
    from monitor.run.startup import utc_now
    from monitor.store import Store

    settings, now = argument.config.settings, utc_now()
    tried = TriedRule(argument.compiled, None, span_of("30d", now, settings.timezone), 3)
    try:
        with Store.open(settings.database_url(), read_only=True) as store:
            print_trial(try_rule(store, argument.config, tried, now, with_candidates))
    except StoreError as error:
        print(f"not tried, for want of a past: {error}")


def _file_with_rule(config: Path, data: Path, loaded: Loaded, draft: Any) -> tuple[Path, str]:
    """Return the file for a new rule and its text with the rule, once all files load together."""
    from monitor.config.append_entry import append_rule
    from monitor.config.safe_write import rules_file, text_of, validated_edit

    path = rules_file(config)
    text = append_rule(text_of(config / path), draft)
    validated_edit(config, data, path, text, loaded)
    return config / path, text


@app.command()
def translate(
    query: Annotated[str, typer.Argument(metavar="QUERY", help="The query there; - reads it from standard input.")],
    source: From,
    config: ConfigDir = CONFIG,
    data: DataDir = DATA,
    as_json: AsJson = False,
) -> None:
    """Turn a query of another system into ours; what could not be kept is told, and exit 1 where that matters."""
    from monitor.cli.output import print_json
    from monitor.query.foreign import translate as translate_query

    dialect = _dialect(source)
    text = (sys.stdin.read() if query == "-" else query).strip("\r\n")
    translation = translate_query(dialect, text, _foreign_names(config, data))
    if as_json:
        print_json({"from": dialect, "original": text, **_translation_record(translation)})
    else:
        _print_translation(text, translation)
    raise typer.Exit(0 if translation.is_usable else 1)


def _foreign_names(config: Path, data: Path) -> ForeignNames:
    """Return the names of the configuration; without files a query can be translated all the same."""
    from monitor.cli.rule_import import foreign_names_of
    from monitor.query.foreign import ForeignNames

    return foreign_names_of(_loaded(config, data)[1]) if config.is_dir() else ForeignNames()


def _translation_record(translation: Translation) -> dict[str, Any]:
    from dataclasses import asdict

    return {
        "query": translation.query,
        "usable": translation.is_usable,
        "remarks": [asdict(diagnostic) for diagnostic in translation.diagnostics],
    }


def _print_translation(text: str, translation: Translation) -> None:
    """Print our query on the standard output, and the diagnostics on the standard error."""
    from monitor.cli.query_argument import format_diagnostics

    for line in format_diagnostics(text, translation.diagnostics):
        print(line, file=sys.stderr)
    if translation.is_usable:
        print(translation.query)
        return
    print("untranslatable: without what is lost it would ask something else", file=sys.stderr)
    if translation.query:
        print(f"a draft without it: {translation.query}", file=sys.stderr)


def _dialect(name: str) -> str:
    from monitor.query.diagnostics import name_hint
    from monitor.query.foreign import DIALECTS

    if name.lower() not in DIALECTS:
        raise typer.BadParameter(f"{name!r} is not known; {name_hint(name, DIALECTS)}", param_hint="--from")
    return name.lower()


@app.command("import")
def importing(
    file: Annotated[Path, typer.Argument(metavar="FILE.csv", help="Columns: name, query, recipients.")],
    source: From,
    to: To = None,
    config: ConfigDir = CONFIG,
    data: DataDir = DATA,
    dry_run: DryRun = False,
) -> None:
    """Write a whole list of another system's queries as rules, each with its original as a comment."""
    from monitor.cli.rule_csv import decode_file, rows_of
    from monitor.cli.rule_import import (
        draft_of,
        existing_place,
        file_of,
        foreign_names_of,
        recipient_problem,
        row_problems,
    )
    from monitor.errors import MonitorError
    from monitor.query.foreign import translate as translate_query

    dialect = _dialect(source)
    loaded, built_config = _loaded(config, data)
    for problem in filter(None, (recipient_problem(built_config, word) for word in to or ())):
        raise typer.BadParameter(problem, param_hint="--to")
    try:
        rows, problems = rows_of(decode_file(file.read_bytes()))
    except OSError as error:
        raise MonitorError(f"{file} cannot be read: {error.strerror}") from error
    problems += row_problems(built_config, rows, to or ())
    _refuse(file, problems)
    places = {row.line: existing_place(built_config, row.name) for row in rows}
    new_rows = [row for row in rows if not places[row.line]]
    foreign_names = foreign_names_of(built_config)
    drafts = [draft_of(row, dialect, translate_query(dialect, row.query, foreign_names), to or ()) for row in new_rows]
    _print_skipped([row for row in rows if places[row.line]], places)
    if not drafts:
        print("nothing to write")
        raise typer.Exit(1)
    _write_file(config, data, loaded, dialect, file_of(drafts, file.name, dialect), dry_run)
    _print_notes(drafts)
    inactive = [draft.name for draft in drafts if not draft.active]
    print(f"{counted(len(drafts), 'rule')}, {len(drafts) - len(inactive)} of them active", file=sys.stderr)
    if inactive:
        print(f"not active, because something could not be kept: {', '.join(inactive)}", file=sys.stderr)


def _refuse(file: Path, problems: Sequence[str]) -> None:
    """Print all that is wrong with a list, and exit with 2."""
    if problems:
        for problem in problems:
            print(f"{file}: {problem}", file=sys.stderr)
        print("nothing was written", file=sys.stderr)
        raise typer.Exit(2)


def _print_notes(drafts: Sequence[RuleDraft]) -> None:
    """Print the doubtful points of the active rules, which their comments hold as well."""
    for draft in drafts:
        for line in draft.comment if draft.active else ():
            if line.startswith("note: "):
                print(f"{draft.name}: {line.removeprefix('note: ')}", file=sys.stderr)


def _print_skipped(rows: Sequence[CsvRule], places: dict[int, str]) -> None:
    for row in rows:
        print(f"line {row.line}: “{row.name}” is in {places[row.line]} already: skipped", file=sys.stderr)


def _write_file(config: Path, data: Path, loaded: Loaded, dialect: str, text: str, dry_run: bool) -> None:
    """Write the rules to a new file, once it loads together with the others."""
    from monitor.atomic_files import replace_file
    from monitor.config.safe_write import free_file, validated_edit

    path = free_file(config, f"imported-{dialect}")
    validated_edit(config, data, path, text, loaded)
    if dry_run:
        print(text, end="")
        return
    replace_file(config / path, text)
    print(f"wrote {config / path}; {RELOAD_NOTE}")
    print(f"to undo: remove {config / path}")
