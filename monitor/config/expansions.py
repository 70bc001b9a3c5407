"""Forms of words and names, found once: a word or name in, its forms out; kept from one configuration to the next."""

from __future__ import annotations

from collections.abc import Mapping

from monitor.model import Form, NameEntry
from monitor.text import canonical
from monitor.text.forms import expand_name, expand_word


class Expansions:
    """A cache in front of the language data; `after` gives the cache for other `names.yaml` entries."""

    def __init__(self, entries: Mapping[str, NameEntry] | None = None) -> None:
        self._entries = entries or {}
        self._words: dict[str, tuple[Form, ...]] = {}
        self._names: dict[str, tuple[Form, ...]] = {}

    def words(self, word: str) -> tuple[Form, ...]:
        """Every form of a plain word."""
        if word not in self._words:
            self._words[word] = expand_word(word)
        return self._words[word]

    def names(self, name: str) -> tuple[Form, ...]:
        """Every form of a name, with what `names.yaml` adds and takes away."""
        if name not in self._names:
            self._names[name] = expand_name(name, self._entries)
        return self._names[name]

    def after(self, entries: Mapping[str, NameEntry]) -> Expansions:
        """The cache for `entries`: the same where nothing changed, else without the names whose entries did."""
        if entries == self._entries:
            return self
        changed = set(self._entries.items()) ^ set(entries.items())
        spellings = {canonical(text) for _, entry in changed for text in (entry.name, *entry.also)}
        other = Expansions(entries)
        other._words = self._words
        other._names = {name: forms for name, forms in self._names.items() if canonical(name) not in spellings}
        return other
