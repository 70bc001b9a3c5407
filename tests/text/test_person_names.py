"""Persons: how many forms a full name has, and what its given name is not taken for."""

from __future__ import annotations

from monitor.text.forms import expand_name


def test_a_person_has_forms_by_the_thousand_at_most_and_is_found_in_each_script() -> None:
    forms = {form.text: form.confidence for form in expand_name("Riyad Mansour", {})}
    assert len(forms) < 1_200
    assert min(forms[text] for text in ("Рияд Мансур", "Рияда Мансура", "Ріяду Мансуру", "رياض منصور")) >= 0.6


def test_a_given_name_is_no_place() -> None:
    assert not [form.text for form in expand_name("Riyad Mansour", {}) if "Эр-Рияд" in form.text]
    forms = {form.text for form in expand_name("Jordan Peterson", {})}
    assert "Джордана Питерсона" in forms
    assert not [text for text in forms if "Иордани" in text]
