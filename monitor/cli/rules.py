"""Implement `monitor rules`: list and add rules, and translate or import those of other systems."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from monitor.cli.options import CONFIG, DATA, RELOAD_NOTE, AsJson, ConfigDir, DataDir, DryRun
from monitor.cli.query_argument import QUERY_HELP
from monitor.cli.usage import CommandGroup
from monitor.text import counted, when

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from monitor.alerts import Burst
    from monitor.cli.query_argument import QueryArgument
    from monitor.config import Config
    from monitor.config.append_entry import RuleDraft
    from monitor.reports.config_lists import ListedRule
    from monitor.reports.mute_list import ListedMute
    from monitor.reports.translation import TranslationReport

app = typer.Typer(
    help="The rules: list them, add one, bring them from another system.",
    cls=CommandGroup,
    no_args_is_help=True,
    add_completion=False,
)

From = Annotated[str, typer.Option("--from", metavar="SYSTEM", help="meltwater, factiva, lexis or google.")]
To = Annotated[list[str] | None, typer.Option("--to", metavar="WHO", help="A person, a team or a mail address.")]


@app.command("list")
def listing(config: ConfigDir = CONFIG, data: DataDir = DATA, as_json: AsJson = False) -> None:
    """List the rules of the configuration: who is told, when, and what of; what is muted or has ended."""
    from monitor.cli.output import print_json, table
    from monitor.cli.query_argument import require_config
    from monitor.reports.config_lists import list_rules
    from monitor.run.startup import utc_now

    now = utc_now()
    found = list_rules(require_config(config, data), now, *_stored((config, data), now))
    if as_json:
        print_json(found)
        return
    rows = [(one.rule, ", ".join(one.to), _times(one), _standing(one), _first_line(one.query)) for one in found]
    table(("rule", "to", "send", "active", "query"), rows)


def _stored(where: tuple[Path, Path], now: datetime) -> tuple[Sequence[ListedMute], Sequence[Burst]]:
    """Return mutes and bursts; none where no database can be read, since rules are listed without one."""
    from monitor.errors import StoreError
    from monitor.reports.mute_list import list_mutes
    from monitor.run.startup import open_store
    from monitor.steps.burst_notes import rule_bursts

    try:
        with open_store(*where) as store, store.reading() as conn:
            return list_mutes(conn, now), rule_bursts(conn, now)
    except StoreError as error:
        print(f"without what is muted: {error}", file=sys.stderr)
        return (), ()


def _standing(rule: ListedRule) -> str:
    """Return whether a rule is active, until when, for whom it is muted, and whether it finds far more than usual."""
    end = f"until {when(rule.until)}" if rule.until else ""
    state = "no" if not rule.active else f"ended {when(rule.until)}" if rule.ended else f"yes {end}".rstrip()
    muted = [
        f"muted{f' for {one.for_}' if one.for_ else ''} until {when(one.until) if one.until else 'it is unmuted'}"
        for one in rule.mutes
    ]
    return "; ".join([state, *muted, *(["a burst"] if rule.burst else [])])


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
    by: Annotated[str, typer.Option("--by", metavar="WAYS", help="Which addresses of people: mail,telegram")] = "",
    config: ConfigDir = CONFIG,
    data: DataDir = DATA,
    dry_run: DryRun = False,
) -> None:
    """Try a rule on what is stored, show the mails a day that it makes, and write it to the files."""
    from monitor.cli.options import parse_option
    from monitor.cli.query_argument import compile_argument
    from monitor.config.append_entry import RuleDraft
    from monitor.config.cadence import parse_cadence
    from monitor.config.new_rules import add_rule, existing_place, parse_by
    from monitor.config.values import parse_name
    from monitor.run.config_folder import read_config

    loaded = read_config(config, data)
    built_config = loaded.require_config()
    name = parse_option("NAME", " ".join(name.split()), parse_name)
    if send:
        parse_option("--send", send, parse_cadence)
    ways = parse_option("--by", by, parse_by)
    if place := existing_place(built_config, name):
        raise typer.BadParameter(f"“{name}” is in {place} already", param_hint="NAME")
    if not to:
        raise typer.BadParameter("nobody is told; give --to and a person, a team or a mail address", param_hint="--to")
    _check_recipients(built_config, to)
    argument = compile_argument(query, built_config)
    draft = RuleDraft(name, argument.text, tuple(to), send, by=ways)
    edit = add_rule(config, data, loaded, draft)
    _print_trial(argument)
    if dry_run:
        print("\n".join(["", f"would be written to {edit.file}:", *draft.lines()]))
        return
    edit.write()
    print(f"\nwrote the rule “{name}” to {edit.file}; {RELOAD_NOTE}")
    print(f"to undo: take the rule out of {edit.file} again")


def _check_recipients(config: Config, to: Sequence[str]) -> None:
    from monitor.config.new_rules import recipient_problem

    for word in to:
        if problem := recipient_problem(config, word):
            raise typer.BadParameter(problem, param_hint="--to")


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
    from monitor.cli.query_argument import require_config
    from monitor.reports.translation import translate_query

    dialect = _dialect(source)
    text = (sys.stdin.read() if query == "-" else query).strip("\r\n")
    # Without files a query can be translated all the same.
    translation = translate_query(require_config(config, data) if config.is_dir() else None, dialect, text)
    (print_json if as_json else _print_translation)(translation)
    raise typer.Exit(0 if translation.usable else 1)


def _print_translation(translation: TranslationReport) -> None:
    """Print our query on the standard output, and the remarks on the standard error."""
    from monitor.cli.query_argument import format_diagnostics

    for line in format_diagnostics(translation.original, translation.remarks):
        print(line, file=sys.stderr)
    if translation.usable:
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
    from monitor.config.rule_import import ForeignList, import_rules
    from monitor.errors import MonitorError
    from monitor.run.config_folder import read_config

    dialect = _dialect(source)
    loaded = read_config(config, data)
    _check_recipients(loaded.require_config(), to or ())
    try:
        listed = ForeignList(file.name, file.read_bytes(), dialect, tuple(to or ()))
    except OSError as error:
        raise MonitorError(f"{file} cannot be read: {error.strerror}") from error
    found = import_rules(config, data, loaded, listed)
    if found.problems:
        for problem in found.problems:
            print(f"{file}: {problem}", file=sys.stderr)
        print("nothing was written", file=sys.stderr)
        raise typer.Exit(2)
    for row, place in found.skipped:
        print(f"line {row.line}: “{row.name}” is in {place} already: skipped", file=sys.stderr)
    if found.edit is None:
        print("nothing to write")
        raise typer.Exit(1)
    if dry_run:
        print(found.edit.text, end="")
    else:
        found.edit.write()
        print(f"wrote {found.edit.file}; {RELOAD_NOTE}")
        print(f"to undo: remove {found.edit.file}")
    _print_import(found.drafts)


def _print_import(drafts: Sequence[RuleDraft]) -> None:
    """Print the doubtful points of the active rules, which their comments hold as well, and how many are active."""
    for draft in drafts:
        for line in draft.comment if draft.active else ():
            if line.startswith("note: "):
                print(f"{draft.name}: {line.removeprefix('note: ')}", file=sys.stderr)
    inactive = [draft.name for draft in drafts if not draft.active]
    print(f"{counted(len(drafts), 'rule')}, {len(drafts) - len(inactive)} of them active", file=sys.stderr)
    if inactive:
        print(f"not active, because something could not be kept: {', '.join(inactive)}", file=sys.stderr)
