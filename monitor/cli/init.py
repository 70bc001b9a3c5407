"""Implement `monitor init`: ask five questions, and write the first files of a configuration."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from monitor.cli.options import CONFIG, DATA, ConfigDir, DataDir

if TYPE_CHECKING:
    from monitor.cli.prompts import Prompts
    from monitor.config.starter_files import MailServer

app = typer.Typer(add_completion=False)

Mail = Annotated[str | None, typer.Option("--mail", metavar="WHO", help='Your address: "Ann <ann@your-company.com>".')]
Words = Annotated[str | None, typer.Option("--words", metavar="A,B,…", help="Words, phrases and names to look for.")]
Server = Annotated[str | None, typer.Option("--server", metavar="HOST[:PORT]", help="Your mail server; '' for none.")]
Security = Annotated[str | None, typer.Option("--security", metavar="HOW", help="starttls, tls or none.")]
User = Annotated[str | None, typer.Option("--user", metavar="USER", help="The mail account; none for no login.")]
PasswordFile = Annotated[
    str | None, typer.Option("--password-file", metavar="FILE", help="A file with the account's password.")
]
ClientId = Annotated[
    str | None, typer.Option("--client-id", metavar="ID", help="The application's id, for Microsoft 365.")
]
TimeZone = Annotated[str | None, typer.Option("--timezone", metavar="ZONE", help="Like Europe/Istanbul.")]
Outlets = Annotated[
    str | None,
    typer.Option("--outlets", metavar="WHICH", help="all, none, keep (as they are), or some: turkey,ukraine."),
]


@app.command()
def init(
    mail: Mail = None,
    words: Words = None,
    server: Server = None,
    security: Security = None,
    user: User = None,
    password_file: PasswordFile = None,
    client_id: ClientId = None,
    timezone: TimeZone = None,
    outlets: Outlets = None,
    yes: Annotated[bool, typer.Option("--yes", help="Ask nothing: what no option says is as usual.")] = False,
    replace: Annotated[bool, typer.Option("--replace", help="Replace files that you changed; copies stay.")] = False,
    config: ConfigDir = CONFIG,
    data: DataDir = DATA,
) -> None:
    """Ask who you are, what to look for, your mail server, time zone and outlets; then write the files.

    All files are written or none; what you changed is never replaced unasked.
    """
    from monitor.cli.ask_mail_server import MailServerOptions, mail_server
    from monitor.cli.prompts import Prompts
    from monitor.config.starter_files import Answers, queries_of
    from monitor.config.starter_folder import missing_files, starter_scope, system_zone
    from monitor.config.values import parse_zone

    prompts = Prompts(yes)
    scope = starter_scope(config, data)
    try:
        given = MailServerOptions(server, security, user, password_file, client_id)
        prompts.require({"--mail": mail, "--words": words} | given.required())
        name, address = prompts.ask("--mail", "1/5 Your name and mail address", mail, _mailbox, None)
        question = "2/5 What to look for: words, phrases and names, with commas between"
        queries = prompts.ask("--words", question, words, partial(queries_of, scope=scope), None)
        server_settings, password = mail_server(prompts, given, address, data)
        zone = prompts.ask("--timezone", "4/5 Your time zone", timezone, parse_zone, system_zone())
        chosen = _outlets(prompts, outlets, config)
        texts = Answers(name, address, queries, server_settings, zone).texts() | chosen | missing_files(config)
        texts |= _backup_copies(config, texts, replace=replace, use_defaults=yes)
    except typer.Abort:
        print("\nnothing was written", file=sys.stderr)
        raise typer.Exit(2) from None
    _write(config, data, texts, password)
    _print_next_steps(config, data, address, server_settings)


def _mailbox(text: str) -> tuple[str, str]:
    """Parse a name and an address; without a name the part before the @ is used."""
    from monitor.config.addresses import parse_sender
    from monitor.config.values import parse_name
    from monitor.text import split_mailbox

    name, address = split_mailbox(parse_sender(text))
    return parse_name(name or address.partition("@")[0]), address


def _outlets(prompts: Prompts, given: str | None, config: Path) -> dict[str, str]:
    """Return the files of outlets to write, by path, with the unselected ones switched off."""
    from monitor.config.starter_folder import KEEP_OUTLETS, outlet_choice

    choice = outlet_choice(config)
    question = f"5/5 Which outlets: all, none (later), some of {', '.join(choice.files)}"
    question += f", or {KEEP_OUTLETS} what stands" if choice.are_own else ""
    return choice.texts_with(prompts.ask("--outlets", question, given, choice.parse, choice.default))


def _backup_copies(config: Path, texts: Mapping[str, str], *, replace: bool, use_defaults: bool) -> dict[str, str]:
    """Return copies of the edited files, once the user agreed to replace them."""
    from monitor.cli.prompts import confirm
    from monitor.config.starter_folder import copies_of, edited_files

    edited = edited_files(config, texts)
    if edited and not replace:
        names = ", ".join(str(config / path) for path in edited)
        if use_defaults:
            raise typer.BadParameter(f"{names}: not as shipped; --replace replaces them and keeps copies")
        confirm(f"Not as shipped: {names}. Replace, and keep copies?")
    return copies_of(config, edited)


def _write(config: Path, data: Path, texts: Mapping[str, str], password: str) -> None:
    """Write everything, once all files load together."""
    from monitor.config.starter_folder import starter_edit
    from monitor.errors import ConfigError
    from monitor.run.startup import make_folder

    try:
        edit = starter_edit(config, data, texts, password)
    except ConfigError:
        print("nothing was written", file=sys.stderr)
        raise
    if edit.secrets:
        make_folder(data)
    edit.write()
    for file in [*edit.files, *edit.secrets]:
        print(f"wrote {file}")


def _print_next_steps(config: Path, data: Path, address: str, server_settings: MailServer | None) -> None:
    """Check the configuration and print the next steps; on a terminal, offer to send a specimen mail."""
    from monitor.cli.check import print_problems
    from monitor.cli.mail import test
    from monitor.reports.validation import validation_of
    from monitor.run.config_folder import read_config
    from monitor.run.startup import utc_now

    loaded = read_config(config, data)
    print_problems(config, validation_of(loaded, utc_now()))
    folders = ((" --config", config, CONFIG), (" --data", data, DATA))
    where = "".join(f"{option} {folder}" for option, folder, default in folders if folder != default)
    missing_secret = server_settings.missing_secret(data) if server_settings else ""
    steps = [*filter(None, [missing_secret]), f"monitor mail test {address}{where}", f"monitor run{where}"]
    if not loaded.require_config().outlets:
        print("no outlet is watched yet: without one, nothing is found")
        steps.insert(0, f"monitor outlets add https://www.example.org{where}")
    for number, step in enumerate(steps):
        print(f"{'     ' if number else 'next:'} {step}")
    ready = server_settings is not None and not missing_secret and sys.stdin.isatty()
    if ready and typer.confirm(f"Send a specimen to {address} now?", default=True):
        test(address, config, data)
