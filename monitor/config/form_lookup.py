"""Forms of words and names, found once: a word or name in, its forms out; kept from one configuration to the next."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from hashlib import blake2b

from monitor.config.forms_cache import FormsCache
from monitor.model import Form, NameEntry
from monitor.text import canonical
from monitor.text.forms import expand_name, expand_word, release


class FormLookup:
    """A cache in front of the language data; `after` gives the cache for other `names.yaml` entries.

    What is not in memory is looked for on the shelf, where `put_away` keeps what had to be found.
    """

    def __init__(self, entries: Mapping[str, NameEntry] | None = None, shelf: FormsCache | None = None) -> None:
        self._entries = entries or {}
        self._shelf = shelf
        self._spellings = {canonical(text): entry for entry in self._entries.values() for text in _texts(entry)}
        self._words: dict[str, tuple[Form, ...]] = {}
        self._names: dict[str, tuple[Form, ...]] = {}
        self._found: dict[str, tuple[Form, ...]] = {}

    def words(self, word: str) -> tuple[Form, ...]:
        """Every form of a plain word."""
        if word not in self._words:
            key = f"word {word}"
            self._words[word] = self._kept(key) or self._new(key, expand_word(word))
        return self._words[word]

    def names(self, name: str) -> tuple[Form, ...]:
        """Every form of a name, with what `names.yaml` adds and takes away."""
        if name not in self._names:
            key = f"name {name} {self.mark(name)}"
            self._names[name] = self._kept(key) or self._new(key, expand_name(name, self._entries))
        return self._names[name]

    def after(self, entries: Mapping[str, NameEntry]) -> FormLookup:
        """The cache for `entries`: the same where nothing changed, else without the names whose entries did."""
        if entries == self._entries:
            return self
        changed = set(self._entries.items()) ^ set(entries.items())
        spellings = {canonical(text) for _, entry in changed for text in _texts(entry)}
        other = FormLookup(entries, self._shelf)
        other._words, other._found = self._words, self._found
        other._names = {name: forms for name, forms in self._names.items() if spellings.isdisjoint(_parts(name))}
        return other

    def put_away(self) -> None:
        """Keep what was found since the last time on the shelf, and let the dictionaries that found it go."""
        if self._shelf is not None:
            self._shelf.close()
        if self._found:
            if self._shelf is not None:
                self._shelf.keep(self._found)
            self._found.clear()
            release()

    def _kept(self, key: str) -> tuple[Form, ...] | None:
        return self._shelf.get(key) if self._shelf is not None else None

    def _new(self, key: str, forms: tuple[Form, ...]) -> tuple[Form, ...]:
        self._found[key] = forms
        return forms

    def mark(self, name: str) -> str:
        """A few letters that change when an entry does that has a say in this name, by all of it or a part."""
        said = [repr(self._spellings[part]) for part in _parts(name) if part in self._spellings]
        return blake2b("\n".join(said).encode(), digest_size=8).hexdigest()


def _texts(entry: NameEntry) -> tuple[str, ...]:
    return entry.name, *entry.also


def _parts(name: str) -> Iterator[str]:
    """The name and every run of its words, canonically spelled."""
    words = canonical(name).split()
    for start in range(len(words)):
        for end in range(start + 1, len(words) + 1):
            yield " ".join(words[start:end])
