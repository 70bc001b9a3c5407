"""Name the fields of rules: `TEXT_FIELDS` hold text, `META_FIELDS` identifiers and other facts of an article."""

from __future__ import annotations

from monitor.query.ast import Filter
from monitor.query.diagnostics import Diagnostics, name_hint
from monitor.query.document import TEXT_FIELDS
from monitor.query.facts import ALIASES, FACTS
from monitor.query.lexer import QueryToken

__all__ = ["META_FIELDS", "TEXT_FIELDS", "field_named", "word_count_filter"]

META_FIELDS = frozenset((*FACTS, "published"))


def field_named(word: str, token: QueryToken, diagnostics: Diagnostics) -> str:
    """Return the field that the word before a colon names; adds an error where there is none."""
    name = ALIASES.get(word.lower(), word.lower())
    if name not in TEXT_FIELDS and name not in META_FIELDS:
        fields = (*TEXT_FIELDS, *META_FIELDS, *ALIASES, "words>300")
        hint = f"{name_hint(word, fields)} A colon that belongs to the text goes into quotation marks"
        diagnostics.error(f"there is no field {word}:", token.span, hint)
    return name


def word_count_filter(sign: str, number: str, span: tuple[int, int]) -> Filter:
    """Return the condition `words` with a sign (<, >, <= or >=) and digits; only the strict signs remain of it.

    That is, >=300 becomes >299, so that the matcher and the formatter need two signs only.
    """
    # Nine digits are more than any text has words, and bound the time to read them.
    count = int(number[:9])
    if sign[1:] == "=":
        count += -1 if sign[0] == ">" else 1
    return Filter("words", f"{sign[0]}{count}", span=span)
