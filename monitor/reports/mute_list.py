"""List what is muted, and find what a word that somebody mutes by means: a rule, a story or an outlet."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from monitor.config import Config
from monitor.errors import MonitorError
from monitor.reports.story_list import story_meant
from monitor.silence_values import Mute, MuteKind
from monitor.store import Connection, article_queries, mute_records
from monitor.store.article_queries import StoredArticle
from monitor.text import clean, when_typed
from monitor.text.safe_text import shorten
from monitor.text.similar_names import did_you_mean

_TITLE = 60
"""Characters of a story's title beside its id."""


@dataclass(frozen=True, slots=True)
class ListedMute:
    """What is muted, for whom (empty: for everybody) and until when (None: until it is unmuted).

    `about` is the title of a story's first article, where that is stored.
    """

    kind: MuteKind
    target: str
    about: str
    for_: str
    until: datetime | None


def list_mutes(conn: Connection, now: datetime) -> list[ListedMute]:
    """Return the mutes in force, by kind, target and recipient."""
    found = mute_records.in_force(conn, now)
    ids = [int(one.target) for one in found if one.kind is MuteKind.STORY]
    # A story has the id of its first article.
    first = article_queries.get(conn, ids)
    return [
        ListedMute(one.kind, clean(one.target), _about(one, first), clean(one.recipient), one.until) for one in found
    ]


def mute_text(mute: ListedMute, zone: str = "UTC") -> str:
    """Return a mute as a sentence, with its end in this zone."""
    about = f" “{shorten(mute.about, _TITLE)}”" if mute.about else ""
    whom = f" for {mute.for_}" if mute.for_ else ""
    until = f"until {when_typed(mute.until, zone)}" if mute.until else "until it is unmuted"
    return f"the {mute.kind} {mute.target}{about} is muted{whom} {until}"


def _about(mute: Mute, first: dict[int, StoredArticle]) -> str:
    story = first.get(int(mute.target)) if mute.kind is MuteKind.STORY else None
    return clean(story.article.title) if story else ""


def meant(conn: Connection, config: Config, word: str) -> tuple[MuteKind, str]:
    """Return what a word means: `rule:`, `outlet:` or `story:` and a name, or a name, an id or an address alone.

    A story is named by its id, or by the address of one of its articles. Raises MonitorError for what is unknown, or
    means both a rule and an outlet.
    """
    prefix, _, rest = word.partition(":")
    kinds = [MuteKind(prefix.casefold())] if prefix.casefold() in set(MuteKind) and rest else list(MuteKind)
    name = rest.strip() if len(kinds) == 1 else word.strip()
    found = [(kind, target) for kind in kinds if (target := _target(conn, config, kind, name))]
    if len(found) > 1:
        either = " or ".join(f"{kind}:{name}" for kind, _ in found)
        raise MonitorError(f"more than one thing is called {clean(name)!r}: say {either}")
    if not found:
        hint = did_you_mean(name, [*config.rules, *config.outlets])
        hint = hint or "give the name of a rule or outlet, the id of a story, or the address of one of its articles"
        raise MonitorError(f"there is no {' or '.join(kinds)} {clean(name)!r}; {hint}")
    return found[0]


def _target(conn: Connection, config: Config, kind: MuteKind, name: str) -> str:
    """Return the target that a name means as this kind of thing; empty where there is none."""
    if kind is not MuteKind.STORY:
        known = config.rules if kind is MuteKind.RULE else config.outlets
        folded = [one for one in known if one.casefold() == name.casefold()]
        return name if name in known else folded[0] if len(folded) == 1 else ""
    story = story_meant(conn, config, name)
    return str(story) if story is not None else ""


def recipients_meant(config: Config, word: str) -> tuple[str, ...]:
    """Return the recipients that a person's name or address means; raise MonitorError where there is none."""
    for person in config.people.values():
        if person.name.casefold() == word.casefold():
            return person.recipients
    addresses = (one for person in config.people.values() for one in person.recipients)
    known = {one.casefold(): one for one in (*config.recipients, *addresses)}
    if word.casefold() not in known:
        names = [*config.people, *known.values()]
        hint = did_you_mean(word, names) or "give the name of a person, or the address that a rule is told to"
        raise MonitorError(f"nobody is called {clean(word)!r}; {hint}")
    return (known[word.casefold()],)


def shared_by_several(config: Config, recipients: Collection[str]) -> list[str]:
    """Return those of these recipients that several people read, by their names, as `Desk (desk@example.org)`."""
    return [
        clean(f"{person.name} ({recipient})")
        for person in config.people.values()
        if person.shared
        for recipient in person.recipients
        if recipient in recipients
    ]


def muted_by(conn: Connection, config: Config, word: str, now: datetime) -> list[Mute]:
    """Return the mutes in force of what a word means, for whomever; also of what is in the files no more."""
    found = mute_records.in_force(conn, now)
    if named := [one for one in found if word in (one.target, f"{one.kind}:{one.target}")]:
        return named
    of_thing = meant(conn, config, word)
    return [one for one in found if (one.kind, one.target) == of_thing]
