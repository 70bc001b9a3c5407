"""Replace the references to entities that a feed's document type declares.

Only entities with plain text count, as outlets declare for letters and names: nothing external, and none that refers to
another one. All replacements together are at most as long as the text, against entity expansion attacks.
"""

from __future__ import annotations

import re
from functools import partial

from monitor.sources.xml_repair import outside_cdata

_DECLARED = re.compile(r"""<!ENTITY\s+([A-Za-z_][\w.-]{0,60})\s+(?:"([^"<>%]{0,500})"|'([^'<>%]{0,500})')\s*>""")
_REFERENCE = re.compile(r"&([A-Za-z_][\w.-]{0,60});")
_LONGEST_PROLOGUE = 100_000


def with_entities(text: str, prologue: str) -> str:
    """Return the text with references to the entities of its prologue's internal subset replaced, outside CDATA."""
    found: list[tuple[str, str, str]] = (
        _DECLARED.findall(prologue[:_LONGEST_PROLOGUE]) if "<!ENTITY" in prologue else []
    )
    # The first declaration of a name is binding (XML 1.0, section 4.2).
    declared = {name: double or single for name, double, single in reversed(found)}
    plain = {name: value for name, value in declared.items() if declared.keys().isdisjoint(_REFERENCE.findall(value))}
    if not plain:
        return text
    budget = len(text)

    def replacement(match: re.Match[str]) -> str:
        nonlocal budget
        value = plain.get(match[1], match[0])
        if len(value) > budget:
            return match[0]
        budget -= len(value)
        return value

    return outside_cdata(text, partial(_REFERENCE.sub, replacement))
