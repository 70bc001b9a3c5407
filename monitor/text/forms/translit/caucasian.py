"""Spell names in Georgian and Armenian letters, which have no forms but the wildcards that are proposed."""

from __future__ import annotations

from monitor.text.forms.translit.spelling_tables import spelling_rules


def armenian_or_georgian(russian: str, script: str) -> str:
    """Return a name in the Georgian or Armenian letters of its Russian spelling; Armenian has capitals."""
    ((text, _),) = spelling_rules(f"russian-{script}").spell(russian.lower(), 1)
    return text.capitalize() if script == "armenian" else text
