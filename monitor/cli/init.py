"""`monitor init`: five questions, and the first files of a configuration."""

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
"""The shipped outlets and names: within an installed package (pyproject.toml puts them there), or of the checkout."""
KEEP = "keep"
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

    asking = Prompts(yes)
    scope = _scope(config, data)
    try:
        given = MailServerOptions(server, security, user, password_file, client_id)
        asking.require({"--mail": mail, "--words": words} | given.required())
        name, address = asking.ask("--mail", "1/5 Your name and mail address", mail, _mailbox, None)
        question = "2/5 What to look for: words, phrases and names, with commas between"
        queries = asking.ask("--words", question, words, partial(queries_of, scope=scope), None)
        account, password = mail_server(asking, given, address, data)
        zone = asking.ask("--timezone", "4/5 Your time zone", timezone, parse_zone, _system_zone())
        chosen = _outlets(asking, outlets, config)
        texts = Answers(name, address, queries, account, zone).texts() | chosen | _beside(config)
        texts |= _copies(config, texts, replace=replace, assume=yes)
    except typer.Abort:
        print("\nnothing was written", file=sys.stderr)
        raise typer.Exit(2) from None
    _write(config, data, texts, password)
    _next(config, data, address, account)


def _scope(config: Path, data: Path) -> Scope:
    """The names and lists that the files know, or the shipped ones where there are none yet."""
    from monitor.config import load
    from monitor.config.folder import read_folder
    from monitor.errors import ConfigError
    from monitor.query import Scope

    folder = config if config.is_dir() and read_folder(config).texts else SAMPLE
    if not folder.is_dir():
        return Scope()
    loaded = load(folder, data=data)
    if loaded.config is None:
        raise ConfigError(loaded.problems)
    return loaded.config.scope


def _mailbox(text: str) -> tuple[str, str]:
    """A name (otherwise what stands before the @) and the address."""
    from monitor.config.addresses import parse_sender
    from monitor.config.values import parse_name
    from monitor.text import split_mailbox

    name, address = split_mailbox(parse_sender(text))
    return parse_name(name or address.partition("@")[0]), address


def _system_zone() -> str:
    """The machine's own time zone, by name; UTC where it has none."""
    from monitor.config.values import parse_zone

    named = os.environ.get("TZ", "").removeprefix(":") or os.path.realpath("/etc/localtime").rpartition("zoneinfo/")[2]
    try:
        return parse_zone(named)
    except ValueError:
        return "UTC"


def _outlets(asking: Prompts, given: str | None, config: Path) -> dict[str, str]:
    """The files of outlets with those switched off that are not wanted; where there are none yet, the shipped ones."""
    from monitor.config.starter_files import switched

    there = {} if not config.is_dir() else _outlet_files(config)
    texts = there or _outlet_files(SAMPLE)
    names = {path.removeprefix("outlets/").rpartition(".")[0].lower(): path for path in texts}
    question = f"5/5 Which outlets: all, none (later), some of {', '.join(names)}"
    question += f", or {KEEP} what stands" if there else ""
    wanted = asking.ask("--outlets", question, given, partial(_chosen, names=tuple(names)), KEEP if there else "all")
    if wanted is None:
        return {} if there else texts
    return {path: switched(texts[path], on=name in wanted) for name, path in names.items()}


def _outlet_files(folder: Path) -> dict[str, str]:
    from monitor.config.folder import kind_of_file, read_folder

    texts = sorted(read_folder(folder).texts.items())
    return {path: text for path, text in texts if kind_of_file(path) == "outlets"}


def _chosen(text: str, names: tuple[str, ...]) -> tuple[str, ...] | None:
    """The files that are wanted; None: those that are on now."""
    from monitor.config.values import nearest, quoted, refuse

    words = [word.strip().lower() for word in text.split(",") if word.strip()]
    usual = {"all": names, "none": (), "later": (), KEEP: None}
    if len(words) == 1 and words[0] in usual:
        return usual[words[0]]
    for word in words:
        if word not in names:
            hint = nearest(word, (*names, *usual)) or f"all, none, {KEEP}, or some of {', '.join(names)}"
            raise refuse(f"{quoted(word)} is not among the files of outlets", hint)
    if not words:
        raise refuse("nothing chosen", "all, none, or some of them with commas between")
    return tuple(words)


def _beside(config: Path) -> dict[str, str]:
    """What belongs into a folder that has nothing yet: the shipped names, and the schemas for editors."""
    from monitor.config.safe_write import text_of
    from monitor.config.schema import FOLDER, texts

    names = SAMPLE / "names.yaml"
    fresh = not (config / names.name).exists() and not (config / names.stem).exists() and names.exists()
    schemas = {f"{FOLDER}/{name}": text for name, text in texts().items() if not (config / FOLDER / name).exists()}
    return schemas | ({names.name: text_of(names)} if fresh else {})


def _copies(config: Path, texts: Mapping[str, str], *, replace: bool, assume: bool) -> dict[str, str]:
    """Copies of the files that somebody has edited, once it is agreed that they are replaced."""
    from monitor.cli.prompts import agree
    from monitor.config.safe_write import text_of
    from monitor.config.starter_files import SHIPPED, is_shipped

    old = {path: text_of(config / path) for path in SHIPPED}
    edited = [path for path, text in old.items() if text not in ("", texts[path]) and not is_shipped(path, text)]
    if not edited:
        return {}
    which = ", ".join(str(config / path) for path in edited)
    if not replace:
        if assume:
            raise typer.BadParameter(f"{which}: not as shipped; --replace replaces them and keeps copies")
        agree(f"Not as shipped: {which}. Replace, and keep copies?")
    return {_free(config, path): old[path] for path in edited}


def _free(config: Path, path: str) -> str:
    """The name of a copy; it does not end as files do that are read."""
    copy, number = f"{path}.bak", 1
    while (config / copy).exists():
        number += 1
        copy = f"{path}.bak{number}"
    return copy


def _write(config: Path, data: Path, texts: Mapping[str, str], password: str) -> None:
    """Write everything, once all files together load."""
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


def _next(config: Path, data: Path, address: str, account: MailServer | None) -> None:
    """Check what is there now, and say how it goes on; on a terminal, offer the specimen at once."""
    from monitor.cli.check import show
    from monitor.cli.mail import test
    from monitor.run.startup import read_config

    loaded = read_config(config, data)
    show(config, loaded)
    folders = ((" --config", config, CONFIG), (" --data", data, DATA))
    where = "".join(f"{option} {folder}" for option, folder, usual in folders if folder != usual)
    first = _secret_to_write(account, data)
    steps = [*filter(None, [first]), f"monitor mail test {address}{where}", f"monitor run{where}"]
    for number, step in enumerate(steps):
        print(f"{'     ' if number else 'next:'} {step}")
    ready = account is not None and not first and sys.stdin.isatty()
    if ready and typer.confirm(f"Send a specimen to {address} now?", default=True):
        test(address, config, data)


def _secret_to_write(account: MailServer | None, data: Path) -> str:
    """What the login still lacks: monitor.yaml names a file that is not there yet."""
    from monitor.cli.ask_mail_server import is_gmail
    from monitor.config.starter_files import TOKEN_FILE

    if account is None:
        return ""
    if account.client_id:
        file, what = TOKEN_FILE, "the refresh token (docs/mail.md shows how to get one)"
    else:
        what = "an app password" if is_gmail(account.host) else f"the password of {account.user}"
        file = account.password_file
    return f"write {what} into {data / file}" if file and not (data / file).is_file() else ""
