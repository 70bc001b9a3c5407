"""Look up sources, languages and countries as other systems name them, and return conditions of this configuration."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from monitor.query.ast import Filter, Join, Node, Phrase, Within
from monitor.query.foreign.foreign_tokens import TextSpan
from monitor.query.foreign.unsupported import Unsupported
from monitor.query.scope import Scope
from monitor.text import canonical

LANGUAGES = {
    "arabic": "ar", "bulgarian": "bg", "chinese": "zh", "croatian": "hr", "czech": "cs", "danish": "da", "dutch": "nl",
    "english": "en", "finnish": "fi", "french": "fr", "german": "de", "greek": "el", "hebrew": "he", "hungarian": "hu",
    "italian": "it", "japanese": "ja", "korean": "ko", "norwegian": "no", "polish": "pl", "portuguese": "pt",
    "romanian": "ro", "russian": "ru", "serbian": "sr", "slovak": "sk", "spanish": "es", "swedish": "sv",
    "turkish": "tr", "ukrainian": "uk",
}  # fmt: skip
"""English names of languages, as these systems use them, to ISO 639-1 codes."""
COUNTRIES = {
    "austria": "at", "belarus": "by", "belgium": "be", "brazil": "br", "britain": "gb", "bulgaria": "bg",
    "canada": "ca", "china": "cn", "czech republic": "cz", "egypt": "eg", "england": "gb", "france": "fr",
    "georgia": "ge", "germany": "de", "greece": "gr", "hungary": "hu", "india": "in", "iran": "ir", "israel": "il",
    "italy": "it", "japan": "jp", "kazakhstan": "kz", "netherlands": "nl", "norway": "no", "poland": "pl",
    "qatar": "qa", "romania": "ro", "russia": "ru", "saudi arabia": "sa", "spain": "es", "sweden": "se",
    "switzerland": "ch", "turkey": "tr", "türkiye": "tr", "uk": "gb", "ukraine": "ua", "united kingdom": "gb",
    "united states": "us", "usa": "us",
}  # fmt: skip
"""English names of countries, as these systems use them, to ISO 3166-1 alpha-2 codes."""


@dataclass(frozen=True, slots=True)
class ForeignNames:
    """The names that the configuration knows.

    `outlets` maps a host, a title or a name (case-folded) to the names of outlets; `outlets_file` names their file in
    hints.
    """

    scope: Scope = field(default_factory=Scope)
    outlets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    outlets_file: str = "outlets.yaml"

    def source(self, name: str, span: TextSpan) -> Node:
        """Return the condition for the outlets that another system's source means."""
        host = _host(name)
        if "." in host:
            return self.site(name, span)
        names = self.outlets.get(name.casefold().strip(), ())
        if not names:
            return Unsupported(f"no outlet is called “{name}”", "outlet: takes names of the configuration", span=span)
        return _any_filter("outlet", names, span)

    def site(self, address: str, span: TextSpan) -> Node:
        """Return the condition for the outlets at a site and its subdomains.

        Where there are none, the condition is on the addresses of articles.
        """
        host = _host(address)
        if "/" not in host and (names := self._outlets_at(host)):
            return _any_filter("outlet", names, span)
        if "." not in host.strip("./"):
            return Unsupported(f"a whole top-level domain ({address})", "country: says where an outlet is", span=span)
        return Within("url", Phrase((host.rstrip("/"),), span=span), span=span)

    def is_watched(self, site: str) -> bool:
        """Tell whether an outlet is at the host of a site, or at a subdomain."""
        return bool(self._outlets_at(site.partition("/")[0]))

    def _outlets_at(self, host: str) -> tuple[str, ...]:
        found = {
            name
            for configured, names in self.outlets.items()
            if configured == host or configured.endswith(f".{host}")
            for name in names
        }
        return tuple(sorted(found))

    def language(self, name: str, span: TextSpan) -> Node:
        """Return the condition for the articles in a language."""
        return self._fact_filter("lang", LANGUAGES.get(name.casefold(), name.casefold()), self.scope.languages, span)

    def country(self, name: str, span: TextSpan) -> Node:
        """Return the condition for the articles of a country's outlets."""
        return self._fact_filter("country", COUNTRIES.get(name.casefold(), name.casefold()), self.scope.countries, span)

    def _fact_filter(self, key: str, value: str, configured: Collection[str], span: TextSpan) -> Node:
        """Return the condition `key:value`; the configuration's own spelling of the value is taken."""
        names = {canonical(name): name for name in configured}
        if (name := names.get(canonical(value))) is None:
            return Unsupported(f"no outlet of the configuration has {key}:{value}", span=span)
        return Filter(key, name, span=span)


def _any_filter(key: str, values: tuple[str, ...], span: TextSpan) -> Node:
    parts = tuple(Filter(key, value, span=span) for value in values)
    return parts[0] if len(parts) == 1 else Join("OR", parts, span=span)


def _host(address: str) -> str:
    """Return a site without scheme, `www.` and wildcards."""
    return address.casefold().strip().removeprefix("https://").removeprefix("http://").strip("*").removeprefix("www.")
