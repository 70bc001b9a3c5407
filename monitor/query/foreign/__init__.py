"""A query of another system comes in, the same in our language goes out, with all that could not be kept."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace

from monitor.query.ast import Node
from monitor.query.build import Builder
from monitor.query.compiled import check
from monitor.query.diagnostics import ERROR, MOST, WARNING, Diagnostic, Diagnostics, Stop
from monitor.query.foreign.dialect import DialectReader
from monitor.query.foreign.factiva import Factiva
from monitor.query.foreign.foreign_names import ForeignNames
from monitor.query.foreign.google import Google
from monitor.query.foreign.lexis import Lexis
from monitor.query.foreign.meltwater import Meltwater
from monitor.query.foreign.unsupported import Supported, keep_supported, layers
from monitor.query.format import format_query
from monitor.query.lexer import LONGEST

__all__ = ["DIALECTS", "ForeignNames", "Translation", "translate"]

# One dialect a file; the names are those of `monitor rules translate --from`.
DIALECTS: Mapping[str, type[DialectReader]] = {
    "meltwater": Meltwater,
    "factiva": Factiva,
    "lexis": Lexis,
    "google": Google,
}

_LAYERS = 150


@dataclass(frozen=True, slots=True)
class Translation:
    """What a foreign query is here.

    `query` is empty where nothing could be kept; with an error among the remarks, whose columns count in the original,
    it is a draft that asks something else than the original did.
    """

    query: str
    remarks: tuple[Diagnostic, ...] = ()
    whole: bool = True
    """Whether all of the original is in it, or nothing left that a rule could ask."""

    @property
    def usable(self) -> bool:
        """Whether the query finds nothing that the original did not ask for."""
        return bool(self.query) and all(remark.severity != ERROR for remark in self.remarks)


def translate(dialect: str, text: str, known: ForeignNames) -> Translation:
    """Turn a query of one of `DIALECTS` into ours; whatever the text is, nothing is raised."""
    remarks = Diagnostics()
    node = _read(DIALECTS[dialect], text, known, remarks)
    if node is None:
        return _told("", remarks)
    settled = keep_supported(node)
    _tell(settled, remarks)
    if settled.node is None:
        if not remarks.failed:
            remarks.error("nothing to look for is left", (0, len(text)))
        return _told("", remarks)
    whole = all(lost.harmless for lost, _ in settled.losses)
    return replace(_told(_checked(settled.node, known, remarks, len(text)), remarks), whole=whole)


def _read(dialect: type[DialectReader], text: str, known: ForeignNames, remarks: Diagnostics) -> Node | None:
    """The query as the dialect means it, or None where it cannot be read."""
    if len(text) > LONGEST:
        message = f"the query has {len(text):,} characters, more than {LONGEST:,}"
        remarks.error(message, (LONGEST, len(text)), "split it into several rules")
        return None
    try:
        node = dialect(text, known, remarks).whole()
    except Stop:
        return None
    if sum(1 for _ in zip(range(_LAYERS + 1), layers(node), strict=False)) > _LAYERS:
        remarks.error("operators too deep inside one another", (0, len(text)), "use fewer brackets")
        return None
    return node


def _tell(settled: Supported, remarks: Diagnostics) -> None:
    """Say what was lost, the first of many; what makes the rest another question comes first."""
    for fatal in (True, False):
        for lost in [lost for lost, is_fatal in settled.losses if is_fatal == fatal][:MOST]:
            what = "cannot be kept" if fatal else "left out"
            remarks.say(ERROR if fatal else WARNING, f"{what}: {lost.why}", lost.place, lost.hint)


def _checked(node: Node, known: ForeignNames, remarks: Diagnostics, size: int) -> str:
    """The query as text, which our own check has the last word on; an unusable one is told at its place."""
    query = format_query(node)
    compiled, said = check(query, known.scope)
    if compiled is not None:
        return query
    placed = Diagnostics()
    with suppress(Stop):
        Builder(known.scope, placed).build(node)
    for remark in placed:
        if remark.severity == ERROR:
            remarks.error(f"cannot be kept: {remark.message}", (remark.column - 1, remark.end - 1), remark.hint)
    if not placed.failed:
        first = next(remark for remark in said if remark.severity == ERROR)
        remarks.error(f"cannot be kept: {first.message}", (0, size), first.hint)
    return ""


def _told(query: str, remarks: Diagnostics) -> Translation:
    return Translation(query, tuple(sorted(remarks, key=lambda remark: (remark.column, remark.severity))))
