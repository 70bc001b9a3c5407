"""Look up the forms of words and names, each once, and keep them from one configuration to the next."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from hashlib import blake2b

from monitor.config.forms_cache import FormsCache
from monitor.model import Form, NameEntry
from monitor.text import canonical
from monitor.text.forms import expand_name, expand_word, release
from monitor.text.forms.name_entries import entries_by_spelling


class FormLookup:
    """A cache in memory before the cache on disk before the language data.

    `for_entries` returns the lookup for other `names.yaml` entries; `save` writes new forms to disk.
    """

    def __init__(self, entries: Mapping[str, NameEntry] | None = None, cache: FormsCache | None = None) -> None:
        self._entries = entries or {}
        self._cache = cache
        self._words: dict[str, tuple[Form, ...]] = {}
        self._names: dict[str, tuple[Form, ...]] = {}
        self._unsaved: dict[str, tuple[Form, ...]] = {}

    @cached_property
    def _spellings(self) -> dict[str, NameEntry]:
        return entries_by_spelling(self._entries)

    def is_known(self, text: str) -> bool:
        """Tell whether `names.yaml` has this spelling of a name."""
        return canonical(text) in self._spellings

    def words(self, word: str) -> tuple[Form, ...]:
        """Return every form of a plain word."""
        if word not in self._words:
            self._words[word] = self._forms(f"word {word}", lambda: expand_word(word))
        return self._words[word]

    def names(self, name: str) -> tuple[Form, ...]:
        """Return every form of a name, with what `names.yaml` adds and removes."""
        if name not in self._names:
            key = f"name {name} {self.entry_digest(name)}"
            self._names[name] = self._forms(key, lambda: expand_name(name, self._entries))
        return self._names[name]

    def for_entries(self, entries: Mapping[str, NameEntry]) -> FormLookup:
        """Return a lookup for these entries that shares all words, and the names whose entries are the same."""
        if entries == self._entries:
            return self
        other = FormLookup(entries, self._cache)
        other._words, other._unsaved = self._words, self._unsaved
        if self._names:
            changed = set(self._entries.items()) ^ set(entries.items())
            spellings = {canonical(text) for _, entry in changed for text in _texts(entry)}
            unchanged = (name for name in self._names if spellings.isdisjoint(_word_runs(name)))
            other._names = {name: self._names[name] for name in unchanged}
        return other

    def save(self) -> None:
        """Write the forms found since the last time to disk, and release the dictionaries."""
        if self._cache is not None:
            self._cache.close()
        if self._unsaved:
            if self._cache is not None:
                self._cache.store(self._unsaved)
            self._unsaved.clear()
            release()

    def _forms(self, key: str, expand: Callable[[], tuple[Form, ...]]) -> tuple[Form, ...]:
        """Return the forms on disk, or else those that `expand` makes of the language data, for `save` to write."""
        forms = self._cache.get(key) if self._cache is not None else None
        if not forms:
            forms = self._unsaved[key] = expand()
        return forms

    def entry_digest(self, name: str) -> str:
        """Return a digest that changes when an entry for this name, or for a part of it, does."""
        entries = [repr(self._spellings[part]) for part in _word_runs(name) if part in self._spellings]
        return blake2b("\n".join(entries).encode(), digest_size=8).hexdigest()


def _texts(entry: NameEntry) -> tuple[str, ...]:
    return entry.name, *entry.also


def _word_runs(name: str) -> Iterator[str]:
    """Yield the name and every run of its words, in canonical spelling."""
    words = canonical(name).split()
    for start in range(len(words)):
        for end in range(start + 1, len(words) + 1):
            yield " ".join(words[start:end])
