"""What every rule looks for is remembered, so that an upgrade that changes it says so at its first start.

Only what the language data changed is told: a rule that asks something else than last time was edited by somebody who
knows. Nothing is looked at while neither the data nor the rules are other than last time.
"""

from __future__ import annotations

import asyncio
import json
import zlib
from base64 import b85decode, b85encode
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from shlex import quote

from monitor.config import Config
from monitor.steps.context import Context, log_event
from monitor.store import Connection, config_files
from monitor.text.forms import FORMS_VERSION

_VERSION = "forms: version"
_ASKED = "forms: asked"
_OF_RULE = "forms of rule "
_FORMS, _RULES = 10, 50


@dataclass(frozen=True, slots=True)
class StoredForms:
    """What was in force last time: the version of the language data, what each rule asked, and its forms, packed."""

    version: str
    asked: Mapping[str, str]
    forms: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ChangedForms:
    """A rule that asks the same as last time and looks for something else."""

    rule: str
    more: tuple[str, ...]
    fewer: tuple[str, ...]

    def __str__(self) -> str:
        parts = [_listed(forms, what) for forms, what in ((self.more, "more"), (self.fewer, "fewer")) if forms]
        return f"rule {self.rule}: {'; '.join(parts)}; monitor forms --rule {quote(self.rule)} lists all"


async def note_forms(ctx: Context) -> None:
    """Remember what the rules in force look for; where other language data made it, tell what changed first."""
    config = ctx.config
    asked = {name: config.memo.checked[name].keys.meaning.hex() for name in config.compiled}
    kept = await ctx.store.read(_kept, FORMS_VERSION)
    if kept.version == FORMS_VERSION and kept.asked == asked:
        return
    upgraded = kept.version not in ("", FORMS_VERSION)
    same = {name for name, meaning in asked.items() if kept.asked.get(name) == meaning}
    again = asked.keys() if kept.version != FORMS_VERSION else asked.keys() - same
    packed = await asyncio.to_thread(_packed, config, again)
    if upgraded and same:
        _tell(await asyncio.to_thread(_compared, kept.forms, packed, same), len(same))
    await ctx.store.write(_keep, asked, packed, kept.asked.keys() - asked.keys())


def _kept(conn: Connection, version: str) -> StoredForms:
    before = config_files.get_value(conn, _VERSION)
    # The forms are many: they are read when there is something to compare them with.
    forms = config_files.get_values(conn, _OF_RULE) if before not in ("", version) else {}
    return StoredForms(before, json.loads(config_files.get_value(conn, _ASKED, "{}")), forms)


def _keep(conn: Connection, asked: Mapping[str, str], packed: Mapping[str, str], gone: Collection[str]) -> None:
    config_files.drop_values(conn, _OF_RULE, gone)
    config_files.set_values(conn, _OF_RULE, packed)
    config_files.set_value(conn, _ASKED, json.dumps(asked))
    config_files.set_value(conn, _VERSION, FORMS_VERSION)


def _packed(config: Config, rules: Collection[str]) -> dict[str, str]:
    return {name: pack(config.compiled[name].forms) for name in rules}


def pack(forms: Collection[str]) -> str:
    """Forms as a short text: those of a rule look much alike."""
    return b85encode(zlib.compress("\n".join(sorted(forms)).encode("utf-8", "surrogatepass"))).decode()


def unpack(text: str) -> frozenset[str]:
    """Read what `pack` spelled."""
    return frozenset(filter(None, zlib.decompress(b85decode(text)).decode("utf-8", "surrogatepass").split("\n")))


def _compared(before: Mapping[str, str], now: Mapping[str, str], rules: Collection[str]) -> list[ChangedForms]:
    """The rules whose forms are other than before, by name."""
    found = []
    for name in sorted(rules):
        if name in before and before[name] != now[name]:
            old, new = unpack(before[name]), unpack(now[name])
            found.append(ChangedForms(name, tuple(sorted(new - old)), tuple(sorted(old - new))))
    return [change for change in found if change.more or change.fewer]


def _tell(changes: Sequence[ChangedForms], rules: int) -> None:
    if not changes:
        log_event(
            "upgrade", f"the language data changed since the last run; all {rules:,} rules look for what they did"
        )
        return
    log_event(
        "upgrade",
        f"the language data changed since the last run: {len(changes):,} of {rules:,} rules look for other forms",
    )
    for change in changes[:_RULES]:
        log_event("upgrade", str(change), rule=change.rule)
    if len(changes) > _RULES:
        log_event(
            "upgrade",
            f"and {len(changes) - _RULES:,} more rules: {', '.join(c.rule for c in changes[_RULES : 2 * _RULES])}",
        )


def _listed(forms: Sequence[str], what: str) -> str:
    rest = f" and {len(forms) - _FORMS} more" if len(forms) > _FORMS else ""
    return f"{len(forms)} forms {what}: {', '.join(forms[:_FORMS])}{rest}"
