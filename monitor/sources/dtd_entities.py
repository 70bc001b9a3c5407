"""A document type before a feed in; the feed's text with the entities that it declares resolved out.

Only plain texts count, as outlets declare them for letters and names: nothing external, nothing that leads to another
declared entity, and no more than the text's own length in all, so that no text grows from what it declares.
"""

from __future__ import annotations

import re
from functools import partial

from monitor.sources.xml_repair import outside_cdata

_DECLARED = re.compile(r"""<!ENTITY\s+([A-Za-z_][\w.-]{0,60})\s+(?:"([^"<>%]{0,500})"|'([^'<>%]{0,500})')\s*>""")
_REFERENCE = re.compile(r"&([A-Za-z_][\w.-]{0,60});")
_LONGEST_PROLOGUE = 100_000


def with_entities(text: str, prologue: str) -> str:
    """The text with each reference to an entity of its prologue's internal subset replaced, outside CDATA."""
    found: list[tuple[str, str, str]] = (
        _DECLARED.findall(prologue[:_LONGEST_PROLOGUE]) if "<!ENTITY" in prologue else []
    )
    # The first declaration of a name is the one that counts (XML 1.0, 4.2).
    declared = {name: double or single for name, double, single in reversed(found)}
    plain = {name: value for name, value in declared.items() if declared.keys().isdisjoint(_REFERENCE.findall(value))}
    if not plain:
        return text
    room = len(text)

    def resolved(match: re.Match[str]) -> str:
        nonlocal room
        value = plain.get(match[1], match[0])
        if len(value) > room:
            return match[0]
        room -= len(value)
        return value

    return outside_cdata(text, partial(_REFERENCE.sub, resolved))
