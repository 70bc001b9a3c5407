"""Inflect a spelling in small letters that `names.yaml` adds to a name: an adjective or noun made of it (żabkowy)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from monitor.model import Form
from monitor.text.forms import greek
from monitor.text.forms.name_endings import name_endings
from monitor.text.forms.phrases import phrase_cases
from monitor.text.forms.script import script_of
from monitor.text.forms.word_forms import expand_word

# The letters that each language does not have: a word with them gets no endings of names there.
_FOREIGN = {"pl": "[áâäčçďéěğíıňřšşťúůüýžöß]", "cs": "[ąâäçęğıłńöśşüźżß]", "sk": "[ąâçęěğıłńöřśşůüźżß]"}
_LEAST = 0.8
"""What share of names takes an ending at least that such a word is given, too: not Polish plurals like -owie."""
_CONFIDENCE = 0.75
_NOT_OF_WORDS = frozenset({"tr", "en"})
"""Whose endings a rule gives nearly any word; Turkish ones need a Turkish letter here (`phrase_cases`)."""


def plain_alias_forms(written: str, source: str) -> list[Form]:
    """Return a spelling in small letters as written and in its cases, which need no capital either."""
    forms = phrase_cases(written, source)
    if " " in written:
        return forms
    taken = {(form.text, form.language) for form in forms}
    more = {(text, language): kind for text, language, kind in _inflected(written)}
    return forms + [
        Form(text, language, f"{source}, {kind}", _CONFIDENCE)
        for (text, language), kind in more.items()
        if (text, language) not in taken and text != written
    ]


def _inflected(written: str) -> Iterator[tuple[str, str, str]]:
    """Yield the forms of a word in Latin or Greek letters, each with its language and the kind of its source."""
    if script_of(written) == "greek":
        for text, share in greek.name_cases(written):
            if share >= _LEAST:
                yield text, "el", "el ending"
    if script_of(written) != "latin":
        return
    words = [form for form in expand_word(written) if form.language and form.language not in _NOT_OF_WORDS]
    for form in words:
        yield form.text, form.language, form.source
    declined = {form.language for form in words}
    for language, text, share in name_endings(written):
        if language in _FOREIGN.keys() - declined and share >= _LEAST and not re.search(_FOREIGN[language], written):
            yield text, language, f"{language} ending"
