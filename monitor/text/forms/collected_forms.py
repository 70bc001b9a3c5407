"""Collect the forms of a name, each text once for a language, without what a names.yaml excludes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from monitor.model import Form
from monitor.text.forms.readings import is_reading_of
from monitor.text.forms.script import CAPITALISED, script_of
from monitor.text.forms.spellings import ALIAS
from monitor.text.forms.translit import in_other_characters
from monitor.text.tokens import canonical, plain_word

_MIN_CONFIDENCE = 0.5
_MOST = 2500
"""How many forms of a name are looked for: persons of several double names have tens of thousands."""


class CollectedForms:
    """Collects forms in order, for each canonical text and language the one with the highest confidence."""

    def __init__(self, excluded: Sequence[str]) -> None:
        chinese = [other for text in excluded if script_of(text) == "han" for other in in_other_characters(text)]
        self._excluded = {canonical(text): text for text in (*excluded, *chinese)}
        self._found: dict[tuple[str, str], Form] = {}
        self._texts: set[str] = set()

    def found(self, text: str) -> Form | None:
        """Return `text` as a certain form of every language if it was added as some form already, else None."""
        known = canonical(text) in self._texts
        return Form(text, "", ALIAS, 1.0, script_of(text) in CAPITALISED) if known else None

    def add(self, forms: Iterable[Form]) -> None:
        """Add the forms that are not excluded and have at least the lowest confidence."""
        for form in forms:
            if form.confidence < _MIN_CONFIDENCE:
                continue
            text = plain_word(form.text) or canonical(form.text)
            if not text or text in self._excluded:
                continue
            everywhere, known = self._found.get((text, "")), self._found.get((text, form.language))
            if everywhere is not None and _hides(everywhere, form):
                continue
            self._texts.add(text)
            if known is None or form.confidence > known.confidence:
                self._found[text, form.language] = form._replace(text=known.text) if known else form

    def all(self) -> tuple[Form, ...]:
        """Return the forms, at most 2,500, without those of one language that add nothing to those of all."""
        everywhere = {text: form for (text, language), form in self._found.items() if not language}
        forms = [
            form
            for (text, language), form in self._found.items()
            if not language or text not in everywhere or not _hides(everywhere[text], form)
        ]
        return tuple(forms if len(forms) <= _MOST else _likeliest(forms))

    def forbidden(self) -> list[Form]:
        """Return excluded texts that contain a form, or that one is read as.

        白俄罗斯 is Belarus, and 俄罗斯 inside it is not Russia; 王 yi stands for 王义, too.
        """
        longer = [(text, f" {key} ") for key, text in self._excluded.items() if " " in key]
        return [Form(text, "", "not", 0.0) for text, key in longer if self._has_inside(key) or self._reads(text)]

    def _has_inside(self, key: str) -> bool:
        return any(f" {form} " in key for form in self._texts)

    def _reads(self, text: str) -> bool:
        return any(is_reading_of(form, text) for form in self._found.values())


def _likeliest(forms: Sequence[Form]) -> list[Form]:
    """Return as many forms as are looked for, in their order: words alone first, since they prove each other, too."""
    ranked = sorted(range(len(forms)), key=lambda place: (" " in forms[place].text, -forms[place].confidence))
    return [forms[place] for place in sorted(ranked[:_MOST])]


def _hides(everywhere: Form, form: Form) -> bool:
    """Tell whether a form of all languages leaves nothing to say to the same one of one, or of all, languages.

    One that asks for more at the start of a sentence does not: a guessed Damasku in Czech, where it is a case.
    """
    return everywhere.confidence >= form.confidence and (form.common or not everywhere.common)
