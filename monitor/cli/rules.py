"""`monitor rules`: what is looked for; a new rule, and whole lists of them from other systems."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from monitor.cli.options import CONFIG, DATA, AsJson, ConfigDir, DataDir
from monitor.cli.usage import Group
from monitor.text import counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.cli.query_argument import QueryArgument
    from monitor.cli.rule_csv import CsvRule
    from monitor.config import Config, Loaded
    from monitor.config.append_entry import FileDraft
    from monitor.query.foreign import ForeignNames, Translation

app = typer.Typer(
    help="The rules: list them, add one, bring them from another system.",
    cls=Group,
    no_args_is_help=True,
    add_completion=False,
)

From = Annotated[str, typer.Option("--from", metavar="SYSTEM", help="meltwater, factiva, lexis or google.")]
To = Annotated[list[str] | None, typer.Option("--to", metavar="WHO", help="A person, a team or a mail address.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Show what would be written, and write nothing.")]


@app.command("list")
def listing(config: ConfigDir = CONFIG, data: DataDir = DATA, as_json: AsJson = False) -> None:
    """List the rules of the configuration: who is told, when, and what of."""
    from monitor.cli.output import as_json as print_json
    from monitor.cli.output import table
    from monitor.cli.query_argument import read
    from monitor.config.cadence import show_cadence

    rules = read(config, data).rules
    rows: list[dict[str, Any]] = [
        {
            "rule": rule.name,
            "to": [route.recipient for route in rule.routes],
            "send": sorted({show_cadence(route.cadence) for route in rule.routes}),
            "routes": [{"to": route.recipient, "send": show_cadence(route.cadence)} for route in rule.routes],
            "active": rule.active,
            "query": rule.query.strip(),
        }
        for rule in sorted(rules.values(), key=lambda rule: rule.name.casefold())
    ]
    if as_json:
        print_json(rows)
        return
    cells = [
        (
            row["rule"],
            ", ".join(row["to"]),
            _times(row),
            "yes" if row["active"] else "no",
            _first_line(row["query"]),
        )
        for row in rows
    ]
    table(("rule", "to", "send", "active", "query"), cells)


def _times(row: dict[str, Any]) -> str:
    """When the rule's mails go out, and to whom where that differs."""
    readers = {send: [route["to"] for route in row["routes"] if route["send"] == send] for send in row["send"]}
    return "; ".join(send if len(readers) == 1 else f"{send} ({', '.join(to)})" for send, to in readers.items())


