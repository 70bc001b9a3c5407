"""Sources, languages and countries as other systems name them come in, conditions of the configuration go out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from monitor.query.ast import Filter, Join, Node, Phrase, Within
from monitor.query.foreign.unsupported import Unsupported
from monitor.query.scope import Scope
from monitor.text import canonical

Place = tuple[int, int]

LANGUAGES = {
    "arabic": "ar", "bulgarian": "bg", "chinese": "zh", "croatian": "hr", "czech": "cs", "danish": "da", "dutch": "nl",
    "english": "en", "finnish": "fi", "french": "fr", "german": "de", "greek": "el", "hebrew": "he", "hungarian": "hu",
    "italian": "it", "japanese": "ja", "korean": "ko", "norwegian": "no", "polish": "pl", "portuguese": "pt",
    "romanian": "ro", "russian": "ru", "serbian": "sr", "slovak": "sk", "spanish": "es", "swedish": "sv",
    "turkish": "tr", "ukrainian": "uk",
}  # fmt: skip
COUNTRIES = {
    "austria": "at", "belarus": "by", "belgium": "be", "brazil": "br", "britain": "gb", "bulgaria": "bg",
    "canada": "ca", "china": "cn", "czech republic": "cz", "egypt": "eg", "england": "gb", "france": "fr",
    "georgia": "ge", "germany": "de", "greece": "gr", "hungary": "hu", "india": "in", "iran": "ir", "israel": "il",
    "italy": "it", "japan": "jp", "kazakhstan": "kz", "netherlands": "nl", "norway": "no", "poland": "pl",
    "qatar": "qa", "romania": "ro", "russia": "ru", "saudi arabia": "sa", "spain": "es", "sweden": "se",
    "switzerland": "ch", "turkey": "tr", "türkiye": "tr", "uk": "gb", "ukraine": "ua", "united kingdom": "gb",
    "united states": "us", "usa": "us",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ForeignNames:
    """What the configuration knows; `outlets` gives the names of those behind a host, a title or a name (folded).

    `home` is where the files of outlets are, for a hint.
    """

    scope: Scope = field(default_factory=Scope)
    outlets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    home: str = "outlets.yaml"

    def source(self, name: str, place: Place) -> Node:
        """The outlets that another system's source means."""
        host = _host(name)
        if "." in host:
            return self.site(name, place)
        names = self.outlets.get(name.casefold().strip(), ())
        if not names:
            return Unsupported(f"no outlet is called “{name}”", "outlet: takes names of the configuration", place=place)
        return _any("outlet", names, place)

    def site(self, address: str, place: Place) -> Node:
        """The outlets at a site, its parts among them; articles with such an address where no outlet is there."""
        host = _host(address)
        if "/" not in host and (names := self._at(host)):
            return _any("outlet", names, place)
        if "." not in host.strip("./"):
            return Unsupported(f"a whole top-level domain ({address})", "country: says where an outlet is", place=place)
        return Within("url", Phrase((host.rstrip("/"),), place=place), place=place)

    def watches(self, site: str) -> bool:
        """Whether an outlet is at the host of a site, or below it."""
        return bool(self._at(site.partition("/")[0]))

    def _at(self, host: str) -> tuple[str, ...]:
        found = {
            name
            for known, names in self.outlets.items()
            if known == host or known.endswith(f".{host}")
            for name in names
        }
        return tuple(sorted(found))

    def language(self, name: str, place: Place) -> Node:
        """The articles in a language."""
        return self._fact("lang", LANGUAGES.get(name.casefold(), name.casefold()), self.scope.languages, place)

    def country(self, name: str, place: Place) -> Node:
        """The articles of a country's outlets."""
        return self._fact("country", COUNTRIES.get(name.casefold(), name.casefold()), self.scope.countries, place)

    def _fact(self, key: str, value: str, known: object, place: Place) -> Node:
        names = {canonical(str(name)): str(name) for name in known} if hasattr(known, "__iter__") else {}
        if (name := names.get(canonical(value))) is None:
            return Unsupported(f"no outlet of the configuration has {key}:{value}", place=place)
        return Filter(key, name, place=place)


def _any(key: str, values: tuple[str, ...], place: Place) -> Node:
    parts = tuple(Filter(key, value, place=place) for value in values)
    return parts[0] if len(parts) == 1 else Join("OR", parts, place=place)


def _host(address: str) -> str:
    """A site without scheme, `www.` and wildcards."""
    return address.casefold().strip().removeprefix("https://").removeprefix("http://").strip("*").removeprefix("www.")
