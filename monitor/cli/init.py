"""Implement `monitor init`: ask five questions, and write the first files of a configuration."""

from __future__ import annotations

import os
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
    from monitor.query import Scope

app = typer.Typer(add_completion=False)

PACKAGE = Path(__file__).parents[1]
SAMPLE = PACKAGE / "sample" if (PACKAGE / "sample").is_dir() else PACKAGE.parent / "config"
"""The shipped outlets and names: inside an installed package (see pyproject.toml), or in the checkout."""
KEEP_OUTLETS = "keep"
OWNER_ONLY = 0o600

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
    from monitor.config.values import parse_zone

    prompts = Prompts(yes)
    scope = _scope(config, data)
    try:
        given = MailServerOptions(server, security, user, password_file, client_id)
        prompts.require({"--mail": mail, "--words": words} | given.required())
        name, address = prompts.ask("--mail", "1/5 Your name and mail address", mail, _mailbox, None)
        question = "2/5 What to look for: words, phrases and names, with commas between"
        queries = prompts.ask("--words", question, words, partial(queries_of, scope=scope), None)
        server_settings, password = mail_server(prompts, given, address, data)
        zone = prompts.ask("--timezone", "4/5 Your time zone", timezone, parse_zone, _system_zone())
        chosen = _outlets(prompts, outlets, config)
        texts = Answers(name, address, queries, server_settings, zone).texts() | chosen | _initial_files(config)
        texts |= _backup_copies(config, texts, replace=replace, use_defaults=yes)
    except typer.Abort:
        print("\nnothing was written", file=sys.stderr)
        raise typer.Exit(2) from None
    _write(config, data, texts, password)
    _print_next_steps(config, data, address, server_settings)


def _scope(config: Path, data: Path) -> Scope:
    """Return the names and lists of the files, or the shipped ones where there are no files yet."""
    from monitor.config import load
    from monitor.config.folder import read_folder
    from monitor.query import Scope

    folder = config if config.is_dir() and read_folder(config).texts else SAMPLE
    if not folder.is_dir():
        return Scope()
    return load(folder, data=data).require_config().scope


def _mailbox(text: str) -> tuple[str, str]:
    """Parse a name and an address; without a name the part before the @ is used."""
    from monitor.config.addresses import parse_sender
    from monitor.config.values import parse_name
    from monitor.text import split_mailbox

    name, address = split_mailbox(parse_sender(text))
    return parse_name(name or address.partition("@")[0]), address


def _system_zone() -> str:
    """Return the name of the machine's time zone, or UTC where it has none."""
    from monitor.config.values import parse_zone

    zone_name = (
        os.environ.get("TZ", "").removeprefix(":") or os.path.realpath("/etc/localtime").rpartition("zoneinfo/")[2]
    )
    try:
        return parse_zone(zone_name)
    except ValueError:
        return "UTC"


def _outlets(prompts: Prompts, given: str | None, config: Path) -> dict[str, str]:
    """Return the files of outlets with the unselected ones switched off; without any the shipped ones."""
    from monitor.config.starter_files import switch_outlets

    existing = {} if not config.is_dir() else _outlet_files(config)
    texts = existing or _outlet_files(SAMPLE)
    names = {path.removeprefix("outlets/").rpartition(".")[0].lower(): path for path in texts}
    question = f"5/5 Which outlets: all, none (later), some of {', '.join(names)}"
    question += f", or {KEEP_OUTLETS} what stands" if existing else ""
    selected = prompts.ask(
        "--outlets", question, given, partial(_parse_choice, names=tuple(names)), KEEP_OUTLETS if existing else "all"
    )
    if selected is None:
        return {} if existing else texts
    return {path: switch_outlets(texts[path], on=name in selected) for name, path in names.items()}


def _outlet_files(folder: Path) -> dict[str, str]:
    from monitor.config.folder import kind_of_file, read_folder

    texts = sorted(read_folder(folder).texts.items())
    return {path: text for path, text in texts if kind_of_file(path) == "outlets"}


def _parse_choice(text: str, names: tuple[str, ...]) -> tuple[str, ...] | None:
    """Return the names of the selected files; None leaves them as they are."""
    from monitor.config.values import quoted, refuse
    from monitor.text.similar_names import did_you_mean

    words = [word.strip().lower() for word in text.split(",") if word.strip()]
    default = {"all": names, "none": (), "later": (), KEEP_OUTLETS: None}
    if len(words) == 1 and words[0] in default:
        return default[words[0]]
    for word in words:
        if word not in names:
            hint = did_you_mean(word, (*names, *default)) or f"all, none, {KEEP_OUTLETS}, or some of {', '.join(names)}"
            raise refuse(f"{quoted(word)} is not among the files of outlets", hint)
    if not words:
        raise refuse("nothing chosen", "all, none, or some of them with commas between")
    return tuple(words)


