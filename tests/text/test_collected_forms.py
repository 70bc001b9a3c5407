"""The forms of a name are each there once, and not more than are worth looking for."""

from __future__ import annotations

import pytest

from monitor.model import Form, NameEntry
from monitor.text.forms import expand_name
from monitor.text.forms.collected_forms import CollectedForms


@pytest.mark.parametrize("name", ["Anna-Lena-Maria Müller-Meier", "Abd-al-Rahman bin Abd-al-Aziz", "Chiang Kai-shek"])
def test_persons_of_double_names_have_no_more_forms_than_are_worth_it(name: str) -> None:
    forms = expand_name(name, {})
    assert (forms[0].text, len(forms)) == (name, 2500)


def test_what_proves_a_person_is_kept_of_too_many_forms() -> None:
    forms = {form.text for form in expand_name("Anna-Lena-Maria Müller-Meier", {})}
    assert {"Müller-Meier", "Мюллер-Майер", "Анна-Лена-Мария Мюллер-Майер"} <= forms


def test_a_doubtful_form_of_all_languages_hides_no_surer_one_of_a_language() -> None:
    collected = CollectedForms(())
    collected.add([Form("Damasku", "", "guess", 0.84, capital=True, common=True)])
    collected.add(
        [
            Form("Damasku", "cs", "case", 0.8, capital=True),
            Form("Damasku", "pl", "case", 0.8, capital=True, common=True),
        ]
    )
    assert [form.language for form in collected.all()] == ["", "cs"]


def test_a_word_that_a_form_is_read_as_is_taken_away_alone() -> None:
    forms = expand_name("Wang Yi", {"Wang Yi": NameEntry("Wang Yi", excluded=("王义",))})
    assert {("王 yi", 0.57), ("王义", 0.0)} <= {(form.text, form.confidence) for form in forms}