def _first_line(query: str) -> str:
    """The first line that is no comment, and a sign that there are more."""
    lines = [line.strip() for line in query.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    return (lines[0] + (" …" if len(lines) > 1 else "")) if lines else ""


@app.command()
def add(
    name: Annotated[str, typer.Argument(metavar="NAME", help="The rule's name.")],
    query: Annotated[str, typer.Argument(metavar="QUERY", help="What to look for; - reads it from standard input.")],
    to: To = None,
    send: Annotated[str, typer.Option("--send", metavar="WHEN", help="at once, hourly, daily 08:00 …")] = "",
    config: ConfigDir = CONFIG,
    data: DataDir = DATA,
    dry_run: DryRun = False,
) -> None:
    """Try a rule on what is stored, show the mails a day that it makes, and write it to the files."""
    from monitor.atomic_files import replace_file
    from monitor.cli.options import valid
    from monitor.cli.query_argument import understood
    from monitor.cli.rule_import import stranger, taken
    from monitor.config.append_entry import FileDraft
    from monitor.config.cadence import parse_cadence
    from monitor.config.values import parse_name

    loaded, world = _loaded(config, data)
    name = valid("NAME", " ".join(name.split()), parse_name)
    if send:
        valid("--send", send, parse_cadence)
    if place := taken(world, name):
        raise typer.BadParameter(f"“{name}” is in {place} already", param_hint="NAME")
    if not to:
        raise typer.BadParameter("nobody is told; give --to and a person, a team or a mail address", param_hint="--to")
    for word in to:
        if trouble := stranger(world, word):
            raise typer.BadParameter(trouble, param_hint="--to")
    asked = understood(query, world)
    draft = FileDraft(name, asked.text, tuple(to), send)
    path, text = _with(config, data, loaded, draft)
    _try(asked)
    if dry_run:
        print("\n".join(["", f"would be written to {path}:", *draft.lines()]))
        return
    replace_file(path, text)
    print(f"\nwrote the rule “{name}” to {path}; a running monitor follows within seconds")
    print(f"to undo: take the rule out of {path} again")


def _loaded(config: Path, data: Path) -> tuple[Loaded, Config]:
    from monitor.errors import ConfigError
    from monitor.run.startup import read_config

    loaded = read_config(config, data)
    if loaded.config is None:
        raise ConfigError(loaded.problems)
    return loaded, loaded.config


def _try(asked: QueryArgument) -> None:
    """Show what the last month would have brought; a database that is not there holds no past."""
    from monitor.cli.since_option import span_of
    from monitor.cli.try_output import print_trial
    from monitor.cli.try_rule import try_on
    from monitor.errors import StoreError
    from monitor.run.startup import utc_now
    from monitor.store import Store

    settings = asked.config.settings
    try:
        with Store.open(settings.database_url(), read_only=True) as store:
            print_trial(try_on(store, asked, None, span_of("30d", utc_now(), settings.timezone), 3), 3)
    except StoreError as error:
        print(f"not tried, for want of a past: {error}")


def _with(config: Path, data: Path, loaded: Loaded, draft: Any) -> tuple[Path, str]:
    """The file that a rule belongs in and its text with the rule, once all files together load with it."""
    from monitor.config.append_entry import with_rule
    from monitor.config.safe_write import rules_file, text_of, tried

    path = rules_file(config)
    text = with_rule(text_of(config / path), draft)
    tried(config, data, path, text, loaded)
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
    from monitor.cli.output import as_json as print_json
    from monitor.query.foreign import translate as translated

    dialect = _dialect(source)
    text = (sys.stdin.read() if query == "-" else query).strip("\r\n")
    made = translated(dialect, text, _known(config, data))
    if as_json:
        print_json({"from": dialect, "original": text, **_record(made)})
    else:
        _tell(text, made)
    raise typer.Exit(0 if made.is_usable else 1)


def _known(config: Path, data: Path) -> ForeignNames:
    """What the files know; without files a query can be translated all the same."""
    from monitor.cli.rule_import import known_of
    from monitor.query.foreign import ForeignNames

    return known_of(_loaded(config, data)[1]) if config.is_dir() else ForeignNames()


def _record(made: Translation) -> dict[str, Any]:
    from dataclasses import asdict

    return {
        "query": made.query,
        "usable": made.is_usable,
        "remarks": [asdict(diagnostic) for diagnostic in made.diagnostics],
    }


def _tell(text: str, made: Translation) -> None:
    """Our query alone on the standard output, what is to be said of it beside."""
    from monitor.cli.query_argument import pointed

    for line in pointed(text, made.diagnostics):
        print(line, file=sys.stderr)
    if made.is_usable:
        print(made.query)
        return
    print("untranslatable: without what is lost it would ask something else", file=sys.stderr)
    if made.query:
        print(f"a draft without it: {made.query}", file=sys.stderr)


def _dialect(name: str) -> str:
    from monitor.query.diagnostics import did_you_mean
    from monitor.query.foreign import DIALECTS

    if name.lower() not in DIALECTS:
        raise typer.BadParameter(f"{name!r} is not known; {did_you_mean(name, DIALECTS)}", param_hint="--from")
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
    from monitor.cli.rule_csv import decoded, rows_of
    from monitor.cli.rule_import import draft_of, file_of, known_of, stranger, taken, wrong_rows
    from monitor.errors import MonitorError
    from monitor.query.foreign import translate as translated

    dialect = _dialect(source)
    loaded, world = _loaded(config, data)
    for trouble in filter(None, (stranger(world, word) for word in to or ())):
        raise typer.BadParameter(trouble, param_hint="--to")
    try:
        rows, problems = rows_of(decoded(file.read_bytes()))
    except OSError as error:
        raise MonitorError(f"{file} cannot be read: {error.strerror}") from error
    problems += wrong_rows(world, rows, to or ())
    _refuse(file, problems)
    places = {row.line: taken(world, row.name) for row in rows}
    fresh = [row for row in rows if not places[row.line]]
    known = known_of(world)
    drafts = [draft_of(row, dialect, translated(dialect, row.query, known), to or ()) for row in fresh]
    _tell_skipped([row for row in rows if places[row.line]], places)
    if not drafts:
        print("nothing to write")
        raise typer.Exit(1)
    _write_file(config, data, loaded, dialect, file_of(drafts, file.name, dialect), dry_run)
    _tell_notes(drafts)
    asleep = [draft.name for draft in drafts if not draft.active]
    print(f"{counted(len(drafts), 'rule')}, {len(drafts) - len(asleep)} of them active", file=sys.stderr)
    if asleep:
        print(f"not active, because something could not be kept: {', '.join(asleep)}", file=sys.stderr)


def _refuse(file: Path, problems: Sequence[str]) -> None:
    """Show all that is wrong with a list, and leave."""
    if problems:
        for problem in problems:
            print(f"{file}: {problem}", file=sys.stderr)
        print("nothing was written", file=sys.stderr)
        raise typer.Exit(2)


def _tell_notes(drafts: Sequence[FileDraft]) -> None:
    """Say what is doubtful of the rules that were kept, as their comments do."""
    for draft in drafts:
        for line in draft.comment if draft.active else ():
            if line.startswith("note: "):
                print(f"{draft.name}: {line.removeprefix('note: ')}", file=sys.stderr)


def _tell_skipped(rows: Sequence[CsvRule], places: dict[int, str]) -> None:
    for row in rows:
        print(f"line {row.line}: “{row.name}” is in {places[row.line]} already: skipped", file=sys.stderr)


def _write_file(config: Path, data: Path, loaded: Loaded, dialect: str, text: str, dry_run: bool) -> None:
    """Put a file of its own beside the others, once all of them together load."""
    from monitor.atomic_files import replace_file
    from monitor.config.safe_write import free_file, tried

    path = free_file(config, f"imported-{dialect}")
    tried(config, data, path, text, loaded)
    if dry_run:
        print(text, end="")
        return
    replace_file(config / path, text)
    print(f"wrote {config / path}; a running monitor follows within seconds")
    print(f"to undo: remove {config / path}")
