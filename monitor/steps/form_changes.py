"""Compare the forms that rules look for; store them, and log at the first start after an upgrade which changed.

Only changes by the language data are logged: a rule whose query changed was edited by somebody who knows.
"""

from __future__ import annotations

import asyncio
import json
import zlib
from base64 import b85decode, b85encode
from collections.abc import Collection, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass

from monitor.config import Config
from monitor.model import Form
from monitor.query import QueryForms, query_forms
from monitor.query.query_forms import INITIAL
from monitor.query.terms.name_spellings import SUFFICIENT
from monitor.query.terms.name_terms import SECOND_SIGNAL
from monitor.query.terms.word_terms import with_languages
from monitor.steps.event_log import log_event
from monitor.store import Connection, Store, config_files
from monitor.text import counted
from monitor.text.forms import FORMS_VERSION
from monitor.text.shell_words import shell_word

_VERSION = "forms: version"
_ASKED = "forms: asked"
_OF_RULE = "forms of rule "
# At most so many forms are logged of a rule, and so many rules.
_FORMS, _RULES = 5, 50


@dataclass(frozen=True, slots=True)
class StoredForms:
    """What the last run stored: the version of the language data, and by rule a digest of its query and its forms.

    `forms` are packed by `pack`.
    """

    version: str
    asked: Mapping[str, str]
    forms: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ChangedForms:
    """A rule whose query is the same as in the last run and whose forms are not: those added and removed."""

    rule: str
    added: tuple[str, ...]
    removed: tuple[str, ...]

    def __str__(self) -> str:
        parts = [_list_forms(forms, what) for forms, what in ((self.added, "more"), (self.removed, "fewer")) if forms]
        return f"rule {self.rule}: {'; '.join(parts)}; monitor forms --rule {shell_word(self.rule)} lists all"


async def note_forms(store: Store, config: Config) -> None:
    """Store the forms of the rules in force; where the language data is another than last time, log what changed."""
    asked = {name: config.memo.checked[name].keys.meaning.hex() for name in config.compiled}
    stored = await store.read(_load, FORMS_VERSION)
    if stored.version == FORMS_VERSION and stored.asked == asked:
        return
    upgraded = stored.version not in ("", FORMS_VERSION)
    unchanged = {name for name, meaning in asked.items() if stored.asked.get(name) == meaning}
    to_pack = asked.keys() if stored.version != FORMS_VERSION else asked.keys() - unchanged
    packed = await asyncio.to_thread(_pack_forms, config, to_pack)
    if upgraded and unchanged:
        _log_changes(await asyncio.to_thread(_compare, stored.forms, packed, unchanged), len(unchanged))
    await store.write(_store, asked, packed, stored.asked.keys() - asked.keys())


def changed_forms(before: Config, after: Config) -> list[ChangedForms]:
    """Return the active rules of both configurations that look for other forms after an edit, by name.

    Their forms are as people write them, the likeliest first.
    """
    both = sorted(before.compiled.keys() & after.compiled.keys())
    changed = [name for name in both if set(before.compiled[name].forms) != set(after.compiled[name].forms)]
    found = (_edited(name, _written_forms(before, name), _written_forms(after, name)) for name in changed)
    return [change for change in found if change.added or change.removed]


def _written_forms(config: Config, rule: str) -> dict[str, Form]:
    """Return the forms of a rule by how they are listed."""
    words = query_forms(config.compiled[rule].text, config.scope)
    return {_listed(form, word): form for word in words for form in word.forms if form.confidence > 0}


def _listed(form: Form, of_word: QueryForms) -> str:
    is_weak = of_word.is_name and form.confidence < SUFFICIENT
    return with_languages(form.text, frozenset(filter(None, [form.language]))) + (SECOND_SIGNAL if is_weak else "")


def _edited(rule: str, old: Mapping[str, Form], new: Mapping[str, Form]) -> ChangedForms:
    return ChangedForms(rule, _likeliest_first(new, old), _likeliest_first(old, new))


def _likeliest_first(forms: Mapping[str, Form], others: Container[str]) -> tuple[str, ...]:
    """Return those that are not among the others; a surname behind an initial comes after full names."""
    own = [listed for listed in forms if listed not in others]
    return tuple(sorted(own, key=lambda one: (forms[one].source.endswith(INITIAL), -forms[one].confidence)))


def _load(conn: Connection, version: str) -> StoredForms:
    before = config_files.get_value(conn, _VERSION)
    # The forms are many: they are read only when there is something to compare them with.
    forms = config_files.get_values(conn, _OF_RULE) if before not in ("", version) else {}
    return StoredForms(before, json.loads(config_files.get_value(conn, _ASKED, "{}")), forms)


def _store(conn: Connection, asked: Mapping[str, str], packed: Mapping[str, str], gone: Collection[str]) -> None:
    config_files.drop_values(conn, _OF_RULE, gone)
    config_files.set_values(conn, _OF_RULE, packed)
    config_files.set_value(conn, _ASKED, json.dumps(asked))
    config_files.set_value(conn, _VERSION, FORMS_VERSION)


def _pack_forms(config: Config, rules: Collection[str]) -> dict[str, str]:
    return {name: pack(config.compiled[name].forms) for name in rules}


def pack(forms: Collection[str]) -> str:
    """Return forms as one compressed line of text (zlib in base 85): the forms of a rule look much alike."""
    return b85encode(zlib.compress("\n".join(sorted(forms)).encode("utf-8", "surrogatepass"))).decode()


def unpack(text: str) -> frozenset[str]:
    """Return the forms that `pack` packed."""
    return frozenset(filter(None, zlib.decompress(b85decode(text)).decode("utf-8", "surrogatepass").split("\n")))


def _compare(before: Mapping[str, str], now: Mapping[str, str], rules: Collection[str]) -> list[ChangedForms]:
    """Return the rules whose forms differ from before, by name."""
    changed = [name for name in sorted(rules) if name in before and before[name] != now[name]]
    found = [_difference(name, unpack(before[name]), unpack(now[name])) for name in changed]
    return [change for change in found if change.added or change.removed]


def _difference(rule: str, old: Iterable[str], new: Iterable[str]) -> ChangedForms:
    added, removed = set(new) - set(old), set(old) - set(new)
    return ChangedForms(rule, tuple(sorted(added)), tuple(sorted(removed)))


def _log_changes(changes: Sequence[ChangedForms], rules: int) -> None:
    if not changes:
        log_event("upgrade", "the language data changed since the last run; no rule looks for other forms")
        return
    log_event(
        "upgrade",
        f"the language data changed since the last run: {len(changes):,} of {rules:,} rules look for other forms",
    )
    for change in changes[:_RULES]:
        log_event("upgrade", str(change), rule=change.rule)
    if len(changes) > _RULES:
        names = ", ".join(change.rule for change in changes[_RULES : 2 * _RULES])
        log_event("upgrade", f"and {counted(len(changes) - _RULES, 'more rule')}: {names}")


def _list_forms(forms: Sequence[str], what: str) -> str:
    rest = f" and {len(forms) - _FORMS} more" if len(forms) > _FORMS else ""
    return f"{counted(len(forms), 'form')} {what}: {', '.join(forms[:_FORMS])}{rest}"
