"""`monitor alerts`: the mails that were sent, wait, failed, are held, or may have arrived or not."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from monitor.cli.options import CONFIG, DATA, AsJson, ConfigDir, DataDir
from monitor.cli.usage import Group
from monitor.text import counted

if TYPE_CHECKING:
    from monitor.model import State

app = typer.Typer(help="Mails sent, waiting, failed, held.", cls=Group, no_args_is_help=True, add_completion=False)

_STATES = "waiting, held, sent, unconfirmed, failed, dropped or merged."
Id = Annotated[int, typer.Argument(metavar="ID", help="Which mail (see `alerts list`).")]
Ids = Annotated[list[int] | None, typer.Argument(metavar="ID", help="Which mails (see `alerts list`).")]
All = Annotated[bool, typer.Option("--all", help="All that this can be done to.")]


@app.command("list")
def listing(
    config: ConfigDir = CONFIG,
    data: DataDir = DATA,
    state: Annotated[list[str] | None, typer.Option("--state", metavar="STATE", help=_STATES)] = None,
    to: Annotated[str, typer.Option("--to", metavar="WHO", help="Only this recipient.")] = "",
    limit: Annotated[int, typer.Option("--limit", min=1, max=10_000, help="At most so many mails.")] = 50,
    as_json: AsJson = False,
) -> None:
    """List mails, the newest first."""
    from dataclasses import asdict

    from monitor.cli.delivery_output import moments, rules_of, titles_of
    from monitor.cli.output import as_json as print_json
    from monitor.cli.output import table
    from monitor.run.startup import open_store, utc_now
    from monitor.store import delivery_admin

    which = delivery_admin.DeliveryFilter(states=_states(state or []), recipient=to, limit=limit)
    with open_store(config, data) as store, store.reading() as conn:
        found = delivery_admin.listing(conn, which)
        titles = titles_of(conn, found)
    if as_json:
        print_json([asdict(one) | {"title": titles[one.id], "rules": rules_of(one)} for one in found])
        return
    now = utc_now()
    rows = [
        (mail.id, mail.state, mail.alert.recipient, ", ".join(rules_of(mail)), titles[mail.id], *moments(mail, now))
        for mail in found
    ]
    table(("id", "state", "to", "rules", "about", "made", "ended, or until when"), rows)


def _states(names: list[str]) -> tuple[State, ...]:
    from difflib import get_close_matches

    from monitor.model import State

    known = [state.value for state in State]
    for name in names:
        if name not in known:
            near = get_close_matches(name, known, 1)
            hint = f"; did you mean {near[0]}?" if near else f": one of {', '.join(known)}"
            raise typer.BadParameter(f"{name!r} is no state{hint}", param_hint="--state")
    return tuple(State(name) for name in names)


@app.command()
def show(number: Id, config: ConfigDir = CONFIG, data: DataDir = DATA) -> None:
    """Print one mail as its reader sees it."""
    from monitor.cli.delivery_output import shown
    from monitor.errors import MonitorError
    from monitor.run.startup import open_store, utc_now
    from monitor.store import delivery_admin

    with open_store(config, data) as store, store.reading() as conn:
        found = delivery_admin.show(conn, number)
    if found is None:
        raise MonitorError(f"there is no mail {number} (monitor alerts list)")
    print(shown(*found, utc_now()))


@app.command()
def retry(ids: Ids = None, every: All = False, config: ConfigDir = CONFIG, data: DataDir = DATA) -> None:
    """Try failed and unconfirmed mails again, with the same bytes."""
    _move(
        "alerts.retry",
        ids,
        (config, data),
        every,
        "tried again now, digests at their slots; `monitor alerts drop ID` ends one",
    )


@app.command()
def drop(ids: Ids = None, every: All = False, config: ConfigDir = CONFIG, data: DataDir = DATA) -> None:
    """End mails unsent: held ones, or the named ones that wait."""
    _move("alerts.drop", ids, (config, data), every, "dropped; they stay listed and cannot be sent any more")


@app.command()
def release(ids: Ids = None, every: All = False, config: ConfigDir = CONFIG, data: DataDir = DATA) -> None:
    """Send mails that a restore holds back."""
    said = "released: each leaves at its time; `monitor alerts drop ID` ends one"
    _move("alerts.release", ids, (config, data), every, said)


def _move(name: str, ids: list[int] | None, where: tuple[Path, Path], every: bool, said: str) -> None:
    """Have the daemon do it, or do it here when none runs; say what changed."""
    from monitor.run.admin_client import change_deliveries

    if bool(ids) == every:
        raise typer.BadParameter("give the numbers of mails, or --all for every one")
    moved = change_deliveries(name, None if every else ids, *where)
    done, sends = moved.ids, name != "alerts.drop"
    print(f"{counted(len(done), 'mail')} {said}" if done else "nothing to do: none of these is in a state for it")
    if done and sends and not moved.by_daemon:
        print("no daemon is running: they leave once one does (monitor run)")
    if left := sorted(set(ids or []) - set(done)):
        print(f"left as they are: {', '.join(map(str, left))}")
        raise typer.Exit(1)
