"""Translate a query of another system into ours, and report everything that could not be kept."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass

from monitor.query.ast import Node
from monitor.query.build import Builder
from monitor.query.compiled import check
from monitor.query.diagnostics import ERROR, MAX_PER_SEVERITY, WARNING, Diagnostic, Diagnostics, Stop
from monitor.query.foreign.dialect import DialectReader
from monitor.query.foreign.factiva import Factiva
from monitor.query.foreign.foreign_names import ForeignNames
from monitor.query.foreign.google import Google
from monitor.query.foreign.lexis import Lexis
from monitor.query.foreign.meltwater import Meltwater
from monitor.query.foreign.unsupported import Supported, keep_supported, layers
from monitor.query.format import format_query
from monitor.query.lexer import MAX_CHARS, too_long

__all__ = ["DIALECTS", "ForeignNames", "Translation", "translate"]

# One file for each dialect; the names are those of `monitor rules translate --from`.
DIALECTS: Mapping[str, type[DialectReader]] = {
    "meltwater": Meltwater,
    "factiva": Factiva,
    "lexis": Lexis,
    "google": Google,
}

_MAX_LAYERS = 150


@dataclass(frozen=True, slots=True)
class Translation:
    """The translation of a foreign query.

    `query` is empty where nothing could be kept. With an error among the diagnostics, whose columns count in the
    original, the query is a draft that asks something else than the original did.
    """

    query: str
    diagnostics: tuple[Diagnostic, ...] = ()
    is_complete: bool = True
    """Whether it holds all of the original that a rule can ask for."""

    @property
    def is_usable(self) -> bool:
        """Whether the query finds nothing that the original did not ask for."""
        return bool(self.query) and all(diagnostic.severity != ERROR for diagnostic in self.diagnostics)


def translate(dialect: str, text: str, names: ForeignNames) -> Translation:
    """Translate a query of one of `DIALECTS`; nothing is raised, whatever the text is."""
    diagnostics = Diagnostics()
    node = _parse(DIALECTS[dialect], text, names, diagnostics)
    if node is None:
        return _translation("", diagnostics)
    supported = keep_supported(node)
    _report_losses(supported, diagnostics)
    if supported.node is None:
        if not diagnostics.has_errors:
            diagnostics.error("nothing to look for is left", (0, len(text)))
        return _translation("", diagnostics)
    is_complete = all(unsupported.harmless for unsupported, _ in supported.losses)
    return _translation(_checked_text(supported.node, names, diagnostics, len(text)), diagnostics, is_complete)


def _parse(dialect: type[DialectReader], text: str, names: ForeignNames, diagnostics: Diagnostics) -> Node | None:
    """Return the query as the dialect means it, or None where it cannot be parsed."""
    if len(text) > MAX_CHARS:
        diagnostics.error(too_long(len(text)), (MAX_CHARS, len(text)), "split it into several rules")
        return None
    try:
        node = dialect(text, names, diagnostics).parse()
    except Stop:
        return None
    if sum(1 for _ in zip(range(_MAX_LAYERS + 1), layers(node), strict=False)) > _MAX_LAYERS:
        diagnostics.error("operators too deep inside one another", (0, len(text)), "use fewer brackets")
        return None
    return node


def _report_losses(supported: Supported, diagnostics: Diagnostics) -> None:
    """Report what was lost; losses that change the question come first."""
    for fatal, severity, what in ((True, ERROR, "cannot be kept"), (False, WARNING, "left out")):
        losses = [unsupported for unsupported, is_fatal in supported.losses if is_fatal == fatal]
        for loss in losses[:MAX_PER_SEVERITY]:
            diagnostics.add(severity, f"{what}: {loss.reason}", loss.span, loss.hint)


def _checked_text(node: Node, names: ForeignNames, diagnostics: Diagnostics, size: int) -> str:
    """Return the query as text that our own compiler accepts, or an empty string, with its errors at their places."""
    query = format_query(node)
    compiled, check_diagnostics = check(query, names.scope)
    if compiled is not None:
        return query
    span_diagnostics = Diagnostics()
    with suppress(Stop):
        Builder(names.scope, span_diagnostics).build(node)
    for diagnostic in span_diagnostics:
        if diagnostic.severity == ERROR:
            diagnostics.error(
                f"cannot be kept: {diagnostic.message}", (diagnostic.column - 1, diagnostic.end - 1), diagnostic.hint
            )
    if not span_diagnostics.has_errors:
        first = next(diagnostic for diagnostic in check_diagnostics if diagnostic.severity == ERROR)
        diagnostics.error(f"cannot be kept: {first.message}", (0, size), first.hint)
    return ""


def _translation(query: str, diagnostics: Diagnostics, is_complete: bool = True) -> Translation:
    """Return the translation with its diagnostics in the order of the text."""
    in_order = sorted(diagnostics, key=lambda diagnostic: (diagnostic.column, diagnostic.severity))
    return Translation(query, tuple(in_order), is_complete)
