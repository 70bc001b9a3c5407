"""Implement `monitor people`: who gets what, and what somebody of them wants to hear no more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from monitor.cli.mute import Agreed
from monitor.cli.options import CONFIG, DATA, AsJson, ConfigDir, DataDir
from monitor.cli.usage import CommandGroup

if TYPE_CHECKING:
    from monitor.reports.people_list import ListedHoliday, PersonRule

app = typer.Typer(
    help="Who gets what: list it, mute something for one person.",
    cls=CommandGroup,
    no_args_is_help=True,
    add_completion=False,
)

Person = Annotated[str, typer.Argument(metavar="PERSON", help="A person's name, or one address.")]
What = Annotated[str, typer.Argument(metavar="RULE|STORY|OUTLET", help="What `monitor mute` takes.")]


@app.command("list")
def listing(config: ConfigDir = CONFIG, data: DataDir = DATA, as_json: AsJson = False) -> None:
    """List every address of people, the rules that tell it and when, what is muted for it, and who is away."""
    from monitor.cli.output import print_json, table
    from monitor.cli.query_argument import require_config
    from monitor.reports.mute_list import mute_text
    from monitor.reports.people_list import list_people
    from monitor.run.startup import open_store, utc_now
    from monitor.store.place import Place

    loaded = require_config(config, data)
    file = Place.of(loaded.settings.database_url()).path
    if file and not file.exists():
        found = list_people(None, loaded, utc_now())
    else:
        with open_store(config, data) as store, store.reading() as conn:
            found = list_people(conn, loaded, utc_now())
    if as_json:
        print_json(found)
        return
    rows = [
        (
            one.person,
            f"{one.recipient}{' (shared)' if one.shared else ''}",
            "; ".join(f"{rule.rule} ({_times(rule)})" for rule in one.rules),
            "; ".join(mute_text(mute, one.timezone) for mute in one.mutes),
            _days(one.away) if one.away else "",
        )
        for one in found
    ]
    table(("person", "recipient", "rules", "muted", "away"), rows)


def _times(rule: PersonRule) -> str:
    """Return when a rule tells: its times, quiet hours, and how many mails an hour."""
    quiet = f", quiet {rule.quiet}" if rule.quiet else ""
    return f"{rule.send}{quiet}{f', {rule.max_per_hour} an hour' if rule.send == 'at once' else ''}"


def _days(away: ListedHoliday) -> str:
    """Return a holiday as the files have it."""
    return f"{away.first}..{away.last}{'' if away.digest else ', no digest'}"


@app.command()
def mute(
    person: Person,
    what: What,
    until: Annotated[str, typer.Option("--until", metavar="TIME|2h", help="18:00, a date, 3d or forever.")],
    yes: Agreed = False,
    config: ConfigDir = CONFIG,
    data: DataDir = DATA,
) -> None:
    """Tell a person nothing of a rule, a story or an outlet until a time, as `monitor mute --for` does.

    Where several people read an address (`shared: yes`), you are asked first.
    """
    from monitor.cli.mute import begin_mutes

    begin_mutes(what, (person, until), (config, data), agreed=yes)


@app.command()
def unmute(person: Person, what: What, config: ConfigDir = CONFIG, data: DataDir = DATA) -> None:
    """Tell a person of it again, as `monitor mute --off --for` does."""
    from monitor.cli.mute import end_mutes

    end_mutes(what, person, (config, data))
