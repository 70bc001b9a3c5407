"""List what a configuration holds: its outlets, its rules, its names, and the forms that a query looks for."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from monitor.alerts import Burst, burst_text
from monitor.config import Config, SiteAccess
from monitor.config.cadence import show_cadence
from monitor.config.name_edits import entry_places
from monitor.config.wildcard_proposals import language_name, proposed_wildcards
from monitor.model import Route
from monitor.query import Compiled, needs, query_forms
from monitor.reports.mute_list import ListedMute
from monitor.silence_values import MuteKind
from monitor.text import canonical, clean
from monitor.text.forms.languages import SCRIPTS_WITHOUT_FORMS
from monitor.text.forms.name_forms import entry_for


@dataclass(frozen=True, slots=True)
class ListedOutlet:
    """An outlet that is watched, with the addresses of its feeds.

    `access` names what it is asked with that others are not, such as its headers, never what these say.
    """

    outlet: str
    title: str
    country: str
    language: str
    groups: tuple[str, ...]
    feeds: tuple[str, ...]
    access: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ListedRoute:
    """Who is told by a rule, and when.

    That is not in `quiet` hours (`22:00-07:00` in this zone; empty: at any hour), and after so many mails an hour as a
    digest.
    """

    to: str
    send: str
    quiet: str = ""
    timezone: str = "UTC"
    max_per_hour: int = 0


@dataclass(frozen=True, slots=True)
class ListedRule:
    """A rule: who is told, at which times, and of what.

    `until` is when it falls silent by itself (None: never), and `ended` says that it has; `mutes` are those of it,
    and `burst` says that it finds far more than usual.
    """

    rule: str
    to: tuple[str, ...]
    send: tuple[str, ...]
    routes: tuple[ListedRoute, ...]
    active: bool
    query: str
    until: datetime | None = None
    ended: bool = False
    mutes: tuple[ListedMute, ...] = ()
    burst: str = ""


@dataclass(frozen=True, slots=True)
class ListedName:
    """A name of the files, with the spellings that are added to it and those that are taken away, and its place."""

    name: str
    also: tuple[str, ...]
    not_: tuple[str, ...]
    place: str


@dataclass(frozen=True, slots=True)
class ListedForm:
    """A form that a query looks for: the term and word that it is of, and what an article needs for it to count."""

    term: str
    via: str
    word: str
    form: str
    language: str
    source: str
    confidence: float
    needs: str


def list_outlets(config: Config) -> list[ListedOutlet]:
    """Return the outlets by name."""
    return [
        ListedOutlet(
            one.name,
            one.title,
            one.country,
            one.language,
            tuple(sorted(one.groups)),
            tuple(clean(feed.url) for feed in one.feeds),
            tuple(clean(word) for word in _access(config.sites.get(one.name))),
        )
        for one in sorted(config.outlets.values(), key=lambda outlet: outlet.name)
    ]


def _access(site: SiteAccess | None) -> Iterator[str]:
    """Yield the names of what an outlet is asked with; the User-Agent as it is, since it is no secret."""
    if site is None:
        return
    if site.proxy is not None:
        yield f"proxy {urlsplit(site.proxy).hostname or ''}".rstrip() if site.proxy else "no proxy"
    if names := sorted({*site.headers, *site.header_files}):
        yield f"{'headers' if len(names) > 1 else 'header'} {' '.join(names)}"
    if site.user_agent:
        yield f"user agent {site.user_agent}"
    if site.login:
        yield "login"


def list_rules(
    config: Config, now: datetime, mutes: Sequence[ListedMute] = (), bursts: Sequence[Burst] = ()
) -> list[ListedRule]:
    """Return the rules by name; of these mutes and bursts of rules each has its own."""
    listed, said = [], {one.target: clean(burst_text(one)) for one in bursts}
    for rule in sorted(config.rules.values(), key=lambda rule: rule.name.casefold()):
        routes = tuple(map(_listed_route, rule.routes))
        times = tuple(sorted({route.send for route in routes}))
        readers = tuple(route.to for route in routes)
        until = next((route.until for route in rule.routes if route.until), None)
        query, has_ended = rule.query.strip(), until is not None and until <= now
        own = tuple(one for one in mutes if one.kind is MuteKind.RULE and one.target == clean(rule.name))
        standing = until, has_ended, own, said.get(rule.name, "")
        listed.append(ListedRule(rule.name, readers, times, routes, rule.active, query, *standing))
    return listed


def list_names(config: Config, names: Collection[str] = ()) -> list[ListedName]:
    """Return the names in the order of the files, or those with one of these spellings or with it in what they list."""
    wanted = {entry.name for name in names if (entry := entry_for(name, config.names))}
    for entry in config.names.values():
        listed = " | ".join(map(canonical, (*entry.also, *entry.excluded)))
        if any(f" {canonical(name)} " in f" {listed} " for name in names):
            wanted.add(entry.name)
    places = entry_places(config)
    return [
        ListedName(entry.name, entry.also, entry.excluded, places[entry.name])
        for entry in config.names.values()
        if not names or entry.name in wanted
    ]


def list_forms(config: Config, query: str, languages: Collection[str] = ()) -> list[ListedForm]:
    """Return every form that a query looks for, or those that count in articles of these languages.

    Forms that were not known before are kept on disk.
    """
    found = [
        ListedForm(
            of_word.term,
            of_word.via,
            of_word.word,
            form.text,
            form.language,
            form.source,
            form.confidence,
            ", ".join(needs(form)),
        )
        for of_word in query_forms(query, config.scope)
        for form in of_word.forms
        if not languages or not form.language or form.language in languages
    ]
    config.memo.form_lookup.save()
    return found


def list_wildcards(config: Config, compiled: Compiled) -> list[tuple[str, list[str]]]:
    """Return the languages without forms of active outlets that a query reads, each with the wildcards to add to it."""
    read = compiled.matcher.outlets()
    outlets = [one for one in config.outlets.values() if read is None or one.name in read]
    languages = sorted({one.language for one in outlets} & SCRIPTS_WITHOUT_FORMS.keys())
    found = ((code, proposed_wildcards(compiled.text, config.scope, code)) for code in languages)
    return [(language_name(code), wildcards) for code, wildcards in found if wildcards]


def _listed_route(route: Route) -> ListedRoute:
    quiet = "-".join(f"{moment:%H:%M}" for moment in route.quiet or ())
    return ListedRoute(route.recipient, show_cadence(route.cadence), quiet, route.timezone, route.max_per_hour)
