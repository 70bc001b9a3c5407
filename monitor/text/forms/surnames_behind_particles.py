"""Spell surnames behind the small words that belong to them, in the cases of each language: von der Leyen."""

from __future__ import annotations

from monitor.model import Form
from monitor.text.forms.case_forms import case_forms
from monitor.text.forms.particles import particles_in
from monitor.text.forms.script import script_of
from monitor.text.forms.spellings import LikelySpelling


def after_particles(particles: list[str], last: LikelySpelling) -> list[Form] | None:
    """Return the forms of a surname behind its small words (фон дер Ляйена); None if its script lacks one of them.

    Arabic newsrooms write de as one word with the surname, too: ديغول.
    """
    script = script_of(last.text)
    written = particles_in(last.language if script == "cyrillic" else script, particles) if particles else []
    if written is None or "" in written:
        return None
    forms = case_forms(last)
    prefix = " ".join(written)
    joined = [forms[0]._replace(text=f"{prefix}{forms[0].text}")] if particles == ["de"] and script == "arabic" else []
    return [*(form._replace(text=f"{prefix} {form.text}") for form in forms), *joined] if prefix else forms