def _initial_files(config: Path) -> dict[str, str]:
    """Return what a new folder lacks: the shipped names, and the schemas for editors."""
    from monitor.config.safe_write import text_of
    from monitor.config.schema import FOLDER, texts

    names = SAMPLE / "names.yaml"
    needs_names = not (config / names.name).exists() and not (config / names.stem).exists() and names.exists()
    schemas = {f"{FOLDER}/{name}": text for name, text in texts().items() if not (config / FOLDER / name).exists()}
    return schemas | ({names.name: text_of(names)} if needs_names else {})


def _backup_copies(config: Path, texts: Mapping[str, str], *, replace: bool, use_defaults: bool) -> dict[str, str]:
    """Return copies of the edited files, once the user agreed to replace them."""
    from monitor.cli.prompts import confirm
    from monitor.config.safe_write import text_of
    from monitor.config.starter_files import SHIPPED_DIGESTS, is_shipped

    on_disk = {path: text_of(config / path) for path in SHIPPED_DIGESTS}
    edited = [path for path, text in on_disk.items() if text not in ("", texts[path]) and not is_shipped(path, text)]
    if not edited:
        return {}
    edited_files = ", ".join(str(config / path) for path in edited)
    if not replace:
        if use_defaults:
            raise typer.BadParameter(f"{edited_files}: not as shipped; --replace replaces them and keeps copies")
        confirm(f"Not as shipped: {edited_files}. Replace, and keep copies?")
    return {_free_copy_name(config, path): on_disk[path] for path in edited}


def _free_copy_name(config: Path, path: str) -> str:
    """Return an unused name for a copy; its suffix keeps it from being read as configuration."""
    copy, number = f"{path}.bak", 1
    while (config / copy).exists():
        number += 1
        copy = f"{path}.bak{number}"
    return copy


def _write(config: Path, data: Path, texts: Mapping[str, str], password: str) -> None:
    """Write everything, once all files load together."""
    from monitor.atomic_files import replace_files
    from monitor.config.safe_write import loaded_with, text_of
    from monitor.config.starter_files import PASSWORD_FILE
    from monitor.errors import ConfigError
    from monitor.run.startup import make_folder

    loaded = loaded_with(config, data, texts)
    if loaded.errors or loaded.config is None:
        print("nothing was written", file=sys.stderr)
        raise ConfigError(loaded.errors or loaded.problems)
    files = {config / path: text for path, text in texts.items() if text != text_of(config / path)}
    secrets = {data / PASSWORD_FILE: password + "\n"} if password else {}
    if secrets:
        make_folder(data)
    replace_files(files | secrets, dict.fromkeys(secrets, OWNER_ONLY))
    for file in [*files, *secrets]:
        print(f"wrote {file}")


def _print_next_steps(config: Path, data: Path, address: str, server_settings: MailServer | None) -> None:
    """Check the configuration and print the next steps; on a terminal, offer to send a specimen mail."""
    from monitor.cli.check import print_problems
    from monitor.cli.mail import test
    from monitor.reports.validation import validation_of
    from monitor.run.startup import read_config

    print_problems(config, validation_of(read_config(config, data)))
    folders = ((" --config", config, CONFIG), (" --data", data, DATA))
    where = "".join(f"{option} {folder}" for option, folder, default in folders if folder != default)
    missing_secret = _secret_to_write(server_settings, data)
    steps = [*filter(None, [missing_secret]), f"monitor mail test {address}{where}", f"monitor run{where}"]
    for number, step in enumerate(steps):
        print(f"{'     ' if number else 'next:'} {step}")
    ready = server_settings is not None and not missing_secret and sys.stdin.isatty()
    if ready and typer.confirm(f"Send a specimen to {address} now?", default=True):
        test(address, config, data)


def _secret_to_write(server_settings: MailServer | None, data: Path) -> str:
    """Return what to do for a secret whose file does not exist yet, or an empty string."""
    from monitor.cli.ask_mail_server import is_gmail
    from monitor.config.starter_files import TOKEN_FILE

    if server_settings is None:
        return ""
    if server_settings.client_id:
        file, what = TOKEN_FILE, "the refresh token (docs/mail.md shows how to get one)"
    else:
        what = "an app password" if is_gmail(server_settings.host) else f"the password of {server_settings.user}"
        file = server_settings.password_file
    return f"write {what} into {data / file}" if file and not (data / file).is_file() else ""
