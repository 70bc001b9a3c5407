"""Implement `monitor mute`: silence a rule, a story or an outlet until a time, list what is muted, undo it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from monitor.cli.options import CONFIG, DATA, AsJson, ConfigDir, DataDir, parse_option
from monitor.text import clean, counted, when_typed

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path

    from monitor.silence_values import Mute, MuteKind

app = typer.Typer(add_completion=False)

Agreed = Annotated[bool, typer.Option("--yes", help="Ask nothing, also where several people read an address.")]
What = Annotated[
    str, typer.Argument(metavar="RULE|STORY|OUTLET", help="A name, a story's id, or the address of an article of it.")
]


@app.command()
def mute(
    what: What = "",
    who: Annotated[str, typer.Option("--for", metavar="PERSON", help="Only for this person; else for all.")] = "",
    until: Annotated[str, typer.Option("--until", metavar="TIME|2h", help="18:00, a date, 3d or forever.")] = "",
    off: Annotated[bool, typer.Option("--off", help="Undo it: for everybody, or with --for for one person.")] = False,
    yes: Agreed = False,
    config: ConfigDir = CONFIG,
    data: DataDir = DATA,
    as_json: AsJson = False,
) -> None:
    """Tell nothing of a rule, a story or an outlet until a time; without arguments, list what is muted.

    It holds at once, over what the files say. A date means the end of that day. Where a rule and an outlet have one
    name, say rule:NAME or outlet:NAME.
    """
    if not what:
        if who or until or off:
            raise typer.BadParameter("say what: a rule, a story or an outlet", param_hint="RULE|STORY|OUTLET")
        _print_mutes((config, data), as_json)
    elif off:
        if until:
            raise typer.BadParameter("--off ends it at once, so that it takes no --until", param_hint=["--until"])
        end_mutes(what, who, (config, data))
    elif not until:
        raise typer.BadParameter("say until when: --until 18:00, 2026-12-24, 3d or forever", param_hint=["--until"])
    else:
        begin_mutes(what, (who, until), (config, data), agreed=yes)


def begin_mutes(what: str, who_and_until: tuple[str, str], where: tuple[Path, Path], *, agreed: bool) -> None:
    """Mute what a word means until a time, for one person or (empty) for everybody, and say so.

    Unless that is `agreed`, who types is asked where several people read an address of that person.
    """
    from monitor.cli.query_argument import require_config
    from monitor.reports.mute_list import meant, recipients_meant, shared_by_several
    from monitor.reports.time_span import parse_until
    from monitor.run.admin_client import put_mutes
    from monitor.run.startup import open_store, utc_now
    from monitor.silence_values import Mute

    who, until = who_and_until
    built_config, now = require_config(*where), utc_now()
    zone = built_config.settings.timezone
    end = parse_option("--until", until, lambda text: parse_until(text, now, zone))
    recipients = recipients_meant(built_config, who) if who else ("",)
    with open_store(*where) as store, store.reading() as conn:
        kind, target = meant(conn, built_config, what)
    mutes = [Mute(kind, target, recipient, end) for recipient in recipients]
    if not agreed:
        _ask_for_all(shared_by_several(built_config, recipients), f"the {kind} {clean(target)}")
    put_mutes(mutes, *where)
    for one in mutes:
        print(f"muted: {_text(one, zone)}")
    print(f"what waits in digests is taken out when they leave; `{_undoing(kind, target, who)}` undoes it")


def _undoing(kind: MuteKind, target: str, who: str) -> str:
    """Return the command, as it is typed, that ends a mute for one person or (empty) for everybody."""
    from monitor.text.shell_words import shell_word

    words = ["monitor", "mute", shell_word(f"{kind}:{target}"), *(["--for", shell_word(who)] if who else []), "--off"]
    return clean(" ".join(words))


def _ask_for_all(shared: Sequence[str], what: str) -> None:
    """Ask before what one reader wants is silent for all who read the same address; raises typer.Abort otherwise."""
    from monitor.cli.prompts import confirm

    if shared:
        print(f"several people read {' and '.join(shared)}: all of them would hear nothing of {what}")
        confirm("Mute it for all of them? (--yes asks nothing)")


def end_mutes(what: str, who: str, where: tuple[Path, Path]) -> None:
    """End the mutes of what a word means, of one person or (empty) the one for everybody, and say what remains."""
    from monitor.cli.query_argument import require_config
    from monitor.errors import MonitorError
    from monitor.reports.mute_list import muted_by, recipients_meant
    from monitor.run.admin_client import remove_mutes
    from monitor.run.startup import open_store, utc_now

    built_config = require_config(*where)
    zone, recipients = built_config.settings.timezone, recipients_meant(built_config, who) if who else ("",)
    with open_store(*where) as store, store.reading() as conn:
        found = muted_by(conn, built_config, what, utc_now())
    chosen = [one for one in found if one.recipient in recipients]
    others = [] if who else [one for one in found if one.recipient]
    if not chosen:
        raise MonitorError(
            f"{clean(what)} is not muted{f' for {clean(who)}' if who else _only_for(others)} (monitor mute)"
        )
    remove_mutes(chosen, *where)
    for one in chosen:
        print(f"not muted any more: {_text(one, zone)}")
    for one in others:
        print(f"still muted: {_text(one, zone)} (--for ends it)")


def _only_for(mutes: Sequence[Mute]) -> str:
    people = ", ".join(clean(one.recipient) for one in mutes)
    return f" for everybody, but only for {people}: say --for" if people else ""


def _text(mute: Mute, zone: str) -> str:
    whom = f" for {mute.recipient}" if mute.recipient else ""
    return clean(
        f"the {mute.kind} {mute.target}{whom}, {f'until {_end(mute.until, zone)}' if mute.until else 'forever'}"
    )


def _end(until: datetime | None, zone: str) -> str:
    return when_typed(until, zone) if until else "forever"


def _print_mutes(where: tuple[Path, Path], as_json: bool) -> None:
    from monitor.cli.output import print_json, table
    from monitor.reports.mute_list import list_mutes
    from monitor.run.config_folder import read_config
    from monitor.run.startup import open_store, utc_now

    with open_store(*where) as store, store.reading() as conn:
        found = list_mutes(conn, utc_now())
    if as_json:
        print_json(found)
    elif not found:
        print("nothing is muted")
    else:
        config = read_config(*where).config
        zone = config.settings.timezone if config else "UTC"
        rows = [(one.kind, one.target, one.for_ or "everybody", _end(one.until, zone), one.about) for one in found]
        table(("what", "which", "for", "until", "about"), rows)
        first, which = found[0], "the first" if len(found) > 1 else "it"
        print(f"{counted(len(found), 'mute')}; `{_undoing(first.kind, first.target, first.for_)}` undoes {which}")
