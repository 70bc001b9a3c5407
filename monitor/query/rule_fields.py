"""Name the fields of rules: `TEXT_FIELDS` hold text, `META_FIELDS` identifiers and other facts of an article."""

from __future__ import annotations

from monitor.query.diagnostics import Diagnostics, name_hint
from monitor.query.document import TEXT_FIELDS
from monitor.query.facts import ALIASES, FACTS
from monitor.query.lexer import QueryToken

__all__ = ["META_FIELDS", "TEXT_FIELDS", "field_named"]

META_FIELDS = frozenset((*FACTS, "published"))


def field_named(word: str, token: QueryToken, diagnostics: Diagnostics) -> str:
    """Return the field that the word before a colon names; adds an error where there is none."""
    name = ALIASES.get(word.lower(), word.lower())
    if name not in TEXT_FIELDS and name not in META_FIELDS:
        fields = (*TEXT_FIELDS, *META_FIELDS, *ALIASES, "words>300")
        hint = f"{name_hint(word, fields)} A colon that belongs to the text goes into quotation marks"
        diagnostics.error(f"there is no field {word}:", token.span, hint)
    return name
