"""Implement `monitor alerts`: list, show, retry, drop and release mails."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from monitor.cli.options import CONFIG, DATA, AsJson, ConfigDir, DataDir
from monitor.cli.since_option import Since
from monitor.cli.usage import CommandGroup
from monitor.text import counted, when

if TYPE_CHECKING:
    from datetime import datetime

    from monitor.model import State
    from monitor.store import Connection
    from monitor.store.delivery_admin import DeliveryFilter

app = typer.Typer(
    help="Mails sent, waiting, failed, held.", cls=CommandGroup, no_args_is_help=True, add_completion=False
)

_STATES = "waiting, held, sent, unconfirmed, failed, dropped or merged."
Id = Annotated[int, typer.Argument(metavar="ID", help="Which mail (see `alerts list`).")]
Ids = Annotated[list[int] | None, typer.Argument(metavar="ID", help="Which mails (see `alerts list`).")]
AllMails = Annotated[bool, typer.Option("--all", help="All that this can be done to.")]


@app.command("list")
def listing(
    config: ConfigDir = CONFIG,
    data: DataDir = DATA,
    state: Annotated[list[str] | None, typer.Option("--state", metavar="STATE", help=_STATES)] = None,
    to: Annotated[str, typer.Option("--to", metavar="WHO", help="Only to this person or address.")] = "",
    rule: Annotated[str, typer.Option("--rule", metavar="NAME", help="Only those that name this rule.")] = "",
    story: Annotated[str, typer.Option("--story", metavar="ID|URL", help="Only those about this story.")] = "",
    since: Since = "",
    limit: Annotated[int, typer.Option("--limit", min=1, max=10_000, help="At most so many mails.")] = 50,
    as_json: AsJson = False,
) -> None:
    """List mails, the newest first; --since says when they were made."""
    from monitor.cli.delivery_output import until
    from monitor.cli.output import print_json, table
    from monitor.reports.delivery_list import list_deliveries
    from monitor.run.startup import open_store, utc_now
    from monitor.store.delivery_admin import DeliveryFilter

    now, states = utc_now(), _states(state or [])
    with open_store(config, data) as store, store.reading() as conn:
        which = _filter(conn, (config, data), (to, rule, story, since), now) if to or rule or story or since else None
        found = list_deliveries(conn, replace(which or DeliveryFilter(), states=states, limit=limit))
    if as_json:
        print_json(found)
        return
    if not found:
        print("no such mail" if which or states else "no mail was made yet")
        return
    rows = [
        (
            mail.id,
            mail.state,
            mail.alert.recipient,
            ", ".join(mail.rules),
            mail.title,
            when(mail.created_at),
            until(mail, now),
        )
        for mail in found
    ]
    table(("id", "state", "to", "rules", "about", "made", "ended, or until when"), rows)


def _filter(
    conn: Connection, where: tuple[Path, Path], asked: tuple[str, str, str, str], now: datetime
) -> DeliveryFilter:
    """Return the filter of person, rule, story and time; what is unknown is answered with the nearest name."""
    from monitor.cli.query_argument import require_config
    from monitor.cli.since_option import span_of
    from monitor.reports.delivery_filter import filter_of

    built_config = require_config(*where)
    to, rule, story, since = asked
    span = span_of(since, now, built_config.settings.timezone)
    return replace(filter_of(conn, built_config, to, rule, story), since=span[0], until=span[1])


def _states(names: list[str]) -> tuple[State, ...]:
    from monitor.model import State
    from monitor.text.similar_names import did_you_mean

    known = [state.value for state in State]
    for name in names:
        if name not in known:
            question = did_you_mean(name, known)
            hint = f"; {question}" if question else f": one of {', '.join(known)}"
            raise typer.BadParameter(f"{name!r} is no state{hint}", param_hint="--state")
    return tuple(State(name) for name in names)


@app.command()
def show(number: Id, config: ConfigDir = CONFIG, data: DataDir = DATA, as_json: AsJson = False) -> None:
    """Print one mail as its reader sees it, with the attempts to send it and their answers."""
    from monitor.cli.delivery_output import delivery_text
    from monitor.cli.output import print_json
    from monitor.errors import MonitorError
    from monitor.reports.as_json import as_json as as_json_record
    from monitor.reports.delivery_list import show_delivery
    from monitor.run.startup import open_store, utc_now

    with open_store(config, data) as store, store.reading() as conn:
        found = show_delivery(conn, number)
    if found is None:
        raise MonitorError(f"there is no mail {number} (monitor alerts list)")
    if as_json:
        print_json({**as_json_record(found[0]), "message": found[1]})
        return
    print(delivery_text(*found, utc_now()))


@app.command()
def retry(ids: Ids = None, all_mails: AllMails = False, config: ConfigDir = CONFIG, data: DataDir = DATA) -> None:
    """Try failed and unconfirmed mails again, with the same bytes."""
    _change_state(
        "alerts.retry",
        ids,
        (config, data),
        all_mails,
        "tried again now, digests at their slots; `monitor alerts drop ID` ends one",
    )


@app.command()
def drop(ids: Ids = None, all_mails: AllMails = False, config: ConfigDir = CONFIG, data: DataDir = DATA) -> None:
    """End mails unsent: held ones, or the named ones that wait."""
    _change_state(
        "alerts.drop", ids, (config, data), all_mails, "dropped; they stay listed and cannot be sent any more"
    )


@app.command()
def release(ids: Ids = None, all_mails: AllMails = False, config: ConfigDir = CONFIG, data: DataDir = DATA) -> None:
    """Send mails that a restore holds back."""
    result = "released: each leaves at its time; `monitor alerts drop ID` ends one"
    _change_state("alerts.release", ids, (config, data), all_mails, result)


def _change_state(name: str, ids: list[int] | None, where: tuple[Path, Path], all_mails: bool, result: str) -> None:
    """Change the state of mails, through the daemon where one runs, and print what changed."""
    from monitor.run.admin_client import change_deliveries

    if bool(ids) == all_mails:
        raise typer.BadParameter("give the numbers of mails, or --all for every one")
    moved = change_deliveries(name, None if all_mails else ids, *where)
    done, sends_mail = moved.ids, name != "alerts.drop"
    print(f"{counted(len(done), 'mail')} {result}" if done else "nothing to do: none of these is in a state for it")
    if done and sends_mail and not moved.by_daemon:
        print("no daemon is running: they leave once one does (monitor run)")
    merged = _merged(sorted(set(ids or []) - set(done)), where) if name == "alerts.retry" else {}
    for number, note in merged.items():
        print(f"merged: {number}, {note}")
    if unchanged := sorted(set(ids or []) - set(done) - merged.keys()):
        print(f"left as they are: {', '.join(map(str, unchanged))}")
        raise typer.Exit(1)


def _merged(ids: list[int], where: tuple[Path, Path]) -> dict[int, str]:
    """Return by which other mail those of these are told that ended as merged."""
    from monitor.model import State
    from monitor.run.startup import open_store
    from monitor.store import delivery_admin

    with open_store(*where) as store, store.reading() as conn:
        shown = {number: found[0] for number in ids if (found := delivery_admin.show(conn, number))}
    return {number: one.note for number, one in shown.items() if one.state is State.MERGED}
